"""Bulletins and round-ups in Arabic: each item has its own place, and what is denied, drilled or counted is no incident."""

from __future__ import annotations

import pytest

from kavass import pipeline
from kavass.model import RawReport


def told(text: str, title: str | None = None) -> set[tuple[str, str, str | None]]:
    raw = RawReport(id="x", key="x", text=text, title=title, stamps=(("caller", "2022-03-16"),))
    return {(a.type, a.status, a.place.name if a.place else None) for a in pipeline.tell(raw).accounts}


def test_each_item_opens_with_its_place() -> None:
    found = told(
        "ففي كركوك، قتل ضابط عندما انفجرت عبوة ناسفة بسيارته.\n\nوفي خانقين، هاجم مسلحون نقطة للجيش فجر الأربعاء."
    )
    assert {place for _, _, place in found} == {"Kirkuk", "Khanaqin"}


def test_a_place_after_a_comma_opens_a_clause() -> None:
    found = told("رشق محتجون السفارة بالحجارة في طهران الثلاثاء، وفي بيروت تظاهر آلاف الطلاب أمام الجامعة.")
    assert {("riot", "occurred", "Tehran"), ("protest", "occurred", "Beirut")} <= found


def test_where_a_town_lies_is_not_where_it_was() -> None:
    assert ("arson", "occurred", "Ḩuwwārah") in told("في بلدة حوارة جنوب نابلس، أحرق مستوطنون أربع مركبات.")


def test_a_town_keeps_its_place_before_the_division_that_holds_it() -> None:
    assert ("protest", "occurred", "Mosul") in told("تظاهر مئات من سكان مدينة الموصل، في محافظة نينوى، أمس الثلاثاء.")


def test_the_heading_names_the_town_of_a_province_told_in_the_item() -> None:
    found = told(
        "البصرة - تظاهر مئات العمال أمام الميناء أمس.\n\nالرمادي - قتل شرطيان بعبوة ناسفة أمس في محافظة الأنبار.\n\n"
        "الموصل - قتل جندي بعبوة ناسفة أمس."
    )
    assert ("bombing", "occurred", "Ramadi") in found


def test_a_day_still_to_come_announces_a_measure() -> None:
    assert ("closure", "announced", "Amman") in told("يُغلق جسر عبدون في عمّان أمام المركبات في 20 مارس.")


@pytest.mark.parametrize(
    "text",
    [
        "لا صحة لأنباء اقتحام مقر الوكالة في غزة.",
        "نفى مدير المكتب ما تردد عن اقتحام محتجين مقر الوكالة في غزة صباح الأربعاء.",
    ],
)
def test_rumours_are_denied(text: str) -> None:
    assert {status for _, status, _ in told(text)} == {"denied"}


def test_figures_of_a_year_are_no_incident() -> None:
    title = "بالأرقام: ضحايا الألغام خلال عام"
    assert not told(
        "أظهرت إحصاءات الدائرة أن 62 شخصا قتلوا بانفجار ألغام في العراق خلال عام 2021، بزيادة نسبتها 12 في المئة.",
        title,
    )


def test_people_in_the_nominative_do_it() -> None:
    found = told("وفي نيالا نهب مسلحون مخازن منظمات دولية.")
    assert {kind for kind, _, _ in found} & {"robbery", "property_destruction"}
