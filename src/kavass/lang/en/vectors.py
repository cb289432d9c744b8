"""The parser's word vectors (spaCy's tok2vec: hash embedding, then four windows of maxout), in numpy and with a memory.

A word's embedding hangs on the word alone, so it is computed once; the windows are the same sums as the library's, without its
layers between. What comes out differs by rounding only (`tests/lang/en/test_vectors.py` holds it to that).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

KEPT = 100_000  # words whose embedding is remembered: 40 MB
PAD = 4  # rows of nothing between sentences, as the library has it
BLOCK = 32  # words embedded at once, never fewer, so that what a word gets does not hang on its company


def remembering(model: Any) -> Any:
    """A model of the library that gives what this tok2vec gives. Raises ValueError if it is built otherwise."""
    from thinc.api import Model

    embed, encode = model.layers
    layers = [_Maxout(layer) for layer in encode.layers[0].layers]
    if not layers:
        raise ValueError(f"{model.name!r} has no windows; only a tok2vec can be remembered")
    memory = _Memory(embed)

    def forward(_: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Any]:
        if is_train:
            raise ValueError("these vectors are read only")
        return _encode(memory.rows(docs), layers), lambda gradient: gradient

    found: Any = Model("remembering_tok2vec", forward, dims={"nO": model.get_dim("nO")})
    return found


class _Maxout:
    """One residual(window >> maxout >> layernorm)."""

    def __init__(self, residual: Any):
        nodes = {node.name: node for node in residual.walk()}
        if not {"expand_window", "maxout", "layernorm"} <= set(nodes):
            raise ValueError(f"tok2vec has a layer {residual.name!r} that is no residual window of maxout")
        weights = nodes["maxout"].get_param("W")  # (out, pieces, in)
        self.width, self.pieces = weights.shape[0], weights.shape[1]
        self.weights = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T)
        self.bias = np.ascontiguousarray(nodes["maxout"].get_param("b").T.reshape(-1))
        self.gain, self.shift = nodes["layernorm"].get_param("G"), nodes["layernorm"].get_param("b")

    def __call__(self, rows: Any) -> Any:
        count, width = rows.shape
        window = np.zeros((count, 3 * width), dtype=np.float32)
        window[1:, :width] = rows[:-1]
        window[:, width : 2 * width] = rows
        window[:-1, 2 * width :] = rows[1:]
        pieces = window @ self.weights
        pieces += self.bias
        most = pieces[:, : self.width]
        for n in range(1, self.pieces):
            np.maximum(most, pieces[:, n * self.width : (n + 1) * self.width], out=most)
        most = most - most.mean(1, keepdims=True)
        most *= (np.einsum("ij,ij->i", most, most)[:, None] / self.width + 1e-8) ** -0.5
        most *= self.gain
        most += self.shift
        most += rows
        return most


def _encode(sentences: Sequence[Any], layers: Sequence[_Maxout]) -> list[Any]:
    """The rows of each sentence after all windows."""
    if not sentences:
        return []
    width = sentences[0].shape[1]
    rows = np.zeros((sum(len(s) for s in sentences) + PAD * (len(sentences) + 1), width), dtype=np.float32)
    at, starts = PAD, []
    for sentence in sentences:
        rows[at : at + len(sentence)] = sentence
        starts.append(at)
        at += len(sentence) + PAD
    for layer in layers:
        rows = layer(rows)
    return [rows[start : start + len(s)] for start, s in zip(starts, sentences, strict=True)]


class _Memory:
    """The embedding of every word seen, by the word and whether a blank follows."""

    def __init__(self, embed: Any):
        from spacy.attrs import ORTH, SPACY

        self.embed, self.columns = embed, [ORTH, SPACY]
        self.held: dict[tuple[int, int], int] = {}
        self.table: Any = np.zeros((1024, 0), dtype=np.float32)

    def rows(self, docs: Sequence[Any]) -> list[Any]:
        """The embeddings of the words of each sentence: (words, width)."""
        asked = [[tuple(pair) for pair in doc.to_array(self.columns).tolist()] for doc in docs]
        every = {pair for pairs in asked for pair in pairs}
        # `every - self.held.keys()` would walk through all that is held.
        if missing := sorted(pair for pair in every if pair not in self.held):
            if len(self.held) + len(missing) > KEPT:
                self.held.clear()
                missing = sorted(every)
            self._learn(docs[0].vocab, missing)
        return [self.table[[self.held[pair] for pair in pairs]] for pairs in asked]

    def _learn(self, vocab: Any, pairs: list[tuple[int, int]]) -> None:
        from spacy.tokens import Doc

        for first in range(0, len(pairs), BLOCK):
            block = pairs[first : first + BLOCK]
            full = [*block, *[block[-1]] * (BLOCK - len(block))]
            words, spaces = [vocab.strings[orth] for orth, _ in full], [bool(space) for _, space in full]
            (rows,) = self.embed.predict([Doc(vocab, words=words, spaces=spaces)])
            start = len(self.held)
            if self.table.shape[1] != rows.shape[1] or start + BLOCK > len(self.table):
                grown = np.zeros((2 * len(self.table), rows.shape[1]), dtype=np.float32)
                grown[:start] = self.table[:start] if self.table.shape[1] else 0
                self.table = grown
            self.table[start : start + len(block)] = rows[: len(block)]
            self.held.update({pair: start + n for n, pair in enumerate(block)})
