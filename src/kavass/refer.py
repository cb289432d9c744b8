"""Phrases -> Cast: who is meant by which words.

Names, descriptions and pronouns that mean the same somebody are one cluster, and each cluster becomes one actor: the
perpetrator of an account, the speaker of a claim and the decider of a closing are then the same id (see decision 0004).
The reading would rather keep two actors apart than join two that differ. Per sentence: first names, then descriptions in
text order, then pronouns.

The words by which a language refers back are in `lang/<code>/refer.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from kavass.gazetteer import actors as register
from kavass.gazetteer import places as gazetteer
from kavass.lang import Language, load
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.mark import Marks, Mention
from kavass.model import Actor, ActorKind, Report, Span

if TYPE_CHECKING:
    from kavass.situate import Places

ZONES = ("title", "body", "caption")
# What a class of the lexicon says about the sector; the first that holds.
SECTORS: tuple[tuple[str, str], ...] = (
    ("person.military", "state_forces"), ("person.security", "state_forces"), ("person.police", "police"),
    ("person.diplomatic", "diplomatic"), ("org.military", "state_forces"), ("org.police", "police"),
    ("person.fighter", "rebel"), ("person.assailant", "unidentified"), ("person.journalist", "media"),
    ("person.medical", "medical"), ("person.activist", "ngo"), ("person.religious", "religious"),
    ("group.militia", "militia"), ("group.rebel", "rebel"), ("group.gang", "criminal"), ("group.tribe", "tribal"),
    ("org.ministry", "government"), ("org.government", "government"), ("org.party", "party"), ("org.agency", "government"),
    ("org.company", "business"), ("org.platform", "business"), ("org.court", "judiciary"), ("org.un", "international"),
    ("org.ngo", "ngo"), ("org.media", "media"), ("person.spokesman", "government"), ("person.official", "government"),
    ("person.leader", "government"), ("person.crowd", "protesters"), ("facility.diplomatic", "diplomatic"), ("state", "government"),
    ("person", "civilian"),
)  # fmt: skip
MEANT = ("person", "group", "org", "people")
INSTITUTIONS = ("org.government", "org.ministry", "org.court", "org.military", "org.police")
FORCES = ("person.military", "person.police", "person.security")
BACK_SENTENCES = 3  # how far "the group" looks for a name of another word
PRONOUN_SENTENCES = 1
CASED_SHARE = 0.005  # with fewer capitals than this a text is printed in one case, and capitals say nothing


class Cast:
    """Who is meant by which words. `actors` are in order of first mention."""

    def __init__(self, actors: tuple[Actor, ...], meant: Mapping[tuple[int, int], str], spans: Mapping[Span, str]):
        self.actors = actors
        self._by_id = {a.id: a for a in actors}
        self._meant = meant
        self._spans = sorted(spans.items())
        self._known = {a.known_as: a for a in reversed(actors) if a.known_as}

    def actor(self, sentence: Sentence, phrase: Phrase) -> Actor | None:
        """The actor that a phrase means, or None: a thing, a place, a pronoun nobody can be found for."""
        id = self._meant.get((sentence.index, phrase.index))
        return self._by_id[id] if id else None

    def by_id(self, id: str) -> Actor:
        """The actor of that id. Raises KeyError."""
        return self._by_id[id]

    def known(self, id: str) -> Actor | None:
        """The actor of a register id such as `state:IRQ`, if the report mentions it."""
        return self._known.get(id)

    def within(self, span: Span) -> Iterator[tuple[Span, Actor]]:
        """The mentions inside a span with their actors, in text order."""
        for at, id in self._spans[bisect_left(self._spans, (Span(span.start, 0), "")) :]:
            if at.start >= span.end:
                return
            if span.covers(at):
                yield at, self._by_id[id]


def refer(report: Report, analysis: Analysis, marks: Marks, places: Places, language: Language) -> Cast:
    """The actors of a report and the phrases that mean them; those of furniture and teasers never enter."""
    return _Reading(report, marks, places, language).read(analysis)


@dataclass(frozen=True, slots=True)
class Words:
    """refer.toml, folded."""

    articles: frozenset[str]
    opens: frozenset[str]
    unidentified: frozenset[str]
    titles: frozenset[str]
    links: frozenset[str]
    apart: frozenset[str]
    ties: Mapping[str, str]
    tie_follows: bool
    states: Mapping[str, frozenset[str]]
    pronouns: Mapping[str, str]
    generic: Mapping[str, frozenset[str]]


@cache
def words(code: str) -> Words:
    """The words by which a language refers back."""
    language = load(code)
    table = language.table("refer")

    def folded(found: Iterable[str]) -> frozenset[str]:
        return frozenset(language.key(w) for w in found)

    lists = ("articles", "opens", "unidentified", "titles", "links", "apart")
    return Words(
        **{name: folded(table.get(name, ())) for name in lists},
        ties={language.key(w): rel for w, rel in table.get("ties", {}).items()},
        tie_follows=table.get("tie_follows", False),
        states={name: folded(table.get("states", {}).get(name, ())) for name in ("clause", "noun", "addressed")},
        pronouns={language.key(w): kind for kind, found in table.get("pronouns", {}).items() for w in found},
        generic={language.key(head): frozenset(sectors) for head, sectors in table.get("generic", {}).items()},
    )


@cache
def keys(id: str, code: str) -> frozenset[str]:
    """The folded names of a register entry in a language."""
    return frozenset(load(code).key(name) for name in register.lookup(id).names.get(code, ()))


@cache
def needs(id: str, code: str) -> Mapping[str, str]:
    """What the ambiguous names of a register entry need, by every folded form in which they may stand."""
    language = load(code)
    found = register.lookup(id).needs.items()
    return {language.key(form): need for name, need in found for form in (name, *language.surfaces(name, "name"))}


@dataclass(slots=True, eq=False)
class _Cluster:
    """An actor in the making. `last` is (sentence, offset) of the latest mention; `words` what has been said of it."""

    kind: ActorKind
    number: str | None = None
    sector: str | None = None
    country: str | None = None
    known_as: str | None = None
    named: bool = False
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    mentions: dict[Span, str] = field(default_factory=dict)  # span -> name | described | capital | tie | pronoun
    last: tuple[int, int] = (-1, -1)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mention in a sentence, for pronouns."""

    cluster: _Cluster
    start: int
    subject: bool


@dataclass(slots=True)
class _Described:
    """What a phrase says about whom it means."""

    lemma: str
    classes: frozenset[str]
    modifiers: frozenset[str]
    country: str | None
    folded: str


class _Reading:
    """One pass over a report."""

    def __init__(self, report: Report, marks: Marks, places: Places, language: Language):
        self.report, self.language, self.words = report, language, words(language.code)
        self.places = places
        self.known = [self._cut(m) for m in marks.of("actor") if self._readable(m.span)]
        self.where = [m for m in marks.of("place", "demonym") if m.kind == "demonym" or (places.at(m.span) and not self._in_name_of(m))]
        self.cased = sum(c.isupper() for c in report.text) > CASED_SHARE * len(report.text)
        self.clusters: list[_Cluster] = []
        self.by_known: dict[str, _Cluster] = {}
        self.by_name: dict[str, _Cluster] = {}
        self.meant: dict[tuple[int, int], _Cluster] = {}
        self.seen: dict[int, list[_Seen]] = {}
        self.speaker: _Cluster | None = None
        self.pending = 0

    def read(self, analysis: Analysis) -> Cast:
        for sentence in analysis.sentences:
            if sentence.zone in ZONES:
                self._skipped(sentence.span.start)
                self._sentence(sentence)
        self._skipped(len(self.report.text))
        return self._cast()

    # --- one sentence

    def _sentence(self, s: Sentence) -> None:
        governed = _governed(s)
        phrases = sorted(s.phrases, key=lambda p: p.head)
        for p in phrases:
            if p.kind != "pronoun":
                self._name(s, p, governed)
        self._loose(s)
        for p in phrases:
            self._body(s, p)
            if p.kind != "pronoun" and (s.index, p.index) not in self.meant:
                self._description(s, p, governed)
        for clause in s.clauses:
            said_by = s.arguments(clause, "subject") if _speaks(s, clause) and not clause.quoted else ()
            for argument in said_by:
                if argument.phrase is not None and s.phrases[argument.phrase].kind != "pronoun":
                    self.speaker = self.meant.get((s.index, argument.phrase), self.speaker)
        for p in phrases:
            self._pronoun(s, p, governed)

    def _skipped(self, before: int) -> None:
        """Known names in text that was not parsed."""
        while self.pending < len(self.known) and self.known[self.pending].span.start < before:
            mention = self.known[self.pending]
            self.pending += 1
            if id := self._safe(mention, None):
                cluster = self._of_known(id)
                cluster.mentions.setdefault(mention.span, "name")
                cluster.last = max(cluster.last, (self._index(mention.span), mention.span.start))

    def _loose(self, s: Sentence) -> None:
        """Known names that head no phrase ("Quds Force commander"), and the states of ties ("Ruritania-backed")."""
        taken = {span for _, span in self._spans_of(s)}
        while self.pending < len(self.known) and self.known[self.pending].span.start < s.span.end:
            mention = self.known[self.pending]
            self.pending += 1
            if not any(t.covers(mention.span) for t in taken) and (id := self._safe(mention, None)):
                self._mention(self._of_known(id), s, mention.span, "name")
        for mention in self._at(s.span, self.where):
            if self._tie(mention) and (country := self._country_of(mention)):
                self._mention(self._of_known(f"state:{country}"), s, mention.span, "tie")

    def _spans_of(self, s: Sentence) -> Iterator[tuple[int, Span]]:
        for p in s.phrases:
            if cluster := self.meant.get((s.index, p.index)):
                yield from ((p.index, span) for span in cluster.mentions)

    # --- names

    def _name(self, s: Sentence, p: Phrase, governed: _Governed) -> None:
        if (mention := self._head_mark(self.known, p)) and (id := self._safe(mention, p)):
            self._mean(self._of_known(id), s, p, mention.span, "name", governed)
            return
        if self._state(s, p, governed) or not self._is_name(s, p, governed):
            return
        span = self._name_span(p)
        tokens = self.language.key(self.report.words(span))
        if not tokens:
            return
        cluster = self.by_name.get(tokens) or self._variant(tokens, p) or self._initials(tokens, p) or self._new_name(p)
        self.by_name.setdefault(tokens, cluster)
        self._mean(cluster, s, p, span, "name", governed)
        self._describe(cluster, s, p)
        self._acronym(cluster, span)

    def _is_name(self, s: Sentence, p: Phrase, governed: _Governed) -> bool:
        if p.kind != "name" or p.has("facility", "vehicle", "weapon", "place", "time", "event"):
            return False
        if _said_of(s, p, governed):
            return False
        mark = self._head_mark(self.where, p)
        if mark and (p.label not in ("PERSON", "ORG") or mark.span.covers(self._name_span(p))):
            return False
        name = self.report.words(self._name_span(p))
        if self.cased and name == name.lower() != name.upper():
            return False
        if p.label in ("PERSON", "ORG", "NORP") or p.has(*MEANT):
            return True
        speaks = any(c is not None and f == "subject" and _speaks(s, c) for f, _, c in governed.get(p.index, ()))
        return speaks or bool(self._titles(p))

    def _variant(self, tokens: str, p: Phrase) -> _Cluster | None:
        """The person whose full name ends like this one ("Mr. Smith" after "Jane Smith"), the latest."""
        parts = tokens.split()
        if (p.label == "ORG" and len(parts) > 1) or any(c.startswith(("org.", "group")) for c in p.classes):
            return None
        found = [c for name, c in self.by_name.items() if c.kind == "person" and _same_person(name.split(), parts)]
        return max(found, key=lambda c: c.last, default=None)

    def _initials(self, tokens: str, p: Phrase) -> _Cluster | None:
        """The body whose name has these initials: "RHF" after "the Ruritanian Heritage Fund"."""
        text = self.report.words(p.head)
        if not self.cased or not 2 <= len(tokens) <= 6 or not text.isalpha() or text != text.upper():
            return None
        found = [c for c in self.clusters if c.named and c.kind in ("organisation", "group") and tokens in self._short_forms(c)]
        return max(found, key=lambda c: c.last, default=None)

    def _short_forms(self, c: _Cluster) -> set[str]:
        names = (self.language.key(self.report.words(span)).split() for span, how in c.mentions.items() if how == "name")
        return {"".join(w[0] for w in name if w not in self.words.links) for name in names if len(name) > 1}

    def _new_name(self, p: Phrase) -> _Cluster:
        kind: ActorKind = "person"
        if p.label == "ORG" or p.has("org"):
            kind = "organisation"
        elif p.has("group") or p.label == "NORP":
            kind = "group"
        return self._open(_Cluster(kind=kind, number=p.number, named=True))

    def _describe(self, cluster: _Cluster, s: Sentence, p: Phrase) -> None:
        """What stands before a name: "Interior Ministry spokesman Ahmed Salim" is a spokesman from now on."""
        d = self._described(s, p)
        before = self._titles(p)
        classes = d.classes | frozenset(c for t in before for c in self.language.lexicon.classes(t))
        cluster.heads |= {w for t in before for w in (t, t.split()[-1])} | ({d.lemma} if cluster.kind != "person" else set())
        cluster.words |= d.modifiers | set(self.language.key(self.report.words(p.core)).split())
        cluster.sector = cluster.sector or _sector(classes)
        cluster.country = cluster.country or d.country

    def _titles(self, p: Phrase) -> list[str]:
        """The lexicon's terms for people, and titles, that stand before the name in the phrase."""
        name = self._name_span(p)
        tokens = self.language.key(self.report.text[p.core.start : name.start]).split()
        found, i = [], 0
        while i < len(tokens):
            for size in range(min(4, len(tokens) - i), 0, -1):
                term = " ".join(tokens[i : i + size])
                if term in self.words.titles or any(c.startswith("person") for c in self.language.lexicon.classes(term)):
                    found.append(term)
                    i += size
                    break
            else:
                i += 1
        return found

    def _name_span(self, p: Phrase) -> Span:
        """The capitalised run round the head, titles left out; in a script without capitals the core without titles."""
        tokens = [(m.start() + p.core.start, m.end() + p.core.start) for m in re.finditer(r"\S+", self.report.words(p.core))]
        last = max((i for i, (a, _) in enumerate(tokens) if a < p.head.end), default=0)
        first = last
        while first > 0 and self._in_name(tokens[first - 1]):
            first -= 1
        if p.label == "ORG" or p.has("org", "group"):
            while first < last and self._left_out(tokens[first]):
                first += 1
        else:
            first = max((i + 1 for i in range(first, last) if self._left_out(tokens[i])), default=first)
        if not tokens:
            return p.head
        end = max(tokens[last][1], p.head.end)
        if self.cased and (p.label == "ORG" or p.has("org", "group")):
            end = self._name_end(end, p.span.end)
        return self._trim(Span(tokens[first][0], end))

    def _name_end(self, end: int, limit: int) -> int:
        """Where the name of a body ends that goes on after its head: "Front for the Relief of Ruritania"."""
        reached = at = end
        while at < limit and (m := re.compile(r"\s+(\w[\w'’-]*)").match(self.report.text, at, limit)):
            at = m.end()
            if m[1][0].isupper():
                reached = at
            elif self.language.key(m[1]) not in self.words.links:
                break
        return reached

    def _in_name(self, token: tuple[int, int]) -> bool:
        word = self.report.text[token[0] : token[1]]
        letters = [c for c in word if c.isalpha()]
        if not letters or word[-1] in ",;:":
            return False
        upper_or_caseless = not self.cased or letters[0].isupper() or letters[0].lower() == letters[0].upper()
        key = self.language.key(word).split()
        return upper_or_caseless or bool(key and key[0] in self.words.links)

    def _left_out(self, token: tuple[int, int]) -> bool:
        key = self.language.key(self.report.text[token[0] : token[1]])
        if self.cased and not self.report.text[token[0]].isupper() and self.report.text[token[0]].isascii():
            return True
        classes = self.language.lexicon.classes(key)
        return key in self.words.titles | self.words.articles or any(c.startswith("person") for c in classes) or bool(
            self._exact(self.where, Span(*token))
        )

    def _trim(self, span: Span) -> Span:
        start, end = span
        text = self.report.text
        while end > start + 1 and not (text[end - 1].isalnum() or text[end - 1] == "."):
            end -= 1
        if text[end : end + 1] == "." and "." in text[start:end]:  # initials keep their last stop: "U.S."
            end += 1
        for tail in ("’s", "'s"):
            if text[start:end].endswith(tail) and end - start > 2:
                end -= 2
        while start < end - 1 and not text[start].isalnum():
            start += 1
        return Span(start, end)

    def _acronym(self, cluster: _Cluster, span: Span) -> None:
        """`Front for Change (FFC)`: from now on FFC is the Front."""
        found = re.match(r"\s*\(([^\s()]{2,12})\)", self.report.text[span.end : span.end + 20])
        if found and found[1].upper() == found[1] != found[1].lower():
            self.by_name.setdefault(self.language.key(found[1]), cluster)

    # --- states

    def _state(self, s: Sentence, p: Phrase, governed: _Governed) -> bool:
        """A country by its name, or by its capital, where it stands for somebody rather than somewhere."""
        mention = self._head_mark(self.where, p)
        if mention is None or (p.label in ("PERSON", "ORG") and mention.kind == "place" and not _country(mention)):
            return False
        country = self._country_of(mention)
        if country is None or mention.kind == "demonym":
            return False
        if _country(mention):
            beside = any(s.phrases[i].has("person", "group", "org") and not self._head_mark(self.where, s.phrases[i]) for i in p.conjuncts)
            acts = beside or self._acts(p, governed, capital=False)
        else:
            acts = self._capital(mention) and self._acts(p, governed, capital=True)
        if not acts:
            return False
        how = "described" if _country(mention) else "capital"
        self._mean(self._of_known(f"state:{country}"), s, p, self._trim(mention.span), how, governed)
        return True

    def _acts(self, p: Phrase, governed: _Governed, *, capital: bool) -> bool:
        w = self.words.states
        for function, preposition, clause in governed.get(p.index, ()):
            key = self.language.key(preposition) if preposition else ""
            if function == "possessor":
                if not capital:
                    return True
            elif function == "of":
                if key in w["noun"] and not capital:
                    return True
            elif function == "subject" and clause is not None and clause.kind != "copula":
                if not capital or (clause.voice == "active" and clause.kind == "verb"):
                    return True
            elif function in ("object", "indirect") and clause is not None:
                if not capital or self.language.key(clause.lemma) in w["addressed"]:
                    return True
            elif not capital and (function == "subject" or (function == "oblique" and key in w["clause"])):
                return True
        return False

    def _capital(self, mention: Mention) -> bool:
        told = self.places.at(mention.span)
        keys = [v for v in mention.values if v.startswith("gn:") and (told is None or told.geonames_id in (None, int(v[3:])))]
        return any(gazetteer.candidate(k).capital for k in keys)

    def _country_of(self, mention: Mention) -> str | None:
        """ISO alpha-3 of a place or demonym mark."""
        if mention.kind == "demonym":
            return mention.values[0] if len(mention.values) == 1 else None
        if country := _country(mention):
            return country
        told = self.places.at(mention.span)
        return told.country if told else None

    def _tie(self, mention: Mention) -> str | None:
        """The relation that the word after a country makes with it: "backed" in "Ruritania-backed"."""
        if not self.words.tie_follows:
            return None
        after = re.match(r"[\W_]{0,2}(\w+)", self.report.text[mention.span.end : mention.span.end + 20])
        return self.words.ties.get(self.language.key(after[1])) if after else None

    def _prefixed(self, mention: Mention) -> bool:
        """Whether a prefix turns a country's name round: "anti-Ruritanian"."""
        return self.report.text[: mention.span.start][-1:] in ("-", "‑", "–")

    # --- descriptions

    def _description(self, s: Sentence, p: Phrase, governed: _Governed) -> None:
        if not self._is_described(s, p, governed):
            return
        if cluster := self._partner(s, p, governed):
            self._mean(cluster, s, p, p.core, "described", governed)
            self._learn(cluster, self._described(s, p))
            return
        if any(f == "predicative" for f, *_ in governed.get(p.index, ())):
            return
        d = self._described(s, p)
        cluster = self._institution(p, d) or self._antecedent(s, p, d) or self._of_group(p) or self._new(p, d)
        self._mean(cluster, s, p, p.core, "described", governed)
        self._learn(cluster, d)

    def _is_described(self, s: Sentence, p: Phrase, governed: _Governed) -> bool:
        if p.kind in ("number", "time") or (p.negated and not p.has("person")) or _said_of(s, p, governed):
            return False
        if mark := self._head_mark(self.where, p):
            return mark.kind == "demonym" and p.number == "plural"
        if p.has(*MEANT):
            return True
        hangs = governed.get(p.index, ())
        speaks = any(c is not None and f == "subject" and _speaks(s, c) for f, _, c in hangs)
        spoken_for = any(q.has("person.spokesman") and any(i == p.index for _, i in q.prepositions) for q in s.phrases)
        return (speaks or spoken_for) and p.has("facility")

    def _described(self, s: Sentence, p: Phrase) -> _Described:
        places = [m for m in self._at(p.core, self.where) if not m.span.touches(p.head) and not self._tie(m) and not self._prefixed(m)]
        countries = [c for m in places if m.kind == "demonym" or _country(m) if (c := self._country_of(m))]
        if not countries and p.possessor is not None:
            owner = self.meant.get((s.index, p.possessor))
            countries = [owner.country] if owner and owner.country else []
        if not countries and (head := self._head_mark(self.where, p)) and head.kind == "demonym":
            countries = [c for c in (self._country_of(head),) if c]
        taken = {w for m in places for w in (self.language.key(self.report.words(m.span)), *self._tokens(m.span))}
        modifiers = frozenset(k for m in p.modifiers if (k := self.language.key(m)) and k not in taken)
        country = countries[-1] if countries else None
        folded = self.language.key(self.report.words(p.span))
        return _Described(self.language.key(p.lemma), p.classes, modifiers - self.words.articles, country, folded)

    def _body(self, s: Sentence, p: Phrase) -> None:
        """The body named before a spokesman ("Interior Ministry spokesman Ada Roe"), which heads no phrase of its own."""
        found = self._term_before(p)
        if found is None or any(m.span.touches(found[0]) for m in self._at(p.core, self.known, touching=True)):
            return
        span, classes = found
        places = [m for m in self._at(span, self.where) if not self._tie(m)]
        countries = [c for m in places if m.kind == "demonym" or _country(m) if (c := self._country_of(m))]
        taken = {w for m in places for w in self._tokens(m.span)}
        tokens = [t for t in self.language.key(self.report.words(span)).split() if t not in taken | {"s"}]
        d = _Described(tokens[-1], classes, frozenset(tokens[:-1]), countries[-1] if countries else None, " ".join(tokens))
        same = [c for c in self.clusters if c.kind == "organisation" and d.lemma in c.heads and d.modifiers <= c.words
                and d.country in (None, c.country)]  # fmt: skip
        cluster = max(same, key=lambda c: c.last, default=None)
        if cluster is None:
            cluster = self._open(_Cluster(kind="organisation", number="singular", sector=_sector(classes), country=d.country))
        self._mention(cluster, s, span, "described")
        self._learn(cluster, d)

    def _term_before(self, p: Phrase) -> tuple[Span, frozenset[str]] | None:
        """A term for a body before a spokesman in the phrase, the capitalised words before it included."""
        text, lexicon = self.report.text, self.language.lexicon
        tokens = [(m.start() + p.core.start, m.end() + p.core.start) for m in re.finditer(r"[^\s]+", self.report.words(p.core))]
        keys = [self.language.key(text[a:b]) for a, b in tokens]
        speaks = next((i for i, k in enumerate(keys) if any(c == "person.spokesman" for c in lexicon.classes(k))), None)
        for size in (4, 3, 2, 1) if speaks else ():
            classes = lexicon.classes(" ".join(keys[speaks - size : speaks])) if speaks and speaks >= size else frozenset[str]()
            if speaks and any(c.startswith(("org.", "facility.diplomatic", "group.police", "group.military")) for c in classes):
                first = speaks - size
                while first > 0 and text[tokens[first - 1][0]].isupper() and keys[first - 1] not in self.words.articles:
                    first -= 1
                return self._trim(Span(tokens[first][0], tokens[speaks - 1][1])), classes
        return None

    def _partner(self, s: Sentence, p: Phrase, governed: _Governed) -> _Cluster | None:
        """Whom an apposition already named: "Jane Smith, a spokeswoman"."""
        partners = [q for q in s.phrases if p.index in q.appositions or q.index in p.appositions]
        for function, _, clause in governed.get(p.index, ()):
            if function == "predicative" and clause is not None:
                partners += [q for f in ("object", "subject") if (q := s.filler(clause, f)) and q.index < p.index]
        for q in partners:
            cluster = self.meant.get((s.index, q.index))
            if cluster and cluster.kind != "state" and _numbers(cluster.number, p.number) and _alike(cluster, p):
                return cluster
        return None

    def _institution(self, p: Phrase, d: _Described) -> _Cluster | None:
        """A government, ministry or force of a country is the same one whenever it is named."""
        many = p.number == "plural" and p.quantity is None and bool(d.modifiers)
        if not (d.country and (many and p.has(*FORCES) or p.has(*INSTITUTIONS)) or (many and p.has("group"))):
            return None
        same = [c for c in self.clusters if c.country == d.country and d.lemma in c.heads and _numbers(c.number, p.number)]
        for c in same:
            if c.words == d.modifiers or (p.has("org.government") and not (c.words ^ d.modifiers) & self.words.apart):
                return c
        return None

    def _antecedent(self, s: Sentence, p: Phrase, d: _Described) -> _Cluster | None:
        crowd = p.has("person.crowd") and p.number == "plural" and p.quantity is None and not p.modifiers
        if not (p.definite or crowd) or (d.modifiers | self._tokens(p.quantity)) & self.words.opens:
            return None
        here = (s.index, p.head.start)
        before = sorted((c for c in self.clusters if c.last < here), key=lambda c: c.last, reverse=True)
        for c in before:
            if d.lemma in c.heads and self._may_mean(c, p, d):
                return c
        for c in before:
            if s.index - c.last[0] <= BACK_SENTENCES and self._generic(c, d) and self._may_mean(c, p, d):
                return c
        return None

    def _generic(self, c: _Cluster, d: _Described) -> bool:
        """Whether a head such as "group" can mean the actor."""
        wanted = self.words.generic.get(d.lemma, frozenset())
        return c.kind in ("group", "organisation", "state") and (c.sector in wanted or c.kind in wanted)

    def _may_mean(self, c: _Cluster, p: Phrase, d: _Described) -> bool:
        if (c.country and d.country and c.country != d.country) or not d.modifiers <= c.words:
            return False
        if p.possessor is not None or p.prepositions:
            return d.folded in c.full
        return d.lemma not in c.heads or _numbers(c.number, p.number)

    def _of_group(self, p: Phrase) -> _Cluster | None:
        """The fighters or forces of a known group are the group: "Red Front gunmen"."""
        if not p.has("person.fighter", "person.assailant", "person.military", "group"):
            return None
        for mention in self._at(p.core, self.known):
            if not mention.span.touches(p.head) and (id := self._safe(mention, None)):
                cluster = self._of_known(id)
                if cluster.kind == "group" or cluster.sector == "party":
                    return cluster
        return None

    def _new(self, p: Phrase, d: _Described) -> _Cluster:
        kind = _kind(p)
        sector = _sector(d.classes)
        if d.modifiers & self.words.unidentified or self._tokens(p.core) & self.words.unidentified:
            kind, sector = "unidentified", "unidentified"
        return self._open(_Cluster(kind=kind, number=p.number, sector=sector, country=d.country))

    def _learn(self, cluster: _Cluster, d: _Described) -> None:
        cluster.heads.add(d.lemma)
        cluster.words |= d.modifiers
        cluster.full.add(d.folded)
        cluster.sector = cluster.sector or _sector(d.classes)
        cluster.country = cluster.country or d.country

    # --- pronouns

    def _pronoun(self, s: Sentence, p: Phrase, governed: _Governed) -> None:
        if p.kind != "pronoun":
            return
        kind = self.words.pronouns.get(self.language.key(self.report.words(p.head)))
        cluster = self._speaker_of(s, p) if kind == "speaker" else self._salient(s, p, kind, governed)
        if cluster:
            self._mean(cluster, s, p, p.head, "pronoun", governed)

    def _speaker_of(self, s: Sentence, p: Phrase) -> _Cluster | None:
        """Who says "we": the subject of the clause whose content holds the pronoun."""
        inside = [c for c in s.clauses if c.span.covers(p.head)]
        if not inside:
            return None
        clause = min(inside, key=lambda c: c.span.end - c.span.start)
        for below, above in _steps(s, clause):
            found = [self.meant.get((s.index, a.phrase)) for a in s.arguments(above, "subject") if a.phrase is not None]
            if (below.relation == "content" or (below.quoted and not above.quoted)) and any(found):
                return next(c for c in reversed(found) if c)
        return self.speaker if any(q.covers(p.head) for q in s.quotes) else None

    def _salient(self, s: Sentence, p: Phrase, kind: str | None, governed: _Governed) -> _Cluster | None:
        acts = [f for f, _, c in governed.get(p.index, ()) if f == "possessor" or (f == "subject" and c and c.kind != "copula")]
        if kind in ("thing", "body") and not acts:
            return None
        here = [x for x in self.seen.get(s.index, ()) if x.start < p.head.start and _fits(x.cluster, kind)]
        for found in ([x for x in here if x.subject], here):
            if found:
                return max(found, key=lambda x: x.start).cluster
        quoted = any(q.covers(p.head) for q in s.quotes)
        for back in range(1, 0 if quoted else PRONOUN_SENTENCES + 1):
            before = [x for x in self.seen.get(s.index - back, ()) if _fits(x.cluster, kind)]
            if subjects := [x for x in before if x.subject]:
                return subjects[0].cluster
            if before and kind not in ("thing", "body"):
                return before[-1].cluster
        return None

    # --- clusters

    def _open(self, cluster: _Cluster) -> _Cluster:
        self.clusters.append(cluster)
        return cluster

    def _of_known(self, id: str) -> _Cluster:
        if id not in self.by_known:
            known = register.lookup(id)
            cluster = self._open(_Cluster(kind=known.kind, sector=known.sector, country=known.country, known_as=id, named=True))
            for name in (n for names in known.names.values() for n in names):
                tokens = self.language.key(name).split()
                cluster.words |= set(tokens)
                cluster.heads |= set(tokens) & set(self.words.generic)
                if known.kind == "organisation" and tokens:
                    cluster.heads.add(tokens[-1])
            self.by_known[id] = cluster
        return self.by_known[id]

    def _safe(self, mention: Mention, p: Phrase | None) -> str | None:
        """The register id of a mark if its words are not the ambiguous kind, or what makes them safe is there."""
        text = self.report.words(mention.span)
        if self.cased and text == text.lower() != text.upper():
            return None
        for id in mention.values:
            need = needs(id, self.language.code).get(self.language.key(text))
            if need is None or (need != "definite" and id in self.by_known):
                return id
            if (need == "definite" and p is not None and p.definite) or (need == "capitals" and text == text.upper() != text.lower()):
                return id
            if need in ("capital", "capitals") and (not self.cased or (need == "capital" and text[:1].isupper())):
                return id
        return None

    def _mean(self, cluster: _Cluster, s: Sentence, p: Phrase, span: Span, how: str, governed: _Governed) -> None:
        self.meant[s.index, p.index] = cluster
        subject = any(f == "subject" for f, *_ in governed.get(p.index, ()))
        self._mention(cluster, s, span, how, subject)

    def _mention(self, cluster: _Cluster, s: Sentence, span: Span, how: str, subject: bool = False) -> None:
        cluster.mentions.setdefault(span, how)
        cluster.last = max(cluster.last, (s.index, span.start))
        self.seen.setdefault(s.index, []).append(_Seen(cluster, span.start, subject))

    def _cast(self) -> Cast:
        told = sorted((c for c in self.clusters if c.mentions), key=lambda c: min(c.mentions))
        ids = {id(c): f"act{n}" for n, c in enumerate(told, 1)}
        actors = tuple(
            Actor(id=ids[id(c)], name=self._fullest(c), kind=c.kind, sector=c.sector, country=c.country, known_as=c.known_as,
                  mentions=tuple(sorted(c.mentions)))
            for c in told
        )  # fmt: skip
        spans = {span: ids[id(c)] for c in told for span in sorted(c.mentions)}
        return Cast(actors, {key: ids[id(c)] for key, c in self.meant.items()}, spans)

    def _fullest(self, c: _Cluster) -> str:
        """The longest proper name, else the longest description without its article, as it stands."""
        if c.known_as and c.kind == "state" and not {"name", "described"} & set(c.mentions.values()):
            return register.lookup(c.known_as).name(self.language.code)
        for how in ("name", "described", "capital", "tie", "pronoun"):
            found = [self._bare(span) for span, kind in sorted(c.mentions.items()) if kind == how]
            if how == "name" and found and c.known_as:
                known = keys(c.known_as, self.language.code)
                found = [w for w in found if self.language.key(w) in known] or [register.lookup(c.known_as).name(self.language.code)]
            if found:
                return max(found, key=len)
        return ""

    def _bare(self, span: Span) -> str:
        end = span.end
        while end < len(self.report.text) and self.report.text[end].isalnum():  # a pronoun written together with its noun
            end += 1
        tokens = self.report.text[span.start : end].split()
        while len(tokens) > 1 and self.language.key(tokens[0]) in self.words.articles:
            tokens.pop(0)
        return " ".join(tokens)

    def _cut(self, mention: Mention) -> Mention:
        """A mark without the particles written together with the name."""
        start, end = mention.span
        known = {n for id in mention.values for n in keys(id, self.language.code)}
        for cut in range(4):
            rest = self.language.key(self.report.text[start + cut : end])
            if rest in known or (cut and any(n.endswith(rest) and len(n) <= len(rest) + 2 for n in known)):
                return replace(mention, span=Span(start + cut, end)) if cut else mention
        return mention

    # --- marks

    def _in_name_of(self, mention: Mention) -> bool:
        """Whether a place name is part of a known actor's name: the town in "Army of the Town"."""
        return any(m.span != mention.span for m in self._at(mention.span, self.known, touching=True) if m.span.covers(mention.span))

    def _head_mark(self, marks: list[Mention], p: Phrase) -> Mention | None:
        """The mark that stands on the head of a phrase, the longest."""
        found = [m for m in self._at(p.core, marks, touching=True) if m.span.start <= p.head.start + 2 and m.span.end >= p.head.end
                 or p.head.covers(m.span) and m.span.start <= p.head.start + 2]  # fmt: skip
        return max(found, key=lambda m: (m.span.end - m.span.start, -m.span.start), default=None)

    def _at(self, span: Span, marks: list[Mention], touching: bool = False) -> list[Mention]:
        low = bisect_left(marks, span.start - 80, key=lambda m: m.span.start)
        found = []
        for m in marks[low:]:
            if m.span.start >= span.end:
                break
            if span.covers(m.span) or (touching and span.touches(m.span)):
                found.append(m)
        return found

    def _exact(self, marks: list[Mention], span: Span) -> list[Mention]:
        return [m for m in self._at(span, marks, touching=True) if m.span == span and m.kind == "demonym"]

    def _tokens(self, span: Span | None) -> set[str]:
        return set(self.language.key(self.report.words(span)).split()) if span else set()

    def _readable(self, span: Span) -> bool:
        return any(z.zone in ZONES and z.span.covers(span) for z in self.report.zones)

    def _index(self, span: Span) -> int:
        """The latest parsed sentence before a span."""
        return max((i for i, found in self.seen.items() if found and found[0].start <= span.start), default=-1)


_Governed = dict[int, list[tuple[str, str | None, Clause | None]]]


def _governed(s: Sentence) -> _Governed:
    """How each phrase hangs in its sentence: (function, preposition, clause); `possessor`, `of` for what hangs on a phrase."""
    found: _Governed = {}
    for clause in s.clauses:
        for a in clause.arguments:
            if a.phrase is not None:
                for index in (a.phrase, *s.phrases[a.phrase].conjuncts):
                    found.setdefault(index, []).append((a.function, a.preposition, clause))
    for p in s.phrases:
        if p.possessor is not None:
            found.setdefault(p.possessor, []).append(("possessor", None, None))
        for preposition, index in p.prepositions:
            found.setdefault(index, []).append(("of", preposition, None))
    return found


def _said_of(s: Sentence, p: Phrase, governed: _Governed) -> bool:
    """Whether a phrase is no somebody: an adjective said of something, or part of a title ("minister of state")."""
    hangs = governed.get(p.index, ())
    if p.number is None and p.kind == "noun" and any(f in ("predicative", "modifier") for f, *_ in hangs):
        return True
    of_person = any(q.has("person") and any(i == p.index for _, i in q.prepositions) for q in s.phrases)
    bare = p.number == "singular" and p.core == p.head and (not p.definite or p.kind == "name")
    return of_person and bare and p.has("org.government", "state") and p.label != "GPE"


def _speaks(s: Sentence, clause: Clause) -> bool:
    """Whether a clause has a content: somebody says or thinks something."""
    if any(a.function == "complement" and a.clause is not None and not s.clauses[a.clause].infinitive for a in clause.arguments):
        return True
    below = [c for c in s.clauses if c.parent == clause.index]
    return any((c.relation == "content" and not c.infinitive) or (c.quoted and not clause.quoted) for c in below)


def _steps(s: Sentence, clause: Clause) -> Iterator[tuple[Clause, Clause]]:
    below = clause
    for above in s.above(clause):
        yield below, above
        below = above


def _country(mention: Mention) -> str | None:
    found = [v.removeprefix("country:") for v in mention.values if v.startswith("country:")]
    return found[0] if found else None


def _same_person(full: list[str], parts: list[str]) -> bool:
    short, long = sorted((full, parts), key=len)
    return bool(short) and short[-1] in (long[-1], long[0]) and set(short) <= set(long)


def _numbers(one: str | None, other: str | None) -> bool:
    return one is None or other is None or (one == "singular") == (other == "singular")


def _alike(cluster: _Cluster, p: Phrase) -> bool:
    """Whether a phrase can describe what a cluster is."""
    if cluster.kind == "person":
        return p.has("person")
    return p.has("org", "group", "people", "person") and (cluster.kind != "organisation" or p.has("org", "group", "facility"))


def _sector(classes: frozenset[str]) -> str | None:
    return next((s for name, s in SECTORS if any(c == name or c.startswith(name + ".") for c in classes)), None)


def _kind(p: Phrase) -> ActorKind:
    if p.has("person.crowd", "people") or (p.has("person.civilian") and p.number == "plural"):
        return "crowd"
    if p.has("person"):
        return "group" if p.number in ("plural", "dual") else "person"
    if p.has("group") or p.label == "NORP":
        return "group"
    return "crowd" if not p.has("org", "facility") else "organisation"


def _fits(cluster: _Cluster, kind: str | None) -> bool:
    """Whether a pronoun of that kind can mean the actor."""
    if kind == "person":
        return cluster.kind == "person" and cluster.number in (None, "singular")
    if kind == "one":
        return cluster.kind in ("person", "organisation") and cluster.number in (None, "singular")
    if kind == "body":
        return cluster.kind in ("organisation", "state", "group")
    if kind == "plural":
        return cluster.kind in ("crowd", "group", "unidentified") or cluster.number in ("plural", "dual")
    return kind == "thing" and cluster.kind in ("organisation", "state", "group") and cluster.number != "plural"
