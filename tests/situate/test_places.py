"""Which names are places, and which place of that name is meant."""

from __future__ import annotations

import pytest

from kavass import lang
from kavass.mark import mark
from kavass.model import Span, Zone
from kavass.situate import Places, places
from kavass.situate.places import headed
from make import report


def read(text: str, *zones: Zone) -> Places:
    code = "ar" if any("\u0600" <= c <= "\u06ff" for c in text) else "en"
    told = report(text, language=code, zones=zones or (Zone(start=0, end=len(text), zone="body"),))
    language = lang.load(code)
    found = places(told, mark(told, language), language)
    for m in found.mentions:
        assert 0 <= m.mention.start < m.mention.end <= len(text)
        assert (m.lat is None) == (m.lon is None)
    return found


def named(text: str, *zones: Zone) -> list[tuple[str, str | None]]:
    return [(text[slice(*m.mention)], m.country) for m in read(text, *zones).mentions]


def test_names_and_demonyms_are_told_apart() -> None:
    found = read("An Iranian envoy flew to Basra.").mentions
    assert [(m.kind, m.name, m.country) for m in found] == [("demonym", "Iran", "IRN"), ("name", "Basra", "IRQ")]


def test_names_and_demonyms_are_told_apart_in_arabic() -> None:
    found = read("وصل مبعوث إيراني إلى البصرة").mentions
    assert [(m.kind, m.name, m.country) for m in found] == [("demonym", "Iran", "IRN"), ("name", "Basra", "IRQ")]


def test_a_name_keeps_its_particles_out_of_the_mention() -> None:
    assert named("وقع انفجار بالبصرة وبغداد") == [("البصرة", "IRQ"), ("بغداد", "IRQ")]


@pytest.mark.parametrize(
    ("text", "country", "lat"),
    [
        ("A man from Paris, Texas, was held.", "USA", 33.7),
        ("A man from Paris was held.", "FRA", 48.9),
        ("Shells fell on Tripoli, Lebanon, at dawn.", "LBN", 34.4),
        ("Shells fell on Tripoli at dawn, Libyan officials said.", "LBY", 32.9),
    ],
)
def test_the_text_says_which_of_two_towns_is_meant(text: str, country: str, lat: float) -> None:
    found = next(m for m in read(text).mentions if m.kind == "name")
    assert found.country == country and found.lat is not None and abs(found.lat - lat) < 0.5


def test_the_rest_of_the_report_says_which_country_a_town_is_in() -> None:
    text = "Police in Ohio searched a house in Dublin. Columbus and Cleveland sent help, Ohio officials said."
    dublin = next(m for m in read(text).mentions if text[slice(*m.mention)] == "Dublin")
    assert dublin.country == "USA"


def test_one_name_has_one_sense_in_a_report() -> None:
    text = "A bomb went off in Tripoli, Lebanon, on Monday. Tripoli was quiet on Tuesday."
    assert {m.country for m in read(text).mentions} == {"LBN"}


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Washington spoke.",
        "Kelly Houston spoke.",
        "David said so to Mary in March.",
        "They told us that it may rain on Sunday.",
        "It was nice of them to come.",
    ],
)
def test_persons_and_everyday_words_are_no_places(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    ["قال القاسم إن العلم جديد", "وصلوا يوم الجمعة في شهر شباط", "قتل ثلاثة في المدينة", "قطعوا طريقا في مركز المدينة"],
)
def test_everyday_words_are_no_places_in_arabic(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(("text", "country"), [("وصل الوفد إلى عمّان أمس.", "JOR"), ("وصل الوفد إلى عُمان أمس.", "OMN")])
def test_a_mark_tells_two_places_apart_that_are_written_alike(text: str, country: str) -> None:
    (mention,) = read(text).mentions
    assert mention.country == country


@pytest.mark.parametrize("text", ["طعنه بالسلاح الأبيض قرب المقهى.", "أغلقت الشرطة الطريق حتى دوار السوق."])
def test_what_belongs_to_another_word_is_no_place_in_arabic(text: str) -> None:
    assert not read(text).mentions


def test_a_stopped_word_is_a_place_where_the_text_says_so() -> None:
    assert ("Mobile", "USA") in named("He lived in Mobile, Alabama.")


def test_abbreviations_need_their_form() -> None:
    assert named("The U.S. told us.") == [("U.S.", "USA")]
    assert [w for w, _ in named("He came to Louisville, Ky. on foot.")] == ["Louisville", "Ky."]


def test_a_somebody_called_like_a_town_stays_a_person() -> None:
    text = "Kelly Lansing was shot. Lansing was taken to a hospital in Detroit."
    assert [w for w, _ in named(text)] == ["Detroit"]


def test_a_division_is_told_from_the_town_of_its_name() -> None:
    found = [m.name for m in read("Raids in Basra province and the town of Basra.").mentions]
    assert found == ["Basra province", "Basra"]
    assert [m.name for m in read("مداهمات في محافظة البصرة ومدينة البصرة").mentions] == ["Basra province", "Basra"]


def test_a_region_has_a_name_and_no_point() -> None:
    [m] = read("Tension grows in the Middle East.").mentions
    assert (m.name, m.lat, m.country) == ("Middle East", None, None)


def test_texts_without_capitals_are_read() -> None:
    assert ("baghdad", "IRQ") in named("a bomb exploded in baghdad on monday, killing two people")
    assert ("BAGHDAD", "IRQ") in named("A BOMB EXPLODED IN BAGHDAD ON MONDAY, KILLING TWO PEOPLE")


def test_furniture_is_not_read() -> None:
    text = "London Paris Tokyo\n\nShells fell on Basra."
    zones = (Zone(start=0, end=18, zone="furniture"), Zone(start=20, end=len(text), zone="body"))
    assert named(text, *zones) == [("Basra", "IRQ")]


def test_places_are_found_by_span() -> None:
    text = "Shells fell on Basra."
    found = read(text)
    at = found.at(Span(15, 20))
    assert at is not None and at.name == "Basra"
    candidate = found.candidate(at)
    assert candidate is not None and candidate.key == "gn:99532"
    assert found.at(Span(0, 5)) is None
    assert found.countries() == {"IRQ": 1}


@pytest.mark.parametrize("text", ["", "   ", "....", "؟؟؟", "A" * 5000])
def test_empty_and_odd_texts_name_no_place(text: str) -> None:
    assert named(text) == [] if text.strip() else True


def test_the_same_text_gives_the_same_places() -> None:
    text = "Springfield and Columbus and Paris and Georgia and Lebanon and Dublin."
    assert read(text).mentions == read(text).mentions


def test_a_street_or_river_is_a_place_that_no_table_knows() -> None:
    assert named("He walked down Houston Street to the Neches River.") == [
        ("Houston Street", None),
        ("Neches River", None),
    ]


def test_a_people_is_no_place_that_is_called_like_it() -> None:
    assert named("A Somali officer was shot.") == [("Somali", "SOM")]
    assert named("He fled to the Somali Region.") == [("Somali", "ETH")]


def test_a_name_that_stands_as_a_place_once_is_one_beside_a_capital_too() -> None:
    text = "A house burned in Torrington, Connecticut. Torrington Elks raised money."
    assert [w for w, _ in named(text)] == ["Torrington", "Connecticut", "Torrington"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("بوركينا فاسو: هجوم في بلدة جيبو", ("جيبو", "BFA")),
        ("باكستان: انفجار في كويتا", ("كويتا", "PAK")),
        ("ألمانيا: حريق في فولدا", ("فولدا", "DEU")),
    ],
)
def test_a_town_abroad_is_known_by_its_sound(text: str, place: tuple[str, str]) -> None:
    assert place in named(text)


def test_a_word_that_sounds_like_a_town_is_none_without_its_country() -> None:
    assert named("قتل ثلاثة في كمين") == []


def test_divisions_are_known_in_arabic() -> None:
    assert ("بكتيا", "AFG") in named("قال مسؤول أفغاني إن ولاية بكتيا هادئة")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Report\n\nOICHA (RN4). A convoy was hit.", "OICHA", True),
        ("Report\n\n- Sebha: a car was taken.", "Sebha", True),
        ("نشرة\n\nسبها، 19 يوليو: أوقف مسلحون سيارة", "سبها", True),
        ("Report\n\nSebha was quiet.", "Sebha", False),
    ],
)
def test_a_name_may_head_a_paragraph(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert headed(text, Span(start, start + len(name))) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Yemen's army said two shells fell in Hodeidah.", "Al Ḩudaydah"),
        ("A drone hit a market in Qamishli, Syria's news agency said.", "Al Qāmishlī"),
        ("Ethiopian troops took the airport at Axum.", "Aksum"),
        ("Three Palestinians were wounded near Deir al-Balah.", "Dayr al Balaḩ"),
    ],
)
def test_a_town_is_found_under_another_spelling(text: str, name: str) -> None:
    assert any(m.name == name for m in read(text).mentions)


def test_signs_of_vowels_tell_a_town_from_a_country() -> None:
    assert named("عقد الوزير لقاء في عمّان.") == [("عمّان", "JOR")]
    assert named("عقد الوزير لقاء في سلطنة عُمان.")[-1][1] == "OMN"
