"""What speaks for words of violence telling of one incident that happened, rather than of violence at large: features for the
learned weights, alike in training and use.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import simplemma

from kavass.coding.evidence import general
from kavass.coding.mentions import Filler, Mention, language_classes
from kavass.coding.unify import Story, kin
from kavass.lang import Language
from kavass.lang.clause import Analysis
from kavass.model import Report

SENSES = ("no", "yes")
WORDS_LOOKED_AT = 4000


def spoken(report: Report, analysis: Analysis, language: Language) -> frozenset[str]:
    """What the whole report says of itself: which ordinary words stand in it, names left out, and how long it is."""
    words = {w.strip(".,:;!?\"'()-") for w in language.key(report.text).split()[:WORDS_LOOKED_AT]}
    found = {f"word {w}" for w in words if w.isalpha() and len(w) > 2 and _ordinary(w, language.code)}
    quoted = sum(c.quoted for s in analysis.sentences for c in s.clauses)
    every = sum(len(s.clauses) for s in analysis.sentences) or 1
    found.add(f"quoted {int(4 * quoted / every)}")
    found.add(f"long {min(4, len(report.text) // 800)}")
    return frozenset(found)


def features(story: Story, stories: Iterable[Story], language: Language) -> set[str]:
    """What an incident's own tellings say."""
    others = [s for s in stories if s is not story]
    found = {f"type {story.type}", f"tellings {min(4, len(story.mentions))}", f"others {min(4, len(others))}"}
    found |= {f"{story.type} beside {o.type}" for o in others}
    first = min(m.order for m in story.mentions)
    found |= {f"first {min(5, max(first, -1))}", f"first {min(5, max(first, -1))} {story.type}"}
    if any(m.hit.sentence.zone == "title" for m in story.mentions):
        found.add("titled")
    found.add("timed" if story.times else "untimed")
    found.add("placed" if story.places else "unplaced")
    for mention in story.mentions:
        found |= _mention(mention, language)
    found |= _beside(story, [o for o in others if o.violent])
    filled = {f.role for m in story.mentions for f in m.fillers}
    found |= {f"has {r}" for r in filled} | {
        f"lacks {r}" for r in ("perpetrator", "target", "victim", "weapon") if r not in filled
    }
    found |= {f"named {f.role}" for m in story.mentions for f in m.fillers if f.named}
    return found


def _beside(story: Story, others: list[Story]) -> set[str]:
    """How an incident stands among the others of the report: it may be one of them in other words."""
    found = set[str]()
    parts = len(_parts(story))
    if all(len(_parts(o)) <= parts for o in others):
        found.add("fullest")
    for other in others:
        side = "earlier" if other.mentions[0].hit.trigger < story.mentions[0].hit.trigger else "later"
        if other.type == story.type:
            found |= {f"same type {side}", f"same type {side} {story.type}"}
        if kin(story.type, other.type):
            found |= {f"kin {side}", f"kin {side} and {'fuller' if len(_parts(other)) > parts else 'no fuller'}"}
            shared = {f.role for f in _parts(story) if any(f.same(g) for g in _parts(other))}
            found |= {f"shares {role} {side}" for role in shared} or {f"shares nothing {side}"}
            if story.times and other.times:
                found.add(f"{'same' if story.times & other.times else 'other'} time {side}")
            if story.places and other.places:
                found.add(f"{'same' if story.places & other.places else 'other'} place {side}")
    return found


def _parts(story: Story) -> list[Filler]:
    return story.of("perpetrator", "target", "victim", "weapon")


def told_of(share: float) -> frozenset[str]:
    """How sure the sense is that the report tells of an incident, as a feature of who has a part in it."""
    return frozenset({f"told {int(5 * share)}"} | {f"told from {n}" for n in range(1, 10) if share >= n / 10})


def _mention(mention: Mention, language: Language) -> set[str]:
    clause, sentence = mention.hit.clause, mention.hit.sentence
    kind = clause.kind
    found = {
        f"{kind} {clause.lemma}", f"{kind}", f"status {mention.status}", f"{kind} {clause.tense}", f"modality {clause.modality}",
        f"relation {clause.relation}", f"{kind} {clause.relation} {clause.marker or ''}",
    }  # fmt: skip
    for name in ("perfect", "progressive", "infinitive", "quoted"):
        if getattr(clause, name):
            found.add(f"{kind} {name}")
    for name in ("weak", "definite", "another", "lasting", "lead"):
        if getattr(mention, name):
            found |= {name, f"{name} {kind}"}
    if kind == "noun" and clause.phrase is not None:
        head = sentence.phrases[clause.phrase]
        found |= {f"noun {head.number} {head.definite}", f"noun {clause.lemma} {head.number} {head.definite}"}
        found |= {f"modifier {m}" for m in head.modifiers}
        if head.quantity:
            found.add("noun counted")
    above = next(sentence.above(clause), None)
    if above is not None:
        found |= {f"under {above.lemma}", f"under {above.kind} {above.tense} {above.modality}"}
        found |= {f"under {c}" for c in language_classes(language, above.lemma)}
    for filler in mention.fillers:
        phrase = filler.phrase
        sort = f"{filler.role} {phrase.kind} {phrase.number} {phrase.definite}"
        found |= {
            sort,
            f"{filler.role} {'counted' if phrase.quantity else 'uncounted'}",
            f"{filler.role} {phrase.lemma}",
        }
        found |= {f"{filler.role} of {g}" for g in general(phrase)} | {f"{filler.role} {c}" for c in phrase.classes}
    return found


@lru_cache(maxsize=50_000)
def _ordinary(word: str, code: str) -> bool:
    return bool(simplemma.is_known(word, lang=code))
