"""The project's own reports, coded by hand: what README.md beside this file describes, read and checked.

python -m evals.sets evals/sets/ar-seen-1.toml      # names every fault of a file
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from kavass.errors import DataError
from kavass.model import CountField, IncidentType, RawReport, Stance, Status

HERE = Path(__file__).parent
COUNTED = get_args(CountField)
TYPES, STANCES, STATUSES = get_args(IncidentType), get_args(Stance), get_args(Status)
INCIDENT = {
    "types", "place", "at", "km", "start", "end", "status", "primary", "perpetrator", "target", "optional", *COUNTED,
}  # fmt: skip
CLAIM = {"speaker", "stances", "about", "words"}
BESIDE = ("posture", "advisory", "claim", "actor")


def read(file: Path) -> list[dict[str, Any]]:
    """The reports of a file as they are written. Raises DataError naming every fault."""
    rows: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))["report"]
    if found := list(faults(rows)):
        raise DataError(str(file), found)
    return rows


def raw(row: Mapping[str, Any]) -> RawReport:
    """A report as a reader would hand it on: a title stands first, then a blank line."""
    title, text = row.get("title"), row["text"].strip()
    whole = f"{title}\n\n{text}" if title else text
    return RawReport(id=row["key"], key=row["key"], text=whole, title=title, stamps=(("caller", row["published"]),))


def faults(rows: list[dict[str, Any]]) -> Iterator[str]:
    """A sentence for each fault."""
    for key, times in Counter(row.get("key") for row in rows).items():
        if times > 1:
            yield f"{key}: stands {times} times"
    for row in rows:
        for fault in (*_report(row), *_incidents(row), *_claims(row)):
            yield f"{row.get('key')}: {fault}"


def _report(row: Mapping[str, Any]) -> Iterator[str]:
    if missing := {"key", "published", "text", "incidents", "claims"} - set(row):
        yield f"lacks {', '.join(sorted(missing))}"
    if unknown := set(row) - {"key", "published", "text", "incidents", "claims", "title", "trap"}:
        yield f"has unknown {', '.join(sorted(unknown))}"
    if _day(row.get("published")) is None:
        yield f"published {row.get('published')!r} is no ISO date or time"


def _incidents(row: Mapping[str, Any]) -> Iterator[str]:
    for number, incident in enumerate(row.get("incidents", ()), 1):
        where = f"incident {number}"
        if unknown := set(incident) - INCIDENT:
            yield f"{where} has unknown {', '.join(sorted(unknown))}"
        if wrong := [t for t in incident.get("types", ()) if t not in TYPES]:
            yield f"{where} has types {wrong}; choose from {', '.join(TYPES)}"
        if not incident.get("types"):
            yield f"{where} has no types"
        if incident.get("status", "occurred") not in STATUSES:
            yield f"{where} has status {incident['status']!r}; choose from {', '.join(STATUSES)}"
        days = [_day(incident[edge]) for edge in ("start", "end") if edge in incident]
        if None in days or len(days) == 1 or days != sorted(days):  # type: ignore[type-var]
            yield f"{where}: start and end stand together, ISO dates, in order"
        if "at" in incident and not _on_earth(incident["at"]):
            yield f"{where}: at {incident['at']!r} is no [latitude, longitude]"
        for field in COUNTED:
            bounds = incident.get(field)
            if bounds is not None and not (
                isinstance(bounds, list) and 1 <= len(bounds) <= 2 and bounds == sorted(bounds)
            ):
                yield f"{where}: {field} {bounds!r} is no [low, high]"
        for field in ("place", "perpetrator", "target"):
            if field in incident and incident[field] not in _words(row):
                yield f"{where}: {field} {incident[field]!r} does not stand in the text"


def _claims(row: Mapping[str, Any]) -> Iterator[str]:
    for number, claim in enumerate(row.get("claims", ()), 1):
        where = f"claim {number}"
        if set(claim) != CLAIM:
            yield f"{where} has {', '.join(sorted(claim))}; it needs {', '.join(sorted(CLAIM))}"
            continue
        if wrong := [s for s in claim["stances"] if s not in STANCES]:
            yield f"{where} has stances {wrong}; choose from {', '.join(STANCES)}"
        about = claim["about"]
        if about not in BESIDE and not (isinstance(about, int) and 1 <= about <= len(row["incidents"])):
            yield f"{where} is about {about!r}; write the number of an incident or one of {', '.join(BESIDE)}"
        for words in (*claim["speaker"], claim["words"]):
            if words not in _words(row):
                yield f"{where}: {words!r} does not stand in the text"


def _words(row: Mapping[str, Any]) -> str:
    return f"{row.get('title', '')}\n\n{row.get('text', '')}"


def _day(written: Any) -> date | None:
    try:
        return datetime.fromisoformat(written).date()
    except (TypeError, ValueError):
        return None


def _on_earth(at: Any) -> bool:
    return isinstance(at, list) and len(at) == 2 and abs(at[0]) <= 90 and abs(at[1]) <= 180
