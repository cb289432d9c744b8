"""Bulk coding: the same records as `kavass code`, shard by shard; a stopped run goes on where it ended."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kavass import batch, pipeline
from kavass.errors import UnreadableReport, UsageError
from kavass.model import RawReport, to_json
from kavass.read import read

parquet = pytest.importorskip("pyarrow.parquet")
TEXTS = [
    "Gunmen shot dead two policemen in Mosul on Friday, police said.",
    "قتل مسلحون مجهولون شرطيين اثنين في الموصل يوم الجمعة.",
    "The harvest festival drew a large crowd.",
]


def stream(n: int = 7) -> Iterator[RawReport | UnreadableReport]:
    lines = [
        json.dumps({"id": f"r{i}", "text": TEXTS[i % 3], "published": "2018-09-29"}, ensure_ascii=False)
        for i in range(n)
    ]
    lines[4] = '{"id": "r4", '
    yield from read("\n".join(lines).encode(), key="lines", reader="jsonl")


def rows(out: Path, table: str) -> list[dict[str, object]]:
    return [row for file in sorted(out.glob(f"{table}-*.parquet")) for row in parquet.read_table(file).to_pylist()]


@pytest.mark.parametrize("workers", [1, 2])
def test_shards_hold_what_code_prints(tmp_path: Path, workers: int) -> None:
    tally = batch.run(stream(), tmp_path, workers=workers, shard_reports=3)
    assert (tally.coded, tally.set_aside, tally.shards, tally.kept) == (6, 1, 3, 0)
    wanted = [to_json(c).decode() for c in pipeline.tell_all(stream()) if not isinstance(c, UnreadableReport)]
    assert [row["coded"] for row in rows(tmp_path, "reports")] == wanted
    accounts = rows(tmp_path, "accounts")
    assert {a["key"] for a in accounts} == {"r0", "r1", "r3", "r6"}
    assert all(a["country"] == "IRQ" for a in accounts)
    aside = [
        json.loads(line)
        for file in sorted(tmp_path.glob("set-aside-*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    assert len(aside) == 1 and "5" in aside[0]["key"]


def test_a_stopped_run_goes_on_where_it_ended(tmp_path: Path) -> None:
    batch.run(stream(), tmp_path, shard_reports=3)
    first, *others = sorted(tmp_path.glob("reports-*.parquet"))
    before = first.stat().st_mtime_ns
    others[0].unlink()
    (tmp_path / "reports-00001.part").write_bytes(b"half")
    tally = batch.run(stream(), tmp_path, shard_reports=3)
    assert (tally.coded, tally.shards, tally.kept) == (6, 3, 2)
    assert first.stat().st_mtime_ns == before and others[0].exists()


def test_no_half_written_shard_is_left(tmp_path: Path) -> None:
    batch.run(stream(), tmp_path, shard_reports=3)
    assert list(tmp_path.glob("*.part")) == []


def test_an_unknown_engine_names_the_choices(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="local, ray"):
        batch.run(stream(), tmp_path, engine="cloud")
