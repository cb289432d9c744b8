"""Who is meant by which words: names, descriptions, pronouns, states."""

from __future__ import annotations

import hashlib

import pytest

from kavass import lang
from kavass.clean import clean
from kavass.mark import mark
from kavass.model import Actor, RawReport
from kavass.refer import Cast, needs, refer, words
from kavass.situate import places


def cast_of(text: str, language: str = "en") -> tuple[Cast, str]:
    """The cast of a text, every sentence parsed, and the report's text."""
    raw = RawReport(id=hashlib.sha256(text.encode()).hexdigest(), key="test", text=text, language=language)
    report, known = clean(raw), lang.load(language)
    marks = mark(report, known)
    analysis = known.analyse(report, known.split(report))
    return refer(report, analysis, marks, places(report, marks, known), known), report.text


def said(told: tuple[Cast, str], words: str) -> Actor:
    """The one actor with a mention of exactly these words (the first such mention)."""
    cast, text = told
    at = text.index(words)
    found = [a for a in cast.actors for m in a.mentions if m[0] <= at < m[1] and words in text[m[0] : m[1]]]
    assert found, f"nobody is meant by {words!r}; there are {[a.name for a in cast.actors]}"
    return found[0]


def mentions(told: tuple[Cast, str], actor: Actor) -> list[str]:
    return [told[1][a:b] for a, b in actor.mentions]


def test_register_names_in_both_scripts_are_one_known_actor() -> None:
    english = said(cast_of("Kataib Hezbollah fired rockets at the base."), "Kataib Hezbollah")
    arabic = said(cast_of("أطلقت كتائب حزب الله صواريخ على القاعدة.", "ar"), "كتائب حزب الله")
    assert english.known_as == arabic.known_as == "kataib_hezbollah"
    assert (english.kind, english.sector, english.country) == ("group", "militia", "IRQ")
    assert arabic.name == "كتائب حزب الله"


def test_ambiguous_short_name_waits_for_the_full_one() -> None:
    assert not any(a.known_as == "amal" for a in cast_of("Mrs. Amal opened the school after the attack.")[0].actors)
    told = cast_of("The Amal Movement denied the attack. Amal fighters had left the town, it said.")
    assert said(told, "Amal fighters").known_as == "amal"


def test_acronym_in_parentheses_means_the_front() -> None:
    told = cast_of(
        "The Front for the Liberation of Ruritania (FLR) attacked a convoy. The FLR said it killed two soldiers."
    )
    assert "FLR" in mentions(told, said(told, "Front"))


def test_the_official_is_the_official_last_met_with_that_description() -> None:
    told = cast_of(
        "A senior ministry official said the raid was planned. "
        "“We guard every school,” a senior Iraqi official told reporters. "
        "The official said patrols had been doubled. "
        "The senior ministry official called the inquiry complete. "
        "One official said the school should reopen. The official declined to say more."
    )
    ministry = said(told, "A senior ministry")
    assert mentions(told, ministry) == ["A senior ministry official", "The senior ministry official"]
    other = next(a for a in told[0].actors if a.country == "IRQ" and a.kind == "person")
    assert mentions(told, other)[-1] == "The official"
    one = said(told, "One official")
    assert mentions(told, one) == ["One official", "The official"]


def test_surname_title_and_pronoun_mean_the_person_named_in_full() -> None:
    told = cast_of(
        "Jane Smith, a teacher, was kidnapped on Friday. Ms. Smith said she escaped. She thanked the police."
    )
    person = said(told, "Jane Smith")
    assert person.kind == "person"
    assert mentions(told, person) == ["Jane Smith", "a teacher", "Smith", "she", "She"]


def test_pronoun_for_a_person_never_means_an_organisation() -> None:
    told = cast_of("Preacher Abu Karim praised the raid. Twitter locked his page because he insulted a judge.")
    assert "he" in mentions(told, said(told, "Abu Karim"))
    assert mentions(told, said(told, "Twitter")) == ["Twitter"]


def test_it_in_a_statement_is_its_speaker_where_it_is_said_to_be_something_to_something() -> None:
    told = cast_of("The Ruritanian Front said it was responsible for the attack.")
    assert "it" in mentions(told, said(told, "Ruritanian Front"))
    empty = cast_of("The Ruritanian Front said it was late when the attack began.")
    assert "it" not in mentions(empty, said(empty, "Ruritanian Front"))


def test_we_in_a_quotation_is_its_speaker() -> None:
    told = cast_of(
        "The State Department closed the post. “Should they shell us, we shall shell them,” a Ruritanian general said."
    )
    general = said(told, "a Ruritanian general")
    assert mentions(told, general).count("we") == 1
    assert "us" in mentions(told, general)


def test_country_is_somebody_when_it_acts_and_somewhere_when_things_happen_there() -> None:
    told = cast_of("Iran condemned the attack in Syria.")
    assert said(told, "Iran").known_as == "state:IRN"
    assert not any(a.known_as == "state:SYR" for a in told[0].actors)


def test_capital_is_a_state_when_it_orders_and_a_place_when_it_is_bombed() -> None:
    told = cast_of("Officials said Tehran had ordered the attack. A bomb exploded in Baghdad.")
    assert said(told, "Tehran").known_as == "state:IRN"
    assert not any(a.known_as == "state:IRQ" for a in told[0].actors)


def test_state_keeps_its_name_when_an_adjective_of_it_is_met_too() -> None:
    told = cast_of("Iranian-backed militias shelled the base. Iran denied the attack.")
    state = next(a for a in told[0].actors if a.known_as == "state:IRN")
    assert state.name == "Iran"
    assert mentions(told, state) == ["Iranian", "Iran"]


def test_government_of_a_country_is_one_actor_however_it_is_described() -> None:
    told = cast_of(
        "The Ruritanian mayor fled. The Jordanian government condemned the attack. The Jordanian central government sent troops."
    )
    assert len([a for a in told[0].actors if "government" in a.name]) == 1


def test_unknown_gunmen_are_unidentified() -> None:
    assert said(cast_of("Unknown gunmen shot dead a lawyer in Basra."), "Unknown gunmen").kind == "unidentified"
    assert said(cast_of("قتل مسلحون مجهولون ناشطا في بغداد.", "ar"), "مسلحون مجهولون").kind == "unidentified"


def test_fighters_of_a_known_group_are_the_group() -> None:
    told = cast_of("Boko Haram gunmen attacked a village.")
    assert said(told, "Boko Haram").known_as == "boko_haram"
    assert len([a for a in told[0].actors if a.known_as == "boko_haram"]) == 1


def test_the_group_means_the_group_named_last() -> None:
    told = cast_of("Boko Haram attacked a village. The group said it would attack again.")
    assert "The group" in mentions(told, said(told, "Boko Haram"))


def test_description_of_another_nationality_is_somebody_else() -> None:
    told = cast_of("An Iraqi general said the attack failed. The Turkish general said it succeeded.")
    assert said(told, "Iraqi general").id != said(told, "Turkish general").id


def test_arabic_official_is_taken_up_again() -> None:
    told = cast_of("قال مسؤول عراقي إن صواريخ سقطت قرب المطار. وأضاف المسؤول أن الهجوم لم يوقع ضحايا.", "ar")
    assert len([a for a in told[0].actors if "مسؤول" in a.name]) == 1


def test_text_in_one_case_still_has_its_names() -> None:
    told = cast_of("ricardo alfonso gomez, mayor of a town, was kidnapped by farc guerrillas on 5 january.")
    assert said(told, "farc").known_as == "farc"


def test_names_outside_title_body_and_caption_never_enter() -> None:
    text = "Gunmen shot a policeman in Basra on Sunday, police said.\n\nRead more: Boko Haram..."
    assert not any(a.known_as == "boko_haram" for a in cast_of(text)[0].actors)


def test_ids_follow_the_text_and_lookups_agree() -> None:
    cast, _ = cast_of("Police in Basra arrested two men after Hezbollah denied the attack.")
    assert [a.id for a in cast.actors] == [f"act{n}" for n in range(1, len(cast.actors) + 1)]
    assert [a.mentions[0] for a in cast.actors] == sorted(a.mentions[0] for a in cast.actors)
    assert all(cast.by_id(a.id) is a for a in cast.actors)
    assert cast.known("hezbollah") is not None
    with pytest.raises(KeyError):
        cast.by_id("act99")


def test_empty_text_has_no_actors() -> None:
    assert cast_of("Nothing.")[0].actors == ()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_words_are_folded_and_name_known_kinds(code: str) -> None:
    table = words(code)
    assert set(table.pronouns.values()) <= {"person", "plural", "thing", "speaker", "one", "body"}
    known = lang.load(code)
    assert all(known.key(w) == w for w in (*table.articles, *table.ties, *table.generic))


def test_needs_hold_for_names_written_together_with_particles() -> None:
    assert needs("amal", "ar")[lang.load("ar").key("أمل")] == "full name first"


def test_south_american_is_not_american() -> None:
    told = cast_of("South American officials condemned the attack, and American officials agreed.")
    assert [a.country for a in told[0].actors if "officials" in a.name] == [None, "USA"]


def test_first_name_and_initials_lead_back_to_the_full_name() -> None:
    told = cast_of(
        "Maria Lopez fled after the attack. Maria told the Ruritanian Heritage Fund about it. RHF published a report."
    )
    assert "Maria" in mentions(told, said(told, "Maria Lopez"))
    assert "RHF" in mentions(told, said(told, "Ruritanian Heritage Fund"))
