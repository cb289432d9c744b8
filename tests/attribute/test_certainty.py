"""How certain an event is told: by its own words and by what it hangs on, English and Arabic alike."""

import tomllib
from pathlib import Path

import pytest
from evals.factuality import reading

from kavass import lang, pipeline
from kavass.attribute.certainty import FILE, LINKS, Certainty, Node, Words, weighed, weights
from kavass.errors import DataError
from kavass.lang.clause import Analysis
from kavass.model import Span

CODES = ("en", "ar")
SURE, OPEN, NOT = (0.85, 1.0), (0.4, 0.9), (0.0, 0.55)


def certainty(code: str, marked: str) -> float:
    """That of the word in brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    found = reading(marked.replace("[", "").replace("]", ""), code).at(Span(start, end))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "marked", "within"),
    [
        ("en", "Rebels [shelled] the town.", SURE),
        ("ar", "[قصف] المسلحون البلدة.", SURE),
        ("en", "Rebels did not [shell] the town.", NOT),
        ("ar", "لم [يقصف] المسلحون البلدة.", NOT),
        ("en", "Rebels may [shell] the town.", OPEN),
        ("ar", "قد [يقصف] المسلحون البلدة.", OPEN),
        ("en", "If rebels [shell] the town, troops will leave.", OPEN),
        ("ar", "إذا [قصف] المسلحون البلدة فسيرحل السكان.", OPEN),
        ("en", "Rebels tried to [shell] the town.", OPEN),
        ("ar", "حاول المسلحون [قصف] البلدة.", OPEN),
        ("en", "Rebels failed to [shell] the town.", NOT),
        ("ar", "فشل المسلحون في [قصف] البلدة.", NOT),
        ("en", "Rebels managed to [shell] the town.", SURE),
        ("en", "Rebels did not manage to [shell] the town.", NOT),
        ("ar", "لم يتمكن المسلحون من [قصف] البلدة.", NOT),
        ("en", "Rebels refused to [leave] the town.", NOT),
        ("ar", "رفض المسلحون [الانسحاب] من البلدة.", NOT),
        ("en", "Police foiled the [attack].", NOT),
        ("ar", "أحبطت الشرطة [الهجوم].", NOT),
        ("en", "Police know that rebels [shelled] the town.", SURE),
        ("ar", "تعلم الشرطة أن المسلحين [قصفوا] البلدة.", SURE),
        ("en", "Residents regret that rebels [shelled] the town.", SURE),
        ("en", "Police said rebels [shelled] the town.", SURE),
        ("ar", "قالت الشرطة إن المسلحين [قصفوا] البلدة.", SURE),
        ("en", "Police denied that rebels [shelled] the town.", OPEN),
        ("ar", "نفت الشرطة أن يكون المسلحون [قصفوا] البلدة.", OPEN),
        ("en", "Police doubt that rebels [shelled] the town.", OPEN),
        ("ar", "تشكك الشرطة في أن المسلحين [قصفوا] البلدة.", OPEN),
        ("en", "Residents fear that rebels will [shell] the town.", OPEN),
        ("ar", "يخشى السكان أن [يقصف] المسلحون البلدة.", OPEN),
        ("en", "The commander ordered rebels to [shell] the town.", OPEN),
        ("ar", "أمر القائد المسلحين [بقصف] البلدة.", OPEN),
        ("en", "The court allowed the group to [leave].", OPEN),
        ("ar", "سمحت المحكمة للجماعة [بالتظاهر].", OPEN),
        ("en", "Rebels plan to [shell] the town.", OPEN),
        ("ar", "يعتزم المسلحون [قصف] البلدة.", OPEN),
        ("en", "Rebels threatened to [shell] the town.", OPEN),
        ("ar", "هدد المسلحون [بقصف] البلدة.", OPEN),
        ("en", "Rebels are able to [shell] the town.", OPEN),
        ("ar", "يستطيع المسلحون [قصف] البلدة.", OPEN),
        ("en", "The failure to [stop] the shelling angered residents.", NOT),
        ("en", "A plan to [attack] the consulate was found.", OPEN),
        ("ar", "عثر على خطة [لمهاجمة] القنصلية.", OPEN),
        ("en", "Rebels pretended to [leave] the town.", NOT),
    ],
)
def test_what_a_class_of_words_does_to_an_event(code: str, marked: str, within: tuple[float, float]) -> None:
    low, high = within
    assert low <= certainty(code, marked) <= high, marked


@pytest.mark.parametrize(
    ("code", "surer", "less"),
    [
        ("en", "Rebels did not fail to [leave].", "Rebels failed to [leave]."),
        ("en", "Police did not prevent the [attack].", "Police prevented the [attack]."),
        ("en", "Rebels managed to [leave].", "Rebels wanted to [leave]."),
        ("en", "Rebels [left].", "Rebels almost [left]."),
        ("en", "Police denied that rebels failed to [leave].", "Police said that rebels failed to [leave]."),
        ("en", "Rebels [left].", "Did rebels [leave]?"),
        ("ar", "[قصف] المسلحون البلدة.", "هل [قصف] المسلحون البلدة؟"),
        ("ar", "[قصف] المسلحون البلدة.", "كاد المسلحون [يقصفون] البلدة."),
        ("ar", "تمكن المسلحون من [قصف] البلدة.", "حاول المسلحون [قصف] البلدة."),
    ],
)
def test_negation_and_nesting_are_carried_inwards(code: str, surer: str, less: str) -> None:
    assert certainty(code, surer) > certainty(code, less) + 0.05


def test_every_language_has_the_same_classes_and_each_word_one_of_them() -> None:
    tables = {code: lang.load(code).table("certainty") for code in CODES}
    assert set(tables["en"]) == set(tables["ar"])
    for part in ("under", "markers", "helpers", "adverbs"):
        assert set(tables["en"][part]) == set(tables["ar"][part]), part
    for code, table in tables.items():
        for link in ("any", *LINKS):
            listed = [w for lists in table["under"].values() for w in lists.get(link, ())]
            assert len(listed) == len(set(listed)), (code, link)


def test_a_phrasal_verb_has_its_own_class_and_a_word_may_have_another_before_an_infinitive() -> None:
    words = Words(lang.load("en"))
    assert words.classes("call", "off", "noun") == ("cancel",)
    assert words.classes("forget", None, "to") == ("fail",)
    assert words.classes("forget", None, "that") == ("know",)
    assert words.classes("zzz", None, "to") == ()


def test_a_word_outside_every_analysed_sentence_has_no_certainty() -> None:
    held = reading("Rebels left the town.")
    assert held.at(Span(500, 505)) is None
    assert Certainty(held.report, Analysis(), held.language).at(Span(0, 6)) is None


def test_clauses_that_hang_on_each_other_in_a_ring_end() -> None:
    held = reading("Police said rebels wanted to leave the town.")
    sentence = held.analysis.sentences[0]
    for clause in sentence.clauses:
        clause.parent, clause.relation = (clause.index + 1) % len(sentence.clauses), "content"
    assert all(0 <= held.of(Node(sentence, c)) <= 1 for c in sentence.clauses)


def test_a_sum_stays_on_the_scale_and_unknown_features_say_nothing() -> None:
    worth = {"start": 0.9, "up": 1.0, "down": -2.0}
    assert [weighed(f, worth) for f in ((), ("up",), ("down",), ("zzz",))] == [0.9, 1.0, 0.0, 0.9]


@pytest.mark.parametrize(
    "text", ["[worth]\nx = 0.1\n", "[worth]\nstart = 9.5\n", '[worth]\nstart = "a"\n', "", "[worth]\nstart = nan\n"]
)
def test_broken_weights_are_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "certainty.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(DataError, match="start"):
        weights(file)


def test_the_shipped_weights_hold_no_word_of_a_language() -> None:
    known = set(lang.load("en").table("certainty")["under"]) | {"other"}
    for name in tomllib.loads(FILE.read_text("utf-8"))["worth"]:
        for mark in (" under ", "described:", "verb:", "noun:", "further ", "past "):
            if name.startswith(mark) or mark == " under " in name:
                last = name.split("under ")[-1] if "under" in mark else name.removeprefix(mark)
                assert last.split(" ")[0] in known or name.startswith("past "), name


@pytest.mark.parametrize(
    ("text", "type", "within"),
    [
        ("Rebels shelled the town of Basra on Monday, killing two people.", "shelling", SURE),
        ("Gunmen plan to attack the airport in Basra.", "attack", OPEN),
        ("قصف المسلحون مدينة البصرة يوم الاثنين وقتل شخصان.", "shelling", SURE),
    ],
)
def test_an_account_has_the_certainty_of_its_telling(text: str, type: str, within: tuple[float, float]) -> None:
    record = pipeline.tell_text(text, published="2018-09-29")
    found = [a.certainty for a in record.accounts if a.type == type]
    assert found and all(c is not None and within[0] <= c <= within[1] for c in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Police denied that rebels shelled the town of Basra on Monday.",
            "Police said rebels shelled the town of Basra on Monday.",
        ),
        ("نفت الشرطة أن يكون المسلحون قصفوا مدينة البصرة.", "قالت الشرطة إن المسلحين قصفوا مدينة البصرة."),
    ],
)
def test_every_claim_says_how_surely_and_a_denial_that_it_is_not_so(text: str, said: str) -> None:
    denied = [c for c in pipeline.tell_text(text).claims if c.stance == "denies_occurrence"]
    assert denied and all(c.certainty is not None and c.certainty < 0.1 for c in denied)
    told = pipeline.tell_text(said).claims
    assert told and all(c.certainty is not None and c.certainty > 0.8 for c in told)
