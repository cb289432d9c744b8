"""A plain text file is one report, kept word for word."""

from __future__ import annotations

from collections.abc import Iterator

from kavass.errors import UnreadableReport
from kavass.model import RawReport
from kavass.read.charset import decode
from kavass.read.source import Source


def read(source: Source) -> Iterator[RawReport]:
    """The one report of the stream."""
    raw = source.whole()
    try:
        text = decode(raw)
    except ValueError as fault:
        raise UnreadableReport(source.key, str(fault)) from None
    yield source.report(raw, text)
