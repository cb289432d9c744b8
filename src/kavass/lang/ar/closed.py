"""What the reading of Arabic clauses needs of closed classes and tables, folded once."""

from __future__ import annotations

from functools import cache
from typing import Any

from kavass.lang.ar.forms import key, tables
from kavass.lang.frames import Frames


@cache
def words_of(frames: Frames) -> dict[str, Any]:
    """The closed classes that clauses need; markers and negations folded, lemmas as listed."""
    profile, verbs = tables("profile"), tables("verbs")
    found: dict[str, Any] = {
        name: frozenset(verbs[name])
        for name in ("sees", "transitive", "intransitive", "support", "happening", "undergo", "auxiliary")
    }
    found.update({name: frozenset(profile[name] if name in profile else profile["classes"][name])
                  for name in ("patient_possessor", "either_possessor", "agents")})  # fmt: skip
    found["conditional"] = frozenset(key(w) for w in profile["classes"]["conditional"])
    found["temporal"] = tuple(profile["classes"]["temporal"])
    found["negative_prepositions"] = tuple(profile["classes"]["negative_prepositions"])
    found["setting_against"] = frozenset(profile["classes"]["setting_against"])
    found["victim_verbs"] = frozenset(verbs["victims"])
    found["naming"] = frozenset(v for f in frames.frames if ("stance", "characterises") in f.yields for v in f.verbs)
    found["copulas"] = frozenset((*verbs["auxiliary"], "بقي", "كان", "ليس"))
    found["objects"] = frozenset((*verbs["objects"], *verbs["transitive"]))
    found["aims"], found["attempts"] = frozenset(verbs["aims"]), frozenset(profile["classes"]["attempts"])
    found["governs"] = verbs["governs"]
    found["supposed"] = frozenset(profile["classes"]["supposed"])
    found["directions"] = frozenset(profile["classes"]["directions"])
    found["asking"] = frozenset(key(w) for w in profile["classes"]["govern_prepositions"])
    found["deadly"] = frozenset(verbs["deadly"])
    found["denying"], found["double"] = frozenset(verbs["denying"]), frozenset(verbs["double"])
    found["rumoured"] = frozenset(verbs["rumoured"])
    found["accusing"] = frozenset(verbs["accusing"])
    found["intending"] = {verb: modality for modality, listed in verbs["intending"].items() for verb in listed}
    found["announcing"], found["starting"] = frozenset(verbs["announcing"]), frozenset(verbs["starting"])
    found["scheduling"] = frozenset(verbs["scheduling"])
    found["weekday"] = frozenset(key(w) for w in tables("times")["classes"]["weekday"])
    for name in ("carrying", "plannable", "coming", "gone", "cases", "reasons"):
        found[name] = frozenset(profile["classes"][name])
    events: dict[str, list[tuple[list[str], str, str | None]]] = {}
    speech = set()
    for (part, words), kinds in sorted(frames.triggers().items()):
        if part in ("noun", "modify"):
            adjective, entry = words.split(" ", 1) if part == "modify" else (None, words)
            listed = key(entry).split(" ")
            events.setdefault(listed[0], []).append((listed, entry, adjective))
        if part in ("verb", "light") and "stance" in kinds:
            speech.add(words.split(" ")[0])
    found["events"] = {first: sorted(entries, key=lambda e: -len(e[0])) for first, entries in events.items()}
    found["speech"] = frozenset(speech)
    found["adjectives"] = frozenset(words for part, words in frames.triggers() if part == "adjective")
    return found


@cache
def compounds() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> (words, preposition) of the prepositions of several words, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, value in sorted(tables("profile")["compound_prepositions"].items(), key=lambda c: -len(c[0].split(" "))):
        folded = tuple(key(words).split(" "))
        found.setdefault(folded[0], []).append((folded, value))
    return found


@cache
def _prepositions() -> dict[str, str]:
    return {key(w): w for w in reversed(tables("profile")["prepositions"])}


def plain(preposition: str) -> str:
    """The preposition as the profile spells it."""
    return _prepositions().get(key(preposition), preposition) if len(preposition) > 1 else preposition


@cache
def expected() -> frozenset[str]:
    return frozenset(tables("profile")["classes"]["expected"])


@cache
def shares() -> frozenset[str]:
    return frozenset(key(w) for w in tables("profile")["classes"]["shares"])


@cache
def ordinals() -> frozenset[str]:
    return frozenset(tables("profile")["classes"]["ordinals"])


@cache
def stepped_over() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in tables("profile")["classes"]["steps_over"]:
        folded = tuple(key(words).split(" "))
        found.setdefault(folded[0], []).append(folded)
    return found
