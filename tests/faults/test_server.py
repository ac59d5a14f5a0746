"""A PostgreSQL server that ends sessions, or is stopped and started again, in the midst of an `add`."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults_life import Life
from faults_server import sessions_ended
from injuring import Say, in_child
from sayso import ledger as ledgers
from sayso.errors import LedgerError
from tests.faults.making import given
from tests.store.making import STEPS
from tests.store.postgres.server import Server, programs, start, stop

pytest.importorskip("psycopg", reason="psycopg is in the extra postgres")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="fork is a thing of POSIX")]


@pytest.fixture
def own_server() -> Iterator[tuple[Server, Path]]:
    """A server that this test may stop, and its folder."""
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip("no PostgreSQL server on this machine (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="sayso-postgres-"))
    folder.chmod(0o755)
    server = start(folder, bin_folder, durable=True)
    try:
        yield server, folder
    finally:
        stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def test_sessions_are_ended(own_server: tuple[Server, Path]) -> None:
    row = sessions_ended("sessions", own_server[0].url(), given(), times=3, steps=STEPS)
    assert row.ok, "\n".join(row.lines())
    assert all("connection to the server was lost" in message for message in row.messages)


def test_the_server_is_stopped_and_started_again(own_server: tuple[Server, Path]) -> None:
    """Stopped at once, as by a power cut, between two sittings: the next run finds all that was acknowledged, and finishes."""
    server, folder = own_server
    url, copy = server.new_schema(), server.new_schema()
    life = Life(url, copy, given(), STEPS)
    stopped: list[bool] = []

    def add_until_it_is_gone(say: Say) -> None:
        with ledgers.open(url, create=True, steps=STEPS) as ledger:
            for each in given():
                ledger.add_captured([each])
                say(each.report.id)
                time.sleep(0.2)

    def stop_it() -> None:
        time.sleep(1.5)
        stop(server)
        stopped.append(True)

    outcome = in_child(add_until_it_is_gone, meanwhile=stop_it)
    assert stopped
    assert not outcome.done
    assert outcome.acknowledged
    assert outcome.exit_code == LedgerError.exit_code
    # It depends on what it was about: in the middle of a statement, or reaching for the server again.
    assert "run the command again" in outcome.remedy or "that the server runs" in outcome.remedy
    refused = in_child(life)
    assert "cannot be reached" in refused.what
    assert "the server runs" in refused.remedy
    again = restarted(server, folder)
    try:
        with ledgers.open(url, steps=STEPS) as ledger:
            assert ledger.verify() == ()
            assert {report.id for report in ledger.reports()} >= set(outcome.acknowledged)
        assert in_child(life).done
        assert life.state(url) == life.state(copy)
    finally:
        stop(again)


def restarted(server: Server, folder: Path) -> Server:
    """The same files served at the same port."""
    bin_folder = programs()
    assert bin_folder is not None
    return start(folder, bin_folder, port=server.port, durable=True)
