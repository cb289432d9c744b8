"""The report with what the earlier steps found, and the language's words for posts and ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from kavass.gazetteer import places as gazetteer
from kavass.lang import Language, load
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.lang.frames import Hit
from kavass.model import Actor, Claim, Place, PlaceMention, Report, Span
from kavass.refer import ZONES, Cast
from kavass.refer import words as refer_words

if TYPE_CHECKING:
    from kavass.coding import Coded
    from kavass.situate import Places

# Sectors that speak and act for a state.
AUTHORITIES = ("government", "diplomatic", "state_forces", "international", "police")


@dataclass(frozen=True, slots=True)
class Words:
    """posture.toml of a language, folded."""

    posts: Mapping[str, str]
    back: frozenset[str]
    near_place: frozenset[str]
    near_owner: frozenset[str]
    heads: Mapping[str, str]
    heads_prepositions: frozenset[str]
    chain_prepositions: frozenset[str]
    chain_words: frozenset[str]
    members: frozenset[str]
    examples: frozenset[str]
    advisory: frozenset[str]
    levels: Mapping[str, int]
    idle: frozenset[str]
    grievance: frozenset[str]
    agents: frozenset[str]


@cache
def words(code: str) -> Words:
    """The words of posts and ties of a language."""
    language = load(code)
    table = language.table("posture")

    def listed(*path: str) -> frozenset[str]:
        part = table.get(path[0], {})
        return frozenset(language.key(w) for w in part.get(path[1], ()))

    def mapped(name: str) -> dict[str, str]:
        return {language.key(w): value for w, value in table.get(name, {}).items()}

    return Words(
        posts=mapped("posts"),
        back=listed("back", "words"),
        near_place=listed("near", "place"),
        near_owner=listed("near", "owner"),
        heads=mapped("heads"),
        heads_prepositions=listed("heads_prepositions", "words"),
        chain_prepositions=listed("chains", "prepositions"),
        chain_words=listed("chains", "words"),
        members=listed("members", "prepositions"),
        examples=listed("members", "examples"),
        advisory=listed("advisory", "words"),
        levels={language.key(w): value for w, value in table.get("levels", {}).items()},
        idle=listed("idle", "markers"),
        grievance=listed("grievance", "words"),
        agents=listed("agents", "prepositions"),
    )


class Told:
    """The report with what the earlier steps found, and look-ups in it."""

    def __init__(
        self,
        report: Report,
        analysis: Analysis,
        cast: Cast,
        accounts: Sequence[Coded],
        claims: Sequence[Claim],
        places: Places,
        language: Language,
    ):
        self.report, self.analysis, self.cast, self.language = report, analysis, cast, language
        self.accounts, self.claims, self.places = accounts, claims, places
        self.words = words(language.code)
        self.sentences = [s for s in analysis.sentences if s.zone in ZONES]

    def key(self, span: Span) -> str:
        """The folded words of a span."""
        return self.language.key(self.report.words(span))

    def actor(self, hit: Hit, role: str) -> Actor | None:
        """The first filler of a role that is an actor."""
        return next((a for p in hit.roles.get(role, ()) if (a := self.cast.actor(hit.sentence, p))), None)

    def mentions(self, span: Span) -> list[PlaceMention]:
        """The place names inside a span."""
        return [m for m in self.places.mentions if m.kind == "name" and span.covers(m.mention)]

    def place(self, span: Span) -> Place | None:
        """The finest place named inside a span."""
        found = self.mentions(span)
        return as_place(min(found, key=lambda m: (m.radius_km is None, m.radius_km or 0, m.mention))) if found else None

    def site(self, p: Phrase) -> gazetteer.Candidate | None:
        """The known mission whose name stands on the head of a phrase."""
        mention = self.places.at(p.head)
        if mention is None or mention.kind != "name" or not mention.mention.covers(p.head):
            return None
        return next(
            (c for c in map(gazetteer.candidate, gazetteer.sites()) if c.name == mention.name and c.owner), None
        )

    def country(self, span: Span) -> str | None:
        """The country of the demonyms and country names inside a span, the last one."""
        found = [
            m
            for m in self.places.mentions
            if span.covers(m.mention) and m.country and (m.kind == "demonym" or is_country(m))
        ]
        return found[-1].country if found else None

    def account_at(self, sentence: Sentence, clause: Clause) -> Coded | None:
        """The account that a clause tells."""
        return next(
            (c for c in self.accounts if any(h.sentence is sentence and h.clause is clause for h in c.hits)), None
        )

    def claims_at(self, span: Span, *fields: str) -> list[Claim]:
        """The claims that cover a span, those about the fields if there are any, otherwise the narrowest."""
        covering = [c for c in self.claims if c.span.covers(span)]
        if chosen := [c for c in covering if c.field in fields]:
            return chosen
        return [min(covering, key=lambda c: (c.span[1] - c.span[0], c.id))] if covering else []

    def idle(self, hit: Hit) -> bool:
        """Whether a clause only supposes: "if", "whether", "would", and everything below such a clause."""
        for clause in (hit.clause, *hit.sentence.above(hit.clause)):
            if clause.marker and self.language.key(clause.marker) in self.words.idle:
                return True
            if clause.relation == "content":
                break
        return hit.clause.modality in ("conditional", "possible") and hit.clause.kind != "noun"


def is_country(mention: PlaceMention) -> bool:
    """Whether a place name is a country's: it has the country's own entry."""
    known = gazetteer.country(mention.country) if mention.country else None
    return known is not None and known.geonames_id == mention.geonames_id and mention.geonames_id is not None


def as_place(mention: PlaceMention) -> Place:
    """The place that a mention names; a country has no coordinates."""
    if is_country(mention) or mention.lat is None:
        precision: Literal["country", "unknown"] = "country" if is_country(mention) else "unknown"
        return Place(
            name=mention.name,
            geonames_id=mention.geonames_id,
            country=mention.country,
            precision=precision,
            span=mention.mention,
        )
    radius = mention.radius_km or 0.0
    size: Literal["site", "town", "province"] = "site" if radius < 2 else "town" if radius <= 30 else "province"
    return Place(name=mention.name, geonames_id=mention.geonames_id, country=mention.country, lat=mention.lat, lon=mention.lon,
                 radius_km=mention.radius_km, precision=size, span=mention.mention)  # fmt: skip


def meant_by_its(told: Told, s: Sentence, p: Phrase) -> Actor | None:
    """Whom a possessive pronoun at the start of a phrase means: the nearest state or body before it in the sentence."""
    first = told.key(p.core).split()[:1]
    if not first or refer_words(told.language.code).pronouns.get(first[0]) != "thing" or told.key(p.head) == first[0]:
        return None
    who = told.cast.actor(s, p)
    found = [
        a
        for _, a in told.cast.within(Span(s.span.start, p.core.start))
        if a.kind in ("state", "organisation") and a is not who
    ]
    return found[-1] if found else None


def reach(hit: Hit, *roles: str) -> Span:
    """The trigger with the fillers of some roles."""
    spans = [hit.trigger, *(p.core for role in roles for p in hit.roles.get(role, ()))]
    return Span(min(s.start for s in spans), max(s.end for s in spans))
