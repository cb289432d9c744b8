"""Which account a statement bears on that tells none itself: what the report is talking of when it is made.

What stands in the statement's own sentence comes before what was told last, news before background, and what the speaker spoke
of before counts; so do a word for the kind of thing ("the blast", "the truce", the dead and wounded) and the account's place named
again. The weights are rough and of our own making (own sets, both languages).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kavass import codebook
from kavass.attribute.said import Said
from kavass.lang.frames import Hit
from kavass.model import Account, Report, Span

BESIDE, NEWS, SPOKEN_OF = 4.0, 0.5, 1.0  # beside a nearness of 2, 1, 2/3 ... for one, two, three sentences back
NEAREST = 2.0
SUITS, PLACED, PART = 3.0, 0.5, 1.0  # a word for its kind, its place named, the speaker has a part in it
# Classes of nouns, and the families or types of incident that they are words for.
KINDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("event.protest",), ("protest", "obstruction", "riot", "crackdown")),
    (("event.riot",), ("riot", "obstruction", "crackdown", "property_destruction")),
    (("event.fight",), ("armed_clash", "riot")),
    (("event.shelling",), ("shelling", "air_strike")),
    (("event.accident", "hazard"), ("hazard",)),
    (("event.truce", "event.deal"), ("agreement",)),
    (("event.attack", "event.assault", "weapon"), ("violence",)),
    (("casualty", "corpse", "harmed", "person.victim"), ("violence", "hazard", "health", "riot", "crackdown")),
    (("captive", "person.hostage"), ("abduction",)),
    (("illness",), ("illness",)),
    (("decision", "penalty", "curfew"), ("state_action", "platform", "diplomacy")),
    (("service", "supply"), ("service", "shutdown")),
)
TOLLS = ("killed", "injured", "harmed")
FAR = 400  # characters within a sentence


class Focus:
    """What one report talks of, asked statement by statement in text order."""

    def __init__(self, report: Report, told: Sequence[tuple[Account, Sequence[Hit]]], hits: Sequence[Hit]):
        self._report = report
        self._tolls = [h for h in hits if h.kind == "count" and h.value in TOLLS]
        self._told = [(h.sentence.index, h.trigger, a) for a, hits in told for h in hits]
        self._spoken: dict[str, str] = {}
        first = sorted(((h.sentence.index, h.trigger, a) for a, hits in told for h in hits), key=lambda t: t[:2])
        self._ordered = list({a.id: a for _, _, a in first}.values())

    def note(self, speaker: str | None, account: str) -> None:
        """Remembers what a speaker (an actor's id) last spoke of."""
        if speaker is not None:
            self._spoken[speaker] = account

    def of(self, said: Said, speaker: str | None, named: Collection[str] = ()) -> Account | None:
        """The account that the statement bears on; None in a report that tells none before it, nor any news.

        `named` are the types that nouns of the statement name.
        """
        kinds = self._kinds(said)
        before = [
            (self._weight(said, i, at, a, speaker, kinds) + SUITS * (a.type in named), at, a)
            for i, at, a in self._told
            if i <= said.sentence.index
        ]
        if before:
            return self._whole(max(before, key=lambda b: b[:2])[2])
        return min(((at, a) for _, at, a in self._told if a.primary), key=lambda t: t[0], default=(None, None))[1]

    def _whole(self, account: Account) -> Account:
        """The first account told of what looks like the same news: of one type and on one day."""
        return next((a for a in self._ordered if a is account or _alike(a, account)), account)

    def _weight(
        self, said: Said, index: int, at: Span, account: Account, speaker: str | None, kinds: frozenset[str]
    ) -> float:
        back = said.sentence.index - index
        near = NEAREST / back if back else BESIDE - min(abs(at.start - said.cue.start), FAR) / FAR
        spoken_of = speaker is not None and self._spoken.get(speaker) == account.id
        suits = account.type in kinds or codebook.family(account.type) in kinds
        part = speaker is not None and any(role.actor == speaker for role in account.roles)
        return (
            near + (NEWS if account.primary else 0) + (SPOKEN_OF if spoken_of else 0) + (SUITS if suits else 0)
            + (PLACED if self._placed(said, account) else 0) + (PART if part else 0)
        )  # fmt: skip

    def _kinds(self, said: Said) -> frozenset[str]:
        """The families and types of incident that words of the statement stand for."""
        told = [p for role in ("about", "content") for p in said.hit.roles.get(role, ())] if said.hit else []
        words = [*told, *(p for p in said.sentence.phrases if said.holds(p.head))]
        toll = any(h.sentence is said.sentence and said.holds(h.trigger) for h in self._tolls)
        meant = [
            types for classes, types in KINDS if any(p.has(*classes) for p in words) or (toll and "casualty" in classes)
        ]
        return frozenset(t for types in meant for t in types)

    def _placed(self, said: Said, account: Account) -> bool:
        """Whether the statement names the place of the account."""
        if account.place is None or account.place.span is None:
            return False
        name = self._report.words(account.place.span)
        return name in self._report.words(said.sentence.span)


def _alike(a: Account, b: Account) -> bool:
    """Whether two accounts of the news may tell one incident."""
    if not (a.primary and b.primary) or a.type != b.type:
        return False
    days = {w.start[:10] for w in (a.when, b.when) if w is not None and w.start}
    return len(days) <= 1
