"""What a language's analysis yields: sentences of clauses and phrases, the same shape for every language.

The steps (coding, attribute, situate, posture) see only these types, so no step knows a word of any language. English
fills them from a dependency parse, Arabic from a shallow chunker. Voice is already undone: `subject` and `object` are the
logical ones, so "protesters torched the consulate", "the consulate was torched by protesters" and "the torching of the
consulate by protesters" give the same arguments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from kavass.model import Span, ZoneName

Function = Literal[
    "subject",  # who does it: active subject, passive agent, possessor or agent phrase of a nominal
    "object",  # whom it is done to: active object, passive subject, of-phrase of a transitive nominal
    "indirect",
    "oblique",  # a prepositional phrase; `preposition` holds the folded preposition
    "modifier",  # a noun or adjective before a nominal predicate: "rocket attack", "deadly attack"
    "predicative",  # what a copula says of its subject
    "complement",  # a clause that completes the predicate: content of "said", "accused of ..."
    "adverbial",  # a clause or adverb that situates it
]
Tense = Literal["past", "present", "future", "none"]


@dataclass(slots=True, kw_only=True, eq=False)
class Phrase:
    """A noun phrase: `span` whole, `core` without relative clauses, appositions and trailing prepositional phrases.

    `classes` are what the lexicon, registers and gazetteer know of its head (`person`, `person.crowd`, `facility.diplomatic`,
    `weapon.munition`, `place`, `state`, `time`, `actor` ...): dotted, the general before the special. `of`/`possessor`,
    `apposition`, `conjuncts` refer to other phrases of the sentence by index. `low`/`high` is the quantity told, if any.
    """

    index: int
    span: Span
    core: Span
    head: Span
    lemma: str
    name: Span | None = None  # the proper name inside `core`, titles and descriptions before it left out
    kind: Literal["name", "noun", "pronoun", "number", "time"] = "noun"
    number: Literal["singular", "dual", "plural"] | None = None
    definite: bool | None = None
    modifiers: tuple[str, ...] = ()  # lemmas of adjectives and nouns before the head, in order of the text
    quantity: Span | None = None
    low: int | None = None
    high: int | None = None
    approximate: bool = False
    negated: bool = False  # "no injuries", «دون إصابات»
    possessor: int | None = None
    prepositions: tuple[tuple[str, int], ...] = ()  # (preposition, phrase index) attached to this phrase
    appositions: tuple[int, ...] = ()
    qualifiers: tuple[int, ...] = ()  # names before the head that say whose it is: "FARC rebels"
    conjuncts: tuple[int, ...] = ()  # the other members of its coordination, all of them
    classes: frozenset[str] = frozenset()
    label: str | None = None  # PERSON, ORG, GPE, NORP ... where the analysis knows it
    gender: Literal["m", "f"] | None = None  # where words agree in it
    whose: Literal["m", "f", "p", "we"] | None = None  # of the pronoun written onto it: «قواته», «قواتنا»

    def has(self, *classes: str) -> bool:
        """Whether any of the classes, or a special case of one, holds.

        >>> Phrase(index=0, span=Span(0, 1), core=Span(0, 1), head=Span(0, 1), lemma="x",
        ...        classes=frozenset({"facility.diplomatic"})).has("facility")
        True
        """
        return bool(self.classes) and _holds(self.classes, classes)


@lru_cache(maxsize=50_000)
def _holds(classes: frozenset[str], wanted: tuple[str, ...]) -> bool:
    """Remembered: steps ask the same few questions of the same few sets of classes, half a million times in a hundred reports."""
    return not classes.isdisjoint(wanted) or any(c.startswith(w + ".") for c in classes for w in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a clause: a phrase or a clause (indices into the sentence), or an adverb (neither)."""

    function: Function
    preposition: str | None = None
    phrase: int | None = None
    clause: int | None = None
    span: Span


@dataclass(slots=True, kw_only=True, eq=False)
class Clause:
    """A predicate and what belongs to it.

    `kind`: `verb`; `noun` for a nominalisation or event noun ("the torching of ..."); `copula`, whose lemma is that of the
    predicative ("is responsible" -> "responsible"); `participle` for a reduced relative ("rockets fired at ..."), which
    counts as a verb in frames. `relation` says how it hangs on `parent`: `content` (what is said or thought), `relative`,
    `adverbial` (with `marker`: "if", "after", ...), `coordination`, `argument` (a nominal inside an argument of the parent), or
    None for a main clause.
    `marker` is the folded subordinator. `modality` is what the verb group itself says; embedding is left to the reader.
    """

    index: int
    predicate: Span
    lemma: str
    particle: str | None = None
    small: tuple[str, ...] = ()  # lemmas of the adverbs and adjectives that complete the verb: "set it ablaze"
    kind: Literal["verb", "noun", "copula", "participle"] = "verb"
    span: Span
    voice: Literal["active", "passive"] = "active"
    tense: Tense = "past"
    modality: Literal["actual", "future", "conditional", "possible", "predicted"] = "actual"
    negated: bool = False
    infinitive: bool = False  # "to close ...": wanted, planned or decided, not told as done
    progressive: bool = False
    perfect: bool = False  # "had warned": before the time of the narration
    arguments: tuple[Argument, ...] = ()
    parent: int | None = None
    relation: Literal["content", "relative", "adverbial", "coordination", "argument"] | None = None
    marker: str | None = None
    phrase: int | None = None  # of a nominal: the phrase it heads; of a relative clause: the phrase it describes
    quoted: bool = False  # inside quotation marks
    # Of a verb of speech, where the order of the words tells more than the clauses do:
    content: Span | None = None  # what is said, behind its opener
    parts: tuple[Span, ...] = ()  # of several things said, each behind an opener of its own
    rest: Span | None = None  # all that follows the verb and its subject, up to the next cue
    first: bool = False  # in the first person, which names no subject: «سنرد»
    dropped: Literal["m", "f", "p"] | None = None  # it names no subject and its ending tells gender, or plural: goes on


@dataclass(slots=True, kw_only=True)
class Sentence:
    """One parsed sentence of one zone. `quotes` are the spans between quotation marks that touch it, marks left out."""

    index: int
    span: Span
    zone: ZoneName
    paragraph: int
    clauses: list[Clause] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    quotes: tuple[Span, ...] = ()

    def arguments(self, clause: Clause, function: Function, *prepositions: str) -> Iterator[Argument]:
        """The clause's arguments of that function, with one of the prepositions if any are given."""
        for argument in clause.arguments:
            if argument.function == function and (not prepositions or argument.preposition in prepositions):
                yield argument

    def filler(self, clause: Clause, function: Function, *prepositions: str) -> Phrase | None:
        """The first phrase in that function."""
        for argument in self.arguments(clause, function, *prepositions):
            if argument.phrase is not None:
                return self.phrases[argument.phrase]
        return None

    def above(self, clause: Clause) -> Iterator[Clause]:
        """The clauses this one hangs on, innermost first."""
        while clause.parent is not None:
            clause = self.clauses[clause.parent]
            yield clause


@dataclass(slots=True, kw_only=True)
class Analysis:
    """The parsed sentences of one report, in text order. Sentences that do not matter are not in it."""

    sentences: list[Sentence] = field(default_factory=list)
