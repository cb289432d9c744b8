"""What speaks for somebody or something having a part in an incident: features for the learned weights, alike in training and use.

A `Candidate` is whoever or whatever a report names, with all its phrases. Its own features hold for every incident; those of a
pair tell how it stands to one incident. Features are words about grammar ("object of kidnap", "head is facility"), never offsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kavass.coding.mentions import VIOLENT, Filler
from kavass.coding.unify import Story
from kavass.lang import Language
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.lang.frames import Hit
from kavass.model import Actor, Report, Span

if TYPE_CHECKING:
    from kavass.refer import Cast

ROLES = ("", "person", "organisation", "thing", "victim", "weapon")  # "": no part
# General classes of which no more than three in a thousand have a part in MUC-4: not asked where no rule sees one.
NOBODY = frozenset(("plain", "event", "state", "time", "place", "result", "DATE", "TIME"))
GENERAL = (
    "person",
    "group",
    "org",
    "facility",
    "vehicle",
    "object",
    "weapon",
    "place",
    "state",
    "event",
    "people",
    "time",
)


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
    kinds: tuple[str, ...] = ()  # its general classes
    phrases: dict[tuple[int, int], Seen] = field(default_factory=dict)  # by sentence and phrase
    within: dict[int, list[int]] = field(default_factory=dict)  # the phrases of each sentence
    # By incident, as `Evidence.among` found them:
    gaps: dict[int, int] = field(default_factory=dict)  # sentences from its nearest telling, with the sign
    ruled: dict[int, set[str]] = field(default_factory=dict)  # the roles that the rules give there
    stands: dict[int, set[str]] = field(default_factory=dict)  # how it stands to its tellings


class Evidence:
    """The candidates of one report and what speaks for each."""

    def __init__(
        self,
        report: Report,
        analysis: Analysis,
        hits: Iterable[Hit],
        cast: Cast,
        language: Language,
        stories: Iterable[Story],
    ):
        self.report, self.analysis, self.cast, self.language = report, analysis, cast, language
        self.filling = {(f.sentence.index, f.phrase.head) for s in stories for m in s.mentions for f in m.fillers}
        self.place = {s.index: n for n, s in enumerate(analysis.sentences)}
        self.hits: dict[tuple[int, int], list[Hit]] = defaultdict(list)
        for hit in hits:
            self.hits[hit.sentence.index, hit.clause.index].append(hit)
        self.parts: dict[tuple[int, int], list[tuple[str, str | None, Clause]]] = defaultdict(list)
        self.hung: dict[tuple[int, int], list[tuple[str, Phrase]]] = defaultdict(list)
        self.told = [self._told(sentence) for sentence in analysis.sentences]
        for sentence in analysis.sentences:
            self._index(sentence)
        self.candidates = list(self._candidates())
        self.sizes: dict[str, list[int]] = defaultdict(list)  # how often those of a kind are named
        for candidate in self.candidates:
            found = {g for s in candidate.seen if s.phrase.kind != "pronoun" for g in general(s.phrase)}
            candidate.kinds = tuple(sorted(found)) or ("nothing",)
            candidate.phrases = {(s.sentence.index, s.phrase.index): s for s in candidate.seen}
            for sentence_index, phrase_index in candidate.phrases:
                candidate.within.setdefault(sentence_index, []).append(phrase_index)
            for kind in candidate.kinds:
                self.sizes[kind].append(len(candidate.seen))

    def _told(self, sentence: Sentence) -> frozenset[str]:
        """The kinds of violence and of statements that a sentence tells."""
        hits = (h for c in sentence.clauses for h in self.hits.get((sentence.index, c.index), ()))
        return frozenset(h.value for h in hits if h.kind == "stance" or (h.kind == "account" and h.value in VIOLENT))

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
                filling = (sentence.index, phrase.head) in self.filling
                if phrase.kind == "time" or (
                    NOBODY.issuperset(general(phrase)) and not filling and phrase.kind != "pronoun"
                ):
                    continue
                actor = self.cast.actor(sentence, phrase)
                if actor is None and phrase.kind == "pronoun":
                    continue
                heads.add(phrase.head)
                found = self._home(actor, phrase, actors, things)
                found.seen.append(Seen(sentence, phrase))
            for at, actor in self.cast.within(sentence.span):
                if not any(at.covers(h) for h in heads):
                    around = next(
                        (p for p in sentence.phrases if p.core.covers(at) and p.has("person", "group", "org", "event")),
                        None,
                    )
                    if around is not None:
                        named = Phrase(index=around.index, core=at, span=at, head=at, name=at, kind="name", definite=True,
                                       lemma=self.language.key(actor.name), classes=frozenset({"org", "name"}))  # fmt: skip
                        self._home(actor, named, actors, things).seen.append(Seen(sentence, named, around))
        yield from actors.values()
        yield from things.values()

    def _home(
        self, actor: Actor | None, phrase: Phrase, actors: dict[str, Candidate], things: dict[str, Candidate]
    ) -> Candidate:
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
            found |= self._around(seen)
        return found

    def _around(self, seen: Seen) -> set[str]:
        """What else the sentence of a phrase, and the ones before and after it, tell of."""
        if seen.phrase.kind == "pronoun":
            return set()
        kinds, place = general(seen.phrase), self.place[seen.sentence.index]
        found = {f"with {t} {g}" for t in self.told[place] for g in kinds}
        for name, n in (("before", place - 1), ("after", place + 1)):
            if 0 <= n < len(self.told) and self.told[n]:
                found |= {f"violence {name} {g}" for g in kinds}
        return found

    def _phrase(self, seen: Seen) -> set[str]:
        phrase, sentence = seen.phrase, seen.sentence
        if phrase.kind == "pronoun":
            return {"pronoun"}
        found = {
            f"head {_word(phrase)}",
            f"kind {phrase.kind}",
            f"label {phrase.label}",
            f"{phrase.kind} number {phrase.number}",
        }
        found |= {f"class {c}" for c in phrase.classes} | {f"of {g}" for g in general(phrase)}
        found |= {f"modifier {m}" for m in phrase.modifiers}
        found |= {"definite"} if phrase.definite else {"indefinite"} if phrase.definite is False else set()
        found |= {"counted"} if phrase.quantity else set()
        found |= {"named"} if phrase.name else set()
        found |= {"negated"} if phrase.negated else set()
        for index in phrase.appositions if seen.within is None else ():
            beside = sentence.phrases[index]
            found |= {f"beside {_word(beside)}"} | {f"beside of {g}" for g in general(beside)}
        if seen.within is not None:
            found |= {"within", f"within {seen.within.lemma}"} | {f"within {c}" for c in seen.within.classes}
        for preposition, i in phrase.prepositions:
            whole = sentence.phrases[i]
            found |= {f"has {preposition} {_word(whole)}"} | {f"has {preposition} of {g}" for g in general(whole)}
        return found

    def _clauses(self, seen: Seen) -> set[str]:
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
                found |= {
                    f"{inside}as {role} {hit.kind}:{hit.value}" for role, ps in hit.roles.items() if seen.phrase in ps
                }
        for preposition, whole in self.hung.get((sentence.index, index), ()):
            found |= {f"{inside}{preposition} {_word(whole)}"} | {
                f"{inside}{preposition} of {g} {k}" for g in general(whole) for k in kinds
            }
            for function, before, clause in self.parts.get((sentence.index, whole.index), ()):
                found.add(f"{inside}{preposition} of {function} {before or ''}: {clause.lemma}")
                if self.violent(sentence, clause):
                    found |= {f"{inside}{preposition} of {function} {before or ''}: violence {g}" for g in kinds}
        return found

    def violent(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether a clause tells of violence."""
        return any(
            h.kind == "account" and h.value in VIOLENT for h in self.hits.get((sentence.index, clause.index), ())
        )

    # features of a candidate among incidents

    def among(self, candidate: Candidate, stories: Sequence[Story]) -> set[str]:
        """How a candidate stands to the violence of the report as a whole."""
        found = {f"violence {min(4, len(stories))}"}
        kinds = candidate.kinds
        for story in stories:
            candidate.gaps[id(story)] = self._gap(story, candidate)
            candidate.ruled[id(story)] = {
                f.role for m in story.mentions for f in m.fillers if self._is(f, candidate, candidate.phrases)
            }
            candidate.stands[id(story)] = self._stands(story, candidate)
            found |= candidate.stands[id(story)]
        gap = min((abs(g) for g in candidate.gaps.values()), default=5)
        found |= {f"gap {min(5, gap)}"} | {f"gap {min(5, gap)} {g}" for g in kinds}
        first = min(self.place[s.sentence.index] for s in candidate.seen)
        found |= {f"first {min(first, 4)} {g}" for g in kinds}
        for kind in kinds:
            sizes = self.sizes[kind]
            more = sum(size > len(candidate.seen) for size in sizes)
            found |= {f"rivals {min(4, len(sizes))} {kind}", f"behind {min(3, more)} {kind}"}
        return found

    def pair(self, story: Story, candidate: Candidate) -> set[str]:
        """How a candidate stands to one incident of the report's violence; `among` was asked before."""
        kinds = candidate.kinds
        distance = abs(candidate.gaps[id(story)])
        mine, nearer = min(5, distance), min(2, sum(abs(g) < distance for g in candidate.gaps.values()))
        found = {f"gap {mine} {g}" for g in kinds} | {f"nearer {nearer} {g}" for g in kinds}
        found.add(f"gap {mine} nearer {nearer}")
        if any(roles for other, roles in candidate.ruled.items() if other != id(story)):
            found |= {f"elsewhere {g}" for g in kinds}
        return {f"this {f}" for f in found | candidate.stands[id(story)]}

    def _stands(self, story: Story, candidate: Candidate) -> set[str]:
        """How a candidate stands to the tellings of an incident, and which roles the rules give it there."""
        kinds, roles = candidate.kinds, candidate.ruled[id(story)]
        found = {f"{story.type} {g}" for g in kinds}
        if roles:
            found |= {f"filler {r}" for r in roles} | {f"filler {r} {g}" for r in roles for g in kinds}
        else:
            found |= {f"taken {r} {g}" for r in {f.role for m in story.mentions for f in m.fillers} for g in kinds}
        for mention in story.mentions:
            if mine := candidate.within.get(mention.hit.sentence.index):
                found |= self._beside(mention.hit, mine, kinds)
        return found

    def _gap(self, story: Story, candidate: Candidate) -> int:
        """Sentences from the nearest telling of an incident to the nearest phrase of a candidate, with its sign."""
        own = {self.place[m.hit.sentence.index] for m in story.mentions}
        gaps = [self.place[s.sentence.index] - n for s in candidate.seen for n in own]
        nearest = min(map(abs, gaps))
        return -nearest if -nearest in gaps else nearest

    def _beside(self, hit: Hit, mine: Sequence[int], kinds: Sequence[str]) -> set[str]:
        """How a candidate stands to one telling in the same sentence, by its phrases there."""
        sentence, clause = hit.sentence, hit.clause
        above = {c.index: n for n, c in enumerate(sentence.above(clause), 1)}
        found = set[str]()
        for i in mine:
            for function, preposition, other in self.parts.get((sentence.index, i), ()):
                where = f"{function} {preposition or ''}"
                if other is clause:
                    found |= {f"own {where}"} | {f"own {where} {g}" for g in kinds} | {f"own {where} {hit.value}"}
                elif other.index in above:
                    found |= {f"above {min(2, above[other.index])} {where} {g}" for g in kinds} | {
                        f"above {where} {other.lemma}"
                    }
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


def _word(phrase: Phrase) -> str:
    """The noun of a phrase; names are no evidence, lest the weights learn who is wont to do what."""
    return "NAME" if phrase.kind == "name" or phrase.name is not None else phrase.lemma


def general(phrase: Phrase) -> tuple[str, ...]:
    """The general classes of a phrase."""
    return _general(phrase.classes, phrase.label, phrase.kind)


@lru_cache(maxsize=20_000)
def _general(classes: frozenset[str], label: str | None, kind: str) -> tuple[str, ...]:
    found = tuple(g for g in GENERAL if any(c == g or c.startswith(g + ".") for c in classes))
    return found or ((label,) if label else ("name",) if kind == "name" else ("plain",))


__all__ = ["ROLES", "Candidate", "Evidence", "general"]
