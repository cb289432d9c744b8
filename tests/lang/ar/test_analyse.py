"""Arabic without a parser: clauses, arguments and phrases of agency sentences, cited as they stand in the text."""

from __future__ import annotations

import pytest

from kavass import lang
from kavass.lang.ar.analyse import surfaces
from kavass.lang.clause import Clause, Phrase, Sentence
from kavass.model import Report, Zone
from make import report

ARABIC = lang.load("ar")


def told(text: str) -> tuple[Report, list[Sentence]]:
    one = report(text, language="ar", zones=(Zone(start=0, end=len(text), zone="body"),))
    return one, ARABIC.analyse(one, ARABIC.split(one)).sentences


def clause(text: str, lemma: str) -> tuple[Clause, dict[str, str]]:
    """The first clause of that lemma and its arguments: function (with preposition) -> words."""
    one, sentences = told(text)
    for sentence in sentences:
        for found in sentence.clauses:
            if found.lemma == lemma:
                names = {}
                for argument in found.arguments:
                    name = argument.function + (f":{argument.preposition}" if argument.preposition else "")
                    names.setdefault(name, one.words(argument.span))
                return found, names
    raise AssertionError(f"{lemma} is no clause of {text}: {[c.lemma for s in sentences for c in s.clauses]}")


def phrase(text: str, head: str) -> Phrase:
    one, sentences = told(text)
    return next(p for s in sentences for p in s.phrases if one.words(p.head) == head)


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "object"),
    [
        ("قصف الطيران المدينة.", "قصف", "الطيران", "المدينة"),
        ("قصف الجيش الفلوجة بالمدفعية.", "قصف", "الجيش", "الفلوجة"),
        ("اقتحم متظاهرون غاضبون مبنى القنصلية الإيرانية.", "اقتحم", "متظاهرون غاضبون", "مبنى القنصلية الإيرانية"),
        ("المسلحون قصفوا المطار.", "قصف", "المسلحون", "المطار"),
        ("مسلحون يقتحمون مقر الحزب.", "اقتحم", "مسلحون", "مقر الحزب"),
        ("شنت طائرات تركية غارات على مواقع قرب دهوك.", "شن", "طائرات تركية", "غارات"),
        ("اختطف مسلحون مجهولون ثلاثة مهندسين أتراك.", "اختطف", "مسلحون مجهولون", "ثلاثة مهندسين أتراك"),
        ("أغلق محتجون، فجر اليوم الخميس، مدخل الميناء.", "أغلق", "محتجون", "مدخل الميناء"),
        ("فتح مسلحون يرتدون زيا عسكريا النار على عرض.", "فتح", "مسلحون", "النار"),
        ("قصف الطيران المدينة أدى إلى نزوح.", "قصف", "الطيران", "المدينة"),
    ],
)
def test_subject_and_object_come_from_order_agreement_and_class(
    text: str, lemma: str, subject: str, object: str
) -> None:
    _, names = clause(text, lemma)
    assert (names["subject"], names["object"]) == (subject, object)


@pytest.mark.parametrize(
    ("text", "lemma", "object"),
    [
        ("قتل 3 جنود.", "قتل", "3 جنود"),
        ("قُتل ثلاثة متظاهرين على الأقل.", "قتل", "ثلاثة متظاهرين"),
        ("أصيب شرطيان بجروح.", "أصاب", "شرطيان"),
        ("اغتيل محافظ البصرة أمس.", "اغتال", "محافظ البصرة"),
        ("المهاجمون قُتلوا جميعا.", "قتل", "المهاجمون"),
        ("استُهدفت موانئ النفط.", "استهدف", "موانئ النفط"),
        ("القنصلية ستُغلق مؤقتا.", "أغلق", "القنصلية"),
    ],
)
def test_a_verb_without_doer_is_passive(text: str, lemma: str, object: str) -> None:
    found, names = clause(text, lemma)
    assert (found.voice, names["object"], "subject" in names) == ("passive", object, False)


@pytest.mark.parametrize(
    ("text", "lemma", "function", "words"),
    [
        ("أعلنت الشرطة مقتل خمسة أشخاص.", "مقتل", "object", "خمسة أشخاص"),
        ("سقوط صاروخين على مطار بغداد الدولي.", "سقوط", "subject", "صاروخين"),
        ("سقوط صاروخين على مطار بغداد الدولي.", "سقوط", "oblique:على", "مطار بغداد الدولي"),
        ("اغتيال محام في كركوك.", "اغتيال", "object", "محام"),
        ("استمر قصف المدينة.", "قصف", "object", "المدينة"),
        ("أكد مصدر إصابة ٢٨ من عناصر الشرطة بالحجارة.", "إصابة", "object", "٢٨ من عناصر الشرطة"),
        ("وقع انفجار قرب السفارة.", "انفجار", "oblique:قرب", "السفارة"),
        ("تعرض رتل لهجوم بعبوة ناسفة.", "هجوم", "object", "رتل"),
        ("تم اعتقال عشرين متظاهرا.", "اعتقال", "object", "عشرين متظاهرا"),
    ],
)
def test_verbal_nouns_are_clauses_of_their_own(text: str, lemma: str, function: str, words: str) -> None:
    found, names = clause(text, lemma)
    assert (found.kind, names[function]) == ("noun", words)


@pytest.mark.parametrize(
    ("text", "head", "low", "high", "approximate"),
    [
        ("قتل 3 جنود.", "جنود", 3, 3, False),
        ("أصيب ٤٧ آخرون.", "آخرون", 47, 47, False),
        ("أصيب نحو 70 آخرين.", "آخرين", 70, 70, True),
        ("قتل شرطيان.", "شرطيان", 2, 2, False),
        ("أعلنت الدائرة تسجيل ستة آلاف ومئتي حالة تسمم.", "حالة", 6200, 6200, False),
        ("تظاهر مئات الأشخاص.", "الأشخاص", 200, 999, True),
        ("قتل ما لا يقل عن خمسة عشر مدنيا.", "مدنيا", 15, None, False),
        ("قتل أكثر من ثلاثين شخصا.", "شخصا", 30, None, False),
        ("خطف عشرات المدنيين.", "المدنيين", 20, 99, True),
    ],
)
def test_quantities_in_digits_words_and_duals(
    text: str, head: str, low: int, high: int | None, approximate: bool
) -> None:
    found = phrase(text, head)
    assert (found.low, found.high, found.approximate) == (low, high, approximate)


def test_words_are_cited_as_they_stand_with_vowels_and_stretching() -> None:
    text = "اقتحَمَ متظاهرونَ القنصليـــةَ بالبصرة وللجيش قوة."
    _, names = clause(text, "اقتحم")
    assert names["object"] == "القنصليـــةَ"
    assert names["oblique:في"] == "البصرة"


@pytest.mark.parametrize(
    ("text", "lemma", "negated", "modality"),
    [
        ("لم تقع إصابات.", "وقع", True, "actual"),
        ("لن نغلق السفارة.", "أغلق", True, "future"),
        ("سيستهدف الجيش المعسكر.", "استهدف", False, "future"),
        ("سوف تغلق الوزارة القنصلية.", "أغلق", False, "future"),
        ("قد يغلق الوزير القنصلية.", "أغلق", False, "possible"),
        ("قد أغلق الوزير القنصلية.", "أغلق", False, "actual"),
        ("سنرد إذا تعرضنا لهجوم.", "تعرض", False, "conditional"),
        ("ماذا لو استُهدفت الموانئ؟", "استهدف", False, "conditional"),
    ],
)
def test_negation_and_modality(text: str, lemma: str, negated: bool, modality: str) -> None:
    found, _ = clause(text, lemma)
    assert (found.negated, found.modality) == (negated, modality)


def test_what_is_said_hangs_on_the_verb_of_speech() -> None:
    text = "وقال المتحدث باسم الوزارة بهرام قاسمي إن واشنطن قصفت الميناء."
    one, (sentence,) = told(text)
    said, names = clause(text, "قال")
    content = next(c for c in sentence.clauses if c.lemma == "قصف")
    assert names["subject"] == "المتحدث باسم الوزارة بهرام قاسمي"
    assert (content.relation, content.parent, content.marker) == ("content", said.index, "ان")
    speaker = sentence.filler(said, "subject")
    assert speaker is not None
    assert [one.words(sentence.phrases[a].span) for a in speaker.appositions] == ["بهرام قاسمي"]


def test_a_participle_goes_on_with_its_speaker() -> None:
    text = "ونفى مدير المطار سقوط أي صاروخ، مؤكداً أن حركة الطيران لم تتوقف."
    found, names = clause(text, "أكد")
    assert (found.kind, names["subject"]) == ("participle", "مدير المطار")


def test_no_casualties_are_negated_phrases() -> None:
    assert phrase("سقطت قذائف من دون وقوع إصابات.", "إصابات").negated
    assert not phrase("سقطت قذائف وأوقعت إصابات.", "إصابات").negated


def test_before_and_after_mark_background() -> None:
    found, _ = clause("غادر الموظفون بعد ساعات من سقوط صواريخ قرب المطار.", "سقوط")
    assert (found.relation, found.marker) == ("adverbial", "بعد")


def test_pluperfect_is_background() -> None:
    found, names = clause("وكان مصدر عسكري قد أعلن سقوط صواريخ.", "أعلن")
    assert (found.perfect, names["subject"]) == (True, "مصدر عسكري")


@pytest.mark.parametrize("word", ["والحشد", "للحشد", "بالحشد"])
def test_names_are_found_with_particles(word: str) -> None:
    assert word in set(surfaces("الحشد", "name"))


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("أصاب", "اصيب"), ("اغتال", "اغتيل"), ("قال", "تقول"), ("نفى", "نفت"), ("تبنى", "تتبني"), ("وقع", "يقع"), ("هاجم", "هوجم"),
        ("استهدف", "سيستهدف"), ("أعلن", "واعلنت"), ("بدأ", "بدات"), ("أحرق", "يحرقها"),
    ],
)  # fmt: skip
def test_verbs_are_found_in_their_forms(lemma: str, form: str) -> None:
    assert form in set(surfaces(lemma, "verb"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "؟!",
        "والـ",
        "«",
        "ـــ",
        "3",
        "12:29 م",
        "abc قتل",
        "في",
        "و",
        "إن",
        "الذي",
        "قتل",
        "من من من",
        "\u200f\u200fقصف\u200e",
    ],
)
def test_any_scrap_of_text_is_read_without_fault(text: str) -> None:
    _, sentences = told(text)
    for sentence in sentences:
        for found in (*sentence.phrases, *sentence.clauses):
            assert sentence.span.start <= found.span.start <= found.span.end <= sentence.span.end


def test_a_verb_before_qad_describes_the_subject() -> None:
    described = clause("وكان رجل يقود شاحنة قد اقتحم حاجزا.", "قاد")[0]
    assert described.relation == "relative"
    assert clause("وكان رجل يقود شاحنة قد اقتحم حاجزا.", "اقتحم")[1] == {"subject": "رجل", "object": "حاجزا"}


def test_shares_of_those_just_named_are_no_object() -> None:
    found, arguments = clause("أوقف ثلاثون شخصا، معظمهم قاصرون، مساء الأحد.", "أوقف")
    assert (found.voice, arguments["object"]) == ("passive", "ثلاثون شخصا")


def test_unknown_sound_plurals_are_people() -> None:
    phrases = told("تجمع مئات الغابونيين أمام القاعدة.")[1][0].phrases
    assert phrases[0].has("person")
