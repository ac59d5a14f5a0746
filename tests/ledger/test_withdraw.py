"""Withdrawing a report: what falls, what stays, that it can be undone, and that rebuilding changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import ledger as api
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.changing import copies_of
from sayso.model import ChangeKind, Edge, EdgeKind, Linked, Origin, Verdict, Withdrawal
from tests.store.making import STEPS, captured

TEXTS = {"Harbour": "Ada said 3 fell. Then Bo said it rains.", "Hill": "Cy said 4 fell.", "Mill": "Dee said it rains."}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with api.open(str(tmp_path / "made.db"), create=True, steps=STEPS) as opened:
        opened.add_captured([captured(t, outlet=o, published="2031-04-08") for o, t in TEXTS.items()])
        yield opened


def report_of(ledger: Ledger, outlet: str) -> str:
    return next(report.id for report in ledger.reports() if report.outlet == outlet)


def kinds(made: Withdrawal) -> list[tuple[ChangeKind, str]]:
    return [(c.kind, (c.after or c.before)[0].wording) for c in made.changes.changes]


def test_what_rested_on_it_falls_and_it_stays(ledger: Ledger) -> None:
    hill = report_of(ledger, "Hill")
    made = ledger.withdraw(hill[:9], author="Mo", reason="taken down", on="2031-04-09T10:00+02:00")
    assert kinds(made) == [(ChangeKind.WITHDRAWN, "4 fell"), (ChangeKind.UNDISPUTED, "3 fell")]
    assert (made.report, made.copies, made.changes.withdrawn) == (hill, (), (hill,))
    assert (made.judgement.verdict, made.judgement.at) == (Verdict.WITHDRAW, "2031-04-09T08:00:00Z")
    assert ledger.withdrawals() == {hill: made.judgement}
    assert ledger.withdrawals(as_of="2031-04-09T07:59:59Z") == {}
    assert [r.id for r in ledger.reports()] == sorted(report_of(ledger, o) for o in TEXTS)
    assert [s.report for s in ledger.statements(outlet="Hill")] == [hill]
    assert {c.wording for c in ledger.linked().claims} == {"3 fell", "it rains"}
    assert {c.wording for c in ledger.linked(as_of="2031-04-09T07:00Z").claims} == {"3 fell", "4 fell", "it rains"}
    assert hill not in {report for origin in ledger.linked().origins for report in origin.reports}


def test_rebuilding_gives_the_same_without_it(ledger: Ledger) -> None:
    ledger.withdraw(report_of(ledger, "Hill"), author="Mo", on="2031-04-09")
    before = ledger.linked()
    ledger.rebuild(reread=True)
    assert ledger.linked() == before
    assert ledger.verify() == ()


def test_it_can_be_undone_and_done_again_without_a_row_written_twice(ledger: Ledger) -> None:
    hill, whole = report_of(ledger, "Hill"), ledger.linked()
    for round_ in range(3):  # within a second, with the same words
        ledger.withdraw(hill, author="Mo", reason="taken down", on="2031-04-09")
        assert hill in ledger.withdrawals(), round_
        made = ledger.undo_withdrawal(hill, author="Mo")
        assert ledger.linked() == whole, round_
        assert kinds(made) == [(ChangeKind.DISPUTED, "3 fell"), (ChangeKind.NEW, "4 fell")]
        assert ledger.withdrawals(as_of="2032") == {}
    ids = [judgement.id for judgement in ledger.judgements()]
    assert len(ids) == len(set(ids)) == 6  # one withdrawal, three rejections of it, two of those


def test_twice_and_nothing_and_nonsense_are_refused(ledger: Ledger) -> None:
    hill = report_of(ledger, "Hill")
    claim = ledger.linked().claims[0].id
    with pytest.raises(UsageError, match="not withdrawn"):
        ledger.undo_withdrawal(hill, author="Mo")
    for wrong in ("r-none", claim, "Hill", ""):
        with pytest.raises(UsageError):
            ledger.withdraw(wrong, author="Mo")
    for on in ("soon", "2031-13", ""):
        with pytest.raises(UsageError, match="not a time"):
            ledger.withdraw(hill, author="Mo", on=on)
    with pytest.raises(UsageError, match="author"):
        ledger.withdraw(hill, author=" ")
    assert ledger.judgements() == ()
    ledger.withdraw(hill, author="Mo", on="2031-04-09")
    for again in (ledger.withdraw, lambda report, author: ledger.judge(Verdict.WITHDRAW, report, author=author)):
        with pytest.raises(UsageError, match="withdrawn already, from 2031-04-09 on, by Mo"):
            again(hill, author="Jo")
    assert len(ledger.judgements()) == 1


@pytest.mark.parametrize(
    ("on", "at"),
    [
        ("2031", "2031-01-01"),
        ("2031-04", "2031-04-01"),
        ("2031-04-09", "2031-04-09"),
        ("2031-04-09T10:00", "2031-04-09T10:00:00Z"),
        ("2031-04-09T01:00+02:00", "2031-04-08T23:00:00Z"),
    ],
)
def test_the_time_is_kept_in_utc(ledger: Ledger, on: str, at: str) -> None:
    assert ledger.withdraw(report_of(ledger, "Hill"), author="Mo", on=on).judgement.at == at


def test_copies_are_found_through_copies_and_of_no_other_kind() -> None:
    edges = (
        Edge("r-2", "r-1", EdgeKind.COPY, 0.9, ()),
        Edge("r-3", "r-2", EdgeKind.REWORD, 0.9, ()),
        Edge("r-4", "r-1", EdgeKind.FAMILY, 0.9, ()),
        Edge("r-1", "r-0", EdgeKind.COPY, 0.9, ()),
    )
    linked = Linked((Origin("o-1", ("r-0", "r-1", "r-2", "r-3", "r-4"), edges),), (), (), ())
    assert copies_of("r-1", linked) == ("r-2", "r-3")
    assert copies_of("r-3", linked) == ()
