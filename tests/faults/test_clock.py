"""The clock jumps, forwards and backwards: the journal stays a chain, the last decision counts, watching goes on, sessions end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

import sayso.ledger.judging
from faults import clock_jumps
from faults_life import files_in
from sayso import ledger as ledgers
from sayso.model import Verdict
from sayso.serve.people import sessions, throttle
from sayso.serve.people.roles import Role
from sayso.serve.people.store import PeopleStore, open_people
from tests.faults.making import given
from tests.store.making import STEPS
from tests.watch.making import desk, place, settings

HOUR, YEAR = 3600.0, 365 * 86400.0


@pytest.mark.skipif(os.name != "posix", reason="fork is a thing of POSIX")
def test_a_life_under_a_clock_that_jumps(tmp_path: Path) -> None:
    row = clock_jumps("clock", files_in(tmp_path), given(), times=2, steps=STEPS)
    assert row.ok, "\n".join(row.lines())


@pytest.mark.parametrize("jump", [0.0, -HOUR, -5 * YEAR, YEAR])
def test_the_last_decision_counts_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    at = datetime(2031, 5, 5, tzinfo=UTC).timestamp()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls.fromtimestamp(at, tz)

    monkeypatch.setattr(sayso.ledger.judging, "datetime", Clock)
    with ledgers.open(str(tmp_path / "ledger.db"), create=True, steps=STEPS) as ledger:
        ledger.add_captured(given())
        one, two = [statement.id for statement in ledger.statements()][:2]
        for n in range(8):  # within one second, their order must not hang on their ids
            last = Verdict.MERGE if n % 2 else Verdict.SPLIT
            made = ledger.judge(last, one, other=two, author="Ada")
            at += jump
            assert ledger.judgements()[-1] == made
        rejected = ledger.judge(Verdict.REJECT, made.id, author="Bo")
        assert rejected.at > made.at
        assert ledger.verify() == ()


@pytest.mark.parametrize("wrong", [HOUR, YEAR])
def test_a_watch_goes_on_after_the_clock_was_set_back(tmp_path: Path, wrong: float) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("Ada said 3 fell.")
    with desk(tmp_path, settings(place("folder", str(folder)))) as at:
        at.clock.at += wrong
        at.drain()
        at.drain(after=60)
        assert len(at.texts()) == 1
        at.clock.at -= wrong
        (folder / "b.txt").write_text("Bo said it rains.")
        os.utime(folder / "b.txt", (at.clock.at - 900, at.clock.at - 900))
        for _ in range(20):
            at.drain(after=120)
        assert len(at.texts()) == 2
        assert any("the clock was set back" in line for line in at.told)


def test_a_small_correction_is_no_jump(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with desk(tmp_path, settings(place("folder", str(folder)))) as at:
        at.drain()
        at.drain(after=-30)
        assert not any("set back" in line for line in at.told)


@pytest.fixture
def clock() -> list[float]:
    return [datetime(2031, 5, 5, tzinfo=UTC).timestamp()]


@pytest.fixture
def people(tmp_path: Path, clock: list[float]) -> Iterator[PeopleStore]:
    with open_people(str(tmp_path / "people"), create=True, clock=lambda: clock[0]) as opened:
        yield opened


def test_a_session_ends_though_the_clock_was_ahead(people: PeopleStore, clock: list[float]) -> None:
    ada = people.add("Ada", Role.EDITOR, "hash").id
    clock[0] += YEAR
    session = sessions.start(people, ada, address="127.0.0.1")
    assert sessions.find(people, session)
    clock[0] -= YEAR
    assert sessions.find(people, session) is None, "or it would be open for a year and a week"
    session = sessions.start(people, ada, address="127.0.0.1")
    clock[0] -= 30
    assert sessions.find(people, session), "a small correction ends nothing"


def test_nobody_is_kept_out_by_a_clock_that_was_ahead(people: PeopleStore, clock: list[float]) -> None:
    clock[0] += YEAR
    for _ in range(30):
        throttle.enter(people, "Ada", "192.0.2.1")
        clock[0] += 1
    clock[0] -= YEAR
    assert throttle.enter(people, "Ada", "192.0.2.1") <= throttle.ADDRESS.longest_s
