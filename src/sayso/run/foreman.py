"""Hands out work to a crew, and takes it back in order, whatever happens to the workers.

1. a job is cut into pieces, and each worker has one piece in hand and one waiting
2. a piece whose worker died is done again; what waited behind it is only sent elsewhere
3. a piece of several items goes item by item, an item that took three workers along is taken apart, and what cannot be
   taken apart is given up by name: everything else is done all the same
4. results are given back job by job, in the order in which the jobs came, or as they are done
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sayso.config import CHUNK_REPORTS, WORKER_TRIES
from sayso.errors import UsageError
from sayso.run.crew import Crew, Died, Item, Result, Task

_DEPTH = 2  # pieces that a worker holds: one in hand, one waiting, so that it is never idle while we store
_SPARE = 2  # jobs that wait for a worker, where each is large
_STARTS = 3  # workers in a row that die before they have started: then it is not the input

Path = tuple[int, ...]
"""Where an item stands in its job; a part of an item has the path of the item and its own place in it."""


@dataclass(slots=True)
class _Piece:
    """Items of one job that go to one worker together."""

    stream: _Stream
    job: int
    items: Sequence[tuple[Path, Any]]
    alone: bool = False  # its worker may hold nothing else
    tries: int = 0  # workers that it took along, alone and of one item


@dataclass(slots=True)
class _Stream:
    """The jobs of one `map` that are not given back yet: the results there are, and how many are still to come."""

    task: Task[Any, Any]
    results: dict[int, dict[Path, Any]] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)

    def still_to_come(self) -> int:
        return sum(self.missing.values())


class Foreman:
    """A `Run` over a crew. Several maps may be under way, one drawing its jobs from another: they share the workers."""

    def __init__(self, crew: Crew, *, chunk: int = CHUNK_REPORTS) -> None:
        self._crew = crew
        self._chunk = chunk
        self._waiting: deque[_Piece] = deque()
        self._sent: list[deque[_Piece]] = [deque() for _ in range(crew.size)]
        self._failed_starts = 0

    def map(self, task: Task[Item, Result], jobs: Iterable[Sequence[Item]]) -> Iterator[list[Result]]:
        """The results of each job, in order (see `sayso.run.crew.Run`)."""
        return (results for _, results in self._through(task, jobs, self._has_room, _first))

    def as_done(self, task: Task[Item, Result], jobs: Iterable[Sequence[Item]]) -> Iterator[tuple[int, list[Result]]]:
        """The results of each job as soon as it is done (see `sayso.run.crew.Run`)."""
        return self._through(task, jobs, self._has_little, _any)

    def _through(
        self,
        task: Task[Item, Result],
        jobs: Iterable[Sequence[Item]],
        has_room: Callable[[_Stream], bool],
        next_done: Callable[[Mapping[int, int]], int | None],
    ) -> Iterator[tuple[int, list[Result]]]:
        """The results of jobs with their numbers, taken in while there is room, and given back as they are ``next_done``."""
        stream = _Stream(task)
        coming: Iterator[Sequence[Item]] | None = iter(jobs)
        taken = 0
        failure: Exception | None = None
        try:
            while coming is not None or stream.missing:
                while coming is not None and has_room(stream):
                    try:
                        job = next(coming, None)
                    except Exception as error:  # raised when all that came before it is given back
                        job, failure = None, error
                    if job is None:
                        coming = None
                        break
                    self._take(stream, taken, job)
                    taken += 1
                if not stream.missing:
                    continue
                while (done := next_done(stream.missing)) is None:
                    self._step()
                del stream.missing[done]
                results = stream.results.pop(done)
                yield done, [results[path] for path in sorted(results)]
            if failure is not None:
                raise failure
        finally:
            self._drop(stream)

    # -----------------------------------------------------------------------------------------------

    def _has_room(self, stream: _Stream) -> bool:
        """Whether another job may come in: enough for every worker, and not so many that results pile up behind a slow one."""
        enough = self._crew.size * (_DEPTH + 1) * self._chunk
        return len(stream.missing) < 4 + 2 * self._crew.size and stream.still_to_come() < enough

    def _has_little(self, stream: _Stream) -> bool:
        """The same where nothing waits behind a slow job: one for every worker, and a few for those that are done first."""
        return len(stream.missing) < self._crew.size + _SPARE

    def _take(self, stream: _Stream, job: int, items: Sequence[Any]) -> None:
        numbered: list[tuple[Path, Any]] = [((at,), item) for at, item in enumerate(items)]
        stream.results[job], stream.missing[job] = {}, len(numbered)
        for at in range(0, len(numbered), self._chunk):
            self._waiting.append(_Piece(stream, job, numbered[at : at + self._chunk]))
        self._hand_out()

    def _hand_out(self) -> None:
        """Fills the hands of the workers, those with least to do first."""
        for depth in range(_DEPTH):
            for worker, sent in enumerate(self._sent):
                if not self._waiting or len(sent) > depth or any(piece.alone for piece in sent):
                    continue
                if sent and self._waiting[0].alone:
                    return  # its turn is next, as soon as a worker has nothing to do
                piece = self._waiting.popleft()
                sent.append(piece)
                self._crew.send(worker, piece.stream.task.name, [item for _, item in piece.items])

    def _step(self) -> None:
        """Waits for something to happen, and does what follows from it."""
        self._hand_out()
        for event in self._crew.wait():
            if isinstance(event, Died):
                self._replace(event)
                continue
            self._failed_starts = 0
            piece = self._sent[event.worker].popleft()
            results = piece.stream.results.get(piece.job)
            if results is not None:  # else nobody wants it any more
                results |= {path: each for (path, _), each in zip(piece.items, event.results, strict=True)}
                piece.stream.missing[piece.job] -= len(piece.items)
        self._hand_out()

    def _replace(self, dead: Died) -> None:
        pieces = list(self._sent[dead.worker])
        self._sent[dead.worker].clear()
        if not dead.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise UsageError(
                    f"a worker ended before it could start ({dead.how})",
                    where="workers",
                    remedy="Use one worker; in a script of your own, start under `if __name__ == '__main__':`.",
                )
        elif len(pieces) == 1 and (pieces[0].alone or len(pieces[0].items) > 1):
            pieces = self._again(pieces[0], dead.how)
        else:
            pieces = [replace(piece, alone=True) for piece in pieces]
        self._waiting.extendleft(reversed(pieces))
        self._crew.replace(dead.worker)

    def _again(self, piece: _Piece, how: str) -> list[_Piece]:
        """What to do instead of the piece on which a worker died: its items one by one, the item again, or its parts."""
        if len(piece.items) > 1:
            return [replace(piece, items=[numbered], alone=True) for numbered in piece.items]
        ((path, item),) = piece.items
        if piece.tries + 1 < WORKER_TRIES:
            return [replace(piece, tries=piece.tries + 1)]
        results = piece.stream.results.get(piece.job)
        if results is None:
            return []
        parts = piece.stream.task.parts(item)
        if parts:
            piece.stream.missing[piece.job] += len(parts) - 1
            return [_Piece(piece.stream, piece.job, [((*path, at), part)], alone=True) for at, part in enumerate(parts)]
        results[path] = piece.stream.task.lost(item, how)
        piece.stream.missing[piece.job] -= 1
        return []

    def _drop(self, stream: _Stream) -> None:
        """Forgets what is still to be done of a map that nobody goes on with."""
        stream.results.clear()
        self._waiting = deque(piece for piece in self._waiting if piece.stream is not stream)


def _first(missing: Mapping[int, int]) -> int | None:
    """The oldest job, if nothing of it is still to come."""
    job = next(iter(missing))
    return None if missing[job] else job


def _any(missing: Mapping[int, int]) -> int | None:
    """The oldest job of which nothing is still to come."""
    return next((job for job, number in missing.items() if not number), None)
