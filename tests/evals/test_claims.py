"""The measure of claims on hand-made cases: it falls when speaker, stance or object is wrong."""

from collections import defaultdict
from typing import Any

import pytest

import make
from evals import claims
from kavass.model import Link, Span

INCIDENT = {"types": ["shelling"], "place": "Basra", "start": "2018-09-08", "end": "2018-09-08"}
SAID = {"speaker": ["the police spokesman"], "stances": ["reports"], "about": 1, "words": "Rockets hit"}


def account(id: str = "acc1", **given: Any) -> Any:
    return make.account(
        id, **{"type": "shelling", "place": make.town("Basra"), "when": make.day("2018-09-08"), **given}
    )


def measured(told: list[Any], wanted: list[dict[str, Any]], accounts: list[Any] | None = None) -> dict[str, float]:
    sums: dict[str, int] = defaultdict(int)
    row = {"key": "k", "incidents": [INCIDENT], "claims": wanted}
    coded = make.coded(accounts=[account()] if accounts is None else accounts, claims=told)
    claims.add(sums, coded, row, lambda _: None)
    return claims.measures(sums)


def claim(**given: Any) -> Any:
    speaker = make.speaker(given.pop("text", "police spokesman"), given.pop("anonymity", "named"))
    return make.claim("c1", **{"about": ("acc1",), "stance": "reports", "speaker": speaker, **given})


def test_a_right_claim_scores_one() -> None:
    scores = measured([claim()], [SAID])
    assert scores["claim F1"] == 1.0 and scores["speaker precision"] == 1.0


@pytest.mark.parametrize(
    "given", [{"text": "the mayor"}, {"stance": "accuses"}, {"about": ("acc9",)}, {"about": (), "field": "posture"}]
)
def test_a_wrong_speaker_stance_or_object_costs(given: dict[str, Any]) -> None:
    assert measured([claim(**given)], [SAID])["claim F1"] == 0.0


def test_a_wrong_named_speaker_is_told_apart_from_no_speaker() -> None:
    assert measured([claim(text="the mayor"), claim()], [SAID])["speaker precision"] == 0.5
    assert measured([claim(text="an official", anonymity="role_unnamed"), claim()], [SAID])["speaker precision"] == 1.0


def test_a_named_speaker_of_other_words_is_not_measured_by_a_reader_s_claim() -> None:
    elsewhere = claim(text="the mayor", span=Span(12, 20))
    assert measured([claim(), elsewhere], [SAID])["speaker precision"] == 1.0


def test_claims_of_one_speaker_stance_and_object_count_once() -> None:
    scores = measured([claim(), claim(field="killed", value="two")], [SAID, {**SAID, "words": "y"}])
    assert scores["claim precision"] == 1.0 and scores["claim recall"] == 1.0


def test_what_the_narrator_tells_is_left_out() -> None:
    assert measured([claim(text=None, anonymity="narrator")], [])["claim precision"] == 0.0
    assert measured([claim(), claim(text=None, anonymity="narrator")], [SAID])["claim precision"] == 1.0


def test_a_second_telling_of_an_incident_is_about_it_too() -> None:
    both = [account(), account("acc2", when=make.day("2018-01-01"))]
    assert measured([claim(about=("acc2",))], [SAID], both)["claim F1"] == 1.0


def test_a_claim_that_leads_to_another_may_be_about_it() -> None:
    linked = claim(stance="denies_account", about=(), links=(Link(rel="contradicts", claim="c2"),))
    assert measured([linked], [{**SAID, "stances": ["denies_account"], "about": "claim"}])["claim F1"] == 1.0
