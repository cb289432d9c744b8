"""Learned weights: what is written is read, sums and shares are what they say."""

from pathlib import Path

import numpy as np
import pytest

from kavass.lang import weights


@pytest.fixture
def held(tmp_path: Path) -> weights.Weights:
    file = tmp_path / "parts.npz"
    weights.save(
        file, ("no", "yes"), ("head bomb", "seen 1"), np.array([[-1.0, 1.0], [0.5, -0.5]]), np.array([0.0, 0.0])
    )
    found = weights.load(file)
    assert found is not None
    return found


def test_write_then_read_is_identity(held: weights.Weights) -> None:
    assert held.labels == ("no", "yes") and dict(held.rows) == {"head bomb": 0, "seen 1": 1}
    assert held.table.tolist() == [[-1.0, 1.0], [0.5, -0.5]]


def test_unknown_features_say_nothing(held: weights.Weights) -> None:
    assert held.sum(["head bomb", "never seen"]).tolist() == [-1.0, 1.0]
    assert held.sum([]).tolist() == [0.0, 0.0]


def test_shares_add_up_to_one_and_favour_what_is_spoken_for(held: weights.Weights) -> None:
    shares = held.shares(np.stack([held.sum(["head bomb"]), held.sum([])]))
    assert shares.sum(-1) == pytest.approx([1.0, 1.0])
    assert shares[0, 1] > 0.8 and shares[1, 1] == pytest.approx(0.5)


def test_a_language_without_weights_does_without(tmp_path: Path) -> None:
    assert weights.load(tmp_path / "none.npz") is None


def test_what_ships_is_small_and_deterministic() -> None:
    folder = Path(weights.__file__).parent
    found = sorted(folder.glob("*/*.npz"))
    assert found and sum(f.stat().st_size for f in found) < 10_000_000
    assert (folder / "en" / "WEIGHTS.md").read_text("utf-8").count("## ") >= len(list(folder.glob("en/*.npz")))
