"""One JSON object per line: {"id"?, "text"|"html", "title"?, "published"?, "uri"?, "publisher"?, "language"?}."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kavass.errors import UnreadableReport
from kavass.model import RawReport
from kavass.read.charset import decode
from kavass.read.html import page_report
from kavass.read.source import Source, titled

STRINGS = ("text", "html", "title", "published", "uri", "publisher", "language")


def read(source: Source) -> Iterator[RawReport | UnreadableReport]:
    """The reports line by line; a bad line comes out as UnreadableReport under "<key>:<line number>"."""
    for number, line in enumerate(_lines(source), 1):
        key = f"{source.key}:{number}"
        if line is None:
            yield UnreadableReport(key, f"the line has more than {source.limits.report_bytes:,} bytes.")
        elif line.strip():
            try:
                yield _report(source, line, key)
            except UnreadableReport as fault:
                yield fault


def _lines(source: Source) -> Iterator[bytes | None]:
    """The lines; None for one that is too long. Where its end is out of reach, the rest of the file goes with it."""
    limit = source.limits.report_bytes
    while line := source.stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        yield None
        skipped = 0
        while (more := source.stream.readline(1 << 20)) and not more.endswith(b"\n"):
            skipped += len(more)
            if skipped > source.limits.resync_bytes:
                return


def _report(source: Source, line: bytes, key: str) -> RawReport:
    record = _record(line, key)
    key = str(record["id"]) if record.get("id") not in (None, "") else key
    for name in STRINGS:
        if not isinstance(record.get(name), str | None):
            raise UnreadableReport(key, f'"{name}" is {record[name]!r:.60}; it must be a string.')
    stamps = (("caller", record["published"]),) if record.get("published") else ()
    given: dict[str, Any] = {name: record.get(name) for name in ("uri", "publisher", "language")}
    if record.get("html") and not record.get("text"):
        return page_report(source, line, record["html"], key=key, title=record.get("title"), stamps=stamps, **given)
    if not (record.get("text") or record.get("title")):
        raise UnreadableReport(key, 'the line has neither "text" nor "html".')
    text = titled(record.get("title"), record.get("text") or "")
    return source.report(line, text, key=key, title=record.get("title"), stamps=stamps, **given)


def _record(line: bytes, key: str) -> dict[str, Any]:
    try:
        record = json.loads(decode(line))
    except json.JSONDecodeError as fault:
        raise UnreadableReport(key, f"the line is no JSON: {fault.msg} at character {fault.pos}.") from None
    except (ValueError, RecursionError) as fault:
        raise UnreadableReport(key, f"the line is no JSON: {str(fault).rstrip('.')}.") from None
    if not isinstance(record, dict):
        raise UnreadableReport(key, f"the line is a JSON {type(record).__name__}; it must be an object.")
    return record
