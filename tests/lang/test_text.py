"""Sentences and quotations, without a word of any language."""

from __future__ import annotations

import pytest

from kavass.lang.text import quotes, sentences
from kavass.model import Span

PAIRS = {"“": "”", '"': '"', "«": "»"}


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, Span(0, len(text)), enders=".!?؟")]


def quoted(text: str) -> list[str]:
    return [text[a:b] for a, b in quotes(text, Span(0, len(text)), PAIRS)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Jane Rowe (D-Ohio.) said no. She left.", 2),
        ("“Not now.” he said. She left.", 2),
        ("“Not now.” She left.", 2),
        ('the army said "no." the rebels said "yes." nobody left.', 3),
        ("«لا تعليق». وغادر الوزير.", 2),
    ],
)
def test_a_stop_before_a_closing_mark_ends_the_sentence_unless_it_goes_on_in_small_letters(
    text: str, number: int
) -> None:
    assert len(split(text)) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('""No,"" he said. ""Never.""', ["No,", "Never."]),
        ('"No," he said. "Never."', ["No,", "Never."]),
        ("“” he said “no”", ["no"]),
        ("وقال: «لا»", ["لا"]),
        ('"No, he said.', ["No, he said."]),
    ],
)
def test_quotations_with_marks_written_twice_or_never_closed(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected
