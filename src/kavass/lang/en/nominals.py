"""The noun phrases of a parsed English sentence: what they span, how many they count, what the lexicon knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import simplemma

from kavass.lang.clause import Phrase
from kavass.model import Span

if TYPE_CHECKING:
    from kavass.lang import Language

LEFT = {"det", "amod", "compound", "nummod", "poss", "quantmod", "predet", "nmod", "advmod", "npadvmod", "nounmod", "preconj",
        "punct", "neg", "case", "meta"}  # fmt: skip
NAMES = {"PERSON": "person", "ORG": "org", "GPE": "place", "LOC": "place", "FAC": "facility", "NORP": "people"}
RELATIVE = {"WP", "WDT", "WP$"}
DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
INDEFINITE = frozenset(("a", "an", "another", "some", "any", "no"))
KEPT = 200_000  # groups of words whose classes are remembered
DIGITS = re.compile(r"^\d{1,3}(?:,\d{3})+$|^\d+(?:\.\d+)?$")
YEAR = re.compile(r"^(?:19\d\d|20[0-4]\d)$")
FUNCTIONS = {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr", "oprd", "appos", "poss", "npadvmod", "conj", "ROOT", "pcomp",
             "csubj", "nmod", "dep", "intj", "acomp"}  # fmt: skip


@dataclass(slots=True)
class Quantity:
    """How many, and the token positions of the words that say so."""

    low: int | None
    high: int | None
    approximate: bool
    start: int
    end: int


class Nominals:
    """The phrases of one parsed sentence, by the token that heads them."""

    def __init__(self, tokens: list[Any], offset: int, language: Language, triggers: frozenset[str]):
        self.tokens, self.offset, self.language, self.triggers = tokens, offset, language, triggers
        self.first = tokens[0].i
        self.capitals = any(t.text[0].isupper() for t in tokens)
        self.hyphened = _hyphened(language.code)
        self.persons = _persons(language.code)
        self.links = frozenset(language.profile["name_links"])
        self.numbers = language.table("numbers")
        self.mortal = language.profile["mortal"]
        self.phrases: list[Phrase] = []
        self.by_head: dict[int, int] = {}  # token number -> phrase index
        for token in tokens:
            if self._heads(token) and self.counted(token).i == token.i:
                self._add(token)
        self.phrases.sort(key=lambda p: p.head)
        self._number()
        self._tie()

    def at(self, token: Any) -> int | None:
        """The phrase that a token stands for: itself, or what a quantity word counts ("dozens of people")."""
        return self.by_head.get(self.counted(token).i)

    def counted(self, token: Any) -> Any:
        """The noun counted by a quantity word with "of", else the token itself."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of" and self._measure(token):
                return next((inner for inner in child.children if inner.dep_ == "pobj"), token)
        return token

    def lemma(self, token: Any) -> str:
        """The parser's lemma in lower case, or with what a hyphen joins to it where frames know the whole: "sit-in"."""
        place = token.i - self.first
        if place > 1 and self.tokens[place - 1].text == "-" and not self.tokens[place - 1].whitespace_:
            whole = f"{self.tokens[place - 2].lower_}-{token.lemma_.lower()}"
            if whole in self.hyphened:
                return whole
        return str(token.lemma_.lower())

    def is_time(self, token: Any) -> bool:
        """Whether a token stands in a date or a time of day."""
        return self._label(token) in ("DATE", "TIME")

    def span(self, first: Any, last: Any) -> Span:
        """From one token to another, in offsets of the report."""
        return Span(self.offset + first.idx, self.offset + last.idx + len(last.text))

    # which tokens head a phrase

    def _heads(self, token: Any) -> bool:
        if token.tag_ in RELATIVE or token.dep_ == "expl" or not (token.is_alpha or any(map(str.isalnum, token.text))):
            return False
        if self._measures_age(token):
            return False
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            if token.dep_ in ("compound", "amod", "nmod", "nounmod"):
                return self._modifies_event(token) or self._qualifies(token)
            return token.dep_ not in ("det", "nummod", "aux", "mark") and token.tag_ != "PRP$"
        if token.dep_ == "poss":
            return True
        if token.pos_ == "NUM" or token.tag_ == "CD":
            return self._toll(token) is not None or (
                token.dep_ in FUNCTIONS and token.dep_ != "npadvmod" and token.head.dep_ not in ("nummod", "quantmod")
            )
        if token.pos_ in ("ADJ", "DET") or (token.pos_ == "VERB" and token.tag_ in ("VBN", "JJ")):
            nominal = (
                token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "appos", "attr", "conj") and token.pos_ != "DET"
            )
            bare = token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and token.pos_ == "DET"
            told = (token.dep_ in ("acomp", "oprd", "ccomp", "xcomp") and token.pos_ == "ADJ") or (
                token.dep_ == "amod" and self._modifies_event(token)
            )
            has_det = any(c.dep_ in ("det", "nummod") for c in token.children)
            return (nominal and (has_det or token.dep_ in ("pobj", "dobj", "nsubj"))) or bare or told
        return token.dep_ in ("acomp", "oprd") and token.pos_ == "ADV"

    def _toll(self, token: Any) -> str | None:
        """What a bare number counts by the word behind it: "two dead"."""
        place = token.i - self.first
        following = [t.lower_ for t in self.tokens[place + 1 : place + 2]]
        after = self.tokens[place + 2 : place + 3]
        if (
            not following
            or (after and after[0].pos_ in ("NOUN", "PROPN", "ADJ", "NUM"))
            or (token.lower_ == "one" and place)
            or self._is_age(token)
        ):
            return None
        found = self.numbers["tolls"].get(following[0])
        return None if found is None else str(found)

    def _qualifies(self, token: Any) -> bool:
        """Whether a name before a noun for people says to whom they belong."""
        if (
            token.dep_ == "amod"
            or token.i > token.head.i
            or not self._proper(token)
            or self._label(token) in ("NORP", "PERSON")
        ):
            return False
        held = self._known([token.head])
        return any(
            c.startswith(("person.fighter", "person.assailant", "person.military", "group", "person.leader"))
            for c in held
        )

    def _measures_age(self, token: Any) -> bool:
        """Whether a word is the unit of an age: the year of "a 16-year-old", of "20 years old"."""
        place = token.i - self.first
        if token.lower_ not in self.numbers["ages"]["units"] or place + 1 >= len(self.tokens):
            return False
        behind = self.tokens[place + 1 : place + 3]
        return next((t.lower_ for t in behind if t.text != "-"), "") in self.numbers["ages"]["old"]

    def _aged(self, token: Any) -> bool:
        """Whether a word stands for somebody by their age: "a 16-year-old"."""
        if token.lower_ not in self.numbers["ages"]["old"] or token.dep_ in ("acomp", "amod"):
            return False
        before = [t for t in self.tokens[: token.i - self.first] if t.text != "-"]
        return len(before) > 1 and self._measures_age(before[-1]) and self._plain(before[-2]) is not None

    def _modifies_event(self, token: Any) -> bool:
        return token.head.lemma_.lower() in self.triggers and token.i < token.head.i and token.dep_ != "nummod"

    # one phrase

    def _ruled_out(self, token: Any) -> bool:
        """Whether a noun is negated, be it as the second of two: "neither rebels nor any other group"."""
        pair = ("neither", "nor")
        return any(c.dep_ == "neg" or (c.dep_ == "preconj" and c.lower_ in pair) for c in token.children) or (
            token.dep_ == "conj"
            and any(c.dep_ == "cc" and c.lower_ in pair and c.i < token.i for c in token.head.children)
        )

    def _add(self, token: Any) -> None:
        left, right = self._edges(token)
        start = self._core_start(token)
        core = self.span(start, token)
        aged = self._aged(token)
        label = None if aged else self._label(token)
        quantity = self.quantity(token)
        owners = [c for c in token.children if c.dep_ == "poss"]
        dets = [c.lower_ for c in token.children if c.dep_ in ("det", "predet")]
        phrase = Phrase(
            index=len(self.phrases), span=self.span(left, right), core=core, head=self.span(token, token),
            lemma=self.lemma(token), kind=self._kind(token, label), number=self._count(token, aged and not quantity),
            definite=self._definite(token, dets, bool(owners)), label=label,
            modifiers=tuple(self.lemma(c) for c in token.children if c.i < token.i and c.dep_ in ("amod", "compound", "nmod")),
            negated="no" in dets or "neither" in dets or self._ruled_out(token),
        )  # fmt: skip
        if quantity:
            phrase.quantity = self.span(
                self.tokens[quantity.start - self.first], self.tokens[quantity.end - self.first]
            )
            phrase.low, phrase.high, phrase.approximate = quantity.low, quantity.high, quantity.approximate
            phrase.negated = phrase.negated or quantity.high == 0
            phrase.core = Span(min(phrase.core.start, phrase.quantity.start), phrase.core.end)
        phrase.span = Span(min(phrase.span.start, phrase.core.start), max(phrase.span.end, phrase.core.end))
        phrase.classes = self._classes(token, phrase)
        phrase.negated = phrase.negated or (phrase.kind == "pronoun" and phrase.has("quantity.none"))
        if (first := self._name(token)) is not None:
            phrase.name = self.span(first, token)
            if phrase.kind == "noun":
                phrase.kind, phrase.classes = "name", phrase.classes | {"name"}
        self.by_head[token.i] = phrase.index
        self.phrases.append(phrase)

    def _edges(self, token: Any) -> tuple[Any, Any]:
        """The first and last token of the whole phrase, coordinated phrases and closing punctuation left out."""
        left = right = token
        for child in token.children:
            if child.dep_ in ("conj", "cc", "punct", "preconj") or (
                child.i < token.i and child.dep_ not in LEFT | {"prep"}
            ):
                continue
            if child.left_edge.i < left.i:
                left = child.left_edge
            if child.right_edge.i > right.i:
                right = child.right_edge
        while right.i > token.i and right.is_punct and right.text not in ')”"':
            right = right.nbor(-1)
        return left, right

    def _core_start(self, token: Any) -> Any:
        """The first token of the phrase without what follows its head."""
        start = token
        for child in reversed(list(token.lefts)):
            if child.dep_ not in LEFT or (child.dep_ == "punct" and child.text not in "-\"“'’"):
                break
            start = child.left_edge
        while start.i < token.i and (start.is_punct or start.is_space):
            start = start.nbor(1)
        return start

    def _name(self, token: Any) -> Any:
        """The first token of the proper name that ends at a head, None if the head is an ordinary word."""
        if not self._proper(token):
            return None
        first = token
        place = token.i - self.first
        while place > 0:
            before = self.tokens[place - 1]
            link = before.lower_ in self.links and place > 1 and self._proper(self.tokens[place - 2])
            joined = before.text in ("-", "'") and not before.whitespace_ and place > 1
            if self._proper(before) or self._given(before):
                first, place = before, place - 1
            elif link or joined:
                first, place = self.tokens[place - 2], place - 2
            else:
                break
        return first

    def _given(self, token: Any) -> bool:
        """Whether a word before a name is part of it although a dictionary knows it: only where a text has no capitals."""
        if self.capitals or token.dep_ not in ("compound", "nmod") or token.pos_ not in ("NOUN", "PROPN"):
            return False
        return not self._common(self.language.key(token.text))

    def _proper(self, token: Any) -> bool:
        """Whether a word belongs to a proper name: capitalised and unknown as a common noun, or, where a text has no capitals, in
        no dictionary."""
        if (
            not token.is_alpha
            or len(token.text) < 2
            or token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB", "X", "ADP", "SCONJ", "INTJ", "ADV", "DET")
        ):
            return False
        key = self.language.key(token.text)
        if self.capitals:
            return bool(
                token.text[0].isupper()
                and token.pos_ == "PROPN"
                and self._label(token) != "NORP"
                and not self._common(key)
            )
        if self._common(key):
            return False
        return token.pos_ == "PROPN" or (token.pos_ in ("NOUN", "X", "ADJ", "VERB") and not _in_dictionary(key))

    def _common(self, key: str) -> bool:
        """Whether the lexicon knows a word, in the plural too: "Guerrillas" at the start of a sentence is no name."""
        return bool(self.language.lexicon.classes(key) or self.language.lexicon.classes(_base(key)))

    def _label(self, token: Any) -> str | None:
        kind = token.kind
        if kind in ("GPE", "LOC") and token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in self.mortal:
            return "PERSON"
        return kind or None

    def _kind(self, token: Any, label: str | None) -> Any:
        if label in ("DATE", "TIME") and not self._told_figure(token):
            return "time"
        if token.pos_ == "PRON" and token.lower_ not in self.numbers["vague"]:
            return "pronoun"
        if label in NAMES or token.pos_ == "PROPN":
            return "name"
        return "number" if token.tag_ == "CD" else "noun"

    def _count(self, token: Any, one: bool) -> Any:
        if one:
            return "singular"
        return token.number

    def _definite(self, token: Any, dets: list[str], owned: bool) -> bool | None:
        if owned or not DEFINITE.isdisjoint(dets):
            return True
        if not INDEFINITE.isdisjoint(dets):
            return False
        return True if token.pos_ == "PROPN" else None

    # how many

    def quantity(self, token: Any) -> Quantity | None:
        """The number told with a noun: its numeral, its vague determiner, or the quantity word it depends on."""
        if token.tag_ == "CD" and self._toll(token) is not None:
            return self._quantity_of(token)  # "four dead, nine injured": each for itself
        head = token.head
        if token.dep_ == "pobj" and head.lower_ == "of" and self._measure(head.head):
            return self._quantity_of(head.head)
        for child in token.children:
            if child.dep_ == "nummod" and self._is_age(child):
                continue
            if child.dep_ == "nummod" or (child.dep_ in ("amod", "det", "nmod") and child.lower_ in self.numbers["vague"]
                                          and child.i < token.i):  # fmt: skip
                last = next((c for c in child.children if c.dep_ == "conj" and self._plain(c) is not None), child)
                found = self._quantity_of(last)
                if found:
                    return found
        if token.tag_ == "CD" and token.i > self.first and self.tokens[token.i - self.first - 1].lower_ == "between":
            last = next((c for c in token.children if c.dep_ == "conj" and self._plain(c) is not None), None)
            return None if last is None else self._quantity_of(last)
        if token.tag_ == "CD" and (self._label(token) not in ("DATE", "TIME") or self._told_figure(token)):
            return None if self._year(token) or self._is_age(token) else self._quantity_of(token)
        if (
            token.lower_ in ("none", "several", "many", "dozens", "hundreds", "scores", "few", "some")
            and token.pos_ != "VERB"
        ):
            return self._quantity_of(token)
        return None

    def _told_figure(self, token: Any) -> bool:
        """Whether a bare number taken for a date is a figure: "stood at 21", "wounding more than 30"."""
        behind = token.dep_ == "pobj" and token.head.lower_ in self.numbers["ages"]["figures_behind"]
        if token.tag_ != "CD" or not (behind or token.dep_ in ("dobj", "nsubjpass")):
            return False
        value, place = self._plain(token), token.i - self.first
        alone = not any(
            self.tokens[i].kind in ("DATE", "TIME") for i in (place - 1, place + 1) if 0 <= i < len(self.tokens)
        )
        return alone and value is not None and not 1900 <= value <= 2100

    def _year(self, token: Any) -> bool:
        """Whether a number without a noun is rather a year: "convicted in 2002 of murder"."""
        return token.tag_ == "CD" and YEAR.match(token.text) is not None

    def _is_age(self, token: Any) -> bool:
        """Whether a number without a noun is an age: "children under the age of 13"."""
        place = token.i - self.first
        return any(t.lower_ in self.numbers["ages"]["before"] for t in self.tokens[max(0, place - 2) : place])

    def _measure(self, token: Any) -> bool:
        """Whether a token only counts what follows "of"."""
        word = token.lower_
        if self._year(token):
            return False
        if word == "number" and not any(
            c.lower_ in ("a", "large", "small", "growing", "unknown") for c in token.children
        ):
            return False
        return (
            (word in self.numbers["vague"] and word not in ("no",))
            or token.tag_ == "CD"
            or word in self.numbers["words"]
        )

    def _quantity_of(self, token: Any) -> Quantity | None:
        number, start = self._number_at(token)
        if number is None:
            return None
        low, high = number
        end, approximate = token.i, False
        before = [self.tokens[i - self.first] for i in range(max(self.first, start - 4), start)]
        words = [t.lower_ for t in before]
        for size in (3, 2, 1):
            bend = self.numbers["bends"].get(" ".join(words[-size:]))
            if bend and len(words) >= size:
                low, high, approximate = _bent(bend, low, high)
                start = before[-size].i
                break
        else:
            if words[-1:] == ["a"] or words[-1:] == ["an"]:
                start = before[-1].i
            joined = words[-1:] in (["to"], ["or"], ["-"]) or (words[-1:] == ["and"] and words[-3:-2] == ["between"])
            if len(words) > 1 and joined and (other := self._plain(before[-2])) is not None and low and other < low:
                low, start, approximate = other, before[-2].i, True
        if token.lower_ in self.numbers["vague"] and high != low:
            approximate = True
        return Quantity(low, high, approximate, start, end)

    def _number_at(self, token: Any) -> tuple[tuple[int | None, int | None] | None, int]:
        """(low, high) and the position of the first word of a number that ends at a token."""
        words, place = [token], token.i - self.first
        while place > 0 and self._plain(token) is not None:
            hyphen = (
                1 if self.tokens[place - 1].text == "-" and place > 1 and self.tokens[place - 2].text.isalpha() else 0
            )
            if self._plain(self.tokens[place - 1 - hyphen]) is None:
                break
            place -= 1 + hyphen
            words.insert(0, self.tokens[place])
        value = _value([w.lower_ for w in words], self.numbers)
        if value is not None:
            return (value, value), words[0].i
        vague = self.numbers["vague"].get(token.lower_)
        if vague is not None:
            low, high = vague
            owned = [
                self._plain(c) for c in token.children if c.dep_ in ("nummod", "quantmod", "det") and self._plain(c)
            ]
            return (low * (owned[0] or 1) if owned and low > 9 else low, None if high < 0 else high), token.i
        return None, token.i

    def _plain(self, token: Any) -> int | None:
        return _value([token.lower_], self.numbers)

    # what it is

    def _classes(self, token: Any, phrase: Phrase) -> frozenset[str]:
        if self._aged(token):
            return frozenset({"person.civilian"})
        known = frozenset[str]()
        text = self.tokens
        place = token.i - self.first
        reach = (
            min(4, place) if _ends_term(self.language.code, token.lower_, token.lemma_, token.pos_ == "PROPN") else 0
        )
        for back in range(reach, -1, -1):
            words = text[place - back : place + 1]
            if back and self.offset + words[0].idx < phrase.core.start:
                continue
            known = self._known(words)
            if known:
                break
        if phrase.kind == "name" and (
            token.pos_ == "PROPN" or not known
        ):  # "Mayor Ana Ruiz" is a mayor, "Cyclone Ana" a storm
            titles = (self._known([c]) for c in token.children if c.dep_ in ("compound", "nmod") and c.i < token.i)
            known |= {c for held in titles for c in held if c.startswith(("person.", "hazard"))}
        if not known and phrase.kind == "pronoun":
            known = self.persons.get(token.lower_, known)
        if not known and phrase.label in NAMES:
            known = frozenset({NAMES[phrase.label]})
        if token.tag_ == "CD" and (toll := self._toll(token)) is not None:
            return frozenset({f"casualty.{toll}"})
        if phrase.quantity is not None and (state := self.numbers["tolls"].get(token.lower_)) is not None:
            known |= {f"casualty.{state}"}  # "three more hurt"
        if phrase.kind == "time":
            known |= {"time"}
        elif not known and (phrase.kind == "number" or token.lower_ in self.numbers["vague"]):
            known = frozenset({"number"})
        return known | {"name"} if phrase.kind == "name" else known

    def _known(self, words: list[Any]) -> frozenset[str]:
        before = "".join([w.text_with_ws for w in words[:-1]])
        last = words[-1]
        asked = (before, last.lower_, last.lemma_, last.pos_ == "PROPN")
        held = _answers(self.language.code)
        if (found := held.get(asked)) is None:
            if len(held) > KEPT:
                held.clear()
            found = held[asked] = self._looked_up(*asked)
        return found

    def _looked_up(self, before: str, word: str, lemma: str, proper: bool) -> frozenset[str]:
        lexicon = self.language.lexicon
        asked = (self.language.key(before + form) for form in _forms(word, lemma, proper))
        found = frozenset(c for term in asked for c in lexicon.classes(term))
        if not found and not before and (kin := self._kin(lemma.lower())):
            return lexicon.classes(kin)
        return found

    def _kin(self, word: str) -> str | None:
        """The word whose classes hold for one made from it: an "ex-minister" is a minister, a "bridesman" a man."""
        for prefix in self.language.profile["kin_prefixes"]:
            if word.startswith(prefix) and len(word) > len(prefix) + 3:
                return word[len(prefix) :]
        return next(
            (e for e in self.language.profile["kin_endings"] if word.endswith(e) and len(word) > len(e) + 2), None
        )

    # ties between phrases

    def _number(self) -> None:
        heads = {phrase.index: i for i, phrase in enumerate(self.phrases)}
        for i, phrase in enumerate(self.phrases):
            phrase.index = i
        self.by_head = {token: heads[index] for token, index in self.by_head.items()}

    def _tie(self) -> None:
        for number, index in self.by_head.items():
            token, phrase = self.tokens[number - self.first], self.phrases[index]
            for child in token.children:
                if child.dep_ == "poss" and (owner := self.by_head.get(child.i)) is not None:
                    phrase.possessor = owner
                elif (
                    child.dep_ in ("compound", "nmod") and child.i < token.i and phrase.head != self.phrases[index].name
                ):
                    if (
                        (other := self.by_head.get(child.i)) is not None
                        and self.phrases[other].kind == "name"
                        and self._qualifies(child)
                    ):
                        phrase.qualifiers += (other,)
                elif child.dep_ == "appos" and (other := self.at(child)) is not None:
                    phrase.appositions += (other,)
            phrase.prepositions = tuple(pair for pair in self.obliques(token))
            members = [m for m in self._coordinated(token) if m != index]
            phrase.conjuncts = tuple(members)

    def obliques(self, token: Any) -> Iterator[tuple[str, int]]:
        """(preposition, phrase) for the prepositional phrases of a token, coordinated prepositions included."""
        for prep, target in prepositional(token, self.language.profile["complex_prepositions"]):
            if (index := self.at(target)) is not None:
                yield prep, index

    def _coordinated(self, token: Any) -> list[int]:
        root = self._measured_by(token)
        while root.dep_ == "conj" and (self.at(root.head) is not None or root.head.dep_ == "conj"):
            root = root.head
        found, stack = [], [root]
        while stack:
            member = stack.pop()
            if (index := self.at(member)) is not None:
                found.append(index)
            stack += [c for c in member.children if c.dep_ == "conj" and self.at(c) is not None]
        return sorted(set(found))

    def _measured_by(self, token: Any) -> Any:
        """The quantity word that counts a noun ("dozens" of policemen), else the noun."""
        if token.dep_ == "pobj" and token.head.lower_ == "of" and self.counted(token.head.head).i == token.i:
            return token.head.head
        return token


@cache
def _persons(code: str) -> dict[str, frozenset[str]]:
    """The pronouns that stand for people, with the class of those."""
    from kavass.lang import load

    return {word: frozenset({held}) for word, held in load(code).profile["persons"].items()}


@cache
def _hyphened(code: str) -> frozenset[str]:
    """The words with a hyphen that frames know, which the parser takes apart."""
    from kavass.lang import load

    return frozenset(w for _, words in load(code).frames.triggers() for w in words.split(" ") if "-" in w)


def prepositional(token: Any, complex_nouns: list[str]) -> Iterator[tuple[str, Any]]:
    """(preposition, object token) for each prepositional phrase below a token; "in front of" counts as one."""
    for prep in token.children:
        if prep.dep_ in ("prep", "agent") or (prep.dep_ == "dative" and prep.pos_ == "ADP"):
            yield from _objects(prep, complex_nouns, prep.lower_)
        elif prep.dep_ == "advmod":  # "close to", "away from", "outside of"
            for inner in prep.children:
                if inner.dep_ == "prep":
                    yield from _objects(inner, complex_nouns, inner.lower_)


def _objects(prep: Any, complex_nouns: list[str], word: str) -> Iterator[tuple[str, Any]]:
    for child in prep.children:
        if child.dep_ in ("pobj", "dobj"):
            of = next((c for c in child.children if c.dep_ == "prep" and c.lower_ in ("of", "to")), None)
            if of is not None and child.lower_ in complex_nouns:
                yield from _objects(of, complex_nouns, f"{word} {child.lower_} {of.lower_}")
            else:
                yield word, child
        elif child.dep_ == "prep":  # "from near ..." is near it; "according to", "because of" stay whole
            whole = prep.tag_ == "VBG" or prep.pos_ == "SCONJ"
            yield from _objects(child, complex_nouns, f"{prep.lower_} {child.lower_}" if whole else child.lower_)
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            yield from _objects(child, complex_nouns, child.lower_)


@cache
def _answers(code: str) -> dict[tuple[str, str, str, bool], frozenset[str]]:  # noqa: ARG001
    """What the lexicon of a language said of words asked before."""
    return {}


@lru_cache(maxsize=50_000)
def _ends_term(code: str, word: str, lemma: str, proper: bool) -> bool:
    """Whether a term of several words may end with a word, so that the words before it are worth looking up with it."""
    from kavass.lang import load

    return any(key.rpartition(" ")[2] in _ends(code) for key in map(load(code).key, _forms(word, lemma, proper)))


@cache
def _ends(code: str) -> frozenset[str]:
    """The last words of the lexicon's terms of several words."""
    from kavass.lang import load

    return frozenset(term.rpartition(" ")[2] for term in load(code).lexicon.terms if " " in term)


def _forms(word: str, lemma: str, proper: bool) -> tuple[str, str]:
    """The forms of a word under which the lexicon may know it."""
    return word, _base(lemma.lower()) if proper else lemma.lower()


@lru_cache(maxsize=20_000)
def _base(word: str) -> str:
    """The dictionary form of a word that the parser took for a name."""
    return str(simplemma.lemmatize(word, lang="en")) if word.strip() else word  # marks alone fold to nothing


@lru_cache(maxsize=20_000)
def _in_dictionary(word: str) -> bool:
    return bool(simplemma.is_known(word, lang="en"))


def _bent(bend: str, low: int | None, high: int | None) -> tuple[int | None, int | None, bool]:
    """(low, high, approximate) under a word such as "at least"."""
    if bend in ("from", "above"):  # "more than 40": the figure that is told, not the one after it
        return low, None, False
    if bend == "to":
        return None, high, True
    if bend == "below":
        return None, (high or 1) - 1, False
    return low, high, True


def _value(words: list[str], numbers: dict[str, Any]) -> int | None:
    """The number that words or digits make; None if they make none."""
    total, current, seen = 0.0, 0.0, False
    for word in (part for w in words for part in w.split("-")):
        if DIGITS.match(word):
            current += float(word.replace(",", ""))
        elif word in numbers["words"]:
            current += numbers["words"][word]
        elif word in numbers["multipliers"]:
            current = (current or 1) * numbers["multipliers"][word]
            if current >= 1000:
                total, current = total + current, 0.0
        elif word not in ("and", "a", "an"):
            return None
        seen = seen or word not in ("and", "a", "an")
    return int(total + current) if seen else None
