"""A ledger is the same wherever its stories were linked, and whatever happened to those who linked them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sayso import ledger as ledgers
from sayso.ledger import Ledger
from sayso.model import Linked, Verdict
from sayso.pipeline import Link, Steps
from tests.ledger.test_working import embed, held, started, written
from tests.store.making import STEPS

__all__ = ["started"]  # starts Ray for those that ask for it

here = pytest.param({}, id="here")
processes = pytest.param({"workers": 2}, id="processes")
ray = pytest.param({"run": "ray", "workers": 2}, id="ray", marks=pytest.mark.slow)
elsewhere = pytest.mark.parametrize("where", [processes, ray])


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Ray is started once for this file."""
    yield
    if (module := sys.modules.get("ray")) is not None:
        module.shutdown()


@pytest.fixture(autouse=True)
def shared_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some tens of reports are enough to hand out."""
    monkeypatch.setattr("sayso.ledger.linking._SHARED_FROM", 32)


def noting(marks: str, driver: int, link: Link, reports: Any, extractions: Any, **more: Any) -> Linked:
    """Links, having noted who links which story. Workers die of "poison" each time, and of "unlucky" once."""
    text = reports[0].text
    first = not list(Path(marks).glob("unlucky-*"))
    word = next((word for word in ("poison", "unlucky", "failing") if word in text), "story")
    (Path(marks) / f"{word}-{os.getpid()}-{time.monotonic_ns()}").touch()
    if word == "failing":
        raise ValueError("no link of this")
    if os.getpid() != driver and (word == "poison" or (word == "unlucky" and first)):
        os.kill(os.getpid(), signal.SIGKILL)
    return link(reports, extractions, **more)


@pytest.fixture
def noted(tmp_path: Path) -> Callable[..., Steps]:
    """The made steps, which note in the folder `marks` who links."""
    (tmp_path / "marks").mkdir()

    def steps(of: Steps = STEPS) -> Steps:
        return replace(of, link=partial(noting, str(tmp_path / "marks"), os.getpid(), of.link))

    return steps


def linkers(folder: Path, word: str = "") -> set[int]:
    """Who linked."""
    return {int(mark.name.split("-")[1]) for mark in (folder / "marks").glob(f"{word}*-*")}


def texts(stories: int = 6, size: int = 10) -> list[str]:
    """Reports of several stories, no two of one size."""
    return [f"#s{n} Ada said the bridge {m} fell. Bob said it stands." for n in range(stories) for m in range(size + n)]


def added(ledger: Path, folder: Path, steps: Steps, **where: Any) -> tuple[Any, list[Any]]:
    with ledgers.open(str(ledger), create=True, steps=steps) as opened:
        result = opened.add([str(folder)], **where)
        assert opened.verify() == ()
        return result, held(opened)


@elsewhere
def test_stories_are_linked_by_workers_and_come_to_the_same(
    tmp_path: Path, noted: Callable[..., Steps], where: dict[str, Any]
) -> None:
    folder = written(tmp_path / "reports", texts=texts())
    vectors = replace(STEPS, embed=embed, embedder="lengths")
    told, expected = added(tmp_path / "here.db", folder, vectors)
    got, there = added(tmp_path / "there.db", folder, noted(vectors), **where)
    assert (got, there) == (told, expected)
    assert len(linkers(tmp_path)) == 2
    assert os.getpid() not in linkers(tmp_path)


def test_of_all_that_linking_knows_nothing_is_lost_on_the_way(tmp_path: Path, noted: Callable[..., Steps]) -> None:
    """With the real filing and linking, and judgements on statements and reports."""
    from linking_cost import STEPS as REAL
    from linking_cost import reports_of

    given = [each for number in range(4) for each in reports_of(number, 48.0, 14)]
    told = []
    for name, steps, workers in (("here", REAL, 1), ("there", noted(REAL), 2)):
        with ledgers.open(str(tmp_path / f"{name}.db"), create=True, steps=steps) as ledger:
            ledger.add_captured(given, link=False)
            judged(ledger)
            ledger.rebuild(workers=workers)
            told.append([ledger.linked(), ledger.state().parts, ledger.stories(), ledger.account()])
    assert told[0] == told[1]
    assert len(linkers(tmp_path) - {os.getpid()}) == 2


def judged(ledger: Ledger) -> None:
    """A statement is rejected, another joined with a third, a report withdrawn."""
    first, second, third, *_ = ledger.statements()
    at = "2031-01-01T00:00:00Z"
    ledger.judge(Verdict.REJECT, first.id, author="ed", at=at)
    ledger.judge(Verdict.MERGE, second.id, other=third.id, author="ed", at=at)
    ledger.withdraw(next(reversed(list(ledger.reports()))).id, author="ed", on="2031-01-01")


def test_on_a_server_too(tmp_path: Path, noted: Callable[..., Steps], postgres_url: str) -> None:
    folder = written(tmp_path / "reports", texts=texts())
    _, expected = added(tmp_path / "here.db", folder, STEPS)
    with ledgers.open(postgres_url, create=True, steps=noted()) as opened:
        opened.add([str(folder)], workers=2)
        assert held(opened) == expected
    assert os.getpid() not in linkers(tmp_path)


@elsewhere
def test_a_linker_that_dies_costs_nothing(tmp_path: Path, noted: Callable[..., Steps], where: dict[str, Any]) -> None:
    folder = written(tmp_path / "reports", texts=[*texts(), *(f"#x Ada said unlucky {n}." for n in range(4))])
    told, expected = added(tmp_path / "here.db", folder, STEPS)
    assert added(tmp_path / "there.db", folder, noted(), **where) == (told, expected)
    assert len(linkers(tmp_path, "unlucky")) == 2
    assert os.getpid() not in linkers(tmp_path)


@elsewhere
def test_a_story_that_kills_three_linkers_is_named_and_the_next_reader_tries(
    tmp_path: Path, noted: Callable[..., Steps], where: dict[str, Any]
) -> None:
    folder = written(tmp_path / "reports", texts=[*texts(), *(f"#x Ada said poison {n}." for n in range(30))])
    _, expected = added(tmp_path / "here.db", folder, STEPS)
    with ledgers.open(str(tmp_path / "there.db"), create=True, steps=noted()) as ledger:
        (problem,) = ledger.add([str(folder)], **where).problems
        assert len(linkers(tmp_path, "poison")) in (3, 4)  # alone, and perhaps once with another story waiting
        assert os.getpid() not in linkers(tmp_path)
        assert "dies" in problem.what
        stale = ledger._store.derived.stories(stale=True)
        assert [story.id for story in stale] == [problem.where]
        assert held(ledger) == expected
        assert os.getpid() in linkers(tmp_path, "poison")
        assert not ledger._store.derived.stories(stale=True)


def test_a_link_that_fails_fails_here(tmp_path: Path, noted: Callable[..., Steps]) -> None:
    folder = written(tmp_path / "reports", texts=[*texts(), "#x Ada said failing."])
    with ledgers.open(str(tmp_path / "there.db"), create=True, steps=noted()) as ledger:
        with pytest.raises(ValueError, match="no link of this"):
            ledger.add([str(folder)], workers=2)
        assert len(list(ledger.reports())) == len(texts()) + 1
    assert {os.getpid()} < linkers(tmp_path, "failing")


@pytest.mark.parametrize("given", [texts(1, 60), [*texts(1, 60), *(f"#t{n} Bob said no." for n in range(9))]])
def test_one_story_is_linked_here_and_so_are_small_ones_beside_it(
    tmp_path: Path, noted: Callable[..., Steps], given: list[str]
) -> None:
    folder = written(tmp_path / "reports", texts=given)
    added(tmp_path / "there.db", folder, noted(), workers=2)
    assert linkers(tmp_path) == {os.getpid()}


def test_a_rebuild_shares_them_too(tmp_path: Path, noted: Callable[..., Steps]) -> None:
    folder = written(tmp_path / "reports", texts=texts())
    _, expected = added(tmp_path / "here.db", folder, STEPS)
    with ledgers.open(str(tmp_path / "here.db"), steps=noted()) as ledger:
        result = ledger.rebuild(workers=2)
        assert not result.problems
        assert len(linkers(tmp_path)) == 2
        assert os.getpid() not in linkers(tmp_path)
        assert held(ledger) == expected


SLOWLY = """
import os, sys, time
from dataclasses import replace
from functools import partial
from pathlib import Path
from sayso import ledger as ledgers
from sayso.ledger import linking
from tests.store.making import STEPS, link

def slowly(marks, *given, **more):
    (Path(marks) / str(os.getpid())).touch()
    time.sleep(30)
    return link(*given, **more)

if __name__ == "__main__":
    place, folder, marks = sys.argv[1:]
    linking._SHARED_FROM = 32
    with ledgers.open(place, create=True, steps=replace(STEPS, link=partial(slowly, marks))) as ledger:
        ledger.add([folder], workers=2)
"""


def test_ctrl_c_ends_all_who_link_and_what_was_stored_stays(tmp_path: Path, repository: Path) -> None:
    folder = written(tmp_path / "reports", texts=texts())
    marks = tmp_path / "marks"
    marks.mkdir()
    (tmp_path / "slowly.py").write_text(SLOWLY, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "slowly.py"), str(tmp_path / "there.db"), str(folder), str(marks)]
    run = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(repository)}, start_new_session=True, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while len(list(marks.iterdir())) < 2:
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert b"KeyboardInterrupt" in said
    while alive := [mark.name for mark in marks.iterdir() if Path(f"/proc/{mark.name}").exists()]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.05)
    _, expected = added(tmp_path / "here.db", folder, STEPS)
    with ledgers.open(str(tmp_path / "there.db"), steps=STEPS) as ledger:
        assert ledger.verify() == ()
        assert held(ledger) == expected
