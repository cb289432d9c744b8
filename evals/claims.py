"""Who says what about which incident, against the claims that a careful reader takes from the reports of `evals/sets`.

A claim is right when its speaker, its stance and what it is about are. What the report's own voice tells is not measured here.

speaker   right when the claim's speaker, or a mention of that actor, is one of the reader's mentions, or all its words stand in one
          or the other way round ("police", "the police spokesman")
stance    right when it is one of those that the reader allows
about     an incident of the reader's is the account of one of its types, the best placed and dated first, one for one (whether one
          is told as two is for `evals.incidents` to say); a posture, an advisory, another claim and an actor are the claim's
          field, its links and whom it is about

Several claims of one speaker, stance and object count once (that an attack happened and how many died is one thing said).

claim F1           of claims told and claims there
speaker precision  of the claims by a named speaker that hold the words of a reader's claim, the share with that claim's speaker
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals import f1, incidents
from kavass.lang.text import fold_words
from kavass.model import Account, Claim, CodedReport, Span

Row = Mapping[str, Any]
TIES = ("relation", "driver", "measure")  # what reports tell of ties, causes and measures is not in the reader's claims


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing said: by whom (every mention, folded), how, and of what (what it may be taken to be about)."""

    speakers: frozenset[str]
    stance: str
    about: frozenset[int | str]
    words: str


def add(sums: dict[str, int], coded: CodedReport, row: Row, say: Callable[[str], None]) -> None:
    """Counts one report's claims into the sums."""
    wanted, told = row["claims"], list(units(coded, row))
    for claim in wanted:
        sums["true"] += 1
        found = any(_right(unit, claim) for unit in told)
        sums["found"] += found
        if not found:
            near = [f"{u.stance} {sorted(u.about, key=str)} {sorted(u.speakers)[:2]}" for u in told if _alike(u, claim)]
            say(
                f"{row['key']}: missed {claim['stances']} {claim['about']} {claim['speaker'][:2]} {claim['words']!r}; near {near}"
            )
    for unit in told:
        sums["told"] += 1
        right = any(_right(unit, claim) for claim in wanted)
        sums["right"] += right
        if not right:
            say(
                f"{row['key']}: false {unit.stance} {sorted(unit.about, key=str)} {sorted(unit.speakers)[:3]} {unit.words!r}"
            )

    for speakers, readers in _named(coded, row):
        right = any(same_speaker(speakers, reader) for reader in readers)
        sums["named"] += 1
        sums["named right"] += right
        if not right:
            say(f"{row['key']}: speaker {sorted(speakers)[:3]} for {readers}")


def measures(s: Mapping[str, int]) -> dict[str, float]:
    precision, recall = s["right"] / max(s["told"], 1), s["found"] / max(s["true"], 1)
    return {
        "claim precision": precision,
        "claim recall": recall,
        "claim F1": f1(precision, recall),
        "speaker precision": s["named right"] / max(s["named"], 1),
    }


def units(coded: CodedReport, row: Row) -> Iterator[Unit]:
    """What the coded report says that somebody says, each thing once."""
    number = numbers(coded.accounts, row["incidents"])
    once: dict[tuple[frozenset[str], str, int | str], Unit] = {}
    for claim in coded.claims:
        if claim.speaker.anonymity == "narrator":
            continue
        speakers = _speakers(coded, claim)
        for about in _about(claim, number):
            beside = {"claim"} if claim.links else set()
            once.setdefault(
                (speakers, claim.stance, about),
                Unit(speakers, claim.stance, frozenset({about, *beside}),
                     coded.report.text[claim.span.start : claim.span.end][:60]),
            )  # fmt: skip
    yield from once.values()


def _speakers(coded: CodedReport, claim: Claim) -> frozenset[str]:
    """Every mention of who makes a claim, folded."""
    told = [coded.report.words(m) for a in coded.actors if a.id == claim.speaker.actor for m in a.mentions]
    return frozenset(filter(None, map(_bare, (claim.speaker.text or "", *told))))


def _named(coded: CodedReport, row: Row) -> Iterator[tuple[frozenset[str], list[Sequence[str]]]]:
    """The named speakers of the claims that hold words of reader's claims, each with the speakers of those."""
    once = dict[tuple[str | None, Span], tuple[frozenset[str], list[Sequence[str]]]]()
    for claim in coded.claims:
        if claim.speaker.anonymity != "named":
            continue
        held = [c["speaker"] for c in row["claims"] if c["words"] in coded.report.words(claim.span)]
        if held:
            once.setdefault((claim.speaker.actor or claim.speaker.text, claim.span), (_speakers(coded, claim), held))
    yield from once.values()


def _about(claim: Claim, number: Mapping[str, int | str]) -> list[int | str]:
    """What the claim is about, in the reader's terms; empty if the reader codes no such claims."""
    if claim.field in ("posture", "advisory"):
        return [claim.field]
    if found := [number[a] for a in claim.about if a in number]:
        return found
    if claim.field in TIES:
        return []
    return ["claim" if claim.links else "actor"]


def numbers(accounts: Sequence[Account], wanted: Sequence[Row]) -> dict[str, int | str]:
    """Each account's incident of the reader's by its number: one for one, then the second telling of an incident its number too.

    An account of no type wanted keeps its own id.
    """
    ranked = sorted(
        (-incidents.tells(account, incident), n, m)
        for n, account in enumerate(accounts)
        for m, incident in enumerate(wanted)
        if account.type in incident["types"]
    )
    number: dict[str, int | str] = {}
    for _, n, m in ranked:
        if accounts[n].id not in number and m + 1 not in number.values():
            number[accounts[n].id] = m + 1
    for _, n, m in ranked:
        number.setdefault(accounts[n].id, m + 1)
    return {a.id: number.get(a.id, a.id) for a in accounts}


def _right(unit: Unit, claim: Row) -> bool:
    return _same_matter(unit, claim) and _spoken(unit, claim)


def _same_matter(unit: Unit, claim: Row) -> bool:
    return unit.stance in claim["stances"] and claim["about"] in unit.about


def _alike(unit: Unit, claim: Row) -> bool:
    return (unit.stance in claim["stances"]) + (claim["about"] in unit.about) + _spoken(unit, claim) >= 2


def _spoken(unit: Unit, claim: Row) -> bool:
    return same_speaker(unit.speakers, claim["speaker"])


def same_speaker(told: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether a mention of one is a mention of the other, or all its words stand in one."""
    words = [[set(_bare(mention).split()) for mention in mentions] for mentions in (told, wanted)]
    return any(t and w and (t <= w or w <= t) for t in words[0] for w in words[1])


def _bare(words: str) -> str:
    return fold_words(words).removeprefix("the ").strip(" \"'«»“”")
