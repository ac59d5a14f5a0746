"""What was found as the answer of a ledger: each with who says it, and citations of its words."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.link.asked.holding import Found, Holding
from sayso.link.told import Told
from sayso.model import Asked, Citation, Given, Outcome, Span, Wanted

CITED = 4  # statements that are cited for one answer


def tell(wanted: Wanted, found: Found, held: Holding) -> Asked:
    """The answer without its wording."""
    given = tuple(
        Given(
            a.answer,
            a.words or a.claim.wording,
            a.claim,
            held.questions[a.claim.question],
            held.who(a.told),
            a.before,
            _cited(a.told),
        )
        for a in found.answers
    )
    asked_in: tuple[Citation, ...] = ()
    if found.outcome is Outcome.OPEN and found.question is not None:
        asked_in = _cited(held.asking(found.question))
    nearest = None if given else found.question
    return Asked(wanted.text, wanted.slot, found.outcome, "", given, nearest, asked_in, found.others, found.reasons)


def _cited(told: Iterable[Told]) -> tuple[Citation, ...]:
    return tuple(cite(each) for each in list(told)[:CITED])


def cite(told: Told) -> Citation:
    """A citation of a statement's source, cue and content."""
    report, statement = told.report, told.statement
    spans: list[Span] = []
    for span in sorted((*statement.source, *statement.cue, *statement.content)):
        if spans and span.start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, span.end))
        else:
            spans.append(span)
    return Citation(
        statement.id,
        report.id,
        report.outlet,
        report.url,
        report.published.value if report.published else None,
        tuple(spans),
        " … ".join(span.of(report.text) for span in spans),
    )
