"""The line, written out: `tell` reads one report and needs no database; `weigh` looks across reports.

read -> clean -> mark -> code -> attribute -> situate -> posture   (tell)
merge -> expose -> watch                                           (weigh)
"""

from __future__ import annotations

import gc
import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context

from kavass import __version__, attribute, coding, lang, posture, refer, situate
from kavass.clean import clean
from kavass.errors import UnreadableReport
from kavass.expose import Told, expose
from kavass.mark import mark, worth_parsing
from kavass.merge import Merged, Pair, Score, Telling, candidates, cluster, compare, copies, footing, stands, superseded
from kavass.model import AccountRef, CodedReport, Decision, Exposure, Judgement, Post, RawReport, Trip, Tripwire
from kavass.watch import Attestation, Watched, watch

log = logging.getLogger("kavass")


def tell(raw: RawReport) -> CodedReport:
    """What one report tells. Pure: same report, same record."""
    report = clean(raw)
    if report.language not in lang.codes():
        return CodedReport(kavass=__version__, report=report)
    language = lang.load(report.language)
    marks = mark(report, language)
    places = situate.places(report, marks, language)
    chosen = worth_parsing(report, language.split(report), marks)
    if not chosen:
        return CodedReport(kavass=__version__, report=report, places=places.mentions)
    analysis = language.analyse(report, chosen, [m.span for m in marks.of("actor")])
    hits = language.frames.match(analysis)
    cast = refer.refer(report, analysis, marks, places, language)
    accounts = coding.code(report, analysis, hits, cast, language)
    accounts = situate.situate(report, analysis, hits, accounts, places, language)
    certainty = attribute.Certainty(report, analysis, language)
    accounts = attribute.certain(accounts, certainty)
    told = attribute.attribute(report, analysis, hits, cast, accounts, certainty, language)
    accounts = attribute.blame(report, accounts, told.claims, cast)
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
        for number, report in enumerate(reports):
            yield _tell_or_reason(report)
            if not number:
                gc.freeze()  # what the first report loaded stays: looking through it for garbage took a twentieth of the time
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
    except Exception as fault:  # one report must not end a run over a hundred thousand
        log.exception("coding %s failed", report.key)
        return UnreadableReport(report.key, f"coding it failed ({type(fault).__name__}: {fault}); please report this.")


def tell_text(text: str, *, published: str | None = None, title: str | None = None, key: str = "text") -> CodedReport:
    """What a text tells: the library's shortest way in. `published` is an ISO date or time; relative dates need it."""
    stamps = (("caller", published),) if published else ()
    whole = f"{title}\n\n{text}" if title else text
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return tell(RawReport(id=digest, key=key, text=whole, title=title, stamps=stamps))


# --- across reports ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What weighing gives: incidents with what they rest on, pairs for a person to judge, exposures and trips.

    `copied` maps accounts to the group of those told in the same words.
    """

    merged: tuple[Merged, ...]
    suggestions: tuple[tuple[Pair, Score], ...]
    watched: tuple[Watched, ...]
    exposures: tuple[Exposure, ...]
    trips: tuple[Trip, ...]
    copied: dict[AccountRef, int]


def weigh(
    accounts: Iterable[Telling],
    nearby: Iterable[Telling] = (),
    judgements: Sequence[Judgement] = (),
    posts: Sequence[Post] = (),
    tripwires: Sequence[Tripwire] = (),
    *,
    decisions: Sequence[Decision] = (),
    as_of: datetime | None = None,
    window_days: float = 10.0,
    score: Callable[..., Score] = compare,
) -> Outcome:
    """Looks across reports: which accounts are one incident, which posts are exposed, which tripwires are crossed.

    `accounts` are the new ones, `nearby` those kept that may be the same; the result is that of both together, in whatever order.
    """
    at = as_of or datetime.now(UTC)
    told = sorted(
        {t.ref: t for t in (*accounts, *nearby)}.values(), key=lambda t: (t.ref.report, t.ref.key, t.ref.account)
    )
    copied = copies({t.ref: t.words for t in told})
    scores = {
        (told[i].ref, told[j].ref): score(told[i], told[j], copied=_one_text(copied, told[i], told[j]))
        for i, j in candidates(told, copied, window_days=window_days)
    }
    merged = cluster(told, scores, judgements, copied=copied, as_of=at.isoformat())
    watched = tuple(_watched(one) for one in merged)
    return Outcome(
        merged=tuple(merged),
        suggestions=_open_pairs(merged, scores, judgements),
        watched=watched,
        exposures=tuple(expose([(w.incident, w.told) for w in watched], posts)),
        trips=tuple(watch(watched, tripwires, posts, as_of=at, decisions=decisions)),
        copied=copied,
    )


def _one_text(copied: dict[AccountRef, int], left: Telling, right: Telling) -> bool:
    return left.ref in copied and copied[left.ref] == copied.get(right.ref)


def _watched(one: Merged) -> Watched:
    gone = superseded(one.bearings)
    told = tuple(Told(ref=t.ref, account=t.account, owners=t.owners) for t in one.tellings)
    attestations = tuple(
        Attestation(origin=one.origins[t.ref], footing=footing(t), known_at=t.known_at)
        for t in one.tellings
        if t.account.status != "denied" and stands(t, gone)
    )
    return Watched(incident=one.incident, told=told, attestations=attestations)


def _open_pairs(
    merged: Sequence[Merged], scores: dict[Pair, Score], judgements: Sequence[Judgement]
) -> tuple[tuple[Pair, Score], ...]:
    """Pairs that may be one, stand apart and have not been judged, the likeliest first."""
    incident = {t.ref: one.incident.id for one in merged for t in one.tellings}
    judged = {frozenset((j.left, j.right)) for j in judgements}
    pairs = [
        (pair, s)
        for pair, s in scores.items()
        if s.verdict != "different" and incident[pair[0]] != incident[pair[1]] and frozenset(pair) not in judged
    ]
    return tuple(sorted(pairs, key=lambda p: -p[1].value))
