"""WARC archives of crawls: each page that a server answered is one report, read record by record."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from kavass.errors import UnreadableReport
from kavass.model import RawReport
from kavass.read import feed
from kavass.read.charset import declared_in, decode
from kavass.read.html import page_report
from kavass.read.source import GZIP, Source

FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/xml", "application/xml")
PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_STARTS = (GZIP + b"\x08", b"WARC/1.")
SEARCH_BYTES = 1 << 20


def read(source: Source) -> Iterator[RawReport | UnreadableReport]:
    """The archived pages (HTML, text and feeds answered with 200) in order, under "<key>:<record number>".

    A damaged record is set aside and reading goes on at the next whole one; from a pipe, which cannot be searched, it ends there.
    """
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number, start = 0, 0
    while True:
        last = start
        try:
            records = ArchiveIterator(source.stream, parse_http=True, record_types=wanted, auto_decode="all")
            for record in records:
                number, last = number + 1, start + record.stream_pos
                yield from _record(source, record, f"{source.key}:{number}")
            return
        except (OSError, EOFError, ValueError) as fault:
            number += 1
            yield UnreadableReport(f"{source.key}:{number}", f"the archive is cut off or damaged here: {fault}.")
        found = _next_record(source.stream, last + 1) if source.stream.seekable() else None
        if found is None:
            return
        start = source.stream.seek(found)


def _record(source: Source, record: Any, key: str) -> Iterator[RawReport | UnreadableReport]:
    headers = record.http_headers
    if headers is not None and headers.status_code not in (200, None):
        return
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in FEEDS + PAGES:
        return
    told, limit = record.content_length, source.limits.report_bytes
    body = record.reader.read(limit + 1)
    if len(body) < min(told, limit) and not _encoded(headers):
        yield UnreadableReport(key, f"the record is cut off: {len(body):,} of {told:,} bytes are there.")
        return
    try:
        inside = replace(source, stream=io.BytesIO(body), key=key)
        if kind in FEEDS:
            yield from feed.read(inside)
        else:
            yield _page(inside, inside.whole(), kind, record.headers.get("WARC-Target-URI"), record.http_charset)
    except UnreadableReport as fault:
        yield fault


def _encoded(headers: Any) -> bool:
    return headers is not None and any(headers.get(name) for name in ("Content-Encoding", "Transfer-Encoding"))


def _page(source: Source, raw: bytes, kind: str, uri: str | None, charset: str | None) -> RawReport:
    try:
        text = decode(raw, charset or declared_in(raw))
    except ValueError as fault:
        raise UnreadableReport(source.key, str(fault)) from None
    if kind == "text/plain":
        return source.report(raw, text, uri=uri)
    return page_report(source, raw, text, uri=uri)


def _next_record(stream: BinaryIO, at: int) -> int | None:
    """Where the next whole record starts at or behind an offset; None if there is none."""
    first = stream.seek(0)
    mark = _STARTS[0] if stream.read(2) == GZIP else _STARTS[1]
    at = stream.seek(max(at, first))
    kept = b""
    while chunk := stream.read(SEARCH_BYTES):
        window, base = kept + chunk, at - len(kept)
        place = window.find(mark)
        while place >= 0:
            if mark != _STARTS[0] or _whole(stream, base + place):
                return base + place
            place = window.find(mark, place + 1)
        at += len(chunk)
        kept = window[-len(mark) + 1 :]
        stream.seek(at)
    return None


def _whole(stream: BinaryIO, at: int) -> bool:
    """Whether a complete gzip member with a WARC record starts at an offset."""
    stream.seek(at)
    member, head = zlib.decompressobj(31), b""
    try:
        while not member.eof and (chunk := stream.read(1 << 16)):
            data = member.decompress(chunk, SEARCH_BYTES)
            while member.unconsumed_tail and not member.eof:
                head = head or data[:5]
                data = member.decompress(member.unconsumed_tail, SEARCH_BYTES)
            head = head or data[:5]
            if head and head != b"WARC/":
                return False
    except zlib.error:
        return False
    return member.eof and head == b"WARC/"
