"""The store on a PostgreSQL server."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import psycopg

from sayso.errors import LedgerError
from sayso.model import Extraction, Problem, Report
from sayso.store.base import Found, Hit, Opening
from sayso.store.postgres import checks
from sayso.store.postgres.connect import Connection, address_of, connected, may_write, set_up
from sayso.store.postgres.database import PostgresDatabase
from sayso.store.postgres.failures import explained
from sayso.store.postgres.lookup import (
    actor_rows,
    actors_of,
    report_words,
    statement_words,
    words_of_report,
    words_of_statements,
)
from sayso.store.postgres.search import find, hits, search
from sayso.store.postgres.words import Words
from sayso.store.records import SqlStore
from sayso.store.redacting import TABLES
from sayso.store.rows import Row
from sayso.store.verify import verify

_LISTENS_S = 5.0  # after so long the journal is looked at in any case: a message may be lost with its session


class PostgresStore(SqlStore):
    """One ledger in one schema of a database. For one thread; others open their own."""

    _named_actors = """
        SELECT named_actors.report, named_actors.id, named_actors.actor
        FROM named_actors JOIN current_extractions ON current_extractions.seq = named_actors.extraction
    """
    _largest = 2**28  # PostgreSQL holds values of 1 GiB, and sends bytes at twice their size

    def __init__(self, database: PostgresDatabase) -> None:
        super().__init__(database)
        self._database = database
        self._words = Words()
        self._listening: Connection | None = None

    @classmethod
    def open(cls, url: str, opening: Opening) -> PostgresStore:
        """The ledger that ``url`` leads to (see `sayso.store.open_store`)."""
        address = address_of(url, busy_timeout_s=opening.busy_timeout_s)
        connection = connected(address)
        store = cls(PostgresDatabase(address, connection))
        try:
            made = set_up(connection, address.shown, create=opening.create)
            if connection.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
                with store._database.begun():
                    if made and not opening.bare:
                        store._note("init", {"application": "sayso", "schema": store._schema_version()}, after=None)
            with explained(address.shown):
                store._database.permit(writable=may_write(connection), read_only=opening.read_only)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        self._words.close()
        self._database.close()

    @property
    def url(self) -> str:
        """Without a password."""
        return self._rows.where

    def search(self, query: str, *, limit: int) -> tuple[Hit, ...]:
        with self.snapshot():
            return search(self._rows, self._words, query, limit=limit)

    def hits(self, query: str, *, statements: Collection[str], reports: Collection[str]) -> tuple[Hit, ...]:
        with self.snapshot():
            return hits(self._rows, self._words, query, statements=statements, reports=reports)

    def _find(self, query: str) -> tuple[Found, ...]:
        with self.snapshot():
            return find(self._rows, self._words, query)

    def verify(self, *, head: str | None = None) -> tuple[Problem, ...]:
        own = (checks.triggers, checks.index_fits(self._words))
        with self.snapshot():
            return verify(self._rows, head=head, derived=self._derived, own=own)

    def wait_for_change(self, head: str, *, timeout_s: float) -> str:
        deadline = time.monotonic() + timeout_s
        while True:
            told = self._listen()  # first, so that nothing lands unheard between the look and the wait
            now = self.head()
            left = deadline - time.monotonic()
            if now != head or left <= 0:
                return now
            if not told:
                return super().wait_for_change(head, timeout_s=left)
            try:
                for _ in self._database.connection.notifies(timeout=min(left, _LISTENS_S), stop_after=1):
                    pass
            except psycopg.Error:
                self._listening = None  # the next look begins a new session, or says why not

    def _listen(self) -> bool:
        """Whether this session is told of new rows of the journal; a standby server tells nobody."""
        if self._listening is not self._database.connection:
            channel = self._rows.one("SELECT CAST('journal' AS regclass)::oid::bigint AS number")["number"]
            try:
                self._rows.run(f"LISTEN sayso_journal_{int(channel)}")
            except LedgerError:
                return False
            self._listening = self._database.connection
        return True

    def purge(self) -> bool:
        """Writes the tables anew without what was removed. What the server's own log and its copies hold nobody reaches from here."""
        for row in self._rows.all(
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        ):
            self._rows.run(f'VACUUM FULL "{row["name"]}"')
        return True

    @contextmanager
    def _changeable(self) -> Iterator[None]:
        yield

    @contextmanager
    def _unlocked(self) -> Iterator[None]:
        for table in TABLES:
            self._rows.run(f"ALTER TABLE {table} DISABLE TRIGGER keep_{table}")
        yield
        for table in TABLES:
            self._rows.run(f"ALTER TABLE {table} ENABLE TRIGGER keep_{table}")

    def _schema_version(self) -> int:
        return int(self._rows.one("SELECT version FROM sayso_schema")["version"])

    def _index_report(self, report: Report) -> None:
        self._rows.insert("report_words", [words_of_report(self._words, report)])

    def _index_reading(self, number: int, extraction: Extraction, statements: Sequence[Row]) -> None:
        self._rows.insert("statement_words", words_of_statements(self._words, statements))
        self._rows.insert("named_actors", actors_of(number, extraction))

    def _index_anew(self) -> None:
        for table, made in (
            ("report_words", report_words(self._rows, self._words)),
            ("statement_words", statement_words(self._rows, self._words)),
            ("named_actors", actor_rows(self._rows)),
        ):
            self._rows.run(f"DELETE FROM {table}")
            for rows in made:
                self._rows.insert(table, rows)
