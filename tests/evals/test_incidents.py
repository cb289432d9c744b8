"""The measures on hand-made cases: they fall when something is wrong, and the floors are held."""

from collections import defaultdict
from typing import Any

from evals.__main__ import faults

import make
from evals import incidents


def measured(accounts: list[Any], expected: list[dict[str, Any]], **row: Any) -> dict[str, float]:
    sums: dict[str, int] = defaultdict(int)
    said: list[str] = []
    incidents.add(sums, make.coded(accounts=accounts), {"key": "k", "incidents": expected, **row}, said.append)
    return incidents.measures(sums)


BASRA = {
    "is": "x",
    "types": ["shelling"],
    "town": "Basra",
    "start": "2018-09-08",
    "end": "2018-09-08",
    "killed": [2, 2],
}


def shelling(**given: Any) -> Any:
    return make.account(
        "acc1", **{"type": "shelling", "place": make.town("Basra"), "when": make.day("2018-09-08"), **given}
    )


def test_a_right_account_scores_one() -> None:
    scores = measured([shelling(counts=[make.count("killed", 2)])], [BASRA])
    assert scores["incident F1"] == 1.0 and scores["toll exact"] == 1.0


def test_wrong_type_place_day_or_toll_each_cost() -> None:
    assert measured([shelling(type="arson")], [BASRA])["incident recall"] == 0.0
    assert measured([shelling(place=make.town("Baghdad"))], [BASRA])["incident recall"] == 0.0
    assert measured([shelling(when=make.day("2018-09-20"))], [BASRA])["incident recall"] == 0.0
    assert measured([shelling(counts=[make.count("killed", 3)])], [BASRA])["toll exact"] == 0.0
    assert measured([shelling(status="conditional")], [BASRA])["incident recall"] == 0.0


def test_an_account_too_many_costs_precision() -> None:
    twice = [shelling(), make.account("acc2", type="arson", place=make.town("Basra"), when=make.day("2018-09-08"))]
    assert measured(twice, [BASRA])["incident precision"] == 0.5


def test_an_optional_incident_is_neither_rewarded_nor_blamed() -> None:
    assert measured([], [{**BASRA, "optional": True}])["incident recall"] == 0.0
    scores = measured([shelling()], [{**BASRA, "optional": True}, {**BASRA, "types": ["arson"]}])
    assert scores["incident recall"] == 0.0


def test_a_trap_is_clean_only_without_incidents() -> None:
    assert measured([], [], none=True)["traps clean"] == 1.0
    assert measured([shelling()], [], none=True)["traps clean"] == 0.0
    assert measured([shelling(status="conditional")], [], none=True)["traps clean"] == 1.0


def test_a_figure_below_its_floor_is_a_fault() -> None:
    floors: dict[str, Any] = {"sha256": "other", "en": {"incident F1": 0.5}}
    said = list(faults({"en": {"incident F1": 0.4}}, floors))
    assert any("below the floor" in line for line in said) and any("has changed" in line for line in said)
    assert not any("below" in line for line in faults({"en": {"incident F1": 0.6}}, floors))
