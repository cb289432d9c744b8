"""Arabic noun phrases: head, genitives, adjectives, quantities and names, by agreement and by what the lexicon knows.

A chain of genitives («مدخل ميناء أم قصر») is one phrase for each noun, each the possessor of the one before. Adjectives after a
chain belong to every noun of it with which they agree («وزير الدفاع الأميركي»).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from kavass.lang.ar.forms import entries, key, tables
from kavass.lang.ar.words import Token, letters, lexicon, towns, vocabulary
from kavass.lang.clause import Phrase
from kavass.lang.frames import Frames
from kavass.model import Span

TOWN = frozenset({"place", "proper"})
CONSTRUCT = "و"  # ends a nominative plural that has its genitive
NOMINATIVE, OBLIQUE = ("ون", "ان"), ("ين",)  # endings of plurals and duals
QUOTES = '"«»“”„‘’'
PEOPLE = frozenset({"person"})
INHERIT = "part"  # class of words that stand for their genitive: «مبنى القنصلية», «عناصر الشرطة»
WHOSE: dict[str, Literal["m", "f", "p", "we"]] = {
    "ه": "m",
    "ها": "f",
    "هم": "p",
    "هن": "p",
    "هما": "p",
    "نا": "we",
    "ي": "we",
}
NO_UPPER = -1
MANY = 1000  # «الآلاف»
ALONE = 20  # as many as this, a vague number may stand without a noun
NOBODY = "احد"  # folded: «لم يصب أحد»
OFFICES = (
    "person.official",
    "person.leader",
    "person.spokesman",
    "person.diplomatic",
)  # what is led follows in the genitive


class Nominals:
    """The noun phrases of one sentence, found from left to right."""

    def __init__(self, text: str, tokens: Sequence[Token], frames: Frames):
        self.text, self.tokens = text, tokens
        self.phrases: list[Phrase] = []
        self.head_of: dict[int, int] = {}  # head token -> phrase
        self.token_of: dict[int, int] = {}  # phrase -> head token
        self.ends: dict[int, int] = {}  # phrase -> token after it
        self.known = vocabulary(frames)
        self.inert: set[int] = set()  # phrases inside a term: «قوات مكافحة الشغب» tells of no riot
        self.term_end = 0  # token after the term of several words that is being read

    def read(self, i: int, *, object_wanted: bool = False) -> tuple[int | None, int]:
        """The phrase that starts at a token (None if none does) and the token after it.

        `object_wanted` asks that a second noun after a complete one be left for the verb.
        """
        start, quantity = i, _Quantity()
        i = self._before_head(i, quantity)
        if not self._headlike(i) or (i > start and self.tokens[i].preposition):
            if quantity.span is None or quantity.low is None:
                if self.tokens[start].stem in _set("determiners") or self.tokens[start].stem == NOBODY:
                    index = self._new(start, start)
                    self.phrases[index].kind, self.phrases[index].definite = "pronoun", True
                    self.ends[index] = start + 1
                    return index, start + 1
                return None, start + 1
            return self._number(start, i, quantity), i
        head = i
        if self._bare_name(i) and quantity.span is None:
            return self._proper(i)
        vague = self._vague(self.tokens[head]) if quantity.span is None else None
        if vague is not None and vague[0] >= ALONE:  # «أصيب العشرات»
            quantity.vague(self.tokens[head], vague)
        index = self._new(start, head, quantity)
        i = self._after_head(index, head, head + 1, object_wanted, alone=quantity.no_one)
        self._finish(index, start, i)
        return index, i

    # before the head

    def _before_head(self, i: int, quantity: _Quantity) -> int:
        """Steps over determiners, «نحو», numbers and «من» before the noun, noting the quantity."""
        t, n = self.tokens, len(self.tokens)
        first = i
        while i < n:
            bend, step = self._bend(i)
            if bend and i + step < n and (t[i + step].value is not None or self._vague(t[i + step]) or i > first):
                quantity.bend = bend
                i += step
                continue
            token = t[i]
            if (range_ := self._range(i)) is not None:
                i = quantity.between(*range_)
                continue
            if i > first and (token.preposition or token.conjunction) and not (quantity.span and self._joins(i)):
                break
            if token.pos == "number" and token.value is not None:
                quantity.add(token)
                i += 1
            elif (vague := self._vague(token)) and self._counts(i):
                quantity.vague(token, vague)
                i += 1
            elif token.stem in _table("one_of") and i + 1 < n and (t[i + 1].value == 10 or self._one_of(i + 1)):
                quantity.one(token)
                i += 1
            elif token.stem in _set("determiners") and not self._pointed_at(i + 1):
                break
            elif token.pos == "determiner" or (token.key in QUOTES and i == first and i + 1 < n):
                quantity.no_one = quantity.no_one or token.stem in _set("no_one")
                i += 1
            elif (token.stem in _set("superlatives") and self._leads(i)) or (
                token.stem == "من" and quantity.span is not None and i + 1 < n and t[i + 1].nominal
            ):
                i += 1
            else:
                break
        return i

    def _one_of(self, i: int) -> bool:
        """Whether a noun stands here of which there are several: «أحد حراس المدرسة»."""
        token = self.tokens[i]
        several = token.form is not None and token.form.number == "plural"
        return token.pos == "noun" and several and not token.preposition and not token.conjunction

    def _range(self, i: int) -> tuple[int, int, Span, int] | None:
        """The lowest and highest of «بين ثمانية وعشرة», their words and the token behind them."""
        t = self.tokens
        i += t[i].stem in _table("before_between") and i + 1 < len(t)
        if t[i].stem not in _table("between") or t[i].pronoun:
            return None
        end = i + 1
        groups: list[_Quantity] = []
        while end < len(t) and (t[end].pos == "number" or self._apart(end)) and not t[end].preposition:
            if t[end].pos == "number":
                if not groups or t[end].conjunction == "و":
                    groups.append(_Quantity())
                groups[-1].add(t[end])
            end += 1
        if len(groups) < 2:
            return None
        *parts, last = groups
        low, high = sum(g.low or 0 for g in parts), last.low or 0
        first, final = groups[0].span, last.span
        return (low, high, Span(first.start, final.end), end) if first and final and 0 < low < high else None

    def _apart(self, i: int) -> bool:
        """Whether a «و» stands by itself before digits: «60 و75»."""
        follows = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        return (
            self.tokens[i].pos == "conjunction"
            and follows is not None
            and follows.pos == "number"
            and bool(follows.conjunction)
        )

    def _pointed_at(self, i: int) -> bool:
        """Whether a demonstrative before this word belongs to it: a definite noun or a number."""
        t = self.tokens
        return i < len(t) and (t[i].definite or t[i].key in QUOTES or t[i].pos in ("number", "pronoun", "name"))

    def _joins(self, i: int) -> bool:
        token = self.tokens[i]
        return (
            token.conjunction == "و"
            and token.pos == "number"
            and not token.preposition
            and i > 0
            and self.tokens[i - 1].pos == "number"
        )

    def _bend(self, i: int) -> tuple[str | None, int]:
        """How words before a number bend it, and how many words they are."""
        first = self.tokens[i].stem if i < len(self.tokens) else ""
        for words, bend in _bends().get(first, ()):
            if all(
                t.key == w for t, w in zip(self.tokens[i + 1 : i + len(words)], words[1:], strict=False)
            ) and i + len(words) <= len(self.tokens):
                return bend, len(words)
        return None, 0

    def _vague(self, token: Token) -> list[int] | None:
        return _vague_table().get(token.stem) if not token.pronoun else None

    def _counts(self, i: int) -> bool:
        """Whether a vague word counts what follows («عشرات القتلى», «عدد من»)."""
        t = self.tokens
        if i + 1 >= len(t):
            return False
        return t[i + 1].stem == "من" or (
            t[i].stem not in _table("with_of")
            and t[i + 1].nominal
            and not t[i + 1].conjunction
            and not t[i + 1].preposition
        )

    def _leads(self, i: int) -> bool:
        """Whether «أول», «أكبر» and the like stand before their noun."""
        t = self.tokens
        return (
            i + 1 < len(t)
            and t[i + 1].pos == "noun"
            and not t[i + 1].definite
            and not t[i + 1].conjunction
            and not t[i + 1].preposition
        )

    def _headlike(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].pos in ("noun", "unknown", "pronoun", "name", "participle")

    def _number(self, start: int, end: int, quantity: _Quantity) -> int:
        token = self.tokens[end - 1]
        index = self._new(start, end - 1, quantity)
        phrase = self.phrases[index]
        phrase.kind, phrase.lemma, phrase.number = "number", token.stem, "plural"
        many = token.definite and (token.value or 0) >= MANY
        if (quantity.is_vague or many) and not phrase.classes:
            phrase.classes = PEOPLE  # «العشرات», «الآلاف»: nobody counts things so
        if token.key.isdigit() and 1900 <= (token.value or 0) < 2100:
            phrase.kind = "time"
        self._finish(index, start, end)
        return index

    # the head and what follows it

    def _new(self, start: int, head: int, quantity: _Quantity | None = None, *, term: bool = True) -> int:
        token = self.tokens[head]
        span = Span(min(self.tokens[start].core.start, token.core.start), token.core.end)
        phrase = Phrase(index=len(self.phrases), span=span, core=span, head=token.core, lemma=token.lemma,
                        number=token.form.number if token.form else None,
                        definite=token.definite or bool(token.pronoun))  # fmt: skip
        phrase.whose = "m" if token.theirs else WHOSE.get(token.pronoun)
        female = token.stem.endswith(("ه", "ات")) or (token.form is not None and token.form.gender == "f")
        phrase.gender = "f" if female and (token.pronoun or not token.theirs) else "m"
        if token.pos == "pronoun":
            phrase.kind = "pronoun"
        elif token.pos == "name" or (token.pos == "unknown" and not token.definite and token.form is None):
            phrase.kind = "noun"
        phrase.classes, size = self._classes(head)
        if not phrase.classes and _people(token, counted=quantity is not None and quantity.is_vague):
            phrase.classes, phrase.number = PEOPLE, "plural"
        self.term_end = head + size if term else self.term_end
        if {"place", "proper"} <= phrase.classes:
            phrase.label = "GPE"
        if any(c == "time" or c.startswith("time.") for c in phrase.classes):
            phrase.kind = "time"
        if quantity is not None and quantity.span is not None:
            quantity.fill(phrase)
        elif quantity is not None and quantity.no_one:
            phrase.definite = False
        if phrase.low is None and phrase.number == "dual":
            phrase.low, phrase.high, phrase.quantity = 2, 2, token.core
        self.phrases.append(phrase)
        self.head_of.setdefault(head, phrase.index)
        self.token_of[phrase.index] = head
        return phrase.index

    def _classes(self, head: int) -> tuple[frozenset[str], int]:
        """What the lexicon knows of the longest term that starts at the head, and how many words it has."""
        for size in range(min(4, len(self.tokens) - head), 0, -1):
            stretch = self.tokens[head : head + size]
            if any(
                (t.pos == "punctuation" and t.key not in QUOTES) or (k and t.conjunction) for k, t in enumerate(stretch)
            ):
                continue
            for words, classes in _terms().get(stretch[0].stem, []) + _terms().get(key(stretch[0].lemma), []):
                if classes is TOWN and words[0] != stretch[0].stem and not stretch[0].definite:
                    continue  # «الباحة» is a town, «باحة» none
                if len(words) == size and all(_is(t, w) for t, w in zip(stretch[1:], words[1:], strict=True)):
                    return classes, size
        return frozenset(), 1

    def _after_head(self, outer: int, head: int, i: int, object_wanted: bool, *, alone: bool = False) -> int:
        """Steps over genitives, adjectives, names and postposed numbers; returns the token after the phrase.

        `alone`: the noun stands after «أي» and takes no genitive.
        """
        chain, complete = [outer], self._complete(head) or alone
        if self.tokens[head].pos == "pronoun":
            return i
        while i < len(self.tokens):
            token = self.tokens[i]
            if token.key in QUOTES and self._quoted_on(i, complete):
                i += 1
                continue
            if token.key == "(" and (past := self._aside(i)):
                i = past
                continue
            last = self.token_of[chain[-1]]
            if self._ends_before(i, complete):
                break
            if not complete and self._several(chain, i):
                complete, i = True, i + 1
            elif token.pos == "number" or (not complete and self.counted(i)):
                if not complete and self.phrases[chain[-1]].kind != "time" and not token.definite:
                    inner, i = self.read(i)
                    if inner is not None:
                        self.phrases[chain[-1]].possessor = inner
                        chain.append(inner)
                    break
                if not self._postposed(chain, i):
                    break
                i += 1
            elif i < self.term_end:
                i = self._of_term(chain, i)
                complete = complete or token.definite or (i >= self.term_end and self.phrases[chain[0]].modifiers != ())
            elif self.phrases[chain[-1]].kind != "time" and self.starts_time(i) and not self._named_after(chain, i):
                break
            elif self._adjective(chain, i):
                self._describe(chain, i)
                i += 1
                complete = True
            elif not complete and self._genitive(last, i, object_wanted):
                chain.append(self._new(i, i))
                self.phrases[chain[-2]].possessor = chain[-1]
                complete = self._complete(i)
                i += 1
            elif self._name_follows(chain, i, object_wanted):
                i = self._name(chain, i)
                complete = True
            else:
                break
        self._close_chain(chain, i)
        return i

    def _ends_before(self, i: int, complete: bool) -> bool:
        """Whether a token cannot go on with the phrase, whatever it is: a particle, a verb, a pronoun, «نحو» before a number."""
        token, bends = self.tokens[i], self._bend(i)[0] is not None
        if token.conjunction or (token.preposition and i >= self.term_end) or token.pos == "pronoun":
            return True
        if token.pos == "determiner" and (complete or token.stem in _set("determiners")):
            return True
        return (bends and (complete or not self.counted(i) or self.tokens[i - 1].pos == "unknown")) or (
            not token.nominal and not bends and not (token.pos == "verb" and i < self.term_end)
        )

    def _close_chain(self, chain: list[int], i: int) -> None:
        """Fixes the spans of a chain of genitives, inner ones first; a name at its end belongs to the person who bears it alone."""
        names = [a for index in chain for a in self.phrases[index].appositions]
        holder = next((k for k, index in enumerate(chain) if self.phrases[index].appositions), len(chain))
        before = self.token_of[names[0]] if names else i
        for k, index in reversed(list(enumerate(chain))):
            self._close(index, before if k > holder else i)

    def bends(self, i: int) -> bool:
        """Whether a word that bends numbers stands here."""
        return self._bend(i)[0] is not None

    def counted(self, i: int) -> bool:
        """Whether a counted or indefinite noun phrase starts here («مقتل نحو خمسة», «تسجيل أي حالة»)."""
        token, (bend, step) = self.tokens[i], self._bend(i)
        if self._range(i) is not None:
            return True
        if bend:
            return i + step < len(self.tokens) and (
                self.tokens[i + step].pos == "number" or self._vague(self.tokens[i + step]) is not None
            )
        return token.pos == "determiner" or (self._vague(token) is not None and self._counts(i))

    def _of_term(self, chain: list[int], i: int) -> int:
        """A further word of a term of several words: an adjective or a genitive of its head."""
        token = self.tokens[i]
        head = self.tokens[self.token_of[chain[-1]]]
        described = _stem_lemma(token) in self.known.adjectives or token.stem.removesuffix("ه") in self.known.adjectives
        described = described and _agrees(head, token, self.phrases[chain[-1]])
        if described or _adjectival(token) or (token.pos == "unknown" and token.definite == head.definite):
            self._describe(chain, i)
        elif not token.preposition:
            chain.append(self._new(i, i, term=False))
            self.inert.add(chain[-1])
            whole, part = self.phrases[chain[-2]], self.phrases[chain[-1]]
            if whole.has("person", "group", "org") and part.has("person", "group"):  # «رئيس الوزراء» names no ministers
                part.classes = frozenset()
            self.phrases[chain[-2]].possessor = chain[-1]
        return i + 1

    def _complete(self, head: int) -> bool:
        """Whether nothing in the genitive can follow: article, pronoun or a kept nun."""
        token = self.tokens[head]
        proper = "proper" in lexicon().get("ال" + token.stem if token.definite else token.stem, frozenset())
        named = proper or self._holds(head, "proper")
        form = token.form
        theirs = (
            token.theirs and form is not None and form.gender == "f" and form.number == "singular"
        )  # «مكتبه», not «مكتبة»
        return (
            token.definite
            or bool(token.pronoun)
            or theirs
            or (form is not None and form.open)
            or named
            or token.stem in _set("alone")
        )

    def _quoted_on(self, i: int, complete: bool) -> bool:
        """Whether the phrase goes on behind a quotation mark."""
        t = self.tokens
        if i + 1 >= len(t) or not t[i + 1].nominal or t[i + 1].conjunction or t[i + 1].preposition:
            return False
        return not complete or (t[i + 1].definite and t[i].key not in "»”")

    def _aside(self, i: int) -> int | None:
        """The token after a short parenthesis that the phrase goes on behind: «تموز (يوليو)»."""
        for k in range(i + 1, min(i + 5, len(self.tokens))):
            if self.tokens[k].key == ")":
                return k + 1
        return None

    def starts_time(self, i: int) -> bool:
        """Whether a word of time stands here that opens no name («خميس مشيط»)."""
        if not any(c.startswith("time") for _, classes in _terms().get(self.tokens[i].stem, []) for c in classes):
            return False
        return any(c.startswith("time") for c in self._classes(i)[0])

    def _named_after(self, chain: list[int], i: int) -> bool:
        """Whether a time is part of a name: behind a name, or of a group without article («حركة الفجر»)."""
        head = self.token_of[chain[-1]]
        if self.tokens[head].pos == "name":
            return True
        clock = any("time.clock" in classes for _, classes in _terms().get(self.tokens[i].stem, []))
        bare = not self.tokens[head].definite and not self.phrases[chain[-1]].modifiers and len(chain) == 1
        return clock and bare and i == head + 1 and self.tokens[i].definite and self._holds(head, "group", "org.party")

    def _several(self, chain: list[int], i: int) -> bool:
        """«شركات عدة رحلاتها»: a vague number behind an indefinite plural belongs to it where none can follow."""
        token, after = self.tokens[i], self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if self._vague(token) is None or token.definite or self.phrases[chain[0]].number != "plural":
            return False
        return after is None or bool(after.pronoun) or bool(after.preposition) or not after.nominal or after.definite

    def _postposed(self, chain: list[int], i: int) -> bool:
        """A number after its noun: «المهاجمين الخمسة», «كتيبة 12»; numbers of time expressions are stepped over."""
        token, phrase = self.tokens[i], self.phrases[chain[0]]
        if phrase.kind == "time":  # «الأحد 18 يونيو», but not «الثلاثاء 48 قتيلا»
            after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
            return (
                after is None
                or after.pos not in ("noun", "unknown")
                or after.definite
                or bool(after.preposition)
                or self.starts_time(i + 1)
            )
        head = self.tokens[self.token_of[chain[0]]]
        if token.definite and (head.definite or head.pronoun) and token.value is not None:
            if token.value > 1:
                phrase.low = phrase.high = token.value
                phrase.quantity = token.core
            return True
        phrase = self.phrases[chain[-1]]
        if token.value == 2 and not token.definite and phrase.number in ("dual", "plural") and phrase.low in (None, 2):
            phrase.low = phrase.high = 2
            phrase.quantity = token.core
            return True
        return False

    def _adjective(self, chain: list[int], i: int) -> bool:
        """Whether a word describes the phrase so far: agrees in definiteness and gender and looks like an adjective."""
        if self.tokens[self.token_of[chain[-1]]].stem in _set("alone") and not self.tokens[i].definite:
            return False  # «طردت باريس أمس دبلوماسيين»
        token = self.tokens[i]
        adjective = _stem_lemma(token) in self.known.adjectives or _adjectival(token)
        adjective = adjective or self._people_of_people(self.phrases[chain[0]], token)
        if token.stem.endswith(OBLIQUE) and any(self.tokens[self.token_of[p]].stem.endswith(NOMINATIVE) for p in chain):
            return False  # «خطف مسلحون مهندسين»: of another case
        if token.pos == "name" or (
            not adjective and not (token.pos == "unknown" and (token.definite or token.stem.endswith(("ين", "ون"))))
        ):
            return False
        for index in chain:
            head = self.tokens[self.token_of[index]]
            definite = (
                head.definite
                or bool(head.pronoun)
                or (self.phrases[index].possessor is not None and self._ends_definite(index))
            )
            known = _agrees(head, token, self.phrases[index]) or (adjective and head.form is None and head.definite)
            if definite == token.definite and known and (adjective or self._likely(token)):
                return True
        return False

    def _people_of_people(self, described: Phrase, token: Token) -> bool:
        """«معلمون مضربون»: an indefinite plural of people after another says what they are."""
        if token.pos != "noun" or token.form is None or token.form.number != "plural" or token.definite:
            return False
        many = described.has("person") and described.number == "plural" and described.definite is not True
        classes = {c for words, held in _terms().get(_stem_lemma(token), []) if len(words) == 1 for c in held}
        return many and token.stem.endswith(("ون", "ين")) and any(c.startswith("person") for c in classes)

    def describes(self, index: int, i: int) -> bool:
        """Takes a word as one more adjective of a phrase if it is one and agrees."""
        token, head = self.tokens[i], self.tokens[self.token_of[index]]
        adjective = _stem_lemma(token) in self.known.adjectives or _adjectival(token)
        if not adjective or token.preposition or token.pronoun or token.stem.endswith(("ين", "ون")):
            return False
        definite = head.definite or bool(head.pronoun)
        follows = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if follows is not None and follows.nominal and not follows.conjunction and not follows.preposition:
            return False
        if token.definite != definite or not _agrees(head, token, self.phrases[index]):
            return False
        self._describe([index], i)
        self.phrases[index].span = Span(self.phrases[index].span.start, token.core.end)
        self.ends[index] = i + 1
        return True

    def _likely(self, token: Token) -> bool:
        """An unknown definite word after a definite noun is an adjective if it is a participle or relational in form."""
        return token.stem.startswith("م") or token.stem.endswith(("ي", "يه", "يين", "يون", "يات"))

    def _ends_definite(self, index: int) -> bool:
        while (next_ := self.phrases[index].possessor) is not None:
            index = next_
        token = self.tokens[self.token_of[index]]
        return (
            token.definite or bool(token.pronoun) or token.pos == "unknown" or self.phrases[index].has("place", "state")
        )

    def _describe(self, chain: list[int], i: int) -> None:
        """Adds an adjective to every noun of the chain with which it agrees."""
        token = self.tokens[i]
        lemma = _stem_lemma_text(token)
        fits = [p for p in chain if _agrees(self.tokens[self.token_of[p]], token, self.phrases[p])]
        for index in fits or chain[-1:]:
            phrase = self.phrases[index]
            phrase.modifiers = (*phrase.modifiers, lemma)

    def _genitive(self, head: int, i: int, object_wanted: bool) -> bool:
        """Whether the next noun belongs to an indefinite one before it."""
        before, token = self.tokens[head], self.tokens[i]
        if token.form is not None and token.form.open and token.form.number == "singular" and not token.definite:
            return False  # the accusative: «أبقي المعبر مغلقا»
        if (before.form is not None and before.form.open) or self._own(head, i) or self._after_name(head, i):
            return False
        if before.form is not None and before.form.number == "plural" and before.stem.endswith(CONSTRUCT):
            return True  # «مقاتلو الحركة»
        if object_wanted and self._holds(head, "group") and self._idea(i):
            return False
        if object_wanted and self._holds(head, "event") and self._stands(i):
            return False  # «هزت انفجارات مدرسة»
        if self._holds(head, "vehicle") and self._fired(i) and not token.definite:
            return False  # «ألقى شخص على دراجة قنبلة»
        if object_wanted and self._holds(head, "person", "anonymous") and self._fired(i):
            return False  # «أطلق مجهول النار»
        if object_wanted and self._holds(head, "anonymous", "gunman", "sniper") and not token.definite:
            return False  # «استهدف قناص امرأة»
        if object_wanted and self._holds(head, "vehicle", "object") and self._blocked(i):
            return not self.phrases[self.head_of[head]].has("weapon") and not self._held_by_people(head)
        if (
            object_wanted
            and not token.definite
            and self.phrases[self.head_of.get(head, -1)].has("person")
            and token.pos == "noun"
        ):
            return self.phrases[self.head_of[head]].has(*OFFICES) or not self._another(i)
        return True

    def _after_name(self, head: int, i: int) -> bool:
        """Whether the word before is a place that no list knows («محافظ ميسان») and the next one a common noun."""
        name, token = self.tokens[head], self.tokens[i]
        if name.pos != "unknown" or name.form is not None or name.definite or token.form is None or token.definite:
            return False
        index = self.head_of.get(head, -1)
        return any(p.possessor == index and p.has("place", "person.official") for p in self.phrases)

    def _holds(self, head: int, *classes: str) -> bool:
        return head in self.head_of and self.phrases[self.head_of[head]].has(*classes)

    def _idea(self, i: int) -> bool:
        """Whether a noun is an idea that nobody is named after: «فصائل مسؤولية القصف»."""
        return any("idea" in held for _, held in _terms().get(self.tokens[i].stem, []))

    def _fired(self, i: int) -> bool:
        """Whether the next noun is what is shot or lit."""
        return any(c.startswith(("weapon", "fire")) for _, held in _terms().get(self.tokens[i].stem, []) for c in held)

    def _blocked(self, i: int) -> bool:
        """Whether the next noun is a road, with its article."""
        return self.tokens[i].definite and any(
            "facility.transport" in c for _, c in _terms().get(self.tokens[i].stem, [])
        )

    def _held_by_people(self, head: int) -> bool:
        """Whether a noun belongs to people named before it, who may do something to what follows: «سائقو شاحنات الطريق»."""
        index = self.head_of[head]
        return any(p.possessor == index and p.has("person") for p in self.phrases)

    def _stands(self, i: int) -> bool:
        """Whether the next noun is a building or a vehicle."""
        return any(
            c.startswith(("facility", "vehicle")) for _, held in _terms().get(self.tokens[i].stem, []) for c in held
        )

    def _own(self, head: int, i: int) -> bool:
        """A thing with a pronoun after somebody indefinite is the verb's object: «جهة مسؤوليتها»."""
        if not self.tokens[i].pronoun:
            return False
        name = (
            self.tokens[head].pos == "unknown" and self.tokens[head].form is None and not self.tokens[head].preposition
        )
        return name or self.phrases[self.head_of.get(head, -1)].has("person", "group", "org", "state")

    def _another(self, i: int) -> bool:
        """Whether the next noun is something else than a person's office or group, so an object of the verb."""
        classes = {c for _, held in _terms().get(self.tokens[i].stem, []) for c in held}
        same = ("person", "group", "org", "part", "place", "state", "proper")
        return any(not c.startswith(same) for c in classes) if classes else self.tokens[i].form is not None

    def _name_follows(self, chain: list[int], i: int, object_wanted: bool) -> bool:
        """Whether a proper name stands in apposition: an unknown word after a person's title."""
        token, first = self.tokens[i], self.phrases[chain[0]]
        if token.pos not in ("unknown", "name") or (
            token.pos == "unknown" and token.definite and not self._titled(chain)
        ):
            return False
        return self._titled(chain) or (first.has("person") and not object_wanted)

    def _titled(self, chain: list[int]) -> bool:
        return any(self.phrases[p].has("person") for p in chain) and self.phrases[chain[0]].number in (None, "singular")

    def _name(self, chain: list[int], i: int) -> int:
        """Reads a personal name as an apposition of the person of the chain."""
        start = i
        while i < len(self.tokens) and self._name_part(i, start):
            i += 1
        holder = next((p for p in chain if self.phrases[p].has("person")), chain[0])
        index = self._new(start, start)
        self._as_name(index, start, i)
        self.phrases[index].label, self.phrases[index].classes = "PERSON", frozenset({"person", "name"})
        self.phrases[holder].appositions = (*self.phrases[holder].appositions, index)
        return i

    def _bare_name(self, i: int) -> bool:
        """Whether a name stands here by itself: two or more unknown words, or one that starts like a name («أبو», «عبد»)."""
        t = self.tokens
        if (
            i + 1 >= len(t)
            or t[i].definite
            or t[i + 1].conjunction
            or t[i + 1].preposition
            or t[i + 1].pos not in ("unknown", "name")
        ):
            return t[i].pos == "name" and i + 1 < len(t) and t[i + 1].nominal
        return t[i].pos == "name" or (
            t[i].pos == "unknown"
            and t[i].form is None
            and not t[i].stem.endswith(("ه", "ات"))
            and not t[i + 1].stem.endswith("ه")
        )

    def _proper(self, start: int) -> tuple[int, int]:
        """Reads a name that stands by itself."""
        i = start
        while i < len(self.tokens) and self._name_part(i, start):
            i += 1
        index = self._new(start, start)
        self._as_name(index, start, i)
        return index, i

    def _as_name(self, index: int, start: int, end: int) -> None:
        phrase = self.phrases[index]
        phrase.span = phrase.core = phrase.head = Span(self.tokens[start].core.start, self.tokens[end - 1].core.end)
        phrase.kind, phrase.number, phrase.definite = "name", "singular", True
        phrase.lemma = letters(self.text[phrase.span.start : phrase.span.end])
        self.ends[index] = end

    def _name_part(self, i: int, start: int) -> bool:
        token = self.tokens[i]
        if i == start:
            return True
        if i - start >= 5 or token.conjunction or token.preposition:
            return False
        previous = self.tokens[i - 1]
        return token.pos in ("unknown", "name") or (previous.pos == "name" and token.pos == "noun") or (
            token.pos == "noun" and token.definite and all(c.startswith("person") for c in lexicon().get(token.stem, ()))
        )  # fmt: skip

    # closing

    def _finish(self, index: int, start: int, end: int) -> None:
        self._close(index, end)
        phrase = self.phrases[index]
        first = self.tokens[start]
        if first.key in QUOTES and start + 1 < len(self.tokens):
            first = self.tokens[start + 1]
        phrase.span = Span(min(first.core.start, phrase.span.start), phrase.span.end)
        phrase.core = Span(phrase.span.start, phrase.core.end)
        bend, _ = self._bend(end)
        if bend and phrase.low is not None and bend in ("from", "around"):
            _bent(phrase, bend)

    def _close(self, index: int, end: int) -> None:
        """Fixes spans and number, and what a part inherits from its whole."""
        phrase, last = self.phrases[index], end - 1
        while last > self.token_of[index] and self.tokens[last].key in QUOTES + "()":
            last -= 1
        phrase.span = Span(phrase.span.start, max(phrase.span.end, self.tokens[last].core.end))
        names = [self.phrases[a] for a in phrase.appositions]
        limit = min((a.span.start for a in names), default=phrase.span.end)
        stops = [
            t.core.end
            for t in self.tokens[self.token_of[index] : end]
            if t.core.end <= limit and t.key not in QUOTES + "()"
        ]
        phrase.core = Span(phrase.core.start, max(stops, default=phrase.core.end))
        self.ends[index] = end
        if phrase.possessor is not None:
            phrase.definite = self._ends_definite(index)
            whole = self.phrases[phrase.possessor]
            if INHERIT in phrase.classes:
                phrase.classes = phrase.classes | whole.classes
                if whole.lemma not in phrase.modifiers and whole.has("facility"):
                    phrase.modifiers = (*phrase.modifiers, whole.lemma)  # "the consulate building"

    def named_part(self, index: int) -> Iterator[int]:
        """The phrase and its possessors, outermost first."""
        at: int | None = index
        while at is not None:
            yield at
            at = self.phrases[at].possessor


class _Quantity:
    """A number in the making."""

    def __init__(self) -> None:
        self.span: Span | None = None
        self.total, self.part = 0, 0
        self.low: int | None = None
        self.high: int | None = None
        self.bend: str | None = None
        self.is_vague = False
        self.no_one = False

    def add(self, token: Token) -> None:
        value = token.value or 0
        if value in (100, 1000, 10**6, 10**9):
            self.part = max(self.part, 1) * value
            if value >= 1000:
                self.total, self.part = self.total + self.part, 0
        else:
            self.part += value
        self.low = self.high = self.total + self.part
        self._cover(token)

    def vague(self, token: Token, bounds: list[int]) -> None:
        self.is_vague = True
        self.low, self.high = bounds[0], None if bounds[1] == NO_UPPER else bounds[1]
        self._cover(token)

    def one(self, token: Token) -> None:
        """«أحد» of «أحد عشر» and of «أحد حراس»."""
        self.part += 1
        self.low = self.high = self.total + self.part
        self._cover(token)

    def between(self, low: int, high: int, span: Span, end: int) -> int:
        """Takes a range; returns the token after it."""
        self.low, self.high, self.is_vague = low, high, True
        self.span = span if self.span is None else Span(self.span.start, span.end)
        return end

    def fill(self, phrase: Phrase) -> None:
        phrase.quantity, phrase.low, phrase.high = self.span, self.low, self.high
        phrase.approximate = self.is_vague
        if self.bend:
            _bent(phrase, self.bend)
        if phrase.low is not None and phrase.low > 2 and phrase.number != "plural":
            phrase.number = "plural"
        elif phrase.low == phrase.high == 1:
            phrase.number = "singular"

    def _cover(self, token: Token) -> None:
        self.span = token.core if self.span is None else Span(self.span.start, token.core.end)


def _bent(phrase: Phrase, bend: str) -> None:
    if bend == "around":
        phrase.approximate = True
    elif bend in ("from", "above"):  # «أكثر من 40»: the figure that is told, not the one after it
        phrase.high = None
    elif bend == "to":
        phrase.low = None
    elif bend == "below" and phrase.high is not None:
        phrase.low, phrase.high = None, phrase.high - 1


def _is(token: Token, word: str) -> bool:
    """Whether a token is a word of a term, whatever its article or number."""
    return (
        word in (token.stem, token.key, "ال" + token.stem)
        or word == key(token.lemma)
        or (token.form is not None and word == key(token.form.lemma))
    )


def _people(token: Token, *, counted: bool) -> bool:
    """Whether an unknown word can only be people: a sound plural of a participle or relational noun, or any behind «عشرات»."""
    stem = token.stem
    if token.pos != "unknown" or token.pronoun or len(stem) < 5 or stem.endswith(("تين", "تان")):
        return False
    sound = stem.endswith(("ون", "ين"))
    return (sound and (counted or stem[0] == "م" or stem.endswith(("يون", "يين")))) or (counted and stem.endswith("ي"))


def _stem_lemma(token: Token) -> str:
    return key(token.form.lemma if token.form else token.lemma)


def _stem_lemma_text(token: Token) -> str:
    return token.form.lemma if token.form else token.lemma


def _adjectival(token: Token) -> bool:
    """Whether the lexicon calls it an adjective or it is relational in form («إيرانية»)."""
    classes = {c for words, cs in _terms().get(_stem_lemma(token), []) if len(words) == 1 for c in cs}
    if classes & {
        "adjective",
        "anonymous",
        "generic",
        "another",
        "deadly",
        "failed",
        "planned",
        "earlier",
        "armed",
        "unarmed",
        "ill",
    }:
        return True
    if classes == {"people"} and not token.definite:
        return True
    relational = token.stem.endswith(("ي", "يه", "يين", "يون", "يات", "يتين", "يتان", "يا"))
    return (
        relational
        and len(token.stem) >= 4
        and not classes - {"people"}
        and not token.pronoun
        and token.pos in ("unknown", "noun")
    )


def _agrees(head: Token, token: Token, phrase: Phrase) -> bool:
    """Gender and number as far as letters show: things in the plural take the feminine singular."""
    female = token.stem.endswith(("ه", "ات", "تان", "تين")) or (token.form is not None and token.form.gender == "f")
    plural = token.stem.endswith(("ين", "ون"))
    form = head.form
    if form is None:
        wanted = head.stem.endswith(("ه", "ات", "تين", "تان"))
        return female == wanted or phrase.has("place", "state", "facility") or plural or not head.definite
    if form.number == "plural" or (phrase.low is not None and (phrase.low > 2)):
        return True if phrase.has("person", "group", "people") else female or form.gender == "m" or plural
    return female == (form.gender == "f")


@cache
def _terms() -> dict[str, list[tuple[list[str], frozenset[str]]]]:
    """First folded word of a term -> (folded words, classes) of the terms that start with it."""
    found: dict[str, list[tuple[list[str], frozenset[str]]]] = defaultdict(list)
    merged: dict[str, frozenset[str]] = {}
    for term, classes, broken, _ in entries():
        if all(c.startswith("genre.") for c in classes):
            continue
        for form in (key(term), *broken):
            merged[form] = merged.get(form, frozenset()) | set(classes)
    for form, held in merged.items():
        words = form.split(" ")
        for first in dict.fromkeys((words[0], words[0].removeprefix("ال") if len(words[0]) > 4 else words[0])):
            found[first].append((words, held))
    for words in towns():
        known = (words[0], "ال" + words[0], words[0].removeprefix("ال"))
        if len(words) > 1 or not any(k in found and any(len(held) == 1 for held, _ in found[k]) for k in known):
            for first in dict.fromkeys((words[0], words[0].removeprefix("ال"))):
                found[first].append((words, TOWN))
    return dict(found)


@cache
def _bends() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> (words, how they bend), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, bend in sorted(tables("numbers")["bends"].items(), key=lambda b: -len(b[0])):
        folded = tuple(key(words).split(" "))
        found[folded[0]].append((folded, bend))
    return dict(found)


@cache
def _vague_table() -> dict[str, list[int]]:
    return {key(w): v for w, v in tables("numbers")["vague"].items()}


@cache
def _table(name: str) -> frozenset[str]:
    """A list of number words, folded."""
    return frozenset(key(w) for w in tables("numbers")["counting"][name])


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(key(w) for w in tables("profile")["classes"][name])
