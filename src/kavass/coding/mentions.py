"""Mentions: a hit read as told or not, with the status that its words and what they hang on give it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from kavass.gazetteer import places
from kavass.lang import Language, load
from kavass.lang.clause import Analysis, Argument, Clause, Phrase, Sentence
from kavass.lang.frames import Hit, negated
from kavass.model import IncidentType, Report, Span, Status
from kavass.refer.words import BODY_NAME, words

if TYPE_CHECKING:
    from kavass.model import Actor
    from kavass.refer import Cast

VIOLENT = frozenset((
    "armed_clash", "shelling", "air_strike", "bombing", "suicide_bombing", "shooting", "assassination", "assault", "abduction",
    "sexual_violence", "arson", "storming", "property_destruction", "robbery", "attack",
))  # fmt: skip
# What a word that embeds the telling makes of it, in order of force.
EMBEDDED: tuple[tuple[str, Status], ...] = (
    ("modal.denied", "denied"), ("modal.prevented", "attempted"), ("modal.attempted", "attempted"),
    ("modal.threatened", "threatened"), ("modal.feared", "conditional"), ("modal.called", "conditional"),
    ("modal.planned", "announced"),
)  # fmt: skip
CONDITIONAL = "modal.conditional"
ASIDE = ("context.fiction", "context.sport", "context.drill")  # a sentence about these tells of no incident
PAST = ("context.court", "context.anniversary")  # a sentence about these tells of one that is no news
HUMAN = ("person", "group", "people")
THING = ("facility", "vehicle", "object")
ROLES = frozenset(("perpetrator", "target", "victim", "weapon", "means", "affected", "site"))
UNWILLED = ("hazard", "illness", "outage")  # nobody attempts them
# What a noun in a clause of that type does not tell by itself.
PART_OF = {"crackdown": ("protest",), "arrest": ("attack", "storming")}
# What a clause joined to one of that type tells as a step of it: "rammed a cash van, blew its door".
STEP_OF = {"robbery": ("bombing", "property_destruction", "storming")}
LEAD_SENTENCES = 4
HEADING = re.compile(r"[\s•*·▪●\-–—]*([^\W\d_][^\n:.;!?\"“«]{1,40}):\s")
MANIFOLD = ("armed_clash", "riot", "shelling", "air_strike")  # told in the plural as one: "clashes broke out"
OPENING = 20  # characters before a place that a sentence opens with


@dataclass(frozen=True, slots=True)
class Filler:
    """A phrase in a role, and who is meant by it; `names` are the words of its proper name or of the one set beside it."""

    role: str
    phrase: Phrase
    sentence: Sentence
    actor: Actor | None
    names: tuple[str, ...] = ()
    noun: str = ""  # what it is: the lemma, or where that says little ("the consulate building") the noun before it
    marks: tuple[
        str, ...
    ] = ()  # what tells it from others of its noun: its other modifiers and its owner, countries by code
    vague: bool = False  # "the building": any of its kind

    def same(self, other: Filler) -> bool:
        """Whether two fillers may be one: the same actor, or the same noun where neither is known to be another."""
        if self.phrase.has("group.part") != other.phrase.has("group.part"):
            return False
        if self.actor and self.actor is other.actor and self.actor.known_as:
            return True  # a body under its name and its short form
        if (mine := self.names) and (theirs := other.names):
            return bool(mine[-1:] == theirs[-1:] or set(mine) <= set(theirs) or set(theirs) <= set(mine))
        if self.actor and other.actor:
            return self.actor.id == other.actor.id
        if self._number(other):
            return False
        if self.noun != other.noun or (self.vague and not (self.marks and other.marks)):
            return False
        return not (self.phrase.has(*THING) and self.marks and other.marks and not set(self.marks) & set(other.marks))

    def _number(self, other: Filler) -> bool:
        """Whether both are things counted otherwise: "two tankers", "four tankers"."""
        told = (self.phrase.low, other.phrase.low)
        counted = self.phrase.has(*THING) and self.phrase.definite is not True and other.phrase.definite is not True
        return counted and None not in told and told[0] != told[1]

    @property
    def named(self) -> bool:
        return bool(self.names)


@dataclass(slots=True, eq=False)
class Mention:
    """One telling of an incident. `weak` mentions only count if they mean an incident that is told elsewhere."""

    hit: Hit
    type: IncidentType
    status: Status
    fillers: list[Filler]
    times: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    scene: frozenset[str] = frozenset()  # the place that its sentence or paragraph opens with: "In Basra, ..."
    opens: bool = False  # its own sentence opens with that place
    setting: frozenset[str] = frozenset()  # the first place that the main clause of its sentence names
    lasting: bool = False  # told with how long it went on
    weak: bool = False
    lead: bool = False
    order: int = 0
    definite: bool = False
    another: bool = False
    revoked: bool = False  # ordered and called off
    section: str = ""  # the heading of its paragraph in a round-up: "TIJUANA: ..."
    span: Span = field(default=Span(0, 0))

    @property
    def nominal(self) -> bool:
        return self.hit.clause.kind == "noun"

    @property
    def violent(self) -> bool:
        return self.type in VIOLENT

    @property
    def real(self) -> bool:
        """Whether it is told as something that is or was, not as something that may come."""
        return self.status in ("occurred", "ongoing", "attempted", "denied") or not self.violent

    def of(self, *names: str) -> list[Filler]:
        """The fillers of these roles."""
        return [f for f in self.fillers if f.role in names]


def mentions(report: Report, analysis: Analysis, hits: Iterable[Hit], cast: Cast, language: Language) -> list[Mention]:
    """The mentions that tell of an incident, in text order."""
    every = list(hits)
    reader = _Reader(report, analysis, every, cast, language)
    found = [m for hit in every if hit.kind == "account" and (m := reader.mention(hit)) is not None]
    for hit in every:
        if hit.kind == "part":
            reader.blame(hit, found)
        elif hit.kind == "effect":
            reader.harm(hit, found)
    return sorted(found, key=lambda m: m.hit.trigger)


class _Reader:
    """Reads hits in the light of their sentence and of what the report is about."""

    def __init__(self, report: Report, analysis: Analysis, hits: list[Hit], cast: Cast, language: Language):
        self.report, self.cast, self.language = report, cast, language
        self.cues = {s.index: _cues(s, report, language) for s in analysis.sentences}
        self.place = {s.index: n for n, s in enumerate(s for s in analysis.sentences if s.zone == "body")}
        most = max(2, len(analysis.sentences) // 3)
        self.about = frozenset(c for c in (*ASIDE, *PAST) if sum(c in cues for cues in self.cues.values()) > most)
        self.sentences = analysis.sentences
        self.scenes = _scenes(report, analysis, language)
        self.accounts = {(h.sentence.index, h.clause.index): h.value for h in hits if h.kind == "account"}
        self.ties = [h for h in hits if h.kind == "relation" and h.value == "part_of" and not h.clause.negated]
        self.fixed = frozenset(
            (h.sentence.index, h.clause.index) for h in hits if h.kind == "account" and "status" in h.frame.set
        )
        self.hard = frozenset(
            (h.sentence.index, h.clause.index) for h in hits if h.kind == "count" and h.value in ("killed", "harmed")
        )

    def mention(self, hit: Hit) -> Mention | None:
        """The hit as a mention, or None if its words do not tell of an incident."""
        cues = self.cues[hit.sentence.index]
        if any(c in self.about for c in ASIDE) or ("context.drill" in cues):
            return None
        if any(c in cues for c in ASIDE) and not self._hard(hit):
            return None
        if hit.value == "accusation" and not self._headline(hit):
            return None  # a claim about what is told, not the news
        if self._contained(hit) or self._counted(hit):
            return None
        if hit.value in VIOLENT and hit.clause.kind != "noun" and self._uttered(hit):
            return None
        status = self.status(hit)
        if status is None or (status == "occurred" and (self._general(hit) or self._of_the_past(hit))):
            return None
        if hit.value == "attack" and hit.clause.relation == "adverbial" and self._above(hit) in UNWILLED:
            return None  # "a stage collapsed, injuring six"
        if hit.value == "attack" and hit.clause.voice == "passive" and self._befell(hit):
            return None  # "two were injured when a gale tore across the island"
        if status == "attempted" and hit.value in UNWILLED:
            return None  # gas bottles that did not explode
        place = self.place.get(hit.sentence.index)
        past = any(c in cues for c in PAST)
        told = Mention(hit=hit, type=self._type(hit), status=status, fillers=list(self._fillers(hit)))
        own = [*_own(hit), *self._nested(hit)]
        timed = [p for p in own if (p.kind == "time" or p.has("time")) and not self._hanging(p)]
        told.lasting = any(_lasts(p, hit) for p in timed)
        told.times = frozenset(self._words(p) for p in timed if not _lasts(p, hit) and not self._clock(p))
        if not told.times and not told.lasting:
            told.times = frozenset(self._words(p) for p in _leading(hit) if not self._clock(p))
        told.section = self._section(hit)
        if (over := _over(hit.sentence, phrase) if (phrase := _head(hit)) else None) is not None and over.has("time"):
            told.lasting = True  # "weeks of unrest"
        told.places = frozenset(
            self._words(q)
            for p in (*own, *_hit(hit), *_described(hit))
            for q in _town_of(p, hit.sentence)
            if not q.has(*THING)
        )
        told.setting = self._setting(hit.sentence)
        told.scene = self.scenes.get(hit.sentence.index, frozenset())
        told.opens = bool(told.scene) and _opening(hit.sentence) is not None
        told.definite = phrase is not None and phrase.definite is True
        doers = [f.phrase for f in told.of("perpetrator", "weapon")] if told.violent else []
        told.another = any(self._another(p) for p in (phrase, *doers) if p is not None)
        told.another |= phrase is not None and phrase.definite is not True and self._before_that(hit)
        told.lead = place is not None and place < LEAD_SENTENCES and not hit.clause.perfect and not past
        told.order = place if place is not None else -1
        told.span = _extent(hit)
        told.weak = self._weak(told, past)
        told.revoked = not told.violent and self._revoked(hit)
        return told

    def _type(self, hit: Hit) -> IncidentType:
        """The hit's type; a killing in an attack told by a noun is that attack: "killed a commander in an air raid"."""
        inner = (
            self.accounts.get((hit.sentence.index, c.index))
            for c in hit.sentence.clauses
            if c.parent == hit.clause.index and c.kind == "noun" and c.relation == "argument"
            and not any(a.function in ("subject", "object") and a.phrase == c.phrase for a in hit.clause.arguments)
        )  # fmt: skip
        killed = hit.value == "assassination" and any(
            v in VIOLENT and v not in ("assassination", "attack") for v in inner
        )
        return "attack" if killed else hit.value  # type: ignore[return-value]

    def _counted(self, hit: Hit) -> bool:
        """Whether a clause only says which in a row somebody or something told before is: "the twelfth reporter killed there"."""
        clause, sentence = hit.clause, hit.sentence
        if clause.relation not in ("relative", "argument") or clause.phrase is None or clause.parent is None:
            return False
        over, described = sentence.clauses[clause.parent], sentence.phrases[clause.phrase]
        said = (
            any(a.function == "predicative" and a.phrase == clause.phrase for a in over.arguments)
            or over.kind == "copula"
        )
        return (
            said
            and described.definite is True
            and any("ordinal" in language_classes(self.language, m) for m in described.modifiers)
        )

    def _uttered(self, hit: Hit) -> bool:
        """Whether what a verb of violence is completed by is somebody's words: ""No," he shot back"."""
        return any(c.parent == hit.clause.index and c.relation == "content" and c.quoted for c in hit.sentence.clauses)

    def _hanging(self, phrase: Phrase) -> bool:
        """Whether a time hangs on one told before and so compares with none: "the day before", "that night"."""
        bare = phrase.has("time.unit") and phrase.definite is True and not phrase.modifiers and phrase.possessor is None
        return bare and not any("time.now" in language_classes(self.language, w) for w in self._words(phrase).split())

    def _another(self, phrase: Phrase) -> bool:
        """Whether a phrase says that it is not the one told before: "another bomber", "a second blast"."""
        first = self._words(phrase).split(" ")[:1]
        return phrase.definite is not True and any(
            "another" in language_classes(self.language, m) for m in (*phrase.modifiers, *first)
        )

    def _nested(self, hit: Hit) -> Iterator[Phrase]:
        """The times and places that stand with a participle of the hit's clause: "hit a mosque packed with people on Friday"."""
        for clause in hit.sentence.clauses:
            told = (hit.sentence.index, clause.index) in self.accounts
            if (
                clause.kind == "participle"
                and clause.parent == hit.clause.index
                and not told
                and hit.clause.kind != "noun"
            ):
                held = (a.phrase for a in clause.arguments if a.function in ("oblique", "adverbial"))
                yield from (hit.sentence.phrases[n] for n in held if n is not None)

    def _above(self, hit: Hit) -> str | None:
        """What the clause tells that the hit's hangs on."""
        return None if hit.clause.parent is None else self.accounts.get((hit.sentence.index, hit.clause.parent))

    def _section(self, hit: Hit) -> str:
        """What the hit's paragraph opens with before a colon, if that is short: the heading of an item."""
        text = self.report.text
        start = text.rfind("\n", 0, hit.sentence.span.start) + 1
        found = HEADING.match(text, start)
        return found[1] if found and hit.sentence.zone == "body" else ""

    def _before_that(self, hit: Hit) -> bool:
        """Whether a noun is told of a time before the rest: "a blast had killed"."""
        over = hit.sentence.clauses[hit.clause.parent] if hit.clause.parent is not None else None
        return over is not None and over.perfect

    def _setting(self, sentence: Sentence) -> frozenset[str]:
        """The first place that a prepositional phrase of a main clause names."""
        for clause in sentence.clauses:
            if clause.parent is None:
                held = (
                    sentence.phrases[a.phrase]
                    for a in clause.arguments
                    if a.phrase is not None and a.function == "oblique"
                )
                if found := [self._words(q) for p in held for q in _town_of(p, sentence)]:
                    return frozenset(found[:1])
        return frozenset()

    def _revoked(self, hit: Hit) -> bool:
        """Whether a clause joined to the hit's says that it was called off: "announced a curfew, then dropped it"."""
        mine = {hit.clause.index, *(c.index for c in hit.sentence.above(hit.clause))}
        for clause in hit.sentence.clauses:
            joined = clause is hit.clause or (clause.relation == "coordination" and clause.parent in mine)
            lemmas = (clause.lemma, f"{clause.lemma} {clause.particle}" if clause.particle else "")
            if joined and any("modal.revoked" in language_classes(self.language, w) for w in lemmas if w):
                over = [hit.sentence.phrases[a.phrase] for a in clause.arguments if a.phrase and a.function == "object"]
                if clause is hit.clause or all(p.kind == "pronoun" or hit.trigger.touches(p.head) for p in over):
                    return True
        return any("modal.revoked" in language_classes(self.language, p.lemma) for p in (_head(hit),) if p) or (
            (phrase := _head(hit)) is not None
            and (over_it := _over(hit.sentence, phrase)) is not None
            and "modal.revoked" in language_classes(self.language, over_it.lemma)
        )

    def _contained(self, hit: Hit) -> bool:
        """Whether a clause is told by the one it completes: what a threat is of, what "began arriving" says of a deployment."""
        child = hit.clause
        for parent in hit.sentence.above(hit.clause):
            if child.relation not in ("content", "coordination", "argument"):
                return False
            told = self.accounts.get((hit.sentence.index, parent.index))
            same = told == hit.value or (told == "threat" and hit.value in VIOLENT)
            fixed = child.kind == "noun" and (hit.sentence.index, parent.index) in self.fixed
            if same and (child.relation == "content" or child.infinitive or fixed):
                return True
            if child.kind == "noun" and hit.value in PART_OF.get(told or "", ()):
                return True  # "broke up a sit-in", "arrested in a raid"
            if child.relation == "coordination" and hit.value in STEP_OF.get(told or "", ()):
                return True
            if hit.value == "suspicious_activity" and child.kind == "noun" and told in VIOLENT:
                return True  # "intruders set fire to it"
            child = parent
        return False

    def _clock(self, phrase: Phrase) -> bool:
        """Whether a time is an hour of a day that is told elsewhere."""
        return phrase.has("time.clock") or "time.clock" in language_classes(self.language, phrase.lemma)

    def _headline(self, hit: Hit) -> bool:
        """Whether a clause is what the title or the opening sentence says first."""
        opening = hit.sentence.zone == "title" or self.place.get(hit.sentence.index) == 0
        return opening and hit.clause.relation is None

    def _hard(self, hit: Hit) -> bool:
        """Whether a clause that shares its sentence with a match or a film tells of people harmed or weapons used."""
        return (hit.sentence.index, hit.clause.index) in self.hard or any(
            p.has("weapon.small_arms", "weapon.explosive") for phrases in hit.roles.values() for p in phrases
        )

    def blame(self, hit: Hit, found: list[Mention]) -> None:
        """Adds who is said to have had a part in a deed to the mention that tells of it in the same sentence."""
        over = next(hit.sentence.above(hit.clause), None) if hit.clause.relation == "content" else None
        asked = (
            over is not None and self._by_class(over.lemma) == "conditional"
        )  # "demanded that they take responsibility"
        if asked or hit.clause.negated or hit.clause.modality not in ("actual", "possible"):
            return
        doers = [
            p
            for p in hit.roles.get("doer", ())
            if p.kind != "pronoun" and not p.negated and _fitting("perpetrator", p, hit)
        ]
        if not (doers := [p for p in doers if self._somebody(p, hit.sentence)]):
            return
        named = {
            a.phrase for a in hit.clause.arguments if a.phrase is not None and a.span.start > hit.clause.predicate.start
        }
        reach = (
            named
            | {i for n in named for _, i in hit.sentence.phrases[n].prepositions}
            | {p.index for p in hit.roles.get("deed", ())}
        )
        for mention in found:
            if mention.hit.sentence is hit.sentence and mention.nominal and mention.hit.clause.phrase in reach:
                mention.fillers += [f for p in doers for f in self._filled("perpetrator", p, hit.sentence)]

    def harm(self, hit: Hit, found: list[Mention]) -> None:
        """Adds what an attack is said to have damaged to the mention that is the subject of the damage."""
        if hit.clause.negated or hit.clause.modality != "actual":
            return
        subjects = {a.phrase for a in hit.clause.arguments if a.function == "subject"}
        things = [p for p in hit.roles.get("affected", ()) if p.has(*THING) and not p.negated]
        for mention in found:
            if (
                mention.violent
                and mention.nominal
                and mention.hit.sentence is hit.sentence
                and mention.hit.clause.phrase in subjects
            ):
                mention.fillers += [f for p in things for f in self._filled("target", p, hit.sentence)]

    def _befell(self, hit: Hit) -> bool:
        """Whether a clause that hangs on the hit's tells of something without an author, which is what did the harm."""
        return any(
            c.parent == hit.clause.index
            and c.relation == "adverbial"
            and c.marker in self.language.table("profile").get("harming", ())
            and self.accounts.get((hit.sentence.index, c.index)) in UNWILLED
            for c in hit.sentence.clauses
        )

    # status

    def status(self, hit: Hit) -> Status | None:
        """What the words and what they hang on say: None where nothing is told at all."""
        if (fixed := hit.frame.set.get("status")) is not None:
            return fixed  # type: ignore[return-value]
        clause, sentence = hit.clause, hit.sentence
        own = self._own_status(hit)
        if own is None or own != "occurred":
            return own
        anchored = clause.kind == "noun" and (phrase := _head(hit)) is not None and phrase.definite is True
        if not anchored and self._weighed(clause, sentence):
            return "conditional"
        child = clause
        for parent in sentence.above(clause):
            if child.relation in ("content", "argument", "adverbial") and (
                found := self._embedding(child, parent, sentence, anchored)
            ):
                return found
            if child.relation == "relative" or (child.relation == "content" and parent.relation == "adverbial"):
                break  # "denied it, recalling that ..."
            child = parent
        if clause.infinitive and not self._achieved(hit):  # what somebody came, stayed or was sent to do
            return "conditional" if hit.value in VIOLENT else "announced"
        return "ongoing" if clause.progressive and clause.tense == "present" else "occurred"

    def _weighed(self, clause: Clause, sentence: Sentence) -> bool:
        """Whether a clause or one it hangs on stands after "if", or describes something that only might be."""
        for below in (clause, *sentence.above(clause)):
            if below.marker and below.relation != "content" and self._supposes(below.marker):
                return True
            over = sentence.clauses[below.parent] if below.parent is not None else None
            if below.relation == "relative" and below.phrase is not None:
                described = sentence.phrases[below.phrase]
                return over is not None and over.modality == "conditional" and described.definite is not True
            if below.relation == "content":
                return False
        return False

    def _supposes(self, marker: str) -> bool:
        return any(CONDITIONAL in language_classes(self.language, w) for w in (marker, *marker.split()))

    def _achieved(self, hit: Hit) -> bool:
        """Whether an infinitive hangs on a verb that says it was done: "managed to"."""
        over = next(hit.sentence.above(hit.clause), None)
        return over is not None and "modal.achieved" in language_classes(self.language, over.lemma)

    def _own_status(self, hit: Hit) -> Status | None:
        clause = hit.clause
        if clause.negated or (hit.clause.kind != "noun" and negated(hit.sentence, clause)):
            return "denied" if self._never_came(hit) else None
        if clause.modality == "future":
            return "announced"
        if clause.modality == "conditional" and hit.value not in VIOLENT and self._told_ahead(hit):
            return "announced"
        if clause.modality == "possible" and clause.marker in self.language.table("profile").get("forestalling", ()):
            return "attempted"
        if clause.modality in ("conditional", "possible", "predicted") or (
            hit.value in VIOLENT and self._hangs_on_if(hit)
        ):
            return "conditional"
        phrase = _head(hit)
        if phrase is None:
            return "occurred"
        words = [c for m in phrase.modifiers for c in language_classes(self.language, m)]
        if "failed" in words:
            return "attempted"
        if "planned" in words and phrase.definite is not True:
            return "announced"
        over = _over(hit.sentence, phrase)
        if self._untrue(hit.sentence, phrase):
            return "denied"
        if over is not None and phrase.definite is not True:
            return self._by_class(over.lemma) or "occurred"
        return "occurred"

    def _never_came(self, hit: Hit) -> bool:
        """Whether a deed told by a noun is said not to have happened: "no explosion occurred"."""
        over = next(hit.sentence.above(hit.clause), None)
        told = over is not None and over.negated and over.lemma in self.language.table("profile").get("occurring", ())
        return told and hit.clause.kind == "noun" and hit.clause.relation in ("argument", None)

    def _hangs_on_if(self, hit: Hit) -> bool:
        """Whether what the clause tells is to come if something else does: "if they do not free him, we set fire to it"."""
        return any(
            c.parent == hit.clause.index
            and c.relation == "adverbial"
            and c.tense == "present"
            and c.marker is not None
            and self._supposes(c.marker)
            for c in hit.sentence.clauses
        )

    def _untrue(self, sentence: Sentence, phrase: Phrase) -> bool:
        """Whether there is "no truth to" the deed, or to reports of it."""
        whole: Phrase | None = phrase
        while whole is not None:
            over = _over(sentence, whole)
            if over is not None and over.negated and "modal.truth" in language_classes(self.language, over.lemma):
                return True
            whole = next((p for p in sentence.phrases if p.possessor == whole.index), None)
        return False

    def _told_ahead(self, hit: Hit) -> bool:
        """Whether a clause is what somebody said in the past of what was to come: "said that police would be deployed"."""
        over = next(hit.sentence.above(hit.clause), None)
        held = hit.clause.relation == "content" and over is not None and over.tense == "past"
        return held and not self._weighed(hit.clause, hit.sentence)

    def _embedding(self, child: Clause, parent: Clause, sentence: Sentence, anchored: bool) -> Status | None:
        found = self._by_class(parent.lemma)
        if child.relation == "content" and child.phrase is not None:
            if sentence.phrases[child.phrase].negated:  # "no indication that ... was targeted"
                return "denied"
            found = self._by_class(sentence.phrases[child.phrase].lemma) or found
        if found == "denied" and child.relation != "adverbial":
            return found
        if child.relation == "adverbial":
            return found if found in ("attempted",) and parent.negated else None
        open_ended = child.infinitive or (child.kind == "noun" and not anchored) or child.modality != "actual"
        if found == "attempted" and (open_ended or child.marker in ("from",)):
            return found
        if found and open_ended:
            return found
        if child.kind == "noun" and not anchored and parent.modality in ("conditional", "possible", "future"):
            return "conditional" if parent.modality != "future" else "announced"
        if parent.negated and open_ended and child.kind != "noun":
            return "denied"
        return None

    def _by_class(self, lemma: str) -> Status | None:
        held = language_classes(self.language, lemma)
        return next((status for name, status in EMBEDDED if name in held), None)

    # roles

    def _fillers(self, hit: Hit) -> Iterator[Filler]:
        for role, phrases in hit.roles.items():
            for phrase in phrases:
                if role not in ROLES or (fitting := _fitting(role, phrase, hit)) is None:
                    continue
                if (
                    fitting in ("perpetrator", "victim")
                    and hit.value in VIOLENT
                    and not self._somebody(phrase, hit.sentence)
                ):
                    continue
                yield from self._filled(fitting, phrase, hit.sentence)

    def _somebody(self, phrase: Phrase, sentence: Sentence) -> bool:
        """Whether a phrase can mean people: by its class, as a name or pronoun, or as an actor of the report."""
        if (
            phrase.has(*HUMAN, "org", "state")
            or phrase.kind in ("name", "pronoun")
            or phrase.label in ("PERSON", "ORG", "NORP")
        ):
            return True
        return phrase.kind == "number" or self.cast.actor(sentence, phrase) is not None

    def _filled(self, role: str, phrase: Phrase, sentence: Sentence) -> Iterator[Filler]:
        """The phrase in its role, and the organisation whose members it means."""
        one = self._filler(role, phrase, sentence, names_of(phrase, sentence, self.report, self.language))
        if one.vague and (meant := self._antecedent(one)) is not None:
            yield meant
            one = replace(one, noun=meant.noun, marks=meant.marks, vague=False)
        yield one
        if role == "perpetrator" and phrase.has("person", "group"):
            for index in phrase.qualifiers if phrase.kind != "name" else ():
                yield self._filler(role, sentence.phrases[index], sentence)
            yield from self._inside(role, phrase, sentence)
            yield from (self._filler(role, whole, sentence) for whole in self._belongs(phrase, sentence))
        if role == "perpetrator" and phrase.has("group.part", *HUMAN):
            for _, index in phrase.prepositions:
                whole = sentence.phrases[index]
                if whole.has("actor", "org", "group.rebel", "group.militia", "group.gang", "group.military") or (
                    whole.kind == "name" and not whole.has("place") and phrase.has("group.part")
                ):
                    yield self._filler(role, whole, sentence)

    def _filler(self, role: str, phrase: Phrase, sentence: Sentence, names: tuple[str, ...] = ()) -> Filler:
        return filler(role, phrase, sentence, self.cast.actor(sentence, phrase), self.language, names)

    def _antecedent(self, vague: Filler) -> Filler | None:
        """What "the building" is: the nearest thing before it that is told more closely."""
        if not vague.phrase.has("facility") or vague.phrase.definite is not True or vague.marks:
            return None
        place = self.sentences.index(vague.sentence)
        for sentence in reversed(self.sentences[max(0, place - 1) : place + 1]):
            for phrase in reversed(sentence.phrases):
                if phrase.has("facility") and (sentence is not vague.sentence or phrase.head < vague.phrase.head):
                    found = self._filler(vague.role, phrase, sentence)
                    if not found.vague:
                        return found
        return None

    def _belongs(self, phrase: Phrase, sentence: Sentence) -> Iterator[Phrase]:
        """What people are said to belong to where they are told: "gunmen allegedly belonging to the front"."""
        for tie in self.ties:
            described = tie.sentence is sentence and tie.clause.phrase == phrase.index
            if described and phrase in tie.roles.get("from", ()):
                yield from (p for p in tie.roles.get("to", ()) if p.has("actor", "org", "group") or p.kind == "name")

    def _inside(self, role: str, phrase: Phrase, sentence: Sentence) -> Iterator[Filler]:
        """Known organisations named inside the words for people, or right before them: "FARC rebels"."""
        own = self.cast.actor(sentence, phrase)
        before = BODY_NAME if words(self.language.code).body_before else 0
        for at, actor in self.cast.inside(phrase, before) if phrase.has("person", "group") else ():
            if actor.known_as and actor.kind in ("organisation", "group") and actor is not own and at != phrase.core:
                lemma = self.language.key(actor.name)
                named = Phrase(index=phrase.index, core=at, span=at, head=at, name=at, kind="name", lemma=lemma, definite=True,
                               classes=frozenset({"org", "name"}))  # fmt: skip
                yield Filler(role, named, sentence, actor, noun=lemma)

    def _weak(self, told: Mention, past: bool) -> bool:
        """Whether the words alone do not tell of one incident: bare nouns, and what a court or a memorial day recalls."""
        if told.status in ("announced", "threatened", "conditional", "denied"):
            aims = [f for f in told.of("target", "victim") if _certain(f.phrase) and f.phrase.kind != "pronoun"]
            return not (aims if told.violent else told.fillers or told.times or told.places)
        head = _head(told.hit)
        if told.hit.sentence.zone == "title":
            bare = not told.fillers and not told.places and (head is None or head.number == "singular")
            return bare and told.type in ("protest", "riot")  # "protest anger", "protest turns deadly"
        if told.type in ("protest", "riot") and not told.times and not told.places and self._aside(told):
            return True
        if past and told.nominal and not told.definite:
            return True
        if told.type == "arrest" and told.hit.clause.kind == "participle" and not told.times and not told.places:
            return not told.of("perpetrator")  # "the cases of detained students"
        if told.times or told.places or told.lasting:
            return False
        if told.type == "curfew" and self._said_of(told.hit):
            return False
        if told.hit.clause.quoted and told.type == "attack" and all(f.phrase.kind == "pronoun" for f in told.fillers):
            return True  # "they tried to kill me"
        certain = [f for f in told.fillers if _certain(f.phrase)]
        if not told.nominal:
            return not told.fillers
        phrase = _head(told.hit)
        single = phrase is not None and (phrase.number == "singular" or phrase.quantity is not None)
        many = told.type in MANIFOLD
        return not (certain and (single or told.definite or many)) and not (
            (single or many) and (not told.definite or self._resumed(told.hit)) and self._happened(told.hit)
        )

    def _aside(self, told: Mention) -> bool:
        """Whether unrest is only told as what went with or before the rest: "after a week of unrest", "shouting slogans"."""
        clause = told.hit.clause
        if not told.nominal:
            return clause.relation == "adverbial" and clause.tense == "none"
        head = _head(told.hit)
        over = _over(told.hit.sentence, head) if head is not None else None
        behind = {a.phrase for c in told.hit.sentence.clauses for a in c.arguments if a.function == "oblique"}
        return told.lasting and not told.fillers and over is not None and over.index in behind

    def _said_of(self, hit: Hit) -> bool:
        """Whether a main clause says something of the noun as of a fact: "a curfew was in force"."""
        over = hit.sentence.clauses[hit.clause.parent] if hit.clause.parent is not None else None
        return over is not None and over.tense == "past" and over.modality == "actual" and not over.negated and any(
            a.function == "subject" and a.phrase == hit.clause.phrase for a in over.arguments
        )  # fmt: skip

    def _happened(self, hit: Hit) -> bool:
        """Whether the noun is an argument of a clause that tells of something past."""
        if hit.clause.parent is None:
            return False
        parent = hit.sentence.clauses[hit.clause.parent]
        held = language_classes(self.language, parent.lemma)
        # "killed in an exchange of fire", "came under fire", "led to a fire"
        behind = (hit.sentence.index, parent.index) in self.hard or "modal.carried" in held
        lasts = parent.tense == "present" and parent.modality == "actual" and hit.value in MANIFOLD
        return (parent.tense == "past" or lasts) and any(
            (a.function in ("subject", "object") or (behind and a.function == "oblique"))
            and a.phrase in self._counting(hit)
            for a in parent.arguments
        )

    def _counting(self, hit: Hit) -> set[int | None]:
        """The hit's noun and a noun that only says that there were several of it: a series, a wave."""
        over = (p for p in hit.sentence.phrases if p.possessor is not None and p.possessor == hit.clause.phrase)
        return {hit.clause.phrase, *(p.index for p in over if "series" in language_classes(self.language, p.lemma))}

    def _resumed(self, hit: Hit) -> bool:
        """Whether a main verb says of the noun, known though it is, that it went on or began again: "the shelling resumed"."""
        parent = hit.sentence.clauses[hit.clause.parent] if hit.clause.parent is not None else None
        return parent is not None and "modal.goes_on" in language_classes(self.language, parent.lemma)

    def _general(self, hit: Hit) -> bool:
        """Whether an indefinite noun is said of any such thing: under a clause in the present."""
        phrase = _head(hit)
        if phrase is None or phrase.definite is True or hit.sentence.zone == "title" or hit.clause.parent is None:
            return False
        above = next((c for c in hit.sentence.above(hit.clause) if c.tense != "none"), None)
        return above is not None and above.tense == "present" and not above.progressive and not any(
            p.kind == "time" or _named_place(p) for p in (*_own(hit), *_struck(hit, above))
        )  # fmt: skip

    def _of_the_past(self, hit: Hit) -> bool:
        """Whether a clause tells of many such things as of a habit: "past gatherings have turned violent"."""
        who = hit.sentence.filler(hit.clause, "subject") or hit.sentence.filler(hit.clause, "object")
        return (
            who is not None and who.has("event") and who.number == "plural" and who.definite is None and who.quantity is None
            and any({"earlier"} == {"earlier", "another"} & language_classes(self.language, m) for m in who.modifiers)
            and not any(p.kind == "time" or (p.has("place") and p.kind == "name") for p in _own(hit))
        )  # fmt: skip

    def _words(self, phrase: Phrase) -> str:
        return self.language.key(self.report.words(phrase.core))


def filler(
    role: str,
    phrase: Phrase,
    sentence: Sentence,
    actor: Actor | None,
    language: Language,
    names: tuple[str, ...] = (),
) -> Filler:
    """A phrase in a role, with what tells it from others of its noun."""
    owner = () if phrase.possessor is None else (sentence.phrases[phrase.possessor].lemma,)
    marks, noun = [*phrase.modifiers, *owner], phrase.lemma
    vague = "generic" in language_classes(language, phrase.lemma)
    if vague and (told := _telling(phrase, language)) is not None:
        marks.remove(told)
        noun, vague = told, False
    known = _countries(language.code)
    keys = (language.key(m) for m in marks)
    return Filler(role, phrase, sentence, actor, names, noun, tuple(known.get(k, k) for k in keys if k), vague)


def names_of(phrase: Phrase, sentence: Sentence, report: Report, language: Language) -> tuple[str, ...]:
    """The words of a phrase's proper name, or of the one set beside it."""
    beside = [p.name for p in (phrase, *(sentence.phrases[i] for i in phrase.appositions)) if p.name]
    return tuple(language.key(report.words(beside[0])).split()) if beside else ()


def _telling(phrase: Phrase, language: Language) -> str | None:
    """The noun before a vague one that says what it is: "the consulate building"."""
    kinds = ((m, language_classes(language, m)) for m in reversed(phrase.modifiers))
    return next((m for m, classes in kinds if any(c.startswith("facility") for c in classes)), None)


def _fitting(role: str, phrase: Phrase, hit: Hit) -> str | None:
    """The role that a phrase can play: a weapon in the place of a doer is the weapon, a person aimed at a victim."""
    if phrase.kind == "time" or phrase.has("time") or (hit.trigger.covers(phrase.head) and role != "weapon"):
        return None
    if phrase.kind == "number" and not phrase.has(*HUMAN) and role != "victim":
        return None
    if role == "site":  # where it went off: a target if it is a building or a vehicle
        return "target" if phrase.has("facility", "vehicle") else None
    if phrase.has("weapon"):
        return "weapon" if role in ("perpetrator", "target", "victim", "weapon") else role
    if role == "weapon":
        return None
    if role == "perpetrator":
        return None if phrase.has(*THING, "event", "place", "casualty", "damage", "illness", "hazard", "fire") else role
    if role in ("target", "victim"):
        if phrase.has(
            "event", "casualty", "damage", "time", "statement", "illness", "threat", "fire", "idea", "body", "decision"
        ):
            return "target" if phrase.has("facility") else None
        if phrase.has(*THING):
            return "target"
        if hit.value not in VIOLENT and role == "target":  # whom a protest, an accusation or a sanction is aimed at
            return None if phrase.has("place") else role
        if phrase.has(*HUMAN) or phrase.label == "PERSON" or phrase.kind == "pronoun":
            return "victim" if not phrase.has("group.military", "group.police") or role == "victim" else role
        if phrase.has("place", "state"):
            return None
        return role
    return role


def _lasts(phrase: Phrase, hit: Hit) -> bool:
    """Whether a time phrase tells how long rather than when: a bare plural behind a preposition ("for weeks")."""
    behind = any(a.phrase == phrase.index and a.function == "oblique" for a in hit.clause.arguments)
    return behind and phrase.number == "plural" and not phrase.modifiers and not phrase.appositions


def _certain(phrase: Phrase) -> bool:
    """Whether a phrase means somebody or something in particular."""
    if phrase.kind == "pronoun":
        return True
    return (
        phrase.definite is True or phrase.kind == "name" or phrase.quantity is not None or phrase.number == "singular"
    )


def _own(hit: Hit) -> Iterator[Phrase]:
    """The phrases of the hit's clause and those that hang on them by a preposition, each once."""
    seen: set[int] = set()
    stack = [
        a.phrase
        for a in (*hit.clause.arguments, *_before(hit))
        if a.phrase is not None and a.function in ("oblique", "adverbial")
    ]
    while stack:
        index = stack.pop()
        if index not in seen:
            seen.add(index)
            phrase = hit.sentence.phrases[index]
            if phrase.has("time.turn"):  # "for the second time in a month" tells no time
                continue
            yield phrase
            stack += [i for _, i in phrase.prepositions] + list(phrase.appositions)


def _described(hit: Hit) -> Iterator[Phrase]:
    """What the hit's relative clause, or that of its noun's verb, describes: the town "where rallies were held"."""
    over = (
        [hit.sentence.clauses[hit.clause.parent]] if hit.clause.kind == "noun" and hit.clause.parent is not None else []
    )
    for clause in (hit.clause, *over):
        if clause.relation == "relative" and clause.phrase is not None:
            yield hit.sentence.phrases[clause.phrase]


def _hit(hit: Hit) -> Iterator[Phrase]:
    """What the verb is done to: "they shelled the town of X"."""
    if hit.clause.kind == "verb":
        yield from (
            hit.sentence.phrases[a.phrase]
            for a in hit.clause.arguments
            if a.phrase is not None and a.function == "object"
        )


def _struck(hit: Hit, above: Clause) -> Iterator[Phrase]:
    """When and where the clause is of which the hit's noun is the subject, as headlines put it: "a bomb blast kills six in X"."""
    mine = any(a.function == "subject" and a.phrase == hit.clause.phrase for a in above.arguments)
    if mine and above.parent is None:
        for a in above.arguments:
            if a.phrase is not None and a.function in ("oblique", "adverbial", "object"):
                phrase = hit.sentence.phrases[a.phrase]
                yield phrase
                yield from _town_of(phrase, hit.sentence)
                yield from (hit.sentence.phrases[i] for _, i in phrase.prepositions)


def _before(hit: Hit) -> Iterator[Argument]:
    """What stands before the first of coordinated clauses and holds for all: "Last night ..., and ..."."""
    clause = hit.clause
    if clause.relation == "coordination" and clause.parent is not None:
        first = hit.sentence.clauses[clause.parent]
        yield from (a for a in first.arguments if a.phrase is not None and a.span.start == hit.sentence.span.start)


def _leading(hit: Hit) -> Iterator[Phrase]:
    """The times that open the hit's sentence, or that a clause has which tells when by the hit: "on Friday, when shots hit it"."""
    clause, sentence = hit.clause, hit.sentence
    over = sentence.clauses[clause.parent] if clause.parent is not None else None
    for other in sentence.clauses:
        when = other is over and clause.relation == "adverbial" and clause.marker is not None
        for a in other.arguments:
            if a.phrase is None or other is clause or not (when or a.span.start == sentence.span.start):
                continue
            phrase = sentence.phrases[a.phrase]
            timed = phrase.kind == "time" or phrase.has("time")
            if a.function in ("oblique", "adverbial") and timed and not a.span.covers(hit.trigger):
                yield phrase  # "hours before the decision to close it" does not time the closing


def _named_place(phrase: Phrase) -> bool:
    return phrase.label in ("GPE", "LOC") or (phrase.has("place") and phrase.kind == "name")


def _town_of(phrase: Phrase, sentence: Sentence) -> Iterator[Phrase]:
    """The place that a phrase names, or that it is said to be: "the town of X"."""
    if _named_place(phrase):
        yield phrase
    elif phrase.has("place") and phrase.possessor is not None and sentence.phrases[phrase.possessor].label == "GPE":
        yield sentence.phrases[phrase.possessor]


def _scenes(report: Report, analysis: Analysis, language: Language) -> dict[int, frozenset[str]]:
    """The place that each sentence opens with, or that one before it in its paragraph does."""
    found: dict[int, frozenset[str]] = {}
    last, at = frozenset[str](), 0
    for sentence in analysis.sentences:
        if "\n" in report.text[at : sentence.span.start]:
            last = frozenset()
        opening = _opening(sentence)
        if opening is not None:
            last = frozenset((language.key(report.words(opening.core)),))
        if last and sentence.zone == "body":
            found[sentence.index] = last
        at = sentence.span.end
    return found


def _opening(sentence: Sentence) -> Phrase | None:
    """The place that stands before the first verb of a sentence, at its very beginning."""
    opening = (p for p in sentence.phrases if p.core.start - sentence.span.start <= OPENING)
    near = [p for p in opening if _named_place(p) or (p.has("place") and p.possessor is not None)]
    held = {
        a.phrase
        for c in sentence.clauses
        for a in c.arguments
        if a.phrase is not None and a.function == "oblique" and a.span.start < c.predicate.start
    }
    held |= {p.possessor for p in sentence.phrases if p.index in held and p.possessor is not None}
    return next((p for p in near if p.index in held), None)


def _head(hit: Hit) -> Phrase | None:
    """The phrase of a nominal predicate."""
    if hit.clause.kind == "noun" and hit.clause.phrase is not None:
        return hit.sentence.phrases[hit.clause.phrase]
    return None


def _over(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """The phrase that has this one behind a preposition: the threat of an attack."""
    return next((p for p in sentence.phrases if any(i == phrase.index for _, i in p.prepositions)), None)


def _extent(hit: Hit) -> Span:
    """From the first to the last word of the trigger and its fillers."""
    cores = [p.core for phrases in hit.roles.values() for p in phrases]
    return Span(min(hit.trigger.start, *(c.start for c in cores)) if cores else hit.trigger.start,
                max(hit.trigger.end, *(c.end for c in cores)) if cores else hit.trigger.end)  # fmt: skip


@cache
def _countries(code: str) -> dict[str, str]:
    """Folded names and demonyms of countries -> ISO alpha-3."""
    key = load(code).key
    return {key(name): value[-3:] for _, name, value in places.countries(code)}


def language_classes(language: Language, lemma: str) -> frozenset[str]:
    """What the lexicon knows of a lemma."""
    return language.lexicon.classes(language.key(lemma))


def _cues(sentence: Sentence, report: Report, language: Language) -> frozenset[str]:
    """The contexts that a sentence is about."""
    words = language.key(report.words(sentence.span)).split()
    terms = _context_terms(language.code)
    found = {
        c
        for i, word in enumerate(words)
        for term in terms.get(word, ())
        if words[i : i + len(term.words)] == term.words
        for c in term.classes
    }
    return frozenset(found) | {c for p in sentence.phrases for c in p.classes if c.startswith("context.")}


@dataclass(frozen=True, slots=True)
class _Term:
    words: list[str]
    classes: tuple[str, ...]


@cache
def _context_terms(code: str) -> dict[str, list[_Term]]:
    """The terms that name a context, by their first word."""
    lexicon, found = load(code).lexicon, dict[str, list[_Term]]()
    for term in lexicon.of_class("context"):
        classes = tuple(sorted(c for c in lexicon.classes(term) if c.startswith("context.")))
        found.setdefault(term.split()[0], []).append(_Term(term.split(), classes))
    return found
