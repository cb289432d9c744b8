"""When an account's incident was: of the time expressions of its sentences the one that hangs on its own clause."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kavass.lang import Language
from kavass.lang.clause import Clause, Sentence
from kavass.lang.frames import Hit
from kavass.model import Report, Span, When
from kavass.situate.times import Expression, expressions, published_day

if TYPE_CHECKING:
    from kavass.coding import Coded

OWN, COORDINATE, BELOW, ABOVE, RELATIVE, ELSEWHERE = 4.0, 3.0, 2.5, 2.0, 1.5, 1.0
OPEN_END, HANGING = -1.5, -1.0  # less telling than a dated expression
BEFORE_NOUN, BESIDE_CHARACTERS = (
    -0.5,
    12,
)  # "on Friday over the killing": the time before a noun is its verb's, if it is not beside it
FRESH_DAYS, LONG_AGO_DAYS = 10, 60
AHEAD_CHARACTERS = 20
AHEAD = ("announced", "threatened", "conditional")
WEEKDAYS = ("weekday", "days")
SETTABLE = frozenset(
    ("closure", "outage", "protest", "obstruction", "curfew", "shutdown")
)  # what a notice sets a day for


class Calendar:
    """The time expressions of one report, read sentence by sentence."""

    def __init__(self, report: Report, language: Language, telling: Set[int]):
        self.report, self.language, self.telling = report, language, telling
        self.day = published_day(report)
        self._read: dict[Span, list[Expression]] = {}

    def when(self, coded: Coded, others: Sequence[Coded]) -> When | None:
        """When the account's incident was; of what has happened at least that it was no later than the report."""
        best: tuple[float, int, Expression] | None = None
        for n, hit in enumerate(coded.hits):
            for e in self._of(hit.sentence):
                weight = self._weight(hit, e)
                if weight > 0 and self._possible(coded, e) and (best is None or (weight, -n) > best[:2]):
                    best = (weight, -n, e)
        if best is not None:
            return self._ahead(coded, self._hung(best[2], coded, others))
        if self.day and coded.account.status not in AHEAD:
            return When(end=self.day.isoformat(), precision="unknown")
        return None

    def to_come(self, coded: Coded) -> bool:
        """Whether a measure's own words set it for a day after the report: "the road is closed on 3 May"."""
        if self.day is None or coded.account.status != "occurred" or coded.account.type not in SETTABLE:
            return False
        own = [e for hit in coded.hits for e in self._of(hit.sentence) if self._weight(hit, e) > COORDINATE]
        own = [e for e in own if not self._led(e, "until")]
        starts = [e.when.start[:10] for e in own if e.when.start and e.when.precision in ("day", "hour")]
        return bool(starts) and all(date.fromisoformat(s) > self.day for s in starts)

    def _possible(self, coded: Coded, e: Expression) -> bool:
        """Whether the expression gives a date, and one that has come where the incident has happened."""
        if not (e.when.start or e.when.end):
            return False
        if self.day is None or coded.account.status in AHEAD or not e.when.start:
            return True
        return date.fromisoformat(e.when.start[:10]) <= self.day

    def long_ago(self, coded: Coded) -> bool:
        """Whether the account is dated well before the report."""
        end = coded.account.when.end if coded.account.when else None
        return bool(self.day and end and date.fromisoformat(end[:10]) < self.day - timedelta(days=LONG_AGO_DAYS))

    def fresh(self, coded: Coded) -> bool:
        """Whether the account's own words date it to the days before the report."""
        when = coded.account.when
        if self.day is None or when is None or when.span is None or not when.end:
            return False
        owned = any(hit.clause.span.covers(Span(*when.span)) for hit in coded.hits)
        near = self.day - timedelta(days=FRESH_DAYS)
        return owned and date.fromisoformat((when.start or when.end)[:10]) >= near

    def _of(self, sentence: Sentence) -> list[Expression]:
        if sentence.span not in self._read:
            self._read[sentence.span] = expressions(self.report, sentence.span, self.language)
        return self._read[sentence.span]

    def _ahead(self, coded: Coded, e: Expression) -> When:
        """A bare weekday of something still to come is the next one, and so are two of them."""
        when = e.when
        if coded.account.status not in AHEAD or e.rule not in WEEKDAYS or not (self.day and when.start and when.end):
            return when
        if date.fromisoformat(when.start[:10]) >= self.day:
            return when
        actual = (hit.clause for hit in coded.hits if hit.clause.modality == "actual")
        done = [c for c in actual if c.tense in ("past", "none") and not c.infinitive]
        if len(done) == len(coded.hits) and not self._led_ahead(e):
            return when
        return replace(when, start=_next(when.start), end=_next(when.end))

    def _led_ahead(self, e: Expression) -> bool:
        """Whether the word before a time sets what is announced for it: "called a strike for Thursday"."""
        return self._led(e, "ahead")

    def _led(self, e: Expression, name: str) -> bool:
        """Whether a time opens with a word of a list of times.toml, or stands behind one."""
        before = self.report.text[max(0, e.span.start - AHEAD_CHARACTERS) : e.span.start].split()
        leads = {self.language.key(w) for w in self.language.table("times").get(name, ())}
        inside = (e.when.text or "").split()
        return any(self.language.key(w) in leads for w in (*before[-1:], *inside[:1]))

    def _hung(self, e: Expression, coded: Coded, others: Sequence[Coded]) -> Expression:
        """An expression hung on another account takes that account's bound."""
        if e.anchor is None:
            return e
        other = next((o for o in others if o is not coded and any(e.anchor.touches(s) for s in _words(o))), None)
        if other is None or other.account.when is None:
            return e
        known = other.account.when
        if e.rule == "before" and known.end:
            return replace(e, when=replace(e.when, end=known.end[:10]))
        if e.rule == "after" and known.start:
            return replace(e, when=replace(e.when, start=known.start[:10]))
        return e

    def _weight(self, hit: Hit, e: Expression) -> float:
        """How well an expression fits a hit's clause; 0 where it times the telling and not the event."""
        clause, sentence = hit.clause, hit.sentence
        owner = _owner(sentence, e.span)
        if _timed_by(clause, e.span) and (owner is None or owner.relation != "content" or clause.parent is None):
            owner = clause
        weight = ELSEWHERE if owner is None else self._relation(sentence, clause, owner)
        if weight <= 0:
            return 0.0
        if e.anchor and e.anchor.touches(hit.trigger):
            return 0.0  # "before the attack" does not time the attack
        if e.rule == "of":
            weight = OWN if 0 <= hit.trigger.start - e.span.end <= 25 else 0.0
            return weight + OPEN_END if weight else 0.0
        if e.anchor and e.when.start is None and not (e.when.text or "")[:1].isupper() and weight < OWN:
            return 0.0
        weight += HANGING if e.anchor else 0.0
        if clause.kind == "noun" and hit.trigger.start - e.span.end > BESIDE_CHARACTERS:
            weight += BEFORE_NOUN
        return weight - min(0.9, _gap(hit.trigger, e.span) / 300)

    def _relation(self, sentence: Sentence, clause: Clause, owner: Clause) -> float:
        if owner is clause:
            return OWN
        if clause in sentence.above(owner):
            path = [owner, *(c for c in sentence.above(owner))]
            path = path[: path.index(clause)]
            if any(c.relation == "content" for c in path):
                return 0.0
            return RELATIVE if any(c.relation == "relative" for c in path) else BELOW
        below = clause
        for above in sentence.above(clause):
            if below.relation == "content":
                return 0.0
            if above is owner and id(above) in self.telling and below.relation != "coordination":
                return 0.0  # the telling was then: "on Sunday he blamed them for the raid"
            if above is owner:
                return COORDINATE if below.relation == "coordination" else ABOVE
            below = above
        shared = [c for c in sentence.above(clause) if c in sentence.above(owner)]
        if shared and owner.relation == "coordination":
            return COORDINATE - 0.5
        return ELSEWHERE if not any(c.relation == "content" for c in (clause, owner)) else 0.0


def _next(day: str) -> str:
    """A week later than a day, whatever follows the day."""
    return (date.fromisoformat(day[:10]) + timedelta(days=7)).isoformat() + day[10:]


def _words(coded: Coded) -> list[Span]:
    return [Span(*coded.account.trigger), *(h.trigger for h in coded.hits)]


def _timed_by(clause: Clause, span: Span) -> bool:
    """Whether a time is an adverbial of the clause's own, though another clause may share it."""
    return any(a.function == "adverbial" and a.clause is None and a.span.touches(span) for a in clause.arguments)


def _owner(sentence: Sentence, span: Span) -> Clause | None:
    """The clause an expression belongs to: that of the narrowest argument that holds it, else the narrowest clause."""
    arguments = [
        (a.span.end - a.span.start, -c.index)  # of an argument that two clauses share the inner one is the owner
        for c in sentence.clauses
        for a in c.arguments
        if a.clause is None and a.span.touches(span)
    ]
    if arguments:
        return sentence.clauses[-min(arguments)[1]]
    clauses = [(c.span.end - c.span.start, c.index) for c in sentence.clauses if c.span.touches(span)]
    return sentence.clauses[min(clauses)[1]] if clauses else None


def _gap(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)
