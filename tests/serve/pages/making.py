"""Views of one story, put together by hand: a test says only what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sayso.model import (
    Account,
    Actor,
    ActorType,
    Answer,
    Claim,
    Extraction,
    Judgement,
    Kind,
    KnownActor,
    Linked,
    Membership,
    Origin,
    PlaceMention,
    Precision,
    Question,
    Relation,
    Report,
    Said,
    Slot,
    Span,
    Statement,
    Status,
    Story,
    TakenSide,
    TimeMention,
)
from sayso.serve.pages.view import View
from tests.store.making import captured

STORY = "y-here"


def a_report(outlet: str, published: str | None, words: str = "Ada said the dam held.") -> Report:
    return captured(words, outlet=outlet, published=published, title=f"{outlet} tells").report


def a_statement(report: Report, who: str | None = "Ada", *, key: str = "", **fields: Any) -> Statement:
    """A statement whose content is the whole text; ``key`` tells two of one report apart."""
    content = (Span(0, len(report.text)),)
    source = (Span(0, 3),) if who else ()
    made = Statement(
        id=Statement.make_id(report=report.id + key, source=source, cue=(), content=content),
        report=report.id,
        source=source,
        cue=(),
        content=content,
        kind=Kind.INDIRECT if who else Kind.VOICE,
        actor=Actor(Actor.make_id(name_key=who.lower()), who, ActorType.PERSON) if who else None,
    )
    return Statement(**{name: fields.get(name, getattr(made, name)) for name in Statement.__slots__})


def a_claim(*statements: Statement, words: str = "the dam held", status: Status = Status.REPORTED) -> Claim:
    ids = tuple(statement.id for statement in statements)
    return Claim(
        id=Claim.make_id(question="q-dam", statements=(*ids, words)),
        question="q-dam",
        wording=words,
        statements=ids,
        answer=Answer(words),
        status=status,
        rule="made",
        origins=len({statement.report for statement in statements}),
    )


def an_actor(name: str, *statements: Statement, side: str = "unknown", **fields: Any) -> KnownActor:
    """The actor across reports of these statements, by one name and for one reason."""
    members = tuple(
        Membership(s.report, s.actor.id, s.actor.name, s.actor.role, 1.0, ("the same name",))
        for s in statements
        if s.actor
    )
    return KnownActor(
        id=KnownActor.make_id(key=name.lower()),
        name=name,
        type=ActorType.PERSON,
        names=(name,),
        members=fields.pop("members", members),
        sides=(TakenSide(STORY, side, ("made",)),),
        **fields,
    )


def a_time(start: int, value: str, earliest: str | None, latest: str | None, precision: Precision) -> TimeMention:
    return TimeMention(Span(start, start + 3), "DATE", value, earliest, latest, precision)


def told_of(time: TimeMention) -> Said:
    return Said(time.value, time.precision, time.span)


def a_place(name: str, lat: float | None = None, lon: float | None = None, **fields: Any) -> PlaceMention:
    return PlaceMention(Span(0, len(name)), name, lat, lon, **fields)


def a_view(
    reports: Sequence[Report],
    statements: Sequence[Statement] = (),
    *,
    claims: Sequence[Claim] = (),
    relations: Sequence[Relation] = (),
    origins: Sequence[Origin] | None = None,
    actors: Sequence[KnownActor] = (),
    times: Iterable[tuple[Report, TimeMention]] = (),
    judgements: Sequence[Judgement] = (),
    as_of: str | None = None,
) -> View:
    """A story of these reports; unless ``origins`` are given each report is its own."""
    told = sorted(r.published.value for r in reports if r.published)
    mentions = list(times)
    if origins is None:
        origins = [Origin(Origin.make_id(reports=(r.id,)), (r.id,)) for r in reports]
    questions = (Question("q-dam", "Did the dam hold?", Slot.WHAT, tuple(c.id for c in claims), open=False),)
    return View(
        head="h",
        as_of=as_of,
        story=Story(
            STORY, "The dam", tuple(r.id for r in reports), told[0] if told else None, told[-1] if told else None
        ),
        account=Account("The dam", as_of, len(reports), len(origins), ()),
        linked=Linked(tuple(origins), questions, tuple(claims), tuple(relations)),
        reports={r.id: r for r in reports},
        extractions={
            r.id: Extraction(
                r.id,
                tuple(s for s in statements if s.report == r.id),
                times=tuple(time for of, time in mentions if of.id == r.id),
            )
            for r in reports
        },
        actors=tuple(actors),
        judgements=tuple(judgements),
        withdrawals={},
    )
