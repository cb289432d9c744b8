"""Incidents as GeoJSON: a point with its precision, or no geometry; nothing dropped, nothing moved."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

from kavass.model import AccountRef, Exposure, Incident
from kavass.publish import Edition, Entry, Said
from kavass.publish.geojson import write
from make import claim, country, day, town

REF = AccountRef(report="r" * 64, key="k", account="acc1")
INCIDENT = Incident(
    id="inc-1", type="shelling", status="occurred", when=day("2018-09-08"), place=town("البصرة"), best={}, dissent={},
    accounts=(REF,), origins=1, as_of="",
)  # fmt: skip


def features(*entries: Entry, lang: str = "en") -> Any:
    out = io.StringIO()
    write(Edition(as_of="2018-10-01", entries=iter(entries)), out, lang=lang)
    return json.loads(out.getvalue())


def test_an_empty_collection_is_valid() -> None:
    assert features() == {"type": "FeatureCollection", "as_of": "2018-10-01", "lang": "en", "features": []}


def test_a_place_is_a_point_in_the_order_longitude_latitude_with_its_precision() -> None:
    (one,) = features(Entry(incident=INCIDENT))["features"]
    assert one["id"] == "inc-1"
    assert one["geometry"] == {"type": "Point", "coordinates": [47.783, 30.508]}
    assert one["properties"]["precision_m"] == 8000
    assert one["properties"]["place"] == "البصرة"


def test_what_has_no_place_has_no_geometry_and_is_not_dropped() -> None:
    entries = [
        Entry(incident=replace(INCIDENT, id=f"inc-{n}", place=p)) for n, p in enumerate((None, country(), town()))
    ]
    found = features(*entries)["features"]
    assert [f["geometry"] is None for f in found] == [True, True, False]
    assert [f["properties"]["place_precision"] for f in found] == ["unknown", "country", "town"]


def test_claims_and_exposures_come_along() -> None:
    near = Exposure(incident="inc-1", post="basra", ring="near", distance_km=12.0, low_km=4.0, high_km=20.0, certain=False,
                    basis=("r:acc1",), reason="Placed in Basra.")  # fmt: skip
    said = Said(ref="r:c1", speaker="متحدث", quote="سقطت صواريخ", claim=claim())
    (one,) = features(Entry(incident=INCIDENT, claims=(said,), exposures=(near,)))["features"]
    assert one["properties"]["claims"][0]["speaker"] == "متحدث"
    assert one["properties"]["exposures"][0]["certain"] is False


def test_labels_follow_the_language_and_codes_do_not() -> None:
    (english,) = features(Entry(incident=INCIDENT))["features"]
    (arabic,) = features(Entry(incident=INCIDENT), lang="ar")["features"]
    assert english["properties"]["type"] == arabic["properties"]["type"] == "shelling"
    assert english["properties"]["type_label"] != arabic["properties"]["type_label"]
