"""Capitals for text that has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavass.lang.en.case import recase
from kavass.model import Span


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a bomb went off in baghdad on monday.", "A bomb went off in Baghdad on Monday."),
        ("the fbi and the cia were told.", "The FBI and the CIA were told."),
        ("gunmen shot hector jaramillo dead.", "Gunmen shot Hector Jaramillo dead."),
        ("police fired tear gas at the crowd.", "Police fired tear gas at the crowd."),
    ],
)
def test_names_get_their_capitals(written: str, read: str) -> None:
    assert recase(written) == read


def test_known_names_are_told() -> None:
    words = "fighters of the shining path fled."
    assert recase(words, [Span(12, 28)]) == "Fighters of the Shining Path fled."


def test_names_beyond_the_words_do_no_harm() -> None:
    assert recase("shots were heard.", [Span(-4, 3), Span(10, 400)]).lower() == "shots were heard."


@given(st.text(max_size=200))
def test_every_character_keeps_its_place(words: str) -> None:
    read = recase(words)
    assert len(read) == len(words)
    assert all(a == b or a.upper() == b for a, b in zip(words, read, strict=True))
