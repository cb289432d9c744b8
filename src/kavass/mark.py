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


Meaning = tuple[MarkKind, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Matcher:
    """`payloads` runs beside the automaton's patterns: what each may mean, one meaning for each kind."""

    automaton: ahocorasick_rs.AhoCorasick
    payloads: list[tuple[Meaning, ...]]


@cache
def _matcher(code: str) -> _Matcher:
    """The automaton of a language, built once for each process."""
    found: dict[str, tuple[Meaning, ...]] = {}
    for surfaces, meaning in _patterns(load(code)):
        alone = (meaning,)
        for surface in surfaces:
            pattern = f" {surface} "
            held = found.get(pattern)
            found[pattern] = alone if held is None else _joined(held, meaning)
    found.pop("  ", None)
    automaton = ahocorasick_rs.AhoCorasick(found, matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False)
    return _Matcher(automaton, list(found.values()))


def _patterns(language: Language) -> Iterator[tuple[Iterable[str], Meaning]]:
    """(folded surfaces, what they mean), some of them several times."""
    for (part, words), kinds in language.frames.triggers().items():
        yield language.surfaces(words, part), ("trigger", tuple(sorted(kinds)))
    for kind, name, value in gazetteer.names(language.code):
        yield language.surfaces(name, "name"), (kind, (value,))  # type: ignore[misc]


def _joined(held: tuple[Meaning, ...], added: Meaning) -> tuple[Meaning, ...]:
    """Meanings with one more: values of the same kind are put together, sorted."""
    kind, values = added
    if all(k != kind for k, _ in held):
        return (*held, added)
    return tuple((k, v if k != kind or set(values) <= set(v) else tuple(sorted({*v, *values}))) for k, v in held)


def _longest(hits: list[tuple[int, int, tuple[str, ...]]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Of overlapping hits the longest, the earliest of equals."""
    end_before = -1
    for start, end, values in sorted(hits, key=lambda h: (h[0], -h[1])):
        if start >= end_before:
            end_before = end
            yield start, end, values
