"""The command line: one function for each command, each one call to the pipeline or the desk.

Exit codes: 0 everything was coded; 1 some inputs were set aside (each named on stderr with its reason, and counted); 2 the call or
a setting is wrong. Results go to stdout, progress and problems to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kavass import __version__
from kavass.errors import KavassError, UnreadableReport, UsageError

if TYPE_CHECKING:
    from kavass.desk import Desk
    from kavass.model import CodedReport, RawReport
    from kavass.settings import Settings

app = typer.Typer(
    help="Turns the news about a place into a record that a security desk can act on and defend.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class LineFormat(StrEnum):
    jsonl = "jsonl"
    table = "table"


class ListFormat(StrEnum):
    table = "table"
    json = "json"
    csv = "csv"


class Engine(StrEnum):
    local = "local"
    ray = "ray"


class ScreenLanguage(StrEnum):
    en = "en"
    ar = "ar"


Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT", help="Files or folders; `-` is stdin.", show_default=False)
]
Reader = Annotated[str, typer.Option("--reader", help="text, html, jsonl, feed, warc, or auto: look at the bytes.")]
Lang = Annotated[
    str | None, typer.Option("--lang", help="The reports' language (en, ar); found by itself if not given.")
]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Processes that code side by side.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Only what was known by this ISO date or time.")]
Format = Annotated[ListFormat, typer.Option("--format", help="How to print.")]


@app.callback(invoke_without_command=True)
def kavass(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version; with -v the figures it was released with.")
    ] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")] = False,
    store: Annotated[
        str | None, typer.Option("--store", help="The desk's store: a file or a SQLAlchemy address.")
    ] = None,
) -> None:
    context.obj = store
    if version:
        typer.echo(f"kavass {__version__}")
        if verbose:
            typer.echo((Path(__file__).parent / "figures.txt").read_text("utf-8").rstrip())
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise UsageError("Name a command; `kavass --help` lists them.")


@app.command()
def demo(
    context: typer.Context,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the desk when the example is coded.")] = True,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="The desk's port; 0 takes a free one.")
    ] = None,
) -> None:
    """Code the bundled example, then serve the desk.

    Prints what it found: incidents, contested fields, exposed posts, tripwires, what is owed.
    """
    from kavass import example

    settings = _settings(context, port=port)
    store = settings.store_url if context.obj else example.fresh_store()
    with _desk(store) as desk:
        example.load(desk, progress=_say)
        typer.echo(example.tell_what_it_found(desk))
        if serve:
            _serve(desk, settings)


@app.command()
def code(
    context: typer.Context,
    inputs: Inputs,
    reader: Reader = "auto",
    lang: Lang = None,
    workers: Workers = None,
    format_: Annotated[
        LineFormat, typer.Option("--format", help="One JSON object per line, or a table to read.")
    ] = LineFormat.jsonl,
) -> None:
    """Code reports, one JSON line each, no store.

    Each line is a kavass/coded-report/1 object, in input order.
    """
    settings = _settings(context, workers=workers)
    tally = _Tally()
    coded = tally.pass_coded(_coded(inputs, reader, lang, settings))
    if format_ is LineFormat.table:
        _print_accounts(coded)
    else:
        from kavass.model import to_json

        out = sys.stdout.buffer
        for record in coded:
            out.write(to_json(record) + b"\n")
            out.flush()
    tally.finish()


@app.command()
def ingest(
    context: typer.Context, inputs: Inputs, reader: Reader = "auto", lang: Lang = None, workers: Workers = None
) -> None:
    """Code reports into the store.

    They are merged and held against your posts and tripwires.
    """
    settings = _settings(context, workers=workers)
    tally = _Tally()
    with _desk(settings.store_url, settings) as desk:
        summary = desk.ingest(tally.pass_all(_coded(inputs, reader, lang, settings)))
    _say(str(summary))
    tally.finish()


@app.command()
def batch(
    context: typer.Context,
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", help="The folder for the Parquet tables.")],
    engine: Annotated[Engine, typer.Option("--engine", help="Processes of this machine, or Ray.")] = Engine.local,
    reader: Reader = "auto",
    lang: Lang = None,
    workers: Workers = None,
) -> None:
    """Code in bulk into Parquet.

    A stopped run goes on where it ended.
    """
    from kavass import batch as bulk

    settings = _settings(context, workers=workers)
    tally = bulk.run(_read(inputs, reader, lang, settings), out, engine=engine.value, workers=settings.workers)
    _say(
        f"{tally.coded} reports coded, {tally.set_aside} set aside, {tally.shards} shards ({tally.kept} were there already)."
    )
    if tally.set_aside:
        raise typer.Exit(1)


@app.command()
def incidents(context: typer.Context, as_of: AsOf = None, format_: Format = ListFormat.table) -> None:
    """List the incidents of the store.

    Reports of one incident stand together.
    """
    with _desk(_settings(context).store_url) as desk:
        found = desk.incidents(as_of=_time(as_of)).incidents
        if format_ is ListFormat.csv:
            desk.publish("csv", sys.stdout, as_of=_time(as_of))
        elif format_ is ListFormat.json:
            _print_json(found)
        else:
            heads = ("id", "type", "status", "when", "place", "killed", "injured", "sources", "contested")
            _print_table(heads, ((i.id, i.type, i.status, _when(i.when), i.place.name if i.place else "", _count(i, "killed"),
                                  _count(i, "injured"), i.origins, ", ".join(i.dissent)) for i in found))  # fmt: skip


@app.command()
def posts(
    context: typer.Context,
    load: Annotated[
        Path | None, typer.Option("--load", help="Keep the posts of this CSV or GeoJSON file first.")
    ] = None,
    as_of: AsOf = None,
    format_: Format = ListFormat.table,
) -> None:
    """List your posts and what is near them.

    --load keeps a file of posts first.
    """
    with _desk(_settings(context).store_url) as desk:
        if load:
            _say(f"{desk.load_posts(load)} posts are new or changed.")
        views = [desk.post(p.id, as_of=_time(as_of)) for p in desk.posts(as_of=_time(as_of))]
        rows = [(v.post.id, v.post.name["en"], v.post.name["ar"], v.post.kind, v.post.owner, v.post.town, v.post.country,
                 len(v.exposures), sum(t.trip.result == "crossed" for t in v.trips), v.posture.status if v.posture else "")
                for v in views]  # fmt: skip
        heads = ("id", "name_en", "name_ar", "kind", "owner", "town", "country", "exposures", "crossed", "posture")
        _print_rows(format_, heads, rows, [v.post for v in views])


@app.command()
def trips(
    context: typer.Context,
    load: Annotated[Path | None, typer.Option("--load", help="Keep the tripwires of this TOML file first.")] = None,
    as_of: AsOf = None,
    format_: Format = ListFormat.table,
) -> None:
    """Evaluate the tripwires.

    Each is crossed, not crossed, or cannot be told, and then what is missing is said. --load keeps a file of them first.
    """
    with _desk(_settings(context).store_url) as desk:
        if load:
            _say(f"{desk.load_tripwires(load)} tripwires are new or changed.")
        views = desk.trips(as_of=_time(as_of))
        rows = [(v.trip.post, v.trip.tripwire, v.trip.result, (v.trip.crossed_at or "")[:16], len(v.trip.counted),
                 "; ".join(v.trip.missing), "yes" if v.owed else "") for v in views]  # fmt: skip
        heads = ("post", "tripwire", "result", "crossed_at", "counted", "missing", "owed")
        _print_rows(format_, heads, rows, [v.trip for v in views])


@app.command()
def posture(context: typer.Context, as_of: AsOf = None, format_: Format = ListFormat.table) -> None:
    """Show each post's posture and its history."""
    with _desk(_settings(context).store_url) as desk:
        entries = [e for p in desk.posts(as_of=_time(as_of)) for e in desk.posture(p.id, as_of=_time(as_of)).history]
        rows = [
            (e.post, e.status, e.label or "", e.valid_from, e.known_at[:16], e.by or "", e.note or "") for e in entries
        ]
        _print_rows(format_, ("post", "status", "label", "valid_from", "known_at", "by", "note"), rows, entries)


@app.command()
def reports(context: typer.Context, as_of: AsOf = None, format_: Format = ListFormat.table) -> None:
    """List the reports of the store.

    Those set aside are named on stderr with their reason.
    """
    with _desk(_settings(context).store_url) as desk:
        found = desk.reports(limit=1_000_000, as_of=_time(as_of))
        rows = [
            (r.key, r.published or "", r.language, r.publisher or "", r.title or "", r.accounts, r.claims)
            for r in found
        ]
        _print_rows(format_, ("key", "published", "language", "publisher", "title", "accounts", "claims"), rows, found)
        for line in desk.set_aside(as_of=_time(as_of)):
            _say(f"set aside: {line.key}: {line.reason}")


@app.command()
def publish(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="csv, claims, geojson, ...", show_default=False)],
    lang: Annotated[ScreenLanguage, typer.Option("--lang", help="The language of labels.")] = ScreenLanguage.en,
    as_of: AsOf = None,
) -> None:
    """Write the incidents to stdout in an interchange format."""
    with _desk(_settings(context).store_url) as desk:
        desk.publish(kind, sys.stdout, lang=lang.value, as_of=_time(as_of))


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option("--host", help="The address to listen on; loopback unless you say otherwise.")
    ] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = None,
) -> None:
    """Serve the desk and its JSON API."""
    settings = _settings(context, host=host, port=port)
    with _desk(settings.store_url, settings) as desk:
        _serve(desk, settings)


@app.command()
def schema(name: Annotated[str, typer.Argument(help="coded-report or incident", show_default=False)]) -> None:
    """Print the JSON Schema of a record."""
    import json

    from kavass import model

    kinds = {
        "coded-report": model.CodedReport,
        "incident": model.Incident,
        "post": model.Post,
        "tripwire": model.Tripwire,
    }
    if name not in kinds:
        raise UsageError(f"There is no schema {name!r}; choose from {', '.join(kinds)}.")
    typer.echo(json.dumps(model.schema(kinds[name]), ensure_ascii=False, indent=2))


@app.command("settings")
def show_settings(context: typer.Context) -> None:
    """List the settings: name, value now, default, what it does."""
    from kavass.settings import table

    now = _settings(context)
    rows = [
        (name, str(getattr(now, name.removeprefix("KAVASS_").lower())), default, what)
        for name, default, what in table()
    ]
    _print_table(("name", "now", "default", "what it does"), rows)


def main() -> None:
    """The entry point: errors made on purpose become one sentence and an exit code."""
    try:
        app()
    except KavassError as fault:
        typer.echo(f"kavass: {fault}", err=True)
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader of our output has gone: `kavass code ... | head`
        sys.stderr.close()
        raise SystemExit(0) from None


# --- parts ---------------------------------------------------------------------------------------------------------


class _Tally:
    """Counts what was coded and names what was set aside while the records pass by."""

    def __init__(self) -> None:
        self.coded = self.aside = 0

    def pass_all(self, results: Iterable[CodedReport | UnreadableReport]) -> Iterator[CodedReport | UnreadableReport]:
        for result in results:
            if isinstance(result, UnreadableReport):
                self.aside += 1
                _say(f"set aside: {result}")
            else:
                self.coded += 1
            yield result

    def pass_coded(self, results: Iterable[CodedReport | UnreadableReport]) -> Iterator[CodedReport]:
        for result in self.pass_all(results):
            if not isinstance(result, UnreadableReport):
                yield result

    def finish(self) -> None:
        """Says the counts if anything was set aside, and ends with exit code 1."""
        if self.aside:
            _say(f"{self.coded} reports coded, {self.aside} set aside.")
            raise typer.Exit(1)


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _settings(context: typer.Context, **given: Any) -> Settings:
    from kavass.settings import read

    return read(store=context.obj, **given)


@contextmanager
def _desk(store_url: str, settings: Settings | None = None) -> Iterator[Desk]:
    from kavass.desk import Desk

    with Desk(store_url, window_days=settings.merge_window_days if settings else 10.0) as desk:
        if settings and settings.posts:
            desk.load_posts(settings.posts)
        if settings and settings.tripwires:
            desk.load_tripwires(settings.tripwires)
        yield desk


def _read(
    inputs: list[str], reader: str, lang: str | None, settings: Settings
) -> Iterator[RawReport | UnreadableReport]:
    """Every report of the inputs, in order. Raises UsageError for a path that is not there, before anything is read."""
    from kavass.read import Limits, read

    if missing := [name for name in inputs if name != "-" and not Path(name).exists()]:
        raise UsageError(f"There is no file or folder {missing[0]!r}.")
    limits = Limits(report_bytes=int(settings.max_report_mb * 1_000_000))
    sources = [(sys.stdin.buffer, "-") if name == "-" else (Path(name), None) for name in inputs]
    return chain.from_iterable([read(s, key=key, reader=reader, language=lang, limits=limits) for s, key in sources])


def _coded(
    inputs: list[str], reader: str, lang: str | None, settings: Settings
) -> Iterator[CodedReport | UnreadableReport]:
    from kavass import lang as languages
    from kavass.pipeline import tell_all

    if lang and lang not in languages.codes():
        raise UsageError(f"There is no language {lang!r}; choose from {', '.join(languages.codes())}.")
    return tell_all(_read(inputs, reader, lang, settings), settings.workers)


def _serve(desk: Desk, settings: Settings) -> None:
    import socket

    import uvicorn

    from kavass.web.app import create

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as fault:
            raise UsageError(
                f"Cannot listen on {settings.host}:{settings.port} ({fault.strerror}); choose another --port, or 0."
            ) from None
        probe.listen()
        typer.echo(f"The desk: http://{settings.host}:{probe.getsockname()[1]}/  (Ctrl+C ends it)")
        server = uvicorn.Server(uvicorn.Config(create(desk, settings), log_level="warning", access_log=False))
        server.run(sockets=[probe])


def _time(value: str | None) -> datetime | None:
    if not value:
        return None
    from kavass.desk import as_of_time

    return as_of_time(value)


def _when(when: Any) -> str:
    if when is None:
        return ""
    return (when.start or "…") if when.start == when.end else f"{when.start or '…'} – {when.end or '…'}"


def _count(incident: Any, field: str) -> str:
    value = incident.best.get(field)
    if not isinstance(value, dict):
        return "" if value is None else str(value)
    low, high = value.get("low"), value.get("high")
    return str(low) if low == high else f"{low}–{'?' if high is None else high}"


def _print_accounts(coded: Iterable[CodedReport]) -> None:
    def row(record: CodedReport, account: Any) -> tuple[Any, ...]:
        counts = " ".join(
            f"{c.field}={c.low}" if c.low == c.high else f"{c.field}={c.low}–{c.high or '?'}" for c in account.counts
        )
        words = " ".join(record.report.words(account.spans[0]).split())[:80]
        place = account.place.name if account.place else ""
        return record.report.key, account.type, account.status, _when(account.when), place, counts, words

    heads = ("report", "type", "status", "when", "place", "counts", "words")
    _print_table(heads, (row(c, a) for c in coded for a in c.accounts))


def _print_rows(how: ListFormat, heads: tuple[str, ...], rows: list[tuple[Any, ...]], things: list[Any]) -> None:
    if how is ListFormat.json:
        _print_json(things)
    elif how is ListFormat.csv:
        import csv

        from kavass.desk import safe

        csv.writer(sys.stdout).writerows([heads, *([safe(cell) for cell in row] for row in rows)])
    else:
        _print_table(heads, rows)


def _print_json(things: Iterable[Any]) -> None:
    from kavass.model import to_json

    for thing in things:
        typer.echo(to_json(thing).decode())


def _print_table(heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*heads, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    wide = None if sys.stdout.isatty() else 10_000  # a pipe or a file gets every cell whole
    Console(width=wide).print(table)


if __name__ == "__main__":
    main()
