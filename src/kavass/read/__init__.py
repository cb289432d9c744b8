"""Bytes -> RawReports, as a stream: `read` finds the format, opens it and hands on one report after the other.

A reader is a function `read(source: Source) -> Iterator[RawReport | UnreadableReport]` under a name of the registry. What
cannot be read comes out in its place as an `UnreadableReport` with key and reason, and the stream goes on behind it.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kavass import registry
from kavass.errors import UnreadableReport, UsageError
from kavass.model import RawReport
from kavass.read.charset import sniff_text
from kavass.read.source import DEFAULT_LIMITS, Limits, Source, opened

__all__ = ["Limits", "Source", "read", "readers"]

HEAD_BYTES = 1 << 16  # what `auto` looks at
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)\b", re.I)
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|p|div|span|article|section|main|table|h[1-6]|a|br|ul|ol|meta|title|script|link|style)"
    r"(?:\s[^<]*|/?)>",
    re.I,
)
_FOREIGN = ((b"%PDF-", "a PDF file"), (b"PK\x03\x04", "a ZIP archive"), (b"\x7fELF", "a program"), (b"\x89PNG", "an image"),
            (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"BZh", "a bzip2 archive"),
            (b"\xfd7zXZ", "an xz archive"))  # fmt: skip


def read(
    source: Path | bytes | BinaryIO,
    *,
    key: str | None = None,
    reader: str = "auto",
    language: str | None = None,
    published: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[RawReport | UnreadableReport]:
    """The reports of a file, a folder (its files in order of their names), bytes or a binary stream, in input order.

    `key` names bytes and streams, and otherwise the path does. `reader` is one of `readers()`; `auto` looks at the bytes.
    `language` and `published` are what the caller knows of all reports of the source. Raises UsageError for an unknown
    reader, at once and not in the stream.

    >>> [r.text for r in read("قصف قرب المطار".encode(), key="note")]
    ['قصف قرب المطار']
    """
    if reader not in readers():
        raise UsageError(f"There is no reader {reader!r}; choose from {', '.join(readers())}.")
    return _read(source, key, reader, Source(io.BytesIO(), key or "", language, published, limits))


def readers() -> tuple[str, ...]:
    """The names that `reader` takes."""
    return ("auto", *registry.names("readers"))


def _read(
    source: Path | bytes | BinaryIO, key: str | None, reader: str, asked: Source
) -> Iterator[RawReport | UnreadableReport]:
    if isinstance(source, Path):
        for path in _files(source):
            yield from _file(path, key or str(path), reader, asked)
    elif isinstance(source, bytes):
        yield from _stream(io.BytesIO(source), key or "bytes", reader, asked)
    else:
        yield from _stream(source, key or str(getattr(source, "name", "stream")), reader, asked)


def _files(path: Path) -> Iterator[Path]:
    """The path itself, or the files below it: hidden ones left out."""
    if not path.is_dir():
        yield path
        return
    for inside in sorted(path.rglob("*")):
        if inside.is_file() and not any(part.startswith(".") for part in inside.relative_to(path).parts):
            yield inside


def _file(path: Path, key: str, reader: str, asked: Source) -> Iterator[RawReport | UnreadableReport]:
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, key, reader, asked)
    except OSError as fault:
        yield UnreadableReport(key, f"the file cannot be opened: {os.strerror(fault.errno) if fault.errno else fault}.")


def _stream(stream: BinaryIO, key: str, reader: str, asked: Source) -> Iterator[RawReport | UnreadableReport]:
    try:
        head = stream.read(HEAD_BYTES)
        if not head.strip() and len(head) < HEAD_BYTES:
            raise UnreadableReport(key, "it is empty.")
        bare, whole = opened(head, stream, asked.limits)
        name = _recognised(bare, key) if reader == "auto" else reader
        body = _again(head, stream) if name == "warc" else whole
        yield from registry.resolve("readers", name)(Source(body, key, asked.language, asked.published, asked.limits))
    except UnreadableReport as fault:
        yield UnreadableReport(key, fault.reason)


def _again(head: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream as it was before the look at its head, so that an archive can be searched where it is damaged."""
    if stream.seekable():
        stream.seek(0)
        return stream
    return io.BufferedReader(_Joined(head, stream))


class _Joined(io.RawIOBase):
    """A head already taken from a stream, and the rest of it: as it was before the look."""

    def __init__(self, head: bytes, rest: BinaryIO):
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _recognised(head: bytes, key: str) -> str:
    """The reader for bytes that begin like this. Raises UnreadableReport for a format that holds no report."""
    if head.startswith(b"WARC/") or (key.endswith((".warc", ".warc.gz")) and head[:1] != b"<"):
        return "warc"
    for mark, what in _FOREIGN:
        if head.startswith(mark):
            raise UnreadableReport(key, f"it is {what}; take the text out of it first.")
    text = sniff_text(head).lstrip("\ufeff \t\r\n")
    if text.startswith("{") and _json_line(text, key):
        return "jsonl"
    if text.startswith("<"):
        if _FEED.search(text[:4000]):
            return "feed"
        if text.startswith("<?xml") or _HTML.search(text[:4000]):
            return "html"
    return "text"


def _json_line(text: str, key: str) -> bool:
    line, newline, _ = text.partition("\n")
    if key.endswith((".jsonl", ".ndjson")) or (not newline and re.match(r'\{\s*"[^"\n]*"\s*:', line)):
        return True
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        if re.match(r'\{\s*"(?:id|text|html|title|published|uri|publisher|language)"\s*:', text):
            if line.strip() == "{":
                raise UnreadableReport(key, "it is JSON over several lines; write one object per line.") from None
            return True
        return False
