"""The whole of linking on small stories of our own: what is joined, what stands apart, and that order never matters."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.extract import extract
from sayso.link import link
from sayso.model import Extraction, Linked, RelationKind, Report, Slot, Status
from tests.extract.making import report

pytestmark = pytest.mark.model

STORY = (
    report(
        "Governor Arn Tolvik said no one was killed in Dorn.\n"
        "The Kelm army accused Norland of shelling the village of Dorn.\n"
        "It remains unclear who fired first.",
        outlet="Dorn Courier",
        published="2031-04-02",
    ),
    report(
        "Governor Arn Tolvik said three people were killed in Dorn.\n"
        "Norland denied that it had shelled the village of Dorn.\n"
        "Two soldiers were wounded, Ilse Korvan said.",
        outlet="Radio Kelm",
        published="2031-04-03",
    ),
    report(
        "The old bridge over the river Ilv at Dorn collapsed shortly before noon, and a bus that had just crossed it was "
        "left hanging over the edge while the driver helped the children out through a window at the back.\n"
        "The Long Post could not independently verify the claim.",
        outlet="The Long Post",
        published="2031-04-03",
    ),
    report(
        "The old bridge over the river Ilv at Dorn collapsed shortly before noon, and a bus that had just crossed it was "
        "left hanging over the edge while the driver helped the children out through a window at the back.",
        outlet="Copy Daily",
        published="2031-04-04",
    ),
)
READ = tuple(extract(r) for r in STORY)


def linked(reports: Sequence[Report] = STORY, extractions: Sequence[Extraction] = READ) -> Linked:
    return link(reports, extractions)


def test_every_report_is_in_one_origin_and_a_copy_shares_it() -> None:
    origins = linked().origins
    assert sorted(r for o in origins for r in o.reports) == sorted(r.id for r in STORY)
    [shared] = [o for o in origins if len(o.reports) > 1]
    assert set(shared.reports) == {STORY[2].id, STORY[3].id}
    assert all(edge.reasons for edge in shared.edges)


def test_one_actors_later_number_revises_the_earlier_one_and_is_no_dispute() -> None:
    result = linked()
    claims = {c.id: c for c in result.claims}
    revisions = [
        (claims[r.to_claim].answer.best, claims[r.from_claim].answer.best)
        for r in result.relations
        if r.kind is RelationKind.REVISES and r.slot is Slot.HOW_MANY
    ]
    assert revisions == [(0, 3)]
    [earlier] = [c for c in result.claims if c.answer.best == 0 and c.answer.measure is not None]
    assert earlier.status is Status.REVISED


def test_wounded_and_killed_are_two_questions() -> None:
    result = linked()
    asked = {q.id: q for q in result.questions if q.slot is Slot.HOW_MANY and q.claims}
    measures = [{c.answer.measure for c in result.claims if c.question == q} for q in asked]
    assert all(len(found) == 1 for found in measures)
    assert len(measures) == 2


def test_a_denial_is_tied_to_the_accusation() -> None:
    result = linked()
    claims = {c.id: c for c in result.claims}
    pairs = [
        (claims[r.from_claim].wording, claims[r.to_claim].wording)
        for r in result.relations
        if r.kind in (RelationKind.DENIES, RelationKind.CONTRADICTS)
    ]
    assert any("shelled the village" in "".join(p) and "Norland" in "".join(p) for p in pairs)


def test_a_question_nobody_answers_is_open() -> None:
    opened = [q for q in linked().questions if q.open]
    assert [q.slot for q in opened] == [Slot.WHO]
    assert opened[0].asked_by


def test_nothing_gives_nothing() -> None:
    assert link([], []) == Linked((), (), (), ())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(range(len(STORY))))
def test_any_order_gives_the_same(order: list[int]) -> None:
    assert linked([STORY[n] for n in order], [READ[n] for n in reversed(order)]) == linked()
