"""Which of several readings a written word has."""

from __future__ import annotations

import pytest

from kavass import lang
from kavass.lang.ar.words import tokens
from kavass.model import Span

ARABIC = lang.load("ar")


def read(text: str, word: str) -> tuple[str, str]:
    """Lemma and part of speech of the word that starts with these letters."""
    found = next(t for t in tokens(text, Span(0, len(text)), ARABIC.frames) if text[t.span.start :].startswith(word))
    return found.lemma, found.pos


@pytest.mark.parametrize(
    ("text", "word", "lemma", "pos"),
    [
        ("ودعا ناشطون إلى تظاهرة.", "ودعا", "دعا", "verb"),
        ("وردّت الفصائل بقصف الثكنة.", "وردّت", "رد", "verb"),
        ("ووصلت كتيبة إلى البلدة.", "ووصلت", "وصل", "verb"),
        ("حين فتحت القوات النار.", "فتحت", "فتح", "verb"),
        ("لم يصب أحد بأذى.", "يصب", "أصاب", "verb"),
        ("فرض والي المنطقة قيودا.", "والي", "والي", "noun"),
        ("اغتال مجهولون إمام المسجد.", "إمام", "إمام", "noun"),
        ("لوحوا بـ«زحف كبير».", "زحف", "زحف", "noun"),
        ("أسفر عن مقتل جندي وجرح ثلاثة مدنيين.", "وجرح", "جرح", "noun"),
        ("الانفجار خلّف أضرارا.", "خلّف", "خلف", "verb"),
        ("حلقت المسيّرة فوق الميناء.", "المسيّرة", "درون", "noun"),
        ("الوزير يصف ما جرى بأنه كارثة.", "يصف", "وصف", "verb"),
        ("مروحية تلقي منشورات على البلدة.", "تلقي", "ألقى", "verb"),
        ("اقتحم ملثمون سجن البلدة.", "سجن", "سجن", "noun"),
    ],
)
def test_the_reading_that_fits_is_chosen(text: str, word: str, lemma: str, pos: str) -> None:
    assert read(text, word) == (lemma, pos)
