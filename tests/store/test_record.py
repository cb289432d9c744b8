"""The record keeps everything, gives back what was known by a time, and forgets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from kavass.errors import ConflictError, NotFound, SettingError, UnreadableReport, UsageError
from kavass.store import Store, moment, open_store
from kavass.store.open import HEAD
from kavass.store.schema import metadata
from make import (
    account,
    at,
    claim,
    coded,
    count,
    country,
    day,
    decision,
    judgement,
    post,
    posture_entry,
    ref,
    role,
    town,
    tripwire,
)


class Clock:
    """A clock that goes on by a minute whenever it is read."""

    def __init__(self, start: str = "2018-09-09"):
        self.now = at(start)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url, clock=Clock())
    yield opened
    opened.close()


RICH = coded(
    text="أصيب شخصان في البصرة. Two people were wounded in Basra 🚀.",
    language="ar",
    publisher="Example Wire",
    accounts=[
        account(counts=(count("injured", 2),), roles=(role("victim", "شخصان"),)),
        account("acc2", place=None, when=None),
    ],
    claims=[claim(), claim("c2", ("acc2",))],
)


def test_what_is_kept_is_what_is_read(store: Store) -> None:
    assert store.keep(RICH) == "new"
    assert [kept.coded for kept in store.reports()] == [RICH]


def test_the_same_report_with_the_same_coding_changes_nothing(store: Store) -> None:
    store.keep(RICH)
    before = store.last_change()
    assert store.keep(RICH) == "unchanged"
    assert (store.last_change(), len(store.reports())) == (before, 1)


def test_a_newer_coding_is_appended_and_the_older_one_can_still_be_read(store: Store) -> None:
    store.keep(RICH)
    between = store.clock()
    newer = replace(RICH, kavass="0.2.0", accounts=RICH.accounts[:1])
    assert store.keep(newer) == "recoded"
    assert [k.coded.kavass for k in store.reports()] == ["0.2.0"]
    assert [k.coded for k in store.reports(as_of=between)] == [RICH]
    assert [version for version, _ in store.versions(RICH.report.id, RICH.report.key)] == ["0.1.0", "0.2.0"]


def test_the_same_bytes_under_another_key_are_another_report(store: Store) -> None:
    store.keep(RICH)
    assert store.keep(replace(RICH, report=replace(RICH.report, key="elsewhere"))) == "new"
    assert len(store.reports()) == 2


def test_before_anything_was_known_there_is_nothing(store: Store) -> None:
    store.keep(RICH)
    store.load([post()])
    store.load([tripwire()])
    store.declare(posture_entry())
    store.decide(decision())
    store.set_aside(UnreadableReport("a.pdf", "It is a PDF."))
    early = at("2001-01-01")
    for read in (
        store.reports,
        store.posts,
        store.tripwires,
        store.posture,
        store.decisions,
        store.aside,
        store.changes,
    ):
        assert not read(as_of=early)
        assert read()


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="has no zone"):
        store.reports(as_of=datetime(2018, 9, 9))


def test_times_sort_as_text() -> None:
    times = [at("2018-09-09") + timedelta(microseconds=n * 333_333) for n in range(8)]
    assert sorted(map(moment, reversed(times))) == [moment(t) for t in times]


def test_an_archive_is_known_from_the_day_given(store: Store) -> None:
    store.keep(RICH, known_at=at("2018-09-08"))
    assert len(store.reports(as_of=at("2018-09-08"))) == 1
    assert store.reports(as_of=at("2018-09-07")) == []


def test_a_judgement_withdrawn_stays_on_record(store: Store) -> None:
    store.keep(RICH)
    number = store.judge(judgement(ref(RICH), ref(RICH, "acc2"), "different"))
    between = store.clock()
    store.withdraw(number, by="Omar", why="a slip")
    assert [(j.number, j.standing) for j in store.judgements()] == [(number, False)]
    assert [(j.number, j.standing) for j in store.judgements(as_of=between)] == [(number, True)]
    with pytest.raises(ConflictError, match="withdrawn already"):
        store.withdraw(number, by="Omar")


def test_a_judgement_needs_two_accounts_that_were_kept(store: Store) -> None:
    store.keep(RICH)
    with pytest.raises(NotFound, match="acc9"):
        store.judge(judgement(ref(RICH), ref(RICH, "acc9")))
    with pytest.raises(ConflictError, match="against itself"):
        store.judge(judgement(ref(RICH), ref(RICH)))
    with pytest.raises(NotFound, match="no judgement 7"):
        store.withdraw(7, by="Ana")
    assert store.judgements() == []


def test_a_post_that_changes_gets_a_version(store: Store) -> None:
    assert store.load([post(), post("erbil")]) == 2
    assert store.load([post(), post("erbil", lat=36.2)], by="Ana") == 1
    assert [known.value.lat for known in store.posts()] == [30.547, 36.2]
    first, second = store.posts()
    assert first.first_known_at == first.known_at
    assert second.first_known_at < second.known_at


def test_what_is_kept_cannot_be_overwritten_by_its_own_interface() -> None:
    assert not [name for name in vars(Store) if name.startswith(("update", "delete", "remove", "set_post"))]


def test_nearby_finds_by_place_and_time_together(store: Store) -> None:
    told = coded(
        accounts=[
            account("acc1"),
            account("acc2", place=town("Baghdad")),
            account("acc3", when=day("2018-07-01")),
            account("acc4", when=None),
            account("acc5", place=country()),
            account("acc6", place=None),
        ]
    )
    store.keep(told)
    found = store.nearby(lat=30.5, lon=47.7, radius_km=30, first_day=date(2018, 9, 1), last_day=date(2018, 9, 30))
    assert [r.account for r in found] == ["acc1", "acc4"]
    assert [r.account for r in store.nearby(lat=33.3, lon=44.4, radius_km=10)] == ["acc2"]
    assert store.nearby(lat=33.3, lon=44.4, radius_km=10, as_of=at("2001-01-01")) == []


def test_nearby_reads_only_the_latest_coding(store: Store) -> None:
    store.keep(coded(accounts=[account()]))
    store.keep(coded(accounts=[account(place=town("Baghdad"))], kavass="0.2.0"))
    assert store.nearby(lat=30.5, lon=47.7, radius_km=30) == []


def test_a_failed_append_leaves_nothing_behind(store: Store) -> None:
    broken = replace(RICH, report=replace(RICH.report, id=None))  # type: ignore[arg-type]
    with pytest.raises(sa.exc.IntegrityError):
        store.keep_all([coded(accounts=[account()]), broken])
    assert (store.reports(), store.last_change()) == ([], 0)
    assert store.keep(RICH) == "new"


def test_a_report_is_set_aside_once(store: Store) -> None:
    for _ in range(2):
        store.set_aside(UnreadableReport("a.pdf", "It is a PDF."))
    assert [(key, reason) for key, reason, _ in store.aside()] == [("a.pdf", "It is a PDF.")]


def test_opening_twice_keeps_what_is_there(store_url: str) -> None:
    first = open_store(store_url)
    first.keep(RICH)
    second = open_store(store_url)
    assert len(second.reports()) == 1
    first.close()
    second.close()


def test_the_migrations_make_the_tables_of_the_schema(store_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    store = open_store(store_url)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: not (kind == "table" and str(name).startswith("account_box"))},
        )
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD
    store.close()


def test_sqlite_guards_its_foreign_keys_and_reads_while_it_writes(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    store.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://x@y/z", "must be a sqlite or a postgresql"),
        ("sqlite:////no/such/folder/desk.db", "does not exist; create it first"),
        ("postgresql+psycopg://nobody:secret@127.0.0.1:1/none?connect_timeout=2", "cannot be opened"),
    ],
)
def test_an_address_that_cannot_be_opened_says_why_and_keeps_the_password(url: str, says: str) -> None:
    with pytest.raises(SettingError, match=says) as raised:
        open_store(url)
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_store_is_refused(tmp_path) -> None:
    (tmp_path / "desk.db").write_text("not a database, just words " * 50)
    with pytest.raises(SettingError, match="not a database"):
        open_store(f"sqlite:///{tmp_path / 'desk.db'}")


def test_moment_is_utc() -> None:
    assert moment(datetime(2018, 9, 29, tzinfo=UTC)).endswith("+00:00")
