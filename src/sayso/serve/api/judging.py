"""Judging over HTTP: every decision is an appended row with its author and time, and nobody's is written over unseen.

A judgement says which end of the journal its author had seen (``seen``). Where somebody judged the same records after that, it
is answered with 409 and what they decided, and appended only when it is sent again with ``anyway``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.model import Judgement, Verdict
from sayso.serve.desk import Desk
from sayso.serve.options import author_or_user
from sayso.serve.pages.parts import JudgementView, judgement_views
from sayso.serve.pages.review import ReviewPage, review_page

#: Judgements of one answer.
MOST = 200


@dataclass(frozen=True, slots=True)
class Judging:
    """A judgement to make. ``subject`` and ``other`` are ids or names of actors ("actor:…") or outlets ("outlet:…")."""

    verdict: Verdict
    subject: str
    other: str | None = None
    value: str | None = None
    seen: str | None = None
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement that was made, and the end of the journal that holds it."""

    judgement: JudgementView
    head: str


@dataclass(frozen=True, slots=True)
class Judgements:
    """Judgements, the latest first; ``next`` is the cursor of those before them, None at the end."""

    judgements: tuple[JudgementView, ...]
    next: str | None


class Conflict(Exception):
    """Somebody judged the same records since the author last looked."""

    def __init__(self, others: tuple[Judgement, ...]) -> None:
        super().__init__()
        self.others = others


def author_of(request: Request) -> str:
    """Who judges: the person who is logged in, or on a desk without log-in whoever runs it."""
    person = getattr(request.state, "person", None)
    return person.name if person is not None else author_or_user(None)


def make_judgement(desk: Desk, judging: Judging, author: str) -> Judgement:
    """Appends a judgement. Raises Conflict, and UsageError as `Ledger.judge` does."""

    def act(ledger: Ledger) -> Judgement:
        if judging.seen and not judging.anyway:
            others = _since(ledger, judging, author)
            if others:
                raise Conflict(others)
        if judging.verdict is Verdict.WITHDRAW:
            return ledger.withdraw(judging.subject, author=author, reason=judging.value).judgement
        return ledger.judge(judging.verdict, judging.subject, other=judging.other, value=judging.value, author=author)

    return desk.write(act)


def _since(ledger: Ledger, judging: Judging, author: str) -> tuple[Judgement, ...]:
    """What others judged of the same records after the author last looked."""
    rows = (row for row in ledger.journal(after=judging.seen) if row.kind == "judgement")
    known = {json.loads(row.payload)["judgement"] for row in rows}
    about = {judging.subject, judging.other} - {None}
    return tuple(
        j for j in ledger.judgements() if j.id in known and j.author != author and about & {j.subject, j.other}
    )


def judging_routes(desk: Desk) -> APIRouter:
    """The judging half of the API."""
    router = APIRouter(tags=["judge"])

    @router.get("/stories/{story}/review")
    def review(story: str) -> ReviewPage:
        """What is left to decide in a story, by its effect on the account."""
        return review_page(desk.view(story).view, desk.read(lambda ledger: ledger.judgements()))

    @router.get("/judgements")
    def judgements(
        before: Annotated[str | None, Query(description="The id of a judgement: those before it.")] = None,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    ) -> Judgements:
        """What people decided, the latest first."""
        every = list(reversed(desk.read(lambda ledger: ledger.judgements())))
        start = next((n + 1 for n, j in enumerate(every) if j.id == before), None) if before else 0
        if start is None:
            raise UsageError("there is no judgement with this id", where=repr(before), remedy="Leave it out to begin.")
        page = every[start : start + limit]
        return Judgements(judgement_views(page), page[-1].id if start + limit < len(every) else None)

    @router.post("/judgements", status_code=201, responses={409: {"description": "Somebody judged it since."}})
    def judge(request: Request, judging: Judging) -> Judged:
        """Appends a judgement. To undo one, reject it: verdict "reject", subject its id."""
        made = make_judgement(desk, judging, author_of(request))
        return Judged(judgement_views([made])[0], desk.head)

    return router


def conflict_response(_: Request, error: Exception) -> Response:
    """409 as problem+json, with what the others decided."""
    assert isinstance(error, Conflict)
    others = [
        {"id": j.id, "verdict": j.verdict.value, "author": j.author, "at": j.at, "value": j.value} for j in error.others
    ]
    what = f"{error.others[-1].author} judged this since you last looked"
    body = {
        "type": "about:blank",
        "title": what,
        "status": 409,
        "detail": "Look at it, then send it again with anyway.",
    }
    return JSONResponse({**body, "judgements": others}, 409, media_type="application/problem+json")
