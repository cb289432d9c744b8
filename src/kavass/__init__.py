"""kavass: from the news about a place to a record a security desk can act on and defend.

>>> import kavass
>>> coded = kavass.tell_text("Gunmen shot dead two soldiers in Mosul on Monday.", published="2018-09-29")
>>> [(a.type, a.place.name) for a in coded.accounts]
[('shooting', 'Mosul')]
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["Desk", "Settings", "__version__", "tell", "tell_text"]

_HOME = {"tell": "pipeline", "tell_text": "pipeline", "Desk": "desk", "Settings": "settings"}


def __getattr__(name: str) -> Any:
    """The public names, imported on first use so that `import kavass` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'kavass' has no attribute {name!r}")
    return getattr(import_module(f"kavass.{_HOME[name]}"), name)
