"""Every malformed input gives a named problem or a clean report, soon, and nothing else."""

from __future__ import annotations

import hashlib
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from sayso.ingest import read_sources
from sayso.model import Captured, Problem
from tests.ingest.hostile.generate import Case, cases
from tests.ingest.making import options

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LIMIT_S = 20  # for one input, on a slow and busy machine; most take a few milliseconds
CASES = list(cases(megabytes=3))


def name_of(case: Case) -> str:
    return f"{case.file}-{case.name}".replace(" ", "_")


@contextmanager
def within(seconds: int) -> Iterator[None]:
    def late(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt(f"longer than {seconds} s")  # which no fence around a reader holds back

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    except KeyboardInterrupt as error:
        pytest.fail(str(error))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 200
    assert len({(c.file, c.raw) for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_problem_or_a_clean_report(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.file
    path.write_bytes(case.raw)
    with within(LIMIT_S):
        found = list(read_sources([str(path)], options=options(respect_robots=False, retries=0)))
    if not case.file.startswith(("result", "chats")):  # an export without words is no problem, only empty
        assert found
    for item in found:
        if isinstance(item, Problem):
            check_problem(item, path)
        else:
            check_report(item, case)


def check_problem(problem: Problem, path: Path) -> None:
    assert problem.what
    assert problem.remedy
    assert "\n" not in problem.what
    assert path.name in problem.where or problem.where.startswith(("http", "ftp"))
    assert "defect of sayso" not in problem.remedy  # each of these is foreseen and named


def check_report(captured: Captured, case: Case) -> None:
    report = captured.report
    assert report.text.strip()
    assert report.sha256 == hashlib.sha256(captured.raw).hexdigest()
    every = (
        report.text,
        report.title,
        report.byline,
        report.outlet,
        report.url,
        report.capture.place,
        report.forwarded_from,
    )
    for words in every:
        (words or "").encode("utf-8")  # no store keeps half a surrogate pair
    for line in (report.title, report.byline, report.outlet, report.url):
        assert line is None or (line.strip() and not CONTROL.search(line))
    assert report.url is None or report.url.startswith(("http://", "https://"))
    if case.file.endswith(".html") and "page" in case.file:
        assert "alert(" not in report.text.replace(report.title or "", "")
    at = 0
    for block in report.blocks:
        assert at <= block.span.start < block.span.end <= len(report.text)
        at = block.span.end
    assert report.blocks


@pytest.mark.slow
def test_fifty_megabytes_in_a_line(tmp_path: Path) -> None:
    for case in cases(megabytes=50):
        if case.file.startswith(("line", "solid", "attribute", "lines", "blank.", "name")) and len(case.raw) > 10 << 20:
            (tmp_path / case.file).write_bytes(case.raw)
            with within(60):
                found = list(read_sources([str(tmp_path / case.file)], options=options()))
            assert found
