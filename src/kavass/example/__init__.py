"""The worked example: Basra, July to October 2018, told by reports written for kavass; its posts and its tripwires."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kavass import codebook
from kavass.desk import Desk, Filters, PostureOwed, TripView
from kavass.errors import UnreadableReport
from kavass.model import Incident, Post, RawReport
from kavass.pipeline import tell_all
from kavass.read import read

HERE = Path(__file__).parent


def reports() -> Iterator[RawReport | UnreadableReport]:
    """The reports as read, in the order of the manifest, each with its publisher and address."""
    for entry in tomllib.loads((HERE / "reports.toml").read_text("utf-8"))["report"]:
        for found in read(HERE / entry["file"]):
            if isinstance(found, RawReport):
                stamp = (("caller", entry["published"]),) if "published" in entry else ()
                found = replace(found, key=entry["key"], publisher=entry.get("publisher"), uri=entry.get("uri"),
                                stamps=stamp + found.stamps)  # fmt: skip
            yield found


def fresh_store() -> str:
    """The address of a new store that nobody else uses."""
    return f"sqlite:///{Path(tempfile.mkdtemp(prefix='kavass-')) / 'demo.db'}"


def load(desk: Desk, progress: Callable[[str], None] = lambda _: None) -> None:
    """Fills a desk with the example. Each report counts as known from the day it was published, so `as of` replays it."""
    first = tomllib.loads((HERE / "reports.toml").read_text("utf-8")).get("known_at")
    desk.load_posts(HERE / "posts.csv", by="worked example", known_at=first)
    desk.load_tripwires(HERE / "tripwires.toml", by="worked example", known_at=first)
    progress("Coding the worked example …")
    progress(str(desk.ingest(tell_all(reports()), learned="published")))


def tell_what_it_found(desk: Desk) -> str:
    """What the example holds, for the terminal: incidents, contested fields, exposed posts, tripwires, what is owed."""
    listed, home = desk.incidents(Filters(order="oldest")), desk.home()
    shown = [i for i in listed.incidents if _is_worth_a_line(i)]
    lines = [f"{home.reports} reports, {home.accounts} accounts, {home.claims} claims → {listed.total} incidents "
             f"({listed.unlocated} not on the map; {listed.hidden} more only threatened, conditional or denied)"]  # fmt: skip
    lines += ["", "Incidents by first day"]
    lines += [f"  {_incident(i)}" for i in sorted(shown, key=lambda i: (_day(i) == UNKNOWN, _day(i)))]
    lines += [f"  … and {len(listed.incidents) - len(shown)} of one account each without a day or a place"]
    contested = sorted((i for i in shown if i.dissent), key=lambda i: (-i.origins, i.id))
    lines += ["", f"Contested: {len(contested)}, the most told first"]
    lines += [f"  {line}" for i in contested[:MOST_CONTESTED] for line in _contested(desk, i)]
    lines += ["", "Posts exposed", *(f"  {_exposed(desk, post)}" for post in desk.posts())]
    trips = desk.trips()
    lines += ["", "Tripwires", *(f"  {_trip(t)}" for t in trips if t.trip.result == "crossed")]
    lines += [f"  {_count_of(trips, 'cannot_tell')} cannot tell, {_count_of(trips, 'not_crossed')} not crossed"]
    lines += ["", "Posture owed", *([f"  {_owed_posture(o)}" for o in desk.posture_owed()] or ["  nothing"])]
    lines += ["", f"Decisions owed: {home.owed}"]
    lines += sorted({f"  {t.post.name['en']}: consider {_spaced(t.tripwire.consider)} ({t.tripwire.owner})"
                     for t in desk.owed()})  # fmt: skip
    return "\n".join(lines)


UNKNOWN = "–"
MOST_CONTESTED = 8
MOST_SAID = 2  # claims shown of a contested incident
MOST_WORDS = 60  # letters of a claim shown


def _is_worth_a_line(incident: Incident) -> bool:
    return len(incident.accounts) > 1 or (_day(incident) != UNKNOWN and incident.place is not None)


def _day(incident: Incident) -> str:
    when = incident.when
    return (when.start or UNKNOWN)[:10] if when else UNKNOWN


def _incident(incident: Incident) -> str:
    told = [f"{field} {_range(incident.best[field])}" for field in ("killed", "injured") if field in incident.best]
    sources = f"{incident.origins} source{'s' if incident.origins != 1 else ''}, {len(incident.accounts)} accounts"
    status = "" if incident.status == "occurred" else f" [{incident.status}]"
    contested = "; contested" if incident.dissent else ""
    return "  ".join([f"{_day(incident):10}", f"{_name(incident)}{status}", *told, f"({sources}{contested})"])


def _name(incident: Incident) -> str:
    place = incident.place.name if incident.place else "place not told"
    return f"{codebook.load()[incident.type].label['en']}, {place}"


def _range(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    low, high = value.get("low"), value.get("high")
    return str(low) if low == high else f"{low}–{high if high is not None else '?'}"


def _contested(desk: Desk, incident: Incident) -> Iterator[str]:
    """The fields, and who says otherwise in which words: each speaker once."""
    yield f"{_day(incident)}  {_name(incident)}: {', '.join(map(_spaced, incident.dissent))}"
    against = {ref for refs in incident.dissent.values() for ref in refs}
    said: dict[str, str] = {}
    for line in desk.ledger(incident.id):
        if line.ref in against:
            said.setdefault(line.speaker or line.report.publisher or line.report.key, _short(line.quote))
    yield from (f"    {speaker}: {words}" for speaker, words in list(said.items())[:MOST_SAID])


def _short(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= MOST_WORDS else line[:MOST_WORDS].rsplit(" ", 1)[0] + " …"


def _exposed(desk: Desk, post: Post) -> str:
    view = desk.post(post.id)
    real = [e for e in view.exposures if view.incidents[e.incident].status in ("occurred", "ongoing", "attempted")]
    certain = sum(e.certain for e in real)
    told = [e for e in real if e.certain]
    nearest = (
        f"; nearest for certain {_name(view.incidents[told[0].incident])}, {told[0].high_km:.1f} km" if told else ""
    )
    return f"{post.name['en']}: {certain} incidents inside a ring, {len(real) - certain} possibly{nearest}"


def _trip(trip: TripView) -> str:
    known, happened = (trip.trip.crossed_at or UNKNOWN)[:10], trip.happened_at or UNKNOWN
    return f"crossed: known {known}, happened {happened:10}  {trip.post.town}: {trip.tripwire.title['en']}"


def _count_of(trips: list[TripView], result: str) -> int:
    return sum(t.trip.result == result for t in trips)


def _owed_posture(owed: PostureOwed) -> str:
    labels = ", ".join(f"“{label}”" for label in owed.labels[:MOST_SAID])
    told = f"told by {len(owed.reports)} report{'s' if len(owed.reports) != 1 else ''}"
    changes = " / ".join(map(_spaced, owed.changes))
    return (
        f"{owed.since}  {owed.post.name['en']}: {changes}{f' ({labels})' if labels else ''}, {told}; no posture entry"
    )


def _spaced(key: str) -> str:
    return key.replace("_", " ")
