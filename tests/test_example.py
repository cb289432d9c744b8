"""The worked example is whole: manifest, reports, posts, tripwires and the truth told by hand agree with each other."""

import csv
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import kavass
from kavass.errors import KavassError
from kavass.model import IncidentType, Stance, Status, Tripwire, from_dict

# Read as files: what is tested here is the data, whatever becomes of the code that loads it.
FOLDER = Path(kavass.__file__).parent / "example"
TRUTH: dict[str, Any] = tomllib.loads((Path(__file__).parent / "example_truth.toml").read_text("utf-8"))
MANIFEST: list[dict[str, str]] = tomllib.loads((FOLDER / "reports.toml").read_text("utf-8"))["report"]
TOLD: dict[str, dict[str, Any]] = {entry["key"]: entry for entry in TRUTH["report"]}
TRAPS = ("court", "anniversary", "drill", "film", "ambassador", "conditional")


def words(entry: dict[str, str]) -> str:
    return (FOLDER / entry["file"]).read_text("utf-8")


def posts() -> list[dict[str, str]]:
    lines = (FOLDER / "posts.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def tripwires() -> list[Tripwire]:
    rows = tomllib.loads((FOLDER / "tripwires.toml").read_text("utf-8"))["tripwire"]
    return [from_dict(Tripwire, row) for row in rows]


def test_manifest_names_every_report_once() -> None:
    assert sorted(entry["file"] for entry in MANIFEST) == sorted(
        f"reports/{file.name}" for file in (FOLDER / "reports").iterdir()
    )
    for field in ("key", "file", "uri"):
        assert max(Counter(entry[field] for entry in MANIFEST).values()) == 1, field


def test_both_languages_and_every_trap_are_there() -> None:
    spoken = Counter(entry["key"][:2] for entry in MANIFEST)
    assert spoken["en"] >= 16 and spoken["ar"] >= 10 and set(spoken) == {"en", "ar"}
    traps = [key for key, told in TOLD.items() if told.get("none")]
    assert {name for name in TRAPS if any(f"en-{key[3:5]}-trap-{name}" == key for key in traps)} == set(TRAPS)
    assert sum(key.startswith("ar-") for key in traps) >= 3


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["key"])
def test_a_report_decodes_and_is_of_a_newspaper_s_length(entry: dict[str, str]) -> None:
    text = words(entry)
    assert 100 <= len(text.split()) <= 350
    assert entry["uri"].startswith("https://") and ".example.org/" in entry["uri"] and entry["publisher"]
    arabic = sum("\u0621" <= letter <= "\u064a" for letter in text)
    assert (arabic > 300) == entry["key"].startswith("ar-")


def test_a_date_is_given_only_where_the_page_keeps_it_to_itself() -> None:
    given = {entry["key"]: entry["published"] for entry in MANIFEST if "published" in entry}
    assert given
    for entry in MANIFEST:
        year = TOLD[entry["key"]]["published"][:4]
        page = words(entry).translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
        head = "\n".join(page.splitlines()[:4]) if entry["file"].endswith(".txt") else page
        assert (year in head) == (entry["key"] not in given), entry["key"]
    assert all(TOLD[key]["published"] == day for key, day in given.items())


def test_arabic_comes_in_the_spellings_of_newsrooms() -> None:
    arabic = "\n".join(words(entry) for entry in MANIFEST if entry["key"].startswith("ar-"))
    for sign in (
        "٢٠١٨",
        "تموز",
        "أيلول/سبتمبر",
        "تشرين الأول",
        "ـــ",
        "الأميركية",
        "الاميركية",
        "الأمريكي",
        "قُتل",
        "الى ",
    ):
        assert sign in arabic, sign


def test_one_wire_stands_on_three_sites_with_light_edits() -> None:
    wire = [words(e) for e in MANIFEST if e["key"].startswith(("en-05", "en-06", "en-07"))]
    kept = "Diplomats and local staff had been moved out earlier in the day and no one was hurt"
    assert len(set(wire)) == 3 and all(kept in text for text in wire)
    assert [("Guards had withdrawn" in text, "also condemned" in text) for text in wire] == [
        (True, True), (True, False), (False, True)
    ]  # fmt: skip


def test_posts_are_complete() -> None:
    found = posts()
    assert [post["town"] for post in found] == ["Basra", "Baghdad", "Erbil"]
    for post in found:
        assert all(post.values()) and post["owner"] == "USA" and post["country"] == "IRQ"
        assert 29 < float(post["lat"]) < 38 and 38 < float(post["lon"]) < 49
        radii = [float(ring.split(":")[1]) for ring in post["rings"].split(";")]
        assert radii == sorted(radii) and len(radii) == 3


def test_tripwires_name_posts_owners_and_both_languages() -> None:
    found, known = tripwires(), {post["id"] for post in posts()}
    assert len(found) >= 8 and len({wire.id for wire in found}) == len(found)
    for wire in found:
        assert wire.post in known and wire.owner and wire.types and wire.measures
        assert set(wire.title) == {"en", "ar"} and all(wire.title.values())
        assert wire.area != "ring" or wire.max_km
        assert wire.review_due and date.fromisoformat(wire.review_due)


def test_truth_covers_every_report_and_is_consistent() -> None:
    assert set(TOLD) == {entry["key"] for entry in MANIFEST}
    merged = {incident["id"]: incident for incident in TRUTH["incident"]}
    telling: dict[str, set[str]] = {id: set() for id in merged}
    for key, told in TOLD.items():
        assert bool(told.get("none")) != bool(told.get("incidents")), key
        for incident in told.get("incidents", []):
            telling[incident["is"]].add(key)
            whole = merged[incident["is"]]
            assert set(incident["types"]) <= set(get_args(IncidentType)) and set(incident["types"]) & set(
                whole["types"]
            )
            assert incident.get("town", whole.get("town")) == whole.get("town"), (key, incident["is"])
            assert date.fromisoformat(incident["start"]) <= date.fromisoformat(incident["end"])
            assert incident["start"] <= whole["end"] and whole["start"] <= incident["end"], (key, incident["is"])
            assert incident.get("status", "occurred") in get_args(Status)
            assert all(
                tolls == sorted(tolls)
                for tolls in incident.values()
                if isinstance(tolls, list) and tolls and isinstance(tolls[0], int)
            )
    for id, incident in merged.items():
        assert set(incident["reports"]) == telling[id], id
        assert 1 <= incident["origins"] <= len(incident["reports"])


def test_labels_of_the_departure_stand_in_their_reports() -> None:
    entries = {entry["key"]: entry for entry in MANIFEST}
    labels = set()
    for key, told in TOLD.items():
        for change in told.get("posture", []):
            for label in change["labels"]:
                assert label in words(entries[key]), (key, label)
                labels |= {label} if change["post"] == "usa-consulate-basra" and key.startswith("en") else set()
    assert len(labels) >= 6


def test_speakers_and_furniture_of_the_truth_stand_in_their_reports() -> None:
    merged = {incident["id"] for incident in TRUTH["incident"]}
    found = 0
    for entry in MANIFEST:
        told, page = TOLD[entry["key"]], words(entry)
        for claim in told.get("claims", []):
            assert claim["speaker"].lower() in page.lower() and claim["about"] in merged, (
                entry["key"],
                claim["speaker"],
            )
            assert set(claim["stances"]) <= set(get_args(Stance))
            found += 1
        assert all(name in page for name in told.get("never", [])), entry["key"]
    assert found > 20


def test_a_tripwire_with_an_unknown_type_is_refused() -> None:
    row = {
        "id": "w",
        "post": "p",
        "title": {},
        "owner": "o",
        "types": ["coup"],
        "window_days": 1,
        "consider": "restrict",
    }
    with pytest.raises((ValueError, KavassError), match="coup"):
        from_dict(Tripwire, row)
