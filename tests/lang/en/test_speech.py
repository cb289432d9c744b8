"""English words of speech: which stance a verb takes in its clause, and the tables that the attribution reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kavass import lang
from kavass.lang.frames import Hit
from kavass.model import Zone
from make import report

ENGLISH = lang.load("en")


def stances(text: str) -> list[Hit]:
    one = report(text, zones=(Zone(start=0, end=len(text), zone="body"),))
    hits = ENGLISH.frames.match(ENGLISH.analyse(one, ENGLISH.split(one)))
    return [h for h in hits if h.kind == "stance" and h.clause.kind != "noun"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The group claimed that rebels shelled the town.", "reports"),
        ("The front claimed responsibility for Monday’s raid.", "claims_responsibility"),
        ("The army denied the claims.", "denies_account"),
        ("The army denied involvement in the raid.", "denies_responsibility"),
        ("The army denied that its planes hit the school.", "denies_occurrence"),
        ("The mayor called for calm.", "reports"),
        ("The mayor called the raid a crime.", "characterises"),
        ("The army will retaliate.", "threatens"),
        ("“No,” the mayor responded.", "reports"),
        ("The army played no role in the raid.", "denies_responsibility"),
        ("The ministry has not provided evidence.", "caveats_evidence"),
        ("Troops would hold the rebels responsible.", "threatens"),
        ("Troops hold the rebels responsible.", "attributes"),
    ],
)
def test_a_verb_takes_its_stance_from_its_clause(text: str, stance: str) -> None:
    found = stances(text)
    bent = {
        h.frame.set["future"] if "future" in h.frame.set and h.clause.modality != "actual" else h.value for h in found
    }
    assert bent == {stance}


@pytest.mark.parametrize(
    "text",
    ["The ministry provided evidence.", "The army played a role in the raid.", "The army responded in minutes."],
)
def test_a_condition_on_the_clause_keeps_a_frame_out(text: str) -> None:
    assert {h.value for h in stances(text)} <= {"reports"}


def test_blame_falls_on_whom_it_is_put() -> None:
    (active,) = stances("Police blamed smugglers for the fire.")
    (passive,) = stances("The fire was blamed on smugglers.")
    assert [p.lemma for hit in (active, passive) for p in hit.roles["about"]] == ["smuggler", "smuggler"]


def test_every_key_of_the_cues_is_explained_at_their_head() -> None:
    head, _, _ = (Path(ENGLISH.folder) / "cues.toml").read_text("utf-8").partition("\n\n")
    explained = set(re.findall(r"\w+", head))
    keys = {key for name, table in ENGLISH.table("cues").items() if isinstance(table, dict) for key in (name, *table)}
    assert keys <= explained


def test_hedges_stand_once_and_between_none_and_all() -> None:
    hedges = ENGLISH.table("cues")["hedge"]
    words = [ENGLISH.key(w) for h in hedges for w in h["words"]]
    assert len(words) == len(set(words))
    assert all(0 < h["certainty"] < 1 for h in hedges)


def test_every_opener_of_a_source_opens_the_sentence_to_the_parser() -> None:
    triggers = {ENGLISH.key(s) for part, words in ENGLISH.frames.triggers() for s in ENGLISH.surfaces(words, part)}
    assert {ENGLISH.key(o) for o in ENGLISH.table("cues")["sources"]["openers"]} <= triggers
