"""The register of known actors: groups, forces, ministries, organisations, their names in each script and their public ties.

`actors.toml` holds one entry for each actor; it opens with its source and licence. States are not entries: `state:<ISO
alpha-3>` is made from the country's name (CLDR, by way of Babel). Tables are read on first use.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.core import get_global

from kavass.errors import DataError

FILE = Path(__file__).parent / "actors.toml"
KINDS = ("person", "group", "organisation", "state")
TIES = ("backed_by", "part_of", "office_of", "aligned_with", "designated_by", "commands")
KEYS = {"id", "kind", "sector", "country", "en", "ar", "short", "source", *TIES}
Need = Literal["definite", "full name first", "capital", "capitals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One entry. `names` by language, the usual one first; `needs` maps ambiguous names to what makes them safe.

    `definite`: only with an article or demonstrative; `full name first`: only after an unmistakable name of the same actor;
    `capital`, `capitals`: only where the text writes it so, or after an unmistakable name. `ties` maps a relation to register ids.
    """

    id: str
    kind: Literal["person", "group", "organisation", "state"]
    sector: str | None = None
    country: str | None = None
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    ties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    source: str | None = None

    def name(self, code: str) -> str:
        """The usual name in a language, or in English."""
        return next(iter(self.names.get(code) or self.names.get("en") or (self.id,)))


def names(code: str) -> Iterator[tuple[str, str, str]]:
    """("actor", surface name, id) of a language for the matcher."""
    for known in register().values():
        for name in known.names.get(code, ()):
            yield "actor", name, known.id


def lookup(id: str) -> Known:
    """The entry of an id, or a state's. Raises KeyError for an unknown one."""
    kind, _, country = id.partition(":")
    return _state(country) if kind == "state" else register()[id]


@cache
def register() -> dict[str, Known]:
    """Every entry by id, in the order of the file. Raises DataError with all faults of the file."""
    entries, found, faults = tomllib.loads(FILE.read_text("utf-8")).get("actor", []), dict[str, Known](), list[str]()
    ids = {e.get("id") for e in entries}
    for number, entry in enumerate(entries, 1):
        if wrong := _faults(entry, ids, found):
            faults.extend(f"actor[{number}] {entry.get('id')!r} {fault}" for fault in wrong)
        else:
            found[entry["id"]] = _known(entry)
    if faults:
        raise DataError(str(FILE), faults)
    return found


def _faults(entry: dict[str, Any], ids: set[Any], before: dict[str, Known]) -> list[str]:
    found = []
    if unknown := set(entry) - KEYS:
        found.append(f"has unknown keys {sorted(unknown)}; choose from {sorted(KEYS)}")
    if not entry.get("id") or entry["id"] in before:
        found.append("has no id of its own; give it one")
    if entry.get("kind") not in KINDS:
        found.append(f"has the kind {entry.get('kind')!r}; choose from {KINDS}")
    for tie in TIES:
        for other in entry.get(tie, ()):
            if other not in ids and not other.startswith("state:"):
                found.append(f"is {tie} {other!r}, which is not in the register; add it or name a state:XXX")
    return found


def _known(entry: dict[str, Any]) -> Known:
    needs: dict[str, Need] = {}
    listed: dict[str, tuple[str, ...]] = {code: tuple(entry.get(code, ())) for code in ("en", "ar")}
    for short in entry.get("short", ()):
        needs[short["name"]] = short["needs"]
        code = "en" if short["name"].isascii() else "ar"
        listed[code] += (short["name"],)
    return Known(id=entry["id"], kind=entry["kind"], sector=entry.get("sector"), country=entry.get("country"), names=listed,
                 needs=needs, ties={t: tuple(entry[t]) for t in TIES if entry.get(t)}, source=entry.get("source"))  # fmt: skip


@cache
def _state(country: str) -> Known:
    code = {"XKX": "XK"}.get(country) or get_global("territory_aliases").get(country, [""])[0]
    named = {lang: Locale(lang).territories.get(code) for lang in ("en", "ar")}
    found: dict[str, tuple[str, ...]] = {lang: (str(name),) for lang, name in named.items() if name}
    if not found:
        raise KeyError(f"state:{country}")
    return Known(id=f"state:{country}", kind="state", sector="government", country=country, names=found)
