"""Capitals for text that has none: old wires, transcripts, messages. The parser leans on capitals, the report keeps its own.

A word gets the capitals that it mostly has inside a sentence (`case.txt`), a known name those of a name, and so does a word that
no dictionary has; a rare word of the dictionary ("hector", "ferry") gets one beside a name. Character for character: offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import simplemma

from kavass.model import Span

WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*")
VOWEL = re.compile(r"[aeiouy]")
TABLE = Path(__file__).parent / "case.txt"
SMALL = frozenset(("a", "an", "and", "at", "de", "del", "for", "in", "la", "of", "on", "or", "the", "to", "y"))


def recase(words: str, names: Iterable[Span] = ()) -> str:
    """The words with capitals where names stand; `names` are stretches of them known to be names.

    >>> recase("the rebels of abu sayyaf freed hector jaramillo in march, cnn said.")
    'The rebels of Abu Sayyaf freed Hector Jaramillo in March, CNN said.'
    """
    written = list(words)
    found = [(m.start(), m.end(), m[0], _way(m[0])) for m in WORD.finditer(words)]
    for place, (start, end, word, way) in enumerate(found):
        if way == "rare":
            beside = (found[p] for p in (place - 1, place + 1) if 0 <= p < len(found))
            near = any(
                other[3] == "title" and words[min(end, other[1]) : max(start, other[0])] == " " for other in beside
            )
            way = "title" if near else "lower"
        if way != "lower":
            written[start:end] = word.upper() if way == "upper" else word[0].upper() + word[1:]
    for name in names:
        for held in WORD.finditer(words, max(0, name.start), max(0, name.end)):
            if held[0] not in SMALL:
                written[held.start()] = written[held.start()].upper()
    if written and len(written[0].upper()) == 1:
        written[0] = written[0].upper()
    return "".join(written)


@lru_cache(maxsize=50_000)
def _way(word: str) -> str:
    """How a word stands inside a sentence: `title`, `upper`, `lower`, or `rare`: with a capital if it stands by a name."""
    if (way := _table().get(word)) is not None:
        return way
    if len(word) < 3 or not word.isalpha():
        return "lower"
    if simplemma.is_known(word, lang="en"):
        return "title" if simplemma.lemmatize(word, lang="en")[0].isupper() else "rare"
    return "title" if VOWEL.search(word) else "upper"


@cache
def _table() -> dict[str, str]:
    """Word -> `title`, `upper` or `lower`, as it mostly stands inside a sentence."""
    found, way = dict[str, str](), ""
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            way = line.strip("[]")
        elif line and not line.startswith("#"):
            found.update(dict.fromkeys(line.split(), way))
    return found
