"""The status of a claim, by written rules. The first rule that holds decides; its name stands with the claim.

To change a rule, change its function; to change the order in which rules are asked, change `RULES`. Every docstring is what
users read about the rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sayso.model import Status


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules look at. Each field is a plain fact about one claim."""

    origins: int = 1
    first_hand: bool = True  # at least one origin is first-hand
    voice: bool = False  # somebody tells it in an outlet's own voice
    withdrawn: bool = False  # its own actor took it back or corrected it
    revised: bool = False  # its own actor gives another answer later
    disputed: bool = False  # another actor denies or contradicts it
    opposing: bool = False  # among its holders are two who contradict each other elsewhere, or whose sides do
    party: bool = False  # all its holders are party to some dispute of this ledger
    against_interest: bool = False  # a speaker admits it of their own side
    contested_act: bool = False  # an accusation, or a claim of responsibility


def withdrawn(evidence: Evidence) -> bool:
    """Withdrawn: the actor who said it took it back."""
    return evidence.withdrawn


def revised(evidence: Evidence) -> bool:
    """Revised: the same actor, or the same body, later gave another answer."""
    return evidence.revised


def disputed(evidence: Evidence) -> bool:
    """Disputed: another actor denies it, or gives an answer that cannot hold beside it."""
    return evidence.disputed


def agreed_across_sides(evidence: Evidence) -> bool:
    """Agreed: actors who contradict each other elsewhere, or whose sides do, both say it; two of one side never agree across
    sides."""
    return evidence.opposing


def against_own_interest(evidence: Evidence) -> bool:
    """Agreed: a speaker who has a side admits it of that side, so that nobody is left who would deny it."""
    return evidence.against_interest


def independent_origins(evidence: Evidence) -> bool:
    """Corroborated: at least two independent origins, of which at least one is first-hand."""
    return evidence.origins >= 2 and evidence.first_hand


def one_party_only(evidence: Evidence) -> bool:
    """Claimed: only those who are party to the dispute say it, or it is an accusation or a claim of responsibility."""
    return not evidence.voice and (evidence.party or evidence.contested_act)


def single_origin(evidence: Evidence) -> bool:
    """Reported: one origin says it, and nobody speaks against it."""
    return evidence.origins >= 1


RULES: tuple[tuple[Callable[[Evidence], bool], Status], ...] = (
    (withdrawn, Status.WITHDRAWN),
    (revised, Status.REVISED),
    (disputed, Status.DISPUTED),
    (agreed_across_sides, Status.AGREED),
    (against_own_interest, Status.AGREED),
    (independent_origins, Status.CORROBORATED),
    (one_party_only, Status.CLAIMED),
    (single_origin, Status.REPORTED),
)


def status_of(evidence: Evidence) -> tuple[Status, str]:
    """The status of a claim and the name of the rule that gave it."""
    for rule, status in RULES:
        if rule(evidence):
            return status, rule.__name__
    return Status.OPEN, "no_statement"
