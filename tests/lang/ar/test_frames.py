"""What Arabic frames tell: every type of the codebook, stances, posture, and what must not be taken for an incident."""

from __future__ import annotations

from typing import get_args

import pytest

from kavass import lang, pipeline
from kavass.lang.frames import Hit
from kavass.model import IncidentType, Zone
from make import report

ARABIC = lang.load("ar")

TOLD = [
    ("armed_clash", "اندلعت اشتباكات بين الجيش ومسلحي التنظيم."),
    ("shelling", "سقطت ثلاثة صواريخ قرب القنصلية."),
    ("shelling", "قصف الجيش البلدة بالمدفعية."),
    ("shelling", "سقوط قذائف هاون داخل المنطقة الخضراء."),
    ("air_strike", "شنت طائرات غارات على مواقع المسلحين."),
    ("air_strike", "استهدفت طائرة مسيّرة قاعدة عسكرية."),
    ("bombing", "انفجرت عبوة ناسفة أمام مصرف."),
    ("bombing", "مقتل شرطيين بانفجار سيارة مفخخة."),
    ("suicide_bombing", "فجّر انتحاري نفسه عند حاجز."),
    ("suicide_bombing", "قالت الشرطة إن انتحاريين فجرا نفسيهما وسط حشد."),
    ("suicide_bombing", "أسفر هجوم انتحاري عن مقتل عشرة."),
    ("shooting", "أطلق مسلحون النار على سيارة."),
    ("assassination", "اغتيل ناشط وسط بغداد."),
    ("assault", "طعن رجل سائحين."),
    ("abduction", "خطف مسلحون مهندسا."),
    ("sexual_violence", "اتهمت المنظمة جنودا باغتصاب نساء."),
    ("arson", "أضرم محتجون النار في مقر الحزب."),
    ("arson", "حرق القنصلية الإيرانية."),
    ("storming", "اقتحم متظاهرون مبنى السفارة."),
    ("property_destruction", "حطم مشاغبون متاجر."),
    ("robbery", "سطا مسلحون على مصرف."),
    ("attack", "هاجم مسلحون مقر الشرطة."),
    ("protest", "تظاهر مئات الأشخاص أمام الوزارة."),
    ("riot", "رشق محتجون الشرطة بالحجارة."),
    ("obstruction", "قطع متظاهرون الطريق السريع."),
    ("crackdown", "فرقت الشرطة المتظاهرين."),
    ("arrest", "اعتقلت القوات الأمنية خمسة أشخاص."),
    ("arrest", "ألقت الشرطة القبض على متهم."),
    ("troop_deployment", "أرسلت الحكومة تعزيزات عسكرية إلى المدينة."),
    ("curfew", "فرضت السلطات حظرا للتجوال."),
    ("closure", "أغلقت السلطات المعبر الحدودي."),
    ("shutdown", "قطعت الحكومة الإنترنت."),
    ("expulsion", "طردت الحكومة السفير."),
    ("sanction", "فرضت واشنطن عقوبات على شركة."),
    ("outage", "تعاني المدينة انقطاع الكهرباء."),
    ("illness", "سجلت الدائرة ستين حالة تسمم."),
    ("hazard", "اندلع حريق في مستودع."),
    ("crime", "ضبطت الشرطة مخدرات في الميناء."),
    ("suspicious_activity", "عثرت الشرطة على جسم مشبوه قرب السفارة."),
    ("threat", "هدد الفصيل السفارة."),
    ("accusation", "اتهمت طهران الولايات المتحدة بتسليح المنفذين."),
    ("agreement", "دخلت هدنة بين الطرفين حيز التنفيذ."),
    ("platform_ban", "حظر تويتر حساب القيادي."),
    ("protest", "جاب المحتجون شوارع البلدة القديمة."),
    ("threat", "لوّح شيخ القبيلة بإقفال الحقل."),
    ("threat", "أصدرت الجماعة بيانا، متوعدة بمزيد من الهجمات."),
    ("closure", "الجسر القديم مغلق أمام الشاحنات."),
    ("sanction", "استدعت تونس سفيرها للتشاور."),
    ("storming", "اقتحم ملثمون سجن البلدة."),
    ("arrest", "اقتيد الناشط إلى مركز الشرطة."),
    ("shelling", "طالت المدفعية أطراف القرية."),
    ("troop_deployment", "دفع التحالف بنحو عشرين آلية إلى الجبهة."),
    ("expulsion", "طردت باريس أمس دبلوماسيين."),
    ("agreement", "اتفق الجانبان على إعادة فتح المعبر."),
    ("hazard", "تصدع سد قديم فوق الوادي."),
    ("robbery", "غنم ملثمون أموال التجار."),
    ("robbery", "نشل لص محفظة مسافر."),
    ("riot", "يرد شبان على الجنود بالحجارة."),
    ("protest", "وقفة من خمسين أرملة أمام المحكمة."),
    ("obstruction", "امتنع سائقو الحافلات عن العمل."),
    ("obstruction", "كدس قرويون الصخور على الطريق."),
    ("outage", "لم تصل الكهرباء إلى الحي الشرقي."),
    ("outage", "أظلمت أحياء المدينة بعد العاصفة."),
    ("closure", "أخلت الوزارة مستشفى قديماً."),
    ("closure", "سدت الشرطة الطريق الساحلي."),
    ("curfew", "حظرت السلطات التجوال في البلدة."),
    ("troop_deployment", "تصطف دبابات قرب السد."),
    ("arrest", "اقتيدت طالبة إلى التحقيق."),
    ("suspicious_activity", "عثر حارس على حقيبة مهملة قرب البوابة."),
    ("hazard", "غمرت مياه السد ثلاث قرى."),
    ("hazard", "استيقظ السكان على زلزال."),
    ("crime", "اخترق مجهولون خوادم المصرف."),
]


def hits(text: str, kind: str = "account") -> list[Hit]:
    one = report(text, language="ar", zones=(Zone(start=0, end=len(text), zone="body"),))
    return [h for h in ARABIC.frames.match(ARABIC.analyse(one, ARABIC.split(one))) if h.kind == kind]


@pytest.mark.parametrize(("kind", "text"), TOLD)
def test_each_type_is_told_by_a_sentence_of_its_own(kind: str, text: str) -> None:
    assert kind in [h.value for h in hits(text)]


def test_no_type_of_the_codebook_is_left_out() -> None:
    assert {kind for kind, _ in TOLD} == set(get_args(IncidentType))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("bombing", "استقبل الوزير السفير فجر اليوم."),
        ("shooting", "وقف إطلاق النار يدخل حيز التنفيذ."),
        ("assault", "طعن المحامي في القرار."),
        ("riot", "فرقت قوات مكافحة الشغب المتظاهرين."),
        ("air_strike", "تغير الوضع في البلاد."),
        ("robbery", "وصف الخبير النتائج بأنها سلبية."),
        ("expulsion", "طرد الحكم اللاعب."),
        ("protest", "أقيمت مسيرة رياضية في الحديقة."),
        ("threat", "وُجه إنذار بالإخلاء إلى سكان المبنى."),
        ("abduction", "سلب شخصان تاجراً حقيبته."),
        ("assault", "نجا السائقان بجلدهما."),
        ("arrest", "طرقت الشرطة باب الحوار."),
        ("hazard", "انهار بناء الثقة بينهما."),
    ],
)
def test_false_friends_tell_nothing(kind: str, text: str) -> None:
    assert kind not in [h.value for h in hits(text)]


def test_interceptions_and_defusals_are_attempts() -> None:
    for text in ("اعترضت الدفاعات صاروخين.", "أبطلت الشرطة عبوة ناسفة."):
        assert [h.frame.set.get("status") for h in hits(text)] == ["attempted"]


@pytest.mark.parametrize(
    ("stance", "text", "speaker"),
    [
        ("reports", "قال مصدر أمني إن صواريخ سقطت قرب المطار.", "مصدر أمني"),
        ("reports", "وأضاف المسؤول أن القوة انسحبت.", "المسؤول"),
        ("accuses", "اتهمت واشنطن فصائل بإطلاق صواريخ.", "واشنطن"),
        ("accuses", "حمّلت الوزارة الحكومة المحلية مسؤولية الأزمة.", "الوزارة"),
        ("claims_responsibility", "تبنى تنظيم الدولة الإسلامية الهجوم.", "تنظيم الدولة الإسلامية"),
        ("claims_responsibility", "أعلنت حركة مسؤوليتها عن الهجوم.", "حركة"),
        ("denies_occurrence", "نفى مدير المطار سقوط أي صاروخ.", "مدير المطار"),
        ("denies_responsibility", "نفت الحركة صلتها بالهجوم.", "الحركة"),
        ("denies_account", "رفضت الوزارة الاتهام.", "الوزارة"),
        ("warns", "حذرت السفارة من هجمات.", "السفارة"),
        ("threatens", "هدد زعيم الفصيل باستهداف القوات.", "زعيم الفصيل"),
        ("evaluates", "أدانت الخارجية الإيرانية الهجوم.", "الخارجية الإيرانية"),
        ("characterises", "وصفت الوزارة الخطوة بأنها ذريعة.", "الوزارة"),
        ("commits", "تعهد القائد بتقديم أدلة.", "القائد"),
        ("predicts", "توقع خبير هجمات جديدة.", "خبير"),
    ],
)
def test_stances_have_their_speaker(stance: str, text: str, speaker: str) -> None:
    found = {
        h.value: [text[p.span.start : p.span.end] for p in h.roles.get("speaker", ())] for h in hits(text, "stance")
    }
    assert found[stance] == [speaker]


def test_adopting_a_decision_claims_nothing() -> None:
    assert not [h for h in hits("تبنى البرلمان قرارا.", "stance") if h.value == "claims_responsibility"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("close", "ستُغلق القنصلية مؤقتا."),
        ("suspend", "علقت الوزارة العمل في القنصلية."),
        ("evacuate", "أعلنت الوزارة مغادرة موظفيها القنصلية العامة."),
        ("relocate", "وصف الوزير الخطوة بأنها نقل مؤقت للموظفين."),
        ("reopen", "أعادت الوزارة فتح السفارة."),
        ("unchanged", "تبقى السفارة في بغداد مفتوحة."),
        ("ordered_departure", "أمرت الخارجية بمغادرة إلزامية للموظفين."),
        ("authorized_departure", "سمحت الوزارة بالمغادرة الطوعية للموظفين."),
    ],
)
def test_changes_of_posture(change: str, text: str) -> None:
    assert change in [h.value for h in hits(text, "posture")]


def test_relative_clauses_tell_who_backs_whom() -> None:
    text = "تتهم واشنطن فصائل تدعمها إيران بإطلاق صواريخ."
    (tie,) = [h for h in hits(text, "relation") if h.value == "backed_by"]
    assert {role: [text[p.head.start : p.head.end] for p in ps] for role, ps in tie.roles.items()} == {
        "to": ["إيران"],
        "from": ["فصائل"],
    }


def test_data_spell_every_word_one_way() -> None:
    spelt: dict[tuple[str, str], set[str]] = {}
    for part, words in ARABIC.frames.triggers():
        first = words.split(" ")[0]
        spelt.setdefault((part, ARABIC.key(first)), set()).add(first)
    assert not [sorted(found) for found in spelt.values() if len(found) > 1]


def test_tables_have_the_keys_of_the_english_ones() -> None:
    english, arabic = lang.load("en").table("cues"), ARABIC.table("cues")
    assert {k: set(v) if isinstance(v, dict) else len(v) for k, v in arabic.items()} == {
        k: set(v) if isinstance(v, dict) else len(v) for k, v in english.items()
    }
    assert [h["certainty"] for h in arabic["hedge"]] == [h["certainty"] for h in english["hedge"]]


def test_frames_ask_only_for_classes_that_something_has() -> None:
    held = {c for classes in ARABIC.lexicon.terms.values() for c in classes} | {"name", "actor"}
    asked = {
        c for f in ARABIC.frames.frames for table in (f.where, f.unless) for classes in table.values() for c in classes
    }
    assert not sorted(c for c in asked if not any(h == c or h.startswith(c + ".") for h in held))


def test_whoever_tells_of_it_was_not_killed() -> None:
    assert [h.clause.modality for h in hits("قتلونا بالأسئلة.") if h.value == "attack"] == ["possible"]


def test_a_deed_of_the_speakers_own_is_told() -> None:
    assert [h.clause.modality for h in hits("قال القائد: قتلنا خمسة جنود.") if h.value == "attack"] == ["actual"]


def test_a_curfew_that_goes_on_is_a_curfew() -> None:
    assert "curfew" in [h.value for h in hits("واستمر حظر التجوال الليلي.")]
    assert "curfew" not in [h.value for h in hits("واستمر الحفل الليلي.")]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "مناورة بحرية تحاكي هجوما على ناقلة",
            "بدأت القوة البحرية مناورة تحاكي هجوم زوارق على ناقلة. وافترضت المناورة مقتل خمسة بحارة.",
        ),
        (
            "فيلم عن خطف مهندس",
            "يروي الفيلم، من إخراج ليلى حسن، قصة مهندس خطفه مسلحون في الناصرية. ويعرض الفيلم في صالات السينما.",
        ),
        (
            "لو هوجمت المصفاة لتوقف الإنتاج",
            "قال مسؤول إن الإنتاج سيتوقف إن تعرضت المصفاة لهجوم، وإن احتمال وقوع هجوم ضعيف.",
        ),
    ],
)
def test_other_kinds_of_text_tell_of_no_incident(title: str, text: str) -> None:
    coded = pipeline.tell_text(text, title=title, published="2018-05-02")
    assert [a.type for a in coded.accounts if a.status in ("occurred", "ongoing", "attempted")] == []


def test_words_of_a_kind_of_text_are_no_classes_of_a_noun() -> None:
    one = report("قال المهاجم.", language="ar", zones=(Zone(start=0, end=12, zone="body"),))
    sentences = ARABIC.analyse(one, ARABIC.split(one)).sentences
    assert not [p for s in sentences for p in s.phrases if p.has("genre")]
