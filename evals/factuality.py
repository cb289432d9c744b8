"""How well the certainty of events agrees with people, on files in the format of the UW factuality set (Lee et al. 2015).

    python -m evals.factuality FILE [--errors]

A line is {"text": tokens joined by blanks, "targets": [{"span1": [token, token + 1], "label": -3 .. 3}]}. Each text is
analysed, the certainty (0 to 1) of the event at each target word put on the scale of the labels. Printed are the mean
absolute error (MAE), the correlation (Pearson r) and the number of targets, for all, the even and the odd rows, with the
error of calling everything certain beside it; then how many targets were found as no event: they count with the certainty
of an event of which nothing is known.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kavass import lang
from kavass.attribute.certainty import Certainty, weights
from kavass.model import Report, Span, Zone

CERTAIN = 3.0  # the top of the scale of the labels; the bottom is -3


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One event word: where it stands in the text of its row, and how certain people take the event to be, -3 to 3."""

    row: int
    word: str
    span: Span
    label: float


def rows(file: Path) -> Iterator[tuple[str, list[Target]]]:
    """The texts of a file with their targets. Raises ValueError naming the line that is none."""
    for number, line in enumerate(file.read_text("utf-8").splitlines()):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield row["text"], [_target(number, row["text"], t) for t in row["targets"]]
        except (KeyError, TypeError, ValueError, IndexError) as fault:
            raise ValueError(f"{file}, line {number + 1}: no row of the factuality format ({fault!r})") from fault


def _target(row: int, text: str, target: dict[str, Any]) -> Target:
    tokens, at = text.split(" "), int(target["span1"][0])
    start = sum(len(t) + 1 for t in tokens[:at])
    label = float(target["label"])
    if not -CERTAIN <= label <= CERTAIN or at < 0:
        raise ValueError(f"label {label} at token {at}")
    return Target(row=row, word=tokens[at], span=Span(start, start + len(tokens[at])), label=label)


def reading(text: str, code: str = "en") -> Certainty:
    """The certainty of the events of a text that is all body."""
    report = Report(id="x", key="x", language=code, text=text, zones=(Zone(start=0, end=len(text), zone="body"),))
    language = lang.load(code)
    return Certainty(report, language.analyse(report, language.split(report)), language)


def scaled(certainty: float) -> float:
    """A certainty, 0 to 1, on the scale of the labels.

    >>> scaled(1.0), scaled(0.5)
    (3.0, 0.0)
    """
    return certainty * 2 * CERTAIN - CERTAIN


def measures(told: Sequence[float], labels: Sequence[float]) -> dict[str, float]:
    """MAE, r (0 where either side does not vary), n, and the MAE of calling everything certain."""
    ours, theirs = np.array(told, dtype=float), np.array(labels, dtype=float)
    if not len(ours):
        return {"mae": 0.0, "r": 0.0, "n": 0, "all certain": 0.0}
    varies = ours.std() > 0 and theirs.std() > 0
    return {
        "mae": float(np.abs(ours - theirs).mean()),
        "r": float(np.corrcoef(ours, theirs)[0, 1]) if varies else 0.0,
        "n": len(ours),
        "all certain": float(np.abs(CERTAIN - theirs).mean()),
    }


def judged(file: Path) -> Iterator[tuple[str, Target, float | None]]:
    """(text, target, its certainty on the scale of the labels or None where it is no event) for each target of a file."""
    for text, targets in rows(file):
        certainty = reading(text)
        for target in targets:
            found = certainty.at(target.span)
            yield text, target, None if found is None else scaled(found)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.factuality", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", action="store_true", help="print the targets of even rows that are told otherwise")
    given = parser.parse_args()
    unknown = scaled(min(1.0, weights()["start"]))
    found = list(judged(given.file))
    for name, kept in (("all", (0, 1)), ("even", (0,)), ("odd", (1,))):
        part = [(unknown if told is None else told, t.label) for _, t, told in found if t.row % 2 in kept]
        score = measures([told for told, _ in part], [label for _, label in part])
        print(
            f"{name:4} MAE {score['mae']:.3f}  r {score['r']:.3f}  n {score['n']}  (all certain: {score['all certain']:.3f})"
        )
    lost = [t.word for _, t, told in found if told is None]
    print(f"not found as events: {len(lost)}" + (f" ({', '.join(sorted(set(lost)))})" if lost else ""))
    if given.errors:
        for text, target, told in sorted(
            found, key=lambda f: -abs((f[2] if f[2] is not None else unknown) - f[1].label)
        ):
            if target.row % 2 == 0 and abs((told if told is not None else unknown) - target.label) >= 1:
                print(f"{target.label:+.1f} {told if told is not None else unknown:+.1f}  {target.word}  |  {text}")


if __name__ == "__main__":
    main()
