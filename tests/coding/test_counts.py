"""How many: tolls told by verbs, nouns and totals, of people told one by one, and what is no toll of an incident."""

from __future__ import annotations

import pytest

from kavass import pipeline

Bounds = tuple[int | None, int | None]


def counts(text: str, title: str | None = None) -> dict[str, Bounds]:
    """The counts of the first incident that has any."""
    coded = pipeline.tell_text(text, published="2022-05-03", title=title)
    return next(({c.field: (c.low, c.high) for c in a.counts} for a in coded.accounts if a.counts), {})


@pytest.mark.parametrize(
    ("text", "field", "bounds"),
    [
        ("Gunmen shot a 16-year-old in the hand in Lahore on Monday.", "injured", (1, 1)),
        ("A teenager shot himself in the leg in Lahore on Monday.", "injured", (1, 1)),
        ("A woman was fatally shot in Lahore on Monday.", "killed", (1, 1)),
        ("A farmer was found shot to death in Lahore on Monday.", "killed", (1, 1)),
        ("A girl was hit by a stray bullet in Lahore on Monday.", "injured", (1, 1)),
        ("A bomb in Lahore killed more than 40 people on Monday.", "killed", (40, None)),
        ("A bomb in Lahore killed dozens of people on Monday.", "killed", (20, None)),
        ("A bomb in Lahore killed two soldiers and three civilians on Monday.", "killed", (5, 5)),
        ("A bomb in Lahore killed 15 people, including four children, on Monday.", "killed", (15, 15)),
        ("A bomb in Lahore killed 50 officials and guards on Monday.", "killed", (50, 50)),
        ("Gunmen snatched three engineers in Lahore on Monday.", "abducted", (3, 3)),
        ("Police arrested more than 600 in Lahore on Monday.", "arrested", (600, None)),
        ("Police took 74 people into custody in Lahore on Monday.", "arrested", (74, 74)),
        ("At least 90 people fell ill in Lahore on Monday.", "ill", (90, None)),
        ("انفجرت عبوة ناسفة في الموصل يوم الاثنين، ما أدى إلى مقتل جنديين وإصابة ثلاثة.", "killed", (2, 2)),
        ("انفجرت عبوة ناسفة في الموصل يوم الاثنين، ما أدى إلى مقتل جنديين وإصابة ثلاثة.", "injured", (3, 3)),
        ("قُتل أحد عشر شخصا بانفجار عبوة ناسفة في الموصل يوم الاثنين.", "killed", (11, 11)),
        ("قُتل أحد حراس المدرسة بانفجار عبوة ناسفة في الموصل يوم الاثنين.", "killed", (1, 1)),
        ("قُتل أكثر من أربعين شخصا بانفجار عبوة ناسفة في الموصل يوم الاثنين.", "killed", (40, None)),
        ("أصيب العشرات بانفجار عبوة ناسفة في الموصل يوم الاثنين.", "injured", (20, 99)),
        ("خطف مسلحون ما بين 60 و75 تلميذة في الموصل يوم الاثنين.", "abducted", (60, 75)),
        ("خطف مسلحون أربعة من مربي الأغنام في الموصل يوم الاثنين.", "abducted", (4, 4)),
        ("أودت عبوة ناسفة انفجرت في الموصل يوم الاثنين بحياة ستة أشخاص.", "killed", (6, 6)),
    ],
)
def test_figures_are_read_as_told(text: str, field: str, bounds: Bounds) -> None:
    assert counts(text).get(field) == bounds


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A bomb exploded in Lahore on Monday, killing nine people. The death toll rose to 12.", (12, 12)),
        (
            "A bomb exploded in Lahore on Monday, killing nine people. Two more died, bringing the death toll to 11.",
            (11, 11),
        ),
        ("A bomb exploded in Lahore on Monday. Police put the number of dead at 21.", (21, 21)),
        ("انفجرت عبوة ناسفة في الموصل يوم الاثنين. وارتفعت حصيلة القتلى إلى 12 شخصا.", (12, 12)),
        ("انفجرت عبوة ناسفة في الموصل يوم الاثنين. وبلغ عدد القتلى 21 شخصا.", (21, 21)),
    ],
)
def test_a_toll_that_stands_at_a_figure_is_read(text: str, killed: Bounds) -> None:
    assert counts(text).get("killed") == killed


def test_the_number_of_the_dead_is_no_figure_by_itself() -> None:
    assert "killed" not in counts("انفجرت عبوة ناسفة في الموصل يوم الاثنين. ولم يعرف عدد القتلى.")


def test_two_named_dead_are_two() -> None:
    text = "Gunmen shot and killed Omar Rashid in Lahore on Monday. Salim Dar was also killed."
    assert counts(text)["killed"] == (2, 2)


def test_a_name_told_twice_is_one() -> None:
    text = "Gunmen shot and killed Omar Rashid in Lahore on Monday. Rashid died at the scene."
    assert counts(text)["killed"] == (1, 1)


def test_who_was_shot_and_died_was_killed_not_hurt() -> None:
    found = counts("A boy was shot in Lahore on Monday. He died in hospital.")
    assert found == {"killed": (1, 1)}


def test_another_who_was_shot_is_hurt() -> None:
    found = counts("A boy was shot dead in Lahore on Monday. A second victim was also hit.")
    assert found == {"killed": (1, 1), "injured": (1, 1)}


def test_names_that_say_who_a_figure_counts_are_not_added() -> None:
    assert counts("Gunmen killed two men, Omar Rashid and Salim Dar, in Lahore on Monday.")["killed"] == (2, 2)


def test_dead_and_hurt_beside_each_other_are_kept_apart() -> None:
    found = counts("A man blew himself up at a bar in Lahore on Monday; four dead, nine injured.")
    assert (found["killed"], found["injured"]) == ((4, 4), (9, 9))


def test_two_speakers_two_figures() -> None:
    text = "A bomb exploded in Lahore on Monday. Police said 12 people were killed. Doctors said 17 people were killed."
    assert counts(text)["killed"] == (12, 17)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shot at a bus in Lahore on Monday. Some 300 people have been killed since January.",
        "Gunmen shot at a bus in Lahore on Monday. Some 300 people were killed in the past five years.",
        "أطلق مسلحون النار على حافلة في الموصل يوم الاثنين. وقتل 300 شخص منذ مطلع العام.",
    ],
)
def test_sums_over_a_span_of_time_are_no_toll(text: str) -> None:
    assert "killed" not in counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shot at a bus in Lahore on Monday. The leader was convicted in 2002 of murder.",
        "Gunmen shot at a bus in Lahore on Monday. Their leader died at 57.",
    ],
)
def test_years_and_ages_are_no_toll(text: str) -> None:
    assert counts(text).get("killed", (0, 0))[0] in (0, 1)


def test_passengers_unharmed_leave_nobody_dead_or_hurt() -> None:
    found = counts("Gunmen shot at a bus in Lahore on Monday. The passengers were unharmed.")
    assert found == {"killed": (0, 0), "injured": (0, 0)}


def test_a_crowd_without_a_figure_has_no_participants() -> None:
    assert "participants" not in counts("A crowd protested in Lahore on Monday.")
    assert counts("A crowd of about 1,500 marched through Lahore on Monday.")["participants"] == (1500, 1500)
    assert counts("تظاهر نحو 1500 عامل في الموصل يوم الاثنين.")["participants"] == (1500, 1500)
