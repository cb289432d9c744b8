"""Why the desk says something: a key with its values, which is English text by itself and can be said in another language.

>>> apart = Reason("days_apart", gap=4)
>>> apart
'They lie 4 days apart.'
>>> say(apart, "ar") != apart
True
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

from kavass import codebook

FOLDER = Path(__file__).parent


class Code(NamedTuple):
    """A value that has a word in each language: `group` is a table of the words, or type, incident, country or place.

    The key of a place is `geonames id|name`, the id left out where there is none.
    """

    group: str
    key: str


Value = str | int | float | Code | tuple["Value", ...]
Naming = Callable[[Code], str | None]


class Reason(str):
    """A sentence in English that knows its key and values, so that `say` can put it in another language.

    As it is a text, it goes wherever a text goes; the model, the store and the JSON see nothing else.
    """

    __slots__ = ("key", "values")
    key: str
    values: dict[str, Value]

    def __new__(cls, key: str, /, **values: Value) -> Self:
        made = super().__new__(cls, _put(key, values, "en", _unnamed))
        made.key, made.values = key, values
        return made


def say(reason: str, lang: str, *, name: Naming | None = None) -> str:
    """A reason in a language; `name` gives what a Code is called there (an incident's headline, a place's local name).

    A text that is no Reason comes back as it is.
    """
    return _put(reason.key, reason.values, lang, name or _unnamed) if isinstance(reason, Reason) else reason


def languages() -> list[str]:
    """The languages that reasons are given in."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def _unnamed(_: Code) -> None:
    return None


def _put(key: str, values: dict[str, Value], lang: str, name: Naming) -> str:
    template = _table(lang)["reason"][key]
    said = template.format(**{k: _word(v, lang, name) for k, v in values.items()})
    whole = template.endswith(".") and not template.startswith("{incident}")
    return said[0].upper() + said[1:] if whole else said


def _word(value: Value, lang: str, name: Naming) -> str:
    if isinstance(value, Code):
        return name(value) or _coded(value, lang)
    if isinstance(value, tuple):
        return _table(lang)["join"]["or"].join(_word(v, lang, name) for v in value)
    if isinstance(value, float):
        return f"{value:g}"
    return say(value, lang, name=name) if isinstance(value, str) else str(value)


def _coded(value: Code, lang: str) -> str:
    """English keeps the key's own words inside a sentence; the codebook names the types in every other language."""
    told = _table(lang).get(value.group, {}).get(value.key)
    if value.group == "place":
        return value.key.partition("|")[2]
    if told is None and value.group == "type" and lang != "en":
        told = codebook.label(value.key, lang)
    return told or value.key.replace("_", " ")


@cache
def _table(lang: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / f"{lang}.toml").read_text("utf-8"))
