"""The store that comes with Python: one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from sayso.model import Extraction, Problem, Report
from sayso.store import search, sqlite_checks
from sayso.store.base import Found, Hit, Opening
from sayso.store.connect import connect, explained, set_up, trigger_names
from sayso.store.database import SqliteDatabase
from sayso.store.records import SqlStore
from sayso.store.rows import Row
from sayso.store.verify import verify

_INDEXES = ("reports_fts", "statements_fts")


class SqliteStore(SqlStore):
    """One ledger in one SQLite file, or in memory. For one thread; others open their own."""

    _named_actors = """
        SELECT report, json_extract(chain.value, '$.actor.id') AS id, json_extract(chain.value, '$.actor') AS actor
        FROM current_extractions, json_each(current_extractions.actors) AS chain
    """

    def __init__(self, db: sqlite3.Connection, path: str, *, writable: bool) -> None:
        super().__init__(SqliteDatabase(db, path, writable=writable))
        self._db = db
        self._path = path
        self._largest = db.getlimit(sqlite3.SQLITE_LIMIT_LENGTH)

    @classmethod
    def open(cls, path: str, opening: Opening) -> SqliteStore:
        """The ledger in the file ``path``, or in memory when it is empty (see `sayso.store.open_store`)."""
        in_memory = path in ("", ":memory:")
        waits = opening.busy_timeout_s
        db, writable = connect(path, create=opening.create, busy_timeout_s=waits, damaged=opening.damaged)
        store = cls(db, path or ":memory:", writable=writable)
        try:
            create = opening.create or in_memory
            made = set_up(db, store._path, writable=writable, create=create, busy_timeout_s=waits)
            with explained(store._path):
                if made and not opening.bare:
                    store._note("init", {"application": "sayso", "schema": store._schema_version()}, after=None)
                if db.in_transaction:
                    db.execute("COMMIT")
                if opening.read_only and writable:
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

    def search(self, query: str, *, limit: int) -> tuple[Hit, ...]:
        with self.snapshot(), explained(self._path):
            return search.search(self._db, query, limit=limit)

    def hits(self, query: str, *, statements: Collection[str], reports: Collection[str]) -> tuple[Hit, ...]:
        with self.snapshot(), explained(self._path):
            return search.hits(self._db, query, statements=statements, reports=reports)

    def _find(self, query: str) -> tuple[Found, ...]:
        with self.snapshot(), explained(self._path):
            return search.find(self._db, query)

    def verify(self, *, head: str | None = None) -> tuple[Problem, ...]:
        with self.snapshot():
            found = verify(self._rows, head=head, derived=self._derived, own=sqlite_checks.CHECKS)
        return found + tuple(self._search_index())

    def _search_index(self) -> Iterator[Problem]:
        """Only a writer may ask FTS5 whether its index fits the words; it changes nothing."""
        if not self.writable:
            return
        for index in _INDEXES:
            try:
                self._db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError:
                yield Problem("the search index does not fit the records", index, "Run `sayso rebuild`.")

    def purge(self) -> bool:
        """Writes the file anew without what was removed, and empties the log beside it. False where another process is reading it."""
        with explained(self._path):
            self._db.execute("VACUUM")
            busy, *_ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    @contextmanager
    def _changeable(self) -> Iterator[None]:
        with explained(self._path):
            self._db.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
        yield

    @contextmanager
    def _unlocked(self) -> Iterator[None]:
        names = trigger_names()
        kept = [
            row["sql"]
            for row in self._rows.all("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            if row["name"] in names
        ]
        for name in sorted(names):
            self._rows.run(f"DROP TRIGGER IF EXISTS {name}")
        yield
        for sql in kept:
            self._rows.run(sql)

    def _schema_version(self) -> int:
        return int(self._rows.one("PRAGMA user_version")["user_version"])

    def _index_report(self, report: Report) -> None:
        self._rows.run(
            "INSERT INTO reports_fts (rowid, title, outlet, text) SELECT seq, title, outlet, text FROM reports"
            " WHERE id = ?",
            report.id,
        )

    def _index_reading(self, number: int, extraction: Extraction, statements: Sequence[Row]) -> None:
        self._rows.run(
            "INSERT INTO statements_fts (rowid, words, actor_name) SELECT seq, words, actor_name FROM statements"
            " WHERE extraction = ? ORDER BY position",
            number,
        )

    def _index_anew(self) -> None:
        for index in _INDEXES:
            self._rows.run(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
