"""Copying a ledger into another store: from a file to a server, back, or to another file.

The journal is gone through from its first row, and everything it speaks of is stored again beside the row as it was: so the copy has the
same chain, and a head of it that was noted earlier still stands in it. What is derived is not copied, as it follows; vectors are, because
they take long to make.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.config import BATCH_CHARACTERS, BATCH_REPORTS
from sayso.errors import LedgerDamaged, LedgerError, UsageError
from sayso.ledger.adding import Progress, tell
from sayso.ledger.one_story import words_key
from sayso.model import Captured, Extraction, Judgement
from sayso.store import JournalRow, Noted, Stats, Store
from sayso.store.journalled import Key, after_redactions

_VERIFY = "See what `sayso verify` finds in it: what is damaged is not copied."


@dataclass(frozen=True, slots=True)
class CopyResult:
    """What was copied just now, and how much the copy holds. ``readings`` are all that were ever made, of each report the last counts."""

    url: str  # of the copy, as it may be shown
    rows: int  # of the journal
    reports: int
    readings: int
    judgements: int
    stats: Stats


def copy_records(held: Store, to: Store, *, progress: Progress | None) -> tuple[int, int, int, int]:
    """Copies what ``to`` lacks, batch after batch, each whole; what landed before an interruption stays, and copying again goes on from
    there. The numbers of journal rows, reports, readings and judgements that were copied.

    Raises UsageError when ``to`` holds anything but the beginning of the same journal, LedgerDamaged when ``held`` is not as it
    was stored, and LedgerError for a report that ``to`` cannot hold.
    """
    rows = reports = readings = judgements = 0
    with held.snapshot():
        total, before = held.stats().journal_rows, to.stats().journal_rows
        missing = _missing(held, to)
        by_id = {judgement.id: judgement for judgement in held.judgements()}
        since = after_redactions(held.journal())
        _refuse_stale(to, missing)
        for batch in _batches(_noted(held, row, by_id, since) for row in missing):
            _check_fits(to, batch)
            try:
                to.take_over(batch)
            except ValueError as error:
                raise LedgerDamaged(str(error), where=held.url, remedy=_VERIFY) from error
            rows += len(batch)
            reports += sum(each.captured is not None for each in batch)
            readings += sum(each.extraction is not None for each in batch)
            judgements += sum(each.judgement is not None for each in batch)
            tell(progress, before + rows, total)
    return rows, reports, readings, judgements


def copy_vectors(held: Store, to: Store, *, model: str) -> None:
    """Copies the vectors of that model of the statements that count."""
    for extractions in _pages(to.extractions()):
        texts = {report.id: report.text for report in to.reports({each.report for each in extractions})}
        keys = {words_key(texts[s.report], s) for each in extractions for s in each.statements}
        if vectors := held.derived.vectors(model, keys):
            to.derived.save_vectors(model, vectors)


def _missing(held: Store, to: Store) -> Iterable[JournalRow]:
    """The rows that ``to`` lacks. A row's hash covers all before it, so whoever has one of ours has all before."""
    head = to.head()
    if to.stats().journal_rows == 0:
        return held.journal()
    rows = list(held.journal(after=head))
    if (rows[0].prev if rows else held.head()) != head:
        raise UsageError(
            "there is another ledger already, which a copy would mix with this one",
            where=to.url,
            remedy="Name a file, or a schema, where there is none yet.",
        )
    return rows


def _refuse_stale(to: Store, missing: Iterable[JournalRow]) -> None:
    """A copy that was made before a redaction holds what was redacted, and adding to it would not take that out."""
    if to.stats().journal_rows == 0:
        return
    for row in missing:
        if row.kind == "redaction" and to.known({json.loads(row.payload)["report"]}):
            raise UsageError(
                "something was redacted since this copy was made, and the copy holds it still",
                where=to.url,
                remedy="Delete this copy, and make a new one.",
            )


def _noted(
    held: Store, row: JournalRow, judgements: Mapping[str, Judgement], since: Mapping[Key, Mapping[str, object]]
) -> Noted:
    """A row of the journal with the record it speaks of. Raises LedgerDamaged where that is not as the journal tells of it."""
    from sayso.store.codec import digest  # cattrs is slow to load, and copying is rare

    try:
        payload = json.loads(row.payload)
        payload |= since.get((row.kind, payload.get(row.kind)), {})
        match row.kind:
            case "report":
                report, raw = held.report(payload["report"]), held.raw(payload["report"])
                if report is not None and raw is not None and digest(report) == payload["record"]:
                    return Noted(row, captured=Captured(report, raw))
            case "extraction":
                extraction = held.reading(payload["extraction"])
                if extraction is not None and digest(extraction) == payload["sha256"]:
                    return Noted(row, extraction=extraction)
            case "judgement":
                judgement = judgements.get(payload["judgement"])
                if judgement is not None and digest(judgement) == payload["sha256"]:
                    return Noted(row, judgement=judgement)
            case _:
                return Noted(row)
    except LedgerError:
        raise
    except Exception:  # whatever stands in a tampered column
        pass
    raise LedgerDamaged(
        f"what row {row.seq} of the journal speaks of is not as it was stored", where=held.url, remedy=_VERIFY
    )


def _check_fits(to: Store, batch: Sequence[Noted]) -> None:
    for each in batch:
        if each.captured and (refusal := to.refuses(each.captured)):
            raise LedgerError(
                f"report {each.captured.report.id} cannot be copied there: {refusal.what}",
                where=to.url,
                remedy="Copy the ledger to a file.",
            )


def _batches(noted: Iterable[Noted]) -> Iterator[list[Noted]]:
    """As many as land together: about the rows of a batch of reports, and fewer of long ones."""
    batch: list[Noted] = []
    size = 0
    for each in noted:
        batch.append(each)
        size += len(each.captured.report.text) if each.captured else 0
        if len(batch) >= 2 * BATCH_REPORTS or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _pages(extractions: Iterable[Extraction]) -> Iterator[list[Extraction]]:
    page: list[Extraction] = []
    for each in extractions:
        page.append(each)
        if len(page) == BATCH_REPORTS:
            yield page
            page = []
    if page:
        yield page
