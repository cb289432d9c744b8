"""The register of known actors."""

from __future__ import annotations

from pathlib import Path

import pytest

from kavass import gazetteer, lang
from kavass.errors import DataError
from kavass.gazetteer import actors

SECTORS = {"state_forces", "government", "police", "rebel", "militia", "criminal"} | {
    "party",
    "religious",
    "media",
    "ngo",
}
SECTORS |= {"business", "international"}


def test_every_entry_has_a_sector_a_source_and_a_name() -> None:
    entries = actors.register().values()
    assert len(entries) > 200
    assert {e.sector for e in entries} <= SECTORS
    assert all(e.source and e.names["en"] for e in entries)


@pytest.mark.parametrize("code", ["en", "ar"])
def test_no_name_means_two_actors(code: str) -> None:
    seen: dict[str, str] = {}
    for _, name, id in actors.names(code):
        assert seen.setdefault(lang.load(code).key(name), id) == id


def test_spellings_of_one_group_lead_to_one_id() -> None:
    ids = {name: id for code in ("en", "ar") for _, name, id in actors.names(code)}
    spellings = ("Asaib Ahl al-Haq", "Assaib Ahl al-Haq", "عصائب أهل الحق", "العصائب")
    assert {ids[s] for s in spellings} == {"asaib_ahl_al_haq"}
    assert ids["Counterterrorism Service"] == ids["Counter Terrorism Service"] == ids["جهاز مكافحة الإرهاب"] == "cts"
    assert ids["حزب الله"] != ids["كتائب حزب الله"]


def test_short_names_that_mean_other_things_are_flagged() -> None:
    for id, name in (
        ("amal", "أمل"),
        ("fatah", "فتح"),
        ("badr", "بدر"),
        ("al_qaeda", "القاعدة"),
        ("hezbollah", "الحزب"),
        ("badr", "Badr"),
    ):
        assert actors.lookup(id).needs[name] == "full name first"


def test_states_are_looked_up_by_alpha_3() -> None:
    assert actors.lookup("state:IRN").name("ar") == "إيران"
    assert actors.lookup("state:USA").name("en") == "United States"
    with pytest.raises(KeyError):
        actors.lookup("state:XXX")
    with pytest.raises(KeyError):
        actors.lookup("nobody")


def test_ties_lead_to_entries_or_states() -> None:
    for entry in actors.register().values():
        for ids in entry.ties.values():
            assert all(actors.lookup(id) for id in ids)
    assert actors.lookup("quds_force").ties["part_of"] == ("irgc",)


def test_actors_come_before_places_in_the_names_of_a_language() -> None:
    assert next(gazetteer.names("ar"))[0] == "actor"
    assert {kind for kind, *_ in gazetteer.names("en")} >= {"actor", "place", "demonym"}


def test_faults_of_the_file_are_told_all_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "actors.toml"
    entries = ('id = "a"\nkind = "band"\n', 'id = "a"\nkind = "group"\npart_of = ["nowhere"]\ncolour = "red"\n')
    file.write_text("".join(f"[[actor]]\n{e}" for e in entries), "utf-8")
    monkeypatch.setattr(actors, "FILE", file)
    with pytest.raises(DataError) as told:
        actors.register.__wrapped__()
    text = str(told.value)
    assert "'band'" in text and "'nowhere'" in text and "'colour'" in text
