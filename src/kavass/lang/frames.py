"""Frames: what a predicate with its arguments tells, as data of each language, matched to clauses.

A frame file (`lang/<code>/frames/*.toml`) holds entries such as

    [[frame]]
    yields = "account:arson"            # one thing or a list of things, see `Yield`
    verbs  = ["torch", "burn down"]     # lemmas; a particle follows after a blank
    light  = ["set fire", "be on strike"] # verb lemma (+ preposition) + lemma of its object, oblique or predicative
    nouns  = ["torching", "arson"]      # heads of nominal predicates
    modify = ["arson attack"]           # modifier lemma + head lemma of a nominal
    roles  = { subject = "perpetrator", object = "target", "oblique:to" = "target" }
    where  = { object = ["facility", "vehicle"] }   # a filler must be there and have one of these classes
    unless = { object = ["person"] }                # and must not have one of these
    when   = ["future"]                             # what the clause itself must be: `future`, `negated`, `passive`, `news`,
                                                    # `menace` (says what is to come), `told` (of now or the past)
    doing  = ["leave", "that explode"]  # lemmas (with a small word) of a clause that completes it: "ordered them to leave",
                                        # "warned that a bomb would explode"
    under  = ["announce"]               # the clause that it hangs on must have one of these lemmas
    apart  = ["cause"]                  # neither that clause's lemma nor the clause's own marker may be one of these
    gate   = ["behind"]                 # for too common a verb: parse the sentence only if one of these words stands in it
    set    = { status = "attempted", mode = "..." } # fixed values the consumer reads

A file may open with `[classes]`, lists of classes under one name, which stand in conditions as "@name".

What is yielded: `account:<incident type>`, `stance:...`, `posture:...` and so on; `count:<field>` with the role `counted`
("harmed": dead or hurt, not told which), `effect:<effect>` with `affected`, and `part:perpetrator` with `doer` and `deed` for
who is said to have had a part in a deed told by a noun.

Keys of `roles`, `where` and `unless` are a function, or `oblique:<preposition>` (several of them with "|" between), or
`modifier`, or `subject:<preposition>` for what hangs on the subject ("men with knives"; likewise `object:`, `predicative:`);
an empty list of classes asks only that there is (or is not) a filler. A name has the classes of what is set beside it
("Abdul Amin, a lecturer").
Of several frames that fit a clause the one with the most satisfied `where`, `when`, `doing` and `under` conditions wins for each
kind of yield, a group of words counting as one more; ties go to the earlier entry.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kavass.errors import DataError
from kavass.lang.clause import Analysis, Argument, Clause, Phrase, Sentence
from kavass.model import Span

WORDS = ("verbs", "light", "nouns", "modify", "adjectives")
KINDS = ("account", "stance", "posture", "measure", "driver", "relation", "advisory", "effect", "count", "part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One entry of a frame file. `yields` are (kind, value) pairs: ("account", "arson"), ("stance", "warns") ..."""

    yields: tuple[tuple[str, str], ...]
    verbs: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    modify: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: tuple[str, ...] = ()
    doing: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    gate: tuple[str, ...] = ()
    set: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hit:
    """A frame found in a clause. `roles` maps role names to the phrases that fill them; `trigger` are the words."""

    kind: str
    value: str
    frame: Frame
    sentence: Sentence
    clause: Clause
    trigger: Span
    roles: Mapping[str, tuple[Phrase, ...]]


class Frames:
    """All frames of one language, indexed by the lemmas that can start them."""

    def __init__(self, frames: Iterable[Frame]):
        self.frames = tuple(frames)
        self._by_key: dict[tuple[str, str], list[tuple[int, Frame]]] = defaultdict(list)
        for order, frame in enumerate(self.frames):
            for key in _keys(frame):
                self._by_key[key].append((order, frame))

    def triggers(self) -> dict[tuple[str, str], set[str]]:
        """Every (part, lemma or word group) that can start a frame, with the kinds it yields: what the gate looks for.

        Parts are `verb`, `light`, `noun`, `modify` and `adjective`, and `name` for the words of `gate`, which stand as they are.
        """
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for frame in self.frames:
            for part, words in [("name", word) for word in frame.gate] or _keys(frame):
                found[part, words].update(kind for kind, _ in frame.yields)
        return found

    def match(self, analysis: Analysis) -> list[Hit]:
        """What the clauses tell, in text order; at most one hit for each clause and kind of yield (roles may differ)."""
        return [hit for s in analysis.sentences for clause in s.clauses for hit in self._clause(s, clause)]

    def _clause(self, sentence: Sentence, clause: Clause) -> list[Hit]:
        best: dict[str, tuple[int, int, Hit]] = {}
        for order, frame, trigger in self._candidates(sentence, clause):
            weight = _fits(frame, sentence, clause)
            if weight is None:
                continue
            weight += trigger != clause.predicate
            for kind, value in frame.yields:
                if kind not in best or (-weight, order) < best[kind][:2]:
                    hit = Hit(kind=kind, value=value, frame=frame, sentence=sentence, clause=clause, trigger=trigger,
                              roles=_roles(frame, sentence, clause))  # fmt: skip
                    best[kind] = (-weight, order, hit)
        return [hit for *_, hit in best.values()]

    def _candidates(self, sentence: Sentence, clause: Clause) -> Iterable[tuple[int, Frame, Span]]:
        word = clause.lemma if clause.particle is None else f"{clause.lemma} {clause.particle}"
        verbal = clause.kind in ("verb", "participle")
        for key in {word, clause.lemma}:
            kind = "verb" if verbal else "noun" if clause.kind == "noun" else "adjective"
            for order, frame in self._by_key.get((kind, key), ()):
                yield order, frame, clause.predicate
        if verbal:
            for small in clause.small:
                for order, frame in self._by_key.get(("light", f"{clause.lemma} {small}"), ()):
                    yield order, frame, clause.predicate
        for argument in clause.arguments:
            if argument.phrase is None:
                continue
            phrase = sentence.phrases[argument.phrase]
            if verbal and argument.function in ("object", "oblique", "predicative", "subject"):
                held = [(argument.preposition, phrase)]
                if argument.function == "object":  # "set a church on fire", whatever the parser hangs the fire on
                    held += [(preposition, sentence.phrases[i]) for preposition, i in phrase.prepositions]
                groups = [
                    g for p, noun in held for g in (f"{clause.lemma} {noun.lemma}", f"{clause.lemma} {p} {noun.lemma}")
                ]
                for order, frame in (pair for group in groups for pair in self._by_key.get(("light", group), ())):
                    yield order, frame, _join(clause.predicate, phrase.head)
        if clause.kind == "noun":
            for argument in clause.arguments:
                if argument.function == "modifier":
                    lemma = sentence.phrases[argument.phrase].lemma if argument.phrase is not None else None
                    for order, frame in self._by_key.get(("modify", f"{lemma} {clause.lemma}"), ()):
                        yield order, frame, _join(argument.span, clause.predicate)
            if clause.phrase is not None:
                for lemma in sentence.phrases[clause.phrase].modifiers:
                    for order, frame in self._by_key.get(("modify", f"{lemma} {clause.lemma}"), ()):
                        yield order, frame, clause.predicate


def fillers(key: str, sentence: Sentence, clause: Clause) -> tuple[Phrase, ...]:
    """The phrases in a function (`object`, `oblique:at`), coordinated ones included, in text order."""
    function, prepositions = _key(key)
    found: dict[int, Phrase] = {}
    for argument in clause.arguments:
        if argument.phrase is None or argument.function != function:
            continue
        phrase = sentence.phrases[argument.phrase]
        members = (phrase.index, *phrase.conjuncts)
        if prepositions and function in ("subject", "object", "predicative"):
            members = tuple(i for m in members for p, i in sentence.phrases[m].prepositions if p in prepositions)
        elif prepositions and argument.preposition not in prepositions:
            continue
        for index in members:
            found[index] = sentence.phrases[index]
    return tuple(found[i] for i in sorted(found))


@cache
def _key(key: str) -> tuple[str, tuple[str, ...]]:
    """The function of a key and its prepositions, none for any."""
    function, _, prepositions = key.partition(":")
    return function, tuple(prepositions.split("|")) if prepositions else ()


def load(folder: Path) -> Frames:
    """The frames of every TOML file in a folder, in order of file name. Raises DataError with all faults of a file."""
    return Frames(frame for file in sorted(folder.glob("*.toml")) for frame in _read(file))


def _read(file: Path) -> list[Frame]:
    data = tomllib.loads(file.read_text("utf-8"))
    faults, frames = [], []
    for number, entry in enumerate(data.get("frame", []), 1):
        try:
            frames.append(_frame(entry, data.get("classes", {})))
        except (KeyError, TypeError, ValueError) as fault:
            faults.append(f"frame[{number}] {fault}")
    if faults:
        raise DataError(str(file), faults)
    return frames


def _frame(entry: dict[str, Any], lists: Mapping[str, list[str]]) -> Frame:
    known = {
        "yields",
        "verbs",
        "light",
        "nouns",
        "modify",
        "adjectives",
        "roles",
        "where",
        "unless",
        "when",
        "under",
        "apart",
        "set",
        "doing",
        "gate",
        "note",
    }
    if unknown := set(entry) - known:
        raise ValueError(f"has unknown keys {sorted(unknown)}; choose from {sorted(known)}")
    yields = entry["yields"] if isinstance(entry["yields"], list) else [entry["yields"]]
    pairs = tuple((kind, value) for kind, _, value in (y.partition(":") for y in yields))
    if wrong := [kind for kind, _ in pairs if kind not in KINDS]:
        raise ValueError(f"yields {wrong}; choose from {KINDS}")
    words: dict[str, Any] = {name: tuple(entry.get(name, ())) for name in WORDS}
    if not any(words.values()):
        raise ValueError(f"names none of {WORDS}")
    when = tuple(entry.get("when", ()))
    if wrong := [name for name in when if name not in CONDITIONS]:
        raise ValueError(f"asks when {wrong}; choose from {sorted(CONDITIONS)}")
    classes: dict[str, Any] = {
        n: {k: tuple(_listed(v, lists)) for k, v in entry.get(n, {}).items()} for n in ("where", "unless")
    }
    return Frame(yields=pairs, roles=dict(entry.get("roles", {})), when=when, doing=tuple(entry.get("doing", ())),
                 under=tuple(entry.get("under", ())), apart=tuple(entry.get("apart", ())), gate=tuple(entry.get("gate", ())),
                 set=dict(entry.get("set", {})), **words,
                 **classes)  # fmt: skip


def _listed(classes: Iterable[str], lists: Mapping[str, list[str]]) -> Iterable[str]:
    """Classes with the lists of the file written out. Raises ValueError for a list that the file does not have."""
    for name in classes:
        if not name.startswith("@"):
            yield name
        elif name[1:] in lists:
            yield from lists[name[1:]]
        else:
            raise ValueError(f"names the list {name}; the file has {sorted(lists)}")


def _keys(frame: Frame) -> Iterable[tuple[str, str]]:
    for kind, words in (("verb", frame.verbs), ("light", frame.light), ("noun", frame.nouns), ("modify", frame.modify),
                        ("adjective", frame.adjectives)):  # fmt: skip
        for word in words:
            yield kind, word


def _fits(frame: Frame, sentence: Sentence, clause: Clause) -> int | None:
    """How many conditions hold, or None if one does not."""
    if frame.under or frame.apart:
        over = sentence.clauses[clause.parent].lemma if clause.parent is not None else ""
        if (frame.under and over not in frame.under) or over in frame.apart or clause.marker in frame.apart:
            return None
    for key, classes in frame.unless.items():
        for phrase in fillers(key, sentence, clause):
            if not classes or phrase.has(*classes):
                return None
    for key, classes in frame.where.items():
        if key == "subject" and clause.dropped is not None and "person" in classes:
            continue  # whoever it goes on with
        for phrase in fillers(key, sentence, clause):
            if not classes or _is(phrase, classes, sentence):
                break
        else:
            return None
    if not all(CONDITIONS[name](sentence, clause) for name in frame.when):
        return None
    if frame.doing and not any(frame.doing.count(word) for word in _completions(sentence, clause)):
        return None
    return len(frame.where) + len(frame.when) + bool(frame.doing) + bool(frame.under)


def _is(phrase: Phrase, classes: tuple[str, ...], sentence: Sentence) -> bool:
    """Whether a phrase, or what is set beside a name, has one of the classes."""
    if phrase.has(*classes):
        return True
    return phrase.kind == "name" and any(sentence.phrases[i].has(*classes) for i in phrase.appositions)


def _completions(sentence: Sentence, clause: Clause) -> Iterable[str]:
    """The lemmas, with and without their small words, of the clauses that say what is ordered, said or threatened."""
    for child in sentence.clauses:
        if child.parent != clause.index or child.negated or child.kind == "noun":
            continue
        if (
            child.relation == "content"
            or child.infinitive
            or (child.relation == "adverbial" and child.marker in ("from", "against", "with", "of"))
        ):
            told = "that " if child.tense != "none" else ""
            yield told + child.lemma
            yield from (f"{told}{child.lemma} {word}" for word in (child.particle, *child.small) if word)
            yield from (
                f"{told}{child.lemma} {sentence.phrases[a.phrase].lemma}"
                for a in child.arguments
                if a.phrase is not None
            )


def negated(sentence: Sentence, clause: Clause) -> bool:
    """Whether the clause or one of its subjects, objects or predicatives is denied ("no group claimed ...")."""
    fills = (a.phrase for a in clause.arguments if a.function in ("subject", "object", "predicative"))
    return clause.negated or any(sentence.phrases[i].negated for i in fills if i is not None)


CONDITIONS: Mapping[str, Callable[[Sentence, Clause], bool]] = {
    "future": lambda _, clause: clause.modality in ("future", "conditional", "predicted") or clause.tense == "future",
    "negated": negated,
    "passive": lambda _, clause: clause.voice == "passive",
    "told": lambda _, clause: clause.modality == "actual" and clause.tense in ("past", "present"),
    "menace": lambda sentence, clause: any(
        c.parent == clause.index and c.relation == "content" and c.modality in ("future", "conditional")
        for c in sentence.clauses
    ),
    "news": lambda sentence, clause: clause.tense != "present" or sentence.zone == "title",
}


def _roles(frame: Frame, sentence: Sentence, clause: Clause) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, tuple[Phrase, ...]] = {}
    for key, role in frame.roles.items():
        if phrases := fillers(key, sentence, clause):
            found[role] = found.get(role, ()) + tuple(p for p in phrases if p not in found.get(role, ()))
    return found


def _join(a: Span, b: Span) -> Span:
    return Span(min(a.start, b.start), max(a.end, b.end))


__all__ = ["Argument", "Frame", "Frames", "Hit", "fillers", "load", "negated"]
