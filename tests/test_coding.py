"""What one report tells of each incident: types, status, roles, counts, and which mentions are one."""

from __future__ import annotations

import hashlib

import pytest

from kavass import coding, lang, refer, situate
from kavass.clean import clean
from kavass.coding import Coded
from kavass.mark import mark, worth_parsing
from kavass.model import Account, RawReport


def coded(text: str, code: str = "en", title: str | None = None, day: str | None = None) -> list[Coded]:
    whole = f"{title}\n\n{text}" if title else text
    digest = hashlib.sha256(whole.encode()).hexdigest()
    stamps = (("caller", day),) if day else ()
    report = clean(RawReport(id=digest, key="t", text=whole, title=title, language=code, stamps=stamps))  # type: ignore[arg-type]
    language = lang.load(code)
    marks = mark(report, language)
    places = situate.places(report, marks, language)
    analysis = language.analyse(report, worth_parsing(report, language.split(report), marks))
    cast = refer.refer(report, analysis, marks, places, language)
    return coding.code(report, analysis, language.frames.match(analysis), cast, language)


def accounts(text: str, code: str = "en", title: str | None = None) -> list[Account]:
    return [c.account for c in coded(text, code, title)]


def one(text: str, type: str, code: str = "en") -> Account:
    (found,) = [a for a in accounts(text, code) if a.type == type]
    return found


def role(account: Account, name: str) -> list[str]:
    return [r.text for r in account.roles if r.role == name]


def count(account: Account, field: str) -> tuple[int | None, int | None] | None:
    return next(((c.low, c.high) for c in account.counts if c.field == field), None)


def test_roles_are_told_apart_by_what_they_are() -> None:
    found = one("Gunmen fired three rockets at the French embassy on Monday.", "shelling")
    assert role(found, "perpetrator") == ["Gunmen"]
    assert role(found, "target") == ["French embassy"]
    assert role(found, "weapon") == ["rockets"]
    assert next(r.target_class for r in found.roles if r.role == "target") == "diplomatic"
    assert next(r.weapon_class for r in found.roles if r.role == "weapon") == "indirect"
    assert count(found, "munitions") == (3, 3)


def test_a_role_text_is_the_words_of_one_of_its_mentions() -> None:
    text = "Protesters set fire to the party office on Friday. Police said the protesters had fled."
    for found in accounts(text):
        for filler in found.roles:
            assert filler.text in {text[slice(*m)] for m in filler.mentions}


def test_one_incident_named_three_times_is_one_account() -> None:
    text = (
        "Protesters torched the Danish consulate in Basra on Tuesday. The mayor condemned the burning of the Danish consulate. "
        "He said the attack was a disgrace."
    )
    found = one(text, "arson")
    assert len(found.spans) == 3 and role(found, "perpetrator") == ["Protesters"]


def test_two_shellings_of_one_consulate_at_different_times_stay_two() -> None:
    text = (
        "Hours before the vote, two mortar shells landed near the Danish consulate. "
        "Earlier this month, rockets were fired at the Danish consulate."
    )
    assert len([a for a in accounts(text) if a.type == "shelling"]) == 2


def test_consulates_of_two_states_are_two_targets() -> None:
    text = "Rockets hit the Danish consulate. Shells hit the Turkish consulate."
    assert len([a for a in accounts(text) if a.type == "shelling"]) == 2


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A bomb exploded in the market, killing 12 people and wounding more than 30.", (12, 12), (30, None)),
        ("A mortar shell landed near the school with no reported injuries.", None, (0, 0)),
        ("Gunmen shot a guard on Monday.", None, (1, 1)),
        ("Gunmen shot and killed a guard on Monday.", (1, 1), None),
        ("Gunmen shot three guards, killing one.", (1, 1), (2, 2)),
        ("A deadly attack on the bus shocked the town on Monday.", (1, None), None),
    ],
)
def test_the_dead_and_the_hurt_are_counted(text: str, killed: object, injured: object) -> None:
    found = next(a for a in accounts(text) if a.status == "occurred")
    assert (count(found, "killed"), count(found, "injured")) == (killed, injured)


def test_unnumbered_dead_of_the_protests_belong_to_the_protests() -> None:
    text = "Protests shook the town of Kut for weeks. A number of marchers were killed as the unrest dragged on."
    assert count(one(text, "protest"), "killed") == (1, None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Gunmen attacked the bank.", "occurred"),
        ("Gunmen tried to attack the bank.", "attempted"),
        ("The militia plans to attack the bank.", "announced"),
        ("If the militia attacks the bank, troops will respond.", "conditional"),
        ("The militia may attack the bank.", "conditional"),
        ("The army denied that soldiers attacked the bank.", "denied"),
    ],
)
def test_what_has_not_happened_is_not_told_as_done(text: str, status: str) -> None:
    assert {a.status for a in accounts(text) if a.type == "attack"} == {status}


@pytest.mark.parametrize(
    "text",
    [
        "In the film, gunmen storm the embassy and the hero saves the ambassador.",
        "The striker attacked the goal in the second half of the football match.",
        "He suffered a heart attack at the hospital on Monday.",
        "The photographer shot a picture of the mayor.",
        "The coach was fired by the club on Monday.",
        "During the military exercise troops attacked a mock village.",
        "Gunmen did not attack the bank.",
        "An attack on one of us is an attack on all of us.",
    ],
)
def test_other_senses_tell_of_no_violence(text: str) -> None:
    assert [a.type for a in accounts(text) if a.type in ("attack", "shooting", "storming", "arson", "shelling")] == []


def test_what_is_threatened_is_told_by_the_threat_alone() -> None:
    assert {a.type for a in accounts("The militia threatened to attack the bank.")} == {"threat"}
    assert {a.type for a in accounts("A caller warned that a bomb would explode at the bank.")} == {"threat"}
    assert not accounts("The minister vowed to fight poverty.")


def test_a_toll_told_with_unrest_is_no_incident_of_its_own() -> None:
    found = accounts("Police broke up a sit-in at the ministry on Monday, injuring 16 people.")
    assert [a.type for a in found] == ["crackdown"]


def test_a_bomber_who_is_stopped_is_one_attempt() -> None:
    found = accounts("Soldiers shot dead a man wearing an explosive belt on Friday.")
    assert [(a.type, a.status) for a in found] == [("suicide_bombing", "attempted")]


def test_a_measure_spoken_of_again_is_the_same() -> None:
    text = "The two sides agreed a ceasefire on Thursday. Residents were relieved. The truce was brokered by a bishop."
    assert [a.type for a in accounts(text)] == ["agreement"]


def test_statistics_of_crime_tell_no_incident() -> None:
    text = (
        "The number of murders fell by 7 percent in the first quarter, according to figures of the police. "
        "Kidnappings rose to 31, up from 24 a year earlier. Robberies dropped to their lowest level."
    )
    assert not coded(text, title="Murders down, kidnappings up, figures show", day="2022-04-04")


def test_the_news_of_the_report_is_primary_and_the_past_is_not() -> None:
    text = (
        "Gunmen attacked a bank in Erbil on Monday, police said. Two guards were hurt. Shops stayed closed all day. "
        "Residents were afraid. A spokesman spoke to the press. Roads were empty in the evening. "
        "In 2009, a bomb had exploded at the airport of Mosul."
    )
    found = accounts(text, title="Gunmen attack bank in Erbil")
    assert [a.primary for a in found if a.type == "attack"] == [True]
    assert [a.primary for a in found if a.type == "bombing"] == [False]


def test_measures_of_a_state_are_accounts_too() -> None:
    found = {
        a.type
        for a in accounts(
            "The cabinet dispatched soldiers to the port and declared a curfew. Facebook suspended her account."
        )
    }
    assert {"troop_deployment", "curfew", "platform_ban"} <= found


@pytest.mark.parametrize(
    "text",
    [
        "The Red Front claimed responsibility for the murder of the mayor on Monday.",
        "Officials accused the Red Front of the murder of the mayor on Monday.",
        "The murder of the mayor on Monday was attributed to the Red Front.",
    ],
)
def test_who_is_held_to_have_done_it_is_the_perpetrator(text: str) -> None:
    found = next(a for a in accounts(text) if role(a, "victim"))
    assert any("Red Front" in r for r in role(found, "perpetrator"))


def test_arabic_tells_the_same() -> None:
    found = accounts("أحرق محتجون القنصلية الإيرانية في البصرة يوم الجمعة.", code="ar")
    assert [a.type for a in found] == ["arson"]
    assert {"perpetrator", "target"} <= {r.role for r in found[0].roles}


def test_a_report_without_an_incident_has_none() -> None:
    assert accounts("The museum opens on Monday. Tickets are cheap.") == []
    assert accounts("...") == []


def test_the_same_report_is_coded_the_same_way_twice() -> None:
    text = "Gunmen attacked a bank in Erbil, killing two guards. The attack was claimed by the group. Police arrested a man."
    assert accounts(text) == accounts(text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Gunmen opened fire on a bus in Kirkuk on Monday. Nobody was hurt."),
        ("en", "A bomb exploded in Kirkuk on Monday. No one was injured, police said."),
    ],
)
def test_nobody_hurt_is_none_and_not_one(code: str, text: str) -> None:
    (found,) = [a for a in accounts(text, code) if count(a, "injured") is not None]
    assert count(found, "injured") == (0, 0)


def test_the_dead_told_between_two_words_are_counted_once_each() -> None:
    text = "A week of street protests in Kirkuk left four people dead and 31 wounded, the ministry said."
    found = one(text, "protest")
    assert (count(found, "killed"), count(found, "injured")) == ((4, 4), (31, 31))
    assert [a.type for a in accounts(text)] == ["protest"]


def test_rockets_fired_and_rockets_that_came_down_are_one_shelling() -> None:
    text = "Two rockets were fired at the Danish base on Sunday. The rockets struck a field near the fence at 9 a.m., a guard said."
    found = one(text, "shelling")
    assert len(found.spans) >= 2 and count(found, "munitions") == (2, 2)


def test_rockets_fired_in_a_headline_are_no_shooting() -> None:
    assert {
        a.type for a in accounts("Guards ran for cover.", title="Two rockets fired at Kirkuk airport, army says")
    } == {"shelling"}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The army announced a curfew in Kirkuk, then called it off."),
        ("ar", "أعلنت قيادة العمليات فرض حظر للتجوال في كركوك ثم ألغته قبل دقائق من بدء سريانه."),
    ],
)
def test_what_was_called_off_was_only_announced(code: str, text: str) -> None:
    assert one(text, "curfew", code).status == "announced"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Insurers asked what they would pay if gunmen seized a tanker off Kirkuk."),
        ("ar", "تسأل شركات التأمين عما ستدفعه لو احتجز مسلحون ناقلة في كركوك."),
    ],
)
def test_what_stands_after_if_did_not_happen(code: str, text: str) -> None:
    assert not [a for a in accounts(text, code) if a.status in ("occurred", "ongoing", "attempted")]


def test_an_accusation_further_down_is_a_claim_and_no_incident() -> None:
    lead = "The militia leader accused the Danish government of arming rebels."
    further = "Rockets hit the Danish embassy on Monday. The minister accused the Iranian government of arming rebels."
    assert one(lead, "accusation").primary
    assert "accusation" not in {a.type for a in accounts(further)}


@pytest.mark.parametrize(
    ("code", "title", "text"),
    [
        (
            "en",
            "Review: a thriller set in a consulate",
            "The film by the new director is long. Militiamen fire rockets at a villa. Forty people have been killed by the end.",
        ),
        (
            "ar",
            "لاعب النادي سفيراً للكتاب",
            "يقود المهاجم هجوم فريقه في هذا الموسم. وقال ضاحكاً: «قتلنا في المباراة الأخيرة».",
        ),
    ],
)
def test_films_and_matches_tell_no_violence(code: str, title: str, text: str) -> None:
    assert not [c for c in coded(text, code, title, "2019-05-04") if c.account.type in coding.RECALLED]


def test_violence_in_a_court_report_is_marked_as_recalled() -> None:
    title = "Court jails two for 2011 robbery"
    text = (
        "A criminal court in Kirkuk sentenced two men to nine years in prison for the armed robbery of a jeweller in 2011. "
        "The judge read the verdict. The prosecutor had asked for the death penalty and counsel announced an appeal."
    )
    found = coded(text, "en", title, "2019-05-04")
    assert found and all(c.recalled for c in found)


def test_a_shot_sportsman_is_news() -> None:
    text = "A gunman opened fire on a house on Sunday and wounded the striker of the club. He scored ten goals this season."
    assert "shooting" in {
        c.account.type for c in coded(text, "en", "Footballer shot at party after match", "2019-05-04")
    }


def test_a_vague_mention_in_between_ties_no_arson_to_a_shelling() -> None:
    text = (
        "Nobody was hurt in either incident. A clan leader charged the Danish consulate with organising arson in Kut. "
        "The statement did not mention the rocket fire at Kut airport."
    )
    found = {a.type: [r.text for r in a.roles if r.role == "perpetrator"] for a in accounts(text)}
    assert found["shelling"] == []
    assert "clan leader" not in " ".join(found.get("arson", []))


def test_items_of_a_round_up_stay_apart() -> None:
    text = (
        "TIJUANA: Two men were shot dead outside a bar on Monday.\n\nCULIACAN: Gunmen shot dead a shopkeeper on Monday."
    )
    assert [a.type for a in accounts(text)] == ["shooting", "shooting"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("On Saturday, shells rained down on the hospital in Omdurman, killing two patients.", ["shelling"]),
        ("Gunmen raided a school in Kagara on Friday and herded 27 pupils into the forest.", ["abduction"]),
        ("Police broke up a sit-in outside the ministry in Tunis with batons on Monday.", ["crackdown"]),
        ("Police arrested a man in a dawn raid in Ankara on Monday.", ["arrest"]),
        ("Israel killed a brigade commander in Gaza City on Wednesday in an air raid.", ["air_strike"]),
        ("He is the twelfth reporter killed in Mexico this year.", []),
        ("Past gatherings have turned violent.", []),
        ("No marcher was hit on Monday.", []),
        ("A stage collapsed in a storm near Lucca on Tuesday, injuring six people.", ["hazard"]),
        ("The talks were held in Mogadishu in March.", []),
    ],
)
def test_what_tells_one_deed_makes_one_account(text: str, types: list[str]) -> None:
    assert [a.type for a in accounts(text) if a.status not in ("conditional", "announced")] == types


def test_a_second_bomber_is_another_incident() -> None:
    text = (
        "A suicide bomber blew himself up at a mosque in Kabul on Monday. "
        "An hour later another suicide bomber struck near the embassy."
    )
    assert [a.type for a in accounts(text)] == ["suicide_bombing", "suicide_bombing"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Parties have called for a march in Kinshasa on Saturday.", "announced"),
        ("The unions announced a two-day strike in Bamako on Friday.", "announced"),
        ("The minister said that police would be deployed in Lille on Friday.", "announced"),
        ("Students staged a sit-in at the university in Tunis on Friday.", "occurred"),
    ],
)
def test_what_is_called_is_still_to_come(text: str, status: str) -> None:
    assert [a.status for a in accounts(text)] == [status]
