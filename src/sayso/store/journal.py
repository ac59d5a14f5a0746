"""The journal: a chain of what was done, in which no earlier row can be changed or cut out unseen.

Each row's hash covers its own fields and the hash of the row before. The end of the chain can only be cut off by
someone who knows no other copy of its last hash: note `Stats.journal_head` elsewhere to rule that out too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sayso.model import Problem
from sayso.store.base import RESTORE, JournalRow
from sayso.store.codec import to_json

BEFORE_FIRST = "0" * 64
"""What stands as ``prev`` in the first row."""

_SHOWN = 200  # characters of a payload that are quoted in a problem: a report, its hashes


def next_row(last: JournalRow | None, *, at: str, kind: str, payload: object) -> JournalRow:
    """The row that follows ``last``; ``payload`` is plain JSON values."""
    seq = last.seq + 1 if last else 1
    prev = last.hash if last else BEFORE_FIRST
    text = to_json(payload)
    return JournalRow(seq, at, kind, text, prev, _hash(seq, at, kind, text, prev))


def check_chain(rows: Iterable[JournalRow], *, head: str | None = None) -> Problem | None:
    """The first broken link, or None. ``head`` is a hash noted earlier that must stand in the chain."""
    broken = first_broken(rows, head=head)
    return broken[1] if broken else None


def first_broken(rows: Iterable[JournalRow], *, head: str | None = None) -> tuple[int, Problem] | None:
    """The same, with the number of the row at which the chain breaks; one after the last where only its end is missing."""
    last: JournalRow | None = None
    head_seen = head is None or head == BEFORE_FIRST
    for row in rows:
        if (broken := check_link(last, row)) is not None:
            return row.seq, broken
        head_seen = head_seen or row.hash == head
        last = row
    if last is None:
        return 1, Problem("the journal is empty", "journal", RESTORE)
    if not head_seen:
        return last.seq + 1, Problem(
            f"the journal no longer holds {head}: rows were cut off its end, or it was written anew", "journal", RESTORE
        )
    return None


def check_link(last: JournalRow | None, row: JournalRow) -> Problem | None:
    """Why ``row`` does not follow on ``last`` (None: it is the first), or None."""
    where = f"journal row {row.seq}"
    if row.seq != (last.seq + 1 if last else 1):
        before = f"row {last.seq}" if last else "the beginning"
        return Problem(f"the chain is broken: rows are missing after {before}; {_says(row)}", where, RESTORE)
    if row.prev != (last.hash if last else BEFORE_FIRST):
        return Problem(f"the chain is broken: it does not follow from the row before; {_says(row)}", where, RESTORE)
    if row.hash != _hash(row.seq, row.at, row.kind, row.payload, row.prev):
        return Problem(f"the chain is broken: the row was changed after it was written; {_says(row)}", where, RESTORE)
    return None


def _says(row: JournalRow) -> str:
    """What a row says of itself, for whoever looks for what was done to it."""
    payload = row.payload if len(row.payload) <= _SHOWN else row.payload[:_SHOWN] + "…"
    return f"it says: {row.kind}, {row.at}, {payload}"


def _hash(seq: int, at: str, kind: str, payload: str, prev: str) -> str:
    return hashlib.sha256(to_json([seq, at, kind, payload, prev]).encode("utf-8")).hexdigest()
