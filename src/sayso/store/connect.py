"""Opening the SQLite file of a ledger: is it one, may we write, which schema has it; and what its errors mean.

The file is in WAL mode with synchronous=FULL: a transaction that was committed survives a crash of the machine, and
one that was not leaves nothing behind.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from sayso.errors import LedgerDamaged, LedgerError, LedgerFull, LedgerLocked, LedgerNotFound, UsageError

APPLICATION_ID = 0x73617973  # "says": SQLite's mark for whose file it is, shown by file(1)
_MAGIC = b"SQLite format 3\0"
_MAKE = "Make a ledger with `sayso init`, or name an existing one."
_OTHER = "Name the file of a ledger, or a new name to make one."
_NO_DATABASE = f"{_OTHER} If it was one, its beginning is damaged: use a copy made before."
_DAMAGED = "Use a copy made before, or save what can be read: sayso copy DAMAGED NEW --salvage."
# How SQLite reports a quota or a limit of file sizes, and a failing disk: it tells the two apart from a full disk, not from each other.
_NOT_WRITTEN = frozenset(
    f"SQLITE_IOERR_{what}" for what in ("WRITE", "FSYNC", "DIR_FSYNC", "TRUNCATE", "SHMSIZE", "SHMMAP", "SHMOPEN")
)
_SHARED = 32768  # bytes of the file through which those who have a database open know of each other


def connect(
    path: str, *, create: bool, busy_timeout_s: float, damaged: bool = False
) -> tuple[sqlite3.Connection, bool]:
    """A connection to the file, and whether it may write. An empty path or ":memory:" is a database in memory.

    One that is known to be ``damaged`` is opened as far as it goes, for reading only: where its end is missing, too.
    """
    where = path or ":memory:"
    if where == ":memory:":
        return _prepare(sqlite3.connect(":memory:", isolation_level=None), busy_timeout_s), True
    if "\0" in path:
        raise UsageError("this cannot be the name of a file", where=ascii(path), remedy=_OTHER)
    file = Path(path).absolute()
    try:
        _look_at(file, path, create=create)
    except OSError as error:
        raise LedgerError(f"cannot be opened: {error.strerror}", where=path, remedy=_OTHER) from None
    with explained(path):
        if damaged:
            return _prepare(_by_uri(f"{file.as_uri()}?mode=ro"), busy_timeout_s, damaged=True), False
        if not file.exists() or (_may_write(file) and _may_write(file.parent)):
            mode = "rwc" if create else "rw"
            alone = not create and _is_all_there_is(file)
            try:
                return _prepare(_by_uri(f"{file.as_uri()}?mode={mode}"), busy_timeout_s), True
            except sqlite3.OperationalError as error:
                if not alone or error.sqlite_errorname not in (*_NOT_WRITTEN, "SQLITE_FULL"):
                    raise
            # The disk is so full that it cannot hold the file that WAL takes even to read; the ledger itself is all there is.
            return _prepare(_by_uri(f"{file.as_uri()}?mode=ro&immutable=1"), busy_timeout_s), False
        return _prepare(_read_only(file), busy_timeout_s), False


def set_up(db: sqlite3.Connection, path: str, *, writable: bool, create: bool, busy_timeout_s: float) -> bool:
    """Makes the schema, or brings it up to date; whether it was made just now. Refuses what is not a ledger."""
    with explained(path):
        application, version, empty = _looked_over(db)
        if application == 0 and version == 0 and empty:
            if not create:
                raise LedgerNotFound("the file is empty: no ledger was made in it yet", where=path, remedy=_MAKE)
        elif application != APPLICATION_ID:
            raise LedgerError("this is a database, but not a ledger of sayso", where=path, remedy=_OTHER)
        newest = len(_migrations())
        if version > newest:
            raise LedgerError(
                f"the ledger has schema {version}, and this sayso knows schemas up to {newest}",
                where=path,
                remedy="Update sayso: pip install --upgrade sayso.",
            )
        if version == newest:
            return False
        if not writable:
            raise LedgerError(
                f"the ledger has schema {version}, must be brought to {newest}, and cannot be written",
                where=path,
                remedy="Open it once from a place where its file and folder may be written.",
            )
        _to_wal(db, deadline=time.monotonic() + busy_timeout_s)
        db.execute("BEGIN IMMEDIATE")
        try:
            _, version = _identity(db)  # again, now that nobody else can be doing the same
            for number, script in enumerate(_migrations(), start=1):
                if number > version:
                    for statement in _statements_of(script):
                        db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {newest}")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        return version == 0  # the caller writes the first row of the journal and commits


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Turns an error of SQLite into a LedgerError that says what it means for the user of ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error


def explain(error: sqlite3.Error, path: str) -> LedgerError:
    """What an error of SQLite means for the user of ``path``."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest its variety
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerLocked(
            "another process is writing to this ledger",
            where=path,
            remedy="Wait until it has finished, or end it, and run the command again: nothing was half done.",
        )
    if code == sqlite3.SQLITE_FULL:
        return LedgerFull(
            "the disk is full",
            where=path,
            remedy="Free some space and run the command again: nothing was half done.",
        )
    if getattr(error, "sqlite_errorname", "") in _NOT_WRITTEN:
        return LedgerFull(
            f"the disk takes no more ({error})",
            where=path,
            remedy="Free some space, or raise the quota or the largest size of a file, and run the command again: nothing was half"
            " done. If there is room, check the disk, then `sayso verify`.",
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return read_only(path)
    if code == sqlite3.SQLITE_CANTOPEN:
        return LedgerError(
            "the file, or a file beside it, cannot be opened",
            where=path,
            remedy="Check that the folder exists and may be read and written, or copy the ledger to one that may.",
        )
    if code == sqlite3.SQLITE_NOTADB:
        return LedgerError("this is not a ledger of sayso", where=path, remedy=_NO_DATABASE)
    if code == sqlite3.SQLITE_IOERR:
        return LedgerError(f"the disk failed ({error})", where=path, remedy="Check the disk, then `sayso verify`.")
    return LedgerDamaged(f"the ledger is damaged ({error})", where=path, remedy=_DAMAGED)


def read_only(path: str) -> LedgerError:
    """The error for a change to a ledger that may only be read."""
    return LedgerError(
        "this ledger may only be read",
        where=path,
        remedy="Allow writing to the file and its folder, free some space if the disk is full, or copy it to where you may write.",
    )


def trigger_names() -> set[str]:
    """The names of the triggers that keep the records as they are."""
    scripts = (statement for script in _migrations() for statement in _statements_of(script))
    return {s.split("CREATE TRIGGER ", 1)[1].split()[0] for s in scripts if "CREATE TRIGGER " in s}


def _look_at(file: Path, path: str, *, create: bool) -> None:
    if file.is_dir():
        raise LedgerError("this is a folder", where=path, remedy=_OTHER)
    if not file.exists():
        if not create:
            raise LedgerNotFound("there is no such ledger", where=path, remedy=_MAKE)
        if not file.parent.is_dir():
            raise LedgerNotFound(
                f"the folder {file.parent} does not exist", where=path, remedy="Make the folder first."
            )
        return
    if not file.is_file():
        raise LedgerError("this is not a regular file", where=path, remedy=_OTHER)
    with file.open("rb") as stream:
        if stream.read(len(_MAGIC)) not in (_MAGIC, b""):
            raise LedgerError("this is not a ledger of sayso", where=path, remedy=_NO_DATABASE)


def _may_write(file: Path) -> bool:
    return os.access(file, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _by_uri(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, isolation_level=None)


def _read_only(file: Path) -> sqlite3.Connection:
    """WAL needs a second file even to read. Where none can be made, and no change waits in one, the file is all."""
    waiting = file.with_name(file.name + "-wal")
    if not _may_write(file.parent) and not (waiting.exists() and waiting.stat().st_size):
        return _by_uri(f"{file.as_uri()}?mode=ro&immutable=1")
    return _by_uri(f"{file.as_uri()}?mode=ro")


def _is_all_there_is(file: Path) -> bool:
    """Whether nobody has it open, and no change waits beside it."""
    beside = {"-wal": 1, "-shm": _SHARED}  # bytes of each that mean something
    there = [(file.with_name(file.name + end), least) for end, least in beside.items()]
    return file.exists() and not any(each.exists() and each.stat().st_size >= least for each, least in there)


def _prepare(db: sqlite3.Connection, busy_timeout_s: float, *, damaged: bool = False) -> sqlite3.Connection:
    db.row_factory = sqlite3.Row
    try:
        if damaged:
            db.execute(
                "PRAGMA writable_schema = ON"
            )  # SQLite's word for "go on": it is opened for reading all the same
        db.execute(f"PRAGMA busy_timeout = {int(busy_timeout_s * 1000)}")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA trusted_schema = OFF")  # a ledger may come from somebody else: its schema runs no functions
    except BaseException:
        db.close()
        raise
    return db


def _to_wal(db: sqlite3.Connection, *, deadline: float) -> None:
    """SQLite does not wait by itself when two processes make one file at once and both switch to WAL."""
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _identity(db: sqlite3.Connection) -> tuple[int, int]:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return application, version


def _looked_over(db: sqlite3.Connection) -> tuple[int, int, bool]:
    """Whose the file is, its schema, and whether it is empty: as of one moment, as another may be making it now."""
    db.execute("BEGIN")
    try:
        application, version = _identity(db)
        return application, version, db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    finally:
        db.execute("ROLLBACK")


def _migrations() -> list[str]:
    """The scripts that lead from an empty file to the newest schema, in order; their count is its version."""
    folder = files("sayso.store") / "migrations"
    scripts = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [script.read_text(encoding="utf-8") for script in scripts]


def _statements_of(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit before it starts."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
