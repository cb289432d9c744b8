"""What an incident left behind: how many, as told, and what happened to things."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
# What no violence need be told of, and may leave dead or hurt all the same; the latter a few only.
HURTING, SELDOM, FEW = ("protest", "riot", "crackdown", "hazard", "illness"), ("obstruction", "crime"), 3
THINGS = ("arson", "property_destruction", "robbery")  # seldom leave a toll
AHEAD = 2  # sentences by which a toll may stand before the incident
LASTING = (
    "protest",
    "riot",
    "crackdown",
    "illness",
    "hazard",
    "obstruction",
)  # may have gone on for as long as is summed up
REACH = 4  # sentences over which a toll may belong to the incident told before it
OWN = {
    "abducted": ("abduction",),
    "arrested": ("arrest", "crackdown"),
    "participants": ("protest", "riot", "obstruction", "storming", "troop_deployment"),
    "ill": ("illness",),
}
AGE = re.compile(r"\d+")
LOOKED_AT = 100  # people told of one by one in one incident; lists of thousands are no reports of one
SHARE = 0.4  # of a figure: less than that is told of some of the people, not of all by another source
# What nobody means by a phrase that counts people.
NOBODY = ("event", "place", "time", "facility", "vehicle", "weapon", "illness", "idea", "body")


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
    names: frozenset[str] = frozenset()  # the words of the proper name of the one who is counted
    age: str | None = None
    another: bool = False  # "a second victim", "was also hit": none of those told of before
    sure: int = (
        2  # 2: a figure or somebody; 1: of several, how many is not told; 0: may be told again as something else
    )
    summed: bool = False  # "since January": over a span of time, so not of one blow
    speaker: str | None = None  # whose figure it is, where the words say so

    @property
    def single(self) -> bool:
        """Whether it tells of one person rather than giving a figure."""
        return self.low == self.high == 1 and len(self.who) == 1


def counts(
    report: Report, stories: list[Story], hits: Iterable[Hit], analysis: Analysis, cast: Cast, language: Language
) -> dict[int, tuple[Count, ...]]:
    """The counts of each story, by its number."""
    tolls: dict[int, list[Toll]] = defaultdict(list)
    told = list(_Reader(report, analysis, hits, cast, language).tolls())
    homes = _Homes(stories)
    for toll in told:
        if (number := homes.of(toll)) is not None:
            cases = toll.field == "injured" and stories[number].type == "illness"
            tolls[number].append(replace(toll, field="ill") if cases else toll)
    return {n: tuple(_best(report, stories[n], tolls[n], language)) for n in range(len(stories))}


class _Reader:
    """Reads figures out of clauses and nouns."""

    def __init__(self, report: Report, analysis: Analysis, hits: Iterable[Hit], cast: Cast, language: Language):
        self.report, self.analysis, self.cast, self.language = report, analysis, cast, language
        self.hits = [h for h in hits if h.kind == "count"]
        periods = language.table("numbers").get("periods", {})
        self.since, self.over, self.units = (frozenset(periods.get(k, ())) for k in ("since", "over", "units"))
        self.whole = frozenset(language.key(w) for w in periods.get("whole", ()))
        self.of_phrase = {
            (h.sentence.index, h.clause.phrase): h.value
            for h in self.hits
            if h.clause.relation == "relative" and h.clause.phrase is not None and h.value not in ("total", "unharmed")
        }
        self.states = language.table("numbers").get("tolls", {})  # "the wounded", "the dead": what they count

    def tolls(self) -> Iterator[Toll]:
        """Every figure, those of clauses first."""
        before: Toll | None = None
        for hit in self.hits:
            if hit.clause.modality in ("future", "conditional", "possible") or hit.clause.infinitive:
                continue
            if hit.value == "total":
                found = [t for t in (self._total(hit, before),) if t is not None]
            elif hit.value == "unharmed":
                found = list(self._unharmed(hit))
            else:
                found = [t for t in (self._toll(hit),) if t is not None]
            before = found[-1] if found else before
            yield from found
        for sentence in self.analysis.sentences:
            yield from self._nouns(sentence)

    def _toll(self, hit: Hit) -> Toll | None:
        """How many a clause counts, None if it tells of none."""
        clause = hit.clause
        head = hit.sentence.phrases[clause.phrase] if clause.phrase is not None and clause.kind == "noun" else None
        if head is not None and any("failed" in language_classes(self.language, m) for m in head.modifiers):
            return None
        who = hit.roles.get("counted", ())
        if not who and head is not None and head.quantity is not None and hit.value != "harmed":
            who = (head,)  # "two arrests"
        people = self._people(who, hit, head)
        if not people or self._general(clause, hit.sentence, people):
            return None
        nobody = any("quantity.none" in language_classes(self.language, p.lemma) for p in people)
        low, high, approximate = _sum(people, clause.negated or nobody)
        field = self._field(hit, head)
        weak = hit.frame.set.get("sure") == "no" and (low or 0) < 2
        sure = 0 if weak else 1 if all(_several(p) for p in people) else 2
        told = Toll(
            field, low, high, approximate, _extent(people), hit.sentence, clause, tuple(people), sure=sure,
            summed=self._summed(hit, people), actors=self._actors(hit.sentence, people),
            speaker=self._speaker(hit.sentence, clause),
        )  # fmt: skip
        return self._described(told) if told.single else told

    def _described(self, toll: Toll) -> Toll:
        """The toll of one person with what tells them from others: name, age, "another"."""
        phrase, sentence = toll.who[0], toll.sentence
        beside = [phrase, *(sentence.phrases[i] for i in phrase.appositions)]
        named = next((p for p in beside if p.name and p.has("name") and not self._common(p.lemma)), None)
        names = self.language.key(self.report.words(named.name)).split() if named and named.name else ()
        start = phrase.quantity.end if phrase.quantity is not None else phrase.core.start
        words = self.report.words(Span(start, max(start, *(p.core.end for p in beside))))
        age = next((w for w in AGE.findall(words) if 0 < int(w) < 120), None)
        said = [phrase.lemma, *phrase.modifiers]
        if toll.clause is not None:
            said += [self.report.words(a.span) for a in toll.clause.arguments if a.phrase is None and a.clause is None]
        another = any("another" in language_classes(self.language, w) for w in said)
        return replace(toll, names=frozenset(w for w in names if len(w) > 1), age=age, another=another)

    def _common(self, lemma: str) -> bool:
        return bool(language_classes(self.language, lemma))

    def _people(self, who: Iterable[Phrase], hit: Hit, head: Phrase | None) -> list[Phrase]:
        """Those of the phrases that count people, each the phrase that says how many."""
        found: list[Phrase] = []
        for phrase in who:
            held = _casualty(phrase)
            if phrase is not head and held is not None and held != hit.value and hit.value != "harmed":
                continue  # "four dead, nine injured": joined, but counted by themselves
            phrase = self._counted(phrase, hit.sentence)
            if phrase is head or not (
                phrase.has(*NOBODY)
                or phrase.has("figure")
                or (phrase.quantity is None and phrase.kind == "pronoun" and phrase.number == "plural")
                or (phrase.quantity is None and hit.value == "participants")
                or (found and phrase.quantity is None and (phrase.label == "ORG" or phrase.has("org")))
            ):
                found.append(phrase)
        bare = [p for p in found if p.kind == "number" and _casualty(p) == hit.value]
        return bare or _without_parts(found)  # "2 teens shot, 1 killed"

    def _counted(self, phrase: Phrase, sentence: Sentence) -> Phrase:
        """The phrase behind a noun that only gathers ("a crowd of 1,500", "the lives of three men")."""
        gathers = phrase.has("casualty", "life") or (
            phrase.number == "singular" and phrase.has("person.crowd", "group")
        )
        if phrase.quantity is None and gathers:
            inside = [] if phrase.possessor is None else [phrase.possessor]
            for index in (*inside, *(i for _, i in phrase.prepositions)):
                inner = sentence.phrases[index]
                if inner.quantity is not None or inner.has("person") or inner.kind == "name":
                    return inner
        return phrase

    def _field(self, hit: Hit, head: Phrase | None) -> str:
        """What is counted: whoever was hurt in a way that is called deadly was killed."""
        if hit.value not in ("injured", "harmed"):
            return hit.value
        words = head.modifiers if head is not None else tuple(
            self.report.words(a.span) for a in hit.clause.arguments if a.phrase is None and a.clause is None
        )  # fmt: skip
        return "killed" if any("deadly" in language_classes(self.language, w) for w in words) else hit.value

    def _total(self, hit: Hit, before: Toll | None) -> Toll | None:
        """The figure that a noun such as "the death toll" is said to stand at."""
        nouns = [
            p for p in hit.roles.get("counted", ()) if p.has("casualty", "figure", "person.crowd", "person.victim")
        ]
        figures = [p for p in hit.roles.get("figure", ()) if p.quantity is not None and not p.has(*NOBODY)]
        if not nouns or not figures or hit.clause.negated:
            return None
        field = self._counts(nouns[0], hit.sentence)
        near = before is not None and hit.sentence.index - before.sentence.index <= 1
        if field is None and before is not None and near:
            field = before.field
        if field is None:
            return None
        figure = figures[0]
        whose = (
            hit.sentence.filler(hit.clause, "subject") if nouns[0].has("figure", "casualty", "person.victim") else None
        )
        speaker = self._speaker(hit.sentence, hit.clause) or (
            self._name(hit.sentence, whose) if whose is not nouns[0] else None
        )
        return Toll(field, figure.low, figure.high, figure.approximate, figure.core, hit.sentence, hit.clause, (figure,),
                    summed=self._summed(hit, nouns), speaker=speaker)  # fmt: skip

    def _counts(self, noun: Phrase, sentence: Sentence) -> str | None:
        """What a noun for a figure counts: "the death toll", "the number of wounded", "the number detained"."""
        if (field := _casualty(noun)) is not None:
            return field
        if (told := self.of_phrase.get((sentence.index, noun.index))) is not None:
            return told
        owners = [i for _, i in noun.prepositions] + ([noun.possessor] if noun.possessor is not None else [])
        for index in owners:
            inner = sentence.phrases[index]
            state = self.states.get(self.language.key(self.report.words(inner.head)))
            if (field := _casualty(inner) or state) is not None:
                return str(field)
            if (told := self.of_phrase.get((sentence.index, index))) is not None:
                return told
            if inner.has("person.crowd"):
                return "participants"
            if inner.has("person.victim"):
                return "harmed"
        if noun.has("person.crowd"):
            return "participants"
        return "killed" if noun.has("casualty") else None

    def _unharmed(self, hit: Hit) -> Iterator[Toll]:
        """Nobody dead or hurt, where somebody is said to have come off unhurt."""
        people = self._people(hit.roles.get("counted", ()), hit, None)
        if people and not hit.clause.negated:
            for field in ("killed", "injured"):
                yield Toll(field, 0, 0, False, _extent(people), hit.sentence, hit.clause, tuple(people))

    def _summed(self, hit: Hit, people: list[Phrase]) -> bool:
        """Whether the words add up over a span of time: "since January", "in the past five years"."""
        sentence = hit.sentence
        described = {p.index for p in people}
        for clause in sentence.clauses:
            below = clause.parent == hit.clause.index or (clause.relation == "relative" and clause.phrase in described)
            if below and (clause.marker in self.since or self._dated(clause, sentence, described)):
                return True
        inside = [(p, i) for phrase in people for p, i in phrase.prepositions]
        inside += [(a.preposition or "", a.phrase) for a in hit.clause.arguments
                   if a.phrase is not None and a.function in ("oblique", "adverbial")]  # fmt: skip
        for preposition, index in inside:
            phrase = sentence.phrases[index]
            unit = phrase.lemma in self.units
            if preposition in self.since and (phrase.kind == "time" or phrase.has("time", "event")):
                return True
            if preposition in self.over and unit and (phrase.number == "plural" or phrase.quantity or phrase.modifiers):
                return True
            if self.language.key(self.report.words(phrase.core)) in self.whole:
                return True
        return any(
            self.language.key(self.report.words(a.span)) in self.whole
            for a in hit.clause.arguments
            if a.phrase is None and a.clause is None
        )

    def _dated(self, clause: Clause, sentence: Sentence, described: set[int]) -> bool:
        """Whether a clause that describes the people says since when they are counted: "murdered since the campaign opened"."""
        return clause.relation == "relative" and clause.phrase in described and any(
            c.parent == clause.index and c.marker in self.since for c in sentence.clauses
        )  # fmt: skip

    def _general(self, clause: Clause, sentence: Sentence, people: list[Phrase]) -> bool:
        """Whether a clause says of any such people what happens to them: "many kids are getting killed"."""
        present = clause.tense == "present" and sentence.zone != "title" and clause.kind == "verb"
        return present and all(_several(p) or p.approximate for p in people)

    def _actors(self, sentence: Sentence, people: Iterable[Phrase]) -> frozenset[str]:
        return frozenset(a.id for p in people if (a := self.cast.actor(sentence, p)) is not None)

    def _speaker(self, sentence: Sentence, clause: Clause) -> str | None:
        """Who says it, by the clause that a clause is the content of."""
        for below in (clause, *sentence.above(clause)):
            if below.relation == "content" and below.parent is not None:
                subject = sentence.filler(sentence.clauses[below.parent], "subject")
                if subject is not None:
                    return self._name(sentence, subject)
        return None

    def _name(self, sentence: Sentence, phrase: Phrase | None) -> str | None:
        """Who a phrase means, in a word."""
        actor = self.cast.actor(sentence, phrase) if phrase is not None else None
        return actor.id if actor is not None else phrase.lemma if phrase is not None else None

    def _nouns(self, sentence: Sentence) -> Iterator[Toll]:
        """Figures carried by a noun alone: "no injuries", "five deaths"."""
        for people, state in pairwise(sentence.phrases):  # "left three people dead"
            field = _casualty(state)
            if field and people.quantity and people.has("person") and not state.quantity and _touching(people, state):
                yield self._figure(field, people, sentence)
        for phrase in sentence.phrases:
            field = _casualty(phrase)
            if field is None and phrase.quantity and _of_illness(phrase, sentence):
                field = "ill"
            if field is None and phrase.has("casualty") and phrase.negated and not phrase.has("figure"):
                for name in ("killed", "injured"):
                    yield Toll(name, 0, 0, False, phrase.core, sentence, _clause_at(sentence, phrase), (phrase,))
            elif field in (*FIELDS, "harmed") and phrase.quantity is not None and not phrase.has("figure"):
                yield self._figure(field, phrase, sentence)

    def _figure(self, field: str, phrase: Phrase, sentence: Sentence) -> Toll:
        clause = _clause_at(sentence, phrase)
        speaker = self._speaker(sentence, clause) if clause is not None else None
        return Toll(
            field,
            phrase.low,
            phrase.high,
            phrase.approximate,
            phrase.core,
            sentence,
            clause,
            (phrase,),
            speaker=speaker,
        )


def _sum(people: list[Phrase], negated: bool) -> tuple[int | None, int | None, bool]:
    if negated or all(p.negated for p in people):
        return 0, 0, False
    low: int | None = 0
    high: int | None = 0
    approximate = False
    for phrase in people:
        if low and low > 2 and _several(phrase):
            continue  # "1,900 soldiers and volunteers": the figure before them holds for all
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


def _several(phrase: Phrase) -> bool:
    """Whether a phrase means more than one without saying how many."""
    return phrase.quantity is None and phrase.number == "plural" and phrase.kind != "name"


def _without_parts(people: list[Phrase]) -> list[Phrase]:
    """The phrases without those that only say who a figure before them counts: "two men, Ali and Omar"."""
    if len(people) < 3:
        return people
    whole, *parts = people
    told = whole.quantity is not None and whole.kind != "name"
    return [whole] if told and whole.low == sum(_many(p)[0] or 0 for p in parts) else people


def _extent(people: list[Phrase]) -> Span:
    return Span(min(p.core.start for p in people), max(p.core.end for p in people))


def _casualty(phrase: Phrase) -> str | None:
    return next((c.split(".")[1] for c in sorted(phrase.classes) if c.startswith("casualty.")), None)


def _touching(a: Phrase, b: Phrase) -> bool:
    return 0 <= b.core.start - a.core.end <= 1


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
        self._by_field: dict[tuple[str, bool, bool], tuple[list[int], list[tuple[int, int, Hit]]]] = {}

    def of(self, toll: Toll) -> int | None:
        """The story a toll belongs to: told in its clause, then in its sentence, then just before."""
        may, told = self._of_field(toll)
        last = bisect_right(told, toll.sentence.index, key=lambda t: t[0]) - 1
        if last < 0:  # told before the incident itself: in the title, or just ahead
            ahead = bool(told) and (toll.sentence.zone == "title" or told[0][0] - toll.sentence.index <= AHEAD)
            return may[0] if ahead else None
        first = bisect_left(told, told[last][0], key=lambda t: t[0])
        near, number = min((_nearness(toll, hit), number) for _, number, hit in told[first : last + 1])
        if near[0] == 3 and toll.low and self.stories[number].type in THINGS:
            likely = [
                n for at, n, _ in told if 0 <= toll.sentence.index - at <= REACH and self.stories[n].type not in THINGS
            ]
            number = likely[-1] if likely else number
        if first > 0 and (toll.another or not toll.single) and _bare(self.stories[number]):
            before, home, _ = told[
                first - 1
            ]  # "a woman was also killed", "19 people were killed": in what is told before
            number = home if toll.another or toll.sentence.index - before <= AHEAD else number
        close = near[0] < 3 or near[1] <= REACH or len(self.stories) == 1
        return number if close or toll.field in HARM else None

    def _of_field(self, toll: Toll) -> tuple[list[int], list[tuple[int, int, Hit]]]:
        """The stories that may count so, and their hits with sentence and story, by sentence."""
        kind = toll.field, toll.summed, _few(toll)
        if kind not in self._by_field:
            may = [n for n, story in enumerate(self.stories) if _may(toll, story)]
            told = [(m.hit.sentence.index, n, m.hit) for n in may for m in self.stories[n].mentions]
            self._by_field[kind] = may, sorted(told, key=lambda t: t[:2])
        return self._by_field[kind]


def _may(toll: Toll, story: Story) -> bool:
    if toll.summed and story.type not in LASTING:
        return False
    wanted = OWN.get(toll.field)
    if wanted is not None:
        return story.type in wanted
    return story.violent or story.type in HURTING or (_few(toll) and story.type in SELDOM)


def _few(toll: Toll) -> bool:
    return toll.low is not None and toll.low <= FEW


def _bare(story: Story) -> bool:
    """Whether a story only says that somebody came to harm."""
    return (
        story.type in ("attack", "assault")
        and not story.of("perpetrator", "weapon")
        and not story.times
        and not story.places
    )


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
    by_field: dict[str, list[Toll]] = defaultdict(list)
    for toll in tolls:
        by_field[toll.field].append(toll)
    dead = [t for t in by_field["killed"] if t.low]
    alive = _alive(by_field["injured"] + by_field["harmed"], dead)
    hurt = [replace(t, field="injured") for t in alive if t.field == "injured" or t.single]
    best = {f: found for f in FIELDS if (found := _told(hurt if f == "injured" else by_field[f])) is not None}
    harmed = _told([t for t in alive if t.field == "harmed" and not t.single])
    if harmed is not None:
        killed, injured = best.get("killed"), best.get("injured")
        lost = (killed.low or 0) if killed else 0
        rest = (harmed.low or 0) - lost
        if rest > 0 and rest > ((injured.low or 0) if injured and injured.sure else 0):
            high = None if harmed.high is None or (killed and killed.high is None) else max(rest, harmed.high - lost)
            best["injured"] = replace(harmed, field="injured", low=rest, high=high)
    if "killed" not in best and (span := _deadly(story, language)) is not None:
        yield Count(field="killed", low=1, high=None, approximate=False, text=report.words(span), span=span)
    for field in FIELDS:
        if (told := best.get(field)) is not None:
            yield Count(field=field, low=told.low, high=told.high, approximate=told.approximate,  # type: ignore[arg-type]
                        text=report.words(told.span), span=told.span)  # fmt: skip
    yield from _munitions(report, story)


def _alive(hurt: list[Toll], dead: list[Toll]) -> list[Toll]:
    """The tolls of those hurt without the people told one by one who are among the dead."""
    dead = dead[:LOOKED_AT]
    told = [t for t in hurt[:LOOKED_AT] if not (t.single and any(_same(t, d) for d in dead))]
    kept = {id(t) for t in told}
    kinds = {t.who[0].lemma for t in told if t.single and t.field == "injured"}  # "a woman was wounded. The woman ..."
    return [t for t in hurt if id(t) in kept or (t.who[0].definite is True and t.who[0].lemma in kinds)]


def _told(tolls: list[Toll]) -> Toll | None:
    """What several tolls of one field come to: the figure that says most, or the people told of one by one, if they are more."""
    if not tolls:
        return None
    best = max(tolls, key=_weight)
    several = _apart([t for t in tolls if t.single and t.sure == max(1, best.sure)][:LOOKED_AT])
    if several > 1 and (best.sure < 2 or (best.low or 0) < several):
        return replace(best, low=several, high=several)
    return _beside(best, tolls)


def _beside(best: Toll, tolls: list[Toll]) -> Toll:
    """The figure with those that other speakers set beside it: from the lowest to the highest."""
    rivals = [t for t in tolls if _rival(t, best)]
    if not rivals:
        return best
    highs = [t.high for t in (best, *rivals)]
    high = None if None in highs and best.high is None else max(h for h in (best.low, *highs) if h is not None)
    return replace(best, low=min(t.low for t in (best, *rivals) if t.low is not None), high=high)


def _rival(toll: Toll, best: Toll) -> bool:
    """Whether two speakers tell of the same people in two figures, not the one of all and the other of some."""
    if not (toll.low and best.low and toll.speaker and best.speaker) or toll.low == best.low or toll.single:
        return False
    alike = toll.who[0].lemma == best.who[0].lemma or "number" in (toll.who[0].kind, best.who[0].kind)
    return toll.speaker != best.speaker and alike and toll.low > best.low * SHARE


def _apart(singles: list[Toll]) -> int:
    """How many people are told of one by one, counting only those who cannot be one."""
    apart: list[Toll] = []
    for toll in singles:
        if all(_other(toll, other) for other in apart):
            apart.append(toll)
    return len(apart)


def _same(hurt: Toll, dead: Toll) -> bool:
    """Whether one who was hurt is among the dead, as far as the words tell: who is shot in one sentence dies in the next."""
    if hurt.actors and not hurt.actors.isdisjoint(dead.actors):
        return True
    if hurt.another or _other(hurt, dead):
        return False
    one, other = hurt.who[0], dead.who[0]
    if not dead.single:
        return hurt.field == "harmed" and dead.sure == 2
    if hurt.sentence is dead.sentence and "pronoun" not in (one.kind, other.kind):
        return one.head == other.head
    if hurt.field == "harmed" or not hurt.sure:
        return True
    return one.lemma == other.lemma or one.kind == "pronoun" or (one.definite is True and one.name is None)


def _other(a: Toll, b: Toll) -> bool:
    """Whether two tolls of one person each cannot mean the same: other names, other ages, "another", joined in one sentence."""
    if a.actors and not a.actors.isdisjoint(b.actors):
        return False
    if not (a.single and b.single):
        return False
    if a.names and b.names:
        return a.names.isdisjoint(b.names)
    if a.age and b.age:
        return a.age != b.age
    return (a.another or b.another) and a.who[0].kind != "pronoun" and b.who[0].kind != "pronoun"


def _weight(toll: Toll) -> tuple[int, int, bool]:
    return toll.sure, toll.low or 0, toll.high is not None


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
