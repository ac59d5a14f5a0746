"""The file of people: its schema, and the people in it.

It lies beside the ledger (``flood.db.people``), may be read by its owner alone, and holds no password, no session and no token, only
hashes of them. Times are seconds since 1970; in the audit log they are ISO 8601.
"""

from __future__ import annotations

import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

from sayso.errors import LedgerError, LedgerLocked, RecordNotFound, UsageError
from sayso.serve.people.roles import Role

APPLICATION_ID = 0x73617970  # "sayp", SQLite's mark for whose file it is
SCHEMA = 1
_BUSY_S = 5.0  # a writer holds the file for milliseconds

_LARGEST = 2**63 - 1  # what SQLite can compare with an id

_TABLES = """
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,          -- the name as it is compared
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'admin')),
    password TEXT,                     -- argon2id, None once the person was removed
    added_at REAL NOT NULL,
    removed_at REAL
) STRICT;
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,             -- SHA-256 of the id that the browser holds
    person INTEGER NOT NULL REFERENCES people (id),
    made_at REAL NOT NULL,
    used_at REAL NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person);
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,         -- SHA-256 of the token
    person INTEGER NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
    made_at REAL NOT NULL,
    ends_at REAL NOT NULL,
    used_at REAL,
    revoked_at REAL
) STRICT;
CREATE TABLE attempts (
    key TEXT PRIMARY KEY,              -- a name or an address, hashed
    failed INTEGER NOT NULL,
    last_at REAL NOT NULL
) STRICT;
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    address TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as the list shows them. ``removed_at`` is None for those who may log in."""

    id: int
    name: str
    role: Role
    added_at: float
    removed_at: float | None


class PeopleStore:
    """The open file of people, for all threads of a process. ``clock`` gives seconds since 1970. A context manager."""

    def __init__(self, db: sqlite3.Connection, path: str, clock: Callable[[], float] = time.time) -> None:
        self._db = db
        self._lock = threading.RLock()
        self.path = path
        self.now = clock

    def __enter__(self) -> PeopleStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """What a query gives; ``values`` stand for its question marks."""
        with self._lock, _explained(self.path):
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        return next(iter(self.rows(sql, *values)), None)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside lands together, or not at all; inside another it is part of that one."""
        with self._lock, _explained(self.path):
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # what could not be committed may be undone already
                    self._db.execute("ROLLBACK")
                raise

    # -----------------------------------------------------------------------------------------------
    # People

    def people(self, *, removed: bool = False) -> tuple[Listed, ...]:
        """Everyone who may log in, by name; with ``removed`` those too who may no longer."""
        found = self.rows("SELECT id, name, role, added_at, removed_at FROM people ORDER BY key")
        return tuple(_listed(row) for row in found if removed or row["removed_at"] is None)

    def person(self, given: str | int) -> Listed:
        """Whoever has this name or id and may log in. Raises RecordNotFound."""
        by, value = ("id", min(given, _LARGEST)) if isinstance(given, int) else ("key", name_key(given))
        row = self.row(f"SELECT id, name, role, added_at, removed_at FROM people WHERE {by} = ?", value)
        if row is None or row["removed_at"] is not None:
            raise RecordNotFound(
                "nobody of this name may log in here", where=str(given), remedy="See `sayso people LEDGER list`."
            )
        return _listed(row)

    def password_of(self, name: str) -> tuple[int, str, str] | None:
        """The id, the name and the password's hash of whoever has this name, or None."""
        row = self.row("SELECT id, name, password FROM people WHERE key = ? AND removed_at IS NULL", name_key(name))
        return (row["id"], row["name"], row["password"]) if row else None

    def add(self, name: str, role: Role, password_hash: str) -> Listed:
        """A new person; one who was removed comes back. Raises UsageError for a name that cannot be one, or is taken."""
        shown = checked_name(name)
        with self.writing():
            known = self.row("SELECT id, removed_at FROM people WHERE key = ?", name_key(shown))
            if known is not None and known["removed_at"] is None:
                raise UsageError(
                    "somebody has this name", where=shown, remedy="Choose another, or change the role of this person."
                )
            if known is not None:
                self.do(
                    "UPDATE people SET name = ?, role = ?, password = ?, added_at = ?, removed_at = NULL WHERE id = ?",
                    shown, role.word, password_hash, self.now(), known["id"],
                )  # fmt: skip
            else:
                self.do(
                    "INSERT INTO people (name, key, role, password, added_at) VALUES (?, ?, ?, ?, ?)",
                    shown, name_key(shown), role.word, password_hash, self.now(),
                )  # fmt: skip
        return self.person(shown)

    def set_role(self, person: Listed, role: Role) -> None:
        """Holds from the person's next request. Raises UsageError where no admin would be left."""
        with self.writing():
            if role is not Role.ADMIN:
                self._refuse_the_last_admin(person)
            self.do("UPDATE people SET role = ? WHERE id = ?", role.word, person.id)

    def set_password(self, person_id: int, password_hash: str) -> None:
        self.do("UPDATE people SET password = ? WHERE id = ?", password_hash, person_id)

    def remove(self, person: Listed) -> None:
        """The person may not log in any more; sessions end and tokens are revoked. The name stays theirs.

        Raises UsageError where no admin would be left.
        """
        with self.writing():
            self._refuse_the_last_admin(person)
            self.do("UPDATE people SET password = NULL, removed_at = ? WHERE id = ?", self.now(), person.id)
            self.do("DELETE FROM sessions WHERE person = ?", person.id)
            self.do("UPDATE tokens SET revoked_at = ? WHERE person = ? AND revoked_at IS NULL", self.now(), person.id)

    def _refuse_the_last_admin(self, person: Listed) -> None:
        others = self.row("SELECT 1 FROM people WHERE role = 'admin' AND removed_at IS NULL AND id != ?", person.id)
        if person.role is Role.ADMIN and others is None:
            raise UsageError(
                "nobody would be left to manage people", where=person.name, remedy="Make somebody else an admin first."
            )

    def do(self, sql: str, *values: Any) -> int:
        """Writes; how many rows it touched."""
        with self.writing():
            return self._db.execute(sql, values).rowcount


# ---------------------------------------------------------------------------------------------------
# Names

_NAME = re.compile(r"[^\W_](?:[\w .'’-]{0,62}[\w.])?")
_TAKEN = {"machine", "somebody"}  # who is named where a program decided, and where nobody logged in


def checked_name(name: str) -> str:
    """``name`` as it is kept. Raises UsageError for what could be taken for something else: a path, markup, another's name."""
    shown = normalize("NFKC", " ".join(name.split()))
    if _NAME.fullmatch(shown) is None or any(category(c)[0] == "C" for c in shown) or name_key(shown) in _TAKEN:
        raise UsageError(
            "this cannot be a person's name here",
            where=ascii(name[:80]),
            remedy="Take letters and digits, with spaces, dots, dashes or apostrophes between them; 64 at most.",
        )
    return shown


def name_key(name: str) -> str:
    """The same for a name in other capitals, or composed otherwise."""
    key = normalize("NFKC", " ".join(name.split())).casefold()[:200]
    return key.encode("utf-8", "replace").decode()  # a lone surrogate has no UTF-8


def _listed(row: sqlite3.Row) -> Listed:
    return Listed(row["id"], row["name"], Role.of(row["role"]), row["added_at"], row["removed_at"])


# ---------------------------------------------------------------------------------------------------
# The file


def people_path(ledger: str) -> str:
    """Where the people of a ledger are kept: the ledger's own path with ``.people`` behind it. Raises UsageError without a file."""
    scheme, separator, rest = ledger.partition("://")
    file = rest.removeprefix("/") if separator else ledger
    if (separator and scheme != "sqlite") or file in ("", ":memory:") or "\0" in file:
        from sayso.ledger import masked

        raise UsageError(
            "this ledger is no file, so that no file can lie beside it",
            where=ascii(masked(ledger)),
            remedy="Accounts need a ledger in a file.",
        )
    return f"{file}.people"


def open_people(path: str, *, create: bool = False, clock: Callable[[], float] = time.time) -> PeopleStore:
    """The people in the file at ``path``; ``create`` makes it, for its owner's eyes alone.

    Raises LedgerError for a file that is missing, cannot be opened, or is something else.
    """
    file = Path(path).absolute()
    if create and not file.exists():
        try:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            pass  # somebody else is making it
        except OSError as error:
            raise LedgerError(
                f"the file of people cannot be made: {error.strerror}", where=path, remedy="Check its folder."
            ) from None
    if not file.is_file():
        raise LedgerError(
            "no people are kept beside this ledger yet",
            where=path,
            remedy="Add the first: sayso people LEDGER add NAME --role admin.",
        )
    with _explained(path):
        db = sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False)
        db.row_factory = sqlite3.Row
        for pragma in (
            f"busy_timeout = {int(_BUSY_S * 1000)}",
            "synchronous = FULL",
            "foreign_keys = ON",
            "trusted_schema = OFF",
        ):
            db.execute(f"PRAGMA {pragma}")
        _set_up(db, path)
    return PeopleStore(db, path, clock)


def _set_up(db: sqlite3.Connection, path: str) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        empty = db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
        if application != APPLICATION_ID and not (application == 0 and empty):
            raise LedgerError("this is no file of people", where=path, remedy="Move it away, and add people anew.")
        if version > SCHEMA:
            raise LedgerError(
                "a newer sayso made this file of people",
                where=path,
                remedy="Update sayso: pip install --upgrade sayso.",
            )
        if version == 0:
            statement = ""
            for line in _TABLES.splitlines(keepends=True):  # `executescript` would commit before it starts
                statement += line
                if sqlite3.complete_statement(statement):
                    db.execute(statement)
                    statement = ""
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {SCHEMA}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


@contextmanager
def _explained(path: str) -> Iterator[None]:
    """Turns an error of SQLite into one that says what it means."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LedgerLocked(
                "another process is writing to the file of people", where=path, remedy="Try again in a moment."
            ) from error
        raise LedgerError(
            f"the file of people cannot be used ({error})", where=path, remedy="Check the file and its folder."
        ) from error
