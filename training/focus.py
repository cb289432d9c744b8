"""Trains `attribute/focus.toml`: what speaks for a statement's bearing on an account of its report.

    python -m training.focus evals/sets/en-seen.toml ... --out src/kavass/attribute/focus.toml

From our own reports with hand-coded claims (`evals/sets`, Apache-2.0): every statement that tells no incident itself, and whose
speaker and words are those of a reader's claim, with the accounts that are the incident claimed about. The unseen sets are never
read here. A choice among a report's accounts, fitted with a penalty on large weights. Needs the `train` extra.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from scipy.optimize import minimize

from evals import claims, sets
from kavass import pipeline
from kavass.attribute.focus import Focus
from kavass.attribute.said import Said
from kavass.model import Account, CodedReport

HEAD = """\
# What speaks for a statement's bearing on an account of its report: a weight for each feature of attribute/focus.py, for every
# language. Fitted by training/focus.py on {choices} statements of evals/sets, written and coded for kavass. Apache-2.0.
# Sets: {files}.
#
#   back, ahead   sentences since it was last told, or until it is first told
#   rank, order   how many accounts were told later, or before it
#   as            the speaker's part in it

[weights]
"""
PENALTY = 2.0
LEAST = 3  # times a feature must be met
FOLDS = 5
Choice = tuple[str, list[list[str]], list[bool]]  # the report, the features of each account, which are right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    found = [choice for file in given.files for row in sets.read(file) for choice in choices(row)]
    reports = sorted({key for key, _, _ in found})
    fold = {key: n % FOLDS for n, key in enumerate(reports)}
    right = 0
    for out in range(FOLDS):
        weights = fit([c for c in found if fold[c[0]] != out])
        right += sum(chosen(c, weights) for c in found if fold[c[0]] == out)
    print(f"{len(found)} statements; not fitted to: {right / len(found):.3f} right")
    weights = fit(found)
    lines = (f'"{name}" = {value:.2f}' for name, value in sorted(weights.items()))
    head = HEAD.format(choices=len(found), files=", ".join(f.stem for f in given.files))
    given.out.write_text(head + "\n".join(lines) + "\n", "utf-8")


def choices(row: Mapping[str, Any]) -> Iterator[Choice]:
    """What a report's statements could bear on, where a right account is among it."""
    asked: list[tuple[Said, str | None, list[tuple[Account, list[str]]]]] = []
    of = Focus.of

    def listening(
        self: Focus, said: Said, speaker: str | None, named: Collection[str] = (), actors: Collection[str] = ()
    ) -> Account | None:
        asked.append((said, speaker, list(self.weighed(said, speaker, named, actors))))
        return of(self, said, speaker, named, actors)

    with mock.patch.object(Focus, "of", listening):
        coded = pipeline.tell(sets.raw(row))
    number = claims.numbers(coded.accounts, row["incidents"])
    seen = set[int]()
    for said, speaker, accounts in asked:
        about = {c["about"] for c in row["claims"] if _said(coded, said, speaker, c)}
        right = [number[a.id] in about for a, _ in accounts]
        if any(right) and id(said) not in seen:
            seen.add(id(said))
            yield row["key"], [features for _, features in accounts], right


def _said(coded: CodedReport, said: Said, speaker: str | None, claim: Mapping[str, Any]) -> bool:
    """Whether a statement is that of a reader's claim."""
    start = coded.report.text.find(claim["words"])
    spans = (*said.content, said.cue)
    if start < 0 or not any(s.start < start + len(claim["words"]) and start < s.end for s in spans):
        return False
    words = [coded.report.words(s) for a in coded.actors if a.id == speaker for s in a.mentions]
    if said.source is not None:
        words.append(coded.report.words(said.source))
    return claims.same_speaker(words, claim["speaker"])


def fit(found: Sequence[Choice]) -> dict[str, float]:
    """The weights under which right accounts are likeliest chosen."""
    met = Counter(f for _, accounts, _ in found for features in accounts for f in features)
    names = sorted(f for f, n in met.items() if n >= LEAST)
    at = {name: n for n, name in enumerate(names)}
    matrix = np.zeros((sum(len(a) for _, a, _ in found), len(names)))
    group, right = [], []
    for n, (_, accounts, truth) in enumerate(found):
        for features, true in zip(accounts, truth, strict=True):
            matrix[len(group), [at[f] for f in features if f in at]] = 1
            group.append(n)
            right.append(float(true))
    groups, truths = np.array(group), np.array(right)

    def loss(weights: Any) -> tuple[float, Any]:
        score = matrix @ weights
        top = np.full(len(found), -np.inf)
        np.maximum.at(top, groups, score)
        grown = np.exp(score - top[groups])
        every, good = np.bincount(groups, grown), np.bincount(groups, grown * truths)
        slope = matrix.T @ (grown / every[groups] - grown * truths / good[groups])
        return PENALTY / 2 * weights @ weights - np.log(good / every).sum(), slope + PENALTY * weights

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, map(float, fitted), strict=True))


def chosen(choice: Choice, weights: Mapping[str, float]) -> bool:
    """Whether the weights choose a right account."""
    _, accounts, right = choice
    scores = [sum(weights.get(f, 0.0) for f in features) for features in accounts]
    return right[int(np.argmax(scores))]


if __name__ == "__main__":
    main()
