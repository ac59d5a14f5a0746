"""What `verify` checks of a SQLite file beside the records: the file itself, and the triggers that keep it."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.model import Problem
from sayso.store.base import RESTORE
from sayso.store.connect import trigger_names
from sayso.store.database import Database
from sayso.store.verify import Check


def _integrity(db: Database) -> Iterator[Problem]:
    for row in db.all("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield Problem(f"the file is damaged ({row[0]})", "database", RESTORE)
    for row in db.all("PRAGMA foreign_key_check"):
        yield Problem(f"a row refers to no row of {row[2]}", f"{row[0]} row {row[1]}", RESTORE)


def _triggers(db: Database) -> Iterator[Problem]:
    present = {row["name"] for row in db.all("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for name in sorted(trigger_names() - present):
        yield Problem("a trigger that keeps the records was removed", name, RESTORE)


CHECKS: tuple[Check, ...] = (_integrity, _triggers)
