"""What can still be read of a damaged database, row by row: so that one damaged page costs what stood in it, and nothing else.

A report counts as whole when its bytes have the SHA-256 it names and it can be read; its reading, when that has the hash that was noted
beside it; a judgement, when its id follows from what it says. What does not is named.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from sayso.errors import LedgerError
from sayso.model import Captured, Extraction, Judgement, Problem
from sayso.store.base import Saved
from sayso.store.codec import digest
from sayso.store.database import Database
from sayso.store.rows import extraction_from, judgement_from, report_from

_LOST = "If the file that it came from is at hand, add it to the new ledger."
_GUESS = 10_000  # rows that are looked for where nothing tells how many there are

Read = TypeVar("Read")


def salvaged(db: Database) -> Iterator[Saved | Judgement | Problem]:
    """The reports in the order in which they were stored, then the judgements; a problem in the place of each that is lost."""
    for number in _numbers(db, "reports"):
        where = f"report number {number}"
        found = _tried(where, lambda n=number: _report(db, n))  # type: ignore[misc]
        if isinstance(found, Captured):
            reading = _tried(where, lambda r=found.report.id: _reading(db, r))  # type: ignore[misc]
            yield Saved(found, *reading) if isinstance(reading, tuple) else Saved(found)
        elif found is not None:
            yield found
    for number in _numbers(db, "judgements"):
        judgement = _tried(f"judgement number {number}", lambda n=number: _judgement(db, n))  # type: ignore[misc]
        if judgement is not None:
            yield judgement


def _numbers(db: Database, table: str) -> Iterator[int]:
    """The numbers under which rows may stand."""
    highest = 0
    for query in (f"SELECT max(seq) AS seq FROM {table}", "SELECT max(seq) AS seq FROM journal"):
        found = _tried("", lambda q=query: db.one(q))  # type: ignore[misc]
        if found is not None and not isinstance(found, Problem) and isinstance(found["seq"], int):
            highest = max(highest, found["seq"])
    yield from range(1, (highest or _GUESS) + 1)


def _tried(where: str, read: Callable[[], Read]) -> Read | Problem:
    """What ``read`` gives, or why it cannot: a damaged row can hold anything at all."""
    try:
        return read()
    except LedgerError as error:
        return Problem(f"it cannot be read ({error.problem.what})", where, _LOST)
    except Exception as error:
        return Problem(f"it cannot be read ({type(error).__name__})", where, _LOST)


def _report(db: Database, number: int) -> Captured | Problem | None:
    row = db.one("SELECT * FROM reports WHERE seq = ?", number)
    if row is None:
        return None
    report = report_from(row)
    where = f"report {report.id}"
    blob = _tried(where, lambda: db.one("SELECT bytes FROM blobs WHERE sha256 = ?", report.sha256))
    if blob is None or isinstance(
        blob, Problem
    ):  # where the index is damaged, going through all of them finds it still
        blob = db.one("SELECT bytes FROM blobs WHERE sha256 || '' = ?", report.sha256)
    if blob is None:
        return Problem("its bytes are not there", where, _LOST)
    raw = zlib.decompress(blob["bytes"])
    if hashlib.sha256(raw).hexdigest() != report.sha256:
        return Problem("its bytes are not those that were captured", where, _LOST)
    return Captured(report, raw)


def _reading(db: Database, report: str) -> tuple[Extraction, str] | None:
    row = db.one("SELECT * FROM extractions WHERE report = ? ORDER BY seq DESC LIMIT 1", report)
    if row is None:
        return None
    statements = db.all("SELECT * FROM statements WHERE extraction = ? ORDER BY position", row["seq"])
    extraction = extraction_from(row, statements)
    return (extraction, str(row["reader"])) if digest(extraction) == row["sha256"] else None


def _judgement(db: Database, number: int) -> Judgement | Problem | None:
    row = db.one("SELECT * FROM judgements WHERE seq = ?", number)
    if row is None:
        return None
    judgement = judgement_from(row)
    made = Judgement.make_id(
        verdict=judgement.verdict,
        subject=judgement.subject,
        other=judgement.other,
        value=judgement.value,
        author=judgement.author,
        at=judgement.at,
    )
    if made != judgement.id:
        return Problem("its id does not follow from what it says", f"judgement {judgement.id}", "Decide it anew.")
    return judgement
