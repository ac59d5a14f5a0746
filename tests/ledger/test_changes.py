"""A story that comes report by report, read and linked by the real steps: each arrival is told as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import ledger as api
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.model import Block, BlockKind, Captured, Change, ChangeKind, Changes, ChangeWeight, Span, Status
from tests.store.making import captured

pytestmark = pytest.mark.model

K = ChangeKind
ARRIVALS = {
    "2031-04-02": (
        "Dorn Courier",
        "Governor Arn Tolvik said no one was killed in Dorn.\n"
        "The Kelm army accused Norland of shelling the village of Dorn.\n"
        "Mayor Ilse Korvan said the old bridge at Dorn had collapsed on Wednesday.",
    ),
    "2031-04-03": ("Radio Kelm", "Governor Arn Tolvik said three people were killed in Dorn."),
    # The second sentence tells that this is the same story.
    "2031-04-04": (
        "The Long Post",
        "Oskar Benn, a farmer, said the bridge at Dorn collapsed on Wednesday.\n"
        "Governor Arn Tolvik and Mayor Ilse Korvan of Dorn were expected at the river in the evening.",
    ),
    "2031-04-05": ("Norland Today", "Norland denied that it had shelled the village of Dorn."),
}


def arriving(published: str) -> Captured:
    outlet, text = ARRIVALS[published]
    made = captured(text, outlet=outlet, published=published)
    blocks, at = [], 0
    for paragraph in text.split("\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, Span(at, at + len(paragraph))))
        at += len(paragraph) + 1
    return Captured(replace(made.report, blocks=tuple(blocks)), made.raw)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path: Path = tmp_path_factory.mktemp("dorn") / "dorn.db"
    with api.open(str(path), create=True) as opened:
        for published in ARRIVALS:
            opened.add_captured([arriving(published)])
        radio = next(report.id for report in opened.reports() if report.outlet == "Radio Kelm")
        opened.withdraw(radio, author="Mo", reason="he never said it", on="2031-04-06")
        yield opened


def between(ledger: Ledger, since: str, until: str) -> dict[ChangeKind, Change]:
    """The changes of a day by kind; on none of these days are there two of one kind."""
    found = ledger.changes(since=since, until=until).changes
    by_kind = {change.kind: change for change in found}
    assert len(by_kind) == len(found), found
    return by_kind


def test_a_revision(ledger: Ledger) -> None:
    found = between(ledger, "2031-04-02", "2031-04-03")
    assert set(found) == {K.REVISED, K.NEW}
    revised = found[K.REVISED]
    assert [c.status for c in (*revised.before, *revised.after)] == [Status.REPORTED, Status.REVISED]
    assert [c.wording for c in revised.after] == ["no one was killed in Dorn"]
    assert revised.against == found[K.NEW].after
    assert revised.reasons == ("Radio Kelm, 3 April: Governor Arn Tolvik said three people were killed in Dorn.",)
    (citation,) = revised.citations
    assert (citation.outlet, citation.published) == ("Radio Kelm", "2031-04-03")
    assert "three people were killed in Dorn" in citation.exact
    assert revised.weight is ChangeWeight.MAIN


def test_a_second_origin(ledger: Ledger) -> None:
    gained = between(ledger, "2031-04-03", "2031-04-04")
    assert K.GAINED_ORIGIN in gained
    assert set(gained) <= {K.GAINED_ORIGIN, K.NEW}
    change = gained[K.GAINED_ORIGIN]
    assert [(c.status, c.origins) for c in (*change.before, *change.after)] == [
        (Status.REPORTED, 1),
        (Status.CORROBORATED, 2),
    ]
    assert change.before[0].id != change.after[0].id, "it gained a statement, and is the same claim"
    assert [c.outlet for c in change.citations] == ["The Long Post"]


def test_a_dispute(ledger: Ledger) -> None:
    found = between(ledger, "2031-04-04", "2031-04-05")
    assert set(found) == {K.DISPUTED, K.NEW}
    disputed = found[K.DISPUTED]
    assert disputed.before[0].status is Status.CLAIMED
    assert disputed.against == found[K.NEW].after
    assert disputed.reasons == ("Norland Today, 5 April: Norland denied that it had shelled the village of Dorn.",)


def test_a_withdrawal(ledger: Ledger) -> None:
    changes = ledger.changes(since="2031-04-05")
    radio = next(report.id for report in ledger.reports() if report.outlet == "Radio Kelm")
    assert (changes.came, changes.withdrawn) == ((), (radio,))
    withdrawn, status = changes.changes
    why = "Radio Kelm, 3 April 2031, was withdrawn on 6 April 2031 (Mo): he never said it"
    assert (withdrawn.kind, withdrawn.after) == (K.WITHDRAWN, ())
    assert withdrawn.reasons == (why, "with it goes that it revises “no one was killed in Dorn”")
    assert [c.report for c in withdrawn.citations] == [radio]
    assert (status.kind, status.before[0].status, status.after[0].status) == (
        K.STATUS,
        Status.REVISED,
        Status.REPORTED,
    )
    assert status.reasons == (why,)
    assert changes == replace(ledger.changes(since="2031-04-05", until="2032"), until=None)


def test_before_its_time_a_withdrawn_report_counts(ledger: Ledger) -> None:
    told = {claim.wording for claim in ledger.linked(as_of="2031-04-05").claims}
    assert "three people were killed in Dorn" in told
    assert "three people were killed in Dorn" not in {claim.wording for claim in ledger.linked().claims}
    assert ledger.account().reports == 3
    assert len(list(ledger.reports())) == 4


def test_nothing_changes_in_no_time(ledger: Ledger) -> None:
    assert ledger.changes(since="2032").changes == ()
    assert ledger.changes(since="2031-04-05", until="2031-04-05") == Changes("2031-04-05", "2031-04-05", (), (), ())


@pytest.mark.parametrize(
    ("since", "until"), [("yesterday", None), ("2031-04-02", "soon"), ("2031-04-03", "2031-04-02")]
)
def test_times_that_are_none_or_run_backwards_are_refused(ledger: Ledger, since: str, until: str | None) -> None:
    with pytest.raises(UsageError):
        ledger.changes(since=since, until=until)
