"""Incidents as CSV, one row each, and a second CSV of the claims about them. Written row by row.

Cells that a spreadsheet would run (=, +, -, @, tab or return at the beginning) get an apostrophe in front; numbers do not need it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from kavass import codebook
from kavass.model import Incident
from kavass.publish import Edition, Entry, word

COLUMNS = (
    "id", "type", "severity", "status", "start", "end", "time_precision", "place", "country", "lat", "lon", "precision_m",
    "place_precision", "killed_low", "killed_high", "injured_low", "injured_high", "perpetrator", "perpetrator_footing",
    "target", "target_class", "weapon", "origins", "accounts", "contested", "posts", "sources", "as_of",
)  # fmt: skip
CLAIM_COLUMNS = (
    "incident", "ref", "field", "value", "stance", "speaker", "anonymity", "modality", "polarity", "hedge", "said_at",
    "quote", "contradicts", "publisher", "published", "report",
)  # fmt: skip


def write(edition: Edition, out: TextIO, *, lang: str) -> None:
    """One row for each incident."""
    _write(out, COLUMNS, (_row(entry, lang) for entry in edition.entries), lang)


def write_claims(edition: Edition, out: TextIO, *, lang: str) -> None:
    """One row for each claim about each incident; `incident` is the id in the other file."""
    _write(out, CLAIM_COLUMNS, (row for entry in edition.entries for row in _claims(entry, lang)), lang)


def safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe(-3), safe("two")
    ("'=1+1", -3, 'two')
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(" \u00a0\u200e\u200f")[:1] in RUN else value


RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _write(out: TextIO, columns: tuple[str, ...], rows: Iterable[dict[str, Any]], lang: str) -> None:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([word(lang, "column", name) for name in columns])
    for row in rows:
        writer.writerow(["" if row.get(name) is None else safe(row[name]) for name in columns])


def _row(entry: Entry, lang: str) -> dict[str, Any]:
    incident = entry.incident
    place, when, best = incident.place, incident.when, incident.best
    metres = None if place is None or place.radius_km is None or place.lat is None else round(place.radius_km * 1000)
    return {
        **{name: best.get(name) for name in ("perpetrator", "target", "weapon")},
        **dict(_counts(incident)),
        "id": incident.id,
        "type": word(lang, "type", incident.type),
        "severity": codebook.severity(incident),
        "status": word(lang, "status", incident.status),
        "start": when and when.start,
        "end": when and when.end,
        "time_precision": word(lang, "precision", when.precision if when else "unknown"),
        "place": place and place.name,
        "country": place and place.country,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "precision_m": metres,
        "place_precision": word(lang, "precision", place.precision if place else "unknown"),
        "perpetrator_footing": word(lang, "footing", str(best.get("perpetrator_footing", "unattributed"))),
        "target_class": word(lang, "target", str(best["target_class"])) if best.get("target_class") else None,
        "origins": incident.origins,
        "accounts": len(incident.accounts),
        "contested": " ".join(word(lang, "field", name) for name in incident.dissent),
        "posts": " ".join(sorted({e.post for e in entry.exposures})),
        "sources": "; ".join(dict.fromkeys(s.publisher or s.key for s in entry.sources)),
        "as_of": incident.as_of,
    }


def _counts(incident: Incident) -> Iterator[tuple[str, Any]]:
    """0 and unknown are different: what nobody told stays empty."""
    for name in ("killed", "injured"):
        if told := incident.best.get(name):
            yield f"{name}_low", told["low"]
            yield f"{name}_high", told["high"]


def _claims(entry: Entry, lang: str) -> Iterator[dict[str, Any]]:
    sources = {s.id: s for s in entry.sources}
    for said in entry.claims:
        claim, report = said.claim, said.ref.rpartition(":")[0]
        source = sources.get(report)
        yield {
            "incident": entry.incident.id,
            "ref": said.ref,
            "field": word(lang, "field", claim.field),
            "value": claim.value,
            "stance": word(lang, "stance", claim.stance),
            "speaker": said.speaker,
            "anonymity": word(lang, "anonymity", claim.speaker.anonymity),
            "modality": word(lang, "modality", claim.modality),
            "polarity": word(lang, "polarity", claim.polarity),
            "hedge": claim.hedge,
            "said_at": claim.said_at,
            "quote": said.quote,
            "contradicts": " ".join(said.contradicts),
            "publisher": source and source.publisher,
            "published": source and source.published,
            "report": report,
        }
