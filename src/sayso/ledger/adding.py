"""Taking reports in: each batch is read and stored whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sayso import pipeline
from sayso.model import Captured, Extraction, Problem, Report
from sayso.pipeline import Steps
from sayso.run.local import Reader, reader
from sayso.store import Entry, Store

Progress = Callable[[int, int | None], None]
"""Told how many reports were looked at so far, and how many there are, or None while nobody knows."""


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of an `add`; all ids are of reports, in the order in which they came.

    ``new_versions`` are those of ``added`` whose address was known with other bytes. ``problems`` are inputs that were
    refused, and reports that are kept though nothing could be read out of them.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    new_versions: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def take_in(
    store: Store, steps: Steps, found: Iterable[Captured | Problem], *, workers: int, progress: Progress | None
) -> AddResult:
    """Reads and stores what is found, batch after batch; what landed before an interruption stays."""
    result = AddResult()
    with reader(steps.extract, workers=workers) as read_all:
        done = 0
        for batch in pipeline.batches(found):
            result = _joined(result, _land(store, steps, batch, read_all))
            done += sum(isinstance(each, Captured) for each in batch)
            tell(progress, done, None)
    return result


def _land(store: Store, steps: Steps, batch: Sequence[Captured | Problem], read_all: Reader) -> AddResult:
    """Reads and stores one batch: whole, or not at all."""
    problems = [each for each in batch if isinstance(each, Problem)]
    captured = [each for each in batch if isinstance(each, Captured)]
    known = store.known({each.report.id for each in captured})
    fresh: dict[str, Captured] = {}
    for each in captured:
        if each.report.id in known or each.report.id in fresh:
            continue
        if refusal := store.refuses(each):
            problems.append(refusal)
        else:
            fresh[each.report.id] = each
    extractions = read_all([each.report for each in fresh.values()])
    entries = [
        Entry(each, extraction, steps.reader) for each, extraction in zip(fresh.values(), extractions, strict=True)
    ]
    newer = {each.report.id for each in fresh.values() if _is_new_version(store, each.report, fresh)}
    added = store.add(entries)  # another process may have added some of them meanwhile
    refused = {each.report.id for each in captured} - known - set(fresh)
    return AddResult(
        added=added,
        known=tuple(dict.fromkeys(e.report.id for e in captured if e.report.id not in {*added, *refused})),
        new_versions=tuple(i for i in added if i in newer),
        problems=(*problems, *(problem for e in extractions for problem in failures(e))),
    )


def _is_new_version(store: Store, report: Report, batch: dict[str, Captured]) -> bool:
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
