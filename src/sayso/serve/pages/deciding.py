"""What forms offer beside each record: to sign off a claim, to grade a report and its outlet, to say on which side an actor is.

Grades are those of the Admiralty system: an outlet or an actor from A (reliable) to F (nobody can tell), a report or a statement from 1
(confirmed) to 6 (nobody can tell). Who signs off a claim signs how it stands at that moment; when it stands otherwise later, that shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.account.labels import counted
from sayso.model import Claim, Judgement, KnownActor, Verdict
from sayso.serve.pages.parts import JudgementView, ReportRef, StatementView, judgement_views, lead, report_ref
from sayso.serve.pages.view import View


@dataclass(frozen=True, slots=True)
class SigningView:
    """The sign-off of a claim. ``subject`` is the statement that stands for it, ``value`` how it stands now: what a person signs.

    ``signed`` are the sign-offs that were not taken back, the last one first; ``holds`` says that the last one is of how it stands now.
    """

    subject: str
    value: str
    signed: tuple[JudgementView, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class GradingView:
    """A report with its outlet, to be graded; ``grade`` and ``outlet_grade`` are what was said last ("2", "B"), None where nobody did."""

    report: ReportRef
    grade: str | None
    outlet: str
    outlet_grade: str | None


@dataclass(frozen=True, slots=True)
class SidingView:
    """An actor as judgements call it ("actor:…"), the side it is on, None where nobody knows, and the grade that was said last."""

    named: str
    name: str
    side: str | None
    grade: str | None


def signing(view: View, claim: Claim) -> SigningView:
    """What a person signs of a claim, and who did."""
    value = f"{claim.status.value}; {counted(len(claim.statements), 'statement')}, {counted(claim.origins, 'origin')}"
    found = [j for statement in claim.statements for j in view.signed.get(statement, ())]
    latest = sorted(found, key=lambda j: (j.at, j.id), reverse=True)
    return SigningView(lead(view, claim), value, judgement_views(latest), bool(latest) and latest[0].value == value)


def grading(view: View, report_id: str) -> GradingView:
    """A report and its outlet, each with its grade."""
    report = report_ref(view, report_id)
    outlet = f"outlet:{report.outlet}"
    return GradingView(report, view.grades.get(report.id), outlet, view.grades.get(outlet))


def siding(view: View, actor: KnownActor) -> SidingView:
    """An actor with its side and its grade."""
    named = named_actor(view, actor)
    return SidingView(named, actor.name, view.side(actor), view.grades.get(named))


def named_actor(view: View, actor: KnownActor) -> str:
    """What judgements call an actor: its name, with a report in which it has it where others have that name too."""
    others = {member.name for other in view.actors if other.id != actor.id for member in other.members}
    member = next((m for m in actor.members if m.name == actor.name), actor.members[0])
    return f"actor:{member.name}@{member.report}" if member.name in others else f"actor:{member.name}"


def gradings(view: View, statements: Iterable[StatementView], reports: Iterable[str] = ()) -> tuple[GradingView, ...]:
    """Each report that these statements stand in, and each of ``reports``, once."""
    ids = dict.fromkeys((*(s.report.id for s in statements), *reports))
    return tuple(grading(view, report) for report in ids)


def sidings(view: View, statements: Iterable[StatementView]) -> tuple[SidingView, ...]:
    """Each actor across reports that says these statements, once."""
    speakers = dict.fromkeys(s.actor.id for s in statements if s.actor)
    return tuple(siding(view, view.known[actor]) for actor in speakers if actor in view.known)


def sign_offs(judgements: Iterable[Judgement]) -> dict[str, tuple[Judgement, ...]]:
    """The sign-offs among judgements that stand, by the statement that stood for the claim."""
    found: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.verdict is Verdict.ACCEPT and judgement.other is None and judgement.value:
            found.setdefault(judgement.subject, []).append(judgement)
    return {subject: tuple(each) for subject, each in found.items()}
