"""Capitals for text that has none: old wires, transcripts, messages. The parser leans on capitals, the report keeps its own.

A word gets the capitals that it mostly has inside a sentence (`case.txt`), a known name those of a name, and so does a word that
no dictionary has. Character for character: offsets stay.
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

    >>> recase("the rebels of abu sayyaf freed jose martinez in march, cnn said.")
    'The rebels of Abu Sayyaf freed Jose Martinez in March, CNN said.'
    """
    written = list(WORD.sub(lambda m: _cased(m[0]), words))
    for name in names:
        for found in WORD.finditer(words, max(0, name.start), max(0, name.end)):
            if found[0] not in SMALL:
                written[found.start()] = written[found.start()].upper()
    if written:
        written[0] = written[0].upper() if len(written[0].upper()) == 1 else written[0]
    return "".join(written)


@lru_cache(maxsize=50_000)
def _cased(word: str) -> str:
    way = _table().get(word)
    if way == "upper":
        return word.upper()
    if way == "title":
        return word[0].upper() + word[1:]
    if len(word) > 2 and word.isalpha() and not simplemma.is_known(word, lang="en"):
        return word[0].upper() + word[1:] if VOWEL.search(word) else word.upper()
    return word


@cache
def _table() -> dict[str, str]:
    """Word -> `title` or `upper`, for those that mostly stand so inside a sentence."""
    found, way = dict[str, str](), ""
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            way = line.strip("[]")
        elif line and not line.startswith("#"):
            found.update(dict.fromkeys(line.split(), way))
    return found
