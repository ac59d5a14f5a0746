"""Pasting or dropping a report: what is in it, before it is added and after."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from sayso.serve.api.reports import add_in, check_in
from sayso.serve.desk import Desk
from sayso.serve.handed_in import HandedIn, Remembered
from sayso.serve.web.routes import Pages

_TEXT = Annotated[str, Form(max_length=2_000_000)]
_SHORT = Annotated[str, Form(max_length=4_000)]


def check_routes(pages: Pages, remembered: Remembered) -> APIRouter:
    """The page on which reports are handed in."""
    desk: Desk = pages.desk
    router = APIRouter(include_in_schema=False)

    @router.get("/check")
    def form(request: Request) -> Response:
        return pages.outside(request, "check.html", None)

    @router.post("/check")
    def check(
        request: Request,
        text: _TEXT = "",
        url: _SHORT = "",
        outlet: _SHORT = "",
        published: _SHORT = "",
        file: UploadFile | None = None,
    ) -> Response:
        """What the text says against what the ledger holds; nothing is added yet."""
        raw = file.file.read() if file is not None and file.filename else None
        name = (file.filename or "") if file is not None else ""
        handed = HandedIn(text.strip() and text, raw, name, url.strip(), outlet.strip(), published.strip())
        return pages.outside(request, "check.html", check_in(desk, remembered, handed))

    @router.post("/check/{key}/add")
    def add(key: str) -> Response:
        """Adds what was checked, and shows it."""
        captured = remembered.take(key)
        add_in(desk, (captured,))
        return RedirectResponse(f"/reports/{captured.report.id}", 303)

    return router
