"""Names of one script told by their sound from the names of another: the towns whose Arabic name no table has.

Both spellings are brought to the same coarse string, consonants by where they are spoken and vowels by three colours; towns with
the same consonants are compared letter by letter. The letters' sounds are data (`[sounds]` and `[latin_sounds]` of a language's
places.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from kavass.gazetteer import places as gazetteer
from kavass.lang import load

VOWELS = "AIU"
SHORTEST = 4  # letters of a name that nothing but its sound speaks for
LARGE = 100_000  # inhabitants of a town whose name may sound a little otherwise
MOST = 4  # towns of one sound


class Sounds:
    """The places of the world by how they sound, for a language that writes them in its own script."""

    def __init__(self, code: str, table: Mapping[str, Any]):
        self.known, key = code, load(code).key
        self.letters: Mapping[str, str] = {key(k): v for k, v in table["sounds"].items()}
        self.latin: Mapping[str, str] = table["latin_sounds"]
        self.article, self.articles = key(table["article"]), frozenset(table["latin_articles"])
        self._indexes: dict[str, dict[str, list[tuple[str, str]]]] = {}

    @staticmethod
    @cache
    def of(code: str) -> Sounds | None:
        """That of a language, or None for one that reads the names as they are."""
        table: Mapping[str, Any] = load(code).table("places")
        return Sounds(code, table) if "sounds" in table else None

    def towns(self, name: str, countries: Iterable[str], *, exact: bool) -> tuple[str, ...]:
        """The keys of the towns of these countries that may be called so, the likeliest first."""
        key = load(self.known).key(name)
        if exact and (key.startswith(self.article) or len(key) <= SHORTEST or load(self.known).lexicon.classes(key)):
            return ()
        if key.startswith(self.article):
            key, countries = key.removeprefix(self.article), gazetteer.at_home(self.known) & {*countries}
        if len(key) < SHORTEST - 1:
            return ()
        sound = _coarse(key, self.letters)
        bones = _bones(sound)
        slack, firm = (0 if len(bones) < 2 else 1 + (not exact) * (len(sound) // 7)), len(bones) > 2 and not exact
        found = []
        for country in countries:
            for other, town in self._index(country).get(bones, ()):
                if (far := _distance(sound, other, slack)) is not None:
                    people = gazetteer.candidate(town).population
                    if firm or not far or people > LARGE:
                        found.append((far, -people, town))
        best = min(found, default=(0, 0, ""))[0]
        return tuple(dict.fromkeys(town for far, _, town in sorted(found) if far == best))[:MOST]

    def _index(self, country: str) -> dict[str, list[tuple[str, str]]]:
        """consonants -> (sound, key) of a country's places that have no name in this script."""
        if country not in self._indexes:
            index: dict[str, list[tuple[str, str]]] = {}
            for key, name in gazetteer.heard(country, self.known):
                for sound in {_coarse(form, self.latin) for form in _forms(name, self.articles)}:
                    index.setdefault(_bones(sound), []).append((sound, key))
            self._indexes[country] = index
        return self._indexes[country]


def _forms(name: str, articles: Iterable[str]) -> Iterator[str]:
    """A Latin name without its article, and its first word, if that can stand alone."""
    words = name.split()
    words = words[1:] if len(words) > 1 and words[0] in articles else words
    yield "".join(words)
    if len(words) > 1 and len(words[0]) > SHORTEST:
        yield words[0]


def _coarse(name: str, sounds: Mapping[str, str]) -> str:
    """A name as coarse sounds, doubled ones once; a vowel that only carries the next one falls away."""
    out, at = "", 0
    longest = max(map(len, sounds))
    while at < len(name):
        size = next((n for n in range(longest, 0, -1) if name[at : at + n] in sounds), 0)
        for sound in sounds.get(name[at : at + size], "") if size else "":
            if out[-1:] != sound:
                out += sound
        at += size or 1
    return out[1:] if len(out) > 1 and out[0] == "A" and out[1] in VOWELS else out


def _bones(sound: str) -> str:
    return "".join(c for c in sound if c not in VOWELS)


def _distance(a: str, b: str, most: int) -> int | None:
    """How many vowels two sounds with the same consonants differ in, or None if in more than `most`."""
    if abs(len(a) - len(b)) > most:
        return None
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (x != y)))
    return row[-1] if row[-1] <= most else None
