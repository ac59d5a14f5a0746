"""What every place to run keeps: all results, in order, whatever dies. Here, in processes, and on a Ray cluster of this machine."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import UsageError
from sayso.run.crew import Run, Task
from sayso.run.places import open_run
from tests.run.making import DOUBLED, FAILING, SLOW, dying_task

Opened = Callable[[Sequence[Task[Any, Any]]], AbstractContextManager[Run]]

here = pytest.param(None, 1, id="here")
processes = pytest.param(None, 2, id="processes")
ray = pytest.param("ray", 2, id="ray", marks=pytest.mark.slow)
anywhere = pytest.mark.parametrize(("where", "workers"), [here, processes, ray])
elsewhere = pytest.mark.parametrize(("where", "workers"), [processes, ray])


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Ray is started once for this file, and what is opened on it ends its own workers only."""
    yield
    import sys

    if (module := sys.modules.get("ray")) is not None:
        module.shutdown()


@pytest.fixture
def opened(where: str | None, workers: int) -> Opened:
    if where is not None:
        module = pytest.importorskip("ray", reason="ray is in the extra ray")
        if not module.is_initialized():
            from sayso.run.cluster import start

            start(workers)
    return partial(open_run, where, workers=workers, chunk=2)


@anywhere
def test_results_come_job_by_job_and_in_order(opened: Opened) -> None:
    jobs = [[f"{job}-{item}" for item in range(job % 4)] for job in range(40)]
    with opened((DOUBLED,)) as run:
        assert list(run.map(DOUBLED, jobs)) == [[item * 2 for item in job] for job in jobs]
        assert list(run.map(DOUBLED, [])) == []


@elsewhere
def test_what_is_done_first_is_given_back_first_and_nothing_waits_behind_a_slow_job(opened: Opened) -> None:
    taken: list[str] = []

    def jobs() -> Iterator[list[str]]:
        for item in ["whale", *map(str, range(1, 12))]:
            taken.append(item)
            yield [item]

    with opened((SLOW,)) as run:
        list(run.map(SLOW, [["a"], ["b"], ["c"]]))  # the workers are there
        got = []
        for number, (text,) in run.as_done(SLOW, jobs()):
            got.append((number, text.partition(" ")[0]))
            assert len(taken) - len(got) < 4  # those in hand, and two that wait
    assert sorted(got) == list(enumerate(taken))
    assert got.index((0, "whale")) > 5


def test_here_what_is_done_first_came_first() -> None:
    with open_run(None, (DOUBLED,), workers=1) as run:
        assert list(run.as_done(DOUBLED, [["a"], ["b", "c"]])) == [(0, ["aa"]), (1, ["bb", "cc"])]


@elsewhere
def test_what_takes_workers_along_is_told_with_its_job(opened: Opened, tmp_path: Path) -> None:
    task = dying_task(tmp_path)
    words = [f"n{n}" for n in range(12)]
    words[2], words[7] = "poison", "unlucky"
    with opened((task,)) as run:
        got = dict(run.as_done(task, [[word] for word in words]))
    assert got == {n: [f"{word} lost" if word == "poison" else f"{word} done"] for n, word in enumerate(words)}


@anywhere
def test_one_map_may_draw_from_another(opened: Opened) -> None:
    with opened((DOUBLED, SLOW)) as run:
        first = run.map(DOUBLED, ([f"{n}a", f"{n}b"] for n in range(12)))
        results = list(run.map(SLOW, first))
    assert [[text.partition(" by ")[0] for text in job] for job in results] == [
        [f"{n}a" * 2, f"{n}b" * 2] for n in range(12)
    ]


@anywhere
def test_jobs_are_taken_as_they_are_needed(opened: Opened) -> None:
    taken = 0

    def jobs() -> Iterator[list[str]]:
        nonlocal taken
        for n in range(1000):
            taken += 1
            yield [str(n)]

    with opened((SLOW,)) as run:
        results = run.map(SLOW, jobs())
        for _ in range(3):
            next(results)
        assert taken < 40


@anywhere
def test_a_failure_of_whoever_gives_the_jobs_comes_after_what_came_before_it(opened: Opened) -> None:
    def jobs() -> Iterator[list[str]]:
        yield ["a", "b", "c"]
        yield ["d"]
        raise OSError("the disk is gone")

    got: list[str] = []
    with opened((SLOW,)) as run:
        results = run.map(SLOW, jobs())
        with pytest.raises(OSError, match="the disk is gone"):
            got.extend(each for job in results for each in job)
    assert [text.partition(" ")[0] for text in got] == ["a", "b", "c", "d"]


@elsewhere
def test_nothing_is_lost_or_doubled_when_workers_die(opened: Opened, tmp_path: Path) -> None:
    task = dying_task(tmp_path)
    words = [f"n{n}" for n in range(20)]
    words[3], words[8], words[9], words[15] = "unlucky", "poison", "poison too", "crate"
    with opened((task,)) as run:
        results = list(run.map(task, [words[:7], words[7:14], words[14:]]))
    told = [f"{word} done" for word in words]
    told[8], told[9] = "poison lost", "poison too lost"
    told[15:16] = ["first done", "poison lost", "third done"]
    assert [each for job in results for each in job] == told
    assert len(list(tmp_path.glob("unlucky-*"))) == 2
    assert 3 <= len(list(tmp_path.glob("poison-too-*"))) <= 5  # alone, and perhaps once or twice in company


@elsewhere
def test_a_worker_that_is_killed_from_outside_costs_nothing(opened: Opened) -> None:
    with opened((SLOW,)) as run:
        results = run.map(SLOW, ([f"{n}-{m}" for m in range(4)] for n in range(20)))
        got = list(next(results))
        os.kill(int(got[0].rpartition(" ")[2]), signal.SIGKILL)
        for each in results:
            got += each
    assert [text.partition(" ")[0] for text in got] == [f"{n}-{m}" for n in range(20) for m in range(4)]


@elsewhere
def test_a_step_that_fails_although_no_step_should_gives_up_by_name(opened: Opened, where: str | None) -> None:
    with opened((FAILING,)) as run:
        assert list(run.map(FAILING, [["a", "b"]])) == [["a lost", "b lost"]]


@elsewhere
def test_the_workers_end_with_the_context(opened: Opened) -> None:
    with opened((SLOW,)) as run:
        pids = {int(text.rpartition(" ")[2]) for job in run.map(SLOW, [[str(n) for n in range(16)]]) for text in job}
    assert len(pids) == 2
    deadline = time.monotonic() + 10
    while alive := {pid for pid in pids if Path(f"/proc/{pid}").exists()}:
        assert time.monotonic() < deadline, alive
        time.sleep(0.05)


@pytest.mark.parametrize("where", ["slurm", "http://127.0.0.1:1", ""])
def test_other_names_of_places_are_refused(where: str) -> None:
    with pytest.raises(UsageError, match="ray://HOST:PORT"), open_run(where, (DOUBLED,), workers=1):
        pass


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'sayso\[ray\]'"), open_run("ray", (DOUBLED,), workers=1):
        pass
