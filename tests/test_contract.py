"""Output, schema and the contract's field names agree, and every span slices to its words."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavass import pipeline
from kavass.model import CODED_REPORT, CodedReport, Incident, from_json, schema, to_json

ENGLISH = (
    "BAGHDAD — Gunmen killed two policemen and wounded three others in Mosul on Friday, a security official said.\n\n"
    "Hours later a mortar shell landed some 200 metres from the Turkish consulate with no reported injuries. "
    "The Interior Ministry blamed the attack on the Islamic State group, which has not commented.\n\n"
    "The Turkish foreign ministry will close the consulate, its spokeswoman said. “If we are attacked, we will respond,” she added."
)
ARABIC = (
    "بغداد – قال مصدر أمني إن مسلحين مجهولين قتلوا شرطيين اثنين وأصابوا ثلاثة آخرين في الموصل يوم الجمعة.\n\n"
    "وأضاف المصدر أن قذيفة هاون سقطت قرب القنصلية التركية دون وقوع إصابات. ونفت الوزارة وقوع أي هجوم."
)
# The contract's page, field by field: a rename fails here before it reaches anybody.
FIELDS = {
    "": "schema kavass report actors places attributions accounts claims posture advisories measures drivers relations",
    "Report": "id key uri publisher origin language title published published_from dateline text zones repairs",
    "Zone": "start end zone",
    "Repair": "span reading",
    "Actor": "id name kind sector country known_as mentions",
    "PlaceMention": "mention kind name geonames_id country lat lon radius_km",
    "Attribution": "source cue content",
    "Account": "id type primary mode status certainty spans trigger when place distance roles counts effects",
    "When": "start end precision text span",
    "Place": "name geonames_id country lat lon radius_km precision span",
    "Distance": "metres low high from text span",
    "Role": "role kind named actor text mentions target_class",
    "Count": "field low high approximate text span",
    "Effect": "effect span",
    "Claim": "id about field value stance speaker mode modality polarity hedge certainty said_at cue span links",
    "Speaker": "actor text anonymity chain",
    "Link": "rel claim",
    "PostureChange": "post change label status effective decided_by claims span",
    "PostTold": "name owner kind place known_as",
    "Advisory": "issuer country level change span",
    "Measure": "kind by place when span",
    "Driver": "driver account span",
    "Relation": "rel from to claim span",
}


@pytest.fixture(scope="module")
def records() -> list[CodedReport]:
    return [pipeline.tell_text(ENGLISH, published="2018-09-29"), pipeline.tell_text(ARABIC, published="2018-09-29")]


def test_schema_has_the_contract_s_fields() -> None:
    made = schema(CodedReport)
    for name, fields in FIELDS.items():
        properties = made["$defs"][name]["properties"] if name else made["properties"]
        assert set(fields.split()) <= set(properties), name


def test_output_validates_against_the_schema(records: list[CodedReport]) -> None:
    validator = jsonschema.Draft202012Validator(schema(CodedReport))
    for record in records:
        validator.validate(json.loads(to_json(record)))
        assert json.loads(to_json(record))["schema"] == CODED_REPORT


def test_both_languages_fill_the_record(records: list[CodedReport]) -> None:
    for record in records:
        assert {"shooting", "shelling"} & {a.type for a in record.accounts}, record.report.language
        assert record.actors and record.claims and record.attributions and record.places


def test_same_input_gives_the_same_bytes(records: list[CodedReport]) -> None:
    again = [pipeline.tell_text(ENGLISH, published="2018-09-29"), pipeline.tell_text(ARABIC, published="2018-09-29")]
    assert [to_json(a) for a in again] == [to_json(r) for r in records]


def test_written_record_reads_back_as_itself(records: list[CodedReport]) -> None:
    for record in records:
        assert from_json(CodedReport, to_json(record)) == record


def spans(node: object) -> list[tuple[int, int]]:
    if isinstance(node, dict):
        return [s for key, value in node.items() if key not in ("zones", "report") for s in spans(value)]
    if isinstance(node, list):
        if len(node) == 2 and all(isinstance(i, int) for i in node):
            return [(node[0], node[1])]
        return [s for value in node for s in spans(value)]
    return []


def quotes(node: object) -> list[tuple[str, list[list[int]]]]:
    """(text, its spans) of everything that quotes the report."""
    if isinstance(node, dict):
        held = [node["span"]] if node.get("span") and isinstance(node["span"][0], int) else node.get("mentions") or []
        mine = [(node["text"], held)] if isinstance(node.get("text"), str) and held else []
        return mine + [q for key, value in node.items() if key != "report" for q in quotes(value)]
    return [q for value in node for q in quotes(value)] if isinstance(node, list) else []


def check_spans(record: CodedReport) -> None:
    data, text = json.loads(to_json(record)), record.report.text
    assert [s for s in spans(data) if not 0 <= s[0] < s[1] <= len(text)] == []
    for words, held in quotes(data):
        assert any(text[a:b].split() == words.split() for a, b in held), words


def test_every_span_slices_to_its_words(records: list[CodedReport]) -> None:
    for record in records:
        assert spans(json.loads(to_json(record)))
        check_spans(record)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from([*ENGLISH.split(" "), *ARABIC.split(" "), "\u202e", "\u200f", "<script>", "«", "“", "\n\n"]),
        max_size=40,
    )
)
def test_spans_hold_on_any_text(words: list[str]) -> None:
    text = " ".join(words)
    if text.strip():
        check_spans(pipeline.tell_text(text, published="2018-09-29"))


def test_incident_schema_has_the_contract_s_fields() -> None:
    fields = {"schema", "id", "type", "status", "when", "place", "best", "dissent", "accounts", "origins", "as_of"}
    assert fields <= set(schema(Incident)["properties"])


def test_contract_page_names_every_field() -> None:
    page = (Path(__file__).parent.parent / "docs" / "contract.md").read_text("utf-8")
    missing = {
        name
        for fields in FIELDS.values()
        for name in fields.split()
        if f"`{name}`" not in page and f'"{name}"' not in page
    }
    assert missing == set()
