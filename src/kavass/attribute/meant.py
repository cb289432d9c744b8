"""How a plain statement ("said that ...") is meant: the cue is silent, what is said tells.

A deed that did not happen is denied, the more so by whose side is told not to have done it; what the speaker's side will do is
promised, or threatened if it is harm; what will come by itself is foretold. Each main clause of what is said is read by its
negation, its time, its subject and the words of `cues.toml`, `meaning`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kavass import codebook
from kavass.attribute.said import Said, statement
from kavass.attribute.voices import FORCES, HIS
from kavass.lang.clause import Clause, Phrase
from kavass.lang.frames import negated
from kavass.model import Stance

if TYPE_CHECKING:
    from kavass.attribute.reading import Reading

FIELDS = {
    "denies_occurrence": "occurrence", "denies_responsibility": "perpetrator", "commits": "response", "threatens": "threat",
    "predicts": "prediction", "claims_responsibility": "perpetrator", "denies_account": "account",
    "caveats_evidence": "evidence", "complains": "grievance", "accuses": "perpetrator", "characterises": "characterises",
    "disputes_interpretation": "reason", "evaluates": "evaluation",
}  # fmt: skip
ARMED = ("state_forces", "police", "militia", "rebel", "criminal", "tribal")
OUTLAWS = ("militia", "rebel", "criminal")
AFAR = ("air_strike", "shelling")
PRIVATE = (None, "civilian", "unidentified", "media")
AUTHORITIES = ("org", "state", "person.official")
RULING = (*ARMED, "government")
DEEDS = ("event", "vehicle", "weapon", "force", "harm")
AHEAD = ("future", "conditional", "predicted")
NAMING = ("characterises", "disputes_interpretation")  # tones of what is, not of what was done
AGAINST = ("complains", "accuses")  # tones that nobody takes of himself


def meanings(r: Reading, said: Said) -> Iterator[tuple[Clause, Stance]]:
    """The main clauses of what is said that are meant as more than a report, each with its stance."""
    for clause in mains(said):
        if (stance := _meaning(r, said, clause)) is not None:
            yield clause, stance


def menacing(r: Reading, said: Said) -> bool:
    """Whether what is promised is harm: "vowed to avenge them"."""
    return any(
        _lemmas(said, c) & r.meaning["threats"] or _violent(r, c) for c in mains(said) if not negated(said.sentence, c)
    )


def mains(said: Said) -> list[Clause]:
    """The clauses of a content that hang on nothing in it, and those coordinated with them."""
    inside = [
        c
        for c in said.sentence.clauses
        if c is not said.clause and c.kind in ("verb", "copula") and said.holds(c.predicate)
    ]
    held = {c.index for c in inside}
    found: list[Clause] = []
    for clause in inside:
        beside = clause.relation == "coordination" and any(c.index == clause.parent for c in found)
        if clause.parent not in held or beside:
            found.append(clause)
    return found


def _meaning(r: Reading, said: Said, clause: Clause) -> Stance | None:
    words, s = r.meaning, said.sentence
    subject, object_ = s.filler(clause, "subject"), s.filler(clause, "object")
    agent = subject or (object_ if clause.voice == "passive" else None)
    own = clause.first or r.voices.own(said, s, agent)
    ahead = clause.modality in AHEAD or clause.tense == "future"
    tone = r.tone(statement(s, clause))
    deed = tone in NAMING and any(h.clause is clause and h.kind == "account" for h in r.beside(s))
    if tone is not None and not deed and not (own and tone in AGAINST):
        return tone
    if ahead and not clause.infinitive:
        return _ahead(r, said, clause, subject, agent)
    if negated(s, clause) or (agent is not None and agent.lemma in words["none"]):
        if own and clause.tense == "present" and clause.lemma in words["refusals"]:
            return "commits"
        return _denied(r, said, clause, agent)
    if (clause.first or subject is not None) and own and clause.tense == "past" and _owned(r, said, clause):
        return "claims_responsibility"
    if (
        own
        and clause.tense == "present"
        and clause.lemma in words["going_on"]
        and not clause.infinitive
        and clause.quoted
    ):
        return "commits"  # "We stay until they go"
    being = clause.kind == "copula" or clause.lemma in words["happens"]
    return "predicts" if being and _lemmas(said, clause) & words["outlook"] else None


def _lemmas(said: Said, clause: Clause) -> set[str]:
    """The lemma of a clause, with its particle, and of what completes it."""
    s = said.sentence
    below = (
        s.clauses[a.clause].lemma
        for a in clause.arguments
        if a.clause is not None and a.function in ("predicative", "complement")
    )
    named = (
        s.phrases[a.phrase].lemma for a in clause.arguments if a.function == "predicative" and a.phrase is not None
    )
    verb = f"{clause.lemma} {clause.particle}" if clause.particle else clause.lemma
    return {clause.lemma, verb, *clause.small, *(f"{clause.lemma} {small}" for small in clause.small), *below, *named}


def _ahead(r: Reading, said: Said, clause: Clause, subject: Phrase | None, agent: Phrase | None) -> Stance | None:
    """What is to come: threatened, promised or foretold; None where frames tell it as a decision taken."""
    words, s = r.meaning, said.sentence
    own = clause.first or r.voices.own(said, s, subject) or (subject is not None and r.voices.of_force(said, subject))
    lemmas = _lemmas(said, clause)
    harm = _violent(r, clause) or bool(lemmas & words["threats"])
    told = {h.kind for h in r.beside(s) if h.clause is clause and not r.usual(h)}
    if told & {"posture", "measure", "advisory", "relation"}:
        return "commits" if own and "posture" in told else None
    if any(h.clause is clause and h.value == "threatens" for h in r.beside(s)):
        return None
    supposed = r.condition(s, clause)
    struck = supposed and any(
        _violent(r, c) or c.lemma in words["tolls"] | words["acts"] for c in s.clauses if r.supposing(c)
    )
    if (
        subject is None
        and clause.voice == "passive"
        and _ruling(r, said)
        and not negated(s, clause)
        and lemmas & words["threats"]
    ):
        return "threatens"
    if (
        harm
        and not negated(s, clause)
        and (own or (_armed(r, said) and (subject is None or clause.kind == "copula" or clause.lemma == "be")))
    ):
        return "threatens"
    if own and struck:
        return "threatens"
    if harm and subject is not None and subject.has("weapon") and not _ruling(r, said):
        return "threatens"  # "a bomb would go off"
    if own:
        return None if clause.lemma in words["idle"] else "commits"
    undone = clause.voice == "passive" and subject is None
    if (undone and lemmas & words["deeds"]) or lemmas & words["going_on"]:
        natural = agent is not None and agent.has("hazard", "illness", "casualty")
        return "predicts" if natural else "commits"
    announced = clause.modality == "future" and any(h.clause is clause and h.kind == "account" for h in r.beside(s))
    if supposed or announced:
        return None
    return "predicts"


def _denied(r: Reading, said: Said, clause: Clause, agent: Phrase | None) -> Stance | None:
    """A negated clause: a denial of the deed or of one's own part in it; a toll of zero and a gap in knowledge are none."""
    words, s = r.meaning, said.sentence
    own, nobody = (
        clause.first or r.voices.own(said, s, agent),
        agent is not None and (agent.negated or agent.lemma in words["none"]),
    )
    if own and agent is not None and clause.lemma in words["idle"] and r.voices.of_men(s, agent):
        return "denies_responsibility"  # "our men were not there"
    lemmas = _lemmas(said, clause)
    happened = nobody and bool(lemmas & words["happens"])
    if agent is not None and (lemmas & words["tolls"] or agent.lemma in words["tolls"]):
        return None
    if clause.lemma in words["idle"] and not happened:
        return None
    hits = r.beside(s)
    if any(
        h.clause is clause and (h.value in ("caveats_evidence", "denies_responsibility") or h.kind == "count")
        for h in hits
    ):
        return None
    if any(s.phrases[a.phrase].has("evidence") for a in clause.arguments if a.phrase is not None):
        return None
    deed = any(h.clause is clause and h.kind == "account" for h in hits) or bool(lemmas & words["acts"])
    happened = (
        happened and agent is not None and (clause.lemma not in words["idle"] or agent.has("event", "harm", "account"))
    )
    answering = own and clause.perfect and r.voices.answers(said) and not lemmas & words["happens"]
    forces = agent is not None and r.voices.of_force(said, agent)
    if (own and (deed or nobody or answering)) or (forces and (deed or nobody)):
        return "denies_responsibility"
    if own:
        staff = agent is not None and agent is not said.phrase and agent.has(*HIS) and r.voices.answers(said)
        return "denies_account" if staff and clause.kind == "verb" else None
    if agent is not None and _failed(r, said, clause, agent):
        return "complains"
    if happened or deed or (nobody and agent is not None and agent.has(*DEEDS, *FORCES)):
        return "denies_occurrence"
    return None


def _failed(r: Reading, said: Said, clause: Clause, agent: Phrase) -> bool:
    """Whether somebody who answers for nobody tells what an authority has left undone: "the council did not sound the siren"."""
    actor = r.voices.actor(said)
    private = actor is not None and actor.kind == "person" and actor.sector in PRIVATE
    return private and not _violent(r, clause) and clause.tense == "past" and agent.has(*AUTHORITIES)


def _violent(r: Reading, clause: Clause) -> bool:
    """Whether a clause tells violence."""
    return any(h.clause is clause and h.kind == "account" and codebook.family(h.value) == "violence" for h in r.hits)


def _owned(r: Reading, said: Said, clause: Clause) -> bool:
    """Whether the speaker owns up to violence that he tells of his side, where an authority within its country only reports it."""
    actor = r.voices.actor(said)
    outlaw = actor is not None and (actor.kind == "group" or actor.sector in OUTLAWS)
    lemmas = _lemmas(said, clause)
    hits = [h for h in r.beside(said.sentence) if h.kind == "account" and codebook.family(h.value) == "violence"
            and (h.clause is clause or (h.clause.parent == clause.index and lemmas & r.meaning["doing"]))]  # fmt: skip
    told = clause.lemma in r.meaning["doing"] and any(
        p.has("event") for p in said.sentence.phrases if p is (said.sentence.filler(clause, "object"))
    )  # "our fighters carried out the operation"
    return any(outlaw or h.value in AFAR for h in hits) or (outlaw and told)


def _ruling(r: Reading, said: Said) -> bool:
    """Whether the speaker can have it done."""
    actor = r.voices.actor(said)
    return actor is not None and (actor.kind in ("group", "state") or actor.sector in RULING)


def _armed(r: Reading, said: Said) -> bool:
    """Whether the speaker has the means to do what he says will be done."""
    actor = r.voices.actor(said)
    return actor is not None and (actor.kind == "group" or actor.sector in ARMED)
