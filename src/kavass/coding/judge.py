"""What rules cannot decide, decided by learned weights: which words of violence tell of an incident, and who has a part in it.

A language without weights (`lang/<code>/sense.npz`, `roles.npz`) keeps what its rules say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kavass.coding.evidence import ROLES, Candidate, Evidence
from kavass.coding.mentions import HUMAN, VIOLENT, Filler, filler, names_of
from kavass.coding.roles import grouped
from kavass.coding.sense import features, spoken, told_of
from kavass.coding.unify import Part, Story, one_kind
from kavass.lang import Language
from kavass.lang.clause import Analysis
from kavass.lang.frames import Hit
from kavass.lang.weights import Weights
from kavass.model import Report, RoleName

if TYPE_CHECKING:
    from kavass.refer import Cast

TOLD_AT_LEAST = 0.18  # less sure than this, words of violence tell of none
# How sure a part must be to be told where no rule gives it; what a rule gives stands.
SURE = {"person": 0.45, "organisation": 0.4, "thing": 0.48, "victim": 0.48, "weapon": 0.7}
SAME_AIMS = 0.49  # more than this share of the same people and things hit makes two tellings one incident
# The rules' roles that each label may stand for.
_ROLES_OF = {
    "person": {"perpetrator"}, "organisation": {"perpetrator"}, "thing": {"target"}, "victim": {"victim", "target"},
    "weapon": {"weapon"},
}  # fmt: skip
REFUSED = 0.975  # as sure as this of no part, the weights refuse what a rule gives
SURER = 0.6  # as sure as this, the weights overrule the rules
# Sentences within which somebody may be told a doer that no rule gives: blame for one deed is not blame for all.
NEAR = 1
HOPELESS = 0.96  # as sure as this of no part, whatever the incident, and it is not asked of each
NAMES: dict[str, RoleName] = {
    "person": "perpetrator", "organisation": "perpetrator", "thing": "target", "victim": "victim", "weapon": "weapon",
}  # fmt: skip


def judge(
    report: Report, stories: list[Story], hits: Iterable[Hit], analysis: Analysis, cast: Cast, language: Language
) -> list[Story]:
    """The stories that tell of an incident, each with its parts."""
    sense, parts = language.weights("sense"), language.weights("roles")
    if sense is None or parts is None or not any(s.type in VIOLENT for s in stories):
        return stories
    violent = [s for s in stories if s.type in VIOLENT]
    shares = _shares(report, stories, violent, analysis, language, sense)
    told = [s for s, share in zip(violent, shares, strict=True) if share >= TOLD_AT_LEAST]
    if told:
        evidence = Evidence(report, analysis, hits, cast, language, violent)
        told = _with_parts(told, violent, told_of(max(shares)), evidence, parts)
    kept = [s for s in stories if s.type not in VIOLENT] + told
    return sorted(kept, key=lambda s: s.mentions[0].hit.trigger)


def _shares(
    report: Report, stories: list[Story], violent: list[Story], analysis: Analysis, language: Language, sense: Weights
) -> list[float]:
    """How surely each story of violence tells of an incident."""
    whole = sense.sum(spoken(report, analysis, language))
    sums = np.stack([whole + sense.sum(features(s, stories, language)) for s in violent])
    return [float(share) for share in sense.shares(sums)[:, 1]]


def _with_parts(
    told: list[Story], violent: list[Story], sure: frozenset[str], evidence: Evidence, weights: Weights
) -> list[Story]:
    """The incidents with those who, as far as the weights can tell, have a part in them; what hit the same is one."""
    whole = weights.sum(sure)
    given: dict[int, dict[str, list[Candidate]]] = {id(s): defaultdict(list) for s in told}
    asked = list(_hopeful(told, violent, whole, evidence, weights))
    pairs = [(s, candidate, own + weights.sum(evidence.pair(s, candidate))) for candidate, own in asked for s in told]
    shares = weights.shares(np.stack([sums for *_, sums in pairs])) if pairs else ()
    for (story, candidate, _), share in zip(pairs, shares, strict=True):
        if label := _label(share, candidate.ruled[id(story)], abs(candidate.gaps[id(story)])):
            given[id(story)][label].append(candidate)
    found = _joined(told, given)
    for story in found:
        story.parts = [
            Part(_role(label, group), label, tuple(replace(f, role=_role(label, group)) for f in group))
            for label in ROLES[1:]
            for group in grouped([f for c in given[id(story)][label] for f in _fillers(label, c, story, evidence)])
        ]
        story.parts += [Part(role, None, tuple(held)) for role in ("means", "affected") if (held := story.of(role))]
    return found


def _hopeful(
    told: list[Story], violent: list[Story], whole: Any, evidence: Evidence, weights: Weights
) -> Iterator[tuple[Candidate, Any]]:
    """The candidates that may have a part in some incident, each with what speaks for it whatever the incident."""
    every = evidence.candidates
    own = [whole + weights.sum(evidence.own(c) | evidence.among(c, violent)) for c in every]
    hopeless = weights.shares(np.stack(own))[:, 0] > HOPELESS if own else ()
    for candidate, sums, lost in zip(every, own, hopeless, strict=True):
        if not lost or any(candidate.ruled[id(s)] for s in told):
            yield candidate, sums


def _label(shares: Any, ruled: set[str], gap: int) -> str:
    """The part a candidate has, "" for none: what a rule gives stands unless the weights are surer of another."""
    best = ROLES[1 + int(shares[1:].argmax())]
    surest = float(shares[1:].max())
    if fits := [n for n, label in enumerate(ROLES) if label and _ROLES_OF[label] & ruled]:
        if shares[0] > REFUSED:
            return ""
        return best if surest >= SURER else ROLES[max(fits, key=lambda n: shares[n])]
    far = NAMES[best] == "perpetrator" and gap > NEAR
    return best if surest >= SURE[best] and not far else ""


def _joined(told: list[Story], given: dict[int, dict[str, list[Candidate]]]) -> list[Story]:
    """The incidents, those that hit mostly the same people or things put together; `given` follows."""
    found: list[Story] = []
    for story in told:
        mine = given[id(story)]
        for other in found:
            theirs = given[id(other)]
            if not one_kind(story, other) or not _same_aims(mine, theirs):
                continue
            other.mentions = sorted([*other.mentions, *story.mentions], key=lambda m: m.hit.trigger)
            for label, candidates in mine.items():
                theirs[label] += [c for c in candidates if c not in theirs[label]]
            break
        else:
            found.append(story)
    return found


def _same_aims(mine: dict[str, list[Candidate]], theirs: dict[str, list[Candidate]]) -> bool:
    """Whether most of those hit by the one were hit by the other."""
    aims = [{id(c) for label in ("victim", "thing") for c in part[label]} for part in (mine, theirs)]
    return len(aims[0] & aims[1]) > SAME_AIMS * min(map(len, aims))


def _fillers(label: str, candidate: Candidate, story: Story, evidence: Evidence) -> list[Filler]:
    """A candidate's phrases as fillers; those of the rules stay as they are."""
    held = {(f.sentence.index, f.phrase.core): f for m in story.mentions for f in m.fillers}
    report, language = evidence.report, evidence.language
    found = []
    for seen in candidate.seen:
        phrase, sentence = seen.phrase, seen.sentence
        if (one := held.get((sentence.index, phrase.core))) is None:
            names = names_of(phrase, sentence, report, language) if seen.within is None else (phrase.lemma,)
            one = filler(NAMES[label], phrase, sentence, candidate.actor, language, names)
        found.append(one)
    return found


def _role(label: str, group: list[Filler]) -> RoleName:
    """The role of the contract: people aimed at stay a target where the rules took them for one."""
    aimed = label == "victim" and any(f.role == "target" and f.phrase.has(*HUMAN) for f in group)
    return "target" if aimed else NAMES[label]
