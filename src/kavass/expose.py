"""Incidents × posts -> which post is exposed, how far away it is at least and at most, and what puts it there.

An incident is as far from a post as its place allows: the distance to the place's middle, less and plus its radius. A distance
told in a report ("about 80 metres from the gate") is finer, where what it is measured from is the post. Incidents placed no
finer than a country are in no ring.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from kavass.errors import DataError
from kavass.model import Account, AccountRef, Exposure, Incident, Place, Post, Ring
from kavass.reasons import Code, Reason

EARTH_KM = 6371.0088
AT_THE_POST = 1.0  # km: an incident whose target is the post and which is told to be there
PLACED = {"site", "town", "district", "province"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An account of an incident; `owners` are the countries (ISO alpha-3) whose target it was, where the report says so."""

    ref: AccountRef
    account: Account
    owners: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.ref.report}:{self.ref.account}"


def expose(incidents: Iterable[tuple[Incident, Sequence[Told]]], posts: Sequence[Post]) -> list[Exposure]:
    """The exposures of each incident (with the accounts it rests on), in order of incident and post."""
    return [found for incident, told in incidents for post in posts if (found := exposure(incident, told, post))]


def exposure(incident: Incident, told: Sequence[Told], post: Post) -> Exposure | None:
    """The exposure of one post to one incident; None if it lies outside every ring, or nowhere in particular."""
    way = reach(incident, told, post)
    if way is None:
        return None
    distance, low, high, basis, said = way
    rings = sorted(post.rings, key=lambda r: r.radius_km)
    ring = next((r for r in rings if low <= r.radius_km), None)
    if ring is None:
        return None
    certain = high <= ring.radius_km
    return Exposure(
        incident=incident.id,
        post=post.id,
        ring=ring.name,
        distance_km=round(distance, 3),
        low_km=round(low, 3),
        high_km=round(high, 3),
        certain=certain,
        basis=basis,
        reason=_reason(said, low, high, ring, certain),
    )


def between_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points.

    >>> round(between_km(30.508, 47.783, 33.341, 44.401))
    448
    """
    up, aside = math.radians(other_lat - lat), math.radians(other_lon - lon)
    h = (
        math.sin(up / 2) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(aside / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


Way = tuple[float, float, float, tuple[str, ...], Reason]


def reach(incident: Incident, told: Sequence[Told], post: Post) -> Way | None:
    """How far the incident is from the post: (kilometres, at least, at most, basis, how we know); None if no place says so."""
    ways = chain(_by_distance_told(incident, told, post), _by_place(incident, told, post))
    return next(ways, None)


def _by_distance_told(incident: Incident, told: Sequence[Told], post: Post) -> Iterator[Way]:
    """A distance told by an account whose target is this post, or that measures it from the post: the nearest first."""
    found = []
    for one in told:
        account = one.account
        near = _may_be_there(account.place or incident.place, post)
        if account.distance and near and (_is_target(one, post) or _is_measured_from(one, post)):
            d = account.distance
            said = Reason("distance_told", text=d.text, what=d.from_ or Reason("the_post"))
            found.append((d.metres / 1000, d.low / 1000, d.high / 1000, (one.name,), said))
    yield from sorted(found)


def _by_place(incident: Incident, told: Sequence[Told], post: Post) -> Iterator[Way]:
    place = incident.place
    if place is None or place.lat is None or place.lon is None or place.precision not in PLACED:
        return
    distance, radius = between_km(place.lat, place.lon, post.lat, post.lon), place.radius_km or 0.0
    basis = tuple(one.name for one in told if _same_place(one.account.place, place))
    yield (
        distance,
        max(distance - radius, 0.0),
        distance + radius,
        basis,
        Reason("placed", place=Code("place", f"{place.geonames_id or ''}|{place.name}"), radius=radius),
    )


def _same_place(place: Place | None, other: Place) -> bool:
    return place is not None and (place.geonames_id, place.lat, place.lon) == (other.geonames_id, other.lat, other.lon)


def _is_target(one: Told, post: Post) -> bool:
    """Whether a target of the account is this post: by its name, or as one of its kind that is not told to be another's."""
    if one.owners and post.owner and post.owner not in one.owners:
        return False
    names = [_plain(name) for name in (*post.name.values(), post.id)]
    for role in one.account.roles:
        if role.role == "target":
            if any(name and (name in _plain(role.text) or _plain(role.text) in name) for name in names):
                return True
            if role.target_class == TARGET_CLASS.get(post.kind):
                return True
    return False


def _is_measured_from(one: Told, post: Post) -> bool:
    """Whether what a distance is measured from is called by words of the post's name: "the consulate", as told in its town."""
    told = one.account.distance
    if told is None or not told.from_ or (one.owners and post.owner and post.owner not in one.owners):
        return False
    words = {word for word in _plain(told.from_).split() if len(word) >= FEWEST_LETTERS}
    return bool(words) and any(words <= set(_plain(name).split()) for name in post.name.values())


FEWEST_LETTERS = 4  # articles and the like tell nothing
TARGET_CLASS = {
    "consulate": "diplomatic",
    "consulate_general": "diplomatic",
    "embassy": "diplomatic",
    "mission": "diplomatic",
    "airport": "airport",
    "office": "humanitarian",
    "site": "business",
}


def _may_be_there(place: Place | None, post: Post) -> bool:
    """Whether the place told, with its radius, can hold the post; an unplaced account of its country can."""
    if place is None:
        return False
    if place.lat is None or place.lon is None:
        return place.country == post.country
    return between_km(place.lat, place.lon, post.lat, post.lon) <= max(place.radius_km or 0.0, AT_THE_POST) + MARGIN_KM


MARGIN_KM = 15.0  # an airport or a suburb that goes by the town's name


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _reason(said: Reason, low: float, high: float, ring: Ring, certain: bool) -> Reason:
    ends = f"{low:.2f}", f"{high:.2f}"
    span = ends[0] if ends[0] == ends[1] else Reason("from_to", low=ends[0], high=ends[1])
    return Reason(
        "exposed" if certain else "maybe_exposed", said=said, span=span, ring=repr(ring.name), radius=ring.radius_km
    )


# --- posts from a file -----------------------------------------------------------------------------------------------

COLUMNS = ("id", "name_en", "name_ar", "kind", "owner", "lat", "lon", "town", "country", "rings")


def load_posts(file: Path) -> list[Post]:
    """The posts of a CSV file (id, name_en, name_ar, kind, owner, lat, lon, town, country, rings) or a GeoJSON file of points.

    `rings` is `inner:0.5;town:30` (kilometres); in GeoJSON a mapping or such a text. Lines that open with `#` are comments.
    Raises DataError with every fault of the file.
    """
    rows = list(_geojson_rows(file) if file.suffix.lower() in {".geojson", ".json"} else _csv_rows(file))
    faults: list[str] = []
    posts = [post for where, row in rows if (post := _post(where, row, faults))]
    seen: set[str] = set()
    for where, row in rows:
        if (id_ := str(row.get("id") or "").strip()) and id_ in seen:
            faults.append(f"{where} repeats the id {id_!r}; give each post its own.")
        seen.add(id_)
    if not rows:
        faults.append("there are no posts in it.")
    if faults:
        raise DataError(str(file), faults)
    return posts


Row = tuple[str, Mapping[str, Any]]


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as fault:
        raise DataError(str(file), [f"cannot be read: {fault.strerror or fault}."]) from None
    except UnicodeDecodeError:
        raise DataError(str(file), ["is not UTF-8; save it as UTF-8."]) from None


def _csv_rows(file: Path) -> Iterator[Row]:
    lines = [
        (n, line) for n, line in enumerate(_text(file).splitlines(), 1) if line.strip() and not line.startswith("#")
    ]
    reader = csv.DictReader(line for _, line in lines)
    if missing := [c for c in ("id", "lat", "lon", "country") if c not in (reader.fieldnames or ())]:
        raise DataError(str(file), [f"lacks the column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}."])
    for (number, _), row in zip(lines[1:], reader, strict=False):
        yield f"line {number}", {k: v for k, v in row.items() if isinstance(k, str)}


def _geojson_rows(file: Path) -> Iterator[Row]:
    try:
        data = json.loads(_text(file))
        features = data["features"]
    except json.JSONDecodeError as fault:
        raise DataError(str(file), [f"is no JSON: {fault.msg} in line {fault.lineno}."]) from None
    except (KeyError, TypeError):
        raise DataError(str(file), ["is no FeatureCollection; it needs a list of features."]) from None
    for number, feature in enumerate(features if isinstance(features, list) else [], 1):
        inside = feature if isinstance(feature, dict) else {}
        geometry, told = inside.get("geometry") or {}, inside.get("properties") or {}
        lon, lat = (
            (*(geometry.get("coordinates") or ()), None, None)[:2] if geometry.get("type") == "Point" else (None, None)
        )
        yield f"feature {number}", {"id": inside.get("id"), **told, "lat": lat, "lon": lon}


def _post(where: str, row: Mapping[str, Any], faults: list[str]) -> Post | None:
    before = len(faults)
    told = {
        name: str(value).strip() for name, value in row.items() if value is not None and not isinstance(value, dict)
    }
    where = f"{where} ({told['id']})" if told.get("id") else where
    for name in ("id", "country"):
        if not told.get(name):
            faults.append(f"{where} has no {name}.")
    if told.get("country") and not re.fullmatch("[A-Z]{3}", told["country"]):
        faults.append(f"{where}: country {told['country']!r} is no ISO 3166-1 alpha-3 code such as IRQ.")
    lat, lon = (_degrees(where, name, told.get(name), most, faults) for name, most in (("lat", 90.0), ("lon", 180.0)))
    rings = _rings(where, row.get("rings"), faults)
    if len(faults) > before:
        return None
    named = row.get("name")
    by_code: Mapping[str, Any] = named if isinstance(named, dict) else {}
    names = {code: str(by_code.get(code) or told.get(f"name_{code}") or "") for code in ("en", "ar")}
    plain = told.get("name") or names["en"] or names["ar"] or told["id"]
    return Post(
        id=told["id"],
        name={code: text or plain for code, text in names.items()},
        kind=told.get("kind") or "site",
        owner=told.get("owner") or "",
        lat=lat,
        lon=lon,
        town=told.get("town") or "",
        country=told["country"],
        rings=rings,
    )


def _degrees(where: str, name: str, text: str | None, most: float, faults: list[str]) -> float:
    try:
        value = float(text or "")
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        faults.append(f"{where}: {name} {text!r} is no number of degrees from -{most:g} to {most:g}.")
    return value


def _rings(where: str, told: Any, faults: list[str]) -> tuple[Ring, ...]:
    pairs = (
        told.items()
        if isinstance(told, dict)
        else [part.partition(":")[::2] for part in str(told or "").split(";") if part]
    )
    rings = []
    for name, radius in pairs:
        try:
            rings.append(Ring(name=str(name).strip(), radius_km=float(radius)))
        except (TypeError, ValueError):
            faults.append(f"{where}: ring {name!r} has no radius in kilometres; write near:5;town:30.")
    faults += [f"{where}: ring {r.name!r} must be wider than 0 km." for r in rings if not r.radius_km > 0]
    return tuple(sorted(rings, key=lambda r: r.radius_km)) or DEFAULT_RINGS


DEFAULT_RINGS = (Ring(name="inner", radius_km=0.5), Ring(name="near", radius_km=5.0), Ring(name="town", radius_km=30.0))
