"""Names -> "module:function", resolved on first use; installed packages may add to it by entry points.

A package adds a reader with `[project.entry-points."kavass.readers"] telegram = "their_package:read"`.
"""

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from kavass.errors import UsageError

BUILTIN: dict[str, dict[str, str]] = {
    "languages": {"en": "kavass.lang.en.analyse", "ar": "kavass.lang.ar.analyse"},
    "readers": {
        "text": "kavass.read.text:read",
        "html": "kavass.read.html:read",
        "jsonl": "kavass.read.jsonl:read",
        "feed": "kavass.read.feed:read",
        "warc": "kavass.read.warc:read",
    },
    "publishers": {
        "csv": "kavass.publish.csv:write",
        "claims": "kavass.publish.csv:write_claims",
        "geojson": "kavass.publish.geojson:write",
        "atom": "kavass.publish.atom:write",
        "ics": "kavass.publish.ics:write",
        "sitrep": "kavass.publish.sitrep:write",
    },
    "engines": {"local": "kavass.batch:run_local", "ray": "kavass.batch:run_ray"},
}


@cache
def names(group: str) -> tuple[str, ...]:
    """The names known in a group (`languages`, `readers`, `publishers`, `engines`), built-in ones first."""
    added = {point.name for point in entry_points(group=f"kavass.{group}")}
    return (*BUILTIN[group], *sorted(added - set(BUILTIN[group])))


@cache
def resolve(group: str, name: str) -> Any:
    """The module or function behind a name. Raises UsageError naming the choices."""
    if target := BUILTIN[group].get(name):
        module, _, attribute = target.partition(":")
        found = import_module(module)
        return getattr(found, attribute) if attribute else found
    for point in entry_points(group=f"kavass.{group}", name=name):
        return point.load()
    raise UsageError(f"There is no {group.removesuffix('s')} {name!r}; choose from {', '.join(names(group))}.")
