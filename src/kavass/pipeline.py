"""The line, written out: `tell` reads one report and needs no database; `weigh` looks across reports.

read -> clean -> mark -> code -> attribute -> situate -> posture   (tell)
merge -> expose -> watch                                           (weigh)
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from kavass import __version__, attribute, coding, lang, posture, refer, situate
from kavass.clean import clean
from kavass.errors import UnreadableReport
from kavass.mark import mark, worth_parsing
from kavass.model import CodedReport, RawReport


def tell(raw: RawReport) -> CodedReport:
    """What one report tells. Pure: same report, same record."""
    report = clean(raw)
    if report.language not in lang.codes():
        return CodedReport(kavass=__version__, report=report)
    language = lang.load(report.language)
    marks = mark(report, language)
    places = situate.places(report, marks, language)
    chosen = worth_parsing(language.split(report), marks)
    if not chosen:
        return CodedReport(kavass=__version__, report=report, places=places.mentions)
    analysis = language.analyse(report, chosen)
    hits = language.frames.match(analysis)
    cast = refer.refer(report, analysis, marks, places, language)
    accounts = coding.code(report, analysis, hits, cast, language)
    accounts = situate.situate(report, analysis, accounts, places, language)
    told = attribute.attribute(report, analysis, hits, cast, accounts, language)
    record = posture.posture(report, analysis, hits, cast, accounts, told.claims, places, language)
    return CodedReport(
        kavass=__version__,
        report=report,
        actors=cast.actors,
        places=places.mentions,
        attributions=told.attributions,
        accounts=tuple(a.account for a in accounts),
        claims=told.claims,
        posture=record.posture,
        advisories=record.advisories,
        measures=record.measures,
        drivers=record.drivers,
        relations=record.relations,
    )


def tell_all(
    reports: Iterable[RawReport | UnreadableReport], workers: int = 1
) -> Iterator[CodedReport | UnreadableReport]:
    """What each report of a stream tells, in input order; one that cannot be read comes back as it is.

    With more than one worker the reports are coded in processes side by side, a bounded number ahead of the reader.
    """
    if workers <= 1:
        yield from map(_tell_or_reason, reports)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        stream, waiting = iter(reports), deque[Future[list[CodedReport | UnreadableReport]]]()
        while True:
            while len(waiting) < 2 * workers and (few := tuple(islice(stream, CHUNK_REPORTS))):
                waiting.append(pool.submit(_tell_few, few))
            if not waiting:
                return
            yield from waiting.popleft().result()


CHUNK_REPORTS = 8  # reports sent to a process at once: few, so that the first lines come early


def _tell_few(reports: tuple[RawReport | UnreadableReport, ...]) -> list[CodedReport | UnreadableReport]:
    return [_tell_or_reason(report) for report in reports]


def _tell_or_reason(report: RawReport | UnreadableReport) -> CodedReport | UnreadableReport:
    if isinstance(report, UnreadableReport):
        return report
    try:
        return tell(report)
    except UnreadableReport as reason:
        return reason


def tell_text(text: str, *, published: str | None = None, title: str | None = None, key: str = "text") -> CodedReport:
    """What a text tells: the library's shortest way in. `published` is an ISO date or time; relative dates need it."""
    stamps = (("caller", published),) if published else ()
    whole = f"{title}\n\n{text}" if title else text
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return tell(RawReport(id=digest, key=key, text=whole, title=title, stamps=stamps))
