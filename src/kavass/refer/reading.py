"""One pass over a report: per sentence first names, then descriptions in text order, then pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kavass.gazetteer import actors as register
from kavass.lang import Language
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.mark import Marks, Mention
from kavass.model import Actor, ActorKind, Report, Span
from kavass.refer.cast import Cast
from kavass.refer.cluster import (
    BACK_SENTENCES,
    FORCES,
    INSTITUTIONS,
    MEANT,
    PRONOUN_SENTENCES,
    ZONES,
    Cluster,
    Described,
    Governed,
    Seen,
    alike,
    country_of,
    fits,
    governed_in,
    kind_of,
    numbers_agree,
    said_of,
    same_person,
    sector_of,
    speaks,
    steps_up,
)
from kavass.refer.spans import Spans
from kavass.refer.words import keys, needs, words

if TYPE_CHECKING:
    from kavass.situate import Places


class Reading:
    """One pass over a report."""

    def __init__(self, report: Report, marks: Marks, places: Places, language: Language):
        self.text = Spans(report, marks, places, language)
        self.report, self.language, self.words = report, language, words(language.code)
        self.known, self.where, self.cased = self.text.known, self.text.where, self.text.cased
        self.clusters: list[Cluster] = []
        self.by_known: dict[str, Cluster] = {}
        self.by_name: dict[str, Cluster] = {}
        self.meant: dict[tuple[int, int], Cluster] = {}
        self.seen: dict[int, list[Seen]] = {}
        self.speaker: Cluster | None = None
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
        governed = governed_in(s)
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
            said_by = s.arguments(clause, "subject") if speaks(s, clause) and not clause.quoted else ()
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
        for mention in self.text.at(s.span, self.where):
            if self.text.tie(mention) and (country := self.text.country_of(mention)):
                self._mention(self._of_known(f"state:{country}"), s, mention.span, "tie")

    def _spans_of(self, s: Sentence) -> Iterator[tuple[int, Span]]:
        for p in s.phrases:
            if cluster := self.meant.get((s.index, p.index)):
                yield from ((p.index, span) for span in cluster.mentions)

    # --- names

    def _name(self, s: Sentence, p: Phrase, governed: Governed) -> None:
        if (mention := self.text.head_mark(self.known, p)) and (id := self._safe(mention, p)):
            self._mean(self._of_known(id), s, p, mention.span, "name", governed)
            return
        if self._state(s, p, governed) or not self._is_name(s, p, governed):
            return
        span = self.text.name_span(p)
        tokens = self.language.key(self.report.words(span))
        if not tokens:
            return
        cluster = self.by_name.get(tokens) or self._variant(tokens, p) or self._initials(tokens, p) or self._new_name(p)
        self.by_name.setdefault(tokens, cluster)
        self._mean(cluster, s, p, span, "name", governed)
        self._describe(cluster, s, p)
        self._acronym(cluster, span)

    def _is_name(self, s: Sentence, p: Phrase, governed: Governed) -> bool:
        if p.kind != "name" or p.has("facility", "vehicle", "weapon", "place", "time", "event"):
            return False
        if said_of(s, p, governed):
            return False
        mark = self.text.head_mark(self.where, p)
        if mark and (p.label not in ("PERSON", "ORG") or mark.span.covers(self.text.name_span(p))):
            return False
        name = self.report.words(self.text.name_span(p))
        if self.cased and name == name.lower() != name.upper():
            return False
        if p.label in ("PERSON", "ORG", "NORP") or p.has(*MEANT):
            return True
        says = any(c is not None and f == "subject" and speaks(s, c) for f, _, c in governed.get(p.index, ()))
        return says or bool(self.text.titles(p))

    def _variant(self, tokens: str, p: Phrase) -> Cluster | None:
        """The person whose full name ends like this one ("Mr. Smith" after "Jane Smith"), the latest."""
        parts = tokens.split()
        if (p.label == "ORG" and len(parts) > 1) or any(c.startswith(("org.", "group")) for c in p.classes):
            return None
        found = [c for name, c in self.by_name.items() if c.kind == "person" and same_person(name.split(), parts)]
        return max(found, key=lambda c: c.last, default=None)

    def _initials(self, tokens: str, p: Phrase) -> Cluster | None:
        """The body whose name has these initials: "RHF" after "the Ruritanian Heritage Fund"."""
        text = self.report.words(p.head)
        if not self.cased or not 2 <= len(tokens) <= 6 or not text.isalpha() or text != text.upper():
            return None
        found = [
            c
            for c in self.clusters
            if c.named and c.kind in ("organisation", "group") and tokens in self._short_forms(c)
        ]
        return max(found, key=lambda c: c.last, default=None)

    def _short_forms(self, c: Cluster) -> set[str]:
        names = (
            self.language.key(self.report.words(span)).split() for span, how in c.mentions.items() if how == "name"
        )
        return {"".join(w[0] for w in name if w not in self.words.links) for name in names if len(name) > 1}

    def _new_name(self, p: Phrase) -> Cluster:
        kind: ActorKind = "person"
        if p.label == "ORG" or p.has("org"):
            kind = "organisation"
        elif p.has("group") or p.label == "NORP":
            kind = "group"
        return self._open(Cluster(kind=kind, number=p.number, named=True))

    def _describe(self, cluster: Cluster, s: Sentence, p: Phrase) -> None:
        """What stands before a name: "Interior Ministry spokesman Ahmed Salim" is a spokesman from now on."""
        d = self._described(s, p)
        before = self.text.titles(p)
        classes = d.classes | frozenset(c for t in before for c in self.language.lexicon.classes(t))
        cluster.heads |= {w for t in before for w in (t, t.split()[-1])} | (
            {d.lemma} if cluster.kind != "person" else set()
        )
        cluster.words |= d.modifiers | set(self.language.key(self.report.words(p.core)).split())
        cluster.sector = cluster.sector or sector_of(classes)
        cluster.country = cluster.country or d.country

    def _acronym(self, cluster: Cluster, span: Span) -> None:
        """`Front for Change (FFC)`: from now on FFC is the Front."""
        found = re.match(r"\s*\(([^\s()]{2,12})\)", self.report.text[span.end : span.end + 20])
        if found and found[1].upper() == found[1] != found[1].lower():
            self.by_name.setdefault(self.language.key(found[1]), cluster)

    # --- states

    def _state(self, s: Sentence, p: Phrase, governed: Governed) -> bool:
        """A country by its name, or by its capital, where it stands for somebody rather than somewhere."""
        mention = self.text.head_mark(self.where, p)
        if mention is None:
            return False
        more = p.label in ("PERSON", "ORG") and not mention.span.covers(self.text.name_span(p))
        if more and mention.kind == "place" and not country_of(mention):
            return False
        country = self.text.country_of(mention)
        if country is None or mention.kind == "demonym":
            return False
        if country_of(mention):
            beside = any(
                s.phrases[i].has("person", "group", "org") and not self.text.head_mark(self.where, s.phrases[i])
                for i in p.conjuncts
            )
            acts = beside or self._acts(p, governed, capital=False)
        else:
            acts = self.text.capital(mention) and self._acts(p, governed, capital=True)
        if not acts:
            return False
        how = "described" if country_of(mention) else "capital"
        self._mean(self._of_known(f"state:{country}"), s, p, self.text.trim(mention.span), how, governed)
        return True

    def _acts(self, p: Phrase, governed: Governed, *, capital: bool) -> bool:
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

    # --- descriptions

    def _description(self, s: Sentence, p: Phrase, governed: Governed) -> None:
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

    def _is_described(self, s: Sentence, p: Phrase, governed: Governed) -> bool:
        if p.kind in ("number", "time") or (p.negated and not p.has("person")) or said_of(s, p, governed):
            return False
        if mark := self.text.head_mark(self.where, p):
            return mark.kind == "demonym" and p.number == "plural"
        if p.has("org") and any(q.possessor == p.index and q.has("org") and q.head < p.head for q in s.phrases):
            return False  # the second part of one body's name: a ministry of something
        if p.has(*MEANT):
            return True
        if not p.has("facility"):
            return False
        hangs = governed.get(p.index, ())
        says = any(c is not None and f == "subject" and speaks(s, c) for f, _, c in hangs)
        spoken_for = any(q.has("person.spokesman") and any(i == p.index for _, i in q.prepositions) for q in s.phrases)
        return says or spoken_for

    def _described(self, s: Sentence, p: Phrase) -> Described:
        places = [
            m
            for m in self.text.at(p.core, self.where)
            if not m.span.touches(p.head) and not self.text.tie(m) and not self.text.prefixed(m)
        ]
        countries = [c for m in places if m.kind == "demonym" or country_of(m) if (c := self.text.country_of(m))]
        if not countries and p.possessor is not None:
            owner = self.meant.get((s.index, p.possessor))
            countries = [owner.country] if owner and owner.country else []
        if not countries and (head := self.text.head_mark(self.where, p)) and head.kind == "demonym":
            countries = [c for c in (self.text.country_of(head),) if c]
        taken = {w for m in places for w in (self.language.key(self.report.words(m.span)), *self.text.tokens(m.span))}
        modifiers = frozenset(k for m in p.modifiers if (k := self.language.key(m)) and k not in taken)
        country = countries[-1] if countries else None
        folded = self.language.key(self.report.words(p.span))
        return Described(self.language.key(p.lemma), p.classes, modifiers - self.words.articles, country, folded)

    def _body(self, s: Sentence, p: Phrase) -> None:
        """The body named before a spokesman ("Interior Ministry spokesman Ada Roe"), which heads no phrase of its own."""
        found = self.text.term_before(p)
        if found is None or any(m.span.touches(found[0]) for m in self.text.at(p.core, self.known, touching=True)):
            return
        span, classes = found
        places = [m for m in self.text.at(span, self.where) if not self.text.tie(m)]
        countries = [c for m in places if m.kind == "demonym" or country_of(m) if (c := self.text.country_of(m))]
        taken = {w for m in places for w in self.text.tokens(m.span)}
        tokens = [t for t in self.language.key(self.report.words(span)).split() if t not in taken | {"s"}]
        d = Described(
            tokens[-1], classes, frozenset(tokens[:-1]), countries[-1] if countries else None, " ".join(tokens)
        )
        same = [c for c in self.clusters if c.kind == "organisation" and d.lemma in c.heads and d.modifiers <= c.words
                and d.country in (None, c.country)]  # fmt: skip
        cluster = max(same, key=lambda c: c.last, default=None)
        if cluster is None:
            cluster = self._open(
                Cluster(kind="organisation", number="singular", sector=sector_of(classes), country=d.country)
            )
        self._mention(cluster, s, span, "described")
        self._learn(cluster, d)

    def _partner(self, s: Sentence, p: Phrase, governed: Governed) -> Cluster | None:
        """Whom an apposition already named: "Jane Smith, a spokeswoman"."""
        partners = [q for q in s.phrases if p.index in q.appositions or q.index in p.appositions]
        for function, _, clause in governed.get(p.index, ()):
            if function == "predicative" and clause is not None:
                partners += [q for f in ("object", "subject") if (q := s.filler(clause, f)) and q.index < p.index]
        for q in partners:
            cluster = self.meant.get((s.index, q.index))
            if cluster and cluster.kind != "state" and numbers_agree(cluster.number, p.number) and alike(cluster, p):
                return cluster
        return None

    def _institution(self, p: Phrase, d: Described) -> Cluster | None:
        """A government, ministry or force of a country is the same one whenever it is named."""
        many = p.number == "plural" and p.quantity is None and bool(d.modifiers)
        if not ((d.country and ((many and p.has(*FORCES)) or p.has(*INSTITUTIONS))) or (many and p.has("group"))):
            return None
        same = [
            c
            for c in self.clusters
            if c.country == d.country and d.lemma in c.heads and numbers_agree(c.number, p.number)
        ]
        for c in same:
            if c.words == d.modifiers or (p.has("org.government") and not (c.words ^ d.modifiers) & self.words.apart):
                return c
        return None

    def _antecedent(self, s: Sentence, p: Phrase, d: Described) -> Cluster | None:
        crowd = p.has("person.crowd") and p.number == "plural" and p.quantity is None and not p.modifiers
        if not (p.definite or crowd) or (d.modifiers | self.text.tokens(p.quantity)) & self.words.opens:
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

    def _generic(self, c: Cluster, d: Described) -> bool:
        """Whether a head such as "group" can mean the actor."""
        if c.kind == "group" and not c.named and d.classes.intersection(INSTITUTIONS):
            return False  # "the army" is not the two guards
        wanted = self.words.generic.get(d.lemma, frozenset())
        return c.kind in ("group", "organisation", "state") and (c.sector in wanted or c.kind in wanted)

    def _may_mean(self, c: Cluster, p: Phrase, d: Described) -> bool:
        if (c.country and d.country and c.country != d.country) or not d.modifiers <= c.words:
            return False
        if p.possessor is not None or p.prepositions:
            return d.folded in c.full
        return d.lemma not in c.heads or numbers_agree(c.number, p.number)

    def _of_group(self, p: Phrase) -> Cluster | None:
        """The fighters or forces of a known group are the group: "Red Front gunmen"."""
        if not p.has("person.fighter", "person.assailant", "person.military", "group"):
            return None
        for mention in self.text.at(p.core, self.known):
            if not mention.span.touches(p.head) and (id := self._safe(mention, None)):
                cluster = self._of_known(id)
                if cluster.kind == "group" or cluster.sector == "party":
                    return cluster
        return None

    def _new(self, p: Phrase, d: Described) -> Cluster:
        kind = kind_of(p)
        sector = self._sector(d)
        if d.modifiers & self.words.unidentified or self.text.tokens(p.core) & self.words.unidentified:
            kind, sector = "unidentified", "unidentified"
        return self._open(Cluster(kind=kind, number=p.number, sector=sector, country=d.country))

    def _learn(self, cluster: Cluster, d: Described) -> None:
        cluster.heads.add(d.lemma)
        cluster.words |= d.modifiers
        cluster.full.add(d.folded)
        cluster.sector = cluster.sector or self._sector(d)
        cluster.country = cluster.country or d.country

    def _sector(self, d: Described) -> str | None:
        """What somebody is said to be; of a source or an officer whose own noun says little, whose he is: "military sources"."""
        own = sector_of(d.classes)
        if own not in (None, "civilian", "government") or d.lemma not in self.words.officers:
            return own
        whose = frozenset(
            c for m in d.modifiers for c in self.language.lexicon.classes(m) if c.startswith(("org.", "rank."))
        )
        return sector_of(whose) or own

    # --- pronouns

    def _pronoun(self, s: Sentence, p: Phrase, governed: Governed) -> None:
        if p.kind != "pronoun":
            return
        kind = self.words.pronouns.get(self.language.key(self.report.words(p.head)))
        cluster = self._speaker_of(s, p) if kind == "speaker" else self._salient(s, p, kind, governed)
        if cluster:
            self._mean(cluster, s, p, p.head, "pronoun", governed)

    def _speaker_of(self, s: Sentence, p: Phrase) -> Cluster | None:
        """Who says "we": the subject of the clause whose content holds the pronoun."""
        inside = [c for c in s.clauses if c.span.covers(p.head)]
        if not inside:
            return None
        clause = min(inside, key=lambda c: c.span.end - c.span.start)
        for below, above in steps_up(s, clause):
            found = [self.meant.get((s.index, a.phrase)) for a in s.arguments(above, "subject") if a.phrase is not None]
            if (below.relation == "content" or (below.quoted and not above.quoted)) and any(found):
                return next(c for c in reversed(found) if c)
        return self.speaker if any(q.covers(p.head) for q in s.quotes) else None

    def _salient(self, s: Sentence, p: Phrase, kind: str | None, governed: Governed) -> Cluster | None:
        acts = [
            f
            for f, _, c in governed.get(p.index, ())
            if f == "possessor" or (f == "subject" and c and (c.kind != "copula" or _described_by(s, c)))
        ]
        if kind in ("thing", "body") and not acts:
            return None
        here = [x for x in self.seen.get(s.index, ()) if x.start < p.head.start and fits(x.cluster, kind)]
        for found in ([x for x in here if x.subject], here):
            if found:
                return max(found, key=lambda x: x.start).cluster
        quoted = any(q.covers(p.head) for q in s.quotes)
        for back in range(1, 0 if quoted else PRONOUN_SENTENCES + 1):
            before = [x for x in self.seen.get(s.index - back, ()) if fits(x.cluster, kind)]
            if subjects := [x for x in before if x.subject]:
                return subjects[0].cluster
            if before and kind not in ("thing", "body"):
                return before[-1].cluster
        return None

    # --- clusters

    def _open(self, cluster: Cluster) -> Cluster:
        self.clusters.append(cluster)
        return cluster

    def _of_known(self, id: str) -> Cluster:
        if id not in self.by_known:
            known = register.lookup(id)
            cluster = self._open(
                Cluster(kind=known.kind, sector=known.sector, country=known.country, known_as=id, named=True)
            )
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
            if (need == "definite" and p is not None and p.definite) or (
                need == "capitals" and text == text.upper() != text.lower()
            ):
                return id
            if need in ("capital", "capitals") and (not self.cased or (need == "capital" and text[:1].isupper())):
                return id
        return None

    def _mean(self, cluster: Cluster, s: Sentence, p: Phrase, span: Span, how: str, governed: Governed) -> None:
        self.meant[s.index, p.index] = cluster
        subject = any(f == "subject" for f, *_ in governed.get(p.index, ()))
        self._mention(cluster, s, span, how, subject)

    def _mention(self, cluster: Cluster, s: Sentence, span: Span, how: str, subject: bool = False) -> None:
        cluster.mentions.setdefault(span, how)
        cluster.last = max(cluster.last, (s.index, span.start))
        self.seen.setdefault(s.index, []).append(Seen(cluster, span.start, subject))

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

    def _fullest(self, c: Cluster) -> str:
        """The longest proper name, else the longest description without its article, as it stands."""
        if c.known_as and c.kind == "state" and not {"name", "described"} & set(c.mentions.values()):
            return register.lookup(c.known_as).name(self.language.code)
        for how in ("name", "described", "capital", "tie", "pronoun"):
            found = [self.text.bare(span) for span, kind in sorted(c.mentions.items()) if kind == how]
            if c.known_as and c.kind == "state" and (usual := self._usual(c.known_as, found)):
                return usual
            if how == "name" and found and c.known_as:
                known = keys(c.known_as, self.language.code)
                found = [w for w in found if self.language.key(w) in known] or [
                    register.lookup(c.known_as).name(self.language.code)
                ]
            if found:
                return max(found, key=len)
        return ""

    # --- marks

    def _usual(self, id: str, found: list[str]) -> str | None:
        """A state's usual name if a mention is it, alone or with particles written together with it."""
        usual = register.lookup(id).name(self.language.code)
        return usual if any(self.language.key(w).endswith(self.language.key(usual)) for w in found) else None

    def _index(self, span: Span) -> int:
        """The latest parsed sentence before a span."""
        return max((i for i, found in self.seen.items() if found and found[0].start <= span.start), default=-1)


def _described_by(s: Sentence, clause: Clause) -> bool:
    """Whether a copula in somebody's words says what its subject is to something: "it was responsible for the raid".

    Without a complement, or with a clause for one, the subject may mean nothing: "it was late", "it was clear that ...".
    """
    if clause.relation != "content" or any(a.clause is not None for a in clause.arguments):
        return False
    held = [s.phrases[a.phrase] for a in clause.arguments if a.function == "predicative" and a.phrase is not None]
    beside = [a.phrase for a in clause.arguments if a.function == "oblique" and a.phrase is not None]
    ends = [s.phrases[i] for i in (*beside, *(i for p in held for _, i in p.prepositions))]
    return any(p.kind != "time" and not p.has("time", "place") for p in ends)
