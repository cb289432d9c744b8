"""The words of the screens in one language, and dates, numbers and names as that language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from kavass import codebook
from kavass.gazetteer import places
from kavass.model import Count, Incident, Place, When
from kavass.reasons import Code, say

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "ar")
# Bidirectional and invisible controls: kept in the stored text, never sent to a screen, where they could turn words round.
CONTROLS = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF, 0x00AD, *range(9), 11, 12,
     *range(14, 32), *range(127, 160)]
)  # fmt: skip


def neutral(value: Any) -> Any:
    """Text without the controls that could turn or hide what stands on the screen.

    >>> neutral("safe\\u202etxt.exe")
    'safetxt.exe'
    """
    return value.translate(CONTROLS) if type(value) is str else value


class Words:
    """One language of the screens. Call it with a key of `words/<code>.toml` to get the words."""

    def __init__(self, code: str):
        self.code = code
        self.locale = Locale.parse(code)
        self.direction: Literal["ltr", "rtl"] = "rtl" if self.locale.text_direction == "rtl" else "ltr"
        self._table = _flat(tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8")))

    def __call__(self, key: str, **values: object) -> str:
        """The words under a key, values filled in. Raises KeyError for a key that does not exist."""
        return self._table[key].format(**values)

    def name(self, group: str, value: str | None) -> str:
        """The word for a value of a closed list (`status.occurred`), or the value itself if it has none."""
        return self._table.get(f"{group}.{value}", (value or "").replace("_", " "))

    def known(self) -> frozenset[str]:
        """Every key, for the test that both languages have the same."""
        return frozenset(self._table)

    def type(self, key: str) -> str:
        """The label of an incident type."""
        return codebook.load()[key].label[self.code]

    def country(self, alpha3: str | None) -> str:
        """The country's name."""
        return places.country_name(alpha3, self.code) if alpha3 else ""

    def number(self, value: float) -> str:
        return str(format_decimal(value, locale=self.locale))

    def day(self, value: str | None) -> str:
        """An ISO date or time as this language writes it; what is no date comes back as it is."""
        if not value:
            return ""
        try:
            if len(value) == 10:
                return str(format_date(date.fromisoformat(value), "medium", locale=self.locale))
            at = datetime.fromisoformat(value)
            day, hour = format_date(at, "medium", locale=self.locale), format_skeleton("Hm", at, locale=self.locale)
            return f"{day}{self('comma')} {hour}"
        except ValueError:
            return value

    def when(self, value: When | None) -> str:
        """An interval as told, with both ends unless they are one day."""
        if value is None or not (value.start or value.end):
            return self("unknown.when")
        start, end = self.day(value.start), self.day(value.end)
        if start == end:
            return start
        if not value.start:
            return self("when.until", end=end)
        return f"{start} – {end}" if value.end else self("when.since", start=start)

    def place(self, value: Place | None) -> str:
        """A place with its country and how far it may be off."""
        if value is None:
            return self("unknown.place")
        country, name = self.country(value.country), self.place_name(value)
        named = name if not country or country == name else f"{name}{self('comma')} {country}"
        return f"{named} (±{self.number(round(value.radius_km, 1))} {self('km')})" if value.radius_km else named

    def place_name(self, value: Place) -> str:
        """The place's name in this language where the gazetteer knows it."""
        if value.precision == "country" and value.country:
            return self.country(value.country)
        return places.local_name(value.name, value.geonames_id, self.code)

    def count(self, value: Count | dict[str, Any]) -> str:
        """A count as an interval: 0 and unknown stay different."""
        low, high = (value.low, value.high) if isinstance(value, Count) else (value.get("low"), value.get("high"))
        if low is None and high is None:
            return self("unknown.count")
        if low == high:
            return self.number(low or 0)
        if high is None:
            return f"≥ {self.number(low or 0)}"
        return f"{self.number(low or 0)}–{self.number(high)}"

    def why(self, reason: str, incidents: Mapping[str, Incident] | None = None) -> str:
        """A reason of the desk in this language; `incidents` by id are called by what they are."""

        def name(code: Code) -> str | None:
            if code.group == "incident":
                known = (incidents or {}).get(code.key)
                return f"{self.headline(known)} ({self.when(known.when)})" if known else None
            if code.group == "place":
                number, _, told = code.key.partition("|")
                return places.local_name(told, int(number) if number else None, self.code)
            return self.country(code.key) if code.group == "country" else None

        return say(reason, self.code, name=name)

    def headline(self, incident: Incident) -> str:
        """What an incident is called in a list: type and place."""
        place = self.place_name(incident.place) if incident.place else self("unknown.place")
        return f"{self.type(incident.type)} – {place}"


@cache
def load(code: str) -> Words:
    """The words of a language of the screens; English for any other."""
    return Words(code if code in LANGUAGES else "en")


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        found |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found
