"""The pages: each address, the context it shows, and its template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.serve.desk import Desk, Seen
from sayso.serve.pages.account import account_page
from sayso.serve.pages.claim import claim_page
from sayso.serve.pages.lists import questions_page, reports_page
from sayso.serve.pages.question import question_page
from sayso.serve.pages.report import report_page
from sayso.serve.pages.search import search_page
from sayso.serve.web.frame import frame
from sayso.serve.web.rendering import address, render

AsOf = Annotated[str | None, Query(description="As of the end of that time, ISO 8601; now if left out.")]


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders pages of one desk; ``name`` is what the ledger is called."""

    desk: Desk
    name: str

    def of_story(self, request: Request, template: str, seen: Seen, page: object) -> Response:
        around = frame(self.name, seen.view.head, request.url.path, view=seen.view, newest=seen.newest)
        return HTMLResponse(render(template, {"desk": around, "page": page}))

    def outside(self, request: Request, template: str, page: object, *, query: str = "", status: int = 200) -> Response:
        around = frame(self.name, self.desk.head, request.url.path, query=query)
        return HTMLResponse(render(template, {"desk": around, "page": page}), status)


def page_routes(pages: Pages) -> APIRouter:
    """Every page of the desk, at the addresses that people see."""
    desk = pages.desk
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def stories(request: Request, as_of: AsOf = None) -> Response:
        page = desk.stories(as_of=as_of or None)
        if len(page.stories) == 1:
            return RedirectResponse(address(f"/stories/{page.stories[0].id}", as_of=as_of), 303)
        return pages.outside(request, "stories.html", page)

    @router.get("/stories")
    def all_stories(request: Request, as_of: AsOf = None) -> Response:
        return pages.outside(request, "stories.html", desk.stories(as_of=as_of or None))

    @router.get("/stories/{story}")
    def account(request: Request, story: str, as_of: AsOf = None) -> Response:
        seen = desk.view(story, as_of=as_of or None)
        now = desk.view(story).view if as_of else None
        return pages.of_story(request, "account.html", seen, account_page(seen.view, now=now))

    @router.get("/stories/{story}/questions")
    def questions(request: Request, story: str, as_of: AsOf = None) -> Response:
        seen = desk.view(story, as_of=as_of or None)
        return pages.of_story(request, "questions.html", seen, questions_page(seen.view))

    @router.get("/stories/{story}/reports")
    def reports(request: Request, story: str, as_of: AsOf = None) -> Response:
        seen = desk.view(story, as_of=as_of or None)
        return pages.of_story(request, "reports.html", seen, reports_page(seen.view))

    @router.get("/questions/{record}")
    def question(request: Request, record: str, as_of: AsOf = None) -> Response:
        seen = desk.view(desk.home(record, as_of=as_of or None), as_of=as_of or None)
        return pages.of_story(request, "question.html", seen, question_page(seen.view, record))

    @router.get("/claims/{record}")
    def claim(request: Request, record: str, as_of: AsOf = None) -> Response:
        seen = desk.view(desk.home(record, as_of=as_of or None), as_of=as_of or None)
        return pages.of_story(request, "claim.html", seen, claim_page(seen.view, record))

    @router.get("/reports/{record}")
    def report(request: Request, record: str, as_of: AsOf = None) -> Response:
        seen = desk.view(desk.home(record, as_of=as_of or None), as_of=as_of or None)
        return pages.of_story(request, "report.html", seen, report_page(seen.view, record))

    @router.get("/reports/{record}/raw")
    def raw(record: str) -> Response:
        bytes_of = desk.read(lambda ledger: ledger.raw(record))
        headers = {"content-disposition": f'attachment; filename="{record}.bin"', "content-security-policy": "sandbox"}
        return Response(bytes_of, media_type="application/octet-stream", headers=headers)

    @router.get("/search")
    def search(request: Request, q: str = "", as_of: AsOf = None) -> Response:
        page = desk.read(lambda ledger: search_page(ledger, q, as_of=as_of or None))
        return pages.outside(request, "search.html", page, query=q)

    return router
