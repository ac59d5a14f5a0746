"""`kill -9` anywhere in the life of a ledger: what was acknowledged is there, `verify` passes, and the next run finishes the work.

The thorough run is `benchmarks/faults.py`, which does the same many more times.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from faults import killed, killed_at_random, two_at_once
from faults_files import program_killed
from faults_life import Row, files_in
from faults_server import schemas_at
from injuring import in_child, killed_before
from tests.faults.making import given
from tests.store.making import STEPS
from tests.store.postgres.server import Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="kill -9 and fork are things of POSIX"),
]


def check(row: Row, *, at_least: int) -> None:
    assert row.ok, "\n".join(row.lines())
    assert row.injected >= at_least
    assert row.acknowledged, "the kills fell into too few moments to show anything"


def test_before_any_statement_of_a_life(tmp_path: Path) -> None:
    check(killed("killed", files_in(tmp_path), given(), times=12, steps=STEPS), at_least=12)


def test_at_any_time(tmp_path: Path) -> None:
    row = killed_at_random("killed", files_in(tmp_path), given(40), times=4, steps=STEPS)
    assert row.ok, "\n".join(row.lines())


def test_beside_another_who_is_killed(tmp_path: Path) -> None:
    check(two_at_once("two", files_in(tmp_path), given(), times=2, steps=STEPS), at_least=2)


def test_on_a_server(postgres: Server) -> None:
    row = killed("killed", schemas_at(postgres.url()), given(), times=3, steps=STEPS)
    check(row, at_least=3)


@pytest.mark.model
def test_the_whole_program(tmp_path: Path) -> None:
    row = program_killed("sayso add", files_in(tmp_path), times=1)
    assert row.ok, "\n".join(row.lines())


def test_the_injury_is_one() -> None:
    """Or all of the above would pass by doing nothing."""
    import sqlite3

    def work(_: object) -> None:
        db = sqlite3.connect(":memory:")
        for _n in range(5):
            db.execute("SELECT 1")

    assert in_child(work, injure=killed_before(0)).questions == 5
    assert not in_child(work, injure=killed_before(5)).done
    assert in_child(work, injure=killed_before(6)).done
