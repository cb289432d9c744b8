"""The screens. Each is one function: ask the desk, fill a template."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from kavass import codebook
from kavass.desk import Desk, Filters, IncidentView, as_of_time
from kavass.errors import UsageError
from kavass.model import AccountRef, Incident, Span, Status, to_dict
from kavass.web import show, wording
from kavass.web.ledger import matters
from kavass.web.wording import Words

router = APIRouter(default_response_class=HTMLResponse)
FILTERS = ("type", "status", "since", "until", "country", "post", "words", "contested", "located", "every", "order")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: the language of the screen, the filters of its query, and as of when."""

    words: Words
    filters: Filters
    as_of: datetime | None
    query: dict[str, str]

    def link(self, path: str, **changes: str | None) -> str:
        """A path with the as-of time kept and `changes` to the query made (None takes a key away)."""
        kept = {k: v for k, v in self.query.items() if k == "as_of"} | changes
        query = urlencode({k: v for k, v in kept.items() if v})
        return f"{path}?{query}" if query else path


def asked(request: Request) -> Asked:
    """The request read. Raises UsageError for a time or filter value that makes no sense."""
    q = {k: v.strip() for k, v in request.query_params.items() if v.strip()}
    code = q.get("lang") or request.cookies.get("kavass-lang") or request.app.state.settings.language
    return Asked(wording.load(code), _filters(q), as_of_time(q.get("as_of")), q)


def _filters(q: dict[str, str]) -> Filters:
    types = tuple(q[k] for k in ("type",) if k in q)
    if wrong := [t for t in types if t not in codebook.load()]:
        raise UsageError(f"There is no incident type {wrong[0]!r}; choose from {', '.join(codebook.load())}.")
    if (status := q.get("status")) and status not in get_args(Status):
        raise UsageError(f"There is no status {status!r}; choose from {', '.join(get_args(Status))}.")
    for day in (q.get("since"), q.get("until")):
        as_of_time(day)
    order = q.get("order", "newest")
    if order not in ("newest", "oldest", "origins"):
        raise UsageError(f"There is no order {order!r}; choose from newest, oldest, origins.")
    yes = {"yes": True, "no": False}
    given: dict[str, Any] = dict(
        types=types,
        statuses=(status,) if status else (),
        order=order,
        since=q.get("since"),
        until=q.get("until"),
        country=q.get("country"),
        post=q.get("post"),
        words=q.get("words"),
        contested=yes.get(q.get("contested", "")),
        located=yes.get(q.get("located", "")),
        every=q.get("every") == "yes",
    )
    return Filters(**given)


def desk_of(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def page(request: Request, name: str, status_code: int = 200, **values: Any) -> HTMLResponse:
    """A template filled in, in the language asked for, which is remembered."""
    q: Asked = values.pop("asked", None) or asked(request)
    template = request.app.state.templates.get_template(f"{name}.html")
    body = template.render(w=q.words, q=q, link=q.link, path=_path(request), page=name, here=_here(request), **values)
    response = HTMLResponse(body, status_code=status_code)
    if request.query_params.get("lang") in wording.LANGUAGES:
        response.set_cookie("kavass-lang", q.words.code, max_age=365 * 86400, samesite="lax", httponly=True)
    return response


def problem(request: Request, code: int, reason: str | None) -> HTMLResponse:
    """A page that says what is wrong and where to go; never a trace."""
    code_ = request.cookies.get("kavass-lang") or request.app.state.settings.language
    return page(
        request, "problem", code, asked=Asked(wording.load(code_), Filters(), None, {}), code=code, reason=reason
    )


def _here(request: Request) -> dict[str, str]:
    """The same page in each language."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    return {code: f"{_path(request)}?{urlencode([*kept, ('lang', code)])}" for code in wording.LANGUAGES}


def _path(request: Request) -> str:
    """The path as a link within this site: two slashes at its start would name another host."""
    return "/" + request.url.path.lstrip("/")


@router.get("/")
def home(request: Request) -> Response:
    """The numbers, what is owed, and the way in."""
    q, desk = asked(request), desk_of(request)
    newest = desk.incidents(Filters(), limit=8, as_of=q.as_of).incidents
    return page(request, "home", home=desk.home(as_of=q.as_of), owed=desk.owed(as_of=q.as_of), newest=_lines(newest))


@router.get("/incidents")
def incidents(request: Request) -> Response:
    """List and map of the incidents that pass the filters; their state is the address."""
    q, desk = asked(request), desk_of(request)
    listed = desk.incidents(q.filters, limit=500, as_of=q.as_of)
    types = sorted(codebook.load(), key=q.words.type)
    kept = {k: v for k, v in q.query.items() if k in FILTERS and not (k == "order" and v == "newest")}
    return page(
        request,
        "incidents",
        listed=listed,
        lines=_lines(listed.incidents),
        types=types,
        statuses=get_args(Status),
        posts=desk.posts(as_of=q.as_of),
        kept=kept,
        publish=urlencode(kept | _as_of(q)),
        map=_map(q, listed.incidents, desk),
    )


@router.get("/incidents/{id}")
def incident(request: Request, id: str) -> Response:
    """One incident: best values with dissent, the reports' words, the claims ledger, exposures, history."""
    q, desk = asked(request), desk_of(request)
    view = desk.incident(id, as_of=q.as_of)
    names = {p.id: p.name.get(q.words.code, p.id) for p in desk.posts(as_of=q.as_of)}
    return page(
        request,
        "incident",
        view=view,
        accounts=[_account(desk, q, a) for a in view.accounts],
        posts=names,
        severity=codebook.severity(view.incident),
        state=_state(view.incident),
        best=_best(view, q.words.code),
        matters=matters(view.ledger),
        map=_map(q, [view.incident], desk),
    )


@router.post("/incidents/{id}/split")
def split(
    request: Request,
    id: str,
    account: Annotated[str, Form()],
    by: Annotated[str, Form()],
    why: Annotated[str, Form()] = "",
) -> Response:
    """Takes an account (report-id:account-id) out of its incident."""
    view = desk_of(request).incident(id)
    ref = next((a.ref for a in view.accounts if f"{a.ref.report}:{a.ref.account}" == account), None)
    desk_of(request).split(_known(ref, account), by=_name(by), why=why or None)
    return RedirectResponse(f"/incidents/{id}", status_code=303)


@router.get("/queue")
def queue(request: Request) -> Response:
    """Pairs of accounts the comparison is unsure about."""
    q, desk = asked(request), desk_of(request)
    found = desk.suggestions(limit=25, as_of=q.as_of)
    pairs = [(s, _account(desk, q, s.left), _account(desk, q, s.right)) for s in found]
    return page(request, "queue", pairs=pairs, judgements=desk.judgements(as_of=q.as_of)[:30])


@router.post("/queue")
def judge(
    request: Request,
    left: Annotated[str, Form()],
    right: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    by: Annotated[str, Form()],
    why: Annotated[str, Form()] = "",
) -> Response:
    """Keeps a person's word on a pair."""
    if verdict not in ("same", "different", "unsure"):
        raise UsageError(f"There is no verdict {verdict!r}; choose from same, different, unsure.")
    desk_of(request).judge(_ref(left), _ref(right), verdict, by=_name(by), why=why or None)  # type: ignore[arg-type]
    return RedirectResponse("/queue", status_code=303)


@router.post("/queue/{number}/undo")
def undo(request: Request, number: Annotated[int, Path(ge=0, le=2**31)], by: Annotated[str, Form()]) -> Response:
    """Withdraws a judgement; it stays on record."""
    desk_of(request).undo(number, by=_name(by))
    return RedirectResponse("/queue", status_code=303)


@router.get("/reports")
def reports(request: Request) -> Response:
    """The reports, and those that could not be read with their reason."""
    q, desk = asked(request), desk_of(request)
    found = desk.reports(words=q.query.get("words"), limit=500, as_of=q.as_of)
    return page(request, "reports", reports=found, set_aside=desk.set_aside(as_of=q.as_of))


@router.get("/reports/{id}")
def report(request: Request, id: str) -> Response:
    """The text as read: zones, highlighted fields, repairs, attributions."""
    q, desk = asked(request), desk_of(request)
    view = desk.report(id, key=q.query.get("key"), as_of=q.as_of)
    return page(
        request,
        "report",
        view=view,
        blocks=show.blocks(view.report, show.report_spans(view.coded)),
        names={a.id: a.name for a in view.coded.actors},
    )


@router.get("/posts")
def posts(request: Request) -> Response:
    """The posts with what is near them and what is owed."""
    q, desk = asked(request), desk_of(request)
    return page(request, "posts", views=[desk.post(p.id, as_of=q.as_of) for p in desk.posts(as_of=q.as_of)])


@router.get("/posts/{id}")
def post(request: Request, id: str) -> Response:
    """One post: exposures with the claim that puts them inside, tripwires, posture."""
    q, desk = asked(request), desk_of(request)
    view = desk.post(id, as_of=q.as_of)
    return page(
        request,
        "post",
        view=view,
        map=_map(q, view.incidents.values(), desk, view.post.id),
        severities={k: codebook.severity(i) for k, i in view.incidents.items()},
    )


@router.post("/posts/{id}/decide")
def decide(
    request: Request,
    id: str,
    tripwire: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    reason: Annotated[str, Form()],
    by: Annotated[str, Form()],
    until: Annotated[str, Form()] = "",
) -> Response:
    """Records a decision on a tripwire; posture does not move by itself."""
    if verdict not in ("act", "defer", "waive"):
        raise UsageError(f"There is no decision {verdict!r}; choose from act, defer, waive.")
    desk_of(request).decide(tripwire, verdict, reason=reason, by=_name(by), until=until or None)  # type: ignore[arg-type]
    return RedirectResponse(f"/posts/{id}", status_code=303)


@router.post("/posts/{id}/posture")
def set_posture(
    request: Request,
    id: str,
    status: Annotated[str, Form()],
    by: Annotated[str, Form()],
    valid_from: Annotated[str, Form()] = "",
    label: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Appends a posture entry."""
    desk_of(request).set_posture(
        id, status, by=_name(by), label=label or None, valid_from=valid_from or None, note=note or None
    )
    return RedirectResponse(f"/posts/{id}", status_code=303)


@router.get("/log")
def log(request: Request) -> Response:
    """What changed, the latest first."""
    return page(request, "log", lines=desk_of(request).log(limit=300, as_of=asked(request).as_of))


# --- what the templates need -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """An incident in a list."""

    incident: Incident
    severity: int
    state: str


def _lines(found: Any) -> list[Line]:
    return [Line(i, codebook.severity(i), _state(i)) for i in found]


def _state(incident: Incident) -> str:
    """The claim state, which is neither severity nor source reliability: contested, single or corroborated."""
    if incident.dissent:
        return "contested"
    return "corroborated" if incident.origins > 1 else "single"


def _account(desk: Desk, q: Asked, view: Any) -> dict[str, Any]:
    report = desk.report(view.ref.report, key=view.ref.key, as_of=q.as_of).report
    marked = show.account_spans(view.account)
    shown = show.excerpts(report, [Span(*s) for s in view.account.spans], marked)
    return {
        "view": view,
        "account": view.account,
        "report": view.report,
        "excerpts": shown,
        "ref": f"{view.ref.report}:{view.ref.account}",
        "long_ref": f"{view.ref.report}|{view.ref.key}|{view.ref.account}",
    }


def _best(view: IncidentView, language: str) -> list[tuple[str, Any, str | None, list[Any]]]:
    """(field, best value, how reports in the reader's language put it, ledger lines or accounts that say otherwise)."""
    ledger: dict[str, Any] = {line.ref: line for line in view.ledger}
    ledger |= {f"{a.ref.report}:{a.ref.account}": a for a in view.accounts}
    told = view.incident
    return [
        (
            field,
            value,
            _put(view, field, value, language),
            [ledger.get(ref, ref) for ref in told.dissent.get(field, ())],
        )
        for field, value in (told.best | {field: "" for field in told.dissent if field not in told.best}).items()
    ]


def _put(view: IncidentView, field: str, value: Any, language: str) -> str | None:
    """The commonest words for a role in reports of a language; None where the best value is of it, or none has the role."""
    words = Counter(
        (a.report.language == language, role.text)
        for a in view.accounts
        for role in a.account.roles
        if role.role == field
    )
    ours = [text for (same, text), _ in words.most_common() if same]
    return ours[0] if ours and (False, value) in words and value not in ours else None


def _as_of(q: Asked) -> dict[str, str]:
    return {"as_of": q.query["as_of"]} if "as_of" in q.query else {}


def _map(q: Asked, found: Any, desk: Desk, post: str | None = None) -> dict[str, Any]:
    """What the map draws: incidents with coordinates as circles of their radius, posts with their rings."""
    w = q.words
    points = [
        dict(
            id=i.id,
            lat=i.place.lat,
            lon=i.place.lon,
            km=i.place.radius_km or 0,
            severity=codebook.severity(i),
            state=_state(i),
            title=wording.neutral(f"{w.headline(i)} ({w.when(i.when)})"),
            href=q.link(f"/incidents/{i.id}"),
        )
        for i in found
        if i.place and i.place.lat is not None
    ]
    places = [
        dict(
            id=p.id,
            lat=p.lat,
            lon=p.lon,
            title=p.name.get(w.code, p.id),
            href=q.link(f"/posts/{p.id}"),
            rings=[to_dict(r) for r in p.rings] if p.id == post else [],
        )
        for p in desk.posts(as_of=q.as_of)
    ]
    return {"incidents": points, "posts": places, "focus": post, "note": w("map.schematic"), "direction": w.direction}


def _ref(value: str) -> AccountRef:
    parts = value.split("|")
    if len(parts) != 3:
        raise UsageError(f"{value!r} names no account.")
    return AccountRef(report=parts[0], key=parts[1], account=parts[2])


def _known(ref: AccountRef | None, value: str) -> AccountRef:
    if ref is None:
        raise UsageError(f"{value!r} is no account of this incident.")
    return ref


def _name(by: str) -> str:
    """The name a change is signed with. Raises UsageError if it is empty."""
    if not by.strip():
        raise UsageError("Say who you are: a change is signed with a name.")
    return by.strip()[:100]
