"""WARC archives of crawls: each page that a server answered is one report, read record by record."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fastwarc.stream_io import StreamError
from fastwarc.warc import ArchiveIterator, WarcRecordType

from kavass.errors import UnreadableReport
from kavass.model import RawReport
from kavass.read import feed
from kavass.read.charset import declared_in, decode
from kavass.read.html import page_report
from kavass.read.source import Source

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


def read(source: Source) -> Iterator[RawReport | UnreadableReport]:
    """The archived pages (HTML, text and feeds answered with 200) in order, under "<key>:<record number>"."""
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(source.stream, parse_http=True, record_types=wanted), 1):
            yield from _record(source, record, f"{source.key}:{number}")
    except (StreamError, EOFError, OSError, ValueError) as fault:
        yield UnreadableReport(f"{source.key}:{number + 1}", f"the archive is cut off or damaged here: {fault}.")


def _record(source: Source, record: Any, key: str) -> Iterator[RawReport | UnreadableReport]:
    headers = record.http_headers
    if headers is not None and headers.status_code not in (200, None):
        return
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if not kind.startswith("text/") and "xml" not in kind:
        return
    uri = record.headers.get("WARC-Target-URI")
    try:
        body = record.reader.read(source.limits.report_bytes + 1)
        inside = replace(source, stream=io.BytesIO(body), key=key)
        raw = inside.whole()
        if kind in ("application/rss+xml", "application/atom+xml", "text/xml", "application/xml"):
            yield from feed.read(inside)
        else:
            yield _page(inside, raw, kind, uri, record.http_charset)
    except UnreadableReport as fault:
        yield fault


def _page(source: Source, raw: bytes, kind: str, uri: str | None, charset: str | None) -> RawReport:
    try:
        text = decode(raw, charset or declared_in(raw))
    except ValueError as fault:
        raise UnreadableReport(source.key, str(fault)) from None
    if kind == "text/plain":
        return source.report(raw, text, uri=uri)
    return page_report(source, raw, text, uri=uri)
