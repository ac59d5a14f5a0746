"""Measuring a text against a ledger without adding it: read, filed and linked in memory as if it had come in.

    1. the stories that it would join, as they stand          linking, filing
    2. the same with the text, linked by the same code
    3. each of its statements: which claims it is in then, which of them the ledger has, and what they are to others

The second linking is compared with what the ledger holds; what is only in the second is the text's doing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso import pipeline
from sayso.errors import InputError
from sayso.ledger.linking import Linking
from sayso.ledger.past import moment_of
from sayso.ledger.state import State
from sayso.model import (
    Captured,
    Check,
    CheckedClaim,
    CheckedStatement,
    CheckedTie,
    Claim,
    Edge,
    Extraction,
    Linked,
    Question,
    Relation,
    Report,
    Slot,
    Statement,
)
from sayso.pipeline import Steps
from sayso.run.local import reader
from sayso.store import Store


def check(store: Store, linking: Linking, steps: Steps, captured: Captured, *, as_of: str | None) -> Check:
    """What a text says, against what the ledger holds as of the end of that time. Nothing is written.

    Raises InputError for a text that the ledger could not hold, UsageError for an ``as_of`` that is not a time.
    """
    report = captured.report
    if refusal := store.refuses(captured):
        raise InputError(refusal.what, where=refusal.where, remedy=refusal.remedy)
    moment = None if as_of is None else moment_of(as_of)
    with reader(steps.extract, workers=1) as read_all:
        (extraction,) = read_all([report])
    state, furniture = linking.state_joined_by(report, moment)
    after = linking.linked_with(state, report, extraction, furniture)
    held = any(each.id == report.id for each in state.reports)
    return Check(
        report,
        held,
        pipeline.known_stories(state.reports, {r.id: state.stories[r.id] for r in state.reports}),
        _edges(report, after),
        _kin(report, after),
        tuple(_Measured(report, extraction, state, after).statements()),
        extraction.problems,
        as_of,
    )


def _edges(report: Report, linked: Linked) -> tuple[Edge, ...]:
    """The edges from and to a report, those by which it derives from another first, the surest first."""
    found = [e for origin in linked.origins for e in origin.edges if report.id in (e.derived, e.base)]
    return tuple(sorted(found, key=lambda e: (e.derived != report.id, -e.score, e.base, e.derived)))


def _kin(report: Report, linked: Linked) -> tuple[str, ...]:
    return tuple(
        i for origin in linked.origins if report.id in origin.reports for i in origin.reports if i != report.id
    )


class _Measured:
    """The claims before and after, by statement."""

    def __init__(self, report: Report, extraction: Extraction, state: State, after: Linked) -> None:
        before = state.linked
        self._report = report
        self._extraction = extraction
        self._own = frozenset(statement.id for statement in extraction.statements)
        self._slots = {**_slots(before), **_slots(after)}
        self._before: dict[str, list[Claim]] = defaultdict(list)
        for claim in before.claims:
            for statement in claim.statements:
                self._before[statement].append(claim)
        self._claims = {claim.id: claim for claim in after.claims}
        self._of: dict[str, list[Claim]] = defaultdict(list)
        for claim in after.claims:
            for statement in self._own.intersection(claim.statements):
                self._of[statement].append(claim)
        self._relations: dict[str, list[Relation]] = defaultdict(list)
        for relation in after.relations:
            self._relations[relation.from_claim].append(relation)
            self._relations[relation.to_claim].append(relation)
        self._asked = before.questions
        self._asks: dict[str, list[Question]] = defaultdict(list)
        for question in after.questions:
            for statement in self._own.intersection(question.asked_by):
                self._asks[statement].append(question)
        self._unverified: dict[str, list[Claim]] = defaultdict(list)
        for claim in after.claims:
            for statement in self._own.intersection(claim.unverified_by):
                self._unverified[statement].append(claim)

    def statements(self) -> Sequence[CheckedStatement]:
        return [self._statement(statement) for statement in self._extraction.statements]

    def _statement(self, statement: Statement) -> CheckedStatement:
        return CheckedStatement(
            statement,
            tuple(CheckedClaim(claim, self._known(claim), self._ties(claim)) for claim in self._of[statement.id]),
            tuple(self._question(question) for question in self._asks[statement.id]),
            tuple(dict.fromkeys(known for claim in self._unverified[statement.id] for known in self._known(claim))),
        )

    def _known(self, claim: Claim) -> tuple[Claim, ...]:
        """The claims of the ledger that a claim with the text would be made of, the one with most of its statements first. A
        statement may be of a figure and of a claim in words: only those of the same slot are meant, where there are some."""
        shared: dict[str, int] = defaultdict(int)
        found: dict[str, Claim] = {}
        for statement in claim.statements:
            for other in self._before.get(statement, ()):
                found[other.id] = other
                shared[other.id] += 1
        figure = self._slots[claim.question] is Slot.HOW_MANY
        like = [c for c in found.values() if (self._slots[c.question] is Slot.HOW_MANY) is figure]
        return tuple(sorted(like, key=lambda c: (-shared[c.id], c.id)))

    def _ties(self, claim: Claim) -> tuple[CheckedTie, ...]:
        """How a claim of the text stands to claims of the ledger; between two of the text's own nothing is measured."""
        ties = []
        for relation in self._relations[claim.id]:
            of_ledger = relation.to_claim == claim.id
            other = self._claims[relation.from_claim if of_ledger else relation.to_claim]
            for known in self._known(other)[:1]:
                ties.append(CheckedTie(relation.kind, of_ledger, known, other.status, relation.score, relation.reasons))
        return tuple(sorted(ties, key=lambda t: (-t.score, t.kind.value, t.claim.id)))

    def _question(self, question: Question) -> Question:
        """The ledger's own, where reports in it raise the same."""
        others = set(question.asked_by) - self._own
        return next((q for q in self._asked if others.intersection(q.asked_by)), question)


def _slots(linked: Linked) -> Mapping[str, Slot]:
    return {question.id: question.slot for question in linked.questions}
