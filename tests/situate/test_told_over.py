"""Where what was announced, revoked or only named beside an incident lies: whole reports, as the program reads them."""

from __future__ import annotations

import pytest

from kavass import pipeline
from kavass.model import RawReport


def places(text: str, title: str | None = None) -> list[tuple[str, str]]:
    stamps = (("caller", "2023-05-12"),)
    whole = f"{title}\n\n{text}" if title else text
    coded = pipeline.tell(RawReport(id="x", key="x", text=whole, title=title, stamps=stamps))
    return [(a.type, a.place.name) for a in coded.accounts if a.place is not None]


@pytest.mark.parametrize(
    ("told", "text", "title"),
    [
        (  # what a measure is taken over is not where it is taken
            ("sanction", "Brussels"),
            "BRUSSELS, May 12 - The European Union froze the assets of three police commanders on Friday over the deaths of"
            " students in Masaya.",
            None,
        ),
        (  # a purpose is told elsewhere
            ("abduction", "Quevedo"),
            "QUEVEDO, Ecuador - A councillor was shot dead in Quevedo on Wednesday.\n\nHours later prisoners in the town's jail"
            " took six warders captive, apparently to keep a gang leader from being moved to Guayaquil.",
            None,
        ),
        (  # half of a word
            ("obstruction", "Nuevo Laredo"),
            "NUEVO LAREDO, Mexico - Texas-bound freight backed up when hauliers blocked a bridge in Nuevo Laredo on Monday.",
            None,
        ),
    ],
)
def test_a_place_named_beside_it_is_not_where_it_was(told: tuple[str, str], text: str, title: str | None) -> None:
    assert told in places(text, title)


def test_a_name_that_the_text_puts_in_another_country_is_not_the_place_of_the_tables() -> None:
    found = places("Jets bombed a school near Kani in Myanmar's Sagaing region on Tuesday.")
    assert [name for _, name in found] == ["Kani"]


def test_an_item_with_a_heading_of_its_own_is_not_where_another_item_is() -> None:
    text = (
        "Mastung: Police arrested seven suspects in Ziarat on Monday.\n\n"
        "Mill Lane: A bakery was set on fire by masked men on Monday."
    )
    assert ("arson", "Quetta") in places(text, "Quetta crime diary")
