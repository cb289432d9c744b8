"""The one service layer: every use case of the desk, used by the web pages and the command line alike.

Nothing here is edited: what was told, judged, decided and declared is appended with the time it became known, and incidents,
exposures and trips are recomputed from it. So every read takes `as_of`: what was known by then (`None`: everything).
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Literal, TextIO

from kavass import registry
from kavass.desk.views import (
    AccountView,
    Filters,
    Home,
    IncidentView,
    Ingested,
    JudgementLine,
    LedgerLine,
    Listed,
    LogLine,
    PostureOwed,
    PostureView,
    PostView,
    ReportLine,
    ReportView,
    SetAside,
    Suggestion,
    TitlesApart,
    TripView,
)
from kavass.errors import ConflictError, DataError, NotFound, UnreadableReport, UsageError
from kavass.expose import load_posts
from kavass.merge import Bearing, Merged, Score, Telling, compare, incident_id, opposed, tellings
from kavass.model import (
    AccountRef,
    Advisory,
    CodedReport,
    Decision,
    Exposure,
    Incident,
    Judgement,
    Place,
    Post,
    PostureChange,
    PostureEntry,
    Trip,
    Tripwire,
)
from kavass.pipeline import Outcome, weigh
from kavass.publish import Edition, Entry, PostState, Rule, Said, Source
from kavass.publish.csv import safe
from kavass.store import KeptJudgement, moment, open_store
from kavass.watch import POSTURES, Watched, backtest, corroboration, load_tripwires, owed, posture_warnings

__all__ = [
    "AccountView",
    "Desk",
    "Filters",
    "Home",
    "IncidentView",
    "Ingested",
    "JudgementLine",
    "LedgerLine",
    "Listed",
    "LogLine",
    "PostView",
    "PostureOwed",
    "PostureView",
    "ReportLine",
    "ReportView",
    "SetAside",
    "Suggestion",
    "TripView",
    "as_of_time",
    "safe",
]


class Desk:
    """The desk over one store; open it once, share it between threads, close it at the end (or use `with`)."""

    def __init__(
        self, store_url: str, *, window_days: float = 10.0, clock: Callable[[], datetime] | None = None
    ) -> None:
        """Opens (and, if needed, creates or upgrades) the store, e.g. `sqlite:///desk.db`.

        `window_days`: accounts further apart are never compared. `clock` gives the time at which things become known.
        """
        self.clock = clock or (lambda: datetime.now(UTC))
        self.store = open_store(store_url, clock=self.clock)
        self.window_days = window_days
        self._digests: dict[int, _Digest] = {}
        self._scores: dict[tuple[int, int, bool], Score] = {}
        self._views: OrderedDict[tuple[str | None, int, str], _View] = OrderedDict()
        self._lock = RLock()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the store's connections back."""
        self.store.close()

    # --- reports ---------------------------------------------------------------------------------------------------

    def ingest(
        self, coded: Iterable[CodedReport | UnreadableReport], *, learned: Literal["now", "published"] = "now"
    ) -> Ingested:
        """Keeps a stream of coded reports, set-aside ones with their reason.

        The same report with the same coding changes nothing; a new coding of it is appended and read from then on.
        `learned="published"` is for archives: each report counts as known from (the end of) the day it was published.
        """
        done, waiting = Ingested(), list[CodedReport]()
        for one in coded:
            if isinstance(one, UnreadableReport):
                self.store.set_aside(one)
                done.set_aside += 1
                continue
            waiting.append(one)
            if learned == "published" or len(waiting) == REPORTS_AT_ONCE:
                self._keep(waiting, done, learned)
        self._keep(waiting, done, learned)
        return done

    def _keep(self, waiting: list[CodedReport], done: Ingested, learned: str) -> None:
        """Keeps what waits and empties the list."""
        known_at = _published_by(waiting[0]) if waiting and learned == "published" else None
        for one, outcome in zip(waiting, self.store.keep_all(waiting, known_at=known_at), strict=True):
            setattr(done, outcome, getattr(done, outcome) + 1)
            if outcome != "unchanged":
                done.accounts += len(one.accounts)
                done.claims += len(one.claims)
        waiting.clear()

    def reports(
        self, *, words: str | None = None, limit: int = 100, offset: int = 0, as_of: datetime | None = None
    ) -> list[ReportLine]:
        """Reports, the latest known first."""
        lines = [d.line for d in self._view(as_of).digests]
        if words:
            lines = [r for r in lines if _holds(words, r.title, r.publisher, r.origin, r.key, r.id)]
        lines.sort(key=lambda r: (r.known_at, r.published or "", r.id, r.key), reverse=True)
        return lines[offset : offset + limit]

    def report(self, id: str, *, key: str | None = None, as_of: datetime | None = None) -> ReportView:
        """One report by its id (or an unambiguous beginning of it, or its key). Raises NotFound."""
        view = self._view(as_of)
        digest = self._find_report(view, id, key)
        line, refs = digest.line, [t.ref for t in digest.tellings]
        groups = {view.outcome.copied[ref] for ref in refs if ref in view.outcome.copied}
        copies = {r.report for r, group in view.outcome.copied.items() if group in groups} - {line.id}
        return ReportView(
            coded=next(coded for _, coded in self.store.coded([digest.number])),
            known_at=line.known_at,
            incidents={ref.account: view.incident_of[ref] for ref in refs},
            codings=tuple(self.store.versions(line.id, line.key, as_of=as_of)),
            copies=tuple(d.line for d in view.digests if d.line.id in copies),
        )

    def _find_report(self, view: _View, id: str, key: str | None) -> _Digest:
        found = [d for d in view.digests if d.line.id == id or d.line.key == id]
        if not found and len(id) >= FEWEST_LETTERS:
            found = [d for d in view.digests if d.line.id.startswith(id)]
        if key is not None:
            found = [d for d in found if d.line.key == key]
        if len({d.line.id for d in found}) > 1:
            raise NotFound(f"{id!r} begins the id of {len(found)} reports; write more of it.")
        if not found:
            raise NotFound(f"The store holds no report {id!r}{_by_then(view)}.")
        return found[-1]

    def set_aside(self, *, as_of: datetime | None = None) -> list[SetAside]:
        """The reports that could not be read, the latest first."""
        return [SetAside(key=k, reason=reason, known_at=at) for k, reason, at in self.store.aside(as_of=as_of)]

    # --- incidents -------------------------------------------------------------------------------------------------

    def incidents(
        self,
        filters: Filters | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
        as_of: datetime | None = None,
    ) -> Listed:
        """The incidents that pass, with how many do not."""
        view = self._view(as_of)
        passing = self._passing(view, filters or Filters())
        end = None if limit is None else offset + limit
        return Listed(
            incidents=tuple(m.incident for m in passing[offset:end]),
            total=len(passing),
            hidden=len(view.outcome.merged) - len(passing),
            unlocated=sum(not _located(m.incident) for m in passing),
        )

    def _passing(self, view: _View, filters: Filters) -> list[Merged]:
        passing = [m for m in view.outcome.merged if _passes(view, m, filters)]
        if filters.order == "origins":
            return sorted(passing, key=lambda m: (-m.incident.origins, m.incident.id))
        return sorted(passing, key=lambda m: (_first_day(m.incident), m.incident.id), reverse=filters.order == "newest")

    def incident(self, id: str, *, as_of: datetime | None = None) -> IncidentView:
        """One incident by its id, or by the id it had before a merge gave it an earlier account. Raises NotFound."""
        view = self._view(as_of)
        merged = self._find_incident(view, id)
        incident, refs = merged.incident, set(merged.incident.accounts)
        watched = view.watched[incident.id]
        kept = self.store.judgements(as_of=as_of)
        return IncidentView(
            incident=incident,
            accounts=tuple(self._account(view, t.ref) for t in merged.tellings),
            ledger=self._ledger(view, merged),
            titles_apart=_titles_apart([view.by_report[t.ref.report, t.ref.key].line for t in merged.tellings]),
            exposures=tuple(e for e in view.outcome.exposures if e.incident == incident.id),
            trips=tuple(t for t in view.outcome.trips if _bears_on(t, incident.id)),
            joins=tuple((left, right, score.value, score.reasons) for (left, right), score in merged.joins),
            judgements=tuple(_judgement_line(j) for j in kept if {j.judgement.left, j.judgement.right} & refs),
            known_at=min(t.known_at for t in merged.tellings),
            contested=bool(incident.dissent),
            corroboration=corroboration(watched.attestations),
        )

    def _find_incident(self, view: _View, id: str) -> Merged:
        """By its id, else by the id that one of its accounts would give."""
        found = view.merged.get(id)
        if found is None:
            earlier = (m for m in view.outcome.merged if any(incident_id(ref) == id for ref in m.incident.accounts))
            found = next(earlier, None)
        if found is None:
            raise NotFound(f"The store holds no incident {id!r}{_by_then(view)}.")
        return found

    def _account(self, view: _View, ref: AccountRef) -> AccountView:
        digest = view.by_report[ref.report, ref.key]
        account = next(t.account for t in digest.tellings if t.ref == ref)
        return AccountView(ref=ref, account=account, report=digest.line, words=digest.words[ref.account])

    def ledger(self, incident: str, *, as_of: datetime | None = None) -> tuple[LedgerLine, ...]:
        """The claims about an incident, in order of report and text, with what bears on what, and why."""
        view = self._view(as_of)
        return self._ledger(view, self._find_incident(view, incident))

    def _ledger(self, view: _View, merged: Merged) -> tuple[LedgerLine, ...]:
        claims = {(t.ref.report, c.id): (t, c) for t in merged.tellings for c in t.claims}
        bears, borne = defaultdict[str, list[Bearing]](list), defaultdict[str, list[Bearing]](list)
        for one in merged.bearings:
            bears[one.source].append(one)
            borne[one.target].append(one)
        lines = []
        for (report, id_), (telling, claim) in claims.items():
            digest, ref = view.by_report[report, telling.ref.key], f"{report}:{id_}"
            actor = telling.actors.get(claim.speaker.actor or "")
            by_rel = {r: tuple(b.target for b in bears[ref] if b.rel == r) for r in {b.rel for b in bears[ref]}}
            lines.append(
                LedgerLine(
                    ref=ref,
                    report=digest.line,
                    claim=claim,
                    speaker=actor.name if actor else claim.speaker.text or "",
                    quote=digest.quotes[id_],
                    contradicts=by_rel.get("contradicts", ()),
                    contradicted_by=tuple(b.source for b in borne[ref] if b.rel == "contradicts"),
                    supports=by_rel.get("supports", ()),
                    qualifies=by_rel.get("qualifies", ()),
                    repeats=by_rel.get("repeats", ()),
                    supersedes=by_rel.get("supersedes", ()),
                    superseded_by=tuple(b.source for b in borne[ref] if b.rel == "supersedes"),
                    reasons={b.target: b.reason for b in bears[ref]} | {b.source: b.reason for b in borne[ref]},
                )
            )
        return tuple(sorted(lines, key=lambda r: (r.report.published or "", r.report.id, r.claim.span, r.claim.id)))

    def suggestions(self, *, limit: int = 50, as_of: datetime | None = None) -> list[Suggestion]:
        """Pairs that the comparison is unsure about and nobody has judged, the likeliest first."""
        view = self._view(as_of)
        return [
            Suggestion(
                left=self._account(view, left),
                right=self._account(view, right),
                left_incident=view.incident_of[left],
                right_incident=view.incident_of[right],
                value=score.value,
                reasons=score.reasons,
            )
            for (left, right), score in view.outcome.suggestions[:limit]
        ]

    def judge(
        self,
        left: AccountRef,
        right: AccountRef,
        verdict: Literal["same", "different", "unsure"],
        *,
        by: str,
        why: str | None = None,
    ) -> int:
        """Keeps a person's word on a pair; gives the number to undo it by. Raises NotFound, ConflictError (a pair of itself)."""
        if verdict not in VERDICTS:
            raise UsageError(f"There is no verdict {verdict!r}; choose from {', '.join(VERDICTS)}.")
        by = _named(by, "judgement")
        at = moment(self.clock())
        return self.store.judge(Judgement(left=left, right=right, verdict=verdict, by=by, at=at, why=why))

    def merge(self, left: str, right: str, *, by: str, why: str | None = None) -> list[int]:
        """Judges two incidents to be one; gives the judgements' numbers."""
        view = self._view(None)
        one, other = self._find_incident(view, left), self._find_incident(view, right)
        if one.incident.id == other.incident.id:
            raise ConflictError(f"{left} and {right} are one incident already.")
        mine, theirs = one.incident.accounts, other.incident.accounts
        star = [*((mine[0], b) for b in theirs), *((a, theirs[0]) for a in mine[1:])]
        parted = [(a, b) for a in mine for b in theirs if frozenset((a, b)) in view.parted]
        return [self.judge(a, b, "same", by=by, why=why) for a, b in dict.fromkeys(star + parted)]

    def split(self, account: AccountRef, *, by: str, why: str | None = None) -> list[int]:
        """Takes an account out of its incident: different from each of the others; gives the judgements' numbers."""
        view = self._view(None)
        if account not in view.incident_of:
            raise NotFound(f"The store holds no account {account.report[:12]}:{account.account}.")
        others = [ref for ref in view.merged[view.incident_of[account]].incident.accounts if ref != account]
        if not others:
            raise ConflictError("The account stands alone in its incident already.")
        return [self.judge(account, other, "different", by=by, why=why) for other in others]

    def undo(self, number: int, *, by: str, why: str | None = None) -> None:
        """Withdraws a judgement: it stays on record and no longer counts. Raises NotFound, ConflictError (undone already)."""
        self.store.withdraw(number, by=_named(by, "undoing"), why=why)

    def judgements(self, *, as_of: datetime | None = None) -> list[JudgementLine]:
        """All judgements, the latest first, undone ones marked."""
        return [_judgement_line(j) for j in reversed(self.store.judgements(as_of=as_of))]

    # --- posts and posture -----------------------------------------------------------------------------------------

    def load_posts(self, file: Path, *, by: str | None = None, known_at: datetime | None = None) -> int:
        """Keeps the posts of a CSV or GeoJSON file; gives how many are new or changed. Raises DataError with all faults."""
        return self.store.load(load_posts(Path(file)), by=by, known_at=known_at)

    def posts(self, *, as_of: datetime | None = None) -> list[Post]:
        """The posts, by id."""
        return list(self._view(as_of).posts.values())

    def post(self, id: str, *, as_of: datetime | None = None) -> PostView:
        """One post with its exposures, tripwires and posture. Raises NotFound."""
        view = self._view(as_of)
        posture = self.posture(id, as_of=as_of)
        near = sorted((e for e in view.outcome.exposures if e.post == id), key=lambda e: (e.distance_km, e.incident))
        return PostView(
            post=posture.post,
            posture=posture.current,
            history=posture.history,
            exposures=tuple(near),
            incidents={e.incident: view.merged[e.incident].incident for e in near},
            trips=tuple(t for t in self.trips(as_of=as_of) if t.post.id == id),
            told=tuple(
                (d.line, change)
                for d in view.digests
                for change in d.coded_posture
                if _concerns(change, posture.post, d.coded_posture)
            ),
            warnings=posture.warnings,
        )

    def exposures(self, *, as_of: datetime | None = None) -> list[Exposure]:
        """Every incident inside a ring of a post."""
        return list(self._view(as_of).outcome.exposures)

    def posture(self, post: str, *, as_of: datetime | None = None) -> PostureView:
        """A post's posture: what is in effect, how it came, and what does not fit. Raises NotFound."""
        view = self._view(as_of)
        held = self._post(view, post)
        entries = [e for e in self.store.posture(as_of=as_of) if e.post == post]
        history = sorted(enumerate(entries), key=lambda e: (e[1].valid_from, e[0]), reverse=True)
        day = view.at.date().isoformat()
        current = next((e for _, e in history if e.valid_from[:10] <= day), None)
        issued = [
            d.line.published
            for d in view.digests
            for a in d.advisories
            if d.line.published and a.country == held.country and (not held.owner or a.issuer in (held.owner, None))
        ]
        newest_first = tuple(e for _, e in history)
        return PostureView(
            post=held, current=current, history=newest_first, warnings=posture_warnings(newest_first, issued)
        )

    def posture_owed(self, *, as_of: datetime | None = None) -> list[PostureOwed]:
        """What reports tell of the posts and no posture entry answers, in order of time. Only a person moves posture."""
        found = []
        for id in self._view(as_of).posts:
            view = self.post(id, as_of=as_of)
            entered = [e.valid_from[:10] for e in view.history]
            for told in _told_together([t for t in view.told if t[1].change not in STAYS]):
                first, last = _told_on(told[0]), _told_on(told[-1])
                if not any(_days_between(first, day) >= -TOGETHER_DAYS and day <= last for day in entered):
                    found.append(_owed_posture(view.post, told))
        return sorted(found, key=lambda o: (o.since, o.post.id))

    def _post(self, view: _View, id: str) -> Post:
        if id not in view.posts:
            raise NotFound(f"There is no post {id!r}{_by_then(view)}; the posts are {', '.join(view.posts) or 'none'}.")
        return view.posts[id]

    def set_posture(
        self,
        post: str,
        status: str,
        *,
        by: str,
        label: str | None = None,
        valid_from: str | None = None,
        basis: Sequence[str] = (),
        note: str | None = None,
    ) -> PostureEntry:
        """Appends a posture entry: `status` is the official one (see POSTURES), `label` a speaker's word for it.

        Only a person moves posture; `basis` names incidents or claims. Raises NotFound, UsageError.
        """
        self._post(self._view(None), post)
        if status not in POSTURES:
            raise UsageError(f"There is no posture {status!r}; choose from {', '.join(POSTURES)}.")
        now = self.clock()
        entry = PostureEntry(
            post=post,
            status=status,
            label=label,
            valid_from=_day("valid_from", valid_from) or now.date().isoformat(),
            known_at=moment(now),
            by=_named(by, "posture entry"),
            basis=tuple(basis),
            note=note,
        )
        self.store.declare(entry)
        return entry

    # --- tripwires and decisions -----------------------------------------------------------------------------------

    def load_tripwires(self, file: Path, *, by: str | None = None, known_at: datetime | None = None) -> int:
        """Keeps the tripwires of a TOML file, changed ones as a new version. Raises DataError with all faults."""
        found, posts = load_tripwires(Path(file)), self._view(None).posts
        if strange := [t for t in found if posts and t.post not in posts]:
            known = ", ".join(posts)
            raise DataError(
                str(file), [f"{t.id}: there is no post {t.post!r}; the posts are {known}." for t in strange]
            )
        return self.store.load(found, by=by, known_at=known_at)

    def tripwires(self, *, as_of: datetime | None = None) -> list[Tripwire]:
        """The tripwires in their latest version, by post and id."""
        return sorted(self._view(as_of).tripwires.values(), key=lambda t: (t.post, t.id))

    def trips(self, *, post: str | None = None, as_of: datetime | None = None) -> list[TripView]:
        """Every tripwire evaluated: owed decisions first, then crossed, cannot tell, not crossed."""
        view = self._view(as_of)
        trips = [t for t in view.outcome.trips if t.post in view.posts and (post is None or t.post == post)]
        decisions = self.store.decisions(as_of=as_of)
        found = [_trip_view(view, trip, decisions) for trip in trips]
        order = ("crossed", "cannot_tell", "not_crossed")
        return sorted(found, key=lambda t: (not t.owed, order.index(t.trip.result), t.post.id, t.tripwire.id))

    def trip(self, tripwire: str, *, as_of: datetime | None = None) -> TripView:
        """One tripwire evaluated. Raises NotFound."""
        found = next((t for t in self.trips(as_of=as_of) if t.tripwire.id == tripwire), None)
        if found is None:
            raise NotFound(f"There is no tripwire {tripwire!r}{_by_then(self._view(as_of))} at a post of this desk.")
        return found

    def decide(
        self,
        tripwire: str,
        verdict: Literal["act", "defer", "waive"],
        *,
        reason: str,
        by: str,
        until: str | None = None,
    ) -> Decision:
        """Records a decision about a tripwire. Raises NotFound; UsageError without reason or name, or defer without a day."""
        if verdict not in DECISIONS:
            raise UsageError(f"There is no decision {verdict!r}; choose from {', '.join(DECISIONS)}.")
        if not reason.strip():
            raise UsageError("A decision needs a reason.")
        if (verdict == "defer") != (until is not None):
            raise UsageError("A deferral needs the day until when, and only a deferral has one.")
        post, at = self.trip(tripwire).post.id, moment(self.clock())
        decision = Decision(
            tripwire=tripwire,
            post=post,
            verdict=verdict,
            until=_day("until", until),
            reason=reason.strip(),
            by=_named(by, "decision"),
            at=at,
        )
        self.store.decide(decision)
        return decision

    def owed(self, *, as_of: datetime | None = None) -> list[TripView]:
        """Crossed tripwires that nobody has decided on, or whose deferral has run out."""
        return [t for t in self.trips(as_of=as_of) if t.owed]

    def backtest(self, tripwire: str | Tripwire, *, times: Sequence[datetime] | None = None) -> list[Trip]:
        """The tripwire evaluated at each time (default: whenever something became known): one Trip per change of result."""
        now = self._view(None)
        if isinstance(tripwire, str) and tripwire not in now.tripwires:
            raise NotFound(
                f"There is no tripwire {tripwire!r}; the tripwires are {', '.join(now.tripwires) or 'none'}."
            )
        rule = now.tripwires[tripwire] if isinstance(tripwire, str) else tripwire
        post = self._post(now, rule.post)
        moments = [datetime.fromisoformat(t) for t in self.store.known_times()] if times is None else sorted(times)
        return backtest(rule, post, ((at, self._view(at, keep=False).outcome.watched) for at in moments))

    # --- overview and output ---------------------------------------------------------------------------------------

    def home(self, *, as_of: datetime | None = None) -> Home:
        """The counts of the first page."""
        view, trips = self._view(as_of), self.trips(as_of=as_of)
        incidents = [m.incident for m in view.outcome.merged if _is_told_as_real(m.incident)]
        return Home(
            reports=len(view.digests),
            accounts=sum(d.line.accounts for d in view.digests),
            claims=sum(d.line.claims for d in view.digests),
            incidents=len(incidents),
            unlocated=sum(not _located(i) for i in incidents),
            contested=sum(bool(i.dissent) for i in incidents),
            suggestions=len(view.outcome.suggestions),
            posts=len(view.posts),
            exposed_posts=len({e.post for e in view.outcome.exposures}),
            tripwires=len(view.tripwires),
            crossed=sum(t.trip.result == "crossed" for t in trips),
            cannot_tell=sum(t.trip.result == "cannot_tell" for t in trips),
            owed=sum(t.owed for t in trips),
            set_aside=len(self.store.aside(as_of=as_of)),
            latest_known=max((d.line.known_at for d in view.digests), default=None),
            by_type=dict(sorted(Counter(i.type for i in incidents).items())),
        )

    def log(self, *, limit: int = 200, as_of: datetime | None = None) -> list[LogLine]:
        """What changed, the latest first."""
        return [LogLine(**row) for row in self.store.changes(limit=limit, as_of=as_of)]

    def publish(
        self, kind: str, out: TextIO, *, lang: str = "en", filters: Filters | None = None, as_of: datetime | None = None
    ) -> None:
        """Writes the incidents as csv, claims (a second CSV) or geojson. Raises UsageError naming the kinds there are."""
        write = registry.resolve("publishers", kind)
        view = self._view(as_of)
        entries = (self._entry(view, m) for m in self._passing(view, filters or Filters(order="oldest")))
        posts = tuple(self._post_state(p, as_of) for p in view.posts)
        write(Edition(as_of=view.at.isoformat(), entries=entries, posts=posts), out, lang=lang)

    def _post_state(self, id: str, as_of: datetime | None) -> PostState:
        posture, trips = self.posture(id, as_of=as_of), self.trips(post=id, as_of=as_of)
        rules = tuple(
            Rule(tripwire=t.tripwire, trip=t.trip, owed=t.owed, decisions=t.decisions, incidents=t.incidents)
            for t in trips
        )
        return PostState(post=posture.post, posture=posture.current, rules=rules, warnings=posture.warnings)

    def _entry(self, view: _View, merged: Merged) -> Entry:
        lines = [view.by_report[ref.report, ref.key].line for ref in merged.incident.accounts]
        return Entry(
            incident=merged.incident,
            known_at=max(t.known_at for t in merged.tellings),
            exposures=tuple(e for e in view.outcome.exposures if e.incident == merged.incident.id),
            sources=tuple(
                Source(id=r.id, key=r.key, publisher=r.publisher, published=r.published, uri=r.uri) for r in lines
            ),
            claims=tuple(
                Said(ref=r.ref, speaker=r.speaker, quote=r.quote, claim=r.claim, contradicts=r.contradicts)
                for r in self._ledger(view, merged)
            ),
        )

    # --- the view as of a time -------------------------------------------------------------------------------------

    def _view(self, as_of: datetime | None, *, keep: bool = True) -> _View:
        """Everything recomputed from what was known by `as_of`; kept in memory until something changes."""
        with self._lock:
            at = as_of or self.clock()
            key = (moment(as_of) if as_of else None, self.store.last_change(), at.date().isoformat())
            if key in self._views:
                self._views.move_to_end(key)
                return self._views[key]
            view = self._compute(as_of, at)
            if keep:
                self._views[key] = view
                while len(self._views) > VIEWS_KEPT:
                    self._views.popitem(last=False)
            return view

    def _compute(self, as_of: datetime | None, at: datetime) -> _View:
        known = self.store.codings(as_of=as_of)
        for number, coded in self.store.coded(set(known) - set(self._digests)):
            self._digests[number] = _digest(number, coded, known[number][0])
        digests = [self._digests[number] for number in known]
        kept = self.store.judgements(as_of=as_of)
        posts = {k.value.id: k.value for k in self.store.posts(as_of=as_of)}
        tripwires = {k.value.id: k.value for k in self.store.tripwires(as_of=as_of)}
        outcome = weigh(
            (t for d in digests for t in d.tellings),
            judgements=[j.judgement for j in kept if j.standing],
            posts=list(posts.values()),
            tripwires=list(tripwires.values()),
            decisions=self.store.decisions(as_of=as_of),
            as_of=at,
            window_days=self.window_days,
            score=self._score,
        )
        different = {
            frozenset((j.judgement.left, j.judgement.right))
            for j in kept
            if j.standing and j.judgement.verdict == "different"
        }
        return _View(
            at=at, as_of=as_of, digests=digests, outcome=outcome, posts=posts, tripwires=tripwires, parted=different
        )

    def _score(self, left: Telling, right: Telling, *, copied: bool) -> Score:
        """`compare`, remembered: a telling lives as long as the desk, so its identity names it."""
        key = (id(left), id(right), copied)
        if key not in self._scores:
            self._scores[key] = compare(left, right, copied=copied)
        return self._scores[key]


REPORTS_AT_ONCE = 25  # kept in one transaction: a run that breaks off loses no more than these
VIEWS_KEPT = 4
FEWEST_LETTERS = 6  # of a report's id
VERDICTS = ("same", "different", "unsure")
DECISIONS = ("act", "defer", "waive")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Digest:
    """What the desk keeps in memory of a coding: everything but the text."""

    number: int
    line: ReportLine
    tellings: tuple[Telling, ...]
    words: dict[str, tuple[str, ...]]  # account id -> its quoted words
    quotes: dict[str, str]  # claim id -> its quoted words
    coded_posture: tuple[PostureChange, ...]
    advisories: tuple[Advisory, ...]


def _digest(number: int, coded: CodedReport, known_at: str) -> _Digest:
    report = coded.report
    line = ReportLine(
        id=report.id,
        key=report.key,
        title=report.title,
        publisher=report.publisher,
        origin=report.origin,
        uri=report.uri,
        language=report.language,
        published=report.published,
        known_at=known_at,
        accounts=len(coded.accounts),
        claims=len(coded.claims),
    )
    return _Digest(
        number=number,
        line=line,
        tellings=tuple(tellings(coded, known_at=known_at)),
        words={a.id: tuple(report.words(s) for s in a.spans) for a in coded.accounts},
        quotes={c.id: report.words(c.span) for c in coded.claims},
        coded_posture=coded.posture,
        advisories=coded.advisories,
    )


@dataclass(slots=True, kw_only=True)
class _View:
    """Everything as it was known at a time."""

    at: datetime
    as_of: datetime | None
    digests: list[_Digest]
    outcome: Outcome
    posts: dict[str, Post]
    tripwires: dict[str, Tripwire]
    parted: set[frozenset[AccountRef]]
    merged: dict[str, Merged] = field(init=False)
    watched: dict[str, Watched] = field(init=False)
    incident_of: dict[AccountRef, str] = field(init=False)
    by_report: dict[tuple[str, str], _Digest] = field(init=False)
    exposed: dict[str, set[str]] = field(init=False)  # incident -> posts

    def __post_init__(self) -> None:
        self.merged = {m.incident.id: m for m in self.outcome.merged}
        self.watched = {w.incident.id: w for w in self.outcome.watched}
        self.incident_of = {ref: m.incident.id for m in self.outcome.merged for ref in m.incident.accounts}
        self.by_report = {(d.line.id, d.line.key): d for d in self.digests}
        self.exposed = defaultdict(set)
        for exposure in self.outcome.exposures:
            self.exposed[exposure.incident].add(exposure.post)


def _passes(view: _View, merged: Merged, filters: Filters) -> bool:
    incident = merged.incident
    place, (first, last) = incident.place, _ends(incident)
    tests = (
        filters.every or bool(filters.statuses) or _is_told_as_real(incident),
        not filters.types or incident.type in filters.types,
        not filters.statuses or incident.status in filters.statuses,
        not filters.since or last >= filters.since,
        not filters.until or (bool(first) and first <= filters.until),
        not filters.country or (place is not None and place.country == filters.country),
        not filters.post or filters.post in view.exposed.get(incident.id, ()),
        filters.contested is None or bool(incident.dissent) == filters.contested,
        filters.located is None or _located(incident) == filters.located,
        incident.origins >= filters.min_origins,
        filters.box is None or _inside(place, filters.box),
    )
    return all(tests) and (not filters.words or _tells_of(view, merged, filters.words))


def _is_told_as_real(incident: Incident) -> bool:
    """Whether somebody says that it happened, or that authorities will do it; a threat is real once it is uttered."""
    if incident.status in HAPPENED:
        return True
    if incident.status == "announced":
        return incident.type in ANNOUNCED
    return incident.status == "threatened" and incident.type == "threat"


HAPPENED = ("occurred", "attempted", "ongoing")
ANNOUNCED = {
    "closure", "shutdown", "curfew", "expulsion", "sanction", "troop_deployment", "agreement", "platform_ban", "protest",
    "obstruction", "threat", "accusation",
}  # fmt: skip


def _tells_of(view: _View, merged: Merged, words: str) -> bool:
    lines = [view.by_report[t.ref.report, t.ref.key].line for t in merged.tellings]
    names = [r.text for t in merged.tellings for r in t.account.roles]
    places = [t.account.place.name for t in merged.tellings if t.account.place]
    titles = [text for line in lines for text in (line.title, line.key, line.publisher)]
    quotes = [q for t in merged.tellings for q in view.by_report[t.ref.report, t.ref.key].words[t.ref.account]]
    return _holds(words, merged.incident.id, merged.incident.type.replace("_", " "), *titles, *names, *places, *quotes)


def _holds(words: str, *texts: str | None) -> bool:
    """Whether every word typed stands somewhere in the texts."""
    whole = " ".join(t for t in texts if t).casefold()
    return all(word in whole for word in words.casefold().split())


def _inside(place: Place | None, box: tuple[float, float, float, float]) -> bool:
    if place is None or place.lat is None or place.lon is None:
        return False
    west, south, east, north = box
    across = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
    return across and south <= place.lat <= north


def _located(incident: Incident) -> bool:
    return incident.place is not None and incident.place.lat is not None


def _first_day(incident: Incident) -> str:
    return _ends(incident)[0]


def _ends(incident: Incident) -> tuple[str, str]:
    """First and last day as text; both empty if it is not told."""
    start, end = (incident.when.start, incident.when.end) if incident.when else (None, None)
    return (start or end or "")[:10], (end or start or "")[:10]


def _bears_on(trip: Trip, incident: str) -> bool:
    """Whether a tripwire counts an incident, refuses it, or misses something about it."""
    return incident in _names(trip)


def _names(trip: Trip) -> list[str]:
    """The incidents that a tripwire counts, refuses, or misses something about."""
    missing = (m.partition(":")[0] for m in trip.missing)
    return list(dict.fromkeys((*trip.counted, *(i for i, _ in trip.refused), *missing)))


SURELY_APART = 0.7  # how likely two titles must be to speak against each other before the desk says so


def _titles_apart(reports: Sequence[ReportLine]) -> tuple[TitlesApart, ...]:
    """Titles of one incident that speak against that of its earliest report in their language, and say what with."""
    first: dict[str, ReportLine] = {}
    found = []
    for report in sorted(reports, key=lambda r: (r.published or "9999", r.known_at, r.id)):
        other = first.setdefault(report.language, report)
        if (
            report.title
            and other.title
            and report.title != other.title
            and report.language in registry.names("languages")
        ):
            said = opposed(other.title, report.title, report.language)
            if (
                said.verdict == "disagree"
                and said.against >= SURELY_APART
                and "told_otherwise" not in {r.key for r in said.reasons}
            ):
                found.append(
                    TitlesApart(earlier=other, later=report, against=round(said.against, 2), reasons=said.reasons)
                )
    return tuple(found)


def _judgement_line(kept: KeptJudgement) -> JudgementLine:
    return JudgementLine(number=kept.number, judgement=kept.judgement, standing=kept.standing)


def _trip_view(view: _View, trip: Trip, decisions: Sequence[Decision]) -> TripView:
    rule = view.tripwires[trip.tripwire]
    taken = tuple(d for d in decisions if d.tripwire == trip.tripwire)
    days = [_ends(view.merged[i].incident)[1] for i in trip.counted]
    return TripView(
        trip=trip,
        tripwire=rule,
        post=view.posts[trip.post],
        happened_at=max(filter(None, days), default=None),
        decisions=taken,
        owed=owed(trip, taken, as_of=view.at),
        stale=bool(rule.review_due and rule.review_due < view.at.date().isoformat()),
        latest=taken[-1] if taken else None,
        incidents={i: view.merged[i].incident for i in _names(trip) if i in view.merged},
    )


def _concerns(change: PostureChange, post: Post, others: Sequence[PostureChange]) -> bool:
    """Whether a report's word on a mission is about this post: by its register id or name, or its owner, kind and place.

    A mission whose owner is not told is of the owner of the others that the report tells of, if they are all of one.
    """
    told = change.post
    if (told.known_as or "").rpartition(":")[2] == post.id or told.name.casefold() in {
        n.casefold() for n in post.name.values()
    }:
        return True
    owners = {told.owner} if told.owner else {o.post.owner for o in others if o.post.owner}
    if owners != {post.owner} or (told.kind and told.kind != post.kind):
        return False
    return told.place is not None and told.place.name.casefold() == post.town.casefold()


STAYS = ("unchanged", "reopen")
TOGETHER_DAYS = 14  # what is told of a post within these days may be one decision under several labels
Change = tuple[ReportLine, PostureChange]


def _told_together(told: Iterable[Change]) -> list[list[Change]]:
    """Changes told one after the other without a long pause."""
    runs: list[list[Change]] = []
    for one in sorted((t for t in told if _told_on(t)), key=lambda t: (_told_on(t), t[0].id)):
        if runs and _days_between(_told_on(runs[-1][-1]), _told_on(one)) <= TOGETHER_DAYS:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _told_on(told: Change) -> str:
    return (told[1].effective or told[0].published or "")[:10]


def _days_between(first: str, second: str) -> int:
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def _owed_posture(post: Post, told: Sequence[Change]) -> PostureOwed:
    often = Counter[str](change.change for _, change in told)
    return PostureOwed(
        post=post,
        since=_told_on(told[0]),
        changes=tuple(sorted(often, key=lambda c: (-often[c], str(c)))),
        labels=tuple(dict.fromkeys(c.label for _, c in told if c.label)),
        reports=tuple({line.id: line for line, _ in told}.values()),
    )


def _published_by(coded: CodedReport) -> datetime | None:
    """The end of the day of publication, or the time given; None if the report has none."""
    told = coded.report.published
    if not told:
        return None
    at = datetime.fromisoformat(told if len(told) > 10 else f"{told}T23:59:59")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _day(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{name} {text!r} is no day; write it as 2026-01-31.") from None
    return text


def _named(by: str, what: str) -> str:
    if not by.strip():
        raise UsageError(f"A {what} needs a name.")
    return by.strip()


def _by_then(view: _View) -> str:
    return f" as of {view.as_of.isoformat()}" if view.as_of else ""


def as_of_time(value: str | None) -> datetime | None:
    """An ISO time as a person types it (UTC where no zone is said); a bare day means its end. Raises UsageError."""
    if not value:
        return None
    try:
        found = datetime.fromisoformat(f"{value}T23:59:59.999999" if len(value) == 10 else value)
    except ValueError:
        raise UsageError(f"{value!r} is no time; write 2018-09-29 or 2018-09-29T22:28.") from None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    if not 1900 <= found.year <= 9000:
        raise UsageError(f"{value!r} is out of range; write a time between the years 1900 and 9000.")
    return found
