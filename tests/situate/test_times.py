"""The calendar's rules, English beside Arabic. Everything is reckoned from Saturday, 29 September 2018 unless it says otherwise."""

from __future__ import annotations

import pytest

from kavass import lang
from kavass.model import Span, When
from kavass.situate import expressions, times
from make import report

SATURDAY = "2018-09-29"


def read(text: str, published: str | None = SATURDAY) -> list[When]:
    code = "ar" if any("\u0600" <= c <= "\u06ff" for c in text) else "en"
    told = report(text, published=published, language=code)
    return times(told, Span(0, len(text)), lang.load(code))


def dates(text: str, published: str | None = SATURDAY) -> list[tuple[str | None, str | None]]:
    return [(w.start, w.end) for w in read(text, published)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They met on Saturday.", "2018-09-29", "2018-09-29"),
        ("They met on Friday.", "2018-09-28", "2018-09-28"),
        ("They met last Saturday.", "2018-09-22", "2018-09-22"),
        ("They will meet next Monday.", "2018-10-01", "2018-10-01"),
        ("Shots rang out late on Thursday night.", "2018-09-27", "2018-09-28"),
        ("He spoke yesterday.", "2018-09-28", "2018-09-28"),
        ("He spoke today.", "2018-09-29", "2018-09-29"),
        ("It burned overnight.", "2018-09-28", "2018-09-29"),
        ("It burned last night.", "2018-09-28", "2018-09-29"),
        ("A raid last weekend failed.", "2018-09-22", "2018-09-23"),
        ("Earlier this month, guards fled.", "2018-09-01", "2018-09-29"),
        ("A strike early this month failed.", "2018-09-01", "2018-09-10"),
        ("A strike last month failed.", "2018-08-01", "2018-08-31"),
        ("A strike last year failed.", "2017-01-01", "2017-12-31"),
        ("This summer was dry.", "2018-06-01", "2018-08-31"),
        ("It fell in August.", "2018-08-01", "2018-08-31"),
        ("It fell in late August.", "2018-08-21", "2018-08-31"),
        ("It fell in November.", "2017-11-01", "2017-11-30"),
        ("It fell on 3 February.", "2018-02-03", "2018-02-03"),
        ("It fell on March 3, 2017.", "2017-03-03", "2017-03-03"),
        ("It fell from 3 to 5 September.", "2018-09-03", "2018-09-05"),
        ("It fell on 7 Jan 90.", "1990-01-07", "1990-01-07"),
        ("It fell in 2014.", "2014-01-01", "2014-12-31"),
        ("It fell two days ago.", "2018-09-27", "2018-09-27"),
        ("It fell about three weeks ago.", "2018-09-05", "2018-09-11"),
        ("It fell an hour ago.", "2018-09-28", "2018-09-29"),
        ("Two died in the past 24 hours.", "2018-09-28", "2018-09-29"),
        ("It fell since Tuesday.", "2018-09-25", "2018-09-29"),
        ("It fell on 2018-09-08.", "2018-09-08", "2018-09-08"),
        ("It fell at 3:30 p.m. on Friday.", "2018-09-28T15:30", "2018-09-28T15:30"),
    ],
)
def test_english_expressions(text: str, start: str, end: str) -> None:
    assert dates(text) == [(start, end)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("قال اليوم السبت إنه بخير", "2018-09-29", "2018-09-29"),
        ("وقع الهجوم في التاسع من الشهر الجاري", "2018-09-09", "2018-09-09"),
        ("وقع الهجوم في العاشر من الشهر الماضي", "2018-08-10", "2018-08-10"),
        ("يغلق القسم يومي الاثنين والثلاثاء 24 و25 من الشهر الجاري", "2018-09-24", "2018-09-25"),
        ("يغلق القسم يومي الأربعاء 3 والخميس 4 تشرين الأول", "2018-10-03", "2018-10-04"),
        ("وقع الهجوم في 3 و4 أيلول", "2018-09-03", "2018-09-04"),
        ("وقع الهجوم أمس", "2018-09-28", "2018-09-28"),
        ("وقع الهجوم أمس الجمعة", "2018-09-28", "2018-09-28"),
        ("وقع الهجوم فجر الجمعة", "2018-09-28", "2018-09-28"),
        ("وقع الهجوم مساء أمس", "2018-09-28", "2018-09-28"),
        ("يجتمعون يوم الاثنين المقبل", "2018-10-01", "2018-10-01"),
        ("سُمع دوي بعد منتصف ليل الخميس", "2018-09-27", "2018-09-28"),
        ("سقطت قذائف ليل الاثنين الثلاثاء", "2018-09-24", "2018-09-25"),
        ("احترق المبنى الليلة الماضية", "2018-09-28", "2018-09-29"),
        ("وقع الهجوم قبل يومين", "2018-09-27", "2018-09-27"),
        ("وقع الهجوم قبل ثلاثة أيام", "2018-09-26", "2018-09-26"),
        ("وقع الهجوم الشهر الماضي", "2018-08-01", "2018-08-31"),
        ("وقع الهجوم مطلع الشهر الجاري", "2018-09-01", "2018-09-10"),
        ("وقع الهجوم في وقت سابق من هذا الشهر", "2018-09-01", "2018-09-29"),
        ("وقع الهجوم في 7 أيلول", "2018-09-07", "2018-09-07"),
        ("وقع الهجوم في ٧ أيلول ٢٠١٧", "2017-09-07", "2017-09-07"),
        ("وقع الهجوم في 3 أيلول/سبتمبر 2018", "2018-09-03", "2018-09-03"),
        ("وقع الهجوم في تشرين الأول 2016", "2016-10-01", "2016-10-31"),
        ("وقع الهجوم أواخر آب", "2018-08-21", "2018-08-31"),
        ("شهد هذا الصيف احتجاجات", "2018-06-01", "2018-08-31"),
        ("قتل اثنان خلال الساعات الـ24 الماضية", "2018-09-28", "2018-09-29"),
        ("وقع الهجوم عام 2014", "2014-01-01", "2014-12-31"),
        ("وقع الهجوم في 29/9/2018", "2018-09-29", "2018-09-29"),
    ],
)
def test_arabic_expressions(text: str, start: str, end: str) -> None:
    assert dates(text) == [(start, end)]


def test_a_week_is_as_wide_as_the_weeks_that_its_readers_count() -> None:
    assert dates("A raid last week failed.", "2018-09-26") == [("2018-09-16", "2018-09-23")]
    assert dates("وقع الهجوم الأسبوع الماضي", "2018-09-26") == [("2018-09-15", "2018-09-23")]


@pytest.mark.parametrize("text", ["It came after weeks of unrest.", "بعد أسابيع من الاضطرابات"])
def test_a_duration_of_unrest_has_an_open_start(text: str) -> None:
    [when] = read(text)
    assert (when.start, when.end, when.precision) == (None, SATURDAY, "unknown")


@pytest.mark.parametrize(
    ("text", "anchor"),
    [("Hours before the vote, shells fell.", "the vote"), ("سقطت قذائف قبل ساعات من القرار", "القرار")],
)
def test_an_expression_hung_on_an_event_knows_the_event(text: str, anchor: str) -> None:
    code = "ar" if anchor == "القرار" else "en"
    told = report(text, published=SATURDAY, language=code)
    [e] = expressions(told, Span(0, len(text)), lang.load(code))
    assert e.anchor is not None and told.words(e.anchor) == anchor
    assert e.when.start is None and e.when.end == SATURDAY


@pytest.mark.parametrize(
    "text", ["It fell on 31 February.", "It fell on 2018-09-31.", "وقع في 31 شباط", "It fell on 45 March."]
)
def test_a_date_that_does_not_exist_says_nothing(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize("text", ["It fell 9999 years ago.", "It fell 9999 decades ago.", "in the past 9999 years"])
def test_absurd_numbers_do_not_break_the_calendar(text: str) -> None:
    assert all(w.start is None or w.start <= SATURDAY for w in read(text))


def test_without_a_day_of_publication_only_absolute_dates_are_read() -> None:
    text = "On Saturday, 3 March 2017 was far; yesterday, last month, in May and two days ago were near; so was 2014-05-06."
    assert dates(text, published=None) == [("2017-03-03", "2017-03-03"), ("2014-05-06", "2014-05-06")]
    assert dates("وقع الهجوم أمس وفي 7 أيلول", published=None) == []
    assert dates("He spoke yesterday.", published="not a date") == []


def test_month_names_need_their_capital() -> None:
    assert dates("Troops may march in fall.") == []
    assert dates("Troops came in May.") == [("2018-05-01", "2018-05-31")]


def test_expressions_do_not_run_across_a_clause_mark() -> None:
    assert dates("He came late last year; Tuesday was quiet.") == [
        ("2017-09-01", "2017-12-31"),
        ("2018-09-25", "2018-09-25"),
    ]


def test_published_at_new_year_the_months_lie_in_the_year_before() -> None:
    assert dates("It fell in December.", "2019-01-02") == [("2018-12-01", "2018-12-31")]
    assert dates("It fell last month.", "2019-01-02") == [("2018-12-01", "2018-12-31")]
    assert dates("It fell on 30 December.", "2019-01-02") == [("2018-12-30", "2018-12-30")]


def test_spans_are_the_words_and_intervals_run_forward() -> None:
    text = (
        "On Friday, 28 September 2018, and earlier this month, then late last year, in early June, two months ago, "
        "over the weekend, this week, since January, "
        "tonight, tomorrow and at 10:15 on 5 September shells fell; weeks of quiet came before the vote."
    )
    told = report(text, published=SATURDAY)
    found = times(told, Span(0, len(text)), lang.load("en"))
    assert len(found) >= 11
    for when in found:
        assert when.span is not None and told.words(when.span) == when.text
        assert when.start is None or when.end is None or when.start <= when.end


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They were seized in July last year.", "2017-07-01", "2017-07-31"),
        ("They were seized on 12 July last year.", "2017-07-12", "2017-07-12"),
        ("خطفوا في تموز من العام الماضي", "2017-07-01", "2017-07-31"),
        ("A raid in the early hours of Thursday failed.", "2018-09-27", "2018-09-27"),
        ("Clashes went on between Wednesday and Friday.", "2018-09-26", "2018-09-28"),
        ("وقعت اشتباكات بين مساء الأربعاء ومساء الجمعة", "2018-09-26", "2018-09-28"),
        ("جرت المداهمات يومي الثلاثاء والأربعاء", "2018-09-25", "2018-09-26"),
        ("Shops stayed shut for a third consecutive day.", "2018-09-26", "2018-09-29"),
        ("أغلقت المتاجر لليوم الثالث على التوالي", "2018-09-26", "2018-09-29"),
        ("انفجر لغم في الخامس عشر من آذار", "2018-03-15", "2018-03-15"),
        ("خطف الرجل قبل أسبوع", "2018-09-19", "2018-09-25"),
        ("قتل شرطي خلال الساعات الأربع والعشرين الماضية", "2018-09-28", "2018-09-29"),
        ("قتل شرطي خلال اليومين الماضيين", "2018-09-27", "2018-09-29"),
        ("قتل شرطي الأسبوع الفارط", "2018-09-16", "2018-09-28"),
        ("يغلق الجسر الأحد الموافق الثلاثين من الشهر الجاري", "2018-09-30", "2018-09-30"),
        ("يغلق الجسر يوم الاثنين الأول منه", "2018-10-01", "2018-10-01"),
        ("دخل إضراب العمال أسبوعه الثاني", "2018-09-15", "2018-09-29"),
        ("خطف الرجل عشية الخميس", "2018-09-26", "2018-09-27"),
        ("A church burned on Christmas Day.", "2017-12-25", "2017-12-25"),
        ("A bus was attacked a fortnight ago.", "2018-09-12", "2018-09-18"),
        ("A bus was attacked two days earlier.", "2018-09-25", "2018-09-27"),
    ],
)
def test_ranges_ordinals_and_running_days(text: str, start: str, end: str) -> None:
    assert dates(text) == [(start, end)]


@pytest.mark.parametrize(
    "text", ["They fled the same day.", "They fled the following day.", "فروا في اليوم التالي", "قتل في إب"]
)
def test_what_hangs_on_words_told_before_is_no_date(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "The bus was bombed on September 12, two days after it; a market was hit two days earlier.",
            ("2018-09-10", "2018-09-10"),
        ),
        ("The bus was bombed on September 12. The following day a market was hit.", ("2018-09-13", "2018-09-13")),
        ("The bus was bombed on September 12. Hours later a market was hit.", ("2018-09-12", "2018-09-13")),
        ("The bus was bombed on September 12. A market was hit that night.", ("2018-09-12", "2018-09-13")),
        ("In July, 23 soldiers were killed.", ("2018-07-01", "2018-07-31")),
    ],
)
def test_days_are_reckoned_from_the_one_told_before(text: str, last: tuple[str, str]) -> None:
    assert dates(text)[-1] == last
