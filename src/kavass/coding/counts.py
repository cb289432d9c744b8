"""What an incident left behind: how many, as told, and what happened to things."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kavass.coding.mentions import language_classes
from kavass.coding.unify import Story
from kavass.lang import Language
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.lang.frames import Hit
from kavass.model import Count, Effect, Report, Span

if TYPE_CHECKING:
    from kavass.refer import Cast

FIELDS = ("killed", "injured", "abducted", "arrested", "participants", "ill", "munitions", "missing", "displaced")
HARM = ("killed", "injured", "harmed")
REACH = 4  # sentences over which a toll may belong to the incident told before it
OWN = {
    "abducted": ("abduction",),
    "arrested": ("arrest", "crackdown"),
    "participants": ("protest", "riot"),
    "ill": ("illness",),
}


@dataclass(frozen=True, slots=True)
class Toll:
    """One figure as told. `who` are the phrases counted; `field` may be "harmed": dead or hurt, not told which."""

    field: str
    low: int | None
    high: int | None
    approximate: bool
    span: Span
    sentence: Sentence
    clause: Clause | None  # None: in a sentence without a predicate
    who: tuple[Phrase, ...]
    actors: frozenset[str] = frozenset()


def counts(
    report: Report, stories: list[Story], hits: Iterable[Hit], analysis: Analysis, cast: Cast, language: Language
) -> dict[int, tuple[Count, ...]]:
    """The counts of each story, by its number."""
    tolls: dict[int, list[Toll]] = defaultdict(list)
    told = [t for h in hits if h.kind == "count" and (t := _toll(h, cast, language)) is not None]
    told += [t for s in analysis.sentences for t in _nouns(s)]
    homes = _Homes(stories)
    for toll in told:
        if (number := homes.of(toll)) is not None:
            tolls[number].append(toll)
    return {n: tuple(_best(report, stories[n], tolls[n], language)) for n in range(len(stories))}


def _toll(hit: Hit, cast: Cast, language: Language) -> Toll | None:
    """How many a clause counts, None if it tells of none."""
    clause = hit.clause
    who = hit.roles.get("counted", ())
    failed = clause.phrase is not None and clause.kind == "noun" and any(
        "failed" in language_classes(language, m) for m in hit.sentence.phrases[clause.phrase].modifiers
    )  # fmt: skip
    if not who or failed or clause.modality in ("future", "conditional", "possible") or clause.infinitive:
        return None
    people = [
        p
        for p in who
        if not p.has("event", "place", "time", "facility", "vehicle", "weapon", "illness", "idea", "body")
    ]
    if not people:
        return None
    nobody = any("quantity.none" in language_classes(language, p.lemma) for p in people)
    low, high, approximate = _sum(people, clause.negated or nobody)
    span = Span(min(p.core.start for p in people), max(p.core.end for p in people))
    actors = frozenset(a.id for p in people if (a := cast.actor(hit.sentence, p)) is not None)
    return Toll(hit.value, low, high, approximate, span, hit.sentence, clause, tuple(people), actors)


def _sum(people: list[Phrase], negated: bool) -> tuple[int | None, int | None, bool]:
    if negated or all(p.negated for p in people):
        return 0, 0, False
    low: int | None = 0
    high: int | None = 0
    approximate = False
    for phrase in people:
        a, b = _many(phrase)
        low = None if low is None or a is None else low + a
        high = None if high is None or b is None else high + b
        approximate = approximate or phrase.approximate
    return low, high, approximate


def _many(phrase: Phrase) -> tuple[int | None, int | None]:
    if phrase.quantity is not None:
        return phrase.low, phrase.high
    if phrase.number == "plural" and phrase.kind != "name":
        return 2, None
    if phrase.number == "dual":
        return 2, 2
    return 1, 1


def _nouns(sentence: Sentence) -> Iterator[Toll]:
    """Figures carried by a noun alone: "no injuries", "five deaths"."""
    for people, state in pairwise(sentence.phrases):  # "left three people dead"
        field = _casualty(state)
        if field and people.quantity and people.has("person") and not state.quantity and _touching(people, state):
            yield _figure(field, people, sentence)
    for phrase in sentence.phrases:
        field = _casualty(phrase)
        if field is None and phrase.quantity and _of_illness(phrase, sentence):
            field = "ill"
        if field is None and phrase.has("casualty") and phrase.negated:
            for name in ("killed", "injured"):
                yield Toll(name, 0, 0, False, phrase.core, sentence, _clause_at(sentence, phrase), (phrase,))
        elif field in (*FIELDS, "harmed") and phrase.quantity is not None:
            yield _figure(field, phrase, sentence)


def _casualty(phrase: Phrase) -> str | None:
    return next((c.split(".")[1] for c in sorted(phrase.classes) if c.startswith("casualty.")), None)


def _touching(a: Phrase, b: Phrase) -> bool:
    return 0 <= b.core.start - a.core.end <= 1


def _figure(field: str, phrase: Phrase, sentence: Sentence) -> Toll:
    clause = _clause_at(sentence, phrase)
    return Toll(field, phrase.low, phrase.high, phrase.approximate, phrase.core, sentence, clause, (phrase,))


def _of_illness(phrase: Phrase, sentence: Sentence) -> bool:
    """Whether a figure counts cases of an illness."""
    return not phrase.has("person", "facility") and any(
        sentence.phrases[i].has("illness") for _, i in phrase.prepositions
    )


def _clause_at(sentence: Sentence, phrase: Phrase) -> Clause | None:
    around = [c for c in sentence.clauses if c.span.covers(phrase.head)]
    return min(around or sentence.clauses, key=lambda c: c.span[1] - c.span[0], default=None)


class _Homes:
    """The stories to which tolls may belong, found by sentence."""

    def __init__(self, stories: list[Story]):
        self.stories = stories
        self._by_field: dict[str, tuple[list[int], list[tuple[int, int, Hit]]]] = {}

    def of(self, toll: Toll) -> int | None:
        """The story a toll belongs to: told in its clause, then in its sentence, then just before."""
        may, told = self._of_field(toll)
        last = bisect_right(told, toll.sentence.index, key=lambda t: t[0]) - 1
        if last < 0:
            return may[0] if may and toll.sentence.zone in ("title", "body") else None
        first = bisect_left(told, told[last][0], key=lambda t: t[0])
        near, number = min((_nearness(toll, hit), number) for _, number, hit in told[first : last + 1])
        close = near[0] < 3 or near[1] <= REACH or len(self.stories) == 1
        return number if close or toll.field in HARM else None

    def _of_field(self, toll: Toll) -> tuple[list[int], list[tuple[int, int, Hit]]]:
        """The stories that may count so, and their hits with sentence and story, by sentence."""
        if toll.field not in self._by_field:
            may = [n for n, story in enumerate(self.stories) if _may(toll, story)]
            told = [(m.hit.sentence.index, n, m.hit) for n in may for m in self.stories[n].mentions]
            self._by_field[toll.field] = may, sorted(told, key=lambda t: t[:2])
        return self._by_field[toll.field]


def _may(toll: Toll, story: Story) -> bool:
    wanted = OWN.get(toll.field)
    if wanted is not None:
        return story.type in wanted
    return story.violent or story.type in ("protest", "riot", "crackdown", "hazard", "illness")


def _nearness(toll: Toll, hit: Hit) -> tuple[int, int]:
    if hit.sentence is not toll.sentence:
        return 3, abs(hit.sentence.index - toll.sentence.index)
    if hit.clause is toll.clause:
        return 0, 0
    if toll.clause is None:
        return 2, abs(hit.trigger.start - toll.span.start)
    above = [c.index for c in toll.sentence.above(toll.clause)]
    below = [c.index for c in hit.sentence.above(hit.clause)]
    if hit.clause.index in above or toll.clause.index in below:
        return 1, above.index(hit.clause.index) if hit.clause.index in above else below.index(toll.clause.index)
    return 2, abs(hit.trigger.start - toll.span.start)


def _best(report: Report, story: Story, tolls: list[Toll], language: Language) -> Iterator[Count]:
    """One count for each field: the figure that says most; "harmed" less the dead are the injured."""
    by_field: dict[str, Toll] = {}
    for toll in tolls:
        if toll.field not in by_field or _weight(toll) > _weight(by_field[toll.field]):
            by_field[toll.field] = toll
    killed, injured, harmed = (by_field.get(f) for f in ("killed", "injured", "harmed"))
    if harmed is not None:
        dead = killed.low or 0 if killed else 0
        rest = (harmed.low or 0) - dead
        if rest > ((injured.low or 0) if injured else 0) or (injured is None and rest > 0):
            high = None if harmed.high is None or (killed and killed.high is None) else max(rest, harmed.high - dead)
            by_field["injured"] = Toll(
                "injured", rest, high, harmed.approximate, harmed.span, harmed.sentence, harmed.clause, harmed.who
            )
    if "killed" not in by_field and (span := _deadly(story, language)) is not None:
        yield Count(field="killed", low=1, high=None, approximate=False, text=report.words(span), span=span)
    for field in FIELDS:
        if (best := by_field.get(field)) is not None:
            yield Count(field=field, low=best.low, high=best.high, approximate=best.approximate,  # type: ignore[arg-type]
                        text=report.words(best.span), span=best.span)  # fmt: skip
    yield from _munitions(report, story)


def _weight(toll: Toll) -> tuple[int, bool]:
    return toll.low or 0, toll.high is not None


def _munitions(report: Report, story: Story) -> Iterator[Count]:
    """How many rockets, shells or bombs: the largest figure told of the weapon."""
    told = [f.phrase for f in story.of("weapon") if f.phrase.quantity and f.phrase.has(
        "weapon.indirect", "weapon.guided", "weapon.explosive", "weapon.air", "weapon.heavy")]  # fmt: skip
    if told:
        best = max(told, key=lambda p: p.low or 0)
        yield Count(field="munitions", low=best.low, high=best.high, approximate=best.approximate,
                    text=report.words(best.core), span=best.core)  # fmt: skip


def _deadly(story: Story, language: Language) -> Span | None:
    """The words of a mention that say somebody died without saying how many."""
    for mention in story.mentions:
        if mention.nominal and mention.hit.clause.phrase is not None:
            phrase = mention.hit.sentence.phrases[mention.hit.clause.phrase]
            if any("deadly" in language_classes(language, m) for m in phrase.modifiers):
                return phrase.core
    return None


def effects(stories: list[Story], hits: Iterable[Hit], analysis: Analysis) -> dict[int, tuple[Effect, ...]]:
    """What happened to things, by story number: fire, damage, or none where the report says so."""
    found: dict[int, set[tuple[Span, str]]] = defaultdict(set)
    for hit in hits:
        if hit.kind != "effect" or hit.clause.modality != "actual" or hit.clause.infinitive:
            continue
        none = hit.clause.negated or any(
            hit.sentence.phrases[a.phrase].negated and hit.sentence.phrases[a.phrase].has("damage")
            for a in hit.clause.arguments if a.phrase is not None
        )  # fmt: skip
        for number, story in enumerate(stories):
            if story.violent and any(m.hit.sentence is hit.sentence for m in story.mentions):
                found[number].add((hit.trigger, "none" if none else hit.value))
                break
    for sentence in analysis.sentences:
        for phrase in sentence.phrases:
            if phrase.has("damage") and phrase.negated:
                for number, story in enumerate(stories):
                    if story.violent and any(m.hit.sentence is sentence for m in story.mentions):
                        found[number].add((phrase.core, "none"))
                        break
    return {n: tuple(Effect(effect=e, span=s) for s, e in sorted(marks)) for n, marks in found.items()}
