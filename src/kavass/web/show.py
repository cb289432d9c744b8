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


def excerpts(
    report: Report, spans: Iterable[Span], marked: Iterable[tuple[str, Span]], most: int = 3
) -> list[list[Stretch]]:
    """The words round each span within its zone, highlighted; windows that touch are shown as one."""
    windows: list[Span] = []
    for span in sorted(spans):
        window = _window(report, span)
        if windows and windows[-1].touches(window):
            windows[-1] = Span(windows[-1].start, max(windows[-1].end, window.end))
        else:
            windows.append(window)
    held = [(kind, Span(*span)) for kind, span in marked]
    return [list(_stretches(report, *window, held)) for window in windows[:most]]


AROUND = 110  # characters shown before and after


def _window(report: Report, span: Span) -> Span:
    """The span with some whole words before and after, inside its zone."""
    zone = next((z for z in report.zones if z.span.covers(span)), None)
    low, high = (zone.start, zone.end) if zone else (0, len(report.text))
    start, end = max(low, span.start - AROUND), min(high, span.end + AROUND)
    while start > low and not report.text[start - 1].isspace():
        start -= 1
    while end < high and not report.text[end].isspace():
        end += 1
    return Span(start, end)


def _block(report: Report, zone: Zone, name: str, marked: list[tuple[str, Span]]) -> Block:
    return Block(name, zone.start, tuple(_stretches(report, zone.start, zone.end, marked)))


def _stretches(report: Report, start: int, end: int, marked: list[tuple[str, Span]]) -> Iterable[Stretch]:
    here = [(kind, span) for kind, span in marked if span.start < end and start < span.end]
    cuts = sorted({start, end, *(min(max(x, start), end) for _, span in here for x in span)})
    for a, b in pairwise(cuts):
        kinds = {kind for kind, span in here if span.start <= a and b <= span.end}
        yield Stretch(report.text[a:b], next((k for k in KINDS if k in kinds), None))
