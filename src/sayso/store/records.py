"""The records of a ledger in SQL: what every backend that speaks it does alike, whatever its search and its errors are.

A backend gives a `Database` and fills in what is left open here: how words are indexed and found, who is named, and its own checks.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime

from sayso.model import Captured, Extraction, Judgement, Problem, Report
from sayso.store import journal, redacting
from sayso.store.base import Entry, Hit, JournalRow, Noted
from sayso.store.codec import digest, to_plain
from sayso.store.records_read import SqlReading
from sayso.store.redacting import Redaction
from sayso.store.rows import (
    Row,
    extraction_row,
    judgement_row,
    printable,
    report_row,
    statement_row,
)


class SqlStore(SqlReading):
    """One ledger in a database. For one thread; others open their own."""

    _largest: int
    """Bytes that one value may have."""

    @property
    @abstractmethod
    def url(self) -> str: ...

    @abstractmethod
    def close(self) -> None: ...

    # -----------------------------------------------------------------------------------------------
    # What each backend does in its own way

    @abstractmethod
    def search(self, query: str, *, limit: int) -> tuple[Hit, ...]: ...

    @abstractmethod
    def hits(self, query: str, *, statements: Collection[str], reports: Collection[str]) -> tuple[Hit, ...]: ...

    @abstractmethod
    def verify(self, *, head: str | None = None) -> tuple[Problem, ...]: ...

    @abstractmethod
    def purge(self) -> bool: ...

    @abstractmethod
    def _changeable(self) -> AbstractContextManager[None]:
        """Around a transaction that removes something for good."""

    @abstractmethod
    def _unlocked(self) -> AbstractContextManager[None]:
        """Within one: the triggers that keep `redacting.TABLES` are out of the way."""

    @abstractmethod
    def _index_report(self, report: Report) -> None:
        """Has `search` find a report that was just stored."""

    @abstractmethod
    def _index_reading(self, number: int, extraction: Extraction, statements: Sequence[Row]) -> None:
        """Has `search` find the statements of a reading that was just stored."""

    @abstractmethod
    def _index_anew(self) -> None:
        """Makes the search index again."""

    # -----------------------------------------------------------------------------------------------
    # Writing

    def refuses(self, captured: Captured) -> Problem | None:
        report = captured.report
        where = printable(report.capture.place)
        # A code point takes four bytes at most; zlib adds less than one part in a thousand.
        if max(len(captured.raw) + len(captured.raw) // 1000 + 100, 4 * len(report.text)) > self._largest:
            return Problem("it is too large for one record of the ledger", where, "Split it into smaller files.")
        for name, value in report_row(report).items():
            try:
                if isinstance(value, str):
                    value.encode("utf-8")
            except UnicodeEncodeError as error:
                return Problem(
                    f"its {name} holds half of a character (U+{ord(value[error.start]):04X} at {error.start})",
                    where,
                    "Save it again as valid UTF-8.",
                )
        return None

    def add(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        with self._rows.writing():
            known = self.known([entry.captured.report.id for entry in entries])
            blobs = self._blobs(entry.captured for entry in entries)
            stored: list[str] = []
            last, number = self._last_row(), self._next_number()
            for entry in entries:
                report = entry.captured.report
                if report.id in known:
                    continue
                last = self._note("report", self._store_report(entry.captured, blobs), after=last)
                reading = (entry.extraction, entry.reader, report.text)
                last = self._note_reading(*reading, number=number, after=last)
                number += 1
                known.add(report.id)
                stored.append(report.id)
        return tuple(stored)

    def add_extractions(self, extractions: Sequence[Extraction], *, reader: str) -> None:
        with self._rows.writing():
            last = self._last_row()
            for number, extraction in enumerate(extractions, start=self._next_number()):
                text = self._text_of(extraction.report)
                last = self._note_reading(extraction, reader, text, number=number, after=last)

    def judge(self, judgement: Judgement) -> None:
        with self._rows.writing():
            if self._rows.one("SELECT 1 AS found FROM judgements WHERE id = ?", judgement.id):
                return
            self._note("judgement", self._store_judgement(judgement), after=self._last_row())

    def note_rebuild(self) -> None:
        with self._rows.writing():
            self._index_anew()
            hashes = [row["sha256"] for row in self._rows.all("SELECT sha256 FROM stories ORDER BY id")]
            made = {"linker": self._derived.linker(), "sha256": digest(hashes)}
            self._note("rebuild", made, after=self._last_row())

    def take_over(self, noted: Sequence[Noted]) -> None:
        with self._rows.writing():
            last = self._last_row()
            blobs = self._blobs(each.captured for each in noted if each.captured)
            for each in noted:
                if (problem := journal.check_link(last, each.row)) is not None:
                    raise ValueError(f"{problem.where}: {problem.what}")
                self._store_noted(each, blobs)
                self._rows.insert("journal", [to_plain(each.row)])
                last = each.row

    def note(self, kind: str, payload: Mapping[str, object]) -> JournalRow:
        with self._rows.writing():
            return self._note(kind, dict(payload), after=self._last_row())

    def redact(self, redactions: Sequence[Redaction]) -> None:
        with self._changeable(), self._rows.writing(), self._unlocked():
            last = self._last_row()
            for redaction in redactions:
                says = redacting.put_in_place(self._rows, self._derived, redaction)
                last = self._note("redaction", says, after=last)
            self._index_anew()

    # -----------------------------------------------------------------------------------------------

    def _store_noted(self, noted: Noted, blobs: set[str]) -> None:
        payload = json.loads(noted.row.payload)
        if noted.captured:
            self._store_report(noted.captured, blobs)
        if noted.extraction:
            text = self._text_of(noted.extraction.report)
            number, reader = int(payload["extraction"]), str(payload["reader"])
            self._store_extraction(noted.extraction, number=number, reader=reader, text=text)
        if noted.judgement:
            self._store_judgement(noted.judgement)

    def _blobs(self, captured: Iterable[Captured]) -> set[str]:
        """Those of the hashes of their bytes that are stored already."""
        asked = sorted({each.report.sha256 for each in captured})
        return {row["sha256"] for row in self._rows.among("SELECT sha256 FROM blobs WHERE sha256 IN", asked)}

    def _store_report(self, captured: Captured, blobs: set[str]) -> dict[str, str]:
        """What the journal says of it; ``blobs`` are the hashes of bytes that are stored, and of these from now on."""
        given, raw = captured.report, captured.raw
        report = replace(given, capture=replace(given.capture, place=printable(given.capture.place)))
        if hashlib.sha256(raw).hexdigest() != report.sha256:
            raise ValueError(f"report {report.id}: its sha256 is not that of the bytes it came with")
        if report.sha256 not in blobs:
            blobs.add(report.sha256)
            blob = {"sha256": report.sha256, "size": len(raw), "bytes": zlib.compress(raw)}
            self._rows.insert("blobs", [blob])
        self._rows.insert("reports", [report_row(report)])
        self._index_report(report)
        self._await("report", report.id)
        return {"report": report.id, "sha256": report.sha256, "record": digest(report)}

    def _next_number(self) -> int:
        """The number of the next reading. Whoever writes has the ledger to themselves, so that nobody else takes it."""
        return int(self._rows.one("SELECT coalesce(max(seq), 0) + 1 AS next FROM extractions")["next"])

    def _note_reading(
        self, extraction: Extraction, reader: str, text: str, *, number: int, after: JournalRow | None
    ) -> JournalRow:
        sha256 = self._store_extraction(extraction, number=number, reader=reader, text=text)
        payload = {"extraction": number, "report": extraction.report, "reader": reader, "sha256": sha256}
        return self._note("extraction", payload, after=after)

    def _store_extraction(self, extraction: Extraction, *, number: int, reader: str, text: str) -> str:
        """The hash of the reading."""
        sha256 = digest(extraction)
        row = {"seq": number, **extraction_row(extraction, reader=reader, sha256=sha256)}
        self._rows.insert("extractions", [row])
        statements = [
            statement_row(statement, text=text, extraction=number, position=position)
            for position, statement in enumerate(extraction.statements)
        ]
        self._rows.insert("statements", statements)
        self._index_reading(number, extraction, statements)
        self._await("report", extraction.report)
        return sha256

    def _store_judgement(self, judgement: Judgement) -> dict[str, str]:
        """What the journal says of it."""
        self._rows.insert("judgements", [judgement_row(judgement)])
        self._await("judgement", judgement.id)
        return {"judgement": judgement.id, "sha256": digest(judgement)}

    def _text_of(self, report_id: str) -> str:
        row = self._rows.one("SELECT text FROM reports WHERE id = ?", report_id)
        if row is None:
            raise ValueError(f"report {report_id} is not in the ledger")
        return str(row["text"])

    def _await(self, kind: str, identifier: str) -> None:
        """What is derived does not hold this yet."""
        self._rows.insert("pending", [{"kind": kind, "id": identifier}], unless_there=True)

    def _note(self, kind: str, payload: object, *, after: JournalRow | None) -> JournalRow:
        """The row of the journal that follows on ``after``, its last."""
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        row = journal.next_row(after, at=at, kind=kind, payload=payload)
        self._rows.insert("journal", [to_plain(row)])
        return row
