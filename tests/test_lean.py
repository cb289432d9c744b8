"""A library is loaded without the parts that nobody calls, and they can still be had afterwards."""

import subprocess
import sys

import pytest

from kavass.lean import without


def test_a_module_left_out_is_empty_inside_and_real_afterwards() -> None:
    sys.modules.pop("colorsys", None)
    with without("colorsys"):
        import colorsys

        assert colorsys.rgb_to_hls is None
    import colorsys

    assert colorsys.rgb_to_hls is not None


def test_a_module_that_is_loaded_stays() -> None:
    import json

    with without("json"):
        assert sys.modules["json"] is json
    assert sys.modules["json"] is json


def test_what_is_left_out_is_forgotten_after_a_fault_too() -> None:
    sys.modules.pop("colorsys", None)
    with pytest.raises(RuntimeError), without("colorsys"):
        raise RuntimeError
    assert "colorsys" not in sys.modules


def test_reading_english_loads_no_command_line_and_no_downloader() -> None:
    code = (
        "import sys; from kavass.pipeline import tell_text; tell_text('Gunmen shot a driver in the town on Monday.');"
        "print({'spacy.cli', 'httpx', 'robust_downloader', 'requests'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
