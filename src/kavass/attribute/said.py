"""Who says what: the source, the cue and the content of every reported statement of a report.

Statements are found in three ways: by the frames whose roles name a `speaker` (verbs and nouns of speech and belief), by the
openers of a source ("according to", «بحسب»), and by a name and a colon in a headline. Quotation marks widen a content to the
whole quotation, and a quotation that follows one without a speaker of its own continues it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kavass.lang import READABLE, Language
from kavass.lang.clause import Analysis, Argument, Clause, Phrase, Sentence
from kavass.lang.frames import Hit, fillers
from kavass.lang.text import HOUR, OPENING, quotes
from kavass.model import Attribution, Report, Span

NEAR = 120  # characters between a source and its cue that still make one group ("said X", "X, who ..., said")
JOINED = 5  # characters between speakers set side by side (" and ")
BACK = 3  # sentences in which who spoke last is looked for
TOLD = 3  # words of a quotation that says something rather than names something
OF = 8  # characters of a preposition between a title and what it is of (" for the ")
SHORT = 6  # words of a source before the colon of a headline
TITLE = re.compile(r"[,”\"»]\s+((?:[a-z][\w'’-]*\s+){1,4})\Z")
LOOSE = " \t\n\r\u00a0,;:–—-،؛"  # marks that are no part of a content's ends
BLAMES = ("accuses", "attributes")  # "blamed the guards | for the fire"
PLAIN = ("reports", "evaluates")  # cues that say nothing without a content
NOBODY = ("event", "place", "weapon", "hazard", "casualty", "vehicle", "amount")
PEOPLE = ("person", "group", "org", "state", "people", "statement", "actor")


@dataclass(slots=True, kw_only=True, eq=False)
class Said:
    """One reported statement. `phrase` is its source's noun phrase, in the statement's sentence or in `heard`, an earlier one, if
    the statement only goes on; `outer` the statement that reports this one.

    `quoted`: the report does not say it, somebody it quotes does ("“My neighbour told me ...”, she said").
    """

    sentence: Sentence
    cue: Span
    content: list[Span]
    clause: Clause | None = None
    hit: Hit | None = None
    phrase: Phrase | None = None
    source: Span | None = None
    heard: Sentence | None = None
    outer: Said | None = None
    quoted: bool = False

    def holds(self, span: Span) -> bool:
        """Whether the words begin inside the content."""
        return any(c.start <= span.start < c.end for c in self.content)

    def setting(self, key: str) -> str | None:
        """A fixed value of the frame that found it."""
        return self.hit.frame.set.get(key) if self.hit else None

    @property
    def of(self) -> Sentence:
        """The sentence in which the source's noun phrase stands."""
        return self.heard or self.sentence

    @property
    def length(self) -> int:
        return sum(c.end - c.start for c in self.content)

    @property
    def attribution(self) -> Attribution:
        """The statement as the contract shows it."""
        source = (self.source,) if self.source else ()
        return Attribution(source=source, cue=(self.cue,), content=tuple(self.content))


def statements(report: Report, analysis: Analysis, hits: Iterable[Hit], language: Language) -> list[Said]:
    """Every reported statement, in order of its cue, each knowing the one that reports it."""
    quoted = _Quotes(report, language)
    hits = [h for h in hits if h.kind == "stance"]
    voiced = frozenset(id(h.clause) for h in hits if "speaker" in h.roles)
    relays = _openers(tuple(language.table("cues").get("sources", {}).get("relays", ())), language)
    relayed = {id(hit.clause): said for hit, said in _by_relay(report, analysis, hits, relays, language)}
    table = language.table("cues")
    words = _Words(
        pointers=frozenset(table.get("back", {}).get("pronouns", ())),
        plain=frozenset(table.get("sources", {}).get("plain", ())),
        addressing=frozenset(table.get("sources", {}).get("addressing", ())),
    )
    owned = [said for sentence in analysis.sentences for said in _by_owner(report, sentence, language)]
    signed = {(said.sentence.index, said.cue) for said in owned}
    own = [_by_hit(report, hit, quoted, voiced, words) for hit in hits
           if id(hit.clause) not in relayed and (hit.sentence.index, hit.trigger) not in signed]  # fmt: skip
    found = [*relayed.values(), *owned, *(said for said in own if said is not None)]
    openers = _openers(tuple(language.table("cues").get("sources", {}).get("openers", ())), language)
    never = frozenset(language.table("cues").get("sources", {}).get("never", ()))
    colons = tuple(language.table("cues").get("sources", {}).get("colon", ()))
    for sentence in analysis.sentences:
        opened = _by_opener(report, sentence, openers, language, found)
        found.extend([s for s in opened if s.phrase is None or s.phrase.lemma not in never])
        found.extend(_by_colon(report, sentence, colons))
        found.extend(_by_quotation(report, sentence, colons, found))
    for said in found:
        said.quoted = quoted.inside(said.cue)
        said.content = quoted.widen(said)
    found = sorted((said for said in found if said.content), key=lambda said: (said.cue, said.content))
    found = _gone_on(found, analysis.sentences)
    quoted.carry_on(found)
    _nest(found)
    return found


# --- by a verb or noun of speech -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a language that finding statements needs: pronouns for what was said, the plainest verbs of saying, verbs whose
    object is told it."""

    pointers: frozenset[str]
    plain: frozenset[str]
    addressing: frozenset[str]


def _by_hit(report: Report, hit: Hit, quoted: _Quotes, voiced: frozenset[int], words: _Words) -> Said | None:
    """The statement a speech frame makes; None without a content, or without anybody who could say it."""
    if "speaker" not in hit.frame.roles.values() or not _made(hit, report.text) or _said_of(hit, words.plain):
        return None
    phrase, before = _speaker(hit.sentence, hit.clause, hit), _before(report.text, hit)
    if before is not None and (before[0] is phrase or hit.clause.rest is not None):
        before = None  # the parse has it
    phrase = before[0] if before else phrase
    if (aside := _aside(report.text, hit, words)) is not None:
        phrase, before = aside, None
    unnamed = phrase is None and hit.clause.dropped is None and not hit.clause.first
    if unnamed and (hit.clause.voice == "active" or hit.frame.set.get("needs") in ("source", "label")):
        return None
    if hit.frame.set.get("needs") == "clause" and not any(_contents(hit.sentence, hit.clause)):
        return None
    source = _source(hit.sentence, phrase)
    if phrase is not None and source is not None and before is None and aside is None:
        source = _joined(source, [p.core for p in hit.roles.get("speaker", ())])
    cue = _cue(hit, source)
    pieces = _content(report, hit, cue, source, voiced) or quoted.beside(hit.sentence, cue)
    if before:
        pieces = [before[1], *_resumed(report.text, hit.sentence, cue)]
    if aside is not None and source is not None and not any(q.touches(p) for q in hit.sentence.quotes for p in pieces):
        pieces = _around(hit.sentence.span, _hull((cue, source)))
    content = _trimmed_all(report.text, pieces)
    if not content and "pointing" in hit.frame.set:
        content = _pointed(report.text, hit, words.pointers)
    if not content and hit.value not in PLAIN:
        cue = hit.clause.predicate
        content = _trimmed_all(report.text, _after(hit, cue))
    if not content or (hit.frame.set.get("needs") == "label" and not _labelled(hit)):
        return None
    return Said(
        sentence=hit.sentence, clause=hit.clause, hit=hit, phrase=phrase, source=source, cue=cue, content=content
    )


def _said_of(hit: Hit, plain: frozenset[str]) -> bool:
    """Whether the verb tells what others say of its subject: "a man said to run the gang"."""
    clause = hit.clause
    if clause.lemma not in plain or clause.voice == "passive" or clause.relation is None or clause.tense != "past":
        return False
    contents = _contents(hit.sentence, clause)
    return bool(contents) and all(c.infinitive and not c.marker for c in contents)


def _pointed(text: str, hit: Hit, pointers: frozenset[str]) -> list[Span]:
    """A pronoun right after the verb that the parse has no place for: "rejected that, saying ..."."""
    start = hit.clause.predicate.end
    word = re.compile(r"\s+(\w+)").match(text, start, hit.sentence.span.end)
    if word is None or word[1].lower() not in pointers:
        return []
    determiner = any(0 <= p.head.start - word.end(1) <= 1 or p.core.start == word.start(1) < p.head.start
                     for p in hit.sentence.phrases)  # fmt: skip
    return [] if determiner else [Span(word.start(1), word.end(1))]


def _made(hit: Hit, text: str) -> bool:
    """Whether the statement is made: not denied, wished for, possible or yet to come (which a threat or a promise may be)."""
    clause, needs = hit.clause, hit.frame.set.get("needs")
    beside = clause.particle is not None and text[clause.predicate.end :].lstrip().lower().startswith(clause.particle)
    other = beside and clause.lemma in hit.frame.verbs  # "show up" shows nothing
    nobody = any(p.negated or p.high == 0 or p.has("quantity.none") for p in hit.roles.get("speaker", ()))
    if nobody or needs == "never" or other or (clause.negated and "negated" not in hit.frame.set):
        return False
    open_ = clause.infinitive or clause.modality in ("conditional", "possible")
    return not (open_ and hit.value in PLAIN) and (
        needs != "quote" or bool(hit.sentence.quotes) or bool(_contents(hit.sentence, clause))
    )


def _cue(hit: Hit, source: Span | None) -> Span:
    """The predicate's words; of a light verb the words up to its noun if that follows closely."""
    trigger = hit.trigger
    close = trigger.end - trigger.start <= NEAR // 3 and not (source and source.touches(trigger))
    return trigger if close else hit.clause.predicate


def _speaker(sentence: Sentence, clause: Clause, hit: Hit | None) -> Phrase | None:
    """The clause's own speaker or, for a clause without a subject, that of the clause it hangs on."""
    own = hit.roles.get("speaker", ()) if hit is not None else fillers("subject", sentence, clause)
    if hit is not None and hit.value == "characterises":
        own = tuple(
            p for p in own if not any(q.covers(p.core) and q.start >= clause.predicate.end for q in sentence.quotes)
        )
    if (phrase := _fittest(sentence, clause.predicate, own)) is not None:
        return _described(sentence, clause, phrase)
    if clause.voice == "passive" or clause.dropped is not None:
        return None
    if hit is not None and (inverted := _inverted(sentence, clause)) is not None:
        return inverted
    if clause.phrase is not None and (clause.relation == "relative" or clause.kind == "participle"):
        return sentence.phrases[clause.phrase]
    if clause.relation in ("adverbial", "coordination", "content") and clause.parent is not None:
        return _speaker(sentence, sentence.clauses[clause.parent], None)
    return None


def _inverted(sentence: Sentence, clause: Clause) -> Phrase | None:
    """Who stands right behind a cue that closes what is said, where the parse has him for its object: "..., says Ada Roe"."""
    told = [c.predicate.end for c in _contents(sentence, clause)] + [q.end for q in sentence.quotes]
    if clause.kind != "verb" or not any(end <= clause.predicate.start for end in told):
        return None
    if any(c.predicate.start > clause.predicate.end for c in _contents(sentence, clause)):
        return None
    behind = (p for p in fillers("object", sentence, clause) if 0 < p.core.start - clause.predicate.end <= 2)
    return next((p for p in behind if p.has(*PEOPLE) or p.kind == "name"), None)


def _aside(text: str, hit: Hit, words: _Words) -> Phrase | None:
    """Who stands behind a cue that is put between marks, whatever the parse makes of it: "The convoy, says a delegate, moved"."""
    sentence, cue = hit.sentence, hit.clause.predicate
    if (
        hit.value not in PLAIN
        or hit.clause.kind != "verb"
        or hit.clause.lemma in words.addressing
        or hit.clause.infinitive
    ):
        return None
    if hit.clause.tense not in ("past", "present") or hit.clause.voice == "passive" or hit.clause.negated:
        return None
    opened = text[sentence.span.start : cue.start].rstrip()
    if not opened or opened[-1] not in ',،”"’»—–':
        return None
    for phrase in sentence.phrases:
        ends = (phrase.head.end, phrase.core.end, phrase.span.end)  # a name may follow the title with no mark between
        behind = {text[end : sentence.span.end].lstrip(' ”"')[:1] for end in ends}
        if phrase.core.start - cue.end == 1 and behind & {",", "،", ".", ";", "؛", ":", "—", "–"}:
            return phrase if phrase.kind != "time" and not phrase.has(*NOBODY) else None
    return None


def _before(text: str, hit: Hit) -> tuple[Phrase, Span] | None:
    """The speaker who closes a sentence, and all that stands before: "..., its director, Ada Roe, told reporters."

    Such an end reads the same however the parse ties it: between commas or after a quotation mark a chain of phrases set side by
    side, the cue next to it, and nothing after the cue that could be what is said.
    """
    sentence, clause = hit.sentence, hit.clause
    if hit.value not in PLAIN or clause.kind != "verb" or clause.voice == "passive" or clause.infinitive:
        return None
    chain: list[Phrase] = []
    governed = {i for p in sentence.phrases for _, i in p.prepositions}
    start = clause.predicate.start
    for phrase in sorted(sentence.phrases, key=lambda p: p.core.end, reverse=True):
        ends = [phrase.core.end, phrase.span.end, *(sentence.phrases[i].core.end for _, i in phrase.prepositions)]
        end = max(e for e in ends if e <= start) if phrase.core.end <= start else phrase.core.end
        if (
            phrase.index in governed
            or phrase.core.start >= start
            or not 0 <= start - end <= 2
            or (chain and text[end:start].strip() not in (",", "،"))
        ):
            continue
        if phrase.kind in ("time", "number") or not (phrase.has(*PEOPLE) or phrase.kind in ("name", "pronoun")):
            break
        if len(chain) == 2 or (phrase.kind in (p.kind for p in chain) and chain[-1].has("person", "org", "group")):
            break  # a name and what its bearer is, no more
        chain.append(phrase)
        start = phrase.core.start
    if chain and chain[-1].kind == "name" and (title := TITLE.search(text, sentence.span.start, start)) is not None:
        start = title.start(1)  # a title that the parse has not seen for one
    opening = text[sentence.span.start : start].rstrip()
    if not chain or opening.count(" ") < 1 or opening[-1] not in ',،"”»—–' or chain[-1].negated:
        return None
    if any(c.parent == clause.index and c.relation == "content" and c.predicate.start > clause.predicate.end
           for c in sentence.clauses) or any(q.start >= clause.predicate.end for q in sentence.quotes):  # fmt: skip
        return None
    told = Span(sentence.span.start, sentence.span.start + len(opening))
    whole = [c for c in sentence.clauses if told.covers(c.predicate) and c.kind in ("verb", "copula")]
    return (chain[-1], told) if whole or opening[-1] in '"”»' else None


def _fittest(sentence: Sentence, cue: Span, phrases: Sequence[Phrase]) -> Phrase | None:
    """Of several subjects the likeliest speaker: no words of a quotation, somebody rather than something, the nearest."""
    telling = [
        q for q in sentence.quotes if not q.touches(cue) and q not in [p.core for p in phrases]
    ]  # no name: «ميتا»
    outside = [p for p in phrases if not any(q.covers(p.head) for q in telling)]
    return min(
        outside,
        key=lambda p: (not (p.has(*PEOPLE) or p.kind in ("name", "pronoun")), _between(p.head, cue)),
        default=None,
    )


def _described(sentence: Sentence, clause: Clause, phrase: Phrase) -> Phrase:
    """The noun that a relative clause describes where its subject is only the relative pronoun."""
    told_of = any(
        c.parent == clause.index and c.relation == "content" and any(a.phrase == clause.phrase for a in c.arguments)
        for c in sentence.clauses
    )  # "the accounts which it said were false": the noun is what is said something of
    if clause.relation == "relative" and clause.phrase is not None and phrase.kind == "pronoun" and not told_of:
        return sentence.phrases[clause.phrase]
    return phrase


def _source(sentence: Sentence, phrase: Phrase | None) -> Span | None:
    """The source's words: its noun phrase without relative clauses, with its appositions.

    A name may stand behind what a title is of: "the spokesman for the ministry, Ada Roe".
    """
    if phrase is None:
        return None
    span = phrase.core
    whose = [sentence.phrases[i].core for _, i in phrase.prepositions]
    for other in (sentence.phrases[i] for i in phrase.appositions):
        behind = other.kind == "name" and any(
            0 <= w.start - span.end <= OF and 0 <= other.core.start - w.end <= 3 for w in whose
        )
        if behind or 0 <= other.core.start - span.end <= 3 or 0 <= span.start - other.core.end <= 3:
            span = _hull((span, other.core))
    return span


def _joined(source: Span, speakers: Sequence[Span]) -> Span:
    """The source with the speakers set beside it: "witnesses and police said"."""
    for other in (*sorted(speakers, key=lambda s: -s.end), *sorted(speakers)):
        if 0 < _between(source, other) <= JOINED:
            source = _hull((source, other))
    return source


def _content(report: Report, hit: Hit, cue: Span, source: Span | None, voiced: frozenset[int]) -> list[Span]:
    """Where the content stands: clauses, noun phrases if the frame allows them, quotations, or the words around."""
    sentence, clause = hit.sentence, hit.clause
    group = _hull((cue, source)) if source and _between(cue, source) <= NEAR else cue
    free = hit.frame.set.get("content") == "any"
    if (read := clause.content or (clause.rest if free else None)) is not None:
        return _around(read, cue)
    if clause.rest is not None and (quoted := [q for q in sentence.quotes if clause.rest.covers(q)]):
        return [q for q in quoted if report.words(q).count(" ") + 1 >= TOLD][:1]
    clauses = _spoken(sentence, _contents(sentence, clause), voiced)
    pieces = [piece for whole in clauses for piece in _around(whole, group)]
    if free and (named := _arguments(hit, cue)):
        pieces = [_hull((*(p for p in pieces if p.start >= group.end), *(n for n in named if n.start >= group.end)))] if any(
            n.start >= group.end for n in named) else [*pieces, *named]  # fmt: skip
    if pieces and all(p.end <= group.start for p in pieces) and clauses:
        start = sentence.span.start if clause.parent is None else min(p.start for p in pieces)
        pieces = [Span(start, group.start), *_resumed(report.text, sentence, group)]
    if not pieces:
        free = clause.rest is None  # else what stands after the cue has been looked at
        pieces = [q for q in sentence.quotes if not q.touches(group) and (free or q.end <= group.start)]
    if pieces and clauses:
        return pieces
    return pieces or _parenthetical(report.text, sentence, clause, group)


def _contents(sentence: Sentence, clause: Clause) -> list[Clause]:
    """The clauses that say what is said."""
    named = {a.clause for a in clause.arguments if a.function == "complement" and a.clause is not None}
    found = [c for c in sentence.clauses if c.index in named or (c.parent == clause.index and c.relation == "content")]
    return found or [c for c in sentence.clauses if _strayed(sentence, clause, c)][:1]


def _strayed(sentence: Sentence, clause: Clause, other: Clause) -> bool:
    """Whether a clause that the parse hung on a noun after the cue is what is said: it has a marker and a whole subject."""
    if other.relation != "relative" or not other.marker or other.predicate.start < clause.predicate.end:
        return False
    subject = sentence.filler(other, "subject") or (
        sentence.filler(other, "object") if other.voice == "passive" else None
    )
    whole = subject is not None and subject.index != other.phrase and subject.kind != "pronoun"
    return whole and clause in sentence.above(other) and other.span.start < subject.head.start  # type: ignore[union-attr]


def extent(sentence: Sentence, clause: Clause) -> Span:
    """A clause with all that hangs on it."""
    return _hull([clause.span, *(other.span for other in sentence.clauses if clause in sentence.above(other))])


def statement(sentence: Sentence, clause: Clause) -> Span:
    """A clause as one statement: without what is coordinated with it or hangs on it by a conjunction ("though ...")."""
    return _until(
        sentence, clause, [c for c in _later(sentence, clause) if c.relation == "adverbial" or c.kind != "noun"]
    )


def _spoken(sentence: Sentence, contents: Sequence[Clause], voiced: frozenset[int]) -> list[Span]:
    """The contents without what somebody else says after them: "..., though police denied it", "..., and the mayor said"."""
    others = [c for c in contents[1:] if id(c) in voiced and _own_subject(sentence, c) and not c.marker]
    spans = []
    for clause in (c for c in contents if c not in others):
        answers = [c for c in _later(sentence, clause) if id(c) in voiced]
        ends = [c for c in answers if c.relation == "adverbial" or _own_subject(sentence, c)]
        spans.append(_until(sentence, clause, [*ends, *(c for c in others if c.span.start > clause.predicate.end)]))
    return spans


def _later(sentence: Sentence, clause: Clause) -> Iterator[Clause]:
    """What follows the predicate and is coordinated with the clause or hangs on it by a conjunction."""
    for other in sentence.clauses:
        after = other.parent == clause.index and other.span.start > clause.predicate.end
        if after and (other.relation == "coordination" or (other.relation == "adverbial" and other.marker)):
            yield other


def _own_subject(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause names its subject itself and does not share another clause's."""
    subject = sentence.filler(clause, "subject")
    return subject is not None and clause.span.covers(subject.head)


def _until(sentence: Sentence, clause: Clause, others: Sequence[Clause]) -> Span:
    """A clause up to the last of its own words before the others begin, conjunctions left out."""
    start, end = extent(sentence, clause)
    if not others:
        return Span(start, end)
    cut = min(c.span.start for c in others)
    own = [a.span.end for a in clause.arguments if a.span.end <= cut]
    inner = [extent(sentence, c).end for c in sentence.clauses if c.parent == clause.index and c not in others]
    return Span(start, max([clause.predicate.end, *own, *(e for e in inner if e <= cut)]))


def _around(whole: Span, group: Span) -> list[Span]:
    """A stretch without the speaker and cue that stand inside it."""
    if not whole.touches(group):
        return [whole]
    sides = (Span(whole.start, group.start), Span(group.end, whole.end))
    return [side for side in sides if side.start < side.end]


def _arguments(hit: Hit, cue: Span) -> list[Span]:
    """The noun phrases and clauses that stand for what is said, in frames that allow them."""
    wanted = {key.partition(":")[::2] for key, role in hit.frame.roles.items() if role in ("content", "about", "label")}
    wanted |= {("complement", ""), ("predicative", "")} | ({("oblique", "")} if hit.value in BLAMES else set())
    spans = [_whole(hit.sentence, a) for a in hit.clause.arguments
             if a.span != cue and {(a.function, ""), (a.function, a.preposition or "")} & wanted
             and not (a.phrase is not None and hit.sentence.phrases[a.phrase].has("time"))]  # fmt: skip
    after = [Span(cue.end, s.end) if s.touches(cue) else s for s in spans]  # "claimed responsibility | for the raid"
    return [s for s in after if s.start < s.end]


def _whole(sentence: Sentence, argument: Argument) -> Span:
    """An argument with what is coordinated with it on the same side and all that is said of it."""
    if argument.phrase is None:
        return argument.span
    phrase = sentence.phrases[argument.phrase]
    after = [sentence.phrases[i].span for i in phrase.conjuncts if sentence.phrases[i].span.start >= phrase.span.start]
    return _hull((argument.span, phrase.span, *after))


def _after(hit: Hit, cue: Span) -> list[Span]:
    """What stands after a cue that tells its own stance ("warned Iran in a message"), for want of a clause."""
    spans = [
        a.span
        for a in hit.clause.arguments
        if a.function in ("object", "indirect", "oblique") and a.span.start >= cue.end
    ]
    return [_hull(spans)] if spans else []


def _resumed(text: str, sentence: Sentence, group: Span) -> list[Span]:
    """What follows "..., X said," if the statement goes on there: a quotation, or the main verb."""
    rest = text[group.end : sentence.span.end]
    if not rest.lstrip().startswith((",", "،")):
        return []
    start = group.end + len(rest) - len(rest.lstrip(LOOSE))
    main = any(c.parent is None and c.predicate.start >= start for c in sentence.clauses)
    opened = any(start <= q.start <= start + 1 for q in sentence.quotes)
    return [Span(start, sentence.span.end)] if main or opened else []


def _parenthetical(text: str, sentence: Sentence, clause: Clause, group: Span) -> list[Span]:
    """The words before "..., X said" where the parse does not tie them to the cue."""
    if clause.kind == "noun" or (clause.relation not in (None, "adverbial") and clause.parent is not None):
        return []
    before = text[sentence.span.start : group.start].rstrip()
    if len(before) < 2 or before[-1] not in ',،"”’»—–':
        return []
    return [Span(sentence.span.start, group.start), *_resumed(text, sentence, group)]


def _labelled(hit: Hit) -> bool:
    """Whether something is called something: a predicative, an "as", or a quotation after the verb."""
    functions = {a.function for a in hit.clause.arguments}
    after = any(q.start >= hit.clause.predicate.end for q in hit.sentence.quotes)
    return "predicative" in functions or "label" in hit.roles or after


def _gone_on(found: Sequence[Said], sentences: Sequence[Sentence]) -> list[Said]:
    """The statements, those of verbs that name nobody given to whoever spoke or acted last and agrees; the others left out."""
    kept: list[Said] = []
    place = {id(s): n for n, s in enumerate(sentences)}
    for said in found:
        if (
            said.phrase is None
            and said.clause is not None
            and said.clause.dropped is not None
            and not said.clause.first
        ):
            before = sentences[max(place[id(said.sentence)] - BACK, 0) : place[id(said.sentence)]]
            heard = _last_heard(said, kept, before)
            if heard is None:
                continue
            said.heard, said.phrase = heard
        kept.append(said)
    return kept


def _last_heard(said: Said, kept: Sequence[Said], before: Sequence[Sentence]) -> tuple[Sentence, Phrase] | None:
    """Who spoke last, here or in the sentences before, in his own right before one whose words another tells; else who did
    something in the sentence just before."""
    assert said.clause is not None
    near = [
        s
        for s in kept
        if s.phrase is not None and (s.sentence is said.sentence or any(s.sentence is b for b in before))
    ]
    told = [s for s in near if any(o.holds(s.cue) for o in kept if o is not s)]  # by whoever goes on, not by himself
    for earlier in (*(s for s in reversed(near) if s not in told), *reversed(told)):
        if earlier.phrase is not None and not earlier.holds(said.cue) and _agree(earlier.phrase, said.clause):
            return earlier.of, earlier.phrase
    for sentence in before[-1:]:
        for clause in sentence.clauses:
            subject = sentence.filler(clause, "subject")
            main = clause.relation in (None, "coordination") and clause.kind == "verb"
            if main and subject is not None and subject.has(*PEOPLE) and _agree(subject, said.clause):
                return sentence, subject
    return None


def _agree(phrase: Phrase, clause: Clause) -> bool:
    """Whether a phrase can be the subject that a verb leaves out, as far as their forms tell."""
    if clause.dropped == "p":
        return phrase.number in ("plural", "dual") or bool(phrase.conjuncts) or phrase.has("people")
    several = phrase.number in ("plural", "dual") and phrase.has("person")
    return not several and (phrase.gender in (None, clause.dropped) or phrase.kind == "name" or phrase.has("proper"))


# --- by an opener ("according to") -----------------------------------------------------------------------------------


@cache
def _openers(words: tuple[str, ...], language: Language) -> re.Pattern[str] | None:
    forms = {language.key(form) for w in words for form in (w, *language.surfaces(w, "name"))} - {""}
    # an opener that ends in a one-letter particle is written onto the next word: «وفقا لمصدر»
    keys = [
        re.escape(k) + ("" if len(k.split()[-1]) == 1 else r"(?!\w)") for k in sorted(forms, key=lambda k: (-len(k), k))
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(keys)})") if keys else None


def _by_opener(
    report: Report, sentence: Sentence, openers: re.Pattern[str] | None, language: Language, known: Sequence[Said]
) -> Iterator[Said]:
    """The statements of a sentence that "according to" and its like sign."""
    if openers is None:
        return
    folded = language.fold(report.words(sentence.span))
    for match in openers.finditer(folded.text):
        local = folded.span(match.start(), match.end())
        cue = Span(sentence.span.start + local.start, sentence.span.start + local.end)
        phrase = _next_phrase(sentence, cue)
        if phrase is None or any(said.cue.touches(cue) for said in known):
            continue
        source = _source(sentence, phrase) or phrase.core
        content = _beside(report.text, sentence, Span(cue.start, phrase.span.end))
        if content:
            yield Said(sentence=sentence, clause=None, phrase=phrase, source=source, cue=cue, content=content)


def _by_owner(report: Report, sentence: Sentence, language: Language) -> Iterator[Said]:
    """The statements that a noun with its owner signs: "in the company's view, ..."."""
    table = language.table("cues").get("sources", {})
    owned, after = table.get("owned", ()), table.get("owned_after", ())
    for phrase in sentence.phrases if owned else ():
        if phrase.lemma not in owned or phrase.possessor is None:
            continue
        owner = sentence.phrases[phrase.possessor]
        words = report.text[sentence.span.start : owner.core.start].split()
        if (
            not words
            or language.key(words[-1]) not in after
            or not (owner.has(*PEOPLE) or owner.kind in ("name", "pronoun"))
        ):
            continue
        start = report.text.rindex(words[-1], sentence.span.start, owner.core.start)
        if content := _beside(report.text, sentence, Span(start, phrase.span.end)):
            yield Said(
                sentence=sentence,
                phrase=owner,
                source=_source(sentence, owner) or owner.core,
                cue=phrase.head,
                content=content,
            )


def _by_relay(
    report: Report, analysis: Analysis, hits: Sequence[Hit], relays: re.Pattern[str] | None, language: Language
) -> Iterator[tuple[Hit, Said]]:
    """The statements that a verb of speech behind "as" or "according to what" signs: «بحسب ما أفاد به المدير»."""
    spoken = [h for h in hits if "speaker" in h.frame.roles.values() and h.clause.content is None]
    for sentence in analysis.sentences if relays is not None and spoken else ():
        folded = language.fold(report.words(sentence.span))
        for match in relays.finditer(folded.text):  # type: ignore[union-attr]
            local = folded.span(match.start(), match.end())
            cue = Span(sentence.span.start + local.start, sentence.span.start + local.end)
            near = (h for h in spoken if h.sentence is sentence and 0 <= h.clause.predicate.start - cue.end <= 2)
            if (hit := next(near, None)) is None or (phrase := _speaker(sentence, hit.clause, hit)) is None:
                continue
            source = _source(sentence, phrase) or phrase.core
            group = _hull((cue, hit.clause.predicate, phrase.span, source))
            if content := _beside(report.text, sentence, group):
                yield hit, Said(sentence=sentence, clause=None, phrase=phrase, source=source,
                                cue=Span(cue.start, hit.clause.predicate.end), content=content)  # fmt: skip


def _next_phrase(sentence: Sentence, cue: Span) -> Phrase | None:
    """The phrase that begins right after the opener: the longest of the nearest."""
    after = [p for p in sentence.phrases if 0 <= p.span.start - cue.end <= 6]
    return min(after, key=lambda p: (p.span.start, -p.span.end), default=None)


def _beside(text: str, sentence: Sentence, group: Span) -> list[Span]:
    """The words that "according to X" signs: those before it, and those after a comma or where it comes first."""
    whole = _scope(text, sentence, group)
    left, right = Span(whole.start, group.start), Span(group.end, whole.end)
    pieces = [left] if text[left.start : left.end].strip(LOOSE) else []
    rest = text[right.start : right.end].lstrip()
    if rest.strip(LOOSE + ".!?؟") and (rest[0] in ",،" or not pieces):
        pieces.append(right)
    return _trimmed_all(text, pieces)


def _scope(text: str, sentence: Sentence, group: Span) -> Span:
    """The coordinated or reported clause in which the opener stands; else, or if a comma sets it off at the end, the sentence."""
    holding = []
    before, after = text[sentence.span.start : group.start].rstrip(), text[group.end : sentence.span.end]
    closing = before.endswith("،") and not after.strip(LOOSE + ".!?؟»")
    for clause in sentence.clauses:
        if clause.kind == "noun" or clause.relation not in ("coordination", "content") or closing:
            continue
        span = extent(sentence, clause)
        if span.covers(group) or 0 <= span.start - group.end <= 3:
            holding.append(_hull((span, group)))
    return min(holding, key=lambda s: (s.end - s.start, s), default=sentence.span)


# --- by a colon in a headline ----------------------------------------------------------------------------------------


def _by_colon(report: Report, sentence: Sentence, colons: Sequence[str]) -> Iterator[Said]:
    """A headline of the form "Minister: Airport stays open"."""
    begins = HOUR.match(report.text, sentence.span.start, sentence.span.end)
    start = begins.end() if begins else sentence.span.start
    at = min((i for c in colons if (i := report.text.find(c, start, sentence.span.end)) >= 0), default=None)
    title = sentence.zone == "title"
    told = [c for c in sentence.clauses if at is not None and c.predicate.start > at]
    ours = any(c.first or c.modality == "future" for c in told) or any(q.start > (at or 0) for q in sentence.quotes)
    land = not ours  # "Sudan: ..." tells where, unless it is Sudan that speaks
    if at is None or any(c.kind == "verb" and start <= c.predicate.start < at for c in sentence.clauses):
        return
    if not title and begins is None:
        return  # in the running text only behind an hour: an entry of a live page
    source = trimmed(report.text, Span(start, at))
    content = _trimmed_all(report.text, [Span(at + 1, sentence.span.end)])
    named = [p for p in sentence.phrases if start <= p.head.start and p.head.end <= at and _speaks(p, title, land)]
    if source and content and named and report.words(source).count(" ") < SHORT:
        who = named[-1] if title else named[0]
        yield Said(sentence=sentence, phrase=who, source=source, cue=Span(at, at + 1), content=content)


def _by_quotation(report: Report, sentence: Sentence, colons: Sequence[str], known: Sequence[Said]) -> Iterator[Said]:
    """A quotation after a colon that no verb of saying has, of whoever the clause before is about: "he was clear: ..."."""
    for quote in sentence.quotes:
        before = report.text[sentence.span.start : quote.start].rstrip(OPENING)
        if not before.endswith(tuple(colons)) or report.words(quote).count(" ") + 1 < TOLD:
            continue
        if any(c.touches(quote) for said in known if said.sentence is sentence for c in said.content):
            continue
        for clause in (c for c in sentence.clauses if c.kind in ("verb", "copula") and c.predicate.end < quote.start):
            subject = sentence.filler(clause, "subject")
            if (
                subject is not None
                and (subject.has(*PEOPLE) or subject.kind == "name")
                and subject.core.end < quote.start
            ):
                yield Said(sentence=sentence, clause=clause, phrase=subject, source=_source(sentence, subject),
                           cue=clause.predicate, content=[quote])  # fmt: skip
            break


def _speaks(phrase: Phrase, title: bool, land: bool) -> bool:
    """Whether a phrase before a colon is somebody: in the running text, where a colon follows many words, surely so."""
    if title:
        return (phrase.has(*PEOPLE) or phrase.kind == "name") and not (land and phrase.has("state", "place"))
    return phrase.has("person", "group", "org") and not phrase.has("place", "state")


# --- quotations ------------------------------------------------------------------------------------------------------


class _Quotes:
    """The quotations of a report, marks left out, and what they do to contents."""

    def __init__(self, report: Report, language: Language):
        pairs: Mapping[str, str] = language.profile["quotes"]
        self.text = report.text
        self.marks = frozenset("".join(pairs.keys()) + "".join(pairs.values()))
        self.zones = [z.span for z in report.zones if z.zone in READABLE]
        self.spans = [
            q for n, zone in enumerate(self.zones) for q in quotes(report.text, zone, pairs) if self._whole(n, q)
        ]

    def inside(self, span: Span) -> bool:
        """Whether words are quoted."""
        return any(q.covers(span) for q in self.spans)

    def _closed(self, quote: Span) -> bool:
        return quote.end < len(self.text) and self.text[quote.end] in self.marks

    def _whole(self, number: int, quote: Span) -> bool:
        """Whether a quotation is closed, or goes on in the next paragraph, as a long one may."""
        if self._closed(quote) and quote.end < self.zones[number].end:
            return True
        after = self.zones[number + 1 : number + 2]
        return any(self.text[zone.start] in self.marks for zone in after)

    def beside(self, sentence: Sentence, cue: Span) -> list[Span]:
        """What a cue without a content in its sentence goes with: what follows a colon, or a quotation just before.

        "He said:" before a new paragraph, "He added: no more talks", "“Why now?” the minister asked."
        """
        colon = self.text.find(":", cue.end, sentence.span.end)
        if colon >= 0 and self.text[colon + 1 : sentence.span.end].strip(LOOSE):
            return [Span(colon + 1, sentence.span.end)]
        if colon >= 0:
            after = [Span(max(zone.start, colon + 1), zone.end) for zone in self.zones if zone.end > colon + 1][:1]
            opened = [q for q in self.spans for zone in after if 0 <= q.start - zone.start <= 3]
            return opened[:1] or after
        return [
            q for q in self.spans if 0 < sentence.span.start - q.end <= 3 and cue.end - sentence.span.start <= NEAR // 2
        ]

    def widen(self, said: Said) -> list[Span]:
        """The contents, each with the quotations it touches whole; not over the cue."""
        wide = []
        for span in said.content:
            for quote in self.spans:
                if quote.touches(span) and not quote.touches(said.cue) and not self._signed(quote, said):
                    span = _hull((span, self._marked(quote)))
            wide.append(span)
        return _merged(wide)

    def _signed(self, quote: Span, said: Said) -> bool:
        """Whether the source stands inside the quotation: then the quotation says that somebody says."""
        return said.source is not None and quote.covers(said.source) and not said.sentence.span.covers(quote)

    def carry_on(self, found: list[Said]) -> None:
        """Adds to a quoted statement the quotations that follow it with no words between."""
        last: Said | None = None
        for quote, after in reversed(list(pairwise(self.spans))):
            if self._closed(quote) or not self._follows(quote.end, after):
                continue  # a long quotation opens each paragraph anew and closes only the last
            for said in (s for s in found if not s.quoted and any(c.touches(after) for c in s.content)):
                said.content = _merged([*said.content, self._marked(quote)])
        for quote in self.spans:
            holders = [s for s in found if not s.quoted and any(c.touches(quote) for c in s.content)]
            if holders:
                last = min(holders, key=lambda s: (s.length, s.cue))
                end = max(last.sentence.span.end, quote.end)
            elif last is not None and self._follows(end, quote):
                last.content = _merged([*last.content, self._marked(quote)])
                end = quote.end

    def _follows(self, end: int, quote: Span) -> bool:
        """Whether the quotation is a sentence of its own right after: same paragraph, or the start of the next."""
        gap = self.text[end : quote.start]
        return (
            self.text[quote.start : quote.end].count(" ") >= 1 and len(gap) < 12 and not any(c.isalnum() for c in gap)
        )

    def _marked(self, quote: Span) -> Span:
        start = quote.start - 1 if quote.start and self.text[quote.start - 1] in self.marks else quote.start
        end = quote.end + 1 if quote.end < len(self.text) and self.text[quote.end] in self.marks else quote.end
        return Span(start, end)


# --- spans -----------------------------------------------------------------------------------------------------------


def _nest(found: list[Said]) -> None:
    """Tells each statement which other one reports it: the shortest that holds its cue and is not held by it."""
    reach = [(min(c.start for c in o.content), max(c.end for c in o.content), o) for o in found if o.content]
    for said in found:
        near = (o for start, end, o in reach if start <= said.cue.start < end and o is not said)
        holders = [o for o in near if o.holds(said.cue) and not said.holds(o.cue)]
        said.outer = min(holders, key=lambda o: (o.length, o.cue), default=None)


def _hull(spans: Iterable[Span]) -> Span:
    kept = list(spans)
    return Span(min(s.start for s in kept), max(s.end for s in kept))


def _between(a: Span, b: Span) -> int:
    return max(a.start, b.start) - min(a.end, b.end)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """In text order, overlapping ones joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = _hull((out[-1], span))
        else:
            out.append(span)
    return out


def _trimmed_all(text: str, spans: Iterable[Span]) -> list[Span]:
    return _merged(t for span in spans if (t := trimmed(text, span)) is not None)


def trimmed(text: str, span: Span) -> Span | None:
    """Without blanks and loose marks at its ends, and without the sentence's full stop (but with that of "U.S.")."""
    start, end = span
    while start < end and text[start] in LOOSE:
        start += 1
    while end > start and text[end - 1] in LOOSE:
        end -= 1
    if end - start > 2 and text[end - 1] == "." and not (text[end - 2].isupper() and not text[end - 3].isalpha()):
        end -= 1
    while 0 < start < end and text[start].isalnum() and text[start - 1].isalpha():
        start -= 1  # a pronoun or an article written onto a particle: whole words only
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalpha():
        end += 1
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None
