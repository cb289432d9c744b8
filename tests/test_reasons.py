"""Every reason is a sentence in each language, with the same values in each."""

from __future__ import annotations

import tomllib
from string import Formatter

import pytest

from kavass.reasons import FOLDER, Code, Reason, languages, say


def table(lang: str) -> dict[str, str]:
    reasons: dict[str, str] = tomllib.loads((FOLDER / f"{lang}.toml").read_text("utf-8"))["reason"]
    return reasons


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("lang", languages())
def test_every_language_says_the_same(lang: str) -> None:
    assert {key: fields(text) for key, text in table(lang).items()} == {
        key: fields(text) for key, text in table("en").items()
    }


def test_a_reason_is_english_text_and_more() -> None:
    reason = Reason("about", incident=Code("incident", "inc-1"), said=Reason("not_placed", km=0.5))
    assert reason == "inc-1: it is not placed; it must lie within 0.5 km."
    assert "0.5" in say(reason, "ar") and "placed" not in say(reason, "ar")


def test_codes_are_named_in_the_language_or_by_who_knows_them() -> None:
    reason = Reason("countries", a=Code("place", "99532|Basra"), in_a=Code("country", "IRQ"), b="x", in_b="y")
    assert reason == "Basra lies in IRQ, x in y."
    assert say(reason, "ar", name=lambda code: "البصرة" if code.group == "place" else None).startswith("البصرة في IRQ")
    assert say(Reason("kinds", a=Code("type", "arson"), b=Code("type", "storming")), "ar").count("«") == 2


def test_plain_text_is_left_as_it_is() -> None:
    assert say("A person wrote this.", "ar") == "A person wrote this."
