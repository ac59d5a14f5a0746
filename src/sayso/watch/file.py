"""The file of a watcher: what was seen, when, with which validators; who holds the watch; which alerts were sent.

It is a SQLite file beside the ledger (``flood.db.watch``), not a part of the ledger. A ledger keeps evidence, appended for good, with
a journal that can be checked, and may be a database on another machine; what stands here is only how far a machine got, changes
with every poll, and can be deleted: then every place is asked for everything again, and the ledger knows what it has already.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sayso.errors import LedgerError, LedgerLocked, UsageError

APPLICATION_ID = 0x73617977  # "sayw", SQLite's mark for whose file it is
SCHEMA = 1
_BUSY_S = 10.0

_TABLES = """
CREATE TABLE places (
    name TEXT PRIMARY KEY,
    at TEXT NOT NULL,                  -- the address or path that was polled: another one is another place
    etag TEXT, modified TEXT,
    asked_at REAL, succeeded_at REAL,
    next_at REAL NOT NULL,
    failures INTEGER NOT NULL,         -- in a row
    error TEXT
) STRICT;
CREATE TABLE items (
    key TEXT PRIMARY KEY,              -- the address of a page, the path of a file, or the entry of a feed
    place TEXT NOT NULL,
    mark TEXT,
    deeper INTEGER NOT NULL,           -- a sitemap and not a page
    fallback TEXT NOT NULL,            -- what the place tells of the page, as JSON
    body TEXT, locator TEXT,           -- the feed that tells of it, and where in it
    due_at REAL,                       -- when to ask for it; NULL when there is nothing to ask for
    tries INTEGER NOT NULL,
    etag TEXT, modified TEXT,
    report TEXT,                       -- the report it became last
    first_at REAL NOT NULL, kept_at REAL,
    error TEXT
) STRICT;
CREATE INDEX items_due ON items (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX items_of_bodies ON items (body) WHERE body IS NOT NULL;
CREATE TABLE bodies (sha256 TEXT PRIMARY KEY, raw BLOB NOT NULL) STRICT;
CREATE TABLE hosts (host TEXT PRIMARY KEY, rests_until REAL NOT NULL) STRICT;
CREATE TABLE holder (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    token TEXT NOT NULL, pid INTEGER NOT NULL, machine TEXT NOT NULL, since REAL NOT NULL, beat REAL NOT NULL
) STRICT;
CREATE TABLE alerts (
    id TEXT NOT NULL, channel TEXT NOT NULL,
    at REAL NOT NULL,
    urgent INTEGER NOT NULL,
    body TEXT NOT NULL,                -- JSON
    message TEXT,                      -- the message it went into
    PRIMARY KEY (id, channel)
) STRICT;
CREATE TABLE messages (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL,
    at REAL NOT NULL,
    urgent INTEGER NOT NULL,
    body TEXT NOT NULL,                -- JSON, the same at every try
    tries INTEGER NOT NULL, next_at REAL NOT NULL,
    sent_at REAL, failed_at REAL,      -- NULL in both: still to be sent
    error TEXT
) STRICT;
CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


class WatchFile:
    """The open file. For one thread; others open their own. A context manager."""

    def __init__(self, db: sqlite3.Connection, path: str) -> None:
        self._db = db
        self.path = path

    def __enter__(self) -> WatchFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """What a query gives; ``values`` stand for its question marks."""
        with explained(self.path):
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        return next(iter(self.rows(sql, *values)), None)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside lands together, or not at all; inside another it is part of that one."""
        if self._db.in_transaction:
            yield
            return
        with explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise

    def write(self, sql: str, *values: Any) -> int:
        """Runs a statement; how many rows it changed."""
        with self.writing(), explained(self.path):
            return self._db.execute(sql, values).rowcount

    def note(self, key: str) -> str | None:
        found = self.row("SELECT value FROM notes WHERE key = ?", key)
        return str(found["value"]) if found else None

    def put_note(self, key: str, value: str) -> None:
        self.write("INSERT INTO notes VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)


def watch_path(ledger: str, state: str | None = None) -> str:
    """Where the file of a ledger's watcher lies. Raises UsageError for a ledger that is no file, where ``state`` says nothing else."""
    if state is not None:
        return state
    scheme, separator, rest = ledger.partition("://")
    file = rest.removeprefix("/") if separator else ledger
    if (separator and scheme != "sqlite") or file in ("", ":memory:") or "\0" in file:
        raise UsageError(
            "this ledger is no file, so that no file can lie beside it",
            where=ascii(ledger),
            remedy='Say in the configuration, under [watch], where to keep what was seen: state = "flood.watch".',
        )
    return f"{file}.watch"


def open_file(path: str) -> WatchFile:
    """The file at ``path``, made where there is none, for its owner's eyes alone. Raises LedgerError for one that cannot be used."""
    file = Path(path).absolute()
    try:
        if not file.exists():
            with suppress(FileExistsError):
                os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except (OSError, ValueError) as error:
        raise LedgerError(
            f"cannot be made ({getattr(error, 'strerror', None) or error})",
            where=path,
            remedy="It lies beside the ledger: choose a folder that may be written, or name another with state = … .",
        ) from error
    with explained(path):
        db = sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_BUSY_S)
        db.row_factory = sqlite3.Row
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            _set_up(db, path)
        except BaseException:
            db.close()
            raise
    return WatchFile(db, path)


def open_to_look(path: str) -> WatchFile:
    """The same for looking only; an empty one, in memory, where there is none."""
    file = Path(path).absolute()
    with explained(path):
        there = file.exists()
        db = sqlite3.connect(f"{file.as_uri()}?mode=ro" if there else ":memory:", uri=there, isolation_level=None)
        db.row_factory = sqlite3.Row
        if not there:
            _set_up(db, path)
    return WatchFile(db, path)


def _set_up(db: sqlite3.Connection, path: str) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if application == 0 and tables == 0:
            for statement in _TABLES.split(";\n"):
                if statement.strip():
                    db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {SCHEMA}")
        elif application != APPLICATION_ID:
            raise LedgerError("this is no file of a watcher", where=path, remedy="Name another with state = … .")
        elif version != SCHEMA:
            raise LedgerError(
                f"it is of version {version}, and this sayso knows version {SCHEMA}",
                where=path,
                remedy="Update sayso; or delete the file: then everything is asked for again, and nothing is doubled.",
            )
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Turns an error of SQLite into a LedgerError that says what it means for the user of ``path``."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise LedgerLocked("another process is writing to it", where=path, remedy="Try again.") from error
        raise LedgerError(
            f"cannot be used ({error})", where=path, remedy="Check the disk and its permissions."
        ) from error
    except sqlite3.DatabaseError as error:
        raise LedgerError(
            f"is damaged, or no database ({error})",
            where=path,
            remedy="Delete it: then everything is asked for again, and nothing is doubled.",
        ) from error
