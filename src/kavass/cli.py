"""The command line: one function for each command, each one call to the pipeline or the desk.

Exit codes: 0 everything was coded; 1 some inputs were set aside (each named on stderr with its reason, and counted); 2 the call or
a setting is wrong. Results go to stdout, progress and problems to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
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
    context_settings={"help_option_names": ["-h", "--help"]},
)


class LineFormat(str, Enum):
    jsonl = "jsonl"
    table = "table"


class ListFormat(str, Enum):
    table = "table"
    json = "json"
    csv = "csv"


class Engine(str, Enum):
    local = "local"
    ray = "ray"


class ScreenLanguage(str, Enum):
    en = "en"
    ar = "ar"


Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files or folders; `-` is stdin.", show_default=False)]
Reader = Annotated[str, typer.Option("--reader", help="text, html, jsonl, feed, warc, or auto: look at the bytes.")]
Lang = Annotated[str | None, typer.Option("--lang", help="The reports' language (en, ar); found by itself if not given.")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Processes that code side by side.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Only what was known by this ISO date or time.")]
Format = Annotated[ListFormat, typer.Option("--format", help="How to print.")]


@app.callback(invoke_without_command=True)
def kavass(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version; with -v the figures it was released with.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")] = False,
    store: Annotated[str | None, typer.Option("--store", help="The desk's store: a file or a SQLAlchemy address.")] = None,
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
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="The desk's port; 0 takes a free one.")] = None,
) -> None:
    """Code the bundled worked example, print what it found, and serve the desk."""
    from kavass import example

    settings = _settings(context, port=port)
    store = context.obj or example.fresh_store()
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
    format_: Annotated[LineFormat, typer.Option("--format", help="One JSON object per line, or a table to read.")] = LineFormat.jsonl,
) -> None:
    """Code reports without any store: one kavass/coded-report/1 object per line, in input order."""
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
def ingest(context: typer.Context, inputs: Inputs, reader: Reader = "auto", lang: Lang = None, workers: Workers = None) -> None:
    """Code reports into the store: merged, held against your posts and tripwires."""
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
    """Code in bulk into Parquet; a stopped run goes on where it ended."""
    from kavass import batch as bulk

    settings = _settings(context, workers=workers)
    tally = bulk.run(_read(inputs, reader, lang, settings), out, engine=engine.value, workers=settings.workers)
    _say(f"{tally.coded} reports coded, {tally.set_aside} set aside, {tally.shards} shards ({tally.kept} were there already).")
    if tally.set_aside:
        raise typer.Exit(1)
