"""One report put together for claiming: who holds which words, which account a hit went into, how sure the words are."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from kavass import codebook
from kavass.attribute.certainty import Certainty
from kavass.attribute.focus import Focus
from kavass.attribute.said import Said, trimmed
from kavass.attribute.voices import Voices
from kavass.lang import Language
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.lang.frames import Hit
from kavass.lang.routine import routine
from kavass.model import Account, Actor, CountField, Modality, Polarity, Report, Span, Speaker, Stance
from kavass.refer.words import BODY_NAME, words
from kavass.situate.times import Expression, expressions

if TYPE_CHECKING:
    from kavass.coding import Coded
    from kavass.refer import Cast

NEAR = 2  # sentences over which a claim of responsibility looks back for what it is about
COUNTS = get_args(CountField)


@dataclasses.dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """A claim in the making. `accused` is held responsible; `target` are the words it is held against."""

    sentence: Sentence
    stance: Stance
    field: str
    span: Span
    speaker: Speaker
    said: Said | None = None
    clause: Clause | None = None  # what it was read from; of a cue that tells how it is meant, the cue's own
    value: str | None = None
    about: tuple[str, ...] = ()
    accused: Actor | None = None
    target: Phrase | None = None
    cue: Span | None = None
    mode: Literal["direct", "indirect", "narrated"] = "narrated"
    modality: Modality = "actual"
    polarity: Polarity = "affirmed"
    hedge: str | None = None
    certainty: float | None = None
    said_at: str | None = None
    links: list[tuple[str, Draft]] = dataclasses.field(default_factory=list)


class Reading:
    """One report's hits, accounts and statements, put together."""

    def __init__(
        self, report: Report, analysis: Analysis, hits: Sequence[Hit], cast: Cast, accounts: Sequence[Coded],
        said: Sequence[Said], certainty: Certainty, language: Language,
    ):  # fmt: skip
        self.report, self.analysis, self.hits, self.cast, self.said, self.language = (
            report,
            analysis,
            hits,
            cast,
            said,
            language,
        )
        self.voices = Voices(report, analysis, cast, language)
        self.certainty = certainty
        self.cues: Mapping[str, Any] = language.table("cues")
        self._reach = [(min(c.start for c in s.content), max(c.end for c in s.content), s) for s in said]
        self._holders: dict[tuple[Span, bool], Said | None] = {}
        self._read: dict[Span, list[Expression]] = {}
        self._before = BODY_NAME if words(language.code).body_before else 0
        self.accounts = {c.account.id: c.account for c in accounts}
        self._of_hit = {(h.sentence.index, h.clause.index): c.account for c in accounts for h in c.hits}
        self.tellings = [(c.account, c.hits) for c in accounts]
        self.focus = Focus(report, self.tellings, hits)

    def holder(self, span: Span, claiming: bool = True) -> Said | None:
        """The innermost statement that holds the words."""
        if (span, claiming) not in self._holders:
            self._holders[span, claiming] = self._holder(span, claiming)
        return self._holders[span, claiming]

    def _holder(self, span: Span, claiming: bool) -> Said | None:
        near = (s for start, end, s in self._reach if start <= span.start < end and s.holds(span))
        found = [s for s in near if not (claiming and s.setting("claim") == "no")]
        return min(found, key=lambda s: (s.length, s.cue), default=None)

    def account(self, hit: Hit) -> Account | None:
        """The account that a hit went into."""
        return self._of_hit.get((hit.sentence.index, hit.clause.index)) if hit.kind == "account" else None

    def inside(self, said: Said) -> list[Hit]:
        """What is told in a statement and in none that it holds."""
        return self._held.get(id(said), [])

    @cached_property
    def _held(self) -> dict[int, list[Hit]]:
        held: dict[int, list[Hit]] = {}
        for hit in self.hits:
            if (holder := self.holder(hit.trigger)) is not None:
                held.setdefault(id(holder), []).append(hit)
        return held

    def beside(self, sentence: Sentence) -> list[Hit]:
        """The hits of a sentence."""
        return self._of_sentence.get(id(sentence), [])

    @cached_property
    def _of_sentence(self) -> dict[int, list[Hit]]:
        found: dict[int, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(id(hit.sentence), []).append(hit)
        return found

    def within(self, sentence: Sentence, span: Span) -> list[Account]:
        """The accounts told inside a stretch of a sentence, each once."""
        found = (self.account(h) for h in self.beside(sentence) if span.covers(h.trigger))
        return list({a.id: a for a in found if a is not None}.values())

    def usual(self, hit: Hit) -> bool:
        """Whether a hit of posture tells of hours and holidays, or of a state that does not hold, and so of no change."""
        return hit.kind == "posture" and routine(self.report, hit, self.language)

    def lacking(self, hit: Hit) -> bool:
        """Whether what is told hangs on something that is not there: "no notice of a closure"."""
        return any(p.negated and p.span.covers(hit.trigger) for p in hit.sentence.phrases)

    def supposed(self, hit: Hit) -> bool:
        """Whether the clause only supposes it: "if they attack"."""
        return any(c.marker in self._conditions for c in (hit.clause, *hit.sentence.above(hit.clause)))

    def blamed(self, sentence: Sentence, phrase: Phrase | None) -> Actor | None:
        """The actor that a phrase means, or whose it is: "threats from the militia"."""
        if phrase is None:
            return None
        near = [phrase.possessor] if phrase.possessor is not None else []
        whose = [sentence.phrases[i] for i in (*near, *(i for _, i in phrase.prepositions))]
        return next((actor for p in (phrase, *whose) if (actor := self.cast.actor(sentence, p))), None)

    def bodies(self, sentence: Sentence, phrase: Phrase) -> list[Actor]:
        """Whom a phrase means, and the bodies whose people it says they are: "members of the front", "army patrols"; not the
        country that a body is of ("Ruritania's army").
        """
        near = [phrase.possessor] if phrase.possessor is not None else []
        named = phrase.qualifiers if phrase.kind != "name" else ()  # "the Red Front": no other body is named by "Red"
        whose = [sentence.phrases[i] for i in (*near, *named, *(i for _, i in phrase.prepositions))]
        found = [self.cast.actor(sentence, p) for p in (phrase, *whose)]
        found += [actor for _, actor in self.cast.inside(phrase, self._before if phrase.has("person", "group") else 0)]
        bodies = list({a.id: a for a in found if a is not None}.values())
        own = any(a.kind in ("organisation", "group") for a in bodies)
        return [a for a in bodies if not (own and a.kind == "state" and a is not found[0])]

    def speaks_for(self, said: Said, actor: Actor) -> bool:
        """Whether a statement is that of an actor, or of somebody who is said to be one of its own."""
        if self.voices.actor(said) is actor:
            return True
        if said.phrase is None:
            return False
        return actor in self.bodies(said.of, said.phrase) or actor in self.voiced(said.of, said.phrase)

    def voiced(self, sentence: Sentence, phrase: Phrase) -> Iterator[Actor]:
        """In whose name somebody speaks, where that is said of him: "a caller claiming to speak for the front"."""
        verbs = self.cues.get("voice", {}).get("verbs", ())
        described = [c for c in sentence.clauses if c.phrase == phrase.index]
        for clause in sentence.clauses:
            if clause.lemma in verbs and any(c in described for c in (clause, *sentence.above(clause))):
                for argument in sentence.arguments(clause, "oblique"):
                    if argument.phrase is not None:
                        yield from self.bodies(sentence, sentence.phrases[argument.phrase])

    def counted(self, hit: Hit, account: Account) -> Iterator[tuple[str, str, Span]]:
        """The numbers that the sentence itself gives for the account: another speaker's may stand in the account."""
        for other in self.beside(hit.sentence):
            if other.kind != "count" or other.value not in COUNTS:
                continue
            if self._nearest(other) is not account:
                continue
            for phrase in other.roles.get("counted", ()):
                if phrase.low is not None or phrase.negated:
                    yield other.value, self.report.words(phrase.core), phrase.core

    def _nearest(self, hit: Hit) -> Account | None:
        """The account told nearest to a hit in its sentence, by the same speaker."""
        holder = self.holder(hit.trigger)
        beside = [h for h in self.beside(hit.sentence) if self.holder(h.trigger) is holder]
        near = [
            (abs(h.trigger.start - hit.trigger.start), h.trigger, a)
            for h in beside
            if (a := self.account(h)) is not None
        ]
        return min(near, key=lambda n: n[:2])[2] if near else None

    def draft(
        self, sentence: Sentence, stance: Stance, name: str, span: Span, said: Said | None, clause: Clause | None, *,
        value: str | None = None, about: tuple[str, ...] = (), accused: Actor | None = None, target: Phrase | None = None,
        cue: Span | None = None, mode: Literal["direct", "indirect", "narrated"] = "narrated",
    ) -> Draft:  # fmt: skip
        """A draft with its speaker, modality and polarity."""
        modality = self.modality(sentence, clause) if clause else "actual"
        polarity: Polarity = (
            "negated" if clause is not None and (clause.negated or stance.startswith("denies")) else "affirmed"
        )
        return Draft(sentence=sentence, stance=stance, field=name, span=span, speaker=self.voices.speaker(said), said=said,
                     clause=clause, value=value, about=about, accused=accused, target=target, cue=cue, mode=mode, modality=modality,
                     polarity=polarity, said_at=self._said_at(said))  # fmt: skip

    def _said_at(self, said: Said | None) -> str | None:
        """The day of the telling, where the clause of the cue names one outside what is said."""
        if said is None or said.clause is None:
            return None
        own = [a.span for a in said.clause.arguments if a.function in ("oblique", "adverbial") and a.clause is None]
        found = [e.when for e in self._times(said.sentence)
                 if e.when.precision in ("day", "hour") and e.when.start and not any(c.touches(e.span) for c in said.content)
                 and (any(span.touches(e.span) for span in own) or 0 <= e.span.start - said.cue.end <= 2)]  # fmt: skip
        days = {when.start[:10] for when in found if when.start and (when.end or when.start)[:10] == when.start[:10]}
        return days.pop() if len(days) == 1 else None

    def _times(self, sentence: Sentence) -> list[Expression]:
        if sentence.span not in self._read:
            self._read[sentence.span] = expressions(self.report, sentence.span, self.language)
        return self._read[sentence.span]

    def about(self, sentence: Sentence, span: Span, accused: Actor | None) -> tuple[str, ...]:
        """The accounts told inside, then the actor it is held against."""
        return (*(a.id for a in self.within(sentence, span)), *([accused.id] if accused else []))

    def about_said(self, said: Said, accused: Actor | None) -> tuple[str, ...]:
        """The accounts told in the content and in what the cue governs, not in its circumstances ("before the attacks")."""
        named = [p for role in ("about", "content") for p in said.hit.roles.get(role, ())] if said.hit else []
        governed = [a.span for a in said.clause.arguments if a.function == "object"] if said.clause else []
        governed += [p.span for p in named]
        found = [a for span in (*said.content, *governed) for a in self.within(said.sentence, span)]
        if said.hit is not None and said.hit.value.startswith("denies"):
            besides = {
                a.id
                for s in self.said
                if self._adjoined(s, said)
                for c in s.content
                for a in self.within(s.sentence, c)
            }
            found = [a for a in found if a.id not in besides]
        return (*dict.fromkeys(a.id for a in found), *([accused.id] if accused else []))

    def _adjoined(self, inner: Said, said: Said) -> bool:
        """Whether a statement stands in another's content as an adjunct, true for itself: "denied it, recalling that ..."."""
        return (
            inner.sentence is said.sentence
            and inner.clause is not None
            and inner.clause.relation == "adverbial"
            and said.holds(inner.cue)
        )

    def kinds(self, said: Said) -> frozenset[str]:
        """The types of incident that definite nouns of a statement, or of what its cue governs, name."""
        governed = [a.span for a in said.clause.arguments if a.function in ("object", "oblique")] if said.clause else []
        held = [
            p
            for p in said.sentence.phrases
            if p.definite and (said.holds(p.head) or any(g.covers(p.head) for g in governed))
        ]
        return frozenset(kind for p in held for kind in _kinds(self.language).get(p.lemma, ()))

    def concerned(self, said: Said) -> tuple[str, ...]:
        """The actors that a statement is about or addressed to, its speaker left out."""
        named = (
            [p for role in ("about", "addressee", "label") for p in said.hit.roles.get(role, ())] if said.hit else []
        )
        named += [p for p in said.sentence.phrases if said.holds(p.head)]
        found = [
            actor
            for p in named
            if (actor := self.cast.actor(said.sentence, p)) and actor is not self.voices.actor(said)
        ]
        return tuple(dict.fromkeys(actor.id for actor in found))

    def before(self, sentence: Sentence) -> Account | None:
        """The last account told in the sentences just before: what "the group claimed responsibility" is about."""
        found = [(h.sentence.index, h.trigger, a) for h in self.hits if (a := self.account(h)) is not None
                 and 0 < sentence.index - h.sentence.index <= NEAR]  # fmt: skip
        return max(found, key=lambda f: f[:2])[2] if found else None

    @cached_property
    def news(self) -> Account | None:
        """The one act of violence that is the news of the report; None where there are several."""
        violent = [a for a, _ in self.tellings if a.primary and codebook.family(a.type) == "violence"]
        return violent[0] if len(violent) == 1 else None

    def segment(self, said: Said, at: Span) -> Span:
        """The part of a content in which words stand."""
        return next((c for c in said.content if c.start <= at.start < c.end), said.content[0])

    def mode(self, said: Said | None) -> Literal["direct", "indirect", "narrated"]:
        """Direct if at least half of the content is in quotation marks."""
        if said is None:
            return "narrated"
        touching = {q for q in self._quotes if any(q.touches(c) for c in said.content)}
        inside = {i for q in touching for c in said.content for i in range(max(q.start, c.start), min(q.end, c.end))}
        return "direct" if len(inside) * 2 >= said.length else "indirect"

    @cached_property
    def _quotes(self) -> frozenset[Span]:
        return frozenset(q for s in self.analysis.sentences for q in s.quotes)

    def modality(self, sentence: Sentence, clause: Clause) -> Modality:
        """What the verb group says, a condition put upon it, or what it hangs on."""
        if self.condition(sentence, clause):
            return "conditional"
        if any(c.marker in self._open for c in (clause, *sentence.above(clause))):
            return "possible"  # "no word on whether rebels fired"
        if clause.modality == "conditional" and clause.relation == "content":
            return "future"  # what was to come when it was said
        if clause.modality != "actual":
            return clause.modality
        above = next(iter(sentence.above(clause)), None)
        hangs = clause.relation in ("argument", "coordination") or clause.infinitive
        return above.modality if above is not None and hangs else "actual"

    def condition(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether an "if" hangs on the clause, or the clause on an "if"."""
        return any(self.supposing(c) and (c is clause or c.parent == clause.index) for c in sentence.clauses)

    def supposing(self, clause: Clause) -> bool:
        """Whether the clause opens with a condition: "if they attack"."""
        return clause.marker in self._conditions

    @cached_property
    def _conditions(self) -> frozenset[str]:
        return frozenset(self.cues.get("embedding", {}).get("conditions", ()))

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(self.cues.get("embedding", {}).get("open", ()))

    def clause_of(self, sentence: Sentence, phrase: Phrase) -> Clause | None:
        """The clause of which the phrase is an argument; else the smallest that covers it."""
        held = [c for c in sentence.clauses if c.kind != "noun" and any(a.phrase == phrase.index for a in c.arguments)]
        held = [c for c in held if c.kind != "participle" and c.phrase != phrase.index] or held
        held = held or [c for c in sentence.clauses if c.kind != "noun" and c.span.covers(phrase.head)]
        return min(held, key=lambda c: (c.span.end - c.span.start, c.index), default=None)

    def named(self, sentence: Sentence, phrase: Phrase | None) -> str | None:
        """The name of the actor that a phrase means, or its words."""
        actor = self.cast.actor(sentence, phrase) if phrase else None
        return actor.name if actor else self.words(phrase)

    @cached_property
    def scornful(self) -> frozenset[str]:
        """The forms of the adjectives that brush aside what they describe."""
        words = self.cues.get("dismissal", {}).get("adjectives", ())
        return frozenset(self.language.key(f) for w in words for f in (w, *self.language.surfaces(w, "adjective")))

    @cached_property
    def meaning(self) -> dict[str, frozenset[str]]:
        """The words that tell how a plain statement is meant, by key; none for a key that a language has not."""
        return defaultdict(frozenset, {key: frozenset(words) for key, words in self.cues.get("meaning", {}).items()})

    @cached_property
    def pointers(self) -> frozenset[str]:
        """Pronouns that stand for what others said."""
        return frozenset(self.cues.get("back", {}).get("pronouns", ()))

    @cached_property
    def reflexive(self) -> frozenset[str]:
        """Pronouns that mean the subject itself."""
        return frozenset(self.cues.get("back", {}).get("selves", ()))

    @cached_property
    def _tones(self) -> tuple[re.Pattern[str] | None, dict[str, Stance]]:
        told: dict[str, Stance] = {
            self.language.key(w): stance for stance, words in self.cues.get("tone", {}).items() for w in words
        }
        return _any_of(told), told

    def tone(self, span: Span) -> Stance | None:
        """How words are meant that no verb tells: "it is too early to say" (`cues.toml`, `tone`)."""
        pattern, told = self._tones
        match = pattern.search(self.key(span)) if pattern is not None else None
        return told[match.group()] if match else None

    @cached_property
    def untrue(self) -> tuple[str, ...]:
        """Words that call what they are said of untrue, folded, with a blank before."""
        return tuple(f" {self.language.key(p)}" for p in self.cues.get("dismissal", {}).get("phrases", ()))

    def is_untrue(self, span: Span) -> bool:
        """Whether words call something untrue."""
        key = f" {self.key(span)} "
        return any(phrase in key for phrase in self.untrue)

    def key(self, span: Span) -> str:
        return self.language.key(self.report.words(span))

    def words(self, phrase: Phrase | None) -> str | None:
        """A phrase's words on one line, without quotation marks."""
        if phrase is None:
            return None
        marks = "".join((*self.language.profile["quotes"].keys(), *self.language.profile["quotes"].values()))
        return " ".join(
            self.report.words(phrase.core).translate({ord(m): None for m in marks if m not in "'’‘"}).split()
        )

    @cached_property
    def _hedges(self) -> tuple[re.Pattern[str] | None, dict[str, float]]:
        sure = {self.language.key(w): float(h["certainty"]) for h in self.cues.get("hedge", ()) for w in h["words"]}
        return _any_of(sure), sure

    def weigh(self, draft: Draft) -> None:
        """Notes how surely it is told and the first hedge in its words, above which it is never surer; loose marks at the ends
        fall away."""
        draft.span = trimmed(self.report.text, draft.span) or draft.span
        draft.certainty = self._certainty(draft)
        pattern, sure = self._hedges
        if pattern is None:
            return
        whole = draft.span if draft.cue is None or draft.said is None else join(draft.span, draft.cue)
        near = whole.end - whole.start < 2 * (draft.span.end - draft.span.start)
        beside = tuple(self._beside(draft))
        for stretch in (whole if near else draft.span, *((draft.said.cue,) if draft.said else ()), *beside):
            folded = self.language.fold(self.report.words(stretch))
            if match := (pattern.match if stretch in beside else pattern.search)(folded.text):
                at = folded.span(match.start(), match.end())
                draft.hedge = self.report.words(Span(stretch.start + at.start, stretch.start + at.end))
                draft.certainty = min(sure[match.group()], 1.0 if draft.certainty is None else draft.certainty)
                return

    def _beside(self, draft: Draft) -> Iterator[Span]:
        """What is added to the clause of a claim outside its span: "Presumably ...", "..., apparently"."""
        if (clause := draft.clause) is None:
            return
        if clause.span.start < draft.span.start:
            yield Span(clause.span.start, draft.span.start)
        for argument in clause.arguments:
            if argument.function in ("adverbial", "oblique") and not draft.span.touches(argument.span):
                yield argument.span

    def _certainty(self, draft: Draft) -> float | None:
        """That of the event which a claim tells: what its cue governs, else the clause it was read from. What somebody denies is to
        them as certainly not so as the denying is told to be done."""
        clause, sentence = draft.clause, draft.sentence
        if clause is not None and draft.stance.startswith("denies"):
            cue = draft.said.clause if draft.said is not None and draft.said.clause is not None else clause
            found: float | None = 1 - self.certainty.of_clause(sentence, cue)
        elif clause is None:
            found = self.certainty.at(draft.span)
        elif draft.said is not None and clause is draft.said.clause:
            found = self.certainty.under(sentence, clause)
        else:
            found = self.certainty.of_clause(sentence, clause)
        return None if found is None else round(found, 2)


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of whole words, the longest first; None for none."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)") if ordered else None


@cache
def _kinds(language: Language) -> Mapping[str, tuple[str, ...]]:
    """Noun -> the types of incident that it names by itself."""
    found: dict[str, tuple[str, ...]] = {}
    for frame in language.frames.frames:
        types = tuple(value for kind, value in frame.yields if kind == "account")
        for noun in frame.nouns if types else ():
            found[noun] = (*found.get(noun, ()), *types)
    return found


def join(first: Span, *more: Span) -> Span:
    """The stretch from the first to the last of the spans."""
    spans = (first, *more)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
