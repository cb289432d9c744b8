"""Incidents and claims as CSV: one row each, no formula runs, unknown stays empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kavass.errors import UsageError
from kavass.model import AccountRef, Incident
from kavass.publish import Edition, Entry, Said, Source
from kavass.publish.csv import COLUMNS, safe, write, write_claims
from make import claim, day, denial, town

REF = AccountRef(report="r" * 64, key="k", account="acc1")


def entry(**given: Any) -> Entry:
    facts: dict[str, Any] = dict(
        id="inc-1", type="shelling", status="occurred", when=day("2018-09-08"), place=town(), origins=2, as_of="2018-10-01",
        best={"killed": {"low": 0, "high": 0}, "target": "the airport", "target_class": "airport"},
        dissent={"occurrence": ("x:c2",)}, accounts=(REF,),
    )  # fmt: skip
    report = "r" * 64
    return Entry(
        incident=Incident(**{**facts, **given}),
        sources=(Source(id=report, key="k", publisher="Example Times", published="2018-09-08"),),
        claims=(
            Said(ref=f"{report}:c1", speaker="", quote="Rockets hit", claim=claim()),
            Said(
                ref=f"{report}:c2",
                speaker="=HYPERLINK(1)",
                quote="@none",
                claim=denial(),
                contradicts=(f"{report}:c1",),
            ),
        ),
    )


def rows(*entries: Entry, lang: str = "en", writer: Any = write) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    writer(Edition(as_of="2018-10-01", entries=iter(entries)), out, lang=lang)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_an_incident_is_a_row() -> None:
    (row,) = rows(entry())
    assert len(row) == len(COLUMNS)
    assert row["Incident"] == "inc-1"
    assert (row["From"], row["Place"], row["Latitude"], row["Place precision (m)"]) == (
        "2018-09-08",
        "Basra",
        "30.508",
        "8000",
    )
    assert (row["Contested"], row["Independent origins"], row["Sources"]) == ("occurrence", "2", "Example Times")


def test_zero_and_unknown_are_different_cells() -> None:
    (row,) = rows(entry())
    assert (row["Killed, at least"], row["Injured, at least"]) == ("0", "")


def test_an_unplaced_incident_has_a_row_with_empty_coordinates() -> None:
    (row,) = rows(entry(place=None, when=None))
    assert (row["Latitude"], row["Place precision (m)"], row["From"]) == ("", "", "")


def test_claims_are_a_second_table_keyed_by_incident() -> None:
    first, second = rows(entry(), writer=write_claims)
    assert (first["Incident"], first["Words"], first["Publisher"]) == ("inc-1", "Rockets hit", "Example Times")
    assert (second["Stance"], second["Contradicts"]) == ("denies that it happened", first["Claim"])


def test_arabic_heads_and_labels_keep_the_same_shape() -> None:
    (english,), (arabic,) = rows(entry()), rows(entry(), lang="ar")
    assert len(arabic) == len(english)
    assert arabic["الحادث"] == "inc-1"
    assert arabic["الحالة"] == "وقع"
    assert arabic["النوع"] != english["Type"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝", "\u200f="])
def test_no_cell_runs_as_a_formula(start: str) -> None:
    assert safe(f"{start}1+1") == f"'{start}1+1"
    assert safe("plain -1") == "plain -1"


def test_formulas_from_reports_are_neutralised_in_both_tables() -> None:
    first, second = rows(entry(), writer=write_claims)
    assert (second["Speaker"], second["Words"]) == ("'=HYPERLINK(1)", "'@none")
    (row,) = rows(entry(best={"target": "+cmd"}))
    assert row["Target"] == "'+cmd"
    assert not first["Speaker"]


def test_negative_coordinates_stay_numbers() -> None:
    (row,) = rows(entry(place=replace(town(), lat=-1.5)))
    assert row["Latitude"] == "-1.5"


def test_rows_are_written_as_they_are_read() -> None:
    out = io.StringIO()
    seen: list[int] = []

    def entries() -> Iterator[Entry]:
        for _ in range(3):
            seen.append(out.getvalue().count("inc-1"))
            yield entry()

    write(Edition(as_of="", entries=entries()), out, lang="en")
    assert seen == [0, 1, 2]


def test_another_language_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="choose from ar, en"):
        rows(entry(), lang="xx")
