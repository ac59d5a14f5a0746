"""Disks that are full, that end at a quota, or may only be read: nothing is half done, what is there is read, the message says what to do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from faults_files import full_disk, may_mount, read_only_disk, real_full_disk, small_disk
from faults_life import files_in
from injuring import Say, in_child, no_file_beyond
from sayso import ledger as ledgers
from sayso.errors import LedgerFull
from sayso.store.connect import explain
from tests.faults.making import given
from tests.store.making import STEPS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and fork are things of POSIX")


@pytest.fixture(scope="module")
def mounting() -> None:
    if not may_mount():
        pytest.skip("this process may not mount a disk")


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    row = full_disk("quota", files_in(tmp_path), given(), times=4, steps=STEPS)
    assert row.ok, "\n".join(row.lines())
    assert row.injected
    assert all("disk takes no more" in message and "raise the quota" in message for message in row.messages)


@pytest.mark.usefixtures("mounting")
def test_a_full_disk(tmp_path: Path) -> None:
    row = real_full_disk("full", files_in(tmp_path), given(), times=5, steps=STEPS)
    assert row.ok, "\n".join(row.lines())
    assert row.acknowledged
    assert all("Free some space" in message for message in row.messages)


@pytest.mark.usefixtures("mounting")
def test_a_disk_that_may_only_be_read(tmp_path: Path) -> None:
    row = read_only_disk("read-only", files_in(tmp_path), given(), times=3, steps=STEPS)
    assert row.ok, "\n".join(row.lines())
    assert row.acknowledged
    assert all("may only be read" in message for message in row.messages)


def test_what_cannot_be_saved_is_linked_in_memory(tmp_path: Path) -> None:
    """Reading takes no room: a ledger that is stale on a full disk gives the same account."""
    path = str(tmp_path / "ledger.db")

    def add(say: Say) -> None:
        with ledgers.open(path, create=True, steps=STEPS) as ledger:
            ledger.add_captured(given())
            say(repr(ledger.linked()))

    def read(say: Say) -> None:
        with ledgers.open(path, steps=STEPS) as ledger:
            ledger._store.derived.forget("another")
            no_file_beyond(4096)()
            say(repr(ledger.linked()))

    linked = in_child(add).acknowledged
    assert linked
    assert in_child(read).acknowledged == linked


@pytest.mark.usefixtures("mounting")
def test_a_ledger_that_was_closed_is_read_where_nothing_more_fits(tmp_path: Path) -> None:
    """Opening it takes a file of 32 kB beside it, for which there is no room."""
    from faults_files import _fill

    folder = tmp_path / "disk"
    folder.mkdir()
    path = str(folder / "ledger.db")

    def add(say: Say) -> None:
        with ledgers.open(path, create=True, steps=STEPS) as ledger:
            ledger.add_captured(given())

    def read(say: Say) -> None:
        with ledgers.open(path, steps=STEPS) as ledger:
            assert not ledger.writable
            assert ledger.verify() == ()
            say(str(len(list(ledger.reports()))))
            ledger.add_captured(given(11))

    with small_disk(folder, 4000):
        assert in_child(add).done
        _fill(folder / "fill")
        outcome = in_child(read)
    assert outcome.acknowledged == ("10",), outcome
    assert "free some space" in outcome.remedy


@pytest.mark.parametrize("name", ["SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_FULL"])
def test_no_room_is_an_error_of_its_own(name: str) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode, error.sqlite_errorname = getattr(sqlite3, name), name
    assert isinstance(explain(error, "x.db"), LedgerFull)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_result_that_cannot_be_written_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sayso", "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Free some space" in done.stderr
    assert "should not happen" not in done.stderr
