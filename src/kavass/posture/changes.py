"""What happens to posts: one change for each post and kind of change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from kavass.lang.frames import Hit
from kavass.lang.routine import routine
from kavass.model import Actor, PostureChange, PostureChangeName, Span
from kavass.posture.posts import Post, Posts, bare_of, changer
from kavass.posture.told import AUTHORITIES, Told

# Whoever is of these sectors closes no mission: they block it or burn it, which is an incident.
NO_POSTS_OF = ("protesters", "rebel", "criminal", "militia", "civilian", "unidentified", "business", "media")


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


def changes(told: Told, hits: Sequence[Hit]) -> list[PostureChange]:
    """One change for each post and kind of change."""
    posts, found, labels = Posts(told, hits), dict[tuple[int, str], _Change](), list[Hit]()
    for hit in hits:
        if told.idle(hit) or routine(told.report, hit, told.language):
            continue
        meant, by, kind = _posts_of(posts, hit), changer(told, hit), _kind_of(hit)
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
    # "the embassy in A and the consulate in B": a mission is no partner of a town, but of the mission there
    beside = [s.phrases[j] for p in fillers for _, i in p.prepositions for j in s.phrases[i].conjuncts]
    found += [post for p in beside if (post := posts.of(s, p))]
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


def _add(told: Told, change: _Change, hit: Hit, by: Actor | None) -> None:
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


def _label(told: Told, posts: Posts, hit: Hit, found: list[_Change]) -> None:
    """Somebody's word for a change: the quoted or predicated noun goes to the change of the post named last."""
    quote = next((q for q in hit.sentence.quotes if q.covers(hit.trigger)), None)
    if hit.clause.phrase is None or quote is None:
        return
    post = posts.before(hit.sentence, hit.trigger.start)
    mine = [c for c in found if c.post is post and c.label is None]
    if mine:
        short = quote.end - quote.start <= 60
        mine[0].label_span = quote if short else bare_of(told, hit.sentence.phrases[hit.clause.phrase].core)
        mine[0].label = told.report.words(mine[0].label_span)


def _overtaken(change: _Change, found: Iterable[_Change]) -> bool:
    """Whether a post that stays as it is does not, by the same report."""
    return change.change == "unchanged" and any(
        c.post is change.post and c.change in ("close", "suspend") for c in found
    )


def _told_change(told: Told, c: _Change) -> PostureChange:
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


def _effective(told: Told, c: _Change) -> str | None:
    """The day of a change, where the clause that tells it says one."""
    for hit in c.hits:
        account = told.account_at(hit.sentence, hit.clause)
        when = account.account.when if account else None
        if when and when.precision in ("hour", "day") and when.start and when.start == when.end:
            return when.start
    return None
