"""Which account a statement bears on that tells none itself: what the report is talking of when it is made.

Every account of the report is weighed by how near it was told, whether it is the news, whom and what kind of thing the statement
names, and what its speaker spoke of before; the weights are `focus.toml`, fitted by `training/focus.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from kavass import codebook
from kavass.attribute.said import Said
from kavass.lang.frames import Hit
from kavass.model import Account, Report

WEIGHTS = Path(__file__).with_suffix(".toml")
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
MOST = 5  # sentences, accounts or tellings that are told apart


class Focus:
    """What one report talks of, asked statement by statement in text order."""

    def __init__(self, report: Report, told: Sequence[tuple[Account, Sequence[Hit]]], hits: Sequence[Hit]):
        self._report = report
        self._tolls = [h for h in hits if h.kind == "count" and h.value in TOLLS]
        self._places = {a.id: sorted((h.sentence.index, h.trigger) for h in found) for a, found in told if found}
        self._told = sorted((a for a, found in told if found), key=lambda a: self._places[a.id])
        self._spoken: dict[str | None, str] = {}
        self._last: str | None = None

    def note(self, speaker: str | None, account: str) -> None:
        """Remembers what a speaker (an actor's id) last spoke of."""
        self._last = account
        if speaker is not None:
            self._spoken[speaker] = account

    def of(
        self, said: Said, speaker: str | None, named: Collection[str] = (), actors: Collection[str] = ()
    ) -> Account | None:
        """The account that the statement bears on; None in a report that tells none.

        `named` are the types that nouns of the statement name, `actors` whom it is about.
        """
        weights = _weights()
        best = max(
            self.weighed(said, speaker, named, actors),
            key=lambda told: (sum(weights.get(f, 0.0) for f in told[1]), self._places[told[0].id][0]),
            default=None,
        )
        return None if best is None else self._whole(best[0])

    def weighed(
        self, said: Said, speaker: str | None, named: Collection[str], actors: Collection[str]
    ) -> Iterator[tuple[Account, list[str]]]:
        """Each account, in text order, with all that speaks for or against the statement's bearing on it."""
        here, kinds = said.sentence.index, self._kinds(said)
        toll = any(h.sentence is said.sentence and said.holds(h.trigger) for h in self._tolls)
        last = {a.id: max((p for p in self._places[a.id] if p[0] <= here), default=None) for a in self._told}
        recent = sorted((at, id) for id, at in last.items() if at is not None)[::-1]
        rank = {id: n for n, (_, id) in enumerate(recent)}
        news = next((a for a in self._told if a.primary), None)
        for order, account in enumerate(self._told):
            at, family = last[account.id], codebook.family(account.type)
            told = [
                f"family {family}",
                f"order {min(order, MOST)}",
                f"tellings {min(len(self._places[account.id]), MOST)}",
            ]
            if at is None:
                told.append(f"ahead {min(self._places[account.id][0][0] - here, MOST)}")
            else:
                told += [f"back {min(here - at[0], MOST)}", f"rank {min(rank[account.id], MOST)}"]
            told += [f"as {role.role}" for role in account.roles if speaker is not None and role.actor == speaker]
            signs = {
                "news": account.primary,
                "first news": account is news,
                "kind": account.type in kinds or family in kinds,
                "other kind": bool(kinds) and not (account.type in kinds or family in kinds),
                "named": account.type in named,
                "other named": bool(named) and account.type not in named,
                "placed": self._placed(said, account),
                "concerned": any(role.actor in actors for role in account.roles if role.actor),
                "spoken of": self._spoken.get(speaker) == account.id,
                "last spoken of": self._last == account.id,
                "toll": toll and any(c.field in TOLLS for c in account.counts),
            }
            yield account, told + [name for name, holds in signs.items() if holds]

    def _whole(self, account: Account) -> Account:
        """The first account told of what looks like the same news: of one type and on one day."""
        return next((a for a in self._told if a is account or _alike(a, account)), account)

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


@cache
def _weights() -> Mapping[str, float]:
    return {name: float(value) for name, value in tomllib.loads(WEIGHTS.read_text("utf-8"))["weights"].items()}
