"""The desk's use cases on real stores: what comes in, what is judged and decided, and what is known as of when."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kavass.desk import Desk, Filters
from kavass.errors import ConflictError, DataError, NotFound, UnreadableReport, UsageError
from kavass.model import Advisory, CodedReport, PostTold, PostureChange, RawReport, Span
from kavass.pipeline import tell
from kavass.reasons import say
from make import (
    account,
    actor,
    at,
    claim,
    coded,
    country,
    day,
    denial,
    distance,
    ref,
    site,
    speaker,
    target,
    town,
)

WIRE = "Three rockets landed near the airport in the southern city of Basra early on Saturday morning and hurt nobody at all."


class Clock:
    """A clock that goes on by a minute whenever it is read."""

    def __init__(self) -> None:
        self.now = at("2018-10-01")

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store_url: str, clock: Clock) -> Iterator[Desk]:
    with Desk(store_url, clock=clock) as opened:
        yield opened


POSTS = """# posts of the example
id,name_en,name_ar,kind,owner,lat,lon,town,country,rings
basra,Consulate in Basra,القنصلية في البصرة,consulate,USA,30.547,47.667,Basra,IRQ,inner:0.5;near:5;town:30
erbil,Consulate in Erbil,القنصلية في أربيل,consulate,USA,36.19,44.0,Erbil,IRQ,town:30
"""
TRIPWIRES = """# tripwires of the example
[[tripwire]]
id = "impact"
post = "basra"
title = { en = "Rockets close to the post", ar = "سقوط صواريخ قرب البعثة" }
owner = "Security officer"
types = ["shelling"]
max_km = 0.5
window_days = 1
consider = "authorized_departure"
review_due = 2018-01-31

[[tripwire]]
id = "repeated"
post = "basra"
title = { en = "Repeated rockets", ar = "صواريخ متكررة" }
owner = "Security officer"
types = ["shelling"]
max_km = 40
window_days = 30
min_count = 2
corroboration = "K1"
consider = "ordered_departure"
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    posts, tripwires = tmp_path / "posts.csv", tmp_path / "tripwires.toml"
    posts.write_text(POSTS, "utf-8")
    tripwires.write_text(TRIPWIRES, "utf-8")
    return posts, tripwires


def rockets(publisher: str, text: str = "", **given: object) -> CodedReport:
    """One outlet's report of rockets at Basra's airport on 8 September 2018."""
    facts = {"roles": (target("the airport", "airport"),), "place": town(radius_km=12.0), **given}
    title = facts.pop("title", None)
    told = account(spans=(Span(0, 6),), **facts)
    words = text or f"{publisher} tells of rockets."
    return coded(
        accounts=[told], claims=[claim()], publisher=publisher, text=words, published="2018-09-08", title=title
    )


ENGLISH = rockets("Example Times")
ARABIC = coded(
    accounts=[account(place=town("البصرة"), roles=(target("المطار", "airport"),), spans=(Span(0, 6),))],
    claims=[claim(speaker=speaker("متحدث باسم الشرطة", "titled_unnamed"), mode="indirect")],
    publisher="وكالة المثال",
    text="سقطت ثلاثة صواريخ قرب المطار في مدينة البصرة صباح السبت دون وقوع إصابات، بحسب متحدث باسم الشرطة.",
    language="ar",
)
LATER = coded(
    accounts=[
        account(
            when=day("2018-09-27", "2018-09-28"),
            distance=distance(274, 250, 300),
            roles=(target("the facility", "diplomatic"),),
        )
    ],
    claims=[claim(speaker=speaker("a senior official", "titled_unnamed"), mode="indirect"), denial()],
    text="Rockets came down about 270 metres from the compound in Basra, a senior official told reporters on Friday.",
    published="2018-09-29",
)
FAR = coded(accounts=[account(place=town("Baghdad"), type="bombing")], text="A bomb went off in Baghdad on Saturday.")
NOWHERE = coded(accounts=[account(place=country(), type="protest")], text="Protesters marched somewhere in Iraq.")


def test_one_incident_told_in_two_languages_is_one(desk: Desk) -> None:
    summary = desk.ingest([ENGLISH, ARABIC])
    assert (summary.new, summary.accounts, summary.claims) == (2, 2, 2)
    (incident,) = desk.incidents().incidents
    assert (incident.origins, len(incident.accounts), incident.status) == (2, 2, "occurred")


def test_the_same_stream_again_changes_nothing(desk: Desk) -> None:
    desk.ingest([ENGLISH, ARABIC])
    before = desk.incidents(), desk.log()
    summary = desk.ingest([ENGLISH, ARABIC])
    assert (summary.unchanged, summary.new, summary.accounts) == (2, 0, 0)
    assert "2 unchanged" in str(summary)
    assert [i.id for i in desk.incidents().incidents] == [i.id for i in before[0].incidents]
    assert desk.log() == before[1]


def test_a_wire_on_nine_sites_is_one_origin(desk: Desk) -> None:
    desk.ingest(rockets(f"Site {n}", WIRE) for n in range(9))
    (incident,) = desk.incidents().incidents
    assert (len(incident.accounts), incident.origins) == (9, 1)


def test_before_everything_the_desk_is_empty(desk: Desk, files: tuple[Path, Path]) -> None:
    desk.ingest([ENGLISH, UnreadableReport("a.pdf", "It is a PDF.")])
    desk.load_posts(files[0])
    desk.load_tripwires(files[1])
    desk.set_posture("basra", "normal_operations", by="Ana")
    early = at("2001-01-01")
    home = desk.home(as_of=early)
    assert (home.reports, home.incidents, home.posts, home.tripwires, home.set_aside) == (0, 0, 0, 0, 0)
    reads = (
        desk.reports,
        desk.posts,
        desk.tripwires,
        desk.trips,
        desk.exposures,
        desk.judgements,
        desk.set_aside,
        desk.log,
    )
    assert all(read(as_of=early) == [] for read in reads)
    with pytest.raises(NotFound, match="as of 2001"):
        desk.incident(desk.incidents().incidents[0].id, as_of=early)
    with pytest.raises(NotFound):
        desk.post("basra", as_of=early)


def test_an_archive_is_read_as_it_became_known(desk: Desk) -> None:
    desk.ingest([ENGLISH, LATER], learned="published")
    assert desk.incidents(as_of=at("2018-09-08")).total == 0
    assert desk.incidents(as_of=at("2018-09-09")).total == 1
    assert desk.incidents(as_of=at("2018-09-30")).total == 2


@pytest.mark.parametrize("read", ["incident", "report", "post", "posture", "trip", "ledger", "backtest"])
def test_an_unknown_id_is_not_found(desk: Desk, read: str) -> None:
    with pytest.raises(NotFound, match="nothing-like-it"):
        getattr(desk, read)("nothing-like-it")


def test_filters_say_what_they_hide_and_what_has_no_place(desk: Desk) -> None:
    desk.ingest([ENGLISH, FAR, NOWHERE])
    listed = desk.incidents(Filters(types=("shelling", "protest")))
    assert (listed.total, listed.hidden, listed.unlocated) == (2, 1, 1)
    assert desk.incidents(Filters(located=False)).incidents[0].type == "protest"
    assert desk.incidents(Filters(words="baghdad bomb")).incidents[0].type == "bombing"
    assert desk.incidents(Filters(box=(47.0, 30.0, 48.0, 31.0))).incidents[0].type == "shelling"
    assert desk.incidents(Filters(since="2018-09-09")).total == 0
    assert desk.incidents(Filters(until="2018-09-08", country="IRQ")).total == 3
    assert len(desk.incidents(limit=1, offset=1).incidents) == 1


def test_an_incident_shows_its_words_its_claims_and_who_denies_them(desk: Desk) -> None:
    desk.ingest([LATER])
    (incident,) = desk.incidents(Filters(contested=True)).incidents
    view = desk.incident(incident.id)
    report = LATER.report
    assert view.accounts[0].words == (report.text[:11],)
    assert [line.ref for line in view.ledger] == [f"{report.id}:c1", f"{report.id}:c2"]
    told, denied = view.ledger
    assert denied.contradicts == (told.ref,)
    assert told.contradicted_by == (denied.ref,)
    assert incident.dissent["occurrence"] == (denied.ref,)
    assert (view.corroboration, told.speaker, told.quote) == ("K0", "a senior official", report.text[:11])


MOSUL = {
    "en": (
        "A bomb exploded in the central market of Mosul on Monday. The Health Ministry said {n} people were killed.",
        ("five", "seven", "nine"),
        "A bomb exploded in the central market of Mosul on Monday. Hospital director Ali Hassan said {n} people were killed.",
        "A bomb exploded in the central market of Mosul on Monday. The governor denied that a bomb had exploded.",
        ("Health Ministry", "Ali Hassan"),
    ),
    "ar": (
        "انفجرت قنبلة في السوق المركزي في الموصل يوم الاثنين. وقالت وزارة الصحة إن {n} أشخاص قتلوا.",
        ("خمسة", "سبعة", "تسعة"),
        "انفجرت قنبلة في السوق المركزي في الموصل يوم الاثنين. وقال مدير المستشفى علي حسن إن {n} أشخاص قتلوا.",
        "انفجرت قنبلة في السوق المركزي في الموصل يوم الاثنين. ونفى المحافظ انفجار قنبلة.",
        ("وزارة الصحة", "علي حسن"),
    ),
}


def outlet(text: str, name: str, published: str) -> CodedReport:
    """An outlet's report as the line codes it."""
    stamps = (("caller", published),)
    return tell(
        RawReport(id=hashlib.sha256(text.encode()).hexdigest(), key=name, text=text, publisher=name, stamps=stamps)
    )


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_claims_of_different_reports_bear_on_each_other_and_say_why(desk: Desk, lang: str) -> None:
    ministry, (five, seven, nine), hospital, governor, (health, director) = MOSUL[lang]
    desk.ingest([outlet(ministry.format(n=five), "First", "2024-03-04T09:00"),
                 outlet(ministry.format(n=seven), "Second", "2024-03-05T09:00"),
                 outlet(hospital.format(n=nine), "Third", "2024-03-05T12:00"),
                 outlet(ministry.format(n=five) + " ", "Stale", "2024-03-06T09:00"),
                 outlet(governor, "Fourth", "2024-03-06T12:00")])  # fmt: skip
    (incident,) = desk.incidents().incidents
    ledger = {(line.report.key, line.claim.field, line.claim.stance): line for line in desk.ledger(incident.id)}
    first, second, third = (ledger[key, "killed", "reports"] for key in ("First", "Second", "Third"))
    assert first.superseded_by == (second.ref,) and first.ref in second.supersedes
    assert third.contradicts == (second.ref,) and second.contradicted_by == (third.ref,)
    assert all(word in third.reasons[second.ref] for word in (health, director, seven, nine))
    assert all(word in say(third.reasons[second.ref], "ar") for word in (health, director, seven, nine))
    denied = ledger["Fourth", "occurrence", "denies_occurrence"]
    assert ledger["Third", "occurrence", "reports"].ref in denied.contradicts
    assert all(denied.reasons[ref] for ref in denied.contradicts)
    assert five not in str(incident.best["killed"]["text"])


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_retraction_is_read_as_of_its_time_and_costs_an_origin(desk: Desk, clock: Clock, lang: str) -> None:
    ministry = speaker({"en": "the ministry", "ar": "الوزارة"}[lang], "institution")
    told = [claim(speaker=ministry, mode="indirect")]
    back = [claim(speaker=ministry, stance="denies_account", field="retraction", mode="indirect")]
    roles = (target("the airport", "airport"),)
    first = coded(
        accounts=[account(roles=roles)],
        claims=told,
        language=lang,
        text="first",
        publisher="One",
        published="2018-09-08",
    )
    later = coded(
        accounts=[account(roles=roles)],
        claims=back,
        language=lang,
        text="later",
        publisher="Two",
        published="2018-09-12",
    )
    desk.ingest([first, later], learned="published")
    ((before,), (after,)) = (desk.incidents(as_of=at(day)).incidents for day in ("2018-09-10", "2018-09-13"))
    (one, _), (line,) = desk.ledger(after.id), desk.ledger(before.id, as_of=at("2018-09-10"))
    assert (line.superseded_by, before.dissent) == ((), {})
    assert one.superseded_by == (f"{later.report.id}:c1",)
    assert after.dissent == {"occurrence": (f"{later.report.id}:c1",)}
    assert after.origins == 1 and desk.incident(after.id).contested


def test_titles_that_speak_against_each_other_are_shown(desk: Desk) -> None:
    titles = ("Rockets hit the airport of Basra", "No rockets hit the airport of Basra", "Rockets strike Basra airport")
    desk.ingest([rockets(f"Outlet {n}", title=title) for n, title in enumerate(titles)])
    (incident,) = desk.incidents().incidents
    (apart,) = desk.incident(incident.id).titles_apart
    assert {apart.earlier.title, apart.later.title} >= {titles[1]} and "no" in " ".join(apart.reasons)


def test_a_report_leads_to_its_incidents_and_its_copies(desk: Desk) -> None:
    first, second = rockets("Site 1", WIRE), rockets("Site 2", WIRE)
    desk.ingest([first, second])
    view = desk.report(first.report.id[:10])
    assert view.report == first.report
    assert view.incidents == {"acc1": desk.incidents().incidents[0].id}
    assert [line.publisher for line in view.copies] == ["Site 2"]
    assert desk.report(second.report.key).coded == second
    with pytest.raises(NotFound):
        desk.report(first.report.id, key="elsewhere")


def test_a_newer_coding_is_read_and_the_older_one_stays(desk: Desk, clock: Clock) -> None:
    desk.ingest([ENGLISH])
    between = clock()
    desk.ingest([replace(ENGLISH, kavass="0.2.0", accounts=(), claims=())])
    assert desk.incidents().total == 0
    assert desk.incidents(as_of=between).total == 1
    assert [version for version, _ in desk.report(ENGLISH.report.id).codings] == ["0.1.0", "0.2.0"]


def test_a_persons_word_joins_and_undoing_it_parts_again(desk: Desk) -> None:
    desk.ingest([ENGLISH, FAR])
    left, right = (i.id for i in desk.incidents().incidents)
    numbers = desk.merge(left, right, by="Ana", why="one event")
    (incident,) = desk.incidents().incidents
    assert incident.id in {left, right}
    assert {desk.incident(left).incident.id, desk.incident(right).incident.id} == {incident.id}
    with pytest.raises(ConflictError, match="one incident already"):
        desk.merge(left, right, by="Ana")
    for number in numbers:
        desk.undo(number, by="Omar", why="a slip")
    assert desk.incidents().total == 2
    assert [line.standing for line in desk.judgements()] == [False]
    assert [line.kind for line in desk.log(limit=2)] == ["undo", "judgement"]


def test_merging_takes_all_accounts_along(desk: Desk) -> None:
    other = replace(FAR, report=replace(FAR.report, key="b", id="b" * 64, publisher="Other"))
    desk.ingest([ENGLISH, ARABIC, FAR, other])
    listed = desk.incidents().incidents
    desk.merge(listed[0].id, listed[1].id, by="Ana")
    assert [len(i.accounts) for i in desk.incidents().incidents] == [4]


def test_a_split_keeps_an_account_apart_from_all_others(desk: Desk) -> None:
    desk.ingest([ENGLISH, ARABIC, rockets("Third")])
    desk.split(ref(ARABIC), by="Ana", why="another airport")
    assert sorted(len(i.accounts) for i in desk.incidents().incidents) == [1, 2]
    with pytest.raises(ConflictError, match="stands alone"):
        desk.split(ref(ARABIC), by="Ana")
    with pytest.raises(NotFound):
        desk.split(replace(ref(ARABIC), account="acc9"), by="Ana")


def test_suggestions_come_with_reasons_and_go_once_judged(desk: Desk) -> None:
    vague = coded(
        accounts=[account()],
        publisher="Vague",
        text="Something was fired at the city of Basra on Saturday, it is said.",
    )
    other = rockets("Other", roles=(target("the port", "transport"),))
    desk.ingest([ENGLISH, vague, other])
    suggestion, another, *_ = desk.suggestions()
    assert 0.3 < another.value <= suggestion.value < 0.8
    assert any("Basra" in reason for reason in suggestion.reasons)
    assert suggestion.left_incident != suggestion.right_incident
    pair = {suggestion.left.ref, suggestion.right.ref}
    desk.judge(suggestion.left.ref, suggestion.right.ref, "different", by="Ana")
    assert all({s.left.ref, s.right.ref} != pair for s in desk.suggestions())
    assert len(desk.suggestions(limit=1)) == 1


def test_two_thin_reports_of_one_day_are_one_where_nothing_else_could_be_meant(desk: Desk) -> None:
    vague = coded(accounts=[account()], publisher="Vague", text="Something was fired at Basra.")
    desk.ingest([ENGLISH, vague])
    (incident,) = desk.incidents().incidents
    ((_, _, value, reasons),) = desk.incident(incident.id).joins
    assert value < 0.8 and reasons[-1] == "Nothing else that is known near it could be meant."
    desk.ingest([rockets("Other", roles=(target("the port", "transport"),))])
    assert desk.incidents().total == 3


def test_a_judgement_needs_a_name_and_a_known_verdict(desk: Desk) -> None:
    desk.ingest([ENGLISH, FAR])
    with pytest.raises(UsageError, match="needs a name"):
        desk.judge(ref(ENGLISH), ref(FAR), "same", by=" ")
    with pytest.raises(UsageError, match="choose from same, different, unsure"):
        desk.judge(ref(ENGLISH), ref(FAR), "maybe", by="Ana")  # type: ignore[arg-type]


def test_posts_tripwires_and_what_is_owed(desk: Desk, files: tuple[Path, Path], clock: Clock) -> None:
    assert desk.load_posts(files[0], by="Ana") == 2
    assert desk.load_posts(files[0], by="Ana") == 0
    assert desk.load_tripwires(files[1], by="Ana") == 2
    desk.ingest([ENGLISH, ARABIC, rockets("Second", when=day("2018-09-20"))])
    before = clock()
    (owed,) = desk.owed()
    assert (owed.tripwire.id, owed.trip.result, owed.happened_at) == ("repeated", "crossed", "2018-09-20")
    assert len(owed.trip.counted) == 2
    desk.decide("repeated", "act", reason="Reduce staff.", by="Ana")
    assert desk.owed() == []
    assert [t.tripwire.id for t in desk.owed(as_of=before)] == ["repeated"]
    assert desk.trip("repeated").latest.verdict == "act"  # type: ignore[union-attr]
    assert desk.posture("basra").current is None  # a crossing moves nothing by itself
    assert desk.trip("impact").stale
    home = desk.home()
    assert (home.posts, home.exposed_posts, home.tripwires, home.crossed, home.owed) == (2, 1, 2, 1, 0)


def test_one_unnamed_source_is_not_enough_and_the_tripwire_says_what_is_missing(
    desk: Desk, files: tuple[Path, Path]
) -> None:
    desk.load_posts(files[0])
    desk.load_tripwires(files[1])
    desk.ingest([replace(LATER, claims=LATER.claims[:1])])
    trip = desk.trip("impact").trip
    assert trip.result == "cannot_tell"
    assert "a named or official source is missing" in trip.missing[0]
    exposure = desk.post("basra").exposures[0]
    assert (exposure.ring, exposure.certain, exposure.low_km, exposure.high_km) == ("inner", True, 0.25, 0.3)


def test_a_deferral_runs_out(desk: Desk, files: tuple[Path, Path], clock: Clock) -> None:
    desk.load_posts(files[0])
    desk.load_tripwires(files[1])
    desk.ingest([ENGLISH, rockets("Second", when=day("2018-09-20"))])
    desk.decide("repeated", "defer", until="2018-10-10", reason="Wait for the visit.", by="Ana")
    assert desk.owed() == []
    clock.now = at("2018-10-10")
    assert [t.tripwire.id for t in desk.owed()] == ["repeated"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (dict(verdict="act", reason=" ", by="Ana"), "needs a reason"),
        (dict(verdict="act", reason="x", by=""), "needs a name"),
        (dict(verdict="defer", reason="x", by="Ana"), "needs the day"),
        (dict(verdict="act", reason="x", by="Ana", until="2018-10-10"), "only a deferral"),
        (dict(verdict="defer", reason="x", by="Ana", until="soon"), "is no day"),
        (dict(verdict="shrug", reason="x", by="Ana"), "choose from act, defer, waive"),
    ],
)
def test_a_decision_is_complete_or_refused(
    desk: Desk, files: tuple[Path, Path], given: dict[str, str], says: str
) -> None:
    desk.load_posts(files[0])
    desk.load_tripwires(files[1])
    with pytest.raises(UsageError, match=says):
        desk.decide("repeated", **given)  # type: ignore[arg-type]
    assert desk.store.decisions() == []


def test_posture_is_appended_read_as_of_and_held_against_the_advisories(
    desk: Desk, files: tuple[Path, Path], clock: Clock
) -> None:
    desk.load_posts(files[0])
    desk.set_posture("basra", "normal_operations", by="Ana", valid_from="2018-01-01")
    before = clock()
    desk.set_posture(
        "basra", "ordered_departure", by="Ana", valid_from="2018-09-28", label="temporary relocation", basis=["x:c1"]
    )
    view = desk.posture("basra")
    assert view.current and (view.current.status, view.current.label) == ("ordered_departure", "temporary relocation")
    assert [e.status for e in view.history] == ["ordered_departure", "normal_operations"]
    assert "no advisory is known" in view.warnings[0]
    assert desk.posture("basra", as_of=before).current.status == "normal_operations"  # type: ignore[union-attr]
    advisory = Advisory(issuer="USA", country="IRQ", change="updated", span=Span(0, 5))
    desk.ingest([coded(text="The advisory was issued anew.", advisories=(advisory,), published="2018-09-28")])
    assert desk.posture("basra").warnings == ()
    with pytest.raises(UsageError, match="There is no posture 'shut'"):
        desk.set_posture("basra", "shut", by="Ana")
    with pytest.raises(NotFound):
        desk.set_posture("nowhere", "closed", by="Ana")


def test_a_post_shows_what_reports_say_happened_to_it(desk: Desk, files: tuple[Path, Path]) -> None:
    desk.load_posts(files[0])
    told = PostTold(name="the U.S. consulate", owner="USA", kind="consulate", place=town())
    other = replace(told, owner="IRN")
    changes = tuple(PostureChange(post=p, change="close", status="announced", span=Span(0, 5)) for p in (told, other))
    desk.ingest([coded(posture=changes)])
    assert [change.post.owner for _, change in desk.post("basra").told] == ["USA"]
    assert desk.post("erbil").told == ()


def test_posture_is_owed_until_somebody_enters_it(desk: Desk, files: tuple[Path, Path]) -> None:
    desk.load_posts(files[0])
    told = PostTold(name="the U.S. consulate", owner="USA", kind="consulate", place=town())
    unnamed = replace(told, owner=None)  # of whom the others are
    words = [("ordered_departure", None, told), ("close", "temporary relocation", unnamed), ("unchanged", None, told)]
    changes = [PostureChange(post=p, change=c, label=w, status="announced", span=Span(0, 5)) for c, w, p in words]  # type: ignore[arg-type]
    desk.ingest([coded(posture=(*changes[:2], replace(changes[0], label="x")), published="2018-09-28")])
    desk.ingest([coded(posture=tuple(changes[2:]), published="2018-09-29", text="It stays open.")])
    (owed,) = desk.posture_owed()
    assert (owed.post.id, owed.since, owed.changes) == ("basra", "2018-09-28", ("ordered_departure", "close"))
    assert owed.labels == ("temporary relocation", "x") and len(owed.reports) == 1
    desk.set_posture("basra", "ordered_departure", by="Ana", valid_from="2018-09-28")
    assert desk.posture_owed() == []


def test_what_nobody_says_to_have_happened_is_shown_when_asked_for(desk: Desk) -> None:
    before = desk.incidents().total
    desk.ingest([coded(accounts=[account(status="conditional", when=None)], text="If they attack us, we leave.")])
    listed = desk.incidents()
    assert (listed.total, listed.hidden) == (before, 1)
    assert desk.incidents(Filters(every=True)).total == before + 1
    assert [i.status for i in desk.incidents(Filters(statuses=("conditional",))).incidents] == ["conditional"]


def test_a_backtest_tells_when_the_answer_changed(desk: Desk, files: tuple[Path, Path]) -> None:
    desk.load_posts(files[0])
    desk.load_tripwires(files[1])
    second = replace(rockets("Second", when=day("2018-09-20")), kavass="0.1.0")
    second = replace(second, report=replace(second.report, published="2018-09-21"))
    desk.ingest([ENGLISH, second], learned="published")
    trips = desk.backtest("repeated")
    assert [t.result for t in trips] == ["not_crossed", "crossed"]
    assert trips[-1].crossed_at and trips[-1].crossed_at.startswith("2018-09-21")


def test_files_with_faults_change_nothing(desk: Desk, tmp_path: Path, files: tuple[Path, Path]) -> None:
    posts = tmp_path / "bad.csv"
    posts.write_text(POSTS.replace("30.547", "north").replace("36.19,44.0", "136.19,44.0"), "utf-8")
    with pytest.raises(DataError) as raised:
        desk.load_posts(posts)
    assert len(raised.value.faults) == 2
    assert desk.posts() == []
    desk.load_posts(files[0])
    strange = tmp_path / "strange.toml"
    strange.write_text(TRIPWIRES.replace('post = "basra"', 'post = "mosul"'), "utf-8")
    with pytest.raises(DataError, match="no post 'mosul'; the posts are basra, erbil"):
        desk.load_tripwires(strange)
    assert desk.tripwires() == []


@pytest.mark.parametrize("kind", ["csv", "claims", "geojson", "atom", "sitrep"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_is_published_comes_from_the_store(desk: Desk, kind: str, lang: str) -> None:
    desk.ingest([ENGLISH, replace(NOWHERE, claims=ENGLISH.claims)])
    out = io.StringIO()
    desk.publish(kind, out, lang=lang)
    assert all(i.id in out.getvalue() for i in desk.incidents().incidents)


def test_an_unknown_publisher_names_those_there_are(desk: Desk) -> None:
    with pytest.raises(UsageError, match=r"There is no publisher 'fax'; choose from csv"):
        desk.publish("fax", io.StringIO())


def test_two_desks_on_one_store_see_each_others_work(store_url: str, clock: Clock) -> None:
    with Desk(store_url, clock=clock) as one, Desk(store_url, clock=clock) as other:
        assert other.home().reports == 0
        one.ingest([ENGLISH])
        assert other.home().reports == 1


def test_a_thousand_reports_take_no_more_than_ten_times_a_hundred(sqlite_url: str) -> None:
    def report(n: int) -> CodedReport:
        when = (at("2018-01-01") + timedelta(days=n)).date().isoformat()
        place = site("a checkpoint", 30.0 + n % 7, 44.0 + n % 5)
        return coded(
            accounts=[account(when=day(when), place=place)], claims=[claim()], text=f"Shells hit checkpoint {n} today."
        )

    with Desk(sqlite_url) as desk:
        start = time.perf_counter()
        desk.ingest(report(n) for n in range(1000))
        assert desk.incidents().total == 1000
        assert time.perf_counter() - start < 20
        start = time.perf_counter()
        desk.home()
        assert time.perf_counter() - start < 1


def test_actors_give_claims_their_names(desk: Desk) -> None:
    told = claim(speaker=speaker("he", "named", actor="act1"), mode="direct", stance="accuses", field="perpetrator")
    desk.ingest([coded(accounts=[account()], claims=[told], actors=[actor(name="Salim Haddad", kind="person")])])
    (line,) = desk.ledger(desk.incidents().incidents[0].id)
    assert line.speaker == "Salim Haddad"
