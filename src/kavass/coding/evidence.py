"""What speaks for somebody or something having a part in an incident: features for the learned weights, alike in training and use.

A `Candidate` is whoever or whatever a report names, with all its phrases. Its own features hold for every incident; those of a
pair tell how it stands to one incident. Features are words about grammar ("object of kidnap", "head is facility"), never offsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kavass.coding.mentions import THING, VIOLENT, Filler
from kavass.coding.unify import Story
from kavass.lang import Language
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.lang.frames import Hit
from kavass.model import Actor, Report, Span

if TYPE_CHECKING:
    from kavass.refer import Cast

ROLES = ("", "person", "organisation", "thing", "victim", "weapon")  # "": no part
NEAR = 3  # sentences around an incident's own in which those with a part in it are looked for
GENERAL = ("person", "group", "org", "facility", "vehicle", "object", "weapon", "place", "state", "event", "people", "time")


@dataclass(slots=True, eq=False)
class Seen:
    """One phrase of a candidate; `within` is the phrase whose words hold it, if it heads none itself."""

    sentence: Sentence
    phrase: Phrase
    within: Phrase | None = None


@dataclass(slots=True, eq=False)
class Candidate:
    """Whoever or whatever is named: the actor meant, if any, and its phrases in text order."""

    actor: Actor | None
    seen: list[Seen] = field(default_factory=list)


class Evidence:
    """The candidates of one report and what speaks for each."""

    def __init__(self, report: Report, analysis: Analysis, hits: Iterable[Hit], cast: Cast, language: Language):
        self.report, self.analysis, self.cast, self.language = report, analysis, cast, language
        self.place = {s.index: n for n, s in enumerate(analysis.sentences)}
        self.hits: dict[tuple[int, int], list[Hit]] = defaultdict(list)
        for hit in hits:
            self.hits[hit.sentence.index, hit.clause.index].append(hit)
        self.parts: dict[tuple[int, int], list[tuple[str, str | None, Clause]]] = defaultdict(list)
        self.hung: dict[tuple[int, int], list[tuple[str, Phrase]]] = defaultdict(list)
        for sentence in analysis.sentences:
            self._index(sentence)
        self.candidates = list(self._candidates())

    def _index(self, sentence: Sentence) -> None:
        """Notes of each phrase in which clauses and on which phrases it stands."""
        for clause in sentence.clauses:
            for argument in clause.arguments:
                if argument.phrase is not None:
                    for i in (argument.phrase, *sentence.phrases[argument.phrase].conjuncts):
                        self.parts[sentence.index, i].append((argument.function, argument.preposition, clause))
        for phrase in sentence.phrases:
            for preposition, i in phrase.prepositions:
                self.hung[sentence.index, i].append((preposition, phrase))
            if phrase.possessor is not None:
                self.hung[sentence.index, phrase.possessor].append(("'s", phrase))

    def _candidates(self) -> Iterator[Candidate]:
        actors: dict[str, Candidate] = {}
        things: dict[str, Candidate] = {}
        for sentence in self.analysis.sentences:
            heads = set[Span]()
            for phrase in sentence.phrases:
                if phrase.kind == "time" or (phrase.kind == "number" and not phrase.classes):
                    continue
                actor = self.cast.actor(sentence, phrase)
                if actor is None and phrase.kind == "pronoun":
                    continue
                heads.add(phrase.head)
                found = self._home(actor, phrase, actors, things)
                found.seen.append(Seen(sentence, phrase))
            for at, actor in self.cast.within(sentence.span):
                if not any(at.covers(h) for h in heads):
                    around = next((p for p in sentence.phrases if p.core.covers(at) and p.has("person", "group", "org", "event")), None)
                    if around is not None:
                        named = Phrase(index=around.index, core=at, span=at, head=at, name=at, kind="name", definite=True,
                                       lemma=self.language.key(actor.name), classes=frozenset({"org", "name"}))  # fmt: skip
                        self._home(actor, named, actors, things).seen.append(Seen(sentence, named, around))
        yield from actors.values()
        yield from things.values()

    def _home(self, actor: Actor | None, phrase: Phrase, actors: dict[str, Candidate], things: dict[str, Candidate]) -> Candidate:
        if actor is not None:
            return actors.setdefault(actor.id, Candidate(actor))
        key = self.language.key(self.report.words(phrase.name or phrase.core))
        return things.setdefault(key, Candidate(None))

    # features of a candidate alone

    def own(self, candidate: Candidate) -> set[str]:
        """What a candidate says of itself, whatever the incident."""
        found = {f"seen {min(len(candidate.seen), 4)}"}
        if candidate.actor is not None:
            found |= {f"actor {candidate.actor.kind}", f"sector {candidate.actor.sector}"}
            found |= {"known"} if candidate.actor.known_as else set()
        for seen in candidate.seen:
            found |= self._phrase(seen)
            found |= self._clauses(seen)
        return found

    def _phrase(self, seen: Seen) -> set[str]:
        phrase, sentence = seen.phrase, seen.sentence
        if phrase.kind == "pronoun":
            return {"pronoun"}
        found = {f"head {phrase.lemma}", f"kind {phrase.kind}", f"label {phrase.label}", f"{phrase.kind} number {phrase.number}"}
        found |= {f"class {c}" for c in phrase.classes} | {f"of {g}" for g in general(phrase)}
        found |= {f"modifier {m}" for m in phrase.modifiers}
        found |= {"definite"} if phrase.definite else {"indefinite"} if phrase.definite is False else set()
        found |= {"counted"} if phrase.quantity else set()
        found |= {"named"} if phrase.name else set()
        found |= {"negated"} if phrase.negated else set()
        for index in phrase.appositions if seen.within is None else ():
            beside = sentence.phrases[index]
            found |= {f"beside {beside.lemma}"} | {f"beside of {g}" for g in general(beside)}
        if seen.within is not None:
            found |= {"within", f"within {seen.within.lemma}"} | {f"within {c}" for c in seen.within.classes}
        for preposition, whole in phrase_hung(phrase, sentence):
            found |= {f"has {preposition} {whole.lemma}"} | {f"has {preposition} of {g}" for g in general(whole)}
        return found

    def _clauses(self, seen: Seen) -> Iterator[str] | set[str]:
        sentence, index = seen.sentence, seen.phrase.index
        inside = "in " if seen.within is not None else ""
        kinds = general(seen.phrase)
        found = set[str]()
        for function, preposition, clause in self.parts.get((sentence.index, index), ()):
            where = f"{inside}{function} {preposition or ''}"
            found.add(f"{where}: {clause.lemma}")
            found |= {f"{where}: {clause.lemma} {g}" for g in kinds}
            for hit in self.hits.get((sentence.index, clause.index), ()):
                found.add(f"{where}: {hit.kind}:{hit.value}")
                found |= {f"{where}: {hit.kind} {g}" for g in kinds}
                found |= {f"{inside}as {role} {hit.kind}:{hit.value}" for role, ps in hit.roles.items() if seen.phrase in ps}
        for preposition, whole in self.hung.get((sentence.index, index), ()):
            found |= {f"{inside}{preposition} {whole.lemma}"} | {f"{inside}{preposition} of {g} {k}" for g in general(whole) for k in kinds}
            for function, before, clause in self.parts.get((sentence.index, whole.index), ()):
                found.add(f"{inside}{preposition} of {function} {before or ''}: {clause.lemma}")
                if self.violent(sentence, clause):
                    found |= {f"{inside}{preposition} of {function} {before or ''}: violence {g}" for g in kinds}
        return found

    def violent(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether a clause tells of violence."""
        return any(h.kind == "account" and h.value in VIOLENT for h in self.hits.get((sentence.index, clause.index), ()))

    # features of a candidate and an incident

    def near(self, story: Story) -> list[Candidate]:
        """The candidates that stand near enough to the incident's own sentences."""
        own = {self.place[m.hit.sentence.index] for m in story.mentions}
        reach = {n + d for n in own for d in range(-NEAR, NEAR + 1)}
        return [c for c in self.candidates if any(self.place[s.sentence.index] in reach for s in c.seen)]

    def pair(self, story: Story, candidate: Candidate, stories: Sequence[Story]) -> set[str]:
        """How a candidate stands to an incident."""
        phrases = {(s.sentence.index, s.phrase.index): s for s in candidate.seen}
        kinds = {g for s in candidate.seen if s.phrase.kind != "pronoun" for g in general(s.phrase)} or {"nothing"}
        found = {f"type {story.type} {g}" for g in kinds}
        roles = {f.role for m in story.mentions for f in m.fillers if self._is(f, candidate, phrases)}
        found |= {f"filler {r}" for r in roles} | {f"filler {r} {g}" for r in roles for g in kinds}
        if not roles:
            found.add("no filler")
            found |= {f"filled {r} {g}" for r in {f.role for m in story.mentions for f in m.fillers} for g in kinds}
            elsewhere = {f.role for o in stories if o is not story for m in o.mentions for f in m.fillers if self._is(f, candidate, phrases)}
            found |= {f"elsewhere {r} {g}" for r in elsewhere for g in kinds} or {f"nowhere {g}" for g in kinds}
        own = sorted({self.place[m.hit.sentence.index] for m in story.mentions})
        gaps = [self.place[s.sentence.index] - n for s in candidate.seen for n in own]
        gap = min(gaps, key=lambda g: (abs(g), g))
        found |= {f"gap {max(-4, min(4, gap))}"} | {f"gap {max(-4, min(4, gap))} {g}" for g in kinds}
        found.add(f"stories {min(len(stories), 4)}")
        for mention in story.mentions:
            found |= self._beside(mention.hit, phrases, kinds)
        return found

    def _beside(self, hit: Hit, phrases: dict[tuple[int, int], Seen], kinds: set[str]) -> set[str]:
        """How a candidate stands to one telling in the same sentence."""
        sentence, clause = hit.sentence, hit.clause
        mine = [i for s, i in phrases if s == sentence.index]
        if not mine:
            return set()
        above = {c.index: n for n, c in enumerate(sentence.above(clause), 1)}
        found = set[str]()
        for i in mine:
            for function, preposition, other in self.parts.get((sentence.index, i), ()):
                where = f"{function} {preposition or ''}"
                if other is clause:
                    found |= {f"own {where}"} | {f"own {where} {g}" for g in kinds} | {f"own {where} {hit.value}"}
                elif other.index in above:
                    found |= {f"above {min(2, above[other.index])} {where} {g}" for g in kinds} | {f"above {where} {other.lemma}"}
                elif clause in sentence.above(other):
                    found |= {f"below {where} {g}" for g in kinds} | {f"below {where} {other.lemma}"}
                else:
                    found |= {f"joined {where} {g}" for g in kinds}
            for preposition, whole in self.hung.get((sentence.index, i), ()):
                if clause.phrase == whole.index:
                    found |= {f"own of {preposition} {g}" for g in kinds}
        return found

    def _is(self, filler: Filler, candidate: Candidate, phrases: dict[tuple[int, int], Seen]) -> bool:
        if filler.actor is not None and candidate.actor is not None:
            return filler.actor.id == candidate.actor.id
        seen = phrases.get((filler.sentence.index, filler.phrase.index))
        return seen is not None and (seen.phrase is filler.phrase or seen.phrase.core == filler.phrase.core)


def general(phrase: Phrase) -> list[str]:
    """The general classes of a phrase."""
    found = [g for g in GENERAL if phrase.has(g)]
    if not found and phrase.label:
        return [phrase.label]
    return found or (["name"] if phrase.kind == "name" else ["plain"])


def phrase_hung(phrase: Phrase, sentence: Sentence) -> Iterator[tuple[str, Phrase]]:
    """What hangs on a phrase by a preposition."""
    for preposition, index in phrase.prepositions:
        yield preposition, sentence.phrases[index]


__all__ = ["ROLES", "THING", "Candidate", "Evidence", "general"]
