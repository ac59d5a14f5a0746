"""Taking reports in: each batch is read and stored whole, or not at all.

Whoever reads the reports, and wherever, this process alone stores them, in the order in which they were found.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sayso import pipeline
from sayso.errors import LedgerFull, LedgerLocked
from sayso.ledger.working import Reading, Work
from sayso.model import Captured, Extraction, Problem, Report
from sayso.pipeline import Steps
from sayso.store import Entry, Store

Progress = Callable[[int, int | None], None]
"""Told how many reports were looked at so far, and how many there are, or None while nobody knows."""


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of an `add`; all ids are of reports, in the order in which they came.

    ``new_versions`` are those of ``added`` whose address was known with other bytes. ``problems`` are inputs that were
    refused, reports that are kept though nothing could be read out of them, and stories that no worker lived to link.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    new_versions: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sifted:
    """A batch as it was found: the reports in it, those that must be read, by id, and what was refused."""

    captured: tuple[Captured, ...]
    known: frozenset[str]
    fresh: Mapping[str, Captured]
    problems: tuple[Problem, ...]


def take_in(
    store: Store, steps: Steps, found: Iterable[Captured | Problem], work: Work, *, progress: Progress | None
) -> AddResult:
    """Reads and stores what is found, batch after batch; what landed before an interruption stays."""
    result = AddResult()
    done = 0
    under_way: deque[_Sifted] = deque()

    def batches() -> Iterator[list[Report]]:
        for batch in pipeline.batches(found):
            under_way.append(_sifted(store, batch, [i for sifted in under_way for i in sifted.fresh]))
            yield [each.report for each in under_way[-1].fresh.values()]

    for readings in work.read(batches()):
        sifted = under_way.popleft()
        result = _joined(result, _land(store, steps, sifted, readings))
        done += len(sifted.captured)
        tell(progress, done, None)
    return result


def _sifted(store: Store, batch: Sequence[Captured | Problem], under_way: Iterable[str]) -> _Sifted:
    """What of a batch must be read: not what is stored, or about to be."""
    problems = [each for each in batch if isinstance(each, Problem)]
    captured = tuple(each for each in batch if isinstance(each, Captured))
    known = store.known({each.report.id for each in captured}) | set(under_way)
    fresh: dict[str, Captured] = {}
    for each in captured:
        if each.report.id in known or each.report.id in fresh:
            continue
        if refusal := store.refuses(each):
            problems.append(refusal)
        else:
            fresh[each.report.id] = each
    return _Sifted(captured, frozenset(known), fresh, tuple(problems))


def _land(store: Store, steps: Steps, sifted: _Sifted, readings: Sequence[Reading]) -> AddResult:
    """Stores one batch: whole, or not at all."""
    fresh = sifted.fresh
    entries = [
        Entry(each, reading.extraction, steps.reader) for each, reading in zip(fresh.values(), readings, strict=True)
    ]
    newer = {each.report.id for each in fresh.values() if _is_new_version(store, each.report, fresh)}
    added = store.add(entries)  # another process may have added some of them meanwhile
    if vectors := {key: vector for reading in readings for key, vector in reading.vectors.items()}:
        with suppress(LedgerLocked, LedgerFull):  # linking makes what it does not find
            store.derived.save_vectors(steps.embedder, vectors)
    refused = {each.report.id for each in sifted.captured} - sifted.known - set(fresh)
    return AddResult(
        added=added,
        known=tuple(dict.fromkeys(e.report.id for e in sifted.captured if e.report.id not in {*added, *refused})),
        new_versions=tuple(i for i in added if i in newer),
        problems=(*sifted.problems, *(problem for r in readings for problem in failures(r.extraction))),
    )


def _is_new_version(store: Store, report: Report, batch: Mapping[str, Captured]) -> bool:
    if report.url is None:
        return False
    others = [*store.at_url(report.url)]
    for each in batch.values():
        if each.report.id == report.id:
            break  # only those that came before it
        others.append(each.report)
    return any(other.url == report.url and other.sha256 != report.sha256 for other in others)


def failures(extraction: Extraction) -> tuple[Problem, ...]:
    """Why nothing was read out of a report. Problems of a report that could be read stay with its extraction."""
    return () if extraction.statements else extraction.problems


def _joined(one: AddResult, two: AddResult) -> AddResult:
    return AddResult(
        added=one.added + two.added,
        known=tuple(dict.fromkeys(one.known + two.known)),
        new_versions=one.new_versions + two.new_versions,
        problems=one.problems + two.problems,
    )


def tell(progress: Progress | None, done: int, total: int | None) -> None:
    if progress is not None:
        progress(done, total)
