"""What is kept while an Arabic sentence is read from its first word to its last: clauses in the making and their parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from kavass.lang.ar.closed import words_of
from kavass.lang.ar.phrases import Nominals
from kavass.lang.ar.words import Token, tokens
from kavass.lang.clause import Argument, Clause, Function, Phrase, Sentence
from kavass.lang.frames import Frames
from kavass.model import Span

OBJECT_PRONOUNS = {"ه": "هو", "ها": "هي", "هم": "هم", "هن": "هن", "هما": "هما"}


@dataclass(slots=True)
class Group:
    """A verb with what was met around it, until its arguments are settled."""

    clause: Clause
    token: Token
    before: list[int] = field(default_factory=list)  # bare phrases before the verb
    after: list[int] = field(default_factory=list)
    owner: int | None = None  # phrase that a relative clause describes
    content: bool = False  # a content clause follows


class Reading:
    """The state of one sentence and the makers of its parts."""

    def __init__(self, text: str, sentence: Sentence, frames: Frames):
        self.text, self.sentence, self.frames = text, sentence, frames
        self.tokens = tokens(text, sentence.span, frames)
        self.nominals = Nominals(text, self.tokens, frames)
        self.words = words_of(frames)
        self.clauses: list[Clause] = []
        self.groups: list[Group] = []
        self.events: dict[int, int] = {}  # phrase -> clause of the noun
        self.arguments: dict[int, list[Argument]] = {}
        self.current: Group | None = None
        self._fresh()
        self.event: int | None = None  # latest event phrase since the last verb
        self.told_end = 0  # token after the last entry of several words that told of something
        self.last: int | None = None  # latest phrase
        self.since: tuple[str, int] = ("", -1)  # «بعد ساعات» and the token after it: its «من» means «بعد»
        self.sources: list[tuple[str, int]] = []  # all prepositional phrases
        self.loose: list[tuple[str, int]] = []  # prepositional phrases before any verb
        self.resumes = -1  # token of «قد» behind which the verb of a clause opened by «كان» stands
        self.suspended: list[int] = []  # what waits for that verb

    def _fresh(self) -> None:
        """Forgets what waits for a verb."""
        self.pending: list[int] = []
        self.marker: str | None = None
        self.relation: str | None = None
        self.owner: int | None = None
        self.negation: str | None = None
        self.flags: set[str] = set()

    def _pronoun(self, span: Span, ending: str) -> int:
        phrase = Phrase(index=len(self.nominals.phrases), span=span, core=span, head=span,
                        lemma=OBJECT_PRONOUNS.get(ending, ending),
                        kind="pronoun", definite=True, number="plural" if ending in ("هم", "هن") else "singular",
                        gender="m" if ending == "ه" else "f" if ending == "ها" else None)  # fmt: skip
        self.nominals.phrases.append(phrase)
        return phrase.index

    def _argument(self, function: Function, index: int, preposition: str | None = None) -> Argument:
        return Argument(
            function=function, preposition=preposition, phrase=index, span=self.nominals.phrases[index].span
        )

    def _add(self, clause: Clause, argument: Argument) -> None:
        held = self.arguments.setdefault(clause.index, [])
        if argument not in held:
            held.append(argument)

    def _arguments_of(self, clause: int, function: Function) -> list[int]:
        return [a.phrase for a in self.arguments.get(clause, ()) if a.function == function and a.phrase is not None]

    def _agrees(self, group: Group, index: int) -> bool:
        form, phrase = group.token.form, self.nominals.phrases[index]
        head = self.tokens[self.nominals.token_of[index]] if index in self.nominals.token_of else None
        if phrase.kind == "time":
            return False
        if form is None or head is None or phrase.kind == "pronoun":
            return True
        if form.person == 1:
            return False
        if form.number == "plural":
            return (
                phrase.number != "singular"
                or phrase.has("group", "org", "people")
                or bool(phrase.conjuncts)
                or (phrase.high or 3) > 2
            )
        if form.number == "dual":
            return phrase.number == "dual" or phrase.low == 2 or bool(phrase.conjuncts)
        if phrase.has("proper", "people") and form.number == "singular":
            return True
        if head.form is None:
            return form.gender == "f" or not head.stem.endswith(("ه", "ات"))
        female = (head.form.gender == "f" and (bool(head.pronoun) or not head.theirs)) or (
            head.form.number == "plural" and not phrase.has("person")
        )
        many = bool(phrase.low and phrase.low > 2) or (
            phrase.has("person") and phrase.number == "plural" and phrase.low is None
        )
        return (form.gender == "f") == female or many
