"""The codebook: every type of the contract, in both languages, with its limits and its crosswalks."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from kavass import codebook
from kavass.errors import DataError, UsageError
from kavass.model import Incident, IncidentType, Status

# The contract's MUC-4 reading, corrected from the keys: mortars and bombs from aircraft are attacks there.
MUC4 = {
    "bombing": ["bombing", "suicide_bombing"],
    "kidnapping": ["abduction"],
    "arson": ["arson"],
    "robbery": ["robbery"],
    "forced work stoppage": ["obstruction"],
    "attack": [
        "armed_clash", "shelling", "air_strike", "shooting", "assassination", "assault", "sexual_violence", "storming",
        "property_destruction", "attack", "riot", "crackdown",
    ],
}  # fmt: skip
ACLED = {
    "Armed clash", "Shelling/artillery/missile attack", "Air/drone strike", "Remote explosive/landmine/IED", "Suicide bomb",
    "Attack", "Abduction/forced disappearance", "Sexual violence", "Looting/property destruction", "Peaceful protest",
    "Violent demonstration", "Excessive force against protesters", "Arrests", "Change to group/activity", "Agreement", "Other",
}  # fmt: skip
PLOVER_EVENTS = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def incident(kind: str, status: Status = "occurred", **best: object) -> Incident:
    return Incident(
        id="i1", type=kind, status=status, best=best, dissent={}, accounts=(), origins=1, as_of="2018-09-29"
    )  # type: ignore[arg-type]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(codebook.HERE, tmp_path / "codebook", ignore=shutil.ignore_patterns("__pycache__")))


def test_every_type_of_the_contract_has_its_file_once_and_in_order() -> None:
    assert tuple(codebook.load()) == get_args(IncidentType)
    assert len(list(codebook.HERE.glob("*.toml"))) == len(get_args(IncidentType))


@pytest.mark.parametrize("key", get_args(IncidentType))
def test_a_type_speaks_both_languages_in_their_own_script(key: str) -> None:
    kind = codebook.load()[key]
    spoken = [kind.label, kind.definition, *kind.modes.values()]
    spoken += [{"en": en, "ar": ar} for en, ar in zip(kind.examples["en"], kind.examples["ar"], strict=True)]
    for words in spoken:
        assert set(words) == {"en", "ar"}
        assert words["en"] and not any("\u0600" <= letter <= "\u06ff" for letter in words["en"])
        assert any("\u0621" <= letter <= "\u064a" for letter in words["ar"])
        assert not any(letter.isascii() and letter.isalpha() for letter in words["ar"])


def test_labels_tell_the_types_apart() -> None:
    for code in codebook.LANGUAGES:
        assert len({kind.label[code] for kind in codebook.load().values()}) == len(codebook.load())


def test_muc4_reading_is_the_contract_s() -> None:
    assert {name: sorted(codebook.types_called("muc4", name)) for name in MUC4} == {
        n: sorted(t) for n, t in MUC4.items()
    }
    silent = {key for key, kind in codebook.load().items() if kind.crosswalk.muc4 is None}
    assert silent == set(codebook.load()) - {key for keys in MUC4.values() for key in keys}


def test_other_systems_are_called_by_names_they_have() -> None:
    for kind in codebook.load().values():
        assert kind.crosswalk.acled is None or kind.crosswalk.acled in ACLED, kind.key
        assert {event for event, _ in kind.crosswalk.plover} <= PLOVER_EVENTS, kind.key
        assert all(2 <= len(code) <= 4 for code in kind.crosswalk.cameo), kind.key


def test_crosswalk_is_read_both_ways() -> None:
    assert codebook.types_called("plover", "ASSAULT heavy-weapons") == ("armed_clash", "shelling")
    assert codebook.types_called("cameo", "173") == ("arrest",)
    assert codebook.types_called("acled", "Suicide bomb") == ("suicide_bombing",)
    assert codebook.types_called("gtd", "no such name") == ()
    assert codebook.of("attack").crosswalk.names("plover") == ("ASSAULT",)


def test_an_unknown_type_is_refused_with_the_choices() -> None:
    with pytest.raises(UsageError, match=r"'coup'.*armed_clash.*platform_ban"):
        codebook.of("coup")
    assert codebook.label("arson", "ar") == "إحراق متعمَّد"


@pytest.mark.parametrize(
    ("found", "grave"),
    [
        (incident("shelling"), 4),
        (incident("shelling", "attempted"), 3),
        (incident("shelling", "conditional"), 2),
        (incident("accusation", "announced"), 1),
        (incident("protest"), 2),
        (incident("protest", killed={"low": 1, "high": 1}), 4),
        (incident("protest", killed={"low": 12, "high": 15}), 5),
        (incident("protest", killed=0), 2),
        (incident("protest", killed={"low": None, "high": 3}), 2),
    ],
)
def test_severity_follows_type_status_and_deaths(found: Incident, grave: int) -> None:
    assert codebook.severity(found) == grave


def test_every_fault_of_every_file_is_named_at_once(copy: Path) -> None:
    (copy / "arson.toml").unlink()
    (copy / "coup.toml").write_text('key = "putsch"\n', "utf-8")
    (copy / "riot.toml").write_text("key = [", "utf-8")
    shelling = (copy / "shelling.toml").read_text("utf-8")
    (copy / "shelling.toml").write_text(
        shelling.replace("base = 4", "base = 9").replace('ar = "صواريخ"', 'ar = ""').replace('"attack"', '"raid"'),
        "utf-8",
    )
    with pytest.raises(DataError) as caught:
        codebook.read(copy)
    told = str(caught.value)
    for fault in ("arson.toml is missing", "'coup' is no type", "key is 'putsch'", "riot.toml is no TOML", "severity.base is 9",
                  "modes.rocket has nothing in 'ar'", "muc4 is 'raid'", "[crosswalk] is missing"):  # fmt: skip
        assert fault in told
    assert "riot.toml is missing" not in told


def test_the_shipped_codebook_has_no_fault(copy: Path) -> None:
    assert codebook.read(copy) == codebook.load()
