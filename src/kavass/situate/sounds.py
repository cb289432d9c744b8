"""Names of one script told by their sound from the names of another: the towns whose Arabic name no table has.

Both spellings are brought to the same coarse string, consonants by where they are spoken and vowels by three colours; towns with the same
consonants are compared letter by letter. The letters' sounds are data (`[sounds]` and `[latin_sounds]` of a language's places.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from kavass.gazetteer import places as gazetteer
from kavass.lang import load

VOWELS = "AIU"
SHORTEST = 4  # letters of a name that nothing but its sound speaks for
MOST = 4  # towns of one sound


class Sounds:
    """The places of the world by how they sound, for a language that writes them in its own script."""

    def __init__(self, letters: Mapping[str, str], latin: Mapping[str, str], known: str, article: str):
        self.letters, self.latin, self.known, self.article = letters, latin, known, article
        self._indexes: dict[str, dict[str, list[tuple[str, str]]]] = {}

    @staticmethod
    @cache
    def of(code: str) -> Sounds | None:
        """That of a language, or None for one that reads the names as they are."""
        table: Mapping[str, Any] = load(code).table("places")
        if "sounds" not in table:
            return None
        letters = {load(code).key(k): v for k, v in table["sounds"].items()}
        return Sounds(letters, table["latin_sounds"], code, load(code).key(table["article"]))

    def towns(self, name: str, countries: Iterable[str], *, exact: bool) -> tuple[str, ...]:
        """The keys of the towns of these countries that may be called so, the likeliest first."""
        key = load(self.known).key(name)
        if key.startswith(self.article) or len(key) < (SHORTEST if exact else SHORTEST - 1):
            return ()
        sound = _coarse(key, self.letters)
        bones = _bones(sound)
        slack = 0 if len(bones) < 2 else 1 + (not exact) * (len(sound) // 7)
        found = []
        for country in countries:
            for other, town in self._index(country).get(bones, ()):
                if (far := _distance(sound, other, slack)) is not None:
                    people = gazetteer.candidate(town).population
                    if not (exact and far and people < gazetteer.WELL_KNOWN):
                        found.append((far, -people, town))
        return tuple(dict.fromkeys(town for _, _, town in sorted(found)))[:MOST]

    def _index(self, country: str) -> dict[str, list[tuple[str, str]]]:
        """consonants -> (sound, key) of a country's places that have no name in this script."""
        if country not in self._indexes:
            index: dict[str, list[tuple[str, str]]] = {}
            for key, name in gazetteer.heard(country, self.known):
                for sound in {_coarse(form, self.latin) for form in _forms(name)}:
                    index.setdefault(_bones(sound), []).append((sound, key))
            self._indexes[country] = index
        return self._indexes[country]


def _forms(name: str) -> Iterator[str]:
    """A Latin name and its first word, if that can stand alone."""
    yield name.replace(" ", "")
    words = name.split()
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
