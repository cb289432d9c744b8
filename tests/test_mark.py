"""One pass finds triggers, known actors and places in both scripts, cites the unchanged words, and decides what is parsed."""

import pytest

from kavass import lang
from kavass.mark import mark, worth_parsing
from kavass.model import Report, Zone


def report(text: str, code: str) -> Report:
    return Report(id="0", key="k", language=code, text=text, zones=(Zone(start=0, end=len(text), zone="body"),))


def words(text: str, code: str, *kinds: str) -> list[str]:
    told = report(text, code)
    return [told.words(m.span) for m in mark(told, lang.load(code)).of(*kinds)]  # type: ignore[arg-type]


def test_actors_and_places_are_found_whole_words_only() -> None:
    assert words("Kataib Hezbollah denied it in Basra.", "en", "actor") == ["Kataib Hezbollah"]
    assert "Basra" in words("Kataib Hezbollah denied it in Basra.", "en", "place")
    assert words("The ambassador spoke of rights.", "en", "actor") == []


def test_arabic_words_are_cited_as_they_stand_with_vowels_and_particles() -> None:
    assert words("وقال الحَشْد الشَّعْبي إنه موجود", "ar", "actor") == ["الحَشْد الشَّعْبي"]
    assert any("بصرة" in w for w in words("سقطت صواريخ بالبصرة", "ar", "place"))


@pytest.mark.parametrize(
    ("code", "text", "kept"),
    [
        ("en", "The harvest was good. Gunmen shot a driver. The market was quiet.", ["Gunmen shot a driver."]),
        ("ar", "كان الموسم جيدا. قتل مسلحون سائقا. كانت السماء صافية.", ["قتل مسلحون سائقا."]),
    ],
)
def test_only_sentences_with_a_trigger_are_parsed(code: str, text: str, kept: list[str]) -> None:
    told, language = report(text, code), lang.load(code)
    chosen = worth_parsing(told, language.split(told), mark(told, language))
    assert [told.words(s.span) for s in chosen] == kept
