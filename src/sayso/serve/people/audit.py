"""The audit log: who did what, when and from where. Rows are only ever added, and each holds the hash of the row before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.model import Problem
from sayso.serve.people.store import PeopleStore

BEFORE_FIRST = "0" * 64
#: Characters of a field: what comes in from outside may not fill the file.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``about`` is whom or what it was done to; ``address`` is "-" for the command line."""

    seq: int
    at: str
    who: str
    what: str
    about: str
    address: str
    prev: str
    hash: str


def note(store: PeopleStore, who: str, what: str, *, about: str = "", address: str = "-") -> None:
    """Adds a row. Call it in the transaction of what it tells of, so that neither lands without the other."""
    with store.writing():
        last = store.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
        seq, prev = (last["seq"] + 1, last["hash"]) if last else (1, BEFORE_FIRST)
        fields = (seq, iso(store.now()), who[:_MOST], what[:_MOST], about[:_MOST], address[:_MOST], prev)
        store.do("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *fields, _hash(fields))


def entries(store: PeopleStore, *, last: int | None = None) -> tuple[Entry, ...]:
    """The log, oldest row first; with ``last`` only that many of the newest."""
    found = store.rows("SELECT * FROM audit ORDER BY seq DESC LIMIT ?", -1 if last is None else last)
    return tuple(Entry(*row) for row in reversed(found))


def entries_after(store: PeopleStore, seq: int, *, most: int) -> tuple[Entry, ...]:
    """Up to ``most`` rows that follow row ``seq``, oldest first."""
    return tuple(Entry(*row) for row in store.rows("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?", seq, most))


def check(log: Iterable[Entry]) -> Problem | None:
    """The first row that does not follow from the one before, or None. ``log`` is the whole of it."""
    remedy = "Somebody changed the file of people by hand: restore it from a copy."
    prev, seq = BEFORE_FIRST, 0
    for entry in log:
        where = f"audit row {entry.seq}"
        if entry.seq != seq + 1 or entry.prev != prev:
            return Problem("it does not follow from the row before", where, remedy)
        fields = (entry.seq, entry.at, entry.who, entry.what, entry.about, entry.address, entry.prev)
        if entry.hash != _hash(fields):
            return Problem("it was changed after it was written", where, remedy)
        prev, seq = entry.hash, entry.seq
    return None


def iso(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _hash(fields: tuple[int | str, ...]) -> str:
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
