"""Arabic tolls: nouns of the dead and hurt that are denied count none, and cases of an illness count the ill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from kavass.lang.ar.forms import tables
from kavass.lang.clause import Clause, Phrase

CASES = ("حالة", "إصابة", "مصاب")  # «ستين حالة تسمم», «عشر إصابات بالحمى»
HURT = "casualty.injured"
DEADLY = {
    "قتل": "قتل وأصاب",
    "استشهد": "قتل وأصاب",
    "مقتل": "مقتل وإصابة",
    "استشهاد": "مقتل وإصابة",
    "مصرع": "مقتل وإصابة",
}
HURTING = ("أصاب", "جرح", "إصابة")
AND = 3  # letters between two words that «و» joins


def tolls(phrases: list[Phrase], clauses: Iterable[Clause], happening: frozenset[str]) -> None:
    """Sets what the phrases of a finished sentence count."""
    told = list(clauses)
    table = tables("numbers")["telling"]
    victims = table["victims"]
    for clause, after in pairwise(told):
        _join(clause, after)
        _mend_noun(phrases, clause, after)
    for clause in told:
        _mend_object(phrases, clause)
        if clause.negated and (clause.lemma in happening or clause.lemma in table["leaving"]):
            _deny(phrases, clause, victims)
    for phrase in phrases:
        if phrase.lemma in CASES and _ill(phrases, phrase):
            phrase.classes = (phrase.classes - {HURT}) | {"casualty.ill"}
        if phrase.negated and phrase.lemma in victims:
            phrase.classes = phrase.classes | {"casualty"}
        if phrase.negated and phrase.has("casualty") and not phrase.has("figure") and phrase.quantity is None:
            _none(phrase)


def _join(clause: Clause, after: Clause) -> None:
    """«مقتل وإصابة عشرة», «قتل وأصيب عشرة»: one figure for both, that belongs to the first alone."""
    lemma = DEADLY.get(clause.lemma)
    if lemma is None or after.lemma not in HURTING or after.predicate.start - clause.predicate.end > AND:
        return
    if clause.kind != after.kind or any(a.function in ("subject", "object") for a in clause.arguments):
        return
    clause.lemma, clause.voice = lemma, after.voice
    clause.arguments = (*clause.arguments, *(a for a in after.arguments if a not in clause.arguments))
    after.arguments = tuple(a for a in after.arguments if a.function not in ("subject", "object"))


def _mend_noun(phrases: list[Phrase], clause: Clause, after: Clause) -> None:
    """«مقتل امرأة وجرح ثلاثة»: behind a noun of death the word joined to it is the noun, and its genitive is who is hurt."""
    joined = clause.kind == "noun" and clause.lemma in DEADLY and after.kind == "verb" and after.lemma in HURTING
    if not joined or after.voice != "active":
        return
    hurt = next((a for a in after.arguments if a.function == "subject" and a.phrase is not None), None)
    if (
        hurt is not None
        and hurt.phrase is not None
        and hurt.span.start > after.predicate.start
        and phrases[hurt.phrase].quantity
    ):
        rest = (a for a in after.arguments if a.function not in ("subject", "object"))
        after.arguments = (replace(hurt, function="object"), *rest)


def _mend_object(phrases: list[Phrase], clause: Clause) -> None:
    """«وأصابت ثمانية من المارة»: people counted behind a verb of harm that has no object are those it harmed."""
    if clause.kind != "verb" or clause.voice != "active" or clause.lemma not in (*HURTING, "قتل"):
        return
    found = next((a for a in clause.arguments if a.function == "subject" and a.phrase is not None), None)
    objects = [phrases[a.phrase] for a in clause.arguments if a.function == "object" and a.phrase is not None]
    if (
        found is None
        or found.phrase is None
        or found.span.start < clause.predicate.end
        or any(p.classes for p in objects)
    ):
        return
    people = phrases[found.phrase]
    if (
        people.quantity
        and (people.kind == "number" or people.has("person"))
        and not people.has("person.fighter", "person.assailant")
    ):
        rest = (a for a in clause.arguments if a.function not in ("subject", "object"))
        clause.arguments = (replace(found, function="object"), *rest)


def _deny(phrases: list[Phrase], clause: Clause, victims: Sequence[str]) -> None:
    """«لم تقع إصابات»: what did not come about."""
    for argument in clause.arguments:
        if argument.phrase is None or argument.function not in ("subject", "object", "oblique"):
            continue
        at: int | None = argument.phrase
        while at is not None:
            for index in (at, *phrases[at].conjuncts):
                toll = phrases[index].has("casualty") or phrases[index].lemma in victims
                phrases[index].negated = phrases[index].negated or toll
            at = None if phrases[at].has("figure") else phrases[at].possessor


def _ill(phrases: list[Phrase], phrase: Phrase) -> bool:
    inside = [phrase.possessor, *(i for p, i in phrase.prepositions if p == "ب")]
    return any(phrases[i].has("illness") for i in inside if i is not None)


def _none(phrase: Phrase) -> None:
    """No «إصابات» leaves nobody dead or hurt; no «قتلى» speaks of the dead alone."""
    if HURT in phrase.classes and phrase.lemma == "إصابة":
        phrase.classes = (phrase.classes - {HURT}) | {"casualty"}
    phrase.low, phrase.high, phrase.quantity = 0, 0, phrase.head
