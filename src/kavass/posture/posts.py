"""Which mission is meant: a report names its posts once in full and then as "the consulate", "the facility", "it"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kavass.gazetteer import places as gazetteer
from kavass.lang.clause import Phrase, Sentence
from kavass.lang.frames import Hit
from kavass.model import Actor, Place, PostTold, Span
from kavass.posture.told import AUTHORITIES, Told, as_place, is_country, meant_by_its
from kavass.refer import words as refer_words

BACK_SENTENCES = 4  # how far "the building" looks for its post


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

    def __init__(self, told: Told, hits: Iterable[Hit]):
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
        same = [
            q for q in sentence.phrases if who and q.index < pronoun.index and self.told.cast.actor(sentence, q) is who
        ]
        return next((post for q in same if (post := self.of(sentence, q))), None)

    def before(self, sentence: Sentence, start: int) -> Post | None:
        """The post named last before an offset, in the sentence or the few before it."""
        found = [
            (key, post)
            for key, post in self._order()
            if (sentence.index - BACK_SENTENCES, 0) <= key < (sentence.index, start)
        ]
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

    def _same(
        self, kind: str | None, owner: str | None, place: Place | None, s: Sentence, p: Phrase, only_near: bool
    ) -> Post | None:
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
        named = [
            m
            for m in told.places.mentions
            if p.core.covers(m.mention) and m.country and (m.kind == "demonym" or is_country(m))
        ]
        if named:
            return named[0].country
        owned = told.cast.actor(s, s.phrases[p.possessor]) if p.possessor is not None else meant_by_its(told, s, p)
        if owned:
            return owned.country
        for preposition, index in p.prepositions:
            if told.language.key(preposition) in told.words.near_owner and (
                country := told.country(s.phrases[index].span)
            ):
                return country
        beside = [q.index for q in s.phrases if any(i in p.conjuncts for _, i in q.prepositions)]
        owners = [post.owner for i in (*p.conjuncts, *beside) if (post := self.meant.get((s.index, i)))]
        return owners[0] if owners else None

    def _place(self, s: Sentence, p: Phrase) -> tuple[Place | None, str]:
        """Where a post is, and its name with the place."""
        told = self.told
        bare = bare_of(told, p.core)
        if told.site(p) and (mention := told.places.at(p.head)):
            return as_place(mention), told.report.words(
                Span(min(bare.start, mention.mention[0]), max(bare.end, mention.mention[1]))
            )
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


def _closers(told: Told, hits: Iterable[Hit]) -> dict[tuple[int, int], str]:
    """(sentence, phrase) -> the country of whoever changes that post: a state closes its own."""
    found: dict[tuple[int, int], str] = {}
    for hit in hits:
        by = changer(told, hit)
        if by is None or by.country is None or (by.sector not in AUTHORITIES and by.kind != "state"):
            continue
        posts = hit.roles.get("post", ()) or [p for p in hit.sentence.phrases if hit.clause.span.covers(p.head)]
        found.update({(hit.sentence.index, p.index): by.country for p in posts if p.has("facility.diplomatic")})
    return found


def changer(told: Told, hit: Hit) -> Actor | None:
    """Who changes a post: the subject, or whoever announces what a noun names ("Spain announced the closing of ...")."""
    by = told.actor(hit, "by")
    for clause in hit.sentence.above(hit.clause) if by is None and hit.clause.kind == "noun" else ():
        subjects = [s for a in hit.sentence.arguments(clause, "subject") if a.phrase is not None
                    and (s := told.cast.actor(hit.sentence, hit.sentence.phrases[a.phrase]))]  # fmt: skip
        if subjects:
            return (
                subjects[0]
                if subjects[0].kind == "state" or subjects[0].sector in ("government", "diplomatic")
                else None
            )
    return by


def bare_of(told: Told, core: Span) -> Span:
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
