"""Arabic: clauses and phrases without a trained parser: a chunker over words whose particles are split off.

Conventions for the data: verbs are listed in the perfect, third person masculine singular («أطلق»), verbal nouns and nouns in the
singular without article, spelt with hamza and taa marbuta and without vowel signs; an entry of `nouns` may be two or three
words («إطلاق نار»), `light` is verb + noun («أضرم نار»), `modify` adjective + noun («انتحاري هجوم»: the adjective first, in the
masculine). Prepositions stand as in profile.toml, attached ones as their letter: "ب", "ل", "ك"; «من قبل», «على يد» make a
subject. Markers of clauses are folded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from kavass.lang.ar.forms import key, surfaces, tables
from kavass.lang.ar.phrases import QUOTES, Nominals
from kavass.lang.ar.words import Token, letters, tokens
from kavass.lang.clause import Argument, Clause, Function, Phrase, Sentence
from kavass.lang.frames import Frames
from kavass.model import Span

if TYPE_CHECKING:
    from kavass.lang import Language

STOPS = ".؛!?؟…"
OBJECT_PRONOUNS = {"ه": "هو", "ها": "هي", "هم": "هم", "هن": "هن", "هما": "هما"}


def analyse(text: str, sentences: list[Sentence], language: Language) -> None:
    """Fills the clauses and phrases of the sentences."""
    for sentence in sentences:
        _Reader(text, sentence, language.frames).read()


@dataclass(slots=True)
class _Group:
    """A verb with what was met around it, until its arguments are settled."""

    clause: Clause
    token: Token
    before: list[int] = field(default_factory=list)  # bare phrases before the verb
    after: list[int] = field(default_factory=list)
    owner: int | None = None  # phrase that a relative clause describes
    content: bool = False  # a content clause follows


class _Reader:
    """One sentence turned into clauses and phrases, from right to left of the page: in order of the text."""

    def __init__(self, text: str, sentence: Sentence, frames: Frames):
        self.text, self.sentence, self.frames = text, sentence, frames
        self.tokens = tokens(text, sentence.span, frames)
        self.nominals = Nominals(text, self.tokens, frames)
        self.words = _words(frames)
        self.clauses: list[Clause] = []
        self.groups: list[_Group] = []
        self.events: dict[int, int] = {}  # phrase -> clause of the noun
        self.arguments: dict[int, list[Argument]] = {}
        self.current: _Group | None = None
        self._fresh()
        self.event: int | None = None  # latest event phrase since the last verb
        self.last: int | None = None  # latest phrase
        self.since: tuple[str, int] = ("", -1)  # «بعد ساعات» and the token after it: its «من» means «بعد»
        self.sources: list[tuple[str, int]] = []  # all prepositional phrases
        self.loose: list[tuple[str, int]] = []  # prepositional phrases before any verb

    def _fresh(self) -> None:
        """Forgets what waits for a verb."""
        self.pending: list[int] = []
        self.marker: str | None = None
        self.relation: str | None = None
        self.owner: int | None = None
        self.negation: str | None = None
        self.flags: set[str] = set()

    def read(self) -> None:
        """Fills the sentence."""
        i = 0
        while i < len(self.tokens):
            i = self._step(i, self.tokens[i])
        self._close_nominal()
        for group in self.groups:
            self._settle(group)
        self._antecedents()
        for phrase, clause in self.events.items():
            self._event_arguments(phrase, self.clauses[clause])
        for number, told in enumerate(self.clauses):
            told.arguments = tuple(self.arguments.get(number, ()))
        self._spans()
        self.sentence.phrases, self.sentence.clauses = self.nominals.phrases, self.clauses

    # one step

    def _step(self, i: int, token: Token) -> int:
        if token.pos == "punctuation":
            return self._mark(i, token)
        if (over := self._steps_over(i)) > i:
            return over
        if token.pos in ("preposition", "relative", "negation") and not token.pronoun and self.nominals.counted(i):
            return self._bare(i)
        if (found := self._compound(i)) is not None:
            return self._prepositional(i, *found)
        step = _STEPS.get(token.pos)
        if token.preposition and token.nominal:
            return self._prepositional(i, token.preposition, 0)
        if step is not None:
            return int(getattr(self, step)(i, token))
        return self._bare(i)

    def _steps_over(self, i: int) -> int:
        """The token after words that only bend what was said («على الأقل»)."""
        for words in _stepped():
            if [t.key for t in self.tokens[i : i + len(words)]] == list(words):
                return i + len(words)
        return i

    def _mark(self, i: int, token: Token) -> int:
        if token.key in "-–—|/" and not self.clauses:
            self._fresh()
            self.loose, self.last = [], None
        if token.key in STOPS:
            self._close_nominal()
            self.current, self.event, self.last = None, None, None
            self._fresh()
        elif token.key == ":" and self.current is not None and self.current.clause.lemma in self.words["speech"]:
            self.marker, self.relation = ":", "content"
            self.pending = []
        return i + 1

    def _content(self, i: int, token: Token) -> int:
        """«أن», «إن», «بأن», with or without a pronoun."""
        before = self.tokens[i - 1] if i else None
        if before is not None and before.lemma in _expected():
            self.flags.add("future")
        hamza = letters(self.text[token.core.start : token.core.end]).startswith("إ")
        if token.stem == "ان" and self._verb_next(i) and (hamza or before is None):  # «إن وقع»: if
            self.marker, self.relation, self.pending, self.negation = token.stem, "adverbial", [], None
            return i + 1
        self.relation = "content"
        self.marker, self.pending, self.negation = token.stem, [], None
        if self.current is not None:
            self.current.content = True
        if token.conjunction and self._speaker() is not None:
            self.current = self._speaker()
        pronoun = next((p for p in ("هما", "هم", "ها", "ه", "نا") if token.stem.endswith("ن" + p)), None)
        if pronoun:
            self.pending = [self._pronoun(Span(token.core.end - len(pronoun), token.core.end), pronoun)]
        return i + 1

    def _verb_next(self, i: int) -> bool:
        return i + 1 < len(self.tokens) and self.tokens[i + 1].pos == "verb"

    def _speaker(self) -> _Group | None:
        """The latest clause of somebody who says something."""
        return next((g for g in reversed(self.groups) if g.clause.lemma in self.words["speech"] and g.content), None)

    def _adverbial(self, i: int, token: Token) -> int:
        self.marker, self.relation, self.pending, self.negation = token.stem, "adverbial", [], None
        if self.current is None:
            self.relation = "adverbial"
        return i + 1

    def _contrast(self, i: int, token: Token) -> int:
        self.relation, self.pending, self.negation = "coordination", [], None
        ending = next((p for p in ("هم", "ها", "ه") if token.stem.endswith("كن" + p)), None)
        if ending:
            self.pending = [self._pronoun(Span(token.core.end - len(ending), token.core.end), ending)]
        return i + 1

    def _relative(self, i: int, token: Token) -> int:
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if token.stem in ("ما", "مما"):
            return self._ma(i, token, after)
        if token.stem == "من" and not (after is not None and after.pos == "verb"):
            return self._preposition(i, token)
        self.marker, self.relation, self.owner, self.pending = token.stem, "relative", self._described(token), []
        return i + 1

    def _ma(self, i: int, token: Token, after: Token | None) -> int:
        """«ما أدى إلى»: what has been told leads on; «ما» never negates here (see C10 of the notes on modality)."""
        if after is not None and after.pos == "verb":
            self.marker, self.relation, self.owner, self.pending = token.stem, "adverbial", None, []
            self.flags.add("carried")
        return i + 1

    def _described(self, token: Token) -> int | None:
        """The phrase that a relative pronoun describes: of the last chain the noun that agrees."""
        if self.last is None:
            return None
        chain = list(self.nominals.named_part(self.last))
        female = token.stem in ("التي", "اللتان", "اللتين", "اللاتي", "اللواتي")
        plural = token.stem in ("الذين", "اللواتي", "اللاتي")
        for index in chain:
            form = self.tokens[self.nominals.token_of[index]].form
            if plural and (form is None or form.number == "plural"):
                return index
            if not plural and (form is None or (form.gender == "f" or form.number == "plural") == female):
                return index
        return chain[0]

    def _negation(self, i: int, token: Token) -> int:
        self.negation = token.stem
        self._keep_conjunction(token)
        if token.stem.startswith("ليس"):
            return i + 1
        if token.stem in ("لا", "عدم") and i + 1 < len(self.tokens) and self.tokens[i + 1].pos != "verb":
            if token.stem == "عدم" and token.preposition:
                return self._prepositional(i, token.preposition, 1)
            return self._bare(i + 1)
        return i + 1

    def _keep_conjunction(self, token: Token) -> None:
        """«و» before «لم», «قد» or «كان» joins the verb that follows."""
        if token.conjunction:
            self.flags.add("joined")

    def _particle(self, i: int, token: Token) -> int:
        self._keep_conjunction(token)
        if token.stem == "سوف":
            self.flags.add("future")
        elif token.stem in ("قد", "لقد"):
            self.flags.add("قد")
        else:
            self.flags.add("possible")
        return i + 1

    def _conjunction(self, i: int, token: Token) -> int:
        self.flags.add("joined")
        return i + 1

    def _adverb(self, i: int, token: Token) -> int:
        if self.current is not None:
            self._add(self.current.clause, Argument(function="adverbial", span=token.core))
        return i + 1

    # verbs

    def _verb(self, i: int, token: Token) -> int:
        if token.lemma in self.words["auxiliary"] and self._auxiliary(i, token):
            return i + 1
        if "joined" in self.flags and not token.conjunction and self.clauses:
            token.conjunction = "و"
        relation, marker = self.relation, self.marker
        parent, owner = self._parent(token), self.owner
        clause = Clause(index=len(self.clauses), predicate=token.core if not token.pronoun else token.core, lemma=token.lemma, span=token.span,
                        quoted=any(q.covers(token.core) for q in self.sentence.quotes))  # fmt: skip
        clause.parent, clause.marker = parent, marker
        clause.relation = self._relation(token, relation, parent)
        clause.phrase = owner if clause.relation == "relative" else None
        self._modality(clause, token)
        above = self.clauses[parent] if parent is not None else None
        if above is not None and clause.relation == "coordination" and above.modality == "conditional" and clause.modality == "actual":
            clause.modality = "conditional"
        group = _Group(clause, token, before=list(self.pending), owner=owner if clause.relation == "relative" else None)
        if clause.relation is None and relation is None and owner is None and self._describes(token) is not None:
            clause.relation, group.owner = "relative", self._describes(token)
            clause.phrase, clause.parent = group.owner, self.current.clause.index if self.current else None
        self._open(group)
        if group.owner is None:
            self._claim_loose(clause)
        self._fresh()
        return i + 1

    def _open(self, group: _Group) -> None:
        self.clauses.append(group.clause)
        self.groups.append(group)
        self.current, self.event = group, None
        if group.token.pronoun and group.token.pronoun in OBJECT_PRONOUNS:
            span = Span(group.token.core.end, group.token.span.end)
            self._add(group.clause, self._argument("object", self._pronoun(span, group.token.pronoun)))

    def _auxiliary(self, i: int, token: Token) -> bool:
        """Whether «كان» and its sisters lead to another verb of the clause; what they add is kept for it."""
        for k in range(i + 1, min(i + 16, len(self.tokens))):
            t = self.tokens[k]
            if t.pos in ("content", "adverbial", "contrast") or t.key in STOPS + ":" or (t.pos == "relative" and t.stem != "من"):
                return False
            if t.pos == "verb" and not (t.conjunction == "و" and k > i + 1):
                self.flags.add(f"{key(token.lemma)}")
                self._keep_conjunction(token)
                if token.future:
                    self.flags.add("future")
                if token.form is not None and token.form.tense == "imperfect":
                    self.flags.add("aux imperfect")
                return True
        return False

    def _parent(self, token: Token) -> int | None:
        """The clause on which the next verb hangs."""
        if self.relation is None and token.conjunction in ("و", "ف") and token.lemma in self.words["speech"] and (speaker := self._speaker()):
            return speaker.clause.index
        if self.relation is None and self.current is not None and not token.conjunction and not self.pending and self._describes(token) is None:
            return self.current.clause.index
        if self.relation is None and not token.conjunction and self.pending and self.current is None:
            return None
        return self.current.clause.index if self.current is not None else None

    def _relation(self, token: Token, relation: str | None, parent: int | None) -> Any:
        if parent is None:
            return None if relation != "adverbial" else "adverbial"
        if relation is not None:
            return relation
        if token.conjunction:
            return "coordination"
        return None

    def _describes(self, token: Token) -> int | None:
        """The indefinite phrase that a verb without relative pronoun describes («مسلحون يرتدون»), if the clause has its verb."""
        if self.current is None or self.last is None or token.conjunction or self.relation is not None or self.negation is not None:
            return None
        phrase = self.nominals.phrases[self.last]
        adjacent = self.nominals.ends.get(self.last) == self._at(token)
        if adjacent and not phrase.definite and phrase.kind != "time" and self.last in (*self.current.after, *self._obliques()):
            return self.last
        return None

    def _at(self, token: Token) -> int:
        return next(k for k, t in enumerate(self.tokens) if t is token)

    def _obliques(self) -> list[int]:
        assert self.current is not None
        found = [a.phrase for a in self.arguments.get(self.current.clause.index, ()) if a.phrase is not None]
        return [p for f in found for p in self.nominals.named_part(f)]

    def _modality(self, clause: Clause, token: Token) -> None:
        form, imperfect = token.form, token.form is not None and token.form.tense == "imperfect"
        clause.tense = "present" if imperfect else "past"
        written = token.passive and form is not None and form.voice == "either" and clause.lemma in self.words["transitive"]
        clause.voice = "passive" if (form is not None and form.voice == "passive") or written else "active"
        if self.negation in ("لم", "لما"):
            clause.negated, clause.tense = True, "past"
        elif self.negation in ("لن", "لا") or (self.negation and self.negation.startswith("ليس")):
            clause.negated = True
        if token.future or "future" in self.flags or self.negation == "لن":
            clause.modality, clause.tense = "future", "future"
        elif (imperfect and "قد" in self.flags) or "possible" in self.flags:
            clause.modality = "possible"
        if clause.marker in self.words["conditional"] or (clause.marker == "ان" and clause.relation == "adverbial"):
            clause.modality = "conditional"
        if "كان" in self.flags:
            clause.perfect, clause.progressive = not imperfect, imperfect
            clause.tense = "past"
        if "زال" in self.flags or "ظل" in self.flags:
            clause.progressive = True
        clause.infinitive = (
            (clause.marker in ("ان", "بان", "كي", "لكي") and imperfect and clause.modality == "actual" and not self.flags & {"كان", "aux imperfect"}
            and not self.pending) or (imperfect and token.key.removeprefix("و").startswith("ل") and not token.stem.startswith("ل"))
        )  # fmt: skip

    # phrases

    def _bare(self, i: int) -> int:
        """A phrase without preposition: subject, object, time, or member of a coordination."""
        if self.tokens[i].key == "الامر" and i + 1 < len(self.tokens) and self.tokens[i + 1].stem == "الذي":
            self.marker, self.relation, self.owner, self.pending = "ما", "adverbial", None, []
            return i + 2
        wanted = self.current is not None and self._wants_object(self.current)
        negated, conjunction = self.negation in ("عدم", "لا"), self.tokens[i].conjunction
        if self._copula(i):
            return i + 1
        index, end = self.nominals.read(i, object_wanted=wanted)
        if index is None:
            return end
        phrase = self.nominals.phrases[index]
        phrase.negated = negated
        if negated:
            self.negation = None
        if not conjunction and self._describes_last(index, phrase):
            return end
        if conjunction == "و" and self._opens_clause(phrase, end):
            self.current, self.event, self.relation = None, None, None
            self.pending, self.last = [index], index
            self._events(index, None)
            return end
        if conjunction == "و" and self._coordinate(index):
            self._events(index, None)
            self.last = index
            return end
        self._place(index, phrase)
        self._events(index, None)
        self.last = index
        return end

    def _describes_last(self, index: int, phrase: Phrase) -> bool:
        """A name after «المتحدث باسم ...» and an adjective with its genitive («شديدة التحصين») belong to the noun before."""
        if self.last is None:
            return False
        head = self.tokens[self.nominals.token_of[index]] if index in self.nominals.token_of else None
        if phrase.kind == "name":
            owner = next((p for p in self.nominals.phrases if any(name == "باسم" and i == self.last for name, i in p.prepositions)), None)
            if owner is None or owner.appositions:
                return False
            owner.appositions = (*owner.appositions, index)
            owner.span = Span(owner.span.start, phrase.span.end)
            phrase.label, phrase.classes = "PERSON", frozenset({"person", "name"})
            return True
        lemma = key(head.form.lemma) if head is not None and head.form is not None else ""
        return phrase.quantity is None and not phrase.classes and lemma in self.nominals.known.adjectives and phrase.possessor is not None

    def _opens_clause(self, phrase: Phrase, end: int) -> bool:
        """Whether «والمحتجون يغلقون» starts a clause of its own: a definite noun or pronoun with its verb after it."""
        if phrase.kind == "pronoun":
            return True
        follows = self.tokens[end] if end < len(self.tokens) else None
        return follows is not None and follows.pos == "verb" and not follows.conjunction and phrase.definite is True and phrase.kind != "time"

    def _wants_object(self, group: _Group) -> bool:
        return group.token.lemma in self.words["transitive"] and len(group.after) == 0

    def _place(self, index: int, phrase: Phrase) -> None:
        if phrase.kind == "time":
            if self.current is not None:
                self._add(self.current.clause, self._argument("adverbial", index))
            elif self.event is None:
                self.loose.append(("", index))
            if self.event is not None:
                self._add(self.clauses[self.events[self.event]], self._argument("adverbial", index))
            return
        if self._object_of_event(index, phrase):
            return
        if self.current is not None and self.relation == "content" and self.marker and self.marker.startswith("بان"):
            if self.current.clause.lemma in self.words["naming"]:
                self._add(self.current.clause, self._argument("predicative", index))
        if self.current is None or self.relation is not None:
            self.pending.append(index)
            return
        if (outer := self._outer(index)) is not None:
            self.current = outer
        self.current.after.append(index)
        self.pending.append(index)

    def _outer(self, index: int) -> _Group | None:
        """The clause around a relative one that has all it needs, if it still waits for a noun («فتح مسلحون يرتدون زيا النار»)."""
        group = self.current
        if group is None or group.owner is None or group.clause.parent is None:
            return None
        full = bool(group.after) or (group.token.pronoun != "" and not self._agrees(group, index))
        outer = next((g for g in self.groups if g.clause.index == group.clause.parent), None)
        return outer if full and outer is not None and len(outer.after) == 1 else None

    def _object_of_event(self, index: int, phrase: Phrase) -> bool:
        """«قصف الطيران المدينة»: a second noun after a verbal noun and its doer is what it is done to."""
        if self.event is None:
            return False
        event = self.nominals.phrases[self.event]
        clause = self.clauses[self.events[self.event]]
        if clause.lemma not in self.words["either_possessor"] or event.possessor is None or not (
            self._agent(event.possessor) or self.nominals.phrases[event.possessor].has("person")
        ):
            return False
        self._add(clause, self._argument("object", index))
        return True

    def _coordinate(self, index: int) -> bool:
        """Joins a phrase to the one before «و», choosing the noun of its chain that is of the same kind."""
        if self.last is None:
            return False
        new = self.nominals.phrases[index]
        chain = [self.nominals.phrases[p] for p in self.nominals.named_part(self.last)]
        general = {c.split(".")[0] for c in new.classes}
        fits = [p for p in chain if p.classes & new.classes] or [p for p in chain if general & {c.split(".")[0] for c in p.classes}]
        if chain[0].kind == "time" or new.kind == "time":
            return False
        if not fits and chain[0].has("time", "place") != new.has("time", "place"):
            return False
        other = (fits or chain)[0]
        members = sorted({other.index, *other.conjuncts, new.index})
        for member in members:
            self.nominals.phrases[member].conjuncts = tuple(m for m in members if m != member)
        return True

    def _compound(self, i: int) -> tuple[str, int] | None:
        """A preposition of several words that starts here, and how many words it has."""
        for words, preposition in _compounds():
            stretch = self.tokens[i : i + len(words)]
            if len(stretch) == len(words) and stretch[0].key.removeprefix("و") == words[0] and all(
                t.key == w for t, w in zip(stretch[1:], words[1:], strict=True)
            ):  # fmt: skip
                return preposition, len(words)
        return None

    def _preposition(self, i: int, token: Token) -> int:
        if token.pronoun:
            size = len(letters(self.text[token.span.start : token.span.end])) - len(token.pronoun)
            index = self._pronoun(Span(min(token.span.start + size, token.span.end - 1), token.span.end), token.pronoun)
            self._attach(_plain(token.lemma), index)
            return i + 1
        return self._prepositional(i, token.lemma, 1)

    def _prepositional(self, i: int, preposition: str, step: int) -> int:
        """A preposition with its phrase, attached to the verb, to the latest event and to the noun before."""
        k, preposition = i + step, _plain(preposition)
        while k < len(self.tokens) and (self.tokens[k].key in QUOTES or (self.tokens[k].stem == "عدم" and step == 1 and k == i + step)):
            if self.tokens[k].stem == "عدم":
                self.negation = "عدم"
            k += 1
        if preposition == "في حال":
            self.marker, self.relation = "في حال", "adverbial"
            self.pending = []
        if preposition == "من" and self.since[1] == i:
            preposition = self.since[0]
        if preposition == "من" and k < len(self.tokens) and self.tokens[k].pos == "verb":
            self.marker, self.relation, self.owner, self.pending = "من", "relative", None, []
            return k
        if k >= len(self.tokens) or self.tokens[k].pos in ("content", "relative", "adverbial", "verb", "preposition", "punctuation", "negation"):
            return self._clausal(i, k, preposition)
        negated = preposition in self.words["negative_prepositions"] or self.negation == "عدم"
        index, end = self.nominals.read(k)
        if index is None:
            return max(end, i + 1)
        if negated:
            self._negate(index)
            self.negation = None
        if self.nominals.phrases[index].kind == "time" and preposition in self.words["temporal"]:
            self.since = (preposition, end)
        self._attach(preposition, index)
        self._events(index, preposition)
        self.last = index
        return end

    def _negate(self, index: int) -> None:
        for part in self.nominals.named_part(index):
            self.nominals.phrases[part].negated = True

    def _clausal(self, i: int, k: int, preposition: str) -> int:
        """«قبل أن», «دون أن», «بعد ما»: the preposition marks a clause."""
        nearer = self.tokens[k] if k < len(self.tokens) else None
        if nearer is None:
            return max(k, i + 1)
        if nearer.pos == "relative" and nearer.stem in ("ما", "من"):
            if k + 1 < len(self.tokens) and self.tokens[k + 1].pos == "verb":
                self.marker, self.relation, self.pending, self.owner = preposition, "adverbial", [], None
                return k + 1
            return k + 1 if nearer.stem == "ما" else k
        if nearer.pos == "content":
            self._content(k, nearer)
            if preposition in self.words["temporal"] + self.words["negative_prepositions"]:
                self.marker, self.relation = preposition, "adverbial"
                if preposition in self.words["negative_prepositions"]:
                    self.negation = "لا"
            return k + 1
        return max(k, i + 1)

    def _attach(self, preposition: str, index: int) -> None:
        if preposition in self.words["agents"]:
            target = self.event if self.event is not None else None
            clause = self.clauses[self.events[target]] if target is not None else self.current.clause if self.current else None
            if clause is not None:
                self._add(clause, self._argument("subject", index))
                return
        self.sources.append((preposition, index))
        timed = self.nominals.phrases[index].kind == "time" or self._ordinal(index)
        argument = self._argument("adverbial" if timed else "oblique", index, preposition)
        governed = self.current is not None and preposition in self.words["governs"].get(self.current.clause.lemma, ())
        if self.current is not None and self.current.owner is not None and not governed and (outer := self._governing(preposition)):
            self.current, governed = outer, True
        if self._describes_source(preposition, index):
            phrase = self.nominals.phrases[self.last or 0]
            phrase.prepositions = (*phrase.prepositions, (preposition, index))
            return
        if self.last is not None and not governed:
            phrase = self.nominals.phrases[self.last]
            phrase.prepositions = (*phrase.prepositions, (preposition, index))
        if self.event is not None and not governed:
            self._add(self.clauses[self.events[self.event]], argument)
        if self.current is not None and self.relation is None:
            self._add(self.current.clause, argument)
        elif self.current is None or self.relation is not None:
            self.loose.append((preposition, index))

    def _governing(self, preposition: str) -> _Group | None:
        """The clause around a relative one whose verb asks for the preposition («تتهم فصائل تدعمها إيران بإطلاق»)."""
        parent = self.current.clause.parent if self.current is not None else None
        outer = next((g for g in self.groups if g.clause.index == parent), None)
        if outer is not None and preposition in self.words["governs"].get(outer.clause.lemma, ()):
            return outer
        return None

    def _ordinal(self, index: int) -> bool:
        """A day of the month: «في السابع من الشهر»."""
        if index not in self.nominals.token_of:
            return False
        token = self.tokens[self.nominals.token_of[index]]
        return token.definite and (token.lemma in _ordinals() or (token.form is not None and token.form.lemma in _ordinals()))

    def _describes_source(self, preposition: str, index: int) -> bool:
        """«مصدر في الشرطة» of a sentence that tells what somebody says: belongs to the person alone."""
        if preposition == "باسم" and self.last is not None:
            return True
        if self.last is None or preposition not in ("في", "من", "ب") or self.event is not None:
            return False
        whom, where = self.nominals.phrases[self.last], self.nominals.phrases[index]
        speaking = self.current is not None and self.current.clause.lemma in self.words["speech"] and not self.current.content
        source = any(p in ("بحسب", "وفق", "حسب", "نقلا عن", "وفقا") and i == self.last for p, i in self.sources)
        return whom.has("person") and where.has("org", "facility", "group") and (speaking or source)

    def _claim_loose(self, clause: Clause) -> None:
        """Prepositional phrases and times before the verb are its own."""
        for preposition, index in self.loose:
            self._add(clause, self._argument("oblique" if preposition else "adverbial", index, preposition or None))
        self.loose = []

    # nouns that tell what happened

    def _events(self, index: int, preposition: str | None) -> None:
        """Opens a clause for every noun of a chain that tells of something."""
        outer: int | None = None
        for part in self.nominals.named_part(index):
            lemma = self._event_lemma(part)
            if lemma is None or part in self.nominals.inert:
                continue
            phrase = self.nominals.phrases[part]
            clause = Clause(index=len(self.clauses), predicate=phrase.head, lemma=lemma, kind="noun", span=phrase.span, tense="none",
                            negated=phrase.negated, phrase=part, relation="argument",
                            quoted=any(q.covers(phrase.head) for q in self.sentence.quotes))  # fmt: skip
            clause.parent = outer if outer is not None else self._event_parent(preposition)
            self._hang(clause, preposition, outer)
            self.clauses.append(clause)
            self.events[part] = clause.index
            outer = clause.index
            self.event = part

    def _event_lemma(self, part: int) -> str | None:
        """The longest entry of the frames' nouns that starts at a phrase's head."""
        head = self.nominals.token_of[part]
        token = self.tokens[head]
        lemma = token.form.lemma if token.form else token.lemma
        for words, entry, adjective in self.words["events"].get(key(lemma), ()):
            if adjective is not None and adjective not in self.nominals.phrases[part].modifiers:
                continue
            stretch = self.tokens[head + 1 : head + len(words)]
            if len(stretch) == len(words) - 1 and all(
                w in (t.stem, t.key, key(t.lemma)) and not t.conjunction for t, w in zip(stretch, words[1:], strict=True)
            ):  # fmt: skip
                return str(entry)
        return None

    def _event_parent(self, preposition: str | None) -> int | None:
        if self.relation is not None or self.current is None:
            return self.clauses[self.events[self.event]].index if self.event is not None and self.current is None and preposition else None
        if self.event is not None and preposition and preposition not in self.words["governs"].get(self.current.clause.lemma, ()):
            return self.events[self.event]
        return self.current.clause.index

    def _hang(self, clause: Clause, preposition: str | None, outer: int | None) -> None:
        if clause.parent is None:
            clause.relation = None
        elif outer is None and preposition in self.words["temporal"]:
            clause.relation, clause.marker = "adverbial", key(preposition or "")
        if outer is None and preposition == "في حال":
            clause.modality, clause.marker, clause.relation = "conditional", "في حال", "adverbial"
            self.marker = self.relation = None

    def _event_arguments(self, part: int, clause: Clause) -> None:
        """Subject and object of a noun: its genitive or pronoun, and what a carrying verb lends it."""
        phrase, token = self.nominals.phrases[part], self.tokens[self.nominals.token_of[part]]
        has = {a.function for a in self.arguments.get(clause.index, ())}
        whose = phrase.possessor
        if whose is None and token.pronoun in OBJECT_PRONOUNS:
            whose = self._pronoun(Span(token.core.end, token.span.end), token.pronoun)
        if whose is not None:
            function = self._possessor_function(clause.lemma, whose, "object" in has)
            if function not in has:
                self._add(clause, self._argument(function, whose))
                has.add(function)
        parent = self.clauses[clause.parent] if clause.parent is not None else None
        if parent is not None and parent.kind in ("verb", "participle"):
            self._lend(parent, clause, part, has)

    def _possessor_function(self, lemma: str, whose: int, object_known: bool) -> Function:
        first = lemma.split(" ")[0]
        if first in self.words["patient_possessor"]:
            return "object"
        if first in self.words["either_possessor"]:
            return "subject" if object_known or self._agent(whose) else "object"
        return "subject"

    def _agent(self, index: int) -> bool | None:
        """Whether a phrase can act rather than suffer: forces, fighters, weapons, states."""
        phrase = self.nominals.phrases[index]
        if phrase.has("group", "weapon", "person.fighter", "person.assailant", "person.military", "person.police", "person.security", "state",
                      "vehicle.military", "org.military", "person.crowd"):  # fmt: skip
            return True
        return False

    def _lend(self, parent: Clause, clause: Clause, part: int, has: set[Function]) -> None:
        """What the verb that carries an event noun gives it: subject, prepositional phrases, negation."""
        given = list(self.arguments.get(parent.index, ()))
        mine = next((a for a in given if a.phrase is not None and part in (a.phrase, *self.nominals.phrases[a.phrase].conjuncts)), None)
        if mine is None:
            return
        support = parent.lemma in self.words["support"] and mine.function in ("object", "oblique")
        undergone = parent.lemma in self.words["undergo"] and mine.function == "oblique"
        happening = parent.lemma in self.words["happening"] and mine.function in ("subject", "object", "oblique")
        if not (support or undergone or happening):
            return
        if parent.negated:
            clause.negated = True
        if clause.modality == "actual" and parent.modality != "actual":
            clause.modality = parent.modality
        for argument in given:
            if argument is mine or argument in self.arguments.get(clause.index, ()):
                continue
            if argument.function == "subject" and (support or undergone):
                function: Function = "object" if undergone else "subject"
                if function not in has:
                    self._add(clause, Argument(function=function, phrase=argument.phrase, span=argument.span))
            elif argument.function in ("oblique", "adverbial") and argument.phrase is not None:
                self._add(clause, argument)

    # sentences without a verb

    def _copula(self, i: int) -> bool:
        """An indefinite adjective that frames know, said of the phrase before («إيران مسؤولة عن»)."""
        token = self.tokens[i]
        lemma = token.form.lemma if token.form else token.lemma
        if lemma not in self.words["adjectives"] or token.definite or token.conjunction or not self.pending:
            return False
        if self.current is not None and self.relation is None and self.current.clause.lemma not in self.words["copulas"]:
            return False
        subject = self.pending[-1] if self.current is None or self.relation is not None else self.pending[0]
        clause = Clause(index=len(self.clauses), predicate=token.core, lemma=lemma, kind="copula", span=token.span, tense="present",
                        negated=bool(self.negation), quoted=any(q.covers(token.core) for q in self.sentence.quotes))  # fmt: skip
        clause.parent = self.current.clause.index if self.current is not None else None
        clause.relation, clause.marker = (self.relation if clause.parent is not None else None), self.marker  # type: ignore[assignment]
        self.clauses.append(clause)
        self._add(clause, self._argument("subject", subject))
        self.current, self.event = _Group(clause, token), None
        self._claim_loose(clause)
        self._fresh()
        return True

    def _participle(self, i: int, token: Token) -> int:
        """«مضيفا أن», «محملا إيران المسؤولية»: goes on with the speaker of the clause it hangs on."""
        clause = Clause(index=len(self.clauses), predicate=token.core, lemma=token.lemma, kind="participle", span=token.span, tense="present",
                        relation="adverbial", quoted=any(q.covers(token.core) for q in self.sentence.quotes))  # fmt: skip
        speaker = self._outermost()
        clause.parent = speaker.clause.index if speaker is not None else None
        if clause.parent is None:
            clause.relation = None
        self._fresh()
        self._open(_Group(clause, token))
        return i + 1

    def _outermost(self) -> _Group | None:
        """The latest clause that tells what is said, else the current one."""
        speech = [g for g in self.groups if g.clause.lemma in self.words["speech"] and g.clause.kind == "verb"]
        return speech[-1] if speech else self.current

    def _close_nominal(self) -> None:
        """Gives what waits for a verb that never comes to the event noun of the headline."""
        if self.current is None and self.loose and self.event is not None:
            clause = self.clauses[self.events[self.event]]
            have = {a.phrase for a in self.arguments.get(clause.index, ())}
            for preposition, index in self.loose:
                if index not in have and index != clause.phrase:
                    self._add(clause, self._argument("oblique" if preposition else "adverbial", index, preposition or None))
        self.loose = []

    # who does what

    def _settle(self, group: _Group) -> None:
        """Subject and object of a verb, by agreement, position and class."""
        clause, form = group.clause, group.token.form
        has_object = any(a.function == "object" for a in self.arguments.get(clause.index, ()))
        has_agent = any(a.function == "subject" for a in self.arguments.get(clause.index, ()))
        after = [p for p in group.after if self.nominals.phrases[p].kind != "time"]
        passive = clause.voice == "passive" or has_agent
        before = self._preverbal(group)
        if passive:
            clause.voice = "passive"
            for phrase in (after[:1] or ([before] if before is not None else [])):
                self._add(clause, self._argument("object", phrase))
            return
        subject, objects = before, after
        if clause.kind == "participle":
            before = subject = self._inherited(group)
        if clause.kind != "participle" and before is None and not self._drops_subject(form) and after and self._can_be_subject(group, after):
            subject, objects = after[0], after[1:]
            if self._passive_like(group, after, has_object):
                clause.voice = "passive"
                self._add(clause, self._argument("object", after[0]))
                return
        if subject is None and (given := self._inherited(group)) is not None:
            subject = given
        if before is not None and subject == before and not after and not has_object and self._passive_before(group):
            clause.voice = "passive"
            self._add(clause, self._argument("object", before))
            return
        if subject is not None:
            self._add(clause, self._argument("subject", subject))
        for phrase in objects[:1] if not has_object else ():
            self._add(clause, self._argument("object", phrase))
        for phrase in objects[1:2]:
            self._add(clause, self._argument("predicative", phrase))

    def _can_be_subject(self, group: _Group, after: Sequence[int]) -> bool:
        """Whether the first noun after a verb is its subject: not what tells of an event if somebody must speak, and agreeing if the
        clause before lends a subject."""
        phrase = self.nominals.phrases[after[0]]
        known = after[0] in self.nominals.token_of and self.tokens[self.nominals.token_of[after[0]]].form is not None
        who = ("person", "group", "org", "people", "state", "statement", "facility", "place", "evidence", "account", "part")
        if group.clause.lemma in self.words["speech"] and phrase.kind not in ("name", "pronoun", "number") and known and not phrase.has(*who):
            return False
        lent = self._inherited(group)
        if lent is not None and len(after) == 1 and group.clause.lemma in self.words["transitive"] and phrase.definite is not True:
            return group.clause.lemma in self.words["victim_verbs"]
        return lent is None or self._agrees(group, after[0])

    def _drops_subject(self, form: Any) -> bool:
        """Whether the verb's ending is its subject: plural and dual verbs, first and second persons."""
        return form is not None and (form.number != "singular" or form.person != 3)

    def _preverbal(self, group: _Group) -> int | None:
        """The phrase before the verb that is its subject: by agreement, the nearest that is no time."""
        if group.owner is not None:
            phrase = self.nominals.phrases[group.owner]
            if group.token.pronoun or phrase.kind == "time":
                return None if group.after else group.owner if not group.token.pronoun else None
            return group.owner if self._agrees(group, group.owner) and not self._resumed(group) else None
        if group.token.conjunction:
            return None
        if group.clause.marker == "ما" or group.clause.marker == "ما":
            return None
        for index in group.before:
            if self._agrees(group, index):
                return index
        return None

    def _resumed(self, group: _Group) -> bool:
        """Whether a relative clause has its own subject after the verb («فصائل تدعمها إيران», «عملية نفذها»)."""
        return bool(group.token.pronoun) and bool(group.after)

    def _agrees(self, group: _Group, index: int) -> bool:
        form, phrase = group.token.form, self.nominals.phrases[index]
        head = self.tokens[self.nominals.token_of[index]] if index in self.nominals.token_of else None
        if phrase.kind == "time":
            return False
        if form is None or head is None or phrase.kind == "pronoun":
            return True
        if form.person == 1:
            return False
        if form.number == "plural":
            return phrase.number != "singular" or phrase.has("group", "org", "people") or bool(phrase.conjuncts) or (phrase.high or 3) > 2
        if form.number == "dual":
            return phrase.number == "dual" or phrase.low == 2 or bool(phrase.conjuncts)
        if phrase.has("state", "people") and form.number == "singular":
            return True
        if head.form is None:
            return form.gender == "f" or not head.stem.endswith(("ه", "ات"))
        female = head.form.gender == "f" or (head.form.number == "plural" and not phrase.has("person"))
        return (form.gender == "f") == female or (phrase.has("person") and phrase.number == "plural" and phrase.low is None) or bool(
            phrase.low and phrase.low > 2)  # fmt: skip

    def _passive_like(self, group: _Group, after: Sequence[int], has_object: bool) -> bool:
        """Whether one bare noun after a verb that takes an object is that object («قتل ثلاثة جنود»)."""
        form = group.token.form
        if has_object or len(after) != 1 or group.content or group.clause.lemma not in self.words["transitive"]:
            return False
        if form is None or form.voice == "active" or group.clause.lemma in self.words["intransitive"]:
            return False
        phrase = self.nominals.phrases[after[0]]
        return not self._event_object(phrase)

    def _event_object(self, phrase: Phrase) -> bool:
        return False

    def _passive_before(self, group: _Group) -> bool:
        """«المهاجمين قتلوا جميعا»: a plural verb whose noun stands before and that has no object."""
        form = group.token.form
        if group.content or group.clause.lemma not in self.words["transitive"] or form is None or form.voice == "active":
            return False
        if any(a.function == "object" for a in self.arguments.get(group.clause.index, ())):
            return False
        return not any(a.function == "oblique" and a.preposition in ("على", "إلى", "ب", "من", "عن") for a in
                       self.arguments.get(group.clause.index, ()))  # fmt: skip

    def _inherited(self, group: _Group) -> int | None:
        """The subject of the clause before, for a verb that has none of its own."""
        clause, form = group.clause, group.token.form
        if (form is not None and form.person != 3) or clause.parent is None or clause.relation not in ("coordination", "adverbial", "content"):
            return None
        if clause.relation != "coordination" and clause.kind != "participle" and clause.marker not in ("ان", "بان", "كي", "لكي", "دون", "قبل", "بعد"):
            return None
        parent = self.clauses[clause.parent]
        found = [a.phrase for a in self.arguments.get(parent.index, ()) if a.function == ("object" if parent.voice == "passive" else "subject")]
        if not found or found[0] is None:
            return None
        return found[0] if clause.kind == "participle" or self._agrees(group, found[0]) or self._plural_of(group, found[0]) else None

    def _plural_of(self, group: _Group, index: int) -> bool:
        form = group.token.form
        return form is not None and form.number == "plural" and self.nominals.phrases[index].has("person")

    def _antecedents(self) -> None:
        """A pronoun for a thing takes the classes of what the verb before was done to («اقتحموا القنصلية وأحرقوها»)."""
        for group in self.groups:
            if group.clause.relation != "coordination" or group.clause.parent is None:
                continue
            above = self._arguments_of(group.clause.parent, "object")
            for argument in self.arguments.get(group.clause.index, ()):
                phrase = self.nominals.phrases[argument.phrase] if argument.phrase is not None else None
                if above and phrase is not None and phrase.kind == "pronoun" and argument.function in ("object", "oblique") and not phrase.classes:
                    if phrase.number == "singular" and not self.nominals.phrases[above[0]].has("person"):
                        phrase.classes = self.nominals.phrases[above[0]].classes

    def _arguments_of(self, clause: int, function: Function) -> list[int]:
        return [a.phrase for a in self.arguments.get(clause, ()) if a.function == function and a.phrase is not None]

    # parts

    def _pronoun(self, span: Span, ending: str) -> int:
        phrase = Phrase(index=len(self.nominals.phrases), span=span, core=span, head=span, lemma=OBJECT_PRONOUNS.get(ending, ending),
                        kind="pronoun", definite=True, number="plural" if ending in ("هم", "هن") else "singular")  # fmt: skip
        self.nominals.phrases.append(phrase)
        return phrase.index

    def _argument(self, function: Function, index: int, preposition: str | None = None) -> Argument:
        return Argument(function=function, preposition=preposition, phrase=index, span=self.nominals.phrases[index].span)

    def _add(self, clause: Clause, argument: Argument) -> None:
        held = self.arguments.setdefault(clause.index, [])
        if argument not in held:
            held.append(argument)

    def _spans(self) -> None:
        """A clause reaches over its arguments and over the clauses that hang on it; content clauses become complements."""
        for clause in reversed(self.clauses):
            spans = [clause.span, *(a.span for a in clause.arguments)]
            spans += [c.span for c in self.clauses if c.parent == clause.index and c.relation != "coordination"]
            clause.span = Span(min(s.start for s in spans), max(s.end for s in spans))
        for clause in self.clauses:
            if clause.relation == "content" and clause.parent is not None:
                parent = self.clauses[clause.parent]
                parent.arguments = (*parent.arguments, Argument(function="complement", clause=clause.index, span=clause.span))
            elif clause.relation == "adverbial" and clause.parent is not None:
                parent = self.clauses[clause.parent]
                parent.arguments = (*parent.arguments, Argument(function="adverbial", clause=clause.index, span=clause.span))


_STEPS = {
    "verb": "_verb", "content": "_content", "adverbial": "_adverbial", "contrast": "_contrast", "relative": "_relative",
    "negation": "_negation", "particle": "_particle", "conjunction": "_conjunction", "adverb": "_adverb", "preposition": "_preposition",
    "participle": "_participle",
}  # fmt: skip


@cache
def _words(frames: Frames) -> dict[str, Any]:
    """The closed classes that clauses need; markers and negations folded, lemmas as listed."""
    profile, verbs = tables("profile"), tables("verbs")
    found: dict[str, Any] = {name: frozenset(verbs[name]) for name in ("transitive", "intransitive", "support", "happening", "undergo", "auxiliary")}
    found.update({name: frozenset(profile[name] if name in profile else profile["classes"][name])
                  for name in ("patient_possessor", "either_possessor", "agents")})  # fmt: skip
    found["conditional"] = frozenset(key(w) for w in profile["classes"]["conditional"])
    found["temporal"] = tuple(profile["classes"]["temporal"])
    found["negative_prepositions"] = tuple(profile["classes"]["negative_prepositions"])
    found["victim_verbs"] = frozenset(verbs["victims"])
    found["naming"] = frozenset(v for f in frames.frames if ("stance", "characterises") in f.yields for v in f.verbs)
    found["copulas"] = frozenset((*verbs["auxiliary"], "بقي", "كان", "ليس"))
    found["governs"] = verbs["governs"]
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
def _compounds() -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(key(w).split(" ")), value) for w, value in tables("profile")["compound_prepositions"].items()]
    return tuple(sorted(found, key=lambda c: -len(c[0])))


@cache
def _prepositions() -> dict[str, str]:
    return {key(w): w for w in reversed(tables("profile")["prepositions"])}


def _plain(preposition: str) -> str:
    """The preposition as the profile spells it."""
    return _prepositions().get(key(preposition), preposition) if len(preposition) > 1 else preposition


@cache
def _expected() -> frozenset[str]:
    return frozenset(tables("profile")["classes"]["expected"])


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(tables("profile")["classes"]["ordinals"])


@cache
def _stepped() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(key(w).split(" ")) for w in tables("profile")["classes"]["steps_over"])


__all__ = ["analyse", "surfaces"]
