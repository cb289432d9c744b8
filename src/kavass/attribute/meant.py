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
from kavass.lang.frames import Hit, negated
from kavass.model import Stance

if TYPE_CHECKING:
    from kavass.attribute.reading import Reading

FIELDS = {
    "denies_occurrence": "occurrence", "denies_responsibility": "perpetrator", "commits": "response", "threatens": "threat",
    "predicts": "prediction", "claims_responsibility": "perpetrator", "denies_account": "account", "caveats_evidence": "evidence",
    "complains": "grievance", "accuses": "perpetrator", "characterises": "characterises", "disputes_interpretation": "reason",
    "evaluates": "evaluation",
}  # fmt: skip
ARMED = ("state_forces", "police", "militia", "rebel", "criminal", "tribal")
OUTLAWS = ("militia", "rebel", "criminal")
AFAR = ("air_strike", "shelling")
PRIVATE = (None, "civilian", "unidentified", "media")
AUTHORITIES = ("org", "state", "person.official")
RULING = (*ARMED, "government")
DEEDS = ("event", "vehicle", "weapon", "force", "harm")
MEANS = ("person.military", "person.police", "group.military", "group.police", "service",
         "facility", "vehicle", "supply", "money", "works")  # fmt: skip
DECIDED = ("state_action", "platform", "diplomacy", "service")
CALLERS = ("person.caller", "person.fighter", "person.assailant", "statement.call")
TOLD_OF = ("event", "harm", "account")
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
        _lemmas(said, c) & r.meaning["threats"] or _violent(r, said, c)
        for c in mains(said)
        if not negated(said.sentence, c)
    )


def leaves_open(r: Reading, said: Said) -> bool:
    """Whether what is warned of is only that nothing is sure: "cautioned that nobody had been let in"."""
    return any(stance == "caveats_evidence" for _, stance in meanings(r, said))


def accusing(r: Reading, said: Said, hit: Hit) -> bool:
    """Whether a party to a fight tells a deed of the other side's: a rebel one of the army's, a state one of another state's."""
    actor = r.voices.actor(said)
    if actor is None or codebook.family(hit.value) != "violence":
        return False
    against = (*FORCES, "state") if actor.kind == "group" or actor.sector in OUTLAWS else ("state",)
    if against == ("state",) and actor.kind != "state" and actor.sector not in ("government", "state_forces"):
        return False
    doers = hit.roles.get("perpetrator", ())
    countries = {a.country for p in doers if (a := r.cast.actor(hit.sentence, p)) is not None}
    ours = actor.country is not None and actor.country in countries
    return not ours and any(p.has(*against) and not r.voices.own(said, hit.sentence, p) for p in doers)


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
        above = said.sentence.clauses[clause.parent] if clause.parent in held else None
        before = (
            above is not None and clause.relation == "content" and clause.marker and clause.predicate < above.predicate
        )
        beside = beside or bool(before)  # "said that nothing happened; flights kept to the timetable"
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
    deed = tone in NAMING and _deeds(r, said, clause)
    if tone is not None and not deed and not (own and tone in AGAINST):
        return tone
    if ahead and not clause.infinitive:
        return _ahead(r, said, clause, subject, agent)
    if clause.tense == "present" and not _ruling(r, said) and _ultimatum(r, said, clause, agent, own):
        return "threatens"
    if (gap := _gap(r, said, clause, agent, own)) is not None:
        return gap
    there = next(s.arguments(clause, "predicative"), None) if agent is None and clause.kind == "copula" else None
    if there is not None and there.phrase is not None and s.phrases[there.phrase].negated:
        is_event = s.phrases[there.phrase].has(*TOLD_OF)
        return "denies_occurrence" if is_event else None
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
    if clause.kind == "copula" and clause.quoted and not clause.first and _judged(r, said, clause):
        return "evaluates"
    return "predicts" if being and _lemmas(said, clause) & words["outlook"] else None


def _ultimatum(r: Reading, said: Said, clause: Clause, agent: Phrase | None, own: bool) -> bool:
    """Whether a present tense sets terms: "no one goes in until we are paid", "if they do not come, we park every lorry"."""
    s, nobody = said.sentence, agent is not None and agent.negated
    if nobody:
        return any(c.parent == clause.index and c.marker in r.meaning["until"] for c in s.clauses)
    acts = clause.kind == "verb" and clause.lemma not in r.meaning["idle"] and not negated(s, clause)
    return clause.first and own and acts and clause.quoted and r.condition(s, clause)


def _gap(r: Reading, said: Said, clause: Clause, agent: Phrase | None, own: bool) -> Stance | None:
    """What a negation tells beside a deed: that the account is wrong, that evidence is wanting, that the speaker was let down."""
    words, s = r.meaning, said.sentence
    body = said.phrase is not None and said.phrase.has("org", "group", "state")
    own = own or (body and agent is not None and agent.lemma in words["body"])  # "the lab says it could not establish"
    below = [c.lemma for c in s.clauses if c.parent == clause.index and c.infinitive]
    lemmas = {*_lemmas(said, clause), *below}
    if own and words["yet"].intersection(clause.small) and lemmas & (words["sights"] | words["checks"]):
        return "caveats_evidence"  # "has yet to see a sample"
    beside = [s.phrases[a.phrase] for a in clause.arguments if a.phrase is not None]
    nobody = agent is not None and (agent.negated or agent.lemma in words["none"])
    if words["nowhere"].intersection(clause.small) and agent is not None:
        return "denies_responsibility" if own or r.voices.of_force(said, agent) or r.voices.of_men(s, agent) else None
    if not (negated(s, clause) or nobody or any(p.negated for p in beside)):
        return None
    named = [p for p in beside if words["such"].intersection(r.key(p.core).split())]
    if named:
        return (
            "denies_occurrence" if any(p.has(*TOLD_OF) for p in named) or _deeds(r, said, clause) else "denies_account"
        )
    if (
        own
        and lemmas & words["strangers"]
        and any(p.has("person", "name") or p.kind in ("name", "pronoun") for p in beside if p is not agent)
    ):
        return "denies_account"
    if own and lemmas & words["checks"]:
        return "caveats_evidence"
    if nobody and agent is not None and not agent.definite and lemmas & words["access"]:
        return "caveats_evidence"
    if lemmas & words["owed"] and _let_down(r, said, clause, agent, own, nobody):
        return "complains"
    return None


def _deeds(r: Reading, said: Said, clause: Clause) -> list[Hit]:
    """The incidents that a clause tells."""
    return [h for h in r.beside(said.sentence) if h.clause is clause and h.kind == "account"]


def _let_down(r: Reading, said: Said, clause: Clause, agent: Phrase | None, own: bool, nobody: bool) -> bool:
    """Whether what was not done was not done for the speaker: "nobody called them", "we had not been told"."""
    s = said.sentence
    if clause.voice == "passive":
        return own
    if own:
        return False
    asked = [
        s.phrases[a.phrase] for a in clause.arguments if a.phrase is not None and a.function in ("object", "indirect")
    ]
    to_us = any(r.voices.own(said, s, p) for p in asked)
    return to_us or (
        not _ruling(r, said) and agent is not None and (nobody or agent.kind == "pronoun") and clause.quoted
    )


def _judged(r: Reading, said: Said, clause: Clause) -> bool:
    """Whether a predicative passes judgement: "That is theatre", "it is worth nothing"."""
    s = said.sentence
    named = [s.phrases[a.phrase] for a in clause.arguments if a.function == "predicative" and a.phrase is not None]
    words = {clause.lemma, *clause.small, *(w for p in named for w in (p.lemma, *p.modifiers))}
    return bool(words & r.meaning["judging"])


def outlaw(r: Reading, said: Said) -> bool:
    """Whether the speaker is an armed group, one of its men or a voice that gives no name."""
    actor = r.voices.actor(said)
    armed = actor is not None and (actor.sector in OUTLAWS or (actor.kind == "group" and actor.sector is None))
    return armed or (said.phrase is not None and said.phrase.has(*CALLERS))


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
    harm = _violent(r, said, clause) or bool(lemmas & words["threats"])
    told = {h.kind for h in r.beside(s) if h.clause is clause and not r.usual(h)}
    if told & {"posture", "measure", "advisory", "relation"}:
        return "commits" if own and "posture" in told else None
    if any(h.clause is clause and h.value == "threatens" for h in r.beside(s)):
        return None
    supposed = r.condition(s, clause)
    struck = supposed and any(
        _violent(r, said, c) or c.lemma in words["tolls"] | words["acts"] for c in s.clauses if r.supposing(c)
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
        and (
            own or (_armed(r, said) and (subject is None or clause.kind == "copula" or clause.lemma in words["being"]))
        )
    ):
        return "threatens"
    if own and struck:
        return "threatens"
    if not own and outlaw(r, said) and lemmas & words["sequel"]:
        return "threatens"  # "more would follow"
    if harm and subject is not None and subject.has("weapon") and not _ruling(r, said):
        return "threatens"  # "a bomb would go off"
    if own:
        return None if clause.lemma in words["idle"] else "commits"
    undone = clause.voice == "passive" and subject is None
    if (undone and lemmas & words["deeds"]) or lemmas & words["going_on"]:
        natural = agent is not None and agent.has("hazard", "illness", "casualty")
        return "predicts" if natural or (supposed and not r.voices.answers(said)) else "commits"
    announced = clause.modality == "future" and bool(_deeds(r, said, clause))
    if supposed or announced:
        return None
    if _ruling(r, said) and any(codebook.family(h.value) in DECIDED for h in _deeds(r, said, clause)):
        return "commits"
    if _ruling(r, said) and agent is not None and agent.has(*MEANS) and not agent.has("hazard", "illness", "weapon"):
        return "commits"
    return "predicts"


def _denied(r: Reading, said: Said, clause: Clause, agent: Phrase | None) -> Stance | None:
    """A negated clause: a denial of the deed or of one's own part in it; a toll of zero and a gap in knowledge are none."""
    words, s = r.meaning, said.sentence
    own, nobody = (
        clause.first or r.voices.own(said, s, agent),
        agent is not None and (agent.negated or agent.lemma in words["none"]),
    )
    men = agent is not None and agent is not said.phrase and r.voices.of_men(s, agent)
    if own and men and clause.lemma in words["idle"]:
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
    beside = [s.phrases[a.phrase] for a in clause.arguments if a.phrase is not None]
    if any(p.has("evidence") or (p.negated and p.has("casualty", "damage")) for p in beside):
        return None  # "caused neither casualties nor damage"
    lacking = [p for p in beside if p.negated and p is not agent]
    if lacking and not clause.negated and not nobody and not any(p.has(*DEEDS) for p in lacking):
        return None  # "had been given no notice of a closure"
    deed = bool(_deeds(r, said, clause) or lemmas & words["acts"])
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
    return private and not _violent(r, said, clause) and clause.tense == "past" and agent.has(*AUTHORITIES)


def _violent(r: Reading, said: Said, clause: Clause) -> bool:
    """Whether a clause tells violence."""
    return any(codebook.family(h.value) == "violence" for h in _deeds(r, said, clause))


def _owned(r: Reading, said: Said, clause: Clause) -> bool:
    """Whether the speaker owns up to violence that he tells of his side, where an authority within its country only reports it."""
    actor = r.voices.actor(said)
    group = actor is not None and (actor.kind == "group" or actor.sector in OUTLAWS)
    lemmas = _lemmas(said, clause)
    hits = [h for h in r.beside(said.sentence) if h.kind == "account" and codebook.family(h.value) == "violence"
            and (h.clause is clause or (h.clause.parent == clause.index and lemmas & r.meaning["doing"]))]  # fmt: skip
    done = said.sentence.filler(clause, "object")
    if group and clause.lemma in r.meaning["doing"] and done is not None and done.has("event"):
        return True  # "our fighters carried out the operation"
    return any((group or h.value in AFAR) and ("perpetrator" in h.roles or h.clause is not clause) for h in hits)


def _ruling(r: Reading, said: Said) -> bool:
    """Whether the speaker can have it done."""
    actor = r.voices.actor(said)
    return actor is not None and (actor.kind in ("group", "state") or actor.sector in RULING)


def _armed(r: Reading, said: Said) -> bool:
    """Whether the speaker has the means to do what he says will be done."""
    actor = r.voices.actor(said)
    return actor is not None and (actor.kind == "group" or actor.sector in ARMED)
