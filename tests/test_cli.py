"""The commands as a user runs them: output, messages, exit codes."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

ENGLISH = "Gunmen shot dead two policemen in Mosul on Friday, police said."
ARABIC = "قتل مسلحون مجهولون شرطيين اثنين في الموصل يوم الجمعة، بحسب مصدر أمني."


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kavass.cli", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        timeout=120,
        check=False,
    )


def line(id: str, text: str) -> str:
    return json.dumps({"id": id, "text": text, "published": "2018-09-29"}, ensure_ascii=False)


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand lines, of which the 500th is broken."""
    file = tmp_path_factory.mktemp("jsonl") / "reports.jsonl"
    lines = [line(f"r{n}", "Nothing of note happened at the harvest festival.") for n in range(1, 1001)]
    lines[0], lines[1], lines[499] = line("first", ENGLISH), line("second", ARABIC), '{"id": "r500", "text": '
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def test_a_bad_line_is_set_aside_and_the_others_are_coded(thousand: Path) -> None:
    done = run("code", str(thousand))
    records = [json.loads(row) for row in done.stdout.splitlines()]
    assert done.returncode == 1
    assert len(records) == 999
    assert [r["report"]["key"] for r in records[:3]] == ["first", "second", "r3"]
    assert b":500" in done.stderr and b"999 reports coded, 1 set aside" in done.stderr
    for record in records[:2]:
        assert record["accounts"][0]["place"]["country"] == "IRQ", record["report"]["language"]


def test_workers_keep_the_order_and_the_bytes(thousand: Path) -> None:
    assert run("code", str(thousand), "--workers", "2").stdout == run("code", str(thousand)).stdout


def test_stdin_is_read(thousand: Path) -> None:
    done = run("code", "-", stdin=ENGLISH.encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["report"]["text"] == ENGLISH


def test_a_table_to_read() -> None:
    done = run("code", "-", "--format", "table", stdin=ENGLISH.encode())
    assert b"shooting" in done.stdout and b"Mosul" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("code", "no-such-file.txt"), "no-such-file.txt"),
        (("code", "-", "--reader", "pdf"), "choose from"),
        (("code", "-", "--lang", "xx"), "choose from en, ar"),
        (("schema", "tea"), "choose from coded-report"),
        (("incidents", "--as-of", "soon"), "soon"),
        (("publish", "pigeon"), "choose from"),
        (("--store", " ", "incidents"), "store"),
        (("posts", "--load", "no-posts.csv"), "no-posts.csv"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_exit_code_2(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run(*arguments, stdin=b"x", cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr.decode() and "Traceback" not in done.stderr.decode()


def test_an_unknown_option_is_exit_code_2() -> None:
    assert run("code", "--no-such-option").returncode == 2


def test_the_store_is_kept_between_commands(tmp_path: Path) -> None:
    for name, text in (("en.txt", ENGLISH), ("ar.txt", ARABIC)):
        (tmp_path / name).write_text(text, "utf-8")
    store = ("--store", str(tmp_path / "desk.db"))
    assert run(*store, "ingest", str(tmp_path / "en.txt"), str(tmp_path / "ar.txt")).returncode == 0
    incidents = [json.loads(row) for row in run(*store, "incidents", "--format", "json").stdout.splitlines()]
    assert incidents and incidents[0]["schema"] == "kavass/incident/1"
    assert {a["key"] for i in incidents for a in i["accounts"]} == {str(tmp_path / "en.txt"), str(tmp_path / "ar.txt")}
    rows = list(csv.DictReader(io.StringIO(run(*store, "reports", "--format", "csv").stdout.decode())))
    assert len(rows) == 2
    geo = json.loads(run(*store, "publish", "geojson").stdout)
    assert geo["type"] == "FeatureCollection" and len(geo["features"]) == len(incidents)


def test_schema_and_settings_describe_themselves() -> None:
    assert json.loads(run("schema", "coded-report").stdout)["properties"]["schema"]["const"] == "kavass/coded-report/1"
    assert b"KAVASS_STORE" in run("settings").stdout


def test_version_with_figures() -> None:
    assert run("--version").stdout.startswith(b"kavass 0.")
    assert b"incident F1" in run("--version", "-v").stdout


def test_demo_prints_what_it_found(tmp_path: Path) -> None:
    done = run("--store", str(tmp_path / "demo.db"), "demo", "--no-serve")
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    for heading in ("Incidents", "Contested", "Posts exposed", "Tripwires", "Posture owed", "Decisions owed"):
        assert heading in out
    assert "crossed" in out and "Basra" in out
