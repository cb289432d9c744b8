"""Zones, stamp, dateline, origin, language and repairs of reports in English and Arabic; the text is never changed."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavass.clean import clean
from kavass.model import RawReport, Report
from kavass.read import read

BODY = "Gunmen opened fire on a lorry near the southern port on Monday, wounding the driver, a police officer said."
MORE = "The lorry was carrying pipes for the water works, and its owner said that he had been threatened in July."
NASS = "أطلق مسلحون مجهولون النار على شاحنة قرب الميناء يوم الاثنين ما أدى إلى إصابة السائق، بحسب ضابط في الشرطة."


def report(text: str, **given: object) -> Report:
    (raw,) = read(json.dumps({"text": text, **given}).encode(), key="r", reader="jsonl")
    assert isinstance(raw, RawReport), raw
    return clean(raw)


def zones(of: Report) -> list[tuple[str, str]]:
    return [(z.zone, of.text[z.start : z.end]) for z in of.zones]


def readings(of: Report) -> list[tuple[str, str]]:
    return [(of.words(r.span), r.reading) for r in of.repairs]


CAPTION = "Lorries wait in a long line outside the gate of the southern port during the strike of last summer."
PAGE = f"""4 May 2021
English Arabic
  • Item not found

Lorry driver shot on the road to the southern port

Monday, 23 July 2018 19:05
{CAPTION} {CAPTION}

HARBOUR TOWN—{BODY}

{MORE}

New report: Who pays the armed men on the southern port road

New report: Who pays the armed men on ...

Exclusive: The life of a smuggler from the marshes of ...
Delta Forum - Press releaseThere are many alarming..."""


def test_a_copied_page_is_told_apart_line_by_line() -> None:
    found = report(PAGE)
    assert [zone for zone, _ in zones(found)] == [
        "furniture", "furniture", "furniture", "title", "stamp", "caption", "furniture", "dateline", "body", "body",
        "teaser", "teaser", "teaser", "teaser",
    ]  # fmt: skip
    assert found.text == PAGE
    assert found.title == "Lorry driver shot on the road to the southern port"
    assert (found.published, found.published_from) == ("2018-07-23T19:05", "page")
    assert (found.dateline, found.language) == ("Harbour Town", "en")
    assert ("caption", CAPTION) in zones(found)
    assert ("body", BODY) in zones(found)


def test_a_copied_arabic_page_is_told_apart_line_by_line() -> None:
    text = f"""الرئيسية | أمن | رياضة
الثلاثاء ١٠ كانون الأول ٢٠١٩
إصابة سائق شاحنة بنيران مسلحين قرب الميناء
نشر في: الاثنين ٢٣ تموز/يوليو ٢٠١٨ ١١:٢٠ م

الميناء/ رويترز – {NASS}

اقرأ أيضاً
حريق في السوق القديم وسط المدينة
شارك
جميع الحقوق محفوظة"""
    found = report(text)
    assert [zone for zone, _ in zones(found)] == [
        "furniture", "furniture", "title", "stamp", "dateline", "body", "teaser", "teaser", "furniture", "furniture"
    ]  # fmt: skip
    assert (found.published, found.dateline, found.origin, found.language) == (
        "2018-07-23T23:20",
        "الميناء",
        "Reuters",
        "ar",
    )


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY} {MORE}",
        f"{BODY}\n\n{MORE}",
        NASS,
        "army sources said today that guerrillas attacked a farm near the capital.    two peasants died, the sources added.",
        "Police said three words: stop the car...\n\nNobody was arrested.",
        "Shots were heard at dawn.\n\nBackground\n\nThe road was closed twice in May.",
        f"{BODY}\n\n“We shall see what the judge says about all of it …”\n\nHe did not say more",
    ],
)
def test_plain_texts_are_body_from_end_to_end(text: str) -> None:
    found = report(text)
    assert {zone for zone, _ in zones(found)} == {"body"}
    assert found.published is None and found.published_from == "none"


def test_lines_broken_at_a_width_make_one_paragraph() -> None:
    text = (
        "Gunmen opened fire on a lorry near the southern port on Monday,\nwounding the driver, a police officer said. "
        "The road was closed\nfor an hour."
    )
    assert zones(report(text)) == [("body", text)]


@pytest.mark.parametrize(
    ("opening", "place", "origin"),
    [
        ("WASHINGTON—", "Washington", None),
        ("BAGHDAD (AA) - ", "Baghdad", "Anadolu Agency"),
        ("BASRA, Iraq (Gulf Wire) - ", "Basra, Iraq", "Gulf Wire"),
        ("BAGHDAD, Oct. 3 (Xinhua) -- ", "Baghdad", "Xinhua"),
        ("Kirkuk, Iraq – ", "Kirkuk, Iraq", None),
        ("san salvador, 12 jan (acan-efe) -- ", "san salvador", "EFE"),
    ],
)
def test_english_datelines_are_cut_off(opening: str, place: str, origin: str | None) -> None:
    found = report(opening + BODY)
    assert zones(found) == [("dateline", opening.strip()), ("body", BODY)]
    assert (found.dateline, found.origin) == (place, origin)


@pytest.mark.parametrize(
    ("opening", "place", "origin"),
    [
        ("بغداد – ", "بغداد", None),
        ("بغداد (رويترز) - ", "بغداد", "Reuters"),
        ("البصرة/ 7 أيلول/ ", "البصرة", None),
        ("بغداد - أ ف ب: ", "بغداد", "Agence France-Presse"),
        ("بغداد ـ ", "بغداد", None),
    ],
)
def test_arabic_datelines_are_cut_off(opening: str, place: str, origin: str | None) -> None:
    found = report(opening + NASS)
    assert [zone for zone, _ in zones(found)] == ["dateline", "body"]
    assert zones(found)[1][1] == NASS
    assert (found.dateline, found.origin) == (place, origin)


@pytest.mark.parametrize(
    "text",
    [
        "The police — who had been warned — closed the road on Monday and searched every car.",
        "UPDATE: The police closed the road on Monday and searched every car that came along.",
        "U.S.-backed forces closed the road on Monday and searched every car that came along.",
        "وقال المتحدث باسم الشرطة: أغلقنا الطريق يوم الاثنين وفتشنا كل سيارة مرت به.",
        "NATO — which had been warned — closed the road on Monday and searched every car.",
    ],
)
def test_sentences_with_dashes_and_colons_have_no_dateline(text: str) -> None:
    assert report(text).dateline is None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Monday, 1 March 2021 07:05", "2021-03-01T07:05"),
        ("Published: September 29, 2018 at 6:05 pm", "2018-09-29T18:05"),
        ("Posted on 29th Sept 2018", "2018-09-29"),
        ("2018-09-29T22:28:00+03:00", "2018-09-29T22:28:00+03:00"),
        ("Sat, 29 Sep 2018 22:28:00 GMT", "2018-09-29T22:28:00+00:00"),
        ("السبت ٢٩ أيلول ٢٠١٨ - ٢٢:٢٨", "2018-09-29T22:28"),
        ("آخر تحديث: 29 سبتمبر 2018 06:05 مساءً", "2018-09-29T18:05"),
        ("السبت 19 محرم 1440 هـ - 29 سبتمبر 2018 م", "2018-09-29"),
        ("29/09/2018", "2018-09-29"),
        ("Sunday 4/3/2018", "2018-03-04"),
        ("4/3/2018", None),
        ("19 محرم 1440", None),
        ("Copyright 2018", None),
    ],
)
def test_stamps_are_read_as_they_stand(line: str, value: str | None) -> None:
    assert report(f"Lorry driver shot on port road\n\n{line}\n\n{BODY}\n\n{MORE}").published == value


def test_the_day_on_which_a_page_was_looked_at_is_no_stamp() -> None:
    text = f"Today is 2 February 2021\n\nLorry driver shot on port road\n\nMonday, 23 July 2018\n\n{BODY}\n\n© 2020 Delta Post"
    assert report(text).published == "2018-07-23"
    assert report(f"Today is 2 February 2021\n\nLorry driver shot on port road\n\n{BODY}\n\n{MORE}").published is None


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("HARBOUR LEDGER\nMonday, July 23, 2018\n\nLorry driver shot near the port\n\n", "2018-07-23"),
        (
            "HARBOUR LEDGER\nJuly 23, 2018\n\nLorry driver shot near the port\n\n",
            None,
        ),  # a day of rendering looks like this
        ("صحيفة المرفأ\nالاثنين 23 تموز 2018\n\nإصابة سائق شاحنة قرب الميناء\n\n", "2018-07-23"),
    ],
)
def test_a_date_under_the_masthead_counts_if_its_weekday_agrees(head: str, published: str | None) -> None:
    body = NASS if "صحيفة" in head else BODY
    assert report(f"{head}{body}\n\n{body} {MORE if body is BODY else body}").published == published


def test_a_date_in_the_running_text_is_no_stamp() -> None:
    assert report(f"{BODY}\n\nThe first attack was on 3 May 2018.\n\n{MORE}").published is None


def test_the_word_of_the_caller_stands_before_the_page() -> None:
    found = report(f"Lorry driver shot\n\nMonday, 23 July 2018\n\n{BODY}", published="2018-07-25")
    assert (found.published, found.published_from) == ("2018-07-25", "caller")


@pytest.mark.parametrize(
    ("last", "origin"),
    [
        ("Source: Reuters", "Reuters"), ("المصدر: رويترز", "Reuters"), ("نقلا عن وكالة فرانس برس", "Agence France-Presse"),
        ("By Ana Smith, Wall Street Journal", "The Wall Street Journal"), ("Shots were fired at Reuters staff.", None),
    ],
)  # fmt: skip
def test_the_origin_is_named_by_source_lines_and_bylines(last: str, origin: str | None) -> None:
    assert report(f"{BODY}\n\n{MORE}\n\n{last}").origin == origin


@pytest.mark.parametrize(
    ("text", "language"),
    [(BODY, "en"), (NASS, "ar"), (BODY.lower(), "en"), ("قصف المطار", "ar"), ("Rockets hit Basra", "en"),
     ("Les manifestants ont brûlé le siège du parti dans la nuit de lundi à mardi, selon la police.", "fr"),
     ("به گزارش خبرگزاری، افراد مسلح در نزدیکی بندر به یک کامیون تیراندازی کردند و راننده زخمی شد.", "fa")],
)  # fmt: skip
def test_the_language_is_told_offline(text: str, language: str) -> None:
    assert report(text).language == language


def test_a_declared_language_of_another_script_is_not_believed() -> None:
    assert report(NASS, language="en").language == "ar"
    assert report(BODY, language="en-GB").language == "en"


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        ("protests attacksagainst buildings", ("attacksagainst", "attacks against")),
        ("a CounterTerrorism unit", ("CounterTerrorism", "Counter Terrorism")),
        ("it was closed.The road", ("closed.The", "closed. The")),
        ("a press releaseThere are", ("releaseThere", "release There")),
    ],
)
def test_joined_words_are_read_apart_and_left_as_they_stand(words: str, reading: tuple[str, str]) -> None:
    text = f"Police in Basra spoke of {words} in the town on Monday."
    found = report(text)
    assert readings(found) == [reading]
    assert found.text == text


@pytest.mark.parametrize(
    "words",
    ["YouTube and WhatsApp", "northeastern withdrawn", "Muqdadiyah and Harakat", "the undertaxed", "Amazon.com or example.Net",
     "al-Nujaba", "McDonald and DeMarco", "the aftermath", "Lt.Col. Ahmed", "thebookstore"],
)  # fmt: skip
def test_names_and_compounds_are_not_taken_apart(words: str) -> None:
    assert report(f"Police in Basra spoke of {words} in the town on Monday.").repairs == ()


def test_a_title_given_apart_is_the_title() -> None:
    found = report(f"{BODY}\n\n{MORE}", title="Lorry driver shot")
    assert zones(found) == [("title", "Lorry driver shot"), ("body", BODY), ("body", MORE)]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from('aB .\n…:—/()«»"قص٢2018\u202e\u00a0-|'), max_size=300))
def test_zones_are_in_order_and_leave_out_blanks_alone(text: str) -> None:
    raw = RawReport(id="0" * 64, key="k", text=text)
    found, last = clean(raw), 0
    assert found.text == text
    for zone in found.zones:
        assert last <= zone.start < zone.end and not text[last : zone.start].strip()
        last = zone.end
    assert not text[last:].strip()
    assert clean(raw) == found
