"""What is brought together from many reports: origins, questions, claims, relations; and what people judged of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.ids import make_id
from sayso.model.statements import Measure
from sayso.model.values import Span


class EdgeKind(StrEnum):
    COPY = "copy"
    REWORD = "reword"
    PARTIAL = "partial"
    TRANSLATE = "translate"
    QUOTE = "quote"
    CREDIT = "credit"
    FORWARD = "forward"
    FAMILY = "family"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class Edge:
    """One report derives from another: ``derived`` from ``base``, with the reasons in words."""

    derived: str
    base: str
    kind: EdgeKind
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one text with the span of another that it shares."""

    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Derivation:
    """Whether one of two texts derives from the other, and what the two share.

    ``kind`` is that of an edge, or None where they are independent; ``direction`` is "a_of_b" (a derives from b), "b_of_a" or
    "none"; ``score`` is the probability that one derives from the other. Passages are in the order of a.
    """

    kind: EdgeKind | None
    direction: str
    score: float
    passages: tuple[Passage, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """An independent way of knowing: the reports that all go back to it, and why."""

    id: str
    reports: tuple[str, ...]
    edges: tuple[Edge, ...] = ()

    @staticmethod
    def make_id(*, reports: tuple[str, ...]) -> str:
        return make_id("o", *sorted(reports))


class Slot(StrEnum):
    WHO = "who"
    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    HOW_MANY = "how_many"
    WHETHER = "whether"
    WHOSE = "whose"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a claim answers: a number, a yes or no, or words. Numbers are low <= best <= high."""

    text: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str | None = None
    counted: str | None = None
    measure: Measure | None = None
    holds: bool | None = None  # for whether-questions


class Status(StrEnum):
    AGREED = "agreed"
    CORROBORATED = "corroborated"
    REPORTED = "reported"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    OPEN = "open"


class OriginType(StrEnum):
    """How whoever stands at the beginning knows it, as far as the reports tell."""

    WITNESS = "witness"  # somebody who saw it
    OWN_REPORTING = "own_reporting"  # an outlet in its own voice, which names nobody for it
    PARTY = "party"  # somebody who has a side in the matter
    OFFICIAL_RECORD = "official_record"  # a register, a court, a count: those whose office it is to record such things
    ANALYST = "analyst"  # somebody who studies such things and was not there
    REHASH = "rehash"  # passed on, with nobody named at its beginning
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ClaimOrigin:
    """One independent way in which a claim is known: the statements that rest on it, and why they are one.

    ``name`` is the actor or outlet at its beginning, None where nobody is named; ``first_hand`` says that somebody answers
    for it by name: a speaker, or an outlet that reports it itself.
    """

    type: OriginType
    statements: tuple[str, ...]
    reasons: tuple[str, ...]
    first_hand: bool
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One distinct answer to a question, resting on its statements.

    ``wording`` is the clearest of its statements' own words; ``rule`` names the status rule that gave
    ``status``; ``known_by`` lists its ``origins``, the independent ways in which it is known; ``unverified_by`` lists
    statements in which an outlet tried to verify it and could not.
    """

    id: str
    question: str
    wording: str
    statements: tuple[str, ...]
    answer: Answer
    status: Status
    rule: str
    origins: int
    sides: tuple[str, ...] = ()
    unverified_by: tuple[str, ...] = ()
    known_by: tuple[ClaimOrigin, ...] = ()

    @staticmethod
    def make_id(*, question: str, statements: tuple[str, ...]) -> str:
        return make_id("c", question, *sorted(statements))


@dataclass(frozen=True, slots=True)
class Question:
    """Statements that fill one slot of one matter belong to one question; its answers are claims.

    ``asked_by`` lists statements that raise the question or say that it is not answered.
    """

    id: str
    text: str
    slot: Slot
    claims: tuple[str, ...]
    open: bool
    asked_by: tuple[str, ...] = ()

    @staticmethod
    def make_id(*, slot: Slot, matter: str) -> str:
        """``matter`` identifies what the question is about, whatever order its statements came in."""
        return make_id("q", slot.value, matter)


class RelationKind(StrEnum):
    SAME = "same"
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    REVISES = "revises"
    REFINES = "refines"
    SUPPORTS = "supports"


@dataclass(frozen=True, slots=True)
class Relation:
    """How one claim stands to another. ``judge`` is "machine" or the name of a person."""

    from_claim: str
    to_claim: str
    kind: RelationKind
    slot: Slot
    score: float
    reasons: tuple[str, ...]
    judge: str = "machine"


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking gives for a set of reports; the same for every order in which they came."""

    origins: tuple[Origin, ...]
    questions: tuple[Question, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]


class Verdict(StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    CORRECT = "correct"
    GRADE = "grade"
    NOTE = "note"
    WITHDRAW = "withdraw"  # of a report: from then on nothing rests on it
    PROTECT = "protect"  # of an actor or report: it is shown nowhere


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about a record: an appended row, never an edit.

    A withdrawal is an event in the world and holds from ``at`` on; every other verdict mends our reading and holds at every time.
    When a row was written stands in the journal.
    """

    id: str
    verdict: Verdict
    subject: str  # the id of the record it is about
    other: str | None  # the second record of a merge or split, or None
    value: str | None  # the correction, grade, note or reason
    author: str
    at: str  # ISO 8601 in UTC

    @staticmethod
    def make_id(*, verdict: Verdict, subject: str, other: str | None, value: str | None, author: str, at: str) -> str:
        return make_id("j", verdict.value, subject, other, value, author, at)
