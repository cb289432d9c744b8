"""What kind of name each word of a parsed sentence is: PERSON, ORG, GPE ..., read off the vectors that the parser made.

A small net over a window of word vectors, taught by the pipeline's own recogniser, which costs as much as all the rest of the
parse (`training/names.py`; the card stands beside the weights). Unlike its teacher it was also taught on text without capitals.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

KINDS = ("", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "TIME")
REACH = 2  # words looked at on either side
WEIGHTS = Path(__file__).parent / "names.npz"


def names(docs: Sequence[Any]) -> list[list[str]]:
    """The kind of name of every token of every parsed sentence, "" for none."""
    if not docs:
        return []
    said = scores(np.concatenate([windows(doc.tensor) for doc in docs]), _weights()).argmax(1)
    found, at = list[list[str]](), 0
    for doc in docs:
        found.append([KINDS[n] for n in said[at : at + len(doc)]])
        at += len(doc)
    return found


def windows(vectors: Any) -> Any:
    """Each word's vector with those of its neighbours, zeros beyond the ends: (words, (2 * REACH + 1) * width)."""
    count, width = vectors.shape
    padded = np.zeros((count + 2 * REACH, width), dtype=np.float32)
    padded[REACH : REACH + count] = vectors
    return np.concatenate([padded[i : i + count] for i in range(2 * REACH + 1)], axis=1)


def scores(inputs: Any, weights: dict[str, Any]) -> Any:
    """How much each kind fits each word: (words, kinds)."""
    inner = np.maximum(inputs @ weights["inner"] + weights["inner_bias"], 0)
    return inner @ weights["outer"] + weights["outer_bias"]


@cache
def _weights() -> dict[str, Any]:
    with np.load(WEIGHTS) as held:
        return {name: held[name].astype(np.float32) for name in held.files}
