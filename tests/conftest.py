"""What tests share: real stores. SQLite always; PostgreSQL where a server can be had."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from kavass.desk import Desk


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """An empty store of each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The worked example, coded once for the whole run. Tests must not change it."""
    from kavass import example
    from kavass.desk import Desk

    with Desk(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}") as desk:
        example.load(desk)
        yield desk


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; tests that need it are skipped if there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        left_out("no Chromium: install Debian's chromium and libatomic1")
    return str(found)


def left_out(why: str) -> NoReturn:
    """Leaves the test out and says why; where everything must be there (KAVASS_TEST_REQUIRE_ALL), fails instead."""
    if os.environ.get("KAVASS_TEST_REQUIRE_ALL"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database on a real PostgreSQL server, dropped afterwards."""
    sqlalchemy = pytest.importorskip("sqlalchemy")
    name = f"kavass_{uuid.uuid4().hex[:12]}"
    server = sqlalchemy.create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name} TEMPLATE template0"))
    yield sqlalchemy.engine.make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sqlalchemy.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: KAVASS_TEST_POSTGRES, or a throw-away cluster; skipped if neither can be had."""
    if given := os.environ.get("KAVASS_TEST_POSTGRES"):
        yield given
        return
    programs = _programs()
    if programs is None:
        left_out("no PostgreSQL: set KAVASS_TEST_POSTGRES or install postgresql (initdb and pg_ctl)")
    home = Path(tempfile.mkdtemp(prefix="kavass-pg-"))
    yield from _cluster(programs, home)


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    return found[0].parent if found else Path(on_path).parent if on_path else None


def _cluster(programs: Path, home: Path) -> Iterator[str]:
    """A cluster in `home` on a free loopback port, stopped and removed afterwards."""
    as_user = _not_root(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = str(home / "data")

    def call(*command: str) -> None:
        with (home / "calls").open("a+") as log:
            done = subprocess.run(command, stdout=log, stderr=log, check=False, cwd="/", **as_user)
            if done.returncode:
                log.seek(0)
                left_out(f"PostgreSQL does not start: {log.read()[-300:]}")

    try:
        call(str(programs / "initdb"), "-D", data, "-U", "kavass", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off"
        call(str(programs / "pg_ctl"), "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://kavass@127.0.0.1:{port}/postgres"
        finally:
            call(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _not_root(home: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: then the account made for it runs the cluster."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(home, account.pw_uid, account.pw_gid)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    left_out("no PostgreSQL: it refuses to run as root and there is no account to run it as")
