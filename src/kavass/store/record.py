"""What the store keeps and gives back: every write appends, every read takes `as_of`.

One writer at a time (SQLite: BEGIN IMMEDIATE; PostgreSQL: an advisory lock), so that `known_at` never runs backwards behind a
reader who has already seen a later change.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import func, select

from kavass.errors import ConflictError, NotFound, UnreadableReport, UsageError
from kavass.model import (
    Account,
    AccountRef,
    CodedReport,
    Decision,
    Judgement,
    Post,
    PostureEntry,
    Tripwire,
    from_json,
    to_json,
)
from kavass.store import schema

WRITERS_LOCK = 0x6B617661  # any number that nobody else on the server uses: "kava"
FIRST_DAY, LAST_DAY = 1, 3_652_059  # date.min and date.max as ordinals: an open end


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A report as kept: its latest coding by the time asked, when the desk learned of the report and of the coding."""

    number: int  # of the coding: the same number is always the same coding
    coded: CodedReport
    known_at: str  # of the report
    coded_at: str  # of the coding


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Something loaded from a file, with when it was first known and when in this version."""

    value: Any
    first_known_at: str
    known_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptJudgement:
    """A judgement with the number it is undone by."""

    number: int
    judgement: Judgement
    standing: bool


Outcome = Literal["new", "recoded", "unchanged"]


def moment(at: datetime) -> str:
    """A time as the store writes it. Raises UsageError for a time without a zone.

    >>> moment(datetime(2018, 9, 29, 22, 28, tzinfo=UTC))
    '2018-09-29T22:28:00.000000+00:00'
    """
    if at.tzinfo is None:
        raise UsageError(f"The time {at.isoformat()} has no zone; write {at.isoformat()}+00:00 or another offset.")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class Store:
    """One open record. Safe to share between threads; every call is one transaction."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime]):
        self.engine, self.clock = engine, clock

    def close(self) -> None:
        self.engine.dispose()

    # --- appending ---------------------------------------------------------------------------------------------------

    def keep(self, coded: CodedReport, *, known_at: datetime | None = None) -> Outcome:
        """Keeps a coded report: `new`, `recoded` (another coding of a report we have) or `unchanged`."""
        return self.keep_all([coded], known_at=known_at)[0]

    def keep_all(self, coded: Sequence[CodedReport], *, known_at: datetime | None = None) -> list[Outcome]:
        """The same for several in one transaction."""
        with self._append(known_at) as (connection, at):
            return [self._keep(connection, one, at) for one in coded]

    def _keep(self, connection: sa.Connection, coded: CodedReport, at: str) -> Outcome:
        report, line = coded.report, to_json(coded)
        digest = hashlib.sha256(line).hexdigest()
        held = connection.execute(
            select(schema.report.c.number).where(schema.report.c.id == report.id, schema.report.c.key == report.key)
        ).scalar()
        latest = held and connection.execute(_latest_coding_of(held)).one()
        if latest and latest.sha256 == digest:
            return "unchanged"
        if held is None:
            held = _insert(connection, schema.report, {**_columns(coded), "known_at": at})
            _changed(connection, at, "report", f"{report.id}:{report.key}", detail=report.title)
        # A coding is never known before one that it replaces, whatever an archive's dates say.
        at = max(at, latest.known_at) if latest else at
        number = _insert(
            connection, schema.coding,
            {"report": held, "version": coded.kavass, "sha256": digest, "coded": line.decode(), "known_at": at},
        )  # fmt: skip
        self._index(connection, number, coded)
        if latest:
            _changed(connection, at, "coding", f"{report.id}:{report.key}", detail=coded.kavass)
        return "recoded" if latest else "new"

    def _index(self, connection: sa.Connection, number: int, coded: CodedReport) -> None:
        boxes = []
        for account in coded.accounts:
            row = _insert(connection, schema.account, {"coding": number, **_account_columns(account)})
            if box := _box(account):
                boxes.append({"number": row, **box})
        if boxes:
            connection.execute(_INSERT_BOX, boxes)
        if claims := [
            {
                "coding": number, "id": c.id, "field": c.field, "stance": c.stance,
                "anonymity": c.speaker.anonymity, "speaker": c.speaker.text,
            }
            for c in coded.claims
        ]:  # fmt: skip
            connection.execute(sa.insert(schema.claim), claims)

    def set_aside(self, reason: UnreadableReport) -> None:
        """Keeps why a report could not be read; the same reason for the same key is kept once."""
        table = schema.set_aside
        with self._append() as (connection, at):
            same = select(table.c.number).where(table.c.key == reason.key, table.c.reason == reason.reason)
            if connection.execute(same).first() is None:
                _insert(connection, table, {"key": reason.key, "reason": reason.reason, "known_at": at})
                _changed(connection, at, "set_aside", reason.key, detail=reason.reason)

    def judge(self, judgement: Judgement) -> int:
        """Keeps a judgement; gives its number. Raises NotFound for accounts never kept, ConflictError for a pair of itself."""
        if judgement.left == judgement.right:
            raise ConflictError(f"An account cannot be judged against itself: {_shown(judgement.left)}.")
        with self._append() as (connection, at):
            for ref in (judgement.left, judgement.right):
                self._must_hold(connection, ref)
            sides = {
                f"{side}_{part}": getattr(ref, part)
                for side, ref in (("left", judgement.left), ("right", judgement.right))
                for part in ("report", "key", "account")
            }
            row = {**sides, "verdict": judgement.verdict, "by": judgement.by, "why": judgement.why, "known_at": at}
            number = _insert(connection, schema.judgement, row)
            pair = f"{_shown(judgement.left)} {judgement.verdict} {_shown(judgement.right)}"
            _changed(connection, at, "judgement", pair, by=judgement.by, detail=judgement.why)
            return number

    def _must_hold(self, connection: sa.Connection, ref: AccountRef) -> None:
        held = select(schema.account.c.number).where(
            schema.account.c.id == ref.account,
            schema.account.c.coding == schema.coding.c.number,
            schema.coding.c.report == schema.report.c.number,
            schema.report.c.id == ref.report,
            schema.report.c.key == ref.key,
        )
        if connection.execute(held).first() is None:
            raise NotFound(f"The store holds no account {_shown(ref)}.")

    def withdraw(self, number: int, *, by: str, why: str | None = None) -> None:
        """Takes a judgement back; both stay on record. Raises NotFound, ConflictError if it is withdrawn already."""
        table = schema.judgement
        with self._append() as (connection, at):
            found = connection.execute(select(table).where(table.c.number == number)).one_or_none()
            if found is None or found.withdraws is not None:
                raise NotFound(f"The store holds no judgement {number}.")
            if connection.execute(select(table.c.number).where(table.c.withdraws == number)).first():
                raise ConflictError(f"Judgement {number} is withdrawn already.")
            row = {"verdict": "withdrawn", "by": by, "why": why, "withdraws": number, "known_at": at}
            _insert(connection, table, row)
            _changed(connection, at, "undo", f"judgement {number}", by=by, detail=why)

    def decide(self, decision: Decision) -> None:
        """Keeps a decision about a tripwire."""
        with self._append() as (connection, at):
            row = {
                "tripwire": decision.tripwire,
                "post": decision.post,
                "kept": to_json(decision).decode(),
                "known_at": at,
            }
            _insert(connection, schema.decision, row)
            subject = f"{decision.tripwire}: {decision.verdict}"
            _changed(connection, at, "decision", subject, by=decision.by, detail=decision.reason)

    def declare(self, entry: PostureEntry) -> None:
        """Keeps a posture entry, known at its own `known_at`."""
        with self._append(datetime.fromisoformat(entry.known_at)) as (connection, at):
            row = {"post": entry.post, "kept": to_json(entry).decode(), "known_at": at}
            _insert(connection, schema.posture, row)
            _changed(connection, at, "posture", f"{entry.post}: {entry.status}", by=entry.by, detail=entry.note)

    def load(
        self, values: Iterable[Post] | Iterable[Tripwire], *, by: str | None = None, known_at: datetime | None = None
    ) -> int:
        """Keeps posts or tripwires, a new version where one has changed; gives how many are new or changed."""
        changed = 0
        with self._append(known_at) as (connection, at):
            for value in values:
                table = schema.post if isinstance(value, Post) else schema.tripwire
                line = to_json(value)
                digest = hashlib.sha256(line).hexdigest()
                latest = connection.execute(
                    select(table.c.sha256).where(table.c.id == value.id).order_by(table.c.number.desc()).limit(1)
                ).scalar()
                if latest != digest:
                    row = {"id": value.id, "sha256": digest, "kept": line.decode(), "known_at": at}
                    _insert(connection, table, row)
                    _changed(connection, at, table.name, value.id, by=by)
                    changed += 1
        return changed

    # --- reading -----------------------------------------------------------------------------------------------------

    def last_change(self) -> int:
        """The number of the latest change: what a cache of computed views is good for."""
        with self.engine.connect() as connection:
            return connection.execute(select(func.max(schema.change.c.number))).scalar() or 0

    def codings(self, *, as_of: datetime | None = None) -> dict[int, tuple[str, str]]:
        """The number of each report's latest coding by `as_of` -> (report known at, coding known at), in order of number."""
        coding, report = schema.coding, schema.report
        by_then = select(func.max(coding.c.number)).group_by(coding.c.report)
        query = select(coding.c.number, report.c.known_at, coding.c.known_at).join(report)
        if as_of is not None:
            by_then = by_then.where(coding.c.known_at <= moment(as_of))
        with self.engine.connect() as connection:
            rows = connection.execute(query.where(coding.c.number.in_(by_then)).order_by(coding.c.number))
            return {number: (known_at, coded_at) for number, known_at, coded_at in rows}

    def coded(self, numbers: Iterable[int]) -> Iterator[tuple[int, CodedReport]]:
        """The codings of those numbers, read in batches."""
        wanted = sorted(numbers)
        with self.engine.connect() as connection:
            for start in range(0, len(wanted), 500):
                few = wanted[start : start + 500]
                query = select(schema.coding.c.number, schema.coding.c.coded).where(schema.coding.c.number.in_(few))
                for number, line in connection.execute(query.order_by(schema.coding.c.number)):
                    yield number, from_json(CodedReport, line)

    def reports(self, *, as_of: datetime | None = None) -> list[Kept]:
        """Every report in its latest coding by `as_of`, in the order in which they were kept."""
        known = self.codings(as_of=as_of)
        return [
            Kept(number=number, coded=coded, known_at=known[number][0], coded_at=known[number][1])
            for number, coded in self.coded(known)
        ]

    def versions(self, id: str, key: str, *, as_of: datetime | None = None) -> list[tuple[str, str]]:
        """(kavass version, known at) of every coding of a report, oldest first."""
        coding, report = schema.coding, schema.report
        query = select(coding.c.version, coding.c.known_at).join(report).where(report.c.id == id, report.c.key == key)
        with self.engine.connect() as connection:
            rows = connection.execute(_by(query, coding, as_of).order_by(coding.c.number))
            return [(version, known_at) for version, known_at in rows]

    def aside(self, *, as_of: datetime | None = None) -> list[tuple[str, str, str]]:
        """(key, reason, known at) of the reports set aside, the latest first."""
        table = schema.set_aside
        query = _by(select(table.c.key, table.c.reason, table.c.known_at), table, as_of).order_by(table.c.number.desc())
        with self.engine.connect() as connection:
            return [(key, reason, known_at) for key, reason, known_at in connection.execute(query)]

    def judgements(self, *, as_of: datetime | None = None) -> list[KeptJudgement]:
        """Every judgement by `as_of` in the order in which they were made, withdrawn ones marked."""
        table = schema.judgement
        with self.engine.connect() as connection:
            rows = list(connection.execute(_by(select(table), table, as_of).order_by(table.c.number)))
        withdrawn = {row.withdraws for row in rows}
        return [
            KeptJudgement(number=row.number, judgement=_judgement(row), standing=row.number not in withdrawn)
            for row in rows
            if row.withdraws is None
        ]

    def decisions(self, *, as_of: datetime | None = None) -> list[Decision]:
        """Every decision by `as_of`, oldest first."""
        return self._kept(schema.decision, Decision, as_of)

    def posture(self, *, as_of: datetime | None = None) -> list[PostureEntry]:
        """Every posture entry by `as_of`, in the order in which they were declared."""
        return self._kept(schema.posture, PostureEntry, as_of)

    def _kept(self, table: sa.Table, kind: Any, as_of: datetime | None) -> list[Any]:
        query = _by(select(table.c.kept), table, as_of).order_by(table.c.number)
        with self.engine.connect() as connection:
            return [from_json(kind, line) for line in connection.execute(query).scalars()]

    def posts(self, *, as_of: datetime | None = None) -> list[Known]:
        """Every post in its latest version by `as_of`, by id."""
        return self._versions(schema.post, Post, as_of)

    def tripwires(self, *, as_of: datetime | None = None) -> list[Known]:
        """Every tripwire in its latest version by `as_of`, by id."""
        return self._versions(schema.tripwire, Tripwire, as_of)

    def _versions(self, table: sa.Table, kind: Any, as_of: datetime | None) -> list[Known]:
        query = _by(select(table), table, as_of).order_by(table.c.id, table.c.known_at, table.c.number)
        found: dict[str, Known] = {}
        with self.engine.connect() as connection:
            for row in connection.execute(query):
                first = found[row.id].first_known_at if row.id in found else row.known_at
                found[row.id] = Known(value=from_json(kind, row.kept), first_known_at=first, known_at=row.known_at)
        return list(found.values())

    def changes(self, *, limit: int = 200, as_of: datetime | None = None) -> list[dict[str, Any]]:
        """The latest changes, the latest first."""
        table = schema.change
        query = select(table).order_by(table.c.number.desc()).limit(limit)
        if as_of is not None:
            query = query.where(table.c.at <= moment(as_of))
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def known_times(self) -> list[str]:
        """Every time at which a report, a coding or a judgement became known, in order."""
        kinds = [select(table.c.known_at) for table in (schema.coding, schema.judgement)]
        with self.engine.connect() as connection:
            return sorted(connection.execute(sa.union(*kinds)).scalars())

    def nearby(
        self,
        *,
        lat: float,
        lon: float,
        radius_km: float,
        first_day: date | None = None,
        last_day: date | None = None,
        as_of: datetime | None = None,
    ) -> list[AccountRef]:
        """Accounts whose place and time, both with their uncertainty, meet a box around a point and an interval of days.

        One look-up in the index over place and time: an R*Tree in SQLite, GiST in PostgreSQL. Boxes are a little generous;
        the caller measures.
        """
        box = _around(lat, lon, radius_km)
        days = {
            "first_day": first_day.toordinal() if first_day else FIRST_DAY,
            "last_day": last_day.toordinal() if last_day else LAST_DAY,
        }
        coding, report, account = schema.coding, schema.report, schema.account
        meets = sa.text(_MEETS[self.engine.dialect.name]).bindparams(**box, **days).columns(number=sa.Integer)
        latest = _by(select(func.max(coding.c.number)).group_by(coding.c.report), coding, as_of)
        query = (
            select(report.c.id, report.c.key, account.c.id)
            .select_from(account)
            .join(coding, account.c.coding == coding.c.number)
            .join(report)
            .where(account.c.number.in_(select(meets.subquery().c.number)), coding.c.number.in_(latest))
            .order_by(account.c.number)
        )
        with self.engine.connect() as connection:
            return [AccountRef(report=r, key=k, account=a) for r, k, a in connection.execute(query)]

    # --- one transaction ---------------------------------------------------------------------------------------------

    @contextmanager
    def _append(self, known_at: datetime | None = None) -> Iterator[tuple[sa.Connection, str]]:
        """A write transaction and the time at which what it appends is known."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})
            yield connection, moment(known_at or self.clock())
            connection.commit()


_INSERT_BOX = sa.text(
    "INSERT INTO account_box (number, west, east, south, north, first_day, last_day)"
    " VALUES (:number, :west, :east, :south, :north, :first_day, :last_day)"
)
_MEETS = {
    "sqlite": "SELECT number FROM account_box WHERE west <= :east AND east >= :west AND south <= :north AND north >= :south"
    " AND first_day <= :last_day AND last_day >= :first_day",
    "postgresql": "SELECT number FROM account_box WHERE box(point(west, south), point(east, north))"
    " && box(point(:west, :south), point(:east, :north))"
    " AND int4range(first_day, last_day, '[]') && int4range(:first_day, :last_day, '[]')",
}
KM_PER_DEGREE = 111.2


def _insert(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> int:
    return int(connection.execute(sa.insert(table).returning(table.c.number), row).scalar_one())


def _changed(
    connection: sa.Connection, at: str, kind: str, subject: str, *, by: str | None = None, detail: str | None = None
) -> None:
    row = {"at": at, "kind": kind, "subject": subject, "by": by, "detail": detail}
    connection.execute(sa.insert(schema.change), row)


def _by(query: sa.Select[Any], table: sa.Table, as_of: datetime | None) -> sa.Select[Any]:
    return query if as_of is None else query.where(table.c.known_at <= moment(as_of))


def _latest_coding_of(report: int) -> sa.Select[Any]:
    table = schema.coding
    query = select(table.c.sha256, table.c.known_at).where(table.c.report == report)
    return query.order_by(table.c.number.desc()).limit(1)


def _columns(coded: CodedReport) -> dict[str, Any]:
    report = coded.report
    names = ("id", "key", "uri", "publisher", "origin", "language", "title", "published")
    return {name: getattr(report, name) for name in names}


def _account_columns(account: Account) -> dict[str, Any]:
    place, (first, last) = account.place, _days(account)
    return {
        "id": account.id,
        "type": account.type,
        "status": account.status,
        "main": account.primary,
        "first_day": first,
        "last_day": last,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "radius_km": place and place.radius_km,
        "country": place and place.country,
    }


def _days(account: Account) -> tuple[int | None, int | None]:
    when = account.when
    ends = (when.start, when.end) if when else (None, None)
    first, last = (date.fromisoformat(end[:10]).toordinal() if end else None for end in ends)
    return first, last


def _box(account: Account) -> dict[str, float] | None:
    """The account's place and days with their uncertainty; None without coordinates."""
    place, (first, last) = account.place, _days(account)
    if place is None or place.lat is None or place.lon is None:
        return None
    return {
        **_around(place.lat, place.lon, place.radius_km or 0.0),
        "first_day": FIRST_DAY if first is None else first,
        "last_day": LAST_DAY if last is None else max(last, first or last),
    }


def _around(lat: float, lon: float, radius_km: float) -> dict[str, float]:
    """The box around a circle; near a pole or across the date line it goes all the way round."""
    up = radius_km / KM_PER_DEGREE
    south, north = max(lat - up, -90.0), min(lat + up, 90.0)
    narrow = math.cos(math.radians(max(abs(south), abs(north))))
    aside = up / narrow if narrow > 0.01 else 360.0
    west, east = lon - aside, lon + aside
    if west < -180 or east > 180:
        west, east = -180.0, 180.0
    return {"west": west, "east": east, "south": south, "north": north}


def _judgement(row: Any) -> Judgement:
    left, right = (
        AccountRef(
            report=getattr(row, f"{side}_report"),
            key=getattr(row, f"{side}_key"),
            account=getattr(row, f"{side}_account"),
        )
        for side in ("left", "right")
    )
    return Judgement(left=left, right=right, verdict=row.verdict, by=row.by, at=row.known_at, why=row.why)


def _shown(ref: AccountRef) -> str:
    return f"{ref.report[:12]}:{ref.account} ({ref.key})"
