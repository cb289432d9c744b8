"""Names -> what the desk knows: actors and posts of the register, places of the world. Offline, read on first use."""

from __future__ import annotations

from collections.abc import Iterator

from kavass.gazetteer import actors, places


def names(code: str) -> Iterator[tuple[str, str, str]]:
    """(kind, name, values) of everything known by name in a language, for the matcher; values have blanks between them.

    Kinds are `actor` and `post` (register id), `place` (gazetteer key) and `demonym` (ISO 3166-1 alpha-3).
    """
    yield from actors.names(code)
    yield from places.names(code)
