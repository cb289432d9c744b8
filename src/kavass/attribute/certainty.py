"""How certain an event is told, 0 (certainly not so) over .5 (nothing said either way) to 1 (certainly so).

Certainty as told, whoever tells it: how far the teller can be trusted is another question. An event is any clause or noun
of an analysis. Its own words say something (tense, modality, negation, hedges, questions, conditions), and so does what it
hangs on: an attack that was prevented is as certain not to have happened as the preventing is certain, one that was feared
is open whoever feared it. So certainty is carried inwards: the predicate above is weighed first, then its class (`under.*`
of the language's `certainty.toml`) and its own certainty together are features of what it embeds. What each feature is
worth stands in `certainty.toml` beside this module, learned by `training/certainty.py`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kavass.errors import DataError
from kavass.lang import Language, load
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.lang.frames import negated
from kavass.model import Report, Span

FILE = Path(__file__).with_suffix(".toml")
DEEPEST = 12  # embeddings: a list of clauses hung one on the other says no more after these
LEVELS = (
    (0.93, "sure"),
    (0.8, "so"),
    (0.4, "maybe"),
    (0.0, "no"),
)  # what an embedding predicate's own certainty counts as
PASSING = frozenset(
    ("say", "claim", "believe", "seem", "show", "do")
)  # what is above these bears on what is below them
# Under these a verbal noun says what an infinitive says, in a language that has the one where others have the other.
INTENDED = frozenset((
    "try", "plan", "commit", "threaten", "order", "allow", "able", "manage", "fail", "must", "hope", "cause", "expect", "likely",
))  # fmt: skip
FREE = ("without", "before", "until", "unless", "if", "whether", "as_if")  # markers that leave open what follows them
LINKS = ("to", "that", "ing", "noun")  # how an event hangs on what embeds it; the keys of `under.*`
SHARED = ("subject", "object", "oblique", "indirect", "predicative", "modifier")
BEINGS = (
    "person",
    "group",
    "people",
    "org",
    "state",
    "place",
    "time",
    "facility",
    "vehicle",
    "weapon",
)  # who and what is no event
WINDOW = 4  # words before a predicate among which its helpers stand


@dataclass(frozen=True, slots=True)
class Node:
    """An event word: a clause, the head of a phrase, or a word before that head (`before`)."""

    sentence: Sentence
    clause: Clause | None = None
    phrase: Phrase | None = None
    before: Span | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """How a node hangs on the one above: `link` one of `LINKS`, or `relative`, `adverbial`, `joined`; `function` and `marker` as in
    the clause."""

    above: Node
    link: str
    function: str = ""
    marker: str = ""


class Certainty:
    """The certainty of the events of one report. What was asked once is remembered."""

    def __init__(self, report: Report, analysis: Analysis, language: Language):
        self.report, self.analysis, self.language = report, analysis, language
        self.words = words(language.code)
        self._found: dict[tuple[int, int, int, int], float] = {}

    def at(self, span: Span) -> float | None:
        """The certainty of the event that a word tells; None if no clause or phrase of the analysed sentences holds it."""
        node = self.node(span)
        return None if node is None else self.of(node)

    def of_clause(self, sentence: Sentence, clause: Clause) -> float:
        """The certainty of what a clause tells."""
        return self.of(_whole(sentence, clause))

    def under(self, sentence: Sentence, clause: Clause) -> float:
        """The certainty of what a clause governs: a clause that completes it, else its object, else what stands behind its
        preposition; its own if it governs nothing."""
        inner = [
            c for c in sentence.clauses if c.parent == clause.index and c.relation == "content" and c.kind != "noun"
        ]
        if inner:
            return self.of_clause(sentence, min(inner, key=lambda c: c.predicate))
        for function in ("complement", "object", "oblique"):
            for argument in sentence.arguments(clause, function):
                if argument.clause is not None:
                    return self.of_clause(sentence, sentence.clauses[argument.clause])
                phrase = sentence.phrases[argument.phrase] if argument.phrase is not None else None
                if phrase is not None and phrase.kind == "noun" and not phrase.has(*BEINGS):
                    return self.of(Node(sentence, self._event(sentence, phrase), phrase))
        return self.of_clause(sentence, clause)

    def node(self, span: Span) -> Node | None:
        """The event that a word stands for: of a verb the clause, of a noun the phrase it heads or stands in."""
        sentence = next((s for s in self.analysis.sentences if s.span.touches(span)), None)
        if sentence is None:
            return None
        clauses = [c for c in sentence.clauses if c.predicate.touches(span)]
        if clauses:
            return _whole(sentence, min(clauses, key=lambda c: (c.kind == "noun", c.predicate.end - c.predicate.start)))
        heads = [p for p in sentence.phrases if p.head.touches(span)]
        if heads:
            return Node(sentence, phrase=heads[0])
        cores = [p for p in sentence.phrases if p.core.touches(span)]
        if cores:
            return Node(
                sentence, phrase=min(cores, key=lambda p: (p.core.end - p.core.start, p.core.start)), before=span
            )
        around = [c for c in sentence.clauses if c.kind != "noun" and c.span.covers(span)]
        if around:
            return Node(sentence, min(around, key=lambda c: c.span.end - c.span.start), before=span)
        return None

    def of(self, node: Node, weigh: Callable[[Iterable[str]], float] | None = None) -> float:
        """The certainty of an event; `weigh` stands in for the shipped weights while they are learned."""
        return self._weighed(node, weigh or _shipped, 0)

    def _weighed(self, node: Node, weigh: Callable[[Iterable[str]], float], depth: int) -> float:
        key = (
            node.sentence.index,
            node.clause.index if node.clause else -1,
            node.phrase.index if node.phrase else -1,
            node.before.start if node.before else -1,
        )
        if key not in self._found:
            self._found[key] = 0.5  # a ring of clauses says nothing
            self._found[key] = weigh(self.features(node, weigh, depth))
        return self._found[key]

    # --- what speaks for and against

    def features(
        self, node: Node, weigh: Callable[[Iterable[str]], float] | None = None, depth: int = 0
    ) -> tuple[str, ...]:
        """The features of an event, language-neutral, each once."""
        weigh = weigh or _shipped
        tie = self.above(node)
        if tie is None or depth > DEEPEST:
            return tuple(dict.fromkeys((*self._own(node), *self._opened(node), "root")))
        intended = tie.link == "noun" and self._intended(tie)
        if intended:
            tie = Tie(tie.above, "to", "complement")
        found = ["is:verb", "infinitive"] if intended else list(self._own(node))
        found += self._embedded(node, tie, weigh, depth)
        return tuple(dict.fromkeys(found))

    def _intended(self, tie: Tie) -> bool:
        """Whether a noun stands for the infinitive of other languages: «حاول قصف», tried to shell."""
        held = self._class(tie.above, "noun")
        return self.words.construct and tie.function in ("object", "oblique", "of") and held in INTENDED

    def _class(self, node: Node, link: str) -> str | None:
        """What an embedding predicate does to what hangs on it by that link."""
        word = node.clause or node.phrase
        if word is None:
            return None
        held = self.words.classes(word.lemma, node.clause.particle if node.clause is not None else None, link)
        return held[0] if held else None

    def _opened(self, node: Node) -> Iterator[str]:
        """What opens a clause that hangs on nothing: a condition before its main clause."""
        if node.clause is not None and (marked := self.words.marker(node.clause.marker)) in FREE:
            yield f"adverbial:{marked}"

    def _mood(self, sentence: Sentence, clause: Clause) -> str:
        """Tense, modality and negation in one word or two."""
        helper = self._helper(sentence, clause)
        no = "not " if helper == "not" or clause.negated or self._nobody(sentence, clause) else ""
        if not no and negated(sentence, clause):
            no = "nothing "
        finite: str = "infinitive" if clause.infinitive else clause.tense
        if clause.tense == "present" and clause.progressive:
            finite = "progressive"
        elif clause.perfect:
            finite = "perfect"
        if helper in (None, "not", "or"):
            helper = clause.modality if clause.modality != "actual" else finite
        return no + str(helper)

    def _own(self, node: Node) -> Iterator[str]:
        clause, phrase = node.clause, node.phrase
        if node.before is not None:
            yield "is:before" if phrase is not None else "is:inside"
            if phrase is not None and phrase.negated:
                yield "not noun"
            return
        kind = clause.kind if clause is not None else "noun"
        yield f"is:{kind}"
        lemma = clause.lemma if clause is not None else phrase.lemma if phrase is not None else ""
        for held in self.words.classes(lemma, clause.particle if clause is not None else None, "any")[:1]:
            yield f"{'noun' if kind == 'noun' else 'verb'}:{held}"
        if clause is not None and kind != "noun":
            yield from self._verbal(node.sentence, clause)
        if phrase is not None:
            yield from self._nominal(clause, phrase)

    def _verbal(self, sentence: Sentence, clause: Clause) -> Iterator[str]:
        mood = self._mood(sentence, clause)
        yield mood
        if " " in mood:
            yield mood.split(" ")[0]
        for adverb in self._adverbs(sentence, clause):
            yield f"adverb:{adverb}"
        if any(self.words.marker(c.marker) in ("if", "unless") and c.parent == clause.index for c in sentence.clauses):
            yield "if"
        subject = sentence.filler(clause, "subject") or sentence.filler(clause, "object")
        over = (
            sentence.clauses[clause.parent] if clause.parent is not None and clause.relation == "coordination" else None
        )
        if over is not None and negated(sentence, over):
            yield "joined or" if self._helper(sentence, clause) == "or" else "joined and"
        if subject is None and clause.parent is None and clause.tense == "none":
            yield "bid"
        if (
            subject is not None
            and clause.tense == "present"
            and subject.number == "plural"
            and subject.definite is None
        ):
            yield "general"
        if self._asks(sentence, clause):
            yield "asked"
        if clause.quoted:
            yield "quoted"

    def _nominal(self, clause: Clause | None, phrase: Phrase) -> Iterator[str]:
        if phrase.negated or (clause is not None and clause.negated):
            yield "not noun"
        if phrase.definite is not None:
            yield "definite" if phrase.definite else "indefinite"
        if phrase.number == "plural":
            yield "plural"
        if phrase.quantity is not None:
            yield "counted"
        if phrase.possessor is not None:
            yield "owned"
        for modifier in phrase.modifiers:
            for held in self.words.classes(modifier, None, "any")[:1]:
                yield f"described:{held}"

    def _embedded(self, node: Node, tie: Tie, weigh: Callable[[Iterable[str]], float], depth: int) -> Iterator[str]:
        above = tie.above
        value = self._weighed(above, weigh, depth + 1)
        level = next(name for least, name in LEVELS if value >= least)
        yield f"{tie.link} {level}"
        if node.clause is not None and node.clause.kind != "noun" and node.before is None:
            yield f"{self._mood(node.sentence, node.clause)} {tie.link} {level}"
        if tie.link == "noun" and node.phrase is not None:
            yield f"{tie.function} {level}"
            known = {True: "definite", False: "indefinite", None: "bare"}[node.phrase.definite]
            yield f"{known} {level}"
        if (marked := self.words.marker(tie.marker)) in FREE:
            yield f"{tie.link} {marked}"
        if tie.link == "adverbial":
            plain = "infinitive" if node.clause is not None and node.clause.infinitive else "none"
            yield f"adverbial:{self.words.marker(tie.marker) or plain}"
            return
        if tie.link == "inside":
            return
        held = self._class(above, tie.link if tie.link in LINKS else "noun") or "other"
        if held == "other" and tie.link == "noun":
            yield f"noun {tie.function}"
            if marked:
                yield f"noun marker {marked}"
        yield f"{tie.link} under {held}"
        yield f"under {held} {level}"
        if tie.link == "noun" and held != "other":
            yield f"{tie.function} under {held}"
        # what the class above that one adds, past one that is transparent
        for further in self._further(above):
            yield f"further {further}"
            if held in PASSING:
                yield f"past {further}"

    def _further(self, node: Node) -> Iterator[str]:
        for _ in range(DEEPEST):
            tie = self.above(node)
            if tie is None:
                return
            node = tie.above
            if tie.link in LINKS:
                held = self._class(node, tie.link)
                if held is not None:
                    yield held
                return
            if tie.link in ("relative", "adverbial"):
                return

    # --- what its own words are

    def _helper(self, sentence: Sentence, clause: Clause) -> str | None:
        """The helping verb that says how its verb is meant."""
        start = max(sentence.span.start, clause.predicate.start - 40)
        text = self.language.key(self.report.text[start : clause.predicate.start])
        before = text.split()[-WINDOW:]
        for size in (2, 1):
            for i in range(len(before) - size, -1, -1):
                if (held := self.words.helpers.get(" ".join(before[i : i + size]))) and (
                    size > 1 or clause.modality != "actual" or held in ("near", "not", "or")
                ):
                    return held
        return None

    def _adverbs(self, sentence: Sentence, clause: Clause) -> Iterator[str]:
        for argument in sentence.arguments(clause, "adverbial"):
            if argument.clause is None and argument.span.end - argument.span.start < 40:
                said = self.language.key(self.report.words(argument.span))
                if said in self.words.hedges:
                    yield f"hedge {self.words.hedges[said]}"
                if said in self.words.adverbs:
                    yield self.words.adverbs[said]

    def _nobody(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether its subject or object is nobody or next to nobody: "neither of them", "few"."""
        for argument in clause.arguments:
            if argument.phrase is not None and argument.function in ("subject", "object"):
                first, *more = self.language.key(self.report.words(sentence.phrases[argument.phrase].span)).split()[
                    :2
                ] or [""]
                if first in self.words.none or (more and f"{first} {more[0]}" in self.words.none):
                    return True
        return False

    def _asks(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether a clause is a question by itself: a mark at its end, or a word at its beginning that asks."""
        if clause.parent is not None and clause.relation != "content":
            return False
        text = self.report.text[clause.span.start : min(clause.span.end + 2, sentence.span.end)]
        if text.rstrip(" \"'”’»").endswith(self.words.question):
            return True
        return bool(self.words.openers) and self.language.key(text).startswith(self.words.openers)

    # --- what it hangs on

    def above(self, node: Node) -> Tie | None:
        """The tie of an event to what embeds, describes or situates it; None for what stands by itself."""
        if node.before is not None and node.phrase is not None:
            return Tie(Node(node.sentence, self._event(node.sentence, node.phrase), node.phrase), "noun", "compound")
        if node.before is not None and node.clause is not None:
            return Tie(Node(node.sentence, node.clause), "inside")
        if node.clause is not None and node.clause.kind != "noun":
            return self._above_clause(node.sentence, node.clause)
        return self._above_phrase(node.sentence, node.phrase) if node.phrase is not None else None

    def _above_clause(self, sentence: Sentence, clause: Clause) -> Tie | None:
        over = sentence.clauses[clause.parent] if clause.parent is not None else None
        if clause.relation == "coordination" and over is not None:
            if over.kind == "noun":
                return None
            tie = self._above_clause(sentence, over)
            own = clause.tense in ("past", "present", "future") and not clause.infinitive
            if tie is None or (own and tie.link == "to"):
                return None
            return tie
        if clause.relation in ("content", "relative") and clause.phrase is not None:
            phrase = sentence.phrases[clause.phrase]
            link = "relative" if clause.relation == "relative" else "to" if clause.infinitive else "that"
            return Tie(Node(sentence, self._event(sentence, phrase), phrase), link, "complement", clause.marker or "")
        if over is None:
            return None
        marker = clause.marker or ""
        if clause.relation == "content":
            link = "to" if clause.infinitive else "that" if clause.tense != "none" else "ing"
            return Tie(_whole(sentence, over), link, "complement", marker)
        if any(a.clause == clause.index and a.function == "complement" for a in over.arguments):
            return Tie(_whole(sentence, over), "ing", "complement", marker)
        if clause.relation == "adverbial":
            if clause.tense == "none" and (noun := self._holder(sentence, clause, over)) is not None:
                return Tie(Node(sentence, self._event(sentence, noun), noun), "ing", "complement", marker)
            return Tie(_whole(sentence, over), "adverbial", "adverbial", marker)
        return None

    def _holder(self, sentence: Sentence, clause: Clause, over: Clause) -> Phrase | None:
        """The noun that has a clause behind its preposition: "the possibility of taking"."""
        held = [p for p in sentence.phrases if p.span.covers(clause.predicate) and p.head.end <= clause.predicate.start]
        held = [p for p in held if over.span.covers(p.head) and not clause.span.covers(p.head)]
        return min(held, key=lambda p: (p.span.end - p.span.start, -p.head.start), default=None)

    def _above_phrase(self, sentence: Sentence, phrase: Phrase, seen: frozenset[int] = frozenset()) -> Tie | None:
        tie = self._holds(sentence, phrase)
        if tie is not None or phrase.index in seen:
            return tie
        seen |= {phrase.index}
        beside = [i for i in phrase.conjuncts if i < phrase.index]
        beside += [p.index for p in sentence.phrases if phrase.index in p.appositions]
        for index in beside:
            if index not in seen and (tie := self._above_phrase(sentence, sentence.phrases[index], seen)) is not None:
                return tie
        return None

    def _holds(self, sentence: Sentence, phrase: Phrase) -> Tie | None:
        index = phrase.index
        by_noun = next(self._nouns_over(sentence, phrase), None)
        if by_noun is not None and self._class(by_noun.above, "noun") is not None:
            return by_noun
        for over in sentence.clauses:
            if over.kind == "participle" or (over.kind == "noun" and (over.phrase == index or by_noun is not None)):
                continue
            for a in over.arguments:
                if a.phrase == index and a.function in SHARED:
                    return Tie(_whole(sentence, over), "noun", a.function, a.preposition or "")
        return by_noun

    def _nouns_over(self, sentence: Sentence, phrase: Phrase) -> Iterator[Tie]:
        """The nouns that have a noun behind a preposition, or in a construct."""
        for over in sentence.phrases:
            if over is phrase:
                continue
            tied = [p for p, i in over.prepositions if i == phrase.index]
            if tied or (self.words.construct and over.possessor == phrase.index):
                yield Tie(Node(sentence, self._event(sentence, over), over), "noun", "of", tied[0] if tied else "")

    def _event(self, sentence: Sentence, phrase: Phrase) -> Clause | None:
        """The clause that a noun heads, if it is one that frames know."""
        return next((c for c in sentence.clauses if c.kind == "noun" and c.phrase == phrase.index), None)


def _whole(sentence: Sentence, clause: Clause) -> Node:
    """A clause as a node; of a noun with its phrase."""
    phrase = sentence.phrases[clause.phrase] if clause.kind == "noun" and clause.phrase is not None else None
    return Node(sentence, clause, phrase)


# --- the words of a language -----------------------------------------------------------------------------------------


class Words:
    """The table `certainty.toml` of a language, by what is looked up."""

    def __init__(self, language: Language):
        table: Mapping[str, Any] = language.table("certainty")
        self.under: dict[str, dict[str, str]] = {link: {} for link in ("any", *LINKS)}
        for held, lists in table.get("under", {}).items():
            for link, lemmas in lists.items():
                for lemma in lemmas:
                    self.under[link].setdefault(lemma, held)
        key = language.key
        self.markers: dict[str, str] = {
            key(w): name for name, listed in table.get("markers", {}).items() for w in listed
        }
        self.helpers: dict[str, str] = {
            key(w): name for name, listed in table.get("helpers", {}).items() for w in listed
        }
        self.adverbs: dict[str, str] = {
            key(w): name for name, listed in table.get("adverbs", {}).items() for w in listed
        }
        self.none = frozenset(table.get("none", {}).get("words", ()))
        self.question = tuple(table.get("question", {}).get("marks", ()))
        self.openers = tuple(key(w) for w in table.get("question", {}).get("opens", ()))
        self.construct = bool(table.get("links", {}).get("construct", False))
        hedges = language.table("cues").get("hedge", ())
        self.hedges = {key(w): float(h["certainty"]) for h in hedges for w in h["words"]}

    def classes(self, lemma: str, particle: str | None, link: str) -> tuple[str, ...]:
        """What a word does to what hangs on it by that link."""
        forms = (f"{lemma} {particle}", lemma) if particle else (lemma,)
        if " " in lemma:
            forms = (*forms, lemma.split(" ")[0])
        for form in forms:
            held = self.under[link].get(form) or self.under["any"].get(form)
            if held:
                return (held,)
        return ()

    def marker(self, word: str | None) -> str | None:
        """What an opening word makes of its clause."""
        return self.markers.get(word) if word else None


@cache
def words(code: str) -> Words:
    return Words(load(code))


# --- what the features are worth ---------------------------------------------------------------------------------------


def _shipped(features: Iterable[str]) -> float:
    return weighed(features, weights())


def weighed(features: Iterable[str], worth: Mapping[str, float]) -> float:
    """What features say together, 0 to 1."""
    return min(1.0, max(0.0, worth["start"] + sum(worth.get(f, 0.0) for f in features)))


@cache
def weights(file: Path = FILE) -> Mapping[str, float]:
    """The weights of a file. Raises DataError naming every fault."""
    found: dict[str, float] = tomllib.loads(file.read_text("utf-8")).get("worth", {})
    faults = [f"{n}: {v!r} is no number between -2 and 2" for n, v in found.items()
              if not isinstance(v, (int, float)) or not math.isfinite(v) or abs(v) > 2]  # fmt: skip
    if "start" not in found:
        faults.append("start is missing: the certainty of an event of which nothing else is known")
    if faults:
        raise DataError(str(file), faults)
    return found
