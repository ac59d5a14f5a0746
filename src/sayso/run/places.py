"""Where the steps run, by name: here, in processes of this machine, or on a Ray cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sayso.config import CHUNK_REPORTS
from sayso.errors import UsageError
from sayso.run.crew import Crew, Item, Result, Run, Task


@contextmanager
def open_run(
    where: str | None, tasks: Sequence[Task[Any, Any]], *, workers: int | None, chunk: int = CHUNK_REPORTS
) -> Iterator[Run]:
    """A `Run` for these tasks, whose workers end with the context.

    ``where`` None is this machine: this process for one worker (or None), else so many processes. "ray" is a Ray cluster of this machine
    alone, "ray://HOST:PORT" one that runs already; without ``workers`` all its processors work. Raises UsageError for another name, for a
    cluster that cannot be reached, and where the extra that brings Ray is not installed.
    """
    if workers is not None and workers < 1:
        raise UsageError(f"there cannot be {workers} workers", where="workers", remedy="Give 1 or more.")
    if where is None and (workers or 1) == 1:
        yield _Here()
        return
    from sayso.run.foreman import Foreman

    crew = _crew(where, tasks, workers)
    try:
        yield Foreman(crew, chunk=chunk)
    finally:
        crew.close()


def _crew(where: str | None, tasks: Sequence[Task[Any, Any]], workers: int | None) -> Crew:
    if where is None:
        from sayso.run.processes import Processes

        return Processes(tasks, workers or 1)
    if where == "ray" or where.startswith("ray://"):
        from sayso.run.cluster import Actors

        return Actors(tasks, workers, address=None if where == "ray" else where)
    raise UsageError(
        "not a place where steps can run", where=where, remedy='Give "ray" or "ray://HOST:PORT", or leave it out.'
    )


class _Here:
    """A `Run` in this process: one job after the other."""

    def map(self, task: Task[Item, Result], jobs: Iterable[Sequence[Item]]) -> Iterator[list[Result]]:
        return (task.do(job) for job in jobs)

    def as_done(self, task: Task[Item, Result], jobs: Iterable[Sequence[Item]]) -> Iterator[tuple[int, list[Result]]]:
        return enumerate(self.map(task, jobs))
