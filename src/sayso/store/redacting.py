"""Taking words out of stored records for good: the one thing that changes a record, and it leaves a row in the journal.

The row says of which report, by whom and why, where in its text the words stood, and for every record that was changed its hash before and
after. `sayso.store.journalled` holds what is stored against the last of those. The words themselves stand nowhere in it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso.model import Extraction, Judgement, Report, Span
from sayso.store.codec import digest
from sayso.store.database import Database
from sayso.store.derived import SqlDerived
from sayso.store.rows import extraction_row, judgement_from, judgement_row, report_from, report_row, statement_row


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is to stand in the place of what a report, its readings and some judgements hold. ``spans`` are those of its text that were
    blacked out; ``in_place`` says whether its bytes are as they were but for that, or else its text."""

    report: Report
    raw: bytes
    readings: tuple[tuple[int, Extraction], ...]
    judgements: tuple[Judgement, ...]
    spans: tuple[Span, ...]
    in_place: bool
    author: str
    reason: str
    vectors: tuple[str, ...] = ()  # keys of cached vectors of the words as they were


TABLES = ("blobs", "reports", "extractions", "statements", "judgements")
"""Those whose triggers must be out of the way."""


def put_in_place(rows: Database, derived: SqlDerived, redaction: Redaction) -> dict[str, Any]:
    """Changes the records; what the journal is to say of it. Inside a transaction, with the triggers out of the way."""
    report = redaction.report
    before = rows.one("SELECT sha256 FROM reports WHERE id = ?", report.id)
    record = _noted_record(rows, report.id)
    _replace_bytes(rows, report, redaction.raw, before["sha256"])
    says: dict[str, Any] = {
        "report": report.id,
        "by": redaction.author,
        "why": redaction.reason,
        "spans": [list(span) for span in redaction.spans],
        "bytes": "in place" if redaction.in_place else "replaced by the text",
        "sha256": [before["sha256"], report.sha256],
        "record": [record, digest(report)],
        "readings": [],
        "judgements": [],
    }
    for number, extraction in redaction.readings:
        held = rows.one("SELECT reader, sha256 FROM extractions WHERE seq = ?", number)
        after = digest(extraction)
        if after != held["sha256"] or _words_differ(rows, number, report.text, extraction):
            row = extraction_row(extraction, reader=held["reader"], sha256=after)
            _update(rows, "extractions", row, "seq", number)
            for position, statement in enumerate(extraction.statements):
                made = statement_row(statement, text=report.text, extraction=number, position=position)
                _update(rows, "statements", made, "extraction", number, "position", position)
            says["readings"].append([number, held["sha256"], after])
    for judgement in redaction.judgements:
        stood = rows.one("SELECT * FROM judgements WHERE id = ?", judgement.id)
        says["judgements"].append([judgement.id, digest(judgement_from(stood)), digest(judgement)])
        _update(rows, "judgements", judgement_row(judgement), "id", judgement.id)
    for key in redaction.vectors:
        rows.run("DELETE FROM statement_vectors WHERE words_sha256 = ?", key)
    derived.forget(derived.linker() or "redacted")  # titles, wordings, names and rare words of stories
    return says


def _noted_record(rows: Database, report_id: str) -> str:
    return digest(report_from(rows.one("SELECT * FROM reports WHERE id = ?", report_id)))


def _replace_bytes(rows: Database, report: Report, raw: bytes, old: str) -> None:
    if hashlib.sha256(raw).hexdigest() != report.sha256:
        raise ValueError(f"report {report.id}: its sha256 is not that of the bytes it came with")
    if not rows.one("SELECT 1 AS found FROM blobs WHERE sha256 = ?", report.sha256):
        rows.insert("blobs", [{"sha256": report.sha256, "size": len(raw), "bytes": zlib.compress(raw)}])
    _update(rows, "reports", report_row(report), "id", report.id)
    if old != report.sha256 and not rows.one("SELECT 1 AS found FROM reports WHERE sha256 = ?", old):
        rows.run("DELETE FROM blobs WHERE sha256 = ?", old)


def _words_differ(rows: Database, number: int, text: str, extraction: Extraction) -> bool:
    held = rows.all(
        "SELECT words, source_words, cue_words FROM statements WHERE extraction = ? ORDER BY position", number
    )
    made = (statement_row(s, text=text, extraction=number, position=0) for s in extraction.statements)
    return any(row[name] != new[name] for row, new in zip(held, made, strict=True) for name in _WORDS)


_WORDS = ("words", "source_words", "cue_words")


def _update(rows: Database, table: str, row: dict[str, Any], *keys: object) -> None:
    """Sets the columns of the row that has these keys: names and values in turn."""
    named, values = keys[::2], keys[1::2]
    columns = {name: value for name, value in row.items() if name not in named}
    sets = ", ".join(f"{name} = ?" for name in columns)
    where = " AND ".join(f"{name} = ?" for name in named)
    rows.run(f"UPDATE {table} SET {sets} WHERE {where}", *columns.values(), *values)


def sharing(rows: Database, reports: Sequence[str]) -> list[str]:
    """These reports and all that were captured with the very bytes of one of them, by id."""
    found: set[str] = set(reports)
    for report in reports:
        found |= {
            row["id"]
            for row in rows.all(
                "SELECT id FROM reports WHERE sha256 = (SELECT sha256 FROM reports WHERE id = ?)", report
            )
        }
    return sorted(found)
