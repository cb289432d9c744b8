"""Two accounts -> how likely they tell of one incident, with the reasons in sentences.

Evidence is added up in points (weights.toml): type, time, place, roles, counts, copied words. Some differences settle it: another
type of deed, days apart, another place, a threat against a deed, one report that tells the two apart.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How likely two accounts tell of one incident (0..1), what follows from it, and why."""

    value: float
    verdict: Verdict
    reasons: tuple[str, ...]


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
        return Score(value=0.0, verdict="different", reasons=(obstacle,))
    parts = [
        *_type(left, right),
        *_time(left, right),
        *_place(left, right),
        *_roles(left, right),
        *_counts(left, right),
    ]
    parts += _copy(left, right) if copied else ()
    points = sum(p for p, _ in parts)
    value = round(1 / (1 + math.exp(weights()["doubt"] - points)), 4)
    return Score(value=value, verdict=_verdict(value), reasons=tuple(f"{said} ({p:+.1f})" for p, said in parts))


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


def _obstacle(left: Telling, right: Telling) -> str | None:
    """The one reason for which the two cannot be one incident, if there is one."""
    a, b = left.account, right.account
    if _one_report(left, right):
        return "One report tells the two apart."
    if not kin(a.type, b.type):
        return f"{_worded(a.type).capitalize()} and {_worded(b.type)} are different kinds of deed."
    if obstacle := _status_obstacle(a, b):
        return obstacle
    return _time_obstacle(left, right) or _place_obstacle(a.place, b.place)


def _status_obstacle(a: Account, b: Account) -> str | None:
    if (a.status in HAPPENED) == (b.status in HAPPENED) and (a.status in HAPPENED or a.status == b.status):
        return None
    either = {a.status, b.status}
    announced = weights()["type"]["announced"]
    if either & {"announced"} and either <= HAPPENED | {"announced"} and {a.type, b.type} <= set(announced):
        return None
    return "One is {}, the other {}.".format(*sorted((a.status, b.status)))


def _time_obstacle(left: Telling, right: Telling) -> str | None:
    for one, other in ((left, right), (right, left)):
        day, told = _days(one), _published(other)
        if day and told and one.account.when and one.account.when.start and day[0] > told + timedelta(days=1):
            return f"It happened on {day[0]}, after the other report was published ({told})."
    gap = _gap_days(left, right)
    if gap is None or gap <= _days_allowed(left, right):
        return None
    return f"They lie {gap} days apart."


def _days_allowed(left: Telling, right: Telling) -> int:
    table = weights()["type"]
    both = {left.account.type, right.account.type}
    return int(table["lasting_days"]) if both <= set(table["lasting"]) else 2


def _place_obstacle(a: Place | None, b: Place | None) -> str | None:
    if a is None or b is None:
        return None
    if a.country and b.country and a.country != b.country:
        return f"{a.name} lies in {a.country}, {b.name} in {b.country}."
    between = _between_km(a, b)
    if between is None:
        return None
    gap = between - (a.radius_km or 0) - (b.radius_km or 0)
    return f"{a.name} and {b.name} lie {between:.0f} km apart." if gap > weights()["place"]["gap_km"] else None


# --- what adds up ----------------------------------------------------------------------------------------------------

Parts = Iterator[tuple[float, str]]


def _type(left: Telling, right: Telling) -> Parts:
    a, b, table = left.account.type, right.account.type, weights()["type"]
    if a != b:
        points = table["kin_rare" if {a, b} <= set(table["rare"]) else "kin"]
        yield points, f"{_worded(a).capitalize()} and {_worded(b)} can be words for one deed."
    elif a in table["rare"]:
        yield table["same_rare"], f"Both tell of {_worded(a)}, which seldom happens twice in one place."
    else:
        yield table["same"], f"Both tell of {_worded(a)}."


def _time(left: Telling, right: Telling) -> Parts:
    table, gap = weights()["time"], _gap_days(left, right)
    a, b = _days(left), _days(right)
    if gap is None or a is None or b is None or not (_dated(left) and _dated(right)):
        news = gap == 0 and left.account.primary and right.account.primary and _told_together(left, right)
        yield table["undated_news" if news else "undated"], "When it happened is not told by both."
    elif gap > 0 and _days_allowed(left, right) > 2:
        yield table["lasting"], f"They lie {gap} days apart, and such a thing lasts."
    elif gap > 1:
        yield table["apart"], f"They lie {gap} days apart."
    elif gap == 1:
        yield table["next_day"], f"They lie one day apart ({_span(a)}, {_span(b)})."
    elif max((a[1] - a[0]).days, (b[1] - b[0]).days) <= 1:
        yield table["same_day"], f"Both on {_span(a)}."
    else:
        lasts = _days_allowed(left, right) > 2
        yield (
            table["alike" if lasts and _alike(a, b) else "overlap"],
            f"The times told overlap ({_span(a)}, {_span(b)}).",
        )


def _alike(a: tuple[date, date], b: tuple[date, date]) -> bool:
    """Whether two intervals share most of the days that they cover together."""
    shared = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    return shared >= 0.6 * ((max(a[1], b[1]) - min(a[0], b[0])).days + 1)


def _place(left: Telling, right: Telling) -> Parts:
    a, b, table = left.account.place, right.account.place, weights()["place"]
    if a is None or b is None:
        return
    between = _between_km(a, b)
    if a.geonames_id is not None and a.geonames_id == b.geonames_id and between is not None:
        fine = max(a.radius_km or 0, b.radius_km or 0) <= table["fine_km"]
        yield table["same" if fine else "same_wide"], f"Both in {a.name}."
    elif between is None:
        yield table["country"], "At least one is placed no finer than a country."
    elif between > (a.radius_km or 0) + (b.radius_km or 0):
        yield table["near"], f"{a.name} and {b.name} lie {between:.1f} km apart."
    else:
        fine = max(a.radius_km or 0, b.radius_km or 0) <= table["fine_km"]
        yield table["inside" if fine else "coarse"], f"{a.name} and {b.name} may be one place ({between:.1f} km)."


def _roles(left: Telling, right: Telling) -> Parts:
    table = weights()["roles"]
    yield from _targets(left, right, table)
    if left.owners and right.owners:
        alike = bool(left.owners & right.owners)
        owners = f"{'/'.join(sorted(left.owners))} and {'/'.join(sorted(right.owners))}"
        said = (
            f"The target is of {'/'.join(sorted(left.owners & right.owners))}."
            if alike
            else f"The targets are of {owners}."
        )
        yield table["target_owner_same" if alike else "target_owner_differs"], said
    yield from _victims(left, right, table)
    a, b = (_known(t, "perpetrator") for t in (left, right))
    if a and b:
        alike = bool(a & b)
        same = "same_who_says" if left.account.type in STATEMENTS else "perpetrator_same"
        yield (
            table[same if alike else "perpetrator_differs"],
            (f"Both name {', '.join(sorted(a & b))}." if alike else "They name different perpetrators."),
        )
    a, b = ({r.weapon_class for r in t.account.roles if r.weapon_class} for t in (left, right))
    if a and b:
        alike = bool(a & b)
        said = (
            f"The weapon is {_listed(a & b)} in both." if alike else f"The weapons differ: {_listed(a)}, {_listed(b)}."
        )
        yield table["weapon_same" if alike else "weapon_differs"], said


def _targets(left: Telling, right: Telling, table: Mapping[str, float]) -> Parts:
    a, b = (_known(t, "target") for t in (left, right))
    if a & b:
        yield table["target_same"], f"The target is {_listed(a & b)} in both."
        return
    if a and b:
        yield table["target_differs"], f"The targets differ: {_listed(a)}; {_listed(b)}."
        return
    a, b = ({r.target_class for r in t.account.roles if r.target_class} for t in (left, right))
    if a and b:
        alike = bool(a & b)
        said = (
            f"The target is {_listed(a & b)} in both." if alike else f"The targets differ: {_listed(a)}, {_listed(b)}."
        )
        yield table["target_class_same" if alike else "target_class_differs"], said


def _victims(left: Telling, right: Telling, table: Mapping[str, float]) -> Parts:
    """Named victims, or victims described in one language by words that have nothing in common."""
    a, b = (_victim_words(t) for t in (left, right))
    if left.language == right.language and a and b and not a & b:
        yield table["victim_differs"], f"The victims are described differently: {_listed(a)}; {_listed(b)}."


def _counts(left: Telling, right: Telling) -> Parts:
    table = weights()["counts"]
    for name in table["fields"]:
        a, b = (next((c for c in t.account.counts if c.field == name), None) for t in (left, right))
        if a and b:
            yield _count(a, b, (_published(left), _published(right)), table)


def _count(a: Count, b: Count, told: tuple[date | None, date | None], table: Mapping[str, Any]) -> tuple[float, str]:
    low, high = max(a.low or 0, b.low or 0), min(_top(a), _top(b))
    said = f"{_worded(a.field).capitalize()}: {_amount(a)} and {_amount(b)}."
    if low > high:
        grown = None not in told and told[0] != told[1] and (told[0] < told[1]) == ((a.low or 0) < (b.low or 0))  # type: ignore[operator]
        if low <= table["close_ratio"] * high:
            return table["close"], said
        return (table["grown"], f"{said} The later number is larger.") if grown else (table["differs"], said)
    if a.low == a.high == b.low == b.high:
        return table["none" if not a.low else "equal"], said
    return table["overlap"], said


def _copy(left: Telling, right: Telling) -> Parts:
    yield weights()["copy"]["same_words"], "The two stand in the same words."
    if left.trigger and left.trigger == right.trigger:
        yield weights()["copy"]["same_trigger"], f"Both say {left.trigger!r} in them."


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
        if place and place.country:
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
    timed = sorted((days[0], days[1], i) for i in room if (days := _days(told[i])))
    for n, (_, end, i) in enumerate(timed):
        for start, _, j in timed[n + 1 :]:
            if (start - end).days > window_days:
                break
            if (only is None or i in only or j in only) and not _one_report(told[i], told[j]):
                yield (i, j) if i < j else (j, i)


def _same_words(told: Sequence[Telling], groups: Mapping[AccountRef, int]) -> set[tuple[int, int]]:
    copied: dict[int, list[int]] = defaultdict(list)
    for i, one in enumerate(told):
        if one.ref in groups:
            copied[groups[one.ref]].append(i)
    pairs = (pair for group in copied.values() for pair in combinations(group, 2))
    return {
        (i, j)
        for i, j in pairs
        if kin(told[i].account.type, told[j].account.type) and not _one_report(told[i], told[j])
    }


def _one_report(left: Telling, right: Telling) -> bool:
    return left.ref.report == right.ref.report and left.ref.key == right.ref.key


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


def _days(telling: Telling) -> tuple[date, date] | None:
    """First and last day on which it can have happened; an open end is bounded by the publication."""
    when, told = telling.account.when, _published(telling)
    start = _date(when.start) if when else None
    end = _date(when.end) if when else None
    if start is None and end is None:
        return (told - timedelta(days=UNDATED_DAYS), told) if told else None
    start = start or end
    end = end or (told if told and start and told >= start else start)
    assert start is not None and end is not None
    return min(start, end), max(start, end)


def _dated(telling: Telling) -> bool:
    when = telling.account.when
    return when is not None and (when.start or when.end) is not None


def _told_together(left: Telling, right: Telling) -> bool:
    told = (_published(left), _published(right))
    return told[0] is not None and told[1] is not None and abs((told[0] - told[1]).days) <= 2


UNDATED_DAYS = 7  # how far before its publication an undated account is looked for


def _gap_days(left: Telling, right: Telling) -> int | None:
    a, b = _days(left), _days(right)
    return None if a is None or b is None else max((a[0] - b[1]).days, (b[0] - a[1]).days, 0)


def _published(telling: Telling) -> date | None:
    return _date(telling.published)


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


def _worded(key: str) -> str:
    return key.replace("_", " ")
