"""A report's text cut into zones and highlighted stretches, ready to be escaped by the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kavass.model import Account, CodedReport, Report, Span, Zone

# What a stretch of text bears on, the finest first: where two overlap, the finer wins.
KINDS = ("many", "when", "where", "who", "what", "says")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one zone that bear on one kind of field (or on none)."""

    words: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """A zone of the report with its stretches."""

    zone: str
    start: int
    stretches: tuple[Stretch, ...]


def blocks(report: Report, spans: Iterable[tuple[str, Span]]) -> list[Block]:
    """The whole text, zone by zone, blanks between zones kept; `spans` are (kind, span) pairs."""
    marked = [(kind, Span(*span)) for kind, span in spans]
    found, end = [], 0
    for zone in (*report.zones, None):
        start = zone.start if zone else len(report.text)
        if start > end:
            found.append(_block(report, Zone(start=end, end=start, zone="body"), "gap", marked))
        if zone:
            found.append(_block(report, zone, zone.zone, marked))
            end = zone.end
    return found


def account_spans(account: Account) -> list[tuple[str, Span]]:
    """Where an account's fields stand in the text."""
    found: list[tuple[str, Span]] = [("what", account.trigger)]
    found += [("who", span) for role in account.roles for span in role.mentions]
    found += [("many", count.span) for count in account.counts]
    found += [("where", p.span) for p in (account.place, account.distance) if p and p.span]
    if account.when and account.when.span:
        found.append(("when", account.when.span))
    return found


def report_spans(coded: CodedReport) -> list[tuple[str, Span]]:
    """Where the fields of all accounts stand, and the words that say who says it."""
    found = [pair for account in coded.accounts for pair in account_spans(account)]
    for attribution in coded.attributions:
        found += [("says", span) for span in (*attribution.source, *attribution.cue)]
    return found


def excerpt(
    report: Report, spans: Iterable[Span], marked: Iterable[tuple[str, Span]], around: int = 90
) -> list[Stretch]:
    """The words from the first of the spans to its last within one zone, some words before and after, highlighted."""
    first = min(spans)
    zone = next((z for z in report.zones if z.span.covers(first)), None)
    low, high = (zone.start, zone.end) if zone else (0, len(report.text))
    start, end = max(low, first.start - around), min(high, first.end + around)
    while start > low and not report.text[start - 1].isspace():
        start -= 1
    while end < high and not report.text[end].isspace():
        end += 1
    cut = list(_stretches(report, start, end, [(k, Span(*s)) for k, s in marked]))
    return [*([Stretch("… ", None)] if start > low else []), *cut, *([Stretch(" …", None)] if end < high else [])]


def _block(report: Report, zone: Zone, name: str, marked: list[tuple[str, Span]]) -> Block:
    return Block(name, zone.start, tuple(_stretches(report, zone.start, zone.end, marked)))


def _stretches(report: Report, start: int, end: int, marked: list[tuple[str, Span]]) -> Iterable[Stretch]:
    here = [(kind, span) for kind, span in marked if span.start < end and start < span.end]
    cuts = sorted({start, end, *(min(max(x, start), end) for _, span in here for x in span)})
    for a, b in pairwise(cuts):
        kinds = {kind for kind, span in here if span.start <= a and b <= span.end}
        yield Stretch(report.text[a:b], next((k for k in KINDS if k in kinds), None))
