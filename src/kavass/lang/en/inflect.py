"""How English words may stand in a text: the inflected forms of a lemma by rule and from inflections.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from kavass.lang.text import Rules, fold_words

VOWELS = "aeiou"


def surfaces(words: str, part: str) -> Iterable[str]:
    """The folded forms under which a frame's words or a name may be found; names are not inflected.

    >>> sorted(surfaces("burn down", "verb"))
    ['burn down', 'burned down', 'burning down', 'burns down', 'burnt down']
    >>> list(surfaces("torching", "noun"))
    ['torching', 'torchings']
    """
    if part == "verb":
        first, _, rest = words.partition(" ")
        return [key(f"{form} {rest}") for form in verb_forms(first)]
    if part == "light":
        return map(key, noun_forms(words.partition(" ")[2]))
    if part in ("noun", "modify"):
        *before, last = words.split(" ")
        return [key(" ".join((*before, form))) for form in noun_forms(last)]
    return (key(words),)


def key(words: str) -> str:
    """Words folded as the language folds them."""
    return fold_words(words, _rules())


def verb_forms(lemma: str) -> tuple[str, ...]:
    """The lemma and its inflected forms, each once."""
    table = _table()
    stem = _stem(lemma)
    silent = stem.endswith("e") and not stem.endswith(("ee", "oe", "ye"))
    base = stem[:-1] if silent else stem
    past = [lemma[:-1] + "ied"] if _consonant_y(lemma) else [lemma + "d" if lemma.endswith("e") else base + "ed"]
    ending = [(lemma if not silent and stem == lemma else base) + "ing"]
    return tuple(dict.fromkeys([lemma, plural(lemma), *ending, *table["verbs"].get(lemma, past)]))


def noun_forms(lemma: str) -> tuple[str, ...]:
    """Singular and plural."""
    return tuple(dict.fromkeys([lemma, plural(lemma)]))


def plural(word: str) -> str:
    """The plural of a noun, which is also the third person of a verb.

    >>> [plural(w) for w in ("clash", "casualty", "policeman", "convoy")]
    ['clashes', 'casualties', 'policemen', 'convoys']
    """
    if irregular := _table()["nouns"].get(word):
        return str(irregular)
    if word.endswith("man") and len(word) > 5:
        return word[:-2] + "en"
    if _consonant_y(word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _stem(lemma: str) -> str:
    """The form that takes -ed and -ing: its last consonant doubled where spelling asks for it."""
    doubling = _table()["doubling"]
    short = sum(c in VOWELS for c in lemma) == 1 and len(lemma) >= 3
    closed = lemma[-1] not in VOWELS + "wxy" and lemma[-2:-1] in tuple(VOWELS) and lemma[-3:-2] not in tuple(VOWELS)
    if closed and (short or lemma in doubling["double"]) and lemma not in doubling["single"]:
        return lemma + lemma[-1]
    return lemma


def _consonant_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in tuple(VOWELS)


@cache
def _rules() -> Rules:
    return Rules(tomllib.loads(Path(__file__).with_name("fold.toml").read_text("utf-8"))["fold"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("inflections.toml").read_text("utf-8"))
