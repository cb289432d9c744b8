"""Bulk coding into Parquet: the input in shards, each coded in a process of its own (or a Ray task); nothing else.

A shard is written whole under a temporary name and renamed when it is complete, so the shards present are the ledger: a run
that was stopped goes on where it ended. Each shard has two tables, `reports-NNNNN.parquet` (key, language, published, the coded
report as JSON) and `accounts-NNNNN.parquet` (one row for each account); what was set aside is in `set-aside-NNNNN.jsonl`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kavass import pipeline, registry
from kavass.errors import UnreadableReport, UsageError
from kavass.model import CodedReport, RawReport, to_json

SHARD_REPORTS = 500  # large enough to outweigh the start of a process, small enough to lose little when stopped


@dataclass(frozen=True, slots=True)
class Tally:
    """What a bulk run did: reports coded, set aside, and shards that were already there."""

    coded: int = 0
    set_aside: int = 0
    shards: int = 0
    kept: int = 0


def run(
    reports: Iterable[RawReport | UnreadableReport], out: Path, *, engine: str = "local", workers: int = 1,
    progress: Callable[[Tally], None] = lambda _: None, shard_reports: int = SHARD_REPORTS,
) -> Tally:  # fmt: skip
    """Codes a stream of reports into a folder of shards. Raises UsageError if the extra for Parquet or Ray is missing."""
    _parquet()
    out.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    for coded, aside, new in registry.resolve("engines", engine)(_shards(reports, out, shard_reports), workers):
        tally = Tally(tally.coded + coded, tally.set_aside + aside, tally.shards + 1, tally.kept + (not new))
        progress(tally)
    return tally


def run_local(shards: Iterable[Shard], workers: int) -> Iterator[tuple[int, int, bool]]:
    """Shards in processes of this machine, at most two waiting for each process."""
    if workers <= 1:
        yield from (code_shard(shard) for shard in shards)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting, stream = [], iter(shards)
        for shard in islice(stream, 2 * workers):
            waiting.append(pool.submit(code_shard, shard))
        while waiting:
            yield waiting.pop(0).result()
            waiting.extend(pool.submit(code_shard, shard) for shard in islice(stream, 1))


def run_ray(shards: Iterable[Shard], workers: int) -> Iterator[tuple[int, int, bool]]:
    """Shards as Ray core tasks, at most two waiting for each worker."""
    try:
        import ray
    except ImportError:
        raise UsageError("The engine 'ray' needs Ray: pip install 'kavass[ray]'.") from None
    if not ray.is_initialized():
        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
    task, waiting, stream = ray.remote(code_shard), [], iter(shards)
    waiting = [task.remote(shard) for shard in islice(stream, 2 * workers)]
    while waiting:
        yield ray.get(waiting.pop(0))
        waiting.extend(task.remote(shard) for shard in islice(stream, 1))


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of the input: its number, where its tables go, and the reports as read."""

    number: int
    out: str
    reports: tuple[RawReport | tuple[str, str], ...]  # (key, reason) for one that could not be read

    def path(self, table: str, ending: str = "parquet") -> Path:
        return Path(self.out) / f"{table}-{self.number:05d}.{ending}"


def code_shard(shard: Shard) -> tuple[int, int, bool]:
    """Codes one shard unless its tables are there. Gives (coded, set aside, whether it was coded now)."""
    aside = [dict(key=r[0], reason=r[1]) for r in shard.reports if isinstance(r, tuple)]
    readable = [r for r in shard.reports if isinstance(r, RawReport)]
    if shard.path("reports").exists():
        return len(readable), len(aside), False
    coded = []
    for result in pipeline.tell_all(readable):
        if isinstance(result, UnreadableReport):
            aside.append(dict(key=result.key, reason=result.reason))
        else:
            coded.append(result)
    if aside:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in aside)
        shard.path("set-aside", "jsonl").write_text(lines, "utf-8")
    _write(shard.path("accounts"), [row for c in coded for row in _account_rows(c)], ACCOUNT_COLUMNS)
    _write(shard.path("reports"), [_report_row(c) for c in coded], REPORT_COLUMNS)
    return len(coded), len(aside), True


REPORT_COLUMNS = ("key", "id", "language", "published", "accounts", "coded")
ACCOUNT_COLUMNS = ("key", "account", "type", "status", "primary", "start", "end", "place", "country", "lat", "lon",
                   "radius_km", "killed_low", "killed_high", "injured_low", "injured_high")  # fmt: skip
TEXT, WHOLE, REAL, FLAG = "string", "int64", "float64", "bool_"
KINDS = {"accounts": WHOLE, "primary": FLAG, "lat": REAL, "lon": REAL, "radius_km": REAL, "killed_low": WHOLE,
         "killed_high": WHOLE, "injured_low": WHOLE, "injured_high": WHOLE}  # fmt: skip


def _shards(reports: Iterable[RawReport | UnreadableReport], out: Path, size: int) -> Iterator[Shard]:
    stream, number = iter(reports), 0
    while batch := tuple((r.key, r.reason) if isinstance(r, UnreadableReport) else r for r in islice(stream, size)):
        yield Shard(number, str(out), batch)
        number += 1


def _report_row(coded: CodedReport) -> dict[str, Any]:
    report = coded.report
    return dict(key=report.key, id=report.id, language=report.language, published=report.published,
                accounts=len(coded.accounts), coded=to_json(coded).decode())  # fmt: skip


def _account_rows(coded: CodedReport) -> Iterator[dict[str, Any]]:
    for account in coded.accounts:
        counts = {c.field: c for c in account.counts}
        row: dict[str, Any] = dict.fromkeys(ACCOUNT_COLUMNS)
        row |= dict(
            key=coded.report.key, account=account.id, type=account.type, status=account.status, primary=account.primary
        )
        if account.when:
            row |= dict(start=account.when.start, end=account.when.end)
        if account.place:
            known = asdict(account.place)
            row |= dict(place=known["name"], **{k: known[k] for k in ("country", "lat", "lon", "radius_km")})
        for field in ("killed", "injured"):
            if field in counts:
                row |= {f"{field}_low": counts[field].low, f"{field}_high": counts[field].high}
        yield row


def _write(file: Path, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    import pyarrow as pa

    schema = pa.schema([(name, getattr(pa, KINDS.get(name, TEXT))()) for name in columns])
    half = file.with_suffix(".part")
    _parquet().write_table(pa.Table.from_pylist(rows, schema=schema), half, compression="zstd")
    half.replace(file)


def _parquet() -> Any:
    try:
        from pyarrow import parquet
    except ImportError:
        raise UsageError(
            "Bulk coding writes Parquet: pip install 'kavass[bulk]' (or kavass[ray] to run on Ray)."
        ) from None
    return parquet
