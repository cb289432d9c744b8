"""Arabic tolls as counts: none, sums of dead and hurt, cases of an illness."""

from __future__ import annotations

import pytest

from kavass import lang, pipeline
from kavass.lang.clause import Phrase
from kavass.model import Zone
from make import report

ARABIC = lang.load("ar")
LEAD = "سقطت قذيفتان على مرفأ الناصرية مساء الاثنين. "


def phrases(text: str) -> dict[str, Phrase]:
    one = report(text, language="ar", zones=(Zone(start=0, end=len(text), zone="body"),))
    return {one.words(p.head): p for s in ARABIC.analyse(one, ARABIC.split(one)).sentences for p in s.phrases}


def counts(text: str) -> dict[str, tuple[int | None, int | None]]:
    coded = pipeline.tell_text(text, published="2018-05-02")
    return {c.field: (c.low, c.high) for a in coded.accounts for c in a.counts}


@pytest.mark.parametrize(
    "text",
    [
        LEAD + "ولم تقع إصابات.",
        LEAD + "ولم تسفر القذيفتان عن إصابات.",
        "سقطت قذيفتان على مرفأ الناصرية من دون وقوع إصابات.",
        "سقطت قذيفتان على مرفأ الناصرية دون خسائر بشرية أو مادية.",
    ],
)
def test_no_casualties_leave_nobody_dead_or_hurt(text: str) -> None:
    assert {k: v for k, v in counts(text).items() if k != "munitions"} == {"killed": (0, 0), "injured": (0, 0)}


def test_no_dead_say_nothing_of_the_hurt() -> None:
    found = counts("سقطت قذيفتان على مرفأ الناصرية دون قتلى.")
    assert (found["killed"], "injured" in found) == ((0, 0), False)


def test_nobody_hurt_is_a_figure() -> None:
    assert counts(LEAD + "ولم يصب أحد بأذى.")["injured"] == (0, 0)
    assert "injured" not in counts(LEAD + "ولم يصل أحد.")


def test_one_figure_for_dead_and_hurt_is_given_to_neither() -> None:
    for text in ("مقتل وإصابة تسعة أشخاص بانفجار عبوة في الناصرية.", "قُتل وأصيب تسعة أشخاص بانفجار عبوة في الناصرية."):
        assert counts(text).get("killed") is None


def test_figures_of_their_own_are_kept_apart() -> None:
    found = counts("قُتل 9 أشخاص وأصيب 31 بانفجار عبوة ناسفة في الناصرية.")
    assert (found["killed"], found["injured"]) == ((9, 9), (31, 31))


def test_cases_of_an_illness_count_the_ill() -> None:
    assert phrases("سجلت الدائرة ستين حالة تسمم.")["حالة"].has("casualty.ill")
    assert not phrases("سجلت الدائرة ستين حالة زواج.")["حالة"].has("casualty")


def test_a_second_adjective_is_no_thing_of_its_own() -> None:
    found = phrases("وقعت خسائر بشرية أو مادية.")
    assert found["خسائر"].modifiers == ("بشري", "مادي")
    assert "مادية" not in found
