"""Pairs of titles against what a person made of them: `python -m evals.titles FILE.csv [--lang ar] [--errors]`.

FILE has the columns s1, s2 and stance (agree, disagree, other), as ANS has them (Jude Khouja, 2020; Apache-2.0; not part of this
repository). Asked is the product's own function, `kavass.merge.opposed`.

two-way      macro-F1 over agree and disagree, of the rows so labelled; where the function says "other" it has found neither, which
             is a miss for whichever it is
three-way    macro-F1 over agree, disagree and other, of all rows; only where some rows are labelled other
each for all rows, the even ones (0, 2, ...) and the odd ones
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kavass.errors import DataError, KavassError
from kavass.merge import opposed

STANCES = ("agree", "disagree", "other")
PARTS = {"all": slice(None), "even": slice(0, None, 2), "odd": slice(1, None, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--lang", default="ar")
    parser.add_argument("--errors", action="store_true", help="name every pair that is told wrongly")
    given = parser.parse_args()
    try:
        rows = read(given.file)
    except (KavassError, OSError) as fault:
        sys.exit(str(fault))
    told = [opposed(left, right, given.lang) for left, right, _ in rows]
    if given.errors:
        for (left, right, stance), said in zip(rows, told, strict=True):
            if said.verdict != stance:
                print(f"{stance}, not {said.verdict} ({said.against:.2f}): {left} | {right} | {' '.join(said.reasons)}")
    for line in lines([stance for *_, stance in rows], [said.verdict for said in told]):
        print(line)


def read(file: Path) -> list[tuple[str, str, str]]:
    """(one title, the other, stance) of each row. Raises DataError naming all rows that are not so."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        held = list(csv.DictReader(text))
    faults = [
        f"row {n}: {row.get('stance')!r} is none of {', '.join(STANCES)}, or a title is missing"
        for n, row in enumerate(held, 1)
        if row.get("stance") not in STANCES or not row.get("s1") or not row.get("s2")
    ]
    if faults or not held:
        raise DataError(str(file), faults or ["no rows; columns s1, s2 and stance are asked"])
    return [(row["s1"], row["s2"], row["stance"]) for row in held]


def lines(truth: Sequence[str], told: Sequence[str]) -> Iterator[str]:
    """The figures, each part of the rows in a line."""
    for part, rows in PARTS.items():
        true, said = truth[rows], told[rows]
        two = [(t, s) for t, s in zip(true, said, strict=True) if t != "other"]
        line = f"{part:5} {len(two):5} pairs  two-way {macro_f1([t for t, _ in two], [s for _, s in two], STANCES[:2]):.3f}"
        if "other" in true:
            share = f1(true, said, "other")
            line += (
                f"  three-way {macro_f1(true, said, STANCES):.3f} (other: {true.count('other')} rows, F1 {share:.3f})"
            )
        yield line


def macro_f1(truth: Sequence[str], told: Sequence[str], labels: Iterable[str]) -> float:
    """The mean of the labels' F1."""
    found = [f1(truth, told, label) for label in labels]
    return sum(found) / len(found)


def f1(truth: Sequence[str], told: Sequence[str], label: str) -> float:
    """F1 of one label; 0 where it is neither true nor told."""
    hit = sum(t == s == label for t, s in zip(truth, told, strict=True))
    return 2 * hit / ((truth.count(label) + told.count(label)) or 1)


if __name__ == "__main__":
    main()
