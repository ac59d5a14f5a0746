"""A session on the server as the parts of a store use it (see `sayso.store.database.Database`).

One writes at a time, as in the SQLite file: a transaction that writes begins by taking the lock of its ledger, and keeps it to the end. So
the journal has one chain, and nothing is filed in stories by two at once. Reading never waits: it sees what had landed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

import psycopg

from sayso.store.database import Database, insertion
from sayso.store.postgres.connect import TAKE_LOCK, Address, Connection, connected
from sayso.store.postgres.failures import explained, read_only
from sayso.store.rows import Row

_WAITING = 1000  # changes; a batch of reports has some hundreds
_INDEXED_BYTES = 1000  # a B-tree of PostgreSQL holds 2700 in one entry


class PostgresDatabase(Database):
    """A session that is begun again, once, when it turns out to be lost before anything was done in a transaction."""

    def __init__(self, address: Address, connection: Connection) -> None:
        super().__init__(address.shown, writable=True)
        self.connection = connection
        self._address = address
        self._read_only = False
        self._inside: str | None = None  # "snapshot" or "writing", while in a transaction
        self._ended = False
        self._waiting: list[tuple[bytes, tuple[object, ...]]] = []  # changes to be made before anything is asked

    def permit(self, *, writable: bool, read_only: bool) -> None:
        """Whether what follows may write; with ``read_only`` the server itself refuses from now on."""
        self.writable = writable and not read_only
        self._read_only = read_only
        if read_only:
            self._forbid_writing()

    def close(self) -> None:
        self._ended = True
        self.connection.close()

    def all(self, query: str, *values: object) -> list[Any]:
        with self._explained():
            return self._execute(query, values).fetchall()

    def each(self, query: str, asked: Sequence[Sequence[object]]) -> list[list[Any]]:
        if not asked:
            return []
        with self._explained():
            self._execute("SELECT 1", ())  # so that the session is there, and what waits is sent
            with self.connection.pipeline():  # one way to the server and back for all of them
                cursors = [self.connection.execute(_translated(query), tuple(values)) for values in asked]
            return [cursor.fetchall() for cursor in cursors]

    def run(self, query: str, *values: object) -> None:
        if self._inside == "writing":
            self._wait(_translated(query) if values else query.encode("utf-8"), values)
            return
        with self._explained():
            self._execute(query, values)

    def insert(self, table: str, rows: Iterable[Row], *, unless_there: bool = False) -> None:
        for row in rows:
            self._wait(_translated(insertion(table, row, unless_there=unless_there)), tuple(row.values()))

    def indexed(self, value: str) -> str:
        raw = value.encode("utf-8")
        return value if len(raw) <= _INDEXED_BYTES else hashlib.sha256(raw).hexdigest()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        if self._inside:
            yield
            return
        with self._explained():
            self._execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ())
        self._inside = "snapshot"
        try:
            yield
        finally:
            self._inside = None
            self._roll_back()

    @contextmanager
    def writing(self) -> Iterator[None]:
        if not self.writable:
            raise read_only(self.where)
        if self._inside == "snapshot":
            raise RuntimeError("what is written inside a snapshot would be lost")
        if self._inside:
            yield
            return
        with self._explained():
            self._execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", ())
        self._inside = "writing"
        try:
            with self._explained():
                self._execute(TAKE_LOCK, ())  # what is read from now on is what whoever held it before left
            yield
            with self._explained():
                self._execute("COMMIT", ())
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._inside = None

    @contextmanager
    def begun(self) -> Iterator[None]:
        """For a transaction that `connect.set_up` left open: it ends as one that was begun here."""
        self._inside = "writing"
        try:
            yield
            with self._explained():
                self._execute("COMMIT", ())
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._inside = None

    # -----------------------------------------------------------------------------------------------

    def _wait(self, statement: bytes, values: tuple[object, ...]) -> None:
        """Has a change wait for the next question, or for the end of the transaction."""
        self._waiting.append((statement, values))
        if len(self._waiting) > _WAITING:
            with self._explained():
                self._send_waiting()

    def _send_waiting(self) -> None:
        """Sends the changes that wait all together: a way to the server and back for each would take most of the time."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        with self.connection.pipeline():
            for statement, values in waiting:
                self.connection.execute(statement, values or None)

    def _execute(self, query: str, values: tuple[object, ...]) -> psycopg.Cursor[dict[str, Any]]:
        self._send_waiting()
        asked = _translated(query) if values else query.encode("utf-8")
        try:
            return self.connection.execute(asked, values or None)
        except psycopg.OperationalError:
            if self._inside or self._ended or not self.connection.closed:
                raise
        self.connection = connected(self._address)
        if self._read_only:
            self._forbid_writing()
        return self.connection.execute(asked, values or None)

    def _forbid_writing(self) -> None:
        with self._explained():
            self.connection.execute("SET default_transaction_read_only = on")

    def _roll_back(self) -> None:
        self._waiting = []
        with suppress(psycopg.Error):  # a session that is lost has nothing to undo
            self.connection.execute("ROLLBACK")

    def _explained(self) -> Any:
        return explained(self.where, secret=self._address.secret)


@lru_cache(maxsize=500)
def _translated(query: str) -> bytes:
    """The query with the marks of psycopg for its values."""
    return query.replace("%", "%%").replace("?", "%s").encode("utf-8")
