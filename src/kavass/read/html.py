"""A web page is one report: its title, the paragraphs of its article, its captions and stamp, and what its metadata say.

One walk over the tree gathers blocks of text with what surrounds them; the article is the smallest element that holds most
of the running text. Where that finds too little, trafilatura reads the page again, slower and with other rules.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from kavass.errors import UnreadableReport
from kavass.model import RawReport, Zone, ZoneName
from kavass.read.charset import declared_in, decode
from kavass.read.source import Limits, Source

RUNNING_CHARACTERS = 40  # a block this long is a paragraph, shorter ones are labels
LINK_SHARE = 0.6  # a block with more of its text in links is a menu or a teaser
HOLDS_MOST = 0.75  # of the running text: the article's element
FULL_PAGE_CHARACTERS = 250  # an article with less gets the second, careful reading
CAREFUL_BYTES = 1_000_000  # trafilatura needs about 1 s for this
CAREFUL_DEPTH = 200  # libxml2 stops at 256
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|aside|blockquote|ul|ol|dl|table|tbody|tr|td|font|b|i|u|em|strong|small|big|center|"
    r"form|fieldset|figure|header|footer|nav|pre|code|sup|sub|ins|del|s|tt|abbr|cite|q|label|[a-z]+-[a-z-]+)\b",
    re.I,
)
_TOKENS = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_TITLE_CUT = re.compile(r"\s+(?:[|·•–—»]|::|-)\s+")


def read(source: Source) -> Iterator[RawReport]:
    """The one report of the page."""
    raw = source.whole()
    try:
        markup = decode(raw, declared_in(raw))
    except ValueError as fault:
        raise UnreadableReport(source.key, str(fault)) from None
    yield page_report(source, raw, markup)


def page_report(
    source: Source, raw: bytes, markup: str, *, key: str | None = None, title: str | None = None, uri: str | None = None,
    publisher: str | None = None, language: str | None = None, stamps: tuple[tuple[str, str], ...] = (),
) -> RawReport:  # fmt: skip
    """The report of a page; what the caller gives stands before what the page says. Raises UnreadableReport."""
    try:
        page = extract(markup, source.limits)
    except ValueError as fault:
        raise UnreadableReport(key or source.key, str(fault)) from None
    text, zones = _joined(title or page.title, page.blocks)
    return source.report(
        raw, text, key=key, title=title or page.title, blocks=zones, stamps=stamps + page.stamps, uri=uri or page.uri,
        publisher=publisher or page.publisher, language=language or page.language,
    )  # fmt: skip


@dataclass(slots=True)
class Page:
    """What a page holds. `blocks` are the article's in reading order, each with what it is on the page if that is told."""

    title: str | None
    blocks: list[tuple[str, ZoneName | None]]
    stamps: tuple[tuple[str, str], ...]
    publisher: str | None
    language: str | None
    uri: str | None


def extract(markup: str, limits: Limits) -> Page:
    """The article of a page. Raises ValueError with the reason where there is no text or the markup is an attack."""
    deepest = _checked(markup, limits)
    tree = LexborHTMLParser(markup)
    walk = _Walk(tree.root)
    about = _About(tree)
    title = about.title(walk)
    chosen = walk.article()
    blocks = [(b.text, b.zone) for b in chosen if not _same(b.text, title)]
    found = sum(len(text) for text, zone in blocks if zone is None)
    if found < FULL_PAGE_CHARACTERS and sum(len(b.text) for b in walk.blocks) > 1.5 * found + 80:
        blocks = _carefully(markup, deepest, blocks, title) or blocks or [(b.text, b.zone) for b in walk.visible()]
    if not blocks and not any(_same(b.text, title) for b in walk.blocks):
        raise ValueError("the page holds no text outside its scripts, styles and menus.")
    return Page(title, blocks, about.stamps(walk), about.publisher, about.language, about.uri)


def plain(markup: str, limits: Limits) -> str:
    """The text of a piece of markup, such as a feed's summary: all of its blocks, none judged."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    _checked(markup, limits)
    return "\n\n".join(b.text for b in _Walk(LexborHTMLParser(markup).root).blocks)


def _joined(title: str | None, blocks: Iterable[tuple[str, ZoneName | None]]) -> tuple[str, tuple[Zone, ...]]:
    """Title and blocks as one text with blank lines between, and the zones that are told."""
    parts, zones, at = [], list[Zone](), 0
    told: list[tuple[str, ZoneName | None]] = [(" ".join(title.split()), "title")] if title else []
    for text, zone in [*told, *blocks]:
        if zone:
            zones.append(Zone(start=at, end=at + len(text), zone=zone))
        parts.append(text)
        at += len(text) + 2
    return "\n\n".join(parts), tuple(zones)


def _same(text: str, title: str | None) -> bool:
    return bool(title) and _key(text) == _key(title or "")


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _checked(markup: str, limits: Limits) -> int:
    """The depth of the markup. Raises ValueError where it has more tags or is nested deeper than a page is."""
    if (tags := markup.count("<")) > limits.tags:
        raise ValueError(f"the page has {tags:,} tags and the limit is {limits.tags:,}.")
    depth = deepest = 0
    for closing in _NESTING.findall(markup):
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    if deepest > limits.depth:
        raise ValueError(f"the page nests {deepest:,} elements and the limit is {limits.depth:,}.")
    return deepest


# --- the walk --------------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Box:
    """A block element on the way to the text."""

    tag: str
    above: Box | None
    furniture: bool = False  # by its element or role
    perhaps: bool = False  # by its class names, which a page may also give to the whole article
    article: bool = False
    zone: ZoneName | None = None
    running: int = 0  # characters of running text inside
    inside: list[Box] = field(default_factory=list)

    def line(self) -> Iterator[Box]:
        box: Box | None = self
        while box:
            yield box
            box = box.above


@dataclass(slots=True, eq=False)
class Block:
    """A stretch of text between two block boundaries."""

    text: str
    box: Box
    linked: int
    zone: ZoneName | None = None
    time: str | None = None  # the machine-readable time of a <time> inside

    @property
    def is_running(self) -> bool:
        return len(self.text) >= RUNNING_CHARACTERS and self.linked < 0.5 * len(self.text) and self.box.tag[0] != "h"


class _Walk:
    """The blocks of a page in reading order."""

    def __init__(self, root: Any):
        self.blocks: list[Block] = []
        self.times: list[str] = []
        self._words: list[str] = []
        self._linked = 0
        self._time: str | None = None
        self.top = Box("html", None)
        self._walk(root)
        self._weigh()

    def _walk(self, root: Any) -> None:
        skip, block = _markup()["skip"], _markup()["block"]
        stack: list[tuple[Any, Box, bool]] = [(root, self.top, False)]
        while stack:
            node, box, linked = stack.pop()
            if node is None:
                self._close(box)
                continue
            tag = node.tag
            if tag == "-text":
                self._take(node.text_content or "", linked)
                continue
            if tag == "br":
                self._words.append("\0")
            if tag in skip or tag[0] == "-" or _hidden(node):
                continue
            inner = box
            if tag in block:
                self._close(box)
                inner = _box(node, tag, box)
                stack.append((None, inner, False))
            elif tag == "time":
                self._time = node.attributes.get("datetime") or None
                self.times += [self._time] if self._time else []
            children, child = [], node.first_child
            while child is not None:
                children.append((child, inner, linked or tag == "a"))
                child = child.next
            stack.extend(reversed(children))

    def _take(self, text: str, linked: bool) -> None:
        self._words.append(text)
        self._linked += len(text.strip()) if linked else 0

    def _close(self, box: Box) -> None:
        """The words gathered so far are a block of `box`; two line breaks make two blocks."""
        if self._words:
            text = _BLANKS.sub(" ", "".join(self._words))
            share = self._linked / max(1, len(text))
            for part in re.split(r" ?\0(?: ?\0)+ ?", text):
                words = "\n".join(line.strip(" ") for line in part.split("\0")).strip(" \n")
                if words.strip():
                    self.blocks.append(Block(words, box, int(share * len(words)), time=self._time))
            self._words.clear()
        self._linked, self._time = 0, None

    def _weigh(self) -> None:
        """How much running text each box holds; class names that would throw away the page's text are not believed."""
        for block in self.blocks:
            if block.is_running:
                for box in block.box.line():
                    box.running += len(block.text)
        for block in self.blocks:
            for box in block.box.line():
                if box.perhaps and box.running >= 0.4 * self.top.running > 0:
                    box.perhaps = False
            block.zone = _zone(block)

    def visible(self) -> list[Block]:
        """The blocks that are no furniture of the page."""
        return [b for b in self.blocks if not _is_furniture(b) and b.linked < LINK_SHARE * len(b.text)]

    def article(self) -> list[Block]:
        """The blocks of the smallest element that holds most of the running text."""
        seen = [b for b in self.visible() if b.is_running]
        if not seen:
            return self.visible()
        held: dict[int, int] = {}
        boxes: dict[int, Box] = {}
        for block in seen:
            for box in block.box.line():
                held[id(box)] = held.get(id(box), 0) + len(block.text)
                boxes[id(box)] = box
        total = held[id(self.top)]
        marked = [b for k, b in boxes.items() if b.article and held[k] >= 0.4 * total]
        best = max(marked, key=lambda b: (held[id(b)], -_depth(b))) if marked else self.top
        best = self._narrowed(best, held)
        inside = [b for b in self.visible() if any(box is best for box in b.box.line())]
        head = next((i for i, b in enumerate(inside) if b.box.tag == "h1"), 0)
        return [b for i, b in enumerate(inside) if i >= head or b.is_running or b.zone]

    def _narrowed(self, box: Box, held: Mapping[int, int]) -> Box:
        while inner := [b for b in box.inside if held.get(id(b), 0) >= HOLDS_MOST * held[id(box)]]:
            if inner[0].tag == "p":  # a page of one paragraph: its neighbours are its caption and stamp
                break
            box = inner[0]
        return box


def _depth(box: Box) -> int:
    return sum(1 for _ in box.line())


def _box(node: Any, tag: str, above: Box) -> Box:
    box = Box(tag, above)
    above.inside.append(box)
    told = node.attributes
    names = {t.lower() for t in _TOKENS.findall(f"{told.get('class') or ''} {told.get('id') or ''}")}
    whole = {n.lower() for n in (told.get("class") or "").split()}
    m = _markup()
    box.furniture = tag in m["furniture"] or (told.get("role") or "").lower() in m["roles"]
    if tag == "header":
        box.furniture = not any(b.article for b in above.line())
    box.article = tag in ("article", "main") or (told.get("itemprop") or "").lower() == "articlebody"
    box.perhaps = tag not in ("html", "body", "article", "main") and bool(names & m["classes"])
    if tag == "figcaption" or (names | whole) & m["caption"]:
        box.zone = "caption"
    elif (names | whole) & m["stamp"] or (told.get("itemprop") or "").lower() in m["published"]:
        box.zone = "stamp"
    return box


def _zone(block: Block) -> ZoneName | None:
    """What the page says a block is: a caption, a stamp (if it holds a number), a byline and the like."""
    for box in block.box.line():
        if box.zone == "caption" and len(block.text) < 600:
            return "caption"
        if box.zone == "stamp" and box.running < 2 * 150 and len(block.text) < 150:
            return "stamp" if any(c.isdigit() for c in block.text) else "furniture"
        if box.article:
            break
    return "stamp" if block.time and len(block.text) < 150 else None


def _is_furniture(block: Block) -> bool:
    return any(box.furniture or box.perhaps for box in block.box.line())


def _hidden(node: Any) -> bool:
    told = node.attributes
    if not told:
        return False
    return "hidden" in told or told.get("aria-hidden") == "true" or bool(_HIDDEN.search(told.get("style") or ""))


def _carefully(
    markup: str, deepest: int, blocks: list[tuple[str, ZoneName | None]], title: str | None
) -> list[tuple[str, ZoneName | None]] | None:
    """The article by trafilatura, where it finds clearly more; None where it does not, or the page is too much for it."""
    if len(markup) > CAREFUL_BYTES or deepest > CAREFUL_DEPTH:
        return None
    import trafilatura

    found = trafilatura.extract(markup, include_comments=False, include_tables=True) or ""
    lines = [line.strip(" ") for line in found.split("\n") if line.strip() and not _same(line, title)]
    if sum(map(len, lines)) < 1.5 * sum(len(text) for text, _ in blocks) + 40:
        return None
    known = {_key(text): zone for text, zone in blocks}
    return [(line, known.get(_key(line))) for line in lines]


# --- what the page says of itself ------------------------------------------------------------------------------------


class _About:
    """A page's metadata: meta elements, JSON-LD, the canonical address, the language."""

    def __init__(self, tree: Any):
        self._meta: dict[str, str] = {}
        for node in tree.css("meta"):
            told = node.attributes
            name = (told.get("property") or told.get("name") or told.get("itemprop") or "").lower()
            if name and (content := (told.get("content") or "").strip()):
                self._meta.setdefault(name, content[:1000])
        self._linked = list(_linked_data(tree))
        self._head = tree.css_first("head title") or tree.css_first("title")
        canonical = tree.css_first('link[rel="canonical"]')
        self.uri = self._meta.get("og:url") or (canonical and canonical.attributes.get("href")) or None
        html = tree.css_first("html")
        self.language = _language(html and html.attributes.get("lang")) or _language(self._meta.get("og:locale"))
        self.publisher = self._meta.get("og:site_name") or self._named("publisher")

    def title(self, walk: _Walk) -> str | None:
        """The headline: an h1 that the head's title repeats, or the best there is."""
        head = _BLANKS.sub(" ", self._head.text()).strip() if self._head else ""
        told = self._meta.get("og:title") or self._meta.get("twitter:title") or ""
        heads = [b.text for b in walk.blocks if b.box.tag == "h1" and len(b.text) <= 300]
        for text in heads:
            if any(_key(text) and _key(text) in _key(other) for other in (told, head)) and len(text) > 8:
                return text
        own = [t for t in heads if len(t.split()) >= 3]
        return (
            (own[0] if len(own) == 1 else None) or self._cut(told) or self._cut(head) or (heads[0] if heads else None)
        )

    def _cut(self, title: str) -> str | None:
        """A title without the site's name at its end."""
        pieces = _TITLE_CUT.split(title)
        if len(pieces) > 1 and (_same(pieces[-1], self.publisher) or len(pieces[-1]) < 0.5 * len(title)):
            return title[: title.rindex(pieces[-1])].rstrip(" |·•–—»:-")
        return title or None

    def stamps(self, walk: _Walk) -> tuple[tuple[str, str], ...]:
        """The dates of publication that the page tells, in order of trust."""
        found = [("json-ld:datePublished", v) for d in self._linked if isinstance(v := d.get("datePublished"), str)]
        found += [(f"meta:{name}", self._meta[name]) for name in _markup()["order"] if name in self._meta]
        found += [("time", b.time) for b in walk.article() if b.time]
        found += [("time", t) for t in walk.times[:1]]
        found += [("page", b.text) for b in walk.blocks if b.zone == "stamp" and not _is_furniture(b)]
        return tuple(dict.fromkeys((where, value[:200]) for where, value in found))

    def _named(self, name: str) -> str | None:
        for data in self._linked:
            told = data.get(name)
            if isinstance(told, dict) and isinstance(told.get("name"), str):
                return str(told["name"])
        return None


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD that have a date or a publisher."""
    for node in tree.css('script[type="application/ld+json"]')[:10]:
        try:
            waiting = [json.loads((node.text() or "")[:500_000])]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while waiting and (seen := seen + 1) < 10_000:
            data = waiting.pop(0)
            if isinstance(data, dict):
                if "datePublished" in data or "publisher" in data:
                    yield data
                waiting += [v for v in data.values() if isinstance(v, dict | list)]
            elif isinstance(data, list):
                waiting += data


def _language(told: str | None) -> str | None:
    """The language code of `lang="ar-IQ"` or `en_GB`."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?=[-_\s]|$)", told or "")
    return found[1].lower() if found else None


@cache
def _markup() -> dict[str, Any]:
    told = tomllib.loads((Path(__file__).parent / "markup.toml").read_text("utf-8"))
    return {**{name: frozenset(values) for name, values in told.items()}, "order": tuple(told["published"])}
