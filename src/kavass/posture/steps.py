"""Advisories, measures, and what people are angry about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kavass.lang.clause import Phrase, Sentence
from kavass.lang.frames import Hit
from kavass.model import Advisory, Driver, Measure, Place, Span, When
from kavass.posture.told import AUTHORITIES, Told, reach

UNREST = ("protest", "riot", "obstruction", "crackdown")


def advisories(told: Told, hits: Iterable[Hit]) -> Iterator[Advisory]:
    seen: set[tuple[str | None, str | None]] = set()
    for hit in hits:
        around = Span(min(hit.trigger.start, hit.clause.span.start), hit.clause.span.end)
        travel = set(told.key(around).split()) & told.words.advisory
        country = _advised(told, hit, around)
        by = told.actor(hit, "by")
        if (
            told.idle(hit)
            or hit.clause.negated
            or not travel
            or (country is None and hit.frame.set.get("needs") == "travel")
        ):
            continue
        issuer = by.country if by else None
        if (issuer, country) not in seen:
            seen.add((issuer, country))
            yield Advisory(
                issuer=issuer,
                country=country,
                level=_level(told, around),
                change=hit.value,
                span=reach(hit, "advisory"),
            )


def _advised(told: Told, hit: Hit, around: Span) -> str | None:
    """The country an advisory is for."""
    for p in (*hit.roles.get("country", ()), *hit.roles.get("advisory", ())):
        if country := told.country(p.span):
            return country
    after = [m for m in told.mentions(around) if m.country and m.mention[0] > hit.trigger.start]
    return after[0].country if after else None


def _level(told: Told, span: Span) -> int | None:
    folded = f" {' '.join(told.key(span).split())} "
    return next((level for said, level in told.words.levels.items() if f" {said} " in folded), None)


def _extent(hit: Hit) -> Span:
    """The trigger with the things of its clause and the prepositional phrase next to it."""
    phrases = hit.sentence.phrases
    held = [
        a for a in hit.clause.arguments if a.phrase is not None and phrases[a.phrase].core.start > hit.trigger.start
    ]
    things = [phrases[a.phrase].core for a in held if a.function in ("object", "indirect") and a.phrase is not None]
    around = sorted(phrases[a.phrase].core for a in held if a.function == "oblique" and a.phrase is not None)
    spans = [hit.trigger, *things, *around[:1]]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def measures(told: Told, hits: Iterable[Hit]) -> Iterator[Measure]:
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


def _addressed(told: Told, hit: Hit) -> bool:
    """Whether a warning is a step: an authority warns a state, a force or an armed group."""
    if hit.frame.set.get("needs") != "addressee":
        return True
    by, whom = told.actor(hit, "by"), told.actor(hit, "addressee")
    if by is None or whom is None:
        return False
    told_off = (
        whom.kind == "state"
        or whom.sector in ("state_forces", "militia", "rebel")
        or (whom.kind == "organisation" and whom.sector == "government")
    )
    return (by.sector in AUTHORITIES or by.kind == "state") and told_off


def _where_and_when(told: Told, hit: Hit) -> tuple[Place | None, When | None]:
    account = told.account_at(hit.sentence, hit.clause)
    if account is not None and (account.account.place or account.account.when):
        return account.account.place, account.account.when
    for p in (*hit.roles.get("place", ()), *hit.roles.get("object", ())):
        if place := told.place(p.span):
            return place, None
    return None, None


def drivers(told: Told, hits: Iterable[Hit]) -> Iterator[Driver]:
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


def _grieved(told: Told) -> Iterator[tuple[Sentence, str, Span]]:
    """Services after a word of grievance: "angry over power cuts", "clashes over wages"."""
    for s in told.sentences:
        for p in s.phrases:
            before = told.key(Span(s.span.start, p.core.start)).split()[-1:] if p.core.start > s.span.start else []
            for q in (p, *(s.phrases[i] for i in p.conjuncts)) if before and before[0] in told.words.grievance else ():
                widest = max((r for r in s.phrases if r.core.covers(q.core)), key=lambda r: r.core.end - r.core.start)
                if driver := _service(told, widest):
                    yield s, driver, widest.core


def _driven(told: Told, hit: Hit) -> Iterator[tuple[str, Span]]:
    """(driver, span) for what a grievance is about; of a complaint without an object, what its content names."""
    if hit.value != "named":
        yield hit.value, reach(hit, "about")
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


def _service(told: Told, p: Phrase) -> str | None:
    """The service a phrase names: by its head, else by a word before it ("electricity supplies")."""
    lexicon, key = told.language.lexicon, told.language.key
    for classes in (p.classes, *(lexicon.classes(key(m)) for m in reversed(p.modifiers))):
        if found := sorted(c.removeprefix("service.") for c in classes if c.startswith("service.")):
            return found[0]
    return None


def _unrest(told: Told, sentence: Sentence) -> str | None:
    """The account of unrest that a driver stands behind: in its sentence, else the nearest told before, else the first."""
    unrest = [c for c in told.accounts if c.account.type in UNREST]
    near = [
        (h.sentence.index, -n, c.account.id)
        for n, c in enumerate(unrest)
        for h in c.hits
        if h.sentence.index <= sentence.index
    ]
    if near:
        return max(near)[2]
    return unrest[0].account.id if unrest else None
