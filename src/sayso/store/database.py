"""One connection to a database as the parts of a store use it: reading in pages, writing whole or not at all.

The SQL that is asked here is such that SQLite and PostgreSQL understand it alike; ``?`` stands for a value. A row can be asked for a
column by its name.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sayso.store.connect import explained, read_only
from sayso.store.rows import Row

PAGE = 200  # rows fetched at once, so that nothing is held open while a caller works on them
NO_LIMIT = 2**62  # what both take for "all of them"
_VARIABLES = 500  # values asked for in one statement; SQLite admits 32766, older builds 999


class Database(ABC):
    """A connection, with what errors call it. For one thread."""

    def __init__(self, where: str, *, writable: bool) -> None:
        self.where = where
        self.writable = writable

    @abstractmethod
    def all(self, query: str, *values: object) -> list[Any]: ...

    @abstractmethod
    def run(self, query: str, *values: object) -> None: ...

    @abstractmethod
    def insert(self, table: str, rows: Iterable[Row], *, unless_there: bool = False) -> None:
        """Inserts ``rows``, whose keys are columns of ``table``, the same in each; with ``unless_there`` those are left out whose
        key a row has already."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside it is of one moment, whatever other processes write meanwhile."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """One transaction: everything inside it lands, or nothing does; inside another one it is part of that."""

    def indexed(self, value: str) -> str:
        """``value`` as it stands in a column that is looked up by an index: itself, if an index holds values of any length."""
        return value

    def each(self, query: str, asked: Sequence[Sequence[object]]) -> list[list[Any]]:
        """The rows for each of these values in turn."""
        return [self.all(query, *values) for values in asked]

    def one(self, query: str, *values: object) -> Any:
        """The first row, or None."""
        return next(iter(self.all(query, *values)), None)

    def among(self, query: str, values: Sequence[str], *before: object, order: str | None = None) -> Iterator[Any]:
        """The rows whose column, with which ``query`` ends, is one of ``values``; ``before`` fills what stands before it. In the
        order of that column if ``values`` are, and ``order`` names it."""
        size = PAGE if order else _VARIABLES
        for start in range(0, len(values), size):
            some = values[start : start + size]
            after = f" ORDER BY {order}" if order else ""
            yield from self.all(f"{query} ({', '.join('?' * len(some))}){after}", *before, *some)

    def paged(self, query: str, *, key: str) -> Iterator[Any]:
        """The rows by ``key``, which is unique, a page at a time."""
        rows = self.all(f"{query} ORDER BY {key} LIMIT {PAGE}")
        while rows:
            yield from rows
            rows = self.all(f"{query} WHERE {key} > ? ORDER BY {key} LIMIT {PAGE}", rows[-1][key])


def insertion(table: str, row: Row, *, unless_there: bool) -> str:
    """The statement that inserts a row with these keys."""
    statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    return f"{statement} ON CONFLICT DO NOTHING" if unless_there else statement


class SqliteDatabase(Database):
    """A connection to a SQLite file, or to a database in memory."""

    def __init__(self, connection: sqlite3.Connection, where: str, *, writable: bool) -> None:
        super().__init__(where, writable=writable)
        self.connection = connection
        self._in_snapshot = False

    def all(self, query: str, *values: object) -> list[Any]:
        with explained(self.where):
            return self.connection.execute(query, values).fetchall()

    def run(self, query: str, *values: object) -> None:
        with explained(self.where):
            self.connection.execute(query, values)

    def insert(self, table: str, rows: Iterable[Row], *, unless_there: bool = False) -> None:
        with explained(self.where):
            for row in rows:
                self.connection.execute(insertion(table, row, unless_there=unless_there), tuple(row.values()))

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        if self.connection.in_transaction:
            yield
            return
        with explained(self.where):
            self.connection.execute("BEGIN")
        self._in_snapshot = True
        try:
            yield
        finally:
            self._in_snapshot = False
            self.connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[None]:
        if not self.writable:
            raise read_only(self.where)
        if self._in_snapshot:
            raise RuntimeError("what is written inside a snapshot would be lost")
        nested = self.connection.in_transaction
        if nested:
            yield
            return
        with explained(self.where):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # a full disk makes SQLite roll back by itself
                    self.connection.execute("ROLLBACK")
                raise
