"""Languages: `load("en")` gives what a step needs to know of a language, all of it from files in `lang/<code>/`.

A language is a folder with
    profile.toml   its name, direction, sentence marks, abbreviations, quotation pairs, closed word classes
    fold.toml      characters folded for matching (may be empty)
    lexicon.tsv    term <TAB> classes (comma between) [<TAB> key=value ...]: what nouns and adjectives mean to a desk
    frames/*.toml  what predicates with their arguments tell (see frames.py)
    *.toml         further tables, read by the step that needs them through `Language.table`
    analyse.py     analyse(text, sentences, language, names_at) -> None   fills clauses and phrases
                   surfaces(words, part) -> how the words may stand in a text, folded
                   stems(word) -> a folded word without its endings, and what it shares with its kin
and a line in the registry.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kavass import registry
from kavass.errors import DataError
from kavass.lang import frames as frames_of
from kavass.lang.clause import Analysis, Sentence
from kavass.lang.frames import Frames
from kavass.lang.text import Folded, Rules, fold, fold_words, quotes, sentences
from kavass.model import Report, Span

if TYPE_CHECKING:
    from kavass.lang.weights import Weights

HERE = Path(__file__).parent
KEYS_KEPT = 50_000
MOST_CLAUSES, MOST_PHRASES = 60, 200  # of one sentence; the fullest of news have 20 and 40
READABLE = ("title", "body", "caption", "dateline")


class Language:
    """One language, its parts read from files on first use."""

    def __init__(self, code: str):
        self.code = code
        self.folder = HERE / code
        self._tables: dict[str, dict[str, Any]] = {}
        self._stems: dict[str, tuple[str, str]] = {}

    @cached_property
    def profile(self) -> dict[str, Any]:
        """profile.toml: `name`, `direction`, `enders`, `abbreviations`, `starters`, `quotes` and closed word classes."""
        return self.table("profile")

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.profile["direction"] == "rtl" else "ltr"

    @cached_property
    def frames(self) -> Frames:
        """The frames of frames/*.toml."""
        return frames_of.load(self.folder / "frames")

    @cached_property
    def lexicon(self) -> Lexicon:
        """The terms of lexicon.tsv."""
        return Lexicon(self.folder / "lexicon.tsv", self)

    @cached_property
    def _rules(self) -> Rules:
        return Rules(self.table("fold").get("fold", {}))

    def table(self, name: str) -> dict[str, Any]:
        """A TOML table of the language's folder, read once."""
        if (found := self._tables.get(name)) is None:
            file = self.folder / f"{name}.toml"
            found = self._tables[name] = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
        return found

    def weights(self, name: str) -> Weights | None:
        """Learned weights of the language, read once; None where it has none."""
        return _weights(self.folder / f"{name}.npz")

    def fold(self, text: str) -> Folded:
        """The text for matching, with the way back."""
        return fold(text, self._rules)

    @cached_property
    def key(self) -> Callable[[str], str]:
        """words -> the folded form under which they are looked up, remembered: the steps ask for the same words many times."""
        return _Keys(self._rules).__getitem__

    @cached_property
    def surfaces(self) -> Callable[[str, str], Iterable[str]]:
        """(words, part) -> how they may stand in a folded text: inflections and attached particles. `part` is a frame part or
        `name`."""
        found: Callable[[str, str], Iterable[str]] = registry.resolve("languages", self.code).surfaces
        return found

    def stems(self, word: str) -> tuple[str, str]:
        """A folded word without what inflection puts on it, and what it shares with its kin; remembered."""
        found = self._stems.get(word)
        if found is None:
            if len(self._stems) > KEYS_KEPT:
                self._stems.clear()
            found = self._stems[word] = registry.resolve("languages", self.code).stems(word)
        return found

    def split(self, report: Report) -> list[Sentence]:
        """The sentences of the readable zones, not yet analysed; `paragraph` numbers the zones."""
        p, found = self.profile, list[Sentence]()
        for number, zone in enumerate(report.zones):
            if zone.zone not in READABLE:
                continue
            marks = quotes(report.text, zone.span, p["quotes"])
            for span in sentences(report.text, zone.span, enders=p["enders"], abbreviations=self._set("abbreviations"),
                                  starters=self._set("starters")):  # fmt: skip
                touching = tuple(q for q in marks if q.touches(span))
                found.append(Sentence(index=len(found), span=span, zone=zone.zone, paragraph=number, quotes=touching))
        return found

    def analyse(self, report: Report, chosen: Iterable[Sentence], names_at: Sequence[Span] = ()) -> Analysis:
        """The chosen sentences with their clauses and phrases filled in, in text order; `names_at` are known names."""
        kept = sorted(chosen, key=lambda s: s.span)
        registry.resolve("languages", self.code).analyse(report.text, kept, self, names_at)
        for sentence in kept:
            if len(sentence.clauses) > MOST_CLAUSES or len(sentence.phrases) > MOST_PHRASES:
                sentence.clauses, sentence.phrases = [], []  # a list or one word over and over, and costly below
        _name(kept, sorted(names_at))
        return Analysis(sentences=kept)

    def _set(self, name: str) -> frozenset[str]:
        return _frozen(tuple(self.profile.get(name, ())))


class _Keys(dict[str, str]):
    """Words -> their folded form, filled as they are asked for."""

    def __init__(self, rules: Rules):
        super().__init__()
        self.rules = rules

    def __missing__(self, words: str) -> str:
        if len(self) > KEYS_KEPT:
            self.clear()
        found = self[words] = fold_words(words, self.rules)
        return found


def _name(sentences: Iterable[Sentence], names_at: Sequence[Span]) -> None:
    """Gives the phrases that a known name heads the class `actor`; a body is no building, place or day, whatever its label."""
    for sentence in sentences if names_at else ():
        first = bisect_left(names_at, Span(sentence.span.start, 0))
        near = names_at[first : bisect_left(names_at, Span(sentence.span.end, 0))]
        for phrase in sentence.phrases if near else ():
            if any(n.covers(phrase.head) for n in near):
                phrase.classes = (phrase.classes - {"facility", "place", "time"}) | {"actor"}
                phrase.kind = "name" if phrase.kind == "time" else phrase.kind


class Lexicon:
    """Terms and what they mean to a desk: classes such as `facility.diplomatic`, and further values by key."""

    def __init__(self, file: Path, language: Language):
        self.terms: dict[str, frozenset[str]] = {}
        self.values: dict[str, dict[str, str]] = {}
        faults = []
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            term, *rest = line.split("\t")
            key = language.key(term)
            if not rest or not key:
                faults.append(f"line {number}: {line!r} has no classes; write the term, a tab, then its classes")
                continue
            self.terms[key] = self.terms.get(key, frozenset()) | {c.strip() for c in rest[0].split(",")}
            found = (pair.partition("=") for pair in rest[1:])
            self.values.setdefault(key, {}).update({name: value for name, equals, value in found if equals})
        if faults:
            raise DataError(str(file), faults)

    def classes(self, term: str) -> frozenset[str]:
        """The classes of a folded term; empty if it is not known."""
        return self.terms.get(term, frozenset())

    def of_class(self, *classes: str) -> Iterator[str]:
        """The folded terms that have one of the classes or a special case of one."""
        for term, held in self.terms.items():
            if any(h == c or h.startswith(c + ".") for h in held for c in classes):
                yield term


def codes() -> tuple[str, ...]:
    """The languages that can be coded."""
    return registry.names("languages")


@cache
def load(code: str) -> Language:
    """The language of that code; its parser is not loaded before `analyse`. Raises UsageError naming the languages."""
    if code not in registry.names("languages"):
        registry.resolve("languages", code)
    return Language(code)


@cache
def _weights(file: Path) -> Weights | None:
    from kavass.lang.weights import load as read  # numpy only where something is coded

    return read(file)


@cache
def _frozen(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(values)
