"""Where Arabic phrases hang: with the adjective, the name or the town that asks for them, and what is only thought of."""

from __future__ import annotations

import pytest

from kavass import lang, pipeline
from kavass.lang.clause import Clause, Sentence
from kavass.model import Report, Zone
from make import report

ARABIC = lang.load("ar")


def told(text: str) -> tuple[Report, Sentence]:
    one = report(text, language="ar", zones=(Zone(start=0, end=len(text), zone="body"),))
    return one, ARABIC.analyse(one, ARABIC.split(one)).sentences[0]


def clause(text: str, lemma: str) -> tuple[Clause, dict[str, str]]:
    one, sentence = told(text)
    found = next(c for c in sentence.clauses if c.lemma == lemma)
    return found, {
        a.function + (f":{a.preposition}" if a.preposition else ""): one.words(a.span) for a in found.arguments
    }


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("احتمال وقوع هجوم على المرفأ ضئيل.", "possible"),
        ("تحدث الخبير عن مخاوف من هجوم على المرفأ.", "possible"),
        ("أي هجوم على المرفأ سيواجه بالقوة.", "possible"),
        ("نفى المدير أي هجوم على المرفأ.", "actual"),
        ("وقع هجوم على المرفأ.", "actual"),
    ],
)
def test_what_may_come_is_not_told_as_done(text: str, modality: str) -> None:
    assert clause(text, "هجوم")[0].modality == modality


@pytest.mark.parametrize(
    ("text", "lemma", "astray"),
    [
        ("أحرق شبان مقرا لفصيلين مقربين من الموصل.", "أحرق", "oblique:من"),
        ("تجمع عمال أمام مصنع في الناصرية جنوبي العراق.", "تجمع", "oblique:جنوبي"),
    ],
)
def test_what_describes_a_noun_is_no_argument_of_the_verb(text: str, lemma: str, astray: str) -> None:
    assert astray not in clause(text, lemma)[1]


def test_a_direction_alone_is_where_it_was() -> None:
    assert clause("تجمع عمال جنوبي العراق.", "تجمع")[1]["oblique:جنوبي"] == "العراق"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("أعلن تنظيم الراية السوداء مسؤوليته عن الهجوم.", "تنظيم الراية السوداء"),
        ("أعلنت حركة الفجر مسؤوليتها عن الهجوم.", "حركة الفجر"),
    ],
)
def test_who_claims_an_attack_has_the_whole_name(text: str, name: str) -> None:
    assert clause(text, "أعلن")[1]["subject"] == name
    claim = next(
        c for c in pipeline.tell_text(text, published="2018-05-02").claims if c.stance == "claims_responsibility"
    )
    assert claim.speaker.actor is not None


def test_a_time_after_its_subject_stays_a_time() -> None:
    assert clause("أعلن الوزير فجرا مسؤوليته عن القرار.", "أعلن")[1]["subject"] == "الوزير"


def test_two_objects_are_no_chain() -> None:
    found = clause("حملت واشنطن فصائل مسؤولية القصف.", "حمل")[1]
    assert (found["object"], found["predicative"]) == ("فصائل", "مسؤولية القصف")


def test_a_relative_clause_describes_the_thing_rather_than_the_idea() -> None:
    found = clause("حمل الوزير الفصائل مسؤولية القذائف التي سقطت قرب المرفأ.", "سقط")[1]
    assert found["subject"] == "القذائف"


def test_whoever_is_accused_of_a_deed_is_its_doer() -> None:
    found = clause("اتهم منظمو الاعتصام القوات الأمنية بإطلاق النار على متظاهرين.", "إطلاق نار")[1]
    assert found["subject"] == "القوات الأمنية"


def test_whom_a_deed_was_aimed_at_is_whom_it_killed() -> None:
    text = "أطلقوا النار على سيارة مهندس ما أدى إلى مقتله."
    assert clause(text, "مقتل")[1]["object"] == "مهندس"


def test_a_town_that_sees_something_is_where_it_is() -> None:
    for text in ("انتهت احتجاجات تشهدها الناصرية.", "شهدت الناصرية احتجاجات."):
        assert clause(text, "احتجاج")[1]["oblique:في"] == "الناصرية"


def test_how_long_it_had_gone_on_is_not_when_something_was() -> None:
    assert "adverbial:بعد" not in clause("أحرقوا المقر بعد أسبوع من الاحتجاجات.", "أحرق")[1]
    assert "adverbial:بعد" in clause("أحرقوا المقر بعد أسبوع من الهجوم.", "أحرق")[1]


def test_an_adjective_of_a_known_term_is_no_verb() -> None:
    assert clause("ألقى رجال قنابل يدوية على حافلة.", "ألقى")[1]["oblique:على"] == "حافلة"


def test_a_part_is_told_by_its_whole() -> None:
    _, sentence = told("أحرقوا مدخل القنصلية.")
    assert next(p for p in sentence.phrases if p.lemma == "مدخل").modifiers == ("قنصلية",)


def test_a_headline_ends_before_the_next_one() -> None:
    assert "oblique:في" not in clause("إلغاء الحظر في الناصرية والمحتجون يغلقون الجسر.", "أغلق")[1]


@pytest.mark.parametrize(
    "text", ["قطع عاطلون عن العمل الطريق.", "أضرم محتجون النار في مقر.", "فتح مسلحون النار على حافلة."]
)
def test_the_doer_between_verb_and_noun_keeps_its_part(text: str) -> None:
    (account,) = pipeline.tell_text(text, published="2018-05-02").accounts
    assert "perpetrator" in [role.role for role in account.roles]
