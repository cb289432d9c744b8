"""`make eval`: the figures on the project's own sets, per language and part, against the floors of `floors.json`.

The worked example and the seen sets were looked at while rules were written; the unseen ones are known by their figures alone.

Exit code 1 if a figure falls below its floor. A floor is lowered only with its reason in `docs/decisions/`. `--write` also writes
the figures, with those of `public.toml`, to the page that `kavass --version -v` prints.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals import incidents, merging, own

HERE = Path(__file__).parent
FIGURES = HERE.parent / "src" / "kavass" / "figures.txt"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="name every miss and every false alarm")
    parser.add_argument("--write", action="store_true", help="write the page of `kavass --version -v`")
    given = parser.parse_args()
    floors = json.loads((HERE / "floors.json").read_text("utf-8"))
    scores = incidents.score(say=print if given.errors else None)
    below = list(faults(scores, floors["example"]))
    for language, measures in scores.items():
        for measure, value in measures.items():
            print(f"example {language} {measure:24} {value:.3f}  (floor {floors['example'][language][measure]:.3f})")
    found: dict[str, dict[str, float]] = {}
    for name, floor in floors["sets"].items():
        file = HERE / "sets" / f"{name}.toml"
        parts = own.score(file, say=print if given.errors and "unseen" not in name else None)
        found[name] = parts["all"]
        below += list(set_faults(name, file, parts["all"], floor))
        for measure, value in parts["all"].items():
            halves = " / ".join(f"{parts[part][measure]:.3f}" for part in ("even", "odd"))
            print(f"{name:11} {measure:20} {value:.3f}  (halves {halves}; floor {floor[measure]:.3f})")
    for measure, value in merging.score(say=print if given.errors else None).items():
        print(f"merging {measure:27} {value:.3f}  (floor {floors['merging'][measure]:.3f})")
        if value + 1e-9 < floors["merging"][measure]:
            below.append(f"merging {measure}: {value:.3f} is below the floor {floors['merging'][measure]:.3f}")
    if given.write:
        FIGURES.write_text(page(scores, found), "utf-8")
    for line in below:
        print(line, file=sys.stderr)
    sys.exit(bool(below))


def faults(scores: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> Iterator[str]:
    """A sentence for each figure below its floor, and one if the set itself has changed."""
    if hashlib.sha256(incidents.TRUTH.read_bytes()).hexdigest() != floors["sha256"]:
        yield "example: the set has changed; write its new hash and figures into evals/floors.json"
    for language, measures in scores.items():
        for measure, value in measures.items():
            if value + 1e-9 < floors[language][measure]:
                yield f"example {language} {measure}: {value:.3f} is below the floor {floors[language][measure]:.3f}"


def set_faults(name: str, file: Path, measures: dict[str, float], least: dict[str, Any]) -> Iterator[str]:
    """A sentence for each figure of a set below its floor, and one if the set itself has changed."""
    if hashlib.sha256(file.read_bytes()).hexdigest() != least["sha256"]:
        yield f"{name}: the set has changed; write its new hash and figures into evals/floors.json"
    for measure, value in measures.items():
        if value + 1e-9 < least[measure]:
            yield f"{name} {measure}: {value:.3f} is below the floor {least[measure]:.3f}"


def page(scores: dict[str, dict[str, float]], found: dict[str, dict[str, float]]) -> str:
    """The figures as text."""
    lines = [
        "Own sets (an incident is right when type, place and day are; a claim when speaker, stance and what it is about are):"
    ]
    lines += [
        f"  {name}: " + ", ".join(f"{m} {v:.2f}" for m, v in measures.items()) for name, measures in found.items()
    ]
    lines += ["Worked example (own reports, in-sample):"]
    lines += [
        f"  {language}: " + ", ".join(f"{m} {v:.2f}" for m, v in measures.items())
        for language, measures in scores.items()
    ]
    lines += ["Public sets, development parts:"]
    public = tomllib.loads((HERE / "public.toml").read_text("utf-8"))["figure"]
    lines += [f"  {figure['set']}: {figure['said']}" for figure in public]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
