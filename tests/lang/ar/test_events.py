"""Deeds told by nouns: those only spoken of, those to come, and who did them to whom."""

from __future__ import annotations

import pytest

from kavass import pipeline


def told(text: str) -> set[tuple[str, str]]:
    """(type, status) of what a report of 14 June 2021 tells."""
    return {(a.type, a.status) for a in pipeline.tell_text(text, published="2021-06-14").accounts}


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("أعلنت نقابة السائقين الإضراب العام غداً الثلاثاء.", "obstruction", "announced"),
        ("دعا ناشطون إلى مظاهرة أمام البلدية يوم الجمعة.", "protest", "announced"),
        ("أعلن محافظ واسط تعطيل الدوام يوم الخميس.", "closure", "announced"),
        ("تُعلَّق الدراسة غداً في مدارس المدينة.", "closure", "announced"),
        ("فرض المحافظ حظراً للتجول في البلدة يسري من الليلة.", "curfew", "announced"),
        ("قررت النيابة حبس محاسب الشركة أربعة أيام.", "arrest", "occurred"),
        ("أدرجت وزارة الخزانة شركة نقل على لائحة العقوبات.", "sanction", "occurred"),
        ("أمهلت السلطات ثلاثة دبلوماسيين يومين لمغادرة البلاد.", "expulsion", "occurred"),
        ("غرقت أحياء المدينة في الظلام مساء الأحد.", "outage", "occurred"),
        ("وصلت تعزيزات عسكرية إلى الميناء.", "troop_deployment", "occurred"),
        ("أخلت الشرطة الفندق للاشتباه في حقيبة متروكة.", "suspicious_activity", "occurred"),
        ("فردت الشرطة بالغاز المسيل للدموع.", "crackdown", "occurred"),
        ("وقف عشرات الممرضين أمام الوزارة رافعين لافتات.", "protest", "occurred"),
        ("يُغلق شارع النهر أمام السيارات يوم الأحد.", "closure", "announced"),
        ("تُعطَّل الدراسة يوم الثلاثاء في مدارس البلدة.", "closure", "announced"),
        ("قُطعت المياه عن حي الزهور الأحد.", "outage", "occurred"),
        ("قال محافظ واسط إنه لم يقع أي انفجار أمام مقر الشرطة في الكوت أمس.", "bombing", "denied"),
    ],
)
def test_what_is_announced_and_what_is_done(text: str, kind: str, status: str) -> None:
    assert (kind, status) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "هدد زعيم الفصيل بنسف أنابيب النفط وخطف العاملين فيها.",
        "سجلت الوزارة 340 حالة خطف خلال العام.",
        "نفى المتحدث وقوع أي هجوم.",
    ],
)
def test_what_is_only_spoken_of_did_not_happen(text: str) -> None:
    assert not {kind for kind, status in told(text) if status == "occurred"} & {"bombing", "abduction", "attack"}


def test_the_verb_that_describes_a_deed_brings_its_doer() -> None:
    (account,) = pipeline.tell_text("قتل جنديان في كمين نصبه مسلحون لقافلة تموين.", published="2021-06-14").accounts
    assert account.type == "armed_clash"
