"""Towns under a spelling that no table has: "Hodeidah" for Al Ḩudaydah, "Qamishli" for Al Qāmishlī, "Axum" for Aksum.

A name from another script reaches the press in many spellings, which differ in vowels, doubled letters, articles and how a sound is
written. Two names with the same consonants in the same order, brought to one letter for each sound, are taken for one; only in
the countries that the report speaks of. The letters are data (`[spellings]` of a language's places.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from kavass.gazetteer import places as gazetteer
from kavass.lang import load
from kavass.lang.text import fold_words

VOWELS = frozenset("aeiouwyh'’- ")
FEWEST = 3  # consonants of a name that nothing but its spelling speaks for; one less for a town of LARGE
LARGE = 100_000
APART = 3  # letters that two spellings may differ in length
MOST = 4  # towns of one spelling
ALIKE = 0.61  # of the letters of two spellings that agree, at least


class Spellings:
    """The towns of the world by their consonants, read country by country."""

    def __init__(self, table: Mapping[str, Any]):
        letters: Mapping[str, str] = table["letters"]
        self.letters = sorted(letters.items(), key=lambda kv: -len(kv[0]))
        self.articles = frozenset(table["articles"])
        self._indexes: dict[str, dict[str, list[tuple[str, int, str]]]] = {}

    @staticmethod
    @cache
    def of(code: str) -> Spellings | None:
        """Those of a language, or None for one without the data."""
        table: Mapping[str, Any] = load(code).table("places")
        return Spellings(table["spellings"]) if "spellings" in table else None

    def towns(self, name: str, countries: Iterable[str]) -> tuple[str, ...]:
        """The keys of the towns of these countries that may be called so, the likest first, of those the most populous."""
        bones, plain = self._bones(name)
        if len(bones) < FEWEST - 1:
            return ()
        found = [
            (-round(SequenceMatcher(None, plain, other).ratio(), 1), -people, key)
            for country in countries
            for other, people, key in self._index(country).get(bones, ())
            if abs(len(other) - len(plain)) <= APART and (len(bones) >= FEWEST or people > LARGE)
            if SequenceMatcher(None, plain, other).ratio() >= ALIKE
        ]
        return tuple(dict.fromkeys(key for *_, key in sorted(found)))[:MOST]

    def _index(self, country: str) -> dict[str, list[tuple[str, int, str]]]:
        if country not in self._indexes:
            index: dict[str, list[tuple[str, int, str]]] = {}
            for key, name, people in gazetteer.towns_of(country):
                bones, plain = self._bones(name)
                index.setdefault(bones, []).append((plain, people, key))
            self._indexes[country] = index
        return self._indexes[country]

    def _bones(self, name: str) -> tuple[str, str]:
        """The consonants of a name, one letter for a sound and doubled ones once, and the name without articles."""
        words = fold_words(name).replace("-", " ").replace("'", "").split()
        plain = "".join([w for w in words if w not in self.articles] or words)
        sounds = plain
        for written, sound in self.letters:
            sounds = sounds.replace(written, sound)
        first = "h" if sounds[:1] == "h" else "a" if sounds[:1] in VOWELS else ""
        bones = "".join(c for c in sounds if c not in VOWELS)
        once = "".join(c for i, c in enumerate(bones) if not i or bones[i - 1] != c)
        return (first + once if once else ""), plain
