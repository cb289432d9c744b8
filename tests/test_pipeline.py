"""The line as a whole: pure, in order, and one report's failure is one report's failure."""

import logging

import pytest

from kavass import pipeline
from kavass.errors import UnreadableReport
from kavass.model import RawReport


def raw(key: str, text: str) -> RawReport:
    return RawReport(id=key, key=key, text=text)


def test_a_report_in_a_language_that_is_not_coded_keeps_its_text() -> None:
    text = "Le festival de la moisson a attiré une grande foule sur la place de la ville, et il a fait beau pendant trois jours."
    coded = pipeline.tell(raw("fr", text))
    assert coded.report.text == text and coded.accounts == () and coded.claims == ()


def test_a_quiet_report_tells_nothing() -> None:
    coded = pipeline.tell(raw("quiet", "The harvest festival drew a large crowd to the square."))
    assert coded.accounts == () and coded.attributions == ()


def test_unreadable_ones_stay_in_their_place() -> None:
    stream = [raw("a", "Gunmen shot a driver in Mosul."), UnreadableReport("b", "it is empty."), raw("c", "Rain fell.")]
    told = list(pipeline.tell_all(stream))
    assert [t.key if isinstance(t, UnreadableReport) else t.report.key for t in told] == ["a", "b", "c"]


def test_a_failure_in_one_report_is_set_aside_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tell = pipeline.tell

    def failing(report: RawReport) -> object:
        if report.key == "bad":
            raise ZeroDivisionError("no")
        return tell(report)

    monkeypatch.setattr(pipeline, "tell", failing)
    with caplog.at_level(logging.ERROR):
        told = list(pipeline.tell_all([raw("bad", "x y z"), raw("good", "Rain fell on the town.")]))
    assert isinstance(told[0], UnreadableReport) and "ZeroDivisionError" in told[0].reason
    assert not isinstance(told[1], UnreadableReport)
    assert "bad" in caplog.text


def test_both_languages_code_the_same_incident_alike() -> None:
    english = pipeline.tell_text("Gunmen shot dead two policemen in Mosul on Friday.", published="2018-09-29").accounts[
        0
    ]
    arabic = pipeline.tell_text(
        "قتل مسلحون بالرصاص شرطيين اثنين في الموصل يوم الجمعة.", published="2018-09-29"
    ).accounts[0]
    for account in (english, arabic):
        assert account.place is not None and account.place.geonames_id == 99072
        assert account.when is not None and account.when.start == account.when.end == "2018-09-28"
        assert [(c.low, c.high) for c in account.counts if c.field == "killed"] == [(2, 2)]
    assert english.type == arabic.type == "shooting"
