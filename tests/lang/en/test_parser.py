"""The parser's words: heads, edges, lemmas, kinds of names."""

from kavass.lang.en.parser import Word, parse


def words(text: str) -> list[Word]:
    return parse([text])[0]


def word(text: str, name: str) -> Word:
    return next(w for w in words(text) if w.text == name)


def test_heads_children_and_edges_hold_together() -> None:
    found = words("Two gunmen on a motorcycle killed the mayor of the town.")
    root = next(w for w in found if w.head is w)
    assert root.lemma_ == "kill" and root.left_edge.text == "Two" and root.right_edge.i >= found[-2].i
    for one in found:
        assert one is root or one in one.head.children
        assert one.left_edge.i <= one.i <= one.right_edge.i
        assert {w.i for w in one.subtree} <= set(range(one.left_edge.i, one.right_edge.i + 1))


def test_offsets_are_those_of_the_text() -> None:
    text = "Police  said:\t“three dead”."
    assert all(text[w.idx : w.idx + len(w.text)] == w.text for w in words(text))
    assert "".join(w.text_with_ws for w in words(text)) == text


def test_a_word_can_be_hung_elsewhere() -> None:
    found = words("The guard shot the thief.")
    guard, thief = (next(w for w in found if w.text == name) for name in ("guard", "thief"))
    old = guard.head
    guard.hang(thief)
    assert guard in thief.children and guard not in old.children and thief.left_edge.i <= guard.left_edge.i
    assert [c.i for c in thief.children] == sorted(c.i for c in thief.children)


def test_kinds_of_names() -> None:
    text = "President Barack Obama met officials of the United Nations in Paris on Monday."
    kinds = {w.text: w.kind for w in words(text)}
    assert (
        kinds["Obama"] == "PERSON"
        and kinds["Nations"] == "ORG"
        and kinds["Paris"] == "GPE"
        and kinds["Monday"] == "DATE"
    )
    assert kinds["officials"] == ""


def test_same_text_same_words() -> None:
    text = "They're gonna leave; the army's men didn't."
    first, second = words(text), words(text)
    assert [(w.text, w.lemma_, w.tag_, w.dep_, w.head.i) for w in first] == [
        (w.text, w.lemma_, w.tag_, w.dep_, w.head.i) for w in second
    ]


def test_nothing_gives_nothing() -> None:
    assert parse([]) == [] and parse([""]) == [[]]
