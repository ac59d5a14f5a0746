"""The records of a ledger in SQL: what every backend that speaks it does alike, whatever its search and its errors are.

A backend gives a `Database` and fills in what is left open here: how words are indexed and found, who is named, and its own checks.
"""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from sayso.errors import LedgerDamaged
from sayso.model import Act, Actor, Captured, Extraction, Judgement, Kind, Problem, Report, Statement
from sayso.store import journal
from sayso.store.base import Entry, Hit, JournalRow, Noted, Stats
from sayso.store.codec import digest, from_plain, to_plain
from sayso.store.database import Database
from sayso.store.derived import SqlDerived
from sayso.store.rows import (
    Row,
    actor_from,
    extraction_from,
    extraction_row,
    judgement_from,
    judgement_row,
    printable,
    report_from,
    report_row,
    statement_from,
    statement_row,
)

_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_LOOKS_EVERY_S = 0.25  # between two looks at a journal that does not tell by itself that it grew


class SqlStore(ABC):
    """One ledger in a database. For one thread; others open their own."""

    _named_actors: str
    """A query for the actors as reports name them, whether or not they say anything: report, id, actor (JSON)."""

    _largest: int
    """Bytes that one value may have."""

    def __init__(self, rows: Database) -> None:
        self._rows = rows
        self._derived = SqlDerived(rows)

    @property
    def writable(self) -> bool:
        return self._rows.writable

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
    def verify(self, *, head: str | None = None) -> tuple[Problem, ...]: ...

    @abstractmethod
    def _schema_version(self) -> int: ...

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
    # Reading

    @property
    def derived(self) -> SqlDerived:
        return self._derived

    def snapshot(self) -> AbstractContextManager[None]:
        return self._rows.snapshot()

    def reports(self, ids: Collection[str] | None = None) -> Iterator[Report]:
        if ids is None:
            return (report_from(row) for row in self._rows.paged("SELECT * FROM reports", key="id"))
        wanted = sorted(set(ids))
        return (report_from(row) for row in self._rows.among("SELECT * FROM reports WHERE id IN", wanted, order="id"))

    def report(self, report_id: str) -> Report | None:
        row = self._rows.one("SELECT * FROM reports WHERE id = ?", report_id)
        return report_from(row) if row else None

    def known(self, report_ids: Collection[str]) -> set[str]:
        return {row["id"] for row in self._rows.among("SELECT id FROM reports WHERE id IN", sorted(report_ids))}

    def at_url(self, url: str) -> tuple[Report, ...]:
        return tuple(report_from(row) for row in self._rows.all("SELECT * FROM reports WHERE url = ? ORDER BY id", url))

    def raw(self, report_id: str) -> bytes | None:
        row = self._rows.one(
            "SELECT blobs.sha256, bytes FROM reports JOIN blobs ON blobs.sha256 = reports.sha256 WHERE id = ?",
            report_id,
        )
        if row is None:
            return None
        try:
            raw = zlib.decompress(row["bytes"])
        except zlib.error:
            raw = b""
        if hashlib.sha256(raw).hexdigest() != row["sha256"]:
            raise LedgerDamaged(
                f"the bytes of report {report_id} are not those that were captured",
                where=self._rows.where,
                remedy=journal.RESTORE,
            )
        return raw

    def extractions(self, ids: Collection[str] | None = None) -> Iterator[Extraction]:
        query = "SELECT * FROM current_extractions"
        if ids is None:
            return (self._whole(row) for row in self._rows.paged(query, key="report"))
        wanted = sorted(set(ids))
        return (self._whole(row) for row in self._rows.among(f"{query} WHERE report IN", wanted, order="report"))

    def extraction(self, report_id: str) -> Extraction | None:
        row = self._rows.one("SELECT * FROM current_extractions WHERE report = ?", report_id)
        return self._whole(row) if row else None

    def reading(self, number: int) -> Extraction | None:
        row = self._rows.one("SELECT * FROM extractions WHERE seq = ?", number)
        return self._whole(row) if row else None

    def readers(self) -> dict[str, str]:
        return {
            row["report"]: row["reader"] for row in self._rows.all("SELECT report, reader FROM current_extractions")
        }

    def statements(
        self,
        *,
        report: str | None = None,
        outlet: str | None = None,
        actor: str | None = None,
        act: Act | None = None,
        kind: Kind | None = None,
    ) -> Iterator[Statement]:
        asked: dict[str, list[str | None]] = {
            "s.report = ?": [report],
            "r.outlet = ?": [outlet],
            # Both know only letters of ASCII in either case: SQLite always, PostgreSQL in a column of the collation "C".
            "(s.actor_id = ? OR lower(s.actor_name) = ?)": [actor, actor.translate(_LOWER) if actor else None],
            "s.act = ?": [act.value if act else None],
            "s.kind = ?": [kind.value if kind else None],
        }
        asked = {condition: values for condition, values in asked.items() if values[0] is not None}
        rows = self._rows.all(
            "SELECT s.* FROM current_statements AS s JOIN reports AS r ON r.id = s.report"
            f" WHERE {' AND '.join(['true', *asked])} ORDER BY s.report, s.position",
            *(value for values in asked.values() for value in values),
        )
        return (statement_from(row) for row in rows)

    def statement(self, statement_id: str) -> Statement | None:
        row = self._rows.one("SELECT * FROM current_statements WHERE id = ?", statement_id)
        return statement_from(row) if row else None

    def actor(self, actor_id: str) -> Actor | None:
        row = self._rows.one(
            "SELECT * FROM current_statements WHERE actor_id = ? ORDER BY report, position LIMIT 1", actor_id
        )
        if row:
            return actor_from(row)
        query = f"SELECT actor FROM ({self._named_actors}) AS named WHERE id = ? ORDER BY report LIMIT 1"
        named = self._rows.one(query, actor_id)
        return from_plain(json.loads(named["actor"]), Actor) if named else None

    def judgements(self) -> tuple[Judgement, ...]:
        return tuple(judgement_from(row) for row in self._rows.all("SELECT * FROM judgements ORDER BY at, id"))

    def journal(self, *, after: str | None = None) -> Iterator[JournalRow]:
        if after is not None:
            since = (
                "SELECT * FROM journal WHERE seq > coalesce((SELECT seq FROM journal WHERE hash = ?), 0) ORDER BY seq"
            )
            return (JournalRow(**row) for row in self._rows.all(since, after))
        return (JournalRow(**row) for row in self._rows.paged("SELECT * FROM journal", key="seq"))

    def ids(self, prefix: str, *, limit: int) -> tuple[str, ...]:
        actors = f"SELECT actor_id AS id FROM current_statements UNION SELECT id FROM ({self._named_actors}) AS named"
        table = {
            "r": "reports",
            "s": "current_statements",
            "a": f"({actors}) AS actors",
            "j": "judgements",
        }.get(prefix.partition("-")[0])
        if table is None:
            return ()
        query = f"SELECT DISTINCT id FROM {table} WHERE id >= ? AND id < ? ORDER BY 1 LIMIT ?"
        return tuple(row["id"] for row in self._rows.all(query, prefix, prefix + "\x7f", limit))  # ids are ASCII

    def head(self) -> str:
        last = self._last_row()
        return last.hash if last else journal.BEFORE_FIRST

    def wait_for_change(self, head: str, *, timeout_s: float) -> str:
        deadline = time.monotonic() + timeout_s
        while (now := self.head()) == head and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(_LOOKS_EVERY_S, left))
        return now

    def stats(self) -> Stats:
        with self.snapshot():
            counted = ("reports", "blobs", "current_statements", "judgements", "origins", "questions", "claims")
            counts = [self._rows.one(f"SELECT count(*) AS rows FROM {table}")["rows"] for table in counted]
            reports, blobs, statements, judgements, origins, questions, claims = counts
            last = self._last_row()
            return Stats(
                reports=reports,
                blobs=blobs,
                bytes=int(self._rows.one("SELECT coalesce(sum(size), 0) AS bytes FROM blobs")["bytes"]),
                statements=statements,
                judgements=judgements,
                origins=origins,
                questions=questions,
                claims=claims,
                journal_rows=last.seq if last else 0,
                journal_head=last.hash if last else journal.BEFORE_FIRST,
                schema_version=self._schema_version(),
            )

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

    def _last_row(self) -> JournalRow | None:
        row = self._rows.one("SELECT * FROM journal ORDER BY seq DESC LIMIT 1")
        return JournalRow(**row) if row else None

    def _whole(self, row: Any) -> Extraction:
        return extraction_from(row, self._statement_rows(row["seq"]))

    def _statement_rows(self, number: int) -> Iterable[Row]:
        rows: list[Row] = self._rows.all("SELECT * FROM statements WHERE extraction = ? ORDER BY position", number)
        return rows
