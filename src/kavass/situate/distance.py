"""How far from something, in metres: "about 80 metres from the gate" with the interval that the words allow."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kavass.lang import Language, load
from kavass.lang.clause import Sentence
from kavass.model import Distance, Report, Span

CLEAR = 0.1  # a spelled-out or unhedged number is read to a tenth of its last told digit's worth
HEDGED = 0.5  # a hedged one to half of it


def distances(report: Report, sentence: Sentence, language: Language) -> list[Distance]:
    """Every distance told in a sentence, with what it is measured from."""
    folded = language.fold(report.text[sentence.span.start : sentence.span.end])
    found = []
    for match in _pattern(language.code).finditer(folded.text):
        local = folded.span(match.start(), match.end("unit"))
        span = Span(local.start + sentence.span.start, local.end + sentence.span.start)
        from_ = _from(report, sentence, folded.span(match.start("away"), match.end("away")).end + sentence.span.start)
        found.append(_distance(report, span, match, from_, language))
    return found


def _distance(report: Report, span: Span, match: re.Match[str], from_: str | None, language: Language) -> Distance:
    table = language.table("places")
    number, worth = _number(match["number"], {language.key(k): v for k, v in table["numbers"].items()})
    factor = {language.key(k): v for k, v in table["units"].items()}[match["unit"]]
    slack = worth * (HEDGED if match["hedge"] else CLEAR)
    low, high = number - slack, number + slack
    if match["less"]:
        low, high = 0.0, number
    if match["more"]:
        low, high = number, number + worth
    metres, low, high = (round(max(0.0, n) * factor, 1) for n in (number, low, high))
    return Distance(metres=metres, low=low, high=high, from_=from_, text=report.words(span), span=span)


def _number(words: str, spelled: dict[str, float]) -> tuple[float, float]:
    """A number and what its last told digit is worth: 300 is told to the hundred, 320 to the ten."""
    words = " ".join(words.split())
    if words in spelled:
        value = float(spelled[words])
        return value, max(1.0, value / 2) if value >= 1 else value
    joined = words.replace(" ", "" if re.fullmatch(r"\d{1,3}(?: \d{3})+", words) else ".")
    value = float(joined)
    if value != int(value):
        return value, 10.0 ** -len(joined.split(".")[1])
    digits = str(int(value))
    return value, 10.0 ** (len(digits) - len(digits.rstrip("0"))) if value else 1.0


def _from(report: Report, sentence: Sentence, at: int) -> str | None:
    """The phrase that follows: what the distance is measured from."""
    near = [p for p in sentence.phrases if 0 <= p.core.start - at <= 3]
    return report.words(min(near, key=lambda p: p.core).core) if near else None


@cache
def _pattern(code: str) -> re.Pattern[str]:
    language = load(code)
    table = language.table("places")

    def any_of(name: str) -> str:
        words: Any = table.get(name, ())
        keys = sorted({language.key(w) for w in words}, key=lambda w: (-len(w), w))
        return "|".join(re.escape(k).replace(r"\ ", r"\s+") for k in keys) or r"(?!)"

    number = rf"\d{{1,3}}(?:\s\d{{3}})+|\d{{1,6}}(?:\s\d{{1,2}})?|{any_of('numbers')}"
    return re.compile(
        rf"(?<!\w)(?:(?:(?P<less>{any_of('less')})|(?P<more>{any_of('more')})|(?P<hedge>{any_of('approximate')}))\s+)?"
        rf"(?P<number>{number})\s+(?P<unit>{any_of('units')})\s+(?:\w+\s+){{0,2}}?(?P<away>{any_of('away')})(?!\w)"
    )
