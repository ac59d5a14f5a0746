"""The status of a claim, by written rules. The first rule that holds gives the status; its name stands with the claim.

To change a rule, change its function; to add one, add it to `RULES`. The docstrings are what users read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sayso.model import Status


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules look at, for one claim."""

    origins: int  # independent ways in which it is known
    actors: int  # different named actors who say it
    own_voice: bool  # at least one outlet says it in its own voice
    contradicted: bool  # another actor's claim cannot hold with it, or denies it
    revised: bool  # whoever said it has since said otherwise
    taken_back: bool  # whoever said it has retracted it
    opposed_agree: bool  # actors who contradict each other elsewhere both say it


def taken_back(e: Evidence) -> bool:
    """Whoever said it has taken it back."""
    return e.taken_back


def same_actor_changed_it(e: Evidence) -> bool:
    """The same actor has since given another answer."""
    return e.revised


def another_actor_contradicts(e: Evidence) -> bool:
    """A claim of another actor on the same question cannot hold together with it."""
    return e.contradicted


def opposing_sides_agree(e: Evidence) -> bool:
    """Actors who contradict each other on other questions both say so."""
    return e.opposed_agree


def independent_origins_agree(e: Evidence) -> bool:
    """At least two independent origins say so, and nobody says otherwise."""
    return e.origins >= 2


def outlet_reports_it(e: Evidence) -> bool:
    """An outlet says so in its own voice, and nobody says otherwise."""
    return e.own_voice


def one_side_says_so(e: Evidence) -> bool:
    """One actor says so; no outlet says it in its own voice."""
    return True


RULES: tuple[tuple[Status, Callable[[Evidence], bool]], ...] = (
    (Status.WITHDRAWN, taken_back),
    (Status.REVISED, same_actor_changed_it),
    (Status.DISPUTED, another_actor_contradicts),
    (Status.AGREED, opposing_sides_agree),
    (Status.CORROBORATED, independent_origins_agree),
    (Status.REPORTED, outlet_reports_it),
    (Status.CLAIMED, one_side_says_so),
)


def status_of(evidence: Evidence) -> tuple[Status, str]:
    """The status, and the name of the rule that gave it."""
    status, rule = next((status, rule) for status, rule in RULES if rule(evidence))
    return status, rule.__name__
