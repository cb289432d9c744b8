"""Words -> When: the calendar, applied to the expressions that a language's times.toml lists.

Everything relative is reckoned from the day of publication; no clock is read. Without that day only absolute expressions give
dates. Both ends of an interval are included; a night belongs to two days; an open end is None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import MINYEAR, date, timedelta
from functools import cache
from typing import Any
from unicodedata import digit

from kavass.errors import DataError
from kavass.lang import Language, load
from kavass.model import Report, Span, TimePrecision, When

Values = Mapping[str, Any]
Interval = tuple[date | None, date | None, TimePrecision]
LONGEST = 1200  # characters of one sentence that are looked at
DAYS = {
    "second": 0,
    "minute": 0,
    "hour": 0,
    "day": 1,
    "week": 7,
    "weekend": 7,
    "month": 30,
    "year": 365,
    "decade": 3652,
}
PRECISION: dict[str, TimePrecision] = {
    "second": "day", "minute": "day", "hour": "day", "day": "day", "week": "week", "weekend": "day", "month": "month",
    "year": "year", "decade": "year",
}  # fmt: skip
NIGHT = 20  # a part of the day that runs into the next
NEXT_DAY = 24
BARRIERS = re.compile(r"[;!?؛؟]|\n\s*\n")  # an expression does not run across these
LOOSE = re.compile(r"\w[,،] \d{1,2}$")  # "In July, 23 soldiers": the number is none of the month's
BARRED = "barred"  # a date that does not exist: its month says nothing either
CHAIN = "chain"  # reckoned from the day told last: "two days earlier", "the following day"
TOLD_BEFORE = 600  # characters in which a day told before still is the one spoken of


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression found: what it means, the rule that read it, and the words it hangs on ("before the vote")."""

    when: When
    rule: str
    anchor: Span | None = None
    again: Callable[[date | None], Expression | None] | None = (
        None  # of one reckoned from the day told last: what that makes it
    )

    @property
    def span(self) -> Span:
        return self.when.span or Span(0, 0)


def times(report: Report, span: Span, language: Language) -> list[When]:
    """The time expressions inside a span of the report that can be placed on the calendar, in text order."""
    return [e.when for e in expressions(report, span, language) if e.when.start or e.when.end]


def expressions(report: Report, span: Span, language: Language) -> list[Expression]:
    """All time expressions inside a span, those hanging on other events included."""
    anchor = published_day(report)
    text = report.text[span.start : min(span.end, span.start + LONGEST)]
    folded = language.fold(text)
    plain = _ascii_digits(folded.text)
    words = _words(plain, language)
    found: list[tuple[int, int, int, Expression]] = []
    for order, pattern in enumerate(_patterns(language.code)):
        if any(map(words.isdisjoint, pattern.words)):
            continue
        for match in pattern.regex.finditer(plain):
            local = folded.span(match.start(), match.end())
            if (e := _read(pattern, match, anchor, report, local, span.start, folded.span)) is not None:
                found.append((match.start() - match.end(), order, match.start(), e))
    chained = _chained(_apart(found), lambda: _told_before(report, span, language))
    return _clocked([e for e in chained if e.rule != BARRED], report.text)


def _chained(found: list[Expression], before: Callable[[], date | None]) -> list[Expression]:
    """The expressions with those of the rule "chain" reckoned from the day told last."""
    out: list[Expression] = []
    last: date | None = None
    for e in found:
        if e.again is not None:
            e = e.again(last or before()) or Expression(When(span=e.span), BARRED)
        if e.rule != BARRED and e.when.start and e.when.precision in ("day", "hour"):
            last = date.fromisoformat(e.when.start[:10])
        out.append(e)
    return out


def _told_before(report: Report, span: Span, language: Language) -> date | None:
    """The day told last in the text before a span."""
    start = max((z.span.start for z in report.zones if z.zone == "body" and z.span.start <= span.start), default=0)
    start = max(start, span.start - TOLD_BEFORE)
    told = expressions(report, Span(start, span.start), language) if start < span.start else []
    days = [e.when.start for e in told if e.when.start and e.when.precision in ("day", "hour")]
    return date.fromisoformat(days[-1][:10]) if days else None


def _words(plain: str, language: Language) -> set[str]:
    """The words of a folded text, without their prefixes too, and FIGURE if there is one: what patterns must find to be tried."""
    found = set(plain.split())
    for prefix in language.table("times").get("prefixes", ()):
        found |= {word[len(prefix) :] for word in found if word.startswith(prefix)}
    return found | {FIGURE} if any(map(str.isdigit, plain)) else found


def _ascii_digits(text: str) -> str:
    """The text with the digits of every script as ASCII ones, offsets unchanged."""
    return text if text.isascii() else "".join(str(digit(c)) if c.isdigit() and c > "9" else c for c in text)


def published_day(report: Report) -> date | None:
    """The day of publication, if the report has one that exists."""
    try:
        return date.fromisoformat((report.published or "")[:10])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Pattern:
    """`words` holds, for each item that must be there, the first words with which it may begin: without one of them the
    expression, which costs a hundred times as much, need not be tried."""

    rule: str
    regex: re.Pattern[str]
    words: tuple[frozenset[str], ...]
    classes: Mapping[str, str]  # group -> class
    tables: Mapping[str, Mapping[str, Any]]
    set: Mapping[str, Any]
    needs: re.Pattern[str] | None
    capital: frozenset[str]
    spelled: Mapping[str, str]
    order: str
    week_starts: tuple[int, ...]


def _read(
    pattern: _Pattern,
    match: re.Match[str],
    anchor: date | None,
    report: Report,
    local: Span,
    offset: int,
    back: Callable[[int, int], Span],
) -> Expression | None:
    """One match as an expression, or None if it means nothing on the calendar."""
    span = Span(local.start + offset, local.end + offset)
    words = report.words(span)
    if (
        BARRIERS.search(words)
        or (pattern.rule in ("date", "dates") and LOOSE.search(words))
        or (pattern.needs and not pattern.needs.search(words))
    ):
        return None
    told = match.group().split()
    if any(w in pattern.capital and not _capital(report.text, words, w) for w in told):
        return None
    if any(w in pattern.spelled and pattern.spelled[w] not in words for w in told):
        return None
    values = dict(pattern.set)
    for group, value in match.groupdict().items():
        if value is not None:
            name = group.rstrip("0123456789")
            values[name] = _value(pattern.classes[group], value, pattern.tables)
    values["order"], values["week_starts"] = pattern.order, pattern.week_starts
    if pattern.rule == "clock":
        return Expression(When(text=_hour(values), span=span), "clock") if _hour(values) else None
    if pattern.rule == CHAIN:

        def again(told: date | None) -> Expression | None:
            return _expression(pattern.rule, _chain(values, told, anchor), words, span)

        return Expression(When(span=span), CHAIN, again=again)
    interval = RULES[pattern.rule](values, anchor)
    if interval is None:
        masked = pattern.rule == "mask" or {"day", "d", "b"} & set(values)
        return Expression(When(span=span), BARRED) if masked else None
    hanging = back(match.start("anchor"), match.end("anchor")) if values.get("anchor") else None
    hung = Span(hanging.start + offset, hanging.end + offset) if hanging else None
    return _expression(pattern.rule, interval, words, span, hung)


def _expression(
    rule: str, interval: Interval | None, words: str, span: Span, hung: Span | None = None
) -> Expression | None:
    """An interval as an expression, or None if it ends before it starts."""
    if interval is None:
        return None
    start, end, precision = interval
    if start and end and start > end:
        return None
    when = When(
        start=start.isoformat() if start else None,
        end=end.isoformat() if end else None,
        precision=precision,
        text=words,
        span=span,
    )
    return Expression(when, rule, hung)


def _capital(text: str, words: str, word: str) -> bool:
    """Whether a word stands with a capital, where the text has both cases."""
    if text.upper() == text or text.lower() == text:
        return True
    return any(w.casefold() == word and w[0].isupper() for w in re.findall(r"\w+", words))


def _apart(found: list[tuple[int, int, int, Expression]]) -> list[Expression]:
    """Of overlapping expressions the longest, then the earlier pattern's."""
    kept: list[Expression] = []
    for *_, e in sorted(found, key=lambda f: f[:3]):
        if not any(e.span.touches(k.span) for k in kept):
            kept.append(e)
    return sorted(kept, key=lambda e: e.span)


def _clocked(found: list[Expression], text: str) -> list[Expression]:
    """Hours joined with the day beside them; an hour without a day says nothing."""
    out: list[Expression] = []
    clocks = [e for e in found if e.rule == "clock"]
    for e in found:
        if e.rule == "clock":
            continue
        near = next((c for c in clocks if 0 <= max(c.span.start - e.span.end, e.span.start - c.span.end) <= 12), None)
        if near is None or e.when.start is None or e.when.precision != "day":
            out.append(e)
            continue
        span = Span(min(e.span.start, near.span.start), max(e.span.end, near.span.end))
        hour = f"{e.when.start}T{near.when.text}"
        when = When(start=hour, end=hour, precision="hour", text=text[span.start : span.end], span=span)
        out.append(replace(e, when=when))
    return out


# --- the calendar's rules: (values, day of publication) -> interval, or None if it cannot be said -----------------------


def _date(v: Values, day: date | None) -> Interval | None:
    year = v.get("year", v.get("yy"))
    if year is None and day is None:
        return None
    if "years_back" in v and day:
        year = day.year - v["years_back"]
    found = _make(year, v["month"], v["day"]) if year else _latest(v["month"], v["day"], day)
    return (found, found, "day") if found else None


def _numeric(v: Values, _published: date | None) -> Interval | None:
    a, b, year = v["a"], v["b"], v["year"]
    first, second = ((b, a) if v["order"] == "dmy" else (a, b)) if a <= 12 and b <= 12 else (b, a) if a > 12 else (a, b)
    found = _make(year, first, second)
    return (found, found, "day") if found else None


def _iso(v: Values, _published: date | None) -> Interval | None:
    found = _make(v["y"], v["m"], v["d"])
    return (found, found, "day") if found else None


def _dates(v: Values, day: date | None) -> Interval | None:
    if v["a"] >= v["b"]:
        return None
    first, last = _date({**v, "day": v["a"]}, day), _date({**v, "day": v["b"]}, day)
    return (first[0], last[1], "day") if first and last else None


def _of_month(v: Values, day: date | None) -> Interval | None:
    """Days told by their number in this month or the one before: "the ninth of this month", "the 15th and 16th"."""
    if day is None:
        return None
    back = -int(v.get("past", 0))
    if back == 0 and "this" not in v and v["day"] > day.day and "b" not in v:
        back = 1  # "the 28th of the month", told on the third
    for months in (back, *((0, 1, -1) if "u" in v else ())):  # of the months about it the one whose weekday agrees
        month, year = (day.month - 1 - months) % 12 + 1, day.year + (day.month - 1 - months) // 12
        first, last = _make(year, month, v["day"]), _make(year, month, v.get("b", v["day"]))
        if first and last and first <= last and first.weekday() == v.get("u", first.weekday()):
            return first, last, "day"
    return None


def _month(v: Values, day: date | None) -> Interval | None:
    year = v.get("year")
    if year is None:
        if day is None:
            return None
        year = day.year - v.get("years_back", v["month"] > day.month or ("past" in v and v["month"] == day.month))
    start, end = _whole_month(year, v["month"])
    if "third" in v:
        start, end = _third(start, end, v["third"])
    if day and start <= day < end and "year" not in v:
        end = day
    return start, end, "month"


def _feast(v: Values, day: date | None) -> Interval | None:
    """A day of the year that has a name, as month * 100 + day; the latest one."""
    month, number = divmod(v["feast"], 100)
    return _date({**v, "month": month, "day": number}, day)


def _year(v: Values, _published: date | None) -> Interval | None:
    return date(v["year"], 1, 1), date(v["year"], 12, 31), "year"


def _season(v: Values, day: date | None) -> Interval | None:
    """Seasons of the northern hemisphere; winter begins in December of the year before the one it is named after.

    "Last summer" is the one before while the latest still goes on or has ended less than four months ago.
    """
    if "year" not in v and day is None:
        return None
    year = v["year"] if "year" in v else _latest_season(v["season"], day)
    if "year" not in v and day is not None:
        ended = _season_of(year, v["season"])[1]
        year += v.get("rel", 0) if v.get("rel") != -1 or day <= ended + timedelta(days=120) else 0
    start, end = _season_of(year, v["season"])
    return start, min(end, day) if day and start <= day < end else end, "season"


def _latest_season(first: int, day: date | None) -> int:
    """The year of the latest season of that kind that has begun."""
    assert day is not None
    return next(y for y in (day.year + 1, day.year, day.year - 1) if _season_of(y, first)[0] <= day)


def _weekday(v: Values, day: date | None) -> Interval | None:
    if day is None:
        return None
    rel = v.get("rel", v.get("past", v.get("next")))
    back = (day.weekday() - v["weekday"]) % 7
    if rel == 1:
        found = day + timedelta(days=7 - back)
    elif rel == -1:
        found = day - timedelta(days=back or 7)
    else:
        found = day - timedelta(days=back)
    part = v.get("part", 0)
    if part == NEXT_DAY:
        return found, found + timedelta(days=1), "day"
    return found, found + timedelta(days=1) if part == NIGHT and found < day else found, "day"


def _days(v: Values, day: date | None) -> Interval | None:
    """From one weekday to another, the latest that have been."""
    if day is None or v["a"] == v["b"]:
        return None
    end = day - timedelta(days=(day.weekday() - v["b"]) % 7)
    return end - timedelta(days=(v["b"] - v["a"]) % 7), end, "day"


def _eve(v: Values, day: date | None) -> Interval | None:
    """The evening before or of a weekday, for words that mean either."""
    found = _weekday(v, day)
    return (found[0] - timedelta(days=1), found[1], "day") if found and found[0] else None


def _running(v: Values, day: date | None) -> Interval | None:
    """ "For the third day": since as many days or weeks."""
    unit = v.get("unit", "day")
    if day is None or DAYS[unit] == 0:
        return None
    return _back(day, v["ordinal"] * DAYS[unit]), day, PRECISION[unit]


def _mask(_v: Values, _published: date | None) -> Interval | None:
    """Words that look like an expression and hang on what was told before: "the same day"."""
    return None


def _nights(v: Values, day: date | None) -> Interval | None:
    if day is None or (v["a"] + 1) % 7 != v["b"]:
        return None
    end = day - timedelta(days=(day.weekday() - v["b"]) % 7)
    return end - timedelta(days=1), end, "day"


def _day(v: Values, day: date | None) -> Interval | None:
    if day is None:
        return None
    found = day + timedelta(days=v["today"])
    if v.get("part") == NIGHT and found < day:
        return found, found + timedelta(days=1), "day"
    return found, found, "day"


def _night(_v: Values, day: date | None) -> Interval | None:
    return (day - timedelta(days=1), day, "day") if day else None


def _ago(v: Values, day: date | None) -> Interval | None:
    """A count of units back; units wider than a day leave room on both sides, and so does a vague count."""
    n, unit = v.get("n"), v.get("unit", v.get("units"))
    if day is None or unit is None:
        return None
    if n is None:
        return _back(day, max(1, 7 * DAYS[unit])), day, "day" if DAYS[unit] == 0 else "unknown"
    if unit in ("second", "minute", "hour"):
        return _back(day, max(1, -(-n // 24)) if unit == "hour" else 1), day, "day"
    found = _back(day, n * DAYS[unit])
    if found is None:
        return None
    if unit == "day":
        return _back(found, v.get("slack", 0)), found, "day"
    if unit in ("week", "weekend"):
        return _back(found, 3), min(day, found + timedelta(days=3)), "week"
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 - n, 12)
        return (*_whole_month(year, month + 1), "month") if year > MINYEAR else None
    years = n * (10 if unit == "decade" else 1)
    return (
        (date(day.year - years, 1, 1), date(day.year - years, 12, 31), "year") if day.year - years > MINYEAR else None
    )


def _chain(v: Values, told: date | None, published: date | None) -> Interval | None:
    """From the day told last: `side` -1 before it, 0 on it, 1 after it; without one, what lies before is told from publication."""
    side, unit = v["side"], v.get("unit", v.get("units", "day"))
    if told is None:
        return _ago({"slack": 2, **v, "unit": unit}, published) if side < 0 else None
    if side < 0:
        return _ago({**v, "unit": unit, "slack": 0}, told)
    days = side * v.get("n", 1 if DAYS[unit] else 0) * DAYS[unit]
    day = _back(told, -days)
    if day is None or (published and day > published):
        return None
    loose = {"week": 3, "month": 15, "year": 180}.get(unit, 1 if v.get("part") == NIGHT or not DAYS[unit] else 0)
    return _back(day, loose if DAYS[unit] > 1 else 0), _back(day, -loose), PRECISION[unit]


def _period(v: Values, day: date | None) -> Interval | None:
    if day is None:
        return None
    unit, rel = v.get("span", "weekend"), v.get("rel")
    if "span" not in v:  # "over the weekend": the one just past or going on
        rel = 0 if day.weekday() >= 5 else -1
        unit = "weekend"
    rel = v.get("past", v.get("this", 0)) if rel is None else rel
    start, end = _unit(unit, rel, day)
    if unit == "week":
        weeks = [_week(day, first, rel) for first in v["week_starts"]]
        start, end = min(w[0] for w in weeks), max(w[1] for w in weeks)
    if "third" in v and unit in ("month", "year"):
        start, end = _third(start, end, v["third"]) if unit == "month" else _third_of_year(start, v["third"])
    if rel == 0 and start <= day:
        end = min(end, day)
    return start, end, PRECISION[unit]


def _earlier(v: Values, day: date | None) -> Interval | None:
    if day is None:
        return None
    if "season" in v:
        return _season({**v, "rel": 0}, day)
    return _unit(v["span"], 0, day)[0], day, PRECISION[v["span"]]


def _later(v: Values, day: date | None) -> Interval | None:
    return (day, _unit(v["span"], 0, day)[1], PRECISION[v["span"]]) if day else None


def _recent(v: Values, day: date | None) -> Interval | None:
    unit = v.get("units", v.get("unit"))
    if day is None or unit is None:
        return None
    n = v.get("n")
    length = max(
        1, DAYS[unit] * (n or {"day": 7, "week": 4, "month": 6}.get(unit, 5)) // (24 if unit == "hour" and n else 1)
    )
    if unit == "hour":
        length = max(1, -(-(n or 24) // 24))
    return _back(day, length), day, PRECISION[unit] if unit != "hour" else "day"


def _since(v: Values, day: date | None) -> Interval | None:
    rule = next(
        (
            r
            for k, r in (
                ("day", _date),
                ("month", _month),
                ("weekday", _weekday),
                ("today", _day),
                ("span", _period),
                ("year", _year),
            )
            if k in v
        ),
        None,
    )
    whole = rule is _period and not ("third" in v and "past" not in v)
    found = rule({**v, "rel": -1} if whole else v, day) if rule else None
    return (found[0], day, found[2]) if found else None


def _of(_v: Values, day: date | None) -> Interval | None:
    """A duration of something: it began before, nobody says when."""
    return (None, day, "unknown") if day else None


def _beside(_v: Values, day: date | None) -> Interval | None:
    """Hung on another event: no later than the report, unless the event can be found."""
    return None, day, "unknown"


def _hour(v: Values) -> str | None:
    """A clock time as HH:MM (or HH where no minutes are told), or None for one that no clock shows."""
    hour, minute = v["h"], v.get("m")
    if "half" in v:
        hour = hour % 12 + v["half"]
    return None if hour > 23 or (minute or 0) > 59 else f"{hour:02}:{minute or 0:02}"


RULES: dict[str, Callable[[Values, date | None], Interval | None]] = {
    "date": _date, "numeric": _numeric, "iso": _iso, "dates": _dates, "month": _month, "of month": _of_month,
    "year": _year, "season": _season,
    "weekday": _weekday, "nights": _nights, "day": _day, "night": _night, "ago": _ago, "period": _period, "earlier": _earlier,
    "later": _later, "recent": _recent, "since": _since, "of": _of, "before": _beside, "after": _beside,
    "days": _days, "running": _running, "eve": _eve, "feast": _feast, "mask": _mask,
}  # fmt: skip


# --- parts of the calendar ------------------------------------------------------------------------------------------------


def _make(year: int, month: int, day: int) -> date | None:
    """The date, or None for one that does not exist ("31 February")."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, published: date | None) -> date | None:
    """The latest such day not after publication; up to two months ahead counts as announced for this year."""
    if published is None:
        return None
    found = _make(published.year, month, day)
    if found and found > published + timedelta(days=60):
        return _make(published.year - 1, month, day)
    return found or _make(published.year - 1, month, day)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _third(start: date, end: date, third: int) -> tuple[date, date]:
    bounds = ((1, 10), (11, 20), (21, end.day))[third - 1]
    return start.replace(day=bounds[0]), start.replace(day=bounds[1])


def _third_of_year(start: date, third: int) -> tuple[date, date]:
    return start.replace(month=4 * third - 3), _whole_month(start.year, 4 * third)[1]


def _season_of(year: int, first: int) -> tuple[date, date]:
    start = date(year - (first == 12), first, 1)
    year, month = divmod(start.year * 12 + start.month + 1, 12)
    return start, _whole_month(year, month + 1)[1]


def _unit(unit: str, rel: int, day: date) -> tuple[date, date]:
    """The calendar unit `rel` units away. Weeks run from Monday, a weekend is Saturday and Sunday."""
    if unit == "day":
        return day + timedelta(days=rel), day + timedelta(days=rel)
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=rel)
    if unit == "week":
        return monday, monday + timedelta(days=6)
    if unit == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 + rel, 12)
        return _whole_month(year, month + 1)
    return date(day.year + rel, 1, 1), date(day.year + rel, 12, 31)


def _week(day: date, first: int, rel: int) -> tuple[date, date]:
    """The week that begins with that weekday."""
    start = day - timedelta(days=(day.weekday() - first) % 7) + timedelta(weeks=rel)
    return start, start + timedelta(days=6)


def _back(day: date, days: int) -> date | None:
    """That many days before, or None beyond the calendar."""
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return None


# --- the forms of a language ----------------------------------------------------------------------------------------------

FIGURE = "0"  # stands for any figure among the words of a text
FIXED = {
    "day": r"\d{{1,2}}(?: ?(?:{ordinals}))?", "two": r"\d{{1,2}}", "yy": r"\d{{2}}(?! \w)", "year": r"(?:19|20)\d{{2}}",
    "anchor": r"(?:(?:{determiners}) )?\w+",
}  # fmt: skip
ITEM = re.compile(r"\{(\w+)(?::(\w+))?\}(\??)|\(([^)]*)\)(\??)")


@cache
def _patterns(code: str) -> tuple[_Pattern, ...]:
    language = load(code)
    table = language.table("times")
    tables = {name: {language.key(w): v for w, v in words.items()} for name, words in table.get("classes", {}).items()}
    faults: list[str] = []
    found = []
    for number, entry in enumerate(table.get("pattern", ()), 1):
        if entry["rule"] not in (*RULES, "clock", CHAIN):
            faults.append(f"pattern[{number}] names the unknown rule {entry['rule']!r}; choose from {sorted(RULES)}")
            continue
        for form in entry["forms"]:
            found.append(_pattern(entry, form, table, tables, language))
    if faults:
        raise DataError(f"lang/{code}/times.toml", faults)
    return tuple(found)


def _pattern(
    entry: Values, form: str, table: Values, tables: Mapping[str, Mapping[str, Any]], language: Language
) -> _Pattern:
    classes: dict[str, str] = {}
    items = [(_item(m, classes, table, tables, language), bool(m[3] or m[5])) for m in ITEM.finditer(form)]
    prefixes = "|".join(table.get("prefixes", ()))
    regex = rf"(?<!\w)(?:{prefixes})?" if prefixes else r"(?<!\w)"
    started = False
    for item, optional in items:
        if not started:
            regex += rf"(?:{item}\s+)?" if optional else item
            started = not optional
        else:
            regex += rf"(?:\s+{item})?" if optional else rf"\s+{item}"
    needs = entry.get("needs")
    required = (_openings(m, tables, language) for m in ITEM.finditer(form) if not (m[3] or m[5]))
    return _Pattern(
        rule=entry["rule"],
        regex=re.compile(regex + r"(?!\w)"),
        words=tuple(words for words in required if words and "" not in words),
        classes=classes,
        tables=tables,
        set=entry.get("set", {}),
        needs=re.compile(needs) if needs else None,
        capital=frozenset(table.get("capital", ())),
        spelled={language.key(w): w for w in table.get("spelled", ())},
        order=table.get("order", "dmy"),
        week_starts=tuple(table.get("week_starts", (0,))),
    )


def _item(
    m: re.Match[str],
    classes: dict[str, str],
    table: Values,
    tables: Mapping[str, Mapping[str, Any]],
    language: Language,
) -> str:
    """The expression of one item of a form; `classes` notes the class behind each group."""
    if m[4] is not None:
        return f"(?:{_any(language.key(w) for w in m[4].split('|'))})"
    name = m[2] or m[1]
    group = name if name not in classes else f"{name}{len(classes)}"
    classes[group] = m[1]
    if m[1] in FIXED:
        body = FIXED[m[1]].format(
            ordinals=_any(table.get("ordinals", ["-"])),
            determiners=_any(language.key(w) for w in table.get("determiners", ["-"])),
        )
    else:
        body = _any(tables[m[1]])
        if m[1] == "number":
            body = rf"(?:{_any(table.get('number_prefixes', ['-']))})?\d{{1,4}}|{body}"
    return f"(?P<{group}>{body})"


def _openings(m: re.Match[str], tables: Mapping[str, Mapping[str, Any]], language: Language) -> frozenset[str]:
    """The first words that one item of a form may have, FIGURE for figures; empty if any word will do."""
    if m[4] is not None:
        return frozenset(language.key(w).partition(" ")[0] for w in m[4].split("|"))
    if m[1] in FIXED:
        return frozenset() if m[1] == "anchor" else frozenset((FIGURE,))
    words = frozenset(w.partition(" ")[0] for w in tables[m[1]])
    return words | {FIGURE} if m[1] == "number" else words


def _any(words: Any) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


def _value(name: str, words: str, tables: Mapping[str, Mapping[str, Any]]) -> Any:
    """What the words of a class mean: the value of the table, or the number that they are."""
    if name == "anchor":
        return words
    if name in ("day", "two", "year", "yy", "number") and (digits := re.search(r"\d+", words)):
        number = int(digits.group())
        return number + (2000 if number < 50 else 1900) if name == "yy" else number
    return tables[name][" ".join(words.split())]
