"""RSS and Atom: each entry of the feed is one report. Nothing is fetched; entities of the document are refused."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import feedparser

from kavass.errors import UnreadableReport
from kavass.model import RawReport
from kavass.read.charset import declared_in, decode
from kavass.read.html import plain
from kavass.read.source import Source, titled

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"<!ENTITY", re.I)


def read(source: Source) -> Iterator[RawReport | UnreadableReport]:
    """The entries in the feed's order; the key is the entry's id or address, the id the hash of what it tells."""
    raw = source.whole(min(source.limits.feed_bytes, source.limits.report_bytes))
    try:
        text = decode(raw, declared_in(raw))
    except ValueError as fault:
        raise UnreadableReport(source.key, str(fault)) from None
    if _ENTITY.search(text):
        raise UnreadableReport(source.key, "the feed declares XML entities, which can be an attack; it is not opened.")
    # UTF-8 from here on, so that the parser need not guess; handed over as a stream, so that it never takes it for an address
    feed = feedparser.parse(
        io.BytesIO(_DECLARATION.sub("", text, count=1).encode()), sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.entries:
        raise UnreadableReport(source.key, "the feed has no entries.")
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _report(source, feed.feed, entry, number)
        except UnreadableReport as fault:
            yield fault


def _report(source: Source, feed: Any, entry: Any, number: int) -> RawReport:
    key = entry.get("id") or entry.get("link") or f"{source.key}:{number}"
    bodies = [c.get("value") or "" for c in entry.get("content", [])] + [entry.get("summary") or ""]
    # plain dict access: feedparser's own answers for `updated` with `published`, and warns
    told: dict[str, Any] = {
        name: dict.get(entry, name) or "" for name in ("id", "link", "title", "published", "updated")
    }
    told["bodies"] = bodies
    try:
        title = " ".join(plain(entry.get("title") or "", source.limits).split())
        body = max((plain(b, source.limits) for b in bodies), key=len)
    except ValueError as fault:
        raise UnreadableReport(key, str(fault)) from None
    if body == title:
        body = ""
    when = told["published"] or told["updated"] or None
    return source.report(
        json.dumps(told, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace"), titled(title, body), key=key,
        title=title, stamps=(("feed", when),) if when else (), uri=entry.get("link"),
        publisher=(entry.get("source") or {}).get("title") or feed.get("title"),
        language=(entry.get("language") or feed.get("language") or "")[:2].lower() or None,
    )  # fmt: skip
