"""What an incident is: the codebook's types with their labels, limits, modes, severity and crosswalks to other systems.

One TOML file per type, named after its key. `load()` reads and checks them once and reports every fault of every file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from kavass.errors import DataError, UsageError
from kavass.model import Incident, IncidentType

HERE = Path(__file__).parent
LANGUAGES = ("en", "ar")
TABLES = ("label", "definition", "severity", "modes", "examples", "crosswalk")

Family = Literal[
    "violence", "unrest", "state_action", "service", "health", "hazard", "crime", "statement", "diplomacy", "platform"
]
System = Literal["plover", "cameo", "acled", "gtd", "muc4"]
Muc4 = Literal["attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage"]

# A status under which nothing has been done to anybody yet: the incident weighs no more than words.
UNDONE = frozenset({"announced", "threatened", "conditional", "denied"})
WORDS_ONLY = 2
DEADLY, MASS_KILLING, MASS_KILLING_DEAD = 4, 5, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """What other systems call a type. Empty or None: they have no such type.

    `plover` are (event, mode) pairs, the nearest first, a mode None where any will do; `cameo` are codes; `gtd` holds for
    perpetrators that are no state.
    """

    plover: tuple[tuple[str, str | None], ...] = ()
    cameo: tuple[str, ...] = ()
    acled: str | None = None
    gtd: str | None = None
    muc4: Muc4 | None = None

    def names(self, system: System) -> tuple[str, ...]:
        """The names in a system, the nearest first; a PLOVER pair is written `EVENT mode`."""
        if system == "plover":
            return tuple(" ".join(filter(None, pair)) for pair in self.plover)
        found: tuple[str, ...] | str | None = getattr(self, system)
        return found if isinstance(found, tuple) else (found,) if found else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """One incident type. `label`, `definition` and `examples` are keyed by language, `modes` by mode, then by language.

    `severity` is what an incident of the type weighs before anything is known of its harm, from 1 (words) to 5 (mass
    casualties likely), and `severity_reason` says why; `family` groups the types that reports confuse with each other.
    """

    key: IncidentType
    family: Family
    label: Mapping[str, str]
    definition: Mapping[str, str]
    modes: Mapping[str, Mapping[str, str]]
    severity: int
    severity_reason: str
    examples: Mapping[str, tuple[str, ...]]
    crosswalk: Crosswalk


@cache
def load() -> dict[str, Type]:
    """Every type by its key, in the contract's order. Raises DataError naming every fault of every file."""
    return read(HERE)


def severity(incident: Incident) -> int:
    """How grave an incident is, 1 to 5: the type's base, raised by deaths, lowered while nothing has been done.

    One death makes at least 4, ten make 5; a failed attempt weighs one less; what is announced, threatened, conditional or
    denied weighs at most 2. A toll that nobody tells changes nothing.
    """
    base = load()[incident.type].severity
    if incident.status in UNDONE:
        return min(base, WORDS_ONLY)
    killed = _least(incident.best.get("killed"))
    if killed:
        return MASS_KILLING if killed >= MASS_KILLING_DEAD else max(base, DEADLY)
    return max(1, base - 1) if incident.status == "attempted" else base


def label(key: str, language: str) -> str:
    """A type's label. Raises UsageError naming the choices."""
    return of(key).label[language]


def of(key: str) -> Type:
    """The type of that key. Raises UsageError naming the choices."""
    if key not in load():
        raise UsageError(f"There is no incident type {key!r}; choose from {', '.join(load())}.")
    return load()[key]


def types_called(system: System, name: str) -> tuple[str, ...]:
    """The keys of the types that another system calls by that name, in the contract's order.

    >>> types_called("muc4", "kidnapping")
    ('abduction',)
    """
    return tuple(key for key, kind in load().items() if name in kind.crosswalk.names(system))


def family(key: str) -> Family:
    """The family of a type."""
    return of(key).family


def read(folder: Path) -> dict[str, Type]:
    """The codebook in a folder. Raises DataError naming every fault of every file."""
    tables, faults = {}, []
    for file in sorted(folder.glob("*.toml")):
        try:
            tables[file.stem] = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            faults.append(f"{file.name} is no TOML: {fault}.")
    keys = get_args(IncidentType)
    absent = [key for key in keys if not (folder / f"{key}.toml").exists()]
    faults += [f"{key}.toml is missing; every type of the contract has a file." for key in absent]
    faults += [f"{name}.toml: {fault}" for name, table in tables.items() for fault in _faults(name, table)]
    if faults:
        raise DataError(folder.name, faults)
    return {key: _as_type(tables[key]) for key in keys}


def _faults(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    if name not in get_args(IncidentType):
        yield f"{name!r} is no type of the contract; rename or remove the file."
    if table.get("key") != name:
        yield f"key is {table.get('key')!r}; write {name!r} as in the file's name."
    if table.get("family") not in get_args(Family):
        yield f"family is {table.get('family')!r}; choose from {', '.join(get_args(Family))}."
    missing = [part for part in TABLES if not isinstance(table.get(part), dict)]
    yield from (f"[{part}] is missing." for part in missing)
    if "severity" not in missing:
        yield from _severity_faults(table["severity"])
    if "crosswalk" not in missing:
        yield from _crosswalk_faults(table["crosswalk"])
    spoken = [(part, table[part]) for part in ("label", "definition", "examples") if part not in missing]
    spoken += [(f"modes.{mode}", words) for mode, words in table["modes"].items()] if "modes" not in missing else []
    for part, words in spoken:
        silent = [code for code in LANGUAGES if not isinstance(words, dict) or not words.get(code)]
        yield from (f"{part} has nothing in {code!r}." for code in silent)


def _severity_faults(table: Mapping[str, Any]) -> Iterator[str]:
    base = table.get("base")
    if type(base) is not int or not 1 <= base <= 5:
        yield f"severity.base is {base!r}; write a whole number from 1 to 5."
    if not table.get("reason"):
        yield "severity.reason is missing; say in a sentence why this base."


def _crosswalk_faults(table: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        f"crosswalk.{name} is no known system; choose from {', '.join(get_args(System))}."
        for name in table.keys() - set(get_args(System))
    )
    if table.get("muc4") not in (None, *get_args(Muc4)):
        yield f"crosswalk.muc4 is {table['muc4']!r}; choose from {', '.join(get_args(Muc4))}."
    if any(not isinstance(pair, dict) or "event" not in pair for pair in table.get("plover", [])):
        yield "crosswalk.plover has an entry without event; write { event = ..., mode = ... }."
    if any(not str(code).isdigit() for code in table.get("cameo", [])):
        yield f"crosswalk.cameo is {table['cameo']!r}; codes are digits."


def _as_type(table: Mapping[str, Any]) -> Type:
    walk = table["crosswalk"]
    return Type(
        key=table["key"],
        family=table["family"],
        label=table["label"],
        definition=table["definition"],
        modes=table["modes"],
        severity=table["severity"]["base"],
        severity_reason=table["severity"]["reason"],
        examples={code: tuple(table["examples"][code]) for code in LANGUAGES},
        crosswalk=Crosswalk(
            plover=tuple((pair["event"], pair.get("mode")) for pair in walk.get("plover", [])),
            cameo=tuple(walk.get("cameo", [])),
            acled=walk.get("acled"),
            gtd=walk.get("gtd"),
            muc4=walk.get("muc4"),
        ),
    )


def _least(value: Any) -> int:
    """The fewest that a best value allows: a number, a range with `low`, or nothing told."""
    found = value.get("low") if isinstance(value, Mapping) else value
    return found if isinstance(found, int) else 0
