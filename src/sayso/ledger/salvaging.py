"""What can still be read of a damaged ledger, in a new one.

Every report whose bytes are whole is taken over with the reading that counted, or read anew where that is lost, and every judgement. The
new ledger has a journal of its own, which begins now: what the old one proved, the new one cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.config import BATCH_REPORTS
from sayso.errors import UsageError
from sayso.ledger.adding import Progress, take_in, tell
from sayso.ledger.linking import Linking
from sayso.ledger.working import open_work
from sayso.model import Captured, Judgement, Problem
from sayso.pipeline import Steps
from sayso.store import Entry, Saved, Stats, Store, open_store


@dataclass(frozen=True, slots=True)
class SalvageResult:
    """What was saved; ``reread`` are the reports whose readings were lost, ``problems`` what could not be saved, or not be read."""

    url: str  # of the new ledger, as it may be shown
    reports: int
    reread: int
    judgements: int
    problems: tuple[Problem, ...]
    stats: Stats


def salvage(url: str, to_url: str, *, steps: Steps, progress: Progress | None = None) -> SalvageResult:
    """Saves what can be read of the ledger at ``url`` into a new one.

    Raises UsageError when there is a ledger with reports at ``to_url``, and LedgerDamaged where the old one is so damaged that it
    cannot even be opened.
    """
    held = open_store(url, read_only=True, damaged=True)
    try:
        to = open_store(to_url, create=True)
        try:
            if to.stats().reports:
                raise UsageError(
                    "there is a ledger already, which this would mix with what can be saved",
                    where=to.url,
                    remedy="Name a file, or a schema, where there is none yet.",
                )
            return _into(to, held.salvaged(), steps, progress)
        finally:
            to.close()
    finally:
        held.close()


def _into(
    to: Store, found: Iterable[Saved | Judgement | Problem], steps: Steps, progress: Progress | None
) -> SalvageResult:
    problems: list[Problem] = []
    unread: list[Captured] = []
    batch: list[Entry] = []
    reports = judgements = 0
    for each in found:
        match each:
            case Saved(captured, None):
                unread.append(captured)
            case Saved(captured, extraction, reader):
                assert extraction is not None
                batch.append(Entry(captured, extraction, reader))
                if len(batch) == BATCH_REPORTS:
                    reports += len(to.add(batch))
                    batch.clear()
                    tell(progress, reports, None)
            case Judgement():
                to.judge(each)
                judgements += 1
            case Problem():
                problems.append(each)
    reports += len(to.add(batch))
    with open_work(steps) as work:
        read = take_in(to, steps, _as_found(unread), work, progress=None)
    Linking(to, steps).refresh()
    return SalvageResult(
        to.url,
        reports + len(read.added),
        len(read.added),
        judgements,
        (*problems, *read.problems),
        to.stats(),
    )


def _as_found(captured: Iterable[Captured]) -> Iterator[Captured | Problem]:
    yield from captured
