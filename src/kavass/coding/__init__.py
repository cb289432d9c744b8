"""Hits -> Accounts: what one report tells of each incident, however often it names it.

A hit of kind `account` is a mention of an incident. Mentions that cannot be read as told (a film, a match, a drill, a court
report, a refusal of responsibility for something never described) are left out, the others get a status, their roles and
what they count, and mentions of one incident become one account. Places and times are the next step's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kavass.coding.counts import counts, effects
from kavass.coding.genre import ASIDE, PAST, genres
from kavass.coding.judge import judge
from kavass.coding.mentions import VIOLENT, Filler, Mention, mentions
from kavass.coding.roles import roles
from kavass.coding.unify import Story, unify
from kavass.lang import Language
from kavass.lang.clause import Analysis
from kavass.lang.frames import Hit
from kavass.model import Account, Count, Effect, Report, Status

if TYPE_CHECKING:
    from kavass.refer import Cast

# Of several statuses told of one incident the surest is kept.
SURER: tuple[Status, ...] = ("occurred", "ongoing", "attempted", "announced", "threatened", "conditional", "denied")
# What a report of another kind than the news may tell without its having happened now.
PLAYED = frozenset(("drill", "fiction", "statistics"))  # kinds whose titles name deeds that nobody did, or many at once
RECALLED = VIOLENT | {"arrest", "crime", "threat", "riot", "crackdown"}
COUNTED = RECALLED | {"hazard"}  # and what a report of figures counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An account, the hits it rests on and the phrases that its doers were read from, so that later steps can find the words."""

    account: Account
    hits: tuple[Hit, ...]
    doers: tuple[Filler, ...] = ()
    recalled: bool = False  # violence in a court report or of a memorial day: news only if its own words date it so


def code(report: Report, analysis: Analysis, hits: Iterable[Hit], cast: Cast, language: Language) -> list[Coded]:
    """The accounts of a report in text order, without place, time and distance."""
    every = list(hits)
    kinds = genres(report, language)
    found = judge(report, stories(report, analysis, every, cast, language, kinds), every, analysis, cast, language)
    told = counts(report, found, every, analysis, cast, language)
    marks = effects(found, every, analysis)
    leading = _leading(found)
    coded = (
        _coded(report, f"acc{n + 1}", story, story in leading, told.get(n, ()), marks.get(n, ()), language)
        for n, story in enumerate(found)
    )
    return [replace(c, recalled=bool(kinds & set(PAST)) and c.account.type in RECALLED) for c in coded]


def stories(
    report: Report,
    analysis: Analysis,
    hits: Iterable[Hit],
    cast: Cast,
    language: Language,
    kinds: frozenset[str] | None = None,
) -> list[Story]:
    """The incidents that the rules find, before the learned parts look at them; `kinds` are those of the report, if known."""
    found = unify(mentions(report, analysis, hits, cast, language))
    kinds = genres(report, language) if kinds is None else kinds
    if kinds & set(ASIDE) and not any(_titled(s, kinds) for s in found):
        return [s for s in found if s.type not in COUNTED and not kinds & {"drill", "fiction", "sport"}]
    return found


def _titled(story: Story, kinds: frozenset[str]) -> bool:
    """Whether the title tells an incident, or the opening sentence what befell people: the report is of it, not of a match."""
    return story.type in RECALLED and any(m.real and _leads(m, kinds) for m in story.mentions)


def _leads(mention: Mention, kinds: frozenset[str]) -> bool:
    """Whether a mention makes a report news: an exercise or a film may open as if what it plays had happened."""
    if mention.hit.sentence.zone == "title":
        figure = "sport" in kinds and not mention.of("victim")  # "the bombardment of the visitors' box"
        return not (mention.nominal and (figure or kinds & PLAYED))
    return mention.order == 0 and not mention.nominal and not kinds & PLAYED and bool(mention.times)


def _coded(
    report: Report,
    id: str,
    story: Story,
    primary: bool,
    told: tuple[Count, ...],
    marks: tuple[Effect, ...],
    language: Language,
) -> Coded:
    first = story.best
    spans = {m.span for m in story.mentions} | {c.span for c in told}
    account = Account(
        id=id,
        type=story.type,
        primary=primary,
        mode=first.hit.frame.set.get("mode"),
        status=_status(story),
        spans=tuple(sorted(spans)),
        trigger=first.hit.trigger,
        roles=tuple(roles(report, story, language)),
        counts=told,
        effects=marks,
    )
    return Coded(account=account, hits=tuple(m.hit for m in story.mentions), doers=tuple(_doers(story)))


def _doers(story: Story) -> list[Filler]:
    if story.parts is None:
        return story.of("perpetrator")
    return [f for part in story.parts if part.role == "perpetrator" for f in part.fillers]


def _status(story: Story) -> Status:
    """The surest status told, but what was called off was no more than announced."""
    if any(m.revoked for m in story.mentions):
        return "announced"
    return min((m.status for m in story.mentions), key=SURER.index)


def _leading(stories: list[Story]) -> list[Story]:
    """The incidents that are the news of the report: those of the title, else the first that the text tells as new."""
    titled = [s for s in stories if any(m.hit.sentence.zone == "title" for m in s.mentions)]
    opening = [s for s in stories if any(m.lead and m.real for m in s.mentions)]
    return (
        titled + [s for s in opening if s not in titled and (not titled or s.violent == titled[0].violent)]
        or stories[:1]
    )


__all__ = ["Coded", "Mention", "Story", "code"]
