"""How claims about one incident bear on each other across reports, each with a reason in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from kavass.merge import Bearing, Merged, bearings, cluster, superseded, tellings
from kavass.model import CodedReport, Link
from kavass.reasons import say
from make import account, actor, claim, coded, count, denial, judgement, ref, speaker

MINISTRY = {"en": "the Health Ministry", "ar": "وزارة الصحة"}
HOSPITAL = {"en": "the hospital", "ar": "المستشفى"}
WORDS = {
    "en": {3: "three people", 5: "five people", 7: "seven people"},
    "ar": {3: "ثلاثة أشخاص", 5: "خمسة أشخاص", 7: "سبعة أشخاص"},
}


def toll(lang: str, killed: int, by: dict[str, str] | None, day: str, **given: Any) -> CodedReport:
    """A report of one outlet in which somebody, or the report itself, says how many were killed."""
    words = WORDS[lang][killed]
    said = speaker(by[lang], "institution") if by else speaker(None, "narrator")
    claims = given.pop("claims", ()) or (claim("c1", field="killed", value=words, speaker=said),)
    told = {"publisher": f"Outlet {day} {by and by[lang]}", "language": lang, **given}
    return coded(
        accounts=[account(counts=(count("killed", killed, text=words),))], claims=claims, published=f"2018-09-{day}",
        text=f"{words} {day} {told['publisher']}", **told,
    )  # fmt: skip


def merged(*reports: CodedReport) -> Merged:
    told = [t for r in reports for t in tellings(r, known_at="2018-10-01")]
    first = ref(reports[0])
    words = [judgement(first, ref(r)) for r in reports[1:]]
    (one,) = cluster(told, {}, words, as_of="2018-10-01")
    return one


def found(*reports: CodedReport) -> dict[tuple[str, str, str], Bearing]:
    """The bearings by (source, relation, target), reports by their number and claims by their id: "1:c1"."""
    number = {r.report.id: n for n, r in enumerate(reports)}

    def short(name: str) -> str:
        report, _, id_ = name.partition(":")
        return f"{number[report]}:{id_}"

    return {(short(b.source), b.rel, short(b.target)): b for b in merged(*reports).bearings}


@pytest.fixture(params=["en", "ar"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_two_tolls_by_two_speakers_stand_side_by_side(lang: str) -> None:
    one, other = toll(lang, 5, MINISTRY, "08"), toll(lang, 7, HOSPITAL, "09")
    links = found(one, other)
    assert set(links) == {("1:c1", "contradicts", "0:c1")}
    reason = links["1:c1", "contradicts", "0:c1"].reason
    for language in ("en", "ar"):
        assert all(
            w in say(reason, language) for w in (MINISTRY[lang], HOSPITAL[lang], *[WORDS[lang][n] for n in (5, 7)])
        )
    assert say(reason, "ar") != say(reason, "en")
    assert merged(one, other).incident.dissent["killed"]


def test_the_same_toll_by_another_speaker_supports_and_by_the_same_repeats(lang: str) -> None:
    one, other, again = toll(lang, 5, MINISTRY, "08"), toll(lang, 5, HOSPITAL, "09"), toll(lang, 5, MINISTRY, "10")
    assert set(found(one, other, again)) == {("1:c1", "supports", "0:c1"), ("2:c1", "repeats", "0:c1")}


def test_a_later_toll_of_the_same_speaker_takes_the_place_of_the_earlier(lang: str) -> None:
    first, later = toll(lang, 5, MINISTRY, "08"), toll(lang, 7, MINISTRY, "09")
    assert set(found(first, later)) == {("1:c1", "supersedes", "0:c1")}
    assert say(found(first, later)["1:c1", "supersedes", "0:c1"].reason, "ar").count(WORDS[lang][7]) == 1
    incident = merged(first, later).incident
    assert (incident.best["killed"]["low"], incident.dissent) == (7, {})


def test_a_correction_downwards_counts_however_many_passed_the_first_toll_on(lang: str) -> None:
    first, echo = toll(lang, 7, MINISTRY, "08"), toll(lang, 7, MINISTRY, "09", publisher="Echo")
    corrected, stale = toll(lang, 5, MINISTRY, "10", publisher="Desk"), toll(lang, 7, MINISTRY, "11", publisher="Stale")
    links = found(first, echo, corrected, stale)
    assert {k for k in links if k[1] == "supersedes"} == {("2:c1", "supersedes", f"{n}:c1") for n in (0, 1, 3)}
    assert merged(first, echo, corrected, stale).incident.best["killed"]["low"] == 5


def test_a_correction_travels_to_a_figure_that_rests_on_the_speaker_alone(lang: str) -> None:
    words = WORDS[lang][7]
    ministry = claim("c1", field="killed", value=words, speaker=speaker(MINISTRY[lang], "institution"))
    hospital = claim("c3", field="killed", value=words, speaker=speaker(HOSPITAL[lang], "institution"))
    own = claim("c2", field="killed", value=words)
    corrected = toll(lang, 5, MINISTRY, "10")
    links = found(toll(lang, 7, None, "08", claims=(ministry, own)), corrected)
    assert ("1:c1", "supersedes", "0:c2") in links and MINISTRY[lang] in links["1:c1", "supersedes", "0:c2"].reason
    links = found(toll(lang, 7, None, "08", claims=(ministry, own, hospital)), corrected)
    assert ("1:c1", "supersedes", "0:c2") not in links and ("1:c1", "supersedes", "0:c3") not in links


def test_an_outlet_that_counts_anew_replaces_its_own_figure(lang: str) -> None:
    first, later = toll(lang, 5, None, "08", publisher="Outlet"), toll(lang, 7, None, "09", publisher="OUTLET")
    assert set(found(first, later)) == {("1:c1", "supersedes", "0:c1")}


def test_two_words_of_one_day_are_in_no_order_and_parts_of_a_whole_replace_nothing(lang: str) -> None:
    assert found(toll(lang, 5, MINISTRY, "08"), toll(lang, 7, MINISTRY, "08", publisher="Other")) == {}
    assert found(toll(lang, 5, MINISTRY, "08"), toll(lang, 7, MINISTRY, "08T10:00", publisher="Other")) == {}
    said = speaker(MINISTRY[lang], "institution")
    parts = tuple(claim(f"c{n}", field="killed", value=WORDS[lang][n], speaker=said) for n in (3, 5))
    whole = [account(counts=tuple(count("killed", n, text=WORDS[lang][n]) for n in (3, 5)))]
    later = coded(accounts=whole, claims=parts, published="2018-09-09", language=lang, text="both", publisher="Parts")
    assert not superseded(merged(toll(lang, 7, MINISTRY, "08"), later).bearings)


def test_a_denial_speaks_against_what_other_reports_tell(lang: str) -> None:
    told = coded(accounts=[account()], claims=[claim()], language=lang, text="told", publisher="One")
    denied = coded(accounts=[account()], claims=[denial("c1")], language=lang, text="denied", publisher="Two")
    links = found(told, denied)
    assert set(links) == {("1:c1", "contradicts", "0:c1")}
    assert "denies that it happened" in links["1:c1", "contradicts", "0:c1"].reason


def blame(by: str, whom: str, known: str | None, stance: str = "attributes", **given: Any) -> CodedReport:
    """A report in which somebody says who did it; its actor `act1` is whom the claim is about."""
    named = [actor("act1", whom, known_as=known), actor("act2", by, **given)]
    said = claim(
        "c1",
        ("acc1", "act1"),
        field="perpetrator",
        value=whom,
        stance=stance,
        speaker=speaker(by, "institution", actor="act2"),
    )
    return coded(accounts=[account()], claims=[said], actors=named, text=f"{by} {whom} {stance}", publisher=by)


def test_two_doers_who_have_nothing_to_do_with_each_other_contradict() -> None:
    one, other = blame("police", "Kataib Hezbollah", "kataib_hezbollah"), blame("army", "تنظيم الدولة", "state:TUR")
    assert set(found(one, other)) == {("1:c1", "contradicts", "0:c1")} or set(found(other, one)) == {
        ("1:c1", "contradicts", "0:c1")
    }
    behind = blame("army", "Iran", "state:IRN")
    assert not [k for k in found(one, behind) if k[1] == "contradicts"]  # the group is backed by it
    assert not [k for k in found(one, blame("army", "gunmen", None)) if k[1] == "contradicts"]  # a word for anybody


def test_a_denial_of_ones_part_answers_blame_of_oneself_alone() -> None:
    blamed = blame("police", "Kataib Hezbollah", "kataib_hezbollah")
    own = [actor("act1", "كتائب حزب الله", known_as="kataib_hezbollah")]
    denies = claim("c1", ("acc1", "act1"), field="perpetrator", value="كتائب حزب الله", stance="denies_responsibility",
                   speaker=speaker("كتائب حزب الله", "institution", actor="act1"))  # fmt: skip
    mine = coded(accounts=[account()], claims=[denies], actors=own, language="ar", text="نفي", publisher="وكالة")
    assert set(found(blamed, mine)) == {("1:c1", "contradicts", "0:c1")}
    assert found(blame("police", "Turkey", "state:TUR"), mine) == {}


def test_an_attempt_qualifies_the_deed() -> None:
    done = coded(accounts=[account()], claims=[claim()], text="done", publisher="One")
    tried = coded(accounts=[account(status="attempted")], claims=[claim()], text="tried", publisher="Two")
    assert set(found(done, tried)) >= {("1:c1", "qualifies", "0:c1")}


def test_who_takes_its_word_back_leaves_the_incident_with_one_origin_less(lang: str) -> None:
    said = speaker(MINISTRY[lang], "institution")
    first = coded(accounts=[account()], claims=[claim("c1", speaker=said, mode="indirect")], language=lang, text="1",
                  publisher="One", published="2018-09-08")  # fmt: skip
    back = claim("c1", stance="denies_account", field="retraction", speaker=said)
    later = coded(accounts=[account()], claims=[back], language=lang, text="2", publisher="Two", published="2018-09-10")
    other = coded(
        accounts=[account()], claims=[claim()], language=lang, text="3", publisher="Three", published="2018-09-09"
    )
    assert ("1:c1", "supersedes", "0:c1") in found(first, later)
    one = merged(first, other, later)
    assert one.incident.origins == 2  # the other outlet, and the one that tells of the retraction
    assert one.incident.dissent == {"occurrence": (f"{later.report.id}:c1",)}


def test_the_denial_of_another_figure_takes_nothing_back() -> None:
    said = speaker("the Health Ministry", "institution")
    first = toll("en", 5, MINISTRY, "08")
    denied = claim("c1", stance="denies_account", field="account", speaker=said)
    later = coded(accounts=[account()], claims=[denied], text="2", publisher="Two", published="2018-09-10")
    assert not superseded(merged(first, later).bearings)


def test_what_a_report_says_of_its_own_claims_is_taken_over() -> None:
    claims = [claim("c1", speaker=speaker("a minister", "named")),
              claim("c2", (), field="evidence", stance="caveats_evidence", links=(Link(rel="qualifies", claim="c1"), Link(rel="supports", claim="c9")))]  # fmt: skip
    report = coded(accounts=[account()], claims=claims)
    assert set(found(report)) == {("0:c2", "qualifies", "0:c1")}


def test_bearings_do_not_depend_on_the_order_of_reports(lang: str) -> None:
    reports = [toll(lang, n, by, day) for n, by, day in ((5, MINISTRY, "08"), (7, MINISTRY, "09"), (3, HOSPITAL, "10"))]
    told = [t for r in reports for t in tellings(r, known_at="2018-10-01")]
    origins = {t.ref: n for n, t in enumerate(told)}
    assert bearings(told, origins) == bearings(told[::-1], origins)
