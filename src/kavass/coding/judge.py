"""What rules cannot decide, decided by learned weights: which words of violence tell of an incident, and who has a part in it.

A language without weights (`lang/<code>/sense.npz`, `roles.npz`) keeps what its rules say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kavass.coding.evidence import ROLES, Candidate, Evidence
from kavass.coding.mentions import HUMAN, VIOLENT, Filler
from kavass.coding.sense import features, spoken
from kavass.coding.unify import Part, Story
from kavass.lang import Language
from kavass.lang.clause import Analysis
from kavass.lang.frames import Hit
from kavass.lang.weights import Weights
from kavass.model import Report, RoleName

if TYPE_CHECKING:
    from kavass.refer import Cast

TOLD_AT_LEAST = 0.25  # less sure than this, words of violence tell of none
# How sure a part must be to be told.
SURE = {"person": 0.4, "organisation": 0.4, "thing": 0.4, "victim": 0.4, "weapon": 0.4}
NAMES: dict[str, RoleName] = {
    "person": "perpetrator", "organisation": "perpetrator", "thing": "target", "victim": "victim", "weapon": "weapon",
}  # fmt: skip


def judge(
    report: Report, stories: list[Story], hits: Iterable[Hit], analysis: Analysis, cast: Cast, language: Language
) -> list[Story]:
    """The stories that tell of an incident, each with its parts."""
    if not any(s.type in VIOLENT for s in stories):
        return stories
    if (sense := language.weights("sense")) is not None:
        stories = list(_told(report, stories, analysis, language, sense))
    if (parts := language.weights("roles")) is not None and any(s.type in VIOLENT for s in stories):
        evidence = Evidence(report, analysis, hits, cast, language)
        own = {id(c): parts.sum(evidence.own(c)) for c in evidence.candidates}
        for story in stories:
            if story.type in VIOLENT:
                story.parts = list(_parts(story, stories, evidence, own, parts))
    return stories


def _told(report: Report, stories: list[Story], analysis: Analysis, language: Language, sense: Weights) -> Iterator[Story]:
    whole = sense.sum(spoken(report, analysis, language))
    for story in stories:
        if story.type not in VIOLENT:
            yield story
        elif sense.shares(whole + sense.sum(features(story, stories, language)))[1] >= TOLD_AT_LEAST:
            yield story


def _parts(story: Story, stories: list[Story], evidence: Evidence, own: dict[int, object], parts: Weights) -> Iterator[Part]:
    """The parts that weights give the candidates around a story, and those of the rules that they know nothing of."""
    near = evidence.near(story)
    if near:
        sums = np.stack([own[id(c)] + parts.sum(evidence.pair(story, c, stories)) for c in near])
        for candidate, shares in zip(near, parts.shares(sums), strict=True):
            label = ROLES[1 + int(shares[1:].argmax())]
            if shares[1:].max() >= SURE[label]:
                yield _part(label, candidate, story)
    for role in ("means", "affected"):
        if fillers := story.of(role):
            yield Part(role, None, tuple(fillers))


def _part(label: str, candidate: Candidate, story: Story) -> Part:
    role = NAMES[label]
    named = {(f.sentence.index, f.phrase.index): f for m in story.mentions for f in m.fillers}
    fillers = []
    for seen in candidate.seen:
        held = named.get((seen.sentence.index, seen.phrase.index))
        if held is not None and held.phrase.core == seen.phrase.core:
            if role == "victim" and held.role == "target" and held.phrase.has(*HUMAN):
                role = "target"
            fillers.append(held)
        else:
            fillers.append(Filler(role, seen.phrase, seen.sentence, candidate.actor))
    return Part(role, label, tuple(replace(f, role=role) for f in fillers))
