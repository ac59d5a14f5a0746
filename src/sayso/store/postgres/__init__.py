"""A ledger on a PostgreSQL server: the same records, judgements, journal and derived tables as in a SQLite file.

`connect` opens it, `database` asks and writes, `words` and `search` find words, `store` is the backend that the ledger sees. The driver,
psycopg, comes with the extra ``postgres`` and is imported in this folder alone.
"""

from __future__ import annotations

from sayso.errors import LedgerError
from sayso.store.base import Opening, Store
from sayso.store.urls import masked


def open_postgres(url: str, opening: Opening) -> Store:
    """The ledger in the schema that ``url`` leads to. Raises a LedgerError without psycopg, and for what `connect` says."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise LedgerError(
            "a ledger on a PostgreSQL server needs a driver that is not installed",
            where=masked(url),
            remedy="Install it: pip install 'sayso[postgres]'.",
        ) from None
    from sayso.store.postgres.store import PostgresStore

    return PostgresStore.open(url, opening)
