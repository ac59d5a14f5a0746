"""store: where reports are kept for good, with what was read out of them, judged and derived.

`base` says what a store does; `sqlite` is the one that comes with Python. Another backend is one module and one line
in `BACKENDS`.
"""

from __future__ import annotations

from collections.abc import Callable

from sayso.config import BUSY_TIMEOUT_S
from sayso.errors import UsageError
from sayso.store.base import Derived, Entry, Hit, JournalRow, Pending, Reader, Shelved, Stats, Store, Writer

__all__ = [
    "BACKENDS",
    "Derived",
    "Entry",
    "Hit",
    "JournalRow",
    "Pending",
    "Reader",
    "Shelved",
    "Stats",
    "Store",
    "Writer",
    "open_store",
]


def open_store(
    url: str, *, create: bool = False, read_only: bool = False, busy_timeout_s: float = BUSY_TIMEOUT_S
) -> Store:
    """The store at ``url``: a path, ``sqlite:///relative``, ``sqlite:////absolute``, or ``sqlite://`` (in memory).

    ``create`` makes a new one where there is none; it never replaces a file. With ``read_only`` nothing is written, whatever is
    allowed. Raises UsageError for a scheme that no backend has, LedgerNotFound, LedgerLocked, LedgerDamaged or another LedgerError.
    """
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "sqlite", url if url != ":memory:" else ""
    elif rest.startswith("/"):
        rest = rest[1:]
    if scheme not in BACKENDS:
        known = " or ".join(f"{name}:///path" for name in BACKENDS)
        raise UsageError(
            f"no store of the kind {scheme!r} is known", where=url, remedy=f"Give the path of a file, or {known}."
        )
    if not separator and not url:
        raise UsageError("the name of the ledger is empty", where="ledger", remedy="Give the path of a file.")
    return BACKENDS[scheme](rest, create, busy_timeout_s, read_only)


def _sqlite(path: str, create: bool, busy_timeout_s: float, read_only: bool) -> Store:
    from sayso.store.sqlite import SqliteStore

    return SqliteStore.open(path, create=create, busy_timeout_s=busy_timeout_s, read_only=read_only)


BACKENDS: dict[str, Callable[[str, bool, float, bool], Store]] = {"sqlite": _sqlite}
"""The backends by the scheme of their URL; each takes the rest of the URL, ``create`` and the seconds to wait."""
