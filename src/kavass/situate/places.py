"""Marks -> Places: which names of the text are places, and which place of that name is meant.

Two decisions, in this order. *Is it a place?* capitals where the script has them, no title or given name before, no word
after that makes it a part of something else, no word of the everyday language. *Which one?* what the text says next to it
("Paris, Texas"; "the province of Basra"), then the countries and divisions that the rest of the report speaks of, then
nearness, then the number of people.
One name has one sense in a report unless its neighbourhood says otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice, pairwise
from math import log10
from typing import Any

from kavass.gazetteer import places as gazetteer
from kavass.gazetteer.places import Candidate
from kavass.lang import Language, load
from kavass.lang.text import fold_words
from kavass.mark import Marks, Mention
from kavass.model import PlaceMention, Report, Span
from kavass.situate.sounds import Sounds
from kavass.situate.spellings import Spellings

READ = ("title", "body", "caption", "dateline")
# One to three capitalised words, as a name of a town.
CAPITALISED = re.compile(r"[A-Z][\w’'.]*(?:[ \-][A-Z][\w’']+){0,2}")
# A name of one to three words, their articles with them.
SPELLED = re.compile(
    r"[A-Z][\w’']+(?:[ \-](?:(?:al|el|ad|as|ash|an|ar|at|az|ul)-)?[A-Z][\w’']+){0,2}|(?:[Aa]l|[Ee]l)-[A-Z][\w’']+"
)
# People. A name without capitals needs a preposition somewhere below KNOWN; with capitals it is a place beside whatever above
# FIRM; abroad, in a country not spoken of, only above METROPOLIS; a division shares its name with a town of more than SMALL.
SMALL, KNOWN, FIRM, METROPOLIS, HAMLET = 30_000, 300_000, 400_000, 1_000_000, 5_000
TITLE_LETTERS = 4  # of a short form before a name ("Sen.", "Mrs."); a longer word with a stop ends a sentence
SHORT = 3  # letters: without capitals, shorter names are taken for words
WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
# Weights of the reasons for a candidate, in units of a tenfold population. Tuned on LGL, TR-News and GeoVirus.
SAME_COUNTRY, SAME_ADMIN, NEAR, CAPITAL = 4.0, 4.0, 1.0, 1.0
COUNTRY_PRIOR, ADMIN_PRIOR, SITE_PRIOR = 9.0, 6.6, 7.0
# Lists whose words may have a conjunction written on to them.
JOINED = ("locative", "vague_locative", "nouns_before", "division_nouns", "near", "before", "facilities", "capitals")
# A name that opens a paragraph or an item of a list and stands for all of it: "Benghazi, 18 July: ...", "OICHA (RN4). ...".
ITEM = re.compile(r"[\s•*·▪●\-–—\d.)(]*")
HEADING = re.compile(
    r"[ \u00a0]?(?:\([^()\n]{1,40}\)[ ]?)?(?:[,،/][^.:؛;\n]{1,40}?)?(?::|[ ]?[–—ـ][ ]|[ ]-[ ]|\.\.+[ ]|…[ ])"
)
COMMA, OPENS = re.compile(r"[ ]?[,،]"), re.compile(r"(?:^|[\n.؛])[\s\-–•]*(?:\w{1,3}[ ])?$")
STOPPED = re.compile(r"[ ]?(?:\([^()\n]{1,40}\))?\.\s|,[^.:\n]{1,25}(?=\n)")
# Headings that are sentences ("Lund, Tuesday 22.30. A man was ...") or open with the day ("Thursday 26 May, Lund: ...").
OWN = re.compile(r"(?:,(?:[^.:,\n]|(?<=\d)[.:](?=\d)){1,28}){0,2}\.\s(?=[^\W\d_a-z])")
DATED = re.compile(r"[\s•*·▪●\-–—]*[^.:,\n]{0,15}\d[^.:,\n]{0,15},[ ]")
COLON = re.compile(r"[ ]?:")
NEAR_KM = 150.0
NEAR_DEGREES = NEAR_KM / 111  # of latitude


@dataclass(frozen=True, slots=True)
class Places:
    """The place names and demonyms of a report in text order; `candidates` runs beside `mentions` (None: not resolved)."""

    mentions: tuple[PlaceMention, ...] = ()
    candidates: tuple[Candidate | None, ...] = ()

    def at(self, span: Span) -> PlaceMention | None:
        """The first place name (no demonym) that shares a character with the span."""
        return next(self._within(span), None)

    def beside(self, span: Span) -> list[PlaceMention]:
        """The place names and demonyms that share a character with the span."""
        return list(self._touching(span))

    def within(self, span: Span) -> list[PlaceMention]:
        """The place names (no demonyms) that share a character with the span."""
        return list(self._within(span))

    def _within(self, span: Span) -> Iterator[PlaceMention]:
        return (m for m in self._touching(span) if m.kind == "name")

    def _touching(self, span: Span) -> Iterator[PlaceMention]:
        for m in islice(self.mentions, bisect_right(self.mentions, span.start, key=lambda m: m.mention[1]), None):
            if m.mention[0] >= span.end:
                return
            yield m

    def candidate(self, mention: PlaceMention) -> Candidate | None:
        """What the gazetteer knows of a mention of this report."""
        return next((c for m, c in zip(self.mentions, self.candidates, strict=True) if m is mention), None)

    def countries(self) -> Counter[str]:
        """How often the report names each country, its people or its places."""
        return Counter(m.country for m in self.mentions if m.country)


@dataclass(slots=True)
class _Name:
    """A name of the text on its way to a place."""

    span: Span
    surface: str
    key: str
    demonym: bool
    candidates: list[Candidate]
    inside: _Name | None = None  # the name that follows after a comma and says where this one is
    chosen: Candidate | None = None
    before: str = ""
    after: str = ""
    division: bool = False  # "X province"


@dataclass(slots=True)
class _Scene:
    """What the report as a whole speaks of: weights of countries and divisions, and settled points."""

    countries: dict[str, float] = field(default_factory=dict)
    admins: dict[str, float] = field(default_factory=dict)
    points: dict[tuple[float, float], None] = field(default_factory=dict)
    own: dict[tuple[str, str], float] = field(default_factory=dict)  # what a name itself added to a division's weight
    _near: dict[tuple[float, float], bool] = field(default_factory=dict)

    @property
    def totals(self) -> tuple[float, float]:
        return sum(self.countries.values()) or 1.0, sum(self.admins.values()) or 1.0

    def near(self, point: tuple[float, float]) -> bool:
        """Whether another settled point lies near; asked only once all points are settled."""
        if (found := self._near.get(point)) is None:
            beside = (p for p in self.points if abs(p[0] - point[0]) < NEAR_DEGREES)
            found = self._near[point] = any(0 < gazetteer.kilometres(point, p) < NEAR_KM for p in beside)
        return found


def places(report: Report, marks: Marks, language: Language) -> Places:
    """Every place name and demonym of the readable zones, resolved where the report and the gazetteer allow it."""
    words = _Words(language)
    names = _names(report, marks, words)
    _contain(report, names, words)
    _resolve(names)
    return Places(tuple(_mention(n) for n in names), tuple(n.chosen for n in names))


def headed(text: str, span: Span) -> bool:
    """Whether the name opens a paragraph or list item as its heading."""
    start = text.rfind("\n", 0, span.start) + 1
    if not ITEM.fullmatch(text, start, span.start):
        return bool(COLON.match(text, span.end) and DATED.fullmatch(text, start, span.start))
    name = text[span.start : span.end]
    if HEADING.match(text, span.end) or (name.isupper() and STOPPED.match(text, span.end)):
        return True
    return bool(OWN.match(text, span.end))


class _Words:
    """The word lists of places.toml, folded."""

    def __init__(self, language: Language):
        self.language = language
        table: Mapping[str, Any] = language.table("places")
        self.lists = dict(word_lists(language.code))
        # Spellings, signs of vowels and all, that leave no doubt.
        self.cased = bool(table.get("titles"))  # only a script with capitals has titles written before them
        calendar = language.table("times").get("classes", {})
        self.lists["never"] = (
            self.lists.get("never", frozenset())
            | self.lists.get("anaphora", frozenset())
            | {language.key(w) for name in ("weekday", "month") for w in calendar.get(name, ())}
        )
        self.joins = frozenset(w.strip() for w in table.get("containment", ()))
        self.apart: Mapping[str, str] = table.get("told_apart", {})

    def leads(self, word: str) -> bool:
        """Whether a place follows such a word."""
        return (self.has("locative", word) and not self.has("vague_locative", word)) or self.has("nouns_before", word)

    def has(self, name: str, word: str) -> bool:
        return bool(word) and self.language.key(word) in self.lists.get(name, frozenset())


@cache
def word_lists(code: str) -> Mapping[str, frozenset[str]]:
    """The word lists of a language's places.toml, folded."""
    language = load(code)
    table = language.table("places")
    lists = ((name, words) for name, words in table.items() if isinstance(words, list))
    joined = {name: table.get("joined", ()) for name in JOINED}
    return {
        name: frozenset(language.key(j + w) for w in words for j in ("", *joined.get(name, ())))
        for name, words in lists
    }


def _names(report: Report, marks: Marks, words: _Words) -> list[_Name]:
    zones = sorted(z.span for z in report.zones if z.zone in READ)
    cased = words.cased and _has_case(report.text)
    found = [m for m in marks.of("place", "demonym") if _inside(zones, m.span)]
    names = [n for n in (_name(report, m, words) for m in found) if n]
    names = _not_peoples(names, words)
    if cased:
        names = [n for n in (_capitalised(report, n) for n in names) if n]
        names += _small(report, zones, names, words)
        names += _spelled(report, zones, names, words)
        names = _without_persons(_longest(names), words)
        names = sorted([*names, *_ways(report, zones, names, words)], key=lambda n: n.span)
    else:
        names = _plain(_longest(names), report, words)
        names = sorted([*names, *_sounding(report, zones, names, words)], key=lambda n: n.span)
    return names


def _not_peoples(names: list[_Name], words: _Words) -> list[_Name]:
    """Without the places that are called like a people ("Somali"), unless the text says that a place is meant."""
    peoples = {n.span for n in names if n.demonym}
    return [n for n in names if n.demonym or n.span not in peoples or words.has("division_nouns", n.after)]


def _inside(zones: list[Span], span: Span) -> bool:
    """Whether one of the zones, which are sorted and lie apart, covers the span."""
    at = bisect_right(zones, span.start, key=lambda z: z.start) - 1
    return at >= 0 and zones[at].covers(span)


def _longest(names: list[_Name]) -> list[_Name]:
    kept: list[_Name] = []
    for n in sorted(names, key=lambda n: (n.span.start, n.demonym, -n.span.end)):
        if not kept or n.span.start >= kept[-1].span.end:
            kept.append(n)
        elif n.span.end - n.span.start > kept[-1].span.end - kept[-1].span.start:
            kept[-1] = n
    return kept


def _has_case(text: str) -> bool:
    """Whether capitals tell anything: not in a text all in one case."""
    upper = sum(map(str.isupper, text))
    return upper > 0 and any(c.islower() for c in text) and upper < 0.5 * sum(map(str.isalpha, text))


def _name(report: Report, mention: Mention, words: _Words) -> _Name | None:
    span, text = mention.span, report.text
    surface = report.words(span)
    demonym = mention.kind == "demonym"
    short = gazetteer.short_forms(words.language.code).get(words.language.key(surface))
    if short is not None:
        dotted = Span(span.start, span.end + 1) if text[span.end : span.end + 1] == "." else span
        form = text[dotted.start : dotted.end].replace(" ", "")
        if form in short or form.rstrip(".") in short:
            if form in short and form.endswith("."):
                span = dotted
        elif not any(not v.startswith(("country:", "a1:")) for v in mention.values) or len(surface) < 4:
            return None
    span = _bare(report, span, words.language)
    surface = report.words(span)
    keys = [f"country:{v}" for v in mention.values] if demonym else list(mention.values)
    candidates = [gazetteer.candidate(k) for k in keys]
    return _Name(
        span=span,
        surface=report.words(span),
        key=words.language.key(surface),
        demonym=demonym,
        candidates=[c for c in candidates if c.country == words.apart.get(surface)] or candidates,
        before=_before(text, span),
        after=_after(text, span),
    )


def _bare(report: Report, span: Span, language: Language) -> Span:
    """The name without the particles that its script writes on to it, where the rest is a known spelling."""
    surface = report.words(span)
    if surface.isascii() or language.key(surface) in _spellings(language.code):
        return span
    cuts = (n for n in (1, 2) if language.key(surface[n:]) in _spellings(language.code))
    return Span(span.start + next(cuts, 0), span.end)


@cache
def _spellings(code: str) -> frozenset[str]:
    language = load(code)
    return frozenset(language.key(name) for _, name, _ in gazetteer.names(code))


def _before(text: str, span: Span) -> str:
    """The word just before, only blanks (and a stop after a short form) between; empty at a boundary."""
    found = re.search(r"([\w’'\-]+)(\.?)[ \u00a0]$", text[max(0, span.start - 40) : span.start])
    return found.group(1) if found and (not found.group(2) or len(found.group(1)) <= TITLE_LETTERS) else ""


def _after(text: str, span: Span) -> str:
    found = re.match(r"[ \u00a0]([\w’'\-]+)", text[span.end : span.end + 40])
    return found.group(1) if found else ""


def _capitalised(report: Report, name: _Name) -> _Name | None:
    """A name in a cased text if it has its capitals; of "Basra province" the name alone, meaning the division."""
    first = name.surface[0]
    if not (first.isupper() or first.isdigit() or not first.isalpha()):
        return None
    words = list(WORD.finditer(name.surface))
    small = [w for w in words if w.group()[0].islower() and len(w.group()) > 3]
    if name.demonym or not small:
        return name
    if small != words[-1:] or len(words) < 2:
        return None
    span = Span(name.span.start, name.span.start + words[-2].end())
    return replace(name, span=span, surface=report.words(span), before=name.before, after=small[0].group())


def _plain(names: list[_Name], report: Report, words: _Words) -> list[_Name]:
    """The place names of a text without capitals: what is known well, or stands somewhere in the text where a place stands."""
    datelines = [z.span for z in report.zones if z.zone == "dateline"]
    led = {n.key for n in names if words.leads(n.before)}
    near = {*gazetteer.at_home(words.language.code), *_spoken_of(names)}
    kept = []
    for n in names:
        n.candidates = [c for c in n.candidates if c.country in near] or n.candidates
        if words.has("never", f"{n.before} {n.surface}"):
            continue
        everyday = words.has("stop", n.surface) or words.has("never", n.surface) or len(n.key) < SHORT
        person = words.cased and (words.has("titles", n.before) or words.has("given", n.before))
        enough = KNOWN if words.cased else SMALL
        known = any(c.kind not in ("town", "district") or c.population > enough or c.capital for c in n.candidates)
        opens = any(z.covers(n.span) for z in datelines) or headed(report.text, n.span) or _sets(report.text, n, words)
        said = (
            (words.has("nouns_before", n.before) or words.has("nouns_before", n.surface.split()[0]) or opens)
            and len(n.key) >= SHORT
            and not words.has("never", n.surface)
        )
        if not (n.demonym or said) and all(_abroad(c, near) for c in n.candidates):
            continue
        if n.demonym or said or (not everyday and not person and (known or n.key in led)):
            kept.append(n)
    return kept


def _sets(text: str, name: _Name, words: _Words) -> bool:
    """Whether a sentence opens with the name as its place: "In Basra, ..."."""
    if not words.leads(name.before) or not COMMA.match(text, name.span.end):
        return False
    return bool(
        OPENS.search(text[max(0, name.span.start - len(name.before) - 12) : name.span.start - len(name.before) - 1])
    )


def _abroad(c: Candidate, near: set[str]) -> bool:
    """Whether it is a town below a metropolis in a country that is neither at home in the language nor spoken of."""
    return c.kind == "town" and c.population < METROPOLIS and c.country not in near


def _spoken_of(names: list[_Name]) -> set[str]:
    """The countries that are named, by their people or their capital too."""
    return {
        c.country for n in names for c in n.candidates if c.country and (n.demonym or c.kind == "country" or c.capital)
    }


def _sounding(report: Report, zones: list[Span], names: list[_Name], words: _Words) -> list[_Name]:
    """Names of another script's towns, told by their sound, of the countries that the report speaks of."""
    sounds = Sounds.of(words.language.code)
    countries = sorted(_spoken_of(names))
    if sounds is None or not countries:
        return []
    for n in names:
        if n.candidates and all(c.kind in ("province", "district") for c in n.candidates):
            homes = {c.country for c in n.candidates if c.country}  # the town of that name may be told too
            towns = map(gazetteer.candidate, sounds.towns(n.surface, sorted(homes), exact=True))
            n.candidates = [*n.candidates, *(t for t in towns if t.kind == "town")]
    taken = [n.span for n in names]
    found: list[_Name] = []
    for zone in zones:
        for match in WORD.finditer(report.text, zone.start, zone.end):
            span = Span(match.start(), match.end())
            before = _before(report.text, span)
            told = words.has("nouns_before", before) or headed(report.text, span)
            told = told or words.has("division_nouns", _after(report.text, span))
            if not told and not words.leads(before):
                continue
            if (
                any(span.touches(t) for t in taken)
                or words.has("never", match.group())
                or words.has("nouns_before", match.group())
            ):
                continue
            keys = sounds.towns(match.group(), countries, exact=not told)
            if keys:
                key = words.language.key(match.group())
                found.append(
                    _Name(
                        span=span,
                        surface=match.group(),
                        key=key,
                        demonym=False,
                        candidates=[gazetteer.candidate(k) for k in keys],
                        before=before,
                        after=_after(report.text, span),
                    )
                )
    return [*found, *_heard_again(report, zones, [*taken, *(n.span for n in found)], found, words)] if found else []


def _heard_again(
    report: Report, zones: list[Span], taken: list[Span], found: list[_Name], words: _Words
) -> Iterator[_Name]:
    """The same names where they stand behind a house that is called after them: "the X station"."""
    known = {n.key: n for n in found}
    for zone in zones:
        for match in WORD.finditer(report.text, zone.start, zone.end):
            span, key = Span(match.start(), match.end()), words.language.key(match.group())
            if key in known and not any(span.touches(t) for t in taken):
                before = _before(report.text, span)
                if words.has("facilities", before) or words.has("before", before):
                    yield replace(known[key], span=span, surface=match.group(), before=before,
                                  after=_after(report.text, span), candidates=list(known[key].candidates))  # fmt: skip


def _without_persons(names: list[_Name], words: _Words) -> list[_Name]:
    """The names that are used as places: one that stands as a place once is one wherever nothing says otherwise, else one that is
    somebody's name once is somebody's."""
    verdicts = [_verdict(n, words) for n in names]
    persons = {n.key for n, v in zip(names, verdicts, strict=True) if v == "person"}
    placed = {n.key for n, v in zip(names, verdicts, strict=True) if v == "place" and words.leads(n.before)}
    kept = []
    for n, following, v in zip(names, [*names, None][1:], verdicts, strict=True):
        held = (
            following is not None
            and 0 < following.span.start - n.span.end <= 2
            and not following.demonym
            and not n.after
            and v != "person"
        )
        again = n.key in placed and v in ("open", "beside")
        if v == "place" or (held and v != "part") or again or (v == "open" and n.key not in persons):
            kept.append(n)
    return kept


def _verdict(name: _Name, words: _Words) -> str:
    """`place`, `person`, `part` of another name, `beside` another word with a capital, `word`, or `open`: nothing speaks for it
    or against."""
    if name.demonym:
        return "place"
    if words.has("never", name.surface):
        return "word"
    firm = any(
        c.kind in ("country", "region", "site", "province") or c.population > FIRM or c.capital for c in name.candidates
    )
    before, after = name.before, name.after
    if before[:1].isupper() and (words.has("titles", before) or words.has("given", before)):
        return "person"
    if after[:1].isupper() and words.has("parts", after):
        return "part"
    led = words.has("locative", before) or words.has("nouns_before", before)
    if before[:1].isupper() and not led and not words.has("before", before) and before.upper() != before and not firm:
        return "person"
    if after[:1].isupper() and after.upper() != after and not words.has("with", after) and not firm:
        return "beside" if not led else "part"
    if words.has("stop", name.surface):
        return (
            "place"
            if words.leads(before) and before[:1].islower() and not after[:1].isupper() and len(name.key) > 3
            else "word"
        )
    return "place" if led or firm else "open"


def _small(report: Report, zones: list[Span], names: list[_Name], words: _Words) -> list[_Name]:
    """Names of little-known towns where the text asks for a place: after a preposition or before the name of a division."""
    taken = {n.span.start for n in names}
    found = []
    for zone in zones:
        for match in CAPITALISED.finditer(report.text, zone.start, zone.end):
            name = _little(report, match, words)
            if name is None or name.span.start in taken:
                continue
            outer = next((n for n in names if 0 < n.span.start - name.span.end <= 2), None)
            if outer is not None:
                name.candidates = [c for c in name.candidates if any(lies_in(c, o) for o in outer.candidates)]
                found += [name] if name.candidates else []
            elif headed(report.text, name.span) or (
                words.has("locative", name.before)
                and name.before[:1].islower()
                and not name.after[:1].isupper()
                and not words.has("stop", name.surface)
            ):
                found.append(name)
    return found


def _spelled(report: Report, zones: list[Span], names: list[_Name], words: _Words) -> list[_Name]:
    """Names where the text asks for a place that no table has, as other spellings of towns of the countries it speaks of."""
    spellings = Spellings.of(words.language.code)
    settled = {
        c.country for n in names if len({c.country for c in n.candidates}) == 1 for c in n.candidates if c.country
    }
    countries = sorted(settled | _spoken_of(names))
    if spellings is None or not countries:
        return []
    taken = _spans_at(names)
    found = []
    for zone in zones:
        for match in SPELLED.finditer(report.text, zone.start, zone.end):
            span, surface = Span(match.start(), match.end()), match.group()
            before, after = _before(report.text, span), _after(report.text, span)
            if (
                not words.leads(before)
                or not before[:1].islower()
                or (after[:1].isupper() and not words.has("with", after))
            ):
                continue
            key = words.language.key(surface)
            if any(span.touches(s) for s in taken(span)) or words.has("stop", surface) or words.has("never", surface):
                continue
            if words.language.lexicon.classes(key) or words.has("parts", surface.split()[-1]):
                continue
            if keys := spellings.towns(surface, countries):
                candidates = [gazetteer.candidate(k) for k in keys]
                found.append(_Name(span=span, surface=surface, key=key, demonym=False, candidates=candidates,
                                   before=before, after=after))  # fmt: skip
    return found


def _little(report: Report, match: re.Match[str], words: _Words) -> _Name | None:
    """The longest beginning of some capitalised words that is the name of a little-known town."""
    ends = [m.end() for m in re.finditer(r"[\w’'.]+(?![\w’'.])", match.group())]
    for end in reversed(ends):
        span = Span(match.start(), match.start() + end)
        key = words.language.key(report.words(span))
        if keys := gazetteer.small(key):
            return _Name(
                span=span,
                surface=report.words(span),
                key=key,
                demonym=False,
                candidates=[gazetteer.candidate(k) for k in keys],
                before=_before(report.text, span),
                after=_after(report.text, span),
            )
    return None


def _ways(report: Report, zones: list[Span], names: list[_Name], words: _Words) -> list[_Name]:
    """Streets, rivers and the like: names of places that no table knows, told by their last word ("Clinton Street")."""
    taken = _spans_at(names)
    found = []
    for zone in zones:
        for match in _ways_pattern(words.language.code).finditer(report.text, zone.start, zone.end):
            span = Span(match.start(1), match.end(1))
            first = match.group(1).split()[0]
            if any(words.has(w, first) for w in ("before", "locative")) or any(span.touches(s) for s in taken(span)):
                continue
            found.append(
                _Name(
                    span=span,
                    surface=match.group(1),
                    key=words.language.key(match.group(1)),
                    demonym=False,
                    candidates=[],
                )
            )
    return found


def _spans_at(names: list[_Name]) -> Callable[[Span], list[Span]]:
    """What of the names stands at a span."""
    spans = sorted(n.span for n in names)
    return lambda span: spans[max(0, bisect_right(spans, span) - 2) : bisect_right(spans, Span(span.end, span.end)) + 1]


@cache
def _ways_pattern(code: str) -> re.Pattern[str]:
    kinds = "|".join(sorted(load(code).table("places").get("ways", ()), key=lambda w: (-len(w), w))) or "(?!)"
    return re.compile(rf"(?<![\w’'.\-])((?:[A-Z0-9][\w’'\-]*[ ]){{1,3}}(?:{kinds}))(?![\w’'])")


def _contain(report: Report, names: list[_Name], words: _Words) -> None:
    """Notes what the text says of each name: the one after it contains it ("Paris, Texas"), or it is a division ("X province")."""
    for n in names:
        n.division = words.has("division_nouns", n.before) or words.has("division_nouns", n.after)
    for a, b in pairwise(names):
        between = report.text[a.span.end : b.span.start]
        if not (a.demonym or b.demonym) and between.strip() in words.joins:
            a.inside = b


def _town_or_division(name: _Name) -> list[Candidate]:
    """Of a town and the division named after it the town, unless the word beside the name says otherwise."""
    if name.inside is None and not name.division and any(c.kind == "country" for c in name.candidates):
        nations = {c.country for c in name.candidates if c.kind == "country"}
        foreign = [c for c in name.candidates if c.kind == "country" or c.country not in nations]
        return [c for c in foreign if c.kind != "town" or fold_words(c.name) == name.key]
    towns = {c.admin for c in name.candidates if c.kind == "town" and c.population > SMALL}
    if name.division:
        return [
            c
            for c in name.candidates
            if c.kind != "town" or c.admin not in {p.admin for p in name.candidates if p.kind == "province"}
        ]
    kept = [c for c in name.candidates if c.kind != "province" or c.admin not in towns]
    return [c for c in kept if not any(_seat(t, c) for t in kept)]


def _seat(town: Candidate, division: Candidate) -> bool:
    """Whether a town has the same name as the division about it, which is told by that word alone."""
    least = {"province": SMALL, "district": HAMLET}.get(division.kind)
    if least is None or town.kind != "town" or town.population <= least or town.country != division.country:
        return False
    return bool(town.point and division.point and gazetteer.kilometres(town.point, division.point) <= NEAR_KM)


def _resolve(names: list[_Name]) -> None:
    scene = _Scene()
    for n in names:
        n.candidates = _contained(n)
    for n in names:
        n.candidates = _town_or_division(n)
    for n in names:
        if (best := _certain(n)) is not None:
            _add(scene, best, 0.3 if n.demonym else 1.0)
    groups: dict[str, list[_Name]] = defaultdict(list)
    for n in names:
        groups[n.key].append(n)
    _coherence(groups, scene)
    for group in groups.values():
        free = [n for n in group if n.inside is None or len(n.candidates) > 1]
        said = next((n for n in group if n.inside is not None and len(n.candidates) == 1), None)
        for n in group:
            n.chosen = said.candidates[0] if said and n in free else _best(n, scene)


def _contained(name: _Name) -> list[Candidate]:
    """The candidates that lie in what follows the name, if any do."""
    if name.inside is None:
        return name.candidates
    outer = name.inside.candidates
    fits = [c for c in name.candidates if any(lies_in(c, o) for o in outer)]
    if fits:
        name.inside.candidates = [o for o in outer if any(lies_in(c, o) for c in fits)]
        return fits
    name.inside = None
    return name.candidates


def lies_in(inner: Candidate, outer: Candidate) -> bool:
    """Whether a place lies in another."""
    if inner.key == outer.key or inner.country != outer.country or inner.country is None:
        return False
    if outer.kind == "country":
        return inner.kind != "country"
    if outer.kind == "province":
        return inner.kind in ("town", "district", "site") and (inner.admin == outer.admin or _near(inner, outer))
    return outer.kind == "district" and inner.kind == "town" and _near(inner, outer)


def _near(inner: Candidate, outer: Candidate) -> bool:
    return bool((inner.point and outer.point and outer.admin is None) or inner.admin == outer.admin) and bool(
        inner.point and outer.point and gazetteer.kilometres(inner.point, outer.point) <= (outer.radius_km or 50) * 1.5
    )


def _certain(name: _Name) -> Candidate | None:
    if len(name.candidates) == 1:
        return name.candidates[0]
    countries = [c for c in name.candidates if c.kind == "country"]
    return countries[0] if len(countries) == 1 and len(name.candidates) == 1 else None


def _add(scene: _Scene, c: Candidate, weight: float) -> None:
    if c.country:
        scene.countries[c.country] = scene.countries.get(c.country, 0.0) + weight
    if c.admin:
        scene.admins[c.admin] = scene.admins.get(c.admin, 0.0) + weight
    if c.point and c.kind in ("town", "site", "district"):
        scene.points[c.point] = None


def _coherence(groups: Mapping[str, list[_Name]], scene: _Scene) -> None:
    """Divisions in which several different ambiguous names have a candidate speak for each other."""
    for group in groups.values():
        candidates = group[0].candidates
        if len(candidates) < 2:
            continue
        total = sum(_prior(c) for c in candidates) or 1.0
        for admin in sorted({c.admin for c in candidates if c.admin}):
            share = max(_prior(c) for c in candidates if c.admin == admin) / total
            scene.admins[admin] = scene.admins.get(admin, 0.0) + share
            scene.own[group[0].key, admin] = share


def _prior(c: Candidate) -> float:
    if c.kind == "country":
        return COUNTRY_PRIOR
    if c.kind == "region":
        return COUNTRY_PRIOR - 1
    if c.kind == "site":
        return SITE_PRIOR
    if c.kind in ("province", "district"):
        return ADMIN_PRIOR if c.kind == "province" else ADMIN_PRIOR - 2
    return log10(c.population + 10) + (CAPITAL if c.capital else 0.0)


def _best(name: _Name, scene: _Scene) -> Candidate | None:
    ranked = sorted(name.candidates, key=lambda c: (-_score(c, name.key, scene), c.key))
    return ranked[0] if ranked else None


def _score(c: Candidate, key: str, scene: _Scene) -> float:
    total = _prior(c)
    all_countries, all_admins = scene.totals
    if c.kind != "country":
        total += SAME_COUNTRY * scene.countries.get(c.country or "", 0.0) / all_countries
    if c.admin:
        total += SAME_ADMIN * (scene.admins.get(c.admin, 0.0) - scene.own.get((key, c.admin), 0.0)) / all_admins
    if c.point and c.kind == "town":
        total += NEAR * scene.near(c.point)
    return total


def _mention(name: _Name) -> PlaceMention:
    c = name.chosen
    if c is None:
        return PlaceMention(mention=name.span, kind="demonym" if name.demonym else "name", name=name.surface)
    return PlaceMention(
        mention=name.span,
        kind="demonym" if name.demonym else "name",
        name=c.name,
        geonames_id=c.geonames_id,
        country=c.country,
        lat=c.lat,
        lon=c.lon,
        radius_km=c.radius_km,
    )
