"""What learned weights decide, and what they may not."""

import sys

import numpy as np
import pytest

import kavass.coding
from kavass import lang
from kavass.coding.evidence import ROLES
from kavass.lang import Language
from kavass.pipeline import tell_text

judge = sys.modules[f"{kavass.coding.__name__}.judge"]


def shares(**given: float) -> np.ndarray:
    """Shares of the labels, the rest for no part."""
    return np.array([1 - sum(given.values()), *(given.get(label, 0.0) for label in ROLES[1:])])


def test_what_a_rule_gives_stands_though_the_weights_doubt_it() -> None:
    assert judge._label(shares(person=0.05), {"perpetrator"}, 0) == "person"


def test_weights_that_are_sure_of_no_part_refuse_what_a_rule_gives() -> None:
    assert judge._label(shares(person=0.001), {"perpetrator"}, 0) == ""


def test_weights_that_are_surer_of_another_part_overrule_the_rule() -> None:
    assert judge._label(shares(victim=0.8), {"perpetrator"}, 0) == "victim"


def test_a_doer_far_from_the_deed_is_not_told_without_a_rule() -> None:
    assert judge._label(shares(organisation=0.9), set(), 1) == "organisation"
    assert judge._label(shares(organisation=0.9), set(), 5) == ""


def test_a_part_that_nothing_is_sure_of_is_not_told() -> None:
    assert judge._label(shares(thing=0.3), set(), 0) == ""


def test_protesters_who_burnt_a_consulate_did_it() -> None:
    told = tell_text(
        "Protesters set fire to the Danish consulate in Basra on Friday, police said.", published="2018-09-08"
    )
    arson = next(a for a in told.accounts if a.type == "arson")
    assert [r.text for r in arson.roles if r.role == "perpetrator"] == ["Protesters"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Gunmen shot dead two policemen near a market in Mosul on Friday, police said.", {"shooting"}),
        ("قتل مسلحون مجهولون شرطيين في الموصل يوم الجمعة، بحسب الشرطة.", {"attack", "shooting"}),
    ],
)
def test_both_languages_code_without_weights(monkeypatch: pytest.MonkeyPatch, text: str, types: set[str]) -> None:
    monkeypatch.setattr(Language, "weights", lambda self, name: None)
    assert {a.type for a in tell_text(text, published="2018-09-29").accounts} & types


def test_names_are_no_features() -> None:
    weights = lang.load("en").weights("roles")
    assert weights is not None and weights.labels == ROLES
    heads = {name.removeprefix("head ") for name in weights.rows if name.startswith("head ")}
    assert "NAME" in heads and heads.isdisjoint({"fmln", "farc", "cristiani", "escobar", "pinochet", "noriega"})


def test_same_report_same_record() -> None:
    text = "A bomb exploded near the bank in Lima on Monday, killing two guards. Rebels planted it, the mayor said."
    assert tell_text(text, published="1989-05-02") == tell_text(text, published="1989-05-02")
