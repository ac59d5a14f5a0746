"""Reading reports on this machine: in this process, or in several that each load the language model once.

Whatever happens, every report gets exactly one extraction, in the order given. A report on which the reader fails, or
on which its whole process dies, gets an empty one with a Problem that names it; the others are read all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from sayso.config import CHUNK_REPORTS, WORKERS
from sayso.model import Extraction, Problem, Report
from sayso.run.crew import Task
from sayso.run.places import open_run

Extract = Callable[[Iterable[Report]], Iterator[Extraction]]
"""Reads many reports, one extraction for each, in order. For worker processes it must be a function of a module."""

Reader = Callable[[Sequence[Report]], list[Extraction]]
"""The same, but it never fails."""

_SHOWN = 200  # characters of an error message that go into a Problem


@contextmanager
def reader(extract: Extract, *, workers: int = WORKERS, chunk: int = CHUNK_REPORTS) -> Iterator[Reader]:
    """A `Reader` that uses ``workers`` processes (1: this one only), which end with the context."""
    task = reading_task(extract)
    with open_run(None, (task,), workers=workers, chunk=chunk) as run:
        yield lambda reports: next(iter(run.map(task, [reports])))


def reading_task(extract: Extract) -> Task[Report, Extraction]:
    """Reading as workers do it."""
    return Task("read", partial(read_each, extract), given_up)


def read_each(extract: Extract, reports: Sequence[Report]) -> list[Extraction]:
    """One extraction for each report, in order. The reports after one that fails are read one by one."""
    read: list[Extraction] = []
    try:
        for report, extraction in zip(reports, extract(reports), strict=False):
            if extraction.report != report.id:
                break
            read.append(extraction)
    except Exception:  # the reader is free to fail in any way; which report it was, the next lines find out
        pass
    read += [_read_alone(extract, report) for report in reports[len(read) :]]
    return read


def given_up(report: Report, how: str) -> Extraction:
    """What stands for the reading of a report that took its worker along each time."""
    return unread(report, f"the process that read it died ({how})")


def unread(report: Report, why: str) -> Extraction:
    """What stands for the reading of a report that could not be read."""
    problem = Problem(
        what=f"the report is kept, but nothing could be read out of it: {why}",
        where=report.url or report.capture.place or report.id,
        remedy="This is a fault of sayso. Please report it; `sayso rebuild --reread` tries again.",
    )
    return Extraction(report.id, (), problems=(problem,))


def _read_alone(extract: Extract, report: Report) -> Extraction:
    try:
        extraction = next(iter(extract([report])))
    except Exception as error:  # as above
        return unread(report, f"{type(error).__name__}: {error}"[:_SHOWN])
    return extraction if extraction.report == report.id else unread(report, "the reader answered for another report")
