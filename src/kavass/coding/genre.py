"""What kind of text a report is: the news, or a court report, a memorial day, a drill, a film, a match.

Words that speak for a kind (`context.*` and the weaker `genre.*` of a lexicon) count for more in the title and the opening
sentence than further down, and none counts twice. A report is of a kind when its opening speaks for it and enough of it does.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from kavass.lang import Language, load
from kavass.model import Report

ASIDE = (
    "fiction",
    "sport",
    "drill",
    "statistics",
)  # nothing of what these tell happened, or nothing that is one incident
PAST = ("court", "anniversary")  # what these tell happened long ago
OPENING, FURTHER, ENOUGH = 2, 1, 4
ENOUGH_OF = {
    "court": 8,
    "statistics": 6,
}  # the news of a crime speaks of judges and charges too, that of a firm of percentages
LONGEST_TERM = 4


def genres(report: Report, language: Language) -> frozenset[str]:
    """The kinds that a report is of, none for the news. A report without a title or a day is taken for news."""
    if report.title is None or report.published is None:
        return frozenset()
    points: dict[str, dict[str, int]] = defaultdict(dict)
    body = 0
    for sentence in language.split(report):
        if sentence.zone not in ("title", "body"):
            continue
        body += sentence.zone == "body"
        weight = OPENING if sentence.zone == "title" or body == 1 else FURTHER
        for term, kind in _told(language.key(report.words(sentence.span)), language.code):
            points[kind][term] = max(weight, points[kind].get(term, 0))
    return frozenset(
        kind
        for kind, terms in points.items()
        if OPENING in terms.values() and sum(terms.values()) >= ENOUGH_OF.get(kind, ENOUGH)
    )


def _told(text: str, code: str) -> set[tuple[str, str]]:
    """The terms of a sentence and the kinds they speak for."""
    words, terms = [w.strip(".,:;!?\"'()«»“”،؛؟…") for w in text.split()], _terms(code)
    found: set[tuple[str, str]] = set()
    for size in range(1, LONGEST_TERM + 1):
        for i in range(len(words) - size + 1):
            term = " ".join(words[i : i + size])
            found.update((term, kind) for kind in terms.get(term, ()))
    return found


@cache
def _terms(code: str) -> dict[str, tuple[str, ...]]:
    lexicon = load(code).lexicon
    found: dict[str, set[str]] = defaultdict(set)
    for family in ("context", "genre"):
        for term in lexicon.of_class(family):
            kinds = {c.split(".")[1] for c in lexicon.classes(term) if c.startswith(f"{family}.")}
            found[term] |= {k for k in kinds if k in (*ASIDE, *PAST)}
    return {term: tuple(sorted(kinds)) for term, kinds in found.items() if kinds}
