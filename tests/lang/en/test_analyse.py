"""English clauses and phrases: voice undone, arguments shared, numbers read, offsets of the report."""

from __future__ import annotations

import pytest

from kavass.lang import load
from kavass.lang.clause import Clause, Phrase, Sentence
from kavass.lang.en.analyse import analyse
from kavass.lang.en.inflect import verb_forms
from kavass.lang.text import quotes
from kavass.model import Span, ZoneName


def read(text: str, zone: ZoneName = "body") -> Sentence:
    language = load("en")
    whole = Span(0, len(text))
    marks = tuple(quotes(text, whole, language.profile["quotes"]))
    sentence = Sentence(index=0, span=whole, zone=zone, paragraph=0, quotes=marks)
    analyse(text, [sentence], language)
    return sentence


def clause(sentence: Sentence, lemma: str) -> Clause:
    return next(c for c in sentence.clauses if c.lemma == lemma)


def words(text: str, sentence: Sentence, of: Clause, function: str, *prepositions: str) -> list[str]:
    found = (
        sentence.phrases[a.phrase] for a in sentence.arguments(of, function, *prepositions) if a.phrase is not None
    )
    return [text[slice(*p.core)] for p in found]


def phrase(sentence: Sentence, lemma: str) -> Phrase:
    return next(p for p in sentence.phrases if p.lemma == lemma)


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Protesters torched the consulate on Friday.", "torch"),
        ("The consulate was torched by protesters on Friday.", "torch"),
        ("Officials condemned the torching of the consulate by protesters.", "torching"),
    ],
)
def test_voice_is_undone(text: str, lemma: str) -> None:
    found = read(text)
    told = clause(found, lemma)
    assert [w.lower() for w in words(text, found, told, "subject")] == ["protesters"]
    assert [w.lower() for w in words(text, found, told, "object")] == ["the consulate"]


def test_coordinated_verbs_share_their_subject_and_their_auxiliary() -> None:
    text = "The ministry will close the office and evacuate its staff."
    found = read(text)
    assert words(text, found, clause(found, "evacuate"), "subject") == ["The ministry"]
    assert clause(found, "evacuate").modality == "future"


def test_the_object_of_blame_does_what_it_is_blamed_for() -> None:
    text = "Villagers blamed two clans for firing rockets at the school."
    found = read(text)
    fired = clause(found, "fire")
    assert words(text, found, fired, "subject") == ["two clans"]
    assert words(text, found, fired, "object") == ["rockets"]
    assert words(text, found, fired, "oblique", "at") == ["the school"]


def test_a_relative_pronoun_gives_way_to_what_it_means() -> None:
    text = "Police arrested a man who had attacked the bus."
    found = read(text)
    attacked = clause(found, "attack")
    assert words(text, found, attacked, "subject") == ["a man"]
    assert attacked.relation == "relative" and attacked.perfect


def test_a_noun_takes_the_subject_of_the_verb_that_carries_it() -> None:
    text = "Gunmen carried out an attack on the bank in Erbil."
    found = read(text)
    attack = next(c for c in found.clauses if c.kind == "noun" and c.lemma == "attack")
    assert words(text, found, attack, "subject") == ["Gunmen"]
    assert words(text, found, attack, "oblique", "on") == ["the bank"]


def test_a_participle_before_a_noun_names_doer_and_object() -> None:
    text = "They accused Iranian-backed militias."
    found = read(text)
    backed = clause(found, "back")
    assert words(text, found, backed, "subject") == ["Iranian"]
    assert words(text, found, backed, "object") == ["Iranian-backed militias"]


def test_conditions_negation_and_infinitives_are_marked() -> None:
    found = read("If they attack the post, the guards will not flee, and the mayor wants to close the road.")
    assert clause(found, "attack").modality == "conditional"
    assert clause(found, "flee").negated and clause(found, "flee").modality == "future"
    assert clause(found, "close").infinitive


def test_what_is_said_hangs_on_who_says_it() -> None:
    found = read("Two rockets hit the depot, police said.")
    hit = clause(found, "hit")
    assert hit.relation == "content" and hit.parent == clause(found, "say").index


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate"),
    [
        ("At least 12 people died.", 12, None, False),
        ("Some 300 people died.", 300, 300, True),
        ("More than twenty-five thousand people died.", 25000, None, False),
        ("Between 200 and 300 people died.", 200, 300, True),
        ("Dozens of people died.", 20, None, True),
        ("A number of people died.", 1, None, True),
        ("No people died.", 0, 0, False),
        ("Two hundred people died.", 200, 200, False),
    ],
)
def test_quantities_are_intervals(text: str, low: int, high: int | None, approximate: bool) -> None:
    people = next(p for p in read(text).phrases if p.lemma in ("people", "person"))
    assert (people.low, people.high, people.approximate) == (low, high, approximate)


def test_a_bare_number_counts_by_the_word_behind_it() -> None:
    found = read("2 dead, 3 injured in blast outside club", zone="title")
    held = {found_phrase.low: found_phrase.classes for found_phrase in found.phrases if found_phrase.low}
    assert "casualty.killed" in held[2] and "casualty.injured" in held[3]


def test_three_others_injured_are_not_those_who_injure() -> None:
    text = "The blast left a boy dead and three others injured."
    found = read(text)
    assert words(text, found, clause(found, "injure"), "object") == ["three others"]


def test_a_subject_that_the_parser_hung_on_another_noun_comes_home() -> None:
    text = "Minutes before the vote to shut the office, shells or grenades landed near the gate."
    found = read(text)
    assert words(text, found, clause(found, "land"), "subject")[0] == "shells"


def test_offsets_hold_through_curly_quotes_and_no_break_spaces() -> None:
    text = "The mayor’s office said\u00a0“gunmen attacked the\nbus” on Monday."
    found = read(text)
    attacked = clause(found, "attack")
    assert text[slice(*attacked.predicate)] == "attacked" and attacked.quoted
    assert words(text, found, attacked, "object") == ["the\nbus"]


def test_a_text_without_capitals_keeps_its_names() -> None:
    found = read("gunmen killed colonel waldo mereles near the village.")
    mereles = next(p for p in found.phrases if p.lemma.startswith("merele"))
    assert mereles.kind == "name" and mereles.name is not None
    assert mereles.name == Span(22, 35)


def test_a_headline_in_capitals_is_read() -> None:
    text = "GUNMEN ATTACK BUS IN BASRA"
    found = read(text, zone="title")
    assert words(text, found, clause(found, "attack"), "object") == ["BUS"]


@pytest.mark.parametrize("text", ["...", "42", "“”", "\u00a0 \n", "Oh!", "The the the of of."])
def test_broken_sentences_are_read_without_complaint(text: str) -> None:
    assert read(text).clauses == [] or all(c.span.end <= len(text) for c in read(text).clauses)


def test_irregular_verbs_have_their_forms() -> None:
    assert set(verb_forms("shoot")) == {"shoot", "shoots", "shooting", "shot"}
    assert "kidnapped" in verb_forms("kidnap") and "fleeing" in verb_forms("flee") and "fled" in verb_forms("flee")


@pytest.mark.parametrize(
    ("text", "object_"),
    [
        ("Raiders shot dead two clerks in Kut.", "two clerks"),
        ("A raider shot a clerk dead.", "a clerk"),
        ("Raiders shot the clerk dead on Monday.", "the clerk"),
    ],
)
def test_a_result_beside_the_object_is_no_part_of_it(text: str, object_: str) -> None:
    found = read(text)
    shot = clause(found, "shoot")
    assert words(text, found, shot, "object") == [object_]
    assert words(text, found, shot, "predicative") == ["dead"]


def test_who_is_charged_with_a_deed_does_it() -> None:
    text = "The mayor charged the guards with beating two boys."
    found = read(text)
    assert words(text, found, clause(found, "beat"), "subject") == ["the guards"]


def test_a_mark_that_folds_to_nothing_beside_a_name_does_no_harm() -> None:
    from kavass.lang.en.nominals import _base

    assert _base("") == "" and _base(" ") == " " and _base("guerrillas") == "guerrilla"
