"""A wire on nine sites is one origin; a shared caption or closing line makes no copy."""

from __future__ import annotations

import pytest

from kavass.merge import copies, fingerprint, passages_of
from kavass.model import Account, Report, Span, Zone
from make import account, report

WIRE = "Gunmen stormed the offices of the water authority in the old town on Tuesday and held eleven clerks for about three hours."
OWN = "Our reporter saw broken windows and two burnt cars, and spoke with a clerk who had hidden behind the archive's steel door."
ARABIC = "اقتحم مسلحون مكاتب مصلحة المياه في المدينة القديمة يوم الثلاثاء واحتجزوا أحد عشر موظفاً نحو ثلاث ساعات قبل أن ينسحبوا."
CLOSING = (
    "Reporting by the desk; editing by the night editor; all rights reserved and no part may be copied without leave."
)


def print_of(text: str, *, holding: str, zones: tuple[Zone, ...] = ()) -> frozenset[int]:
    """The fingerprint of an account whose span is `holding`."""
    start = text.index(holding)
    one: Report = report(text, zones=zones)
    told: Account = account(spans=(Span(start, start + len(holding)),))
    return fingerprint(passages_of(one, told))


def grouped(*prints: frozenset[int]) -> list[int]:
    """Group numbers in order of first appearance, from 0."""
    groups = copies(dict(enumerate(prints)))
    seen: list[int] = []
    for number in range(len(prints)):
        seen += [groups[number]] if groups[number] not in seen else []
    return [seen.index(groups[number]) for number in range(len(prints))]


@pytest.mark.parametrize("wire", [WIRE, ARABIC])
def test_a_wire_is_one_text_on_however_many_sites(wire: str) -> None:
    sites = [f"Site {n} brings you the news.\n\n{wire}\n\nSubscribe to site {n}!" for n in range(9)]
    assert grouped(*(print_of(text, holding=wire[:20]) for text in sites)) == [0] * 9


def test_case_quotes_marks_and_small_edits_do_not_make_it_another_text() -> None:
    edited = (
        WIRE.replace("Gunmen", "GUNMEN").replace("about three hours", "“about three hours”").replace("eleven", "11")
    )
    assert grouped(print_of(WIRE, holding="Gunmen"), print_of(edited, holding="GUNMEN")) == [0, 0]
    vowelled = ARABIC.replace("مسلحون", "مُسلَّحون")
    assert grouped(print_of(ARABIC, holding="اقتحم"), print_of(vowelled, holding="اقتحم")) == [0, 0]


def test_part_of_a_wire_is_a_copy_of_it() -> None:
    whole = f"{WIRE}\n\n{OWN}"
    assert grouped(print_of(whole, holding="Gunmen"), print_of(f"{WIRE}\n\nShort.", holding="Gunmen")) == [0, 0]


def test_own_words_are_an_origin_though_the_report_takes_over_a_wire() -> None:
    mixed = f"{OWN}\n\n{WIRE}"
    assert grouped(print_of(WIRE, holding="Gunmen"), print_of(mixed, holding="Our reporter")) == [0, 1]


def test_a_shared_caption_or_closing_line_makes_no_copy() -> None:
    caption = "Clerks of the water authority leave the building in the old town after the gunmen have gone, on Tuesday evening."
    one = f"{caption}\n{WIRE}\n{CLOSING}"
    other = f"{caption}\n{OWN}\n{CLOSING}"
    zones = (Zone(start=0, end=len(caption), zone="caption"),)
    assert grouped(
        print_of(one, holding="Gunmen", zones=zones), print_of(other, holding="Our reporter", zones=zones)
    ) == [0, 1]  # fmt: skip


def test_a_few_words_are_too_little_to_tell() -> None:
    assert fingerprint(("Gunmen stormed it.",)) == frozenset()
    assert copies({"a": frozenset(), "b": frozenset()}) == {}


def test_two_reports_of_one_event_in_their_own_words_are_two() -> None:
    other = "Armed men broke into the water authority yesterday, and for hours nobody knew what had become of the people inside."
    assert grouped(print_of(WIRE, holding="Gunmen"), print_of(other, holding="Armed")) == [0, 1]
