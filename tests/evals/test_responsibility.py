"""The confidence of responsibility on hand-made keys and coded reports."""

import json
from pathlib import Path
from typing import Any

import pytest
from evals.responsibility import ACCUSED, BY_AUTHORITIES, CLAIMED, FACT, POSSIBLE

import make
from evals import responsibility
from kavass.model import Actor, Span, Speaker, to_dict

KEY = """
;;; a remark
0.  MESSAGE: ID                     T-0001 (X)
1.  MESSAGE: TEMPLATE               1{optional}
4.  INCIDENT: TYPE                  BOMBING / ATTACK
6.  INCIDENT: INSTRUMENT ID         "BOMB"
9.  PERP: INDIVIDUAL ID             -
10. PERP: ORGANIZATION ID           {question}"RED FRONT" / "RF"
                                    "BLUE ARMY"
11. PERP: ORGANIZATION CONFIDENCE   {question}REPORTED AS FACT / SUSPECTED OR ACCUSED: "RED FRONT" / "RF"
                                    CLAIMED OR ADMITTED: "BLUE ARMY"
12. PHYS TGT: ID                    "THE \\"OLD\\" BRIDGE"
18. HUM TGT: NAME                   -

0.  MESSAGE: ID                     T-0002 (X)
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
"""
FRONT = Actor(id="act1", name="Red Front", kind="group", sector="rebel")
ARMY = Actor(id="act2", name="army", kind="organisation", sector="state_forces")
CLERK = Actor(id="act3", name="clerk", kind="person", sector="civilian")


def keys(optional: str = "", question: str = "") -> dict[str, list[responsibility.Template]]:
    return responsibility.keys(KEY.format(optional=optional, question=question))


def coded(*claims: Any, text: str = "the Red Front", type: str = "bombing", status: str = "occurred") -> dict[str, Any]:
    roles = (
        make.role("perpetrator", text, kind="organisation", actor="act1"),
        make.role("weapon", "bomb", kind="object"),
    )
    account = make.account("acc1", type=type, status=status, roles=roles)
    found: dict[str, Any] = to_dict(
        make.coded(accounts=[account], claims=list(claims), actors=[FRONT, ARMY, CLERK], key="T-0001")
    )
    return found


def says(stance: str, by: str | None = None, value: str = "Red Front", **given: Any) -> Any:
    speaker = Speaker(actor=by, anonymity="named" if by else "narrator")
    return make.claim("c1", ("acc1", "act1"), field="perpetrator", stance=stance, value=value, speaker=speaker, **given)


def confidence(*claims: Any) -> str:
    return next(iter(responsibility.told(coded(*claims))[0].slots["organisation"][0].confidences))


def counted(record: dict[str, Any], key: dict[str, list[responsibility.Template]]) -> tuple[int, int, int, int]:
    sums = responsibility.score([record], key)["all"]
    return sums.told, sums.asked, sums.named, sums.right


def test_a_key_gives_alternatives_and_what_may_be_left_out() -> None:
    (template,) = keys()["T-0001"]
    assert template.types == {"bombing", "attack"} and not template.optional
    front, army = template.slots["organisation"]
    assert front.words == {"red front", "rf"} and front.confidences == {FACT, ACCUSED} and not front.optional
    assert army.confidences == {CLAIMED}
    assert template.slots["target"][0].words == {"old bridge"}
    assert keys()["T-0002"] == []
    assert keys(optional=" (OPTIONAL)")["T-0001"][0].optional
    assert keys(question="? ")["T-0001"][0].slots["organisation"][0].optional


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((), FACT),
        ((says("reports"),), FACT),
        ((says("reports", hedge="presumed"),), ACCUSED),
        ((says("reports", "act2", hedge="could", modality="possible"),), POSSIBLE),
        ((says("accuses", "act3"),), ACCUSED),
        ((says("attributes", "act2"),), BY_AUTHORITIES),
        ((says("attributes", "act2"), says("claims_responsibility", "act1")), CLAIMED),
        ((says("reports", "act1"),), CLAIMED),
        ((says("denies_responsibility", "act1", polarity="negated"),), FACT),
    ],
)
def test_confidence_follows_the_decision_tree(claims: tuple[Any, ...], expected: str) -> None:
    assert confidence(*claims) == expected


def test_a_filler_is_right_by_organisation_and_confidence() -> None:
    assert counted(coded(), keys()) == (1, 2, 1, 1)
    assert counted(coded(says("claims_responsibility", "act1")), keys()) == (1, 2, 1, 0)
    assert counted(coded(text="the Green Party"), keys()) == (1, 2, 0, 0)


def test_what_may_be_left_out_is_rewarded_and_not_missed() -> None:
    key = keys(question="? ")
    assert counted(coded(), key) == (1, 2, 1, 1)
    assert counted(coded(text="the Green Party"), key) == (1, 1, 0, 0)
    assert counted(coded(text="the Green Party"), keys(optional=" (OPTIONAL)")) == (1, 0, 0, 0)


def test_types_must_agree_and_what_did_not_happen_is_no_template() -> None:
    assert counted(coded(type="abduction"), keys()) == (1, 2, 0, 0)
    assert counted(coded(status="denied"), keys()) == (0, 2, 0, 0)


def test_a_file_without_templates_gives_no_keys() -> None:
    assert responsibility.keys("nothing of the kind\n") == {}


def test_the_scorer_prints_all_and_both_halves(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    (tmp_path / "out.jsonl").write_text(json.dumps(coded()) + "\n", "utf-8")
    (tmp_path / "keys").write_text(KEY.format(optional="", question=""), "latin-1")
    monkeypatch.setattr("sys.argv", ["responsibility", str(tmp_path / "out.jsonl"), str(tmp_path / "keys")])
    responsibility.main()
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["all", "even", "odd"]


def test_a_known_organisation_is_right_under_any_name_that_the_report_has_for_it() -> None:
    actor = Actor(id="act1", name="ETA", kind="group", known_as="eta")
    role = make.role("perpetrator", "ETA", kind="organisation", actor="act1", mentions=(Span(4, 11), Span(15, 18)))
    record: Any = {"report": {"text": "the bombers of ETA"}, "actors": [to_dict(actor)]}
    assert responsibility.named(record, to_dict(role)) == {"eta"}
    assert responsibility.named({**record, "actors": []}, to_dict(role)) == frozenset()
