"""Hits and phrases -> Record: what happens to posts, advisories, measures, drivers of unrest, ties between actors.

One change for each post and kind of change, however often the report names it: the title announces, the body repeats, somebody
calls it something else (the label). "Closes" is the report's word; an official status (ordered departure) is told only where the
report uses the term. Words that stand inside phrases (kinds of posts, ties, levels) are in `lang/<code>/posture.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavass.lang import Language
from kavass.lang.clause import Analysis
from kavass.lang.frames import Hit
from kavass.model import Advisory, Claim, Driver, Measure, PostureChange, Relation, Report
from kavass.posture.changes import changes
from kavass.posture.steps import advisories, drivers, measures
from kavass.posture.ties import relations
from kavass.posture.told import Told, words
from kavass.refer import ZONES, Cast

if TYPE_CHECKING:
    from kavass.coding import Coded
    from kavass.situate import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a report tells beside accounts and claims."""

    posture: tuple[PostureChange, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    measures: tuple[Measure, ...] = ()
    drivers: tuple[Driver, ...] = ()
    relations: tuple[Relation, ...] = ()


def posture(
    report: Report,
    analysis: Analysis,
    hits: Sequence[Hit],
    cast: Cast,
    accounts: Sequence[Coded],
    claims: Sequence[Claim],
    places: Places,
    language: Language,
) -> Record:
    """The record of a report, every part with the span that says so, in text order."""
    told = Told(report, analysis, cast, accounts, claims, places, language)
    readable = [h for h in hits if h.sentence.zone in ZONES]
    of = {
        kind: [h for h in readable if h.kind == kind]
        for kind in ("posture", "advisory", "measure", "driver", "relation")
    }
    return Record(
        posture=tuple(changes(told, of["posture"])),
        advisories=tuple(advisories(told, of["advisory"])),
        measures=tuple(measures(told, of["measure"])),
        drivers=tuple(sorted(drivers(told, of["driver"]), key=lambda d: d.span)),
        relations=tuple(relations(told, of["relation"])),
    )


__all__ = ["Record", "posture", "words"]
