"""Which reports are withdrawn as of a moment, by the judgements alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sayso.link.judged import read_judgements, withdrawals, withdrawn_reports
from sayso.model import Judgement, Verdict


def judged(verdict: Verdict, subject: str, at: str, identifier: str = "j-1") -> Judgement:
    return Judgement(identifier, verdict, subject, None, "taken down", "Mo", at)


W = judged(Verdict.WITHDRAW, "r-1", "2031-04-09T12:00:00Z", "j-1")
UNDONE = judged(Verdict.REJECT, "j-1", "2031-04-10T08:00:00Z", "j-2")
REDONE = judged(Verdict.REJECT, "j-2", "2031-04-11T08:00:00Z", "j-3")


@pytest.mark.parametrize(
    ("judgements", "at", "expected"),
    [
        ([], None, set()),
        ([W], None, {"r-1"}),
        ([W], "2031-04-09T11:59:59", set()),
        ([W], "2031-04-09T12:00:00", {"r-1"}),
        ([W], "2032-01-01T00:00:00", {"r-1"}),
        ([W, UNDONE], None, set()),
        ([W, UNDONE], "2031-04-09T18:00:00", set()),  # an undone withdrawal never was one
        ([W, UNDONE, REDONE], None, {"r-1"}),
        ([judged(Verdict.WITHDRAW, "r-1", "2031-04-09")], "2031-04-09T00:00:00", {"r-1"}),
        ([judged(Verdict.WITHDRAW, "r-1", "2031-04-09")], "2031-04-08T23:59:59", set()),
        ([judged(Verdict.WITHDRAW, "r-1", "2031-04-09T02:00:00+02:00")], "2031-04-09T00:00:00", {"r-1"}),
        ([judged(Verdict.WITHDRAW, "r-1", "some day")], "2031-04-09T00:00:00", {"r-1"}),
        ([judged(Verdict.NOTE, "r-1", "2031-04-09")], None, set()),
        ([judged(Verdict.REJECT, "r-1", "2031-04-09")], None, set()),
    ],
)
def test_withdrawn_as_of_a_moment(judgements: list[Judgement], at: str | None, expected: set[str]) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None
    assert withdrawn_reports(judgements, at=moment) == expected
    assert withdrawn_reports(judgements[::-1], at=moment) == expected


def test_the_first_of_several_withdrawals_counts() -> None:
    later = judged(Verdict.WITHDRAW, "r-1", "2031-04-20", "j-9")
    assert withdrawals([later, W], at=None) == {"r-1": W}


def test_a_withdrawal_joins_parts_and_rejects_nothing() -> None:
    assert read_judgements([W]) == read_judgements([])
