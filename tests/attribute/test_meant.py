"""How plain words are meant: what they deny, leave open, complain of, judge, threaten or promise."""

import pytest

from kavass.pipeline import tell_text

NEWS = "TAMPA, June 4 (ANR) - A bomb exploded outside a police station in Mosul on Sunday, killing four people.\n\n"


def stances(text: str) -> set[str]:
    """Those of the claims that somebody makes in the paragraph after the news."""
    coded = tell_text(NEWS + text, published="2019-06-04")
    return {c.stance for c in coded.claims if c.speaker.anonymity != "narrator" and c.span.start >= len(NEWS) - 1}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The company rejected that, saying every instalment had been transferred.", "denies_account"),
        ("The union does not accept that.", "denies_account"),
        ("The governor laughed at that.", "denies_account"),
        ('The commander, Bo Nagar, called this "a lie that insults the dead".', "denies_account"),
        ("The owner told the agency he had received no such demand.", "denies_account"),
        ("The trainer, Zaza Roe, said he had never heard of Meladze.", "denies_account"),
        ("The army said there had been no air operation in the town that day.", "denies_occurrence"),
        ("The director says that nothing of the kind took place; flights kept to the timetable.", "denies_occurrence"),
        ("The spokeswoman said federal troops had been nowhere near the place.", "denies_responsibility"),
        ("The group Crater Lab says it has not been able to establish what caused it.", "caveats_evidence"),
        ("Aid worker Joy Roe said that nobody independent had been let in to see the crater.", "caveats_evidence"),
        ("The office says it has yet to see a sample.", "caveats_evidence"),
        ("Parents told reporters that nobody had called them.", "complains"),
        ("Guards said they had not been paid since October.", "complains"),
        ('Traders\' leader Modibo Roe said: "That is not protection, that is theatre."', "evaluates"),
        ("The caller warned that the captives would be killed if one soldier entered.", "threatens"),
        (
            'Their spokesman, Haidar Roe, said that "no foreigner goes in or out until the lists are on the wall".',
            "threatens",
        ),
        ("The president said 800 soldiers would arrive before nightfall.", "commits"),
        ("The Rapid Support Forces hold that the army fires its own drones from the airfield nearby.", "accuses"),
        ("The mayor urged people to stay indoors.", "warns"),
        ("The charity urges staff not to walk after dark.", "warns"),
    ],
)
def test_what_is_said_tells_how_it_is_meant(text: str, stance: str) -> None:
    assert stances(text) == {stance}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("A crew calling itself the Grey Owls wrote to the paper.", "characterises"),
        ("Marines seized a man said to run the cartel's lookouts.", "reports"),
        ("The mayor warned drivers to expect delays.", "predicts"),
        ("The governor laughed at the camera.", "denies_account"),
        ("The mayor urged people to vote for him.", "warns"),
        ("The doctor said none of the patients had been let out yet.", "caveats_evidence"),
        ("The ministry said police shot two men.", "accuses"),
        ("The governor rejected that plan.", "denies_account"),
        ("The official said the move would embolden the militias.", "commits"),
        ("The minister said the army could not pay for it.", "complains"),
        ('"I am thin, but I am whole," the nurse said.', "evaluates"),
    ],
)
def test_what_only_looks_like_it_is_no_such_claim(text: str, stance: str) -> None:
    assert stance not in stances(text)


@pytest.mark.parametrize(
    "text", ["The company rejected that", "The company rejected", "that, he said", '"', "said said that"]
)
def test_scraps_are_read_without_fault(text: str) -> None:
    stances(text)
