"""Two accounts -> how likely they tell of one incident, with the reasons in sentences.

Evidence is added up in points (weights.toml): type, time, place, roles, counts, copied words. Some differences settle it: another
type of deed, days apart, another place, a threat against a deed, one report that tells the two apart.

An account that does not say when is news of the last days before its publication if it is what its report is about, and older
than that if it is told as background. So a told day speaks for such an account where it was news then, and never settles it.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from kavass.merge.origin import fingerprint, passages_of
from kavass.model import Account, AccountRef, Actor, Claim, CodedReport, Count, Place, Role, Span
from kavass.reasons import Code, Reason, Value

Verdict = Literal["same", "different", "unsure"]
HAPPENED = {"occurred", "attempted", "ongoing", "denied"}
STATEMENTS = {"accusation", "threat"}
EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An account with what merging needs to know of its report: who told it, when, and the words it rests on.

    `claims` are those about this account, `owners` the countries whose target it was, `words` the fingerprint of the
    paragraphs that hold it, `source` the name of who told it first (origin, else publisher), `known_at` when the desk learned.
    """

    ref: AccountRef
    account: Account
    known_at: str
    published: str | None = None
    language: str = "en"
    source: str | None = None
    actors: Mapping[str, Actor] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    owners: frozenset[str] = frozenset()
    words: frozenset[int] = frozenset()
    trigger: str = ""
    published_on: date | None = field(init=False, compare=False)
    days: tuple[date, date] | None = field(init=False, compare=False)  # first and last on which it can have happened

    def __post_init__(self) -> None:
        object.__setattr__(self, "published_on", _date(self.published))
        object.__setattr__(self, "days", _days(self.account, self.published_on))


Said = tuple[str, dict[str, Value]]  # the key of a reason and its values


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How likely two accounts tell of one incident (0..1), what follows from it, and why."""

    value: float
    verdict: Verdict
    said: tuple[tuple[float | None, Said], ...]  # each with its points, if it has any

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, in sentences: put into words only for those that are read."""
        return tuple(_worded(points, said) for points, said in self.said)


def tellings(coded: CodedReport, *, known_at: str) -> list[Telling]:
    """The accounts of one coded report, each with what merging needs of it."""
    report, actors = coded.report, {actor.id: actor for actor in coded.actors}
    return [
        Telling(
            ref=AccountRef(report=report.id, key=report.key, account=account.id),
            account=account,
            known_at=known_at,
            published=report.published,
            language=report.language,
            source=report.origin or report.publisher,
            actors=actors,
            claims=_claims_about(coded, account),
            owners=_owners(coded, account, actors),
            words=fingerprint(passages_of(report, account)),
            trigger=report.words(account.trigger).casefold(),
        )
        for account in coded.accounts
    ]


def footing(telling: Telling) -> Literal["unnamed", "named", "official"]:
    """The best footing on which an account is told: an official or a document on record, somebody named, or nobody.

    Where nobody else speaks, it is the report's own word: named if we know who published it.
    """
    speaking = [c for c in telling.claims if c.polarity == "affirmed" and c.stance in TELLS]
    found = {_footing_of(c, telling) for c in speaking} or {"named" if telling.source else "unnamed"}
    return "official" if "official" in found else "named" if "named" in found else "unnamed"


TELLS = {"reports", "attributes", "accuses", "claims_responsibility", "warns", "evaluates", "threatens"}
OFFICIAL = {"state_forces", "military", "police", "security", "government", "diplomatic", "judicial", "international"}


def _footing_of(claim: Claim, telling: Telling) -> str:
    speaker = claim.speaker
    actor = telling.actors.get(speaker.actor or "")
    if speaker.anonymity == "narrator":
        return "named" if telling.source else "unnamed"
    if speaker.anonymity == "document":
        return "official"
    if speaker.anonymity in {"named", "institution"}:
        return "official" if actor and actor.sector in OFFICIAL else "named"
    return "unnamed"


def _claims_about(coded: CodedReport, account: Account) -> tuple[Claim, ...]:
    """The claims about an account, and those that bear on one of them."""
    direct = {claim.id for claim in coded.claims if account.id in claim.about}
    return tuple(c for c in coded.claims if c.id in direct or any(link.claim in direct for link in c.links))


def compare(left: Telling, right: Telling, *, copied: bool = False) -> Score:
    """The score of a pair; the same whichever way round. `copied`: their words are one text (see `origin.copies`)."""
    left, right = sorted((left, right), key=lambda t: (t.ref.report, t.ref.key, t.ref.account))
    if obstacle := _obstacle(left, right):
        return Score(value=0.0, verdict="different", said=((None, obstacle),))
    if one_report(left, right) and _told_twice(left, right):
        return _twice(left)
    parts = [
        *_type(left, right),
        *_status(left, right),
        *_time(left, right),
        *_place(left, right),
        *_roles(left, right),
        *_counts(left, right),
        *_distance(left.account, right.account),
    ]
    parts += _copy(left, right) if copied else ()
    points = sum(p for p, _ in parts)
    value = round(1 / (1 + math.exp(weights()["doubt"] - points)), 4)
    return Score(value=value, verdict=_verdict(value), said=tuple(parts))


def _said(key: str, /, **values: Value) -> Said:
    return key, values


def _worded(points: float | None, said: Said) -> Reason:
    reason = Reason(said[0], **said[1])
    return reason if points is None else Reason("weighed", said=reason, points=f"{points:+.1f}")


def _twice(telling: Telling) -> Score:
    """Two accounts of one report that may be one: nothing joins them but a third that goes with both, or a person."""
    assert telling.account.place
    said = _said("told_twice", place=_named(telling.account.place))
    return Score(value=weights()["likely"], verdict="unsure", said=((None, said),))


@cache
def weights() -> dict[str, Any]:
    """weights.toml."""
    return tomllib.loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))


@cache
def kin(left: str, right: str) -> bool:
    """Whether two types may be words for one deed."""
    return left == right or any(left in group and right in group for group in weights()["type"]["kin_groups"])


def _verdict(value: float) -> Verdict:
    return "same" if value >= weights()["same"] else "different" if value <= weights()["different"] else "unsure"


# --- what settles it -------------------------------------------------------------------------------------------------


def _obstacle(left: Telling, right: Telling) -> Said | None:
    """The one reason for which the two cannot be one incident, if there is one."""
    a, b = left.account, right.account
    if told_apart(left, right):
        return _said("told_apart")
    if not kin(a.type, b.type):
        return _said("kinds", a=Code("type", a.type), b=Code("type", b.type))
    if obstacle := _status_obstacle(a, b):
        return obstacle
    return _time_obstacle(left, right) or _place_obstacle(a, b)


def one_report(left: Telling, right: Telling) -> bool:
    """Whether the two stand in one report."""
    return left.ref.report == right.ref.report and left.ref.key == right.ref.key


def told_apart(left: Telling, right: Telling) -> bool:
    """Whether one report tells the two as two things.

    It does not where one is the denial of the other, where the two are ways of one assault on one target, or where both are of one
    kind at one site: a site is small, and a report comes back to its news.
    """
    if not one_report(left, right):
        return False
    denial = (left.account.status == "denied") != (right.account.status == "denied")
    return not (denial or _one_assault(left.account, right.account) or _told_twice(left, right))


def _one_assault(a: Account, b: Account) -> bool:
    """Storming and burning one target: two types of one row of `concurrent`, at a target of one class."""
    together = any({a.type, b.type} <= set(row) for row in weights()["type"]["concurrent"])
    return together and a.type != b.type and bool(_facilities(a) & _facilities(b))


def _told_twice(left: Telling, right: Telling) -> bool:
    a, b = left.account, right.account
    if a.type != b.type or a.type not in weights()["type"]["told_twice"] or a.status != b.status or not _one_site(a, b):
        return False
    gap = _gap_days(left, right)
    return gap is not None and gap <= 1


def _one_site(a: Account, b: Account) -> bool:
    """Whether both are placed at one site, not just in one town."""
    if not (a.place and b.place) or {a.place.precision, b.place.precision} != {"site"}:
        return False
    return _between_km(a.place, b.place) == 0.0


def _status_obstacle(a: Account, b: Account) -> Said | None:
    if (a.status in HAPPENED) == (b.status in HAPPENED) and (a.status in HAPPENED or a.status == b.status):
        return None
    either = {a.status, b.status}
    announced = weights()["type"]["announced"]
    if either & {"announced"} and either <= HAPPENED | {"announced"} and {a.type, b.type} <= set(announced):
        return None
    first, second = sorted((a.status, b.status))
    return _said("statuses", a=Code("status", first), b=Code("status", second))


def _time_obstacle(left: Telling, right: Telling) -> Said | None:
    lasts = _days_allowed(left, right) > 2
    for one, other in () if lasts else ((left, right), (right, left)):
        day, told = one.days, other.published_on
        if day and told and one.account.when and one.account.when.start and day[0] > told + timedelta(days=1):
            return _said("after_press", day=str(day[0]), told=str(told))
    gap = _gap_days(left, right)
    return None if gap is None or gap <= _days_allowed(left, right) else _said("days_apart", gap=gap)


def _days_allowed(left: Telling, right: Telling) -> int:
    table = weights()["type"]
    both = {left.account.type, right.account.type}
    return int(table["lasting_days"]) if both <= set(table["lasting"]) else 2


def _place_obstacle(one: Account, other: Account) -> Said | None:
    """Places too far apart. Of a statement the place says nothing: it is told of where it was made or of what it was about."""
    a, b = one.place, other.place
    if a is None or b is None or one.type in STATEMENTS:
        return None
    if a.country and b.country and a.country != b.country:
        lies = {"in_a": Code("country", a.country), "in_b": Code("country", b.country)}
        return _said("countries", a=_named(a), b=_named(b), **lies)
    between = _between_km(a, b)
    if between is None:
        return None
    gap = between - (a.radius_km or 0) - (b.radius_km or 0)
    if gap <= weights()["place"]["gap_km"]:
        return None
    return _said("places_apart", a=_named(a), b=_named(b), km=f"{between:.0f}")


# --- what adds up ----------------------------------------------------------------------------------------------------

Parts = Iterator[tuple[float, Said]]


def _type(left: Telling, right: Telling) -> Parts:
    a, b, table = left.account.type, right.account.type, weights()["type"]
    if a != b:
        rare = {a, b} <= set(table["rare"]) or any({a, b} <= set(row) for row in table["concurrent"])
        yield table["kin_rare" if rare else "kin"], _said("kin", a=Code("type", a), b=Code("type", b))
    elif a in table["unique"]:
        yield table["same_unique"], _said("both_rare", type=Code("type", a))
    elif a in table["rare"]:
        yield table["same_rare"], _said("both_rare", type=Code("type", a))
    else:
        yield table["same"], _said("both", type=Code("type", a))


def _status(left: Telling, right: Telling) -> Parts:
    """What is announced may be called off, or done later than another of its kind."""
    if (left.account.status == "announced") != (right.account.status == "announced"):
        first, second = sorted((left.account.status, right.account.status))
        yield weights()["type"]["announced_done"], _said("statuses", a=Code("status", first), b=Code("status", second))


def _time(left: Telling, right: Telling) -> Parts:
    table, gap = weights()["time"], _gap_days(left, right)
    a, b = left.days, right.days
    if gap is None or a is None or b is None or not (_dated(left) and _dated(right)):
        yield from _open_time(left, right)
    elif gap > 0 and _days_allowed(left, right) > 2:
        yield table["lasting"], _said("lasts", gap=gap)
    elif gap > 1:
        yield table["apart"], _said("days_apart", gap=gap)
    elif gap == 1:
        yield table["next_day"], _said("next_day", a=_span(a), b=_span(b))
    elif max((a[1] - a[0]).days, (b[1] - b[0]).days) <= 1:
        yield table["same_day"], _said("same_day", day=_span(a))
    else:
        lasts = _days_allowed(left, right) > 2
        points = table["alike" if lasts and _alike(a, b) else "overlap"]
        yield points, _said("overlap", a=_span(a), b=_span(b))


def _open_time(left: Telling, right: Telling) -> Parts:
    """At least one does not say when. Where both were news of the same days, that speaks for them; else hardly."""
    table, (a, b) = weights()["time"], (_news(left), _news(right))
    apart = None if a is None or b is None else max((a[0] - b[1]).days, (b[0] - a[1]).days, 0)
    both_open = not _dated(left) and not _dated(right)
    if apart == 0 and a and b:
        sure = all(t.account.primary for t in (left, right) if not _dated(t))
        points = table["undated_news" if both_open else "news"] if sure else table["told_after"]
        yield points, _said("news", days=_span((max(a[0], b[0]), min(a[1], b[1]))))
    else:
        yield table["undated"], _said("undated")


def _news(telling: Telling) -> tuple[date, date] | None:
    """The days told, or those of which an account without a time was news; background is of the days before that too."""
    told = telling.published_on
    if _dated(telling) or told is None:
        return telling.days if _dated(telling) else None
    return told - timedelta(days=NEWS_DAYS if telling.account.primary else BACKGROUND_DAYS), told


NEWS_DAYS, BACKGROUND_DAYS = 1, 5


def _alike(a: tuple[date, date], b: tuple[date, date]) -> bool:
    """Whether two intervals share most of the days that they cover together."""
    shared = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    return shared >= 0.6 * ((max(a[1], b[1]) - min(a[0], b[0])).days + 1)


def _place(left: Telling, right: Telling) -> Parts:
    a, b, table = left.account.place, right.account.place, weights()["place"]
    if a is None or b is None or left.account.type in STATEMENTS:
        return
    between = _between_km(a, b)
    if _one_site(left.account, right.account):
        yield table["site"], _said("both_in", place=_named(a))
    elif between is not None and _one_name(a, b):
        yield table["same" if _fine(a) and _fine(b) else "same_wide"], _said("both_in", place=_named(a))
    elif between is None:
        yield table["country"], _said("no_finer")
    elif between > (a.radius_km or 0) + (b.radius_km or 0):
        yield table["near"], _said("near", a=_named(a), b=_named(b), km=f"{between:.1f}")
    else:
        points = table["inside" if _fine(a) and _fine(b) else "coarse"]
        yield points, _said("one_place", a=_named(a), b=_named(b), km=f"{between:.1f}")


def _one_name(a: Place, b: Place) -> bool:
    """Whether both name one place of the gazetteer, which has no number for districts."""
    return (a.geonames_id, a.lat, a.lon, a.name) == (b.geonames_id, b.lat, b.lon, b.name) or (
        a.geonames_id is not None and a.geonames_id == b.geonames_id
    )


def _fine(place: Place) -> bool:
    """A site or a town: a great city's circle is wide, and yet who names it means one place."""
    return place.precision in {"site", "town"} or (place.radius_km or 0) <= weights()["place"]["fine_km"]


def _roles(left: Telling, right: Telling) -> Parts:
    table = weights()["roles"]
    yield from _targets(left, right, table)
    if left.owners and right.owners:
        shared = left.owners & right.owners
        if shared:
            yield table["target_owner_same"], _said("same_owner", whose=_countries(shared))
        else:
            owners = {"a": _countries(left.owners), "b": _countries(right.owners)}
            yield table["target_owner_differs"], _said("owners_differ", **owners)
    yield from _victims(left, right, table)
    a, b = (_known(t, "perpetrator") for t in (left, right))
    if a & b:
        same = "same_who_says" if left.account.type in STATEMENTS else "perpetrator_same"
        yield table[same], _said("both_name", who=_listed(a & b))
    elif a and b:
        yield table["perpetrator_differs"], _said("perpetrators_differ")
    a, b = ({r.weapon_class for r in t.account.roles if r.weapon_class} for t in (left, right))
    if a & b:
        yield table["weapon_same"], _said("same_weapon", what=_classes(a & b))
    elif a and b:
        yield table["weapon_differs"], _said("weapons_differ", a=_classes(a), b=_classes(b))


def _targets(left: Telling, right: Telling, table: Mapping[str, float]) -> Parts:
    a, b = (_known(t, "target") for t in (left, right))
    if a & b:
        yield table["target_same"], _said("same_target", what=_listed(a & b))
        return
    if a and b:
        yield table["target_differs"], _said("targets_differ", a=_listed(a), b=_listed(b))
        return
    a, b = _facilities(left.account), _facilities(right.account)
    if a & b:
        yield table["target_class_same"], _said("same_target", what=_classes(a & b))
    elif a and b:
        yield table["target_class_differs"], _said("targets_differ", a=_classes(a), b=_classes(b))


def _facilities(account: Account) -> set[str]:
    """The classes of what was attacked. Those of people are left out: one report's civilian is another's child or victim."""
    people = weights()["roles"]["people"]
    return {r.target_class for r in account.roles if r.role == "target" and r.target_class} - set(people)


def _victims(left: Telling, right: Telling, table: Mapping[str, float]) -> Parts:
    """Victims whose names meet, or victims described in one language by words that have nothing in common."""
    if _people(left) & _people(right):
        yield table["victim_class_same"], _said("same_victims", what=_classes(_people(left) & _people(right)))
    if left.language != right.language:
        return
    if named := _victim_names(left) & _victim_names(right):
        yield table["victim_named"], _said("victims_same", who=_listed(named))
        return
    a, b = (_victim_words(t) for t in (left, right))
    heads = _heads(a), _heads(b)
    if all(heads) and not heads[0] & heads[1]:
        yield table["victim_differs"], _said("victims_differ", a=_listed(a), b=_listed(b))


def _counts(left: Telling, right: Telling) -> Parts:
    table = weights()["counts"]
    for name in table["fields"]:
        a, b = (next((c for c in t.account.counts if c.field == name), None) for t in (left, right))
        if a and b:
            yield _count(a, b, (left.published_on, right.published_on), table)


def _count(a: Count, b: Count, told: tuple[date | None, date | None], table: Mapping[str, Any]) -> tuple[float, Said]:
    low, high = max(a.low or 0, b.low or 0), min(_top(a), _top(b))
    values: dict[str, Value] = {"field": Code("field", a.field), "a": _amount(a), "b": _amount(b)}
    if low > high:
        grown = None not in told and told[0] != told[1] and (told[0] < told[1]) == ((a.low or 0) < (b.low or 0))  # type: ignore[operator]
        if low <= table["close_ratio"] * high:
            return table["close"], _said("count", **values)
        return (
            (table["grown"], _said("count_grown", **values)) if grown else (table["differs"], _said("count", **values))
        )
    if a.low == a.high == b.low == b.high:
        return table["none" if not a.low else "equal_large" if a.low >= table["large"] else "equal"], _said(
            "count", **values
        )
    return table["overlap"], _said("count", **values)


def _distance(a: Account, b: Account) -> Parts:
    """Seldom do two reports tell how far off something fell, and seldom do two things fall as far off."""
    if a.distance and b.distance:
        low, high = max(a.distance.low, b.distance.low), min(a.distance.high, b.distance.high)
        if low <= DISTANCE_SLACK * high:
            yield weights()["place"]["distance"], _said("distances", a=a.distance.text, b=b.distance.text)


DISTANCE_SLACK = 1.25  # yards and metres are rounded each in their own way


def _copy(left: Telling, right: Telling) -> Parts:
    yield weights()["copy"]["same_words"], _said("same_words")
    if left.trigger and left.trigger == right.trigger:
        yield weights()["copy"]["same_trigger"], _said("same_trigger", word=repr(left.trigger))


# --- candidates ------------------------------------------------------------------------------------------------------

CELL_DEGREES = 0.5
WIDEST_CELLS = 9  # a circle over more cells than this is wide


def candidates(
    told: Sequence[Telling], groups: Mapping[AccountRef, int], *, window_days: float = 10.0
) -> list[tuple[int, int]]:
    """Index pairs worth comparing: near each other in place and time and of kin types, or told in the same words.

    Accounts are put into rooms by type group and place cell and swept in order of time, so that the work grows with the number of
    accounts that lie close together, not with the square of all. Widely placed ones meet all of their type in their country.
    """
    rooms: dict[tuple[object, ...], list[int]] = defaultdict(list)
    wide: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, one in enumerate(told):
        place = one.account.place
        for cell in _cells(place):
            for kind in _kinds(one.account.type):
                rooms[kind, cell].append(i)
        if one.account.type in weights()["type"]["unique"]:
            wide[one.account.type, None].append(i)
        elif place and place.country:
            wide[one.account.type, place.country].append(i)
    found = {pair for room in rooms.values() for pair in _sweep(told, room, window_days)}
    for room in wide.values():
        unplaced = [i for i in room if not _cells(told[i].account.place)]
        found.update(_sweep(told, room, window_days, only=frozenset(unplaced)) if unplaced else ())
    return sorted(found | _same_words(told, groups))


def _sweep(
    told: Sequence[Telling], room: Iterable[int], window_days: float, only: frozenset[int] | None = None
) -> Iterator[tuple[int, int]]:
    """Pairs of a room that lie within the window of each other; with `only`, at least one of the two is among those."""
    timed = sorted((days[0], days[1], i) for i in room if (days := told[i].days))
    for n, (_, end, i) in enumerate(timed):
        for start, _, j in timed[n + 1 :]:
            if (start - end).days > window_days:
                break
            if (only is None or i in only or j in only) and not told_apart(told[i], told[j]):
                yield (i, j) if i < j else (j, i)


def _same_words(told: Sequence[Telling], groups: Mapping[AccountRef, int]) -> set[tuple[int, int]]:
    copied: dict[int, list[int]] = defaultdict(list)
    for i, one in enumerate(told):
        if one.ref in groups:
            copied[groups[one.ref]].append(i)
    pairs = (pair for group in copied.values() for pair in combinations(group, 2))
    return {
        (i, j) for i, j in pairs if kin(told[i].account.type, told[j].account.type) and not told_apart(told[i], told[j])
    }


@cache
def _kinds(type_: str) -> tuple[str, ...]:
    """The rooms of a type: its own and that of each group of kin."""
    return (type_, *(f"kin{n}" for n, group in enumerate(weights()["type"]["kin_groups"]) if type_ in group))


def _cells(place: Place | None) -> list[tuple[int, int]]:
    """The cells that a place touches; none for places that are wide or have no coordinates."""
    if place is None or place.lat is None or place.lon is None:
        return []
    up = ((place.radius_km or 0.0) + weights()["place"]["gap_km"] / 2) / 111.2
    aside = up / max(math.cos(math.radians(place.lat)), 0.05)
    rows = range(math.floor((place.lat - up) / CELL_DEGREES), math.floor((place.lat + up) / CELL_DEGREES) + 1)
    columns = range(math.floor((place.lon - aside) / CELL_DEGREES), math.floor((place.lon + aside) / CELL_DEGREES) + 1)
    return [(row, column) for row in rows for column in columns] if len(rows) * len(columns) <= WIDEST_CELLS else []


# --- times, places, names --------------------------------------------------------------------------------------------


def _days(account: Account, told: date | None) -> tuple[date, date] | None:
    """First and last day on which it can have happened; an open end is bounded by the publication."""
    when = account.when
    start = _date(when.start) if when else None
    end = _date(when.end) if when else None
    if start is None:
        end = end or told
        return (end - timedelta(days=UNDATED_DAYS), end) if end else None
    end = end or (told if told and told >= start else start)
    return min(start, end), max(start, end)


def _dated(telling: Telling) -> bool:
    """Whether it says when: not earlier than some day, for "until it was published" is no time."""
    return telling.account.when is not None and telling.account.when.start is not None


UNDATED_DAYS = 21  # how far before its publication an undated account is looked for


def _gap_days(left: Telling, right: Telling) -> int | None:
    a, b = left.days, right.days
    return None if a is None or b is None else max((a[0] - b[1]).days, (b[0] - a[1]).days, 0)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _between_km(a: Place, b: Place) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    up, aside = math.radians(b.lat - a.lat), math.radians(b.lon - a.lon)
    h = math.sin(up / 2) ** 2 + math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat)) * math.sin(aside / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def _owners(coded: CodedReport, account: Account, actors: Mapping[str, Actor]) -> frozenset[str]:
    """The countries whose target it was: by the actor behind the role, or by a demonym among its words."""
    targets = [role for role in account.roles if role.role == "target"]
    found = {actors[r.actor].country for r in targets if r.actor and r.actor in actors}
    spans = [Span(*m) for r in targets for m in r.mentions]
    found.update(
        p.country for p in coded.places if p.kind == "demonym" and any(s.covers(Span(*p.mention)) for s in spans)
    )
    return frozenset(code for code in found if code)


def _known(telling: Telling, role: str) -> set[str]:
    """The register ids of who fills a role: the same in every language."""
    ids = (r.actor for r in telling.account.roles if r.role == role and r.actor)
    return {known for i in ids if i in telling.actors and (known := telling.actors[i].known_as)}


def _victim_words(telling: Telling) -> set[str]:
    return {_head(r) for r in telling.account.roles if r.role == "victim"} - {""}


def _head(role: Role) -> str:
    """The words of a role that is not just a number of people."""
    return " ".join(w for w in role.text.casefold().split() if not w[0].isdigit()) if role.text else ""


def _heads(described: Iterable[str]) -> set[str]:
    """The words of descriptions that are long enough to say something."""
    return {word.strip(".,;:'\"") for words in described for word in words.split() if len(word) >= FEWEST_LETTERS}


def _people(telling: Telling) -> set[str]:
    return {r.target_class for r in telling.account.roles if r.role == "victim" and r.target_class}


def _victim_names(telling: Telling) -> set[str]:
    """The words of the victims' own names."""
    return {w for r in telling.account.roles if r.role == "victim" and r.named for w in _heads([r.text.casefold()])}


FEWEST_LETTERS = 3  # shorter words are too common to tell anybody apart


def _top(count: Count) -> float:
    return math.inf if count.high is None else count.high


def _amount(count: Count) -> str:
    if count.low == count.high:
        return str(count.low)
    return f"{count.low or 0} or more" if count.high is None else f"{count.low or 0} to {count.high}"


def _span(days: tuple[date, date]) -> str:
    return str(days[0]) if days[0] == days[1] else f"{days[0]} to {days[1]}"


def _listed(names: Iterable[str | None]) -> str:
    return ", ".join(sorted(str(n) for n in names))


def _named(place: Place) -> Code:
    """The place, to be named in whatever language it is asked for."""
    return Code("place", f"{place.geonames_id or ''}|{place.name}")


def _classes(keys: Iterable[str | None]) -> tuple[Code, ...]:
    return tuple(Code("class", str(key)) for key in sorted(map(str, keys)))


def _countries(codes: Iterable[str]) -> tuple[Code, ...]:
    return tuple(Code("country", code) for code in sorted(codes))
