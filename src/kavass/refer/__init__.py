"""Phrases -> Cast: who is meant by which words.

Names, descriptions and pronouns that mean the same somebody are one cluster, and each cluster becomes one actor: the
perpetrator of an account, the speaker of a claim and the decider of a closing are then the same id (see decision 0004).
The reading would rather keep two actors apart than join two that differ. Per sentence: first names, then descriptions in
text order, then pronouns.

The words by which a language refers back are in `lang/<code>/refer.toml`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kavass.lang import Language
from kavass.lang.clause import Analysis, Phrase, Sentence
from kavass.mark import Marks
from kavass.model import Actor, Report, Span
from kavass.refer.cluster import ZONES
from kavass.refer.words import needs, words

if TYPE_CHECKING:
    from kavass.situate import Places


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


def refer(report: Report, analysis: Analysis, marks: Marks, places: Places, language: Language) -> Cast:
    """The actors of a report and the phrases that mean them; those of furniture and teasers never enter."""
    from kavass.refer.reading import Reading  # the reading builds a Cast

    return Reading(report, marks, places, language).read(analysis)


__all__ = ["ZONES", "Cast", "needs", "refer", "words"]
