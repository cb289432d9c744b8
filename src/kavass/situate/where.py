"""Where an account's incident was: the place words of its clauses, then of its sentences, then of the report.

A place counts by its footing: after a locative preposition ("in the southern city of X"), as the modifier of a thing ("the X
consulate"), or as what was hit. Demonyms never place anything, nor does a country or capital that acts ("Tehran denied"), nor the
town a dateline is written from unless nothing else is told and the report speaks of that country.

A name that stands as a place and that no table has is the place all the same: it keeps its name and lies somewhere about the place
that the text ties it to, or nowhere known; it never gives way in silence to a dateline or to another incident's town.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING

from kavass.gazetteer import places as gazetteer
from kavass.gazetteer.places import Candidate
from kavass.lang import Language
from kavass.lang.clause import Analysis, Clause, Phrase
from kavass.lang.frames import Hit
from kavass.lang.text import fold_words, quotes
from kavass.model import Place, PlaceMention, PlacePrecision, Report, Span
from kavass.situate.places import NEAR_KM, Places, headed, lies_in, word_lists
from kavass.situate.untold import untold

if TYPE_CHECKING:
    from kavass.coding import Coded

LOCATED, MODIFIER, BARE = 3.0, 2.0, 0.0
IN_ARGUMENT, IN_CLAUSE, IN_SAYING, HIT = 4.0, 3.0, -2.0, 2.5
VAGUE, BOLD = 1.0, 0.8  # a vague preposition and a headline tell less
BROKEN = 4.0  # what a mark between two reports in one line takes away
ENOUGH = 2.0  # below this a place of the sentence is not the incident's
ORIGIN, COME_FROM = "origin", 4.0  # of what came from elsewhere: "flown in from X"
FINER = {"site": 1.0, "town": 0.6, "district": 0.5, "province": 0.3, "country": 0.0, "region": -1.0}
TITLED, LEADING = 3, 2  # what a name in the title or the opening paragraph counts
LITTLE, SPOKEN_OF = 100_000, 3  # inhabitants; how often another country is spoken of
BACK_CHARACTERS = 700  # how far back the text may have named the place
WORDS_OF_LIE = 4  # between a town and the one that tells where it lies
MANY = 2  # items of a round-up after its first
OPENING = 20  # characters before a place that a paragraph opens with
NEARBY_KM = 5.0
ABOUT_KM = 40.0  # how far round its anchor a place lies of which only the name is told
NAMED = "named:"  # what the key of such a place begins with
TIED = 30  # characters between such a name and the place that it is said to lie in
PRECISION: dict[str, PlacePrecision] = {
    "site": "site", "town": "town", "district": "district", "province": "province", "country": "country", "region": "unknown",
}  # fmt: skip
TARGETS = ("target", "affected", "victim")
STATED = ("sanction", "accusation", "expulsion")  # told with what they are taken over
WORD = re.compile(r"\w+(?:['’]\w+)?")
LINE = re.compile(r"[^\n]+")
ITEM = re.compile(r"[\s•*·▪●\-–—]*[^\W\d_][^\n:.;!?\"“«]{1,40}:\s")  # the heading of a paragraph in a round-up
OPEN = re.compile(r"[\s\-–\u200e\u200f\"“«]*")


@dataclass(frozen=True, slots=True)
class Footing:
    """How a place name stands in the text. `thing` is the word it places ("consulate" in "the consulate in X")."""

    mention: PlaceMention
    candidate: Candidate | None
    weight: float
    near: bool = False
    thing: str = ""
    zone: str = "body"
    owners: frozenset[str] = frozenset()
    vague: bool = False  # behind a preposition that need not say where: "close to X"

    @property
    def span(self) -> Span:
        return Span(*self.mention.mention)

    @property
    def finer(self) -> bool:
        """Whether it is known and finer than a country."""
        return self.candidate is not None and self.candidate.kind not in ("country", "region")


class Setting:
    """The places of one report as its accounts use them."""

    def __init__(self, report: Report, analysis: Analysis, places: Places, language: Language, telling: Set[int]):
        self.report, self.places, self.language, self.telling = report, places, language, telling
        self.table = language.table("places")
        self.lists = word_lists(language.code)
        self.opening = min((z.span.start for z in report.zones if z.zone == "body"), default=0)
        self.elsewhere = {
            language.key(report.words(Span(*m.mention)))
            for m, c in zip(places.mentions, places.candidates, strict=True)
            if c is not None and c.kind not in ("country", "region", "site") and self._of_another(m, c)
        }
        self.kinds = {language.key(k): str(v) for k, v in self.table.get("sites", {}).items()}
        self._phrases = {
            m.mention: s.phrases for s in analysis.sentences for m in places.beside(s.span) if s.span.covers(m.mention)
        }
        self.footings = [
            self._footing(m, c)
            for m, c in zip(places.mentions, places.candidates, strict=True)
            if c is not None and m.kind == "name" and not self._cut(m) and not self._stray(m, c)
        ]
        self.footings = sorted([*self.footings, *self._capitals()], key=lambda f: f.span)
        lines = (Span(m.start(), m.end()) for m in LINE.finditer(report.text))
        self.quoted = [q for line in lines for q in quotes(report.text, line, language.table("profile")["quotes"])]
        self.standing = self._standings()
        self.footings = sorted([*self.footings, *self._named_only(analysis)], key=lambda f: f.span)
        self._unseat()
        self._lies()
        self.scenes = {f.candidate.key for f in self.footings if f.candidate and f.weight >= MODIFIER}
        self.standing = self._standings()

    def place(self, coded: Coded) -> Place | None:
        """Where the account's incident was, or None where the report does not tell."""
        hits = list(coded.hits)
        found = (
            self._told(hits, IN_CLAUSE)
            or self._again(hits)
            or self._told(hits)
            or self._stated(hits)
            or self._headed(hits)
            or self._recalled(hits)
            or self._going_on(hits)
            or self._standing(coded)
        )
        if found is None:
            return None
        found = self._finer(hits, found)
        return self._site(hits, found) or as_place(found)

    def _finer(self, hits: Sequence[Hit], found: Footing) -> Footing:
        """A country that no clause gives as where it was, or a headline's province, narrowed to the town that the report
        is about."""
        wide, bold = found.candidate, all(hit.trigger.start < self.opening for hit in hits)
        if wide is not None and wide.kind == "province" and found.zone == "title" and not bold:
            told = [
                f for hit in hits for f in self._within(hit.sentence.span) if f.zone == "body" and f.weight >= LOCATED
            ]
            return next((f for f in told if f.candidate and lies_in(f.candidate, wide)), found)
        if wide is not None and wide.kind == "province" and (aim := self._aimed(hits, wide)) is not None:
            return aim
        head = self._headed(hits) if wide is not None and wide.kind == "province" else None
        if wide is not None and head is not None and head.candidate and lies_in(head.candidate, wide):
            return head  # "Quetta - four died on a road in Balochistan"
        written = self._dateline()
        small = written.candidate if written and written.candidate and written.candidate.population < LITTLE else None
        if wide is not None and wide.kind == "province" and written and small and lies_in(small, wide):
            return written  # from a little town of the province
        if wide is None or not (wide.kind == "country" or (bold and wide.kind == "province")):
            return found
        if not bold and any(_placed_in(hit, found.span) for hit in hits):
            return found
        fits = [f for f in self.footings if f.finer and f.candidate and lies_in(f.candidate, wide)]
        fits = [f for f in fits if f.candidate and f.candidate.key in self.scenes and f.zone != "dateline"]
        if wide.kind == "province":
            fits = [f for f in fits if f.weight >= LOCATED and f.span.start >= self.opening][:1]
        dateline = self._dateline()
        home = dateline if dateline and dateline.candidate and lies_in(dateline.candidate, wide) else found
        return max(fits, key=lambda f: (self.standing[f.candidate.key] if f.candidate else 0, f.span), default=home)

    def _aimed(self, hits: Sequence[Hit], wide: Candidate) -> Footing | None:
        """The town in a province that an account's own clause aims at: "in X province they took the district of Y"."""
        for hit in hits:
            aims = [p for role in TARGETS for p in hit.roles.get(role, ())]
            for f in self._within(hit.sentence.span):
                inside = f.finer and f.weight > BARE and f.candidate and lies_in(f.candidate, wide)
                if inside and any(p.span.covers(f.span) for p in aims):
                    return f
        return None

    # --- what the sentences say

    def _told(self, hits: Sequence[Hit], closeness: float | None = None) -> Footing | None:
        """The best place of the accounts' own sentences; with `closeness` only one that stands that close to the trigger."""
        scored = []
        for n, hit in enumerate(hits):
            targets = [p for role in TARGETS for p in hit.roles.get(role, ())]
            for f in self._within(hit.sentence.span):
                if f.vague and closeness is not None:
                    continue
                least = IN_ARGUMENT if f.vague else closeness
                if least is None or self._closeness(hit, f, targets) >= least:
                    scored.append((self._weight(hit, f), -n, f))
        best = max(scored, key=lambda s: s[:2], default=None)
        return best[2] if best and best[0] >= ENOUGH else None

    def _within(self, span: Span) -> Iterator[Footing]:
        first = bisect_left(self.footings, span.start, key=lambda f: f.mention.mention[0])
        near = takewhile(lambda f: f.mention.mention[0] < span.end, islice(self.footings, first, None))
        return (f for f in near if span.covers(f.mention.mention))

    def _weight(self, hit: Hit, f: Footing) -> float:
        weight, kind = f.weight, f.candidate.kind if f.candidate else "town"
        targets = [p for role in TARGETS for p in hit.roles.get(role, ())]
        if weight < LOCATED and kind in ("country", "region"):
            return -1.0
        if f.vague:
            weight -= VAGUE
        if hit.trigger.start < self.opening:
            weight -= BOLD
        if weight == BARE and any(p.head.touches(f.span) for p in (*targets, *_described(hit), *_objects(hit))):
            weight = HIT
        town = f.candidate is not None and f.candidate.kind == "town" and not f.candidate.capital
        if weight == BARE and town and any(p.head.touches(f.span) for p in _undergoing(hit)):
            weight = HIT  # "X came under rocket fire"
        if weight == BARE:
            return -1.0
        weight += self._closeness(hit, f, targets) + FINER.get(kind, 0.0)
        if any(p.core.touches(f.span) for p in hit.roles.get(ORIGIN, ())):
            weight -= COME_FROM
        if self._broken(hit.trigger, f.span):
            weight -= BROKEN
        if hit.value in STATED and self._reason(hit.trigger, f.span):
            return -1.0
        return weight - min(1.0, _gap(hit.trigger, f.span) / 200)

    def _reason(self, trigger: Span, span: Span) -> bool:
        """Whether a place only belongs to what a measure was taken over: "froze assets over the deaths in X"."""
        between = WORD.findall(self.report.text[trigger.end : span.start])
        return any(self.language.key(word) in self.lists.get("reasons", ()) for word in between)

    def _broken(self, a: Span, b: Span) -> bool:
        """Whether a mark that joins two reports in one line stands between: "Five dead in X; Y strikes"."""
        between = self.report.text[min(a.end, b.end) : max(a.start, b.start)]
        return any(mark in between for mark in self.table.get("breaks", ()))

    def _closeness(self, hit: Hit, f: Footing, targets: Iterable[Phrase]) -> float:
        sentence, clause = hit.sentence, hit.clause
        if any(p.head.touches(f.span) for p in _described(hit)):
            return IN_ARGUMENT
        if any(p.span.touches(f.span) for p in targets) or _in_arguments(clause, f.span):
            return IN_ARGUMENT
        if clause.span.covers(f.span):
            return IN_CLAUSE
        below = clause
        for above in sentence.above(clause):
            if _in_arguments(above, f.span):
                return IN_SAYING if below.relation == "content" or id(above) in self.telling else 1.0
            below = above
        return 0.0

    # --- what the report said before: "the consulate", "the city"

    def _again(self, hits: Sequence[Hit]) -> Footing | None:
        """The place of what was hit, where the report named it before."""
        return next((f for hit in hits for role in TARGETS if (f := self._thing(hit, hit.roles.get(role, ())))), None)

    def _recalled(self, hits: Sequence[Hit]) -> Footing | None:
        return next((f for hit in hits if (f := self._noun(hit) or self._thing(hit, hit.sentence.phrases))), None)

    def _headed(self, hits: Sequence[Hit]) -> Footing | None:
        """The place in the heading of the account's paragraph: "Benghazi, 18 July: ..."."""
        opening = (next(self._within(self._paragraph(hit)), None) for hit in hits)
        zones = ("body", "dateline") if self._items >= MANY else ("body",)  # the first item looks like a dateline
        return next(
            (f for f in opening if f and f.candidate and f.zone in zones and headed(self.report.text, f.span)), None
        )

    @cached_property
    def _items(self) -> int:
        """How many paragraphs open with a place as their heading."""
        return sum(f.zone == "body" and headed(self.report.text, f.span) for f in self.footings)

    def _stated(self, hits: Sequence[Hit]) -> Footing | None:
        """Where a measure was announced: the town that the report is written from, a capital or not."""
        if not all(hit.value == "sanction" and hit.clause.relation != "relative" for hit in hits):
            return None
        return next((f for f in self.footings if f.zone == "dateline" and f.candidate), None)

    def _going_on(self, hits: Sequence[Hit]) -> Footing | None:
        """The place last told in the account's paragraph before it."""
        for hit in hits:
            opening = hit.sentence.span.start + OPENING
            told = [
                f for f in self._within(self._paragraph(hit)) if f.finer and f.weight >= LOCATED and f.zone == "body"
            ]
            told = [f for f in told if f.span.start <= opening]
            if told:  # what its own sentence names further on and was not taken is the speaker's: "said in X"
                return told[-1]
        return None

    def _paragraph(self, hit: Hit) -> Span:
        """The account's paragraph as far as the account."""
        return Span(self.report.text.rfind("\n", 0, hit.trigger.start) + 1, hit.trigger.end)

    def _thing(self, hit: Hit, phrases: Iterable[Phrase]) -> Footing | None:
        """The place of a thing named again: "the consulate" after "the consulate in X", of the same owner."""
        for phrase in phrases:
            words = [
                self.language.key(self.report.words(phrase.head)),
                *map(self.language.key, WORD.findall(self.report.words(phrase.core))),
            ]
            if not (phrase.has("facility") or self.kinds.keys() & set(words)):
                continue
            called = {w for w in words[1:] if w in self.kinds} or {words[0]}
            owners = {m.country for m in self.places.beside(phrase.core) if m.country and phrase.core.covers(m.mention)}
            named = [f for f in self.footings if f.thing in called and f.finer]
            named = [f for f in named if f.owners & owners] or [f for f in named if not (f.owners and owners)]
            if named:
                return max(
                    (f for f in named if f.span.end <= hit.sentence.span.end), key=lambda f: f.span, default=named[0]
                )
        return None

    def _noun(self, hit: Hit) -> Footing | None:
        """The last town named before "the city", of the nation that a demonym beside it tells."""
        span, text = hit.sentence.span, self.report.text
        for match in WORD.finditer(text, span.start, span.end):
            word = self.language.key(match.group())
            if word not in self.lists.get("anaphora", frozenset()):
                continue
            nations = {
                m.country
                for m in self.places.beside(Span(max(0, match.start() - 3), match.end() + 3))
                if m.kind == "demonym"
                and (0 <= match.start() - m.mention[1] <= 2 or 0 <= m.mention[0] - match.end() <= 2)
            }
            if word in self.lists.get("capitals", ()) and (found := self._capital(match, nations)) is not None:
                return found
            wide = word in self.lists.get("country_nouns", ())
            named = (f for f in self.footings if f.zone != "dateline" and f.span.end <= match.start())
            named = (f for f in named if f.candidate and (wide or f.candidate.key in self.scenes) and not self._acts(f))
            named = (f for f in named if (f.finer if not wide else f.candidate and f.candidate.kind == "country"))
            division = word in self.lists.get("anaphora_divisions", ())
            named = (f for f in named if f.candidate and (f.candidate.kind == "province") >= division)
            fits = [f for f in named if not nations or (f.candidate and f.candidate.country in nations)]
            if not division:
                fits = [f for f in fits if f.candidate and f.candidate.kind != "province"] or fits
            if fits:
                return fits[-1]
        return None

    def _capital(self, match: re.Match[str], nations: Set[str | None]) -> Footing | None:
        """The capital of the nation beside the word, else the one named last, else that of the country that the report is about."""
        nation = next(iter(sorted(filter(None, nations))), None)
        if nation is None:
            named = [f for f in self.footings if f.candidate and f.candidate.capital and f.span.end <= match.start()]
            named = [f for f in named if f.weight >= LOCATED or f.zone == "dateline"]
            home = self.places.countries().most_common(1)
            nation = named[-1].mention.country if named else home[0][0] if home else None
        capital = gazetteer.capital(nation) if nation else None
        if capital is None:
            return None
        span = Span(match.start(), match.end())
        return Footing(PlaceMention(mention=span, kind="name", name=capital.name, country=nation), capital, LOCATED)

    def _capitals(self) -> Iterator[Footing]:
        """The capitals that are called by that word where a place stands: "in the Somali capital"."""
        text, ends = self.report.text, {f.span.start for f in self.footings}
        key, capitals = self.language.key, self.lists.get("capitals", frozenset())
        for match in WORD.finditer(text):
            if key(match[0]) not in capitals:
                continue
            beside = [
                m
                for m in self.places.beside(Span(max(0, match.start() - 3), match.end() + 3))
                if m.kind == "demonym" or self._owns(m.mention, match.start())
            ]
            start = min([match.start(), *(m.mention[0] for m in beside)])
            located = any(w in self.lists.get("locative", ()) for w in self._leading(Span(start, match.end())))
            located = located or self._attached(Span(start, match.end())) in self.lists.get("clitics", ())
            if (located or beside) and not ends & set(range(match.end(), match.end() + 3)):
                found = self._capital(match, {m.country for m in beside})
                if found is not None:
                    yield found if located else replace(found, weight=BARE)

    def _owns(self, name: Sequence[int], at: int) -> bool:
        """Whether a name in the genitive stands just before: "Colombia's capital"."""
        return bool(re.fullmatch(r"['’]s? ", self.report.text[name[1] : at]))

    # --- names that no table has

    def _named_only(self, analysis: Analysis) -> list[Footing]:
        """The names that stand as places and that no table has, or only in a country that the report does not speak of, anchored
        where the text allows."""
        foreign = [
            PlaceMention(mention=m.mention, kind="name", name=self.report.words(Span(*m.mention)))
            for m, c in zip(self.places.mentions, self.places.candidates, strict=True)
            if c is not None and m.kind == "name" and not self._cut(m) and self._stray(m, c)
        ]
        found = [self._footing(m, None) for m in foreign]
        found = [f for f in found if f.weight >= LOCATED and f.zone != "dateline"]
        unknown = untold(self.report, analysis, self.places, self.language)
        found += [replace(self._footing(m, None), weight=LOCATED) for m in unknown]
        anchors: dict[str, Candidate] = {}
        for f in found:
            if (anchor := self._anchor(f)) is not None:
                anchors.setdefault(f.mention.name, anchor)
        return [replace(f, candidate=_about(f.mention.name, anchors.get(f.mention.name))) for f in found]

    def _anchor(self, f: Footing) -> Candidate | None:
        """The known place about which a name lies: the one it is tied to by the words that follow, the one last told before it,
        that of the dateline or of the title. A capital is one only to its own quarters."""
        after = [g for g in self.footings if g.span.start >= f.span.end][:2]  # "in X in Y's Z region"
        for g in after:
            if g.finer and self._ties(f.span, g.span):
                return g.candidate
        inner = self.lists.get("quarters", frozenset())
        beside = [
            self.language.key(w) for w in WORD.findall(self.report.text[max(0, f.span.start - 40) : f.span.start])[-2:]
        ]
        city = bool(inner & {*beside, self._following(f.span)})
        told = [
            g
            for g in self.footings
            if g.finer and g.weight >= LOCATED and g.zone == "body" and g.span.end <= f.span.start
        ]
        dateline = self._dateline()
        titled = [g for g in self.footings if g.finer and g.zone == "title"]
        fits = [*reversed(told), *([dateline] if dateline else []), *titled, *(g for g in self.footings if g.finer)]
        fits = [g for g in fits if g.candidate and (city or not g.candidate.capital)]
        return fits[0].candidate if fits else None

    def _ties(self, a: Span, b: Span) -> bool:
        """Whether only a comma, a bracket or a preposition of place stands between two names: "X, in Y district"."""
        between = self.report.text[a.end : b.start]
        words = [self.language.key(w) for w in WORD.findall(between)]
        led = not words or any(w in self.lists.get(n, ()) for w in words for n in ("locative", "near"))
        led = led and not any(w in self.lists.get(n, ()) for w in words for n in ("parts", "roads"))
        return len(between) <= TIED and len(words) <= WORDS_OF_LIE and led and not re.search(r"[.;:!?\n]", between)

    # --- where the report as a whole is set

    def _standing(self, coded: Coded) -> Footing | None:
        """The town that the report is about, of those named shortly before the account if any are."""
        at = coded.account.trigger.start
        usable = [
            f
            for f in self.footings
            if f.candidate and f.candidate.key in self.scenes and f.candidate.kind != "region" and f.zone != "dateline"
        ]
        finer = [f for f in usable if f.finer and not self._spoken(f)]
        start = self.report.text.rfind("\n", 0, at) + 1
        titled = [f for f in finer if f.zone == "title"]
        if titled and ITEM.match(self.report.text, start) and not any(start <= f.span.start < at for f in finer):
            return titled[0]  # an item of its own: what another tells of is not its place
        before = [f for f in finer if 0 <= at - f.span.end <= BACK_CHARACTERS]
        if self._dateline() is not None and all(f.vague for f in before):
            before = []  # "the X ministry" is no scene
        if before:
            best = max(before, key=lambda f: (self.standing[f.candidate.key] if f.candidate else 0, f.span))
            return self._inside(best, before)
        dateline = self._dateline()
        if dateline is not None and at < max((f.span.start for f in finer), default=0):
            titled = [
                f for f in finer if f.zone == "title" or (f.candidate and self.standing[f.candidate.key] > LEADING)
            ]
            if not titled:  # what is only named once further down is another's place
                return dateline
        behind = [f for f in finer if f.span.start < at or not self._opens(f)]
        if dateline and dateline.candidate and not behind:
            return dateline
        if finer := behind or finer:
            return max(finer, key=lambda f: (self.standing[f.candidate.key] if f.candidate else 0, -f.span.start))
        named = [f for f in self.footings if f.finer and f.weight == BARE and f.zone in ("title", "body")]
        named = [f for f in named if f.candidate and (not f.candidate.capital or self._listed(f))]
        home = max(
            named, key=lambda f: (self.standing[f.candidate.key] if f.candidate else 0, -f.span.start), default=None
        )
        return self._dateline() or next((f for f in usable if f.weight >= LOCATED), None) or home or self._only()

    def _only(self) -> Footing | None:
        """The one town that a report names at all, if in its title, be it a capital."""
        towns = [f for f in self.footings if f.finer and not f.vague]
        one = len({f.candidate.key for f in towns if f.candidate}) == 1
        return next((f for f in towns if one and f.zone == "title"), None)

    def _spoken(self, f: Footing) -> bool:
        """Whether a place is named by somebody's words, who may speak of anywhere, and nowhere else."""
        key = f.candidate.key if f.candidate else ""
        return all(
            any(q.covers(other.span) for q in self.quoted)
            for other in self.footings
            if other.candidate and other.candidate.key == key
        )

    def _listed(self, f: Footing) -> bool:
        """Whether the name stands in an address or list: "Embassy of X, Kinshasa, Democratic Republic of the Congo"."""
        return self.report.text[f.span.end : f.span.end + 1] == "," and any(
            m.country == f.mention.country for m in self.places.beside(Span(f.span.end + 2, f.span.end + 3))
        )

    def _inside(self, wide: Footing, told: Sequence[Footing]) -> Footing:
        """Of a province the town in it that was told last, if one was."""
        if wide.candidate is None or wide.candidate.kind != "province":
            return wide
        towns = [f for f in told if f.candidate and f.weight >= MODIFIER and lies_in(f.candidate, wide.candidate)]
        return max(towns, key=lambda f: f.span, default=wide)

    def _opens(self, f: Footing) -> bool:
        """Whether a place opens a paragraph of its own: "In X, ..."."""
        return f.span.start - (self.report.text.rfind("\n", 0, f.span.start) + 1) <= OPENING

    def _standings(self) -> Counter[str]:
        """How often each place is named; the title and the opening paragraph count for more."""
        body = next((z.span for z in self.report.zones if z.zone == "body"), None)
        found: Counter[str] = Counter()
        for f in self.footings:
            if f.candidate and f.zone != "dateline":
                leading = body is not None and body.covers(f.span)
                found[f.candidate.key] += TITLED if f.zone == "title" else LEADING if leading else 1
        return found

    def _unseat(self) -> None:
        """A capital behind a vague preposition is a government where the report is of another country: "close to X"."""
        told = Counter(
            f.candidate.country for f in self.footings if f.candidate and f.weight >= MODIFIER and not f.vague
        )
        home = told.most_common(1)[0][0] if told else None
        self.footings = [
            replace(f, weight=BARE)
            if f.vague and home and f.candidate and f.candidate.capital and f.candidate.country != home
            else f
            for f in self.footings
        ]

    def _lies(self) -> None:
        """A town that only tells where the one just named lies is not the place itself: "in X, south of Y", "X, in Y district"."""
        for n, (before, f) in enumerate(pairwise(self.footings)):
            if self._within_division(before, f):
                self.footings[n] = replace(before, weight=max(before.weight, f.weight))
                self.footings[n + 1] = replace(f, weight=MODIFIER / 2)
        pairs = zip(self.footings, [None, *self.footings], strict=False)
        self.footings = [
            replace(f, weight=MODIFIER / 2)
            if before and before.weight >= LOCATED and self._tells_where(before, f)
            else f
            for f, before in pairs
        ]

    def _within_division(self, a: Footing, b: Footing) -> bool:
        """Whether a division only tells where the town just named lies: "residents of X, in the state of Y"."""
        if not (
            a.candidate and b.candidate and a.candidate.kind == "town" and b.weight >= LOCATED and a.zone == b.zone
        ):
            return False
        wide = b.candidate.kind == "province" and lies_in(a.candidate, b.candidate)
        before = self._leading(b.span)[:1]
        called = any(w in self.lists.get("division_nouns", ()) for w in before) and a.candidate is not b.candidate
        near = called and a.candidate.country == b.candidate.country and _together(a.candidate, b.candidate)
        return (wide or near) and self._ties(a.span, b.span)

    def _tells_where(self, a: Footing, b: Footing) -> bool:
        """Whether the second name only tells where the first lies."""
        if a.candidate and a.candidate.key.startswith(NAMED):
            return self._ties(a.span, b.span)
        return b.near and a.finer and self._beside(a.span, b.span)

    def _beside(self, a: Span, b: Span) -> bool:
        """Whether only a word or two of direction stand between two names."""
        between = self.report.text[a.end : b.start]
        words = [self.language.key(w) for w in WORD.findall(between)]
        return 0 < len(words) <= WORDS_OF_LIE and words[0] in self.lists.get("near", ()) and "." not in between

    def _acts(self, f: Footing) -> bool:
        """Whether a bare name stands for a government or people: "Baghdad sent", said of no place."""
        return f.weight == BARE

    def _cut(self, mention: PlaceMention) -> bool:
        """Whether the name is only the first part of a longer word: an apostrophe and more letters follow."""
        return bool(re.match(r"['’ʿ]\w{2,}", self.report.text[mention.mention[1] : mention.mention[1] + 4]))

    def _stray(self, mention: PlaceMention, candidate: Candidate | None) -> bool:
        """Whether a little place, or one meant by another of its names, lies in a country that nothing else of the report speaks
        of, while it speaks of another."""
        if candidate is None or candidate.kind in ("country", "region"):
            return False
        cased = bool(self.table.get("titles"))  # only a Latin script compares with the first name of a place
        other = cased and self.language.key(self.report.words(Span(*mention.mention))) != fold_words(candidate.name)
        if candidate.capital and not other:
            return False
        if self.language.key(self.report.words(Span(*mention.mention))) in self.elsewhere:
            return True
        spoken = Counter(
            c.country if c else m.country
            for m, c in zip(self.places.mentions, self.places.candidates, strict=True)
            if (c is None or c.key != candidate.key)
        )
        most = max((n for country, n in spoken.items() if country), default=0)
        if spoken[candidate.country]:
            return False
        return (candidate.population < LITTLE and most >= SPOKEN_OF) or (other and most >= SPOKEN_OF - 1)

    def _of_another(self, mention: PlaceMention, candidate: Candidate) -> bool:
        """Whether the words that follow put the name in another country than the tables do: "X in Y's Z region"."""
        span = Span(*mention.mention)
        after = next(
            (
                (m, c)
                for m, c in zip(self.places.mentions, self.places.candidates, strict=True)
                if m.mention.start >= span.end and m.kind == "name"
            ),
            None,
        )
        if after is None or after[1] is None or after[1].country in (None, candidate.country):
            return False
        between = self.report.text[span.end : after[0].mention[0]]
        joined = [self.language.key(w) for w in WORD.findall(between)]
        inside = not joined or (len(joined) == 1 and joined[0] in self.lists.get("inside", ()))
        return inside and bool(re.fullmatch(r",? \w*\s?", between)) and after[1].kind in ("country", "province")

    def _dateline(self) -> Footing | None:
        """The town a report is written from, unless it is a capital and the report speaks of another country."""
        written = [f for f in self.footings if f.zone == "dateline" and f.candidate]
        found = written[0] if written else None
        if found is None or found.candidate is None or len({f.mention.country for f in written}) > 1:
            return None  # written from two countries: of neither
        others = [m for m in self.places.mentions if m.country and not found.span.touches(Span(*m.mention))]
        named = Counter(m.country for m in others if m.kind == "name")
        told = named or Counter(m.country for m in others)
        if found.candidate.capital and not told:
            return None
        told = told if found.candidate.capital else named
        return None if told and 2 * told[found.candidate.country] < max(told.values()) else found

    # --- known sites

    def _site(self, hits: Sequence[Hit], found: Footing) -> Place | None:
        """The known site a target is: its kind of house, its owner and the town; else the site that the place's own words name."""
        town = self._town(found)
        if town is None:
            return None
        for hit in hits:
            for phrase in (p for role in TARGETS for p in hit.roles.get(role, ())):
                if (site := self._known_site(phrase.core, town)) is not None:
                    return replace(as_place(replace(found, candidate=site, near=False)), span=phrase.core)
        if found.thing in self.kinds and found.candidate and found.candidate.kind == "town":
            fits = [c for c in _sites_of(town) if c.what == self.kinds[found.thing] and c.owner is None]
            return as_place(replace(found, candidate=fits[0])) if len(fits) == 1 else None
        return None

    def _town(self, found: Footing) -> str | None:
        c = found.candidate
        return None if c is None else c.parent if c.kind == "site" else c.name if c.kind == "town" else None

    def _known_site(self, core: Span, town: str) -> Candidate | None:
        kinds = {
            self.kinds[w] for w in map(self.language.key, WORD.findall(self.report.words(core))) if w in self.kinds
        }
        owners = {m.country for m in self.places.beside(core) if m.country and m.name != town}
        fits = [c for c in _sites_of(town) if c.what in kinds and (c.owner in owners if owners else c.owner is None)]
        return fits[0] if len(fits) == 1 else None

    # --- how a name stands

    def _footing(self, mention: PlaceMention, candidate: Candidate | None) -> Footing:
        span = Span(*mention.mention)
        zone = next((z.zone for z in self.report.zones if z.span.covers(span)), "body")
        after, before = self._following(span), self._leading(span)
        near = any(w in self.lists.get("near", ()) for w in before)
        joined = {
            n
            for n, w in enumerate(before[:-1])
            if w in self.lists.get("vague_locative", ()) and before[n + 1] in self.lists.get("nouns_before", ())
        }
        located = next(
            (n for n, w in enumerate(before) if w in self.lists.get("locative", ()) and n not in joined), None
        )
        clitic = self._attached(span) in self.lists.get("clitics", ())
        vague = located is not None and before[located] in self.lists.get("vague_locative", ())
        firm = clitic or (located is not None and not vague)
        firm = firm or any(self._only_joins(a) and b in self.lists.get("near", ()) for a, b in pairwise(before))
        if after and candidate and candidate.kind in ("country", "region"):
            firm = vague = False  # "at the French embassy" is not in France
        led = self.language.key(self.report.words(span)).split()[0] in self.lists.get("nouns_before", ())
        if self._goes_with(span):
            firm, vague = False, False
        after = "" if self._goes_with(span) else after
        weight = LOCATED if firm else MODIFIER if vague or after or led or self._owned(before) else BARE
        if after in self.lists.get("offices", ()) and candidate and candidate.capital:
            weight = BARE  # "Baku's defence ministry" is not in this report's Baku
        part = after in self.lists.get("nouns_before", ()) and after not in self.lists.get("division_nouns", ())
        if part and candidate and candidate.kind == "province":
            weight, firm = BARE, False  # "throughout the Assam district": that told before
        thing = after or (before[located + 1] if located is not None and located + 1 < len(before) else "")
        if not after:
            reach = (
                len(before) if located is None else located + 3
            )  # a word may describe the noun behind the preposition
            thing = next((w for w in before[:reach] if w in self.kinds), thing)
        roads = self.lists.get("roads", frozenset())
        if after in roads or (vague and not firm and roads & set(before)):
            weight, firm = MODIFIER / 2, False  # where a road leads: "the X road", "on the highway to X"
        town = candidate is not None and candidate.kind == "town" and not candidate.capital
        bold = (
            zone == "title" and town and self.report.text[span.end : span.end + 1] in (".", "…")
        )  # no "X: ...", who may speak
        if (zone == "body" or bold) and headed(self.report.text, span):
            weight = LOCATED
        if candidate and candidate.kind == "site":
            weight = max(weight, MODIFIER)
        return Footing(mention, candidate, weight, near, thing, zone, self._owners(span, thing), vague and not firm)

    def _goes_with(self, span: Span) -> bool:
        """Whether a name is half of a word that tells whither or whence something is: "X-bound lorries"."""
        match = re.match(r"-(\w+)", self.report.text[span.end : span.end + 12])
        return match is not None and self.language.key(match[1]) in self.lists.get("halves", ())

    def _only_joins(self, word: str) -> bool:
        """Whether a preposition is one that joins a name to its noun: "the outskirts of X", "north of X"."""
        return word in self.lists.get("joining", ())

    def _owners(self, span: Span, thing: str) -> frozenset[str]:
        """Whose the thing is: the nations named just before it."""
        start = max(0, span.start - 60)
        at = next(
            (
                m.start()
                for m in reversed(list(WORD.finditer(self.report.text, start, span.end + 30)))
                if self.language.key(m.group()) == thing
            ),
            span.start,
        )
        return frozenset(
            m.country
            for m in self.places.beside(Span(max(0, at - 30), max(1, at)))
            if m.country and 0 < at - m.mention.start < 30 and m.mention != span
        )

    def _attached(self, span: Span) -> str:
        """The letters that stand before the name without a blank, folded."""
        match = re.search(r"\w+$", self.report.text[max(0, span.start - 4) : span.start])
        return self.language.key(match.group()) if match else ""

    def _owned(self, before: Sequence[str]) -> bool:
        return bool(before) and (
            before[0] in self.kinds or any(before[0] in self.lists.get(n, ()) for n in ("facilities", "nouns_before"))
        )

    def _following(self, span: Span) -> str:
        """The noun that the name modifies ("the X consulate"), from the parse where the sentence is parsed."""
        match = re.match(r"(?:['’]s)?[ \u00a0\-](\w+)", self.report.text[span.end : span.end + 40])
        if match is None or not self.table.get(
            "titles"
        ):  # where no capitals are, what follows a name belongs to something else
            return ""
        phrases = self._phrases.get(span)
        if phrases is not None:
            heads = [p.head for p in phrases if p.core.covers(span) and p.head.start >= span.end]
            return self.language.key(self.report.words(min(heads))) if heads else ""
        word = self.language.key(match.group(1))
        return "" if word in self.lists.get("before", ()) else word

    def _leading(self, span: Span) -> list[str]:
        """The words before the name, nearest first, as far as they belong to its phrase and the preposition before it."""
        found: list[str] = []
        end, spare = span.start, 1  # "in the northern oil city of X": one word of any kind may describe the city
        start = max(0, span.start - 90)
        words = list(WORD.finditer(self.report.text, start, span.start))
        for match in reversed(words):
            if not OPEN.fullmatch(self.report.text[match.end() : end]):
                break
            word = self.language.key(match.group())
            found.append(word)
            end = match.start()
            if self._noun_of(word, words, match):
                continue
            if word in self.lists.get("locative", ()):
                rest = [self.language.key(m.group()) for m in words[: words.index(match)]][-3:]
                return found + rest[::-1]
            if not self._belongs(match, word):
                spare -= 1
                if spare < 0 or not any(w in self.lists.get("nouns_before", ()) for w in found):
                    break
        return found

    def _noun_of(self, word: str, words: Sequence[re.Match[str]], match: re.Match[str]) -> bool:
        """Whether a vague preposition only joins the name to its noun: "the city of X"."""
        at = words.index(match)
        return (
            at > 0
            and word in self.lists.get("vague_locative", ())
            and self.language.key(words[at - 1].group()) in self.lists.get("nouns_before", ())
        )

    def _belongs(self, match: re.Match[str], word: str) -> bool:
        """Whether a word may stand between a preposition and the name: an adjective, a demonym, "city of"."""
        here = Span(match.start(), match.end())
        return (
            word in self.lists.get("before", ())
            or word in self.lists.get("nouns_before", ())
            or word in self.kinds
            or any(m.kind == "demonym" for m in self.places.beside(here))
        )


def as_place(found: Footing) -> Place:
    """The place of a footing, no finer than it is told: wider when only near it, without a point for a country."""
    c, m = found.candidate, found.mention
    if c is None:
        return Place(name=m.name, country=m.country, precision="unknown", span=found.span)
    precision = PRECISION[c.kind]
    pointless = precision in ("country", "unknown")
    radius = c.radius_km
    if found.near and radius is not None:
        radius = round(radius + max(NEARBY_KM, radius * 0.5), 1)
    return Place(
        name=c.name,
        geonames_id=c.geonames_id,
        country=c.country,
        lat=None if pointless else c.lat,
        lon=None if pointless else c.lon,
        radius_km=None if pointless else radius,
        precision=precision,
        span=found.span,
    )


def _about(name: str, anchor: Candidate | None) -> Candidate:
    """A place of which only the name is known: somewhere about its anchor, or without a point."""
    key = NAMED + fold_words(name)
    if anchor is None or anchor.point is None:
        return Candidate(key=key, kind="region", name=name, country=anchor.country if anchor else None)
    return replace(anchor, key=key, kind="district", name=name, radius_km=max(anchor.radius_km or 0.0, ABOUT_KM), population=0,
                   geonames_id=None, capital=False, parent=None, what=None, owner=None)  # fmt: skip


def _sites_of(town: str) -> list[Candidate]:
    return [c for c in map(gazetteer.candidate, gazetteer.sites()) if c.parent == town]


def _together(a: Candidate, b: Candidate) -> bool:
    """Whether two places lie within a division's breadth of each other."""
    return bool(a.point and b.point and gazetteer.kilometres(a.point, b.point) <= NEAR_KM)


def _in_arguments(clause: Clause, span: Span) -> bool:
    return any(a.span.covers(span) and a.clause is None for a in clause.arguments)


def _described(hit: Hit) -> list[Phrase]:
    """What a relative clause describes: the town "where crowds burnt offices"."""
    over = (
        [hit.sentence.clauses[hit.clause.parent]] if hit.clause.kind == "noun" and hit.clause.parent is not None else []
    )
    described = (c.phrase for c in (hit.clause, *over) if c.relation == "relative")
    return [hit.sentence.phrases[n] for n in described if n is not None]


def _objects(hit: Hit) -> list[Phrase]:
    """What the clause's verb is done to: "the quake hit X"."""
    held = (a.phrase for a in hit.clause.arguments if a.function == "object")
    return [hit.sentence.phrases[n] for n in held if n is not None]


def _undergoing(hit: Hit) -> list[Phrase]:
    """The subjects of the clause in which a noun tells the hit."""
    if hit.clause.kind != "noun" or hit.clause.parent is None:
        return []
    held = (a.phrase for a in hit.sentence.clauses[hit.clause.parent].arguments if a.function == "subject")
    return [hit.sentence.phrases[n] for n in held if n is not None]


def _placed_in(hit: Hit, span: Span) -> bool:
    """Whether an argument of the hit's own clause is that place."""
    obliques = (a.phrase for a in hit.clause.arguments if a.function in ("oblique", "adverbial"))
    return any(i is not None and hit.sentence.phrases[i].core.touches(span) for i in obliques)


def _gap(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)
