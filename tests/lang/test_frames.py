"""Frames as data: what a file may hold, and which of several frames a clause fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from kavass.errors import DataError
from kavass.lang import frames as frames_of
from kavass.lang import load
from kavass.lang.clause import Analysis, Argument, Clause, Phrase, Sentence
from kavass.lang.frames import Frames
from kavass.model import IncidentType, Span


def written(tmp_path: Path, text: str) -> Frames:
    (tmp_path / "incidents.toml").write_text(text, "utf-8")
    return frames_of.load(tmp_path)


def told(subject: tuple[str, ...], object: tuple[str, ...]) -> Analysis:
    """ "X strikes Y" with the classes of both."""
    phrases = [
        Phrase(index=i, span=Span(9 * i, 9 * i + 3), core=Span(9 * i, 9 * i + 3), head=Span(9 * i, 9 * i + 3), lemma=f"n{i}",
               classes=frozenset(c))
        for i, c in enumerate((subject, object))
    ]  # fmt: skip
    arguments = (
        Argument(function="subject", phrase=0, span=phrases[0].span),
        Argument(function="object", phrase=1, span=phrases[1].span),
    )
    clause = Clause(index=0, predicate=Span(4, 8), lemma="strike", span=Span(0, 12), arguments=arguments)
    return Analysis(
        sentences=[Sentence(index=0, span=Span(0, 12), zone="body", paragraph=0, clauses=[clause], phrases=phrases)]
    )


TWO = """
[[frame]]
yields = "account:attack"
verbs = ["strike"]
roles = { subject = "perpetrator", object = "target" }
unless = { object = ["competition"] }

[[frame]]
yields = "account:shelling"
verbs = ["strike"]
where = { subject = ["weapon.indirect"] }
roles = { subject = "weapon", object = "target" }
"""


def test_the_frame_with_more_conditions_wins(tmp_path: Path) -> None:
    frames = written(tmp_path, TWO)
    (hit,) = frames.match(told(("weapon.indirect",), ("facility",)))
    assert hit.value == "shelling" and set(hit.roles) == {"weapon", "target"}
    (hit,) = frames.match(told(("person",), ("facility",)))
    assert hit.value == "attack"


def test_a_class_that_must_not_be_there_refuses_the_frame(tmp_path: Path) -> None:
    assert written(tmp_path, TWO).match(told(("person",), ("competition",))) == []


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        written(
            tmp_path,
            '[[frame]]\nyields = "account:x"\n[[frame]]\nverbs = ["a"]\n[[frame]]\nyields = "noise:x"\nverbs = ["a"]',
        )
    assert len(error.value.faults) == 3


@pytest.mark.parametrize("code", ["en", "ar"])
def test_every_incident_type_of_the_contract_has_a_frame(code: str) -> None:
    yielded = {value for f in load(code).frames.frames for kind, value in f.yields if kind == "account"}
    assert yielded == set(IncidentType.__args__)  # type: ignore[attr-defined]


def test_a_frame_may_ask_what_its_clause_hangs_on(tmp_path: Path) -> None:
    frames = written(
        tmp_path,
        """
[[frame]]
yields = "account:protest"
verbs = ["strike"]
under = ["call"]

[[frame]]
yields = "account:attack"
verbs = ["strike"]
roles = { "oblique:on|at" = "target" }
apart = ["call"]
""",
    )
    analysis = told((), ())
    assert [h.value for h in frames.match(analysis)] == ["attack"]
    above = Clause(index=1, predicate=Span(4, 8), lemma="call", span=Span(0, 12))
    analysis.sentences[0].clauses.append(above)
    analysis.sentences[0].clauses[0].parent = 1
    assert [h.value for h in frames.match(analysis)] == ["protest"]
