"""A feed of how claims stand: one entry for each status that a claim has come to, so that a reader hears of every change.

An entry is told by the claim's earliest statement and its status: a claim that becomes disputed is a new entry, one that only gains
a copy is not. Its time is that of the latest report that the claim, or what it stands against, rests on.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.account.labels import counted
from sayso.model import Claim
from sayso.serve.pages.moments import utc_of
from sayso.serve.pages.parts import StatusView, lead, relation_views, status_view
from sayso.serve.pages.view import View

#: Entries of one feed: what a reader that looks in once a day needs of a busy story.
MOST = 60


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A claim that came to a status. ``id`` stays as long as the claim has it; ``updated`` is ISO 8601 in UTC."""

    id: str
    claim: str
    title: str
    updated: str
    status: StatusView
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a story, the latest first."""

    story: str
    title: str
    updated: str
    entries: tuple[FeedEntry, ...]


def feed(view: View) -> Feed:
    """The context of ``/stories/{id}/feed.atom`` and ``feed.json``: of the claims that the account tells, and all that are contested."""
    told = {claim for section in view.account.sections for line in section.lines for claim in line.claims}
    entries = sorted(
        (_entry(view, claim) for claim in view.linked.claims if claim.id in told or view.relations_of.get(claim.id)),
        key=lambda e: (e.updated, e.id),
        reverse=True,
    )[:MOST]
    return Feed(view.story.id, view.account.title, entries[0].updated if entries else _NEVER, tuple(entries))


_NEVER = "1970-01-01T00:00:00Z"


def _entry(view: View, claim: Claim) -> FeedEntry:
    status = status_view(claim)
    others = relation_views(view, claim)
    against = "; ".join(f"{r.words} “{r.claim.wording}”" for r in others[:3])
    times = [_at(view, s) for c in (claim, *(view.claims[r.claim.id] for r in others)) for s in c.statements]
    summary = f"{counted(claim.origins, 'independent origin')}. {against}".strip()
    return FeedEntry(
        id=f"{lead(view, claim)}/{_what(view, claim)}/{claim.status.value}",
        claim=claim.id,
        title=f"{status.name}: {claim.wording}",
        updated=max(times, default=_NEVER),
        status=status,
        summary=summary,
    )


def _what(view: View, claim: Claim) -> str:
    """What of its statements the claim is about: one statement can give two figures and tell something else beside them."""
    measure = claim.answer.measure or claim.answer.counted
    return "-".join(filter(None, (view.questions[claim.question].slot.value, measure and "-".join(measure.split()))))


def _at(view: View, statement_id: str) -> str:
    statement = view.statements.get(statement_id)
    report = view.reports.get(statement.report) if statement else None
    if report is None:
        return _NEVER
    told = report.published.value if report.published else report.capture.captured_at
    return utc_of(told) or _NEVER
