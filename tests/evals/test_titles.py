"""The scorer of pairs of titles, on hand-made cases."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evals import titles
from kavass.errors import DataError


def test_all_right_is_one_and_one_label_always_is_not() -> None:
    truth = ["agree", "disagree", "disagree"]
    assert titles.macro_f1(truth, truth, titles.STANCES[:2]) == 1.0
    assert titles.macro_f1(truth, ["disagree"] * 3, titles.STANCES[:2]) == pytest.approx(0.4)


def test_neither_found_is_a_miss_for_whichever_it_is() -> None:
    assert titles.macro_f1(["agree", "disagree"], ["other", "disagree"], titles.STANCES[:2]) == pytest.approx(0.5)


def test_rows_about_different_things_count_in_the_three_way_figure_alone() -> None:
    truth, told = ["agree", "disagree", "other", "other"], ["agree", "disagree", "other", "agree"]
    whole, even, odd = titles.lines(truth, told)
    assert "2 pairs  two-way 1.000" in whole and "three-way 0.778 (other: 2 rows, F1 0.667)" in whole
    assert even.startswith("even") and "1 pairs" in even and odd.startswith("odd")
    assert "three-way" not in next(titles.lines(["agree", "disagree"], ["agree", "disagree"]))


def test_a_file_is_scored_from_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(
        "s1,s2,stance\nThe road is open,The road is closed,disagree\nFire in the port,The port is on fire,agree\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "evals.titles", str(file), "--lang", "en"], capture_output=True, text=True, check=True
    )
    assert "all       2 pairs  two-way 1.000" in done.stdout


@pytest.mark.parametrize(
    "text", ["", "s1,s2,stance\n", "s1,s2,stance\na,b,perhaps\n", "s1,s2,stance\n,b,agree\n", "a,b\nx,y\n"]
)
def test_bad_rows_are_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(DataError):
        titles.read(file)
