"""Who says it, how surely, who denies: attributions, claims and their links."""

from __future__ import annotations

from functools import cache

import pytest

from kavass.model import Claim, CodedReport, Span, to_json
from kavass.pipeline import tell_text


@cache
def told(text: str, published: str | None = "2021-03-10", title: str | None = None) -> CodedReport:
    return tell_text(text, published=published, title=title)


def said(record: CodedReport) -> list[tuple[str, str, str]]:
    """(source, cue, content) of every attribution, discontinuous parts joined by " | "."""

    def words(spans: tuple[Span, ...]) -> str:
        return " | ".join(record.report.words(s) for s in spans)

    return [(words(a.source), words(a.cue), words(a.content)) for a in record.attributions]


def claims(record: CodedReport, *stances: str, field: str | None = None) -> list[Claim]:
    return [c for c in record.claims if c.stance in stances and field in (None, c.field)]


def the(record: CodedReport, stance: str, field: str | None = None) -> Claim:
    found = claims(record, stance, field=field)
    assert len(found) == 1, [(c.stance, c.field, c.value) for c in record.claims]
    return found[0]


def linked(record: CodedReport, claim: Claim) -> set[tuple[str, str]]:
    """(relation, stance of the other claim) for the links of a claim."""
    stances = {c.id: c.stance for c in record.claims}
    return {(link.rel, stances[link.claim]) for link in claim.links}


# --- what a plain statement means


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("A bomb exploded in Basra. The mayor said no such incident took place.", "denies_occurrence"),
        (
            "A bomb exploded in Basra. A police spokesman said no officer had gone near the house.",
            "denies_responsibility",
        ),
        (
            "Rockets hit a clinic in Basra. The army spokesman said our troops were not in the area.",
            "denies_responsibility",
        ),
        ("A bomb exploded in Basra. The ministry said it would rebuild the bridge.", "commits"),
        ("A bomb exploded in Basra. The mayor said the perpetrators will be charged.", "commits"),
        ("A bomb exploded in Basra. “We do not pay,” the governor said.", "commits"),
        ("A bomb exploded in Basra. The militia commander said: “We will burn their barracks.”", "threatens"),
        ("A bomb exploded in Basra. In a statement, the militia vowed revenge.", "threatens"),
        ("A bomb exploded in Basra. A doctor said two were unlikely to survive.", "predicts"),
        ("Gunmen shot a guard in Basra. The union deplored the violence.", "evaluates"),
        ("Gunmen shot a guard in Basra. The army pinned the attack on rebels.", "attributes"),
        ("Gunmen shot a guard in Basra. A former commander dismissed that.", "denies_account"),
        (
            "Gunmen shot a guard in Basra. The border guard cautioned against jumping to conclusions.",
            "caveats_evidence",
        ),
    ],
)
def test_what_is_said_tells_how_a_plain_statement_is_meant(text: str, stance: str) -> None:
    assert claims(told(text), stance), [(c.stance, c.field, c.speaker.text) for c in told(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in Basra. Witnesses said nobody was hurt.",
        "A bomb exploded in Basra. Police said no arrests had been made.",
        "A bomb exploded in Basra. A resident said he did not see the car.",
    ],
)
def test_a_toll_of_zero_and_what_one_did_not_see_deny_nothing(text: str) -> None:
    assert not claims(told(text), "denies_occurrence", "denies_responsibility")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("It held library books, a spokeswoman, Femke Bosch, said.", "a spokeswoman, Femke Bosch"),
        (
            "Four people died in the fighting and 84 were taken to the National Hospital, its director, Omar Saleh, told reporters.",
            "its director, Omar Saleh",
        ),
        ("Around 80 are missing, the disaster agency said, down from a first estimate of 200.", "the disaster agency"),
        ("Troops shot a man who they said had run at them with a knife.", "they"),
    ],
)
def test_who_speaks_is_found_however_the_sentence_is_built(text: str, speaker: str) -> None:
    assert speaker in [source for source, _, _ in said(told(text))]


def test_a_warning_of_an_authority_to_its_nationals_is_an_advisory() -> None:
    assert claims(
        told("A bomb exploded in Basra. Canada warned its citizens against all travel to Basra."),
        "warns",
        field="advisory",
    )


# --- attributions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Police said that gunmen shot two guards in Kirkuk.",
            ("Police", "said", "that gunmen shot two guards in Kirkuk"),
        ),
        (
            "Gunmen shot two guards in Kirkuk, a senior police officer said on Monday.",
            ("a senior police officer", "said", "Gunmen shot two guards in Kirkuk"),
        ),
        (
            "“They shot the guards,” said Layla Hassan, a shopkeeper.",
            ("Layla Hassan, a shopkeeper", "said", "“They shot the guards,”"),
        ),
        (
            "Gunmen shot two guards in Kirkuk, according to hospital officials.",
            ("hospital officials", "according to", "Gunmen shot two guards in Kirkuk"),
        ),
        (
            "According to hospital officials, gunmen shot two guards in Kirkuk.",
            ("hospital officials", "According to", "gunmen shot two guards in Kirkuk"),
        ),
        ("It was reported that a drone had hit a refinery.", ("", "reported", "that a drone had hit a refinery")),
        (
            "The U.S. embassy warned Americans that militants planned a bombing in Basra.",
            ("The U.S. embassy", "warned", "that militants planned a bombing in Basra"),
        ),
    ],
)
def test_a_statement_has_its_source_its_cue_and_its_content(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in said(told(text))


def test_an_added_participle_keeps_the_speaker() -> None:
    record = told(
        "The army spokesman said that militants had attacked a base, adding that soldiers killed six of them."
    )
    assert ("The army spokesman", "adding", "that soldiers killed six of them") in said(record)


def test_a_quotation_without_a_speaker_of_its_own_continues_the_last_one() -> None:
    record = told("“We heard three blasts,” said Layla Hassan. “Then the windows came in.”\n\n“Everybody ran away.”")
    assert said(record) == [
        ("Layla Hassan", "said", "“We heard three blasts,” | “Then the windows came in.” | “Everybody ran away.”")
    ]


def test_a_long_quotation_that_opens_every_paragraph_belongs_to_the_speaker_at_its_end() -> None:
    record = told('"It was they who shelled the town.\n\n"They did it twice," the governor said.')
    assert said(record) == [("the governor", "said", '"It was they who shelled the town. | "They did it twice,"')]


def test_a_cue_with_a_colon_takes_the_quotation_that_follows() -> None:
    record = told("The governor added:\n\n“Rockets hit the airport again last night.”")
    assert said(record) == [("The governor", "added", "“Rockets hit the airport again last night.”")]


def test_a_name_and_a_colon_in_a_headline_are_a_speaker() -> None:
    record = told("Four people were wounded.", title="Governor: Bombing in Kirkuk killed five people")
    assert ("Governor", ":", "Bombing in Kirkuk killed five people") in said(record)


def test_what_was_not_said_or_may_be_said_is_no_statement() -> None:
    record = told("The ministry did not say who bombed the market. It could say more on Sunday about the bombing.")
    assert said(record) == []


def test_an_answer_after_a_conjunction_is_not_part_of_the_first_statement() -> None:
    record = told(
        "Officials said rebels shelled the town, though a spokesman for the group called the accusation “absurd”."
    )
    assert ("Officials", "said", "rebels shelled the town") in said(record)


def test_what_the_next_speaker_says_is_not_part_of_the_first_statement() -> None:
    record = told("Doctors said ten people were wounded in Aden, and the Red Front said it was behind the attack.")
    assert said(record)[0] == ("Doctors", "said", "ten people were wounded in Aden")


def test_a_group_that_says_it_did_it_claims_responsibility() -> None:
    record = told("The Red Front said it was behind the attack on the base in Aden.")
    claim = the(record, "claims_responsibility")
    assert (claim.field, claim.speaker.text) == ("perpetrator", "The Red Front")


def test_what_a_quoted_speaker_reports_is_his_statement_alone() -> None:
    record = told("“My brother told me that gunmen shot the guards,” a resident said.")
    assert [source for source, *_ in said(record)] == ["a resident"]


# --- speakers


@pytest.mark.parametrize(
    ("source", "anonymity"),
    [
        ("Interior Ministry spokesman Karim Salih", "named"),
        ("A senior government official", "titled_unnamed"),
        ("One official", "role_unnamed"),
        ("Security officials", "collective_unnamed"),
        ("Residents", "collective_unnamed"),
        ("The Interior Ministry", "institution"),
        ("The advisory", "document"),
    ],
)
def test_speakers_stand_on_their_footing(source: str, anonymity: str) -> None:
    record = told(f"{source} said that gunmen shot two guards in Kirkuk.")
    claim = the(record, "reports", field="occurrence")
    assert (claim.speaker.anonymity, claim.speaker.text) == (anonymity, source)


def test_a_bare_mention_is_shown_with_its_fullest_words() -> None:
    record = told(
        "“Gunmen shot two guards,” a senior Omani diplomat said. The diplomat said that a drone hit the port."
    )
    last = claims(record, "reports", field="occurrence")[-1]
    assert (last.speaker.text, last.speaker.anonymity) == ("a senior Omani diplomat", "titled_unnamed")


def test_what_nobody_says_the_narrator_says() -> None:
    claim = the(told("Gunmen shot two guards in Kirkuk."), "reports", field="occurrence")
    assert (claim.speaker.anonymity, claim.speaker.actor, claim.mode) == ("narrator", None, "narrated")


def test_nested_speakers_form_a_chain_from_the_outermost_in() -> None:
    record = told("The interior minister, Omar Haddad, said police had told him that gunmen stormed the embassy.")
    claim = the(record, "reports", field="occurrence")
    assert claim.speaker.text == "police"
    names = {a.id: a.name for a in record.actors}
    assert names[claim.speaker.chain[0]] == "Omar Haddad"


# --- stances


@pytest.mark.parametrize(
    ("text", "stance", "speaker"),
    [
        ("The Red Front claimed responsibility for the bombing in Basra.", "claims_responsibility", "The Red Front"),
        ("The militia denied firing rockets at the airport.", "denies_responsibility", "The militia"),
        ("The airport director denied that rockets had hit the runway.", "denies_occurrence", "The airport director"),
        ("Residents accused the army of looting. The army rejected the accusations.", "denies_account", "The army"),
        ("The minister called the explanation a pretext.", "disputes_interpretation", "The minister"),
        ("Police blamed smugglers for the bombing in Basra.", "attributes", "Police"),
        ("Residents accused soldiers of looting homes in Aden.", "accuses", "Residents"),
        ("The embassy warned of attacks on hotels in Basra.", "warns", "The embassy"),
        ("The governor said the army would retaliate against the rebels.", "threatens", "The governor"),
        ("Residents complained of dirty water.", "complains", "Residents"),
        ("The minister promised to protect the embassies.", "commits", "The minister"),
        ("Analysts expect more attacks in Basra.", "predicts", "Analysts"),
        ("A diplomat said no proof links Iran to the bombing.", "caveats_evidence", "A diplomat"),
    ],
)
def test_stances(text: str, stance: str, speaker: str) -> None:
    assert speaker in {c.speaker.text for c in claims(told(text), stance)}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The department denied that there was any attack on the depot in Aden.", "denies_occurrence"),
        ("The militia denied an attack on the depot in Aden.", "denies_occurrence"),
        ("The militia denied attacking the depot in Aden.", "denies_responsibility"),
        ("The militia denied that it had attacked the depot in Aden.", "denies_responsibility"),
        ("وقع هجوم على مستودع في عدن. ونفت الوزارة وقوع أي هجوم.", "denies_occurrence"),
        ("نفت الجماعة قيامها بقصف مستودع في عدن.", "denies_responsibility"),
    ],
)
def test_only_what_the_speaker_would_have_done_is_a_denial_of_responsibility(text: str, stance: str) -> None:
    assert {c.stance for c in told(text).claims if c.stance.startswith("denies")} <= {stance}
    assert stance == "denies_occurrence" or the(told(text), stance).about[-1].startswith("act")


@pytest.mark.parametrize(
    "text",
    [
        "The minister said he is responsible for education and health.",
        "The clerk said she was responsible for two towns.",
        "Residents of the bombed town have nothing to eat, an aid worker said.",
        "The clerk has nothing in his account, police said after the bombing.",
        "قال الوزير إنه مسؤول عن التعليم.",
    ],
)
def test_a_duty_or_a_want_is_no_responsibility_for_a_deed(text: str) -> None:
    assert [c for c in told(text).claims if c.field == "perpetrator"] == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The Red Front said it was responsible for the bombing in Aden.", "claims_responsibility"),
        ("A bomb killed two men in Aden. The Red Front said it was responsible for it.", "claims_responsibility"),
        ("The army said it had nothing to do with the bombing in Aden.", "denies_responsibility"),
        ("قالت الجماعة إنها مسؤولة عن الهجوم على المطار.", "claims_responsibility"),
    ],
)
def test_responsibility_for_a_deed_is_about_its_account_and_the_speaker(text: str, stance: str) -> None:
    record = told(text)
    claim = the(record, stance)
    assert claim.about == (record.accounts[0].id, claim.speaker.actor)


@pytest.mark.parametrize(
    ("text", "threatens"),
    [
        ("Police said they will respond to emergency calls.", False),
        ("The fire chief said crews will respond to the fire.", False),
        ("قال المتحدث إن الوزارة سترد على أسئلة الصحفيين.", False),
        ("The general said the army will respond to the attack.", True),
        ("“If they bomb the depot, we will respond,” the general said.", True),
        ("قال القائد إن الجيش سيرد على أي هجوم.", True),
    ],
)
def test_an_answer_is_a_threat_where_it_answers_violence(text: str, threatens: bool) -> None:
    assert bool(claims(told(text), "threatens")) == threatens


@pytest.mark.parametrize(
    "text",
    [
        "Police said rebels shelled the town. The mayor said the army fled. The ministry denied there was any dispute.",
        "قالت الشرطة إن المتمردين قصفوا البلدة. ونفت الوزارة وجود أي خلاف.",
    ],
)
def test_every_claim_bears_on_something(text: str) -> None:
    record = told(text)
    led_to = {link.claim for c in record.claims for link in c.links}
    assert record.claims
    assert all(c.about or c.links or c.id in led_to for c in record.claims)


def test_who_did_it_is_claimed_only_where_the_account_has_it() -> None:
    record = told("Rebels shelled the town, police said. Soldiers who had found a mortar were shot dead by gunmen.")
    doers = {(a.id, role.actor) for a in record.accounts for role in a.roles if role.role == "perpetrator"}
    found = [c for c in record.claims if c.field == "perpetrator"]
    names = {a.name: a.id for a in record.actors}
    assert found
    assert {(c.about[0], names[c.value or ""]) for c in found} <= doers


@pytest.mark.parametrize(
    "text",
    [
        "No faction has yet claimed responsibility for Sunday’s raid in Mosul.",
        "Nobody made an immediate claim of responsibility after the bombing.",
        "The militia has not claimed responsibility for the bombing.",
        "A bomb went off in Mosul. Nobody claimed the attack.",
        "A bomb went off in Mosul. No faction said it was behind the attack.",
        "انفجرت قنبلة في الموصل. ولم تتبن أي جهة الهجوم.",
    ],
)
def test_nobody_claims_responsibility_where_nobody_did(text: str) -> None:
    assert claims(told(text), "claims_responsibility") == []


def test_a_claim_of_responsibility_that_names_nothing_is_about_the_incident_before() -> None:
    record = told("A bomb exploded in a market in Basra. The Red Front later claimed responsibility.")
    claim = the(record, "claims_responsibility")
    assert record.accounts[0].id in claim.about


def test_harm_that_may_come_is_a_warning() -> None:
    record = told("The State Department said militias may attack U.S. citizens in Basra.")
    assert {c.modality for c in claims(record, "warns")} == {"possible"}


def test_two_tolls_stay_with_their_speakers() -> None:
    record = told(
        "Police said the bombing in Basra killed four people. Hospital officials said the bombing killed six people."
    )
    tolls = {(c.speaker.text, c.value) for c in claims(record, "reports", field="killed")}
    assert tolls == {("Police", "four people"), ("Hospital officials", "six people")}


def test_a_hedge_is_kept_with_its_place_on_the_scale() -> None:
    claim = the(told("Police said rebels probably shelled the town."), "reports", field="occurrence")
    assert (claim.hedge, claim.certainty) == ("probably", 0.7)
    plain = the(told("Police said rebels shelled the town."), "reports", field="occurrence")
    assert plain.hedge is None and plain.certainty is not None and plain.certainty > 0.9


def test_the_day_of_the_telling_is_not_the_day_of_the_event() -> None:
    record = told("On Tuesday, police said rebels shelled the town.")
    assert {c.said_at for c in claims(record, "reports")} == {"2021-03-09"}


# --- links


def test_a_denial_contradicts_the_account_it_names() -> None:
    record = told("Residents accused soldiers of looting homes in Aden. The army denied the allegation.")
    assert linked(record, the(record, "denies_account")) == {("contradicts", "accuses")}


@pytest.mark.parametrize(
    ("text", "contradicts"),
    [
        ("Chad blamed the Red Front for the shelling of a village. Sudan denied the allegation.", True),
        ("Chad blamed Sudan for the shelling of a village. Kenya rejected baseless claims.", False),
        ("Chad blamed Sudan for the shelling of a village. Sudan rejected baseless claims.", True),
        (
            "Chad blamed the Amal Movement for the shelling of a village. The Lebanese Interior Ministry rejected baseless claims.",
            False,
        ),
        ("اتهمت الحكومة التشادية السودان بقصف قرية حدودية. ونفت الحكومة الكينية مسؤوليتها عن القصف.", False),
        ("اتهمت الحكومة التشادية السودان بقصف قرية حدودية. ونفت الحكومة السودانية مسؤوليتها عن القصف.", True),
    ],
)
def test_a_denial_speaks_for_its_own_side_unless_it_points_back(text: str, contradicts: bool) -> None:
    record = told(text)
    assert claims(record, "attributes", "accuses")
    found = [c for c in record.claims if c.stance.startswith("denies")]
    assert any(link.rel == "contradicts" for c in found for link in c.links) == contradicts


def test_a_denied_incident_contradicts_the_report_of_it() -> None:
    record = told(
        "The airport director denied that rockets had struck the runway. Police said four rockets hit the runway."
    )
    assert ("contradicts", "reports") in linked(record, the(record, "denies_occurrence"))


def test_mutual_blame_is_a_contradiction() -> None:
    record = told("Sudan blamed Chad for the shelling of a village. Chad blamed Sudan for the shelling of a camp.")
    first, second = claims(record, "attributes")
    assert linked(record, second) == {("contradicts", "attributes")}
    assert first.links == ()


def test_missing_evidence_qualifies_the_blame_before_it() -> None:
    record = told("The ministry blamed the Red Front for the bombing. It has so far given no proof of its claim.")
    assert ("qualifies", "attributes") in linked(record, the(record, "caveats_evidence"))


def test_firmer_evidence_takes_the_place_of_the_caveat() -> None:
    record = told(
        "A diplomat said no proof links Chad to the bombing. "
        "A senior judge said the proof of Chad’s part has become strong."
    )
    assert ("supersedes", "caveats_evidence") in linked(record, the(record, "evaluates", field="evidence"))


def test_a_label_for_a_closing_characterises_the_claim_of_it() -> None:
    record = told(
        "Norway will shut its embassy in Aden next month, officials said. "
        "The ambassador, Jane Rowe, called it a “short pause”."
    )
    assert ("characterises", "reports") in linked(record, the(record, "characterises"))


# --- Arabic, by the same code


def test_an_arabic_statement_has_its_source_its_cue_and_its_content() -> None:
    record = told("قال مسؤول أمني إن ثلاثة صواريخ سقطت قرب المطار في البصرة.")
    assert said(record) == [("مسؤول أمني", "قال", "ثلاثة صواريخ سقطت قرب المطار في البصرة")]
    assert {c.speaker.text for c in claims(record, "reports", field="occurrence")} == {"مسؤول أمني"}


def test_an_arabic_opener_may_be_written_onto_other_words() -> None:
    record = told("وبحسب شهود عيان، أضرم محتجون النار في مبنى القنصلية في البصرة.")
    assert said(record) == [("شهود عيان", "وبحسب", "أضرم محتجون النار في مبنى القنصلية في البصرة")]
    attached = told("أضرم محتجون النار في مبنى القنصلية في البصرة وفقا لمصدر أمني.")
    assert [source for source, *_ in said(attached)] == ["مصدر أمني"]


def test_an_arabic_denial_contradicts_the_report_of_the_incident() -> None:
    record = told("وقال المتحدث: «سقطت أربعة صواريخ على القاعدة». ونفى قائد القاعدة سقوط أي صاروخ.")
    assert ("contradicts", "reports") in linked(record, the(record, "denies_occurrence"))


def test_an_arabic_quotation_after_a_colon_is_direct() -> None:
    record = told("وقال المحافظ: «سقطت أربعة صواريخ على القاعدة».")
    ((source, cue, content),) = said(record)
    assert (source, content) == ("المحافظ", "«سقطت أربعة صواريخ على القاعدة»")
    assert "قال" in cue
    assert {c.mode for c in record.claims} == {"direct"}


# --- bad input


@pytest.mark.parametrize(
    "text",
    [
        '"They shot at us, said a student. It was terrible. Police fired at protesters.',
        "“Everything is fine. The road is open. Nobody was hurt in the explosion.”",
        "said said said: “” the bombing, said.",
        "“The bombing” said ”the police“ «that»“",
        "وقال: «انفجار ضخم",
    ],
)
def test_broken_quotations_give_spans_inside_the_text(text: str) -> None:
    record = told(text)
    spans = [s for a in record.attributions for s in (*a.source, *a.cue, *a.content)] + [c.span for c in record.claims]
    assert all(0 <= s[0] < s[1] <= len(record.report.text) for s in spans)
    assert all(a.content for a in record.attributions)


def test_the_same_text_gives_the_same_claims() -> None:
    text = "Police blamed smugglers for the bombing in Basra. The smugglers denied it, saying they had no role in the attack."
    assert to_json(tell_text(text)) == to_json(tell_text(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The Health Ministry retracted its statement on the bombing in the central market of Mosul.",
            "The Health Ministry",
        ),
        (
            "The agency corrected its report on the bombing in the market of Mosul, saying five people were killed.",
            "The agency",
        ),
        ("تراجعت وزارة الصحة عن بيانها بشأن التفجير في السوق المركزي في الموصل.", "وزارة الصحة"),
        ("وسحبت الشرطة روايتها عن التفجير في السوق المركزي في الموصل.", "الشرطة"),
    ],
)
def test_who_takes_a_statement_back_denies_its_own_word(text: str, speaker: str) -> None:
    record = told(text)
    claim = the(record, "denies_account", field="retraction")
    assert claim.speaker.text == speaker
    assert set(claim.about) & {a.id for a in record.accounts}


@pytest.mark.parametrize(
    "text",
    [
        "The army withdrew from the village after the bombing in Mosul.",
        "Police did not retract their statement on the bombing in the market of Mosul.",
        "تراجع الجيش عن مواقعه بعد القصف في الموصل.",
        "لم تتراجع الشرطة عن بيانها بشأن التفجير في السوق المركزي في الموصل.",
    ],
)
def test_a_retreat_or_a_statement_upheld_is_no_retraction(text: str) -> None:
    assert not claims(told(text), "denies_account", field="retraction")


def test_a_retraction_takes_the_place_of_what_its_speaker_said_before_in_the_report() -> None:
    record = told("The Health Ministry said on Monday that a bomb had killed five people in the market of Mosul. "
                  "On Tuesday the Health Ministry retracted its statement on the bombing.")  # fmt: skip
    retraction = the(record, "denies_account", field="retraction")
    assert {rel for rel, _ in linked(record, retraction)} == {"supersedes"}
    record = told("قالت وزارة الصحة يوم الاثنين إن قنبلة قتلت خمسة أشخاص في سوق الموصل. "
                  "وتراجعت وزارة الصحة يوم الثلاثاء عن بيانها بشأن التفجير.")  # fmt: skip
    assert {rel for rel, _ in linked(record, the(record, "denies_account", field="retraction"))} == {"supersedes"}


# --- who is held responsible

BOMB = "A car bomb exploded in Lima on Monday and killed two judges. "
BOMB_AR = "قُتل حارسان بانفجار سيارة مفخخة في عدن الاثنين. "


def doers(record: CodedReport) -> set[str]:
    names = {a.id: a.name for a in record.actors}
    return {names.get(r.actor or "", r.text) for a in record.accounts for r in a.roles if r.role == "perpetrator"}


@pytest.mark.parametrize(
    ("text", "stance", "speaker", "doer"),
    [
        (BOMB + "The police attributed the attack to the Shining Path.", "attributes", "The police", "Shining Path"),
        (BOMB + "The killing was blamed on the Shining Path by the police.", "attributes", "the police", "Shining Path"),
        (BOMB + "President Cano holds the FMLN responsible for the attack.", "attributes", "President Cano", "FMLN"),
        (BOMB + "Police suspect the Shining Path.", "accuses", "Police", "Shining Path"),
        (BOMB + "The Shining Path has been accused of the crime.", "accuses", None, "Shining Path"),
        (BOMB + "The attack was the work of the Shining Path, police said.", "attributes", "police", "Shining Path"),
        (BOMB + "The attack bore the hallmarks of the Shining Path.", "attributes", None, "Shining Path"),
        (BOMB + "The attackers left leaflets signed by the Shining Path.", "claims_responsibility", "the Shining Path", "Shining Path"),
        (BOMB + "The Shining Path admitted responsibility.", "claims_responsibility", "The Shining Path", "Shining Path"),
        (BOMB_AR + "ونسبت الشرطة الهجوم إلى تنظيم القاعدة.", "attributes", "الشرطة", "تنظيم القاعدة"),
        (BOMB_AR + "وتشتبه الشرطة في تنظيم القاعدة.", "accuses", "الشرطة", "تنظيم القاعدة"),
        (BOMB_AR + "ويحمل الهجوم بصمات تنظيم القاعدة.", "attributes", None, "تنظيم القاعدة"),
        (BOMB_AR + "وترك المهاجمون منشورات وقعها تنظيم القاعدة.", "claims_responsibility", "تنظيم القاعدة", "تنظيم القاعدة"),
        (BOMB_AR + "واتهمت الحكومة والجيش تنظيم القاعدة بالوقوف وراء الهجوم.", "accuses", "الحكومة والجيش", "تنظيم القاعدة"),
    ],
)  # fmt: skip
def test_whoever_is_blamed_or_claims_it_stands_in_the_account(
    text: str, stance: str, speaker: str | None, doer: str
) -> None:
    record = told(text)
    claim = the(record, stance, field="perpetrator")
    assert claim.speaker.text == speaker
    assert "acc1" in claim.about
    assert doers(record) == {doer}


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "A caller claiming to speak for the Shining Path said the group carried out the attack.",
        BOMB + "A Shining Path spokesman said the group carried out the attack.",
        BOMB_AR + "وقال متحدث باسم تنظيم القاعدة إن التنظيم نفذ الهجوم.",
    ],
)
def test_whoever_speaks_for_a_body_claims_its_deed(text: str) -> None:
    assert the(told(text), "claims_responsibility").field == "perpetrator"


def test_all_that_are_blamed_together_are_blamed() -> None:
    record = told(BOMB + "The rebels blamed the government and the army for the attack.")
    assert doers(record) == {"government", "army"}


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "No group has claimed responsibility for the attack.",
        BOMB + "The judges accused the police of corruption.",
        BOMB_AR + "ولم تتبن أي جهة الهجوم.",
    ],
)
def test_nobody_stands_in_an_account_for_what_he_is_not_blamed_for(text: str) -> None:
    assert doers(told(text)) == set()


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Presumed Shining Path guerrillas killed two judges in Lima on Monday.", "Presumed"),
        (
            "A car bomb allegedly planted by the Shining Path exploded in Lima on Monday and killed two judges.",
            "allegedly",
        ),
    ],
)
def test_a_doubt_about_the_doer_stays_with_the_claim_that_names_it(text: str, hedge: str) -> None:
    (claim,) = claims(told(text), "reports", field="perpetrator")
    assert (claim.value, claim.hedge) == ("Shining Path", hedge)


def test_the_body_behind_its_people_is_named_too_and_only_once() -> None:
    record = told(
        "FMLN urban commandos destroyed a truck on Monday, military sources said. The FMLN has not commented."
    )
    bodies = [r.text for a in record.accounts for r in a.roles if r.role == "perpetrator" and r.kind == "organisation"]
    assert bodies == ["FMLN"]
    assert next(a for a in record.actors if a.name == "military sources").sector == "state_forces"


# --- who speaks, and of what


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Gunmen stormed the town hall and burnt it down, witnesses and police said.", "witnesses and police", "burnt it down"),
        ("Residents, doctors and soldiers said that shells hit the market.", "Residents, doctors and soldiers", "shells hit the market"),
        ("The mayor and his deputy denied that a bomb had gone off.", "The mayor and his deputy", "a bomb had gone off"),
    ],
)  # fmt: skip
def test_speakers_set_side_by_side_are_one_source(text: str, source: str, content: str) -> None:
    found = said(told(text))
    assert len(found) == 1 and found[0][0] == source
    assert found[0][2].endswith(content)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "قال محافظ الأنبار خالد السالم إن باريس اتهمت مسلحين بخطف المهندس في الرمادي. ونفى أن يكون قد دفع فدية.",
            "محافظ الأنبار خالد السالم",
        ),
    ],
)
def test_who_goes_on_speaking_is_the_one_who_spoke_not_one_whose_words_he_told(text: str, speaker: str) -> None:
    record = told(text)
    denial = next(c for c in record.claims if c.stance.startswith("denies"))
    assert denial.speaker.text is not None and denial.speaker.text in speaker


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman denied that his country had shelled the port, recalling that its own consulate was burnt on 3 March.",
        "The army denied that it had shelled the port, adding that its own barracks had been shot at.",
    ],
)
def test_a_denial_does_not_reach_what_an_adjunct_tells_for_true(text: str) -> None:
    record = told(text)
    status = {a.type: a.status for a in record.accounts}
    assert status["shelling"] == "denied"
    other = next(a for a in record.accounts if a.type != "shelling")
    assert other.status == "occurred"
    denial = next(c for c in record.claims if c.stance.startswith("denies"))
    assert other.id not in denial.about


def test_what_a_denied_deed_led_to_is_denied_with_it() -> None:
    record = told("The army denied that it had shelled the market, killing ten people.")
    assert [a.status for a in record.accounts] == ["denied"]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Forty people fell ill with cholera in Pemba. On Friday gunmen took a driver in Metuge. "
         "The ministry warned that the number of infections could double.", "illness"),
        ("أصيب أربعون شخصا بالكوليرا في الحديدة. وخطف مسلحون سائقا في المخا الجمعة. "
         "وحذرت الوزارة من أن عدد الإصابات قد يتضاعف.", "illness"),
        ("Masked men abducted a teacher in Jos. Two suspects were arrested in Bauchi on Tuesday. "
         "Her brother said the captors had demanded money.", "abduction"),
    ],
)  # fmt: skip
def test_a_statement_bears_on_what_its_words_stand_for_rather_than_on_what_was_told_last(text: str, type_: str) -> None:
    record = told(text)
    last = max((c for c in record.claims if c.speaker.anonymity != "narrator"), key=lambda c: c.span)
    types = {a.id: a.type for a in record.accounts}
    assert types.get(next((a for a in last.about if a in types), "")) == type_, [
        (c.stance, c.about) for c in record.claims
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We blame the Northern Front and its armed wing for the assassination of Judge Karim Nuri.",
        "نحمّل الجيش مسؤولية قتل المتظاهرين في الناصرية.",
        "نتهم الحكومة بالوقوف وراء اغتيال الصحفي في البصرة.",
    ],
)
def test_whom_a_statement_blames_in_its_own_voice_is_blamed_by_the_report(text: str) -> None:
    blame = claims(told(text), "accuses", "attributes", field="perpetrator")
    assert [c.speaker.anonymity for c in blame] == ["narrator"]


def test_what_a_quoted_we_blames_is_blamed_by_the_speaker() -> None:
    blame = claims(
        told('A bomb hit a bank in Lima. "We blame the army for the attack," the mayor said.'), "accuses", "attributes"
    )
    assert [c.speaker.text for c in blame] == ["the mayor"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Two men were shot in Gao on Monday. Fighters of the Azawad Front claimed responsibility for the attack.",
            "Azawad Front",
        ),
        ("قتل رجلان بالرصاص في غاو الاثنين. وتبنى مقاتلون من جبهة أزواد الهجوم.", "أزواد"),
    ],
)
def test_men_who_own_up_own_up_for_their_body(text: str, body: str) -> None:
    record = told(text)
    claim = the(record, "claims_responsibility")
    names = {a.id: a.name for a in record.actors}
    assert any(body in names.get(i, "") for i in claim.about), [names.get(i) for i in claim.about]


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman denied that the government had threatened the consulate.",
        "ونفى المتحدث أن تكون الحكومة قد هددت القنصلية.",
    ],
)
def test_what_is_denied_to_have_been_said_is_no_claim_of_its_own(text: str) -> None:
    record = told(text)
    assert [c.stance for c in record.claims if c.speaker.anonymity != "narrator"] == ["denies_occurrence"]
    (threat,) = record.accounts
    assert threat.type == "threat" and threat.status == "denied"
    assert {r.role for r in threat.roles} == {"perpetrator", "target"}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Nobody was hurt in the fire, Sgt. Dale Purdy said.", "Dale Purdy"),
        ("Two men were shot on Sunday, Insp. Ada Roe said.", "Ada Roe"),
        ("No one has been hurt, reeve Gord Swanty said.", "Gord Swanty"),
        ("It was an army drone, maintains Odaa Tarbii.", "Odaa Tarbii"),
        ("“The bridge is closed,” yelled Ana Ruiz.", "Ana Ruiz"),
        ("The Mission Hospital assures the public that its gates stay open.", "Hospital"),
    ],
)
def test_who_closes_a_sentence_is_its_speaker_however_the_parse_ties_him(text: str, source: str) -> None:
    (found,) = said(told(text))
    assert source in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "وقال قائد في جبهة أزواد المسلحة من مدينة كيدال في شمال مالي لوكالة الأنباء إن المقاتلين بخير. وأضاف أن الجيش قصف القرية.",
        "قال متحدث باسم جبهة أزواد من مدينة كيدال في شمال مالي إن المقاتلين بخير. وأضاف أن الجيش قصف.",
    ],
)
def test_who_goes_on_speaking_owns_up_for_nobody_but_his_own_body(text: str) -> None:
    assert claims(told(text), "claims_responsibility") == []


SHOT = "Gunmen shot a driver in Gao on Saturday. "
SHOT_AR = "قتل مسلحون سائقا في غاو السبت. "


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (SHOT + 'The mayor, Ana Ruiz, was having none of it: "Nobody was shot in my town."', "The mayor, Ana Ruiz", '"Nobody was shot in my town."'),
        (SHOT_AR + "لم يقتنع رئيس النقابة سالم: «هذا كلام لا يصدقه أحد منا».", "رئيس النقابة سالم", "«هذا كلام لا يصدقه أحد منا»"),
        (SHOT + "The Red Cross, says a delegate, moved its team out of Gao on Monday.", "a delegate", "The Red Cross | moved its team out of Gao on Monday"),
        (SHOT + "In the company's view it was sabotage.", "the company", "it was sabotage"),
        (SHOT_AR + "المدينة، يقول رئيس البلدية سالم العاني، تعرضت لقصف عنيف.", "رئيس البلدية سالم العاني", "المدينة | تعرضت لقصف عنيف"),
        (SHOT_AR + "قال المتحدث باسم الوزارة كريم العاني إن السائق مات في المستشفى.", "المتحدث باسم الوزارة كريم العاني",
         "السائق مات في المستشفى"),
        (SHOT + "The commissioner has informed the diplomatic corps that Gao will be sealed from 6:00 a.m. on Monday.", "The commissioner",
         "that Gao will be sealed from 6:00 a.m. on Monday"),
    ],
)  # fmt: skip
def test_a_statement_is_found_without_a_verb_that_ties_it_to_its_speaker(text: str, source: str, content: str) -> None:
    assert (source, content) in [(s, c) for s, _, c in said(told(text))]


@pytest.mark.parametrize(
    "text",
    [
        SHOT + 'The list had two columns: "names and numbers of men".',
        SHOT + "The bridge is closed, its director told reporters.",
    ],
)
def test_neither_things_nor_those_who_are_told_speak(text: str) -> None:
    assert not any(s in ("The list", "reporters") for s, _, _ in said(told(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Rockets hit the airport on Saturday. The rockets caused neither casualties nor damage, a security source said.",
        "The consulate in Basra was closed on Saturday. An aide said members had been given no formal notice of a closure.",
        "سقطت صواريخ على مطار البصرة السبت. وقال مصدر أمني إنها لم تسفر عن إصابات أو أضرار.",
    ],
)
def test_a_toll_of_zero_or_a_missing_notice_denies_no_deed(text: str) -> None:
    assert not [c for c in told(text).claims if c.stance.startswith("denies")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("وحمّل نائب عن البصرة واشنطن ورئيس الوزراء معا مسؤولية ما جرى.", "نائب"),
        ("واشنطن تغلق قنصليتها في البصرة وتتهم فصائل تدعمها إيران بإطلاق صواريخ.", "واشنطن"),
    ],
)
def test_who_accuses_is_not_taken_for_the_accused(text: str, speaker: str) -> None:
    record = told(text)
    claim = the(record, "accuses", field="perpetrator")
    assert claim.speaker.text == speaker
    names = {a.id: a.mentions for a in record.actors}
    assert claim.speaker.actor is None or len(names[claim.speaker.actor]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "اغتال مسلحون محاميا في البصرة الاثنين. وأوضح المصدر أن المسلحين كانوا يستقلون سيارة حديثة وأطلقوا النار على سيارة المحامي.",
        "قالت قيادة العمليات في البصرة إنها فرضت حظرا للتجوال.",
        "The operations command in Basra said it had imposed a curfew on Saturday.",
        "Police in Basra said gunmen got out of a car and opened fire on a lawyer.",
    ],
)
def test_nobody_owns_up_to_what_he_only_reports_or_decides(text: str) -> None:
    assert claims(told(text), "claims_responsibility") == []


@pytest.mark.parametrize(
    "text",
    [
        "Rockets hit the consulate in Basra on Friday. The department denied that there was any dispute.",
        "سقطت صواريخ على مطار البصرة السبت. ونفت الوزارة وجود أي خلاف.",
        "سقطت أربعة صواريخ على مطار البصرة السبت. وقال ضابط شرطة إن أحدها لم ينفجر.",
    ],
)
def test_what_is_denied_beside_an_incident_does_not_deny_it(text: str) -> None:
    assert not [c for c in told(text).claims if c.stance.startswith("denies")]


def test_asking_a_price_accuses_nobody() -> None:
    record = told("Rockets hit Basra on Sunday. Water sellers charge three times the price of last year.")
    assert claims(record, "accuses") == []


def test_those_who_only_watch_foretell_what_they_cannot_promise() -> None:
    record = told(
        "If rockets were ever to hit the terminals off Basra, exports would stop within hours, shipping analysts said."
    )
    assert {c.stance for c in record.claims if c.speaker.anonymity != "narrator"} <= {"predicts", "warns"}
