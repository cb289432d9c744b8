"""Names -> places, offline: towns, divisions, countries, regions and sites, each with where it is and how wide it is.

Keys: `gn:<GeoNames id>` or `own:<slug>` a town, `a1:<code>`/`a2:<code>` a first- or second-order division by its GeoNames code,
`country:<ISO alpha-3>`,
`region:<slug>` (a name without a point), `site:<slug>` (an airport, a mission, a base). Tables: world.tsv.gz (made by build.py),
countries.tsv, places.tsv (what the first lacks) and sites.toml; each opens with its source and licence. They are read on first use.
"""

from __future__ import annotations

import gzip
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.languages import get_official_languages

from kavass.lang.text import fold_words

HERE = Path(__file__).parent
PlaceKind = Literal["town", "district", "province", "country", "region", "site"]
# Below this many people a town is looked up only where the text itself asks for a place (see `small`); so is a district, but for
# the countries whose districts the press names as often as their towns.
WELL_KNOWN, COUNTIES = 5_000, ("US", "GB", "IE", "CA")
# Columns of the tables with the further names of each language; the first name of a row is Latin.
_LATIN, _ARABIC = 8, 9
_OTHER_NAMES = {"en": _LATIN, "ar": _ARABIC}
_COUNTRY_NAMES, _DEMONYMS, _FURTHER = {"en": 7, "ar": 8}, {"en": 9, "ar": 10}, {"ar": 11}
_CAPITAL = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a name may mean. `country` is ISO alpha-3; a region has no point. `parent` is the town a site belongs to, by name."""

    key: str
    kind: PlaceKind
    name: str
    country: str | None = None
    admin: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    population: int = 0
    geonames_id: int | None = None
    capital: bool = False
    parent: str | None = None
    what: str | None = None  # of a site: airport, embassy, consulate, base, zone ...
    owner: str | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


def names(code: str) -> Iterator[tuple[str, str, str]]:
    """(kind, surface name, values with blanks between) of a language for the matcher: kinds `place` (keys) and `demonym` (ISO
    alpha-3). A name may come several times."""
    yield from countries(code)
    renamed = _renamed()
    for line in read_table(f"world.{code}.gz"):
        name, keys = line.split("\t")
        if name in renamed:
            keys = " ".join(key for key in keys.split(" ") if key not in renamed[name])
        yield "place", name, keys
    for key, line in _own_rows().items():
        for name in names_of(line, code):
            yield "place", name, key
    for key, site in _sites().items():
        if site.get("proper", False):
            for name in site.get(code, ()):
                yield "place", name, key


def names_of(line: str, code: str) -> Iterator[str]:
    """The names of a language, folded, under which the matcher is to know the place of a row; none of little-known ones."""
    _, kind, _, _, country, _, size, name, others, arabic = line.split("\t")
    latin = _OTHER_NAMES[code] == _LATIN
    if _little(kind, country, size) and (not arabic or (latin and kind != "town")):
        return
    if latin:
        yield fold_words(name)
    yield from filter(None, (others if latin else arabic).split("|"))


def countries(code: str) -> Iterator[tuple[str, str, str]]:
    """What `names` gives of countries and their people."""
    yield from _countries_named(code)
    yield from _demonyms(code)


def great_towns(code: str, people: int) -> Iterator[tuple[str, str]]:
    """(name, key) of the towns of at least so many people, and of the capitals whatever their size."""
    column, capitals = _OTHER_NAMES[code], _capitals()
    for row in map(_columns, _rows()):
        if row[1] == "town" and (int(row[6] or 0) >= people or row[0] in capitals):
            names = filter(None, row[column].split("|"))
            yield from ((name, row[0]) for name in ((row[7], *names) if column == _LATIN else names))


def small(name: str) -> tuple[str, ...]:
    """The keys of little-known towns of that folded Latin name, the most populous first."""
    return _small().get(name, ())


def heard(alpha3: str, code: str) -> Iterator[tuple[str, str]]:
    """(key, folded Latin name) of a country's towns and divisions; at home in the language only of those it has no name for."""
    country = next((row[0] for row in _country_rows().values() if row[1] == alpha3), "")
    for row in map(_columns, _by_country().get(country, ())):
        if not row[_OTHER_NAMES[code]] or alpha3 not in at_home(code):
            yield row[0], fold_words(row[7])


def towns_of(alpha3: str) -> Iterator[tuple[str, str, int]]:
    """(key, Latin name, people) of a country's towns, under each of their names."""
    country = next((row[0] for row in _country_rows().values() if row[1] == alpha3), "")
    for row in map(_columns, _by_country().get(country, ())):
        if row[1] == "town":
            for name in (row[7], *filter(None, row[_LATIN].split("|"))):
                yield row[0], name, int(row[6])


@cache
def at_home(code: str) -> frozenset[str]:
    """The countries of which it is an official language."""
    return frozenset(row[1] for row in _country_rows().values() if code in get_official_languages(row[0]))


@cache
def _by_country() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _rows():
        found.setdefault(line.split("\t", 5)[4], []).append(line)
    return found


@cache
def candidate(key: str) -> Candidate:
    """What a key stands for. Raises KeyError for an unknown one."""
    if key.startswith("country:"):
        return _country(key)
    if key.startswith("site:"):
        return _as_site(key)
    _, kind, lat, lon, country, admin, size, name, *_ = _columns(_row(key))
    alpha3 = _alpha3().get(country)
    town = kind == "town"
    return Candidate(
        key=key,
        kind=kind,  # type: ignore[arg-type]
        name=name,
        country=alpha3,
        admin=f"{alpha3}.{admin}" if admin else None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        radius_km=_town_radius_km(int(size)) if town else float(size) if size else None,
        population=int(size) if town else 0,
        geonames_id=int(key[3:]) if key.startswith("gn:") else None,
        capital=key in _capitals(),
    )


@cache
def short_forms(code: str) -> dict[str, frozenset[str]]:
    """Folded abbreviations -> how they are written ("us" -> {"US"}, "u s" -> {"U.S."}), so that "us" is not taken for one."""
    found: dict[str, set[str]] = {}
    own = (
        line.split("\t") for line in (HERE / "places.tsv").read_text("utf-8").splitlines() if not line.startswith("#")
    )
    rows = (row[_OTHER_NAMES[code]] for row in own if len(row) > _OTHER_NAMES[code])
    countries = (row[_COUNTRY_NAMES[code]] for row in _country_rows().values())
    for cell in (*rows, *countries):
        for name in cell.split("|"):
            if "." in name or (len(name) < 5 and name.isupper()):
                found.setdefault(fold_words(name), set()).add(name.replace(" ", ""))
    return {key: frozenset(forms) for key, forms in found.items()}


def sites() -> tuple[str, ...]:
    """The keys of all known sites, in order of the file."""
    return tuple(_sites())


def country(alpha3: str) -> Candidate | None:
    """The country of that code."""
    key = f"country:{alpha3}"
    return candidate(key) if key in _country_rows() else None


def capital(alpha3: str) -> Candidate | None:
    """The capital of that country."""
    country = _country_rows().get(f"country:{alpha3}")
    return candidate(country[_CAPITAL]) if country and country[_CAPITAL] else None


def country_name(alpha3: str, code: str) -> str:
    """The country's name in a language, or the code itself if it is none.

    >>> country_name("IRQ", "ar")
    'العراق'
    """
    row = _country_rows().get(f"country:{alpha3}")
    return str(Locale(code).territories.get(row[0], alpha3)) if row else alpha3


def local_name(name: str, geonames_id: int | None, code: str) -> str:
    """What a language calls a resolved place (the name that `Candidate` gives it), or that name if it knows no other.

    >>> local_name("Basra", 99532, "ar")
    'البصرة'
    """
    if code == "en":
        return name
    try:
        known = _columns(_row(f"gn:{geonames_id}"))[_OTHER_NAMES[code]]
    except KeyError:
        known = _names_of_sites(code).get(name, "")
    return known.split("|")[0] or name


@cache
def _names_of_sites(code: str) -> dict[str, str]:
    return {entry["name"]: entry[code][0] for entry in _sites().values() if entry.get(code)}


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points.

    >>> round(kilometres((30.51, 47.78), (33.34, 44.40)))
    448
    """
    lat1, lon1, lat2, lon2 = map(radians, (*a, *b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


def _town_radius_km(population: int) -> float:
    """How far a town reaches: a disc of 4,000 people per km2 with room for its edges, 2 to 25 km."""
    return round(min(25.0, max(2.0, 1.5 * sqrt(population / 4000 / 3.14159))), 1)


def _rows() -> Iterator[str]:
    """The rows of the made table, those that we know more of with that, and our own."""
    own = dict(_own_rows())
    for line in _world():
        yield own.pop(line[: line.index("\t")], line)
    yield from own.values()


def _row(key: str) -> str:
    """The row of a key. Raises KeyError for an unknown one."""
    if (own := _own_rows().get(key)) is not None:
        return own
    return _made_row(key)


def _made_row(key: str) -> str:
    """The row of a key in the made table. Raises KeyError for an unknown one."""
    at = bisect_left(_world(), key + "\t")
    if at == len(_world()) or not _world()[at].startswith(key + "\t"):
        raise KeyError(key)
    return _world()[at]


@cache
def _world() -> list[str]:
    """The rows of the made table, sorted by key.

    Lines, not columns: 100,000 places take 20 MB instead of 90; and no table of keys, which takes as long as to read them.
    """
    return read_table("world.tsv.gz")


def read_table(name: str) -> list[str]:
    """The lines of a packed table of this folder without those of its head."""
    lines = gzip.decompress((HERE / name).read_bytes()).decode().splitlines()
    return lines[next(n for n, line in enumerate(lines) if not line.startswith("#")) :]


@cache
def _own_rows() -> dict[str, str]:
    """key -> row of places.tsv; one of the made table with what that tells of the place."""
    found: dict[str, str] = {}
    for row in _own_table():
        try:
            found[row[0]] = "\t".join(_added(_columns(found.get(row[0]) or _made_row(row[0])), row))
        except KeyError:
            found[row[0]] = "\t".join(row)
    return found


@cache
def _own_table() -> list[list[str]]:
    lines = (HERE / "places.tsv").read_text("utf-8").splitlines()
    return [(line.split("\t") + [""] * 10)[:10] for line in lines if line and not line.startswith("#")]


@cache
def _renamed() -> dict[str, set[str]]:
    """Folded names of the made table -> the keys from which places.tsv takes them back."""
    found: dict[str, set[str]] = {}
    for row in _own_table():
        if row[7].startswith("!"):
            found.setdefault(fold_words(_columns(_made_row(row[0]))[7]), set()).add(row[0])
    return found


def _columns(line: str) -> list[str]:
    return line.split("\t")


def _added(held: list[str], row: list[str]) -> list[str]:
    """Our own knowledge of a known place: a better point, a first name (with ! in place of the old one), further names."""
    if row[2]:
        held[2], held[3] = row[2], row[3]
    if row[7].startswith("!"):
        held[7] = row[7][1:]
    elif row[7]:
        held[8], held[7] = "|".join(filter(None, (held[8], held[7]))), row[7]
    for column in (_LATIN, _ARABIC):
        held[column] = "|".join(filter(None, (held[column], row[column])))
    return held


def _little(kind: str, country: str, size: str) -> bool:
    return int(size) < WELL_KNOWN if kind == "town" else kind == "district" and country not in COUNTIES


@cache
def _small() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for line in _rows():
        key, kind, _, _, country, _, size, name, *_ = line.split("\t")
        if _little(kind, country, size):
            found.setdefault(fold_words(name), []).append((-int(size), key))
    return {name: tuple(key for _, key in sorted(keys)) for name, keys in found.items()}


@cache
def _country_rows() -> dict[str, list[str]]:
    """`country:<alpha-3>` -> the columns of countries.tsv."""
    rows = {}
    for line in (HERE / "countries.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            row = line.split("\t")
            rows[f"country:{row[1]}"] = row
    return rows


@cache
def _alpha3() -> dict[str, str]:
    return {row[0]: row[1] for row in _country_rows().values()}


@cache
def _capitals() -> frozenset[str]:
    """The keys of all capitals."""
    return frozenset(row[_CAPITAL] for row in _country_rows().values() if row[_CAPITAL])


def _country(key: str) -> Candidate:
    _, alpha3, geonames, lat, lon, radius, *_ = _country_rows()[key]
    name = Locale("en").territories.get(_country_rows()[key][0], alpha3)
    return Candidate(
        key=key,
        kind="country",
        name=name,
        country=alpha3,
        lat=float(lat),
        lon=float(lon),
        radius_km=float(radius),
        geonames_id=int(geonames),
    )


def _countries_named(code: str) -> Iterator[tuple[str, str, str]]:
    territories = Locale(code).territories
    for key, row in _country_rows().items():
        for name in dict.fromkeys((territories.get(row[0], ""), *row[_COUNTRY_NAMES[code]].split("|"))):
            if name:
                yield "place", name, key


def _demonyms(code: str) -> Iterator[tuple[str, str, str]]:
    """Every demonym in the forms of its language; of two words both are inflected."""
    rules = tomllib.loads((HERE / "forms.toml").read_text("utf-8")).get(code, {"forms": ["{}"]})
    for row in _country_rows().values():
        for column, forms in ((_DEMONYMS.get(code), rules["forms"]), (_FURTHER.get(code), rules.get("further", ()))):
            for base in filter(None, row[column].split("|") if column else ()):
                for form in forms:
                    yield "demonym", " ".join(form.format(word) for word in base.split()), row[1]


@cache
def _sites() -> dict[str, dict[str, Any]]:
    entries = tomllib.loads((HERE / "sites.toml").read_text("utf-8"))["site"]
    return {f"site:{entry['id']}": entry for entry in entries}


def _as_site(key: str) -> Candidate:
    entry = _sites()[key]
    return Candidate(
        key=key,
        kind="site",
        name=entry["name"],
        country=entry["country"],
        lat=entry["lat"],
        lon=entry["lon"],
        radius_km=entry["radius_km"],
        what=entry["kind"],
        owner=entry.get("owner"),
        parent=entry.get("town"),
    )
