"""Trains `attribute/certainty.toml`: what each language-neutral feature of an event is worth to its certainty.

    python -m training.certainty TRAIN_FILE [--held FILE]

From the training part of the UW factuality set (Lee et al. 2015): 9,422 event words of English news with the judgement of
five people each, -3 to 3. A sum of weights, cut off at 0 and 1, fitted to the median (least absolute error, by reweighted
least squares) with a pull towards what the class of the embedding predicate leads one to expect: where the texts have few
of a class, the pull decides. What an event hangs on is weighed first, with the weights of the round before, so four rounds
are run. Development and test parts are never read here but by `--held`, to print figures. No text and no word is in the
result: names of classes and sums.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from evals.factuality import CERTAIN, Target, measures, reading, rows, scaled

from kavass.attribute.certainty import FILE, LEVELS, Certainty, weighed

LEAST = 8  # a feature seen less often has only its pull
RIDGE = 0.3  # how strong the pull is, in event words
FIRM = 8.0  # and of the classes that the news of incidents must not get wrong, of which the texts have few and mixed examples
ROUNDS, STEPS = 3, 12
NEAR = 0.05  # of the scale: closer than this a miss counts by its square
FOLDS = 5

# What one expects of an event under each class of predicate if that predicate is told as so, and if it is told as not so.
EXPECTED: Mapping[str, tuple[float, float]] = {
    "know": (1.0, 1.0), "feel": (1.0, 0.97), "suffer": (0.98, 0.6), "show": (0.95, 0.6), "say": (0.95, 0.7),
    "claim": (0.75, 0.7), "believe": (0.8, 0.55), "seem": (0.8, 0.35), "expect": (0.8, 0.5), "hope": (0.7, 0.45),
    "fear": (0.6, 0.5), "plan": (0.75, 0.45), "commit": (0.8, 0.4), "threaten": (0.6, 0.5), "try": (0.65, 0.45),
    "manage": (0.97, 0.1), "do": (0.97, 0.15), "cause": (0.95, 0.3), "help": (0.9, 0.5), "begin": (0.97, 0.4),
    "end": (0.9, 0.85), "fail": (0.1, 0.9), "prevent": (0.12, 0.7), "hinder": (0.5, 0.7), "forbid": (0.3, 0.6),
    "cancel": (0.3, 0.75), "deny": (0.3, 0.9), "doubt": (0.45, 0.7), "order": (0.7, 0.45),
    "allow": (0.75, 0.25), "able": (0.75, 0.12),
    "possible": (0.6, 0.3), "likely": (0.78, 0.3), "must": (0.7, 0.4), "favour": (0.75, 0.5), "oppose": (0.5, 0.6),
    "weigh": (0.6, 0.5), "pretend": (0.15, 0.5), "depend": (0.6, 0.5),
}  # fmt: skip
HELD = frozenset(("fail", "prevent", "forbid", "deny", "pretend", "manage"))
DESCRIBING = HELD - {"manage"} | {
    "cancel",
    "doubt",
    "possible",
    "claim",
    "threaten",
}  # as adjectives: "a failed attack"
USUAL = 0.95  # an event of which nothing bends the certainty
HEDGES = (0.95, 0.85, 0.7, 0.6, 0.45, 0.2)  # those of the languages' cues.toml
ADVERBS = {"near": -0.2, "seldom": -0.7, "maybe": -0.3}
MOODS = {"near": -0.6, "may": -0.35, "can": -0.25, "must": -0.2, "should": -0.3, "would": -0.25, "will": -0.1, "asked": -0.3,
         "possible": -0.35, "conditional": -0.3, "future": -0.1, "bid": -0.25, "if": -0.2}  # fmt: skip
FREE = {"if": -0.4, "unless": -0.45, "whether": -0.4, "without": -0.8, "before": -0.1, "until": -0.2, "as_if": -0.7}


def pulls() -> dict[str, float]:
    """Feature -> the weight expected of it before any text is seen."""
    found = {f"adverb:hedge {h}": min(0.0, h - USUAL) for h in HEDGES}
    found |= {f"adverb:{name}": w for name, w in ADVERBS.items()} | MOODS
    found |= {f"adverbial:{name}": w for name, w in FREE.items()}
    found |= {f"{link} {name}": w for name, w in FREE.items() for link in ("noun", "ing", "that", "to")}
    for held, (so, no) in EXPECTED.items():
        shares = {"sure": so, "so": so, "maybe": (so + no) / 2, "no": no}
        found |= {f"under {held} {level}": shares[level] - USUAL for _, level in LEVELS}
        described = (
            so
            if held in ("fail", "prevent", "cancel", "pretend", "deny", "doubt", "possible", "claim", "threaten")
            else USUAL
        )
        found |= {f"described:{held}": described - USUAL}
    return found


def features(
    read: Sequence[tuple[Certainty, list[Target]]], worth: Mapping[str, float] | None
) -> list[tuple[str, ...]]:
    """The features of each target, what embeds it weighed by `worth`; of what is no event none."""
    found = []
    for certainty, targets in read:
        again = Certainty(certainty.report, certainty.analysis, certainty.language)
        for target in targets:
            node = again.node(target.span)
            found.append(
                () if node is None else again.features(node, lambda f: USUAL if worth is None else weighed(f, worth))
            )
    return found


def fit(found: Sequence[Iterable[str]], labels: Any) -> dict[str, float]:
    """Feature -> weight, with `start`; labels are 0 to 1."""
    expected = pulls()
    seen = Counter(f for row in found for f in row)
    names = sorted(f for f, times in seen.items() if times >= LEAST or f in expected)
    column = {f: i for i, f in enumerate(names)}
    table = np.zeros((len(labels), len(names) + 1))
    table[:, -1] = 1
    for row, held in zip(table, found, strict=True):
        row[[column[f] for f in held if f in column]] = 1
    pull = np.array([*(expected.get(f, 0.0) for f in names), USUAL])
    ridge = np.diag([*(FIRM if _firm(f) else RIDGE for f in names), 1e-6])
    share, solved = np.ones(len(labels)), pull
    for _ in range(STEPS):
        solved = np.linalg.solve(table.T @ (table * share[:, None]) + ridge, table.T @ (share * labels) + ridge @ pull)
        told = table @ solved
        share = 1 / np.maximum(np.abs(labels - told), NEAR)
        share[((told > 1) & (labels >= 1)) | ((told < 0) & (labels <= 0))] = NEAR  # cut off, so right
        share /= share.mean()
    return {
        **{f: w for f, w in expected.items() if f not in column},
        **dict(zip(names, solved[:-1], strict=True)),
        "start": solved[-1],
    }


def _firm(feature: str) -> bool:
    """Whether the pull on a feature is the strong one."""
    if "under " in feature:
        return not HELD.isdisjoint(feature.split(" "))
    return feature in ("near", "adverb:near") or feature.endswith(" without")


def learn(read: Sequence[tuple[Certainty, list[Target]]], labels: Any) -> dict[str, float]:
    """The weights, round after round."""
    worth = None
    for _ in range(ROUNDS):
        worth = fit(features(read, worth), labels)
    return worth or {}


def told(read: Sequence[tuple[Certainty, list[Target]]], worth: Mapping[str, float]) -> list[float]:
    """The certainty of each target, on the scale of the labels."""
    return [scaled(weighed(f, worth)) for f in features(read, worth)]


def crossed(
    read: Sequence[tuple[Certainty, list[Target]]], labels: Any, worth: Mapping[str, float]
) -> dict[str, float]:
    """The figures on rows not learned from: each fifth of the file by the weights of the others."""
    found, rows_of = features(read, worth), np.array([t.row for _, targets in read for t in targets])
    fold = rows_of * FOLDS // (rows_of.max() + 1)
    ours = np.zeros(len(labels))
    for k in range(FOLDS):
        others = fit([f for f, held in zip(found, fold, strict=True) if held != k], labels[fold != k])
        ours[fold == k] = [weighed(f, others) for f, held in zip(found, fold, strict=True) if held == k]
    return measures(scaled_all(ours), scaled_all(labels))


def scaled_all(shares: Any) -> list[float]:
    return [scaled(float(s)) for s in shares]


def page(worth: Mapping[str, float], figures: Sequence[str]) -> str:
    """The weights as a file, with their card."""
    head = [
        "What each feature of an event is worth to its certainty: a sum, cut off at 0 (certainly not so) and 1 (certain).",
        "Written by training/certainty.py. Language-neutral: classes of predicates, moods, links; no word of any text. Apache-2.0.",
        "Source: judgements of the UW factuality set (Lee, Artzi, Choi, Zettlemoyer 2015; texts of TempEval-3), training part.",
        f"Made {date.today().isoformat()}. Figures on its scale of -3 to 3:",
        *figures,
        "Where the training part has few of a class, the weight is near what its signature leads one to expect.",
    ]
    lines = [f"# {line}" for line in head] + ["", "[worth]", f"start = {worth['start']:.3f}"]
    lines += [f"{json.dumps(f)} = {worth[f]:.3f}" for f in sorted(worth) if f != "start" and abs(worth[f]) >= 0.0005]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.certainty", description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--held", type=Path, help="a development part, to print figures on")
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()
    read = [(reading(text), targets) for text, targets in rows(given.train)]
    labels = np.array([(t.label + CERTAIN) / (2 * CERTAIN) for _, targets in read for t in targets])
    worth = learn(read, labels)
    figures = [_said("cross-validated on the training part", crossed(read, labels, worth))]
    if given.held is not None:
        held = [(reading(text), targets) for text, targets in rows(given.held)]
        theirs = [t.label for _, targets in held for t in targets]
        figures.append(_said("development part", measures(told(held, worth), theirs)))
    print("\n".join(figures))
    given.out.write_text(page(worth, figures), "utf-8")


def _said(name: str, score: Mapping[str, float]) -> str:
    return f"  {name}: MAE {score['mae']:.3f}, r {score['r']:.3f}, n {score['n']} (all certain: MAE {score['all certain']:.3f})"


if __name__ == "__main__":
    main()
