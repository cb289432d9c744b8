"""Learned weights: a linear model over named features, small enough to ship and plain enough to read.

A file `lang/<code>/<name>.npz` holds the names of the features, a row of weights for each and the labels of the columns; how it was
made stands in the card beside it. A language without the file does without: its steps go by their rules alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Weights:
    """`rows` maps a feature to its row of `table` (features, labels); `bias` is what speaks for each label unasked."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    table: Any
    bias: Any

    def sum(self, features: Iterable[str]) -> Any:
        """What the features say together for each label, without the bias; unknown ones say nothing."""
        rows = [row for f in features if (row := self.rows.get(f)) is not None]
        return self.table[rows].sum(0)

    def shares(self, sums: Any) -> Any:
        """Sums (..., labels) with the bias, as probabilities that add up to one."""
        raised = np.exp(sums + self.bias - (sums + self.bias).max(-1, keepdims=True))
        return raised / raised.sum(-1, keepdims=True)


def load(file: Path) -> Weights | None:
    """The weights of a file, None if there is none."""
    if not file.exists():
        return None
    with np.load(file) as held:
        names = bytes(held["features"]).decode().split("\n")
        labels = tuple(bytes(held["labels"]).decode().split("\n"))
        table, bias = held["table"].astype(np.float32), held["bias"].astype(np.float32)
    return Weights(labels, {name: row for row, name in enumerate(names)}, table, bias)


def save(file: Path, labels: Iterable[str], features: Iterable[str], table: Any, bias: Any) -> None:
    """Writes weights as `load` reads them."""
    np.savez_compressed(file, features=_packed(features), labels=_packed(labels), table=table.astype(np.float16),
                        bias=bias.astype(np.float32))  # fmt: skip


def _packed(words: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
