"""A crew of processes of this machine, each at the other end of a pipe."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from typing import Any

from sayso.run.crew import Died, Done, Task

_SPAWN = get_context("spawn")  # a forked process would share our database connection and onnxruntime's threads

_Sent = tuple[str, Sequence[Any]]


class _Worker:
    """A process, our end of the pipe to it, and a thread that writes to it: what it answers meanwhile could fill the pipe."""

    def __init__(self, steps: Mapping[str, Callable[[Sequence[Any]], list[Any]]]) -> None:
        self.ours, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_work, args=(theirs, steps), daemon=True)
        self.process.start()
        theirs.close()  # so that we read its end when it dies
        self.ready = False
        self._outgoing: SimpleQueue[_Sent | None] = SimpleQueue()
        Thread(target=_write, args=(self.ours, self._outgoing), daemon=True).start()

    def send(self, sent: _Sent) -> None:
        self._outgoing.put(sent)

    def end(self) -> None:
        self._outgoing.put(None)
        self.process.terminate()
        self.process.join()
        self.ours.close()


class Processes:
    """A `sayso.run.crew.Crew` of so many processes; each is replaced when it dies."""

    def __init__(self, tasks: Sequence[Task[Any, Any]], workers: int) -> None:
        self._steps = {task.name: task.do for task in tasks}
        self._workers = [_Worker(self._steps) for _ in range(workers)]

    @property
    def size(self) -> int:
        return len(self._workers)

    def send(self, worker: int, task: str, items: Sequence[Any]) -> None:
        self._workers[worker].send((task, items))

    def wait(self) -> list[Done | Died]:
        happened: list[Done | Died] = []
        while not happened:
            readable = wait([worker.ours for worker in self._workers])
            for number, worker in enumerate(self._workers):
                if worker.ours in readable:
                    happened += self._heard(number, worker)
        return happened

    def _heard(self, number: int, worker: _Worker) -> list[Done | Died]:
        try:
            answer = worker.ours.recv()
        except (EOFError, OSError):
            worker.process.join()
            return [Died(number, f"exit code {worker.process.exitcode}", worker.ready)]
        if answer is None:
            worker.ready = True
            return []
        return [Done(number, answer)]

    def replace(self, worker: int) -> None:
        self._workers[worker].end()
        self._workers[worker] = _Worker(self._steps)

    def close(self) -> None:
        for worker in self._workers:
            worker.end()


def _write(pipe: Connection, outgoing: SimpleQueue[_Sent | None]) -> None:
    while (sent := outgoing.get()) is not None:
        try:
            pipe.send(sent)
        except (OSError, ValueError):
            return  # it died, or was ended; reading from it says so


def _work(pipe: Connection, steps: Mapping[str, Callable[[Sequence[Any]], list[Any]]]) -> None:
    """What a worker process does: says that it is there, then answers piece after piece until we are gone."""
    os.environ.setdefault(
        "OMP_NUM_THREADS", "1"
    )  # there is a process for each core: threads would only wait for one another
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us in its own time
    try:
        pipe.send(None)
        while True:
            name, items = pipe.recv()
            pipe.send(steps[name](items))
    except (EOFError, OSError):
        pass  # the parent is gone
