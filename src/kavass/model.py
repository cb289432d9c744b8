"""What travels along the line: frozen types, no logic beyond checks and properties.

The first half is the contract (`kavass/coded-report/1`): JSON and its schema are generated from these types, so a field
is added here and nowhere else. The second half is what the desk keeps: posts, tripwires, judgements, decisions.

Conventions: every type is frozen, slotted and keyword-only; offsets are code points into `report.text`, half-open; a
`When` holds bare ISO dates or times without an invented part; `None` means that the report does not say.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal, NamedTuple, cast

from pydantic import Field, TypeAdapter

CODED_REPORT: Final = "kavass/coded-report/1"
INCIDENT: Final = "kavass/incident/1"


class Span(NamedTuple):
    """Half-open code point offsets into the report's text."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies inside."""
        return self.start <= other.start and other.end <= self.end


ZoneName = Literal["furniture", "title", "dateline", "stamp", "caption", "body", "teaser"]
PublishedFrom = Literal["page", "feed", "caller", "none"]
IncidentType = Literal[
    "armed_clash", "shelling", "air_strike", "bombing", "suicide_bombing", "shooting", "assassination", "assault",
    "abduction", "sexual_violence", "arson", "storming", "property_destruction", "robbery", "attack", "protest", "riot",
    "obstruction", "crackdown", "arrest", "troop_deployment", "curfew", "closure", "shutdown", "expulsion", "sanction",
    "outage", "illness", "hazard", "crime", "suspicious_activity", "threat", "accusation", "agreement", "platform_ban",
]  # fmt: skip
Status = Literal["occurred", "attempted", "ongoing", "announced", "threatened", "conditional", "denied"]
TimePrecision = Literal["hour", "day", "week", "month", "season", "year", "unknown"]
PlacePrecision = Literal["site", "town", "district", "province", "country", "unknown"]
ActorKind = Literal["person", "group", "organisation", "state", "crowd", "unidentified"]
RoleName = Literal["perpetrator", "target", "victim", "weapon", "means", "affected"]
RoleKind = Literal["person", "group", "organisation", "facility", "vehicle", "object"]
CountField = Literal[
    "killed", "injured", "abducted", "arrested", "participants", "ill", "munitions", "missing", "displaced"
]
Stance = Literal[
    "reports", "attributes", "accuses", "claims_responsibility", "denies_responsibility", "denies_occurrence",
    "disputes_interpretation", "denies_account", "caveats_evidence", "threatens", "warns", "commits", "predicts",
    "evaluates", "characterises", "complains",
]  # fmt: skip
Anonymity = Literal[
    "named", "titled_unnamed", "role_unnamed", "collective_unnamed", "institution", "document", "narrator"
]
Modality = Literal["actual", "future", "conditional", "possible", "predicted"]
Polarity = Literal["affirmed", "negated"]
LinkRel = Literal["contradicts", "supports", "qualifies", "supersedes", "repeats", "characterises"]
PostureChangeName = Literal[
    "close", "suspend", "ordered_departure", "authorized_departure", "evacuate", "relocate", "restrict", "reopen",
    "unchanged",
]  # fmt: skip
RelationName = Literal[
    "backed_by", "commands", "part_of", "aligned_with", "designated_by", "spokesperson_of", "office_of"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of the text and what it is on the page."""

    start: int
    end: int
    zone: ZoneName

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Words read otherwise than they stand: the text keeps them, the reading is noted."""

    span: Span
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawReport:
    """What a reader hands to `clean`: the text of one report with what its container said about it.

    `blocks` are hints of the container about stretches of `text` (an HTML menu, a figcaption, a headline), `stamps` the dates it
    offered, as (where, value) pairs in order of trust: ("caller", "2018-09-29"), ("meta:article:published_time", ...).
    """

    id: str
    key: str
    text: str
    uri: str | None = None
    publisher: str | None = None
    title: str | None = None
    language: str | None = None
    blocks: tuple[Zone, ...] = ()
    stamps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as read: the unchanged text, its zones and where it comes from.

    `id` is the SHA-256 of the raw bytes (hex), `key` the caller's id; `publisher` carries the report, `origin` is who
    told it first if that can be inferred. `published` is an ISO date or local time without zone unless the page gives one.
    """

    id: str
    key: str
    uri: str | None = None
    publisher: str | None = None
    origin: str | None = None
    language: str
    title: str | None = None
    published: str | None = None
    published_from: PublishedFrom = "none"
    dateline: str | None = None
    text: str
    zones: tuple[Zone, ...] = ()
    repairs: tuple[Repair, ...] = ()

    def words(self, span: Span) -> str:
        """The quoted words of a span."""
        return self.text[span[0] : span[1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody the report names or describes. `mentions` are all spans that mean this actor."""

    id: str
    name: str
    kind: ActorKind
    sector: str | None = None
    country: str | None = None
    known_as: str | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """One place name or demonym of the report, resolved or with null coordinates. `country` is ISO 3166-1 alpha-3."""

    mention: Span
    kind: Literal["name", "demonym"]
    name: str
    geonames_id: int | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is, no finer than the text allows: a point with a radius, or a name alone.

    `country` is ISO 3166-1 alpha-3. At precision `country` or `unknown` there are no coordinates.
    """

    name: str
    geonames_id: int | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: PlacePrecision = "unknown"
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An interval as told: ISO dates (or times, at precision `hour`), both ends included; `None` is an open end."""

    start: str | None = None
    end: str | None = None
    precision: TimePrecision = "unknown"
    text: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far from something, in metres, with the interval that the words allow."""

    metres: float
    low: float
    high: float
    from_: Annotated[str | None, Field(alias="from")] = None
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who or what fills a role. `text` is the fullest mention; `actor` refers to `CodedReport.actors`."""

    role: RoleName
    kind: RoleKind
    named: bool = False
    actor: str | None = None
    text: str
    mentions: tuple[Span, ...]
    target_class: str | None = None
    weapon_class: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many, as an interval. `high` is None where the words set no upper bound."""

    field: CountField
    low: int | None
    high: int | None
    approximate: bool = False
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What it did to things: fire, damage, none, ..."""

    effect: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one report tells of one incident, however often it names it.

    `certainty` is how surely its best telling tells it: 0 certainly not so, .5 nothing said either way, 1 certain.
    """

    id: str
    type: IncidentType
    primary: bool
    mode: str | None = None
    status: Status
    certainty: float | None = None
    spans: tuple[Span, ...]
    trigger: Span
    when: When | None = None
    place: Place | None = None
    distance: Distance | None = None
    roles: tuple[Role, ...] = ()
    counts: tuple[Count, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says what: source, cue and content spans. An empty source is a statement nobody signs."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, on what footing; `chain` runs from the outermost speaker to the innermost (actor ids)."""

    actor: str | None = None
    text: str | None = None
    anonymity: Anonymity
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How a claim bears on another claim."""

    rel: LinkRel
    claim: str


RETRACTION = "retraction"  # the field of a claim that denies one's own word


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says about accounts, an actor, a posture or another claim, and how surely.

    `certainty` is that of what is said, as it is said: 0 certainly not so (a denial), .5 nothing said either way, 1 certain.
    """

    id: str
    about: tuple[str, ...] = ()
    field: str
    value: str | None = None
    stance: Stance
    speaker: Speaker
    mode: Literal["direct", "indirect", "narrated"]
    modality: Modality = "actual"
    polarity: Polarity = "affirmed"
    hedge: str | None = None
    certainty: float | None = None
    said_at: str | None = None
    cue: Span | None = None
    span: Span
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTold:
    """A mission or office as a report names it."""

    name: str
    owner: str | None = None
    kind: str | None = None
    place: Place | None = None
    known_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureChange:
    """What a report says happens to a post."""

    post: PostTold
    change: PostureChangeName
    label: str | None = None
    status: Literal["announced", "in_effect"]
    effective: str | None = None
    decided_by: str | None = None
    claims: tuple[str, ...] = ()
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """A travel advisory as told; `issuer` and `country` are ISO alpha-3, `level` only if the report says it."""

    issuer: str | None = None
    country: str | None = None
    level: int | None = None
    change: str | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A protective or restrictive step by somebody: troops, curfew, security, warning, closure, platform_ban, ..."""

    kind: str
    by: str | None = None
    place: Place | None = None
    when: When | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A grievance or condition behind the unrest: electricity, water, services, heat, ..."""

    driver: str
    account: str | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie between two actors (ids) and the claim that says so."""

    rel: RelationName
    from_: Annotated[str, Field(alias="from")]
    to: str
    claim: str | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedReport:
    """Everything kavass reads out of one report: the contract's JSON line."""

    schema: Literal["kavass/coded-report/1"] = CODED_REPORT
    kavass: str
    report: Report
    actors: tuple[Actor, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    accounts: tuple[Account, ...] = ()
    claims: tuple[Claim, ...] = ()
    posture: tuple[PostureChange, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    measures: tuple[Measure, ...] = ()
    drivers: tuple[Driver, ...] = ()
    relations: tuple[Relation, ...] = ()


# --- what the desk keeps ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRef:
    """An account in the store: report id (SHA-256), caller's key, account id inside the report."""

    report: str
    key: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's (or the machine's) word on whether two accounts tell of one incident. Never edited: a new one wins."""

    left: AccountRef
    right: AccountRef
    verdict: Literal["same", "different", "unsure"]
    by: str
    at: str
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDissent:
    """A field on which the accounts differ: each value told, with the claims or accounts that tell it."""

    value: str
    accounts: tuple[AccountRef, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Accounts judged to tell of one incident; computed from what is kept, never edited (`kavass/incident/1`).

    `best` maps a field (`killed`, `injured`, `perpetrator`, `target`, `weapon`, ...) to its best value; `dissent` maps a
    field to claim references `report-id:claim-id` that say otherwise; `origins` counts independent sources, not copies.
    """

    schema: Literal["kavass/incident/1"] = INCIDENT
    id: str
    type: IncidentType
    status: Status
    when: When | None = None
    place: Place | None = None
    best: dict[str, Any]
    dissent: dict[str, tuple[str, ...]]
    accounts: tuple[AccountRef, ...]
    origins: int
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A named distance around a post, in kilometres."""

    name: str
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One of the desk's own posts (or a sister or peer mission): where it is and how near is near."""

    id: str
    name: dict[str, str]
    kind: str
    owner: str
    lat: float
    lon: float
    town: str
    country: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """An incident inside a post's ring, and the claim (`report-id:claim-id`) or account that puts it there."""

    incident: str
    post: str
    ring: str | None
    distance_km: float
    low_km: float
    high_km: float
    certain: bool
    basis: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tripwire:
    """A pre-agreed rule with an owner: what, how near, how often, how well attested, and what is then considered."""

    id: str
    version: int = 1
    post: str
    title: dict[str, str]
    owner: str
    types: tuple[IncidentType, ...]
    target_classes: tuple[str, ...] = ()
    max_km: float | None = None
    window_days: float
    min_count: int = 1
    min_killed: int | None = None
    min_participants: int | None = None
    corroboration: Literal["K0", "K1", "K2", "K3"] = "K1"
    statuses: tuple[Status, ...] = ("occurred", "ongoing", "attempted")
    area: Literal["ring", "town", "province", "country", "elsewhere"] = (
        "ring"  # elsewhere: in the country, not in the post's town
    )
    consider: str
    measures: tuple[str, ...] = ()
    review_due: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """A tripwire evaluated: crossed, not crossed, or cannot tell and what is missing."""

    tripwire: str
    version: int
    post: str
    result: Literal["crossed", "not_crossed", "cannot_tell"]
    crossed_at: str | None = None
    counted: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided about a crossed tripwire: act, defer until, or waive; with a reason and a name."""

    tripwire: str
    post: str
    verdict: Literal["act", "defer", "waive"]
    until: str | None = None
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureEntry:
    """One entry of a post's posture history: append-only, with the time it was true and the time it was known."""

    post: str
    status: str
    label: str | None = None
    valid_from: str
    known_at: str
    by: str | None = None
    basis: tuple[str, ...] = ()
    note: str | None = None


@cache
def adapter(kind: Hashable) -> TypeAdapter[Any]:
    """The TypeAdapter of a type: made once."""
    made: TypeAdapter[Any] = TypeAdapter(cast("Any", kind))
    return made


def to_json(value: Any) -> bytes:
    """One line of contract JSON: UTF-8, fixed field order, nulls kept.

    >>> to_json(Span(3, 5))
    b'[3,5]'
    """
    return adapter(value.__class__).dump_json(value, by_alias=True)


def to_dict(value: Any) -> dict[str, Any]:
    """The same as plain Python values, for templates and stores."""
    dumped: dict[str, Any] = adapter(value.__class__).dump_python(value, mode="json", by_alias=True)
    return dumped


def from_dict(kind: Any, data: Any) -> Any:
    """A value of `kind` from what `to_dict` gave."""
    return adapter(kind).validate_python(data)


def from_json(kind: Any, data: bytes | str) -> Any:
    """A value of `kind` from its JSON. Raises pydantic.ValidationError naming every fault."""
    return adapter(kind).validate_json(data)


def schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema of a type as it is written out."""
    return adapter(kind).json_schema(by_alias=True, mode="serialization")
