"""Where and when: place names and time expressions of a report, and the place, time and distance of each account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kavass.lang import Language
from kavass.lang.clause import Analysis
from kavass.lang.frames import Hit
from kavass.model import Distance, Place, Report
from kavass.situate.distance import distances
from kavass.situate.places import Places, places
from kavass.situate.times import Expression, expressions, published_day, times
from kavass.situate.when import Calendar
from kavass.situate.where import Setting

if TYPE_CHECKING:
    from kavass.coding import Coded

FROM_CHARACTERS = 30  # between a distance and the place it is measured from


def situate(
    report: Report,
    analysis: Analysis,
    hits: Iterable[Hit],
    accounts: Iterable[Coded],
    places: Places,
    language: Language,
) -> list[Coded]:
    """The accounts with `when`, `place` and `distance` filled in as far as the report tells them.

    Accounts are dated twice: "before those attacks" needs the date of the attacks.
    """
    telling = {id(hit.clause) for hit in hits if hit.kind == "stance"}
    setting, calendar = Setting(report, analysis, places, language, telling), Calendar(report, language, telling)
    found = [_placed(c, setting.place(c), _distance(report, c, language)) for c in accounts]
    found = [_with(c, status="announced") if calendar.to_come(c) else c for c in found]
    for _ in range(2):
        found = [_with(c, when=calendar.when(c, found)) for c in found]
    recalled = [c for c in found if c.recalled]
    if any(map(calendar.long_ago, recalled)) and not any(map(calendar.fresh, recalled)):
        found = [c for c in found if not c.recalled]
    return found


def _placed(coded: Coded, place: Place | None, distance: Distance | None) -> Coded:
    """An account "20 km south of X" lies as far round X as it says."""
    if (
        place
        and distance
        and place.span
        and place.radius_km
        and 0 <= place.span.start - distance.span.end <= FROM_CHARACTERS
    ):
        place = replace(place, radius_km=round(place.radius_km + distance.high / 1000, 1))
    return _with(coded, place=place, distance=distance)


def _with(coded: Coded, **values: object) -> Coded:
    return replace(coded, account=replace(coded.account, **values))  # type: ignore[arg-type]


def _distance(report: Report, coded: Coded, language: Language) -> Distance | None:
    """The distance told in the account's own clause, nearest to its trigger."""
    for hit in coded.hits:
        told = [
            d
            for d in distances(report, hit.sentence, language)
            if hit.clause.span.covers(d.span) or len(hit.sentence.clauses) == 1
        ]
        if told:
            return min(told, key=lambda d: abs(d.span.start - hit.trigger.end))
    return None


__all__ = ["Expression", "Places", "expressions", "places", "published_day", "situate", "times"]
