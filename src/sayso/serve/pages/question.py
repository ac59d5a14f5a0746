"""A question with all its answers: side by side, by who gives them and when, and how they stand to each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sayso.model import Question
from sayso.serve.pages.parts import (
    ActorRef,
    ClaimRef,
    JudgementView,
    OriginView,
    RelationView,
    ReportRef,
    StatementView,
    actor_ref,
    claim_ref,
    judgement_views,
    origin_view,
    relation_view,
    report_ref,
    statement_views,
)
from sayso.serve.pages.view import View

OUTLETS = "Outlets in their own voice"
NO_SIDE = "No side told"


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer, with the independent ways in which it is known. ``first`` and ``last`` are when it was first and last published."""

    claim: ClaimRef
    origins: tuple[OriginView, ...]
    statements: int
    unverified_by: tuple[StatementView, ...]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that somebody gave in one report, by the claim's place among the answers."""

    answer: int
    statement: str
    report: ReportRef
    words: str


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gave which answers, earliest first. ``actor`` is None for an outlet that speaks itself."""

    name: str
    actor: ActorRef | None
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """The givers of one side, or those of whom no side is told."""

    side: str
    givers: tuple[Giver, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two of the answers, by their places."""

    start: int
    end: int
    relation: RelationView


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question, its distinct answers, who gave which when, and how the answers stand to each other.

    ``asked_by`` are statements that raise it or say that it is not answered.
    """

    story: str
    id: str
    text: str
    slot: str
    open: bool
    as_of: str | None
    answers: tuple[AnswerView, ...]
    sides: tuple[SideView, ...]
    ties: tuple[Tie, ...]
    asked_by: tuple[StatementView, ...]
    judgements: tuple[JudgementView, ...]


def question_page(view: View, question_id: str) -> QuestionPage:
    """The context of ``/questions/{id}``. Raises UsageError for a question that is not of this story."""
    question = view.question(question_id)
    answers = sorted((_answer(view, claim) for claim in question.claims if claim in view.claims), key=_when)
    places = {answer.claim.id: place for place, answer in enumerate(answers)}
    return QuestionPage(
        story=view.story.id,
        id=question.id,
        text=question.text,
        slot=question.slot.value.replace("_", " "),
        open=question.open,
        as_of=view.as_of,
        answers=tuple(answers),
        sides=_sides(view, places),
        ties=_ties(view, places),
        asked_by=statement_views(view, question.asked_by),
        judgements=judgement_views(view.about(*_ids(question))),
    )


def _ids(question: Question) -> tuple[str, ...]:
    return (question.id, *question.claims)


def _when(answer: AnswerView) -> tuple[str, str]:
    return (answer.first or "~", answer.claim.id)


def _answer(view: View, claim_id: str) -> AnswerView:
    claim = view.claims[claim_id]
    reports = [view.reports[view.statements[s].report] for s in claim.statements if s in view.statements]
    stamps = sorted(report.published.value for report in reports if report.published)
    return AnswerView(
        claim=claim_ref(claim),
        origins=tuple(origin_view(view, origin) for origin in claim.known_by),
        statements=len(claim.statements),
        unverified_by=statement_views(view, claim.unverified_by),
        first=stamps[0] if stamps else None,
        last=stamps[-1] if stamps else None,
    )


def _sides(view: View, places: dict[str, int]) -> tuple[SideView, ...]:
    """Who gave which answer when, by side; those without a side, and outlets in their own voice, come last."""
    given: dict[tuple[str, str], list[Given]] = defaultdict(list)
    actors: dict[tuple[str, str], ActorRef | None] = {}
    for claim, place in places.items():
        for statement in statement_views(view, view.claims[claim].statements):
            actor = actor_ref(view, view.statements[statement.id])
            side = OUTLETS if actor is None else actor.side or NO_SIDE
            name = statement.report.outlet if actor is None else actor.name
            actors.setdefault((side, name), actor)
            given[side, name].append(Given(place, statement.id, report_ref(view, statement.report.id), statement.words))
    sides: dict[str, list[Giver]] = defaultdict(list)
    for (side, name), every in given.items():
        in_order = tuple(sorted(every, key=lambda g: (g.report.published or "", g.statement)))
        sides[side].append(Giver(name, actors[side, name], in_order))
    last = (NO_SIDE, OUTLETS)
    return tuple(
        SideView(side, tuple(sorted(givers, key=lambda g: (g.given[0].report.published or "", g.name))))
        for side, givers in sorted(sides.items(), key=lambda each: (each[0] in last, each[0] == OUTLETS, each[0]))
    )


def _ties(view: View, places: dict[str, int]) -> tuple[Tie, ...]:
    found = {
        Tie(
            places[relation.from_claim],
            places[relation.to_claim],
            relation_view(relation, view.claims[relation.to_claim], forth=True),
        )
        for claim in places
        for relation in view.relations_of.get(claim, ())
        if relation.from_claim in places and relation.to_claim in places
    }
    return tuple(sorted(found, key=lambda tie: (tie.start, tie.end, tie.relation.kind)))
