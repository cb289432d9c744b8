"""Factories: one of each thing by hand, with defaults that a test overrides where it matters.

account("acc1", type="shelling", place=town("Basra"), when=day("2018-09-08"))
coded(accounts=[...], claims=[...], text="...", publisher="Example Wire")
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from kavass.model import (
    Account,
    AccountRef,
    Actor,
    Claim,
    CodedReport,
    Count,
    Decision,
    Distance,
    Effect,
    Judgement,
    Link,
    Place,
    Post,
    PostureEntry,
    Report,
    Ring,
    Role,
    Span,
    Speaker,
    Tripwire,
    When,
)

TOWNS = {
    "Basra": (99532, "IRQ", 30.508, 47.783),
    "البصرة": (99532, "IRQ", 30.508, 47.783),
    "Baghdad": (98182, "IRQ", 33.341, 44.401),
    "بغداد": (98182, "IRQ", 33.341, 44.401),
    "Erbil": (95446, "IRQ", 36.191, 44.009),
    "Tripoli": (2210247, "LBY", 32.887, 13.191),
}


def at(text: str) -> datetime:
    """A UTC time: at("2018-09-29") or at("2018-09-29T22:28")."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def report(text: str = "Rockets hit the town of Basra on Saturday.", **given: Any) -> Report:
    """A report whose id is the hash of its text and publisher; body only, published 8 September 2018, English."""
    digest = hashlib.sha256(f"{text}|{given.get('publisher')}|{given.get('key')}".encode()).hexdigest()
    given.setdefault("id", digest)
    given.setdefault("key", f"{given.get('publisher') or 'report'}-{digest[:8]}")
    given.setdefault("published", "2018-09-08")
    return Report(text=text, **{"language": "en", **given})


def day(first: str, last: str | None = None, precision: str = "day") -> When:
    """A day, or an interval of days."""
    return When(start=first, end=last or first, precision=precision)  # type: ignore[arg-type]


def town(name: str = "Basra", **given: Any) -> Place:
    """A town of TOWNS with a radius of 8 km."""
    geonames_id, country, lat, lon = TOWNS[name]
    told = dict(name=name, geonames_id=geonames_id, country=country, lat=lat, lon=lon, radius_km=8.0, precision="town")
    return Place(**{**told, **given})


def site(name: str, lat: float, lon: float, **given: Any) -> Place:
    """A site with a radius of 500 m."""
    return Place(**{**dict(name=name, country="IRQ", lat=lat, lon=lon, radius_km=0.5, precision="site"), **given})


def country(name: str = "Iraq", code: str = "IRQ") -> Place:
    """A country: no coordinates."""
    return Place(name=name, country=code, precision="country")


def role(role: str, text: str, **given: Any) -> Role:
    """Who or what fills a role; a person unless told otherwise."""
    return Role(role=role, text=text, **{"kind": "person", "mentions": (Span(0, 5),), **given})  # type: ignore[arg-type]


def target(text: str, target_class: str | None = None, **given: Any) -> Role:
    """A facility as the target."""
    return role("target", text, kind="facility", target_class=target_class, **given)


def count(field: str, low: int | None, high: int | None = -1, **given: Any) -> Count:
    """count("killed", 3) is exactly three; high=None sets no upper bound."""
    high = low if high == -1 else high
    return Count(field=field, low=low, high=high, **{"text": str(low), "span": Span(0, 1), **given})  # type: ignore[arg-type]


def distance(
    metres: float, low: float | None = None, high: float | None = None, from_: str = "the building"
) -> Distance:
    low, high = metres if low is None else low, metres if high is None else high
    return Distance(metres=metres, low=low, high=high, from_=from_, text=f"{metres} metres", span=Span(0, 5))


def effect(effect: str) -> Effect:
    return Effect(effect=effect, span=Span(0, 5))


def account(id: str = "acc1", **given: Any) -> Account:
    """A shelling that occurred in Basra on 8 September 2018, with no roles and no counts."""
    told: dict[str, Any] = dict(
        type="shelling",
        primary=True,
        status="occurred",
        spans=(Span(0, 11),),
        trigger=Span(8, 11),
        when=day("2018-09-08"),
        place=town(),
    )
    return Account(id=id, **{**told, **given})


def speaker(text: str | None = "a police spokesman", anonymity: str = "titled_unnamed", **given: Any) -> Speaker:
    return Speaker(text=text, anonymity=anonymity, **given)  # type: ignore[arg-type]


def claim(id: str = "c1", about: Sequence[str] = ("acc1",), **given: Any) -> Claim:
    """The report itself says that the account's incident occurred."""
    told: dict[str, Any] = dict(
        field="occurrence",
        stance="reports",
        speaker=Speaker(anonymity="narrator"),
        mode="narrated",
        span=Span(0, 11),
    )
    return Claim(id=id, about=tuple(about), **{**told, **given})


def denial(id: str = "c2", about: Sequence[str] = ("acc1",), *, of: str | None = None, **given: Any) -> Claim:
    """A named official says that it did not happen (`of`: the claim it contradicts)."""
    links = (Link(rel="contradicts", claim=of),) if of else ()
    told: dict[str, Any] = dict(
        stance="denies_occurrence", speaker=speaker("the airport director", "named"), mode="indirect", links=links
    )
    return claim(id, about, **{**told, **given})


def actor(id: str = "act1", name: str = "the police", **given: Any) -> Actor:
    return Actor(id=id, name=name, **{"kind": "organisation", **given})


def coded(
    *, accounts: Sequence[Account] = (), claims: Sequence[Claim] = (), actors: Sequence[Actor] = (), kavass: str = "0.1.0",
    report: Report | None = None, text: str = "Rockets hit the town of Basra on Saturday.", **given: Any,
) -> CodedReport:  # fmt: skip
    """A coded report; what is not a part of it (publisher, key, published ...) describes its report."""
    parts = {name: given.pop(name) for name in list(given) if name in CodedReport.__dataclass_fields__}
    told = report or globals()["report"](text, **given)
    return CodedReport(
        kavass=kavass, report=told, accounts=tuple(accounts), claims=tuple(claims), actors=tuple(actors), **parts
    )


def ref(coded: CodedReport, account: str = "acc1") -> AccountRef:
    return AccountRef(report=coded.report.id, key=coded.report.key, account=account)


def judgement(left: AccountRef, right: AccountRef, verdict: str = "same", **given: Any) -> Judgement:
    return Judgement(
        left=left, right=right, verdict=verdict, **{"by": "Ana", "at": "2018-10-01T00:00:00+00:00", **given}
    )  # type: ignore[arg-type]


def post(id: str = "basra", **given: Any) -> Post:
    """A consulate beside Basra's airport with rings of 0.5, 5 and 30 km."""
    rings = (Ring(name="inner", radius_km=0.5), Ring(name="near", radius_km=5.0), Ring(name="town", radius_km=30.0))
    told: dict[str, Any] = dict(
        name={"en": "Consulate in Basra", "ar": "القنصلية في البصرة"},
        kind="consulate",
        owner="USA",
        lat=30.547,
        lon=47.667,
        town="Basra",
        country="IRQ",
        rings=rings,
    )
    return Post(id=id, **{**told, **given})


def tripwire(id: str = "rockets-near", **given: Any) -> Tripwire:
    """Two shellings within 30 days and 20 km of the post in Basra, each by a named or official source."""
    told: dict[str, Any] = dict(
        post="basra",
        title={"en": "Repeated rocket fire near the post", "ar": "قصف صاروخي متكرر قرب البعثة"},
        owner="Regional security officer",
        types=("shelling",),
        max_km=20.0,
        window_days=30.0,
        min_count=2,
        consider="ordered_departure",
    )
    return Tripwire(id=id, **{**told, **given})


def decision(**given: Any) -> Decision:
    told: dict[str, Any] = dict(
        tripwire="rockets-near", post="basra", verdict="waive", reason="The rockets fell far away.", by="Ana",
        at="2018-09-29T12:00:00.000000+00:00",
    )  # fmt: skip
    return Decision(**{**told, **given})


def posture_entry(**given: Any) -> PostureEntry:
    told: dict[str, Any] = dict(
        post="basra",
        status="ordered_departure",
        valid_from="2018-09-28",
        known_at="2018-09-28T18:00:00.000000+00:00",
        by="Ana",
    )
    return PostureEntry(**{**told, **given})
