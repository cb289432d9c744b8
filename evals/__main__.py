"""`make eval`: the figures on the project's own sets, per language, against the floors of `floors.json`.

Exit code 1 if a figure falls below its floor. A floor is lowered only with its reason in `docs/decisions/`. `--write` prints the
figures as the table that `kavass --version -v` shows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from evals import incidents

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="name every miss and every false alarm")
    given = parser.parse_args()
    floors = json.loads((HERE / "floors.json").read_text("utf-8"))
    digest = hashlib.sha256(incidents.TRUTH.read_bytes()).hexdigest()
    below = (
        []
        if digest == floors["example"]["sha256"]
        else ["example: the set has changed; write its new hash and figures"]
    )
    for language, scores in incidents.score(say=print if given.errors else None).items():
        for measure, value in scores.items():
            floor = floors["example"][language][measure]
            print(f"example {language} {measure:24} {value:.3f}  (floor {floor:.3f})")
            if value + 1e-9 < floor:
                below.append(f"example {language} {measure}: {value:.3f} is below the floor {floor:.3f}")
    for line in below:
        print(line, file=sys.stderr)
    sys.exit(bool(below))


if __name__ == "__main__":
    main()
