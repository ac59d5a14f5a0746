"""Figures over time: for each question that asks how many, who gave which number when."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.account.labels import date_words
from sayso.model import Question, Slot, Status
from sayso.serve.pages.parts import actor_ref
from sayso.serve.pages.view import View

MOST_CHARTS = 4
#: Fewer figures make no course of time: a sentence tells them better.
FEWEST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A figure that somebody gave: low <= best <= high (None where open), when it was published, by whom, in which statement."""

    at: str
    when: str
    low: float | None
    best: float | None
    high: float | None
    said_by: str
    statement: str
    report: str
    claim: str
    status: Status


@dataclass(frozen=True, slots=True)
class Chart:
    """The figures given for one question, earliest first."""

    question: str
    text: str
    unit: str | None
    points: tuple[Point, ...]


def charts(view: View) -> tuple[Chart, ...]:
    """The figures of the questions with most of them; only those that were given at several times and differ."""
    made = [chart for question in view.linked.questions if (chart := chart_of(view, question))]
    return tuple(sorted(made, key=lambda c: (-len(c.points), c.question))[:MOST_CHARTS])


def chart_of(view: View, question: Question) -> Chart | None:
    """The figures of one question; None where they make no chart."""
    if question.slot is not Slot.HOW_MANY:
        return None
    points = []
    unit = None
    for claim_id in question.claims:
        claim = view.claims.get(claim_id)
        if claim is None or (claim.answer.low is None and claim.answer.best is None and claim.answer.high is None):
            continue
        unit = unit or claim.answer.unit
        for statement_id in claim.statements:
            statement = view.statements.get(statement_id)
            report = view.reports.get(statement.report) if statement else None
            if statement is None or report is None or report.published is None:
                continue
            actor = actor_ref(view, statement)
            points.append(
                Point(
                    at=report.published.value,
                    when=date_words(report.published.value, clock=True),
                    low=claim.answer.low,
                    best=claim.answer.best,
                    high=claim.answer.high,
                    said_by=actor.name if actor else report.outlet or "an outlet",
                    statement=statement.id,
                    report=report.id,
                    claim=claim.id,
                    status=claim.status,
                )
            )
    times = {point.at for point in points}
    values = {(point.low, point.best, point.high) for point in points}
    if len(points) < FEWEST_POINTS or len(times) < 2 or len(values) < 2:
        return None
    return Chart(question.id, question.text, unit, tuple(sorted(points, key=lambda p: (p.at, p.statement))))
