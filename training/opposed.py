"""Trains `merge/opposed.toml` and `lang/ar/opposed.npz`: what speaks for two short tellings contradicting each other.

    python -m training.opposed STANCE_TRAIN.csv --out src/kavass

From the training part of ANS (pairs of Arabic news titles with what a person made of them; Jude Khouja, 2020; Apache-2.0). The
features that every language has are fitted first, by themselves, as they must serve a language without a corpus; then the words of
Arabic to what those leave over. Words must stand in pairs of so many different stories; names are no features. The development part
is never read here. Needs the `train` extra.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from evals.titles import macro_f1

from kavass import lang
from kavass.lang import weights
from kavass.merge.opposed import Pair

HEAD = """\
# What speaks for two short tellings contradicting each other: a weight for each feature of merge/opposed.py, for every language.
# Fitted by training/opposed.py on the training part of ANS (Jude Khouja, 2020; Apache-2.0), no text of which is here; the card is
# in lang/ar/WEIGHTS.md. Written for kavass. Apache-2.0.
#
#   bias            what speaks for it unasked
#   cut             the share from which on it is said
#   least shared    the share of words (or runs of letters) in common below which the two are about different things

[weights]
"""
LABELS = ("agree", "disagree")
STORIES = 3  # in which a word must be met
GENERAL_C, WORDS_C = 0.3, 0.3  # strengths, the larger the freer
FOLDS = 5
SMOOTH = 7  # shares over which a cut is judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with given.file.open(encoding="utf8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    language = lang.load("ar")
    pairs = [Pair(r["s1"], r["s2"], language) for r in rows]
    least = least_shared([p.shared for p in pairs], [r["stance"] == "other" for r in rows])
    told = [n for n, r in enumerate(rows) if r["stance"] in LABELS]
    groups = stories(rows)
    group = np.array([groups[n] for n in told])
    truth = np.array([rows[n]["stance"] == "disagree" for n in told])
    general, names = table([pairs[n].features for n in told], group)
    lexical, words = table([pairs[n].lexical for n in told], group)
    said, alone = np.zeros(len(told)), np.zeros(len(told))
    for fold in range(FOLDS):
        out = group % FOLDS == fold
        first, second = fit(general[~out], lexical[~out], truth[~out])
        alone[out] = general[out] @ first[1:] + first[0]
        said[out] = alone[out] + lexical[out] @ second[1:] + second[0]
    cut, alone_cut = best_cut(said, truth), best_cut(alone, truth)
    print(
        f"not fitted to: macro-F1 {scored(said, truth, cut):.3f} at {cut:.2f}, without words {scored(alone, truth, alone_cut):.3f}"
    )
    first, second = fit(general, lexical, truth)
    first[0] += np.log((1 - alone_cut) / alone_cut)  # so that the cut is one half with and without the words
    second[0] += np.log((1 - cut) / cut) - np.log((1 - alone_cut) / alone_cut)
    held = {"bias": first[0], "cut": 0.5, "least shared": least, **dict(zip(names, first[1:], strict=True))}
    lines_of = (f'"{name}" = {value:.3f}' for name, value in held.items())
    (given.out / "merge" / "opposed.toml").write_text(HEAD + "\n".join(lines_of) + "\n", "utf-8")
    file = given.out / "lang" / "ar" / "opposed.npz"
    weights.save(file, ("against",), words, second[1:, None], second[:1])
    print(f"{len(names)} features of every language, {len(words)} of words, {file.stat().st_size / 1000:.0f} kB")


def stories(rows: list[dict[str, str]]) -> list[int]:
    """A number for each row: rows that share a title, or are linked by such rows, are one story."""
    of: dict[str, str] = {}

    def root(title: str) -> str:
        while of.setdefault(title, title) != title:
            title = of[title]
        return title

    for row in rows:
        of[root(row["s1"].strip())] = root(row["s2"].strip())
    number: dict[str, int] = {}
    return [number.setdefault(root(row["s1"].strip()), len(number)) for row in rows]


def table(rows: list[frozenset[str]], group: Any) -> tuple[Any, list[str]]:
    """Rows of ones and noughts for the features that enough stories have, and their names."""
    from scipy.sparse import csr_matrix

    seen: dict[str, set[int]] = defaultdict(set)
    for number, row in zip(group, rows, strict=True):
        for name in row:
            seen[name].add(int(number))
    names = sorted(n for n, held in seen.items() if len(held) >= STORIES)
    column = {n: i for i, n in enumerate(names)}
    entries = [(r, column[n]) for r, row in enumerate(rows) for n in sorted(row) if n in column]
    ones = np.ones(len(entries))
    return csr_matrix((ones, tuple(zip(*entries, strict=True))), shape=(len(rows), len(names))), names


def fit(general: Any, lexical: Any, truth: Any) -> tuple[Any, Any]:
    """Bias and weights of the general features, then of the words on top of what those say."""
    first = logistic(general, truth, np.zeros(len(truth)), GENERAL_C)
    return first, logistic(lexical, truth, general @ first[1:] + first[0], WORDS_C)


def logistic(x: Any, truth: Any, offset: Any, c: float) -> Any:
    """Bias, then weights, of a logistic regression on top of an offset; both answers weigh the same."""
    from scipy.optimize import minimize

    share = truth.mean()
    weight = np.where(truth, 0.5 / share, 0.5 / (1 - share))
    sign = np.where(truth, 1.0, -1.0)

    def loss(held: Any) -> tuple[float, Any]:
        margin = sign * (offset + held[0] + x @ held[1:])
        slope = -weight * sign / (1 + np.exp(margin))
        worth = (weight * np.logaddexp(0, -margin)).sum() + (held[1:] ** 2).sum() / (2 * c)
        return worth, np.concatenate(([slope.sum()], x.T @ slope + held[1:] / c))

    return minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x


def scored(said: Any, truth: Any, cut: float) -> float:
    told = 1 / (1 + np.exp(-said)) >= cut
    return macro_f1([LABELS[int(t)] for t in truth], [LABELS[int(t)] for t in told], LABELS)


def best_cut(said: Any, truth: Any) -> float:
    """The share from which on it is best said: the middle of the best stretch, as a single best share is a matter of luck."""
    cuts = np.arange(0.26, 0.75, 0.01)
    found = np.array([scored(said, truth, cut) for cut in cuts])
    smooth = np.convolve(found, np.ones(SMOOTH) / SMOOTH, "valid")
    return float(cuts[int(smooth.argmax()) + SMOOTH // 2])


def least_shared(shared: list[float], other: list[bool]) -> float:
    """The share below which most pairs are about different things: the best F1 for those."""

    def f1(cut: float) -> float:
        hit = sum(s < cut and o for s, o in zip(shared, other, strict=True))
        return 2 * hit / (sum(s < cut for s in shared) + sum(other)) if hit else 0.0

    return round(float(max(np.arange(0.02, 0.5, 0.01), key=f1)), 2)


if __name__ == "__main__":
    main()
