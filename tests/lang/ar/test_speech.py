"""Who speaks in an Arabic sentence and what he says: read off the order of the words."""

from __future__ import annotations

from functools import cache

import pytest

from kavass.model import CodedReport
from kavass.pipeline import tell_text


@cache
def told(text: str) -> CodedReport:
    return tell_text(text, published="2021-03-10")


def said(text: str) -> list[tuple[str, str, str]]:
    """(source, cue, content) of every attribution."""
    record = told(text)
    words = record.report.words
    return [
        (" ".join(map(words, a.source)), words(a.cue[0]), " | ".join(map(words, a.content)))
        for a in record.attributions
    ]


def voices(text: str) -> set[tuple[str, str | None]]:
    """(stance, words of the speaker) of every claim that somebody makes."""
    return {(c.stance, c.speaker.text) for c in told(text).claims if c.speaker.anonymity != "narrator"}


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("قال محافظ واسط إن القتلى خمسة.", "محافظ واسط", "القتلى خمسة"),
        ("غير أن مدير الشرطة أقر بمقتل جندي في الكوت.", "مدير الشرطة", "بمقتل جندي في الكوت"),
        ("أما رئيس البلدية، أحد الوسطاء، فيقول إن الهجوم مدبر.", "رئيس البلدية", "الهجوم مدبر"),
        ("وأفادت شبكة «صوت النهر» المحلية بأن جنديا قتل في الكوت.", "شبكة", "جنديا قتل في الكوت"),
        ("أكد حمزة أن الهجوم أوقع قتيلين.", "حمزة", "الهجوم أوقع قتيلين"),
    ],
)
def test_the_speaker_stands_by_his_verb_and_the_content_behind_its_opener(text: str, source: str, content: str) -> None:
    found = said(text)
    assert any(s.startswith(source) and c == content for s, _, c in found), found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قتل جنديان في هجوم على الكوت، بحسب ما أفاد به مدير المستشفى.", "مدير المستشفى"),
        ("قتل جنديان في هجوم على الكوت، على ما ذكر مصدر في الشرطة.", "مصدر"),
        ("قتل جنديان في هجوم على الكوت، حسبما أعلنت وزارة الصحة.", "وزارة الصحة"),
    ],
)
def test_a_verb_behind_as_signs_what_stands_before(text: str, source: str) -> None:
    assert any(s.startswith(source) and "قتل جنديان" in c for s, _, c in said(text)), said(text)


def test_a_verb_that_names_nobody_goes_on_with_the_last_speaker_who_agrees() -> None:
    text = "قتل جندي في هجوم على الكوت. وقالت وزارة الدفاع إن الهجوم وقع ليلا. وأضافت أن المهاجمين فروا."
    going_on = [c for c in told(text).claims if c.speaker.text == "وزارة الدفاع"]
    assert {told(text).report.words(c.cue) for c in going_on if c.cue} >= {"قالت", "أضافت"}


def test_a_verb_that_agrees_with_nobody_before_says_nothing() -> None:
    assert said("قال الوزير إن الهجوم وقع ليلا. وأضافت أن المهاجمين فروا.")[-1][1] == "قال"


def test_what_somebody_else_says_ends_the_content() -> None:
    found = said("نفى المحافظ وقوع هجوم في الكوت، فيما أكد قائد الشرطة مقتل جندي، محملا الفصائل المسؤولية.")
    assert [c for _, cue, c in found if cue == "نفى"] == ["وقوع هجوم في الكوت"]
    assert [c for _, cue, c in found if cue == "أكد"] == ["مقتل جندي"]


def test_belief_of_nobody_is_nobodys() -> None:
    assert not voices("يعتقد أن المهاجمين فروا إلى الجبل بعد هجوم على الكوت.")


def test_several_things_said_are_told_apart() -> None:
    record = told("قتل جندي في هجوم على الكوت. وأعلنت الشرطة أن الخبراء لم يعثروا على شيء وأنها ستواصل البحث.")
    assert {c.stance for c in record.claims if c.speaker.text == "الشرطة"} >= {"reports", "commits"}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("قتل جندي في هجوم على الكوت. ولوحت الفصائل برد قاس.", "threatens"),
        ("قتل جندي في هجوم على الكوت. وندد المحافظ بالهجوم.", "evaluates"),
        ("قتل جندي في هجوم على الكوت. ونفت الفصائل التهمة.", "denies_account"),
        ("قتل جندي في هجوم على الكوت. ونفت الفصائل أي صلة لها بالهجوم.", "denies_responsibility"),
        ("قتل جندي في هجوم على الكوت. وقالت الفصائل إنها ستواصل القتال.", "commits"),
        ("قتل جندي في هجوم على الكوت. وشكا الأهالي من غياب الشرطة.", "complains"),
        ("قتل جندي في هجوم على الكوت. وقال المحافظ إن الخبر عار من الصحة.", "denies_account"),
        ("قتل جندي في هجوم على الكوت. وحمل المحافظ الفصائل مسؤولية الهجوم.", "accuses"),
        ("قتل جندي في هجوم على الكوت. ونصحت السفارة البريطانية رعاياها بتجنب السفر.", "warns"),
    ],
)
def test_cues_and_what_is_said_tell_the_stance(text: str, stance: str) -> None:
    assert stance in {s for s, _ in voices(text)}, voices(text)


NEWS = "قُتل خمسة أشخاص في انفجار سيارة مفخخة في بغداد أمس.\n\n"


def after_news(text: str) -> set[tuple[str, str | None]]:
    """The same of a paragraph after the news of a blast."""
    record = told(NEWS + text)
    return {
        (c.stance, c.speaker.text)
        for c in record.claims
        if c.speaker.anonymity != "narrator" and c.span.start >= len(NEWS)
    }


@pytest.mark.parametrize(
    ("text", "stance", "speaker"),
    [
        ("وقالت الشرطة إن الدافع ما زال مجهولاً.", "caveats_evidence", "الشرطة"),
        ("وقال صاحب محل إن الشرطة لم تصل إلا بعد ساعتين.", "complains", "صاحب محل"),
        ("وقال شاهد عيان إن الجنود هم من أطلقوا النار أولاً.", "accuses", "شاهد عيان"),
        ("وقال قائد الفصيل: «دماء إخواننا لن تذهب هدراً».", "threatens", "قائد الفصيل"),
        ("وأعلنت السفارة أنها ستغلق أبوابها يومي الأحد والاثنين.", "commits", "السفارة"),
        ("واعترف الموقوف بقتل جاره.", "claims_responsibility", "الموقوف"),
        ("وأعرب الأمين العام عن قلقه إزاء التصعيد.", "evaluates", "الأمين العام"),
    ],
)
def test_plain_speech_is_meant_as_its_words_tell(text: str, stance: str, speaker: str) -> None:
    assert (stance, speaker) in after_news(text)


@pytest.mark.parametrize(
    ("text", "stance", "speaker"),
    [
        ("وكشفت خطيب أن مجهولاً هددها بالقتل.", "reports", "خطيب"),
        ("وقال أحد الناجين إن الغرفة احترقت.", "reports", "أحد الناجين"),
        ("ورد قائد الشرطة بالقول إن عناصره تصرفوا وفق القانون.", "reports", "قائد الشرطة"),
        ("لكن التنظيم نفى، عبر حساباته، أي صلة له بالتفجير.", "denies_responsibility", "التنظيم"),
        ("وقال مصدر أمني، فضل عدم الكشف عن هويته، إن الانفجار نجم عن عبوة.", "reports", "مصدر أمني"),
    ],
)
def test_the_speaker_is_found_behind_names_and_asides(text: str, stance: str, speaker: str) -> None:
    assert (stance, speaker) in after_news(text)


def test_what_an_inspection_suggests_is_said_by_who_tells_of_it() -> None:
    found = after_news("وقال مصدر أمني إن المعاينة الأولية ترجّح أن سائق الشاحنة غلبه النوم.")
    assert {speaker for _, speaker in found} == {"مصدر أمني"}


def test_what_stands_for_a_rule_or_a_phrase_speaks_for_nobody() -> None:
    told = after_news("وقال بهذه العبارة: «سنحاسب كل من تورط». وتصرفت الشرطة وفق القانون.")
    assert not any("العبارة" in str(speaker) or "القانون" in str(speaker) for _, speaker in told)


def test_blame_is_told_once() -> None:
    assert after_news("واتهمت دمشق إسرائيل بالوقوف وراء القصف.") == {("accuses", "دمشق")}


@pytest.mark.parametrize("turn", ["من جهته", "بدوره", "من ناحيته", "ومن جانبه"])
def test_a_word_that_turns_to_somebody_leaves_his_verb_a_verb(turn: str) -> None:
    record = tell_text(
        f"{turn} نفى قائد الشرطة أن يكون رجاله قد أطلقوا النار على السائق في غاو.", published="2021-03-10"
    )
    assert [record.report.words(a.cue[0]) for a in record.attributions] == ["نفى"]
    assert [record.report.words(a.source[0]) for a in record.attributions] == ["قائد الشرطة"]


@pytest.mark.parametrize("hour", ["16:30 ", "16:30 | ", "16.30 - "])
def test_the_hour_of_an_entry_is_no_number_of_its_speaker(hour: str) -> None:
    (source, _, _), *_ = said(f"{hour}النائب سالم العاني يتهم الشرطة بالتقصير في غاو.")
    assert source == "النائب سالم العاني"
