"""`Ledger.changes_after`: by the journal, whatever times reports tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import ledger as ledgers
from sayso.errors import RecordNotFound
from sayso.ledger import Ledger
from sayso.model import Change, Verdict
from tests.store.making import STEPS, captured


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledgers.open(str(tmp_path / "flood.db"), create=True, steps=STEPS) as opened:
        yield opened


def told(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return sorted((change.kind.value, (change.after or change.before)[0].wording) for change in changes)


def test_a_report_of_long_ago_is_news_when_it_comes_in(ledger: Ledger) -> None:
    ledger.add_captured([captured("Ada said 3 fell.", published="2031-04-09")])
    row = ledger.head()
    ledger.add_captured([captured("Cy said 4 fell.", outlet="Hill Mail", published="2031-04-01")])
    found = ledger.changes_after(row)
    assert told(found.changes) == [("disputed", "3 fell"), ("new", "4 fell")]
    assert len(found.came) == 1
    assert told(ledger.changes(since="2031-04-09T12:00Z").changes) == []  # by the times of reports nothing happened


def test_step_by_step_it_comes_to_the_same_as_at_once_for_who_forgets(ledger: Ledger, tmp_path: Path) -> None:
    rows = [ledger.head()]
    for text in ("Ada said 3 fell.", "Cy said 4 fell.", "Bo said it rains."):
        ledger.add_captured([captured(text, outlet=text[:3])])
        stepwise = ledger.changes_after(rows[-1])
        with ledgers.open(str(tmp_path / "flood.db"), steps=STEPS) as fresh:
            assert fresh.changes_after(rows[-1]) == stepwise
        rows.append(ledger.head())
    assert told(ledger.changes_after(rows[0]).changes) == [("new", "3 fell"), ("new", "4 fell"), ("new", "it rains")]
    assert ledger.changes_after(rows[-1]).changes == ()


def test_judgements_are_seen_as_they_were_made(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add_captured([captured("Ada said 3 fell."), captured("Cy said 4 fell.", outlet="Hill Mail")])
    row = ledger.head()
    (wrong,) = ledger.statements(outlet="Hill Mail")
    ledger.judge(Verdict.REJECT, wrong.id, author="Mara Quill")
    with ledgers.open(str(tmp_path / "flood.db"), steps=STEPS) as fresh:
        assert told(fresh.changes_after(row).changes) == [("gone", "4 fell"), ("undisputed", "3 fell")]


def test_a_withdrawal_is_told_as_one(ledger: Ledger) -> None:
    ledger.add_captured([captured("Ada said 3 fell.")])
    row = ledger.head()
    (report,) = ledger.reports()
    ledger.withdraw(report.id, author="Mara Quill")
    found = ledger.changes_after(row)
    assert (told(found.changes), found.withdrawn) == ([("withdrawn", "3 fell")], (report.id,))


def test_a_row_that_there_is_not(ledger: Ledger) -> None:
    ledger.add_captured([captured("Ada said 3 fell.")])
    with pytest.raises(RecordNotFound, match="no row"):
        ledger.changes_after("f" * 64)
