"""Hits and phrases -> Record: what happens to posts, advisories, measures, drivers of unrest, ties between actors.

One change for each post and kind of change, however often the report names it: the title announces, the body repeats, somebody
calls it something else (the label). "Closes" is the report's word; an official status (ordered departure) is told only where the
report uses the term. Words that stand inside phrases (kinds of posts, ties, levels) are in `lang/<code>/posture.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from kavass.gazetteer import places as gazetteer
from kavass.lang import Language, load
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.lang.frames import Hit
from kavass.model import (
    Actor,
    Advisory,
    Claim,
    Driver,
    Measure,
    Place,
    PlaceMention,
    PostTold,
    PostureChange,
    PostureChangeName,
    Relation,
    RelationName,
    Report,
    Span,
    When,
)
from kavass.refer import ZONES, Cast
from kavass.refer import words as refer_words

if TYPE_CHECKING:
    from kavass.coding import Coded
    from kavass.situate import Places

UNREST = ("protest", "riot", "obstruction", "crackdown")
AUTHORITIES = ("government", "diplomatic", "state_forces", "international", "police")
NO_POSTS_OF = ("protesters", "rebel", "criminal", "militia", "civilian", "unidentified", "business", "media")
BODIES = ("org.military", "org.police", "org.ministry", "org.court", "group.military", "group.police")
BACK_SENTENCES = 4  # how far "the building" looks for its post


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a report tells beside accounts and claims."""

    posture: tuple[PostureChange, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    measures: tuple[Measure, ...] = ()
    drivers: tuple[Driver, ...] = ()
    relations: tuple[Relation, ...] = ()


def posture(
    report: Report,
    analysis: Analysis,
    hits: Sequence[Hit],
    cast: Cast,
    accounts: Sequence[Coded],
    claims: Sequence[Claim],
    places: Places,
    language: Language,
) -> Record:
    """The record of a report, every part with the span that says so, in text order."""
    told = _Told(report, analysis, cast, accounts, claims, places, language)
    readable = [h for h in hits if h.sentence.zone in ZONES]
    of = {kind: [h for h in readable if h.kind == kind] for kind in ("posture", "advisory", "measure", "driver", "relation")}
    return Record(
        posture=tuple(changes(told, of["posture"])),
        advisories=tuple(_advisories(told, of["advisory"])),
        measures=tuple(_measures(told, of["measure"])),
        drivers=tuple(sorted(_drivers(told, of["driver"]), key=lambda d: d.span)),
        relations=tuple(_relations(told, of["relation"])),
    )


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
        advisory=listed("advisory", "words"),
        levels={language.key(w): value for w, value in table.get("levels", {}).items()},
        idle=listed("idle", "markers"),
        grievance=listed("grievance", "words"),
        agents=listed("agents", "prepositions"),
    )


class _Told:
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
        return next((c for c in map(gazetteer.candidate, gazetteer.sites()) if c.name == mention.name and c.owner), None)

    def country(self, span: Span) -> str | None:
        """The country of the demonyms and country names inside a span, the last one."""
        found = [m for m in self.places.mentions if span.covers(m.mention) and m.country and (m.kind == "demonym" or is_country(m))]
        return found[-1].country if found else None

    def account_at(self, sentence: Sentence, clause: Clause) -> Coded | None:
        """The account that a clause tells."""
        return next((c for c in self.accounts if any(h.sentence is sentence and h.clause is clause for h in c.hits)), None)

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
        return Place(name=mention.name, geonames_id=mention.geonames_id, country=mention.country, precision=precision, span=mention.mention)
    radius = mention.radius_km or 0.0
    size: Literal["site", "town", "province"] = "site" if radius < 2 else "town" if radius <= 30 else "province"
    return Place(name=mention.name, geonames_id=mention.geonames_id, country=mention.country, lat=mention.lat, lon=mention.lon,
                 radius_km=mention.radius_km, precision=size, span=mention.mention)  # fmt: skip


# --- posts ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Post:
    """A mission as the report names it, in the making."""

    kind: str | None
    owner: str | None = None
    place: Place | None = None
    names: list[str] = field(default_factory=list)
    last: tuple[int, int] = (-1, -1)
    full: bool = False

    def told(self) -> PostTold:
        """The contract's type."""
        name = max(self.names, key=len) if self.names else (self.kind or "")
        return PostTold(name=name, owner=self.owner, kind=self.kind, place=self.place, known_as=_site(self))


class Posts:
    """The posts of a report and the phrases that mean them."""

    def __init__(self, told: _Told, hits: Iterable[Hit]):
        self.told = told
        self.all: list[Post] = []
        self.meant: dict[tuple[int, int], Post] = {}
        self.closers = _closers(told, hits)
        for s in told.sentences:
            for p in sorted(s.phrases, key=lambda p: p.head):
                if post := self._post(s, p):
                    post.last = (s.index, p.head.start)
                    self.meant[s.index, p.index] = post

    def of(self, sentence: Sentence, phrase: Phrase) -> Post | None:
        """The post that a phrase means."""
        return self.meant.get((sentence.index, phrase.index))

    def meant_by(self, sentence: Sentence, pronoun: Phrase) -> Post | None:
        """The post that a pronoun stands for: the institution that speaks in the same sentence."""
        who = self.told.cast.actor(sentence, pronoun) if pronoun.kind == "pronoun" else None
        same = [q for q in sentence.phrases if who and q.index < pronoun.index and self.told.cast.actor(sentence, q) is who]
        return next((post for q in same if (post := self.of(sentence, q))), None)

    def before(self, sentence: Sentence, start: int) -> Post | None:
        """The post named last before an offset, in the sentence or the few before it."""
        found = [(key, post) for key, post in self._order() if (sentence.index - BACK_SENTENCES, 0) <= key < (sentence.index, start)]
        return found[-1][1] if found else None

    def within(self, sentence: Sentence, span: Span) -> Post | None:
        """The first post named inside a span of the sentence."""
        return next((self.meant[sentence.index, p.index] for p in sorted(sentence.phrases, key=lambda p: p.head)
                     if (sentence.index, p.index) in self.meant and span.covers(p.head)), None)  # fmt: skip

    def _order(self) -> list[tuple[tuple[int, int], Post]]:
        starts = {(s.index, p.index): (s.index, p.head.start) for s in self.told.sentences for p in s.phrases}
        return sorted(((starts[key], post) for key, post in self.meant.items()), key=lambda pair: pair[0])

    def _post(self, s: Sentence, p: Phrase) -> Post | None:
        w, key = self.told.words, self.told.language.key
        if p.number == "plural" or p.quantity is not None or p.kind in ("pronoun", "time", "number"):
            return None
        inner = [w.posts[k] for k in (*(key(m) for m in p.modifiers), key(p.lemma)) if k in w.posts]
        kind = inner[-1] if inner else None
        mission = p.has("facility.diplomatic") and kind is not None
        if mission and kind == "mission" and len(inner) > 1:
            kind = inner[0]
        refers_back = key(p.lemma) in w.back and p.definite
        if not (mission or refers_back):
            return None
        place, name = self._place(s, p)
        owner = self._owner(s, p)
        if owner is None and not (place and place.country == self.closers.get((s.index, p.index))):
            owner = self.closers.get((s.index, p.index))
        found = self._same(kind, owner, place, s, p, only_near=not mission)
        if found is None and mission:
            found = Post(kind=kind)
            self.all.append(found)
        if found is not None:
            self._learn(found, kind, owner, place, name)
        return found

    def _learn(self, post: Post, kind: str | None, owner: str | None, place: Place | None, name: str) -> None:
        post.owner = post.owner or owner
        if kind and kind != "mission" and post.kind in (None, "mission"):
            post.kind = kind
        if place and (post.place is None or (post.place.precision == "country" != place.precision)):
            post.place = place
        if kind:
            post.names.append(name)

    def _same(self, kind: str | None, owner: str | None, place: Place | None, s: Sentence, p: Phrase, only_near: bool) -> Post | None:
        for post in sorted(self.all, key=lambda x: x.last, reverse=True):
            if only_near and s.index - post.last[0] > BACK_SENTENCES:
                continue
            kinds = kind in (None, "mission") or post.kind in (None, "mission") or kind == post.kind
            owners = owner is None or post.owner is None or owner == post.owner
            bare = owner is None and place is None and not p.definite
            if kinds and owners and not bare and _places_agree(post.place, place):
                return post
        return None

    def _owner(self, s: Sentence, p: Phrase) -> str | None:
        told = self.told
        if (site := told.site(p)) and site.owner:
            return site.owner
        named = [m for m in told.places.mentions if p.core.covers(m.mention) and m.country and (m.kind == "demonym" or is_country(m))]
        if named:
            return named[0].country
        owned = told.cast.actor(s, s.phrases[p.possessor]) if p.possessor is not None else _meant_by_its(told, s, p)
        if owned:
            return owned.country
        for preposition, index in p.prepositions:
            if told.language.key(preposition) in told.words.near_owner and (country := told.country(s.phrases[index].span)):
                return country
        owners = [post.owner for i in p.conjuncts if (post := self.meant.get((s.index, i)))]
        return owners[0] if owners else None

    def _place(self, s: Sentence, p: Phrase) -> tuple[Place | None, str]:
        """Where a post is, and its name with the place."""
        told = self.told
        bare = _bare(told, p.core)
        if told.site(p) and (mention := told.places.at(p.head)):
            return as_place(mention), told.report.words(Span(min(bare.start, mention.mention[0]), max(bare.end, mention.mention[1])))
        inside = [m for m in told.mentions(p.core) if not is_country(m)]
        if inside:
            return as_place(inside[-1]), told.report.words(bare)
        for q in sorted(s.phrases, key=lambda q: q.core):
            gap = Span(bare.end, q.core.start)
            if 0 < gap.end - gap.start <= 12 and told.key(gap) in told.words.near_place:
                found = told.mentions(q.span) or told.mentions(q.core)
                if found:
                    finest = next((m for m in found if not is_country(m)), found[0])
                    return as_place(finest), told.report.words(Span(bare.start, finest.mention[1]))
        return None, told.report.words(bare)


def _closers(told: _Told, hits: Iterable[Hit]) -> dict[tuple[int, int], str]:
    """(sentence, phrase) -> the country of whoever changes that post: a state closes its own."""
    found: dict[tuple[int, int], str] = {}
    for hit in hits:
        by = _changer(told, hit)
        if by is None or by.country is None or (by.sector not in AUTHORITIES and by.kind != "state"):
            continue
        posts = hit.roles.get("post", ()) or [p for p in hit.sentence.phrases if hit.clause.span.covers(p.head)]
        found.update({(hit.sentence.index, p.index): by.country for p in posts if p.has("facility.diplomatic")})
    return found


def _changer(told: _Told, hit: Hit) -> Actor | None:
    """Who changes a post: the subject, or whoever announces what a noun names ("Spain announced the closing of ...")."""
    by = told.actor(hit, "by")
    for clause in hit.sentence.above(hit.clause) if by is None and hit.clause.kind == "noun" else ():
        subjects = [s for a in hit.sentence.arguments(clause, "subject") if a.phrase is not None
                    and (s := told.cast.actor(hit.sentence, hit.sentence.phrases[a.phrase]))]  # fmt: skip
        if subjects:
            return subjects[0] if subjects[0].kind == "state" or subjects[0].sector in ("government", "diplomatic") else None
    return by


def _bare(told: _Told, core: Span) -> Span:
    """A phrase without its articles."""
    articles, start = refer_words(told.language.code).articles, core.start
    for word in told.report.words(core).split(" ")[:-1]:
        if told.language.key(word) not in articles:
            break
        start += len(word) + 1
    end = core.end
    while end < len(told.report.text) and told.report.text[end].isalnum():  # a pronoun written together with its noun
        end += 1
    return Span(start, end)


def _places_agree(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None or one.name == other.name:
        return True
    return "country" in (one.precision, other.precision) and one.country == other.country


def _site(post: Post) -> str | None:
    """The gazetteer's key of a known mission."""
    if post.place is None or post.owner is None:
        return None
    for key in gazetteer.sites():
        site = gazetteer.candidate(key)
        if site.owner == post.owner and site.what == post.kind and post.place.name in (site.parent, site.name):
            return key
    return None


# --- posture changes --------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Change:
    post: Post
    change: str
    hits: list[Hit] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    done: bool = False
    deciders: list[Actor] = field(default_factory=list)
    label: str | None = None
    label_span: Span | None = None


def changes(told: _Told, hits: Sequence[Hit]) -> list[PostureChange]:
    """One change for each post and kind of change."""
    posts, found, labels = Posts(told, hits), dict[tuple[int, str], _Change](), list[Hit]()
    for hit in hits:
        if told.idle(hit):
            continue
        meant, by, kind = _posts_of(posts, hit), _changer(told, hit), _kind_of(hit)
        if not meant and hit.clause.kind == "noun":
            labels.append(hit)
        if kind is None or (by and by.sector in NO_POSTS_OF):
            continue
        for post in meant:
            if post.owner is None and by is not None:
                post.owner = by.country
            _add(told, found.setdefault((id(post), kind), _Change(post, kind)), hit, by)
    for hit in labels:
        _label(told, posts, hit, list(found.values()))
    return [_told_change(told, c) for c in found.values() if not _overtaken(c, found.values())]


def _posts_of(posts: Posts, hit: Hit) -> list[Post]:
    """The posts a hit is about: its own, those its fillers hang on, or the one that its staff leave."""
    s, fillers, staff = hit.sentence, hit.roles.get("post", ()), hit.roles.get("staff", ())
    found = [post for p in fillers if (post := posts.of(s, p) or posts.meant_by(s, p))]
    if not found:
        found = [post for p in (*fillers, *staff) for _, i in p.prepositions if (post := posts.of(s, s.phrases[i]))][:1]
    if found or (fillers and not staff) or (staff and not any(p.has("person") for p in staff)):
        return list(dict.fromkeys(found))
    near = posts.within(s, hit.clause.span) or (posts.before(s, hit.trigger.start) if staff else None)
    return [near] if near else []


def _kind_of(hit: Hit) -> str | None:
    """The change a hit tells; a denied closing leaves the post as it is."""
    if hit.clause.negated:
        return {"close": "unchanged", "suspend": "unchanged", "unchanged": "close"}.get(hit.value)
    if hit.value == "unchanged" and hit.clause.perfect:
        return None
    return hit.value


def _add(told: _Told, change: _Change, hit: Hit, by: Actor | None) -> None:
    change.hits.append(hit)
    fillers = [p.core for role in ("post", "staff") for p in hit.roles.get(role, ())]
    named = [p.core for p in hit.roles.get("post", ()) if p.has("facility", "service")]
    spans = [hit.trigger, *(named or fillers)]
    change.spans.append(Span(min(s.start for s in spans), max(s.end for s in spans)))
    c = hit.clause
    told_as_done = c.tense == "past" or (c.tense == "present" and hit.sentence.zone != "title")
    certain = c.kind == "verb" and not c.infinitive and c.modality == "actual" and told_as_done and not c.progressive
    change.done = change.done or certain
    if by is not None and (by.sector in AUTHORITIES or by.kind == "state"):
        change.deciders.append(by)
    if change.label is None and hit.value in ("ordered_departure", "authorized_departure") and c.kind == "noun":
        change.label = told.report.words(hit.trigger)


def _label(told: _Told, posts: Posts, hit: Hit, found: list[_Change]) -> None:
    """Somebody's word for a change: the quoted or predicated noun goes to the change of the post named last."""
    quote = next((q for q in hit.sentence.quotes if q.covers(hit.trigger)), None)
    if hit.clause.phrase is None or quote is None:
        return
    post = posts.before(hit.sentence, hit.trigger.start)
    mine = [c for c in found if c.post is post and c.label is None]
    if mine:
        short = quote.end - quote.start <= 60
        mine[0].label_span = quote if short else _bare(told, hit.sentence.phrases[hit.clause.phrase].core)
        mine[0].label = told.report.words(mine[0].label_span)


def _overtaken(change: _Change, found: Iterable[_Change]) -> bool:
    """Whether a post that stays as it is does not, by the same report."""
    return change.change == "unchanged" and any(c.post is change.post and c.change in ("close", "suspend") for c in found)


def _told_change(told: _Told, c: _Change) -> PostureChange:
    body = [i for i, h in enumerate(c.hits) if h.sentence.zone != "title"]
    first = body[0] if body else 0
    spans = [*c.spans, *([c.label_span] if c.label_span else [])]
    claims = dict.fromkeys(claim.id for span in spans for claim in told.claims_at(span, "posture"))
    return PostureChange(
        post=c.post.told(),
        change=cast("PostureChangeName", c.change),
        label=c.label,
        status="in_effect" if c.done else "announced",
        effective=_effective(told, c),
        decided_by=_decider(c),
        claims=tuple(claims),
        span=c.spans[first],
    )


def _decider(c: _Change) -> str | None:
    """Who decides: a body or a person rather than the state as a whole."""
    named = [a.id for a in c.deciders if a.kind != "state"] or [a.id for a in c.deciders]
    return named[0] if named else None


def _effective(told: _Told, c: _Change) -> str | None:
    """The day of a change, where the clause that tells it says one."""
    for hit in c.hits:
        account = told.account_at(hit.sentence, hit.clause)
        when = account.account.when if account else None
        if when and when.precision in ("hour", "day") and when.start and when.start == when.end:
            return when.start
    return None


# --- advisories and measures ------------------------------------------------------------------------------------------


def _advisories(told: _Told, hits: Iterable[Hit]) -> Iterator[Advisory]:
    seen: set[tuple[str | None, str | None]] = set()
    for hit in hits:
        around = Span(min(hit.trigger.start, hit.clause.span.start), hit.clause.span.end)
        travel = set(told.key(around).split()) & told.words.advisory
        country = _advised(told, hit, around)
        by = told.actor(hit, "by")
        if told.idle(hit) or hit.clause.negated or not travel or (country is None and hit.frame.set.get("needs") == "travel"):
            continue
        issuer = by.country if by else None
        if (issuer, country) not in seen:
            seen.add((issuer, country))
            yield Advisory(issuer=issuer, country=country, level=_level(told, around), change=hit.value, span=_reach(hit, "advisory"))


def _advised(told: _Told, hit: Hit, around: Span) -> str | None:
    """The country an advisory is for."""
    for p in (*hit.roles.get("country", ()), *hit.roles.get("advisory", ())):
        if country := told.country(p.span):
            return country
    after = [m for m in told.mentions(around) if m.country and m.mention[0] > hit.trigger.start]
    return after[0].country if after else None


def _level(told: _Told, span: Span) -> int | None:
    folded = f" {' '.join(told.key(span).split())} "
    return next((level for said, level in told.words.levels.items() if f" {said} " in folded), None)


def _reach(hit: Hit, *roles: str) -> Span:
    """The trigger with the fillers of some roles."""
    spans = [hit.trigger, *(p.core for role in roles for p in hit.roles.get(role, ()))]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _extent(hit: Hit) -> Span:
    """The trigger with the things of its clause and the prepositional phrase next to it."""
    phrases = hit.sentence.phrases
    held = [a for a in hit.clause.arguments if a.phrase is not None and phrases[a.phrase].core.start > hit.trigger.start]
    things = [phrases[a.phrase].core for a in held if a.function in ("object", "indirect") and a.phrase is not None]
    around = sorted(phrases[a.phrase].core for a in held if a.function == "oblique" and a.phrase is not None)
    spans = [hit.trigger, *things, *around[:1]]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _measures(told: _Told, hits: Iterable[Hit]) -> Iterator[Measure]:
    seen: set[tuple[str, str | None, int]] = set()
    for hit in hits:
        if told.idle(hit) or hit.clause.negated or not _addressed(told, hit):
            continue
        by = told.actor(hit, "by")
        if (hit.value, by.id if by else None, hit.sentence.index) in seen:
            continue
        seen.add((hit.value, by.id if by else None, hit.sentence.index))
        place, when = _where_and_when(told, hit)
        yield Measure(kind=hit.value, by=by.id if by else None, place=place, when=when, span=_extent(hit))


def _addressed(told: _Told, hit: Hit) -> bool:
    """Whether a warning is a step: an authority warns a state, a force or an armed group."""
    if hit.frame.set.get("needs") != "addressee":
        return True
    by, whom = told.actor(hit, "by"), told.actor(hit, "addressee")
    if by is None or whom is None:
        return False
    told_off = whom.kind == "state" or whom.sector in ("state_forces", "militia", "rebel") or (whom.kind == "organisation" and whom.sector == "government")
    return (by.sector in AUTHORITIES or by.kind == "state") and told_off


def _where_and_when(told: _Told, hit: Hit) -> tuple[Place | None, When | None]:
    account = told.account_at(hit.sentence, hit.clause)
    if account is not None and (account.account.place or account.account.when):
        return account.account.place, account.account.when
    for p in (*hit.roles.get("place", ()), *hit.roles.get("object", ())):
        if place := told.place(p.span):
            return place, None
    return None, None


# --- drivers ----------------------------------------------------------------------------------------------------------


def _drivers(told: _Told, hits: Iterable[Hit]) -> Iterator[Driver]:
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        account = _unrest(told, hit.sentence)
        if hit.frame.set.get("needs") == "unrest" and account is None:
            continue
        for driver, span in _driven(told, hit):
            if (driver, hit.sentence.index) not in seen:
                seen.add((driver, hit.sentence.index))
                yield Driver(driver=driver, account=account, span=span)
    for s, driver, span in _grieved(told):
        if (driver, s.index) not in seen and (account := _unrest(told, s)):
            seen.add((driver, s.index))
            yield Driver(driver=driver, account=account, span=span)


def _grieved(told: _Told) -> Iterator[tuple[Sentence, str, Span]]:
    """Services after a word of grievance: "angry over power cuts", "clashes over wages"."""
    for s in told.sentences:
        for p in s.phrases:
            before = told.key(Span(s.span.start, p.core.start)).split()[-1:] if p.core.start > s.span.start else []
            for q in (p, *(s.phrases[i] for i in p.conjuncts)) if before and before[0] in told.words.grievance else ():
                widest = max((r for r in s.phrases if r.core.covers(q.core)), key=lambda r: r.core.end - r.core.start)
                if driver := _service(told, widest):
                    yield s, driver, widest.core


def _driven(told: _Told, hit: Hit) -> Iterator[tuple[str, Span]]:
    """(driver, span) for what a grievance is about; of a complaint without an object, what its content names."""
    if hit.value != "named":
        yield hit.value, _reach(hit, "about")
        return
    s, found = hit.sentence, dict[int, tuple[str, Span]]()
    for p in hit.roles.get("about", ()):
        for index in (p.index, *(i for _, i in p.prepositions)):
            if driver := _service(told, s.phrases[index]):
                found[index] = driver, s.phrases[index].core
    if not found and hit.clause.kind != "noun":
        for p in s.phrases:
            driver = _service(told, p) if hit.clause.span.covers(p.head) and p.head.start > hit.trigger.end else None
            if driver:
                found[p.index] = driver, p.core
    yield from (found[i] for i in sorted(found))


def _service(told: _Told, p: Phrase) -> str | None:
    """The service a phrase names: by its head, else by a word before it ("electricity supplies")."""
    lexicon, key = told.language.lexicon, told.language.key
    for classes in (p.classes, *(lexicon.classes(key(m)) for m in reversed(p.modifiers))):
        if found := sorted(c.removeprefix("service.") for c in classes if c.startswith("service.")):
            return found[0]
    return None


def _unrest(told: _Told, sentence: Sentence) -> str | None:
    """The account of unrest that a driver stands behind: in its sentence, else the nearest told before, else the first."""
    unrest = [c for c in told.accounts if c.account.type in UNREST]
    near = [(h.sentence.index, -n, c.account.id) for n, c in enumerate(unrest) for h in c.hits if h.sentence.index <= sentence.index]
    if near:
        return max(near)[2]
    return unrest[0].account.id if unrest else None


# --- relations --------------------------------------------------------------------------------------------------------

_Tie = tuple[str, str, str, Span]  # relation, from, to, span


def _relations(told: _Told, hits: Iterable[Hit]) -> Iterator[Relation]:
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


def _of_hits(told: _Told, hits: Iterable[Hit]) -> Iterator[_Tie]:
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


def _agents(told: _Told, hit: Hit) -> list[tuple[Actor, Phrase]]:
    """Actors after "by" that hang on a predicative instead of the verb: "designated a terrorist by the government"."""
    s = hit.sentence
    held = [s.phrases[a.phrase] for a in hit.clause.arguments if a.function == "predicative" and a.phrase is not None]
    inner = [s.phrases[i] for p in held for preposition, i in p.prepositions if told.language.key(preposition) in told.words.agents]
    return [(a, p) for p in inner if (a := told.cast.actor(s, p))]


def _attributes(told: _Told, s: Sentence, p: Phrase) -> Iterator[_Tie]:
    """"Ruritania-backed militias", "militias backed by Ruritania" as one phrase: the state by the tie word, and whom the phrase means."""
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


def _owned(told: _Told, s: Sentence, p: Phrase) -> Iterator[_Tie]:
    """"Ruritania's Border Guard", "its Border Guard": a body belongs to whom it is said to be of."""
    who = told.cast.actor(s, p)
    if who is None or who.kind != "organisation" or who.sector in (None, "business"):
        return
    if who.known_as is None and p.kind != "name" and not p.has(*BODIES):
        return
    if p.possessor is not None:
        owner = told.cast.actor(s, s.phrases[p.possessor])
        span = Span(min(s.phrases[p.possessor].core.start, p.core.start), p.core.end)
    else:
        owner, span = _meant_by_its(told, s, p), p.core
    if owner and owner.id != who.id and owner.kind in ("state", "organisation"):
        yield "part_of", who.id, owner.id, span


def _meant_by_its(told: _Told, s: Sentence, p: Phrase) -> Actor | None:
    """Whom a possessive pronoun at the start of a phrase means: the nearest state or body before it in the sentence."""
    first = told.key(p.core).split()[:1]
    if not first or refer_words(told.language.code).pronouns.get(first[0]) != "thing" or told.key(p.head) == first[0]:
        return None
    who = told.cast.actor(s, p)
    found = [a for _, a in told.cast.within(Span(s.span.start, p.core.start)) if a.kind in ("state", "organisation") and a is not who]
    return found[-1] if found else None


def _heads(told: _Told, s: Sentence, p: Phrase) -> Iterator[_Tie]:
    """"ministry spokesman Ada Roe", "commander of the brigade": a person and the body of the role."""
    who = told.cast.actor(s, p)
    if who is None or (who.kind != "person" and not p.has("person.spokesman")):
        return
    inside = told.key(p.core).split()
    rel = next((told.words.heads[k] for k in (told.language.key(p.lemma), *reversed(inside)) if k in told.words.heads), None)
    if rel is None:
        return
    if body := _body(told, s, p, who):
        named = [s.phrases[i].core for i in p.appositions] + [q.core for q in s.phrases if p.index in q.appositions]
        spans = [p.core, *named, *([body[1]] if body[1] else [])]
        yield rel, who.id, body[0].id, Span(min(x.start for x in spans), max(x.end for x in spans))


def _body(told: _Told, s: Sentence, p: Phrase, who: Actor) -> tuple[Actor, Span | None] | None:
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


def _named_by(told: _Told, word: str, before: int) -> Actor | None:
    """The body whose name has a word, the one met last before an offset: "department" after "the State Department"."""
    found = [(m, a) for a in told.cast.actors if a.kind == "organisation" and word in told.language.key(a.name).split()
             for m in a.mentions if m[0] < before]  # fmt: skip
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _chains(told: _Told, s: Sentence, p: Phrase) -> Iterator[_Tie]:
    """"groups under the command of the Guard": the Guard commands the groups."""
    led = told.cast.actor(s, p)
    for preposition, index in p.prepositions if led else ():
        q = s.phrases[index]
        if told.language.key(preposition) not in told.words.chain_prepositions or told.language.key(q.lemma) not in told.words.chain_words:
            continue
        ends = [i for r in (q, *(s.phrases[c] for c in q.conjuncts)) for i in (*(i for _, i in r.prepositions), r.possessor) if i is not None]
        for end in ends:
            if (leader := told.cast.actor(s, s.phrases[end])) and led and leader.id != led.id:
                spans = (p.core, q.core, s.phrases[end].core)
                yield "commands", leader.id, led.id, Span(min(x.start for x in spans), max(x.end for x in spans))
                return


def _members(told: _Told, s: Sentence, ties: Sequence[_Tie]) -> list[_Tie]:
    """"Among the Ruritania-backed militias are A and B": what holds of the class holds of its members."""
    found: list[_Tie] = []
    for clause in s.clauses:
        for a in clause.arguments:
            if a.function != "oblique" or a.phrase is None or told.language.key(a.preposition or "") not in told.words.members:
                continue
            whole = told.cast.actor(s, s.phrases[a.phrase])
            parts = [told.cast.actor(s, s.phrases[i]) for b in clause.arguments if b.function in ("subject", "predicative", "object")
                     and b.phrase is not None for i in (b.phrase, *s.phrases[b.phrase].conjuncts)]  # fmt: skip
            for rel, one, other, span in ties:
                if whole and one == whole.id and s.span.covers(span):
                    found += [(rel, part.id, other, Span(span.start, max(span.end, clause.span.end))) for part in parts if part and part.id != one]
    return found
