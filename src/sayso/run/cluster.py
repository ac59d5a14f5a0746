"""A crew of Ray actors: on this machine alone, or on a cluster that runs already.

Each actor is a process that loads the models once. Ray of our own listens on the loopback interface alone, shows no dashboard and
tells nobody that it is used.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sayso.config import READER
from sayso.errors import UsageError
from sayso.run.crew import Died, Done, Task

_OBJECTS = 256 * 2**20  # bytes of memory for what is under way: results are small, and few wait at once
_START_S = 120.0  # seconds in which the first worker must have started: a cluster that is full never starts one
_POLL_S = 5.0  # Ctrl-C is heard at least as often
_LOOPBACK = "127.0.0.1"

log = logging.getLogger(__name__)


class Hand:
    """What runs in an actor: the steps by name."""

    def __init__(self, steps: Mapping[str, Callable[[Sequence[Any]], list[Any]]]) -> None:
        self._steps = steps

    def reader(self) -> str:
        """Which version of the reader this worker has."""
        return READER

    def do(self, task: str, items: Sequence[Any]) -> list[Any]:
        return self._steps[task](items)


class _Worker:
    """An actor, and what it was sent and has not answered; first whether it is there."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.ready = False
        self.sent: deque[Any] = deque([actor.reader.remote()])
        self._later: list[tuple[str, Sequence[Any]]] = []

    def send(self, task: str, items: Sequence[Any]) -> None:
        # Nothing before it is there: an actor that dies of its work takes along the answers that are not sent yet, and one that
        # never started is another matter.
        if self.ready:
            self.sent.append(self.actor.do.remote(task, items))
        else:
            self._later.append((task, items))

    def begin(self) -> None:
        self.ready = True
        for task, items in self._later:
            self.send(task, items)


class Actors:
    """A `sayso.run.crew.Crew` of so many actors (None: one for each processor); each is replaced when it dies."""

    def __init__(self, tasks: Sequence[Task[Any, Any]], workers: int | None, *, address: str | None) -> None:
        self._ray = _imported(alone=address is None)
        self._own = not self._ray.is_initialized()  # a program may have its own Ray under way
        self._where = address or "ray"
        if self._own:
            start(workers, address=address)
        try:
            size = workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
            self._steps = self._ray.put({task.name: task.do for task in tasks})
            # A whole processor each; what dies is for the foreman to see, who knows what it was at.
            self._kind = self._ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Hand)
            self._workers = [self._started() for _ in range(size)]
        except BaseException:
            self.close()
            raise

    def _started(self) -> _Worker:
        return _Worker(self._kind.remote(self._steps))

    @property
    def size(self) -> int:
        return len(self._workers)

    def send(self, worker: int, task: str, items: Sequence[Any]) -> None:
        self._workers[worker].send(task, items)

    def wait(self) -> list[Done | Died]:
        waited = 0.0
        while True:
            heads = {hand.sent[0]: number for number, hand in enumerate(self._workers) if hand.sent}
            try:
                done, _ = self._ray.wait(list(heads), num_returns=len(heads), timeout=0)
                if not done:
                    done, _ = self._ray.wait(list(heads), num_returns=1, timeout=_POLL_S)
            except (ConnectionError, self._ray.exceptions.RaySystemError) as error:
                raise self._lost(error) from error
            happened = [event for ref in done if (event := self._heard(heads[ref])) is not None]
            if happened:
                return happened
            waited += 0 if done else _POLL_S
            if waited >= _START_S and not any(hand.ready for hand in self._workers):
                raise UsageError(
                    f"no worker has started within {_START_S:.0f} seconds",
                    where=self._where,
                    remedy="The cluster has no free processor, or too little memory: wait, or give fewer --workers.",
                )

    def _heard(self, number: int) -> Done | Died | None:
        """What became of the oldest thing that a worker was sent; None where it only says that it is there."""
        hand = self._workers[number]
        errors = self._ray.exceptions
        try:
            answer = self._ray.get(hand.sent[0])
        except errors.RayTaskError as error:  # of our code, or of what it met on the way to it or back
            return Died(number, _first_line(error.cause or error), hand.ready)
        except (
            errors.RayActorError,
            errors.WorkerCrashedError,
            errors.OutOfMemoryError,
            errors.ObjectLostError,
        ) as error:
            return Died(number, _first_line(error), hand.ready)
        except (ConnectionError, errors.RaySystemError) as error:
            raise self._lost(error) from error
        hand.sent.popleft()
        if hand.ready:
            return Done(number, answer)
        if answer != READER:
            raise UsageError(
                f"the cluster's workers read as {answer!r}, this machine as {READER!r}",
                where=self._where,
                remedy="Install the same version of sayso on all its machines.",
            )
        hand.begin()
        return None

    def replace(self, worker: int) -> None:
        self._ray.kill(
            self._workers[worker].actor, no_restart=True
        )  # where it only failed, it still holds its processor
        log.info("A worker of the cluster ended; another takes its place.")
        self._workers[worker] = self._started()

    def close(self) -> None:
        if self._own:
            self._ray.shutdown()  # ends our actors, and our Ray where it is of this machine
            return
        for hand in getattr(self, "_workers", ()):
            self._ray.kill(hand.actor, no_restart=True)

    def _lost(self, error: Exception) -> UsageError:
        return UsageError(
            f"the Ray cluster is gone ({_first_line(error)})",
            where=self._where,
            remedy="What was written is kept: start the cluster, and run the same command again.",
        )


def start(workers: int | None, *, address: str | None = None) -> None:
    """Has this process work with the cluster at ``address``, or with one of its own, with so many processors (None: all).

    Raises UsageError where that cannot be.
    """
    ray = _imported(alone=address is None)
    quiet = {"logging_level": logging.ERROR, "log_to_driver": False}
    try:
        if address is not None:
            ray.init(address, **quiet)
            return
        _hush(ray)
        ray.init(
            address="local",
            num_cpus=workers or os.cpu_count() or 1,
            num_gpus=0,
            object_store_memory=_OBJECTS,
            include_dashboard=False,
            _node_ip_address=_LOOPBACK,
            **quiet,
        )
    except Exception as error:  # of many kinds, by what is wrong with the address, the versions or the machine
        raise UsageError(
            f"there is no Ray cluster to work on ({_first_line(error)})",
            where=address or "ray",
            remedy="Check the address, that it runs, that its token (~/.ray/auth_token) is here, and that it has the same versions of"
            " Python, Ray and sayso.",
        ) from error


def _imported(*, alone: bool) -> Any:
    """Ray, told before it is imported to keep to itself: a cluster of this machine alone listens on the loopback interface only."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if alone:
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # so it is called, and it works on Linux
    elif _has_token():
        os.environ.setdefault("RAY_AUTH_MODE", "token")  # a client does not look for it by itself, and waits in vain
    try:
        import ray
    except ImportError as error:
        raise UsageError(
            "Ray is not installed", where="--run", remedy="Install it with: pip install 'sayso[ray]'"
        ) from error
    return ray


def _has_token() -> bool:
    """Whether there is a token of a cluster on this machine, where Ray keeps it."""
    told = os.environ.get("RAY_AUTH_TOKEN") or os.environ.get("RAY_AUTH_TOKEN_PATH")
    return bool(told) or (Path.home() / ".ray" / "auth_token").is_file()


def _hush(ray: Any) -> None:
    """What Ray has to say of workers that died would go to stdout, among our results; `Actors` says it in its own way."""
    worker = getattr(ray._private, "worker", None)
    if worker is not None and hasattr(worker, "print_to_stdstream"):
        worker.print_to_stdstream = lambda *said, **how: None


def _first_line(error: BaseException) -> str:
    """What an error says, without the pages that Ray adds."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:200]
