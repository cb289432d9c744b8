"""A store's address -> a Store whose tables are up to date. SQLite by default, PostgreSQL for a team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

import sqlalchemy as sa

from kavass.errors import SettingError
from kavass.store.record import WRITERS_LOCK, Store

HEAD = "0001"  # the newest step in migrations/versions; a test holds it to that
DIALECTS = ("sqlite", "postgresql")


def open_store(url: str, *, clock: Callable[[], datetime] | None = None) -> Store:
    """The store at a SQLAlchemy address, created or upgraded if need be. Raises SettingError if it cannot be opened."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            at = _version(connection)
        if at != HEAD:
            upgrade(engine)
    except sa.exc.SQLAlchemyError as fault:
        engine.dispose()
        raise SettingError(f"The store {_shown(url)} cannot be opened: {_first_line(fault)}") from fault
    return Store(engine, clock or (lambda: datetime.now(UTC)))


def _engine(url: str) -> sa.Engine:
    try:
        address = sa.engine.make_url(url)
        if address.get_backend_name() not in DIALECTS:
            raise SettingError(f"The store {_shown(url)} must be a sqlite or a postgresql+psycopg address.")
        if address.get_backend_name() == "sqlite":
            return _sqlite(address)
        return sa.create_engine(address, pool_pre_ping=True)
    except sa.exc.ArgumentError:
        raise SettingError(f"The store {url!r} is no address; use a file or sqlite:///desk.db.") from None
    except ModuleNotFoundError as missing:
        raise SettingError(f"The store {_shown(url)} needs {missing.name}: pip install 'kavass[postgres]'.") from None


def _sqlite(address: sa.URL) -> sa.Engine:
    """SQLite with WAL, foreign keys and transactions that begin when we say so (the driver's own begin is late)."""
    in_memory = address.database in (None, "", ":memory:")
    if not in_memory and not Path(str(address.database)).absolute().parent.is_dir():
        raise SettingError(
            f"The store's folder {str(Path(str(address.database)).parent)!r} does not exist; create it first."
        )
    pool: dict[str, Any] = {"poolclass": sa.pool.StaticPool} if in_memory else {}
    engine = sa.create_engine(address, connect_args={"timeout": 30, "check_same_thread": False}, **pool)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: SqliteConnection, _: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def upgrade(engine: sa.Engine) -> None:
    """Runs the outstanding steps, one process at a time."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})
        if _version(connection) != HEAD:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        connection.commit()


def _version(connection: sa.Connection) -> str | None:
    """The step the store stands at, None if it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _shown(url: str) -> str:
    return repr(sa.engine.make_url(url).render_as_string(hide_password=True))


def _first_line(fault: Exception) -> str:
    return str(getattr(fault, "orig", None) or fault).splitlines()[0].rstrip(".") + "."
