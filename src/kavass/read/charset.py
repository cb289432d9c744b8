"""Bytes -> text: byte order mark, UTF-8 where it fits, the declared charset, then a look at the bytes themselves.

UTF-8 stands before the declaration because bytes above 0x7F that happen to form valid UTF-8 in another charset are
practically unknown, while pages that declare windows-1256 and send UTF-8 are common.
"""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
          (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
# Names that browsers read as a larger Windows charset (WHATWG Encoding Standard, section 4.2).
_READ_AS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:\-]{2,30})""", re.I)
SAMPLE_BYTES = 1 << 15
# Alif, lam, ya, mim, nun, waw: half of all letters of an Arabic text.
COMMON_ARABIC = tuple(map(chr, (0x627, 0x644, 0x64A, 0x645, 0x646, 0x648)))


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of the bytes. Raises ValueError with the reason where they are no text.

    >>> decode("انفجار في بغداد".encode("cp1256"))
    'انفجار في بغداد'
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, "replace")
    if b"\0" in data:
        return _without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        if _nearly_utf8(data, fault.start):
            return data.decode("utf-8", "replace")
    return _decoded(data, declared) or data.decode(_guessed(data), "replace")


def declared_in(data: bytes) -> str | None:
    """The charset that markup names in its first bytes."""
    found = _DECLARED.search(data[:2048])
    return found[1].decode("ascii") if found else None


def sniff_text(head: bytes) -> str:
    """The head of a file for a look at its form; never fails."""
    try:
        return decode(head)
    except ValueError:
        return head.decode("latin-1")


def _without_mark(data: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of its ASCII is NUL. Other bytes with NUL are no text."""
    sample = data[:SAMPLE_BYTES]
    for charset, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        others = sample[0::2] if charset == "utf-16-le" else sample[1::2]
        if zeros.count(0) > 0.05 * len(zeros) and others.count(0) < 0.01 * len(others) + 1:
            text = data.decode(charset, "replace")
            if sum(c.isalpha() or c.isspace() for c in text[:2000]) > 0.6 * len(text[:2000]):
                return text
    raise ValueError(f"it is binary: byte {data.index(0)} is NUL.")


def _nearly_utf8(data: bytes, first_fault: int) -> bool:
    """Whether it is UTF-8 with a few damaged characters: a cut end, a stray byte of another charset."""
    sample = data[max(0, first_fault - SAMPLE_BYTES) : first_fault + SAMPLE_BYTES]
    text = sample.decode("utf-8", "replace")
    good = sum(c > "\x7f" and c != "\ufffd" for c in text)
    return good > 20 * text.count("\ufffd") or (good > 3 and len(data) - first_fault < 4)


def _decoded(data: bytes, declared: str | None) -> str | None:
    """The text in the declared charset; None where that is unknown, fails, or is Latin for bytes that are not."""
    try:
        name = codecs.lookup(declared or "").name
        name = _READ_AS.get(name, name)
        if name.startswith("utf") or (name in ("cp1252", "cp1254") and not _latin(data)):
            return None
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None


def _latin(data: bytes) -> bool:
    """Whether bytes above 0x7F stand alone between letters, as accents do, rather than in whole words."""
    runs = _HIGH_RUNS.findall(data[: 1 << 20])
    return sum(map(len, runs)) < 1.8 * len(runs)


def _guessed(data: bytes) -> str:
    """The charset by the bytes: Latin by lone accents, Arabic by its commonest letters, others by charset-normalizer."""
    if _latin(data):
        return "cp1252"
    read = {name: data[: 1 << 20].decode(name, "replace") for name in ("cp1256", "iso8859-6")}
    likely = max(read, key=lambda name: sum(map(read[name].count, COMMON_ARABIC)))
    letters = [c for c in read[likely] if c > "\xbf"]
    if sum("\u0600" <= c <= "\u06ff" for c in letters) > 0.9 * len(letters):
        return likely
    from charset_normalizer import from_bytes

    first = _HIGH_RUNS.search(data)
    start = max(0, first.start() - 200) if first else 0
    best = from_bytes(data[start : start + SAMPLE_BYTES], threshold=0.4).best()
    return best.encoding if best and not best.encoding.startswith("utf") else "cp1256"
