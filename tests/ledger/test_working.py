"""A ledger is the same wherever its reports were read, and whatever happened to those who read them."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sayso import ledger as ledgers
from sayso.ledger import AddResult, Ledger
from sayso.model import Captured, Extraction, Problem, Report, Statement
from tests.store.making import STEPS, captured, ingest, reading

here = pytest.param({}, id="here")
processes = pytest.param({"workers": 2}, id="processes")
ray = pytest.param({"run": "ray", "workers": 2}, id="ray", marks=pytest.mark.slow)
anywhere = pytest.mark.parametrize("where", [here, processes, ray])


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Ray is started once for this file."""
    yield
    import sys

    if (module := sys.modules.get("ray")) is not None:
        module.shutdown()


@pytest.fixture(autouse=True)
def started(request: pytest.FixtureRequest) -> None:
    if "ray" in request.node.name:
        module = pytest.importorskip("ray", reason="ray is in the extra ray")
        if not module.is_initialized():
            from sayso.run.cluster import start

            start(2)


def extract(marks: str, given: Iterable[Report]) -> Iterator[Extraction]:
    """Kills its process at "poison" each time, and at "unlucky" once."""
    for report in given:
        mark = Path(marks) / report.id
        if "poison" in report.text or ("unlucky" in report.text and not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield reading(report)


def embed(reports: Sequence[Report], statements: Sequence[Statement], *, known: Mapping[str, Any]) -> dict[str, Any]:
    texts = {report.id: report.text for report in reports}
    return {s.id: np.full(4, len(s.content[0].of(texts[s.report])), dtype=np.float32) for s in statements}


def fragile_ingest(places: Iterable[Any], *, options: Any = None) -> Iterator[Captured | Problem]:
    for place in places:
        if "killer" in getattr(place, "place", place):
            os.kill(os.getpid(), signal.SIGKILL)
        yield from ingest([place], options=options)


def written(folder: Path, *, texts: Sequence[str]) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def texts(number: int = 90) -> list[str]:
    """Reports, a few of them twice: within a batch, and batches apart."""
    made = [f"Ada said the bridge {n} fell. Bob said it stands." for n in range(number)]
    for copy, of in ((3, 2), (number - 5, 1)):
        made[copy] = made[of]
    return made


def added(ledger: Path, places: Sequence[str], steps: Any = STEPS, **where: Any) -> tuple[AddResult, list[Any]]:
    with ledgers.open(str(ledger), create=True, steps=steps) as opened:
        result = opened.add(places, **where)
        assert opened.verify() == ()
        return result, held(opened)


def held(ledger: Ledger) -> list[Any]:
    return [*ledger.reports(), *ledger.extractions(), ledger.linked(), ledger.account()]


@anywhere
def test_a_ledger_is_the_same_wherever_it_was_read(tmp_path: Path, where: dict[str, Any]) -> None:
    folder = written(tmp_path / "reports", texts=texts())
    places = [str(folder), str(tmp_path / "nothing.txt"), str(folder / "001.txt")]
    steps = replace(STEPS, embed=embed, embedder="lengths")
    told, expected = added(tmp_path / "here.db", places, steps)
    got, there = added(tmp_path / "there.db", places, steps, **where)
    assert got == told
    assert there == expected
    assert len(got.added) == 88
    assert got.problems[0].where == str(tmp_path / "nothing.txt")
    again, _ = added(tmp_path / "there.db", places, steps, **where)
    assert again.added == ()
    assert set(again.known) == set(got.added)


@pytest.mark.parametrize("where", [processes, ray])
def test_the_dead_cost_nothing_and_poison_is_named(tmp_path: Path, where: dict[str, Any]) -> None:
    made = texts(40)
    made[7] = "Ada said this is unlucky."
    made[20] = "Bob said this is poison."
    folder = written(tmp_path / "reports", texts=made)
    _, expected = added(tmp_path / "here.db", [str(folder)])
    marks = tmp_path / "marks"
    marks.mkdir()
    steps = replace(STEPS, extract=partial(extract, str(marks)))
    result, there = added(tmp_path / "there.db", [str(folder)], steps, **where)
    assert len(list(marks.iterdir())) == 2  # both did kill
    (problem,) = result.problems
    assert "died" in problem.what
    (poison,) = (each for each in there if isinstance(each, Extraction) and each.problems)
    assert [each for each in there if isinstance(each, Report)] == [
        each for each in expected if isinstance(each, Report)
    ]
    readings = [each for each in expected if isinstance(each, Extraction) and each.report != poison.report]
    assert [each for each in there if isinstance(each, Extraction) and each is not poison] == readings


@pytest.mark.parametrize("where", [ray])
def test_an_input_that_kills_whoever_ingests_it_is_named(tmp_path: Path, where: dict[str, Any]) -> None:
    folder = written(tmp_path / "reports", texts=texts(20))
    (folder / "010-killer.txt").write_text("Ada said this kills.", encoding="utf-8")
    result, _ = added(tmp_path / "there.db", [str(folder)], replace(STEPS, ingest=fragile_ingest), **where)
    assert len(result.added) == 18
    assert [problem.where for problem in result.problems] == [str(folder / "010-killer.txt")]


@pytest.mark.parametrize("where", [processes, ray])
def test_workers_make_the_vectors(tmp_path: Path, where: dict[str, Any]) -> None:
    folder = written(tmp_path / "reports", texts=texts(10))
    added(tmp_path / "there.db", [str(folder)], replace(STEPS, embed=embed, embedder="lengths"), **where)
    vectors = sqlite3.connect(tmp_path / "there.db").execute("SELECT count(*) FROM statement_vectors").fetchone()
    assert vectors[0] == 9  # "the bridge 0 fell" to "the bridge 9 fell" but two, and what Bob said


@anywhere
def test_what_came_before_a_failure_is_kept(tmp_path: Path, where: dict[str, Any]) -> None:
    def failing(places: Iterable[Any], *, options: Any = None) -> Iterator[Captured | Problem]:
        yield from (captured(f"Ada said {n} fell.") for n in range(70))
        raise OSError("the disk is gone")

    steps = replace(STEPS, ingest=failing)
    with ledgers.open(str(tmp_path / "there.db"), create=True, steps=steps) as opened:
        with pytest.raises(OSError, match="the disk is gone"):
            opened.add(["-"], **where)
        assert len(list(opened.reports())) == 70
        assert opened.verify() == ()


def test_into_a_server(tmp_path: Path, postgres_url: str) -> None:
    folder = written(tmp_path / "reports", texts=texts(50))
    told, expected = added(tmp_path / "here.db", [str(folder)])
    for _ in range(2):  # the same batches again change nothing
        with ledgers.open(postgres_url, create=True, steps=STEPS) as opened:
            result = opened.add([str(folder)], workers=2)
            assert held(opened) == expected
    assert set(result.known) == set(told.added)
