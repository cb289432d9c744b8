"""Loading a library without the parts of it that are never called here.

spaCy loads its command line with itself and the language detector its downloader; with the HTTP clients and progress bars behind
them they take a third of a second, half of what either library needs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Inside, modules of these names that are not loaded yet are empty ones. They are forgotten afterwards, so that whoever wants
    the real ones still gets them."""
    empty = {name: _Empty(name) for name in names if name not in sys.modules}
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name, module in empty.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _Empty(ModuleType):
    """A module in which every name is None."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


__all__ = ["without"]
