"""Two short tellings agree or speak against each other, in both languages alike, and the words that show it are named."""

from __future__ import annotations

import tomllib

import pytest

from kavass import lang
from kavass.errors import UsageError
from kavass.lang import HERE
from kavass.merge import opposed
from kavass.merge.opposed import Pair
from kavass.reasons import say

AGAINST = [
    ("en", "The minister postpones his visit to Mosul", "The minister begins his visit to Mosul", "opposites"),
    ("ar", "الوزير يؤجل زيارته إلى الموصل", "الوزير يبدأ زيارته إلى الموصل", "opposites"),
    ("en", "The border crossing was reopened", "The border crossing remains closed", "opposites"),
    ("ar", "إعادة فتح المعبر الحدودي", "المعبر الحدودي لا يزال مغلقا", "opposites"),
    ("en", "The court acquits the editor of the paper", "The court convicts the editor of the paper", "opposites"),
    ("ar", "المحكمة تبرئ مدير الصحيفة", "المحكمة تدين مدير الصحيفة", "opposites"),
    ("en", "Five killed in a bombing at the market", "Nine killed in a bombing at the market", "numbers_differ"),
    ("ar", "مقتل خمسة في تفجير بالسوق", "مقتل تسعة في تفجير بالسوق", "numbers_differ"),
    ("en", "Iran fired the rockets at the base", "Turkey fired the rockets at the base", "names_differ"),
    ("ar", "إيران أطلقت الصواريخ على القاعدة", "تركيا أطلقت الصواريخ على القاعدة", "names_differ"),
    ("en", "The airport was hit by rockets", "The airport was not hit by rockets", "turned"),
    ("ar", "المطار أصيب بالصواريخ", "المطار لم يصب بالصواريخ", "turned"),
    ("en", "Rockets hit the airport of Basra", "The army denies that rockets hit the airport of Basra", "turned"),
    ("ar", "صواريخ تصيب مطار البصرة", "الجيش ينفي إصابة مطار البصرة بصواريخ", "turned"),
]  # fmt: skip
ALIKE = [
    ("en", "Police arrest three suspects in Basra", "Three suspects detained in Basra by the police"),
    ("ar", "الشرطة تعتقل ثلاثة مشتبه بهم في البصرة", "توقيف ثلاثة مشتبه بهم في البصرة على يد الشرطة"),
    ("en", "Prices rise in the south", "A rise in prices in the south"),
    ("ar", "الأسعار ترتفع في الجنوب", "ارتفاع الأسعار في الجنوب"),
]


@pytest.mark.parametrize(("code", "left", "right", "reason"), AGAINST)
def test_what_speaks_against_each_other_is_told_with_its_reason(code: str, left: str, right: str, reason: str) -> None:
    said = opposed(left, right, code)
    assert said.verdict == "disagree"
    assert reason in {r.key for r in said.reasons}
    assert all(say(r, "ar") != say(r, "en") for r in said.reasons)


@pytest.mark.parametrize(("code", "left", "right"), ALIKE)
def test_what_says_one_thing_in_other_words_agrees(code: str, left: str, right: str) -> None:
    assert opposed(left, right, code).verdict == "agree"


@pytest.mark.parametrize(("code", "left", "right"), [("en", "Floods in the north", "Parliament votes on the budget"),
                                                     ("ar", "فيضانات في الشمال", "البرلمان يصوت على الموازنة"),
                                                     ("en", "", ""), ("ar", "؟؟؟", "...")])  # fmt: skip
def test_what_shares_nothing_neither_agrees_nor_disagrees(code: str, left: str, right: str) -> None:
    assert opposed(left, right, code).verdict == "other"


@pytest.mark.parametrize(("code", "left", "right", "_"), AGAINST)
def test_the_answer_is_the_same_whichever_way_round(code: str, left: str, right: str, _: str) -> None:
    assert opposed(left, right, code).against == pytest.approx(opposed(right, left, code).against)


def test_a_language_without_weights_of_words_goes_by_the_shared_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lang.Language, "weights", lambda self, name: None)
    assert opposed(*AGAINST[1][1:3], "ar").verdict == "disagree"
    assert opposed(*ALIKE[1][1:], "ar").verdict == "agree"


def test_digits_and_words_are_one_number() -> None:
    assert "numbers same" in Pair("20 قتيلا في الهجوم", "مقتل عشرين في الهجوم", lang.load("ar")).features
    assert "numbers same" in Pair("٥ ملايين نازح", "5 ملايين نازح", lang.load("ar")).features
    assert "numbers same" in Pair("3 million displaced", "three million displaced", lang.load("en")).features


def test_a_capital_stands_for_its_country() -> None:
    assert "names same" in Pair("Ankara closes the border", "Turkey closes the border", lang.load("en")).features
    assert "names same" in Pair("أنقرة تغلق الحدود", "تركيا تغلق الحدود", lang.load("ar")).features


def test_two_matters_in_one_telling_are_kept_apart() -> None:
    crossed = Pair("Oil rises after a fall in the dollar", "Oil falls after a rise in the dollar", lang.load("en"))
    assert "said otherwise only" in crossed.features
    crossed = Pair("النفط يرتفع بعد هبوط الدولار", "النفط يهبط بعد ارتفاع الدولار", lang.load("ar"))
    assert "said otherwise only" in crossed.features


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(UsageError, match="xx"):
        opposed("a", "b", "xx")


def test_the_languages_have_the_same_matters() -> None:
    def shape(code: str) -> dict[str, set[str]]:
        table = tomllib.loads((HERE / code / "opposed.toml").read_text("utf-8"))
        return {name: set(held) if isinstance(held, dict) else set() for name, held in table.items()}

    assert shape("ar") == shape("en")
