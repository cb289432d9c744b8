"""Two short tellings (titles, claims) of one language -> whether they agree or contradict each other, with the words that show it.

The words of the two are paired: one stem, one root, one name, one number, words that say one thing. What is left over, and what is
paired but stands otherwise, is the evidence: opposites, a negation on one side, other numbers of the same thing, other names in the
same place, parts that have changed hands. It is weighed by `opposed.toml` for every language, and by the weights of words
`lang/<code>/opposed.npz` where a language has them; both are linear, so that what spoke loudest can be shown.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from kavass import lang
from kavass.gazetteer import actors, places
from kavass.lang import Language
from kavass.reasons import Reason

WEIGHTS = Path(__file__).with_name("opposed.toml")
LONGEST_NAME = 4  # words
ALIKE = 0.6  # share of letter pairs from which on two words are taken for one, spelt otherwise
LEAST_NAME = 4  # letters of a town's name
GREAT_TOWN = 500_000  # people
OF_STATE = ("government", "state_forces", "police", "diplomatic")
CLOSED = "negated"  # the group of [turns] that are words of grammar, with no forms
PIECES = re.compile(r"[.:،,;؛…!؟?\"«»()|-]+")
LEAST_ROOT = 3  # letters of a root that tells a family
REACH = 3  # words between a matter and what is said of it
STEPS = (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
MOST_WORDS = 60  # of a telling; the rest of a long one is not looked at
MOST_REASONS = 3
DENIAL = 0.8  # how likely "they deny X" is against "X", whatever the weights say: that is what the word means


Kind = Literal["word", "number", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How two tellings stand to each other.

    `against` is how likely they speak against each other (0..1) if they tell of one thing; "other" where they hardly share a word.
    """

    verdict: Literal["agree", "disagree", "other"]
    against: float
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Word:
    """One word, number or name of a telling. `as_read` are the words as they stand, folded.

    `part` numbers the parts of the telling; `sides` are what it says of which matter, `values` what it is of which set, `groups`
    what it says one thing with, `turns` how it turns a statement round.
    """

    as_read: str
    stem: str
    root: str
    kind: Kind
    value: str = ""
    part: int = 0
    sides: frozenset[tuple[str, str]] = frozenset()
    values: frozenset[tuple[str, str]] = frozenset()
    groups: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()


def opposed(left: str, right: str, code: str) -> Stand:
    """Whether two short tellings in the language `code` agree. Raises UsageError for an unknown language."""
    language = lang.load(code)
    pair = Pair(left, right, language)
    table, words = weights(), language.weights("opposed")
    loads = {f: table.get(f, 0.0) for f in pair.features}
    total = table["bias"] + sum(loads.values())
    if words is not None:
        total += float(words.sum(pair.lexical)[-1] + words.bias[-1])
    against = 1 / (1 + math.exp(-total))
    if {"turn denied", "the whole turned"} <= pair.features:
        against = max(against, DENIAL)
    if pair.shared < table["least shared"]:
        return Stand(verdict="other", against=against, reasons=(Reason("little_shared"),))
    verdict: Literal["agree", "disagree"] = "disagree" if against >= table["cut"] else "agree"
    return Stand(verdict=verdict, against=against, reasons=tuple(pair.reasons(verdict)))


@cache
def weights() -> Mapping[str, float]:
    """The weights of the features that every language has, for "they speak against each other"."""
    held: dict[str, float] = tomllib.loads(WEIGHTS.read_text("utf-8"))["weights"]
    return held


class Pair:
    """What two tellings share, and what stands against it. The same whichever way round."""

    def __init__(self, left: str, right: str, language: Language):
        self.language, self.book = language, _book(language.code)
        self.left, self.right = self.book.read(left), self.book.read(right)
        self.met = _meet(self.left, self.right)
        ours, theirs = {i for i, _ in self.met}, {j for _, j in self.met}
        self.ours = [w for i, w in enumerate(self.left) if i not in ours]
        self.theirs = [w for j, w in enumerate(self.right) if j not in theirs]
        self.texts = tuple(language.key(t) for t in (left, right))
        self.shared = max(len(self.met) / max(1, min(len(self.left), len(self.right))), self._letters(4))
        self.features = frozenset(self._features())

    # --- evidence

    def opposites(self) -> Iterator[tuple[Word, Word]]:
        """Words of the two that say opposite things of a matter, or values of which a thing has only one."""
        found = [(a, b) for a, b in product(self.ours, self.theirs) if _against(a, b)]
        yield from found

    def against_shared(self) -> bool:
        """Whether a word of one alone says the opposite of what both say."""
        both = ([self.left[i] for i, _ in self.met], [self.right[j] for _, j in self.met])
        pairs = (*product(self.ours, both[1]), *product(self.theirs, both[0]))
        return any(_against(a, b) for a, b in pairs)

    def crossed(self) -> tuple[int, int]:
        """Of how many shared words the two say the same, and of how many the opposite."""
        same = other = 0
        for i, j in self.met:
            if self.left[i].sides:
                continue
            one, two = _near(self.left, i), _near(self.right, j)
            if one is not None and two is not None:
                other += _against(one, two)
                same += bool(one.sides & two.sides)
        return same, other

    def turned(self) -> Iterator[tuple[str, Word]]:
        """Words that turn a statement round, where the other telling has none that does."""
        for one, other in ((self.left, self.right), (self.right, self.left)):
            if not any(w.turns for w in other):
                yield from ((t, w) for w in one for t in sorted(w.turns))

    def only(self, kind: str) -> tuple[list[Word], list[Word]]:
        """The numbers, or the names of countries, peoples, great towns and known actors, that only one of the two gives."""
        ours, theirs = ([w for w in side if w.kind == kind] for side in (self.left, self.right))
        held, given = {w.value for w in ours}, {w.value for w in theirs}
        return [w for w in ours if w.value not in given], [w for w in theirs if w.value not in held]

    def swapped(self) -> bool:
        """Whether two names that both give stand in the other order, on either side of a word that both have."""
        order = [(j, self.left[i].kind) for i, j in sorted(self.met)]
        names = [(n, j) for n, (j, kind) in enumerate(order) if kind == "name"]
        for (m, first), (n, second) in product(names, names):
            if m < n and first > second and any(second < j < first for j, _ in order[m + 1 : n]):
                return True
        return False

    def turned_about(self) -> float:
        """The share of pairs of shared words that stand in the other order."""
        order = [j for _, j in sorted(self.met)]
        pairs = [(a, b) for n, a in enumerate(order) for b in order[n + 1 :]]
        return sum(a > b for a, b in pairs) / len(pairs) if pairs else 0.0

    def replaced(self) -> list[tuple[Word, Word]]:
        """Words that stand between the same neighbours in place of each other."""
        meets = dict(self.met) | {-1: -1, len(self.left): len(self.right)}
        free = {j for j, w in enumerate(self.right) if any(w is t for t in self.theirs)}
        found = []
        for i, word in enumerate(self.left):
            if i not in meets:
                places_ = {meets[n] + step for n, step in ((i - 1, 1), (i + 1, -1)) if n in meets}
                found += [(word, self.right[j]) for j in sorted(places_ & free)]
        return found

    def _letters(self, n: int) -> float:
        """The share of runs of n letters that the two have in common."""
        one, two = (Counter(f" {t} "[i : i + n] for i in range(len(t) + 3 - n)) for t in self.texts)
        return 2 * sum((one & two).values()) / max(1, sum(one.values()) + sum(two.values()))

    # --- features

    def _features(self) -> Iterator[str]:
        a, b, met = len(self.left) or 1, len(self.right) or 1, len(self.met)
        low, high = sorted((met / a, met / b))
        yield from _steps("covers the fuller", low)
        yield from _steps("covers the shorter", high)
        yield from _steps("letters", self._letters(3))
        few, many = sorted((len(self.ours), len(self.theirs)))
        yield from (f"left over {n} or more" for n in range(1, 6) if few >= n)
        yield from (f"left over on one side {n} or more" for n in range(1, 8) if many >= n)
        yield from (f"longer by {n} or more" for n in (2, 4, 6) if abs(a - b) >= n)
        if few == many == 1:
            yield "one word for another"
        close = "close" if high >= 0.6 else "loose"
        against = sum(1 for _ in self.opposites())
        if against:
            yield from ("opposite", f"opposite {close}")
            if against > 1:
                yield "opposite twice"
        elif self.against_shared():
            yield from ("opposite of a shared word", f"opposite of a shared word {close}")
        same, other = self.crossed()
        if other:
            yield from ("said otherwise", "said otherwise only" if not same else "said otherwise in part")
        if same:
            yield "said alike"
        turns = {t for t, _ in self.turned()}
        yield from (name for t in sorted(turns) for name in (f"turn {t}", f"turn {t} {close}"))
        if turns and not few:
            yield "the whole turned"  # "X", "they deny X"
        if not turns and any(w.turns for w in self.left):
            yield "turned both"
        yield from self._told_apart("number")
        yield from self._told_apart("name")
        if self.swapped():
            yield "names swapped"
        yield from (f"turned about {step}" for step in (0.3, 0.6) if self.turned_about() >= step)
        kinds = {x.kind if x.kind == y.kind else "mixed" for x, y in self.replaced()}
        yield from (name for k in sorted(kinds) for name in (f"{k} replaced", f"{k} replaced {close}"))

    def _told_apart(self, kind: str) -> Iterator[str]:
        ours, theirs = self.only(kind)
        if ours and theirs:
            yield f"{kind}s differ"
        elif ours or theirs:
            yield f"{kind} on one side"
        elif any(w.kind == kind for w in self.left):
            yield f"{kind}s same"

    @property
    def lexical(self) -> frozenset[str]:
        """The words that only one of the two has, and those that stand against each other; names and numbers left out."""
        one, two = ([w for w in side if w.kind == "word"] for side in (self.ours, self.theirs))
        found = {f"{n} {w}" for x in (*one, *two) for n, w in (("root", x.root), ("stem", x.stem))}
        return frozenset(found | {" | ".join(sorted((x.root, y.root))) for x, y in product(one, two)})

    # --- reasons

    def reasons(self, verdict: str) -> Iterator[Reason]:
        """What shows it, the plainest first."""
        if verdict == "agree":
            yield Reason("say_one_thing", shared=len(self.met))
            return
        found = [Reason("opposites", a=a.as_read, b=b.as_read) for a, b in self.opposites()]
        found += [Reason("turned", word=w.as_read) for _, w in self.turned()]
        for key, (ours, theirs) in (("numbers_differ", self.only("number")), ("names_differ", self.only("name"))):
            if ours and theirs:
                found.append(Reason(key, a=ours[0].as_read, b=theirs[0].as_read))
        if self.swapped():
            found.append(Reason("swapped"))
        named = {str(v) for reason in found for v in reason.values.values()}
        found += [
            Reason("replaced", a=x.as_read, b=y.as_read)
            for x, y in self.replaced()
            if not {x.as_read, y.as_read} & named
        ]
        yield from list(dict.fromkeys(found))[:MOST_REASONS] or [Reason("told_otherwise")]


def _steps(name: str, value: float) -> Iterator[str]:
    yield from (f"{name} {step}" for step in STEPS if value >= step)


def _near(words: Sequence[Word], at: int) -> Word | None:
    """The nearest word with sides in the same part, at most REACH words off, the one before first."""
    near = (i for off in range(1, REACH + 1) for i in (at - off, at + off) if 0 <= i < len(words))
    return next((words[i] for i in near if words[i].sides and words[i].part == words[at].part), None)


def _against(a: Word, b: Word) -> bool:
    """Whether two words take different sides in a matter, and none the same, or are different values of one thing."""
    return a.root != b.root and any(_differ(x, y) for x, y in ((a.sides, b.sides), (a.values, b.values)))


def _differ(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    return not one & other and any(x == y and s != t for (x, s), (y, t) in product(one, other))


def _meet(left: Sequence[Word], right: Sequence[Word]) -> list[tuple[int, int]]:
    """The words of the two that are one, by their numbers: the surest first, then the nearest in order."""
    sure = [
        (-_one(a, b), abs(i / len(left) - j / len(right)), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if _one(a, b) > 0
    ]
    ours, theirs, found = set[int](), set[int](), []
    for _, _, i, j in sorted(sure):
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            found.append((i, j))
    return found


def _one(a: Word, b: Word) -> float:
    """How surely two words are one: 0 if not."""
    if a.kind != b.kind:
        return 0.0
    if a.kind != "word":
        return float(a.value == b.value)
    if a.stem == b.stem:
        return 1.0
    if _against(a, b):
        return 0.0
    if a.root == b.root and len(a.root) >= LEAST_ROOT:
        return 0.9
    if a.groups & b.groups or a.sides & b.sides or a.values & b.values:
        return 0.5
    spelt = _spelt_alike(a.stem, b.stem)
    return spelt - 0.1 if spelt >= ALIKE else 0.0


@cache
def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[i : i + 2] for i in range(len(word) - 1))


def _spelt_alike(a: str, b: str) -> float:
    if min(len(a), len(b)) < 4:
        return 0.0
    one, two = _pairs(a), _pairs(b)
    return 2 * len(one & two) / (len(one) + len(two))


# --- reading a telling ------------------------------------------------------------------------------------------------


class Book:
    """The words of a language that matter here, by stem and by root."""

    def __init__(self, language: Language):
        self.language = language
        table, numbers = language.table("opposed"), language.table("numbers")
        self.idle = frozenset(language.key(w) for w in table["idle"])
        self.numbers = {language.key(w): v for w, v in numbers["words"].items()}
        self.multipliers = {language.key(w): v for w, v in numbers["multipliers"].items()}
        self.sides = self._index(
            ((name, side), word)
            for name, held in table["opposite"].items()
            for side in ("one", "other")
            for word in held[side]
        )
        only = (
            ((name, str(n)), word)
            for name, sets in table["exclusive"].items()
            for n, held in enumerate(sets)
            for word in held
        )
        self.only = self._index(only, roots=False)
        self.groups = self._index((name, word) for name, held in table["alike"].items() for word in held)
        self.turns = self._exact((name, word) for name, held in table["turns"].items() for word in held)
        self.breaks = frozenset(language.key(w) for w in table["breaks"])
        self.names = _names(language, self.sides.keys() | self.groups.keys())

    def _index(self, entries: Iterable[tuple[Any, str]], *, roots: bool = True) -> dict[str, frozenset[Any]]:
        """What words stand for: by `=stem`, by `root` where it stands for one thing alone, by `~form` where its root is short."""
        found: dict[str, set[Any]] = defaultdict(set)
        for what, word in entries:
            key = self.language.key(word)
            stem, root = self.language.stems(key)
            found["=" + stem].add(what)
            if roots and len(root) >= LEAST_ROOT:
                found[root].add(what)
            elif roots:
                for form in self._forms(word):
                    found["~" + form].add(what)
        return {k: frozenset(v) for k, v in found.items() if k[0] in "=~" or len(v) == 1}

    def _exact(self, entries: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for what, word in entries:
            for form in self._forms(word) if what != CLOSED else self.language.surfaces(word, "name"):
                found[self.language.key(form)].add(what)
        return {k: frozenset(v) for k, v in found.items()}

    def _forms(self, word: str) -> set[str]:
        return {f for part in ("verb", "noun") for f in self.language.surfaces(word, part)}

    def read(self, text: str) -> list[Word]:
        """The words of a telling without the idle ones, numbers and names put together."""
        found = list[Word]()
        for number, piece in enumerate(PIECES.split(text)):
            self._piece(self.language.key(piece).split()[:MOST_WORDS], 100 * number, found)
        return found[:MOST_WORDS]

    def _piece(self, held: Sequence[str], part: int, found: list[Word]) -> None:
        i = 0
        while i < len(held):
            if held[i] in self.breaks:
                part += 1
            words, kind, value = self._taken(held, i)
            as_read = " ".join(held[i : i + words])
            if kind != "word":
                found.append(Word(as_read, as_read, as_read, kind, value, part))
            elif as_read in self.turns or not (as_read in self.idle or as_read in self.breaks):
                counted = i + 1 < len(held) and self._value(held[i + 1]) is not None
                found.append(self._word(as_read, part, counted=counted))
            i += words

    def _taken(self, held: Sequence[str], at: int) -> tuple[int, Kind, str]:
        """How many words from there on are one, of which kind, and what they stand for."""
        if held[at] in self.idle:
            return 1, "word", ""
        for n in range(min(LONGEST_NAME, len(held) - at), 0, -1):
            if value := self.names.get(" ".join(held[at : at + n])):
                return n, "name", value
        value_of = self._value(held[at])
        if value_of is None:
            return 1, "word", ""
        words = 1
        while at + words < len(held) and (by := self.multipliers.get(held[at + words])):
            value_of, words = value_of * by, words + 1
        return words, "number", f"{value_of:g}"

    def _word(self, word: str, part: int, *, counted: bool = False) -> Word:
        stem, root = self.language.stems(word)
        turns = self.turns.get(word, frozenset())
        return Word(
            word, stem, root, "word", part=part,
            sides=_of(self.sides, word, stem, root), values=_of(self.only, word, stem, root),
            groups=_of(self.groups, word, stem, root),
            turns=frozenset() if counted and CLOSED in turns else turns,
        )  # fmt: skip

    def _value(self, word: str) -> float | None:
        if word.isdecimal():
            return float(word) if len(word) < 16 else None
        return self.numbers.get(word)


def _of(index: Mapping[str, frozenset[Any]], word: str, stem: str, root: str) -> frozenset[Any]:
    return index.get("=" + stem) or index.get(root) or index.get("~" + word) or frozenset()


@cache
def _book(code: str) -> Book:
    return Book(lang.load(code))


def _names(language: Language, words: Collection[str]) -> dict[str, str]:
    """Folded names of countries, peoples, capitals, great towns and known actors -> what they name.

    A capital stands for its country, as do its government and its forces. A town that is called like a word is left out.
    """
    found: dict[str, str] = {}
    towns = ((name, key, False) for name, key in places.great_towns(language.code, GREAT_TOWN))
    peoples = ((name, key, True) for _, name, key in places.countries(language.code))
    known = ((name, id, False) for _, name, id in actors.names(language.code))
    for name, value, sure in (*peoples, *known, *towns):
        if named := _named(value, name):
            for surface in language.surfaces(name, "name"):
                key = language.key(surface)
                if sure or " " in key or ("=" + language.stems(key)[0] not in words and len(key) >= LEAST_NAME):
                    found.setdefault(key, named)
    return found


def _named(value: str, name: str) -> str | None:
    """What a name stands for: a country's code for it, its people, its authorities and its capital; None if it may mean much."""
    if value in actors.register():
        known = actors.lookup(value)
        if name in known.needs:
            return None
        return known.country if known.sector in OF_STATE and known.country else value
    if value.startswith(("gn:", "own:")):
        town = places.candidate(value)
        return town.country if town.capital else value
    return value.removeprefix("country:")
