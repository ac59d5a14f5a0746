"""What a text says, measured against what a ledger holds, without adding it: the result of `Ledger.check`."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model.actors import Story
from sayso.model.claims import Claim, Edge, Question, RelationKind, Status
from sayso.model.reports import Report
from sayso.model.statements import Statement
from sayso.model.values import Problem


@dataclass(frozen=True, slots=True)
class CheckedTie:
    """How what a text says stands to a claim of the ledger, with the reasons in words.

    ``of_ledger`` is False where the text's claim is ``kind`` to ``claim`` (the text denies it), and True where the ledger's claim
    is so to the text's (the ledger's claim denies it). ``claim`` is as it stands; with the text it would be of status ``then``.
    """

    kind: RelationKind
    of_ledger: bool
    claim: Claim
    then: Status
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """One thing that a statement of a text claims. ``known`` are the claims of the ledger that say the same, as they stand: none for
    what is new. ``then`` is the claim as it would be with the text among its reports."""

    then: Claim
    known: tuple[Claim, ...] = ()
    ties: tuple[CheckedTie, ...] = ()

    @property
    def new(self) -> bool:
        return not self.known


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """One statement of a text, with what it claims; several claims where it gives a figure and tells something else beside it.

    ``asks`` are questions that it raises, or says are not answered: as the ledger has them where others raise them too.
    ``could_not_verify`` are claims of the ledger that it says could not be verified.
    """

    statement: Statement
    claims: tuple[CheckedClaim, ...] = ()
    asks: tuple[Question, ...] = ()
    could_not_verify: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A text that is not in the ledger, read and linked as if it had come in.

    ``held`` says that this very report is in the ledger already. ``stories`` are those that it would join, none where it would be
    a story of its own, several where it would bring them together. ``edges`` run from and to it, the surest first (``derived``
    derives from ``base``); ``kin`` are the reports that would be of one origin with it, by id. ``as_of`` is the moment of the
    ledger that it was measured against, None for now.
    """

    report: Report
    held: bool
    stories: tuple[Story, ...]
    edges: tuple[Edge, ...]
    kin: tuple[str, ...]
    statements: tuple[CheckedStatement, ...]
    problems: tuple[Problem, ...] = ()
    as_of: str | None = None
