"""The questions of a story, and its reports, one row each."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.account.labels import date_words
from sayso.model import Status
from sayso.serve.pages.parts import ClaimRef, ReportRef, claim_ref, report_ref
from sayso.serve.pages.view import View


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """A question with its answers in short. ``contested`` says that they cannot all hold."""

    id: str
    text: str
    slot: str
    open: bool
    contested: bool
    answers: tuple[ClaimRef, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    story: str
    title: str
    as_of: str | None
    questions: tuple[QuestionItem, ...]


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A report in one row: how many statements it makes, and whom it has them from."""

    report: ReportRef
    statements: int
    derives_from: tuple[ReportRef, ...]
    captured: str


@dataclass(frozen=True, slots=True)
class ReportsPage:
    story: str
    title: str
    as_of: str | None
    reports: tuple[ReportItem, ...]


def questions_page(view: View) -> QuestionsPage:
    """The context of ``/stories/{id}/questions``: what is contested first, then what is open, then by how much is said to it."""
    items = []
    for question in view.linked.questions:
        claims = [view.claims[claim] for claim in question.claims if claim in view.claims]
        contested = any(claim.status in (Status.DISPUTED, Status.REVISED) for claim in claims)
        items.append(
            QuestionItem(
                id=question.id,
                text=question.text,
                slot=question.slot.value.replace("_", " "),
                open=question.open,
                contested=contested,
                answers=tuple(claim_ref(claim) for claim in sorted(claims, key=lambda c: (-c.origins, c.id))),
                origins=sum(claim.origins for claim in claims),
            )
        )
    items.sort(key=lambda item: (not item.contested, not item.open, -item.origins, item.id))
    return QuestionsPage(view.story.id, view.account.title, view.as_of, tuple(items))


def reports_page(view: View) -> ReportsPage:
    """The context of ``/stories/{id}/reports``: the latest first."""
    items = []
    for report in view.reports.values():
        extraction = view.extractions.get(report.id)
        bases = {edge.base for edge in view.edges_of.get(report.id, ()) if edge.derived == report.id}
        items.append(
            ReportItem(
                report=report_ref(view, report.id),
                statements=len(extraction.statements) if extraction else 0,
                derives_from=tuple(report_ref(view, base) for base in sorted(bases) if base in view.reports),
                captured=date_words(report.capture.captured_at, clock=True),
            )
        )
    items.sort(key=lambda item: (item.report.published or "", item.report.id), reverse=True)
    return ReportsPage(view.story.id, view.account.title, view.as_of, tuple(items))
