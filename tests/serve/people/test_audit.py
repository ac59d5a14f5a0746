"""The audit log only grows, and shows where somebody changed it by hand."""

from __future__ import annotations

import sqlite3

import pytest

from sayso.errors import LedgerError
from sayso.serve.people import audit
from sayso.serve.people.store import PeopleStore


@pytest.fixture
def kept(store: PeopleStore) -> PeopleStore:
    for n in range(4):
        audit.note(store, "Ada", "did a thing", about=str(n), address="10.0.0.1")
    return store


def test_it_says_who_what_when_and_from_where(kept: PeopleStore) -> None:
    first = audit.entries(kept)[0]
    assert (first.seq, first.at, first.who, first.what) == (1, "2030-03-17T17:46:40Z", "Ada", "did a thing")
    assert (first.about, first.address, first.prev) == ("0", "10.0.0.1", audit.BEFORE_FIRST)
    assert audit.check(audit.entries(kept)) is None
    assert [entry.about for entry in audit.entries(kept, last=2)] == ["2", "3"]


@pytest.mark.parametrize("sql", ["DELETE FROM audit", "UPDATE audit SET who = 'Ed'"])
def test_no_row_is_changed_or_removed(kept: PeopleStore, sql: str) -> None:
    with pytest.raises(LedgerError, match="only grows"):
        kept.do(sql)


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE audit SET who = 'Ed' WHERE seq = 2", "audit row 2"),
        ("UPDATE audit SET at = '2001-01-01T00:00:00Z' WHERE seq = 4", "audit row 4"),
        ("DELETE FROM audit WHERE seq = 3", "audit row 4"),
        ("DELETE FROM audit WHERE seq = 1", "audit row 2"),
    ],
)
def test_a_hand_in_the_file_shows(kept: PeopleStore, sql: str, where: str) -> None:
    with sqlite3.connect(kept.path) as db:
        db.executescript(f"DROP TRIGGER audit_is_kept; DROP TRIGGER audit_stays; {sql};")
    db.close()
    problem = audit.check(audit.entries(kept))
    assert problem is not None
    assert problem.where == where


def test_what_comes_from_outside_cannot_fill_it(store: PeopleStore) -> None:
    audit.note(store, "x" * 9_999, "y" * 9_999, about="z" * 9_999, address="a" * 9_999)
    (entry,) = audit.entries(store)
    assert {len(entry.who), len(entry.what), len(entry.about), len(entry.address)} == {200}
    assert audit.check([entry]) is None
