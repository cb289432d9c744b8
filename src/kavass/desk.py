"""The one service layer: every use case of the desk, used by the web pages and the command line alike.

Nothing here is edited: what was told, judged, decided and declared is appended with the time it became known, and incidents,
exposures and trips are recomputed from it. So every read takes `as_of`: what was known by then (`None`: everything).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, TextIO

from kavass.errors import UnreadableReport
from kavass.model import (
    Account,
    AccountRef,
    Claim,
    CodedReport,
    Decision,
    Exposure,
    Incident,
    IncidentType,
    Judgement,
    Post,
    PostureChange,
    PostureEntry,
    Report,
    Status,
    Trip,
    Tripwire,
)


@dataclass(slots=True, kw_only=True)
class Ingested:
    """What an ingest did, counted. `str()` is the sentence for the terminal."""

    new: int = 0
    recoded: int = 0
    unchanged: int = 0
    set_aside: int = 0
    accounts: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which incidents to show. Empty means any; all given must hold. Times are ISO dates of the incident."""

    types: tuple[IncidentType, ...] = ()
    statuses: tuple[Status, ...] = ()
    since: str | None = None
    until: str | None = None
    country: str | None = None
    post: str | None = None  # inside a ring of this post
    words: str | None = None  # in the title, place, names or key of its reports, as a person would type them
    contested: bool | None = None
    located: bool | None = None
    min_origins: int = 1
    box: tuple[float, float, float, float] | None = None  # west, south, east, north
    order: Literal["newest", "oldest", "origins"] = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Incidents that pass the filters, and how many the filters hide or the map cannot show."""

    incidents: tuple[Incident, ...]
    total: int  # that pass the filters (before limit and offset)
    hidden: int  # that do not pass
    unlocated: int  # that pass and have no coordinates


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report in a list. `id` and `key` name it; `known_at` is when the desk learned of it."""

    id: str
    key: str
    title: str | None
    publisher: str | None
    origin: str | None  # the origin group it counts for: copies of one wire share it
    language: str
    published: str | None
    known_at: str
    accounts: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One report with its latest coding by `as_of`, the incidents it tells of and the versions it was coded by."""

    coded: CodedReport
    known_at: str
    incidents: dict[str, str]  # account id -> incident id
    codings: tuple[tuple[str, str], ...]  # (kavass version, known_at), oldest first
    copies: tuple[ReportLine, ...]  # other reports of the same origin

    @property
    def report(self) -> Report:
        return self.coded.report


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """One account of an incident, with the report it stands in and its quoted words."""

    ref: AccountRef
    account: Account
    report: ReportLine
    words: tuple[str, ...]  # the quoted words of account.spans


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A claim as the ledger shows it: who, on what footing, the words, and what stands against it."""

    ref: str  # report-id:claim-id
    report: ReportLine
    claim: Claim
    speaker: str  # the speaker's name or words; "" is the report itself
    quote: str
    contradicts: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    qualifies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two accounts that may tell of one incident: the score, the reasons in sentences, and where each stands now."""

    left: AccountView
    right: AccountView
    left_incident: str
    right_incident: str
    value: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementLine:
    """A judgement as kept; `number` is what `undo` takes. `standing` is false once undone."""

    number: int
    judgement: Judgement
    standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """One incident with everything that speaks for and against it."""

    incident: Incident
    accounts: tuple[AccountView, ...]
    ledger: tuple[LedgerLine, ...]
    exposures: tuple[Exposure, ...]
    trips: tuple[Trip, ...]  # that count or refuse it
    joins: tuple[tuple[AccountRef, AccountRef, float, tuple[str, ...]], ...]  # why the accounts stand together
    judgements: tuple[JudgementLine, ...]
    known_at: str  # when the desk first learned of it
    contested: bool
    corroboration: Literal["K0", "K1", "K2", "K3"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TripView:
    """A tripwire as it stands: its evaluation, the incidents' time, the decisions taken, whether one is owed."""

    trip: Trip
    tripwire: Tripwire
    post: Post
    happened_at: str | None  # latest incident time that counts towards it
    decisions: tuple[Decision, ...]  # oldest first
    owed: bool  # crossed and not decided, or deferred until a day that has come
    stale: bool  # its review is overdue
    latest: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """One post: who is near, which rules stand how, what is owed, and its posture through time."""

    post: Post
    posture: PostureEntry | None  # in effect by as_of
    history: tuple[PostureEntry, ...]  # newest first
    exposures: tuple[Exposure, ...]  # nearest first
    incidents: dict[str, Incident]  # those of the exposures, by id
    trips: tuple[TripView, ...]
    told: tuple[tuple[ReportLine, PostureChange], ...]  # what reports say happened to it
    warnings: tuple[str, ...]  # invariants that do not hold


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureView:
    """A post's posture history with the warnings about it."""

    post: Post
    current: PostureEntry | None
    history: tuple[PostureEntry, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A report that could not be read, and why."""

    key: str
    reason: str
    known_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One change: `kind` is report, coding, judgement, undo, decision, posture, post, tripwire or set_aside."""

    number: int
    at: str
    kind: str
    subject: str
    by: str | None
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The numbers of the first page."""

    reports: int
    accounts: int
    claims: int
    incidents: int
    unlocated: int
    contested: int
    suggestions: int
    posts: int
    exposed_posts: int
    tripwires: int
    crossed: int
    cannot_tell: int
    owed: int
    set_aside: int
    latest_known: str | None
    by_type: dict[str, int] = field(default_factory=dict)


class Desk:
    """The desk over one store; open it once, share it between threads, close it at the end (or use `with`)."""

    def __init__(
        self, store_url: str, *, window_days: float = 10.0, clock: Callable[[], datetime] | None = None
    ) -> None:
        """Opens (and, if needed, creates or upgrades) the store, e.g. `sqlite:///desk.db`.

        `window_days`: accounts further apart are never compared. `clock` gives the time at which things become known.
        """
        raise NotImplementedError

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the store's connections back."""
        raise NotImplementedError

    # --- reports ---------------------------------------------------------------------------------------------------

    def ingest(
        self, coded: Iterable[CodedReport | UnreadableReport], *, learned: Literal["now", "published"] = "now"
    ) -> Ingested:
        """Keeps a stream of coded reports, set-aside ones with their reason.

        The same report with the same coding changes nothing; a new coding of it is appended and read from then on.
        `learned="published"` is for archives: each report counts as known from (the end of) the day it was published.
        """
        raise NotImplementedError

    def reports(
        self, *, words: str | None = None, limit: int = 100, offset: int = 0, as_of: datetime | None = None
    ) -> list[ReportLine]:
        """Reports, the latest known first."""
        raise NotImplementedError

    def report(self, id: str, *, key: str | None = None, as_of: datetime | None = None) -> ReportView:
        """One report by its id (or an unambiguous beginning of it, or its key). Raises NotFound."""
        raise NotImplementedError

    def set_aside(self, *, as_of: datetime | None = None) -> list[SetAside]:
        """The reports that could not be read, the latest first."""
        raise NotImplementedError

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
        raise NotImplementedError

    def incident(self, id: str, *, as_of: datetime | None = None) -> IncidentView:
        """One incident by its id, or by the id it had before a merge gave it an earlier account. Raises NotFound."""
        raise NotImplementedError

    def ledger(self, incident: str, *, as_of: datetime | None = None) -> tuple[LedgerLine, ...]:
        """The claims about an incident, in order of report and text, with what contradicts what."""
        raise NotImplementedError

    def suggestions(self, *, limit: int = 50, as_of: datetime | None = None) -> list[Suggestion]:
        """Pairs that the comparison is unsure about and nobody has judged, the likeliest first."""
        raise NotImplementedError

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
        raise NotImplementedError

    def merge(self, left: str, right: str, *, by: str, why: str | None = None) -> list[int]:
        """Judges two incidents to be one; gives the judgements' numbers."""
        raise NotImplementedError

    def split(self, account: AccountRef, *, by: str, why: str | None = None) -> list[int]:
        """Takes an account out of its incident: different from each of the others; gives the judgements' numbers."""
        raise NotImplementedError

    def undo(self, number: int, *, by: str, why: str | None = None) -> None:
        """Withdraws a judgement: it stays on record and no longer counts. Raises NotFound, ConflictError (undone already)."""
        raise NotImplementedError

    def judgements(self, *, as_of: datetime | None = None) -> list[JudgementLine]:
        """All judgements, the latest first, undone ones marked."""
        raise NotImplementedError

    # --- posts and posture -----------------------------------------------------------------------------------------

    def load_posts(self, file: Path, *, by: str | None = None, known_at: datetime | None = None) -> int:
        """Keeps the posts of a CSV or GeoJSON file; gives how many are new or changed. Raises DataError with all faults."""
        raise NotImplementedError

    def posts(self, *, as_of: datetime | None = None) -> list[Post]:
        """The posts, by id."""
        raise NotImplementedError

    def post(self, id: str, *, as_of: datetime | None = None) -> PostView:
        """One post with its exposures, tripwires and posture. Raises NotFound."""
        raise NotImplementedError

    def exposures(self, *, as_of: datetime | None = None) -> list[Exposure]:
        """Every incident inside a ring of a post."""
        raise NotImplementedError

    def posture(self, post: str, *, as_of: datetime | None = None) -> PostureView:
        """A post's posture: what is in effect, how it came, and what does not fit. Raises NotFound."""
        raise NotImplementedError

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
        raise NotImplementedError

    # --- tripwires and decisions -----------------------------------------------------------------------------------

    def load_tripwires(self, file: Path, *, by: str | None = None, known_at: datetime | None = None) -> int:
        """Keeps the tripwires of a TOML file, changed ones as a new version. Raises DataError with all faults."""
        raise NotImplementedError

    def tripwires(self, *, as_of: datetime | None = None) -> list[Tripwire]:
        """The tripwires in their latest version, by post and id."""
        raise NotImplementedError

    def trips(self, *, post: str | None = None, as_of: datetime | None = None) -> list[TripView]:
        """Every tripwire evaluated: owed decisions first, then crossed, cannot tell, not crossed."""
        raise NotImplementedError

    def trip(self, tripwire: str, *, as_of: datetime | None = None) -> TripView:
        """One tripwire evaluated. Raises NotFound."""
        raise NotImplementedError

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
        raise NotImplementedError

    def owed(self, *, as_of: datetime | None = None) -> list[TripView]:
        """Crossed tripwires that nobody has decided on, or whose deferral has run out."""
        raise NotImplementedError

    def backtest(self, tripwire: str | Tripwire, *, times: Sequence[datetime] | None = None) -> list[Trip]:
        """The tripwire evaluated at each time (default: whenever something became known): one Trip per change of result."""
        raise NotImplementedError

    # --- overview and output ---------------------------------------------------------------------------------------

    def home(self, *, as_of: datetime | None = None) -> Home:
        """The counts of the first page."""
        raise NotImplementedError

    def log(self, *, limit: int = 200, as_of: datetime | None = None) -> list[LogLine]:
        """What changed, the latest first."""
        raise NotImplementedError

    def publish(
        self, kind: str, out: TextIO, *, lang: str = "en", filters: Filters | None = None, as_of: datetime | None = None
    ) -> None:
        """Writes the incidents as csv, claims (a second CSV) or geojson. Raises UsageError naming the kinds there are."""
        raise NotImplementedError
