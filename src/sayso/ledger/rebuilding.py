"""Making everything derived again from the records, with reports read again where another version of the reader had read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso import pipeline
from sayso.ledger.adding import Progress, failures, tell
from sayso.ledger.linking import Linking
from sayso.ledger.one_story import Linkers, linking_task
from sayso.model import Captured, Extraction, Problem, Report
from sayso.pipeline import Steps
from sayso.run.local import reading_task
from sayso.run.places import open_run
from sayso.store import Stats, Store


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What a `rebuild` made: the reports that were read again, what went wrong, and how much there is now."""

    reread: tuple[str, ...]
    problems: tuple[Problem, ...]
    stats: Stats


def rebuild(
    store: Store, steps: Steps, linking: Linking, *, reread: bool, workers: int, progress: Progress | None
) -> RebuildResult:
    """Reads again what is due, or all with ``reread``, and has everything linked anew. A reading that comes to the same as the one that
    counts is not kept."""
    readers = store.readers()
    due = [i for i in sorted(readers) if reread or readers[i] != steps.reader]
    again: list[str] = []
    problems: list[Problem] = []
    reports = (report for report in map(store.report, due) if report)
    reading, stories = reading_task(steps.extract), linking_task(steps)
    with open_run(None, (reading, stories), workers=workers) as run:
        for batch in _grouped(reports):
            extractions = next(iter(run.map(reading, [batch])))
            fresh = [e for e in extractions if _differs(e, readers[e.report], store=store, steps=steps)]
            store.add_extractions(fresh, reader=steps.reader)
            again += [report.id for report in batch]
            problems += [problem for e in extractions for problem in failures(e)]
            tell(progress, len(again), len(due))
        problems += linking.rebuild(None if workers == 1 else Linkers(run, stories))
    return RebuildResult(tuple(again), tuple(problems), store.stats())


def _differs(extraction: Extraction, reader_name: str, *, store: Store, steps: Steps) -> bool:
    """Whether a new reading is worth keeping beside the one that counts."""
    return reader_name != steps.reader or extraction != store.extraction(extraction.report)


def _grouped(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """Reports of the ledger in batches of the usual size."""
    captured = (Captured(report, b"") for report in reports)
    for batch in pipeline.batches(captured):
        yield [each.report for each in batch if isinstance(each, Captured)]
