"""Report -> Marks: one pass over the folded words finds triggers, known actors, posts and places.

The pass decides what is worth more: a sentence in which no trigger stands is never parsed, a report without one costs this
pass and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from kavass import gazetteer
from kavass.lang import Language, load
from kavass.lang.clause import Sentence
from kavass.lang.text import OPENING
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
    known, folded = _known(language.code), language.fold(report.text)
    words, start = folded.text.split(" "), 0
    found: dict[MarkKind, list[tuple[int, int, tuple[str, ...]]]] = {}
    for n, word in enumerate(words, 1):
        surface, following = word, n
        while True:
            if told := known.told.get(surface):
                for kind, values in _meanings(told):
                    found.setdefault(kind, []).append((start, start + len(surface), values))
            if surface not in known.begun or following == len(words):
                break
            surface, following = f"{surface} {words[following]}", following + 1
        start += len(word) + 1
    mentions = [Mention(kind=kind, span=folded.span(start, end), values=values)
                for kind, hits in found.items() for start, end, values in _longest(hits)]  # fmt: skip
    return Marks(tuple(sorted(mentions, key=lambda m: (m.span, m.kind))))


def worth_parsing(report: Report, sentences: Iterable[Sentence], marks: Marks) -> list[Sentence]:
    """The sentences in which a trigger stands, and beside such those that lead to a quotation by a colon."""
    triggers = sorted(m.span for m in marks.of("trigger"))
    kept, leading, i = list[Sentence](), list[Sentence](), 0
    for sentence in sorted(sentences, key=lambda s: s.span):
        while i < len(triggers) and triggers[i].end <= sentence.span.start:
            i += 1
        if i < len(triggers) and triggers[i].start < sentence.span.end:
            kept.append(sentence)
        elif any(report.text[sentence.span.start : q.start].rstrip(OPENING).endswith(":") for q in sentence.quotes):
            leading.append(sentence)
    return sorted([*kept, *leading], key=lambda s: s.span) if kept and leading else kept


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of folded words.

    `told` maps a surface to its meanings, `kind:values` with bars between (a hundred thousand strings load in half the time of
    tuples); `begun` are the words with which a longer surface begins.
    """

    told: dict[str, str]
    begun: set[str]


@lru_cache(maxsize=20_000)
def _meanings(told: str) -> tuple[tuple[MarkKind, tuple[str, ...]], ...]:
    """(kind, values) of each kind of meaning, the values sorted."""
    found: dict[MarkKind, set[str]] = {}
    for meaning in told.split("|"):
        kind, _, values = meaning.partition(":")
        found.setdefault(kind, set()).update(values.split())  # type: ignore[arg-type]
    return tuple((kind, tuple(sorted(values))) for kind, values in found.items())


@cache
def _known(code: str) -> _Known:
    """The known words of a language, gathered once for each process."""
    told: dict[str, str] = {}
    for surfaces, meaning in _names(load(code)):
        for surface in surfaces:
            held = told.get(surface)
            told[surface] = meaning if held is None else f"{held}|{meaning}"
    told.pop("", None)
    begun = set[str]()
    for surface in told:
        while " " in surface:
            surface = surface.rpartition(" ")[0]
            begun.add(surface)
    return _Known(told, begun)


def _names(language: Language) -> Iterator[tuple[Iterable[str], str]]:
    """(folded surfaces, what they mean), some of them several times."""
    surfaces = language.surfaces
    for (part, words), kinds in language.frames.triggers().items():
        yield surfaces(words, part), f"trigger:{' '.join(kinds)}"
    for kind, name, values in gazetteer.names(language.code):
        yield surfaces(name, "name"), f"{kind}:{values}"


def _longest(hits: list[tuple[int, int, tuple[str, ...]]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Of overlapping hits the longest, the earliest of equals."""
    end_before = -1
    for start, end, values in sorted(hits, key=lambda h: (h[0], -h[1])):
        if start >= end_before:
            end_before = end
            yield start, end, values
