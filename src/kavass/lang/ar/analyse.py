"""Arabic: clauses and phrases without a trained parser: a chunker over words whose particles are split off.

Conventions for the data: verbs are listed in the perfect, third person masculine singular («أطلق»), verbal nouns and nouns in the
singular without article, spelt with hamza and taa marbuta and without vowel signs; an entry of `nouns` may be two or three
words («إطلاق نار»), `light` is verb + noun («أضرم نار»), `modify` adjective + noun («انتحاري هجوم»: the adjective first, in the
masculine). Prepositions stand as in profile.toml, attached ones as their letter: "ب", "ل", "ك"; «من قبل», «على يد» make a
subject. Markers of clauses are folded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kavass.lang.ar.attachment import Attachment
from kavass.lang.ar.closed import expected, stepped_over
from kavass.lang.ar.forms import key, surfaces
from kavass.lang.ar.phrases import QUOTES
from kavass.lang.ar.reading import OBJECT_PRONOUNS, Group
from kavass.lang.ar.speech import Speech
from kavass.lang.ar.stems import stems
from kavass.lang.ar.tolls import tolls
from kavass.lang.ar.words import Token
from kavass.lang.clause import Argument, Clause, Sentence
from kavass.model import Span

if TYPE_CHECKING:
    from kavass.lang import Language

STOPS = ".؛!?؟…"


def analyse(text: str, sentences: list[Sentence], language: Language, names_at: Sequence[Span] = ()) -> None:  # noqa: ARG001
    """Fills the clauses and phrases of the sentences; Arabic has no capitals to give, so `names_at` says nothing new."""
    for sentence in sentences:
        _Reader(text, sentence, language.frames).read()


class _Reader(Attachment, Speech):
    """Reads a sentence word by word, in order of the text, and fills it."""

    def read(self) -> None:
        """Fills the sentence."""
        i = 0
        while i < len(self.tokens):
            i = self._step(i, self.tokens[i])
        self._close_nominal()
        for group in self.groups:
            self._settle(group)
        self._speech()
        self._antecedents()
        self._adopt()
        for phrase, clause in self.events.items():
            self._event_arguments(phrase, self.clauses[clause])
        for number, told in enumerate(self.clauses):
            told.arguments = tuple(self.arguments.get(number, ()))
        self._spans()
        tolls(self.nominals.phrases, self.clauses, self.words["happening"])
        self.sentence.phrases, self.sentence.clauses = self.nominals.phrases, self.clauses

    def _step(self, i: int, token: Token) -> int:
        if token.pos == "punctuation":
            return self._mark(i, token)
        if (over := self._steps_over(i)) > i:
            return over
        if token.pos in ("preposition", "relative", "negation") and not token.pronoun and self.nominals.counted(i):
            return self._bare(i)
        if token.pos != "preposition" and self.nominals.bends(i) and not self.nominals.counted(i):
            return i + 1  # «قرابة منتصف الليل»
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
        for words in stepped_over().get(self.tokens[i].key.removeprefix("و"), ()):
            if [t.key for t in self.tokens[i + 1 : i + len(words)]] == list(words[1:]):
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
        elif token.key == ":" and self.current is None:
            self._fresh()
        elif token.key == ":" and self.current is not None and self.current.clause.lemma in self.words["speech"]:
            self.marker, self.relation = ":", "content"
            self.pending = []
        return i + 1

    def _content(self, i: int, token: Token) -> int:
        """«أن», «إن», «بأن», with or without a pronoun."""
        before = self.tokens[i - 1] if i else None
        if before is not None and before.lemma in expected():
            self.flags.add("future")
        if token.stem == "ان" and self._verb_next(i) and (token.below or before is None):  # «إن وقع»: if
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

    def _speaker(self) -> Group | None:
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
        if token.stem in ("ما", "مما", "بما", "عما"):
            return self._ma(i, token, after)
        if token.stem == "من" and not (after is not None and after.pos == "verb"):
            return self._preposition(i, token)
        self.marker, self.relation, self.owner, self.pending = token.stem, "relative", self._described(token), []
        return i + 1

    def _ma(self, i: int, token: Token, after: Token | None) -> int:
        """«ما أدى إلى»: what has been told leads on; «ما» never negates here (see C10 of the notes on modality)."""
        if self.marker in self.words["conditional"] and self.tokens[i - 1].stem == self.marker:
            return i + 1  # «إذا ما تعرضت»
        if after is not None and after.pos == "verb":
            denied = self.current is not None and self.current.clause.lemma in self.words["denying"]
            relation = "content" if denied and after.lemma in self.words["rumoured"] else "adverbial"
            self.marker, self.relation, self.owner, self.pending = token.stem, relation, None, []
            self.flags.add("carried")
        return i + 1

    def _described(self, token: Token) -> int | None:
        """The phrase that a relative pronoun describes: of the last chain the noun that agrees."""
        if self.last is None:
            return None
        chain = list(self.nominals.named_part(self.last))
        female = token.stem in ("التي", "اللتان", "اللتين", "اللاتي", "اللواتي")
        plural = token.stem in ("الذين", "اللواتي", "اللاتي")
        if len(chain) > 1 and self.nominals.phrases[chain[0]].has("idea"):  # «مسؤولية القذائف التي سقطت»
            chain = chain[1:] + chain[:1]
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
        if i == self.resumes and self.suspended:
            self.current, self.event = None, None
            self._fresh()
            self.pending, self.suspended = self.suspended, []
            self.flags.add("كان")
        self._keep_conjunction(token)
        if token.stem == "سوف":
            self.flags.add("future")
        elif token.stem in ("قد", "لقد"):
            self.flags.add("قد")
        else:
            self.flags.add("possible")
        return i + 1

    def _conjunction(self, i: int, _: Token) -> int:
        self.flags.add("joined")
        return i + 1

    def _adverb(self, i: int, token: Token) -> int:
        if self.current is not None:
            self._add(self.current.clause, Argument(function="adverbial", span=token.core))
        return i + 1

    def _verb(self, i: int, token: Token) -> int:
        if token.lemma in self.words["auxiliary"] and self._auxiliary(i, token):
            return i + 1
        if "joined" in self.flags and not token.conjunction and self.clauses:
            token.conjunction = "و"
        if i < self.resumes and self.pending and not self.suspended and self.relation is None:
            self.relation, self.owner, self.suspended = "relative", self.pending[-1], self.pending
        relation, marker = self.relation, self.marker
        parent, owner = self._parent(token), self.owner
        clause = Clause(index=len(self.clauses), predicate=token.core, lemma=token.lemma, span=token.span,
                        quoted=any(q.covers(token.core) for q in self.sentence.quotes))  # fmt: skip
        clause.parent, clause.marker = parent, marker
        clause.relation = self._relation(token, relation, parent)
        clause.phrase = owner if clause.relation == "relative" else None
        self._modality(clause, token)
        above = self.clauses[parent] if parent is not None else None
        if (
            above is not None
            and clause.relation == "coordination"
            and above.modality == "conditional"
            and clause.modality == "actual"
        ):
            clause.modality = "conditional"
        group = Group(clause, token, before=list(self.pending), owner=owner if clause.relation == "relative" else None)
        if clause.relation is None and relation is None and owner is None and self._describes(token) is not None:
            clause.relation, group.owner = "relative", self._describes(token)
            clause.phrase, clause.parent = group.owner, self.current.clause.index if self.current else None
        self._open(group)
        if group.owner is None:
            self._claim_loose(clause)
        self._fresh()
        return i + 1

    def _open(self, group: Group) -> None:
        self.clauses.append(group.clause)
        self.groups.append(group)
        self.current, self.event = group, None
        if group.token.pronoun and group.token.pronoun in OBJECT_PRONOUNS:
            span = Span(group.token.core.end, group.token.span.end)
            whom = group.owner if group.owner is not None else self._pronoun(span, group.token.pronoun)
            self._add(group.clause, self._argument("object", whom))

    def _resumed_at(self, i: int) -> int:
        """The «قد» of «كان انتحاري يقود شاحنة قد اقتحم»: a verb that describes the subject stands before it."""
        verbs = 0
        for k in range(i + 1, min(i + 30, len(self.tokens))):
            t = self.tokens[k]
            if t.pos == "content" or t.key in STOPS + ":":
                return -1
            if t.stem == "قد" and t.pos == "particle":
                return k if verbs else -1
            verbs += t.pos == "verb" and not t.conjunction and self.tokens[k - 1].pos != "relative"
        return -1

    def _auxiliary(self, i: int, token: Token) -> bool:
        """Whether «كان» and its sisters lead to another verb of the clause; what they add is kept for it."""
        if token.lemma == "كان" and (resumed := self._resumed_at(i)) > 0:
            self.resumes = resumed
            return True
        for k in range(i + 1, min(i + 16, len(self.tokens))):
            t = self.tokens[k]
            if (
                t.pos in ("content", "adverbial", "contrast")
                or t.key in STOPS + ":"
                or (t.pos == "relative" and t.stem != "من")
            ):
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
        if (
            self.relation is None
            and token.conjunction in ("و", "ف")
            and token.lemma in self.words["speech"]
            and (speaker := self._speaker())
            and self._may_go_on(token, speaker)
        ):
            return speaker.clause.index
        if (
            self.relation is None
            and self.current is not None
            and not token.conjunction
            and not self.pending
            and self._describes(token) is None
        ):
            return self.current.clause.index
        if self.relation is None and not token.conjunction and self.pending and self.current is None:
            return None
        return self.current.clause.index if self.current is not None else None

    def _may_go_on(self, token: Token, speaker: Group) -> bool:
        """Whether who spoke can be the subject of a verb that follows: «وأوضح المصدر أن المسلحين ... وأطلقوا» is not his doing."""
        several = token.form is not None and token.form.number == "plural"
        told = [self.nominals.phrases[i] for i in (*speaker.after[:1], *speaker.before[-1:])]
        return not (several and told and all(p.number == "singular" and not p.conjuncts for p in told))

    def _relation(self, token: Token, relation: str | None, parent: int | None) -> Any:
        if parent is None:
            return relation if relation == "adverbial" or (relation == "relative" and self.suspended) else None
        if relation is not None:
            return relation
        if token.conjunction:
            return "coordination"
        return None

    def _describes(self, token: Token) -> int | None:
        """The indefinite phrase that a verb without relative pronoun describes («مسلحون يرتدون»), if the clause has its verb."""
        if (
            self.current is None
            or self.last is None
            or token.conjunction
            or self.relation is not None
            or self.negation is not None
        ):
            return None
        phrase = self.nominals.phrases[self.last]
        at = self._at(token)
        while at > 0 and self.tokens[at - 1].key in QUOTES:
            at -= 1
        adjacent = self.nominals.ends.get(self.last) == at
        if (
            adjacent
            and not phrase.definite
            and phrase.kind != "time"
            and self.last in (*self.current.after, *self._obliques())
        ):
            return self._doer(token, self.last)
        return None

    def _doer(self, token: Token, index: int) -> int:
        """Of a chain of genitives the noun that a plural verb describes («توجيه مخربين اندسوا»)."""
        if token.form is not None and token.form.number == "plural":
            chain = list(self.nominals.named_part(index))
            return next((p for p in reversed(chain) if self.nominals.phrases[p].number == "plural"), index)
        return index

    def _at(self, token: Token) -> int:
        return next(k for k, t in enumerate(self.tokens) if t is token)

    def _obliques(self) -> list[int]:
        assert self.current is not None
        found = [a.phrase for a in self.arguments.get(self.current.clause.index, ()) if a.phrase is not None]
        return [p for f in found for p in self.nominals.named_part(f)]

    def _modality(self, clause: Clause, token: Token) -> None:
        form, imperfect = token.form, token.form is not None and token.form.tense == "imperfect"
        clause.tense = "present" if imperfect else "past"
        written = (
            token.passive and form is not None and form.voice == "either" and clause.lemma in self.words["transitive"]
        )
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
            (clause.marker in ("ان", "بان", "كي", "لكي") and imperfect and clause.modality == "actual"
            and not self.flags & {"كان", "aux imperfect"}
            and not self.pending) or (imperfect and token.key.removeprefix("و").startswith("ل") and not token.stem.startswith("ل"))
        )  # fmt: skip

    def _participle(self, i: int, token: Token) -> int:
        """«مضيفا أن», «محملا إيران المسؤولية»: goes on with the speaker of the clause it hangs on."""
        clause = Clause(index=len(self.clauses), predicate=token.core, lemma=token.lemma, kind="participle", span=token.span,
                        tense="present",
                        relation="adverbial", quoted=any(q.covers(token.core) for q in self.sentence.quotes))  # fmt: skip
        speaker = self._outermost(token)
        clause.parent = speaker.clause.index if speaker is not None else None
        if speaker is not None:
            clause.tense = speaker.clause.tense
        if clause.parent is None:
            clause.relation = None
        self._fresh()
        self._open(Group(clause, token))
        return i + 1

    def _outermost(self, token: Token) -> Group | None:
        """The latest clause that tells what is said, else the latest main one, with whose subject the participle agrees."""
        gender = token.form.gender if token.form is not None and token.form.number == "singular" else None
        verbs = [g for g in self.groups if g.owner is None and g.clause.kind == "verb"]
        main = [
            g
            for g in verbs
            if g.clause.relation == "coordination" or (g.clause.relation, g.clause.parent) == (None, None)
        ]
        spoken = [g for g in verbs if g.clause.lemma in self.words["speech"]]
        speech = [g for g in spoken if g.clause.relation != "content"] or spoken
        for group in (*reversed(speech), *reversed(main)):
            form = group.token.form
            if gender is None or form is None or form.number != "singular" or form.gender == gender:
                return group
        return speech[-1] if speech else self.current


_STEPS = {
    "verb": "_verb", "content": "_content", "adverbial": "_adverbial", "contrast": "_contrast", "relative": "_relative",
    "negation": "_negation", "particle": "_particle", "conjunction": "_conjunction", "adverb": "_adverb",
    "preposition": "_preposition",
    "participle": "_participle",
}  # fmt: skip

__all__ = ["analyse", "stems", "surfaces"]
