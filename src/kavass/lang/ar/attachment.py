"""Where Arabic phrases belong: bare ones to verb, event or coordination, prepositional ones to what asks for them."""

from __future__ import annotations

from abc import abstractmethod

from kavass.lang.ar.arguments import Arguments
from kavass.lang.ar.closed import compounds, ordinals, plain, shares
from kavass.lang.ar.forms import key
from kavass.lang.ar.phrases import QUOTES
from kavass.lang.ar.reading import Group
from kavass.lang.ar.words import Token, letters
from kavass.lang.clause import Clause, Phrase
from kavass.model import Span

COMMAS = "،,"
DAY_BEFORE = ["اول", "من", "امس"]


class Attachment(Arguments):
    """Reads phrases and attaches them."""

    def _bare(self, i: int) -> int:
        """A phrase without preposition: subject, object, time, or member of a coordination."""
        if self.tokens[i].key == "الامر" and i + 1 < len(self.tokens) and self.tokens[i + 1].stem == "الذي":
            self.marker, self.relation, self.owner, self.pending = "ما", "adverbial", None, []
            return i + 2
        if self._describes_too(i) or self._stresses(i):
            return i + 1
        if [t.key for t in self.tokens[i : i + 3]] == DAY_BEFORE:
            return self._day_before(i)
        if self.tokens[i].key in shares() and i and self.tokens[i - 1].pos == "punctuation":
            return max(self.nominals.read(i)[1], i + 1)  # «ثلاثون شخصا، معظمهم قاصرون»
        wanted = self.current is not None and self._wants_object(self.current)
        negated, conjunction = self.negation in ("عدم", "لا"), self.tokens[i].conjunction
        if self._copula(i):
            return i + 1
        index, end = self.nominals.read(i, object_wanted=wanted)
        if index is None:
            return end
        phrase = self.nominals.phrases[index]
        if negated:
            self._negate(index)
            self.negation = None
        if not conjunction and self._describes_last(index, phrase):
            return end
        if conjunction == "و" and self._opens_clause(phrase, end):
            self._close_nominal()
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

    def _stresses(self, i: int) -> bool:
        """«في المكلا نفسها»: only says which one is meant."""
        token = self.tokens[i]
        if token.stem != "نفس" or not token.pronoun or self.last is None or self.nominals.ends.get(self.last) != i:
            return False
        return self.current is None or self.last not in self.current.after

    def _day_before(self, i: int) -> int:
        """«أول من أمس»: one time."""
        index, end = self.nominals.read(i + 2)
        if index is not None:
            phrase = self.nominals.phrases[index]
            phrase.span = Span(self.tokens[i].core.start, phrase.span.end)
            phrase.core = Span(self.tokens[i].core.start, phrase.core.end)
            self._place(index, phrase)
        return end

    def _describes_too(self, i: int) -> bool:
        """A second adjective of the noun before: «خسائر بشرية أو مادية», «المصادر المحلية والدولية»."""
        joined = i - (self.tokens[i - 1].key == "او") if i else i
        if self.last is None or not (self.tokens[i].conjunction == "و" or joined < i):
            return False
        phrase = self.nominals.phrases[self.last]
        if not phrase.modifiers or self.nominals.ends.get(self.last) != joined:
            return False
        return self.nominals.describes(self.last, i)

    def _describes_last(self, index: int, phrase: Phrase) -> bool:
        """A name after «المتحدث باسم ...» and an adjective with its genitive («شديدة التحصين») belong to the noun before."""
        if self.last is None:
            return False
        head = self.tokens[self.nominals.token_of[index]] if index in self.nominals.token_of else None
        if self._titles(index, phrase):
            return True
        if phrase.kind == "name":
            owner = next(
                (
                    p
                    for p in self.nominals.phrases
                    if any(name == "باسم" and i == self.last for name, i in p.prepositions)
                ),
                None,
            )
            if owner is None or owner.appositions:
                return False
            owner.appositions = (*owner.appositions, index)
            owner.span = Span(owner.span.start, phrase.span.end)
            phrase.label, phrase.classes = "PERSON", frozenset({"person", "name"})
            return True
        lemma = key(head.form.lemma) if head is not None and head.form is not None else ""
        return (
            phrase.quantity is None
            and not phrase.classes
            and lemma in self.nominals.known.adjectives
            and phrase.possessor is not None
        )

    def _titles(self, index: int, phrase: Phrase) -> bool:
        """Takes a rank with its name as said of the office before it: «الناطق الرسمي العقيد منصف»."""
        if (
            self.last is None
            or not phrase.appositions
            or self.nominals.ends.get(self.last) != self.nominals.token_of.get(index)
        ):
            return False
        office = self.nominals.phrases[self.last]
        if (
            not (office.has("person") and phrase.has("person") and office.definite and phrase.definite)
            or office.appositions
        ):
            return False
        office.appositions, phrase.appositions = phrase.appositions, ()
        office.span = Span(office.span.start, phrase.span.end)
        return True

    def _opens_clause(self, phrase: Phrase, end: int) -> bool:
        """Whether «والمحتجون يغلقون» starts a clause of its own: a definite noun or pronoun with its verb after it."""
        if phrase.kind == "pronoun":
            return True
        follows = self.tokens[end] if end < len(self.tokens) else None
        return (
            follows is not None
            and follows.pos == "verb"
            and not follows.conjunction
            and phrase.definite is True
            and phrase.kind != "time"
        )

    def _wants_object(self, group: Group) -> bool:
        room = 1 if group.token.lemma in self.words["double"] else 0
        wants = group.token.lemma in self.words["objects"] or group.token.lemma in self.words["aims"]
        return wants and len(group.after) <= room

    def _place(self, index: int, phrase: Phrase) -> None:
        if phrase.kind == "time" or self._hour(index):
            if self.current is not None:
                self._add(self.current.clause, self._argument("adverbial", index))
            elif self.event is None:
                self.loose.append(("", index))
            if self.event is not None:
                self._add(self.clauses[self.events[self.event]], self._argument("adverbial", index))
            return
        if self._object_of_event(index):
            return
        named = (
            self.current is not None
            and self.current.clause.lemma in self.words["naming"]
            and self.relation == "content"
        )
        if self.current is not None and named and (self.marker or "").startswith("بان"):
            self._add(self.current.clause, self._argument("predicative", index))
        if self.current is None or self.relation is not None:
            self.pending.append(index)
            return
        if (outer := self._outer(index)) is not None:
            self.current = outer
        self.current.after.append(index)
        self.pending.append(index)

    def _outer(self, index: int) -> Group | None:
        """The clause around a relative one that has all it needs, if it still waits for a noun («فتح مسلحون يرتدون زيا النار»)."""
        group = self.current
        if group is None or group.owner is None or group.clause.parent is None:
            return None
        full = bool(group.after) or (group.token.pronoun != "" and not self._agrees(group, index))
        outer = next((g for g in self.groups if g.clause.index == group.clause.parent), None)
        return outer if full and outer is not None and len(outer.after) == 1 else None

    def _object_of_event(self, index: int) -> bool:
        """«قصف الطيران المدينة»: a second noun after a verbal noun and its doer is what it is done to."""
        if self.event is None:
            return False
        event = self.nominals.phrases[self.event]
        clause = self.clauses[self.events[self.event]]
        done = event.possessor is not None and self.nominals.phrases[event.possessor].has("person", "group")
        thing = self.nominals.phrases[index].has("facility", "place", "part", "vehicle", "org")
        if clause.lemma in self.words["patient_possessor"] and done and thing:
            self._add(clause, self._argument("object", index))
            return True
        if (
            clause.lemma not in self.words["either_possessor"]
            or event.possessor is None
            or not (self._agent(event.possessor) or self.nominals.phrases[event.possessor].has("person"))
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
        fits = [p for p in chain if p.classes & new.classes] or [
            p for p in chain if general & {c.split(".")[0] for c in p.classes}
        ]
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
        for words, preposition in compounds().get(self.tokens[i].key.removeprefix("و"), ()):
            if [t.key for t in self.tokens[i + 1 : i + len(words)]] == list(words[1:]):
                return preposition, len(words)
        return None

    def _preposition(self, i: int, token: Token) -> int:
        if token.pronoun:
            size = len(letters(self.text[token.span.start : token.span.end])) - len(token.pronoun)
            index = self._pronoun(Span(min(token.span.start + size, token.span.end - 1), token.span.end), token.pronoun)
            self._attach(plain(token.lemma), index)
            return i + 1
        return self._prepositional(i, token.lemma, 1)

    def _prepositional(self, i: int, preposition: str, step: int) -> int:
        """A preposition with its phrase, attached to the verb, to the latest event and to the noun before."""
        k, preposition = i + step, plain(preposition)
        if (
            preposition == "في"
            and self.tokens[i].conjunction == "و"
            and i
            and self.tokens[i - 1].key in COMMAS
            and self._sets(k)
        ):
            self._close_nominal()
            self.current, self.event, self.last = None, None, None
            self._fresh()
        while k < len(self.tokens) and (
            self.tokens[k].key in QUOTES or (self.tokens[k].stem == "عدم" and step == 1 and k == i + step)
        ):
            if self.tokens[k].stem == "عدم":
                self.negation = "عدم"
            k += 1
        if preposition == "في حال":
            self.marker, self.relation = "في حال", "adverbial"
            self.pending = []
        lasting = False
        if preposition == "من" and self.since[1] == i:
            preposition = self.since[0]
            lasting = self._lasting(k)
        if preposition == "من" and k < len(self.tokens) and self.tokens[k].pos == "verb":
            self.marker, self.relation, self.owner, self.pending = "من", "relative", None, []
            return k
        if k >= len(self.tokens) or self.tokens[k].pos in (
            "content",
            "relative",
            "adverbial",
            "verb",
            "preposition",
            "punctuation",
            "negation",
        ):
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
        if self._asked_for(i, preposition):
            self._beside(preposition, index)
            return end
        self._attach(preposition, index)
        self._events(index, preposition)
        if lasting and index in self.events:
            self.clauses[self.events[index]].modality = "possible"  # no deed of its own
        self.last = index
        return end

    def _sets(self, k: int) -> bool:
        """Whether a verb follows within a few words: «، وفي البلدة تجمع الأهالي» opens a clause of its own."""
        for token in self.tokens[k + 1 : k + 6]:
            if token.pos == "verb":
                return not token.conjunction
            if token.conjunction or token.pos not in ("noun", "unknown", "name"):
                return False
        return False

    def _lasting(self, k: int) -> bool:
        """Whether a time tells how long something had gone on, not when something was: «بعد أسبوع من الاحتجاجات»."""
        phrase = self.nominals.phrases[self.last] if self.last is not None else None
        form = self.tokens[k].form if k < len(self.tokens) else None
        if phrase is None or phrase.kind != "time" or form is None or form.number != "plural":
            return False
        for clause, held in self.arguments.items():
            self.arguments[clause] = [a for a in held if a.phrase != phrase.index]
        return True

    def _asked_for(self, i: int, preposition: str) -> bool:
        """Whether the word before is an adjective that asks for the preposition, or a place whose lie is told."""
        if i == 0 or self.last is None or self.nominals.ends.get(self.last) != i:
            return False
        before = self.tokens[i - 1]
        lemma = key(before.form.lemma) if before.form is not None else before.stem
        if preposition in ("من", "ل", "ب", "إلى", "في", "عن") and lemma in self.words["asking"]:
            return True
        part = list(self.nominals.named_part(self.last))[-1]
        return preposition in self.words["directions"] and self.nominals.phrases[part].has("place", "proper")

    def _beside(self, preposition: str, index: int) -> None:
        """Hangs a prepositional phrase on the noun before alone."""
        assert self.last is not None
        phrase = self.nominals.phrases[self.last]
        phrase.prepositions = (*phrase.prepositions, (preposition, index))

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
            if preposition in self.words["setting_against"]:  # «غير أن»: but
                self.relation, self.current, self.event = None, None, None
                return k + 1
            if preposition in self.words["temporal"] + self.words["negative_prepositions"]:
                self.marker, self.relation = preposition, "adverbial"
                if preposition in self.words["negative_prepositions"]:
                    self.negation = "لا"
            return k + 1
        return max(k, i + 1)

    def _attach(self, preposition: str, index: int) -> None:
        if preposition == "ب" and self.nominals.phrases[index].has("place", "proper"):
            preposition = "في"
        if preposition in self.words["agents"]:
            target = self.event if self.event is not None else None
            clause = (
                self.clauses[self.events[target]]
                if target is not None
                else self.current.clause
                if self.current
                else None
            )
            if clause is not None:
                self._add(clause, self._argument("subject", index))
                return
        self.sources.append((preposition, index))
        timed = self.nominals.phrases[index].kind == "time" or self._ordinal(index)
        argument = self._argument("adverbial" if timed else "oblique", index, preposition)
        governed = self.current is not None and preposition in self.words["governs"].get(self.current.clause.lemma, ())
        if (
            self.current is not None
            and self.current.owner is not None
            and not governed
            and (outer := self._governing(preposition))
        ):
            self.current, governed = outer, True
        if self._describes_source(preposition, index):
            phrase = self.nominals.phrases[self.last or 0]
            phrase.prepositions = (*phrase.prepositions, (preposition, index))
            return
        if self.last is not None and not governed:
            phrase, whole = self.nominals.phrases[self.last], self.nominals.phrases[index]
            phrase.prepositions = (*phrase.prepositions, (preposition, index))
            if preposition == "من" and phrase.has("part") and whole.has("group", "org"):
                phrase.classes = phrase.classes | whole.classes  # «وحدات من الدرك»
        if self.event is not None and not governed and not self._looks_back(preposition, index):
            self._add(self.clauses[self.events[self.event]], argument)
        if self.current is not None and self.relation is None:
            if not self._explained(preposition, index):
                self._add(self.current.clause, argument)
        elif self.current is None or self.relation is not None:
            self.loose.append((preposition, index))

    def _looks_back(self, preposition: str, index: int) -> bool:
        """Whether a place belongs to the verb alone: a known deed only gives the reason («منددين بالمجزرة في البلدة»)."""
        if self.event is None or preposition != "في" or not self.nominals.phrases[index].has("place"):
            return False
        clause = self.clauses[self.events[self.event]]
        over = self.clauses[clause.parent] if clause.parent is not None else None
        reason = clause.marker in self.words["reasons"] or (
            clause.marker == "ب" and over is not None and over.kind == "noun"
        )
        return reason and over is not None and bool(self.nominals.phrases[self.event].definite)

    def _explained(self, preposition: str, index: int) -> bool:
        """Whether a place behind the reason of a deed is the reason's: the deed has its own («أحرقوها احتجاجا على حادث في ...»)."""
        if self.current is None or preposition not in ("في", "ب") or not self.nominals.phrases[index].has("place"):
            return False
        clause = self.current.clause
        mine = self.arguments.get(clause.index, [])
        if not any(a.preposition in self.words["reasons"] for a in mine):
            return False
        above = (
            self.arguments.get(clause.parent, [])
            if clause.relation == "coordination" and clause.parent is not None
            else []
        )
        return any(
            a.phrase is not None and a.function == "oblique" and self.nominals.phrases[a.phrase].has("place")
            for a in (*mine, *above)
        )

    def _governing(self, preposition: str) -> Group | None:
        """The clause around a relative one whose verb asks for the preposition («تتهم فصائل تدعمها إيران بإطلاق»)."""
        parent = self.current.clause.parent if self.current is not None else None
        outer = next((g for g in self.groups if g.clause.index == parent), None)
        if outer is not None and preposition in self.words["governs"].get(outer.clause.lemma, ()):
            return outer
        return None

    def _hour(self, index: int) -> bool:
        """«شوهدت تحلق قرابة الثالثة فجرا»: an ordinal before a part of the day."""
        end = self.nominals.ends.get(index, len(self.tokens))
        return end < len(self.tokens) and self._ordinal(index) and self.nominals.starts_time(end)

    def _ordinal(self, index: int) -> bool:
        """A day of the month: «في السابع من الشهر»."""
        if index not in self.nominals.token_of:
            return False
        token = self.tokens[self.nominals.token_of[index]]
        return token.definite and (
            token.lemma in ordinals() or (token.form is not None and token.form.lemma in ordinals())
        )

    def _describes_source(self, preposition: str, index: int) -> bool:
        """«مصدر في الشرطة» of a sentence that tells what somebody says: belongs to the person alone."""
        if preposition == "باسم" and self.last is not None:
            return True
        if self.last is None or preposition not in ("في", "من", "ب") or self.event is not None:
            return False
        whom, where = self.nominals.phrases[self.last], self.nominals.phrases[index]
        speaking = (
            self.current is not None and self.current.clause.lemma in self.words["speech"] and not self.current.content
        )
        source = any(p in ("بحسب", "وفق", "حسب", "نقلا عن", "وفقا") and i == self.last for p, i in self.sources)
        return whom.has("person") and where.has("org", "facility", "group") and (speaking or source)

    def _claim_loose(self, clause: Clause) -> None:
        """Prepositional phrases and times before the verb are its own."""
        for preposition, index in self.loose:
            self._hang_loose(clause, preposition, index)
            self._add(clause, self._argument("oblique" if preposition else "adverbial", index, preposition or None))
        self.loose = []

    def _hang_loose(self, clause: Clause, preposition: str, index: int) -> None:
        """«بعد هجوم على القنصلية أغلقت الشرطة»: an event told before its verb hangs on it."""
        for part in self.nominals.named_part(index):
            event = self.clauses[self.events[part]] if part in self.events else None
            if event is None or event.parent is not None:
                continue
            event.parent, event.relation = clause.index, "argument"
            if preposition in self.words["temporal"]:
                event.relation, event.marker = "adverbial", key(preposition)

    def _copula(self, i: int) -> bool:
        """An indefinite adjective that frames know, said of the phrase before («إيران مسؤولة عن»)."""
        token = self.tokens[i]
        lemma = token.form.lemma if token.form else token.lemma
        if lemma not in self.words["adjectives"] or token.definite or token.conjunction or not self.pending:
            return False
        if (
            self.current is not None
            and self.relation is None
            and self.current.clause.lemma not in self.words["copulas"]
        ):
            return False
        subject = self.pending[-1] if self.current is None or self.relation is not None else self.pending[0]
        clause = Clause(index=len(self.clauses), predicate=token.core, lemma=lemma, kind="copula", span=token.span, tense="present",
                        negated=bool(self.negation), quoted=any(q.covers(token.core) for q in self.sentence.quotes))  # fmt: skip
        clause.parent = self.current.clause.index if self.current is not None else None
        clause.relation, clause.marker = (self.relation if clause.parent is not None else None), self.marker  # type: ignore[assignment]
        self.clauses.append(clause)
        self._add(clause, self._argument("subject", subject))
        self.current, self.event = Group(clause, token), None
        self._claim_loose(clause)
        self._fresh()
        return True

    @abstractmethod
    def _content(self, i: int, token: Token) -> int:
        """«أن», «إن», «بأن»: opens what is said; see the reader."""
