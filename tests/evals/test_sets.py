"""The project's own sets are whole, and a faulty one says so."""

from pathlib import Path
from typing import Any

import pytest

from evals import sets
from kavass.errors import DataError

FILES = sorted(sets.HERE.glob("*.toml"))


def row(**given: Any) -> dict[str, Any]:
    text = "A bomb exploded in Mosul on Friday, police said."
    return {"key": "k", "published": "2018-09-29", "text": text, "incidents": [], "claims": [], **given}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_set_is_without_fault(file: Path) -> None:
    assert sets.read(file)


def test_the_sets_are_as_large_as_promised() -> None:
    count = {f.stem: len(sets.read(f)) for f in FILES}
    assert count["ar-seen-1"] + count["ar-seen-2"] + count["ar-unseen"] >= 120 and count["ar-unseen"] >= 40
    assert count["en-seen"] + count["en-unseen"] >= 80


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"incidents": [{"types": ["explosion"]}]}, "types ['explosion']"),
        ({"incidents": [{"types": ["bombing"], "start": "2018-09-28"}]}, "start and end stand together"),
        ({"incidents": [{"types": ["bombing"], "place": "Basra"}]}, "'Basra' does not stand in the text"),
        ({"incidents": [{"types": ["bombing"], "at": [100.0, 0.0]}]}, "no [latitude, longitude]"),
        ({"incidents": [{"types": ["bombing"], "killed": [3, 1]}]}, "no [low, high]"),
        (
            {"claims": [{"speaker": ["police"], "stances": ["says"], "about": "claim", "words": "A bomb"}]},
            "stances ['says']",
        ),
        ({"claims": [{"speaker": ["police"], "stances": ["reports"], "about": 1, "words": "A bomb"}]}, "is about 1"),
        ({"published": "yesterday"}, "no ISO date"),
    ],
)
def test_each_fault_is_named(given: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in sets.faults([row(**given)]))


def test_a_key_that_stands_twice_is_named(tmp_path: Path) -> None:
    assert any("stands 2 times" in fault for fault in sets.faults([row(), row()]))
    file = tmp_path / "bad.toml"
    file.write_text('[[report]]\nkey = "a"\npublished = "x"\ntext = "t"\nincidents = []\nclaims = []\n', "utf-8")
    with pytest.raises(DataError):
        sets.read(file)
