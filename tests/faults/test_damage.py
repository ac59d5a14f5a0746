"""A damaged file: `verify` names it, or opening refuses it, with what to do; and what is whole can be saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from faults_files import DAMAGES, Damage, damaged
from faults_life import files_in
from injuring import Say, in_child
from sayso import ledger as ledgers
from sayso.errors import LedgerError, UsageError
from sayso.ledger.salvaging import salvage
from sayso.model import Verdict
from sayso.serve.cli import cli
from tests.faults.making import given
from tests.store.making import STEPS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="fork is a thing of POSIX")


@pytest.mark.parametrize("harm", DAMAGES)
def test_damage_is_named_or_refused_and_the_rest_saved(tmp_path: Path, harm: Damage) -> None:
    row = damaged(harm.__name__, files_in(tmp_path), given(), harm, times=6, steps=STEPS)
    assert row.ok, "\n".join(row.lines())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with ten reports and a judgement."""
    path = tmp_path / "ledger.db"
    with ledgers.open(str(path), create=True, steps=STEPS) as ledger:
        ledger.add_captured(given())
        ledger.judge(Verdict.NOTE, given()[0].report.id, author="Ada", value="seen")
        ledger.linked()
    return path


def test_one_page_costs_what_stood_in_it(path: Path, tmp_path: Path) -> None:
    """Every page in turn: what is saved is whole, and no page costs all."""
    whole, saved = path.read_bytes(), []
    for at in range(4096, len(whole), 3 * 4096):
        path.write_bytes(whole[:at] + os.urandom(4096) + whole[at + 4096 :])
        to = tmp_path / f"saved{at}.db"
        try:
            result = salvage(str(path), str(to), steps=STEPS)
        except LedgerError:
            continue
        saved.append(result.reports + result.judgements)
        with ledgers.open(str(to), steps=STEPS) as ledger:
            assert ledger.verify() == ()
        if saved[-1] < 11:
            assert result.problems
    assert saved.count(11) > len(saved) / 2


def test_a_whole_ledger_is_saved_as_it_is(path: Path, tmp_path: Path) -> None:
    result = salvage(str(path), str(tmp_path / "new.db"), steps=STEPS)
    assert (result.reports, result.reread, result.judgements, result.problems) == (10, 0, 1, ())
    with ledgers.open(str(path), steps=STEPS) as old, ledgers.open(str(tmp_path / "new.db"), steps=STEPS) as new:
        assert new.linked() == old.linked()
        assert new.judgements() == old.judgements()


def test_what_can_be_saved_is_mixed_with_no_other_ledger(path: Path, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    with ledgers.open(other, create=True, steps=STEPS) as ledger:
        ledger.add_captured(given(2))
    with pytest.raises(UsageError, match="a ledger already"):
        salvage(str(path), other, steps=STEPS)


def test_the_command_names_what_is_lost(path: Path, tmp_path: Path) -> None:
    import sqlite3

    from sayso.store.connect import trigger_names

    db = sqlite3.connect(path)
    for name in trigger_names():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("UPDATE blobs SET bytes = x'00' WHERE sha256 = (SELECT sha256 FROM reports WHERE seq = 3)")
    db.commit()
    db.close()
    done = CliRunner().invoke(cli, ["copy", str(path), str(tmp_path / "new.db"), "--salvage"])
    assert done.exit_code == 1
    assert "9 reports and 1 judgement saved" in done.stdout
    assert "report number 3: it cannot be read" in done.stderr


def test_changes_that_were_not_in_the_file_yet(path: Path, tmp_path: Path) -> None:
    """A damaged file of changes (-wal) ends where the damage is. An end of the journal noted elsewhere shows that more is missing."""
    copy = tmp_path / "copy"
    copy.mkdir()

    def add(say: Say) -> None:
        with ledgers.open(str(path), steps=STEPS) as ledger:
            ledger.add_captured(given(14)[10:])
            say(ledger.stats().journal_head)
            for end in ("", "-wal"):
                (copy / f"ledger.db{end}").write_bytes(Path(f"{path}{end}").read_bytes())

    (head,) = in_child(add).acknowledged
    changes = copy / "ledger.db-wal"
    raw = bytearray(changes.read_bytes())
    raw[100] ^= 255
    changes.write_bytes(raw)
    with ledgers.open(str(copy / "ledger.db"), steps=STEPS) as ledger:
        assert ledger.verify() == ()
        assert "rows were cut off its end" in ledger.verify(head=head)[0].what
