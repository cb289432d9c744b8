"""Incidents near a post × tripwires -> crossed, not crossed, or cannot tell and what is missing.

Incidents are counted, not reports, in a window of incident time. One counts if it surely meets every condition; what it may meet
(a wide place, an unknown toll, one unnamed source) makes the answer "cannot tell". Crossings that follow each other within the
window are one: a new one is owed a decision only after a pause. A crossing stays until somebody has decided and its window is over.
Nothing here moves posture.

Corroboration: K0 an unnamed source; K1 a named or official source, a publisher's own word included; K2 two independent origins;
K3 two independent origins, one of them an official or a document on record. A denial leaves an incident open unless two independent
origins tell it (K2): then it stands beside it, for those who decide.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from kavass.errors import DataError
from kavass.expose import Told, Way, reach
from kavass.model import Decision, Incident, Place, Post, PostureEntry, Trip, Tripwire, from_dict
from kavass.reasons import Code, Reason

Level = Literal["K0", "K1", "K2", "K3"]
POSTURES = (
    "normal_operations", "authorized_departure", "ordered_departure", "restricted_operations", "suspended_operations",
    "closed", "relocated", "stand_fast", "evacuated", "unknown",
)  # fmt: skip
NEEDS_ADVISORY = {"authorized_departure", "ordered_departure", "suspended_operations"}
TOWN_KM, PROVINCE_KM = 20.0, 100.0  # how far a post's town and province reach where no border is at hand
MENTION_WITHIN = 3.0  # a refusal for distance is told only up to this many times the distance allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """One account's weight as evidence: which origin it counts for, on what footing, since when the desk knows."""

    origin: int
    footing: Literal["unnamed", "named", "official"]
    known_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """An incident as tripwires see it: with the accounts it rests on and their weight as evidence."""

    incident: Incident
    told: tuple[Told, ...]
    attestations: tuple[Attestation, ...]


def watch(
    watched: Sequence[Watched],
    tripwires: Iterable[Tripwire],
    posts: Iterable[Post],
    *,
    as_of: datetime,
    decisions: Sequence[Decision] = (),
) -> list[Trip]:
    """Each tripwire evaluated, in order of post and id; one whose post is unknown cannot be told."""
    known = {post.id: post for post in posts}
    ordered = sorted(tripwires, key=lambda t: (t.post, t.id))
    return [evaluate(t, known.get(t.post), watched, as_of=as_of, decisions=decisions) for t in ordered]


def evaluate(
    tripwire: Tripwire,
    post: Post | None,
    watched: Sequence[Watched],
    *,
    as_of: datetime,
    decisions: Sequence[Decision] = (),
) -> Trip:
    """One tripwire evaluated over what is known."""
    answer = partial(Trip, tripwire=tripwire.id, version=tripwire.version, post=tripwire.post, as_of=as_of.isoformat())
    if post is None:
        return answer(result="cannot_tell", missing=(Reason("no_post", post=repr(tripwire.post)),))
    checked = [_check(tripwire, post, one) for one in watched if one.incident.type in tripwire.types]
    refused = tuple(sorted((c.incident, reason) for c in checked if c.against and c.near for reason in c.against[:1]))
    sure = [c for c in checked if not c.against and not c.missing]
    open_ = [c for c in checked if not c.against and not _over(tripwire, [c], c.known_at, as_of, decisions)]
    if episode := _latest_crossing(tripwire, sure):
        crossed_at = _when_known(tripwire, episode)
        if not _over(tripwire, episode, crossed_at, as_of, decisions):
            counted = tuple(c.incident for c in episode)
            return answer(result="crossed", crossed_at=crossed_at, counted=counted, refused=refused)
        done = {c.incident for c in episode}
        sure = [c for c in sure if c.incident not in done]
        open_ = [c for c in open_ if c.incident not in done]
    counted = tuple(c.incident for c in sure if not _lapsed(tripwire, [c], as_of))
    if _enough(tripwire, open_, possible=True):
        missing = tuple(dict.fromkeys(m for c in open_ for m in c.missing)) or (_exactness(tripwire),)
        return answer(result="cannot_tell", counted=counted, refused=refused, missing=missing)
    return answer(result="not_crossed", counted=counted, refused=refused)


def corroboration(attestations: Sequence[Attestation]) -> Level:
    """The level that some attestations reach together."""
    origins = {a.origin for a in attestations}
    footings = {a.footing for a in attestations}
    if len(origins) >= 2:
        return "K3" if "official" in footings else "K2"
    return "K1" if footings & {"named", "official"} else "K0"


# --- one incident against the conditions -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """An incident held against the conditions: what speaks against it, what is missing, and what counting needs."""

    incident: str
    first: date | None
    last: date | None
    known_at: str  # when it was attested as the tripwire asks
    killed: tuple[float, float]
    against: tuple[str, ...]
    missing: tuple[str, ...]
    near: bool


Finding = tuple[Literal["no", "unclear"], Reason]


def _check(tripwire: Tripwire, post: Post, one: Watched) -> _Checked:
    incident = one.incident
    where = _where(tripwire, post, one)
    place: list[Finding] = [("no", Reason("far"))] if where is None else where
    findings = [*_what(tripwire, incident), *place, *_size(tripwire, incident), *_attested(tripwire, one)]
    first, last = _days(incident)
    if first is None and tripwire.min_count > 1:
        findings.append(("unclear", Reason("no_time")))
    return _Checked(
        incident=incident.id,
        first=first,
        last=last,
        known_at=_attested_at(tripwire, one),
        killed=_interval(incident, "killed"),
        against=tuple(Reason("sentence", said=said) for kind, said in findings if kind == "no"),
        missing=tuple(
            Reason("about", incident=Code("incident", incident.id), said=said)
            for kind, said in findings
            if kind == "unclear"
        ),
        near=where is not None,
    )


def _what(tripwire: Tripwire, incident: Incident) -> Iterator[Finding]:
    if incident.status not in tripwire.statuses:
        wanted = tuple(Code("status", status) for status in tripwire.statuses)
        yield "no", Reason("status", status=Code("status", incident.status), wanted=wanted)
    if tripwire.target_classes:
        target, wanted = incident.best.get("target_class"), tuple(Code("class", c) for c in tripwire.target_classes)
        if target is None:
            yield "unclear", Reason("no_target", wanted=wanted)
        elif target not in tripwire.target_classes:
            yield "no", Reason("target", target=Code("class", target), wanted=wanted)


def _where(tripwire: Tripwire, post: Post, one: Watched) -> list[Finding] | None:
    """What is wrong with the place; None if it is so far off that nobody would ask."""
    place = one.incident.place
    if place is not None and place.country and place.country != post.country:
        abroad: list[Finding] = [("no", Reason("abroad", country=Code("country", place.country)))]
        return None if tripwire.area in {"country", "elsewhere"} or _far(tripwire, post, one) else abroad
    way = reach(one.incident, one.told, post)
    limit = _limit(tripwire, post)
    if limit is None:
        if not (place and place.country):
            return [("unclear", Reason("no_country"))]
        return _elsewhere(way, place) if tripwire.area == "elsewhere" else []
    if way is None:
        return [("unclear", Reason("not_placed", km=limit))]
    middle, low, high, _, _ = way
    if tripwire.max_km is None and tripwire.area in {"town", "province"} and place and place.precision in FINE:
        low = high = middle  # whose town or province a town is in does not hang on its radius
    if high <= limit:
        return []
    if low <= limit:
        return [("unclear", Reason("maybe_near", low=f"{low:.1f}", high=f"{high:.1f}", km=limit))]
    too_far: list[Finding] = [("no", Reason("too_far", low=f"{low:.1f}", km=limit))]
    return None if low > MENTION_WITHIN * limit else too_far


def _elsewhere(way: Way | None, place: Place) -> list[Finding]:
    """A rule over what befalls sister posts does not count what happens in the post's own town, which has rules of its own."""
    if way is None:
        return [("unclear", Reason("maybe_own_town"))]
    middle, low, high, _, _ = way
    if place.precision in FINE or high <= TOWN_KM or low > TOWN_KM:
        return [("no", Reason("own_town"))] if middle <= TOWN_KM else []
    return [("unclear", Reason("maybe_own_town"))]


FINE = {"site", "town"}


def _far(tripwire: Tripwire, post: Post, one: Watched) -> bool:
    way, limit = reach(one.incident, one.told, post), _limit(tripwire, post)
    return way is None or limit is None or way[1] > MENTION_WITHIN * limit


def _limit(tripwire: Tripwire, post: Post) -> float | None:
    """The distance asked, in kilometres; None where the country is enough."""
    if tripwire.max_km is not None:
        return tripwire.max_km
    widest = max((ring.radius_km for ring in post.rings), default=TOWN_KM)
    return {"ring": widest, "town": TOWN_KM, "province": PROVINCE_KM, "country": None, "elsewhere": None}[tripwire.area]


def _size(tripwire: Tripwire, incident: Incident) -> Iterator[Finding]:
    if tripwire.min_participants is not None:
        low, high = _interval(incident, "participants")
        if high < tripwire.min_participants:
            yield "no", Reason("too_few", high=high, wanted=tripwire.min_participants)
        elif low < tripwire.min_participants:
            yield "unclear", Reason("no_crowd", wanted=tripwire.min_participants)


def _attested(tripwire: Tripwire, one: Watched) -> Iterator[Finding]:
    level, asked = corroboration(one.attestations), tripwire.corroboration
    if level < "K2" and "occurrence" in one.incident.dissent:
        yield "unclear", Reason("denied")
    if level < asked:
        yield "unclear", Reason("corroboration", wanted=Reason(asked), level=level, asked=asked)


def _attested_at(tripwire: Tripwire, one: Watched) -> str:
    """When the desk knew enough of the incident for it to count; the last word on it if never."""
    told = sorted(one.attestations, key=lambda a: a.known_at)
    for n, attestation in enumerate(told, 1):
        if corroboration(told[:n]) >= tripwire.corroboration:
            return attestation.known_at
    return told[-1].known_at if told else ""


def _interval(incident: Incident, name: str) -> tuple[float, float]:
    told = incident.best.get(name)
    if not isinstance(told, Mapping):
        return 0.0, float("inf")
    return float(told["low"] or 0), float("inf") if told["high"] is None else float(told["high"])


def _days(incident: Incident) -> tuple[date | None, date | None]:
    when = incident.when
    first, last = (
        date.fromisoformat(t[:10]) if t else None for t in ((when.start, when.end) if when else (None, None))
    )
    return first or last, last or first


# --- counting in a window of incident time ---------------------------------------------------------------------------


def _enough(tripwire: Tripwire, some: Sequence[_Checked], *, possible: bool = False) -> bool:
    """Whether some incidents lie in one window and are as many, and as deadly, as asked; `possible`: whether they may be.

    Surely in one window means from the earliest to the latest day that each may have been; possibly, the other way round.
    """
    dated = sorted((c for c in some if c.first), key=lambda c: (c.last, c.incident))
    undated = [c for c in some if not c.first] if possible or tripwire.min_count == 1 else []
    for end in dated:
        window = [c for c in dated if _within(tripwire, c, end, possible)]
        if _count_and_toll(tripwire, [*window, *(undated if possible else ())], possible):
            return True
    return any(_count_and_toll(tripwire, [c], possible) for c in undated) or (
        possible and _count_and_toll(tripwire, undated, possible)
    )


def _within(tripwire: Tripwire, one: _Checked, end: _Checked, possible: bool) -> bool:
    """Whether one lies in the window that closes with the last day of `end` (with its first day, if we ask what is possible)."""
    assert one.first and one.last and end.first and end.last
    if possible:
        return one.first <= end.last and (end.first - one.last).days <= tripwire.window_days
    return one.last <= end.last and (end.last - one.first).days <= tripwire.window_days


def _count_and_toll(tripwire: Tripwire, window: Sequence[_Checked], possible: bool) -> bool:
    if len(window) < tripwire.min_count:
        return False
    return tripwire.min_killed is None or sum(c.killed[possible] for c in window) >= tripwire.min_killed


def _latest_crossing(tripwire: Tripwire, sure: Sequence[_Checked]) -> list[_Checked]:
    """The incidents of the latest run without a pause that crosses; empty if none does."""
    for run in reversed(_runs(tripwire, sure)):
        if _enough(tripwire, run):
            return run
    return []


def _runs(tripwire: Tripwire, sure: Sequence[_Checked]) -> list[list[_Checked]]:
    """Incidents in order of time, a new run wherever more than the window passes without one."""
    runs: list[list[_Checked]] = []
    for one in sorted(sure, key=lambda c: (_day(c), c.incident)):
        if runs and (_day(one) - max(c.last or _day(c) for c in runs[-1])).days <= tripwire.window_days:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _day(one: _Checked) -> date:
    return one.first or (date.fromisoformat(one.known_at[:10]) if one.known_at else date.min)


def _when_known(tripwire: Tripwire, run: Sequence[_Checked]) -> str:
    """The time at which what was known was first enough. Knowing more never makes it less, so halving finds it."""
    times = sorted({c.known_at for c in run})
    return times[bisect_left(times, True, key=lambda t: _enough(tripwire, [c for c in run if c.known_at <= t]))]


def _over(
    tripwire: Tripwire, run: Sequence[_Checked], crossed_at: str, as_of: datetime, decisions: Sequence[Decision]
) -> bool:
    """Whether a crossing is done with: decided on, and its window has passed."""
    decided = any(d.tripwire == tripwire.id and d.verdict in {"act", "waive"} and d.at >= crossed_at for d in decisions)
    return decided and _lapsed(tripwire, run, as_of)


def _lapsed(tripwire: Tripwire, run: Sequence[_Checked], as_of: datetime) -> bool:
    return max(c.last or _day(c) for c in run) + timedelta(days=tripwire.window_days) < as_of.date()


def _exactness(tripwire: Tripwire) -> Reason:
    return Reason("no_toll") if tripwire.min_killed is not None else Reason("no_days", days=tripwire.window_days)


# --- over time -------------------------------------------------------------------------------------------------------


def backtest(tripwire: Tripwire, post: Post, history: Iterable[tuple[datetime, Sequence[Watched]]]) -> list[Trip]:
    """The tripwire evaluated at each time with what was known by then: one Trip for each change of the answer."""
    found: list[Trip] = []
    for as_of, watched in history:
        trip = evaluate(tripwire, post, watched, as_of=as_of)
        if not found or (trip.result, trip.crossed_at) != (found[-1].result, found[-1].crossed_at):
            found.append(trip)
    return found


def owed(trip: Trip, decisions: Sequence[Decision], *, as_of: datetime) -> bool:
    """Whether a decision is owed: crossed, and nobody has decided since, or the deferral has run out."""
    if trip.result != "crossed":
        return False
    since = [d for d in decisions if d.tripwire == trip.tripwire and d.at >= (trip.crossed_at or "")]
    if not since:
        return True
    latest = max(since, key=lambda d: d.at)
    return latest.verdict == "defer" and (latest.until or "") <= as_of.date().isoformat()


def posture_warnings(entries: Sequence[PostureEntry], advisories: Sequence[str]) -> tuple[str, ...]:
    """What does not fit in a posture history. `advisories` are the days (ISO) on which the owner issued one for the country.

    An authorized or ordered departure, or a suspension, comes with a new advisory on or after that day (7 FAM 050; embassy
    practice of 2013 and later).
    """
    silent = [
        e for e in entries
        if e.status in NEEDS_ADVISORY and not any(day[:10] >= e.valid_from[:10] for day in advisories)
    ]  # fmt: skip
    return tuple(
        f"{e.post}: {e.status.replace('_', ' ')} from {e.valid_from[:10]}, and no advisory is known on or after that day."
        for e in silent
    )


# --- tripwires from a file -------------------------------------------------------------------------------------------


def load_tripwires(file: Path) -> list[Tripwire]:
    """The tripwires of a TOML file: one `[[tripwire]]` each, fields as in `model.Tripwire`.

    Raises DataError with every fault of the file.
    """
    try:
        data = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as fault:
        raise DataError(str(file), [f"cannot be read: {fault.strerror or fault}."]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise DataError(str(file), [f"is no TOML: {fault}."]) from None
    rows = data.get("tripwire")
    if not isinstance(rows, list) or not rows:
        raise DataError(str(file), ["holds no [[tripwire]]."])
    faults: list[str] = [f"unknown table {name!r}; tripwires are [[tripwire]]." for name in data if name != "tripwire"]
    found = [t for n, row in enumerate(rows, 1) if (t := _tripwire(f"tripwire[{n}]", row, faults))]
    ids = [row.get("id") for row in rows if isinstance(row, dict)]
    faults += [
        f"repeats the id {i!r}; give each tripwire its own." for i in sorted({i for i in ids if i and ids.count(i) > 1})
    ]
    if faults:
        raise DataError(str(file), faults)
    return found


def _tripwire(where: str, row: Any, faults: list[str]) -> Tripwire | None:
    if not isinstance(row, dict):
        faults.append(f"{where} is no table.")
        return None
    where = f"{where} ({row['id']})" if isinstance(row.get("id"), str) else where
    names = [f.name for f in fields(Tripwire)]
    before = len(faults)
    faults += [
        f"{where}: unknown field {name!r}; the fields are {', '.join(names)}." for name in row if name not in names
    ]
    try:
        found: Tripwire = from_dict(Tripwire, {n: v.isoformat() if isinstance(v, date) else v for n, v in row.items()})
    except ValidationError as wrong:
        faults += [f"{where}: {'.'.join(map(str, e['loc']))} {_said(e)}." for e in wrong.errors()]
        return None
    faults += [f"{where}: {said}." for said in _senseless(found)]
    return found if len(faults) == before else None


def _said(error: Any) -> str:
    return "is missing" if error["type"] == "missing" else f"{error['input']!r}: {error['msg']}"


def _senseless(tripwire: Tripwire) -> Iterator[str]:
    if not tripwire.types:
        yield "types is empty; name at least one incident type"
    if tripwire.window_days <= 0:
        yield f"window_days {tripwire.window_days:g} must be more than 0"
    if tripwire.min_count < 1:
        yield f"min_count {tripwire.min_count} must be at least 1"
    if tripwire.max_km is not None and tripwire.max_km <= 0:
        yield f"max_km {tripwire.max_km:g} must be more than 0"
    if tripwire.review_due and not re.fullmatch(r"\d{4}-\d\d-\d\d", tripwire.review_due):
        yield f"review_due {tripwire.review_due!r} is no day such as 2026-01-31"
    if not any(tripwire.title.values()):
        yield "title is empty; write title.en or title.ar"
