"""One extraction for each report, in order, whatever the reader does to itself."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.model import Extraction, Report
from sayso.run.local import Extract, read_each, reader
from tests.store.making import captured, reading


def reports(*words: str) -> list[Report]:
    return [captured(f"Ada said {word} happened.").report for word in words]


def fragile(given: Iterable[Report]) -> Iterator[Extraction]:
    """Reads in batches, as the real one does, and fails for a whole batch because of one report in it."""
    batch = list(given)
    if any("bad" in report.text for report in batch):
        raise RecursionError("too deep")
    yield from map(reading, batch)


def forgetful(given: Iterable[Report]) -> Iterator[Extraction]:
    return (reading(report) for report in given if "bad" not in report.text)


def generous(given: Iterable[Report]) -> Iterator[Extraction]:
    for report in given:
        yield reading(report)
        yield reading(report)


@pytest.mark.parametrize("extract", [fragile, forgetful])
@pytest.mark.parametrize("words", [["a", "b"], ["a", "bad", "b"], ["bad"], ["a", "bad", "b", "bad 2", "c"], []])
def test_one_bad_report_costs_no_other(extract: Extract, words: list[str]) -> None:
    given = reports(*words)
    read = read_each(extract, given)
    assert [extraction.report for extraction in read] == [report.id for report in given]
    for report, extraction in zip(given, read, strict=True):
        if "bad" in report.text:
            (problem,) = extraction.problems
            assert not extraction.statements
            assert problem.where == "made.txt"
            assert problem.what
            assert problem.remedy
        else:
            assert extraction == reading(report)


def test_the_error_of_the_reader_is_told() -> None:
    (extraction,) = read_each(fragile, reports("bad"))
    assert "RecursionError: too deep" in extraction.problems[0].what


def test_an_answer_for_another_report_is_not_taken() -> None:
    given = reports("a", "b", "c")
    assert [e.report for e in read_each(generous, given)] == [report.id for report in given]


def test_ctrl_c_is_not_swallowed() -> None:
    def interrupted(given: Iterable[Report]) -> Iterator[Extraction]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_each(interrupted, reports("a"))


def test_there_must_be_a_worker() -> None:
    with pytest.raises(UsageError, match="0 workers"), reader(fragile, workers=0):
        pass


# ---------------------------------------------------------------------------------------------------
# Several processes. What they run must be importable there, so it is written to a module of its own.

READERS = """
    import os, signal
    from sayso.model import Extraction

    loaded = 0

    def read(reports):
        global loaded
        loaded += 1
        for report in reports:
            if "bad" in report.text:
                raise ValueError("a bad report")
            if "crash" in report.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "exit" in report.text:
                os._exit(7)
            yield Extraction(report.id, ())
"""


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Extract]:
    (tmp_path / "made_readers.py").write_text(textwrap.dedent(READERS))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield import_module("made_readers").read
    del sys.modules["made_readers"]


def test_workers_answer_in_order_and_survive_a_crash(read: Extract) -> None:
    words = [f"{n}" for n in range(23)]
    words[3], words[11], words[12], words[22] = "bad", "crash", "exit", "crash too"
    given = reports(*words)
    with reader(read, workers=2, chunk=4) as read_all:
        first, second = read_all(given), read_all(given[:2])
        assert read_all([]) == []
    assert [e.report for e in first] == [report.id for report in given]
    assert [e.report for e in second] == [report.id for report in given[:2]]
    troubled = {words[at]: e.problems[0].what for at, e in enumerate(first) if e.problems}
    assert set(troubled) == {"bad", "crash", "exit", "crash too"}
    assert "a bad report" in troubled["bad"]
    assert "exit code -9" in troubled["crash"]
    assert "exit code 7" in troubled["exit"]


def test_workers_that_cannot_start_are_one_clear_error(read: Extract, tmp_path: Path) -> None:
    (tmp_path / "made_readers.py").write_text("import os; os._exit(3)")  # what the children will import
    with pytest.raises(UsageError, match="before it could start"), reader(read, workers=2) as read_all:
        read_all(reports("a", "b"))


def test_the_workers_end_with_the_context(read: Extract) -> None:
    import multiprocessing

    with reader(read, workers=2) as read_all:
        read_all(reports("a"))
        assert len(multiprocessing.active_children()) >= 2
    assert multiprocessing.active_children() == []
