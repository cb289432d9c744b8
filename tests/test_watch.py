"""Tripwires: crossed, not crossed, or cannot tell and what is missing. Incidents count, not reports; only people decide."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavass.errors import DataError
from kavass.expose import Told
from kavass.model import Incident, Trip
from kavass.reasons import say
from kavass.watch import (
    Attestation,
    Watched,
    backtest,
    corroboration,
    evaluate,
    load_tripwires,
    owed,
    posture_warnings,
    watch,
)
from make import (
    account,
    at,
    coded,
    country,
    day,
    decision,
    distance,
    post,
    posture_entry,
    ref,
    site,
    target,
    town,
    tripwire,
)

NOW = at("2018-10-01")


def known(text: str) -> str:
    return f"{text}T00:00:00.000000+00:00"


def attested(when: str, footing: Any = "named", origin: int = 0) -> Attestation:
    return Attestation(origin=origin, footing=footing, known_at=known(when))


def seen(id: str, first: str | None = "2018-09-08", *, by: Any = None, told: Any = None, **given: Any) -> Watched:
    """A shelling in Basra on a day, known on that day from one named source."""
    one = account(when=day(first) if first else None, **(told or {}))
    report = coded(accounts=[one], text=f"Report of {id}.")
    facts: dict[str, Any] = dict(
        type=one.type, status=one.status, when=one.when, place=one.place, best={}, dissent={}, origins=1, as_of=""
    )
    incident = Incident(id=id, accounts=(ref(report),), **{**facts, **given})
    return Watched(
        incident=incident,
        told=(Told(ref=ref(report), account=one),),
        attestations=by or (attested(first or "2018-09-08"),),
    )


def trip(*watched: Watched, rule: Any = None, as_of: datetime = NOW, decisions: Any = (), **given: Any) -> Trip:
    return evaluate(rule or tripwire(**given), post(), watched, as_of=as_of, decisions=decisions)


# --- counting --------------------------------------------------------------------------------------------------------


def test_two_within_the_window_cross_and_one_does_not() -> None:
    one, two = seen("a", "2018-09-08"), seen("b", "2018-09-27")
    assert trip(one).result == "not_crossed"
    crossed = trip(one, two)
    assert (crossed.result, crossed.counted, crossed.crossed_at) == ("crossed", ("a", "b"), known("2018-09-27"))


def test_two_further_apart_than_the_window_do_not() -> None:
    assert trip(seen("a", "2018-07-01"), seen("b", "2018-09-27")).result == "not_crossed"


def test_reports_are_not_incidents() -> None:
    told_twice = seen("a", by=(attested("2018-09-08"), attested("2018-09-09", origin=1)))
    assert trip(told_twice).result == "not_crossed"


def test_crossed_is_when_it_was_known_not_when_it_happened() -> None:
    late = seen("a", "2018-09-08", by=(attested("2018-09-20"),))
    assert trip(seen("b", "2018-09-10"), late).crossed_at == known("2018-09-20")


def test_days_told_loosely_leave_it_open() -> None:
    loose = seen("b", when=day("2018-09-01", "2018-10-25", "season"))
    found = trip(seen("a", "2018-09-08"), loose)
    assert found.result == "cannot_tell"
    assert "The days are not told well enough" in found.missing[0]


def test_an_incident_without_a_time_may_count_and_says_so() -> None:
    found = trip(seen("a"), seen("b", None))
    assert found.result == "cannot_tell"
    assert found.missing == ("b: when it happened is not told.",)
    assert trip(seen("b", None), min_count=1).result == "crossed"


def test_the_dead_of_a_window_are_added_up() -> None:
    def killed(low: int, high: int | None) -> dict[str, Any]:
        return {"killed": {"low": low, "high": high}}

    rule = tripwire(min_count=1, min_killed=10, window_days=7)
    six, five = seen("a", "2018-09-05", best=killed(6, 6)), seen("b", "2018-09-08", best=killed(5, 5))
    assert trip(six, five, rule=rule).result == "crossed"
    assert trip(six, rule=rule).result == "not_crossed"
    assert trip(six, seen("c", "2018-09-06", best=killed(2, None)), rule=rule).result == "cannot_tell"
    assert trip(seen("d"), rule=rule).missing == ("How many were killed is not told well enough.",)


def test_a_crowd_is_large_enough_or_not_or_nobody_knows() -> None:
    rule = tripwire(types=("protest",), min_count=1, min_participants=1000)

    def crowd(low: int, high: int | None) -> Trip:
        return trip(seen("a", told={"type": "protest"}, best={"participants": {"low": low, "high": high}}), rule=rule)

    assert [crowd(2000, None).result, crowd(100, 900).result, crowd(500, 2000).result] == [
        "crossed",
        "not_crossed",
        "cannot_tell",
    ]


# --- conditions ------------------------------------------------------------------------------------------------------


def test_other_types_are_not_looked_at() -> None:
    assert trip(seen("a", told={"type": "protest"}), min_count=1).refused == ()


@pytest.mark.parametrize("status", ["conditional", "threatened", "announced", "denied"])
def test_what_did_not_occur_is_refused_with_its_reason(status: Any) -> None:
    found = trip(seen("a", status=status), min_count=1)
    assert found.result == "not_crossed"
    assert found.refused[0][0] == "a" and status in found.refused[0][1]


def test_a_denied_occurrence_leaves_it_open() -> None:
    found = trip(seen("a", dissent={"occurrence": ("r:c2",)}), min_count=1)
    assert (found.result, found.missing) == ("cannot_tell", ("a: that it happened is denied.",))


def test_the_target_must_be_of_the_class_asked() -> None:
    rule = tripwire(min_count=1, target_classes=("diplomatic",))
    results = [
        trip(seen("a", best=best), rule=rule)
        for best in ({"target_class": "diplomatic"}, {"target_class": "airport"}, {})
    ]
    assert [r.result for r in results] == ["crossed", "not_crossed", "cannot_tell"]
    assert "airport" in results[1].refused[0][1]
    assert "its target is not told" in results[2].missing[0]


def test_a_wide_place_leaves_the_distance_open() -> None:
    rule = tripwire(min_count=1, max_km=0.5)
    gate = site("the gate", 30.547, 47.667, radius_km=0.1)
    assert trip(seen("a", told={"place": gate}), rule=rule).result == "crossed"
    town_wide = trip(seen("a", told={"place": town(radius_km=15)}), rule=rule)
    assert town_wide.result == "cannot_tell" and "0.5 km are asked" in town_wide.missing[0]
    beside = site("the camp", 30.547, 47.68, radius_km=0.2)
    assert trip(seen("a", told={"place": beside}), rule=rule).refused == (
        ("a", "It lies at least 1.0 km away, and 0.5 km are asked."),
    )


def test_a_distance_told_decides_it() -> None:
    rule = tripwire(min_count=1, max_km=0.5)
    told = {"distance": distance(274, 250, 300), "roles": (target("the building", "diplomatic"),)}
    assert trip(seen("a", told=told), rule=rule).result == "crossed"


def test_far_away_and_abroad_do_not_count_and_are_not_worth_a_refusal() -> None:
    found = trip(seen("a", told={"place": town("Baghdad")}), seen("b", told={"place": town("Tripoli")}), min_count=1)
    assert (found.result, found.refused) == ("not_crossed", ())


def test_an_unplaced_incident_may_be_near() -> None:
    found = trip(seen("a", told={"place": None}), min_count=1)
    assert (found.result, found.missing) == ("cannot_tell", ("a: it is not placed; it must lie within 20 km.",))


def test_areas_reach_as_far_as_they_say() -> None:
    def result(area: Any, place: Any) -> str:
        return trip(seen("a", told={"place": place}), rule=tripwire(min_count=1, max_km=None, area=area)).result

    assert [result(area, town()) for area in ("ring", "town", "province", "country")] == ["crossed"] * 4
    assert [result(area, town("Baghdad")) for area in ("ring", "town", "province", "country")] == [
        "not_crossed"
    ] * 3 + ["crossed"]
    assert result("country", country()) == "crossed"
    assert result("country", town("Tripoli")) == "not_crossed"


# --- corroboration ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attestations", "level"),
    [
        ([], "K0"),
        ([("unnamed", 0)], "K0"),
        ([("unnamed", 0), ("unnamed", 0)], "K0"),
        ([("named", 0)], "K1"),
        ([("official", 0)], "K1"),
        ([("named", 0), ("official", 0)], "K1"),
        ([("unnamed", 0), ("unnamed", 1)], "K2"),
        ([("named", 0), ("named", 1)], "K2"),
        ([("unnamed", 0), ("official", 1)], "K3"),
    ],
)
def test_corroboration_counts_origins_and_footing(attestations: list[tuple[Any, int]], level: str) -> None:
    assert corroboration([attested("2018-09-08", f, o) for f, o in attestations]) == level


def test_too_little_corroboration_leaves_it_open_and_says_what_is_missing() -> None:
    found = trip(seen("a"), min_count=1, corroboration="K2")
    assert (found.result, found.missing) == (
        "cannot_tell",
        ("a: a second independent origin is missing (K1, and K2 is asked).",),
    )


def test_it_is_crossed_when_the_second_origin_is_known() -> None:
    told = seen("a", by=(attested("2018-09-12", origin=1), attested("2018-09-08")))
    assert trip(told, min_count=1, corroboration="K2").crossed_at == known("2018-09-12")


# --- crossings and decisions -----------------------------------------------------------------------------------------


def test_a_crossing_stays_until_somebody_has_decided() -> None:
    told = (seen("a", "2018-09-08"), seen("b", "2018-09-09"))
    years_later = at("2026-01-01")
    late = trip(*told, as_of=years_later)
    assert late.result == "crossed"
    assert owed(late, [], as_of=years_later)
    waived = [decision(at=known("2018-09-10"))]
    assert not owed(trip(*told, decisions=waived), waived, as_of=NOW)
    assert trip(*told, decisions=waived).result == "crossed"  # its window is not over
    assert trip(*told, decisions=waived, as_of=years_later).result == "not_crossed"


def test_a_new_run_after_a_pause_is_a_new_crossing() -> None:
    told = [seen(i, d) for i, d in (("a", "2018-01-01"), ("b", "2018-01-02"), ("c", "2018-09-08"), ("d", "2018-09-09"))]
    decided = [decision(verdict="act", at=known("2018-01-03"))]
    found = trip(*told, decisions=decided)
    assert (found.counted, found.crossed_at) == (("c", "d"), known("2018-09-09"))
    assert owed(found, decided, as_of=NOW)


def test_one_more_in_the_same_run_asks_no_second_decision() -> None:
    told = [seen(i, d) for i, d in (("a", "2018-09-01"), ("b", "2018-09-02"), ("c", "2018-09-20"))]
    decided = [decision(verdict="act", at=known("2018-09-03"))]
    found = trip(*told, decisions=decided)
    assert (found.result, len(found.counted), owed(found, decided, as_of=NOW)) == ("crossed", 3, False)


def test_a_deferral_runs_out_and_another_tripwires_decision_does_not_count() -> None:
    crossed = trip(seen("a"), seen("b"))
    deferred = [decision(verdict="defer", until="2018-10-05")]
    assert [owed(crossed, deferred, as_of=at(d)) for d in ("2018-10-04", "2018-10-05")] == [False, True]
    assert owed(crossed, [decision(tripwire="another")], as_of=NOW)
    assert not owed(trip(seen("a")), [], as_of=NOW)


def test_a_backtest_gives_each_change_of_the_answer() -> None:
    days = [at(f"2018-09-{d:02}") for d in (7, 8, 9, 10, 20)]
    both = (seen("a", "2018-09-08"), seen("b", "2018-09-10"))
    history = [(d, [s for s in both if s.attestations[0].known_at[:10] <= d.isoformat()[:10]]) for d in days]
    found = backtest(tripwire(), post(), history)
    assert [(t.result, t.as_of[:10]) for t in found] == [("not_crossed", "2018-09-07"), ("crossed", "2018-09-10")]


def test_a_tripwire_of_an_unknown_post_cannot_be_told() -> None:
    (found,) = watch([seen("a")], [tripwire(post="mosul")], [post()], as_of=NOW)
    assert (found.result, found.missing) == ("cannot_tell", ("The post 'mosul' is not known.",))


@given(st.lists(st.integers(0, 60), max_size=7), st.integers(1, 4), st.integers(1, 30))
def test_crossed_means_that_so_many_lie_in_one_window(offsets: list[int], min_count: int, window_days: int) -> None:
    start = at("2018-07-01")
    told = [seen(f"i{n}", (start + timedelta(days=o)).date().isoformat()) for n, o in enumerate(offsets)]
    found = trip(*told, min_count=min_count, window_days=window_days)
    ordered = sorted(offsets)
    expected = any(b - a <= window_days for a, b in zip(ordered, ordered[min_count - 1 :], strict=False))
    assert (found.result == "crossed") == expected
    assert trip(*reversed(told), min_count=min_count, window_days=window_days) == found


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_knowing_more_never_uncrosses(offsets: list[int]) -> None:
    told = [seen(f"i{n}", (at("2018-07-01") + timedelta(days=o)).date().isoformat()) for n, o in enumerate(offsets)]
    results = [trip(*told[:n]).result == "crossed" for n in range(len(told) + 1)]
    assert all(not before or after for before, after in pairwise(results))


# --- posture ---------------------------------------------------------------------------------------------------------


def test_a_departure_without_an_advisory_on_or_after_it_is_warned_of() -> None:
    ordered = posture_entry(valid_from="2018-09-28")
    assert "ordered departure from 2018-09-28" in posture_warnings([ordered], ["2018-09-27"])[0]
    assert posture_warnings([ordered], ["2018-09-28"]) == ()
    assert posture_warnings([posture_entry(status="closed")], []) == ()


# --- tripwires from a file -------------------------------------------------------------------------------------------

GOOD = """
[[tripwire]]
id = "a"
post = "basra"
title = { en = "Fire", ar = "قصف" }
owner = "Officer"
types = ["shelling"]
window_days = 1
consider = "stand_fast"
review_due = 2019-01-31
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "tripwires.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_tripwire_is_read_with_its_defaults(tmp_path: Path) -> None:
    (rule,) = load_tripwires(written(tmp_path, GOOD))
    assert (rule.id, rule.min_count, rule.corroboration, rule.review_due) == ("a", 1, "K1", "2019-01-31")
    assert rule.title["ar"] == "قصف"


def test_a_tripwire_file_says_all_its_faults_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace('owner = "Officer"\n', "colour = 1\n").replace(
        '["shelling"]', '["shelling", "tea"]'
    ) + GOOD.replace("window_days = 1", "window_days = 0").replace('["shelling"]', "[]")
    with pytest.raises(DataError) as raised:
        load_tripwires(written(tmp_path, bad))
    said = str(raised.value)
    for part in (
        "owner is missing",
        "unknown field 'colour'",
        "'tea'",
        "window_days 0 must be more",
        "types is empty",
        "repeats the id 'a'",
    ):
        assert part in said
    assert "tripwire[2] (a)" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [("x = ", "is no TOML"), ("", "holds no"), ("tripwire = 3", "holds no"), ("tripwire = [3]", "is no table")],
)
def test_a_file_that_is_no_tripwire_file_says_so(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        load_tripwires(written(tmp_path, text))


def test_what_befalls_the_posts_own_town_is_no_sister_post() -> None:
    rule = tripwire(area="elsewhere", max_km=None, min_count=1)
    here, away = (
        trip(seen("a", told={"place": town()}), rule=rule),
        trip(seen("a", told={"place": town("Baghdad")}), rule=rule),
    )
    assert (here.result, away.result) == ("not_crossed", "crossed")
    assert here.refused[0][1].startswith("It lies in the post's own town")
    nowhere = trip(seen("a", told={"place": country()}), rule=rule)
    assert nowhere.result == "cannot_tell" and "own town" in nowhere.missing[0]


def test_a_denial_does_not_hold_up_what_two_origins_tell() -> None:
    two = (attested("2018-09-08", origin=1), attested("2018-09-08", origin=2))
    assert trip(seen("a", dissent={"occurrence": ("r:c2",)}, by=two), min_count=1).result == "crossed"


def test_what_is_missing_is_said_in_arabic_with_the_incidents_name() -> None:
    (missing,) = trip(seen("a", told={"place": None}), min_count=1).missing
    said = say(missing, "ar", name=lambda code: "قصف في البصرة" if code.group == "incident" else None)
    assert said.startswith("قصف في البصرة: لم يُحدَّد مكانه")
