"""Who does the work: workers that each load the models once, on this machine or on others.

A step is written once, as a function of many items. A `Task` is that function with what is to be done where it takes its
worker along; a `Crew` is the workers, and knows nothing of what they do. `sayso.run.foreman` puts the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def _whole(item: Any) -> Sequence[Any]:
    return ()


@dataclass(frozen=True, slots=True)
class Task(Generic[Item, Result]):
    """A step as workers do it.

    ``do`` gives one result for each item, in order, and never fails; it must be a function of a module, or made of such, as it
    goes to other processes. ``lost`` gives what stands for the result of an item whose workers died each time, and why;
    ``parts`` the smaller items of which one consists, so that the culprit is found in it (none: it cannot be taken apart).
    """

    name: str
    do: Callable[[Sequence[Item]], list[Result]]
    lost: Callable[[Item, str], Result]
    parts: Callable[[Item], Sequence[Item]] = _whole


@dataclass(frozen=True, slots=True)
class Done:
    """A worker has done the oldest of what it was sent."""

    worker: int
    results: list[Any]


@dataclass(frozen=True, slots=True)
class Died:
    """A worker is gone, and with it all that it was sent and did not answer. ``ready`` tells whether it had started at all."""

    worker: int
    how: str
    ready: bool


class Crew(Protocol):
    """Workers, numbered from 0. Each does what it is sent one after the other, in that order."""

    @property
    def size(self) -> int: ...

    def send(self, worker: int, task: str, items: Sequence[Any]) -> None:
        """Has a worker do the task of that name on these items, when it is done with what it was sent before."""
        ...

    def wait(self) -> list[Done | Died]:
        """What happened since, as soon as there is anything. Raises a SaysoError where no more can come."""
        ...

    def replace(self, worker: int) -> None:
        """Another worker in the place of one that died."""
        ...

    def close(self) -> None:
        """Ends all workers."""
        ...


class Run(Protocol):
    """Where steps run."""

    def map(self, task: Task[Item, Result], jobs: Iterable[Sequence[Item]]) -> Iterator[list[Result]]:
        """For each job, in order, the results of its items, in order: one for each, or one for each part of it that had to be
        done alone. Jobs are taken from ``jobs`` as they are needed, a few ahead of what was given back."""
        ...

    def as_done(self, task: Task[Item, Result], jobs: Iterable[Sequence[Item]]) -> Iterator[tuple[int, list[Result]]]:
        """The same as soon as each is done, with the number of the job: for jobs of which one may take as long as all others, and
        which are large, so that hardly more are taken than there are workers."""
        ...
