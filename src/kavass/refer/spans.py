"""What stands where: marks on a phrase, where a name begins and ends, which words belong to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kavass.gazetteer import places as gazetteer
from kavass.lang import Language
from kavass.lang.clause import Phrase
from kavass.mark import Marks, Mention
from kavass.model import Report, Span
from kavass.refer.cluster import CASED_SHARE, ZONES, country_of
from kavass.refer.words import keys, words

if TYPE_CHECKING:
    from kavass.situate import Places


# Classes of terms that somebody speaks for.
BODIES = ("org.", "facility.diplomatic", "group.police", "group.military")


class Row(list[Mention]):
    """Marks in text order, with where each begins."""

    def __init__(self, marks: Iterable[Mention]):
        super().__init__(marks)
        self.starts = [m.span.start for m in self]
        self.heads: dict[Phrase, Mention | None] = {}  # the mark on the head of each phrase that was asked for


class Spans:
    """The text of a report with its marks: `known` are actors of the register, `where` places and demonyms."""

    def __init__(self, report: Report, marks: Marks, places: Places, language: Language):
        self.report, self.language, self.words, self.places = report, language, words(language.code), places
        self.cased = sum(map(str.isupper, report.text)) > CASED_SHARE * len(report.text)
        self.known = Row(self.cut(m) for m in marks.of("actor") if self.readable(m.span))
        found = [m for m in marks.of("place", "demonym") if m.kind == "demonym" or places.at(m.span)]
        self.where = Row(m for m in found if m.kind == "demonym" or not self.in_name_of(m))

    def name_span(self, p: Phrase) -> Span:
        """The capitalised run round the head, titles left out; in a script without capitals the core without titles."""
        tokens = [
            (m.start() + p.core.start, m.end() + p.core.start) for m in re.finditer(r"\S+", self.report.words(p.core))
        ]
        last = max((i for i, (a, _) in enumerate(tokens) if a < p.head.end), default=0)
        first = last
        while first > 0 and self.in_name(tokens[first - 1]):
            first -= 1
        if p.label == "ORG" or p.has("org", "group"):
            while first < last and self.left_out(tokens[first]):
                first += 1
        else:
            first = max((i + 1 for i in range(first, last) if self.left_out(tokens[i])), default=first)
        if not tokens:
            return p.head
        end = max(tokens[last][1], p.head.end)
        if self.cased and (p.label == "ORG" or p.has("org", "group")):
            end = self.name_end(end, p.span.end)
        return self.trim(Span(tokens[first][0], end))

    def name_end(self, end: int, limit: int) -> int:
        """Where the name of a body ends that goes on after its head: "Front for the Relief of Ruritania"."""
        reached = at = end
        while at < limit and (m := re.compile(r"\s+(\w[\w'’-]*)").match(self.report.text, at, limit)):
            at = m.end()
            if m[1][0].isupper():
                reached = at
            elif self.language.key(m[1]) not in self.words.links:
                break
        return reached

    def in_name(self, token: tuple[int, int]) -> bool:
        word = self.report.text[token[0] : token[1]]
        letters = [c for c in word if c.isalpha()]
        if not letters or word[-1] in ",;:" or set(word) & set("()[]"):
            return False
        upper_or_caseless = not self.cased or letters[0].isupper() or letters[0].lower() == letters[0].upper()
        key = self.language.key(word).split()
        return upper_or_caseless or bool(key and key[0] in self.words.links)

    def left_out(self, token: tuple[int, int]) -> bool:
        key = self.language.key(self.report.text[token[0] : token[1]])
        if self.cased and not self.report.text[token[0]].isupper() and self.report.text[token[0]].isascii():
            return True
        classes = self.language.lexicon.classes(key)
        return (
            key in self.words.titles | self.words.articles
            or any(c.startswith("person") for c in classes)
            or bool(self.exact(self.where, Span(*token)))
        )

    def trim(self, span: Span) -> Span:
        start, end = span
        text = self.report.text
        while end > start + 1 and not (text[end - 1].isalnum() or text[end - 1] == "."):
            end -= 1
        if text[end : end + 1] == "." and "." in text[start:end]:  # initials keep their last stop: "U.S."
            end += 1
        for tail in ("’s", "'s"):
            if text[start:end].endswith(tail) and end - start > 2:
                end -= 2
        while start < end - 1 and not text[start].isalnum():
            start += 1
        return Span(start, end)

    def titles(self, p: Phrase) -> list[str]:
        """The lexicon's terms for people, and titles, that stand before the name in the phrase."""
        name = self.name_span(p)
        tokens = self.language.key(self.report.text[p.core.start : name.start]).split()
        found, i = [], 0
        while i < len(tokens):
            for size in range(min(4, len(tokens) - i), 0, -1):
                term = " ".join(tokens[i : i + size])
                if term in self.words.titles or any(
                    c.startswith("person") for c in self.language.lexicon.classes(term)
                ):
                    found.append(term)
                    i += size
                    break
            else:
                i += 1
        return found

    def term_before(self, p: Phrase) -> tuple[Span, frozenset[str]] | None:
        """A term for a body before a spokesman in the phrase, the capitalised words before it included."""
        text, lexicon = self.report.text, self.language.lexicon
        if p.core.start == p.head.start or p.kind in ("pronoun", "time", "number"):
            return None
        if self.words.speaking.isdisjoint(self.language.key(self.report.words(p.core)).split()):
            return None
        tokens = [
            (m.start() + p.core.start, m.end() + p.core.start)
            for m in re.finditer(r"[^\s]+", self.report.words(p.core))
        ]
        keys = [self.language.key(text[a:b]) for a, b in tokens]
        speaker = next((i for i, k in enumerate(keys) if "person.spokesman" in lexicon.classes(k)), 0)
        for size in range(min(4, speaker), 0, -1):
            classes = lexicon.classes(" ".join(keys[speaker - size : speaker]))
            if any(c.startswith(BODIES) for c in classes):
                first = speaker - size
                while first > 0 and text[tokens[first - 1][0]].isupper() and keys[first - 1] not in self.words.articles:
                    first -= 1
                return self.trim(Span(tokens[first][0], tokens[speaker - 1][1])), classes
        return None

    def tie(self, mention: Mention) -> str | None:
        """The relation that the word after a country makes with it: "backed" in "Ruritania-backed"."""
        if not self.words.tie_follows:
            return None
        after = re.match(r"[\W_]{0,2}(\w+)", self.report.text[mention.span.end : mention.span.end + 20])
        return self.words.ties.get(self.language.key(after[1])) if after else None

    def prefixed(self, mention: Mention) -> bool:
        """Whether what stands before a country's name makes it another: "anti-Ruritanian", "South American"."""
        before = self.report.text[max(0, mention.span.start - 20) : mention.span.start]
        return (
            before[-1:] in ("-", "‑", "–") or (self.language.key(before).split() or [""])[-1] in self.words.other_nation
        )

    def country_of(self, mention: Mention) -> str | None:
        """ISO alpha-3 of a place or demonym mark."""
        if mention.kind == "demonym":
            return mention.values[0] if len(mention.values) == 1 else None
        if country := country_of(mention):
            return country
        told = self.places.at(mention.span)
        return told.country if told else None

    def capital(self, mention: Mention) -> bool:
        told = self.places.at(mention.span)
        keys = [
            v
            for v in mention.values
            if v.startswith("gn:") and (told is None or told.geonames_id in (None, int(v[3:])))
        ]
        return any(gazetteer.candidate(k).capital for k in keys)

    def cut(self, mention: Mention) -> Mention:
        """A mark without the particles written together with the name."""
        start, end = mention.span
        known = {n for id in mention.values for n in keys(id, self.language.code)}
        for cut in range(4):
            rest = self.language.key(self.report.text[start + cut : end])
            if rest in known or (cut and any(n.endswith(rest) and len(n) <= len(rest) + 2 for n in known)):
                return replace(mention, span=Span(start + cut, end)) if cut else mention
        return mention

    def in_name_of(self, mention: Mention) -> bool:
        """Whether a place name is part of a known actor's name: the town in "Army of the Town"."""
        return any(
            m.span != mention.span
            for m in self.at(mention.span, self.known, touching=True)
            if m.span.covers(mention.span)
        )

    def head_mark(self, marks: Row, p: Phrase) -> Mention | None:
        """The mark that stands on the head of a phrase, the longest."""
        if p not in marks.heads:
            low, high = p.head.start + 2, p.head.end
            found = [
                m
                for m in self.at(p.core, marks, touching=True)
                if m.span.start <= low and (m.span.end >= high or p.head.covers(m.span))
            ]
            marks.heads[p] = max(found, key=lambda m: (m.span.end - m.span.start, -m.span.start), default=None)
        return marks.heads[p]

    def at(self, span: Span, marks: Row, touching: bool = False) -> list[Mention]:
        found = []
        for i in range(bisect_left(marks.starts, span.start - 80), bisect_left(marks.starts, span.end)):
            m = marks[i]
            if span.covers(m.span) or (touching and span.touches(m.span)):
                found.append(m)
        return found

    def exact(self, marks: Row, span: Span) -> list[Mention]:
        return [m for m in self.at(span, marks, touching=True) if m.span == span and m.kind == "demonym"]

    def tokens(self, span: Span | None) -> set[str]:
        return set(self.language.key(self.report.words(span)).split()) if span else set()

    def readable(self, span: Span) -> bool:
        return any(z.zone in ZONES and z.span.covers(span) for z in self.report.zones)

    def bare(self, span: Span) -> str:
        end = span.end
        while (
            end < len(self.report.text) and self.report.text[end].isalnum()
        ):  # a pronoun written together with its noun
            end += 1
        tokens = self.report.text[span.start : end].split()
        while len(tokens) > 1 and self.language.key(tokens[0]) in self.words.articles:
            tokens.pop(0)
        return " ".join(tokens)
