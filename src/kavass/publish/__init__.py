"""What goes out: a publisher takes an Edition, a text handle and a language, and writes as it reads, one entry at a time."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kavass import codebook
from kavass.errors import UsageError
from kavass.model import Claim, Decision, Exposure, Incident, Post, PostureEntry, Trip, Tripwire
from kavass.reasons import Naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report as an entry cites it."""

    id: str
    key: str
    publisher: str | None = None
    published: str | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim as an entry cites it: `report-id:claim-id`, who said it, the words, and what it contradicts."""

    ref: str
    speaker: str
    quote: str
    claim: Claim
    contradicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An incident with what speaks for and against it; one source for each account, in the order of the accounts."""

    incident: Incident
    sources: tuple[Source, ...] = ()
    claims: tuple[Said, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    known_at: str = ""  # when its latest account became known


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A tripwire as it stands, with the decisions taken and whether one is owed."""

    tripwire: Tripwire
    trip: Trip
    owed: bool = False
    decisions: tuple[Decision, ...] = ()
    incidents: Mapping[str, Incident] = field(default_factory=dict)  # by id: those that the trip names


@dataclass(frozen=True, slots=True, kw_only=True)
class PostState:
    """A post with its posture in effect and its rules."""

    post: Post
    posture: PostureEntry | None = None
    rules: tuple[Rule, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is published: entries and the state of the posts, as of a time. The entries can be read once."""

    as_of: str
    entries: Iterable[Entry]
    posts: tuple[PostState, ...] = ()


def word(lang: str, group: str, key: str) -> str:
    """The word for a key (`status`, `denied`) in a language; the key itself, spaced, if there is none.

    Incident types (group `type`) have their names in the codebook.

    >>> word("en", "column", "origins"), word("en", "type", "arson")
    ('Independent origins', 'Arson')
    """
    if group == "type" and _words(lang) and key in codebook.load():
        return codebook.label(key, lang)
    return str(_words(lang).get(group, {}).get(key) or key.replace("_", " "))


@cache
def _words(lang: str) -> dict[str, dict[str, str]]:
    file = Path(__file__).parent / "words" / f"{lang}.toml"
    if not file.is_file():
        known = sorted(p.stem for p in file.parent.glob("*.toml"))
        raise UsageError(f"Nothing is published in {lang!r}; choose from {', '.join(known)}.")
    return tomllib.loads(file.read_text("utf-8"))


def headline(entry: Entry, lang: str) -> str:
    """An incident in a line: type, place, time, and its status where it did not simply occur; the id makes it its own."""
    return f"{title(entry.incident, lang)} ({entry.incident.id})"


def title(incident: Incident, lang: str) -> str:
    """An incident in a line without its id."""
    place = incident.place.name if incident.place else word(lang, "text", "no_place")
    days = [d[:10] for d in (incident.when.start, incident.when.end) if d] if incident.when else []
    when = " – ".join(dict.fromkeys(days)) or word(lang, "text", "no_time")
    status = "" if incident.status == "occurred" else f" [{word(lang, 'status', incident.status)}]"
    return f"{word(lang, 'type', incident.type)}, {place}, {when}{status}"


def named(incidents: Mapping[str, Incident], lang: str) -> Naming:
    """How reasons name incidents in a text in this language."""
    return lambda code: title(incidents[code.key], lang) if code.group == "incident" and code.key in incidents else None


def sources_line(entry: Entry, lang: str) -> str:
    """How many independent origins tell it, and who carries it."""
    names = ", ".join(dict.fromkeys(s.publisher or s.key for s in entry.sources))
    return f"{word(lang, 'column', 'origins')}: {entry.incident.origins} ({names})."
