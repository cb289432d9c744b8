"""Where and when: place names and time expressions of a report, and the place and time of each account."""

from __future__ import annotations

from kavass.situate.places import Places, places

__all__ = ["Places", "places"]
