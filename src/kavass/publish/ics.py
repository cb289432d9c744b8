"""The desk's days as a calendar (RFC 5545): reviews of tripwires, deferrals that run out, the thirtieth day of a departure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TextIO

from kavass.publish import Edition, PostState, word

DEPARTURE_DAYS = 30  # an evacuation status is reviewed after thirty days (3 FAM 3770)
DEPARTURES = {"authorized_departure", "ordered_departure"}

Day = tuple[str, str, str]  # uid, ISO day, summary


def write(edition: Edition, out: TextIO, *, lang: str) -> None:
    """One all-day event for each day that matters, in order of post and rule."""
    stamp = edition.as_of[:19].replace("-", "").replace(":", "") + "Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kavass//desk//EN", "CALSCALE:GREGORIAN"]
    for state in edition.posts:
        for uid, day, summary in _days(state, lang):
            lines += [
                "BEGIN:VEVENT", f"UID:{uid}@kavass", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{day.replace('-', '')}",
                f"SUMMARY;LANGUAGE={lang}:{_escaped(summary)}", "TRANSP:TRANSPARENT", "END:VEVENT",
            ]  # fmt: skip
    out.write("".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line)))


def _days(state: PostState, lang: str) -> Iterator[Day]:
    name = state.post.name.get(lang) or state.post.id
    for rule in state.rules:
        wire = rule.tripwire
        title = wire.title.get(lang) or wire.id
        if wire.review_due:
            yield f"review-{wire.id}", wire.review_due[:10], f"{word(lang, 'text', 'review')}: {title} ({name})"
        latest = rule.decisions[-1] if rule.decisions else None
        if latest and latest.until:
            yield f"deferral-{wire.id}", latest.until[:10], f"{word(lang, 'text', 'deferral')}: {title} ({name})"
    if state.posture and state.posture.status in DEPARTURES:
        end = date.fromisoformat(state.posture.valid_from[:10]) + timedelta(days=DEPARTURE_DAYS)
        yield f"departure-{state.post.id}", end.isoformat(), f"{word(lang, 'text', 'thirty_days')}: {name}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of no more than 75 octets, later ones indented, no letter cut in two."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > 75:
            yield part
            part = " "
        part += letter
    yield part
