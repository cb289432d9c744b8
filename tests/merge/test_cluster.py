"""Accounts become incidents by judgement, in whatever order they come; the best value stands with the dissent beside it."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kavass.merge import Merged, Telling, candidates, cluster, compare, copies, incident_id, tellings
from kavass.model import AccountRef, CodedReport, Incident, Judgement, Link
from make import account, actor, claim, coded, count, day, denial, judgement, role, speaker, target, town

AIRPORT = (target("the airport", "airport"),)


def merged(*reports: CodedReport, judgements: list[Judgement] | None = None) -> list[Merged]:
    told = [t for n, r in enumerate(reports) for t in tellings(r, known_at=f"2018-09-{9 + n:02}T00:00:00.000000+00:00")]
    return weighed(told, judgements or [])


def weighed(told: list[Telling], judgements: list[Judgement]) -> list[Merged]:
    copied = copies({t.ref: t.words for t in told})
    scores = {
        (told[i].ref, told[j].ref): compare(
            told[i], told[j], copied=copied.get(told[i].ref, 1) == copied.get(told[j].ref, 2)
        )
        for i, j in candidates(told, copied)
    }
    return cluster(told, scores, judgements, copied=copied, as_of="2018-10-01")


def incident(*reports: CodedReport, **given: Any) -> Incident:
    (only,) = merged(*reports, **given)
    return only.incident


def outlet(number: int, text: str = "", *, claims: Any = (), actors: Any = (), **given: Any) -> CodedReport:
    """One outlet's own report of rockets at the airport."""
    told = account(**{"roles": AIRPORT, **given})
    return coded(
        accounts=[told],
        claims=claims,
        actors=actors,
        publisher=f"Outlet {number}",
        text=text or f"Outlet {number} tells it.",
    )


def ref(report: CodedReport, account: str = "acc1") -> AccountRef:
    return AccountRef(report=report.report.id, key=report.report.key, account=account)


# --- joining ---------------------------------------------------------------------------------------------------------


def test_six_phrasings_of_one_closing_are_one() -> None:
    words = [("announced", "closure"), ("announced", "shutdown"), ("occurred", "closure"), ("ongoing", "closure")]
    six = [
        outlet(n, type=kind, status=status, when=day("2018-09-08"), roles=(target(f"phrase {n}", "diplomatic"),))
        for n, (status, kind) in enumerate([*words, ("announced", "closure"), ("occurred", "shutdown")])
    ]
    assert len(merged(*six)) == 1


def test_two_shootings_in_one_town_on_one_day_stay_two_with_all_their_reports() -> None:
    def shooting(number: int, victim: str, killed: int) -> CodedReport:
        return outlet(number, type="shooting", roles=(role("victim", victim),), counts=(count("killed", killed),))

    found = merged(
        *(shooting(n, "a lawyer", 1) for n in range(3)), *(shooting(n, "three shopkeepers", 3) for n in range(3, 6))
    )
    assert [len(m.tellings) for m in found] == [3, 3]


def test_a_persons_different_splits_and_same_joins_whatever_the_scores_say() -> None:
    one, other, far = outlet(1), outlet(2), outlet(3, place=town("Baghdad"))
    assert len(merged(one, other, far)) == 2
    assert len(merged(one, other, far, judgements=[judgement(ref(one), ref(other), "different")])) == 3
    assert len(merged(one, other, far, judgements=[judgement(ref(one), ref(far), "same")])) == 1


def test_the_latest_word_on_a_pair_wins_and_unsure_leaves_it_to_the_scores() -> None:
    one, other = outlet(1), outlet(2)
    early = judgement(ref(one), ref(other), "different", at="2018-09-01")
    late = judgement(ref(other), ref(one), "same", at="2018-09-02")
    unsure = judgement(ref(one), ref(other), "unsure", at="2018-09-03")
    assert [len(merged(one, other, judgements=js)) for js in ([early], [late, early], [early, unsure])] == [2, 1, 1]


def test_different_holds_against_a_chain_of_sames() -> None:
    a, b, c = (outlet(n) for n in range(3))
    words = [judgement(ref(a), ref(c), "different")]
    found = merged(a, b, c, judgements=words)
    assert len(found) == 2
    assert not any({ref(a), ref(c)} <= set(m.incident.accounts) for m in found)


def test_two_accounts_of_one_report_are_never_joined_through_a_third() -> None:
    both = coded(
        accounts=[account("acc1", roles=AIRPORT), account("acc2", roles=AIRPORT)],
        publisher="Both",
        text="It tells of two.",
    )
    found = merged(both, outlet(1))
    assert sorted(len(m.tellings) for m in found) == [1, 2]


def test_every_join_has_its_reasons() -> None:
    (one,) = merged(outlet(1), outlet(2))
    ((pair, score),) = one.joins
    assert set(pair) == set(one.incident.accounts)
    assert score.reasons


def test_the_id_is_that_of_the_earliest_account_and_stays_when_more_come() -> None:
    first, second = outlet(1), outlet(2)
    assert incident(first).id == incident_id(ref(first)) == incident(first, second).id


STATUSES = st.sampled_from(["occurred", "attempted", "denied", "threatened", "conditional"])
ACCOUNTS = st.builds(
    lambda kind, when, place, status, killed: account(
        type=kind, when=day(f"2018-09-{when:02}"), place=town(place), status=status, roles=AIRPORT,
        counts=(count("killed", killed),) if killed is not None else (),
    ),
    st.sampled_from(["shelling", "attack", "bombing", "shooting"]),
    st.integers(6, 10),
    st.sampled_from(["Basra", "البصرة", "Baghdad"]),
    STATUSES,
    st.none() | st.integers(0, 3),
)  # fmt: skip


@given(st.data(), st.lists(ACCOUNTS, min_size=2, max_size=9))
def test_merging_does_not_depend_on_order(data: st.DataObject, accounts: list[Any]) -> None:
    reports = [coded(accounts=[a], text=f"Report {n}.", publisher=f"P{n % 3}") for n, a in enumerate(accounts)]
    told = [t for r in reports for t in tellings(r, known_at="2018-09-09")]
    pairs = st.sampled_from(list(combinations([ref(r) for r in reports], 2)))
    verdicts = st.sampled_from(["same", "different", "unsure"])
    word = st.builds(lambda p, v, n: judgement(*p, v, at=f"2018-10-{n:02}"), pairs, verdicts, st.integers(1, 28))
    words = data.draw(st.lists(word, max_size=4))
    expected = weighed(told, words)
    assert weighed(data.draw(st.permutations(told)), data.draw(st.permutations(words))) == expected
    refs = [r for m in expected for r in m.incident.accounts]
    assert sorted(refs, key=str) == sorted((t.ref for t in told), key=str)  # every account in exactly one incident


@given(st.lists(ACCOUNTS, min_size=1, max_size=6))
def test_nothing_unreal_ever_occurs(accounts: list[Any]) -> None:
    reports = [coded(accounts=[a], text=f"Report {n}.") for n, a in enumerate(accounts)]
    status = {ref(r): r.accounts[0].status for r in reports}
    for one in merged(*reports):
        assert one.incident.status in {status[r] for r in one.incident.accounts}
        if one.incident.status == "occurred":
            assert not {status[r] for r in one.incident.accounts} & {"threatened", "conditional"}


# --- best value and dissent ------------------------------------------------------------------------------------------


def test_the_value_of_the_most_origins_is_best_and_the_other_dissents() -> None:
    two = [outlet(n, counts=(count("killed", 2),)) for n in range(2)]
    seven = outlet(7, counts=(count("killed", 7),), claims=[claim("c7", field="killed", value="7")])
    found = incident(*two, seven, judgements=[judgement(ref(o), ref(seven)) for o in two])
    assert found.best["killed"]["low"] == 2
    assert found.dissent["killed"] == (f"{seven.report.id}:c7",)


def test_nine_copies_do_not_outvote_two_sources() -> None:
    wire = (
        "Two rockets fell near the airport of the southern city at dawn, and a guard said that seven soldiers had died."
    )
    copied = [outlet(n, wire, counts=(count("killed", 7),)) for n in range(9)]
    own = [outlet(n, counts=(count("killed", 2),)) for n in (20, 21)]
    found = incident(*copied, *own, judgements=[judgement(ref(copied[0]), ref(o), "same") for o in own])
    assert (found.best["killed"]["low"], found.origins) == (2, 3)


def test_a_named_source_goes_before_an_unnamed_one_then_the_latest_report() -> None:
    unnamed = outlet(1, counts=(count("injured", 3),), claims=[claim(speaker=speaker("an official", "titled_unnamed"))])
    named = outlet(2, counts=(count("injured", 4),), claims=[claim(speaker=speaker("Dr Amal Nasser", "named"))])
    assert incident(unnamed, named).best["injured"]["low"] == 4
    assert incident(named, unnamed).best["injured"]["low"] == 4
    early = coded(
        accounts=[account(roles=AIRPORT, counts=(count("injured", 5),))], published="2018-09-08", text="Early."
    )
    late = coded(accounts=[account(roles=AIRPORT, counts=(count("injured", 6),))], published="2018-09-09", text="Late.")
    assert incident(early, late).best["injured"]["low"] == incident(late, early).best["injured"]["low"] == 6


def test_a_denial_is_dissent_and_undoes_nothing() -> None:
    told = outlet(1, claims=[claim(), denial("c2", of="c1")])
    found = incident(told, outlet(2), outlet(3, status="denied"))
    assert found.status == "occurred"
    assert f"{told.report.id}:c2" in found.dissent["occurrence"]
    assert len(found.dissent["occurrence"]) >= 2


def test_a_claim_that_contradicts_is_dissent_on_the_field_it_contradicts() -> None:
    blame = claim("c1", field="perpetrator", stance="attributes", speaker=speaker("a minister", "named"))
    doubt = claim("c2", (), field="evidence", stance="characterises", links=(Link(rel="contradicts", claim="c1"),))
    found = outlet(1, claims=[blame, doubt])
    assert incident(found).dissent["perpetrator"] == (f"{found.report.id}:c2",)


def test_blame_is_not_promoted_to_fact() -> None:
    def footing(*stances: str) -> str:
        claims = [claim(f"c{n}", field="perpetrator", stance=s) for n, s in enumerate(stances)]
        roles = (*AIRPORT, role("perpetrator", "a militia", kind="group"))
        return str(incident(outlet(1, claims=claims, roles=roles)).best["perpetrator_footing"])

    assert footing() == "told"
    assert footing("attributes") == "alleged"
    assert footing("claims_responsibility") == "claimed"
    assert footing("attributes", "denies_responsibility") == "disputed"
    assert incident(outlet(1)).best["perpetrator_footing"] == "unattributed"


def test_a_doer_named_only_with_doubt_is_alleged() -> None:
    def footing(*hedges: str | None) -> str:
        claims = [claim(f"c{n}", field="perpetrator", stance="reports", hedge=h) for n, h in enumerate(hedges)]
        roles = (*AIRPORT, role("perpetrator", "a militia", kind="group"))
        return str(incident(outlet(1, claims=claims, roles=roles)).best["perpetrator_footing"])

    assert footing("presumed") == "alleged"
    assert footing("presumed", None) == "told"


def test_blame_for_something_else_says_nothing_of_the_doer() -> None:
    found = incident(outlet(1, claims=[claim("c1", field="reason", stance="attributes")]))
    assert found.best["perpetrator_footing"] == "unattributed"


def test_words_that_cannot_be_so_or_otherwise_are_no_contested_field() -> None:
    promise = claim(field="commits", stance="commits")
    rejected = outlet(1, claims=[promise, denial("c2", of="c1", stance="denies_account", field="statement")])
    assert set(incident(rejected).dissent) == {"account"}


def test_the_finest_time_and_place_stand_and_coarser_ones_are_no_dissent() -> None:
    month = outlet(1, when=day("2018-09-01", "2018-09-30", "month"))
    exact = outlet(2, when=day("2018-09-08"))
    found = incident(month, exact, judgements=[judgement(ref(month), ref(exact))])
    assert found.when and found.when.start == "2018-09-08"
    assert "when" not in found.dissent


def test_a_name_known_in_two_languages_is_one_value() -> None:
    roles = (*AIRPORT, role("perpetrator", "x", kind="group", actor="act1"))
    english = outlet(1, roles=roles, actors=[actor(name="Kataib Hezbollah", known_as="kh")])
    arabic = outlet(2, roles=roles, actors=[actor(name="كتائب حزب الله", known_as="kh")])
    found = incident(english, arabic)
    assert "perpetrator" not in found.dissent
    assert found.best["perpetrator"] in {"Kataib Hezbollah", "كتائب حزب الله"}


def test_another_wording_is_no_dissent_and_another_class_is() -> None:
    one, worded = outlet(1), outlet(2, roles=(role("target", "the runway", kind="facility"),))
    port = outlet(3, roles=(target("the port", "transport"),))
    words = [judgement(ref(one), ref(o)) for o in (worded, port)]
    assert incident(one, worded, judgements=words[:1]).dissent == {}
    found = incident(one, worded, port, judgements=words)
    assert set(found.dissent) == {"target", "target_class"}


def test_what_nobody_tells_is_absent_and_zero_is_zero() -> None:
    found = incident(outlet(1, counts=(count("injured", 0),)))
    assert found.best["injured"] == {"low": 0, "high": 0, "approximate": False, "text": "0"}
    assert "killed" not in found.best


def test_origins_are_counted_by_source_and_by_words() -> None:
    wire = "Three mortar bombs fell into an empty yard behind the customs house in the evening, and nobody was hurt by them at all."
    one, copy = outlet(1, wire), outlet(2, wire)
    again = coded(
        accounts=[account(roles=AIRPORT)], publisher="OUTLET  1", text="Outlet one tells it once more in other words."
    )
    assert [incident(one).origins, incident(one, copy).origins, incident(one, copy, again, outlet(5)).origins] == [
        1,
        1,
        2,
    ]
