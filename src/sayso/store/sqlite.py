"""The store that comes with Python: one SQLite file."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sayso.errors import LedgerDamaged
from sayso.model import Act, Actor, Captured, Extraction, Judgement, Kind, Problem, Report, Statement
from sayso.store import journal, search, verify
from sayso.store.base import Entry, Hit, JournalRow, Stats
from sayso.store.codec import digest, from_plain, to_plain
from sayso.store.connect import connect, explained, set_up
from sayso.store.database import Database
from sayso.store.derived import SqliteDerived
from sayso.store.rows import (
    actor_from,
    extraction_from,
    extraction_row,
    insert,
    judgement_from,
    judgement_row,
    printable,
    report_from,
    report_row,
    statement_from,
    statement_row,
)

# Actors as reports name them, whether or not they say anything.
_NAMED_ACTORS = """
    SELECT report, json_extract(chain.value, '$.actor.id') AS id, json_extract(chain.value, '$.actor') AS actor
    FROM current_extractions, json_each(current_extractions.actors) AS chain
"""


class SqliteStore:
    """One ledger in one SQLite file, or in memory. For one thread; others open their own."""

    def __init__(self, db: sqlite3.Connection, path: str, *, writable: bool) -> None:
        self._db = db
        self._path = path
        self._rows = Database(db, path, writable=writable)
        self._derived = SqliteDerived(self._rows)

    @classmethod
    def open(cls, path: str, *, create: bool, busy_timeout_s: float, read_only: bool = False) -> SqliteStore:
        """The ledger in the file ``path``, or in memory when it is empty (see `sayso.store.open_store`)."""
        in_memory = path in ("", ":memory:")
        db, writable = connect(path, create=create, busy_timeout_s=busy_timeout_s)
        store = cls(db, path or ":memory:", writable=writable)
        try:
            made = set_up(db, store._path, writable=writable, create=create or in_memory, busy_timeout_s=busy_timeout_s)
            with explained(store._path):
                if made:
                    (version,) = db.execute("PRAGMA user_version").fetchone()
                    store._note("init", {"application": "sayso", "schema": version})
                if db.in_transaction:
                    db.execute("COMMIT")
                if read_only and writable:
                    db.execute("PRAGMA query_only = ON")  # SQLite itself refuses from now on
                    return cls(db, store._path, writable=False)
        except BaseException:
            db.close()
            raise
        return store

    def close(self) -> None:
        self._db.close()

    @property
    def url(self) -> str:
        return f"sqlite:///{'' if self._path == ':memory:' else self._path}"

    @property
    def writable(self) -> bool:
        return self._rows.writable

    # -----------------------------------------------------------------------------------------------
    # Reading

    @property
    def derived(self) -> SqliteDerived:
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
                where=self._path,
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
            "(s.actor_id = ? OR s.actor_name = ? COLLATE NOCASE)": [actor, actor],
            "s.act = ?": [act],
            "s.kind = ?": [kind],
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
        named = self._rows.one(f"SELECT actor FROM ({_NAMED_ACTORS}) WHERE id = ? ORDER BY report LIMIT 1", actor_id)
        return from_plain(json.loads(named["actor"]), Actor) if named else None

    def judgements(self) -> tuple[Judgement, ...]:
        return tuple(judgement_from(row) for row in self._rows.all("SELECT * FROM judgements ORDER BY at, id"))

    def journal(self, *, after: str | None = None) -> Iterator[JournalRow]:
        if after is not None:
            since = (
                "SELECT * FROM journal WHERE seq > coalesce((SELECT seq FROM journal WHERE hash = ?), 0) ORDER BY seq"
            )
            return (JournalRow(*row) for row in self._rows.all(since, after))
        return (JournalRow(*row) for row in self._rows.paged("SELECT * FROM journal", key="seq"))

    def search(self, query: str, *, limit: int) -> tuple[Hit, ...]:
        with self.snapshot(), explained(self._path):
            return search.search(self._db, query, limit=limit)

    def ids(self, prefix: str, *, limit: int) -> tuple[str, ...]:
        sought = {
            "r": ("id", "reports"),
            "s": ("id", "current_statements"),
            "a": ("id", f"(SELECT actor_id AS id FROM current_statements UNION SELECT id FROM ({_NAMED_ACTORS}))"),
            "j": ("id", "judgements"),
        }.get(prefix.partition("-")[0])
        if sought is None:
            return ()
        column, table = sought
        query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ? AND {column} < ? ORDER BY 1 LIMIT ?"
        return tuple(row[0] for row in self._rows.all(query, prefix, prefix + "\x7f", limit))  # ids are ASCII

    def head(self) -> str:
        with explained(self._path):
            last = self._last_row()
        return last.hash if last else journal.BEFORE_FIRST

    def stats(self) -> Stats:
        with self.snapshot(), explained(self._path):
            counted = ("reports", "blobs", "current_statements", "judgements", "origins", "questions", "claims")
            counts = [self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in counted]
            reports, blobs, statements, judgements, origins, questions, claims = counts
            last = self._last_row()
            return Stats(
                reports=reports,
                blobs=blobs,
                bytes=self._db.execute("SELECT coalesce(sum(size), 0) FROM blobs").fetchone()[0],
                statements=statements,
                judgements=judgements,
                origins=origins,
                questions=questions,
                claims=claims,
                journal_rows=last.seq if last else 0,
                journal_head=last.hash if last else journal.BEFORE_FIRST,
                schema_version=self._db.execute("PRAGMA user_version").fetchone()[0],
            )

    def verify(self, *, head: str | None = None) -> tuple[Problem, ...]:
        with self.snapshot():
            found = verify.verify(self._db, head=head, derived=self._derived)
        return found + tuple(self._search_index())

    # -----------------------------------------------------------------------------------------------
    # Writing

    def refuses(self, captured: Captured) -> Problem | None:
        report = captured.report
        where = printable(report.capture.place)
        largest = self._db.getlimit(sqlite3.SQLITE_LIMIT_LENGTH)
        # A code point takes four bytes at most; zlib adds less than one part in a thousand.
        if max(len(captured.raw) + len(captured.raw) // 1000 + 100, 4 * len(report.text)) > largest:
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
            stored: list[str] = []
            for entry in entries:
                report = entry.captured.report
                if report.id in known:
                    continue
                self._store_report(entry.captured)
                self._store_extraction(entry.extraction, reader=entry.reader, text=report.text)
                known.add(report.id)
                stored.append(report.id)
        return tuple(stored)

    def add_extractions(self, extractions: Sequence[Extraction], *, reader: str) -> None:
        with self._rows.writing():
            for extraction in extractions:
                row = self._rows.one("SELECT text FROM reports WHERE id = ?", extraction.report)
                if row is None:
                    raise ValueError(f"report {extraction.report} is not in the ledger")
                self._store_extraction(extraction, reader=reader, text=row["text"])

    def judge(self, judgement: Judgement) -> None:
        with self._rows.writing():
            if self._rows.one("SELECT 1 FROM judgements WHERE id = ?", judgement.id):
                return
            insert(self._db, "judgements", [judgement_row(judgement)])
            self._await("judgement", judgement.id)
            self._note("judgement", {"judgement": judgement.id, "sha256": digest(judgement)})

    def note_rebuild(self) -> None:
        with self._rows.writing():
            for index in ("reports_fts", "statements_fts"):
                self._db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
            hashes = [row["sha256"] for row in self._rows.all("SELECT sha256 FROM stories ORDER BY id")]
            self._note("rebuild", {"linker": self._derived.linker(), "sha256": digest(hashes)})

    # -----------------------------------------------------------------------------------------------

    def _store_report(self, captured: Captured) -> None:
        given, raw = captured.report, captured.raw
        report = replace(given, capture=replace(given.capture, place=printable(given.capture.place)))
        if hashlib.sha256(raw).hexdigest() != report.sha256:
            raise ValueError(f"report {report.id}: its sha256 is not that of the bytes it came with")
        if not self._rows.one("SELECT 1 FROM blobs WHERE sha256 = ?", report.sha256):
            insert(self._db, "blobs", [{"sha256": report.sha256, "size": len(raw), "bytes": zlib.compress(raw)}])
        seq = insert(self._db, "reports", [report_row(report)])
        index = {"rowid": seq, "title": report.title, "outlet": report.outlet, "text": report.text}
        insert(self._db, "reports_fts", [index])
        self._await("report", report.id)
        self._note("report", {"report": report.id, "sha256": report.sha256, "record": digest(report)})

    def _store_extraction(self, extraction: Extraction, *, reader: str, text: str) -> None:
        sha256 = digest(extraction)
        seq = insert(self._db, "extractions", [extraction_row(extraction, reader=reader, sha256=sha256)])
        for at, statement in enumerate(extraction.statements):
            row = statement_row(statement, text=text, extraction=seq, position=at)
            rowid = insert(self._db, "statements", [row])
            index = {"rowid": rowid, "words": row["words"], "actor_name": row["actor_name"]}
            insert(self._db, "statements_fts", [index])
        self._await("report", extraction.report)
        payload = {"extraction": seq, "report": extraction.report, "reader": reader, "sha256": sha256}
        self._note("extraction", payload)

    def _await(self, kind: str, identifier: str) -> None:
        """What is derived does not hold this yet."""
        self._db.execute("INSERT OR IGNORE INTO pending (kind, id) VALUES (?, ?)", (kind, identifier))

    def _note(self, kind: str, payload: object) -> None:
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        insert(self._db, "journal", [to_plain(journal.next_row(self._last_row(), at=at, kind=kind, payload=payload))])

    def _last_row(self) -> JournalRow | None:
        row = self._db.execute("SELECT * FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        return JournalRow(*row) if row else None

    def _search_index(self) -> Iterator[Problem]:
        """Only a writer may ask FTS5 whether its index fits the words; it changes nothing."""
        if not self._rows.writable:
            return
        for index in ("reports_fts", "statements_fts"):
            try:
                self._db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError:
                yield Problem("the search index does not fit the records", index, "Run `sayso rebuild`.")

    def _whole(self, row: Any) -> Extraction:
        return extraction_from(
            row, self._rows.all("SELECT * FROM statements WHERE extraction = ? ORDER BY position", row["seq"])
        )
