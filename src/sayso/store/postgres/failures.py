"""What an error of PostgreSQL, or of the way to it, means for the user of a ledger. Passwords never stand in what is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from sayso.errors import LedgerDamaged, LedgerError, LedgerFull, LedgerLocked, LedgerNotFound
from sayso.store.urls import HIDDEN

_AGAIN = "run the command again: what had landed is not stored twice."

# What a server says before a session begins has no code that psycopg could tell us (libpq keeps it to itself): we go by its words,
# which are English unless the server speaks another language, and say them in any case.
_REFUSED: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("password authentication failed", "no password supplied", "authentication failed"),
        "the server does not let this user in",
        "Check the user and the password: in the URL, in PGPASSWORD, or in ~/.pgpass.",
    ),
    (
        ("no pg_hba.conf entry",),
        "the server lets nobody in from here to this database",
        "Have its pg_hba.conf allow this user, from this machine.",
    ),
    (
        ("too many clients", "remaining connection slots", "too many connections"),
        "the server has no room for one more connection",
        "Close some, or raise max_connections.",
    ),
)


def read_only(where: str) -> LedgerError:
    """The error for a change to a ledger that may only be read."""
    return LedgerError(
        "this ledger may only be read",
        where=where,
        remedy="Have its owner GRANT this user what docs/postgres.md lists, or connect to the primary server.",
    )


def unreachable(error: psycopg.Error, where: str, *, secret: str | None) -> LedgerError:
    """What it means that no session began."""
    said = _said(error, secret)
    if 'database "' in said and "does not exist" in said:
        return LedgerNotFound(
            "there is no such database on the server",
            where=where,
            remedy="Make it: createdb --encoding=UTF8 NAME, or name an existing one.",
        )
    for marks, what, remedy in _REFUSED:
        if any(mark in said for mark in marks):
            return LedgerError(f"{what} ({said})", where=where, remedy=remedy)
    return LedgerError(
        f"the server cannot be reached ({said})",
        where=where,
        remedy="Check the host and the port, and that the server runs and may be reached from here.",
    )


@contextmanager
def explained(where: str, *, secret: str | None = None) -> Iterator[None]:
    """Turns an error of psycopg into a LedgerError that says what it means for the user of ``where``."""
    try:
        yield
    except psycopg.Error as error:
        raise explain(error, where, secret=secret) from error


def explain(error: psycopg.Error, where: str, *, secret: str | None = None) -> LedgerError:
    """What an error within a session means, by its SQLSTATE."""
    code, said = error.sqlstate or "", _said(error, secret)
    match code[:2], code:
        case (_, "55P03") | (_, "40P01") | (_, "40001"):  # waited too long for a lock; a deadlock; serialization
            return LedgerLocked(
                "another process is writing to this ledger",
                where=where,
                remedy="Wait until it has finished, or end it, and run the command again: nothing was half done.",
            )
        case (_, "53100"):
            return LedgerFull(
                "the disk of the server is full",
                where=where,
                remedy="Free some space there and run the command again: nothing was half done.",
            )
        case ("53", _):
            return LedgerError(
                f"the server has no room for this ({said})", where=where, remedy=f"Wait or give it more, and {_AGAIN}"
            )
        case (_, "25006"):
            return read_only(where)
        case (_, "42501"):
            return LedgerError(
                f"the server does not allow this user to do that ({said})",
                where=where,
                remedy="Have the owner of the ledger GRANT what docs/postgres.md lists.",
            )
        case (_, "57014"):
            return LedgerError(
                f"the server ended the query ({said})",
                where=where,
                remedy="Raise its statement_timeout for this user, and run the command again.",
            )
        case ("54", _):
            return LedgerError(
                f"the server cannot hold something so large ({said})",
                where=where,
                remedy="Split it into smaller files.",
            )
        case ("57", _) | ("08", _):
            return _gone(said, where)
        case ("", _) if isinstance(error, psycopg.OperationalError):
            return _gone(said, where)
        case _:
            return LedgerDamaged(
                f"the ledger is damaged ({said})", where=where, remedy="Run `sayso verify`, or restore a backup."
            )


def _gone(said: str, where: str) -> LedgerError:
    return LedgerError(
        f"the connection to the server was lost ({said})", where=where, remedy=f"Check that it runs, and {_AGAIN}"
    )


def _said(error: psycopg.Error, secret: str | None) -> str:
    """The first line of the error, without what stands in the query's values, nor the password."""
    said = (error.diag.message_primary if error.sqlstate else None) or str(error)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    line = lines[0] if lines else type(error).__name__
    return line.replace(secret, HIDDEN) if secret else line
