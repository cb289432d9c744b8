"""Incidents as GeoJSON (RFC 7946), feature by feature: a point with its precision in metres, or no geometry at all.

Nothing is moved to look better on a map and nothing is dropped because it has no place; circles are `precision_m`, as the
standard knows none.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from kavass import codebook
from kavass.model import to_dict
from kavass.publish import Edition, Entry, word


def write(edition: Edition, out: TextIO, *, lang: str) -> None:
    """One FeatureCollection; `as_of` and `lang` stand beside it."""
    head = {"type": "FeatureCollection", "as_of": edition.as_of, "lang": lang}
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [')
    for number, entry in enumerate(edition.entries):
        out.write(",\n" if number else "\n")
        out.write(json.dumps(_feature(entry, lang), ensure_ascii=False, allow_nan=False))
    out.write("\n]}\n")


def _feature(entry: Entry, lang: str) -> dict[str, Any]:
    incident = entry.incident
    return {"type": "Feature", "id": incident.id, "geometry": _geometry(entry), "properties": _properties(entry, lang)}


def _geometry(entry: Entry) -> dict[str, Any] | None:
    place = entry.incident.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _properties(entry: Entry, lang: str) -> dict[str, Any]:
    incident = entry.incident
    place, told = incident.place, to_dict(incident)
    metres = None if place is None or place.radius_km is None else round(place.radius_km * 1000)
    return {
        "type": incident.type,
        "type_label": word(lang, "type", incident.type),
        "severity": codebook.severity(incident),
        "status": incident.status,
        "status_label": word(lang, "status", incident.status),
        "when": told["when"],
        "place": place and place.name,
        "country": place and place.country,
        "place_precision": place.precision if place else "unknown",
        "precision_m": metres,
        "best": told["best"],
        "dissent": told["dissent"],
        "origins": incident.origins,
        "accounts": told["accounts"],
        "exposures": [to_dict(e) for e in entry.exposures],
        "claims": [
            {
                "ref": said.ref,
                "field": said.claim.field,
                "stance": said.claim.stance,
                "speaker": said.speaker,
                "quote": said.quote,
                "contradicts": list(said.contradicts),
            }
            for said in entry.claims
        ],
    }
