"""Words of pages in all languages at once: dates, stamp labels, menus, teasers, names of wires.

A page about Basra may carry an English menu over an Arabic report, so nothing here asks for the report's language. The words
stand in `lang/<code>/page.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
Label = Literal["published", "updated", "rendered"]
_LETTERS = str.maketrans("أإآٱىؤئ", "ااااييي") | {0x629: "ه"} | dict.fromkeys((*range(1611, 1632), 1648, 1600))
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_EDGES = " \t\n\r\u00a0-–—|:،,.;·•()[]/«»\"'“”‘’*=_<>…"
YEARS = range(1950, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A date of a page as it stands: `value` is ISO, with a time (and offset) only where the page has one."""

    value: str
    label: Label | None
    weekday_agrees: bool | None  # None: no weekday stands beside it
    rest: int  # words of the line beside date, time, weekday and label

    @property
    def timed(self) -> bool:
        return "T" in self.value


def plain(text: str) -> str:
    """A line for comparing: lower case, ASCII digits, Arabic letters in one form, blanks single, invisible marks gone.

    >>> plain("آخِر تحديث: ٢٩ أيلول")
    'اخر تحديث: 29 ايلول'
    """
    text = _INVISIBLE.sub("", text).casefold().translate(_LETTERS)
    if not text.isascii():
        text = "".join(str(int(c)) if c.isdecimal() and not c.isascii() else c for c in text)
    return " ".join(text.split())


def stamp(line: str) -> Stamp | None:
    """The date of publication in a line or metadata value: the one labelled so, else the first; None without one.

    Day and month in figures alone are read day first, unless the weekday or a figure above 12 says otherwise; where both readings
    are possible in Latin script, it is no stamp. Years of the Hijri calendar are left alone.

    >>> stamp("Monday, 1 March 2021 07:05")
    Stamp(value='2021-03-01T07:05', label=None, weekday_agrees=True, rest=0)
    >>> stamp("نشر في: ٢٩ أيلول/سبتمبر ٢٠١٨").value
    '2018-09-29'
    """
    found = list(_stamps(plain(line[:300])))
    order = {"published": 0, None: 1, "updated": 2, "rendered": 3}
    return min(found, key=lambda s: order[s.label], default=None)


def is_furniture(line: str) -> bool:
    """Whether a line begins as lines around an article do (share, cookies, rights)."""
    words = plain(line).lstrip(_EDGES)
    return bool(_begins("furniture", "lines").match(words) or _inside().search(words))


def is_menu(line: str) -> bool:
    """Whether a line is made of menu entries alone.

    >>> is_menu("Home | About us | Contact"), is_menu("Home fires burn")
    (True, False)
    """
    words = plain(line)
    rest, entries = _anywhere("furniture", "menu").subn(" ", words) if len(words) < 400 else (words, 0)
    return not re.search(r"[^\W\d_]", rest) and (bool(entries) or not re.search(r"[^\W_]", words))


def heads_teasers(line: str) -> bool:
    """Whether a line is the head of a list of other articles."""
    words = plain(line).strip(_EDGES)
    return len(words) <= 60 and bool(_begins("furniture", "teasers").fullmatch(words))


def is_teaser(line: str) -> bool:
    """Whether a line names another article after a word that says so ("Read also: ...")."""
    return bool(_begins("furniture", "teaser_lines").match(plain(line).lstrip(_EDGES)))


def is_caption(line: str) -> bool:
    """Whether a line says of itself that it belongs to a picture."""
    return bool(_begins("labels", "caption").match(plain(line).lstrip("([ ")))


def byline(line: str) -> str | None:
    """Who wrote it, in a line that says so; None in any other."""
    found = _begins("labels", "byline").match(plain(line))
    return line.strip()[found.end() :].strip(_EDGES) or None if found else None


def source(line: str) -> str | None:
    """The source that a line names after "Source:" and the like; None in any other."""
    words = " ".join(line.split())
    found = _begins("labels", "source").match(plain(words))
    return words[found.end() :].strip(_EDGES) or None if found and len(words) < 90 else None


def origin(name: str) -> str | None:
    """The one name of a wire or paper, whichever way it is written; None if it is not known.

    >>> origin("(REUTERS)"), origin("أ ف ب"), origin("the mayor")
    ('Reuters', 'Agence France-Presse', None)
    """
    return _origins().get(plain(name).strip(_EDGES))


def is_flash(words: str) -> bool:
    """Whether words in capitals in front of a dash announce news instead of naming a place ("BREAKING")."""
    return plain(words).strip(_EDGES) in _plain_all("labels", "flash")


def has_month(words: str) -> bool:
    """Whether a Gregorian month stands in the words."""
    return bool(re.search(rf"(?<!\w)(?:{_months_pattern()})(?!\w)", plain(words)))


@cache
def repair_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """(words after which joined words may be parted, words before which they may, words that open a sentence)."""
    return (
        frozenset(_all("repairs", "starts")),
        frozenset(_all("repairs", "ends")),
        frozenset(_all("repairs", "openers")),
    )


# --- dates -----------------------------------------------------------------------------------------------------------


def _stamps(words: str) -> Iterator[Stamp]:
    for found in _date_pattern().finditer(words):
        before, after = words[: found.start()], words[found.end() :]
        if _is_hijri(found, after):
            continue
        around = _weekdays().findall(before[-25:] + " | " + after[:15])
        weekday = _weekday_numbers()[around[-1]] if around else None
        if day := _day(found, weekday, words):
            agrees = None if weekday is None else weekday == day.weekday()
            value = day.isoformat() + _time(found, before, after)
            yield Stamp(value=value, label=_label(before), weekday_agrees=agrees, rest=_rest(before + " " + after))


def _is_hijri(found: re.Match[str], after: str) -> bool:
    marks = "|".join(map(re.escape, _all("dates", "hijri_marks")))
    year = int(found["y"] or found["y2"] or found["y3"] or found["y4"] or found["y5"])
    return year not in YEARS or bool(re.match(rf"\s*(?:{marks})(?!\w)", after))


def _day(found: re.Match[str], weekday: int | None, words: str) -> date | None:
    if found["m"] or found["m2"]:
        return _date(found["y"] or found["y2"], _month_numbers()[found["m"] or found["m2"]], found["d"] or found["d2"])
    if found["y3"]:
        return _date(found["y3"], found["m3"], found["d3"])
    if found["y5"]:
        return _date(found["y5"], found["m5"], found["d5"])
    first = _date(found["y4"], found["b"], found["a"])
    second = _date(found["y4"], found["a"], found["b"])
    if not (first and second) or first == second:
        return first or second
    if weekday is not None and (weekday == first.weekday()) != (weekday == second.weekday()):
        return first if weekday == first.weekday() else second
    return first if "." in found[0] or re.search(r"[\u0600-\u06ff]", words) else None


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _time(found: re.Match[str], before: str, after: str) -> str:
    """The time of day beside a date, as `THH:MM`, with seconds and offset where they stand."""
    if found["t3"]:
        hour, rest = found["t3"].split(":", 1)
        return f"T{int(hour):02}:{rest}{_offset(found['z3'])}" if int(hour) < 24 else ""
    beside = re.compile(rf"^[\s,،|\-–—@:.(t]*(?:\w{{2,6}}\s+)?{_time_pattern()}").search(after)
    beside = beside or re.search(rf"{_time_pattern()}[\s,،|\-–—]*(?:\w+[\s,،]+)?$", before)
    if not beside:
        return ""
    hour, half = int(beside["h"] or beside["h2"]), beside["half"] or beside["half2"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in _plain_all("dates", "evening") else 0)
    if hour > 23 or int(beside["min"] or 0) > 59:
        return ""
    return f"T{hour:02}:{beside['min'] or '00'}{beside['sec'] or ''}{_offset(beside['z'])}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone in ("z", "gmt", "utc"):
        return "+00:00"
    digits = re.sub(r"\D", "", zone).ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:4]}"


def _label(before: str) -> Label | None:
    """What the words before a date say of it. "Today" counts only as all there is, since it is part of names too."""
    bare = _weekdays().sub(" ", before).strip(_EDGES)
    last = re.split(r"\s*[|•·:،,]\s*", bare)[-1].strip(_EDGES)
    labels: tuple[Label, ...] = ("rendered", "updated", "published")
    for label in labels:
        names = _plain_all("labels", label)
        if last in names or (label != "rendered" and any(bare.endswith(" " + n) or bare == n for n in names)):
            return label
    return "rendered" if any(bare.endswith(" " + n) and " " in n for n in _plain_all("labels", "rendered")) else None


def _rest(words: str) -> int:
    words = _date_pattern().sub(" ", words)
    words = re.sub(rf"{_time_pattern()}", " ", _weekdays().sub(" ", words))
    for label in ("rendered", "updated", "published"):
        words = _anywhere("labels", label).sub(" ", words)
    words = re.sub(
        rf"\d{{1,2}}\s*(?:{'|'.join(map(re.escape, _plain_all('dates', 'hijri_months')))})\s*\d{{4}}", " ", words
    )
    return sum(any(c.isalpha() for c in w) for w in words.split())


@cache
def _date_pattern() -> re.Pattern[str]:
    month = _months_pattern()
    return re.compile(
        rf"(?<![\d\w])(?P<d>\d{{1,2}})(?:[a-z]{{2}})?[\s.\-/,،]*(?:\w{{2}}\s)?(?P<m>{month})(?!\w)\.?(?:\s*[/(\-–]\s*(?:{month})\)?)?"
        rf"[\s.\-/,،]*(?P<y>\d{{4}})(?!\d)"
        rf"|(?<!\w)(?P<m2>{month})\.?\s*(?P<d2>\d{{1,2}})(?:[a-z]{{2}})?[\s,،]+(?P<y2>\d{{4}})(?!\d)"
        rf"|(?<!\d)(?P<y3>\d{{4}})[\-/.](?P<m3>\d{{1,2}})[\-/.](?P<d3>\d{{1,2}})(?!\d)"
        rf"(?:[t\s]+(?P<t3>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:[.,]\d+)?\s*(?P<z3>z|gmt|utc|[+-]\d{{2}}:?\d{{2}})?(?!\d))?"
        rf"|(?<![\d./-])(?P<a>\d{{1,2}})(?P<sep>[\-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<y4>\d{{4}})(?!\d)"
        rf"|^(?P<y5>(?:19|20)\d\d)(?P<m5>\d\d)(?P<d5>\d\d)(?:t\d{{4,6}}z?)?$"
    )


@cache
def _time_pattern() -> str:
    halves = (*_plain_all("dates", "morning"), *_plain_all("dates", "evening"))
    half = "|".join(map(re.escape, sorted(halves, key=len, reverse=True)))
    zone = r"(?:\s*\(?(?P<z>gmt|utc|z(?!\w)|[+-]\d{2}:?\d{2}))?"
    clock = rf"(?P<h>\d{{1,2}})[:.](?P<min>\d{{2}})(?P<sec>:\d{{2}})?(?:\s*(?P<half>{half})(?!\w))?{zone}"
    return rf"(?<![\d:])(?:{clock}|(?P<h2>\d{{1,2}})\s*(?P<half2>{half})(?!\w))"


@cache
def _months_pattern() -> str:
    return "|".join(map(re.escape, sorted(_month_numbers(), key=len, reverse=True)))


@cache
def _month_numbers() -> dict[str, int]:
    return {
        plain(name): n for told in _tables() for n, names in enumerate(told["dates"]["months"], 1) for name in names
    }


@cache
def _weekday_numbers() -> dict[str, int]:
    return {plain(name): n for told in _tables() for n, names in enumerate(told["dates"]["weekdays"]) for name in names}


@cache
def _weekdays() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_weekday_numbers(), key=len, reverse=True))})(?!\w)")


# --- the tables ------------------------------------------------------------------------------------------------------


@cache
def _tables() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(file.read_text("utf-8")) for file in sorted(HERE.glob("*/page.toml")))


def _all(section: str, name: str) -> Iterator[str]:
    for told in _tables():
        yield from map(plain, told[section].get(name, ()))


@cache
def _plain_all(section: str, name: str) -> tuple[str, ...]:
    return tuple(_all(section, name))


@cache
def _begins(section: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_choices(_all(section, name))})")


@cache
def _anywhere(section: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_choices(_all(section, name))})")


def _choices(phrases: Iterable[str]) -> str:
    """Longest first; a phrase that ends in a letter ends at the end of a word."""
    return "|".join(
        re.escape(p) + (r"(?!\w)" if p[-1:].isalnum() else "") for p in sorted(set(phrases), key=len, reverse=True)
    )


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(_choices(_all("furniture", "inside")))


@cache
def _origins() -> dict[str, str]:
    return {plain(form): name for told in _tables() for name, forms in told["origins"].items() for form in forms}
