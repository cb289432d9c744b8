"""Quotation marks as the news has them, whole and broken: every span stands, nobody is given another's words."""

from __future__ import annotations

import pytest

from kavass.model import CodedReport
from kavass.pipeline import tell_text

LEAD = "Gunmen killed two guards in Mosul on Saturday. "
LEAD_AR = "قتل مسلحون حارسين في الموصل يوم السبت. "
NASSER, NASSER_AR = "Colonel Ahmad Nasser", "العقيد أحمد ناصر"


def told(text: str) -> CodedReport:
    record = tell_text(text, published="2021-03-14")
    spans = [s for a in record.attributions for s in (*a.source, *a.cue, *a.content)]
    spans += [s for c in record.claims for s in (c.span, *([c.cue] if c.cue else []))]
    assert all(0 <= start < end <= len(record.report.text) for start, end in spans)
    return record


def sources(record: CodedReport) -> set[str]:
    return {record.report.words(s) for a in record.attributions for s in a.source}


def speakers(record: CodedReport) -> set[str | None]:
    return {c.speaker.text for c in record.claims if c.speaker.anonymity != "narrator"}


MARKS = [("“", "”"), ('"', '"'), ("'", "'"), ("‘", "’"), ("«", "»"), ("« ", " »"), ("„", "“"), ("”", "”")]


@pytest.mark.parametrize(("opens", "closes"), MARKS)
def test_every_kind_of_mark_holds_the_words_of_its_speaker(opens: str, closes: str) -> None:
    record = told(f"{LEAD}{opens}We found the bodies at dawn,{closes} said {NASSER}.")
    assert sources(record) == {NASSER} and speakers(record) <= {NASSER}
    record = told(f"{LEAD_AR}وقال {NASSER_AR}: {opens}عثرنا على الجثتين فجرا{closes}.")
    assert sources(record) == {NASSER_AR} and speakers(record) <= {NASSER_AR}


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD}“We found the bodies at dawn, said {NASSER}. Residents fled to Erbil.",
        f'{LEAD}"We found the bodies at dawn," said {NASSER}. "Nobody has been arrested.',
        f"{LEAD}We found the bodies at dawn,” said {NASSER}. Residents fled to Erbil.",
        f"{LEAD_AR}وقال {NASSER_AR}: «عثرنا على الجثتين فجرا. وفر السكان إلى أربيل.",
        f"{LEAD_AR}وقال {NASSER_AR}: عثرنا على الجثتين فجرا». وفر السكان إلى أربيل.",
    ],
)
def test_a_quotation_that_is_not_closed_goes_no_further_than_its_sentence(text: str) -> None:
    record = told(text)
    content = [record.report.words(s) for a in record.attributions for s in a.content]
    assert not any("Erbil" in words or "أربيل" in words for words in content)
    assert sources(record) <= {NASSER, NASSER_AR}


def test_a_quotation_over_paragraphs_is_one_speakers() -> None:
    record = told(
        f"{LEAD}\n\n“We found the bodies at dawn.\n\n“They were shot in the head.\n\n“It was cold,” said {NASSER}.\n\nResidents fled."
    )
    assert [len(a.content) for a in record.attributions] == [3]
    record = told(
        f"{LEAD_AR}\n\n«عثرنا على الجثتين فجرا.\n\n«أصيبا في الرأس.\n\n«كان الجو باردا» قال {NASSER_AR}.\n\nوفر السكان."
    )
    assert [len(a.content) for a in record.attributions] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "“The bombing in Mosul killed nine people. The army was warned. Nobody listened.”",
        "“Gunmen shot two guards in Mosul.” “No, they were soldiers.” “The shooting was on Sunday.”",
        "«قتل التفجير في الموصل تسعة أشخاص. وقد حذر الجيش. ولم يستمع أحد».",
    ],
)
def test_a_report_that_is_all_quotations_is_given_to_nobody(text: str) -> None:
    assert not sources(told(text)) - {"The army", "الجيش"}
    assert speakers(told(text)) <= {"The army", "الجيش"}


def test_what_a_quoted_speaker_quotes_is_not_his_own_account() -> None:
    record = told(f"{LEAD}“The mayor told me ‘gunmen came in two cars and shot them’,” said {NASSER}.")
    said = {c.speaker.text for c in record.claims if "two cars" in record.report.words(c.span) and c.speaker.text}
    assert NASSER not in said
    record = told(f'{LEAD_AR}وقال {NASSER_AR} إن المحافظ أبلغه أنهم "جاؤوا في سيارتين".')
    said = {c.speaker.text for c in record.claims if "سيارتين" in record.report.words(c.span)}
    assert said == {"المحافظ"}


@pytest.mark.parametrize(
    "text",
    [
        'So-called "security forces" shot dead three "terrorists" in Idlib on Monday.',
        'The "brave" governor of Idlib fled on Monday.',
        'قتلت ما تسمى "قوات الأمن" ثلاثة "إرهابيين" في إدلب يوم الاثنين.',
    ],
)
def test_marks_of_sarcasm_are_nobodys_words(text: str) -> None:
    assert not told(text).attributions


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (
            f"Photo: {NASSER}, police chief of Mosul, at the scene.\n\nGunmen killed two guards in Mosul on Saturday. "
            "“We found the bodies at dawn,” he said.",
            {NASSER, f"{NASSER}, police chief of Mosul", "he"},
        ),
        (
            f"صورة: {NASSER_AR}، قائد شرطة الموصل، في المكان.\n\n{LEAD_AR}وقال: «عثرنا على الجثتين فجرا».",
            {NASSER_AR, f"{NASSER_AR}، قائد شرطة الموصل", None},
        ),
    ],
)
def test_who_is_named_in_a_caption_only_is_the_speaker_or_nobody_is(text: str, allowed: set[str | None]) -> None:
    record = told(text)
    named = {c.speaker.text for c in record.claims if c.speaker.anonymity == "named"}
    assert named <= allowed and "guards" not in str(speakers(record))


@pytest.mark.parametrize(
    "text", [f"{LEAD}“We found two bodies,” said {NASSER}.", f"{LEAD_AR}«لم ير أحد القتلة» قال {NASSER_AR}."]
)
def test_who_finds_the_dead_or_saw_nothing_has_no_part_in_it(text: str) -> None:
    assert not [c for c in told(text).claims if c.stance in ("claims_responsibility", "denies_responsibility")]


@pytest.mark.parametrize("mark", ['"', "“", "”", "«", "»", "'", "‘"])
def test_thousands_of_marks_are_read_in_time(mark: str) -> None:
    told(f"{LEAD}" + f"{mark}Police said" * 2000)
    told(f"{LEAD_AR}" + f"{mark} قال " * 2000)
