"""The errors that sayso raises on purpose. Each names the input that failed and what to do.

SaysoError
├── InputError      an input was refused; the rest goes on        (exit code 1)
├── UsageError      the command or call was wrong                 (exit code 2)
│   └── RecordNotFound
└── LedgerError     the ledger cannot be used                     (exit code 3)
    ├── LedgerNotFound
    ├── LedgerLocked
    ├── LedgerFull
    └── LedgerDamaged
"""

from __future__ import annotations

from sayso.model import Problem


class SaysoError(Exception):
    """Something that sayso can explain: ``what`` went wrong, ``where``, and the ``remedy``."""

    exit_code = 1

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.problem = Problem(what=what, where=where, remedy=remedy)


class InputError(SaysoError):
    """An input could not be read; it is named, and the rest goes on."""


class UsageError(SaysoError):
    exit_code = 2


class RecordNotFound(UsageError):
    """There is no record with that id, or not at that time."""


class LedgerError(SaysoError):
    exit_code = 3


class LedgerNotFound(LedgerError):
    pass


class LedgerLocked(LedgerError):
    pass


class LedgerFull(LedgerError):
    """There is no room for more: what was to be written was not, and what is there can be read."""


class LedgerDamaged(LedgerError):
    pass
