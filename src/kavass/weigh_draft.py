"""merge -> expose -> watch, until it moves into pipeline.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kavass.expose import Told, expose
from kavass.merge import Merged, Pair, Score, Telling, candidates, cluster, compare, copies, footing
from kavass.model import AccountRef, Decision, Exposure, Judgement, Post, Trip, Tripwire
from kavass.watch import Attestation, Watched, watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What weighing gives: incidents with what they rest on, pairs for a person to judge, exposures and trips.

    `copied` maps accounts to the group of those told in the same words.
    """

    merged: tuple[Merged, ...]
    suggestions: tuple[tuple[Pair, Score], ...]
    watched: tuple[Watched, ...]
    exposures: tuple[Exposure, ...]
    trips: tuple[Trip, ...]
    copied: dict[AccountRef, int]


def weigh(
    accounts: Iterable[Telling],
    nearby: Iterable[Telling] = (),
    judgements: Sequence[Judgement] = (),
    posts: Sequence[Post] = (),
    tripwires: Sequence[Tripwire] = (),
    *,
    decisions: Sequence[Decision] = (),
    as_of: datetime | None = None,
    window_days: float = 10.0,
    score: Callable[..., Score] = compare,
) -> Outcome:
    """Looks across reports: which accounts are one incident, which posts are exposed, which tripwires are crossed.

    `accounts` are the new ones, `nearby` those kept that may be the same; the result is that of both together, in whatever order.
    """
    at = as_of or datetime.now(UTC)
    told = sorted(
        {t.ref: t for t in (*accounts, *nearby)}.values(), key=lambda t: (t.ref.report, t.ref.key, t.ref.account)
    )
    copied = copies({t.ref: t.words for t in told})
    scores = {
        (told[i].ref, told[j].ref): score(told[i], told[j], copied=_one_text(copied, told[i], told[j]))
        for i, j in candidates(told, copied, window_days=window_days)
    }
    merged = cluster(told, scores, judgements, copied=copied, as_of=at.isoformat())
    watched = tuple(_watched(one) for one in merged)
    return Outcome(
        merged=tuple(merged),
        suggestions=_open_pairs(merged, scores, judgements),
        watched=watched,
        exposures=tuple(expose([(w.incident, w.told) for w in watched], posts)),
        trips=tuple(watch(watched, tripwires, posts, as_of=at, decisions=decisions)),
        copied=copied,
    )


def _one_text(copied: dict[AccountRef, int], left: Telling, right: Telling) -> bool:
    return left.ref in copied and copied[left.ref] == copied.get(right.ref)


def _watched(one: Merged) -> Watched:
    told = tuple(Told(ref=t.ref, account=t.account, owners=t.owners) for t in one.tellings)
    attestations = tuple(
        Attestation(origin=one.origins[t.ref], footing=footing(t), known_at=t.known_at)
        for t in one.tellings
        if t.account.status != "denied"
    )
    return Watched(incident=one.incident, told=told, attestations=attestations)


def _open_pairs(
    merged: Sequence[Merged], scores: dict[Pair, Score], judgements: Sequence[Judgement]
) -> tuple[tuple[Pair, Score], ...]:
    """Pairs that may be one, stand apart and have not been judged, the likeliest first."""
    incident = {t.ref: one.incident.id for one in merged for t in one.tellings}
    judged = {frozenset((j.left, j.right)) for j in judgements}
    pairs = [
        (pair, s)
        for pair, s in scores.items()
        if s.verdict != "different" and incident[pair[0]] != incident[pair[1]] and frozenset(pair) not in judged
    ]
    return tuple(sorted(pairs, key=lambda p: -p[1].value))
