"""English: clauses and phrases from a dependency parse (spaCy, the small pipeline), voice undone.

Lemmas are the parser's, in lower case; a particle verb is `lemma` + `particle`. An attributive participle ("kidnapped
priests", "Iran-backed militias") is a clause of kind `participle`, a noun that a frame knows or an -ing noun with "of" a
clause of kind `noun`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from kavass.lang.clause import Argument, Clause, Sentence
from kavass.lang.en.case import recase
from kavass.lang.en.inflect import surfaces, verb_forms
from kavass.lang.en.nominals import RELATIVE, Nominals, prepositional
from kavass.lang.en.parser import parse
from kavass.lang.en.stems import stems
from kavass.model import Span

if TYPE_CHECKING:
    from kavass.lang import Language

STRAIGHT = {
    0x2018: "'",
    0x2019: "'",
    0x201C: '"',
    0x201D: '"',
    0xA0: " ",
    0x0A: " ",
    0x0D: " ",
    0x09: " ",
    0x2013: "-",
    0x2011: "-",
}
ARTICLE = re.compile(
    r"\b(?:[Aa]l|[Ee]l|[Uu]l|[Aa]d|[Aa]s|[Aa]sh|[Aa]r|[Aa]n|[Aa]t|[Aa]z)-(?=[A-Z])"
)  # "al-Mohandis" is one word
JOINER = "\u02bc"
PASSIVE = ("nsubjpass", "csubjpass")
SUBJECTS = ("nsubj", "csubj")
VERBAL = ("VERB", "AUX")


def analyse(text: str, sentences: list[Sentence], language: Language, names_at: Sequence[Span] = ()) -> None:
    """Fills the clauses and phrases of the sentences; `names_at` are stretches of the text known to be names."""
    readings = [_reading(text, s, language, names_at) for s in sentences]
    for sentence, words in zip(sentences, parse(readings), strict=True):
        tokens = [w for w in words if not w.is_space]
        if tokens:
            for token in tokens:
                _mend_subject(token)
                _mend_result(token)
            _Reader(sentence, words, language).read()


def _reading(text: str, sentence: Sentence, language: Language, names_at: Sequence[Span] = ()) -> str:
    """What the parser reads instead of a sentence, character for character: straight quotes, plain blanks, headline case undone,
    capitals where a text has none."""
    words = text[sentence.span.start : sentence.span.end].translate(STRAIGHT)
    if words.islower():
        start = sentence.span.start
        words = recase(words, [Span(n.start - start, n.end - start) for n in names_at if sentence.span.covers(n)])
    words = ARTICLE.sub(lambda m: m[0][:-1] + JOINER, words)
    if sum(map(str.isupper, words)) > 0.6 * sum(map(str.isalpha, words)):
        return _lower(words)
    if sentence.zone == "title":
        parts = words.split(" ")
        if sum(p[:1].isupper() for p in parts) > 0.6 * sum(p[:1].isalpha() for p in parts):
            return " ".join(
                _lower(p) if i and p[1:].islower() and _common(language, p) else p for i, p in enumerate(parts)
            )
    return words


def _lower(words: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in words)


def _common(language: Language, word: str) -> bool:
    """Whether a capitalised word of a headline is an ordinary one: known to the lexicon or to a frame."""
    key = language.key(word)
    return key in _ordinary(language.code) or key in language.lexicon.terms


@cache
def _ordinary(code: str) -> frozenset[str]:
    from kavass.lang import load

    language = load(code)
    known = (language.key(s) for part, words in language.frames.triggers() for s in surfaces(words, part))
    return frozenset(
        (*known, *language.profile["abbreviations"], *language.profile["starters"], *language.profile["small_words"])
    )


@cache
def _nominal_triggers(code: str) -> frozenset[str]:
    """Lemmas of nouns that tell of something by themselves: in frames, or heads of frames' word groups."""
    from kavass.lang import load

    triggers = load(code).frames.triggers()
    return frozenset(words.split(" ")[-1] for part, words in triggers if part in ("noun", "modify"))


@cache
def _verbal_triggers(code: str) -> frozenset[str]:
    from kavass.lang import load

    triggers = load(code).frames.triggers()
    return frozenset(words.split(" ")[0] for part, words in triggers if part in ("verb", "light"))


@cache
def _participles(code: str) -> dict[str, str]:
    """Past participle form -> lemma, for the verbs of the frames: what a headline leaves its auxiliary away from."""
    found: dict[str, str] = {}
    for lemma in sorted(_verbal_triggers(code)):
        forms = verb_forms(lemma)
        for form in (forms[3:] or forms[:1])[-1:]:
            found.setdefault(form, lemma)
    return found


class _Reader:
    """One parsed sentence turned into clauses and phrases."""

    def __init__(self, sentence: Sentence, tokens: list[Any], language: Language):
        self.sentence, self.tokens, self.language = sentence, tokens, language
        self.profile = language.profile
        self.nouns = _nominal_triggers(language.code)
        self.dates = frozenset(language.table("times")["capital"])
        self.nominals = Nominals(tokens, sentence.span.start, language, self.nouns)
        self.clauses: list[Clause] = []
        self.of_token: dict[int, Clause] = {}  # head token -> clause
        self.events: dict[int, Clause] = {}  # head token -> clause of a nominal predicate

    def read(self) -> None:
        """Fills the sentence."""
        for token in self.tokens:
            self._open(token)
        for number, clause in sorted(self.of_token.items()):
            self._modality(self.tokens[number], clause)
        for number, clause in sorted(self.of_token.items()):
            clause.arguments = tuple(self._arguments(self.tokens[number], clause))
        for number, clause in sorted(self.events.items()):
            clause.arguments = tuple(self._event_arguments(self.tokens[number], clause))
        for number, clause in sorted((*self.of_token.items(), *self.events.items())):
            self._hang(self.tokens[number], clause)
        for number, clause in sorted(self.of_token.items()):
            self._embed_parataxis(self.tokens[number], clause)
        self.sentence.phrases = self.nominals.phrases
        self.sentence.clauses = self.clauses

    # opening clauses

    def _open(self, token: Any) -> None:
        """A clause for a token that is a predicate."""
        if self._is_copula(token):
            self._copula(token)
        elif token.pos_ == "VERB" and token.dep_ not in ("aux", "auxpass", "compound", "nmod", "prep", "case", "mark"):
            attributive = token.dep_ == "amod"
            if attributive and not (token.tag_ in ("VBN", "VBG", "VBD") and token.head.i in self.nominals.by_head):
                return
            participle = attributive or (token.dep_ == "acl" and not _has_aux(token))
            self._new(token, self._lemma(token), "participle" if participle else "verb")
        elif self._headline_participle(token):
            self._new(token, _participles(self.language.code)[token.lower_], "participle")
        if self._is_event(token):
            self._event(token)

    def _is_copula(self, token: Any) -> bool:
        return token.lemma_ == "be" and token.dep_ not in ("aux", "auxpass") and any(
            c.dep_ in ("attr", "acomp", "prep", "oprd", "advmod", "ccomp", "xcomp") for c in token.children
        )  # fmt: skip

    def _headline_participle(self, token: Any) -> bool:
        """Whether a word of a headline is a participle taken for something else: "5 hurt in blast"."""
        return (
            token.pos_ in ("NOUN", "ADJ", "PROPN") and token.lower_ in _participles(self.language.code)
            and token.dep_ in ("ROOT", "amod", "acl", "dobj", "conj", "dep", "appos", "advcl")
            and any(c.dep_ in ("nummod", "nsubj", "nsubjpass") and c.i < token.i for c in token.children)
            and token.lower_ not in self.nouns
        )  # fmt: skip

    def _lemma(self, token: Any) -> str:
        """The parser's lemma, unless the form belongs to a verb of the frames and the lemma to none ("raped" is no rap)."""
        lemma = str(token.lemma_.lower())
        known, forms = _verbal_triggers(self.language.code), _verb_lemmas(self.language.code)
        place = token.i - self.tokens[0].i
        if place > 1 and self.tokens[place - 1].text == "-" and not self.tokens[place - 1].whitespace_:
            joined = f"{self.tokens[place - 2].lower_}-{lemma}"  # "petrol-bombed"
            if joined in known:
                return joined
        return lemma if lemma in known else forms.get(token.lower_, lemma)

    def _new(self, token: Any, lemma: str, kind: Any) -> Clause:
        particle = next((c for c in token.children if c.dep_ == "prt"), None) or self._particle(token)
        last = particle if particle is not None and particle.i == token.i + 1 else token
        predicate = self.nominals.span(token, last)
        clause = Clause(index=len(self.clauses), predicate=predicate, lemma=lemma, kind=kind, span=self._span(token),
                        small=tuple(_small(token)), particle=particle.lower_ if particle is not None else None,
                        quoted=self._quoted(predicate))  # fmt: skip
        self.clauses.append(clause)
        self.of_token[token.i] = clause
        return clause

    def _particle(self, token: Any) -> Any:
        """An adverb of direction right behind a verb or its object, which belongs to it as a particle does: "led away"."""
        words = self.profile["particles"]
        return next((c for c in token.children if c.dep_ == "advmod" and c.i > token.i and c.lower_ in words), None)

    def _copula(self, token: Any) -> None:
        said = next((c for c in token.children if c.dep_ in ("acomp", "attr", "oprd")), None)
        if said is not None and said.tag_ == "VBN" and said.pos_ == "VERB":
            return
        if said is not None and said.pos_ != "VERB":
            clause = self._new(token, said.lemma_.lower(), "copula")
            clause.predicate = self.nominals.span(min(token, said, key=_place), max(token, said, key=_place))
        else:
            self._new(token, "be", "verb")

    def _is_event(self, token: Any) -> bool:
        if token.pos_ not in ("NOUN", "PROPN") or (
            token.i not in self.nominals.by_head and token.dep_ not in ("compound",)
        ):
            return False
        if token.lower_ in self.dates and token.text[0].isupper() and token.i > self.tokens[0].i:
            return False  # the month of March
        if self.nominals.lemma(token) in self.nouns or token.lower_ in self.nouns:
            return token.i in self.nominals.by_head
        return token.lower_.endswith("ing") and any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children)

    def _event(self, token: Any) -> None:
        lemma = self.nominals.lemma(token)
        lemma = lemma if lemma in self.nouns else token.lower_
        index = self.nominals.by_head[token.i]
        phrase = self.nominals.phrases[index]
        clause = Clause(index=len(self.clauses), predicate=phrase.head, lemma=lemma, kind="noun", span=phrase.span, tense="none",
                        negated=phrase.negated, phrase=index, relation="argument", quoted=self._quoted(phrase.head))  # fmt: skip
        self.clauses.append(clause)
        self.events[token.i] = clause

    def _span(self, token: Any) -> Span:
        return self.nominals.span(token.left_edge, token.right_edge)

    def _quoted(self, span: Span) -> bool:
        return any(q.covers(span) for q in self.sentence.quotes)

    # how it is told

    def _modality(self, token: Any, clause: Clause) -> None:
        helpers = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
        joined = token.dep_ == "conj" and token.head.i in self.of_token and token.tag_ == token.head.tag_
        if not helpers and joined and token.tag_ in ("VB", "VBN"):
            helpers = [c for c in token.head.children if c.dep_ in ("aux", "auxpass")]
        words = [h.lower_ for h in helpers]
        clause.voice = "passive" if self._is_passive(token) else "active"
        clause.negated = clause.negated or any(
            c.dep_ == "neg" or c.lower_ in ("never", "hardly") for c in token.children
        )
        clause.infinitive = ("to" in words and token.tag_ == "VB") or (token.tag_ == "VB" and "to" in words)
        modal = next((self.profile["modality"][w] for w in words if w in self.profile["modality"]), None)
        clause.modality = modal or "actual"
        tags = [h.tag_ for h in helpers if h.tag_ != "TO"] or [token.tag_]
        clause.tense = "past" if tags[0] in ("VBD", "VBN") or any(w in ("has", "have", "had", "'ve") for w in words) else (
            "future" if clause.modality == "future" else "present" if tags[0] in ("VBP", "VBZ", "MD") else "none"
        )  # fmt: skip
        clause.perfect = "had" in words
        clause.progressive = token.tag_ == "VBG" and any(h.lemma_ == "be" for h in helpers)
        if token.lower_ == "going" and any(c.dep_ == "xcomp" for c in token.children) and clause.progressive:
            clause.modality = "future"
        if token.dep_ == "xcomp" and token.head.lower_ == "going" and token.head.i in self.of_token:
            clause.modality, clause.infinitive = "future", False
        if clause.infinitive and token.dep_ == "ROOT":  # "U.S. to close consulate"
            clause.modality, clause.infinitive, clause.tense = "future", False, "future"
        if token.dep_ == "pcomp" and token.head.lower_ == "without":
            clause.negated = True

    def _is_passive(self, token: Any) -> bool:
        kinds = {c.dep_ for c in token.children}
        if kinds & {"nsubjpass", "auxpass", "csubjpass"}:
            return True
        if token.lemma_.lower() in self.profile["intransitive"]:
            return False
        if token.tag_ in ("VBN", "VBD") and token.dep_ in ("acl", "amod"):
            return True
        if token.lemma_ in self.profile["results"] and token.tag_ in ("VBN", "VBD") and kinds & {"acomp", "oprd"}:
            return not kinds & {"dobj", "aux", "ccomp"}  # "children found dead"
        if self._suffers(token) and not kinds & {"dobj", "aux", "ccomp"}:
            aimed = any(
                c.dep_ == "prep" and c.lower_ in ("at", "on", "into", "upon") and not self._dates(c)
                for c in token.children
            )
            return not aimed and self._shared_object(token) is None
        if token.tag_ == "VBN" and "nsubj" not in kinds and not kinds & {"aux"}:
            if token.dep_ == "conj":
                return token.head.i in self.of_token and self._is_passive(token.head)
            return token.dep_ in ("ROOT", "advcl", "dep", "pcomp", "oprd", "xcomp", "ccomp") and "dobj" not in kinds
        return self._headline_participle(token)

    def _dates(self, prep: Any) -> bool:
        """Whether a preposition says when: "on Monday"."""
        return any(c.dep_ == "pobj" and self.nominals.is_time(c) for c in prep.children)

    def _suffers(self, token: Any) -> bool:
        """Whether a verb without an object is said of those who suffer it: "three others injured"."""
        return token.tag_ in ("VBN", "VBD") and token.lemma_ in self.profile["suffered"]

    def _shared_object(self, token: Any) -> Any:
        """The object that stands with the next of two joined verbs: "shot and killed a guard"."""
        joined = next(
            (c for c in token.children if c.dep_ == "conj" and c.tag_ == token.tag_ and c.i <= token.i + 4), None
        )
        return None if joined is None else next((c for c in joined.children if c.dep_ == "dobj"), None)

    # who does what to whom

    def _arguments(self, token: Any, clause: Clause) -> Iterator[Argument]:
        passive = clause.voice == "passive"
        found = list(self._own(token, passive))
        functions = {a.function for a in found}
        if (
            not passive
            and "object" not in functions
            and self._suffers(token)
            and (shared := self._shared_object(token))
        ):
            found += self._phrase_argument("object", shared)
        if (
            not functions & {"subject", "object"}
            or (passive and "object" not in functions)
            or (not passive and "subject" not in functions)
        ):
            found += self._inherited(token, clause, "object" if passive else "subject")
        yield from found

    def _own(self, token: Any, passive: bool) -> Iterator[Argument]:
        for child in token.children:
            dep = child.dep_
            if dep in SUBJECTS + PASSIVE:
                function: Any = "object" if dep in PASSIVE or (passive and dep in SUBJECTS) else "subject"
                yield from self._phrase_argument(function, child)
            elif dep in ("dobj", "dative") and child.pos_ != "ADP":
                yield from self._phrase_argument("object" if dep == "dobj" else "indirect", child)
            elif dep in ("attr", "acomp", "oprd"):
                yield from self._phrase_argument("predicative", child)
            elif dep == "npadvmod":
                agent = passive and token.dep_ == "amod" and child.i < token.i
                yield from self._phrase_argument("subject" if agent else "adverbial", child)
            elif dep == "advmod":
                yield Argument(function="adverbial", span=self._span(child))
            elif dep in ("ccomp", "xcomp") and child.pos_ == "ADJ" and child.i not in self.of_token:
                yield from self._small_clause(child)
            elif dep in ("ccomp", "xcomp", "advcl") and child.i in self.of_token:
                function = "adverbial" if dep == "advcl" else "complement"
                yield Argument(function=function, clause=self.of_token[child.i].index, span=self._span(child))
            elif dep in ("prep", "agent"):
                yield from self._complements(child)
            elif dep == "nummod" and self._headline_participle(token):
                yield from self._phrase_argument("object", child)
        for preposition, target in prepositional(token, self.profile["complex_prepositions"]):
            agent = preposition == "by" and target.head.dep_ == "agent"
            if (index := self.nominals.at(target)) is not None:
                span = self.nominals.phrases[index].span
                if agent:
                    yield Argument(function="subject", preposition="by", phrase=index, span=span)
                yield Argument(function="oblique", preposition=preposition, phrase=index, span=span)
        if token.dep_ == "amod":
            yield from self._attributive(token, passive)

    def _attributive(self, token: Any, passive: bool) -> Iterator[Argument]:
        """ "Iranian-backed militias": the noun is what it is done to, the noun before the hyphen who does it."""
        yield from self._phrase_argument("object" if passive and token.tag_ != "VBG" else "subject", token.head)

    def _small_clause(self, adjective: Any) -> Iterator[Argument]:
        """ "made thousands of people ill": the adjective is said of the object."""
        yield from self._phrase_argument("predicative", adjective)
        for child in adjective.children:
            if child.dep_ in SUBJECTS:
                yield from self._phrase_argument("object", child)

    def _complements(self, prep: Any) -> Iterator[Argument]:
        """The clauses behind a preposition, and the measure before it: "hours before the vote"."""
        for child in prep.children:
            if child.dep_ == "npadvmod":
                yield from self._phrase_argument("adverbial", child)
            if child.dep_ == "pcomp" and child.i in self.of_token:
                yield Argument(function="complement", preposition=prep.lower_, clause=self.of_token[child.i].index,
                               span=self._span(child))  # fmt: skip

    def _phrase_argument(self, function: Any, token: Any, preposition: str | None = None) -> Iterator[Argument]:
        if token.tag_ in RELATIVE:
            antecedent = self._antecedent(token)
            if antecedent is None:
                return
            token = antecedent
        index = self.nominals.at(token)
        if index is not None:
            yield Argument(
                function=function, preposition=preposition, phrase=index, span=self.nominals.phrases[index].span
            )
        elif token.i in self.of_token:
            yield Argument(function=function, clause=self.of_token[token.i].index, span=self._span(token))

    def _antecedent(self, pronoun: Any) -> Any:
        """The noun that a relative pronoun stands for."""
        verb = pronoun.head
        while (
            verb.dep_ in ("conj", "prep", "pcomp", "xcomp", "ccomp", "auxpass", "aux", "poss", "pobj")
            and verb.head.i != verb.i
        ):
            verb = verb.head
        return verb.head if verb.dep_ == "relcl" else None

    def _inherited(self, token: Any, clause: Clause, function: Any) -> Iterator[Argument]:
        """The subject that a clause shares with the one it hangs on."""
        head, dep = token.head, token.dep_
        if dep == "conj" and head.i in self.of_token:
            yield from self._surface_subject(head, function)
        elif dep in ("xcomp", "ccomp") and head.i in self.of_token and (clause.infinitive or dep == "xcomp"):
            yield from self._control(head, function)
        elif dep == "advcl" and head.i in self.of_token and token.tag_ in ("VBG", "VBN", "VB"):
            yield from self._surface_subject(head, function)
        elif dep == "pcomp":
            governor = head.head
            if governor.i in self.of_token:
                entrusted = head.lower_ == "with" and governor.lemma_.lower() in self.profile["entrusting"]
                by_object = entrusted or head.lower_ in ("for", "of", "from", "into")
                yield from (self._control if by_object else self._surface_subject)(governor, function)
        elif dep == "acl" and (token.tag_ == "VB" or clause.infinitive):
            yield from self._owner(head, function)
        elif dep in ("acl", "relcl") and not any(c.dep_ in (*SUBJECTS, *PASSIVE, "mark") for c in token.children):
            yield from self._phrase_argument(function, head)

    def _owner(self, noun: Any, function: Any) -> Iterator[Argument]:
        """Who does what a noun's infinitive says: its owner ("their plan to ..."), else who has it ("made a plan to ...")."""
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        if owner is not None:
            yield from self._phrase_argument(function, owner)
        elif noun.dep_ == "dobj" and noun.head.i in self.of_token:
            yield from self._surface_subject(noun.head, function)

    def _surface_subject(self, verb: Any, function: Any, depth: int = 0) -> Iterator[Argument]:
        for child in verb.children:
            if child.dep_ in SUBJECTS + PASSIVE:
                yield from self._phrase_argument(function, child)
                return
        if depth < 4 and verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.i in self.of_token:
            yield from self._surface_subject(verb.head, function, depth + 1)
        elif verb.dep_ == "acl" and verb.head.i in self.nominals.by_head:
            yield from self._phrase_argument(function, verb.head)

    def _control(self, verb: Any, function: Any) -> Iterator[Argument]:
        wanted = None if verb.lemma_.lower() in self.profile["subject_control"] else next(
            (c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"), None
        )  # fmt: skip
        if wanted is not None:
            yield from self._phrase_argument(function, wanted)
        else:
            yield from self._surface_subject(verb, function)

    # nominal predicates

    def _event_arguments(self, token: Any, clause: Clause) -> Iterator[Argument]:
        yield from self._event_own(token, clause)
        yield from self._event_shared(token)

    def _event_own(self, token: Any, clause: Clause) -> Iterator[Argument]:
        for child in token.children:
            if child.dep_ == "poss":
                patient = clause.lemma in self.profile["patient_possessor"] and not any(
                    c.dep_ == "prep" and c.lower_ == "of" for c in token.children
                )  # fmt: skip
                yield from self._phrase_argument("object" if patient else "subject", child)
            elif child.dep_ in ("compound", "amod", "nmod") and child.i < token.i:
                yield from self._phrase_argument("modifier", child)
            elif child.dep_ == "npadvmod":
                yield from self._phrase_argument("adverbial", child)
        for preposition, target in prepositional(token, self.profile["complex_prepositions"]):
            if (index := self.nominals.at(target)) is None:
                continue
            span = self.nominals.phrases[index].span
            if preposition == "by":
                yield Argument(function="subject", preposition="by", phrase=index, span=span)
            elif preposition == "of":
                yield Argument(function="object", preposition="of", phrase=index, span=span)
            yield Argument(function="oblique", preposition=preposition, phrase=index, span=span)

    def _event_shared(self, token: Any) -> Iterator[Argument]:
        """What the noun takes from the verb that carries it: "carried out an attack on ...", "the attack occurred in ..."."""
        while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
        verb, dep = token.head, token.dep_
        if dep == "pobj" and verb.dep_ == "prep" and verb.head.i in self.of_token:
            verb = verb.head
        clause = self.of_token.get(verb.i)
        if clause is None:
            return
        word = f"{clause.lemma} {clause.particle}" if clause.particle else clause.lemma
        carried = word in self.profile["support_verbs"] and dep in ("dobj", "nsubjpass", "pobj")
        happened = clause.lemma in self.profile["happening_verbs"] and dep in ("nsubj", "nsubjpass", "attr")
        own = self.nominals.by_head.get(token.i)
        for argument in clause.arguments:
            shared = argument.function in ("oblique", "adverbial") and argument.clause is None
            if (carried and (shared or argument.function == "subject")) or (happened and shared):
                if argument.phrase != own or argument.phrase is None:
                    yield argument
            elif shared and argument.phrase is not None and self.nominals.phrases[argument.phrase].kind == "time":
                yield argument

    # how clauses hang together

    def _hang(self, token: Any, clause: Clause) -> None:
        """Sets parent, relation and marker."""
        if clause.kind == "noun" and token.i in self.events:
            above = self._governor(token)
            clause.parent = above.index if above is not None and above is not clause else None
            clause.relation = "argument" if clause.parent is not None else None
            return
        dep = token.dep_
        clause.marker = self._marker(token)
        if dep == "ROOT":
            return
        above = self._governor(token)
        clause.parent = above.index if above is not None and above is not clause else None
        if dep in ("acl", "relcl", "amod"):
            clause.phrase = self.nominals.at(token.head)
            said = dep == "acl" and (clause.infinitive or clause.marker is not None)
            clause.relation = "content" if said else "relative"
        elif dep in ("ccomp", "xcomp", "csubj", "csubjpass", "oprd"):
            clause.relation = "content"
        elif dep in ("advcl", "pcomp", "prep"):
            clause.relation = "adverbial"
        else:
            clause.relation = "coordination"
        if clause.marker in ("if", "unless") or (
            clause.marker == "in" and clause.span.start < clause.predicate.start and dep == "advcl"
        ):
            clause.modality = "conditional"
        if clause.parent is None:
            clause.relation = None

    def _marker(self, token: Any) -> str | None:
        for child in token.children:
            if child.dep_ == "mark":
                return str(child.lower_)
            if child.dep_ == "advmod" and child.tag_ == "WRB":
                return str(child.lower_)
        if token.dep_ in ("pcomp", "advcl") and token.head.dep_ == "prep":
            return str(token.head.lower_)
        if token.dep_ == "conj" and token.head.i in self.of_token and token.head.dep_ in ("advcl", "ccomp", "pcomp"):
            return self._marker(token.head)
        return None

    def _governor(self, token: Any) -> Clause | None:
        """The nearest clause above a token."""
        while token.head.i != token.i:
            token = token.head
            if (found := self.events.get(token.i) or self.of_token.get(token.i)) is not None:
                return found
        return None

    def _embed_parataxis(self, token: Any, clause: Clause) -> None:
        """ "Rockets fell, police said, on the town": what is said hangs on who says it, not the other way round."""
        if (
            token.dep_ != "parataxis"
            or clause.parent is None
            or any(a.function == "complement" for a in clause.arguments)
        ):
            return
        main = self.clauses[clause.parent]
        clause.parent, clause.relation = main.parent, main.relation
        main.parent, main.relation = clause.index, "content"


def _mend_subject(verb: Any) -> None:
    """Gives a finite verb the noun right before it as its subject where the parser hung that noun on an earlier one.

    "Before the visit to the town, rockets or mortars landed ...": the parser takes the rockets for a second town.
    """
    if (
        verb.pos_ != "VERB"
        or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN")
        or verb.dep_ in ("acl", "amod", "relcl", "aux", "auxpass")
    ):
        return
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod") and c.i < verb.i]
    marker = next((c for c in verb.children if c.dep_ == "mark"), None)
    subject = next((c for c in verb.children if c.dep_ in (*SUBJECTS, *PASSIVE, "expl")), None)
    first = min((c.i for c in helpers if c.i > (marker.i if marker is not None else -1)), default=verb.i)
    if (
        (verb.tag_ == "VBN" and not helpers)
        or first == 0
        or (noun := verb.doc[first - 1]).pos_ not in ("NOUN", "PROPN")
    ):
        return
    if noun.dep_ not in ("conj", "appos", "dep") or ((subject is None) != (marker is None)) or noun.head.i == verb.i:
        return
    while noun.dep_ == "conj" and noun.head.dep_ in ("conj", "appos") and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    if any(t.i == noun.i for t in verb.ancestors) or verb.i in {t.i for t in noun.subtree}:
        return
    passive = any(c.dep_ == "auxpass" or c.lemma_ == "be" for c in helpers) and verb.tag_ == "VBN"
    if subject is not None and marker is not None:
        if (
            verb.dep_ != "ROOT"
            or noun.left_edge.i == 0
            or verb.doc[noun.left_edge.i - 1].text != ","
            or marker.i > subject.i
        ):
            return
        subject.hang(marker)
        subject.dep_, marker.dep_ = "pobj", "prep"
    noun.hang(verb)
    noun.dep_ = "nsubjpass" if passive else "nsubj"


def _mend_result(adjective: Any) -> None:
    """A result that the parser took for something else: "shot dead two guards", "shot a guard dead", "fell ill"."""
    if adjective.lower_ == "ill" and adjective.dep_ == "advmod" and adjective.i == adjective.head.i + 1:
        adjective.dep_ = "acomp"
        return
    if adjective.tag_ != "JJ" or adjective.dep_ not in ("amod", "advmod", "advcl"):
        return
    noun = adjective.head
    if adjective.dep_ == "advcl":  # it hangs on the verb and stands behind the object
        behind = any(c.dep_ == "dobj" and c.i == adjective.i - 1 for c in noun.children)
        if behind and not any(True for _ in adjective.children):
            adjective.dep_ = "acomp"
        return
    first = noun
    while first.dep_ == "conj" and adjective.i > noun.i:  # "found a man and two children dead"
        first = first.head
    if first.dep_ != "dobj":
        return
    following = adjective.nbor() if adjective.i + 1 < len(adjective.doc) else adjective
    number = following == noun and noun.tag_ == "CD"
    before = adjective.i == noun.head.i + 1 and (number or following.dep_ in ("det", "nummod", "poss", "quantmod"))
    if before or adjective.i == noun.i + 1:
        adjective.hang(first.head)
        adjective.dep_ = "acomp"


def _small(verb: Any) -> Iterator[str]:
    """The words that complete a verb without being phrases: "set ablaze", "remained shut", "made safe"."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("acomp", "oprd", "advmod", "prt", "ccomp", "xcomp"):
            yield child.lower_
        elif child.dep_ == "dobj":  # "made safe a car"
            yield from (c.lower_ for c in child.children if c.dep_ == "amod" and c.i == verb.i + 1)


@cache
def _verb_lemmas(code: str) -> dict[str, str]:
    """Every form of the frames' verbs -> its lemma."""
    return {form: lemma for lemma in sorted(_verbal_triggers(code), reverse=True) for form in verb_forms(lemma)}


def _has_aux(token: Any) -> bool:
    return any(c.dep_ in ("aux", "auxpass") for c in token.children)


def _place(token: Any) -> int:
    return int(token.i)


__all__ = ["analyse", "stems", "surfaces"]
