"""Arabic nouns that tell what happened: clauses of verbal nouns and event nouns, with their doer and sufferer."""

from __future__ import annotations

from kavass.lang.ar.forms import key
from kavass.lang.ar.reading import OBJECT_PRONOUNS, Reading
from kavass.lang.clause import Argument, Clause, Function
from kavass.model import Span

# Who acts rather than suffers when a verbal noun can be read either way.
AGENTS = (
    "group", "weapon", "state", "person.fighter", "person.assailant", "person.military", "person.police", "person.security",
    "person.crowd", "vehicle.military", "org.military",
)  # fmt: skip

THOUSANDS, HUNDREDS = 1000, 100  # of so many deeds none is told by itself
UNTIL = ("حتى", "إلى", "منذ", "قبل", "بعد")


class Events(Reading):
    """Opens clauses for event nouns and settles their arguments."""

    def _events(self, index: int, preposition: str | None) -> None:
        """Opens a clause for every noun of a chain that tells of something."""
        outer: int | None = None
        inside = (
            self.told_end
        )  # after the words of the entry before: «وقف إطلاق النار», «تبادل لإطلاق النار» tell of no shooting
        for part in self.nominals.named_part(index):
            lemma = self._event_lemma(part)
            head = self.nominals.token_of[part]
            if lemma is None or part in self.nominals.inert or head < inside:
                continue
            inside = self.told_end = head + len(lemma.split(" "))
            phrase = self.nominals.phrases[part]
            clause = Clause(index=len(self.clauses), predicate=phrase.head, lemma=lemma, kind="noun", span=phrase.span,
                            tense="none",
                            negated=phrase.negated, phrase=part, relation="argument",
                            quoted=any(q.covers(phrase.head) for q in self.sentence.quotes))  # fmt: skip
            clause.parent = outer if outer is not None else self._event_parent(preposition)
            if (
                self._supposed(index, part, preposition)
                or self._general(part, clause.parent)
                or self._summed(index, part)
            ):
                clause.modality = "possible"
            elif self._led(index, part):
                self._intended(clause, preposition)
            for joined in (p for p in phrase.conjuncts if p in self.events and clause.modality == "actual"):
                clause.modality = self.clauses[self.events[joined]].modality
            self._hang(clause, preposition, outer)
            self.clauses.append(clause)
            self.events[part] = clause.index
            outer = clause.index
            self.event = part

    def _supposed(self, index: int, part: int, preposition: str | None) -> bool:
        """Whether a noun before it in the chain, or the one whose «من» it is, says that it may come."""
        before = [p for p in self.nominals.named_part(index) if p < part]
        if preposition in ("من", "ب", "ل") and self.last is not None:
            before += self.nominals.named_part(self.last)
        return any(self.nominals.phrases[p].lemma in self.words["supposed"] for p in before)

    def _summed(self, index: int, part: int) -> bool:
        """Whether it is a figure for many deeds rather than one: «214 حالة خطف», «17 ألف حادث»."""
        many = max(self.nominals.phrases[p].low or 0 for p in (index, part))
        return many >= THOUSANDS or (many >= HUNDREDS and self.nominals.phrases[index].lemma in self.words["cases"])

    def _led(self, index: int, part: int) -> bool:
        """Whether a noun stands first in its chain, nouns that only carry it left out: «شن هجوم», «فرض حظر»."""
        before = [p for p in self.nominals.named_part(index) if p < part]
        return all(self.nominals.phrases[p].lemma in self.words["carrying"] for p in before)

    def _intended(self, clause: Clause, preposition: str | None) -> None:
        """«هدد بقصف», «دعا إلى تظاهرة»: a deed that somebody only speaks of, by the verb that it hangs on."""
        over = self.clauses[clause.parent] if clause.parent is not None else None
        if over is None or over.kind == "noun" or over.negated:
            return
        governed = self.words["governs"].get(over.lemma, ())
        if preposition in governed if governed else preposition is None:
            clause.modality = self.words["intending"].get(over.lemma, clause.modality)

    def _general(self, part: int, parent: int | None) -> bool:
        """«أي هجوم», «كل اعتداء»: of any such thing, unless that there was one is denied."""
        head = self.nominals.token_of[part]
        before = self.tokens[head - 1] if head else None
        if before is None or before.stem not in ("اي", "ايه", "كل") or self.tokens[head].definite:
            return False
        over = self.clauses[parent] if parent is not None else None
        return over is None or not (over.negated or over.lemma in self.words["denying"])

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
            return (
                self.clauses[self.events[self.event]].index
                if self.event is not None and self.current is None and preposition
                else None
            )
        if (
            self.event is not None
            and preposition
            and preposition not in self.words["governs"].get(self.current.clause.lemma, ())
        ):
            return self.events[self.event]
        return self.current.clause.index

    def _hang(self, clause: Clause, preposition: str | None, outer: int | None) -> None:
        if clause.parent is None:
            clause.relation = None
        elif outer is None and preposition in self.words["temporal"]:
            clause.relation, clause.marker = "adverbial", key(preposition or "")
        elif outer is None and preposition:
            clause.marker = preposition
        if outer is None and preposition == "في حال":
            clause.modality, clause.marker, clause.relation = "conditional", "في حال", "adverbial"
            self.marker = self.relation = None

    def _event_arguments(self, part: int, clause: Clause) -> None:
        """Subject and object of a noun: its genitive or pronoun, and what a carrying verb lends it."""
        phrase, token = self.nominals.phrases[part], self.tokens[self.nominals.token_of[part]]
        has = {a.function for a in self.arguments.get(clause.index, ())}
        whose = self._beyond(phrase.possessor, len(clause.lemma.split(" ")) - 1)
        if whose is None and token.pronoun in OBJECT_PRONOUNS:
            whose = self._sufferer(clause, token.pronoun)
        if whose is None and token.pronoun in OBJECT_PRONOUNS:
            whose = self._pronoun(Span(token.core.end, token.span.end), token.pronoun)
        if whose is not None and self.nominals.phrases[whose].kind != "time":
            function = self._possessor_function(clause.lemma, whose, "object" in has)
            if function == "subject" and self.nominals.phrases[whose].has("place") and not self._agent(whose):
                self._add(clause, self._argument("oblique", whose, "في"))
                has.add(function)
            if function not in has:
                self._add(clause, self._argument(function, whose))
                has.add(function)
        self._aim(part, clause, has)
        self._seen(part, clause)
        if clause.modality == "actual" and (self._ahead(part, clause) or self._starting(part)):
            clause.modality = "future"
        parent = self.clauses[clause.parent] if clause.parent is not None else None
        if parent is not None and parent.kind in ("verb", "participle"):
            self._lend(parent, clause, part, has)

    def _ahead(self, part: int, clause: Clause) -> bool:
        """Whether a noun is said to come: «غدا», «الأحد المقبل», or any day behind what was announced («أعلن الإضراب الأحد»)."""
        over = self.clauses[clause.parent] if clause.parent is not None else None
        announced = (
            over is not None and over.lemma in self.words["announcing"] and clause.lemma in self.words["plannable"]
        )
        after, until = self.nominals.phrases[part].head.end, False
        for argument in self.arguments.get(clause.index, ()):
            phrase = self.nominals.phrases[argument.phrase] if argument.phrase is not None else None
            until = until or argument.preposition in UNTIL
            if (
                phrase is None
                or phrase.kind != "time"
                or argument.preposition in UNTIL
                or (until and argument.preposition == "من")
            ):
                continue
            when = {w for p in self.nominals.named_part(phrase.index) for w in self._time_words(p)}
            if when & self.words["coming"]:
                return True
            if announced and argument.span.start > after and not when & self.words["gone"]:
                return True
        return False

    def _time_words(self, index: int) -> set[str]:
        phrase = self.nominals.phrases[index]
        return {phrase.lemma, *phrase.modifiers}

    def _starting(self, part: int) -> bool:
        """«حظر تجول يسري من الليلة», «اعتصام يبدأ الأحد»: a verb in the imperfect says that it starts."""
        for group in self.groups:
            if group.clause.lemma not in self.words["starting"] or group.clause.tense != "present":
                continue
            if group.owner == part or part in self._arguments_of(group.clause.index, "subject"):
                return True
        return False

    def _sufferer(self, clause: Clause, pronoun: str) -> int | None:
        """«أطلقوا النار على سيارة المهندس ما أدى إلى مقتله»: of what the deed was aimed at, the person that the pronoun fits."""
        if pronoun not in ("ه", "هم") or clause.lemma not in self.words["patient_possessor"] or clause.parent is None:
            return None
        led = self.clauses[clause.parent]
        if led.marker != "ما" or led.parent is None:
            return None
        aimed = [a.phrase for a in self.arguments.get(led.parent, ()) if a.function in ("object", "oblique")]
        for index in (p for a in aimed if a is not None for p in self.nominals.named_part(a)):
            phrase = self.nominals.phrases[index]
            if phrase.has("person") and (phrase.number == "plural") == (pronoun == "هم"):
                return index
        return None

    def _beyond(self, whose: int | None, inside: int) -> int | None:
        """The genitive after the words of an entry («محاولة اغتيال المحافظ»); the last of them where it is a thing acted on."""
        for _ in range(inside):
            if whose is None:
                return None
            phrase = self.nominals.phrases[whose]
            if phrase.has("facility", "service", "illness", "object", "group"):
                return whose
            whose = phrase.possessor
        return whose

    def _aim(self, part: int, clause: Clause, has: set[Function]) -> None:
        """«قصف استهدف القاعدة»: what the event's own verb hits is what the event is done to."""
        for group in self.groups:
            mine = self.arguments.get(group.clause.index, ())
            if group.owner == part and group.clause.lemma in self.words["support"] | self.words["undergo"]:
                self._carried(clause, group.clause, has)
            if group.clause.lemma in self.words["aims"] and any(
                a.function == "subject" and a.phrase is not None and self._stands_for(a.phrase, part) for a in mine
            ):
                for argument in mine:
                    if argument.function == "object" and "object" not in has:
                        self._add(clause, argument)
                        has.add("object")
                    elif argument.function in ("oblique", "adverbial") and argument.phrase is not None:
                        self._add(clause, argument)

    def _carried(self, clause: Clause, verb: Clause, has: set[Function]) -> None:
        """«هجوم شنته جماعة على المقر», «هجوم تعرض له المقر»: the verb that describes a deed brings its doer and its aim."""
        suffers = verb.lemma in self.words["undergo"] and verb.voice == "active"
        for argument in self.arguments.get(verb.index, ()):
            function = argument.function
            if argument.phrase is None or (function == "object" and verb.voice == "active"):
                continue
            if function == "subject" and suffers:
                function = "object"
            if function not in ("subject", "object") or function not in has:
                self._add(clause, self._argument(function, argument.phrase, argument.preposition))
                has.add(function)

    def _seen(self, part: int, clause: Clause) -> None:
        """«احتجاجات تشهدها المدينة»: where it is, told by a clause that describes it."""
        for group in self.groups:
            if group.owner != part or group.clause.lemma not in self.words["sees"]:
                continue
            for argument in self.arguments.get(group.clause.index, ()):
                if argument.function == "subject":
                    self._inside(clause, argument)
                elif argument.function == "adverbial":
                    self._add(clause, argument)

    def _inside(self, clause: Clause, argument: Argument) -> None:
        """The town that saw it is where it was."""
        if argument.phrase is None:
            return
        town = list(self.nominals.named_part(argument.phrase))[-1]
        if self.nominals.phrases[town].has("place", "proper"):
            self._add(clause, self._argument("oblique", town, "في"))

    def _possessor_function(self, lemma: str, whose: int, object_known: bool) -> Function:
        first = lemma.split(" ")[-1] if lemma.split(" ")[0] in self.words["attempts"] else lemma.split(" ")[0]
        if first in self.words["patient_possessor"]:
            return "subject" if object_known and self.nominals.phrases[whose].has("person", "group") else "object"
        if first in self.words["either_possessor"]:
            return "subject" if object_known or self._agent(whose) else "object"
        return "subject"

    def _agent(self, index: int) -> bool:
        """Whether a phrase can act rather than suffer: forces, fighters, weapons, states."""
        phrase = self.nominals.phrases[index]
        return phrase.has(*AGENTS)

    def _lend(self, parent: Clause, clause: Clause, part: int, has: set[Function]) -> None:
        """What the verb that carries an event noun gives it: subject, prepositional phrases, negation."""
        given = list(self.arguments.get(parent.index, ()))
        mine = next((a for a in given if a.phrase is not None and self._stands_for(a.phrase, part)), None)
        if mine is None:
            return
        support = parent.lemma in self.words["support"] and mine.function in ("object", "oblique")
        undergone = parent.lemma in self.words["undergo"] and mine.function == "oblique"
        accused = parent.lemma in self.words["accusing"] and mine.preposition == "ب"
        if accused and "subject" not in has:
            for argument in [a for a in given if a.function == "object" and a.phrase is not None]:
                self._add(clause, Argument(function="subject", phrase=argument.phrase, span=argument.span))
        announced = parent.lemma in self.words["announcing"] and clause.lemma in self.words["plannable"]
        if announced and "subject" not in has:
            for argument in [a for a in given if a.function == "subject" and a.phrase is not None]:
                self._add(clause, argument)
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
            if argument.function == "subject" and parent.lemma in self.words["sees"] and mine.function == "object":
                self._inside(clause, argument)
            elif argument.function == "subject" and (support or undergone):
                function: Function = "object" if undergone else "subject"
                if function not in has:
                    self._add(clause, Argument(function=function, phrase=argument.phrase, span=argument.span))
            elif argument.function in ("oblique", "adverbial") and argument.phrase is not None:
                self._add(clause, argument)

    def _stands_for(self, index: int, part: int) -> bool:
        """Whether a phrase, or one joined to it, is the noun or only carries it: «سلسلة انفجارات»."""
        for member in (index, *self.nominals.phrases[index].conjuncts):
            for link in self.nominals.named_part(member):
                if link == part:
                    return True
                if self.nominals.phrases[link].lemma not in self.words["carrying"]:
                    break
        return False

    def _close_nominal(self) -> None:
        """Gives what waits for a verb that never comes to the event noun of the headline."""
        if self.current is None and self.loose and self.event is not None:
            clause = self.clauses[self.events[self.event]]
            have = {a.phrase for a in self.arguments.get(clause.index, ())}
            for preposition, index in self.loose:
                if index not in have and index != clause.phrase:
                    self._add(
                        clause, self._argument("oblique" if preposition else "adverbial", index, preposition or None)
                    )
        self.loose = []
