"""Names that stand where a place stands and that no table has: "a checkpoint at Hillfoot", "HILLFOOT: ...".

Only in a script with capitals, which alone tell a name from a word. What they are near is for `where` to find; here only that the
text uses them as places: after a preposition that says where, before the name of a division, or as the heading of a paragraph
where other paragraphs are headed with places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Set

from kavass.lang import Language
from kavass.lang.clause import Analysis, Phrase, Sentence
from kavass.model import PlaceMention, Report, Span
from kavass.situate.places import Places, headed, word_lists

NAME = re.compile(r"[A-Z][\w’'\-]*(?:[ \-](?:(?:de|del|la|el|al|ul|da|do)[ \-])?[A-Z][\w’']+){0,2}")
BEFORE = re.compile(r"([\w’'\-]+)[ \u00a0]$")
AFTER = re.compile(r"(?:['’]s)?[ \u00a0]?([\w’'\-]+)?")
ZONES = ("title", "body")
SHORTEST = 4  # letters: what is shorter is mostly a short form of something
LABELS = frozenset({"name", "org", "person", "place"})  # what the parser alone says of a name
# What a phrase with the name for its head must not be known as.
OTHER = (
    "person",
    "org",
    "facility",
    "statement",
    "event",
    "time",
    "weapon",
    "illness",
    "idea",
    "group",
    "people",
    "competition",
)


def untold(report: Report, analysis: Analysis, places: Places, language: Language) -> list[PlaceMention]:
    """Such names in text order, with no place behind them. Empty for a language whose script has no capitals."""
    table, lists = language.table("places"), word_lists(language.code)
    if not table.get("titles") or sum(map(str.isupper, report.text)) > len(report.text) / 3:
        return []
    starts = [s.span.start for s in analysis.sentences]
    listed = any(
        headed(report.text, Span(*m.mention)) for m in places.mentions if m.kind == "name"
    )  # item by item, by place
    found: dict[Span, PlaceMention] = {}
    for zone in (z for z in report.zones if z.zone in ZONES):
        for match in NAME.finditer(report.text, zone.span.start, zone.span.end):
            span = Span(match.start(), match.end())
            key = language.key(match.group())
            if len(key) < SHORTEST or places.beside(span) or not _free(key, language, lists):
                continue
            if (listed and zone.zone == "body" and headed(report.text, span)) or _led(report, span, lists, language):
                sentence = analysis.sentences[at] if (at := bisect_right(starts, span.start) - 1) >= 0 else None
                if sentence is None or not _other(sentence, span):
                    found[span] = PlaceMention(mention=span, kind="name", name=_spelt(match.group()))
    return [found[span] for span in sorted(found)]


def _free(key: str, language: Language, lists: Mapping[str, Set[str]]) -> bool:
    """Whether no list or lexicon knows the name or its last word as something else."""
    words = key.split()
    if any(w in lists.get(n, ()) for n in ("never", "unplaced", "before", "titles") for w in (key, words[0])):
        return False
    last = words[-1]
    if last in lists.get("parts", ()) or key in lists.get("stop", ()) or last in lists.get("unplaced", ()):
        return False
    return not (language.lexicon.classes(key) or language.lexicon.classes(last))


def _led(report: Report, span: Span, lists: Mapping[str, Set[str]], language: Language) -> bool:
    """Whether a preposition that says where, or "the village of", leads to the name, and no noun follows that it belongs to."""
    text = report.text
    before, after = BEFORE.search(text[max(0, span.start - 40) : span.start]), AFTER.match(text, span.end)
    word = before.group(1) if before else ""
    key, follows = language.key(word), (after.group(1) or "") if after else ""
    if not (word[:1].islower() or key in lists.get("locative", ())):
        return False
    firm = key in lists.get("locative", ()) and key not in lists.get("vague_locative", ())
    if key in lists.get("vague_locative", ()) and before is not None:  # "the village of X"
        noun = BEFORE.search(text[max(0, span.start - 40) : span.start - len(word) - 1])
        lead = language.key(noun.group(1)) if noun is not None else ""
        firm = lead in lists.get("nouns_before", ()) or (
            lead in lists.get("near", ()) and key in lists.get("joining", ())
        )
    firm = (
        firm or key in lists.get("nouns_before", ()) or key in lists.get("near", ()) or key in lists.get("beside", ())
    )
    if text[span.end : span.end + 2] in ("'s", "’s") or not firm:
        return False
    return not follows[:1].isupper() and language.key(follows) not in lists.get("roads", ())


def _other(sentence: Sentence, span: Span) -> bool:
    """Whether the sentence's parse makes the name something other than a place, or a part of another phrase. That a name looks
    like a body's or a person's to the parser is nothing where a place stands."""
    inner = [p for p in sentence.phrases if p.core.covers(span)]
    phrase: Phrase | None = min(inner, key=lambda p: p.core.end - p.core.start, default=None)
    if phrase is None:
        return False
    return phrase.head.start >= span.end or (not phrase.classes <= LABELS and phrase.has(*OTHER))


def _spelt(name: str) -> str:
    """A name written all in capitals as names are written."""
    return name.title() if name.isupper() else name
