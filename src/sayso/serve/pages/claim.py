"""A claim with every statement that it rests on, how each came to us, and how it stands to other claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sayso.model import Claim, Kind
from sayso.serve.pages.deciding import SigningView, signing
from sayso.serve.pages.drift import Drift, drift
from sayso.serve.pages.parts import (
    ClaimRef,
    JudgementView,
    OriginView,
    RelationView,
    StatementView,
    claim_ref,
    judgement_views,
    lead,
    origin_view,
    relation_views,
    statement_views,
)
from sayso.serve.pages.view import View


@dataclass(frozen=True, slots=True)
class DriftView:
    """The same quotation as two reports have it: the statements, and where their words differ."""

    earlier: StatementView
    later: StatementView
    words: Drift


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One answer to one question: its statements by origin, who could not verify it, what stands against it.

    ``others`` are the other answers to its question, ``leads`` the statement that stands for each in judgements, and ``lead``
    the one for this claim. ``signing`` is what a person signs, and who did.
    """

    story: str
    claim: ClaimRef
    question: str
    as_of: str | None
    origins: tuple[OriginView, ...]
    unverified_by: tuple[StatementView, ...]
    relations: tuple[RelationView, ...]
    others: tuple[ClaimRef, ...]
    drifts: tuple[DriftView, ...]
    lead: str
    leads: tuple[str, ...]
    signing: SigningView
    judgements: tuple[JudgementView, ...]


def claim_page(view: View, claim_id: str) -> ClaimPage:
    """The context of ``/claims/{id}``. Raises UsageError for a claim that is not of this story."""
    claim = view.claim(claim_id)
    question = view.questions[claim.question]
    return ClaimPage(
        story=view.story.id,
        claim=claim_ref(claim),
        question=question.text,
        as_of=view.as_of,
        origins=tuple(origin_view(view, origin) for origin in claim.known_by),
        unverified_by=statement_views(view, claim.unverified_by),
        relations=relation_views(view, claim),
        others=tuple(
            claim_ref(view.claims[other]) for other in question.claims if other != claim.id and other in view.claims
        ),
        drifts=tuple(_drifts(view, claim)),
        lead=lead(view, claim),
        leads=tuple(
            lead(view, view.claims[other]) for other in question.claims if other != claim.id and other in view.claims
        ),
        signing=signing(view, claim),
        judgements=judgement_views(view.about(claim.id, claim.question, *claim.statements)),
    )


def _drifts(view: View, claim: Claim) -> Iterator[DriftView]:
    """Quotations of one origin whose words differ from one report to the next in time."""
    for origin in claim.known_by:
        quotes = [s for s in statement_views(view, origin.statements) if s.kind in (Kind.DIRECT, Kind.MIXED)]
        for earlier, later in pairwise(quotes):
            words = drift(earlier.words, later.words)
            if words.changed and not words.strangers:
                yield DriftView(earlier, later, words)
