"""Who is held responsible, in which words, and who says it: every body told as a doer has a claim that says so."""

from __future__ import annotations

import pytest

from kavass.model import CodedReport
from kavass.pipeline import tell_text

BOMB = "A bomb exploded at a bank in Lima on Monday, killing two people. "
ARABIC_BOMB = "انفجرت عبوة ناسفة في سوق المدينة يوم الاثنين وقتلت شخصين. "


def held(record: CodedReport) -> set[tuple[str, str, bool]]:
    """(stance, whom it holds responsible, whether hedged or left open) of the claims about an account."""
    accounts, actors = {a.id for a in record.accounts}, {a.id: a.name for a in record.actors}
    found: set[tuple[str, str, bool]] = set()
    for claim in record.claims:
        if claim.field == "perpetrator" and claim.polarity == "affirmed" and accounts & set(claim.about):
            whom = {actors[i] for i in claim.about if i in actors} | {claim.value or ""}
            loose = claim.hedge is not None or claim.modality != "actual"
            found |= {(claim.stance, name, loose) for name in whom}
    return found


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "A judge ordered the arrest of eight members of the Ruritanian Army involved in the massacre of six priests.",
            ("attributes", "Ruritanian Army", False),
        ),
        (
            "Officials said that the Ruritanian Army was directly linked to the murder of six priests.",
            ("attributes", "Ruritanian Army", False),
        ),
        (
            "Two soldiers of the Ruritanian Army are implicated in the assassination of the bishop.",
            ("accuses", "Ruritanian Army", False),
        ),
        (
            "Fighters of the Red Front took part in the attack on the barracks.",
            ("reports", "Red Front", False),
        ),
        (
            BOMB
            + "Although no one has claimed credit, the press blamed it on the Red Front, against whom war was declared.",
            ("attributes", "Red Front", False),
        ),
        (
            "Soldiers attacked the village on Monday. Three women told of the massacre, for which they hold the army responsible.",
            ("attributes", "army", False),
        ),
        (
            "Guerrillas destroyed a radio mast, an attack that officials blamed on the Red Front.",
            ("attributes", "Red Front", False),
        ),
        (BOMB + "The Red Front claimed credit for these two actions.", ("claims_responsibility", "Red Front", False)),
        (
            BOMB + "There was no confirmation on whether the attack was perpetrated by the Red Front.",
            ("reports", "Red Front", True),
        ),
        (
            "Rebels attacked the ministry with mortars. The attack was presumably carried out by fighters of the Red Front.",
            ("reports", "Red Front", True),
        ),
        (
            "Elders alleged that the Red Front attacked the village on Sunday.",
            ("accuses", "Red Front", True),
        ),
        (
            "Elders charged that fighters of the Red Front attacked the village on Sunday.",
            ("accuses", "Red Front", False),
        ),
        (
            "The clashes near the school were the work of the Red Front, which the police hold responsible for the attack.",
            ("attributes", "Red Front", False),
        ),
        (BOMB + "The police attributed the attack to the Red Front.", ("attributes", "Red Front", False)),
        (
            "Two mayors were killed in Abrego on Monday, apparently by fighters of the Red Front.",
            ("reports", "Red Front", True),
        ),
        (BOMB + "It is presumed that the Red Front was behind the attack.", ("attributes", "Red Front", True)),
        (BOMB + "The Red Front is suspected of the attack.", ("accuses", "Red Front", True)),
        (
            "Ten soldiers of the Ruritanian Army were charged with the murder of the bishop.",
            ("accuses", "Ruritanian Army", False),
        ),
        (
            "In an action attributed to the Red Front, a bomb destroyed a school in Lima on Monday.",
            ("attributes", "Red Front", False),
        ),
        (
            "The murder of the two missionaries was claimed by the Red Front.",
            ("claims_responsibility", "Red Front", False),
        ),
        (
            BOMB + "A caller who said he belonged to the Red Front claimed the attack.",
            ("claims_responsibility", "Red Front", False),
        ),
        (
            BOMB + "It is presumed that this action involved fighters of the Red Front.",
            ("attributes", "Red Front", True),
        ),
        (
            BOMB + "The judge said the evidence shows the involvement of the Red Front in the attack.",
            ("attributes", "Red Front", False),
        ),
        (
            "Four gunmen, allegedly belonging to the Red Front, shot the mayor dead on Monday.",
            ("reports", "Red Front", True),
        ),
        (
            "قال الأهالي إن مسلحين ينتمون إلى حركة الشباب هاجموا القرية.",
            ("reports", "حركة الشباب", False),
        ),
        (
            ARABIC_BOMB + "وقال القاضي إن الأدلة تثبت ضلوع حركة الشباب في الهجوم.",
            ("attributes", "حركة الشباب", False),
        ),
        (
            ARABIC_BOMB + "وتبنى متصل قال إنه ينتمي إلى حركة الشباب الهجوم.",
            ("claims_responsibility", "حركة الشباب", False),
        ),
        (
            ARABIC_BOMB + "وحملت الشرطة حركة الشباب مسؤولية الهجوم.",
            ("accuses", "حركة الشباب", False),
        ),
        ("شارك مقاتلون من حركة الشباب في الهجوم على الفندق.", ("reports", "حركة الشباب", False)),
        ("تورط مقاتلون من حركة الشباب في الهجوم على الفندق.", ("attributes", "حركة الشباب", False)),
        ("قال مسؤولون إن حركة الشباب ضالعة في الهجوم على الفندق.", ("attributes", "حركة الشباب", False)),
        ("اتهمت النيابة حركة الشباب بالهجوم على الفندق.", ("accuses", "حركة الشباب", False)),
        ("اتهمت النيابة حركة الشباب بتنفيذ الهجوم على الفندق.", ("accuses", "حركة الشباب", False)),
        ("نسبت الشرطة الهجوم على الفندق إلى حركة الشباب.", ("attributes", "حركة الشباب", False)),
        ("هاجم مسلحون الفندق، وهو هجوم نسبته الشرطة إلى حركة الشباب.", ("attributes", "حركة الشباب", False)),
        (ARABIC_BOMB + "وتبنت حركة الشباب الهجوم.", ("claims_responsibility", "حركة الشباب", False)),
        (ARABIC_BOMB + "وأعلنت حركة الشباب مسؤوليتها عن هذه العملية.", ("claims_responsibility", "حركة الشباب", False)),
        (
            ARABIC_BOMB + "ولم يعرف بعد ما إذا كان مسلحو حركة الشباب قد هاجموا السوق.",
            ("reports", "حركة الشباب", True),
        ),
        ("زعم الأهالي أن حركة الشباب هاجمت القرية يوم الأحد.", ("reports", "حركة الشباب", True)),
        ("هاجم مسلحون من حركة الشباب القرية يوم الأحد على ما يبدو.", ("reports", "حركة الشباب", True)),
        ("على الأرجح هاجم مسلحون من حركة الشباب القرية.", ("reports", "حركة الشباب", True)),
        ("قيل إن مقاتلين من حركة الشباب هاجموا القرية.", ("reports", "حركة الشباب", False)),
        (ARABIC_BOMB + "وألقت الشرطة اللوم على حركة الشباب.", ("attributes", "حركة الشباب", False)),
        (ARABIC_BOMB + "وقال قائد الشرطة إن حركة الشباب تقف وراء الهجوم.", ("attributes", "حركة الشباب", False)),
        (ARABIC_BOMB + "وقالت الشرطة إن حركة الشباب مسؤولة عن الهجوم.", ("attributes", "حركة الشباب", False)),
        (ARABIC_BOMB + "وربطت الشرطة حركة الشباب بالهجوم.", ("attributes", "حركة الشباب", False)),
        (ARABIC_BOMB + "وتشتبه الشرطة في أن حركة الشباب نفذت الهجوم.", ("evaluates", "حركة الشباب", True)),
    ],
)
def test_whoever_is_held_responsible_has_a_claim_that_says_so(text: str, claim: tuple[str, str, bool]) -> None:
    record = tell_text(text, published="2021-03-10")
    assert claim in held(record), held(record)


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "Neither the Red Front nor any other group has claimed responsibility for the attack.",
        BOMB + "The union urged the government to assume responsibility for the attack.",
        BOMB + "The union demanded that the government take responsibility for the attack.",
        BOMB + "The Red Front has not claimed responsibility for the attack.",
        ARABIC_BOMB + "ودعا النواب الحكومة إلى إعلان مسؤوليتها عن الهجوم.",
        ARABIC_BOMB + "وطالب النواب الحكومة بتحمل مسؤولية الهجوم.",
        ARABIC_BOMB + "ولم تتبن حركة الشباب الهجوم.",
        ARABIC_BOMB + "ولم تعلن أي جهة مسؤوليتها عن الهجوم.",
    ],
)
def test_nobody_is_held_responsible_who_only_might_own_up(text: str) -> None:
    record = tell_text(text, published="2021-03-10")
    assert not held(record)
    assert not [r for a in record.accounts for r in a.roles if r.role == "perpetrator"]


def test_the_country_of_a_body_that_owns_up_does_not_own_up() -> None:
    record = tell_text(
        "Ruritania's Red Front claimed responsibility for the attack on the hotel.", published="2021-03-10"
    )
    assert ("claims_responsibility", "Ruritania", False) not in held(record)
