"""Every page as JSON: the same context that the page in HTML is made from, at the same path under ``/api/v1``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from sayso.serve.desk import Desk
from sayso.serve.pages.account import AccountPage, account_page
from sayso.serve.pages.actors import ActorPage, ActorsPage, actor_page, actors_page
from sayso.serve.pages.beside import BesidePage, beside_page
from sayso.serve.pages.changes import ChangesPage, changes_of, changes_page, default_since
from sayso.serve.pages.claim import ClaimPage, claim_page
from sayso.serve.pages.flow import FlowPage, flow_page
from sayso.serve.pages.lists import QuestionsPage, ReportsPage, questions_page, reports_page
from sayso.serve.pages.places import MapPage, PlacePage, map_page, place_page
from sayso.serve.pages.question import QuestionPage, question_page
from sayso.serve.pages.report import ReportPage, report_page
from sayso.serve.pages.search import Asked, SearchPage, search_page
from sayso.serve.pages.stories import StoriesPage
from sayso.serve.pages.timeline import TimelinePage, timeline_page

AsOf = Annotated[str | None, Query(description="As of the end of that time, ISO 8601; now if left out.")]

Start = Annotated[int, Query(ge=0, description="The place in the list from which on, 0 is the first.")]


def api_routes(desk: Desk) -> APIRouter:
    """The reading half of the API."""
    router = APIRouter(tags=["read"])

    @router.get("/stories")
    def stories(as_of: AsOf = None) -> StoriesPage:
        """The running affairs that the reports tell of, the one that was told of last first."""
        return desk.stories(as_of=as_of)

    @router.get("/stories/{story}")
    def account(story: str, as_of: AsOf = None) -> AccountPage:
        """The account of a story: what is established, who says what, what is disputed, what changed, what nobody knows."""
        return account_page(desk.view(story, as_of=as_of).view)

    @router.get("/stories/{story}/questions")
    def questions(story: str, as_of: AsOf = None) -> QuestionsPage:
        """The questions of a story with their answers in short."""
        return questions_page(desk.view(story, as_of=as_of).view)

    @router.get("/stories/{story}/reports")
    def reports(story: str, as_of: AsOf = None) -> ReportsPage:
        """The reports of a story, the latest first."""
        return reports_page(desk.view(story, as_of=as_of).view)

    @router.get("/stories/{story}/actors")
    def actors(story: str, start: Start = 0, as_of: AsOf = None) -> ActorsPage:
        """Who speaks in a story and who is spoken of, those who say most first."""
        return actors_page(desk.view(story, as_of=as_of).view, start=start)

    @router.get("/stories/{story}/actors/{actor}")
    def actor(story: str, actor: str, start: Start = 0, as_of: AsOf = None) -> ActorPage:
        """An actor: its names and why they are one, its side, all that it said, and what of that does not go together."""
        return actor_page(desk.view(story, as_of=as_of).view, actor, start=start)

    @router.get("/stories/{story}/timeline")
    def timeline(
        story: str,
        part: Annotated[str, Query(description='"story", or "background" for times before its own days.')] = "story",
        start: Start = 0,
        as_of: AsOf = None,
    ) -> TimelinePage:
        """What is told to have happened when, from the earliest to the latest moment that each time may mean."""
        return timeline_page(desk.view(story, as_of=as_of).view, part=part, start=start)

    @router.get("/stories/{story}/map")
    def story_map(
        story: str,
        extent: Annotated[str, Query(description='What the drawing shows: "points" or "world".')] = "points",
        start: Start = 0,
        as_of: AsOf = None,
    ) -> MapPage:
        """The places of a story, each with how surely it is known, and those that no gazetteer knows."""
        return map_page(desk.view(story, as_of=as_of).view, extent=extent, start=start)

    @router.get("/stories/{story}/map/{place}")
    def place(story: str, place: str, start: Start = 0, as_of: AsOf = None) -> PlacePage:
        """One place with every claim that is told of it."""
        return place_page(desk.view(story, as_of=as_of).view, place, start=start)

    @router.get("/stories/{story}/flow")
    def flow(story: str, start: Start = 0, as_of: AsOf = None) -> FlowPage:
        """Who has it from whom: reports, what each derives from, and why."""
        return flow_page(desk.view(story, as_of=as_of).view, start=start)

    @router.get("/stories/{story}/changes")
    def changes(
        story: str,
        since: Annotated[
            str | None, Query(description="From the end of that time; the day before the last report.")
        ] = None,
        everything: Annotated[bool, Query(description="What the account does not tell, too.")] = False,
        start: Start = 0,
        as_of: AsOf = None,
    ) -> ChangesPage:
        """What changed in a story, claim by claim, from a time to now or to ``as_of``."""
        view = desk.view(story, as_of=as_of).view
        found = changes_of(desk, view, since or default_since(view))
        assert found is not None  # without a limit it waits
        return changes_page(view, found, start=start, everything=everything)

    @router.get("/questions/{record}")
    def question(record: str, as_of: AsOf = None) -> QuestionPage:
        """A question with all its answers, who gave which when, and how they stand to each other."""
        return question_page(desk.view_with(record, as_of=as_of).view, record)

    @router.get("/claims/{record}")
    def claim(record: str, as_of: AsOf = None) -> ClaimPage:
        """A claim with every statement it rests on, by origin, and what stands against it."""
        return claim_page(desk.view_with(record, as_of=as_of).view, record)

    @router.get("/reports/{record}")
    def report(record: str, as_of: AsOf = None) -> ReportPage:
        """A report as captured, with its statements, where it came from, and its other versions."""
        return report_page(desk.view_with(record, as_of=as_of).view, record)

    @router.get("/reports/{record}/beside/{other}")
    def beside(record: str, other: str, as_of: AsOf = None) -> BesidePage:
        """Two reports of one story: the passages that both have, and whether one derives from the other."""
        return beside_page(desk.view_with(record, as_of=as_of).view, record, other)

    @router.get("/search")
    def search(
        q: Annotated[str, Query(description='Words that must all be found; "several words" as they stand.')] = "",
        outlet: str | None = None,
        actor: str | None = None,
        act: str | None = None,
        place: str | None = None,
        status: str | None = None,
        from_day: Annotated[str | None, Query(alias="from", description="First day of publication, ISO 8601.")] = None,
        to_day: Annotated[str | None, Query(alias="to", description="Last day of publication, ISO 8601.")] = None,
        start: Start = 0,
        as_of: AsOf = None,
    ) -> SearchPage:
        """Statements and reports that hold every word of ``q``, best first, narrowed by filters; with how many hits each value has.

        The counts are of the best hits that were fetched (``found``), ``more`` says that there are others.
        """
        asked = Asked(q, outlet, actor, act, place, status, from_day, to_day)
        return desk.read(lambda ledger: search_page(ledger, asked, start=start, as_of=as_of))

    return router
