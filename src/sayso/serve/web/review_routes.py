"""The review queue as a page, and its forms for whoever has no script."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sayso.model import Verdict
from sayso.serve.api.judging import Judging, author_of, make_judgement
from sayso.serve.pages.review import review_page
from sayso.serve.web.routes import Pages

_GRADE = re.compile("[a-f]?[1-6]?")  # as a person types it: nobody need hold down a key for the capital
_TEXT = Annotated[str, Form(max_length=20_000)]


def review_routes(pages: Pages) -> APIRouter:
    """The pages on which people judge."""
    desk = pages.desk
    router = APIRouter(include_in_schema=False)

    @router.get("/stories/{story}/review")
    def review(request: Request, story: str) -> Response:
        seen = desk.view(story)
        return pages.of_story(
            request, "review.html", seen, review_page(seen.view, desk.read(lambda ledger: ledger.judgements()))
        )

    @router.post("/judge")
    def judge(
        request: Request,
        verdict: Annotated[Verdict, Form()],
        subject: _TEXT,
        back: _TEXT = "/",
        other: _TEXT = "",
        value: _TEXT = "",
        seen: _TEXT = "",
    ) -> Response:
        """Appends a judgement and goes back to the page it was made on."""
        if verdict is Verdict.GRADE and _GRADE.fullmatch(value):
            value = value.upper()
        made = Judging(verdict, subject, other or None, value or None, seen or None)
        make_judgement(desk, made, author_of(request))
        return RedirectResponse(ours(back), 303)

    return router


def ours(address: str) -> str:
    """The address if it is a path on this desk, else the first page: a form can lead to no other site."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"
