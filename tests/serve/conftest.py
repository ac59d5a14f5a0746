"""A ledger read and linked by made steps, and a way to run `sayso` on it without starting a process."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from sayso import ledger, pipeline
from sayso.model import Captured, Problem
from sayso.serve.cli import cli
from tests.store.making import STEPS, captured

if TYPE_CHECKING:
    from sayso.ingest.options import IngestOptions

Run = Callable[..., Result]


def ingest(places: Iterable[Any], *, options: IngestOptions | None = None) -> Iterator[Captured | Problem]:
    """Text files and folders of them; "bad" in a name is refused. Outlet and times as the options say."""
    for place in places:
        path = Path(place)
        for file in sorted(path.rglob("*.*")) if path.is_dir() else [path]:
            if not file.is_file() or "bad" in file.name:
                yield Problem("it cannot be read", str(file), "Give another.")
                continue
            made = captured(
                file.read_bytes().decode("utf-8", "replace"),
                outlet=(options.outlet if options else None) or file.stem.title(),
                published=options.published if options else None,
                url=options.url if options else None,
                title=options.title if options else None,
                raw=file.read_bytes(),
            )
            yield made


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``sayso`` with these words, with the made steps in the place of the real ones."""
    steps = dataclasses.replace(STEPS, ingest=ingest)
    monkeypatch.setattr(ledger, "open", partial(ledger.open, steps=steps))
    monkeypatch.setattr(pipeline, "read", partial(pipeline.read, steps=steps))

    def run(*words: str, **extra: Any) -> Result:
        return CliRunner().invoke(cli, list(words), **extra)

    return run


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of three reports: two answers to one question, and something that both say."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "harbour.txt").write_text("Ada said 3 fell. Then Bo said it rains.", "utf-8")
    (folder / "hill.txt").write_text("Cy said 4 fell.", "utf-8")
    (folder / "mill.txt").write_text("Dee said it rains. Nobody else spoke.", "utf-8")
    return folder


@pytest.fixture
def filled(run: Run, reports: Path, tmp_path: Path) -> str:
    """The path of a ledger that holds the reports."""
    path = str(tmp_path / "flood.db")
    assert run("add", path, str(reports), "--published", "2031-04-08").exit_code == 0
    return path
