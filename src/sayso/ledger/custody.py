"""What the journal tells of, row by row, with the records as their hashes were taken: what somebody needs to check them without us."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sayso.errors import RecordNotFound
from sayso.ledger.guard import Guard
from sayso.model import Judgement
from sayso.store import JournalRow, Store


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of the journal with what it speaks of. ``record`` is the JSON whose SHA-256 the journal holds, ``raw`` the bytes of a report;
    both are None for a row that speaks of no record, and where ``withheld`` says why they may not leave the ledger."""

    row: JournalRow
    kind: str | None = None  # report, extraction or judgement
    record: str | None = None
    sha256: str | None = None  # of the bytes
    raw: bytes | None = None
    withheld: str | None = None


def evidence(
    store: Store, guard: Guard | None, *, reports: Collection[str] | None = None, moment: str | None = None
) -> Iterator[Evidence]:
    """Every row, in order; of the records only those of ``reports`` (None: all), and judgements made by ``moment``."""
    judgements = {judgement.id: judgement for judgement in store.judgements()}
    for row in store.journal():
        says = json.loads(row.payload)
        if row.kind == "report":
            yield _report(store, guard, row, says["report"], reports)
        elif row.kind == "extraction":
            found = store.reading(says["extraction"])
            outside = reports is not None and says["report"] not in reports
            yield _whole(guard, row, "extraction", None if outside else found, outside=outside)
        elif row.kind == "judgement":
            judgement = judgements.get(says["judgement"])
            later = judgement is not None and moment is not None and judgement.at > moment
            outside = later or (judgement is not None and not _about(judgement, store, reports))
            yield _whole(guard, row, "judgement", None if outside else judgement, outside=outside)
        else:
            yield Evidence(row)


def _report(
    store: Store, guard: Guard | None, row: JournalRow, report_id: str, reports: Collection[str] | None
) -> Evidence:
    outside = reports is not None and report_id not in reports
    report = None if outside else store.report(report_id)
    made = _whole(guard, row, "report", report, outside=outside)
    if report is None or made.withheld:
        return made
    raw = store.raw(report_id)
    if raw is not None and guard is not None:
        try:
            raw = guard.release(report, raw)
        except RecordNotFound:
            return Evidence(row, "report", made.record, report.sha256, None, "the bytes may hold what is protected")
    return Evidence(row, "report", made.record, report.sha256, raw)


def _whole(guard: Guard | None, row: JournalRow, kind: str, record: object, *, outside: bool) -> Evidence:
    from sayso.store.codec import to_json, to_plain  # cattrs is slow to load

    if outside:
        return Evidence(row, kind, withheld="not of this story or time")
    if record is None:
        return Evidence(row, kind, withheld="not in the ledger")
    if guard is not None and not guard.whole(record):
        return Evidence(row, kind, withheld="protected")
    return Evidence(row, kind, to_json(to_plain(record)))


def _about(judgement: Judgement, store: Store, reports: Collection[str] | None) -> bool:
    """Whether a judgement bears on these reports; of one whose subject is no report or statement nobody can tell, and it is kept."""
    if reports is None:
        return True
    homes: list[str | None] = []
    for subject in (judgement.subject, judgement.other or ""):
        if subject.startswith("r-"):
            homes.append(subject)
        elif subject.startswith("s-"):
            statement = store.statement(subject)
            homes.append(statement.report if statement else None)
    return not homes or any(home in reports for home in homes)
