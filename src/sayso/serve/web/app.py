"""The app: pages and the HTTP API over one desk, behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from sayso.errors import LedgerError, LedgerLocked, RecordNotFound, SaysoError
from sayso.model import Problem
from sayso.serve.api.events import event_routes
from sayso.serve.api.routes import api_routes
from sayso.serve.desk import Desk
from sayso.serve.web.guard import Guard, TooLarge
from sayso.serve.web.rendering import environment
from sayso.serve.web.routes import Pages, page_routes

_STYLES = {"account.css": ("sayso.account", "templates")}  # the account looks the same in a file and on the desk
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def make_app(desk: Desk, *, name: str, hosts: Collection[str] = ()) -> FastAPI:
    """The web app over ``desk``, which it closes when it ends. ``hosts`` are names it answers to besides loopback."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    pages = Pages(desk, name)
    app = FastAPI(
        title="sayso", version="1", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    app.include_router(page_routes(pages))
    app.include_router(api_routes(desk), prefix="/api/v1")
    app.include_router(event_routes(desk), prefix="/api/v1")
    app.add_api_route("/static/{version}/{file}", _static, include_in_schema=False)

    async def explain(request: Request, error: Exception) -> Response:
        return _explained(pages, request, error)

    for kind in (SaysoError, HTTPException, TooLarge):
        app.add_exception_handler(kind, explain)
    app.add_middleware(Guard, hosts=tuple(hosts))
    return app


def _explained(pages: Pages, request: Request, error: Exception) -> Response:
    """An error as a page for people, or as problem+json (RFC 9457) for programs."""
    status, problem = _problem(error)
    if request.url.path.startswith("/api/"):
        body = {"type": "about:blank", "title": problem.what, "status": status, "detail": problem.remedy}
        return JSONResponse({**body, "instance": problem.where}, status, media_type="application/problem+json")
    template = environment().get_template("error.html")
    from sayso.serve.web.frame import frame

    around = frame(pages.name, pages.desk.head, request.url.path)
    return Response(template.render(desk=around, problem=problem), status, media_type="text/html")


def _problem(error: Exception) -> tuple[int, Problem]:
    if isinstance(error, SaysoError):
        status = 404 if isinstance(error, RecordNotFound) else 503 if isinstance(error, LedgerLocked) else 400
        return (500 if isinstance(error, LedgerError) and status == 400 else status), error.problem
    if isinstance(error, HTTPException):
        what = "there is no page at this address" if error.status_code == 404 else str(error.detail)
        return error.status_code, Problem(what, "", "Go to the list of stories.")
    return 413, Problem("the request is too large", "", "Add it with `sayso add` on the machine itself.")


async def _static(version: str, file: str) -> Response:
    """A script or style of ours. Its address holds the hash of all of them, so it may be kept for good."""
    folder = (
        files(_STYLES[file][0]).joinpath(_STYLES[file][1])
        if file in _STYLES
        else files("sayso.serve.web").joinpath("static")
    )
    found = folder.joinpath(file)
    kind = _TYPES.get(Path(file).suffix)
    if kind is None or file != Path(file).name or not found.is_file():
        raise HTTPException(404)
    return Response(
        found.read_bytes(), media_type=kind, headers={"cache-control": "public, max-age=31536000, immutable"}
    )
