"""Actors in the making, and what a phrase, a clause or a class of the lexicon says about who is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kavass.lang.clause import Clause, Phrase, Sentence
from kavass.mark import Mention
from kavass.model import ActorKind, Span

ZONES = ("title", "body", "caption")
# What a class of the lexicon says about the sector; the first that holds.
SECTORS: tuple[tuple[str, str], ...] = (
    ("person.military", "state_forces"), ("person.security", "state_forces"), ("person.police", "police"),
    ("person.diplomatic", "diplomatic"), ("org.military", "state_forces"), ("org.police", "police"),
    ("person.fighter", "rebel"), ("person.assailant", "unidentified"), ("person.journalist", "media"),
    ("person.medical", "medical"), ("person.activist", "ngo"), ("person.religious", "religious"),
    ("group.militia", "militia"), ("group.rebel", "rebel"), ("group.gang", "criminal"), ("group.tribe", "tribal"),
    ("org.ministry", "government"), ("org.government", "government"), ("org.party", "party"), ("org.agency", "government"),
    ("org.company", "business"), ("org.platform", "business"), ("org.court", "judiciary"), ("org.un", "international"),
    ("org.ngo", "ngo"), ("org.media", "media"), ("person.spokesman", "government"), ("person.official", "government"),
    ("person.leader", "government"), ("person.crowd", "protesters"), ("facility.diplomatic", "diplomatic"), ("state", "government"),
    ("person", "civilian"),
)  # fmt: skip
MEANT = ("person", "group", "org", "people")
INSTITUTIONS = ("org.government", "org.ministry", "org.court", "org.military", "org.police")
FORCES = ("person.military", "person.police", "person.security")
BACK_SENTENCES = 3  # how far "the group" looks for a name of another word
PRONOUN_SENTENCES = 1
CASED_SHARE = 0.005  # with fewer capitals than this a text is printed in one case, and capitals say nothing


@dataclass(slots=True, eq=False)
class Cluster:
    """An actor in the making. `last` is (sentence, offset) of the latest mention; `words` what has been said of it."""

    kind: ActorKind
    number: str | None = None
    sector: str | None = None
    country: str | None = None
    known_as: str | None = None
    named: bool = False
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    mentions: dict[Span, str] = field(default_factory=dict)  # span -> name | described | capital | tie | pronoun
    last: tuple[int, int] = (-1, -1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention in a sentence, for pronouns."""

    cluster: Cluster
    start: int
    subject: bool


@dataclass(slots=True)
class Described:
    """What a phrase says about whom it means."""

    lemma: str
    classes: frozenset[str]
    modifiers: frozenset[str]
    country: str | None
    folded: str


Governed = dict[int, list[tuple[str, str | None, Clause | None]]]


def governed_in(s: Sentence) -> Governed:
    """How each phrase hangs in its sentence: (function, preposition, clause); `possessor`, `of` for what hangs on a phrase."""
    found: Governed = {}
    for clause in s.clauses:
        for a in clause.arguments:
            if a.phrase is not None:
                for index in (a.phrase, *s.phrases[a.phrase].conjuncts):
                    found.setdefault(index, []).append((a.function, a.preposition, clause))
    for p in s.phrases:
        if p.possessor is not None:
            found.setdefault(p.possessor, []).append(("possessor", None, None))
        for preposition, index in p.prepositions:
            found.setdefault(index, []).append(("of", preposition, None))
    return found


def said_of(s: Sentence, p: Phrase, governed: Governed) -> bool:
    """Whether a phrase is no somebody: an adjective said of something, or part of a title ("minister of state")."""
    hangs = governed.get(p.index, ())
    if p.number is None and p.kind == "noun" and any(f in ("predicative", "modifier") for f, *_ in hangs):
        return True
    bare = p.number == "singular" and p.core == p.head and (not p.definite or p.kind == "name")
    if not bare or p.label == "GPE" or not p.has("org.government", "state"):
        return False
    return any(q.has("person") and any(i == p.index for _, i in q.prepositions) for q in s.phrases)


def speaks(s: Sentence, clause: Clause) -> bool:
    """Whether a clause has a content: somebody says or thinks something."""
    if any(
        a.function == "complement" and a.clause is not None and not s.clauses[a.clause].infinitive
        for a in clause.arguments
    ):
        return True
    below = [c for c in s.clauses if c.parent == clause.index]
    return any((c.relation == "content" and not c.infinitive) or (c.quoted and not clause.quoted) for c in below)


def steps_up(s: Sentence, clause: Clause) -> Iterator[tuple[Clause, Clause]]:
    below = clause
    for above in s.above(clause):
        yield below, above
        below = above


def country_of(mention: Mention) -> str | None:
    found = [v.removeprefix("country:") for v in mention.values if v.startswith("country:")]
    return found[0] if found else None


def same_person(full: list[str], parts: list[str]) -> bool:
    short, long = sorted((full, parts), key=len)
    return bool(short) and short[-1] in (long[-1], long[0]) and set(short) <= set(long)


def numbers_agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or (one == "singular") == (other == "singular")


def alike(cluster: Cluster, p: Phrase) -> bool:
    """Whether a phrase can describe what a cluster is."""
    if cluster.kind == "person":
        return p.has("person")
    return p.has("org", "group", "people", "person") and (
        cluster.kind != "organisation" or p.has("org", "group", "facility")
    )


@lru_cache(maxsize=20_000)
def sector_of(classes: frozenset[str]) -> str | None:
    return next((s for name, s in SECTORS if any(c == name or c.startswith(name + ".") for c in classes)), None)


def kind_of(p: Phrase) -> ActorKind:
    if p.has("person.crowd", "people") or (p.has("person.civilian") and p.number == "plural"):
        return "crowd"
    if p.has("person"):
        return "group" if p.number in ("plural", "dual") else "person"
    if p.has("group") or p.label == "NORP":
        return "group"
    return "crowd" if not p.has("org", "facility") else "organisation"


def fits(cluster: Cluster, kind: str | None) -> bool:
    """Whether a pronoun of that kind can mean the actor."""
    if kind == "person":
        return cluster.kind == "person" and cluster.number in (None, "singular")
    if kind == "one":
        return cluster.kind in ("person", "organisation") and cluster.number in (None, "singular")
    if kind == "body":
        return cluster.kind in ("organisation", "state", "group")
    if kind == "plural":
        return cluster.kind in ("crowd", "group", "unidentified") or cluster.number in ("plural", "dual")
    return kind == "thing" and cluster.kind in ("organisation", "state", "group") and cluster.number != "plural"
