"""Incidents against those that a careful reader takes from a report: of the worked example (`tests/example_truth.toml`) and of the
sets of `evals/sets`.

An account is right when its type is one of those allowed, its place reaches the town (where the truth names one), and its time
overlaps the days the words allow. Each true incident is matched with at most one account, the best first. Optional ones are
neither rewarded nor blamed.

incident F1   over accounts with status occurred, ongoing or attempted (or the status the truth names)
toll exact    of the tolls told (killed, injured, ill), the share whose lower end is right on the matched account
traps clean   of the trap reports, the share that tells no incident as having happened
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from evals import f1
from kavass import example, pipeline
from kavass.gazetteer import places
from kavass.model import Account, CodedReport, Place, RawReport

TRUTH = Path(__file__).parent.parent / "tests" / "example_truth.toml"
# Where the truth's towns lie (GeoNames, CC BY 4.0).
TOWNS = {
    "Basra": (30.51, 47.78),
    "Baghdad": (33.34, 44.40),
    "Umm Qasr": (30.04, 47.92),
    "Al Hārithah": (30.59, 47.76),
    "Ahvaz": (31.32, 48.68),
}
TOWN_KM = 20.0
HAPPENED = ("occurred", "ongoing", "attempted")
WORDS = ("threatened", "conditional")


def score(say: Callable[[str], None] | None = None) -> dict[str, dict[str, float]]:
    """The measures of each language."""
    truth = {row["key"]: row for row in tomllib.loads(TRUTH.read_text("utf-8"))["report"]}
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for raw in example.reports():
        if isinstance(raw, RawReport) and raw.key in truth:
            coded = pipeline.tell(raw)
            add(sums[raw.key[:2]], coded, truth[raw.key], say or (lambda _: None))
    return {language: measures(s) for language, s in sorted(sums.items())}


def add(sums: dict[str, int], coded: CodedReport, row: Mapping[str, Any], say: Callable[[str], None]) -> None:
    """Counts one report's accounts into the sums."""
    told = [a for a in coded.accounts if a.status in HAPPENED]
    if row.get("none"):
        sums["traps"] += 1
        sums["clean"] += not told
        for account in told:
            say(f"{row['key']}: trap coded as {account.type} ({coded.report.words(account.trigger)!r})")
        return
    free = list(coded.accounts)
    for expected in sorted(row["incidents"], key=lambda e: (e.get("optional", False), not e.get("primary", True))):
        found = next((a for a in free if tells(a, expected)), None)
        if found:
            free.remove(found)
        if expected.get("optional"):
            continue
        sums["true"] += 1
        sums["hit"] += found is not None
        name, town = expected.get("is", ""), expected.get("town") or expected.get("place")
        if not found:
            near = [f"{a.type} {a.place.name if a.place else None} {a.when.start if a.when else None}" for a in free][
                :6
            ]
            say(f"{row['key']}: missed {name} {expected['types']} {town} {expected.get('start')}; left {near}")
        for field in ("killed", "injured", "ill"):
            if field in expected:
                sums["tolls"] += 1
                low = next((c.low for c in found.counts if c.field == field), None) if found else None
                sums["toll hit"] += low == expected[field][0]
                if found and low != expected[field][0]:
                    say(f"{row['key']}: {name} {expected['types'][0]} {field} {low} for {expected[field]}")
    false = [a for a in free if a.status in HAPPENED]
    sums["told"] += sum(1 for a in told if a not in free) + len(false)
    sums["right"] += sum(1 for a in told if a not in free)
    for account in false:
        say(
            f"{row['key']}: false {account.type} {account.place and account.place.name} {coded.report.words(account.trigger)!r}"
        )


def tells(account: Account, expected: Mapping[str, Any]) -> bool:
    """Whether an account is right about what a report is expected to tell."""
    if account.type not in expected["types"]:
        return False
    if account.status not in _statuses(expected):
        return False
    if not _reaches(account, expected):
        return False
    when = account.when
    if "start" not in expected:
        return True
    if when is None or not (when.start or when.end):
        return "town" in expected  # the example's truth asks for no day; the sets do
    start, end = (when.start or "0000")[:10], (when.end or "9999")[:10]
    return bool(start <= expected["end"] and expected["start"] <= end)


def _statuses(expected: Mapping[str, Any]) -> tuple[str, ...]:
    """The statuses that are right: a threat with a condition is one all the same, what goes on has happened."""
    status = expected.get("status", "occurred")
    if "threat" in expected["types"]:
        return (*HAPPENED, *WORDS)
    return HAPPENED if status in HAPPENED else WORDS if status in WORDS else (status,)


def _reaches(account: Account, expected: Mapping[str, Any]) -> bool:
    if town := expected.get("town"):
        return account.place is not None and _near(account.place, TOWNS[town], 0)
    if at := expected.get("at"):
        return account.place is not None and _near(account.place, tuple(at), expected.get("km", 0))
    return True


def _near(place: Place, at: tuple[float, float], radius_km: float) -> bool:
    """Whether the account's circle reaches the place; a whole country is no answer."""
    if place.lat is None or place.lon is None or place.precision in ("country", "unknown"):
        return False
    reach_km = TOWN_KM + radius_km + min(place.radius_km or 0, 2 * TOWN_KM)
    return places.kilometres((place.lat, place.lon), at) <= reach_km


def measures(s: Mapping[str, int]) -> dict[str, float]:
    precision, recall = s["right"] / max(s["told"], 1), s["hit"] / max(s["true"], 1)
    return {
        "incident precision": precision,
        "incident recall": recall,
        "incident F1": f1(precision, recall),
        "toll exact": s["toll hit"] / max(s["tolls"], 1),
        "traps clean": s["clean"] / max(s["traps"], 1),
    }
