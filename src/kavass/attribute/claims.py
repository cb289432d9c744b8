"""What is claimed: the statements that matter, each with its speaker, its stance and how sure it is.

A statement matters when something the frames found, or an actor, stands in it. Every hit belongs to the innermost statement
that holds its words; what nobody is said to say, the narrator says.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from kavass.attribute.said import Said, statement, trimmed
from kavass.attribute.voices import Voices
from kavass.lang import Language
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.lang.frames import Hit, negated
from kavass.model import Account, Actor, CountField, Modality, Polarity, Report, Span, Speaker, Stance
from kavass.situate.times import Expression, expressions

if TYPE_CHECKING:
    from kavass.coding import Coded
    from kavass.refer import Cast

FUTURE = ("future", "conditional", "predicted")
NEAR = 2  # sentences over which a claim of responsibility looks back for what it is about
COUNTS = get_args(CountField)
TOPICS = ("posture", "measure", "advisory", "relation", "driver")
OUTLOOK: Mapping[str, Modality] = {"announced": "future", "threatened": "future", "conditional": "conditional"}
OWN = ("claims_responsibility", "denies_responsibility")  # what somebody says of his own part
IDLE = ("predicts", "evaluates")  # say little where nothing told and nobody is concerned
BELIEFS = ("reports", "evaluates")  # stances of a cue that leave the stance to what is said


@dataclasses.dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """A claim in the making. `accused` is held responsible; `target` are the words it is held against."""

    sentence: Sentence
    stance: Stance
    field: str
    span: Span
    speaker: Speaker
    said: Said | None = None
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


def drafts(
    report: Report, analysis: Analysis, hits: Sequence[Hit], cast: Cast, accounts: Sequence[Coded], said: Sequence[Said],
    language: Language,
) -> list[Draft]:  # fmt: skip
    """The claims of a report without ids and links, in text order, none twice."""
    reading = _Reading(report, analysis, hits, cast, accounts, said, language)
    found = [*reading.reported(), *reading.told(), *reading.evidence(), *reading.dismissals(), *reading.reasons(),
             *reading.narrated()]  # fmt: skip
    kept: dict[tuple[Any, ...], Draft] = {}
    for draft in found:
        beside = [o.span for o in found if o.said is draft.said and o is not draft]
        if draft.field == "statement" and any(_mostly(span, draft.span) for span in beside):
            continue
        reading.weigh(draft)
        key = (draft.stance, draft.field, draft.value, draft.about, draft.speaker.actor, draft.speaker.text, draft.sentence.index)
        kept.setdefault(key, draft)
    return sorted(kept.values(), key=lambda d: (d.span, d.cue or d.span, d.stance, d.field, d.value or "", d.about))


class _Reading:
    """One report's hits, accounts and statements, put together."""

    def __init__(
        self, report: Report, analysis: Analysis, hits: Sequence[Hit], cast: Cast, accounts: Sequence[Coded],
        said: Sequence[Said], language: Language,
    ):  # fmt: skip
        self.report, self.analysis, self.hits, self.cast, self.said, self.language = report, analysis, hits, cast, said, language
        self.voices = Voices(report, analysis, cast, language)
        self.cues: Mapping[str, Any] = language.table("cues")
        self._holders: dict[tuple[Span, bool], Said | None] = {}
        self._read: dict[Span, list[Expression]] = {}
        self.accounts = {c.account.id: c.account for c in accounts}
        self._of_hit = {(h.sentence.index, h.clause.index): c.account for c in accounts for h in c.hits}
        self._first_hits = [(c.account, c.hits) for c in accounts]

    # --- who holds a hit

    def holder(self, span: Span, claiming: bool = True) -> Said | None:
        """The innermost statement that holds the words."""
        if (span, claiming) not in self._holders:
            self._holders[span, claiming] = self._holder(span, claiming)
        return self._holders[span, claiming]

    def _holder(self, span: Span, claiming: bool) -> Said | None:
        found = [s for s in self.said if s.holds(span) and not (claiming and s.setting("claim") == "no")]
        return min(found, key=lambda s: (s.length, s.cue), default=None)

    def account(self, hit: Hit) -> Account | None:
        """The account that a hit went into."""
        return self._of_hit.get((hit.sentence.index, hit.clause.index)) if hit.kind == "account" else None

    def _inside(self, said: Said) -> list[Hit]:
        """What is told in a statement and in none that it holds."""
        return [h for h in self.hits if said.holds(h.trigger) and self.holder(h.trigger) is said]

    def _within(self, sentence: Sentence, span: Span) -> list[Account]:
        """The accounts told inside a stretch of a sentence, each once."""
        found = (self.account(h) for h in self.hits if h.sentence is sentence and span.covers(h.trigger))
        return list({a.id: a for a in found if a is not None}.values())

    # --- what somebody says

    def reported(self) -> Iterator[Draft]:
        """The claims that speech makes."""
        for said in self.said:
            if said.setting("claim") == "no":
                continue
            stance = self._stance(said)
            if stance is None:
                continue
            if stance in BELIEFS:
                yield from self._plain(said, stance)
            elif (stance not in IDLE and said.phrase is not None) or self._bears(said):
                yield self._marked(said, stance)

    def _bears(self, said: Said) -> bool:
        """Whether anything told or anybody stands in what is said."""
        words = (p for p in said.sentence.phrases if said.holds(p.head) and p is not said.phrase)
        return bool(self._inside(said)) or any(self.cast.actor(said.sentence, p) for p in words)

    def _stance(self, said: Said) -> Stance | None:
        """The stance of the cue; None if it says nothing (a negated claim of responsibility)."""
        if said.hit is None or said.clause is None:
            return "reports"
        stance = _bent(said.hit)
        own = said.setting("self")
        if own is not None and stance is not None and self._of_itself(said):
            return own  # type: ignore[return-value]
        return self._scorn(said) or stance if stance == "characterises" else stance

    def _scorn(self, said: Said) -> Stance | None:
        """What it is to call an accusation absurd, or a reason a pretext: to deny the one, to dispute the other."""
        assert said.hit is not None
        words = self.cues.get("dismissal", {})
        labels = {p.lemma for p in said.hit.roles.get("label", ())}
        named = {p.lemma for p in said.hit.roles.get("about", ())}
        if labels.isdisjoint((*words.get("adjectives", ()), *words.get("alone", ()))):
            return None
        if named.intersection(words.get("accounts", ())):
            return "denies_account"
        return "disputes_interpretation" if named.intersection(words.get("reasons", ())) else None

    def _of_itself(self, said: Said) -> bool:
        """Whether what is said is about its speaker: a content without a subject, or with the speaker as its subject."""
        assert said.clause is not None
        for clause in said.sentence.clauses:
            if clause.parent != said.clause.index or not any(c.covers(clause.predicate) for c in said.content):
                continue
            subject = said.sentence.filler(clause, "subject")
            if subject is None or subject is said.phrase:
                return True
            actor = self.cast.actor(said.sentence, subject)
            return actor is not None and actor is self.voices.actor(said)
        return False

    def _marked(self, said: Said, stance: Stance) -> Draft:
        """A statement whose cue tells how it is meant: warned, blamed, denied, called."""
        assert said.hit is not None and said.clause is not None
        whole = statement(said.sentence, said.clause)
        span = _join(said.cue, *(c for c in said.content if c.start < whole.end or c.touches(whole) or c.start >= said.cue.end))
        span = _join(span, Span(max(whole.start, span.start), max(whole.end, span.end)))
        target = next(iter(said.hit.roles.get("about", ())), None)
        label = next(iter(said.hit.roles.get("label", ())), None)
        accused, name = self._blamed(said.sentence, target), self._field(said, stance)
        value = self._words(label) if label else self._named(said.sentence, target)
        if stance in OWN:
            accused, name = self.voices.actor(said), "perpetrator"
            value = accused.name if accused else said.source and self.report.words(said.source)
        elif value is None:
            value = next((a.type for a in self._within(said.sentence, span)), None)
        owner = said.outer if said.setting("holder") == "outer" and said.outer is not None else said
        about = self._about_said(said, accused)
        if name == "perpetrator" and not any(a in self.accounts for a in about) and (last := self._before(said.sentence)):
            about = (last.id, *about)
        return self._draft(said.sentence, stance, name, span, owner, said.clause, value=value, about=about, accused=accused,
                           target=target, cue=said.cue, mode=self._mode(said))  # fmt: skip

    def _field(self, said: Said, stance: Stance) -> str:
        given = said.setting("field")
        if given:
            return given
        kinds = {h.kind for h in self._inside(said)}
        return next((k for k in ("posture", "measure", "relation") if k in kinds), "occurrence" if "account" in kinds else stance)

    def _plain(self, said: Said, stance: Stance) -> Iterator[Draft]:
        """A statement that is only said or believed: one claim for each thing it tells, or one for the whole."""
        predicted = self._predicted(said)
        if predicted is not None:
            yield self._whole(said, "predicts", "prediction", predicted)
            return
        told = False
        for hit in self._inside(said):
            if hit.kind == "account" and (account := self.account(hit)) and not self._supposed(hit):
                told = True
                yield from self._of_account(hit, account, said, self._weighty(hit, stance), self._segment(said, hit.trigger))
            elif hit.kind in TOPICS:
                told = True
                yield self._topic(hit, stance, said, self._segment(said, hit.trigger))
        clause = _top(said)
        if not told and clause is not None and self._matters(said, clause):
            harm = any(h.clause is clause and (h.kind == "account" or h.value == "threatens") for h in self.hits)
            as_ = "warns" if harm and clause.modality == "possible" else stance
            yield self._whole(said, as_, "statement", clause)

    def _whole(self, said: Said, stance: Stance, name: str, clause: Clause) -> Draft:
        """A claim of all that the statement says."""
        span = self._segment(said, clause.predicate)
        return self._draft(said.sentence, stance, name, span, said, clause, about=self._about(said.sentence, span, None),
                           cue=said.cue, mode=self._mode(said))  # fmt: skip

    def _topic(self, hit: Hit, stance: Stance, said: Said | None, span: Span) -> Draft:
        """A claim of a change of posture, a measure, a tie, a grievance."""
        return self._draft(hit.sentence, stance, hit.kind, _join(span, hit.trigger), said, hit.clause, value=hit.value,
                           about=self._about(hit.sentence, span, None), cue=said.cue if said else hit.trigger,
                           mode=self._mode(said))  # fmt: skip

    def _supposed(self, hit: Hit) -> bool:
        """Whether the clause only supposes it: "if they attack"."""
        return any(c.marker in self._conditions for c in (hit.clause, *hit.sentence.above(hit.clause)))

    def _weighty(self, hit: Hit, stance: Stance) -> Stance:
        """Harm that may come is a warning, whatever the cue."""
        return "warns" if self._modality(hit.sentence, hit.clause) == "possible" else stance

    def _predicted(self, said: Said) -> Clause | None:
        """The main clause of what is said if it tells what would come, under no condition and not as a decision taken."""
        clause = _top(said)
        if clause is None or clause.modality not in ("conditional", "predicted") or self._condition(said.sentence, clause):
            return None
        return None if any(h.clause is clause and h.kind != "account" for h in self.hits) else clause

    def _matters(self, said: Said, top: Clause) -> bool:
        """Whether an actor, or a decision told before, stands in a statement that does not only report another one."""
        if any(o.clause is top and o.setting("claim") != "no" for o in self.said):
            return False
        changes = self.cues.get("back", {}).get("changes", ())
        phrases = [p for p in said.sentence.phrases if said.holds(p.head) and p.kind != "pronoun"]
        return any(p.lemma in changes or self.cast.actor(said.sentence, p) for p in phrases)

    # --- what frames tell that name no speaker

    def told(self) -> Iterator[Draft]:
        """Responsibility, responses, causes and evidence: claims of whoever says the sentence."""
        for hit in self.hits:
            if hit.kind != "stance" or "speaker" in hit.frame.roles.values() or hit.frame.set.get("needs") == "never":
                continue
            holder, stance = self.holder(hit.trigger), _bent(hit)
            needed = hit.frame.set.get("needs") == "said" or stance == "threatens"
            if stance is None or (needed and holder is None) or (hit.frame.set.get("cause") and not self._causes(hit)):
                continue
            target = next(iter(hit.roles.get("about", ())), None)
            accused = self._blamed(hit.sentence, target)
            span = statement(hit.sentence, hit.clause)
            yield self._draft(hit.sentence, stance, hit.frame.set.get("field", stance), span, holder, hit.clause,
                              value=self._named(hit.sentence, target),
                              about=self._about(hit.sentence, span, accused),
                              accused=accused, target=target, cue=hit.trigger, mode=self._mode(holder))  # fmt: skip

    def _causes(self, hit: Hit) -> bool:
        """Whether a cause or its effect is something told: an incident or a grievance, not just anything."""
        near = statement(hit.sentence, hit.clause)
        described = [hit.sentence.phrases[hit.clause.phrase].span] if hit.clause.phrase is not None else []
        spans = [near, *described]
        return any(h.kind in ("account", "driver") and h.sentence is hit.sentence and any(s.touches(h.trigger) for s in spans)
                   for h in self.hits)  # fmt: skip

    def evidence(self) -> Iterator[Draft]:
        """What is said of evidence: that there is none, that it is firm."""
        words = self.cues.get("evidence", {})
        nouns, firm, weak = (frozenset(words.get(k, ())) for k in ("nouns", "firm", "weak"))
        for sentence in self.analysis.sentences:
            for phrase in sentence.phrases:
                if phrase.lemma not in nouns and not phrase.has("evidence"):
                    continue
                clause = self._clause_of(sentence, phrase)
                if clause is None or any(h.clause is clause and h.value == "caveats_evidence" for h in self.hits):
                    continue
                stance = self._evidence_stance(sentence, clause, phrase, firm, weak)
                if stance:
                    span = _join(statement(sentence, clause), phrase.span)
                    holder = self.holder(phrase.head)
                    yield self._draft(sentence, stance, "evidence", span, holder, clause, about=self._about(sentence, span, None),
                                      cue=phrase.head, mode=self._mode(holder), target=phrase)  # fmt: skip

    def _evidence_stance(
        self, sentence: Sentence, clause: Clause, phrase: Phrase, firm: frozenset[str], weak: frozenset[str]
    ) -> Stance | None:
        if phrase.negated:
            return "caveats_evidence"
        if sentence.filler(clause, "subject") is not phrase and sentence.filler(clause, "object") is not phrase:
            return None
        rest = {clause.lemma, *self.language.key(self.report.text[clause.predicate.start : clause.span.end]).split()}
        if rest & weak or (rest & firm and clause.negated):
            return "caveats_evidence"
        return "evaluates" if rest & firm and sentence.filler(clause, "subject") is phrase else None

    def dismissals(self) -> Iterator[Draft]:
        """Words that brush aside what others say: "a laughable justification", "baseless accusations"."""
        words = self.cues.get("dismissal", {})
        adjectives, reasons, accounts, alone = (
            frozenset(words.get(k, ())) for k in ("adjectives", "reasons", "accounts", "alone")
        )
        for sentence in self.analysis.sentences:
            for phrase in sentence.phrases:
                if phrase.lemma not in reasons | accounts | alone:
                    continue
                said_of = [c for c in sentence.clauses if c.kind == "copula" and sentence.filler(c, "subject") is phrase]
                scorned = adjectives.intersection((*phrase.modifiers, *(c.lemma for c in said_of)))
                holder = self.holder(phrase.head, claiming=False)
                if holder is None or not (scorned or phrase.lemma in alone):
                    continue
                reading = phrase.lemma not in accounts or not scorned
                stance: Stance = "disputes_interpretation" if reading else "denies_account"
                clause = self._clause_of(sentence, phrase)
                yield self._draft(sentence, stance, "reason" if reading else "account", phrase.span, holder, clause,
                                  value=self._words(phrase), cue=phrase.head, target=phrase, mode=self._mode(holder))  # fmt: skip

    def reasons(self) -> Iterator[Draft]:
        """Why a post changes, where the clause gives it after a preposition: "following threats"."""
        openers = frozenset(self.language.key(p) for p in self.cues.get("reasons", {}).get("prepositions", ()))
        for hit in self.hits:
            if hit.kind != "posture":
                continue
            for argument in hit.sentence.arguments(hit.clause, "oblique"):
                if argument.phrase is None or self.language.key(argument.preposition or "") not in openers:
                    continue
                phrase = hit.sentence.phrases[argument.phrase]
                if phrase.kind == "time" or phrase.has("time", "place"):
                    continue
                holder = self.holder(hit.trigger)
                accused = self._blamed(hit.sentence, phrase)
                yield self._draft(hit.sentence, "attributes", "reason", argument.span, holder, hit.clause,
                                  value=self._words(phrase), about=self._about(hit.sentence, argument.span, accused),
                                  accused=accused, target=phrase,
                                  cue=hit.trigger, mode=self._mode(holder))  # fmt: skip

    def _blamed(self, sentence: Sentence, phrase: Phrase | None) -> Actor | None:
        """The actor that a phrase means, or whose it is: "threats from the militia"."""
        if phrase is None:
            return None
        near = [phrase.possessor] if phrase.possessor is not None else []
        whose = [sentence.phrases[i] for i in (*near, *(i for _, i in phrase.prepositions))]
        return next((actor for p in (phrase, *whose) if (actor := self.cast.actor(sentence, p))), None)

    # --- what the narrator tells

    def narrated(self) -> Iterator[Draft]:
        """What nobody is said to say."""
        voiced = {id(s.clause) for s in self.said}
        for account, hits in self._first_hits:
            free = [h for h in hits if self.holder(h.trigger, claiming=False) is None and not self._supposed(h)
                    and id(h.clause) not in voiced]  # fmt: skip
            for hit in free[:1]:
                yield from self._of_account(hit, account, None, "reports", statement(hit.sentence, hit.clause))
        for hit in self.hits:
            if hit.kind in TOPICS and hit.kind != "driver" and self.holder(hit.trigger, claiming=False) is None:
                yield self._topic(hit, "reports", None, statement(hit.sentence, hit.clause))

    # --- parts of a claim

    def _of_account(self, hit: Hit, account: Account, said: Said | None, stance: Stance, span: Span) -> Iterator[Draft]:
        """That it happened, who did it and how many it hit, as far as this clause says so."""
        cue, mode = (said.cue if said else None), self._mode(said)
        if said is None and any(q.covers(hit.trigger) for q in hit.sentence.quotes):
            mode = "direct"
        whole = _join(statement(hit.sentence, hit.clause), hit.trigger)

        def one(name: str, value: str | None, accused: Actor | None = None) -> Draft:
            draft = self._draft(hit.sentence, stance, name, span, said, hit.clause, value=value, about=(account.id,),
                                accused=accused, cue=cue, mode=mode)  # fmt: skip
            if draft.modality == "actual":
                draft.modality = OUTLOOK.get(account.status, "actual")
            return draft

        yield one("occurrence", account.type)
        for phrase in hit.roles.get("perpetrator", ())[:1]:
            actor = self.cast.actor(hit.sentence, phrase)
            if actor is not None:
                yield one("perpetrator", actor.name, actor)
        told: dict[tuple[str, str], Span] = {(c.field, c.text): c.span for c in account.counts}
        told |= {(name, words): span for name, words, span in self._counted(hit, account)}
        for (name, words), span in told.items():
            if whole.covers(span) or (said is not None and said.holds(span) and hit.sentence.span.covers(span)):
                yield one(name, words)

    def _counted(self, hit: Hit, account: Account) -> Iterator[tuple[str, str, Span]]:
        """The numbers that the sentence itself gives for the account: another speaker's may stand in the account."""
        for other in self.hits:
            if other.kind != "count" or other.value not in COUNTS or other.sentence is not hit.sentence:
                continue
            if self._nearest(other) is not account:
                continue
            for phrase in other.roles.get("counted", ()):
                if phrase.low is not None or phrase.negated:
                    yield other.value, self.report.words(phrase.core), phrase.core

    def _nearest(self, hit: Hit) -> Account | None:
        """The account told nearest to a hit in its sentence, by the same speaker."""
        holder = self.holder(hit.trigger)
        beside = [h for h in self.hits if h.sentence is hit.sentence and self.holder(h.trigger) is holder]
        near = [(abs(h.trigger.start - hit.trigger.start), h.trigger, a) for h in beside if (a := self.account(h)) is not None]
        return min(near, key=lambda n: n[:2])[2] if near else None

    def _draft(
        self, sentence: Sentence, stance: Stance, name: str, span: Span, said: Said | None, clause: Clause | None, *,
        value: str | None = None, about: tuple[str, ...] = (), accused: Actor | None = None, target: Phrase | None = None,
        cue: Span | None = None, mode: Literal["direct", "indirect", "narrated"] = "narrated",
    ) -> Draft:  # fmt: skip
        """A draft with its speaker, modality and polarity."""
        modality = self._modality(sentence, clause) if clause else "actual"
        polarity: Polarity = "negated" if clause is not None and (clause.negated or stance.startswith("denies")) else "affirmed"
        return Draft(sentence=sentence, stance=stance, field=name, span=span, speaker=self.voices.speaker(said), said=said,
                     value=value, about=about, accused=accused, target=target, cue=cue, mode=mode, modality=modality,
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

    def _about(self, sentence: Sentence, span: Span, accused: Actor | None) -> tuple[str, ...]:
        """The accounts told inside, then the actor it is held against."""
        return (*(a.id for a in self._within(sentence, span)), *([accused.id] if accused else []))

    def _about_said(self, said: Said, accused: Actor | None) -> tuple[str, ...]:
        """The accounts told in the content and in what the cue governs, not in its circumstances ("before the attacks")."""
        governed = [a.span for a in said.clause.arguments if a.function == "object"] if said.clause else []
        found = [a for span in (*said.content, *governed) for a in self._within(said.sentence, span)]
        return (*dict.fromkeys(a.id for a in found), *([accused.id] if accused else []))

    def _before(self, sentence: Sentence) -> Account | None:
        """The last account told in the sentences just before: what "the group claimed responsibility" is about."""
        found = [(h.sentence.index, h.trigger, a) for h in self.hits if (a := self.account(h)) is not None
                 and 0 < sentence.index - h.sentence.index <= NEAR]  # fmt: skip
        return max(found, key=lambda f: f[:2])[2] if found else None

    def _segment(self, said: Said, at: Span) -> Span:
        """The part of a content in which words stand."""
        return next((c for c in said.content if c.start <= at.start < c.end), said.content[0])

    def _mode(self, said: Said | None) -> Literal["direct", "indirect", "narrated"]:
        """Direct if at least half of the content is in quotation marks."""
        if said is None:
            return "narrated"
        quotes = [q for s in self.analysis.sentences for q in s.quotes]
        inside = {i for q in set(quotes) for c in said.content for i in range(max(q.start, c.start), min(q.end, c.end))}
        return "direct" if len(inside) * 2 >= said.length else "indirect"

    def _modality(self, sentence: Sentence, clause: Clause) -> Modality:
        """What the verb group says, a condition put upon it, or what it hangs on."""
        if self._condition(sentence, clause):
            return "conditional"
        if clause.modality == "conditional" and clause.relation == "content":
            return "future"  # what was to come when it was said
        if clause.modality != "actual":
            return clause.modality
        above = next(iter(sentence.above(clause)), None)
        hangs = clause.relation in ("argument", "coordination") or clause.infinitive
        return above.modality if above is not None and hangs else "actual"

    def _condition(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether an "if" hangs on the clause, or the clause on an "if"."""
        return any(c.marker in self._conditions and (c is clause or c.parent == clause.index) for c in sentence.clauses)

    @cached_property
    def _conditions(self) -> frozenset[str]:
        return frozenset(self.cues.get("embedding", {}).get("conditions", ()))

    def _clause_of(self, sentence: Sentence, phrase: Phrase) -> Clause | None:
        """The clause of which the phrase is an argument; else the smallest that covers it."""
        held = [c for c in sentence.clauses if c.kind != "noun" and any(a.phrase == phrase.index for a in c.arguments)]
        held = [c for c in held if c.kind != "participle" and c.phrase != phrase.index] or held
        held = held or [c for c in sentence.clauses if c.kind != "noun" and c.span.covers(phrase.head)]
        return min(held, key=lambda c: (c.span.end - c.span.start, c.index), default=None)

    def _named(self, sentence: Sentence, phrase: Phrase | None) -> str | None:
        """The name of the actor that a phrase means, or its words."""
        actor = self.cast.actor(sentence, phrase) if phrase else None
        return actor.name if actor else self._words(phrase)

    def _words(self, phrase: Phrase | None) -> str | None:
        """A phrase's words on one line, without quotation marks."""
        if phrase is None:
            return None
        marks = "".join((*self.language.profile["quotes"].keys(), *self.language.profile["quotes"].values()))
        return " ".join(self.report.words(phrase.core).translate({ord(m): None for m in marks if m not in "'’‘"}).split())

    # --- how surely

    @cached_property
    def _hedges(self) -> tuple[re.Pattern[str] | None, dict[str, float]]:
        sure = {self.language.key(w): float(h["certainty"]) for h in self.cues.get("hedge", ()) for w in h["words"]}
        words = sorted(sure, key=lambda w: (-len(w), w))
        return (re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None), sure

    def weigh(self, draft: Draft) -> None:
        """Notes the first hedge in the words of the claim, and its place on the scale; loose marks at the ends fall away."""
        draft.span = trimmed(self.report.text, draft.span) or draft.span
        pattern, sure = self._hedges
        if pattern is None:
            return
        whole = draft.span if draft.cue is None or draft.said is None else _join(draft.span, draft.cue)
        stretch = whole if whole.end - whole.start < 2 * (draft.span.end - draft.span.start) else draft.span
        folded = self.language.fold(self.report.words(stretch))
        if match := pattern.search(folded.text):
            at = folded.span(match.start(), match.end())
            draft.hedge = self.report.words(Span(stretch.start + at.start, stretch.start + at.end))
            draft.certainty = sure[match.group()]


def _bent(hit: Hit) -> Stance | None:
    """The stance of a frame in this clause: what it becomes under negation or in the future; None if it says nothing."""
    bent: str = hit.value
    if (turned := hit.frame.set.get("negated")) and negated(hit.sentence, hit.clause):
        bent = turned
    elif (later := hit.frame.set.get("future")) and (hit.clause.modality in FUTURE or hit.clause.tense == "future"):
        bent = later
    return None if bent == "none" else bent  # type: ignore[return-value]


def _top(said: Said) -> Clause | None:
    """The main clause of a content: the first that stands in it and hangs on nothing in it."""
    inside = [c for c in said.sentence.clauses if c is not said.clause and c.kind != "noun" and said.holds(c.predicate)]
    held = {c.index for c in inside}
    return next((c for c in sorted(inside, key=lambda c: c.predicate) if c.parent not in held), None)


def _mostly(span: Span, whole: Span) -> bool:
    """Whether a span covers most of another."""
    return min(span.end, whole.end) - max(span.start, whole.start) > 0.75 * (whole.end - whole.start)


def _join(first: Span, *more: Span) -> Span:
    spans: Iterable[Span] = (first, *more)
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
