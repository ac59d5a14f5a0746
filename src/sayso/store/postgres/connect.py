"""Reaching the server, and setting a ledger up in the schema that the session begins in (the first of its search_path)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from sayso.errors import LedgerError, LedgerNotFound, UsageError
from sayso.store.postgres.failures import explained, unreachable
from sayso.store.postgres.texts import TextDumper, TextLoader
from sayso.store.urls import masked

Connection = psycopg.Connection[dict[str, Any]]

TAKE_LOCK = f"SELECT pg_advisory_xact_lock({0x73617973}, hashtext(current_schema()::text))"
"""Waits for the lock of the ledger in this schema ("says", and which schema) and keeps it to the end of the transaction."""

_CONNECT_TIMEOUT_S = 10
_MAKE = "Make a ledger with `sayso init`, or name an existing one."
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a ledger is: what psycopg is given, what is shown, and what must not be."""

    parameters: dict[str, Any]
    shown: str
    secret: str | None
    busy_timeout_s: float


def address_of(url: str, *, busy_timeout_s: float) -> Address:
    """Takes a URL of PostgreSQL apart. Raises UsageError for one that is written wrongly, of which nothing secret is said."""
    shown = masked(url)
    wrong = UsageError(
        "this is not the URL of a PostgreSQL database",
        where=shown,
        remedy="Write postgresql://user@host:port/database; in a password write / as %2F, @ as %40, : as %3A, ? as %3F.",
    )
    authority = re.split("[/?#]", url.partition("://")[2], maxsplit=1)[0]
    if authority.count("@") > 1 or "@" in url.partition("://")[2][len(authority) :].partition("?")[0]:
        raise wrong  # what follows the first @ would be taken for the host, and named in errors
    try:
        parameters = conninfo_to_dict(url)
    except psycopg.Error:
        raise wrong from None
    if not all(port.isdigit() for port in str(parameters.get("port") or "5432").split(",")):
        raise wrong
    parameters.setdefault("connect_timeout", _CONNECT_TIMEOUT_S)
    parameters.setdefault("application_name", "sayso")
    parameters["client_encoding"] = "utf8"
    secret = parameters.get("password")
    return Address(dict(parameters), shown, str(secret) if secret else None, busy_timeout_s)


def connected(address: Address) -> Connection:
    """A session of its own, in autocommit. Raises LedgerError where none can begin."""
    try:
        connection = psycopg.connect(**address.parameters, autocommit=True, row_factory=dict_row)
    except psycopg.Error as error:
        raise unreachable(error, address.shown, secret=address.secret) from None
    connection.adapters.register_dumper(str, TextDumper)
    for kind in ("text", "varchar", "name"):
        connection.adapters.register_loader(kind, TextLoader)
    with explained(address.shown, secret=address.secret):
        connection.execute(f"SET lock_timeout = {max(1, int(address.busy_timeout_s * 1000))}")
    return connection


def set_up(connection: Connection, where: str, *, create: bool) -> bool:
    """Makes the tables, or brings them up to date, in a transaction that stays open; whether they were made just now.

    Raises LedgerNotFound where there are none and none are to be made, and LedgerError for a schema that cannot hold them.
    """
    with explained(where):
        _check_database(connection, where)
        newest = len(_migrations())
        version = _version(connection)
        if version is None and not create:
            raise LedgerNotFound("there is no ledger in this schema yet", where=where, remedy=_MAKE)
        if version == newest:
            return False
        connection.execute("BEGIN")
        connection.execute(TAKE_LOCK.encode())
        version = _version(connection)  # again, now that nobody else can be doing the same
        if version is None:
            _check_empty(connection, where)
        if version is not None and version > newest:
            raise LedgerError(
                f"the ledger has schema {version}, and this sayso knows schemas up to {newest}",
                where=where,
                remedy="Update sayso: pip install --upgrade sayso.",
            )
        for number, script in enumerate(_migrations(), start=1):
            if number > (version or 0):
                connection.execute(script.encode("utf-8"))
        connection.execute("DELETE FROM sayso_schema")
        connection.execute(f'INSERT INTO sayso_schema ("only", version) VALUES (1, {newest})'.encode())
    return version is None  # the caller writes the first row of the journal and commits


def may_write(connection: Connection) -> bool:
    """Whether this user may add to the ledger, on a server that takes changes."""
    row = connection.execute(
        "SELECT current_setting('transaction_read_only') = 'off' AND has_table_privilege('journal', 'INSERT') AS may"
    ).fetchone()
    return bool(row and row["may"])


def trigger_names() -> set[str]:
    """The names of the triggers that keep the records as they are, and tell that there is news."""
    return {name for script in _migrations() for name in _TRIGGER.findall(script)}


def _check_database(connection: Connection, where: str) -> None:
    row = connection.execute(
        "SELECT current_schema()::text AS schema, current_setting('server_encoding') AS encoding"
    ).fetchone()
    assert row is not None
    if row["encoding"] != "UTF8":
        raise LedgerError(
            f"the database keeps text as {row['encoding']}, which has no room for many characters",
            where=where,
            remedy="Make another one: createdb --encoding=UTF8 --template=template0 NAME.",
        )
    if row["schema"] is None:
        raise LedgerNotFound(
            "the schema that this URL leads to does not exist", where=where, remedy="Make it: CREATE SCHEMA NAME."
        )


def _version(connection: Connection) -> int | None:
    """The version of the tables of the ledger in the current schema; None where there is no ledger."""
    there = connection.execute(
        "SELECT 1 AS found FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'sayso_schema'"
    ).fetchone()
    row = connection.execute("SELECT version FROM sayso_schema").fetchone() if there else None
    return int(row["version"]) if row else None


def _check_empty(connection: Connection, where: str) -> None:
    row = connection.execute(
        "SELECT relname::text AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        " WHERE nspname = current_schema() AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1 LIMIT 1"
    ).fetchone()
    if row:
        raise LedgerError(
            f"this schema holds tables of something else ({row['name']})",
            where=where,
            remedy="Give the ledger a schema of its own: CREATE SCHEMA flood, and URL?options=-csearch_path%3Dflood.",
        )


def _migrations() -> list[str]:
    """The scripts that lead from an empty schema to the newest tables, in order; their count is the version."""
    folder = files("sayso.store.postgres") / "migrations"
    scripts = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [script.read_text(encoding="utf-8") for script in scripts]
