"""The same as the pages, as JSON."""

from __future__ import annotations

import io
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from kavass.desk import Desk
from kavass.model import to_dict
from kavass.web.pages import Asked, asked

router = APIRouter()


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


@router.get("/incidents")
def incidents(
    request: Request, limit: Annotated[int, Query(ge=0, le=5000)] = 500, offset: Annotated[int, Query(ge=0)] = 0
) -> dict[str, Any]:
    """`kavass/incident/1` objects that pass the filters of the query, and how many do not."""
    q = asked(request)
    found = _desk(request).incidents(q.filters, limit=limit, offset=offset, as_of=q.as_of)
    return {"incidents": [to_dict(i) for i in found.incidents], "total": found.total, "hidden": found.hidden,
            "unlocated": found.unlocated}  # fmt: skip


@router.get("/publish/{kind}")
def publish(request: Request, kind: str) -> Response:
    """The incidents that pass the filters of the query, in one of the interchange formats."""
    q, out = asked(request), io.StringIO()
    _desk(request).publish(kind, out, lang=q.words.code, filters=q.filters, as_of=q.as_of)
    media, ending = MEDIA.get(kind, ("text/plain; charset=utf-8", "txt"))
    name = {"Content-Disposition": f'attachment; filename="kavass-{kind}.{ending}"'}
    return Response(out.getvalue(), media_type=media, headers=name)


# What each format is called on the web, and the ending of its files.
MEDIA = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "claims": ("text/csv; charset=utf-8", "csv"),
    "geojson": ("application/geo+json", "geojson"),
    "atom": ("application/atom+xml", "atom"),
    "ics": ("text/calendar; charset=utf-8", "ics"),
    "sitrep": ("text/markdown; charset=utf-8", "md"),
}


@router.get("/incidents/{id}")
def incident(request: Request, id: str) -> dict[str, Any]:
    """One incident with its accounts, ledger, exposures and trips."""
    return to_dict(_desk(request).incident(id, as_of=asked(request).as_of))


@router.get("/reports/{id}")
def report(request: Request, id: str) -> dict[str, Any]:
    """One coded report (`kavass/coded-report/1`)."""
    return to_dict(_desk(request).report(id, as_of=asked(request).as_of).coded)


@router.get("/posts")
def posts(request: Request) -> list[dict[str, Any]]:
    """The desk's posts."""
    return [to_dict(p) for p in _desk(request).posts(as_of=asked(request).as_of)]


@router.get("/trips")
def trips(request: Request, post: str | None = None) -> list[dict[str, Any]]:
    """Every tripwire evaluated."""
    return [to_dict(t) for t in _desk(request).trips(post=post, as_of=asked(request).as_of)]


__all__ = ["Asked", "router"]
