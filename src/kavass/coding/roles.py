"""The roles of an incident: each filler once, with its fullest words and every mention of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simplemma import lemmatize

from kavass.coding.mentions import HUMAN, Filler
from kavass.coding.unify import Story
from kavass.lang import Language
from kavass.lang.clause import Phrase
from kavass.model import Actor, Report, Role, RoleKind, RoleName, Span
from kavass.refer.words import keys, words

SAID: tuple[RoleName, ...] = ("perpetrator", "target", "victim", "weapon", "means", "affected")


def roles(report: Report, story: Story, language: Language) -> Iterator[Role]:
    """The roles in contract order, fillers in text order; pronouns stand only beside a noun or name they mean.

    A body has a part once, whether its members, its name or its short form are told.
    """
    bodies = set[tuple[str, str]]()
    for role in _told(report, story, language):
        body = (role.role, role.actor) if role.kind == "organisation" and role.actor else None
        if body is None or body not in bodies:
            yield role
        if body is not None:
            bodies.add(body)


def _told(report: Report, story: Story, language: Language) -> Iterator[Role]:
    for name in SAID:
        if story.parts is None:
            for group in grouped(story.of(name)):
                yield _role(report, name, group, language)
        else:
            for part in story.parts:
                if part.role == name and any(f.phrase.kind != "pronoun" or f.actor for f in part.fillers):
                    yield _role(report, name, list(part.fillers), language, part.label)


def _as_judged(kind: RoleKind, label: str | None) -> RoleKind:
    """The kind that fits what a part was taken for."""
    if label == "organisation":
        return "organisation"
    if label in ("person", "victim") and kind not in ("person", "group"):
        return "group"
    return "object" if label == "thing" and kind in ("person", "group") else kind


def grouped(fillers: list[Filler]) -> list[list[Filler]]:
    """The fillers of a role by whom or what they mean; pronouns alone mean nobody."""
    groups: list[list[Filler]] = []
    for filler in fillers:
        home = next((g for g in groups if any(f.same(filler) for f in g)), None)
        if home is not None:
            home.append(filler)
        elif filler.phrase.kind != "pronoun" or filler.actor is not None:
            groups.append([filler])
    return groups


def _role(report: Report, name: RoleName, group: list[Filler], language: Language, label: str | None = None) -> Role:
    spans = {span: f for f in group if f.phrase.kind != "pronoun" for span in _words(report, f, language)}
    actor = next((f.actor for f in group if f.actor), None)
    mentions = (
        set(spans) | {f.phrase.core for f in group if f.phrase.kind == "pronoun"} | set(actor.mentions if actor else ())
    )
    names = {_untitled(report, f.phrase.name, language) for f in group if f.phrase.name} | {
        s for s in spans if _is_name(s, spans[s])
    }
    told = {s for s in spans if not spans[s].phrase.has("generic")}
    fullest = max(names & set(spans) or told or spans or mentions, key=lambda s: (s[1] - s[0], -s[0]))
    if actor is not None and not spans:
        fullest = _antecedent(report, group[0], actor, language)
    written = (
        _registered(report, actor, language) if actor is not None and actor.known_as and name == "perpetrator" else None
    )
    if written is not None and (written.covers(Span(*fullest)) or not _people(spans.get(fullest))):
        fullest = written
    if actor is not None and actor.kind == "person" and fullest in names:
        fullest = _fuller(report, fullest, mentions, language)
    head = spans[fullest].phrase if fullest in spans else group[0].phrase
    body = actor is not None and fullest == written and actor.kind in ("organisation", "group")
    kind = _as_judged(_kind(name, group, head.number), label)
    return Role(
        role=name, kind="organisation" if body else kind, named=_named(group), actor=actor.id if actor else None,
        text=report.words(fullest), mentions=tuple(Span(*s) for s in sorted(mentions)),
        target_class=_class(group, "facility", "vehicle", "person") if name in ("target", "victim", "affected") else None,
        weapon_class=_class(group, "weapon") if name in ("weapon", "means") else None,
    )  # fmt: skip


def _people(filler: Filler | None) -> bool:
    """Whether a filler means members of something rather than the thing itself: "rebels of the front"."""
    return filler is not None and filler.phrase.has("person", "people")


def _registered(report: Report, actor: Actor, language: Language) -> Span | None:
    """The longest mention of a known actor that is one of its names in the register."""
    held = keys(actor.known_as or "", language.code)
    found = [Span(*m) for m in actor.mentions if language.key(report.words(m)) in held]
    return max(found, key=lambda m: (m[1] - m[0], -m[0]), default=None)


def _fuller(report: Report, name: Span, mentions: set[Span], language: Language) -> Span:
    """The longest mention of a person that is the name with more names before it, as far as no word of it is a common one."""
    known = language.key(report.words(name)).split()
    best, most = name, len(known)
    for span in sorted(mentions):
        found = language.key(report.words(span)).split()
        if len(found) > most and found[-len(known) :] == known and _named_so(found[: -len(known)], language):
            best, most = Span(*span), len(found)
    return best


def _named_so(added: list[str], language: Language) -> bool:
    """Whether the words before a name are names too: no titles, nothing that a lexicon knows."""
    return not any(
        w in words(language.code).titles or language.lexicon.classes(w) or language.lexicon.classes(base)
        for w in added
        for base in (lemmatize(w, lang=language.code) if w.strip() else w,)
    )


def _antecedent(report: Report, filler: Filler, actor: Actor, language: Language) -> Span:
    """The words that a pronoun stands for: the nearest before it that are none themselves."""
    pronouns = {w for found in language.table("refer").get("pronouns", {}).values() for w in found}
    full = [Span(*m) for m in actor.mentions if report.words(m).casefold() not in pronouns] or [filler.phrase.core]
    before = [m for m in full if m.start < filler.phrase.core.start]
    return max(before or full[:1], key=lambda m: m.start)


def _is_name(span: Span, filler: Filler) -> bool:
    """Whether the words of a filler are a name in apposition to it."""
    phrases = (filler.sentence.phrases[i] for i in filler.phrase.appositions)
    return any(p.name == span for p in phrases)


def _words(report: Report, filler: Filler, language: Language) -> Iterator[Span]:
    """The words that stand for a filler: its name, else its phrase; the names set beside it; a part with its whole."""
    phrase = filler.phrase
    person = not phrase.has("org", "facility", "vehicle", "group")
    core = (
        _untitled(report, phrase.name, language)
        if phrase.name is not None and person
        else _trimmed(report, filler, language)
    )
    if phrase.has("group.part") and phrase.prepositions:
        core = Span(core.start, max(core.end, filler.sentence.phrases[phrase.prepositions[0][1]].core.end))
    if phrase.has("org", "group.rebel", "facility") and (whole := _whole(filler, language)) is not None:
        core = Span(core.start, whole.core.end)
    yield core
    for index in phrase.appositions:
        beside = filler.sentence.phrases[index]
        if beside.name is not None and person:
            yield beside.name


def _untitled(report: Report, name: Span, language: Language) -> Span:
    """A name without the titles before it, as long as two words remain."""
    titles = words(language.code).titles
    found = [*re.finditer(r"[^\s.]+\.?", report.text[name.start : name.end])]
    while len(found) > 2 and language.key(found[0][0].rstrip(".")) in titles:
        found.pop(0)
    return Span(name.start + found[0].start(), name.end) if found else name


def _whole(filler: Filler, language: Language) -> Phrase | None:
    """What stands right behind a phrase and says whose it is: "offices of the union", not "offices in Lima"."""
    phrase, phrases = filler.phrase, filler.sentence.phrases
    whose = language.table("refer").get("whose", ())
    if (
        not phrase.prepositions
        or phrase.prepositions[0][1] != phrase.index + 1
        or phrase.prepositions[0][0] not in whose
    ):
        return None
    behind = phrases[phrase.index + 1]
    return (
        None
        if behind.has("place", "time", "facility", "event") or behind.label in ("GPE", "LOC") or phrase.name
        else behind
    )


def _trimmed(report: Report, filler: Filler, language: Language) -> Span:
    """The phrase without articles, and without numbers where it is a thing."""
    core, quantity = filler.phrase.core, filler.phrase.quantity
    table = language.table("refer")
    if (
        quantity
        and not filler.phrase.has(*HUMAN)
        and quantity.start <= core.start
        and quantity.end < filler.phrase.head.start
    ):
        rest = report.text[quantity.end : core.end].split()
        core = core if not rest or rest[0].casefold() in table.get("whose", ()) else Span(quantity.end, core.end)
    articles = {*table.get("articles", ()), *table.get("determiners", ())}
    start, words = core.start, report.text[core.start : core.end]
    for word in words.split():
        at = report.text.index(word, start)
        if word.casefold() not in articles or at + len(word) >= filler.phrase.head.start:
            return Span(at, core.end)
        start = at + len(word)
    return core


def _kind(name: str, group: list[Filler], number: str | None) -> RoleKind:
    if name in ("weapon", "means") and not any(f.phrase.has(*HUMAN) for f in group):
        return "object"
    phrases = [f.phrase for f in group]
    if name == "victim" and any(p.has("person") or p.name for p in phrases):
        return "group" if number == "plural" else "person"
    for classes, kind in (("facility", "facility"), ("vehicle", "vehicle"), ("object", "object")):
        if any(p.has(classes) for p in phrases):
            return kind  # type: ignore[return-value]
    actor = next((f.actor for f in group if f.actor), None)
    if any(p.has("org", "state") for p in phrases) or (
        actor and actor.kind in ("organisation", "state") and not any(p.has("person") for p in phrases)
    ):
        return "organisation"
    if any(p.has("group.rebel", "group.gang", "group.militia") for p in phrases) and (
        _named(group) or any(p.qualifiers for p in phrases)
    ):
        return "organisation"
    if any(p.has("group", "person.crowd") for p in phrases) or (actor and actor.kind in ("group", "crowd")):
        return "group"
    if any(p.has("person", "people") or p.label == "PERSON" for p in phrases) or (actor and actor.kind == "person"):
        return "group" if number == "plural" else "person"
    return "object" if name in ("target", "affected") else "person"


def _named(group: list[Filler]) -> bool:
    actor = next((f.actor for f in group if f.actor), None)
    beside = (f.sentence.phrases[i] for f in group for i in f.phrase.appositions)
    return any(p.name or p.kind == "name" for p in (*(f.phrase for f in group), *beside)) or bool(
        actor and actor.known_as
    )


def _class(group: list[Filler], *families: str) -> str | None:
    group = [f for f in group if not f.phrase.has("generic")] or group
    for family in families:
        for filler in group:
            for held in sorted(filler.phrase.classes):  # the most telling class of a family comes first by name
                if held.startswith(family + "."):
                    return held.split(".")[1]
    return None
