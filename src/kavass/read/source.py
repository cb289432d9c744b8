"""What a reader reads from: a stream with its key and limits, and how it makes a report of what it finds."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from kavass.errors import UnreadableReport
from kavass.model import RawReport, Zone

GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one report may cost. A report beyond a limit is set aside with the reason, before it is read in full."""

    report_bytes: int = 20_000_000  # a long page has 2 MB; its markup is held about five times in memory
    # At 60,000 ordinary text is coded in 3 s on one core and a chronicle of 500 incidents, the densest there is, in 4 s; the
    # longest of newspapers reach 50,000. What is longer is a book or a dump.
    text_characters: int = 60_000
    tags: int = 250_000  # walking them takes about one second
    depth: int = 2_000  # building a tree is quadratic in its depth: 10 ms at 2,000, 22 s at 100,000
    feed_bytes: int = 3_000_000  # feeds are parsed at about 1 MB per second
    expansion: int = 200  # unpacked over packed bytes: text reaches 10, markup 50, a bomb 1,000
    resync_bytes: int = 40_000_000  # how far a reader of lines looks for the end of a line that is too long


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Source:
    """A stream to read and what the caller knows of all its reports."""

    stream: BinaryIO
    key: str
    language: str | None
    published: str | None
    limits: Limits

    def whole(self, limit: int | None = None) -> bytes:
        """Everything in the stream. Raises UnreadableReport where it is larger than a report may be."""
        limit = limit or self.limits.report_bytes
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise UnreadableReport(self.key, f"it has more than {limit:,} bytes, the most that one report may have.")
        return data

    def report(
        self,
        raw: bytes,
        text: str,
        *,
        key: str | None = None,
        title: str | None = None,
        blocks: tuple[Zone, ...] = (),
        stamps: tuple[tuple[str, str], ...] = (),
        uri: str | None = None,
        publisher: str | None = None,
        language: str | None = None,
    ) -> RawReport:
        """A report of these raw bytes. Raises UnreadableReport where the text is empty, binary or too long."""
        key = key or self.key
        text = encodable(text)
        if fault := unreadable(text, self.limits):
            raise UnreadableReport(key, fault)
        given = (("caller", self.published),) if self.published else ()
        return RawReport(
            id=hashlib.sha256(raw).hexdigest(), key=key, text=text, uri=uri or None, publisher=_line(publisher),
            title=_line(title), language=self.language or language or None, blocks=blocks, stamps=given + stamps,
        )  # fmt: skip


def titled(title: str | None, text: str) -> str:
    """The text with a title given apart in front, a blank line between.

    >>> titled("Curfew in Kirkuk", "The curfew began at dusk.")
    'Curfew in Kirkuk\\n\\nThe curfew began at dusk.'
    """
    title = _line(title)
    return f"{title}\n\n{text}" if title and text.strip() else title or text


def encodable(text: str) -> str:
    """The text with what no store can hold (NUL, halves of surrogate pairs) as U+FFFD; else the same text."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_VISIBLE = re.compile(r"\w")


def unreadable(text: str, limits: Limits) -> str | None:
    """Why a text is no report, or None."""
    if not _VISIBLE.search(text):
        return "it holds no words."
    if len(text) > limits.text_characters:
        return (
            f"its text has {len(text):,} characters and the limit is {limits.text_characters:,}; split it into reports."
        )
    sample = text[:100_000]
    if (controls := len(_CONTROL.findall(sample))) > max(4, len(sample) // 50):
        return f"it is binary: {controls} of the first {len(sample)} characters are no text."
    return None


def _line(value: str | None) -> str | None:
    """A title or name on one line."""
    return encodable(" ".join(value.split())) or None if value else None


class _Unpacked(io.RawIOBase):
    """What a gzip stream holds, up to the expansion that honest data have."""

    def __init__(self, packed: _Counted, limits: Limits):
        self._packed, self._limits, self._given = packed, limits, 0
        self._gzip = gzip.GzipFile(fileobj=packed, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._gzip.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
            raise UnreadableReport(
                "", f"the compressed data are cut off or damaged: {str(fault).rstrip('.')}."
            ) from None
        self._given += len(data)
        if self._given > 1_000_000 and self._given > self._limits.expansion * self._packed.taken:
            raise UnreadableReport("", f"it unpacks to more than {self._limits.expansion} times its size.")
        buffer[: len(data)] = data
        return len(data)


class _Counted:
    """A head and the stream behind it, counting what is taken."""

    def __init__(self, head: bytes, stream: BinaryIO):
        self._head, self._stream, self.taken = io.BytesIO(head), stream, 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._head.read(size) or self._stream.read(size)
        self.taken += len(data)
        return data

    def seek(self, _offset: int, _whence: int = 0, /) -> int:
        raise io.UnsupportedOperation("a stream is read once")


def opened(head: bytes, stream: BinaryIO, limits: Limits) -> tuple[bytes, BinaryIO]:
    """The first unpacked bytes, and a stream that starts with them."""
    joined = _Counted(head, stream)
    if not head.startswith(GZIP):
        return head, io.BufferedReader(_Plain(joined), 1 << 16)
    return _glimpse(head), io.BufferedReader(_Unpacked(joined, limits), 1 << 16)


def _glimpse(head: bytes) -> bytes:
    """The first unpacked bytes, as far as they are whole."""
    member, seen = zlib.decompressobj(31), b""
    try:
        for at in range(0, len(head), 64):
            seen += member.decompress(head[at : at + 64], 1 << 16)
            if len(seen) >= 1 << 14:
                break
    except zlib.error:
        pass
    return seen


class _Plain(io.RawIOBase):
    def __init__(self, source: _Counted):
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
