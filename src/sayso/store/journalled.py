"""What the journal says of each record, so that the records can be held against it.

Gone through once, from the first row: a report, reading or judgement is entered where it came in, and a redaction (see
`sayso.store.redacting`) puts new hashes in the place of those that stood. Nothing else may speak of a record twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sayso.model import Problem
from sayso.store.base import RESTORE, JournalRow

Key = tuple[str, Any]  # ("report", its id), ("extraction", its number), ("judgement", its id)

KEYS = ("report", "extraction", "judgement")
"""The kinds of rows that speak of one record, each named in the payload under its kind."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What the journal says of one record: ``row`` is the one that entered it, ``redacted`` the last that redacted it."""

    row: int
    at: str
    kind: str
    says: dict[str, Any]
    redacted: int | None = None

    @property
    def named(self) -> str:
        """The row in words, for a problem."""
        again = f", redacted by row {self.redacted}" if self.redacted else ""
        return f"row {self.row} of the journal ({self.kind}, {self.at}{again})"


@dataclass(slots=True)
class Journalled:
    """Every record that the journal knows, and what in it makes no sense, with the number of its row."""

    records: dict[Key, Entered] = field(default_factory=dict)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    last: int = 0

    @staticmethod
    def read(rows: Iterable[JournalRow]) -> Journalled:
        """Never fails: a row that cannot be understood is among ``problems``."""
        made = Journalled()
        for row in rows:
            made.last = row.seq
            try:
                made._take(row)
            except (ValueError, KeyError, TypeError, AttributeError):
                made._refuse(row, f"it cannot be understood: a row of the kind {row.kind}")
        return made

    def entered(self, kind: str, key: Any) -> Entered | None:
        return self.records.get((kind, key))

    def of_kind(self, kind: str) -> Iterator[tuple[Any, Entered]]:
        return ((key, entered) for (each, key), entered in self.records.items() if each == kind)

    def _take(self, row: JournalRow) -> None:
        if row.kind in KEYS:
            says = json.loads(row.payload)
            key = row.kind, says[row.kind]
            if (before := self.records.get(key)) is not None:
                self._refuse(
                    row, f"it speaks again of {row.kind} {says[row.kind]}, which came in with row {before.row}"
                )
                return
            self.records[key] = Entered(row.seq, row.at, row.kind, says)
        elif row.kind == "redaction":
            says = json.loads(row.payload)
            self._redact(row, ("report", says["report"]), sha256=says["sha256"], record=says["record"])
            for number, before, after in says["readings"]:
                self._redact(row, ("extraction", number), sha256=[before, after])
            for judgement, before, after in says["judgements"]:
                self._redact(row, ("judgement", judgement), sha256=[before, after])

    def _redact(self, row: JournalRow, key: Key, **hashes: list[str]) -> None:
        """Puts the hashes after a redaction in the place of those before it, which must be the ones that stood."""
        stood = self.records.get(key)
        if stood is None:
            self._refuse(row, f"it redacts {key[0]} {key[1]}, which did not come in before")
            return
        for name, (before, _) in hashes.items():
            if stood.says.get(name) != before:
                self._refuse(row, f"it redacts {key[0]} {key[1]} from another {name} than row {stood.row} left it with")
                return
        says = {**stood.says, **{name: after for name, (_, after) in hashes.items()}}
        self.records[key] = Entered(stood.row, stood.at, stood.kind, says, row.seq)

    def _refuse(self, row: JournalRow, what: str) -> None:
        self.problems.append((row.seq, Problem(f"{what} ({row.at})", f"journal row {row.seq}", RESTORE)))


def after_redactions(rows: Iterable[JournalRow]) -> dict[Key, dict[str, Any]]:
    """For each record that was redacted the hashes that it has since, named as the row that entered it names them."""
    found: dict[Key, dict[str, Any]] = {}
    for row in rows:
        if row.kind == "redaction":
            says = json.loads(row.payload)
            found["report", says["report"]] = {"sha256": says["sha256"][1], "record": says["record"][1]}
            found.update({("extraction", number): {"sha256": after} for number, _, after in says["readings"]})
            found.update({("judgement", judgement): {"sha256": after} for judgement, _, after in says["judgements"]})
    return found
