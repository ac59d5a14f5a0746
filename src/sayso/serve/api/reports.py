"""Handing in reports over HTTP: to see what is in one, and to add it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import Field
from pydantic.dataclasses import dataclass as checked_dataclass

from sayso.ledger import Ledger
from sayso.model import Captured, Problem, Report
from sayso.serve.desk import Desk
from sayso.serve.handed_in import HandedIn, Remembered, read_in
from sayso.serve.pages.check import CheckPage, check_page


@checked_dataclass(frozen=True)
class NewReport:
    """A report by its text, or by a link that the desk fetches; what it says of itself where it does not say it."""

    text: str | None = Field(default=None, max_length=2_000_000)
    url: str | None = Field(default=None, max_length=4_000)
    outlet: str | None = Field(default=None, max_length=200)
    published: str | None = Field(default=None, max_length=40)


@dataclass(frozen=True, slots=True)
class Added:
    """The ids of reports that came in, of those that were there already, and what could not be read."""

    added: tuple[str, ...]
    known: tuple[str, ...]
    problems: tuple[str, ...]
    head: str


def check_in(desk: Desk, remembered: Remembered, handed: HandedIn) -> CheckPage:
    """What the first report of it says against what the ledger holds. Nothing is written."""
    reports, _ = read_in(handed)
    key = remembered.keep(reports[0])

    def ask(ledger: Ledger) -> CheckPage:
        found = ledger.check(reports[0])
        ends = {end for edge in found.edges for end in (edge.derived, edge.base)} - {found.report.id}
        others: dict[str, Report] = {end: ledger.report(end) for end in ends}
        return check_page(found, others, key=key)

    return desk.read(ask)


def add_in(desk: Desk, captured: tuple[Captured, ...], problems: tuple[Problem, ...] = ()) -> Added:
    """Adds reports; the views that come next hold what follows from them."""
    result = desk.write(lambda ledger: ledger.add_captured(captured, link=False))
    every = (*problems, *result.problems)
    words = tuple(f"{problem.where}: {problem.what}. {problem.remedy}" for problem in every)
    known = tuple(c.report.id for c in captured if c.report.id not in result.added)
    return Added(result.added, known, words, desk.head)


def report_routes(desk: Desk, remembered: Remembered) -> APIRouter:
    """Checking and adding reports."""
    router = APIRouter(tags=["reports"])

    @router.post("/check")
    def check(new: NewReport) -> CheckPage:
        """What a text says against what the ledger holds: new, known, against it, and whose copy it is. Nothing is added."""
        return check_in(desk, remembered, HandedIn(new.text, None, "", new.url, new.outlet, new.published))

    @router.post("/reports", status_code=201)
    def add(new: NewReport) -> Added:
        """Adds a report."""
        reports, problems = read_in(HandedIn(new.text, None, "", new.url, new.outlet, new.published))
        return add_in(desk, reports, problems)

    return router
