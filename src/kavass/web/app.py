"""The application: pages, JSON, static files, and the headers that keep hostile news harmless."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from kavass import __version__
from kavass.desk import Desk
from kavass.errors import ConflictError, NotFound, UsageError
from kavass.settings import Settings
from kavass.web import api, pages, wording

HERE = Path(__file__).parent
log = logging.getLogger("kavass.web")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create(desk: Desk, settings: Settings) -> FastAPI:
    """The desk's application over an open store."""
    from xstatic.pkg import leaflet

    app = FastAPI(title="kavass", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.desk, app.state.settings, app.state.templates = desk, settings, _templates()
    app.mount("/static/leaflet", StaticFiles(directory=leaflet.BASE_DIR), name="leaflet")
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.include_router(pages.router)
    app.include_router(api.router, prefix="/api")
    app.middleware("http")(_guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts, www_redirect=False)
    _errors(app)
    return app


def _templates() -> Environment:
    """Everything is escaped, and no control that turns text round reaches a page."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        finalize=wording.neutral,
        trim_blocks=True,
        lstrip_blocks=True,
    )


async def _guard(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuses form posts from other sites and sets the headers (the host itself is checked before)."""
    origin = request.headers.get("origin")
    elsewhere = origin is not None and origin.partition("://")[2] != request.headers.get("host")
    if request.method == "POST" and (elsewhere or request.headers.get("sec-fetch-site") == "cross-site"):
        return Response("This form was sent from another site.", status_code=403, headers=HEADERS)
    response = await call(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _errors(app: FastAPI) -> None:
    codes: list[tuple[type[Exception], int]] = [(NotFound, 404), (UsageError, 400), (ConflictError, 409)]
    for kind, code in codes:
        app.add_exception_handler(kind, lambda request, fault, code=code: _said(request, code, str(fault)))
    app.add_exception_handler(
        HTTPException, lambda request, fault: _said(request, getattr(fault, "status_code", 500), None)
    )
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _failed)


def _invalid(request: Request, fault: Any) -> Response:
    said = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in fault.errors())
    return _said(request, 400, said)


def _failed(request: Request, fault: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=fault)
    return _said(request, 500, None)


def _said(request: Request, code: int, reason: str | None) -> Response:
    """A written sentence for the person, JSON for a program."""
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": reason or "see status"}, status_code=code)
    return pages.problem(request, code, reason)
