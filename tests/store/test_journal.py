from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.store.base import JournalRow
from sayso.store.journal import BEFORE_FIRST, check_chain, next_row


def chain(length: int) -> list[JournalRow]:
    rows: list[JournalRow] = []
    for n in range(length):
        rows.append(next_row(rows[-1] if rows else None, at="2031-01-01T00:00:00Z", kind="note", payload={"n": n}))
    return rows


def test_a_chain_that_was_only_written_holds() -> None:
    rows = chain(5)
    assert check_chain(rows) is None
    assert check_chain(rows, head=BEFORE_FIRST) is None
    assert all(check_chain(rows, head=row.hash) is None for row in rows)


CHANGES: dict[str, tuple[Callable[[list[JournalRow]], list[JournalRow]], str]] = {
    "payload": (lambda rows: [*rows[:2], replace(rows[2], payload='{"n":9}'), *rows[3:]], "journal row 3"),
    "time": (lambda rows: [*rows[:2], replace(rows[2], at="1999"), *rows[3:]], "journal row 3"),
    "kind": (lambda rows: [*rows[:2], replace(rows[2], kind="init"), *rows[3:]], "journal row 3"),
    "hash": (lambda rows: [*rows[:2], replace(rows[2], hash="0"), *rows[3:]], "journal row 3"),
    "prev": (lambda rows: [*rows[:2], replace(rows[2], prev="0"), *rows[3:]], "journal row 3"),
    "a row cut out": (lambda rows: [*rows[:2], *rows[3:]], "journal row 4"),
    "the first cut off": (lambda rows: rows[1:], "journal row 2"),
    "two changed places": (lambda rows: [rows[1], rows[0], *rows[2:]], "journal row 2"),
    "one twice": (lambda rows: [*rows[:2], rows[1], *rows[2:]], "journal row 2"),
    "none left": (lambda rows: [], "journal"),
    "a row written anew, and what follows left": (
        lambda rows: [*rows[:2], next_row(rows[1], at="x", kind="note", payload={}), *rows[3:]],
        "journal row 4",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_first_broken_link_is_named(name: str) -> None:
    change, where = CHANGES[name]
    problem = check_chain(change(chain(5)))
    assert problem is not None
    assert problem.where == where


def test_only_a_head_that_was_noted_shows_that_the_end_was_cut_off() -> None:
    rows = chain(5)
    assert check_chain(rows[:3]) is None
    problem = check_chain(rows[:3], head=rows[4].hash)
    assert problem is not None
    assert rows[4].hash in problem.what
