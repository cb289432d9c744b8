"""The words by which a language refers back, and which names of the register need more than themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kavass.gazetteer import actors as register
from kavass.lang import load

BODY_NAME = 60  # characters of the longest names of bodies that stand before the words for their people


@dataclass(frozen=True, slots=True)
class Words:
    """refer.toml, folded."""

    articles: frozenset[str]
    opens: frozenset[str]
    unidentified: frozenset[str]
    titles: frozenset[str]
    officers: frozenset[str]  # heads that tell an office or a source, and leave whose it is to the words before
    links: frozenset[str]
    apart: frozenset[str]
    other_nation: frozenset[str]
    ties: Mapping[str, str]
    tie_follows: bool
    body_before: bool
    states: Mapping[str, frozenset[str]]
    pronouns: Mapping[str, str]
    generic: Mapping[str, frozenset[str]]
    speaking: frozenset[str]  # the first words of the lexicon's terms for spokesmen


@cache
def words(code: str) -> Words:
    """The words by which a language refers back."""
    language = load(code)
    table = language.table("refer")

    def folded(found: Iterable[str]) -> frozenset[str]:
        return frozenset(language.key(w) for w in found)

    lists = ("articles", "opens", "unidentified", "titles", "links", "apart", "other_nation")
    return Words(
        **{name: folded(table.get(name, ())) for name in lists},
        officers=folded(
            w for name in ("sources", "titles") for w in language.table("cues").get("anonymity", {}).get(name, ())
        ),
        ties={language.key(w): rel for w, rel in table.get("ties", {}).items()},
        tie_follows=table.get("tie_follows", False),
        body_before=table.get("body_before", False),
        states={name: folded(table.get("states", {}).get(name, ())) for name in ("clause", "noun", "addressed")},
        pronouns={language.key(w): kind for kind, found in table.get("pronouns", {}).items() for w in found},
        generic={language.key(head): frozenset(sectors) for head, sectors in table.get("generic", {}).items()},
        speaking=frozenset(term.split()[0] for term in language.lexicon.of_class("person.spokesman")),
    )


@cache
def keys(id: str, code: str) -> frozenset[str]:
    """The folded names of a register entry in a language."""
    return frozenset(load(code).key(name) for name in register.lookup(id).names.get(code, ()))


@cache
def needs(id: str, code: str) -> Mapping[str, str]:
    """What the ambiguous names of a register entry need, by every folded form in which they may stand."""
    language = load(code)
    found = register.lookup(id).needs.items()
    return {language.key(form): need for name, need in found for form in (name, *language.surfaces(name, "name"))}
