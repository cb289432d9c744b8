"""How Arabic wires put it: idioms of the trade and light verbs tell an incident, figures of speech tell none."""

from __future__ import annotations

import pytest

from kavass import pipeline

TOLD = [
    ("shelling", "هوت قذيفة على سطح مدرسة في مأرب أمس."),
    ("shelling", "تعرضت قرية المنصورة لقصف مدفعي عنيف أمس."),
    ("air_strike", "قصفت مسيرة تركية سيارة في القامشلي أمس."),
    ("air_strike", "وجهت القوات ضربة جوية إلى مقر للحركة أمس."),
    ("suicide_bombing", "فجر رجل حزاما ناسفا عند مدخل مسجد أمس."),
    ("bombing", "داس راع على لغم أرضي قرب الحدود أمس."),
    ("bombing", "اصطدمت حافلة بلغم قرب مأرب أمس."),
    ("shooting", "أفرغ مسلح رصاصات مسدسه في صدر جاره أمس."),
    ("assassination", "نجا القاضي من رصاصات أطلقت عليه أمام منزله أمس."),
    ("abduction", "وقع خمسة عمال إغاثة في قبضة مسلحين أمس."),
    ("storming", "خلع متظاهرون بوابة المجلس ودخلوه عنوة أمس."),
    ("property_destruction", "سوت الجرافات ثلاثة منازل بالأرض في العيسوية أمس."),
    ("robbery", "سلبت عصابة بائع مجوهرات في شتورا أمس."),
    ("assault", "تلقى صياد طعنات بسكين في الميناء أمس."),
    ("protest", "احتشد الآلاف في ساحة الحبوبي أمس."),
    ("riot", "انهالت الحجارة على الحراس أمس."),
    ("crackdown", "أطلق الحراس الرصاص الحي لتفريق المحتجين أمس."),
    ("arrest", "أطاحت مفرزة من الاستخبارات بثلاثة إرهابيين في كركوك أمس."),
    ("curfew", "عمدت البلدية إلى منع القاصرين من التجول أمس."),
    ("closure", "ختمت لجنة السلامة المطعم بالشمع الأحمر أمس."),
    ("outage", "الضخ متوقف عن الحي منذ ظهر أمس."),
    ("illness", "نقل ثلاثون عاملا إلى المستشفى إثر استنشاقهم غازا أمس."),
    ("hazard", "أخمدت فرق الإطفاء حريقا في مستودع أمس."),
    ("crime", "قتل رجل زوجته في خلاف عائلي أمس."),
    ("agreement", "أنهت وساطة قبلية حصار البلدة أمس."),
]


@pytest.mark.parametrize(("kind", "text"), TOLD)
def test_idioms_of_the_trade_tell_it(kind: str, text: str):
    assert kind in {a.type for a in pipeline.tell_text(text, published="2022-05-18").accounts}


@pytest.mark.parametrize(
    "text",
    [
        "هاجم النائب الحكومة بشدة خلال جلسة البرلمان.",
        "شن الوزير هجوما لاذعا على منتقديه.",
        "أطلقت شركة صاروخا يحمل قمرا صناعيا.",
        "يحيي الأهالي ذكرى مجزرة القرية اليوم.",
        "وقع الوزيران اتفاق تعاون في مجال الطاقة.",
        "استدعت الخارجية القائم بالأعمال النرويجي أمس.",
        "انطلقت مسيرة الشركة قبل أربعين عاما.",
        "أمس في قبل على.",
    ],
)
def test_figures_of_speech_tell_nothing(text: str):
    told = pipeline.tell_text(text, published="2022-05-18")
    assert not [a for a in told.accounts if a.status in ("occurred", "ongoing", "attempted")]


def test_shots_inside_an_exchange_of_fire_are_no_shooting_of_their_own():
    told = pipeline.tell_text("قتل ثلاثة مسلحين في تبادل لإطلاق النار قرب البلدة أمس.", published="2022-05-18")
    assert {a.type for a in told.accounts} == {"armed_clash"}


def test_a_town_behind_a_preposition_is_no_verb():
    told = pipeline.tell_text("وصل رتل عسكري من تدمر إلى محيط الحقل أمس.", published="2022-05-18")
    assert {a.type for a in told.accounts} == {"troop_deployment"}
