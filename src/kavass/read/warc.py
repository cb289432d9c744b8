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
CUT_OFF = "the record is cut off"


def read(source: Source) -> Iterator[RawReport | UnreadableReport]:
    """The archived pages (HTML, text and feeds answered with 200) in order, under "<key>:<record number>".

    A damaged record is set aside and reading goes on at the next whole one; from a pipe, which cannot be searched, it ends there.
    """
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number, start, whole = 0, 0, True
    while True:
        last = start
        try:
            records = ArchiveIterator(source.stream, parse_http=True, record_types=wanted, auto_decode="all")
            for record in records:
                number, last = number + 1, record.stream_pos
                for report in _record(source, record, f"{source.key}:{number}"):
                    whole = not (isinstance(report, UnreadableReport) and report.reason.startswith(CUT_OFF))
                    yield report
            if whole and source.stream.seekable() and not _ends_whole(source.stream, last):
                yield UnreadableReport(f"{source.key}:{number + 1}", f"{CUT_OFF} before its text.")
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
        yield UnreadableReport(key, f"{CUT_OFF}: {len(body):,} of {told:,} bytes are there.")
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
            if mark != _STARTS[0] or _end_of_member(stream, base + place):
                return base + place
            place = window.find(mark, place + 1)
        at += len(chunk)
        kept = window[-len(mark) + 1 :]
        stream.seek(at)
    return None


def _ends_whole(stream: BinaryIO, last: int) -> bool:
    """Whether the archive, from its last record on, ends as one does: with whole members, or with two line ends."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(last)
    if stream.read(2) != GZIP:
        stream.seek(max(0, size - 4))
        return stream.read() == b"\r\n\r\n" or last == 0
    while last < size:
        end = _end_of_member(stream, last)
        if end is None:
            return False
        last = end
    return True


def _end_of_member(stream: BinaryIO, at: int) -> int | None:
    """Where a complete gzip member with a WARC record ends that starts at an offset; None if there is none."""
    stream.seek(at)
    member, head = zlib.decompressobj(31), b""
    try:
        while not member.eof and (chunk := member.unconsumed_tail or stream.read(1 << 16)):
            data = member.decompress(chunk, SEARCH_BYTES)
            head = head or data[:5]
            if head and head != b"WARC/":
                return None
    except zlib.error:
        return None
    return stream.tell() - len(member.unused_data) if member.eof and head == b"WARC/" else None
