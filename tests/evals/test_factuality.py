"""The scorer of certainty, on rows made by hand."""

import json
from pathlib import Path

import pytest
from evals.factuality import judged, measures, rows, scaled


def written(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    return file


def row(text: str, *targets: tuple[int, float]) -> str:
    return json.dumps({"text": text, "targets": [{"span1": [at, at + 1], "label": label} for at, label in targets]})


def test_a_target_is_the_token_at_its_place(tmp_path: Path) -> None:
    file = written(tmp_path, row("Rebels left the town .", (1, 3.0), (4, 0.0)))
    [(text, [first, last])] = rows(file)
    assert (first.word, text[first.span.start : first.span.end], first.label) == ("left", "left", 3.0)
    assert text[last.span.start : last.span.end] == "."


def test_the_scale_of_the_labels_is_met_at_both_ends() -> None:
    assert [scaled(c) for c in (0.0, 0.5, 1.0)] == [-3.0, 0.0, 3.0]


def test_figures_of_known_answers() -> None:
    exact = measures([3.0, -3.0, 0.0], [3.0, -3.0, 0.0])
    assert (exact["mae"], round(exact["r"], 6), exact["n"], exact["all certain"]) == (0.0, 1.0, 3, 3.0)
    turned = measures([-1.0, 1.0], [1.0, -1.0])
    assert (turned["mae"], round(turned["r"], 6)) == (2.0, -1.0)


def test_nothing_and_what_does_not_vary_have_no_correlation() -> None:
    assert measures([], []) == {"mae": 0.0, "r": 0.0, "n": 0, "all certain": 0.0}
    assert measures([1.0, 1.0], [0.0, 2.0])["r"] == 0.0


def test_what_happened_is_told_surer_than_what_was_refused(tmp_path: Path) -> None:
    file = written(
        tmp_path, row("Rebels shelled the town .", (1, 3.0)), row("Rebels refused to leave .", (1, 3.0), (3, -2.0))
    )
    told = {target.word: found for _, target, found in judged(file)}
    assert told["shelled"] is not None and told["leave"] is not None
    assert told["shelled"] > 2 and told["refused"] > 2 and told["leave"] < 0  # type: ignore[operator]


def test_a_word_that_is_no_event_is_said_to_be_none(tmp_path: Path) -> None:
    assert [found for *_, found in judged(written(tmp_path, row("! !", (0, 3.0))))] == [None]


@pytest.mark.parametrize("line", ["{", '{"text": "a b"}', row("a b", (7, 1.0)), row("a b", (0, 9.0)), "[]"])
def test_a_broken_row_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(rows(written(tmp_path, row("a b", (0, 1.0)), line)))
