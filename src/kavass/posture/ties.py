"""Ties between actors that clauses and phrases tell: who backs, leads, belongs to, speaks for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from kavass.lang.clause import Phrase, Sentence
from kavass.lang.frames import Hit
from kavass.model import Actor, Relation, RelationName, Span
from kavass.posture.told import Told, meant_by_its
from kavass.refer import words as refer_words

# Classes of common nouns that are bodies of a state: "its army" belongs to it, "its authority" does not.
BODIES = ("org.military", "org.police", "org.ministry", "org.court", "group.military", "group.police")

_Tie = tuple[str, str, str, Span]  # relation, from, to, span


def relations(told: Told, hits: Iterable[Hit]) -> Iterator[Relation]:
    ties = [*_of_hits(told, hits)]
    for s in told.sentences:
        for p in s.phrases:
            ties += [*_attributes(told, s, p), *_owned(told, s, p), *_heads(told, s, p), *_chains(told, s, p)]
        ties += _members(told, s, ties)
    seen: set[tuple[str, str, str]] = set()
    for rel, one, other, span in sorted(ties, key=lambda t: (t[3], t[:3])):
        if one != other and (rel, one, other) not in seen:
            seen.add((rel, one, other))
            claims = told.claims_at(span, "relation")
            claim = claims[0].id if claims else None
            yield Relation(rel=cast("RelationName", rel), from_=one, to=other, claim=claim, span=span)


def _of_hits(told: Told, hits: Iterable[Hit]) -> Iterator[_Tie]:
    for hit in hits:
        if told.idle(hit) or hit.clause.negated:
            continue
        s = hit.sentence
        ones = [(a, p) for p in hit.roles.get("from", ()) if (a := told.cast.actor(s, p))]
        others = [(a, p) for p in hit.roles.get("to", ()) if (a := told.cast.actor(s, p))] or _agents(told, hit)
        for one, p in ones:
            for other, q in others[:1]:
                spans = (p.core, q.core, hit.trigger)
                yield hit.value, one.id, other.id, Span(min(x.start for x in spans), max(x.end for x in spans))


def _agents(told: Told, hit: Hit) -> list[tuple[Actor, Phrase]]:
    """Actors after "by" that hang on a predicative instead of the verb: "declared an enemy by the council"."""
    s = hit.sentence
    held = [s.phrases[a.phrase] for a in hit.clause.arguments if a.function == "predicative" and a.phrase is not None]
    inner = [
        s.phrases[i]
        for p in held
        for preposition, i in p.prepositions
        if told.language.key(preposition) in told.words.agents
    ]
    return [(a, p) for p in inner if (a := told.cast.actor(s, p))]


def _attributes(told: Told, s: Sentence, p: Phrase) -> Iterator[_Tie]:
    """ "Ruritania-backed militias", or "militias backed by Ruritania" as one phrase: the tie word's state and whom it describes."""
    who = told.cast.actor(s, p)
    if who is None or who.kind == "state":
        return
    ties, follows = refer_words(told.language.code).ties, refer_words(told.language.code).tie_follows
    for at, state in told.cast.within(p.core) if follows else ():
        after = told.key(Span(at.end, p.core.end)).split()
        if state.kind == "state" and after and after[0] in ties:
            yield _turned(ties[after[0]], who.id, state.id, p.core)
    rel = next((ties[k] for m in p.modifiers if (k := told.language.key(m)) in ties), None)
    for _, index in p.prepositions if rel else ():
        backer = told.cast.actor(s, s.phrases[index])
        if rel and backer and backer.kind in ("state", "organisation", "group"):
            yield _turned(rel, who.id, backer.id, Span(p.core.start, max(p.core.end, s.phrases[index].core.end)))
            return


def _turned(rel: str, one: str, other: str, span: Span) -> _Tie:
    """A tie read from the described to the state; "Ruritania-led" is the state's command."""
    return (rel, other, one, span) if rel == "commands" else (rel, one, other, span)


def _owned(told: Told, s: Sentence, p: Phrase) -> Iterator[_Tie]:
    """ "Ruritania's Border Guard", "its Border Guard": a body belongs to whom it is said to be of."""
    who = told.cast.actor(s, p)
    if who is None or who.kind != "organisation" or who.sector in (None, "business"):
        return
    if who.known_as is None and p.kind != "name" and not p.has(*BODIES):
        return
    if p.possessor is not None:
        owner = told.cast.actor(s, s.phrases[p.possessor])
        span = Span(min(s.phrases[p.possessor].core.start, p.core.start), p.core.end)
    else:
        owner, span = meant_by_its(told, s, p), p.core
    if owner and owner.id != who.id and owner.kind in ("state", "organisation"):
        yield "part_of", who.id, owner.id, span


def _heads(told: Told, s: Sentence, p: Phrase) -> Iterator[_Tie]:
    """ "ministry spokesman Ada Roe", "commander of the brigade": a person and the body of the role."""
    who = told.cast.actor(s, p)
    if who is None or (who.kind != "person" and not p.has("person.spokesman")):
        return
    inside = told.key(p.core).split()
    rel = next(
        (told.words.heads[k] for k in (told.language.key(p.lemma), *reversed(inside)) if k in told.words.heads), None
    )
    if rel is None:
        return
    if body := _body(told, s, p, who):
        named = [s.phrases[i].core for i in p.appositions] + [q.core for q in s.phrases if p.index in q.appositions]
        spans = [p.core, *named, *([body[1]] if body[1] else [])]
        yield rel, who.id, body[0].id, Span(min(x.start for x in spans), max(x.end for x in spans))


def _body(told: Told, s: Sentence, p: Phrase, who: Actor) -> tuple[Actor, Span | None] | None:
    """The body in a phrase for a role: named inside, its possessor, after a preposition, or meant by a word before the head."""
    fits = ("organisation", "group")
    for _, actor in told.cast.within(p.core):
        if actor.kind in fits and actor.id != who.id:
            return actor, None
    near = [p.possessor] if p.possessor is not None else []
    near += [i for preposition, i in p.prepositions if told.language.key(preposition) in told.words.heads_prepositions]
    for index in near:
        inner = s.phrases[index].possessor
        for q in (s.phrases[index], *([s.phrases[inner]] if inner is not None else [])):
            found = told.cast.actor(s, q)
            if found and found.kind in fits:
                return found, q.core
    for modifier in p.modifiers:
        if named := _named_by(told, told.language.key(modifier), p.core.start):
            return named, None
    return None


def _named_by(told: Told, word: str, before: int) -> Actor | None:
    """The body whose name has a word, the one met last before an offset: "department" after "the State Department"."""
    found = [(m, a) for a in told.cast.actors if a.kind == "organisation" and word in told.language.key(a.name).split()
             for m in a.mentions if m[0] < before]  # fmt: skip
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _chains(told: Told, s: Sentence, p: Phrase) -> Iterator[_Tie]:
    """ "groups under the command of the Guard": the Guard commands the groups."""
    led = told.cast.actor(s, p)
    for preposition, index in p.prepositions if led else ():
        q = s.phrases[index]
        if (
            told.language.key(preposition) not in told.words.chain_prepositions
            or told.language.key(q.lemma) not in told.words.chain_words
        ):
            continue
        ends = [
            i
            for r in (q, *(s.phrases[c] for c in q.conjuncts))
            for i in (*(i for _, i in r.prepositions), r.possessor)
            if i is not None
        ]
        for end in ends:
            if (leader := told.cast.actor(s, s.phrases[end])) and led and leader.id != led.id:
                spans = (p.core, q.core, s.phrases[end].core)
                yield "commands", leader.id, led.id, Span(min(x.start for x in spans), max(x.end for x in spans))
                return


def _members(told: Told, s: Sentence, ties: Sequence[_Tie]) -> list[_Tie]:
    """What holds of a class holds of its members: "among the Ruritania-backed militias are A and B", "militias such as A"."""
    found: list[_Tie] = []
    for whole, inside, end in [*_counted_among(told, s), *_examples(told, s)]:
        who = told.cast.actor(s, whole)
        parts = [told.cast.actor(s, s.phrases[i]) for i in inside]
        for rel, one, other, span in ties:
            if who and one == who.id and s.span.covers(span):
                reach = Span(span.start, max(span.end, end))
                found += [(rel, part.id, other, reach) for part in parts if part and part.id != one]
    return found


def _counted_among(told: Told, s: Sentence) -> Iterator[tuple[Phrase, list[int], int]]:
    """A class after "among", and those that the clause counts among it, in either order."""
    for clause in s.clauses:
        for a in clause.arguments:
            if (
                a.phrase is None
                or a.function != "oblique"
                or told.language.key(a.preposition or "") not in told.words.members
            ):
                continue
            named = [b.phrase for b in clause.arguments if b.function in ("subject", "predicative", "object")]
            inside = [i for n in named if n is not None for i in (n, *s.phrases[n].conjuncts)]
            yield s.phrases[a.phrase], list(dict.fromkeys(inside)), clause.span.end


def _examples(told: Told, s: Sentence) -> Iterator[tuple[Phrase, list[int], int]]:
    """A class and the examples that follow it: "militias such as A and B"."""
    for p in s.phrases:
        for preposition, index in p.prepositions:
            if told.language.key(preposition) in told.words.examples:
                first = s.phrases[index]
                inside = [index, *first.conjuncts]
                yield p, inside, max(s.phrases[i].core.end for i in inside)
