"""Mentions -> Stories: which mentions tell of one incident."""

from __future__ import annotations

from dataclasses import dataclass, field

from kavass.coding.mentions import HUMAN, VIOLENT, Filler, Mention
from kavass.model import IncidentType

# Types under which one incident may be told: the first word of each row is the loosest.
KIN: tuple[frozenset[str], ...] = (
    frozenset(("attack", "shooting", "assassination", "assault")),
    frozenset(("attack", "bombing", "suicide_bombing", "shelling", "air_strike")),
    frozenset(("attack", "storming", "arson", "property_destruction")),
    frozenset(("attack", "armed_clash")),
    frozenset(("attack", "bombing", "assassination")),
    frozenset(("protest", "riot")),
    frozenset(("attack", "abduction")),
    frozenset(("shooting", "robbery")),
    frozenset(("shooting", "crackdown")),
    frozenset(("shooting", "crime")),
    frozenset(("attack", "assault", "crime")),
    frozenset(("assassination", "crime")),
    frozenset(("abduction", "crime")),
    frozenset(("outage", "shutdown")),
    frozenset(("curfew",)),
)
# The order in which types say more: an incident takes the most telling one of its mentions.
TELLING: tuple[str, ...] = (
    "suicide_bombing", "air_strike", "shelling", "bombing", "arson", "abduction", "sexual_violence", "robbery", "assassination",
    "crackdown", "shooting", "storming", "assault", "armed_clash", "property_destruction", "attack", "riot",
)  # fmt: skip
RANK = {name: n for n, name in enumerate(TELLING)}
COMPARED = 50  # mentions of an incident that a new one is compared with, the latest; the fullest of news have 15
LOOKED_AT = 40  # incidents that a mention may mean, the latest; full pages tell 20
# What a report tells of one place it means once.
ONCE = ("curfew", "troop_deployment", "illness", "shutdown")
UNREST = ("protest", "riot", "armed_clash", "crackdown")
FRAY = ("riot", "armed_clash", "storming")
HARM = ("attack", "assault", "shooting")
FORCES = (
    "group.police",
    "org.police",
    "person.police",
    "group.military",
    "org.military",
    "person.military",
    "person.security",
)
ENTERED, TAKEN = ("storming", "attack"), ("abduction", "robbery")  # raided a school and took the girls: one incident
NEAR = 3  # body sentences within which a mention without names may mean the one before


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody or something with a part in an incident; `label` says what learned weights took it for, if they did."""

    role: str
    label: str | None
    fillers: tuple[Filler, ...]


@dataclass(slots=True, eq=False)
class Story:
    """The mentions of one incident, in text order; `parts` where learned weights have judged who has one, else None."""

    mentions: list[Mention] = field(default_factory=list)
    parts: list[Part] | None = None
    _told_of: int = 0
    _type: IncidentType = "attack"

    @property
    def type(self) -> IncidentType:
        """The most telling type of its mentions, told anew when there are more of them."""
        if self._told_of != len(self.mentions):
            self._told_of = len(self.mentions)
            self._type = min((m.type for m in self.mentions), key=lambda t: RANK.get(t, len(RANK)))
        return self._type

    @property
    def violent(self) -> bool:
        return self.type in VIOLENT

    @property
    def best(self) -> Mention:
        """The mention that stands for the incident: of its type, a full clause of the body, the first of those."""
        of_type = [m for m in self.mentions if m.type == self.type]
        return max(of_type, key=lambda m: (m.hit.sentence.zone == "body", not m.weak, -m.hit.trigger.start))

    @property
    def told(self) -> bool:
        """Whether it is more than a word: somebody or something has a part in it, or it has a time or place."""
        return any(m.fillers or m.times or m.places or m.hit.sentence.zone == "title" for m in self.mentions)

    @property
    def section(self) -> str:
        """The heading under which it is told first, "" for none."""
        return self.mentions[0].section

    def lately(self, *names: str) -> list[Filler]:
        """The fillers of these roles in its latest mentions: a table tells one thing two thousand times."""
        return [f for m in self.mentions[-COMPARED:] for f in m.of(*names)]

    def of(self, *names: str) -> list[Filler]:
        return [f for m in self.mentions for f in m.of(*names)]

    @property
    def times(self) -> frozenset[str]:
        return frozenset(t for m in self.mentions for t in m.times)

    @property
    def scene(self) -> frozenset[str]:
        """The place that the sentence of its first telling opens with or tells first."""
        return self.mentions[0].scene or self.mentions[0].setting

    @property
    def places(self) -> frozenset[str]:
        return frozenset(p for m in self.mentions for p in m.places)


def unify(mentions: list[Mention]) -> list[Story]:
    """The incidents in order of first mention; weak mentions that mean none of them are left out."""
    stories: list[Story] = []
    waiting: list[Mention] = []
    for mention in mentions:
        if _toll_of(mention, mentions):
            continue  # whom an unrest hurt: its toll, no incident of its own
        story = _meant(mention, stories)
        if story is not None:
            story.mentions.append(mention)
        elif mention.weak:
            waiting.append(mention)
        else:
            stories.append(Story([mention]))
    for mention in waiting:  # "the attack" may stand in the first sentence and be told in the second
        if (story := _meant(mention, stories)) is not None:
            story.mentions.append(mention)
            story.mentions.sort(key=lambda m: m.hit.trigger)
    stories = [s for s in stories if not s.violent or s.told]
    return sorted(stories, key=lambda s: s.mentions[0].hit.trigger)


def _meant(mention: Mention, stories: list[Story]) -> Story | None:
    """The nearest incident that a mention can mean, looking back."""
    fitting = [(s, score) for s in stories[-LOOKED_AT:] if (score := _fit(mention, s)) > 0]
    if not fitting:
        return None
    return max(fitting, key=lambda pair: (pair[1], pair[0].mentions[-1].hit.trigger))[0]


def _fit(mention: Mention, story: Story) -> float:
    """How well a mention fits an incident: above 0 it is taken for it."""
    if _goes_on(mention, story):
        return 2.5
    if not any(kin(mention.type, m.type) for m in story.mentions) or mention.real != story.mentions[0].real:
        return 0
    if {mention.type, story.type} == {"shooting", "crackdown"} and not _of_the_state(mention, story):
        return 0
    if not kin(mention.type, story.type):  # a vague mention in between ties no arson to a shelling
        return 0
    if mention.section != story.section and mention.section and story.section:
        return 0
    if _headline(mention, story):
        return 1.2
    if _otherwise(mention, story) and not _shared(mention, story):
        return 0
    if _clash(mention, story) and not _same_arms(mention, story) and not _named_again(mention, story):
        return 0
    gap = min(abs(mention.order - m.order) for m in story.mentions)
    if _same_arms(mention, story):
        return 1.75
    same_sentence = any(m.hit.sentence is mention.hit.sentence for m in story.mentions)
    shared = _shared(mention, story)
    fresh = mention.another or (mention.type in ONCE and _anew(mention, story)) or _elsewhere(mention, story)
    if fresh and not shared:
        return 0
    if shared:
        return 2 + shared + (0.25 if any(m.type == mention.type for m in story.mentions) else 0)
    if mention.nominal and mention.definite:
        return 1.5
    if same_sentence and _linked(mention, story):
        return 1.5
    if gap <= 2 and _consequence(mention, story):
        return 1.25
    bare = not _told_aims(mention) or not any(_told_aims(m) for m in story.mentions)
    if bare and gap <= 2 and (mention.nominal or not mention.of("perpetrator") or not story.lately("perpetrator")):
        return 1
    if mention.type == story.type and not mention.another and (mention.type in ONCE or _spoken_of(mention)):
        return 1
    if mention.hit.sentence.zone == "title" or any(m.hit.sentence.zone == "title" for m in story.mentions):
        return (
            1 if mention.lead or (mention.hit.sentence.zone == "title" and any(m.lead for m in story.mentions)) else 0
        )
    return 0


def _goes_on(mention: Mention, story: Story) -> bool:
    """Whether a clause says what a deed of its own sentence did besides: "fell on it, killing two", "raided it and took ten"."""
    clause = mention.hit.clause
    if mention.nominal or mention.times or mention.places or clause.parent is None:
        return False
    over = [m for m in story.mentions if m.hit.sentence is mention.hit.sentence and m.hit.clause.index == clause.parent]
    if not over:
        return False
    pair = {over[0].type, mention.type}
    if clause.relation == "adverbial":
        return kin(over[0].type, mention.type) and clause.tense == "none" and not (clause.marker or clause.infinitive)
    if clause.relation != "coordination" or ("arson" in pair and len(pair) > 1):
        return False
    one = kin(over[0].type, mention.type) or (not pair.isdisjoint(ENTERED) and not pair.isdisjoint(TAKEN))
    doers = _doers(mention)
    return one and bool(doers) and doers == _doers(over[0])


def _otherwise(mention: Mention, story: Story) -> bool:
    """Whether the one came from the air and the other did not, or the one came off and the other did not."""
    flown = (
        mention.nominal and mention.type == "air_strike" and story.type not in ("air_strike", "attack", "assassination")
    )
    foiled = "attempted" in (mention.status, story.mentions[0].status) and mention.status != story.mentions[0].status
    return flown or (foiled and mention.type == "bombing" and not mention.definite)


def _of_the_state(mention: Mention, story: Story) -> bool:
    """Whether the shots were those of the forces: "the army said it had shot into the air"."""
    shots = [m for m in (mention, *story.mentions) if m.type == "shooting"]
    doers = [f for m in shots for f in m.of("perpetrator")]
    near = min(abs(mention.order - m.order) for m in story.mentions) <= 1
    own = any(f.phrase.has(*FORCES) for m in shots for f in m.of("victim", "target"))
    return near and not own and all(f.phrase.kind == "pronoun" or f.phrase.has(*FORCES) for f in doers)


def _doers(mention: Mention) -> set[int | None]:
    """The phrases of its subject."""
    return {a.phrase for a in mention.hit.clause.arguments if a.function == "subject"}


def _elsewhere(mention: Mention, story: Story) -> bool:
    """Whether a sentence that opens with a place tells, as of something new, what the story has not set there."""
    fresh = mention.opens and not mention.definite and mention.violent
    there = story.places | story.scene
    return fresh and not (mention.scene & there or _contained(mention.scene, there))


def _headline(mention: Mention, story: Story) -> bool:
    """Whether the first telling in the body is that of the title, which is short of words and so seldom of the same ones."""
    if not all(m.hit.sentence.zone == "title" for m in story.mentions) or mention.hit.sentence.zone != "body":
        return False
    named = [[f for f in x.of("target", "victim") if f.named] for x in (mention, story)]
    return not (all(named) and not any(a.same(b) for a in named[0] for b in named[1])) and not (
        mention.times and story.times and not mention.times & story.times
    )


def _named_again(mention: Mention, story: Story) -> bool:
    """Whether "the attack on the mosque" is that on the mosque told just before, be the place called by another name."""
    if not (mention.nominal and mention.definite) or (
        mention.times and story.times and not mention.times & story.times
    ):
        return False
    near = mention.order - max(m.order for m in story.mentions) <= NEAR
    return near and any(_alike(f, g) for f in mention.of("target", "victim") for g in story.lately("target", "victim"))


def _spoken_of(mention: Mention) -> bool:
    """Whether a clause speaks of a measure as known: "the truce was negotiated by", "the curfew will be lifted"."""
    return not mention.violent and any(f.phrase.definite is True for f in mention.of("means"))


def _anew(mention: Mention, story: Story) -> bool:
    """Whether a measure is brought in as one not spoken of before, after another was told: "a curfew was ordered there"."""
    told = any(m.hit.sentence.zone == "body" and m.order != mention.order for m in story.mentions)
    if not told or mention.hit.sentence.zone != "body":
        return False
    clause, sentence = mention.hit.clause, mention.hit.sentence
    named = [f.phrase for f in mention.of("means")]
    if mention.nominal and clause.phrase is not None:
        named.append(sentence.phrases[clause.phrase])
    return any(p.definite is False for p in named)


def _same_arms(mention: Mention, story: Story) -> bool:
    """Whether "the rockets" are those of the story: definite arms of the same class, no other day or place told."""
    if mention.times and story.times and not mention.times & story.times:
        return False
    mine = [f for f in mention.of("weapon") if f.phrase.definite is True]
    return any(_arms(f) & _arms(g) for f in mine for g in story.lately("weapon"))


def _arms(filler: Filler) -> set[str]:
    return {c for c in filler.phrase.classes if c.startswith("weapon.")}


def _toll_of(mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a clause only tells whom the unrest of its own sentence hurt, or how a bomber was stopped."""
    beside = [m for m in mentions if m.hit.sentence is mention.hit.sentence and m is not mention]
    if (
        any(m.type == "suicide_bombing" and m.status == "attempted" for m in beside)
        and mention.type != "suicide_bombing"
    ):
        return bool(mention.of("victim")) and mention.violent
    clause = mention.hit.clause
    if mention.type in HARM and any(m.type in FRAY and _during(mention, m) for m in beside):
        return True  # "shot dead during clashes"
    follows = (
        clause.tense == "none" and clause.relation == "adverbial" and not mention.of("weapon")
    )  # "injuring 16 people"
    plain = mention.type == "attack" and not mention.of("perpetrator") and not mention.of("weapon")
    told = not mention.nominal and (plain or (mention.type in HARM and follows))
    return told and any(m.type in UNREST and not m.weak for m in beside)


def _during(mention: Mention, other: Mention) -> bool:
    """Whether a clause that tells whom a deed hurt names the other deed, told more than by a bare word, as its circumstance."""
    mine, theirs = mention.hit.clause, other.hit.clause
    return (
        not mention.nominal
        and other.nominal
        and not other.weak
        and theirs.parent == mine.index
        and bool(mention.of("victim"))
    )


def _consequence(mention: Mention, story: Story) -> bool:
    """Whether a clause only tells whom the violence before it hurt: no doer, time or place of its own."""
    plain = (
        mention.type == "attack"
        and not mention.nominal
        and not mention.of("perpetrator")
        and not mention.times
        and not mention.places
        and mention.hit.clause.voice == "passive"
    )
    beside = mention.order - max(m.order for m in story.mentions) <= 1  # "killed a guard. His son was wounded."
    return plain and bool(mention.of("victim")) and (beside or not story.lately("victim")) and story.violent


def kin(a: str, b: str) -> bool:
    """Whether one incident may be told under both types."""
    return a == b or ({a, b} != {"assault", "shooting"} and any(a in row and b in row for row in KIN))


def one_kind(a: Story, b: Story) -> bool:
    """Whether two incidents of a report may be one by their types, days and places; a taking stays apart from a killing."""
    if not kin(a.type, b.type) or ("abduction" in (a.type, b.type) and a.type != b.type):
        return False
    times = not a.times or not b.times or bool(a.times & b.times) or _contained(a.times, b.times)
    return times and (not a.places or not b.places or bool(a.places & b.places) or _contained(a.places, b.places))


def _shared(mention: Mention, story: Story) -> float:
    """Whom or what both hit, who did it: one point each for victim or target, half a point for the doer."""
    aims = any(_alike(f, g) for f in mention.of("target", "victim") for g in story.lately("target", "victim"))
    doers = any(_alike(f, g) for f in mention.of("perpetrator") for g in story.lately("perpetrator"))
    means = mention.type == story.type and any(
        _alike(f, g) for f in mention.of("weapon") for g in story.lately("weapon")
    )
    near = min(abs(mention.order - m.order) for m in story.mentions) <= NEAR
    return (1.0 if aims else 0.5 if means else 0) + (
        0.5 if doers and (aims or (near and not _aims_differ(mention, story))) else 0
    )


def _told_aims(mention: Mention) -> list[Filler]:
    """Whom or what a mention tells to be hit, mere parts of a thing left out ("the fence", "the gate")."""
    return [f for f in mention.of("target", "victim") if not f.phrase.has("part", "generic")]


def _aims_differ(mention: Mention, story: Story) -> bool:
    return bool(mention.of("target", "victim")) and bool(story.lately("target", "victim"))


def _alike(a: Filler, b: Filler) -> bool:
    if a.phrase.kind == "pronoun" and a.actor is None:
        return False
    return a.same(b)


def _linked(mention: Mention, story: Story) -> bool:
    """Whether both hang together in one sentence: one clause on the other, or joined with the same doer."""
    mine = mention.hit.clause
    for other in story.mentions:
        if other.hit.sentence is not mention.hit.sentence:
            continue
        theirs = other.hit.clause
        above = {c.index for c in other.hit.sentence.above(mine)}
        below = {c.index for c in other.hit.sentence.above(theirs)}
        if theirs.index in above or mine.index in below or mine.parent == theirs.parent:
            return True
    return False


def _clash(mention: Mention, story: Story) -> bool:
    """Whether something told of the one cannot be true of the other."""
    lasting = mention.type == story.type == "protest"  # protests go on for days: their days do not tell them apart
    if (
        not lasting
        and mention.times
        and story.times
        and not mention.times & story.times
        and not _contained(mention.times, story.times)
    ):
        return True
    for mine, theirs in ((mention.places, story.places), (mention.scene, story.scene)):
        if mine and theirs and not mine & theirs and not _contained(mine, theirs):
            return True
    if mention.nominal and mention.definite and mention.weak:
        return False
    return _other(mention, story, "victim") or _other(mention, story, "target") or _other(mention, story, "perpetrator")


def _other(mention: Mention, story: Story, role: str) -> bool:
    """Whether both name a filler of the role and no two can be one."""
    mine = [f for f in mention.of(role) if f.phrase.kind != "pronoun"]
    theirs = [f for f in story.lately(role) if f.phrase.kind != "pronoun"]
    if not mine or not theirs or any(a.same(b) for a in mine for b in theirs):
        return False
    named = ([f for f in mine if f.named], [f for f in theirs if f.named])
    return bool(named[0] and named[1]) or not any(_vague(f) for f in (*mine, *theirs))


def _vague(filler: Filler) -> bool:
    """Whether a filler may be anybody of its kind: "the victim", "two people"."""
    return filler.phrase.kind != "name" and (filler.vague or filler.phrase.has("part", "person.victim", *HUMAN))


def _contained(a: frozenset[str], b: frozenset[str]) -> bool:
    return any(x in y or y in x for x in a for y in b)
