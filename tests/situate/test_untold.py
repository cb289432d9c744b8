"""Names that no table has keep their name and lie about the place they are tied to; headings with a day; days ahead."""

from __future__ import annotations

from kavass import pipeline
from kavass.model import Account, RawReport


def told(text: str, day: str = "2022-03-16", title: str | None = None) -> list[Account]:
    raw = RawReport(id="x", key="x", text=text, title=title, stamps=(("caller", day),))
    return list(pipeline.tell(raw).accounts)


def places(text: str) -> dict[str, str | None]:
    return {a.type: a.place.name if a.place else None for a in told(text)}


def test_an_unknown_village_does_not_give_way_to_the_dateline() -> None:
    account = told("NAKURU, March 15 - Two men were shot dead at Kiptoroch on Monday, police said.")[0]
    assert account.place is not None
    assert account.place.name == "Kiptoroch"
    assert account.place.precision == "district"
    assert account.place.lat is not None
    assert (account.place.radius_km or 0) >= 40


def test_it_lies_where_the_words_that_follow_say() -> None:
    account = told("Gunmen burnt a clinic at Kwindiga, in Rutshuru territory, on Monday.")[0]
    assert account.place is not None
    assert account.place.name == "Kwindiga"
    assert account.place.country == "COD"


def test_a_capital_does_not_anchor_a_village() -> None:
    account = told("BAMAKO, March 15 - Gunmen burnt a clinic at Kwindiga on Monday.")[0]
    assert account.place is not None
    assert account.place.name == "Kwindiga"
    assert account.place.lat is None


def test_where_a_road_leads_is_not_where_it_was() -> None:
    found = places(
        "Gunmen shot dead two drivers at Kiptoroch, on the highway to Eldoret, on Monday. They live in Nakuru."
    )
    assert set(found.values()) == {"Kiptoroch"}


def test_bodies_and_tongues_are_no_places() -> None:
    found = places("In Parliament on Monday the minister said in English that gunmen had burnt a clinic in Mombasa.")
    assert found == {"arson": "Mombasa"}


def test_an_item_headed_with_its_place_and_day() -> None:
    found = places(
        "Lund, Tuesday 22.30. A man was stabbed outside a shop.\n\nMonday 14 March, Malmö: A grenade exploded."
    )
    assert found == {"assault": "Lund", "bombing": "Malmö"}


def test_a_weekday_of_what_is_announced_is_the_next_one() -> None:
    account = told("The drivers' union in Kano has called a strike for Thursday.")[0]
    assert (account.status, account.when and account.when.start) == ("announced", "2022-03-17")


def test_nobody_hurt_is_no_attack() -> None:
    assert not told("Nobody was hurt in Malmö on Monday.")
    assert [a.type for a in told("Two firemen were injured when a gale tore across Lesbos on Monday.")] == ["hazard"]


def test_a_place_in_somebody_s_words_is_not_where_the_rest_was() -> None:
    account = told(
        'The lights went out in Mersin on Monday. "Their masters sit in Bogotá," the minister wrote.\n\n'
        "Detectives arrested a teacher at noon."
    )[-1]
    assert account.type == "arrest"
    assert account.place and account.place.name == "Mersin"


def test_a_heading_of_place_day_and_hour_places_its_item() -> None:
    found = told("KATHERINE, Thursday, 9.40pm. Gunmen shot a driver.\n\nLEIRIA, Friday, 1am. Thieves robbed a bakery.")
    assert [a.place and a.place.name for a in found] == ["Katherine", "Leiria"]


def test_weeks_and_halves_of_a_month_are_told() -> None:
    account = told("Gunmen shot a driver in Leiria in the last week of February.")[0]
    assert account.when and (account.when.start, account.when.end) == ("2022-02-21", "2022-02-28")
