"""store: where reports are kept for good, with what was read out of them, judged and derived.

`base` says what a store does; `sqlite` is the one that comes with Python, `postgres` the one on a server. Both are `records.SqlStore`.
Another backend is one module and one line in `BACKENDS`.
"""

from __future__ import annotations

from collections.abc import Callable

from sayso.config import BUSY_TIMEOUT_S
from sayso.errors import UsageError
from sayso.store.base import (
    Derived,
    Entry,
    Found,
    Hit,
    JournalRow,
    Noted,
    Opening,
    Pending,
    Reader,
    Saved,
    Shelved,
    Stats,
    Store,
    Writer,
)
from sayso.store.urls import masked

__all__ = [
    "BACKENDS",
    "Derived",
    "Entry",
    "Found",
    "Hit",
    "JournalRow",
    "Noted",
    "Opening",
    "Pending",
    "Reader",
    "Saved",
    "Shelved",
    "Stats",
    "Store",
    "Writer",
    "masked",
    "open_store",
]


def open_store(
    url: str,
    *,
    create: bool = False,
    read_only: bool = False,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
    bare: bool = False,
    damaged: bool = False,
) -> Store:
    """The store at ``url``: a path, ``sqlite:///relative``, ``sqlite:////absolute``, ``sqlite://`` (in memory), or
    ``postgresql://user@host/database``.

    ``create`` makes a new one where there is none; it never replaces anything. With ``read_only`` nothing is written, whatever is
    allowed. A new one that is ``bare`` has nothing in its journal, for `Writer.take_over`; one that is
    ``damaged`` is opened as far as it goes, for `Reader.salvaged`.
    Raises UsageError for a scheme that no backend has, LedgerNotFound, LedgerLocked, LedgerDamaged or another LedgerError.
    """
    scheme, separator, _ = url.partition("://")
    if not separator:
        if not url:
            raise UsageError("the name of the ledger is empty", where="ledger", remedy="Give the path of a file.")
        scheme, url = "sqlite", f"sqlite:///{url if url != ':memory:' else ''}"
    if scheme not in BACKENDS:
        raise UsageError(
            f"no store of the kind {scheme!r} is known",
            where=masked(url),
            remedy="Give the path of a file, sqlite:///path, or postgresql://user@host/database.",
        )
    return BACKENDS[scheme](url, Opening(create, read_only, busy_timeout_s, bare, damaged))


def _sqlite(url: str, opening: Opening) -> Store:
    from sayso.store.sqlite import SqliteStore

    return SqliteStore.open(url.removeprefix("sqlite://").removeprefix("/"), opening)


def _postgres(url: str, opening: Opening) -> Store:
    from sayso.store.postgres import open_postgres

    return open_postgres(url, opening)


BACKENDS: dict[str, Callable[[str, Opening], Store]] = {
    "sqlite": _sqlite,
    "postgresql": _postgres,
    "postgres": _postgres,
}
"""The backends by the scheme of their URL; each takes the whole URL."""
