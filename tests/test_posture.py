"""What a report tells of posts, advisories, measures, drivers and ties."""

from __future__ import annotations

import pytest

from kavass import lang, pipeline
from kavass.model import CodedReport, PostureChange
from kavass.posture import words


def told(text: str, published: str = "2018-09-29") -> CodedReport:
    return pipeline.tell_text(text, published=published)


def change(record: CodedReport, kind: str, name: str = "") -> PostureChange:
    """The one change of that kind at a post of that name."""
    found = [c for c in record.posture if c.change == kind and name in c.post.name]
    assert len(found) == 1, [(c.change, c.post.name) for c in record.posture]
    return found[0]


def ties(record: CodedReport) -> set[tuple[str, str, str]]:
    names = {a.id: a.name for a in record.actors}
    return {(r.rel, names[r.from_], names[r.to]) for r in record.relations}


def quoted(record: CodedReport, span: tuple[int, int]) -> str:
    return record.report.text[span[0] : span[1]]


def test_announced_closing_is_one_change_however_often_it_is_told() -> None:
    record = told(
        "Germany to Shut Its Mission in Basra\n\n"
        "Germany will close its consulate in Basra, officials said. "
        "That decision to shut the post came after a winter of protests. "
        "The closure of the consulate is a blow, a trader said."
    )
    closing = change(record, "close")
    assert closing.status == "announced"
    assert (closing.post.owner, closing.post.kind) == ("DEU", "consulate")
    assert closing.post.place is not None and closing.post.place.name == "Basra"
    assert closing.claims


def test_done_closing_is_in_effect_and_decided_by_the_body_named() -> None:
    record = told("The State Department suspended work at its embassy in Tripoli on Friday.")
    suspended = change(record, "suspend")
    assert suspended.status == "in_effect"
    assert suspended.post.owner == "USA"
    assert (
        record.actors[[a.id for a in record.actors].index(suspended.decided_by or "")].known_as == "us_state_department"
    )


def test_quoted_word_of_a_minister_is_the_label_of_the_change() -> None:
    record = told(
        "Spain will close the Spanish consulate in Erbil. The minister called it a “short relocation” after the shelling."
    )
    assert change(record, "close").label == "short relocation"
    assert not [c for c in record.posture if c.change == "relocate"]


def test_two_posts_of_one_owner_that_stay_open_give_one_change_each() -> None:
    record = told(
        "The Danish embassy in Bamako and the consulate in the desert town of Timbuktu will stay open despite the attack."
    )
    assert {(c.change, c.post.owner, c.post.place.name if c.post.place else None) for c in record.posture} == {
        ("unchanged", "DNK", "Bamako"),
        ("unchanged", "DNK", "Timbuktu"),
    }


def test_staff_leave_the_post_that_the_sentence_names() -> None:
    record = told("Britain evacuated diplomats from its embassy in Khartoum on Sunday.")
    assert change(record, "evacuate").post.owner == "GBR"


def test_ordered_departure_is_told_apart_from_closing() -> None:
    record = told("The State Department ordered the departure of non-emergency staff from the embassy in Khartoum.")
    assert change(record, "ordered_departure").post.owner == "USA"
    assert not [c for c in record.posture if c.change == "close"]


@pytest.mark.parametrize(
    "text",
    [
        "A crowd burned down the Saudi consulate in Mashhad.",
        "If the fighting spreads, Italy would close its embassy in Tripoli.",
        "Officials weighed whether to close the Polish consulate in Lviv.",
        "Protesters shut the Iranian consulate in Karbala and burned tyres.",
        "The company closed its factory in Basra after the attack.",
    ],
)
def test_no_change_without_a_decision_about_a_post(text: str) -> None:
    assert told(text).posture == ()


@pytest.mark.parametrize(
    "text",
    [
        "The Dutch consulate in Benghazi is closed on Fridays.",
        "The Dutch embassy in Tripoli was not open on Sunday.",
        "The Dutch embassy in Tripoli will be closed for the holiday.",
        "تغلق السفارة الهولندية في طرابلس أبوابها أيام الجمعة.",
        "تغلق السفارة الهولندية في طرابلس أبوابها بمناسبة العيد.",
    ],
)
def test_opening_hours_and_holidays_are_neither_change_nor_claim(text: str) -> None:
    record = told(text)
    assert record.posture == ()
    assert [c for c in record.claims if c.field == "posture"] == []


def test_missions_of_two_owners_in_one_town_stay_apart() -> None:
    record = told(
        "Rioters burned the Turkish consulate in Mosul. The French consulate in Mosul will be closed, the Foreign Ministry said."
    )
    assert change(record, "close").post.owner == "FRA"


def test_advisory_has_the_level_only_if_the_report_says_one() -> None:
    updated = told(
        "The State Department updated the travel advisory for Mali after mortars struck a hotel."
    ).advisories[0]
    assert (updated.issuer, updated.country, updated.level, updated.change) == ("USA", "MLI", None, "updated")
    raised = told("The State Department raised its travel advisory for Sudan to Level 4.").advisories[0]
    assert (raised.country, raised.level) == ("SDN", 4)


def test_measures_name_who_takes_them() -> None:
    record = told(
        "The government of Niger deployed soldiers in Agadez and declared a curfew. Police tightened security around the market."
    )
    assert [m.kind for m in record.measures] == ["troops", "curfew", "security"]
    assert all(m.by for m in record.measures)


def test_warning_is_a_measure_when_a_state_is_warned() -> None:
    record = told("The White House warned Belarus in a letter. Forecasters warned residents of a storm.")
    assert [quoted(record, m.span) for m in record.measures if m.kind == "warning"] == ["warned Belarus in a letter"]


def test_platform_that_closes_an_account_takes_a_measure() -> None:
    record = told("The preacher praised the raid in Garissa. Facebook suspended his page on Sunday.")
    assert [m.kind for m in record.measures] == ["platform_ban"]


def test_drivers_are_what_people_complain_of() -> None:
    record = told(
        "Protests broke out in Sukkur, fuelled by outrage over power cuts and foul water. "
        "Shopkeepers complained of failing public services. Temperatures climbed above 48 degrees."
    )
    assert {d.driver for d in record.drivers} == {"electricity", "water", "services", "heat"}
    assert {d.account for d in record.drivers} == {record.accounts[0].id}


def test_hot_weather_without_unrest_drives_nothing() -> None:
    assert told("Temperatures reached 50 degrees in Basra after an explosion at a depot.").drivers == ()


def test_ties_that_phrases_and_clauses_tell() -> None:
    record = told(
        "Iranian-backed militias shelled the base. "
        "Jane Roe, a spokeswoman for the State Department, blamed units that Iran supports. "
        "She also named Iran and its Quds Force. "
        "Fighters under the command of the Quds Force laid the mines, she said."
    )
    found = ties(record)
    assert ("backed_by", "Iranian-backed militias", "Iran") in found
    assert ("spokesperson_of", "Jane Roe", "State Department") in found
    assert ("part_of", "Quds Force", "Iran") in found
    assert ("commands", "Quds Force", "Fighters") in found


def test_designated_and_aligned() -> None:
    record = told(
        "Colonel Karim Saleh, whom Canada designated a terrorist and who is allied with Syria, denied the raid."
    )
    assert {("designated_by", "Karim Saleh", "Canada"), ("aligned_with", "Karim Saleh", "Syria")} <= ties(record)


@pytest.mark.parametrize(
    "text",
    [
        "Among the Syrian-backed militias that raided Zahle are Hezbollah and the Amal Movement.",
        "Hezbollah and the Amal Movement are among the Syrian-backed militias that raided Zahle.",
        "Syrian-backed militias including Hezbollah and the Amal Movement raided Zahle.",
    ],
)
def test_members_share_what_is_said_of_their_class(text: str) -> None:
    assert {("backed_by", "Hezbollah", "Syria"), ("backed_by", "Amal Movement", "Syria")} <= ties(told(text))


def test_arabic_examples_share_what_is_said_of_their_class() -> None:
    record = told("قصفت ميليشيات مدعومة من سوريا مثل حركة أمل بلدة زحلة.")
    assert ("backed_by", "حركة أمل", "سوريا") in ties(record)


def test_spans_lie_inside_the_text_and_ids_exist() -> None:
    record = told(
        "Jordan's Border Guard sent troops to Irbid. The French consulate in Irbid will close, the Foreign Ministry said."
    )
    parts = [*record.posture, *record.measures, *record.drivers, *record.relations, *record.advisories]
    assert parts
    assert all(0 <= p.span[0] < p.span[1] <= len(record.report.text) for p in parts)
    ids = {a.id for a in record.actors}
    assert {m.by for m in record.measures if m.by} | {r.from_ for r in record.relations} | {
        r.to for r in record.relations
    } <= ids
    assert {c for p in record.posture for c in p.claims} <= {c.id for c in record.claims}


@pytest.mark.parametrize("code", ["en", "ar"])
def test_words_of_posts_name_known_kinds(code: str) -> None:
    table = words(code)
    assert set(table.posts.values()) <= {"embassy", "consulate", "mission"}
    assert set(table.levels.values()) == {1, 2, 3, 4}
    assert all(lang.load(code).key(w) == w for w in (*table.posts, *table.back, *table.heads))


def test_arabic_closing_names_the_owner_and_the_town() -> None:
    record = told("أعلنت ألمانيا إغلاق قنصليتها في أربيل مؤقتا بعد الهجوم.")
    closing = change(record, "close")
    assert (closing.post.owner, closing.post.kind) == ("DEU", "consulate")
    assert closing.post.place is not None and closing.post.place.name in ("Erbil", "أربيل")


def test_arabic_embassy_that_goes_on_working_is_unchanged() -> None:
    record = told("أكدت وزارة الخارجية الأمريكية أن السفارة الأمريكية في بغداد ستواصل عملها بعد الهجوم.")
    assert change(record, "unchanged").post.owner == "USA"


def test_arabic_ties() -> None:
    record = told("وقالت جماعات مدعومة من إيران إنها لم تنفذ الهجوم.")
    assert [rel for rel, _, other in ties(record) if other == "إيران"] == ["backed_by"]


def test_arabic_spokesman_speaks_for_his_ministry() -> None:
    record = told("وقال المتحدث باسم وزارة الداخلية العراقية سعد معن إن القوات الأمنية أحبطت هجوما.")
    assert [rel for rel, _, other in ties(record) if other == "وزارة الداخلية العراقية"] == ["spokesperson_of"]
