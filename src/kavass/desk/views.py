"""What the desk answers with: frozen values, one for each kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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

    def __str__(self) -> str:
        told = f"{self.new} new, {self.recoded} coded anew, {self.unchanged} unchanged, {self.set_aside} set aside"
        return f"Reports: {told}; {self.accounts} accounts and {self.claims} claims kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which incidents to show. Empty means any; all given must hold. Times are ISO dates of the incident.

    What nobody says to have happened is no incident, though it stays in the record: a conditional, a threatened or denied deed, an
    act of violence only announced. It is shown where its status is asked for by name, or everything is.
    """

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
    every: bool = False  # those, too, that nobody says to have happened
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
    origin: str | None  # who told it first, if that can be inferred
    uri: str | None
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
    """A claim as the ledger shows it: who, on what footing, the words, and what stands against it.

    The relations give references of what it bears on or is borne upon by; `reasons` says of each why, in a sentence.
    """

    ref: str  # report-id:claim-id
    report: ReportLine
    claim: Claim
    speaker: str  # the speaker's name or words; "" is the report itself
    quote: str
    contradicts: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    qualifies: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlesApart:
    """Two titles of one incident that speak against each other, how likely that is (0..1), and the words that show it."""

    earlier: ReportLine
    later: ReportLine
    against: float
    reasons: tuple[str, ...]


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
    titles_apart: tuple[TitlesApart, ...]
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
    incidents: dict[str, Incident] = field(default_factory=dict)  # that it counts, refuses or misses something about


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
class PostureOwed:
    """What reports say happened to a post and nobody at the desk has entered: several words for it, told in the same days."""

    post: Post
    since: str  # the day it is first told of, or in effect
    changes: tuple[str, ...]  # the kinds told, the most often told first
    labels: tuple[str, ...]  # the speakers' own words for it
    reports: tuple[ReportLine, ...]


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
