"""The project's own sets, each report coded once and measured for its incidents and its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from evals import claims, incidents, sets
from kavass import pipeline

PARTS = ("all", "even", "odd")


def score(file: Path, say: Callable[[str], None] | None = None) -> dict[str, dict[str, float]]:
    """The measures of a set: of all of it, and of its even and odd reports."""
    say = say or (lambda _: None)
    told: dict[str, dict[str, int]] = {part: defaultdict(int) for part in PARTS}
    said: dict[str, dict[str, int]] = {part: defaultdict(int) for part in PARTS}
    for number, row in enumerate(sets.read(file)):
        coded = pipeline.tell(sets.raw(row))
        for part in ("all", ("even", "odd")[number % 2]):
            hear = say if part == "all" else (lambda _: None)
            incidents.add(told[part], coded, {**row, "none": not row["incidents"]}, hear)
            claims.add(said[part], coded, row, hear)
    return {part: {**incidents.measures(told[part]), **claims.measures(said[part])} for part in PARTS}
