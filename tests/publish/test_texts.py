"""Feed, calendar and situation report: stable, escaped, in both languages, and nothing said without its source."""

from __future__ import annotations

import io
from typing import Any

import pytest
from lxml import etree

from kavass.model import AccountRef, Exposure, Incident, Trip
from kavass.publish import Edition, Entry, PostState, Rule, Said, Source, atom, ics, sitrep
from make import claim, country, day, decision, denial, post, posture_entry, site, town, tripwire

REPORT = "r" * 64
REF = AccountRef(report=REPORT, key="k", account="acc1")


def entry(**given: Any) -> Entry:
    facts: dict[str, Any] = dict(
        id="inc-1", type="shelling", status="occurred", when=day("2018-09-08"), place=town(), best={},
        dissent={"occurrence": (f"{REPORT}:c2",)}, accounts=(REF,), origins=1, as_of="",
    )  # fmt: skip
    near = Exposure(incident="inc-1", post="basra", ring="near", distance_km=12, low_km=4, high_km=20, certain=False,
                    basis=(f"{REPORT}:acc1",), reason="Placed in Basra.")  # fmt: skip
    return Entry(
        incident=Incident(**{**facts, **given}),
        sources=(Source(id=REPORT, key="k", publisher="Times & <Sons>", uri="https://example.org/?a=1&b=2"),),
        claims=(
            Said(ref=f"{REPORT}:c1", speaker="", quote="Rockets *hit* <b>", claim=claim()),
            Said(ref=f"{REPORT}:c2", speaker="مدير المطار", quote="لم يسقط شيء", claim=denial()),
        ),
        exposures=(near,),
        known_at="2018-09-09T00:00:00+00:00",
    )


TRIP = Trip(tripwire="rockets-near", version=1, post="basra", result="crossed", counted=("inc-1",), as_of="")
RULE = Rule(
    tripwire=tripwire(
        review_due="2019-01-31", title={"en": "Rockets, mortars; shells near the consulate, south", "ar": "قصف"}
    ),
    trip=TRIP,
    owed=True,
    decisions=(decision(verdict="defer", until="2018-10-05"),),
)
STATE = PostState(post=post(), posture=posture_entry(), rules=(RULE,), warnings=("No advisory is known.",))


def published(module: Any, *entries: Entry, lang: str = "en", posts: tuple[PostState, ...] = (STATE,)) -> str:
    out = io.StringIO()
    module.write(Edition(as_of="2018-10-01T00:00:00+00:00", entries=iter(entries), posts=posts), out, lang=lang)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_feed_is_well_formed_with_stable_ids_and_a_point_only_where_there_is_one(lang: str) -> None:
    feed = etree.fromstring(published(atom, entry(), entry(id="inc-2", place=country()), lang=lang).encode())
    names = {"a": atom.ATOM, "g": atom.GEORSS}
    assert feed.xpath("//a:entry/a:id/text()", namespaces=names) == ["urn:kavass:inc-1", "urn:kavass:inc-2"]
    assert feed.xpath("//a:entry/a:updated/text()", namespaces=names)[0] == "2018-09-09T00:00:00+00:00"
    assert feed.xpath("//g:point/text()", namespaces=names) == ["30.508 47.783"]
    assert feed.xpath("//a:link/@href", namespaces=names)[0] == "https://example.org/?a=1&b=2"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == lang


def test_a_control_character_does_not_break_the_feed() -> None:
    etree.fromstring(published(atom, entry(place=site("Bas\x0bra", 30.5, 47.7))).encode())


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_calendar_holds_reviews_deferrals_and_the_thirtieth_day(lang: str) -> None:
    text = published(ics, lang=lang)
    lines = text.split("\r\n")
    assert [x for x in lines if x.startswith("DTSTART")] == [
        f"DTSTART;VALUE=DATE:{d}" for d in ("20190131", "20181005", "20181028")
    ]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 3
    unfolded = text.replace("\r\n ", "")
    assert lang == "ar" or "Rockets\\, mortars\\; shells near the consulate\\, south" in unfolded


def test_without_posts_the_calendar_is_empty_and_valid() -> None:
    assert published(ics, posts=()).endswith("CALSCALE:GREGORIAN\r\nEND:VCALENDAR\r\n")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_line_about_an_incident_cites_what_it_rests_on(lang: str) -> None:
    text = published(sitrep, entry(), lang=lang)
    body = text[text.index("(inc-1)", text.index("# ")) :]
    lines = [x for x in text.splitlines() if x.startswith("- ") and ("[^" in x)]
    assert len(lines) == 5  # sources, contested, two claims, one exposure
    for ref in (f"{REPORT}:acc1", f"{REPORT}:c1", f"{REPORT}:c2"):
        assert text.count(f"]: {ref}\n") == 1
    assert body


def test_the_report_says_what_is_owed_and_takes_no_markup_from_the_texts() -> None:
    text = published(sitrep, entry())
    assert "A decision is owed." in text and "ordered departure (2018-09-28)" in text
    assert "Rockets \\*hit\\* &lt;b&gt;" in text
    assert "<b>" not in text and "<Sons>" not in text
