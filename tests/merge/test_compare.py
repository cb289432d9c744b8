"""Whether two accounts tell of one incident: what speaks for it, what settles it, and which pairs are looked at at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kavass.merge import Telling, candidates, compare, copies, footing, tellings
from kavass.model import Account, Distance, PlaceMention, Span, When
from make import account, actor, claim, coded, count, country, day, role, site, speaker, target, town


def told(one: Account, **given: object) -> Telling:
    """The telling of a report with this one account; every report is another one."""
    told.number += 1  # type: ignore[attr-defined]
    report = coded(accounts=[one], text=f"Report {told.number} tells of it.", **given)  # type: ignore[attr-defined, arg-type]
    return tellings(report, known_at="2018-09-09T00:00:00.000000+00:00")[0]


told.number = 0  # type: ignore[attr-defined]


def verdict(left: Account, right: Account, **given: object) -> str:
    return compare(told(left, **given), told(right, **given)).verdict


AIRPORT = (target("the airport", "airport"),)


def test_one_deed_at_one_target_on_one_day_is_one() -> None:
    assert verdict(account(roles=AIRPORT), account(roles=AIRPORT)) == "same"


def test_languages_meet_in_the_gazetteer_and_the_classes_not_in_words() -> None:
    arabic = told(account(place=town("البصرة"), roles=(target("المطار", "airport"),)), language="ar")
    assert compare(told(account(roles=AIRPORT)), arabic).verdict == "same"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (target("the market", "business"), target("a police station", "police")),
        (role("victim", "a lawyer"), role("victim", "two shopkeepers")),
    ],
)
def test_two_shootings_in_one_town_on_one_day_stay_two(left: object, right: object) -> None:
    one = account(type="shooting", roles=(left,), counts=(count("killed", 1),))
    other = account(type="shooting", roles=(right,), counts=(count("killed", 3),))
    score = compare(told(one), told(other))
    assert score.verdict == "different"
    assert any(reason.startswith("Killed: ") for reason in score.reasons)


@pytest.mark.parametrize(
    "other",
    [
        account(
            type="closure", status="announced", when=day("2018-09-28"), roles=(target("the consulate", "diplomatic"),)
        ),
        account(
            type="closure", status="occurred", when=day("2018-09-28"), roles=(target("the mission", "diplomatic"),)
        ),
        account(type="shutdown", status="announced", when=day("2018-09-28"), roles=(target("القنصلية", "diplomatic"),)),
        account(type="closure", status="ongoing", when=day("2018-09-29"), roles=(target("the post", "diplomatic"),)),
        account(
            type="closure",
            status="announced",
            when=day("2018-09-24", "2018-09-30", "week"),
            roles=(target("it", "diplomatic"),),
        ),
    ],
)
def test_a_closing_is_one_however_it_is_put(other: Account) -> None:
    closing = account(
        type="closure", status="announced", when=day("2018-09-28"), roles=(target("the consulate", "diplomatic"),)
    )
    assert verdict(closing, other, published="2018-09-29") in {"same", "unsure"}
    assert compare(told(closing, published="2018-09-29"), told(other, published="2018-09-29")).value > 0.7


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (dict(type="protest"), "different kinds of deed"),
        (dict(when=day("2018-09-12")), "4 days apart"),
        (dict(place=town("Baghdad")), "km apart"),
        (dict(place=town("Tripoli")), "lies in LBY"),
        (dict(status="conditional"), "One is conditional, the other occurred"),
        (dict(status="threatened"), "One is occurred, the other threatened"),
        (dict(status="announced"), "One is announced, the other occurred"),
    ],
)
def test_some_differences_settle_it(changed: dict[str, object], says: str) -> None:
    left, right = told(account(roles=AIRPORT), published=None), told(account(roles=AIRPORT, **changed), published=None)
    score = compare(left, right)
    assert (score.verdict, score.value) == ("different", 0.0)
    assert says in " ".join(score.reasons)


@pytest.mark.parametrize("kind", ["accusation", "threat"])
@pytest.mark.parametrize("deed", ["shelling", "arson", "attack", "protest"])
def test_a_statement_is_no_deed(kind: str, deed: str) -> None:
    assert verdict(account(type=kind), account(type=deed)) == "different"


def test_a_denied_account_meets_the_incident_it_denies() -> None:
    assert verdict(account(roles=AIRPORT), account(roles=AIRPORT, status="denied")) == "same"


def test_one_report_tells_its_own_accounts_apart() -> None:
    both = tellings(coded(accounts=[account("acc1"), account("acc2")]), known_at="2018")
    score = compare(*both, copied=True)
    assert (score.verdict, score.reasons) == ("different", ("One report tells the two apart.",))


def test_nobody_tells_what_happens_after_going_to_press() -> None:
    early = told(account(when=None), published="2018-09-01")
    score = compare(early, told(account(when=day("2018-09-08"))))
    assert "after the other report was published" in score.reasons[0]


def test_consulates_of_two_countries_are_two_targets() -> None:
    def of(nation: str, code: str) -> Telling:
        text = f"The {nation} consulate was set on fire."
        words = target(f"the {nation} consulate", "diplomatic", mentions=(Span(0, 4 + len(nation) + 10),))
        demonym = PlaceMention(mention=Span(4, 4 + len(nation)), kind="demonym", name=nation, country=code)
        one = coded(accounts=[account(type="arson", roles=(words,))], places=(demonym,), text=text)
        return tellings(one, known_at="2018")[0]

    assert of("Iranian", "IRN").owners == {"IRN"}
    assert compare(of("Iranian", "IRN"), of("American", "USA")).verdict != "same"
    assert compare(of("Iranian", "IRN"), of("Persian", "IRN")).verdict == "same"


def test_a_known_target_is_the_same_in_every_language() -> None:
    english = actor(name="Badr Organization", known_as="badr")
    arabic = actor(name="منظمة بدر", known_as="badr")
    other = actor(name="Dawa", known_as="dawa")
    one = account(type="arson", roles=(target("its office", "political", actor="act1"),))
    scores = [compare(told(one, actors=[english]), told(one, actors=[a])).value for a in (arabic, other)]
    assert scores[0] > 0.8 > scores[1]


def test_a_toll_that_rises_weighs_less_than_one_that_differs() -> None:
    def value(first: int, second: int) -> float:
        left = told(account(counts=(count("killed", first),)), published="2018-09-08")
        right = told(account(counts=(count("killed", second),)), published="2018-09-09")
        return compare(left, right).value

    assert value(5, 5) > value(5, 6) > value(5, 9) > value(9, 5)


def test_zero_and_unknown_are_different() -> None:
    none = account(counts=(count("injured", 0),))
    reasons = [" ".join(compare(told(none), told(other)).reasons) for other in (none, account())]
    assert "Injured: 0 and 0" in reasons[0]
    assert "Injured" not in reasons[1]


def test_the_same_words_tell_of_the_same_thing() -> None:
    left, right = told(account(when=None), published=None), told(account(when=None), published=None)
    assert compare(left, right).verdict == "unsure"
    assert compare(left, right, copied=True).verdict == "same"


def test_the_score_is_the_same_both_ways_round() -> None:
    one, other = told(account(counts=(count("killed", 2, 4),))), told(account(when=day("2018-09-07"), roles=AIRPORT))
    assert compare(one, other) == compare(other, one)


def test_every_reason_is_a_sentence_with_its_weight() -> None:
    for reason in compare(told(account(roles=AIRPORT)), told(account(roles=AIRPORT))).reasons:
        assert reason[0].isupper()
        assert reason.rstrip(")").split()[-1].strip("(")[0] in "+-"


def test_only_neighbours_in_place_and_time_are_candidates() -> None:
    some = [
        told(account()),
        told(account(place=site("the airport", 30.55, 47.66))),
        told(account(place=town("Baghdad"))),
        told(account(when=day("2018-11-01")), published="2018-11-02"),
        told(account(type="protest")),
        told(account(place=country())),
        told(account(place=None)),
    ]
    assert candidates(some, {}) == [(0, 1), (0, 5), (1, 5), (2, 5)]


def test_the_same_words_are_compared_wherever_they_are_placed() -> None:
    some = [told(account()), told(account(place=None))]
    assert candidates(some, {}) == []
    assert candidates(some, {t.ref: 7 for t in some}) == [(0, 1)]


def test_candidates_do_not_grow_with_the_square() -> None:
    spread = [told(account(place=site("x", 20 + n % 40, 40 + n // 40)), published=None) for n in range(1600)]
    assert candidates(spread, {}) == []


@pytest.mark.parametrize(
    ("given", "publisher", "expected"),
    [
        ({}, None, "unnamed"),
        ({}, "Example Times", "named"),
        (dict(speaker=speaker("an official", "titled_unnamed")), "Example Times", "unnamed"),
        (dict(speaker=speaker("Salim Haddad", "named")), None, "named"),
        (dict(speaker=speaker("the police", "institution", actor="act1")), None, "official"),
        (dict(speaker=speaker("the statement", "document")), None, "official"),
        (dict(stance="denies_occurrence", speaker=speaker("Salim Haddad", "named")), None, "unnamed"),
    ],
)
def test_the_footing_of_an_account_is_that_of_who_speaks(
    given: dict[str, object], publisher: str | None, expected: str
) -> None:
    police = actor(sector="police")
    assert footing(told(account(), claims=[claim(**given)], actors=[police], publisher=publisher)) == expected


def test_copies_depend_on_the_words_not_on_the_order() -> None:
    words = frozenset(range(20))
    one, other = {"a": words, "b": words | {99}, "c": frozenset(range(50, 70))}, {}
    other.update(reversed(one.items()))
    assert copies(one) == copies(other)
    assert copies(one)["a"] == copies(one)["b"] != copies(one)["c"]
    assert replace(told(account()), words=words).words == words


CONSULATE = site("Iranian consulate in Basra", 30.50, 47.82)
OPEN = When(end="2018-09-08")  # until it was published


def two_of_one_report(left: dict[str, object], right: dict[str, object]) -> tuple[Telling, Telling]:
    one, other = tellings(coded(accounts=[account("acc1", **left), account("acc2", **right)]), known_at="2018")
    return one, other


def test_until_published_is_no_day() -> None:
    storming = account(type="storming", when=day("2018-09-07"), roles=(target("the consulate", "diplomatic"),))
    later = told(account(type="storming", when=OPEN, roles=(target("the consulate", "diplomatic"),)))
    assert compare(told(storming), later).verdict == "same"
    assert compare(told(replace(storming, when=day("2018-08-30"))), later).value < 0.8
    assert compare(told(replace(storming, when=day("2018-07-30"))), later).verdict == "different"


def test_storming_and_burning_one_target_is_one_assault_even_in_one_report() -> None:
    fields = dict(place=CONSULATE, roles=(target("the consulate", "diplomatic"),))
    pair = two_of_one_report({"type": "storming", **fields}, {"type": "arson", **fields})
    assert compare(*pair).verdict == "same"
    elsewhere = {"type": "arson", "roles": (target("party offices", "political"),)}
    assert compare(*two_of_one_report({"type": "storming", **fields}, elsewhere)).verdict == "different"


def test_a_report_that_comes_back_to_one_site_may_tell_one_thing_twice() -> None:
    score = compare(*two_of_one_report({"place": CONSULATE}, {"place": CONSULATE}))
    assert (score.verdict, score.reasons[0].key) == ("unsure", "told_twice")
    days = two_of_one_report({"place": CONSULATE}, {"place": CONSULATE, "when": day("2018-09-12")})
    assert compare(*days).verdict == "different"


def test_a_denial_and_what_it_denies_may_stand_in_one_report() -> None:
    assert compare(*two_of_one_report({"roles": AIRPORT}, {"roles": AIRPORT, "status": "denied"})).verdict == "same"


def test_a_great_city_is_one_place_though_its_circle_is_wide() -> None:
    wide = town("Baghdad", radius_km=25.0)
    inside = site("Green Zone", 33.30, 44.39, radius_km=2.5)
    reasons = compare(told(account(place=wide)), told(account(place=inside))).reasons
    assert any("Green Zone and Baghdad may be one place" in r or "Baghdad and Green Zone" in r for r in reasons)
    assert compare(told(account(place=wide)), told(account(place=inside))).value > 0.6


def test_a_statement_is_not_tied_to_a_place() -> None:
    left = told(account(type="accusation", place=town("Basra")))
    assert compare(left, told(account(type="accusation", place=town("Tripoli")))).value > 0.0


def test_the_same_odd_number_of_dead_weighs_more_than_a_small_one() -> None:
    def value(number: int) -> float:
        counts = (count("killed", number),)
        return compare(told(account(counts=counts)), told(account(counts=counts))).value

    assert value(25) > value(1)


def test_two_distances_that_agree_speak_for_one() -> None:
    yards = Distance(metres=274, low=229, high=320, text="some 300 yards", span=Span(0, 1))
    metres = Distance(metres=300, low=250, high=350, text="300 metres", span=Span(0, 1))
    far = Distance(metres=2000, low=1500, high=2500, text="2 kilometres", span=Span(0, 1))
    near = told(account(distance=yards))
    assert compare(near, told(account(distance=metres))).value > compare(near, told(account(distance=far))).value
