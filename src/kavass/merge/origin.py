"""Copies of one wire: accounts whose words are one text, however many sites print it.

What is compared is not whole reports but the paragraphs that hold an account. So a site that takes two paragraphs of a wire
copies those two, a caption or a closing line that two reports share makes nothing a copy, and a report that adds its own
words to a wire is a source of its own for what it tells in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar
from zlib import crc32

from kavass.model import Account, Report, Span

WORDS_PER_SHINGLE = 4
FEWEST_SHINGLES = 5  # a passage of fewer than eight words is too short to be told from chance
SHARED_OF_SMALLER = 0.6
SHARED_OF_LARGER = 0.34  # below it, most of the larger one is its own
COMMON = 200  # a shingle in more different passages than this is a figure of speech

Key = TypeVar("Key", bound=Hashable)


def copies(prints: Mapping[Key, frozenset[int]]) -> dict[Key, int]:
    """Fingerprint by key -> group number by key, one group for each text with its copies; keys without a print are left out.

    The groups depend on the prints alone, not on their order; a group's number is a hash of what its smallest print holds.
    """
    distinct = sorted({p for p in prints.values() if p}, key=_order)
    parent = list(range(len(distinct)))
    for left, right in _pairs(distinct):
        if _copied(distinct[left], distinct[right]):
            _join(parent, left, right)
    number = {p: crc32(repr(_order(distinct[_root(parent, i)])).encode()) for i, p in enumerate(distinct)}
    return {key: number[p] for key, p in prints.items() if p}


def passages_of(report: Report, account: Account) -> tuple[str, ...]:
    """The paragraphs that hold an account: those of the body if there are any, else wherever it stands."""
    paragraphs = [Span(*m.span()) for m in re.finditer(r"[^\n]+", report.text)]
    holding = [p for p in paragraphs if any(p.touches(span) for span in account.spans)]
    body = [p for p in holding if _zone(report, p) == "body"]
    return tuple(report.words(p) for p in body or holding)


def fingerprint(passages: tuple[str, ...]) -> frozenset[int]:
    """The word sequences of some passages as numbers; empty if they are too short to tell.

    >>> fingerprint(("Too short.",))
    frozenset()
    """
    prints: set[int] = set()
    for passage in passages:
        words = _plain(passage).split()
        runs = (words[i : i + WORDS_PER_SHINGLE] for i in range(len(words) - WORDS_PER_SHINGLE + 1))
        prints.update(crc32(" ".join(run).encode()) for run in runs)
    return frozenset(prints) if len(prints) >= FEWEST_SHINGLES else frozenset()


def _zone(report: Report, span: Span) -> str:
    """The zone that holds the passage's middle; the body where no zone says otherwise."""
    middle = (span.start + span.end) // 2
    return next((z.zone for z in report.zones if z.start <= middle < z.end), "body")


def _plain(text: str) -> str:
    """Letters and figures in one form: case, marks, punctuation and letter variants do not make a text another one."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", bare)


def _pairs(distinct: list[frozenset[int]]) -> list[tuple[int, int]]:
    """Pairs of prints that share at least one number that is not a figure of speech, in order."""
    holders: dict[int, list[int]] = defaultdict(list)
    for i, prints in enumerate(distinct):
        for number in prints:
            holders[number].append(i)
    found: set[tuple[int, int]] = set()
    for held in holders.values():
        if 1 < len(held) <= COMMON:
            found.update((a, b) for n, a in enumerate(held) for b in held[n + 1 :])
    return sorted(found)


def _copied(left: frozenset[int], right: frozenset[int]) -> bool:
    shared, (small, large) = len(left & right), sorted((len(left), len(right)))
    return shared >= SHARED_OF_SMALLER * small and shared >= SHARED_OF_LARGER * large


def _order(prints: frozenset[int]) -> tuple[int, ...]:
    return tuple(sorted(prints))


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], left: int, right: int) -> None:
    """The smaller index stays the root, so that the group's number does not depend on the order of joining."""
    low, high = sorted((_root(parent, left), _root(parent, right)))
    parent[high] = low
