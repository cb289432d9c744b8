"""Report -> Marks: one pass of a multi-pattern matcher finds triggers, known actors, posts and places.

The pass decides what is worth more: a sentence in which no trigger stands is never parsed, a report without one costs this
pass and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import ahocorasick_rs

from kavass import gazetteer
from kavass.lang import Language, load
from kavass.lang.clause import Sentence
from kavass.model import Report, Span

MarkKind = Literal["trigger", "actor", "post", "place", "demonym"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Known words in the text.

    `values`: register ids (actor, post), gazetteer keys (place), ISO alpha-3 (demonym), kinds of yields (trigger).
    """

    kind: MarkKind
    span: Span
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What one pass found, in text order; of overlapping mentions of one kind the longest is kept."""

    mentions: tuple[Mention, ...]

    def of(self, *kinds: MarkKind) -> Iterator[Mention]:
        """The mentions of these kinds."""
        return (m for m in self.mentions if m.kind in kinds)

    def within(self, span: Span, *kinds: MarkKind) -> list[Mention]:
        """The mentions of these kinds inside a span."""
        return [m for m in self.mentions if m.kind in kinds and span.covers(m.span)]


def mark(report: Report, language: Language) -> Marks:
    """Every known word of the report, wherever it stands (zones are the reader's business)."""
    matcher = _matcher(language.code)
    folded = language.fold(report.text)
    found: dict[MarkKind, list[tuple[int, int, tuple[str, ...]]]] = {}
    for pattern, start, end in matcher.automaton.find_matches_as_indexes(f" {folded.text} ", overlapping=True):
        for kind, values in matcher.payloads[pattern]:
            found.setdefault(kind, []).append((start, end - 2, values))  # blanks round pattern and text fall away
    mentions = [Mention(kind=kind, span=folded.span(start, end), values=values)
                for kind, hits in found.items() for start, end, values in _longest(hits)]  # fmt: skip
    return Marks(tuple(sorted(mentions, key=lambda m: (m.span, m.kind))))


def worth_parsing(sentences: Iterable[Sentence], marks: Marks) -> list[Sentence]:
    """The sentences in which a trigger stands."""
    triggers = sorted(m.span for m in marks.of("trigger"))
    kept, i = [], 0
    for sentence in sorted(sentences, key=lambda s: s.span):
        while i < len(triggers) and triggers[i].end <= sentence.span.start:
            i += 1
        if i < len(triggers) and triggers[i].start < sentence.span.end:
            kept.append(sentence)
    return kept


@dataclass(frozen=True, slots=True)
class _Matcher:
    automaton: ahocorasick_rs.AhoCorasick
    payloads: list[list[tuple[MarkKind, tuple[str, ...]]]]


@cache
def _matcher(code: str) -> _Matcher:
    """The automaton of a language, built once for each process."""
    language, payloads = load(code), dict[str, list[tuple[MarkKind, tuple[str, ...]]]]()
    for surface, kind, values in _patterns(language):
        payloads.setdefault(f" {surface} ", []).append((kind, values))
    automaton = ahocorasick_rs.AhoCorasick(list(payloads), matchkind=ahocorasick_rs.MatchKind.Standard)
    return _Matcher(automaton, list(payloads.values()))


def _patterns(language: Language) -> Iterator[tuple[str, MarkKind, tuple[str, ...]]]:
    """(folded surface, kind, values), each surface once for each kind."""
    merged: dict[tuple[str, MarkKind], set[str]] = {}
    for (part, words), kinds in language.frames.triggers().items():
        for surface in language.surfaces(words, part):
            merged.setdefault((language.key(surface), "trigger"), set()).update(kinds)
    for kind, name, value in gazetteer.names(language.code):
        for surface in language.surfaces(name, "name"):
            merged.setdefault((language.fold(surface).text.strip(), kind), set()).add(value)
    for (surface, kind), values in merged.items():
        if surface:
            yield surface, kind, tuple(sorted(values))


def _longest(hits: list[tuple[int, int, tuple[str, ...]]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Of overlapping hits the longest, the earliest of equals."""
    end_before = -1
    for start, end, values in sorted(hits, key=lambda h: (h[0], -h[1])):
        if start >= end_before:
            end_before = end
            yield start, end, values
