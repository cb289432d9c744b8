"""Incidents as an Atom feed (RFC 4287), entry by entry: stable ids, when it was last added to, and where, as far as that is known.

`georss:point` stands where there is a point; its precision is in `kavass:precision`, as GeoRSS knows none.
"""

from __future__ import annotations

from typing import TextIO

from lxml import etree

from kavass.publish import Edition, Entry, headline, sources_line, word

ATOM, GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
KAVASS = "urn:kavass:ns"


def write(edition: Edition, out: TextIO, *, lang: str) -> None:
    """One feed in one language."""
    out.write(
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{ATOM}" xmlns:georss="{GEORSS}" xml:lang="{lang}">\n'
    )
    for name, text in (
        ("id", f"urn:kavass:incidents:{lang}"),
        ("title", word(lang, "text", "incidents")),
        ("updated", edition.as_of),
    ):
        out.write(_text(etree.Element(name), text))
    author = etree.Element("author")
    etree.SubElement(author, "name").text = "kavass"
    out.write(etree.tostring(author, encoding="unicode") + "\n")
    for entry in edition.entries:
        out.write(_entry(entry, edition, lang) + "\n")
    out.write("</feed>\n")


def _entry(entry: Entry, edition: Edition, lang: str) -> str:
    incident = entry.incident
    one = etree.Element("entry", nsmap={"georss": GEORSS, "kavass": KAVASS})
    etree.SubElement(one, "id").text = f"urn:kavass:{incident.id}"
    etree.SubElement(one, "title").text = _clean(headline(entry, lang))
    etree.SubElement(one, "updated").text = entry.known_at or edition.as_of
    etree.SubElement(one, "summary").text = _clean(sources_line(entry, lang))
    for scheme, term in (("type", incident.type), ("status", incident.status)):
        etree.SubElement(one, "category", scheme=f"urn:kavass:{scheme}", term=term, label=word(lang, scheme, term))
    for uri in dict.fromkeys(s.uri for s in entry.sources if s.uri):
        etree.SubElement(one, "link", rel="via", href=_clean(uri))
    place = incident.place
    if place and place.lat is not None and place.lon is not None:
        etree.SubElement(one, f"{{{GEORSS}}}point").text = f"{place.lat} {place.lon}"
        etree.SubElement(one, f"{{{KAVASS}}}precision").text = f"{round((place.radius_km or 0) * 1000)}"
    return str(etree.tostring(one, encoding="unicode"))


def _text(element: etree._Element, text: str) -> str:
    element.text = text
    return str(etree.tostring(element, encoding="unicode")) + "\n"


def _clean(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
