"""The claims ledger as a person reads it: matters in a desk's order, the same word told once."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from kavass.attribute.claims import TOPICS
from kavass.attribute.meant import FIELDS
from kavass.desk.views import LedgerLine, ReportLine
from kavass.model import Claim, Span, Speaker
from kavass.web import wording
from kavass.web.ledger import matters

FRAMES = Path(wording.__file__).parents[1] / "lang"


def line(ref: str, speaker: str, field: str, value: str | None = None, **more: tuple[str, ...]) -> LedgerLine:
    report = ReportLine(id=ref.partition(":")[0], key=ref, title=None, publisher=None, origin=None, uri=None, language="en",
                        published=None, known_at="2021-01-01", accounts=1, claims=1)  # fmt: skip
    claim = Claim(id=ref.partition(":")[2], field=field, value=value, stance="reports", mode="indirect", span=Span(0, 1),
                  speaker=Speaker(anonymity="institution", text=speaker))  # fmt: skip
    return LedgerLine(ref=ref, report=report, claim=claim, speaker=speaker, quote=f"what {speaker} said", **more)


def test_every_line_stands_once_and_matters_come_in_the_order_in_which_a_desk_asks() -> None:
    ledger = [line("a:c1", "police", "statement"), line("a:c2", "police", "killed", "three"), line("a:c3", "mayor", "occurrence"),
              line("b:c1", "police", "killed", "four")]  # fmt: skip
    found = matters(ledger)
    assert [m.field for m in found] == ["occurrence", "killed", "statement"]
    shown = [r.ref for m in found for s in m.sayings for r in (s.line, *s.again)]
    assert sorted(shown) == sorted(r.ref for r in ledger)


def test_what_several_reports_tell_alike_of_one_speaker_is_one_saying() -> None:
    ledger = [
        line("a:c1", "police", "killed", "three"),
        line("b:c1", "Police", "killed", "three"),
        line("c:c1", "mayor", "killed", "three"),
    ]
    (matter,) = matters(ledger)
    assert [(s.line.ref, [r.ref for r in s.again]) for s in matter.sayings] == [("a:c1", ["b:c1"]), ("c:c1", [])]


def test_a_claim_that_repeats_an_earlier_one_stands_under_it_unless_the_matter_is_another() -> None:
    ledger = [line("a:c1", "police", "killed", "three"), line("b:c1", "the officer", "killed", "3 men", repeats=("a:c1",)),
              line("b:c2", "the officer", "reason", "a quarrel", repeats=("a:c1",))]  # fmt: skip
    killed, reason = matters(ledger)
    assert [r.ref for r in killed.sayings[0].again] == ["b:c1"] and reason.sayings[0].line.ref == "b:c2"


def test_opposite_words_of_one_speaker_are_never_folded_together() -> None:
    told = line("a:c1", "army", "occurrence", "shelling")
    denied = replace(told, ref="b:c1", claim=replace(told.claim, stance="denies_occurrence"), contradicts=("a:c1",))
    (matter,) = matters([told, denied])
    assert len(matter.sayings) == 2 and matter.disputed and matter.shown


def test_a_quiet_matter_of_little_weight_is_folded() -> None:
    assert [m.shown for m in matters([line("a:c1", "police", "statement"), line("a:c2", "police", "perpetrator")])] == [
        True,
        False,
    ]


def test_an_incident_without_claims_has_no_matters() -> None:
    assert matters([]) == []


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_field_of_a_claim_has_its_word(lang: str) -> None:
    set_by_frames = {
        frame["set"]["field"]
        for file in FRAMES.glob("*/frames/*.toml")
        for frame in tomllib.loads(file.read_text("utf-8")).get("frame", ())
        if "field" in frame.get("set", {})
    }
    fields = {
        *FIELDS.values(),
        *TOPICS,
        "statement",
        "occurrence",
        "retraction",
        "evidence",
        "reason",
        "account",
        *set_by_frames,
    }
    assert {f for f in fields if f"field.{f}" not in wording.load(lang).known()} == set()
