"""The gazetteer: names to places, offline."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kavass.gazetteer import places


@pytest.fixture(scope="module")
def english() -> dict[str, set[str]]:
    return _by_name("en")


@pytest.fixture(scope="module")
def arabic() -> dict[str, set[str]]:
    return _by_name("ar")


def _by_name(code: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, name, values in places.names(code):
        found[f"{kind}:{name.casefold()}"].update(values.split())
    return found


def test_a_town_is_known_in_both_scripts(english: dict[str, set[str]], arabic: dict[str, set[str]]) -> None:
    assert "gn:99532" in english["place:basra"]
    assert "gn:99532" in arabic["place:البصرة"]
    basra = places.candidate("gn:99532")
    assert (basra.name, basra.country, basra.kind) == ("Basra", "IRQ", "town")
    assert basra.point is not None and places.kilometres(basra.point, (30.51, 47.78)) < 5
    assert basra.radius_km is not None and 5 < basra.radius_km <= 25


@pytest.mark.parametrize(
    "name", ["Jurf al-Sakhar", "Umm Qasr", "Abu al-Khasib", "Ahvaz", "Fallujah", "Green Zone", "Nineveh"]
)
def test_places_of_the_region_are_known_as_the_press_writes_them(english: dict[str, set[str]], name: str) -> None:
    folded = {key.replace("-", " ") for key in english}
    assert f"place:{name.casefold().replace('-', ' ')}" in folded


@pytest.mark.parametrize("name", ["جرف الصخر", "أم قصر", "أبو الخصيب", "الأهواز", "الأنبار", "المنطقة الخضراء"])
def test_places_of_the_region_are_known_in_arabic(arabic: dict[str, set[str]], name: str) -> None:
    assert f"place:{name}" in arabic


def test_every_country_has_names_in_both_languages_and_a_point(
    english: dict[str, set[str]], arabic: dict[str, set[str]]
) -> None:
    for found in (english, arabic):
        countries = {
            value
            for key, values in found.items()
            if key.startswith("place:")
            for value in values
            if value.startswith("country:")
        }
        assert len(countries) > 220
    iraq = places.country("IRQ")
    assert iraq is not None and iraq.kind == "country" and iraq.point is not None
    assert places.country("XXX") is None


@pytest.mark.parametrize(
    ("form", "country"), [("iraqi", "IRQ"), ("iranians", "IRN"), ("lebanese", "LBN"), ("british", "GBR")]
)
def test_english_demonyms(english: dict[str, set[str]], form: str, country: str) -> None:
    assert english[f"demonym:{form}"] == {country}


@pytest.mark.parametrize(
    ("form", "country"),
    [
        ("عراقي", "IRQ"),
        ("العراقية", "IRQ"),
        ("إيرانيين", "IRN"),
        ("الأميركية", "USA"),
        ("أتراك", "TUR"),
        ("كورية شمالية", "PRK"),
    ],
)
def test_arabic_demonyms_agree_in_gender_number_and_definiteness(
    arabic: dict[str, set[str]], form: str, country: str
) -> None:
    assert arabic[f"demonym:{form}"] == {country}


def test_every_value_of_a_name_can_be_looked_up(english: dict[str, set[str]], arabic: dict[str, set[str]]) -> None:
    keys = {v for found in (english, arabic) for k, values in found.items() if k.startswith("place:") for v in values}
    for key in sorted(keys)[::50]:
        candidate = places.candidate(key)
        assert candidate.key == key
        assert candidate.point is not None or candidate.kind == "region"


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        places.candidate("gn:1")


def test_sites_have_a_kind_a_town_and_lie_near_it() -> None:
    for key in places.sites():
        site = places.candidate(key)
        assert site.kind == "site" and site.what and site.radius_km and site.country
        assert places.country(site.country) is not None
    consulate = places.candidate("site:usa-consulate-basra")
    assert (consulate.owner, consulate.parent, consulate.what) == ("USA", "Basra", "consulate")
    basra = places.candidate("gn:99532")
    assert consulate.point and basra.point and places.kilometres(consulate.point, basra.point) < 20


def test_short_forms_know_how_they_are_written() -> None:
    forms = places.short_forms("en")
    assert "US" in forms["us"] and "U.S." in forms["u s"]
    assert "us" not in forms["us"]


def test_little_towns_are_found_apart_from_the_matcher(english: dict[str, set[str]]) -> None:
    keys = places.small("chiefland")
    assert keys and all(places.candidate(k).population < places.WELL_KNOWN for k in keys)
    assert "place:chiefland" not in english


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_names_made_beforehand_are_those_of_the_table(code: str) -> None:
    told = dict(line.split("\t") for line in places.read_table(f"world.{code}.gz"))
    found: dict[str, list[str]] = defaultdict(list)
    for line in places.read_table("world.tsv.gz"):
        for name in dict.fromkeys(places.names_of(line, code)):
            found[name].append(line.split("\t")[0])
    assert told == {name: " ".join(keys) for name, keys in found.items()}


def test_a_name_taken_back_is_taken_from_its_place_only(english: dict[str, set[str]]) -> None:
    for name, keys in places._renamed().items():
        assert english[f"place:{name}"].isdisjoint(keys)


def test_a_capital_lies_in_its_country_and_bears_its_name() -> None:
    rows = [row for row in places._country_rows().values() if row[places._CAPITAL]]
    assert len(rows) > 220
    for row in rows:
        capital = places.capital(row[1])
        assert capital is not None and capital.capital and (capital.kind, capital.country) == ("town", row[1])
        assert places.fold_words(row[6]) in set(places.names_of(places._row(capital.key), "en")) | {
            places.fold_words(capital.name)
        }


def test_each_data_file_opens_with_source_and_licence() -> None:
    for name in ("countries.tsv", "places.tsv", "sites.toml", "forms.toml"):
        head = "\n".join((places.HERE / name).read_text("utf-8").splitlines()[:4])
        assert "Apache-2.0" in head or "CC BY" in head, name


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("حفر الباطن", (28.43, 45.96)), ("بن قردان", (33.14, 11.22)), ("كادوقلي", (11.01, 29.72)), ("صرواح", (15.46, 45.1)),
        ("أبو جبيهة", (11.46, 31.23)), ("بر الياس", (33.77, 35.9)), ("خانقين", (34.35, 45.39)), ("بوفاريك", (36.57, 2.91)),
    ],
)  # fmt: skip
def test_a_small_town_of_the_arab_world_has_its_arabic_name(
    arabic: dict[str, set[str]], name: str, point: tuple[float, float]
) -> None:
    found = [places.candidate(key).point for key in arabic[f"place:{name}"]]
    assert any(there is not None and places.kilometres(there, point) < 25 for there in found)
