"""Analysis, hits and accounts -> who says it, how surely, who denies: attributions, claims and the links between claims.

said.py finds every reported statement (source, cue, content); voices.py tells who speaks and on what footing; reading.py puts
the report together for claiming; certainty.py weighs how surely an event is told; claims.py makes a claim of what matters in
a statement, or of what the narrator tells; focus.py says what it bears on, links.py how the claims bear on each other; blame.py
gives the accounts whom they hold responsible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kavass.attribute.blame import blame
from kavass.attribute.certainty import Certainty
from kavass.attribute.claims import drafts
from kavass.attribute.links import bearing, link
from kavass.attribute.reading import Draft
from kavass.attribute.said import statements
from kavass.lang import Language
from kavass.lang.clause import Analysis
from kavass.lang.frames import Hit
from kavass.model import Attribution, Claim, Link, Report

if TYPE_CHECKING:
    from kavass.coding import Coded
    from kavass.refer import Cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who says what in one report. Claims are numbered in text order: c1, c2, ..."""

    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()


def attribute(
    report: Report,
    analysis: Analysis,
    hits: Sequence[Hit],
    cast: Cast,
    accounts: Sequence[Coded],
    certainty: Certainty,
    language: Language,
) -> Told:
    """The attributions and claims of a report. What a quoted speaker reports makes claims, but no attribution of its own:
    the whole quotation is that speaker's.
    """
    said = statements(report, analysis, hits, language)
    found = drafts(report, analysis, hits, cast, accounts, said, certainty, language)
    link(found, cast, language.table("cues"))
    found = bearing(found)
    names = {id(draft): f"c{number}" for number, draft in enumerate(found, 1)}
    return Told(
        attributions=tuple(s.attribution for s in said if not s.quoted), claims=tuple(_claim(d, names) for d in found)
    )


def certain(accounts: Sequence[Coded], certainty: Certainty) -> list[Coded]:
    """The accounts with how certain each is told: as in its surest full clause, or where it has none, its surest noun."""
    return [replace(c, account=replace(c.account, certainty=_surest(c, certainty))) for c in accounts]


def _surest(coded: Coded, certainty: Certainty) -> float | None:
    clauses = [h for h in coded.hits if h.clause.kind != "noun"] or coded.hits
    return max((round(certainty.of_clause(h.sentence, h.clause), 2) for h in clauses), default=None)


def _claim(draft: Draft, names: dict[int, str]) -> Claim:
    links = tuple(Link(rel=rel, claim=names[id(target)]) for rel, target in draft.links)  # type: ignore[arg-type]
    return Claim(
        id=names[id(draft)], about=draft.about, field=draft.field, value=draft.value, stance=draft.stance,
        speaker=draft.speaker, mode=draft.mode, modality=draft.modality, polarity=draft.polarity, hedge=draft.hedge,
        certainty=draft.certainty, said_at=draft.said_at, cue=draft.cue, span=draft.span, links=links,
    )  # fmt: skip


__all__ = ["Certainty", "Told", "attribute", "blame"]
