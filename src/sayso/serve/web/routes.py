"""The pages: each address, the context it shows, and its template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.serve.desk import PAST_PATIENCE_S, Desk, Seen
from sayso.serve.pages.account import account_page
from sayso.serve.pages.actors import actor_page, actors_page
from sayso.serve.pages.beside import beside_page
from sayso.serve.pages.changes import AGAIN_S, PATIENCE_S, changes_of, changes_page, coming_page, default_since
from sayso.serve.pages.claim import claim_page
from sayso.serve.pages.flow import flow_page
from sayso.serve.pages.lists import questions_page, reports_page
from sayso.serve.pages.paging import place_asked
from sayso.serve.pages.places import map_page, place_page
from sayso.serve.pages.question import question_page
from sayso.serve.pages.report import report_page
from sayso.serve.pages.search import Asked, search_page
from sayso.serve.pages.timeline import timeline_page
from sayso.serve.web.admission import form_token_of, visitor_of
from sayso.serve.web.frame import frame
from sayso.serve.web.rendering import address, render

AsOf = Annotated[str | None, Query(description="As of the end of that time, ISO 8601; now if left out.")]


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders pages of one desk; ``name`` is what the ledger is called."""

    desk: Desk
    name: str

    def seen(self, story: str, as_of: str | None) -> Seen:
        """The view of a story, for people: of a past that is not worked out yet they are told (`coming`)."""
        return self.desk.view(story, as_of=as_of or None, patience_s=PAST_PATIENCE_S)

    def seen_with(self, record: str, as_of: str | None) -> Seen:
        """The same of the story that a record stands in."""
        return self.desk.view_with(record, as_of=as_of or None, patience_s=PAST_PATIENCE_S)

    def coming(self, request: Request) -> Response:
        """The page while what it shows is being worked out: it looks again by itself."""
        again = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        answer = self.outside(request, "coming.html", None, again=again, now=request.url.path)
        answer.headers["refresh"] = str(AGAIN_S)
        return answer

    def of_story(self, request: Request, template: str, seen: Seen, page: object) -> Response:
        around = frame(
            self.name,
            seen.view.head,
            request.url.path,
            view=seen.view,
            newest=seen.newest,
            writable=self.desk.writable,
            person=visitor_of(request),
            form_token=form_token_of(request),
        )
        return HTMLResponse(render(template, {"desk": around, "page": page}))

    def outside(
        self, request: Request, template: str, page: object, *, query: str = "", status: int = 200, **more: object
    ) -> Response:
        """A page of no story; ``more`` is what its template needs besides. A stranger to the desk learns not even its name."""
        person, form_token = visitor_of(request), form_token_of(request)
        name, head = (self.name, self.desk.head) if person else ("sayso", "")
        around = frame(
            name,
            head,
            request.url.path,
            query=query,
            writable=self.desk.writable,
            person=person,
            form_token=form_token,
        )
        return HTMLResponse(render(template, {"desk": around, "page": page, **more}), status)


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
        seen = pages.seen(story, as_of)
        now = desk.view(story).view if as_of else None
        return pages.of_story(request, "account.html", seen, account_page(seen.view, now=now))

    @router.get("/stories/{story}/questions")
    def questions(request: Request, story: str, as_of: AsOf = None) -> Response:
        seen = pages.seen(story, as_of)
        return pages.of_story(request, "questions.html", seen, questions_page(seen.view))

    @router.get("/stories/{story}/reports")
    def reports(request: Request, story: str, as_of: AsOf = None) -> Response:
        seen = pages.seen(story, as_of)
        return pages.of_story(request, "reports.html", seen, reports_page(seen.view))

    @router.get("/stories/{story}/actors")
    def actors(request: Request, story: str, start: str = "", as_of: AsOf = None) -> Response:
        seen = pages.seen(story, as_of)
        return pages.of_story(request, "actors.html", seen, actors_page(seen.view, start=place_asked(start)))

    @router.get("/stories/{story}/actors/{actor}")
    def actor(request: Request, story: str, actor: str, start: str = "", as_of: AsOf = None) -> Response:
        seen = pages.seen(story, as_of)
        return pages.of_story(request, "actor.html", seen, actor_page(seen.view, actor, start=place_asked(start)))

    @router.get("/stories/{story}/timeline")
    def timeline(request: Request, story: str, part: str = "", start: str = "", as_of: AsOf = None) -> Response:
        seen = pages.seen(story, as_of)
        page = timeline_page(seen.view, part=part, start=place_asked(start))
        return pages.of_story(request, "timeline.html", seen, page)

    @router.get("/stories/{story}/map")
    def story_map(request: Request, story: str, extent: str = "", start: str = "", as_of: AsOf = None) -> Response:
        seen = pages.seen(story, as_of)
        page = map_page(seen.view, extent=extent, start=place_asked(start))
        return pages.of_story(request, "map.html", seen, page)

    @router.get("/stories/{story}/map/{place}")
    def place(request: Request, story: str, place: str, start: str = "", as_of: AsOf = None) -> Response:
        seen = pages.seen(story, as_of)
        return pages.of_story(request, "place.html", seen, place_page(seen.view, place, start=place_asked(start)))

    @router.get("/stories/{story}/flow")
    def flow(request: Request, story: str, start: str = "", as_of: AsOf = None) -> Response:
        seen = pages.seen(story, as_of)
        return pages.of_story(request, "flow.html", seen, flow_page(seen.view, start=place_asked(start)))

    @router.get("/stories/{story}/changes")
    def changes(
        request: Request, story: str, since: str = "", everything: str = "", start: str = "", as_of: AsOf = None
    ) -> Response:
        seen = pages.seen(story, as_of)
        begin = since or default_since(seen.view)
        found = changes_of(desk, seen.view, begin, patience_s=PATIENCE_S)
        if found is None:
            answer = pages.of_story(request, "changes.html", seen, coming_page(seen.view, begin))
            answer.headers["refresh"] = str(AGAIN_S)
            return answer
        page = changes_page(seen.view, found, start=place_asked(start), everything=bool(everything))
        return pages.of_story(request, "changes.html", seen, page)

    @router.get("/questions/{record}")
    def question(request: Request, record: str, as_of: AsOf = None) -> Response:
        seen = pages.seen_with(record, as_of)
        return pages.of_story(request, "question.html", seen, question_page(seen.view, record))

    @router.get("/claims/{record}")
    def claim(request: Request, record: str, as_of: AsOf = None) -> Response:
        seen = pages.seen_with(record, as_of)
        return pages.of_story(request, "claim.html", seen, claim_page(seen.view, record))

    @router.get("/reports/{record}")
    def report(request: Request, record: str, as_of: AsOf = None) -> Response:
        seen = pages.seen_with(record, as_of)
        return pages.of_story(request, "report.html", seen, report_page(seen.view, record))

    @router.get("/reports/{record}/beside/{other}")
    def beside(request: Request, record: str, other: str, as_of: AsOf = None) -> Response:
        seen = pages.seen_with(record, as_of)
        return pages.of_story(request, "beside.html", seen, beside_page(seen.view, record, other))

    @router.get("/reports/{record}/raw")
    def raw(record: str) -> Response:
        bytes_of = desk.read(lambda ledger: ledger.raw(record))
        headers = {"content-disposition": f'attachment; filename="{record}.bin"', "content-security-policy": "sandbox"}
        return Response(bytes_of, media_type="application/octet-stream", headers=headers)

    @router.get("/search")
    def search(
        request: Request,
        q: str = "",
        outlet: str = "",
        actor: str = "",
        act: str = "",
        place: str = "",
        status: str = "",
        from_day: Annotated[str, Query(alias="from")] = "",
        to_day: Annotated[str, Query(alias="to")] = "",
        start: str = "",
        as_of: AsOf = None,
    ) -> Response:
        asked = Asked(q, outlet, actor, act, place, status, from_day, to_day)
        begin = place_asked(start)
        page = desk.read(lambda ledger: search_page(ledger, asked, start=begin, as_of=as_of or None))
        return pages.outside(request, "search.html", page, query=q)

    return router
