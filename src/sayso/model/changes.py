"""What changed between two states of a ledger, claim by claim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.model.account import Citation
from sayso.model.claims import Claim, Judgement, Question


class ChangeKind(StrEnum):
    """What became of a claim or a question, in the order in which an editor wants to know."""

    WITHDRAWN = "withdrawn"  # its speaker took it back, or every report that told it was withdrawn
    REVISED = "revised"  # its speaker now gives another answer
    DISPUTED = "disputed"  # somebody now denies or contradicts it
    LOST_ORIGIN = "lost_origin"
    UNVERIFIED = "unverified"  # an outlet tried to verify it and could not
    UNDISPUTED = "undisputed"  # nobody speaks against it any more
    GAINED_ORIGIN = "gained_origin"
    STATUS = "status"  # another status, by none of the ways above
    ANSWERED = "answered"  # an open question now has an answer
    OPENED = "opened"  # a question that is asked now, or has lost its answer
    GONE = "gone"  # no longer there, for another reason than a withdrawal
    NEW = "new"
    SPLIT = "split"  # one claim then, several now
    MERGED = "merged"  # several claims then, one now
    UNTIED = "untied"  # two claims stay, and how one stood to the other does not


class ChangeWeight(StrEnum):
    """How much a change matters to who reads the account."""

    MAIN = "main"  # the account tells the claim, now or then
    BACKGROUND = "background"  # it tells it as background
    LESSER = "lesser"  # it does not tell it


@dataclass(frozen=True, slots=True)
class Change:
    """One change. A claim whose statements became more is the same claim, though its id is another.

    ``before`` and ``after`` hold one claim each, none where there was or is none, several where claims split or merged.
    ``against`` are the claims that brought it about: the later answer, the denial. ``statements`` are those that did, by id;
    ``reasons`` say it in words, and ``citations`` lead there.
    """

    kind: ChangeKind
    before: tuple[Claim, ...] = ()
    after: tuple[Claim, ...] = ()
    question: Question | None = None  # of changes of a question, None where it is a claim's
    against: tuple[Claim, ...] = ()
    statements: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    weight: ChangeWeight = ChangeWeight.MAIN


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from the end of ``since`` to the end of ``until``; None for now. The weightiest first.

    ``came`` and ``withdrawn`` are the ids of the reports that were out, or withdrawn, only in the later state.
    """

    since: str | None
    until: str | None
    came: tuple[str, ...]
    withdrawn: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A report that no longer counts, or counts again, and what that changed.

    ``copies`` are reports that derive from it, by id: they stand in the ledger on their own and still count.
    """

    judgement: Judgement
    report: str
    copies: tuple[str, ...]
    changes: Changes
