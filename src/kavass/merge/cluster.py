"""Accounts, scores and judgements -> incidents, each computed anew and never edited.

A person's word comes first: "same" joins, "different" keeps apart whatever the scores say, the latest word on a pair wins. Then
pairs scored "same" are joined from the likeliest down, unless that would put two accounts together that are known to differ. A
pair that is only likely is joined if nothing else could be meant: two thin reports of rockets on a town on one day are one, but not
where two such attacks are known there.
The result depends on what is known, not on the order in which it came.

The best value of a field is that of the most independent origins, then of a named or official source, then of the latest report;
what others say stays beside it as dissent. What its own speaker has replaced or taken back (see bearing.py) is neither.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from kavass.merge.bearing import Bearing, bearings, stands, superseded
from kavass.merge.compare import HAPPENED, Score, Telling, kin, one_report, weights
from kavass.model import RETRACTION, AccountRef, Claim, Count, CountField, Incident, Judgement, Place, When

Pair = tuple[AccountRef, AccountRef]
DENIALS = {
    "denies_occurrence": "occurrence",
    "denies_responsibility": "perpetrator",
    "disputes_interpretation": "interpretation",
    "denies_account": None,  # of whatever field the claim is about
    "caveats_evidence": None,
}
# The fields that others can speak against: what can be so or otherwise, as a promise or a warning cannot.
CONTESTABLE = {
    *get_args(CountField), "occurrence", "perpetrator", "reason", "interpretation", "account", "evidence", "posture", "measure",
}  # fmt: skip
BLAME = {"attributes", "accuses", "claims_responsibility"}
NAMED = {"named", "institution", "document"}
TIME_ORDER = ("hour", "day", "week", "month", "season", "year", "unknown")
PLACE_ORDER = ("site", "town", "district", "province", "country", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """An incident with the tellings it rests on, in order of their references, and the joins that put them together.

    `origins` maps each account to the number of its origin within the incident: copies share one. `bearings` are how the
    claims bear on each other.
    """

    incident: Incident
    tellings: tuple[Telling, ...]
    joins: tuple[tuple[Pair, Score], ...]
    origins: Mapping[AccountRef, int]
    bearings: tuple[Bearing, ...] = ()


def cluster(
    told: Iterable[Telling],
    scores: Mapping[Pair, Score],
    judgements: Sequence[Judgement] = (),
    *,
    copied: Mapping[AccountRef, int] | None = None,
    as_of: str = "",
) -> list[Merged]:
    """The incidents of some accounts, in order of their ids.

    `scores` by pair of references (either way round); `copied` gives the copy group of accounts whose words are one text.
    """
    tellings = sorted({t.ref: t for t in told}.values(), key=lambda t: _order(t.ref))
    number = {t.ref: n for n, t in enumerate(tellings)}
    held = {_pair(number[a], number[b]): score for (a, b), score in scores.items()}
    words = _words(judgements, number)
    groups = _Groups(tellings, held, words)
    for pair in (p for p, verdict in words.items() if verdict == "same"):
        groups.join(pair, by_word=True)
    likely = sorted((p for p, s in held.items() if s.verdict == "same"), key=lambda p: (-held[p].value, p))
    for pair in likely:
        if words.get(pair) != "different":
            groups.join(pair)
    for pair in groups.unambiguous():
        held[pair] = replace(held[pair], said=(*held[pair].said, (None, ("alone", {}))))
    joins = {(tellings[a].ref, tellings[b].ref): held[a, b] for a, b in sorted(set(groups.joined)) if (a, b) in held}
    found = [_merged([tellings[n] for n in group], joins, copied or {}, as_of) for group in groups.all()]
    return sorted(found, key=lambda merged: merged.incident.id)


def incident_id(ref: AccountRef) -> str:
    """The id of the incident whose earliest account this is."""
    return "inc-" + hashlib.sha256("\n".join(_order(ref)).encode()).hexdigest()[:12]


def ref_name(ref: AccountRef) -> str:
    """How dissent and exposures cite an account: `report-id:account-id`."""
    return f"{ref.report}:{ref.account}"


def _order(ref: AccountRef) -> tuple[str, str, str]:
    return ref.report, ref.key, ref.account


Numbers = tuple[int, int]  # a pair of accounts by their numbers in order of reference, the smaller first


def _pair(left: int, right: int) -> Numbers:
    return (left, right) if left <= right else (right, left)


def _words(judgements: Sequence[Judgement], number: Mapping[AccountRef, int]) -> dict[Numbers, str]:
    """The latest word on each pair, in order of time; "unsure" leaves the pair to the scores."""
    latest: dict[Numbers, tuple[str, str]] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, *_order(j.left), *_order(j.right), j.verdict)):
        if judgement.left in number and judgement.right in number:
            pair = _pair(number[judgement.left], number[judgement.right])
            latest.pop(pair, None)
            latest[pair] = (judgement.verdict, judgement.at)
    return {pair: verdict for pair, (verdict, _) in reversed(list(latest.items()))}


JOINS = 0.5  # the mean score from which two groups may be joined
MARGIN = 0.1  # a rival scores no less than this below


class _Groups:
    """Groups of accounts that grow by joining, watching over what must stay apart."""

    def __init__(self, tellings: Sequence[Telling], scores: Mapping[Numbers, Score], words: Mapping[Numbers, str]):
        self.tellings, self.scores, self.words = tellings, scores, words
        self.of = list(range(len(tellings)))
        self.members: dict[int, list[int]] = {n: [n] for n in self.of}
        self.joined: list[Numbers] = []
        self.means: dict[tuple[int, int, int, int], float] = {}

    def join(self, pair: Numbers, *, by_word: bool = False) -> bool:
        """Puts the groups of two accounts together; gives whether they now are."""
        left, right = self.of[pair[0]], self.of[pair[1]]
        if left == right:
            self.joined.append(pair)
            return True
        if not self._may_join(left, right, by_word):
            return False
        keep, drop = _pair(left, right)
        self.members[keep] += self.members.pop(drop)
        for member in self.members[keep]:
            self.of[member] = keep
        self.joined.append(pair)
        return True

    def _may_join(self, left: int, right: int, by_word: bool) -> bool:
        if not by_word:
            return self._mean(left, right) >= JOINS
        return "different" not in (self.words.get(pair) for pair in self._across(left, right))

    def _mean(self, left: int, right: int) -> float:
        """How well two groups go together: the mean score of the pairs compared, 0 if any pair must stay apart.

        Groups only grow, so that their roots and sizes name them: what was reckoned once is kept.
        """
        key = (left, right, len(self.members[left]), len(self.members[right]))
        if key not in self.means:
            self.means[key] = self._reckoned(left, right)
        return self.means[key]

    def _reckoned(self, left: int, right: int) -> float:
        values = []
        for pair in self._across(left, right):
            word = self.words.get(pair)
            if word == "different" or (word != "same" and self._differ(pair)):
                return 0.0
            if pair in self.scores:
                values.append(self.scores[pair].value)
        return sum(values) / len(values) if values else 0.0

    def _across(self, left: int, right: int) -> Iterator[Numbers]:
        return (_pair(a, b) for a in self.members[left] for b in self.members[right])

    def _differ(self, pair: Numbers) -> bool:
        """Two accounts that one report tells apart, of types that are not kin, or scored as different."""
        a, b = (self.tellings[n] for n in pair)
        if not kin(a.account.type, b.account.type):
            return True
        return self.scores[pair].verdict == "different" if pair in self.scores else one_report(a, b)

    def unambiguous(self) -> list[Numbers]:
        """Joins likely pairs where neither side could be joined with anything else but the other; gives the pairs joined."""
        table, done = weights(), list[Numbers]()
        refused: set[frozenset[object]] = set()
        near: dict[int, list[int]] = defaultdict(list)
        for (left, right), score in self.scores.items():
            if score.value >= table["possible"]:
                near[left].append(right)
                near[right].append(left)
        open_ = [
            p
            for p, s in self.scores.items()
            if s.value >= table["likely"] and p not in self.words and not one_report(*(self.tellings[n] for n in p))
        ]
        for pair in sorted(open_, key=lambda p: (-self.scores[p].value, p)):
            left, right = self.of[pair[0]], self.of[pair[1]]
            groups = frozenset((left, right, len(self.members[left]), len(self.members[right])))
            if left == right or groups in refused:
                continue
            if self._rivals(left, right, near) or not self.join(pair):
                refused.add(groups)  # asked once, not for every pair of their accounts
            else:
                done.append(pair)
        return done

    def _rivals(self, left: int, right: int, near: Mapping[int, list[int]]) -> bool:
        """Whether one of two groups goes about as well with a third, which is not likely the same as the other.

        An account of a whole month goes with much, and is no second thing that is known to have happened.
        """
        together = self._mean(left, right)
        for one, other in ((left, right), (right, left)):
            near_by = (n for member in self.members[one] for n in near[member])
            thirds = {self.of[n] for n in near_by if _is_told_closely(self.tellings[n])} - {left, right}
            if any(
                self._mean(one, third) >= together - MARGIN and self._mean(other, third) < weights()["likely"]
                for third in thirds
            ):
                return True
        return False

    def all(self) -> list[list[int]]:
        return [sorted(group) for group in self.members.values()]


def _is_told_closely(telling: Telling) -> bool:
    return telling.account.when is None or telling.account.when.precision not in WIDE


WIDE = {"month", "season", "year"}


# --- from accounts to an incident ------------------------------------------------------------------------------------


def _merged(
    tellings: list[Telling],
    joined: Mapping[Pair, Score],
    copied: Mapping[AccountRef, int],
    as_of: str,
) -> Merged:
    origins = _origins(tellings, copied)
    links = bearings(tellings, origins)
    view = _View(tellings, origins, links)
    earliest = min(tellings, key=lambda t: (t.known_at, t.published or "9999", _order(t.ref)))
    inside = {t.ref for t in tellings}
    joins = tuple((pair, score) for pair, score in joined.items() if pair[0] in inside)
    gone = superseded(links)
    happened = [t for t in tellings if t.account.status in HAPPENED - {"denied"} and stands(t, gone)]
    incident = Incident(
        id=incident_id(earliest.ref),
        type=view.best("type") or tellings[0].account.type,
        status=view.status(),
        when=view.when(),
        place=view.place(),
        best=view.values(),
        dissent=view.dissent(),
        accounts=tuple(t.ref for t in tellings),
        origins=len({origins[t.ref] for t in happened or tellings}),
        as_of=as_of,
    )
    return Merged(incident=incident, tellings=tuple(tellings), joins=joins, origins=origins, bearings=links)


def _origins(tellings: Sequence[Telling], copied: Mapping[AccountRef, int]) -> dict[AccountRef, int]:
    """A number for each account's origin: one source, one text or one report counts once."""
    number: dict[AccountRef, int] = {}
    marks: dict[tuple[str, object], int] = {}
    for i, telling in enumerate(tellings):
        of: list[tuple[str, object]] = [("report", telling.ref.report)]
        of += [("source", " ".join(telling.source.casefold().split()))] if telling.source else []
        of += [("words", copied[telling.ref])] if telling.ref in copied else []
        same = {marks[mark] for mark in of if mark in marks}
        kept = min(same, default=i)
        for mark in [m for m, n in marks.items() if n in same]:
            marks[mark] = kept
        for ref in [r for r, n in number.items() if n in same]:
            number[ref] = kept
        marks.update((mark, kept) for mark in of)
        number[telling.ref] = kept
    return number


@dataclass(frozen=True, slots=True)
class _Told:
    """One value of one field, with who tells it."""

    key: Any  # what makes two values the same
    value: Any
    telling: Telling


class _View:
    """The fields of an incident, best value and dissent."""

    def __init__(self, tellings: Sequence[Telling], origins: Mapping[AccountRef, int], links: Sequence[Bearing]):
        self.origins, self.links, self.gone = origins, links, superseded(links)
        self.all = tellings
        firm = [t for t in tellings if t.account.status in HAPPENED - {"denied"}]
        self.tellings = firm or list(tellings)
        self.told: dict[str, list[_Told]] = defaultdict(list)
        for telling in self.tellings:
            for name, key, value in _fields(telling):
                if not self._is_gone(telling, name, value):
                    self.told[name].append(_Told(key, value, telling))

    def _is_gone(self, telling: Telling, name: str, value: Any) -> bool:
        """Whether all that tells a value of an account has been replaced or taken back by its speakers."""
        if not self.gone:
            return False
        said = [c for c in telling.claims if c.field == name and c.stance not in DENIALS]
        if isinstance(value, dict):
            said = [c for c in said if c.value == value["text"]] or said
        refs = {f"{telling.ref.report}:{c.id}" for c in said} or {ref_name(telling.ref)}
        return refs <= self.gone

    def best(self, name: str) -> Any:
        """The best value of a field, None if nobody tells it."""
        groups = self._groups(name)
        return groups[0][0].value if groups else None

    def _groups(self, name: str) -> list[list[_Told]]:
        """The values of a field, each with those who tell it, the best first."""
        by_value: dict[Any, list[_Told]] = defaultdict(list)
        for told in self.told.get(name, ()):
            by_value[told.key].append(told)
        return [
            sorted(g, key=lambda t: self._rank([t]), reverse=True)
            for g in sorted(by_value.values(), key=self._rank, reverse=True)
        ]

    def _rank(self, group: Sequence[_Told]) -> tuple[Any, ...]:
        origins = len({self.origins[t.telling.ref] for t in group})
        named = any(_named(t.telling) for t in group)
        latest = max((t.telling.published or "", t.telling.known_at, _order(t.telling.ref)) for t in group)
        return origins, named, latest

    def status(self) -> Any:
        """What most origins tell of it; a denial never makes it undone, nor a threat done."""
        return self.best("status")

    def when(self) -> When | None:
        return self._finest("when", TIME_ORDER)  # type: ignore[no-any-return]

    def place(self) -> Place | None:
        return self._finest("place", PLACE_ORDER)  # type: ignore[no-any-return]

    def _finest(self, name: str, order: tuple[str, ...]) -> Any:
        """The finest value told; among equally fine ones the best."""
        groups = self._groups(name)
        return min((g[0].value for g in groups), key=lambda v: order.index(v.precision), default=None)

    def values(self) -> dict[str, Any]:
        found = {name: self.best(name) for name in sorted(self.told) if name not in {"type", "status", "when", "place"}}
        found["perpetrator_footing"] = self._footing()
        return found

    def _footing(self) -> str:
        """unattributed, told, alleged, claimed or disputed: nothing is promoted from alleged to fact.

        Whom nobody names without a doubt ("presumed rebels", "may have been") is alleged, too.
        """
        said = [c for t in self.all for c in t.claims if c.field == "perpetrator"]
        stances = {c.stance for c in said if c.polarity == "affirmed"}
        blamed = bool({"attributes", "accuses"} & stances)
        if any(c.stance == "denies_responsibility" for c in said) and ("perpetrator" in self.told or blamed):
            return "disputed"
        if "claims_responsibility" in stances:
            return "claimed"
        if len({t.key for t in self.told.get("perpetrator", ())}) > 1 and blamed:
            return "disputed"
        doubted = bool(said) and all(c.hedge or c.modality != "actual" for c in said if c.stance == "reports")
        return "alleged" if blamed or doubted else "told" if "perpetrator" in self.told else "unattributed"

    def dissent(self) -> dict[str, tuple[str, ...]]:
        """Field -> the claims (or accounts) that say otherwise, in order."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in self.told:
            for group in self._groups(name)[1:]:
                if self._contradicts(name, group[0]):
                    found[name].update(ref for t in group for ref in _refs(t.telling, name))
        for telling in self.all:
            for claim in telling.claims:
                for name in _denied(claim, telling.claims):
                    found[name].add(f"{telling.ref.report}:{claim.id}")
            if telling.account.status == "denied":
                found["occurrence"].update(_refs(telling, "occurrence"))
            found["perpetrator"].update(
                f"{telling.ref.report}:{c.id}" for c in telling.claims if self._blames(telling, c)
            )
        told = {f"{t.ref.report}:{c.id}" for t in self.all for c in t.claims if c.field == "occurrence"}
        found["occurrence"].update(b.source for b in self.links if b.rel == "supersedes" and b.target in told)
        return {name: tuple(sorted(refs)) for name, refs in sorted(found.items()) if refs}

    def _blames(self, telling: Telling, claim: Claim) -> bool:
        """Whether a speaker blames somebody, or takes it on himself, and it is not who the best value says it was."""
        if claim.stance not in BLAME or claim.field != "perpetrator" or claim.polarity != "affirmed" or not claim.value:
            return False
        if telling.ref.account not in claim.about or claim.speaker.anonymity == "narrator":
            return False
        best, blamed = str(self.best("perpetrator") or "").casefold(), claim.value.casefold()
        known = {a.name.casefold() for a in telling.actors.values() if a.id in claim.about}
        return not best or not (best in {blamed, *known} or blamed in best)

    def _contradicts(self, name: str, told: _Told) -> bool:
        """Whether a second value speaks against the best one, rather than being another word for it.

        Two wordings of a target or a perpetrator contradict each other only where both are known by an id or a class.
        """
        value = told.value
        if name == "when":
            return not _overlap(self.when(), value)
        if name == "place":
            return _elsewhere(self.place(), value)
        if name in {"type", "mode", "status", "effect"}:
            return False
        if isinstance(value, dict) and "low" in value:
            best = self.best(name)
            return bool(value["low"] > _or_high(best) or best["low"] > _or_high(value))
        return not isinstance(told.key, tuple) and not isinstance(self._groups(name)[0][0].key, tuple)


def _fields(telling: Telling) -> Iterator[tuple[str, Any, Any]]:
    """(field, what makes it the same, value) of everything an account tells."""
    account = telling.account
    yield "type", account.type, account.type
    yield "status", account.status, account.status
    if account.when:
        yield "when", (account.when.start, account.when.end, account.when.precision), account.when
    if account.place:
        place = account.place
        yield "place", place.geonames_id or (place.name.casefold(), place.lat, place.lon), place
    if account.mode:
        yield "mode", account.mode, account.mode
    for count in account.counts:
        yield count.field, (count.low, count.high), _interval(count)
    for name in ("perpetrator", "target", "victim", "weapon"):
        yield from _role(telling, name)
    for effect in account.effects:
        yield "effect", effect.effect, effect.effect


def _role(telling: Telling, name: str) -> Iterator[tuple[str, Any, Any]]:
    """The first filler of a role. Two languages have no words in common: the register id, else the class, makes them the same."""
    role = next((r for r in telling.account.roles if r.role == name), None)
    if role is None:
        return
    actor = telling.actors.get(role.actor or "")
    value = actor.name if actor and actor.known_as else role.text
    known = (actor and actor.known_as) or role.target_class or role.weapon_class
    yield name, known or (telling.language, value.casefold()), value
    if role.target_class and name == "target":
        yield "target_class", role.target_class, role.target_class
    if role.weapon_class and name == "weapon":
        yield "weapon_class", role.weapon_class, role.weapon_class


def _interval(count: Count) -> dict[str, Any]:
    return {"low": count.low or 0, "high": count.high, "approximate": count.approximate, "text": count.text}


def _or_high(interval: Mapping[str, Any]) -> float:
    return float("inf") if interval["high"] is None else float(interval["high"])


def _overlap(a: When | None, b: When | None) -> bool:
    if a is None or b is None:
        return True
    starts = [date.fromisoformat(w.start[:10]) if w.start else date.min for w in (a, b)]
    ends = [date.fromisoformat(w.end[:10]) if w.end else date.max for w in (a, b)]
    return max(starts) <= min(ends)


def _elsewhere(best: Place | None, other: Place) -> bool:
    """Whether the two are places of one size with different names in the gazetteer."""
    if best is None or best.geonames_id is None or other.geonames_id is None or best.precision != other.precision:
        return False
    return best.geonames_id != other.geonames_id


def _named(telling: Telling) -> bool:
    return any(c.speaker.anonymity in NAMED for c in telling.claims if c.stance not in DENIALS)


def _refs(telling: Telling, name: str) -> list[str]:
    """The claims of an account that tell a field, or the account itself."""
    found = [c.id for c in telling.claims if c.field == name]
    return [f"{telling.ref.report}:{i}" for i in found] or [ref_name(telling.ref)]


def _denied(claim: Claim, others: Sequence[Claim]) -> Iterator[str]:
    """The fields that a claim speaks against."""
    fields = {c.id: c.field for c in others}
    against = [fields[link.claim] for link in claim.links if link.rel == "contradicts" and link.claim in fields]
    if claim.stance in DENIALS and claim.field != RETRACTION:
        own = DENIALS[claim.stance] or claim.field
        against.append("account" if claim.stance == "denies_account" and own not in CONTESTABLE else own)
    yield from (name for name in against if name in CONTESTABLE)
