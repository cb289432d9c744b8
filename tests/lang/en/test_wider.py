"""English: the further ways in which each type is told, and their look-alikes."""

from __future__ import annotations

import pytest

from kavass import pipeline

HAPPENED = ("occurred", "ongoing", "attempted")


def types(text: str) -> set[str]:
    return {a.type for a in pipeline.tell_text(text, published="2022-05-11").accounts if a.status in HAPPENED}


@pytest.mark.parametrize(
    ("type", "text"),
    [
        ("obstruction", "Coffee growers have cut the Pan-American highway at Piendamo."),
        ("obstruction", "Tanker drivers in Accra parked up in protest at the new fuel margin."),
        ("outage", "Fuel pumps across Freetown are empty."),
        ("crime", "A 19-year-old was fatally stabbed in a fight outside a nightclub in Dublin."),
        ("threat", "A note pinned to the clinic's door in Goma gave the staff a week to get out."),
        ("suspicious_activity", "Staff at the refinery in Rotterdam found a hole cut in the perimeter fence."),
        ("suspicious_activity", "Drones buzzed the air base near Orland on two nights."),
        ("abduction", "Mineworkers locked the manager in his office in Rustenburg."),
        ("crackdown", "Demonstrators were hosed down outside parliament in Belgrade."),
        ("closure", "Traffic was barred from the Brenner pass until midnight."),
        ("troop_deployment", "The president has put 3,000 soldiers on the streets of Quito."),
        ("property_destruction", "Attackers ripped up railway tracks near Sibi."),
        ("assault", "A woman died of stab wounds in Leeds on Monday."),
        ("suicide_bombing", "A girl set off her explosive belt in a market in Maiduguri."),
        ("air_strike", "A quadcopter let two grenades fall on an army post near Cali, killing a private."),
        ("air_strike", "Two missiles went through the roof of a clinic in Aden."),
        ("shelling", "Thirty rounds of artillery hit a suburb of Sumy overnight."),
        ("riot", "Bricks and bottles rained on a procession in Nagpur on Monday."),
        ("robbery", "Six men with rifles rammed a cash van in Durban on Monday."),
        ("robbery", "Raiders cleaned out a jeweller's in Antwerp."),
        ("crackdown", "Water cannon cleared the bridge in Tbilisi shortly before midnight."),
        ("arrest", "Three men are being held over the blast in Izmir."),
        ("arrest", "Marines seized a man said to run a cartel's lookouts in Reynosa."),
        ("obstruction", "Fighters have kept lorries off the road to Kidal for two weeks."),
        ("outage", "The telephones in Bremen do not work."),
        ("illness", "Ninety weavers were carried to clinics in Sylhet with cramps and vomiting."),
        ("abduction", "The villagers released the soldiers near Toribio after two days."),
        ("suspicious_activity", "Two men were seen at the fence of a depot in Kassel on Monday."),
    ],
)
def test_a_type_is_told_in_further_ways(type: str, text: str) -> None:
    assert type in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "The landlord in Dhaka is laying siege to the last three shops with offers.",
        "The official in Bahir Dar was holding up a photograph that she said had been taken on Monday.",
        "The minister in Nairobi met his deputies and faced a barrage of questions.",
        "Children found a bag of sweets under the tree in Lyon.",
        "The sea was calm and the lights went out one by one in Split as people went to bed.",
        "The company in Oslo gave its staff three days off.",
        "Everyone walked out of the cinema in Pune at nine.",
        "Lorries drew up at the depot in Mombasa to load sugar.",
        "The chef in Lima was kidnapped by a rival restaurant with a better salary.",
        "The band from Leeds blew up on social media.",
        "The referee in Milan was attacked in the press.",
        "In the novel, a gunman shoots the bishop of Cork.",
        "The film, shot on location in Malta, stars two brothers.",
    ],
)
def test_what_only_sounds_like_it_tells_nothing(text: str) -> None:
    assert types(text) == set()


def test_what_hangs_on_an_if_has_not_happened() -> None:
    assert (
        types("If the boss is not freed by Sunday, we set fire to every bus in Guayaquil, the gang leader said.")
        == set()
    )
