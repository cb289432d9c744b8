"""Who does what to whom in an Arabic clause: subject and object by agreement, position and class, voice undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kavass.lang.ar.events import Events
from kavass.lang.ar.forms import key
from kavass.lang.ar.reading import Group
from kavass.lang.clause import Argument
from kavass.model import Span

NEAR = 2  # letters between two words that stand side by side


class Arguments(Events):
    """Settles the arguments of verbs once the whole sentence has been met."""

    def _settle(self, group: Group) -> None:
        """Subject and object of a verb, by agreement, position and class."""
        clause, form = group.clause, group.token.form
        clause.first = form is not None and form.person == 1
        has_object = any(a.function == "object" for a in self.arguments.get(clause.index, ()))
        has_agent = any(a.function == "subject" for a in self.arguments.get(clause.index, ()))
        after = [p for p in group.after if self.nominals.phrases[p].kind != "time"]
        passive = clause.voice == "passive" or has_agent
        mine = group.token.pronoun in ("نا", "ني") or (form is not None and form.person == 1 and not has_object)
        if clause.lemma in self.words["deadly"] and mine and not after and clause.modality == "actual":
            clause.modality = "possible"  # whoever was killed does not tell of it
        before = self._preverbal(group)
        if self._looks_ahead(group) or (before is None and self._set_for(group)):
            clause.modality = "future"
        if passive:
            clause.voice = "passive"
            for phrase in after[:1] or ([before] if before is not None else []):
                self._add(clause, self._argument("object", phrase))
            for phrase in after[1:2]:
                self._add(clause, self._argument("predicative", phrase))
            return
        subject, objects = before, after
        if clause.kind == "participle":
            before = subject = self._inherited(group)
        if (
            clause.kind != "participle"
            and before is None
            and not self._drops_subject(form)
            and after
            and self._can_be_subject(group, after)
        ):
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
            joined = phrase in self.nominals.token_of and self.tokens[self.nominals.token_of[phrase]].conjunction == "و"
            self._add(clause, self._argument("object" if joined and not has_object else "predicative", phrase))

    def _looks_ahead(self, group: Group) -> bool:
        """Whether a verb in the imperfect has a time that is yet to come: «تعلق الدراسة غدا»."""
        form = group.token.form
        if form is None or form.tense != "imperfect" or group.clause.modality != "actual":
            return False
        times = [a.phrase for a in self.arguments.get(group.clause.index, ()) if a.function == "adverbial"]
        return any(
            {self.nominals.phrases[p].lemma, *self.nominals.phrases[p].modifiers} & self.words["coming"]
            for t in times
            if t is not None
            for p in self.nominals.named_part(t)
        )

    def _set_for(self, group: Group) -> bool:
        """Whether a measure in the imperfect stands with a bare day, which is the one to come: «يُعلق العمل يوم الأحد»."""
        clause, form = group.clause, group.token.form
        if form is None or form.tense != "imperfect" or clause.modality != "actual" or clause.tense != "present":
            return False
        if clause.lemma not in self.words["scheduling"] or clause.progressive or clause.negated:
            return False
        for a in self.arguments.get(clause.index, ()):
            if a.function == "adverbial" and a.phrase is not None and a.preposition in (None, "في", "من"):
                named = [self.nominals.phrases[p] for p in self.nominals.named_part(a.phrase)]
                words = {w for p in named for w in (p.lemma, *p.modifiers)}
                if any(key(p.lemma) in self.words["weekday"] for p in named) and not words & self.words["gone"]:
                    return True
        return False

    def _can_be_subject(self, group: Group, after: Sequence[int]) -> bool:
        """Whether the first noun after a verb is its subject.

        It is not if somebody must speak and it tells of an event, nor if it does not agree and the clause before lends one.
        """
        phrase = self.nominals.phrases[after[0]]
        known = after[0] in self.nominals.token_of and self.tokens[self.nominals.token_of[after[0]]].form is not None
        who = (
            "person",
            "group",
            "org",
            "people",
            "state",
            "statement",
            "facility",
            "place",
            "evidence",
            "account",
            "part",
        )
        if (
            group.clause.lemma in self.words["speech"]
            and group.clause.lemma not in self.words["happening"]
            and phrase.kind not in ("name", "pronoun", "number")
            and known
            and not phrase.has(*who)
        ):
            return False
        lent = self._inherited(group)
        if (
            lent is not None
            and len(after) == 1
            and group.clause.lemma in self.words["transitive"]
            and phrase.definite is not True
        ):
            return group.clause.lemma in self.words["victim_verbs"]
        return lent is None or self._agrees(group, after[0])

    def _drops_subject(self, form: Any) -> bool:
        """Whether the verb's ending is its subject: plural and dual verbs, first and second persons."""
        return form is not None and (form.number != "singular" or form.person != 3)

    def _preverbal(self, group: Group) -> int | None:
        """The phrase before the verb that is its subject: by agreement, the nearest that is no time."""
        if group.owner is not None:
            phrase = self.nominals.phrases[group.owner]
            if group.token.pronoun or phrase.kind == "time":
                return None
            return group.owner if self._agrees(group, group.owner) and not self._resumed(group) else None
        if group.token.conjunction:
            return None
        if group.clause.marker == "ما" or group.clause.marker == "ما":
            return None
        for index in reversed(group.before):
            if self._agrees(group, index):
                return index
        return None

    def _resumed(self, group: Group) -> bool:
        """Whether a relative clause has its own subject after the verb («فصائل تدعمها إيران», «عملية نفذها»)."""
        return bool(group.token.pronoun) and bool(group.after)

    def _passive_like(self, group: Group, after: Sequence[int], has_object: bool) -> bool:
        """Whether one bare noun after a verb that takes an object is that object («قتل ثلاثة جنود»)."""
        form = group.token.form
        if has_object or len(after) != 1 or group.content or group.clause.lemma not in self.words["transitive"]:
            return False
        return form is not None and form.voice != "active" and group.clause.lemma not in self.words["intransitive"]

    def _passive_before(self, group: Group) -> bool:
        """«المهاجمين قتلوا جميعا»: a plural verb whose noun stands before and that has no object."""
        form = group.token.form
        if (
            group.content
            or group.clause.lemma not in self.words["transitive"]
            or form is None
            or form.voice == "active"
        ):
            return False
        if any(a.function == "object" for a in self.arguments.get(group.clause.index, ())):
            return False
        return not any(a.function == "oblique" and a.preposition in ("على", "إلى", "ب", "من", "عن") for a in
                       self.arguments.get(group.clause.index, ()))  # fmt: skip

    def _inherited(self, group: Group) -> int | None:
        """The subject of the clause before, for a verb that has none of its own."""
        clause, form = group.clause, group.token.form
        if self._seen_doing(group):
            return next(iter(self._arguments_of(clause.parent or 0, "object")), None)
        if (
            (form is not None and form.person != 3)
            or clause.parent is None
            or clause.relation not in ("coordination", "adverbial", "content")
        ):
            return None
        if (
            clause.relation != "coordination"
            and clause.kind != "participle"
            and clause.marker not in ("ان", "بان", "كي", "لكي", "دون", "قبل", "بعد")
        ):
            return None
        parent = self.clauses[clause.parent]
        found = [
            a.phrase
            for a in self.arguments.get(parent.index, ())
            if a.function == ("object" if parent.voice == "passive" else "subject")
        ]
        if not found or found[0] is None:
            return None
        return (
            found[0]
            if clause.kind == "participle" or self._agrees(group, found[0]) or self._plural_of(group, found[0])
            else None
        )

    def _seen_doing(self, group: Group) -> bool:
        """«طائرة شوهدت تحلق»: who was seen does what follows."""
        parent = self.clauses[group.clause.parent] if group.clause.parent is not None else None
        near = parent is not None and group.clause.predicate.start - parent.predicate.end <= NEAR
        return near and group.clause.relation is None and parent is not None and parent.voice == "passive"

    def _plural_of(self, group: Group, index: int) -> bool:
        form = group.token.form
        return form is not None and form.number == "plural" and self.nominals.phrases[index].has("person")

    def _adopt(self) -> None:
        """A noun that waited for its verb («المواجهات اندلعت») hangs on it as one after its verb does."""
        for group in self.groups:
            for subject in self._arguments_of(
                group.clause.index, "subject" if group.clause.voice == "active" else "object"
            ):
                waiting = self.events.get(subject)
                if waiting is None or waiting > group.clause.index or group.owner is not None:
                    continue
                clause = self.clauses[waiting]
                if clause.parent is None and clause.relation is None:
                    clause.parent, clause.relation = group.clause.index, "argument"

    def _antecedents(self) -> None:
        """A pronoun for a thing takes the classes of what the verb before was done to («اقتحموا القنصلية وأحرقوها»)."""
        for group in self.groups:
            if group.clause.relation != "coordination" or group.clause.parent is None:
                continue
            above = [self.nominals.phrases[p] for p in self._arguments_of(group.clause.parent, "object")]
            if not above or above[0].has("person"):
                continue
            for argument in self.arguments.get(group.clause.index, ()):
                phrase = self.nominals.phrases[argument.phrase] if argument.phrase is not None else None
                if phrase is None or phrase.kind != "pronoun" or phrase.number != "singular" or phrase.classes:
                    continue
                if argument.function in ("object", "oblique"):
                    phrase.classes = above[0].classes

    def _spans(self) -> None:
        """A clause reaches over its arguments and over the clauses that hang on it; content clauses become complements."""
        for clause in reversed(self.clauses):
            spans = [clause.span, *(a.span for a in clause.arguments)]
            spans += [c.span for c in self.clauses if c.parent == clause.index and c.relation != "coordination"]
            clause.span = Span(min(s.start for s in spans), max(s.end for s in spans))
        for clause in self.clauses:
            if clause.relation == "content" and clause.parent is not None:
                parent = self.clauses[clause.parent]
                parent.arguments = (
                    *parent.arguments,
                    Argument(function="complement", clause=clause.index, span=clause.span),
                )
            elif clause.relation == "adverbial" and clause.parent is not None:
                parent = self.clauses[clause.parent]
                parent.arguments = (
                    *parent.arguments,
                    Argument(function="adverbial", clause=clause.index, span=clause.span),
                )
