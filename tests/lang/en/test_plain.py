"""English: incidents told in plain words, as police logs, live pages and notices do, and their look-alikes."""

from __future__ import annotations

import pytest

from kavass import pipeline

HAPPENED = ("occurred", "ongoing", "attempted")


def types(text: str) -> set[str]:
    return {a.type for a in pipeline.tell_text(text, published="2022-05-11").accounts if a.status in HAPPENED}


@pytest.mark.parametrize(
    ("type", "text"),
    [
        ("arrest", "A baker of 40 is behind bars in Plovdiv."),
        ("arrest", "Detectives fetched the teacher from his house in Kaunas on Monday."),
        ("crime", "Solar panels gone from the school in Mzuzu."),
        ("obstruction", "Some 90 porters in Gdansk refused to clock on for the night shift on Tuesday."),
        ("obstruction", "The road to Bizerte lay under boulders and branches on Friday."),
        ("closure", "Busan airport took no arrivals between noon and three on Sunday."),
        ("closure", "The headmaster in Kisii sent the pupils home on Monday."),
        ("outage", "Telephones in Bamenda have been silent since Sunday night."),
        ("outage", "Some 900 homes in Napier have had dry taps since Wednesday."),
        ("troop_deployment", "Armoured cars drew up outside the palace in Conakry on Monday night."),
        ("protest", "Pensioners beat saucepans outside the bank in Rosario on Tuesday."),
        ("crackdown", "Police with canes chased students through the library in Dhaka on Tuesday."),
        ("assault", "Two porters were cut about the arms when a passenger drew a knife on a tram in Bratislava."),
        ("shooting", "Bullets came through the window of a florist's in Rotterdam on Monday."),
        ("property_destruction", "Somebody took an axe to the cables near Ostrava on Friday."),
        ("storming", "Some forty men pushed past the guards of the town hall in Mostar on Monday."),
        ("expulsion", "The attaché has until Friday to leave, the foreign ministry in Praia said."),
    ],
)
def test_plain_words_tell_of_incidents(type: str, text: str) -> None:
    assert type in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "The clerk has until Friday to hand in the form, the town hall in Praia said.",
        "The singer beat a drum on the stage in Rosario on Tuesday.",
        "The bread is gone from the table in Mzuzu.",
        "A portrait of the baker hangs behind the bar in Plovdiv.",
        "No lorry is too small for the museum in Busan.",
    ],
)
def test_what_only_sounds_like_it_tells_nothing(text: str) -> None:
    assert types(text) == set()
