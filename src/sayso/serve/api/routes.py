"""Every page as JSON: the same context that the page in HTML is made from, at the same path under ``/api/v1``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from sayso.serve.desk import Desk
from sayso.serve.pages.account import AccountPage, account_page
from sayso.serve.pages.claim import ClaimPage, claim_page
from sayso.serve.pages.lists import QuestionsPage, ReportsPage, questions_page, reports_page
from sayso.serve.pages.question import QuestionPage, question_page
from sayso.serve.pages.report import ReportPage, report_page
from sayso.serve.pages.search import SearchPage, search_page
from sayso.serve.pages.stories import StoriesPage

AsOf = Annotated[str | None, Query(description="As of the end of that time, ISO 8601; now if left out.")]


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

    @router.get("/questions/{record}")
    def question(record: str, as_of: AsOf = None) -> QuestionPage:
        """A question with all its answers, who gave which when, and how they stand to each other."""
        return question_page(desk.view(desk.home(record, as_of=as_of), as_of=as_of).view, record)

    @router.get("/claims/{record}")
    def claim(record: str, as_of: AsOf = None) -> ClaimPage:
        """A claim with every statement it rests on, by origin, and what stands against it."""
        return claim_page(desk.view(desk.home(record, as_of=as_of), as_of=as_of).view, record)

    @router.get("/reports/{record}")
    def report(record: str, as_of: AsOf = None) -> ReportPage:
        """A report as captured, with its statements, where it came from, and its other versions."""
        return report_page(desk.view(desk.home(record, as_of=as_of), as_of=as_of).view, record)

    @router.get("/search")
    def search(q: str, as_of: AsOf = None) -> SearchPage:
        """Statements and reports that hold every word of ``q``, best first."""
        return desk.read(lambda ledger: search_page(ledger, q, as_of=as_of))

    return router
