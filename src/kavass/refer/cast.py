"""Who is meant by which words, as the later steps ask for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from kavass.lang.clause import Phrase, Sentence
from kavass.model import Actor, Span


class Cast:
    """Who is meant by which words. `actors` are in order of first mention."""

    def __init__(self, actors: tuple[Actor, ...], meant: Mapping[tuple[int, int], str], spans: Mapping[Span, str]):
        self.actors = actors
        self._by_id = {a.id: a for a in actors}
        self._meant = meant
        self._spans = sorted(spans.items())
        self._known = {a.known_as: a for a in reversed(actors) if a.known_as}

    def actor(self, sentence: Sentence, phrase: Phrase) -> Actor | None:
        """The actor that a phrase means, or None: a thing, a place, a pronoun nobody can be found for."""
        id = self._meant.get((sentence.index, phrase.index))
        return self._by_id[id] if id else None

    def by_id(self, id: str) -> Actor:
        """The actor of that id. Raises KeyError."""
        return self._by_id[id]

    def known(self, id: str) -> Actor | None:
        """The actor of a register id such as `state:IRQ`, if the report mentions it."""
        return self._known.get(id)

    def within(self, span: Span) -> Iterator[tuple[Span, Actor]]:
        """The mentions inside a span with their actors, in text order."""
        for at, id in self._spans[bisect_left(self._spans, (Span(span.start, 0), "")) :]:
            if at.start >= span.end:
                return
            if span.covers(at):
                yield at, self._by_id[id]

    def inside(self, phrase: Phrase, before: int) -> Iterator[tuple[Span, Actor]]:
        """The mentions inside a phrase and, if one is at most so many characters long, right before it: "FARC rebels"."""
        start = phrase.core.start
        for at, actor in self.within(Span(max(start - before, 0), phrase.core.end)):
            if at.start >= start or (before and at.end in (start - 1, start)):
                yield at, actor
