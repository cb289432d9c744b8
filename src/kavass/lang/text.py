"""Folding with a way back, and sentences: what every script shares, without a word of any language.

Matching runs on a folded copy: lower case, compatibility forms resolved, marks and invisible characters dropped, punctuation
as blanks. `Folded.span` leads from the copy back to the unchanged text, so a match always cites the words as they stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kavass.model import Span

LONGEST_CHARACTERS = 2_000  # news sentences stay below 1,000; what the steps do within one may grow with its square
INVISIBLE = {"Cf", "Mn", "Me", "Cc"}  # bidi controls, joiners, vowel signs, accents, control characters


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `back[i]` is the offset in the original of folded character i (and `back[-1]` its length)."""

    text: str
    back: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The original's span for a non-empty folded one, dropped marks at its end included.

        >>> fold("Café riots").span(0, 4)
        Span(start=0, end=4)
        """
        return Span(self.back[start], self.back[end] if self.back[end] > self.back[end - 1] else self.back[end] + 1)


class Rules(dict[int, str]):
    """What every character folds to, filled as characters are met; `str.translate` reads it."""

    def __init__(self, table: Mapping[str, str] | None = None):
        self.table = dict(table or {})
        super().__init__({ord(c): "" for c, target in self.table.items() if not target})

    def __missing__(self, code: int) -> str:
        found = self[code] = _character(chr(code), self.table)
        return found


PLAIN = Rules()


def fold(text: str, rules: Rules = PLAIN) -> Folded:
    """The text for matching: words in one form with one blank-like character for each non-word character.

    The table of `rules` maps single characters (after lower-casing) to what the language folds them to, "" to drop them.

    >>> fold("Kata’ib—U.S.").text
    'kata ib u s '
    """
    if text.isascii():
        return Folded(text.translate(_ASCII), range(len(text) + 1))
    pieces = [rules[ord(c)] for c in text]
    back = [offset for offset, piece in enumerate(pieces) for _ in piece]
    back.append(len(text))
    return Folded("".join(pieces), back)


def fold_words(words: str, rules: Rules = PLAIN) -> str:
    """A name or term folded as `fold` does, blanks at the ends stripped: the key under which it is found."""
    return words.translate(_ASCII if words.isascii() else rules).strip()


def _character(character: str, table: Mapping[str, str]) -> str:
    out = []
    for c in unicodedata.normalize("NFKD", character).casefold():
        c = table.get(c, c)
        if c and all(unicodedata.category(x) not in INVISIBLE or x in "\n\t" for x in c):
            out.append("".join(x if x.isalnum() else " " for x in c))
    return "".join(out)


_ASCII = {i: (chr(i).lower() if chr(i).isalnum() else " ") for i in range(128)}


def sentences(
    text: str,
    span: Span,
    *,
    enders: str,
    abbreviations: frozenset[str] = frozenset(),
    starters: frozenset[str] = frozenset(),
    closers: str = "\"'”’»)]",
) -> Iterator[Span]:
    """The sentences of a stretch of text, blanks at the ends left out.

    A sentence ends at one of `enders` followed by closing marks and a blank (or the end), unless the word before a full stop is
    one of `abbreviations` (casefolded, without the last stop) or initials ("U.S.") not followed by one of `starters`. A blank line
    ends one too.
    """
    start = end = span.start
    while found := _stops(enders).search(text, end, span.end):
        i, c = found.start(), found[0]
        end = i + 1
        if c == "\n":
            yield from _trimmed(text, start, i)
            start = end
            continue
        while end < span.end and (text[end] in enders or text[end] in closers):
            end += 1
        if (end >= span.end or text[end].isspace()) and not (
            c == "." and _held(text, Span(start, i), end, span.end, abbreviations, starters)
        ):
            yield from _trimmed(text, start, end)
            start = end
    yield from _trimmed(text, start, span.end)


@cache
def _stops(enders: str) -> re.Pattern[str]:
    """Where a sentence may end: at one of the marks, or at a line break before another."""
    return re.compile(rf"[{re.escape(enders)}]|\n(?=\n)")


def _held(
    text: str, before: Span, end: int, limit: int, abbreviations: frozenset[str], starters: frozenset[str]
) -> bool:
    """Whether a full stop belongs to its word and the sentence goes on. `before` runs from the sentence's start to the stop."""
    left = stop = before.end
    first = next((c for c in text[before.start : stop] if c.isalpha()), "")
    if end - stop > 1 and first.isupper() and text[end:limit].lstrip()[:1].islower():
        return True  # `Jane Rowe (D-Ohio.) said`, `“Not now.” he said`; not where a text has no capitals at all
    while left > before.start and not text[left - 1].isspace():
        left -= 1
    word = text[left:stop].strip("\"'“‘«([").casefold()
    if end - stop > 1:  # a closing mark follows: the sentence is over
        return False
    if word in abbreviations:
        return True
    word = word.rpartition("-")[2]  # "anti-U.S."
    initials = len(word) % 2 == 1 and all(c.isalpha() != bool(k % 2) for k, c in enumerate(word)) if word else False
    return initials and not _starts(text, end, limit, starters)


def _starts(text: str, end: int, limit: int, starters: frozenset[str]) -> bool:
    """Whether the next word is capitalised and one that the language knows to start sentences ("The", "In", ...)."""
    k = end
    while k < limit and text[k].isspace():
        k += 1
    first = k
    while k < limit and text[k].isalpha():
        k += 1
    return k > first and text[first].isupper() and text[first:k].casefold() in starters


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretch without blanks at its ends, cut at blanks where it is longer than any sentence that people write."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_CHARACTERS:
        cut = next(
            (i for i in range(start + LONGEST_CHARACTERS, start, -1) if text[i].isspace()), start + LONGEST_CHARACTERS
        )
        yield Span(start, cut)
        start = next((i for i in range(cut, end) if not text[i].isspace()), end)
    if start < end:
        yield Span(start, end)


@cache
def _marks(pairs: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Any opening or closing mark."""
    return re.compile("[" + re.escape("".join(opening + closing for opening, closing in pairs)) + "]")


# The hour of an entry of a live page: "16:30 | ...", "19.10 - ..."; "3.50 million" is none.
HOUR = re.compile(r"\s*\d{1,2}(?::\d{2}(?!\d)\s*[-–—:|]?|\.\d{2}\s*[-–—:|])\s*")
OPENING = " \"“«‘'„‹"  # what stands between a colon and a quotation: blanks and the marks that open it


def quotes(text: str, span: Span, pairs: Mapping[str, str]) -> list[Span]:
    """The quoted stretches inside a span, marks left out; an unclosed quote runs to the end of the span.

    `pairs` maps each opening mark to its closing marks. A straight mark opens where a blank or the start precedes it.

    >>> quotes('he said “no way” and left', Span(0, 25), {"“": "”"})
    [Span(start=9, end=15)]
    >>> quotes('""No,"" he said.', Span(0, 16), {'"': '"'})
    [Span(start=2, end=5)]
    """
    found, opened, closing = [], None, ""
    for mark in _marks(tuple(pairs.items())).finditer(text, span.start, span.end):
        i, c = mark.start(), mark[0]
        if i > span.start and c == text[i - 1] and opened in (None, i) and c in pairs:
            opened = None if opened is None else i + 1  # a mark written twice is one mark
        elif opened is None:
            before = text[i - 1] if i > span.start else " "
            if c in pairs and (c not in pairs[c] or not before.isalnum()):
                opened, closing = i + 1, pairs[c]
        elif c in closing:
            if i > opened:
                found.append(Span(opened, i))
            opened = None
    if opened is not None and opened < span.end:
        found.append(Span(opened, span.end))
    return found
