"""Which post an incident exposes: circles, not points; a distance told in a report; nothing finer than the text allows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavass.errors import DataError
from kavass.expose import Told, between_km, expose, exposure, load_posts
from kavass.model import Account, Incident, Place, Ring
from make import account, coded, country, distance, post, ref, role, site, target, town

DIPLOMATIC = (target("the consulate", "diplomatic"),)


def incident(
    *accounts: Account, owners: frozenset[str] = frozenset(), place: Place | None = None
) -> tuple[Incident, list[Told]]:
    """An incident told by these accounts, placed where the first one is."""
    report = coded(accounts=accounts)
    told = [Told(ref=ref(report, a.id), account=a, owners=owners) for a in accounts]
    made = Incident(
        id="inc-1", type="shelling", status="occurred", place=place or accounts[0].place, best={}, dissent={},
        accounts=tuple(t.ref for t in told), origins=1, as_of="2018-10-01",
    )  # fmt: skip
    return made, told


def test_a_site_is_inside_the_narrowest_ring_that_holds_it_for_certain() -> None:
    found = exposure(*incident(account(place=site("the gate", 30.548, 47.668, radius_km=0.2))), post())
    assert found and (found.ring, found.certain) == ("inner", True)
    assert found.low_km == 0.0 and 0.3 < found.high_km < 0.4
    assert "inside the ring 'inner'" in found.reason


def test_a_town_is_a_circle_so_the_post_is_exposed_possibly() -> None:
    made, told = incident(account())
    found = exposure(made, told, post())
    assert found and (found.ring, found.certain) == ("near", False)
    assert (round(found.distance_km), round(found.low_km), round(found.high_km)) == (12, 4, 20)
    assert found.basis == (told[0].name,)
    assert "possibly inside" in found.reason and "Basra" in found.reason


def test_a_wide_circle_may_hold_the_post_in_its_narrowest_ring() -> None:
    found = exposure(*incident(account(place=town(radius_km=60.0, precision="province"))), post())
    assert found and (found.ring, found.certain) == ("inner", False)


def test_a_distance_told_puts_the_incident_inside_the_ring() -> None:
    told = account(distance=distance(274, 250, 300), roles=DIPLOMATIC)
    found = exposure(*incident(told), post())
    assert found and (found.ring, found.certain, found.low_km, found.high_km) == ("inner", True, 0.25, 0.3)
    assert "from the building" in found.reason


@pytest.mark.parametrize(
    ("changed", "owners"),
    [
        (dict(roles=()), frozenset()),  # from what the distance is measured nobody knows
        (dict(roles=(target("the market", "business"),)), frozenset()),
        (dict(roles=DIPLOMATIC), frozenset({"IRN"})),  # another country's mission
    ],
)
def test_a_distance_from_something_else_does_not(changed: dict[str, object], owners: frozenset[str]) -> None:
    told = account(distance=distance(274), **changed)
    found = exposure(*incident(told, owners=owners), post())
    assert found and (found.ring, found.certain) == ("near", False)


@pytest.mark.parametrize(("what", "measured"), [("the consulate", True), ("القنصلية", True), ("the market", False)])
def test_a_distance_may_be_measured_from_the_post_though_it_was_no_target(what: str, measured: bool) -> None:
    told = account(distance=replace(distance(274), from_=what))
    found = exposure(*incident(told), post())
    assert found and found.certain == measured


def test_a_distance_in_another_town_does_not() -> None:
    told = account(place=town("Baghdad"), distance=distance(274), roles=DIPLOMATIC)
    assert exposure(*incident(told), post()) is None


def test_a_post_is_known_by_its_name_in_arabic() -> None:
    told = account(distance=distance(274), roles=(role("target", "القنصلية في البصرة", kind="facility"),))
    found = exposure(*incident(told), post())
    assert found and found.ring == "inner"


@pytest.mark.parametrize("place", [country(), None, Place(name="somewhere")])
def test_a_country_or_nowhere_is_in_no_ring(place: Place | None) -> None:
    assert exposure(*incident(account(place=place)), post()) is None


def test_outside_every_ring_nobody_is_exposed() -> None:
    assert expose([incident(account(place=town("Baghdad")))], [post()]) == []


def test_each_post_is_looked_at() -> None:
    both = [post(), post("sister", lat=30.5, lon=47.8, rings=(Ring(name="only", radius_km=50.0),))]
    assert [(e.post, e.ring) for e in expose([incident(account())], both)] == [("basra", "near"), ("sister", "only")]


DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(DEGREES, DEGREES)
def test_distance_is_symmetric_and_no_more_than_half_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert between_km(*one, *other) == pytest.approx(between_km(*other, *one))
    assert 0 <= between_km(*one, *other) <= 20016


@given(st.floats(30, 31), st.floats(47, 48), st.floats(0, 80))
def test_certain_means_the_whole_circle(lat: float, lon: float, radius_km: float) -> None:
    found = exposure(*incident(account(place=site("x", lat, lon, radius_km=radius_km))), post())
    if found:
        ring = next(r for r in post().rings if r.name == found.ring)
        assert found.low_km <= ring.radius_km + 0.001
        assert found.certain == (found.high_km <= ring.radius_km) or abs(found.high_km - ring.radius_km) < 0.002
        assert found.low_km <= found.distance_km <= found.high_km


# --- posts from a file -----------------------------------------------------------------------------------------------

HEAD = "id,name_en,name_ar,kind,owner,lat,lon,town,country,rings\n"


def written(tmp_path: Path, text: str, name: str = "posts.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


def test_posts_come_from_csv_and_geojson_alike(tmp_path: Path) -> None:
    csv = written(
        tmp_path, f"# ours\n{HEAD}basra,Consulate,القنصلية,consulate,USA,30.5,47.6,Basra,IRQ,near:5;inner:0.5\n"
    )
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [47.6, 30.5]},
        "properties": {
            "id": "basra", "name": {"en": "Consulate", "ar": "القنصلية"}, "kind": "consulate", "owner": "USA", "town": "Basra",
            "country": "IRQ", "rings": {"inner": 0.5, "near": 5},
        },
    }  # fmt: skip
    geojson = written(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "posts.geojson")
    assert load_posts(csv) == load_posts(geojson)
    assert [r.radius_km for r in load_posts(csv)[0].rings] == [0.5, 5.0]


def test_a_posts_file_says_all_its_faults_at_once(tmp_path: Path) -> None:
    rows = "a,,,office,X,91,47,T,IRQ,near:5\na,,,office,X,30,x,T,Iraq,near\n,,,office,X,30,47,T,IRQ,near:-1\n"
    with pytest.raises(DataError) as raised:
        load_posts(written(tmp_path, HEAD + rows))
    said = str(raised.value)
    for part in ("line 2 (a): lat '91'", "line 3 (a): lon 'x'", "'Iraq' is no ISO", "ring 'near' has no radius", "line 4 has no id",
                 "must be wider than 0 km", "repeats the id 'a'"):  # fmt: skip
        assert part in said
    assert len(raised.value.faults) == 7


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("posts.csv", "name,where\nx,y\n", "lacks the column id, lat, lon, country"),
        ("posts.csv", HEAD, "there are no posts in it"),
        ("posts.geojson", "{", "is no JSON"),
        ("posts.geojson", "[]", "is no FeatureCollection"),
        (
            "posts.geojson",
            '{"features": [{"geometry": null, "properties": {"id": "a", "country": "IRQ"}}]}',
            "lat None is no number",
        ),
    ],
)
def test_a_file_that_is_no_posts_file_says_so(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        load_posts(written(tmp_path, text, name))


def test_a_missing_file_and_another_encoding_say_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_posts(tmp_path / "none.csv")
    (tmp_path / "old.csv").write_bytes(HEAD.encode() + "قنصلية".encode("cp1256"))
    with pytest.raises(DataError, match="is not UTF-8"):
        load_posts(tmp_path / "old.csv")
