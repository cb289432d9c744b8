"""Phrases -> Cast: who is meant by which words.

Names, descriptions and pronouns that mean the same somebody are one cluster, and each cluster becomes one actor: the
perpetrator of an account, the speaker of a claim and the decider of a closing are then the same id (see decision 0004).
The reading would rather keep two actors apart than join two that differ. Per sentence: first names, then descriptions in
text order, then pronouns.

The words by which a language refers back are in `lang/<code>/refer.toml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavass.lang import Language
from kavass.lang.clause import Analysis
from kavass.mark import Marks
from kavass.model import Report
from kavass.refer.cast import Cast
from kavass.refer.cluster import ZONES
from kavass.refer.reading import Reading
from kavass.refer.words import needs, words

if TYPE_CHECKING:
    from kavass.situate import Places


def refer(report: Report, analysis: Analysis, marks: Marks, places: Places, language: Language) -> Cast:
    """The actors of a report and the phrases that mean them; those of furniture and teasers never enter."""
    return Reading(report, marks, places, language).read(analysis)


__all__ = ["ZONES", "Cast", "needs", "refer", "words"]
