"""The worked example: Basra, July to October 2018, told by reports written for kavass; its posts and its tripwires."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kavass import codebook
from kavass.desk import Desk, Filters, TripView
from kavass.errors import UnreadableReport
from kavass.model import Incident, RawReport
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
    """What the example holds, for the terminal: incidents, contested fields, exposed posts, tripwires, posture owed."""
    listed = desk.incidents(Filters(order="oldest"))
    home = desk.home()
    lines = [f"{home.reports} reports, {home.accounts} accounts, {home.claims} claims → {home.incidents} incidents "
             f"({listed.unlocated} not on the map)", "", "Incidents"]  # fmt: skip
    lines += [f"  {_incident(i)}" for i in listed.incidents]
    lines += ["", "Contested fields"]
    lines += [f"  {_name(i)}: {', '.join(i.dissent)}" for i in listed.incidents if i.dissent] or ["  none"]
    lines += ["", "Posts exposed"]
    for post in desk.posts():
        near = desk.post(post.id).exposures
        nearest = f", nearest {near[0].distance_km:.2f} km" if near else ""
        lines.append(f"  {post.name['en']}: {len(near)} incidents inside a ring{nearest}")
    lines += ["", "Tripwires"]
    lines += [f"  {_trip(t)}" for t in desk.trips()]
    lines += ["", f"Decisions owed: {home.owed}"]
    lines += [
        f"  {t.post.name['en']}: consider {t.tripwire.consider.replace('_', ' ')} ({t.tripwire.owner})"
        for t in desk.owed()
    ]
    return "\n".join(lines)


def _incident(incident: Incident) -> str:
    when = incident.when.start if incident.when and incident.when.start else "?"
    told = [f"{field} {_range(incident.best[field])}" for field in ("killed", "injured") if field in incident.best]
    sources = f"{incident.origins} source{'s' if incident.origins != 1 else ''}"
    status = "" if incident.status == "occurred" else f" [{incident.status}]"
    return f"{when[:10]:10}  {_name(incident)}{status}  {' '.join(told)}  ({sources}, {len(incident.accounts)} accounts)".replace(
        "  (", " ("
    )


def _name(incident: Incident) -> str:
    place = incident.place.name if incident.place else "place not told"
    return f"{codebook.load()[incident.type].label['en']}, {place}"


def _range(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    low, high = value.get("low"), value.get("high")
    return str(low) if low == high else f"{low}–{high if high is not None else '?'}"


def _trip(trip: TripView) -> str:
    result = trip.trip.result.replace("_", " ")
    when = f" on {trip.trip.crossed_at[:10]}" if trip.trip.crossed_at else ""
    lacks = len(trip.trip.missing)
    missing = f" ({lacks} thing{'s' if lacks > 1 else ''} missing)" if trip.trip.result == "cannot_tell" else ""
    return f"{result + when:24} {trip.post.town}: {trip.tripwire.title['en']}{missing}"
