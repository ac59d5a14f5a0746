"""`sayso copy`: to another file, to a server and back, and what it refuses."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.errors import LedgerDamaged, LedgerError, UsageError
from sayso.ledger import Ledger, copying
from sayso.ledger import open as open_ledger
from sayso.model import Extraction, Problem, Verdict
from sayso.serve.cli import cli
from sayso.serve.commands.export import ROWS
from sayso.store import open_store
from sayso.store.connect import trigger_names
from sayso.store.records import SqlStore
from tests.serve.conftest import Run
from tests.store.making import STEPS, captured


@pytest.fixture(params=["sqlite", "postgresql"])
def to(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "copy.db")
    return str(request.getfixturevalue("postgres_url"))


def exported(ledger: str) -> Iterator[str]:
    """Every export of rows, as the command writes it."""
    for what in ROWS:
        result = CliRunner().invoke(cli, ["export", ledger, "--what", what])
        assert result.exit_code == 0, result.output
        yield result.stdout


@pytest.mark.model
def test_the_demonstration_goes_to_a_server_and_back(demo_ledger: Path, postgres_url: str, tmp_path: Path) -> None:
    back = str(tmp_path / "back.db")
    for of, to in ((str(demo_ledger), postgres_url), (postgres_url, back)):
        copy = CliRunner().invoke(cli, ["copy", of, to])
        assert copy.exit_code == 0, copy.output
        assert "s3cret" not in copy.output
    with open_ledger(str(demo_ledger)) as opened:
        head = opened.head()
    for copied in (postgres_url, back):
        assert list(exported(copied)) == list(exported(str(demo_ledger)))
        assert CliRunner().invoke(cli, ["verify", copied, "--head", head]).exit_code == 0
    with open_ledger(str(demo_ledger)) as here, open_ledger(back) as there:
        assert list(there.journal()) == list(here.journal())
        assert all(there.raw(report.id) == here.raw(report.id) for report in here.reports())


@pytest.fixture
def full(tmp_path: Path) -> str:
    """A ledger with everything that is kept for good: two readings of a report, judgements that count and one undone, a rebuild."""
    path = str(tmp_path / "full.db")
    steps = STEPS
    with open_ledger(path, create=True, steps=steps) as ledger:
        ledger.add_captured([captured("Ada said 3 fell. Bo said 4 fell.", raw=b"\0\xff"), captured("Cy said 3 fell.")])
        first, second = ledger.reports()
        note = ledger.judge(Verdict.NOTE, first.id, author="Mo", value="look again")
        ledger.judge(Verdict.REJECT, note.id, author="Ann")
        ledger.withdraw(second.id, author="Mo", reason="made up")
    store = open_store(path)
    store.add_extractions([Extraction(first.id, ())], reader="made-0")
    store.note_rebuild()
    store.close()
    return path


def everything(ledger: Ledger) -> list[object]:
    return [
        list(ledger.journal()),
        list(ledger.reports()),
        list(ledger.extractions()),
        ledger.judgements(),
        ledger.withdrawals(),
        ledger.linked(),
        [ledger.raw(report.id) for report in ledger.reports()],
    ]


def test_a_copy_holds_everything(full: str, to: str, run: Run) -> None:
    result = run("copy", full, to, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["reports"], told["readings"], told["judgements"]) == (2, 3, 3)
    with open_ledger(full, steps=STEPS) as here, open_ledger(to, steps=STEPS) as there:
        assert everything(there) == everything(here)
        assert there.verify(head=here.head()) == ()
        assert told["stats"]["journal_head"] == here.head()


def test_a_copy_made_again_gets_what_came_in_since(full: str, to: str, run: Run) -> None:
    assert "2 reports, 3 readings and 3 judgements copied" in run("copy", full, to).stdout
    assert "holds all of it already" in run("copy", full, to).stdout
    with open_ledger(full, steps=STEPS) as here:
        here.add_captured([captured("Dee said it rains.")])
    assert "1 report, 1 reading and 0 judgements copied" in run("copy", full, to).stdout
    with open_ledger(full, steps=STEPS) as here, open_ledger(to, steps=STEPS) as there:
        assert everything(there) == everything(here)


def test_a_copy_that_was_interrupted_goes_on(full: str, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "BATCH_REPORTS", 1)  # two rows land together
    seen: list[tuple[int, int | None]] = []

    def interrupted(done: int, total: int | None) -> None:
        seen.append((done, total))
        if len(seen) == 2:
            raise KeyboardInterrupt

    with open_ledger(full, steps=STEPS) as here:
        with pytest.raises(KeyboardInterrupt):
            here.copy_to(to, progress=interrupted)
        rows = here.stats().journal_rows
        assert seen == [(2, rows), (4, rows)]
        assert here.copy_to(to).rows == rows - 4
        with open_ledger(to, steps=STEPS) as there:
            assert everything(there) == everything(here)


def test_another_ledger_is_not_mixed_with_it(full: str, to: str, run: Run) -> None:
    with open_ledger(to, create=True, steps=STEPS) as there:
        there.add_captured([captured("Dee said it rains.")])
    refused = run("copy", full, to)
    assert refused.exit_code == 2
    assert "another ledger already" in refused.stderr
    with open_ledger(to, steps=STEPS) as there:
        assert there.stats().reports == 1


def test_a_copy_that_went_its_own_way_is_not_mixed_with_it(full: str, to: str) -> None:
    with open_ledger(full, steps=STEPS) as here:
        here.copy_to(to)
        with open_ledger(to, steps=STEPS) as there:
            there.add_captured([captured("Dee said it rains.")])
        with pytest.raises(UsageError, match="another ledger already"):
            here.copy_to(to)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reports SET title = 'x'",
        "UPDATE blobs SET bytes = x'00'",
        "UPDATE statements SET negated = 1",
        "UPDATE judgements SET author = 'x'",
        "DELETE FROM judgements",
        "UPDATE journal SET payload = '{}' WHERE kind = 'report'",
        "UPDATE journal SET at = '2031' WHERE seq = 2",
    ],
)
def test_what_is_damaged_is_not_copied(full: str, tmp_path: Path, change: str) -> None:
    with sqlite3.connect(full) as db:
        for name in trigger_names():
            db.execute(f"DROP TRIGGER {name}")
        db.execute(change)
    with open_ledger(full, steps=STEPS) as here, pytest.raises(LedgerDamaged, match=r"sayso verify|Restore"):
        here.copy_to(str(tmp_path / "copy.db"))


def test_a_report_that_does_not_fit_is_named(full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    too_large = Problem("it is too large", "here", "Split it.")
    monkeypatch.setattr(SqlStore, "refuses", lambda self, captured: too_large)
    with (
        open_ledger(full, steps=STEPS) as here,
        pytest.raises(LedgerError, match="cannot be copied there: it is too large"),
    ):
        here.copy_to(str(tmp_path / "copy.db"))


def test_there_must_be_a_ledger_to_copy(run: Run, tmp_path: Path) -> None:
    refused = run("copy", str(tmp_path / "none.db"), str(tmp_path / "copy.db"))
    assert refused.exit_code == 3
    assert not (tmp_path / "copy.db").exists()


def test_no_command_shows_a_password(run: Run, postgres_url: str, reports: Path) -> None:
    for words in (
        ("init", postgres_url),
        ("init", postgres_url, "--json"),
        ("add", postgres_url, str(reports), "--json"),
        ("verify", postgres_url.replace("s3cret", "wr0ng")),
        ("people", postgres_url, "list"),
        ("account", postgres_url.replace("/postgres?", "/s3?")),
    ):
        result = run(*words)
        assert "cret" not in result.output, words
        assert "wr0ng" not in result.output, words
