"""English: what tells of each incident type, by its constructions in the news register, and what only sounds like it."""

from __future__ import annotations

import pytest

from kavass import pipeline
from kavass.model import CodedReport

HAPPENED = ("occurred", "ongoing", "attempted")


def tell(text: str) -> CodedReport:
    return pipeline.tell_text(text, published="2024-05-15")


@pytest.mark.parametrize(
    ("type", "text"),
    [
        ("outage", "The port city has been without electricity since Sunday evening."),
        ("outage", "Taps have run dry in the eastern districts for a fifth day."),
        ("outage", "A failure of the national grid left 12 million people in the dark on Tuesday."),
        ("outage", "Hospitals in the town have been running on generators since last week."),
        ("obstruction", "Villagers felled trees across the highway on Monday to demand compensation."),
        ("obstruction", "Miners laid down their tools at the copper mine on Thursday."),
        ("obstruction", "Nurses are on strike at all public hospitals in the province."),
        ("obstruction", "Tribesmen closed the road to the oil field on Sunday."),
        ("closure", "The border crossing remained closed for a fourth day."),
        ("closure", "The embassy suspended operations on Friday because of the heat."),
        ("shutdown", "The regulator ordered operators to block Telegram on Monday."),
        ("shutdown", "Access to social media was restricted in Senegal on Thursday."),
        ("platform_ban", "The social network deleted hundreds of pages linked to the army on Thursday."),
        ("arrest", "Officers led away two dozen activists on Monday."),
        ("arrest", "Two men are in custody after a search in Lyon on Tuesday."),
        ("expulsion", "Niger gave the French ambassador 48 hours to leave the country on Friday."),
        ("expulsion", "Norway sent home two Iranian diplomats on Tuesday."),
        ("sanction", "The bloc put three generals on its sanctions list on Tuesday."),
        ("sanction", "Canada designated the group a terrorist organisation on Wednesday."),
        ("agreement", "The two armies swapped 100 prisoners of war on Saturday."),
        ("agreement", "The rebels lifted their blockade of the port on Friday."),
        ("troop_deployment", "A unit of rangers was sent to the area on Wednesday to keep the peace."),
        ("troop_deployment", "Hundreds of paramilitary police were flown in from Delhi on Sunday."),
        ("threat", "The rebels gave the governor 48 hours to leave the city on Monday."),
        ("threat", "Iran vowed revenge on Monday for the strike on its consulate."),
        ("curfew", "Residents were ordered to stay indoors from 8 p.m. on Sunday."),
        ("curfew", "A state of emergency came into force in the two provinces on Saturday."),
        ("suspicious_activity", "An abandoned suitcase prompted the evacuation of the terminal on Sunday."),
        ("suspicious_activity", "Two men were spotted photographing the consulate on Friday."),
        ("crime", "Customs officers seized two tonnes of cocaine at the port of Antwerp on Tuesday."),
        ("illness", "About 80 soldiers complained of stomach pains and vomiting after dinner on Thursday."),
        ("hazard", "A ferry capsized on Lake Kivu on Thursday, killing at least 78."),
        ("hazard", "Cyclone Ana made landfall in Mozambique on Saturday."),
        ("crackdown", "The gendarmes charged the crowd with truncheons on Tuesday."),
        ("crackdown", "Security forces shot dead three protesters in Khartoum on Thursday."),
        ("riot", "Clashes erupted between protesters and police in Beirut on Saturday."),
        ("protest", "Hundreds rallied outside the US embassy on Monday."),
        ("abduction", "Unknown men forced the activist into a car on Saturday and drove off."),
        ("abduction", "A French teacher who was held for six weeks by bandits was freed on Tuesday."),
        ("air_strike", "Swarms of drones attacked the capital overnight, damaging apartment buildings."),
        ("air_strike", "Jets dropped bombs on a market in Idlib on Thursday."),
        ("shelling", "Tanks fired on an apartment block in Mariupol on Saturday."),
        ("suicide_bombing", "A suicide attacker struck a wedding hall in Kabul on Saturday."),
        ("bombing", "Sappers made safe a car packed with gas bottles on Monday."),
        ("arson", "Arsonists set a church on fire in Imphal on Monday."),
        ("assassination", "A prosecutor was gunned down outside his home in Asuncion on Tuesday."),
        ("assault", "A man drove a van into pedestrians in Toronto on Monday."),
        ("assault", "Men with clubs attacked passengers at the station on Tuesday."),
        ("sexual_violence", "Soldiers raped two women in a village near Beni on Tuesday."),
        ("storming", "The crowd scaled the fence of the embassy on Tuesday."),
        ("property_destruction", "Settlers uprooted 200 olive trees near Nablus on Saturday."),
        ("robbery", "The agency's car was taken at gunpoint near Goma on Monday."),
        ("armed_clash", "Insurgents were driven out of the village after two hours of fighting on Sunday."),
        ("shooting", "A police patrol came under fire near Zvornik on Monday."),
    ],
)  # fmt: skip
def test_a_type_is_told_in_many_ways(type: str, text: str) -> None:
    assert type in {a.type for a in tell(text).accounts if a.status in HAPPENED or a.type == "threat"}


@pytest.mark.parametrize(
    "text",
    [
        "The minister has been under fire for missing a vote.",
        "The firm signed a long-term deal with its rival on Monday.",
        "Lawmakers complained that they had been left in the dark about the plan.",
        "The chancellor vowed to continue the fight against child poverty.",
        "The company set aside money for pensions.",
        "Flights were taking off and landing as usual on Monday.",
        "The chairman survived an attempt to unseat him on Monday.",
        "The show was relaunched in a blaze of publicity.",
        "The embassy has no indication that foreigners are being targeted.",
    ],
)
def test_what_only_sounds_like_an_incident_tells_none(text: str) -> None:
    assert not [a for a in tell(text).accounts if a.status in HAPPENED]


@pytest.mark.parametrize("shape", [str.upper, str.lower])
def test_the_case_of_a_text_does_not_matter(shape: object) -> None:
    text = "Security forces shot dead three protesters on Thursday. Taps have run dry in the eastern districts."
    assert callable(shape)
    assert {a.type for a in tell(shape(text)).accounts} >= {"crackdown", "outage"}


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Demonstrators broke through the fence of the airport in Cusco on Sunday.", "storming"),
        ("Border guards in Sumy logged 41 mortar rounds on Sunday.", "shelling"),
        ("Six people have died in Noumea since unrest broke out last Monday.", "riot"),
        ("Mourners turned on the police in Saqqez on Monday.", "riot"),
        ("Fifteen people were taken in during Monday's march in Nairobi.", "arrest"),
        ("Gunmen opened up on a gathering in Merida on Monday.", "shooting"),
        ("Two men were wounded in an exchange of gunfire in Mosul on Monday.", "armed_clash"),
        ("Men seized a tanker off Sohar on Monday.", "abduction"),
        ("Khartoum gave the ambassador 72 hours to pack his bags on Monday.", "expulsion"),
        ("Police fired volleys of tear gas at the crowd in Colombo on Monday.", "crackdown"),
    ],
)
def test_what_each_type_is_told_by_in_other_words(text: str, type: str) -> None:
    assert type in [a.type for a in tell(text).accounts if a.status in HAPPENED]
