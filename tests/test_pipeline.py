from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.errors import InputError
from sayso.model import Captured, Problem
from tests.store.making import STEPS, captured, reading


def test_the_story_is_told_in_order() -> None:
    assert [step.__name__ for step in pipeline.STORY] == ["ingest", "extract", "link", "account"]
    default = pipeline.Steps()
    assert (default.ingest, default.extract, default.link, default.account) == pipeline.STORY


def test_importing_the_api_loads_none_of_the_heavy_libraries() -> None:
    heavy = "spacy trafilatura numpy onnxruntime cattrs lxml jinja2 sayso.ingest sayso.extract sayso.link sayso.account"
    code = f"import sys, sayso.ledger; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_read_needs_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada said 3 fell.")
    (tmp_path / "b.txt").write_text("Bo said 4 fell.")
    places = [str(tmp_path / "a.txt"), "none.txt", str(tmp_path / "b.txt")]
    first, second, third = pipeline.read(places, steps=STEPS)
    assert isinstance(second, Problem)
    assert second.where == "none.txt"
    assert not isinstance(first, Problem)
    assert not isinstance(third, Problem)
    for each, extraction in (first, third):
        assert extraction == reading(each.report)
    assert [first[0].report.text, third[0].report.text] == ["Ada said 3 fell.", "Bo said 4 fell."]


def test_batches_hold_so_many_reports_and_so_much_text() -> None:
    short = [captured(f"Ada said {n}.") for n in range(5)]
    long = captured("Ada said " + "x" * 500)
    problem = Problem("a", "b", "c")
    assert list(pipeline.batches([*short, problem], reports=2)) == [short[:2], short[2:4], [short[4], problem]]
    assert list(pipeline.batches([long, long, *short], characters=400)) == [[long], [long], short]
    assert list(pipeline.batches([])) == []


def failing(error: Exception) -> Iterator[Captured | Problem]:
    yield captured("Ada said 3 fell.")
    raise error


def test_what_came_before_a_failure_is_not_lost() -> None:
    batches = pipeline.batches(failing(OSError("gone")))
    assert len(next(batches)) == 1
    with pytest.raises(OSError, match="gone"):
        next(batches)


def test_a_refused_input_is_a_problem() -> None:
    ((_, problem),) = pipeline.batches(failing(InputError("broken", where="x.html", remedy="Mend it.")))
    assert problem == Problem("broken", "x.html", "Mend it.")
