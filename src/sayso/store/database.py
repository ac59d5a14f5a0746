"""One SQLite connection as the parts of a store use it: reading in pages, writing whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sayso.store.connect import explained, read_only

_PAGE = 200  # rows fetched at once, so that nothing is held open while a caller works on them
_VARIABLES = 500  # values asked for in one statement; SQLite admits 32766, older builds 999


class Database:
    """A connection with its path, which errors name. For one thread."""

    def __init__(self, connection: sqlite3.Connection, path: str, *, writable: bool) -> None:
        self.connection = connection
        self.path = path
        self.writable = writable
        self._in_snapshot = False

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside it is of one moment, whatever other processes write meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        with explained(self.path):
            self.connection.execute("BEGIN")
        self._in_snapshot = True
        try:
            yield
        finally:
            self._in_snapshot = False
            self.connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: everything inside it lands, or nothing does; inside another one it is part of that."""
        if not self.writable:
            raise read_only(self.path)
        if self._in_snapshot:
            raise RuntimeError("what is written inside a snapshot would be lost")
        nested = self.connection.in_transaction
        if nested:
            yield
            return
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # a full disk makes SQLite roll back by itself
                    self.connection.execute("ROLLBACK")
                raise

    def one(self, query: str, *values: object) -> Any:
        """The first row, or None."""
        return next(iter(self.all(query, *values)), None)

    def all(self, query: str, *values: object) -> list[Any]:
        with explained(self.path):
            return self.connection.execute(query, values).fetchall()

    def among(self, query: str, values: Sequence[str], *before: object, order: str | None = None) -> Iterator[Any]:
        """The rows whose column, with which ``query`` ends, is one of ``values``; ``before`` fills what stands before it. In the
        order of that column if ``values`` are, and ``order`` names it."""
        size = _PAGE if order else _VARIABLES
        for start in range(0, len(values), size):
            some = values[start : start + size]
            after = f" ORDER BY {order}" if order else ""
            yield from self.all(f"{query} ({', '.join('?' * len(some))}){after}", *before, *some)

    def paged(self, query: str, *, key: str) -> Iterator[Any]:
        """The rows by ``key``, which is unique, a page at a time."""
        rows = self.all(f"{query} ORDER BY {key} LIMIT {_PAGE}")
        while rows:
            yield from rows
            rows = self.all(f"{query} WHERE {key} > ? ORDER BY {key} LIMIT {_PAGE}", rows[-1][key])
