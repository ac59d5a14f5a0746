"""Reading reports on this machine: in this process, or in several that each load the language model once.

Whatever happens, every report gets exactly one extraction, in the order given. A report on which the reader fails, or
on which its whole process dies, gets an empty one with a Problem that names it; the others are read all the same.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait

from sayso.config import CHUNK_REPORTS, WORKERS
from sayso.errors import UsageError
from sayso.model import Extraction, Problem, Report

Extract = Callable[[Iterable[Report]], Iterator[Extraction]]
"""Reads many reports, one extraction for each, in order. For worker processes it must be a function of a module."""

Reader = Callable[[Sequence[Report]], list[Extraction]]
"""The same, but it never fails."""

_SHOWN = 200  # characters of an error message that go into a Problem
_SPAWN = get_context("spawn")  # a forked process would share our database connection and onnxruntime's threads


@contextmanager
def reader(extract: Extract, *, workers: int = WORKERS, chunk: int = CHUNK_REPORTS) -> Iterator[Reader]:
    """A `Reader` that uses ``workers`` processes (1: this one only), which end with the context."""
    if workers < 1:
        raise UsageError(f"there cannot be {workers} workers", where="workers", remedy="Give 1 or more.")
    if workers == 1:
        yield lambda reports: read_each(extract, reports)
        return
    pool = _Pool(extract, workers, chunk)
    try:
        yield pool.read
    finally:
        pool.close()


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


# ---------------------------------------------------------------------------------------------------
# Several processes


class _Worker:
    """A process, our end of the pipe to it, and the chunk it is busy with."""

    def __init__(self, extract: Extract) -> None:
        self.ours, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_work, args=(theirs, extract), daemon=True)
        self.process.start()
        theirs.close()  # so that we read its end when it dies
        self.chunk: Sequence[tuple[int, Report]] = ()
        self.ready = False

    def send(self, chunk: Sequence[tuple[int, Report]]) -> None:
        self.chunk = chunk
        with suppress(OSError):  # it died; reading from it will say so
            self.ours.send([report for _, report in chunk])

    def end(self) -> None:
        self.ours.close()
        self.process.terminate()
        self.process.join()


class _Pool:
    """Keeps a fixed number of workers busy, and starts another where one dies."""

    def __init__(self, extract: Extract, workers: int, chunk: int) -> None:
        self._extract = extract
        self._size = chunk
        self._workers = [_Worker(extract) for _ in range(workers)]

    def close(self) -> None:
        for worker in self._workers:
            worker.end()

    def read(self, reports: Sequence[Report]) -> list[Extraction]:
        numbered = list(enumerate(reports))
        waiting = deque(numbered[at : at + self._size] for at in range(0, len(numbered), self._size))
        read: dict[int, Extraction] = {}
        while len(read) < len(numbered):
            for worker in self._workers:
                if waiting and not worker.chunk:
                    worker.send(waiting.popleft())
            for worker in self._answering():
                try:
                    answer = worker.ours.recv()
                except (EOFError, OSError):
                    waiting.extendleft(reversed(self._replace(worker, read)))
                    continue
                if answer is None:
                    worker.ready = True
                else:
                    read |= {at: e for (at, _), e in zip(worker.chunk, answer, strict=True)}
                    worker.chunk = ()
        return [read[at] for at, _ in numbered]

    def _answering(self) -> list[_Worker]:
        busy = [worker for worker in self._workers if worker.chunk]
        ready = wait([worker.ours for worker in busy])
        return [worker for worker in busy if worker.ours in ready]

    def _replace(self, dead: _Worker, read: dict[int, Extraction]) -> list[list[tuple[int, Report]]]:
        """A new worker for a dead one; what to do again. Each report of its chunk goes alone, to find the culprit."""
        dead.end()
        if not dead.ready:
            raise UsageError(
                "a worker process ended before it could start",
                where="workers",
                remedy="Use one worker; in a script of your own, start under `if __name__ == '__main__':`.",
            )
        self._workers[self._workers.index(dead)] = _Worker(self._extract)
        if len(dead.chunk) > 1:
            return [[numbered] for numbered in dead.chunk]
        ((at, report),) = dead.chunk
        read[at] = unread(report, f"the process that read it died (exit code {dead.process.exitcode})")
        return []


def _work(pipe: Connection, extract: Extract) -> None:
    """What a worker process does: says that it is there, then answers chunk after chunk until we are gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us in its own time
    try:
        pipe.send(None)
        while True:
            pipe.send(read_each(extract, pipe.recv()))
    except (EOFError, OSError):
        pass  # the parent is gone
