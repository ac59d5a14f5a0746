"""The evidence package: a valid bag, checked without sayso, written whole or not at all, with nothing in it that is protected."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner

from sayso import ledger
from sayso.errors import UsageError
from sayso.model import Verdict
from sayso.serve.cli import cli
from sayso.serve.package import package
from sayso.serve.package.alone import main as verify_alone


@pytest.fixture(scope="module")
def packed(demo_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of the demonstration with one judgement. To be read; who spoils it copies it first."""
    folder = tmp_path_factory.mktemp("package")
    shutil.copy(demo_ledger, folder / "demo.db")
    with ledger.open(str(folder / "demo.db")) as opened:
        report = next(iter(opened.reports()))
        opened.judge(Verdict.NOTE, report.id, author="Mo", value="seen")
        package(opened, str(folder / "out"))
    return folder / "out"


@pytest.fixture
def own(packed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(packed, tmp_path / "own"))


def said(folder: Path, capsys: pytest.CaptureFixture[str], noted: str | None = None) -> tuple[int, str]:
    code = verify_alone(noted, str(folder))
    return code, capsys.readouterr().out


def test_it_is_a_bag(packed: Path) -> None:
    assert bagit.Bag(str(packed)).validate()


def test_it_holds_everything(packed: Path, demo_ledger: Path) -> None:
    about = json.loads((packed / "data/package.json").read_text("utf-8"))
    with ledger.open(str(demo_ledger), read_only=True) as opened:
        raws = {opened.raw(report.id) for report in opened.reports()}
        texts = [report.text for report in opened.reports()]
        rows = opened.stats().journal_rows + 1
    assert {path.read_bytes() for path in (packed / "data/bytes").iterdir()} == raws
    held = (packed / "data/records/reports.jsonl").read_text("utf-8").splitlines()
    assert sorted(json.loads(line)["text"] for line in held) == sorted(texts)
    assert (about["rows"], about["reports"], about["judgements"], about["withheld"]) == (rows, len(texts), 1, 0)
    assert "[^1]" in (packed / "data/account.md").read_text("utf-8")
    assert json.loads((packed / "data/account.json").read_text("utf-8"))["sections"]
    assert "<!doctype html>" in (packed / "data/account.html").read_text("utf-8").lower()


def test_no_name_in_it_comes_from_a_report(packed: Path) -> None:
    for path in packed.rglob("*"):
        assert re.fullmatch(r"[0-9a-f]{64}|[A-Za-z0-9-]+(\.[a-z]+)?", path.name), path


def test_python_alone_checks_it(packed: Path) -> None:
    """-I -S: no site-packages, so that nothing of ours can be imported."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(packed / "verify.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    head = json.loads((packed / "data/package.json").read_text("utf-8"))["journal_head"]
    assert f"ends with {head}" in done.stdout


def test_it_is_short_enough_to_be_read(packed: Path) -> None:
    source = (packed / "verify.py").read_text("utf-8")
    assert len(source.splitlines()) < 150
    assert "sayso" not in {word for line in source.splitlines() if "import" in line for word in line.split()}


def journal(folder: Path) -> list[str]:
    return (folder / "data/journal.jsonl").read_text("utf-8").splitlines()


def write(folder: Path, name: str, lines: list[str]) -> None:
    (folder / name).write_text("".join(line + "\n" for line in lines), "utf-8")


def first_bytes(folder: Path) -> Path:
    return min((folder / "data/bytes").iterdir())


def edited(lines: list[str], number: int, **parts: object) -> list[str]:
    return [*lines[:number], json.dumps({**json.loads(lines[number]), **parts}), *lines[number + 1 :]]


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "a row edited": (
        lambda f: write(f, "data/journal.jsonl", edited(journal(f), 3, at="1999-01-01T00:00:00Z")),
        r"journal row 4 \(report, 1999.*the row was changed",
    ),
    "a row cut out": (
        lambda f: write(f, "data/journal.jsonl", journal(f)[:3] + journal(f)[4:]),
        "journal row 5 .*rows are missing after row 3",
    ),
    "rows in another order": (
        lambda f: write(f, "data/journal.jsonl", edited(edited([*journal(f)[:3], journal(f)[4], journal(f)[3], *journal(f)[5:]], 3, seq=4), 4, seq=5)),
        "journal row 4 .*does not follow from the row before",
    ),
    "bytes swapped": (
        lambda f: first_bytes(f).write_bytes(b"other"),
        "the bytes of report r-.* are not here as they were captured",
    ),
    "bytes removed": (lambda f: first_bytes(f).unlink(), "the bytes of report r-.* are not here as they were captured"),
    "bytes put in": (
        lambda f: (f / "data/bytes" / ("0" * 64)).write_bytes(b"other"),
        "data/bytes/0{64}: the file is not in manifest",
    ),
    "a report edited": (
        lambda f: write(f, "data/records/reports.jsonl", [line.replace("farmer", "soldier") for line in (f / "data/records/reports.jsonl").read_text("utf-8").splitlines()]),
        "the report r-.* is not here as the journal tells of it",
    ),
    "a judgement removed": (
        lambda f: (f / "data/records/judgements.jsonl").unlink(),
        "the judgement j-.* is not here as the journal tells of it",
    ),
    "the account edited": (
        lambda f: (f / "data/account.md").write_text("nothing happened"),
        "data/account.md: the file is not the one",
    ),
    "the README edited": (lambda f: (f / "README.txt").write_text("trust me"), "README.txt: the file is not the one"),
    "the journal emptied": (lambda f: write(f, "data/journal.jsonl", []), "the journal is empty"),
    "the journal garbled": (lambda f: write(f, "data/journal.jsonl", edited(journal(f), 3, payload="x")), "cannot be understood"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_what_was_spoilt_is_named(own: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    spoil, expected = SPOILT[name]
    spoil(own)
    code, out = said(own, capsys)
    assert code == 1
    assert re.search(expected, out), out
    assert not bagit.Bag(str(own)).is_valid()


def test_a_head_noted_earlier_shows_a_journal_that_was_cut_or_written_anew(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [json.loads(line) for line in journal(own)]
    assert said(own, capsys, rows[7]["hash"])[0] == 0
    assert "does not hold 00" in said(own, capsys, "0" * 64)[1]


def test_it_is_never_written_over_anything(own: Path, own_demo: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    before = sorted(path.as_posix() for path in tmp_path.rglob("*"))
    with ledger.open(str(own_demo)) as opened:
        for name in ("own", "file", "empty", "dangling", "demo.db"):
            with pytest.raises(UsageError, match="never written over"):
                package(opened, str(tmp_path / name))
        with pytest.raises(UsageError, match="does not exist"):
            package(opened, str(tmp_path / "none" / "out"))
    assert sorted(p.as_posix() for p in tmp_path.rglob("*") if ".db-" not in p.name) == before


def test_what_cannot_be_finished_leaves_nothing(
    own_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sayso.serve.package.close_bag", full)
    with ledger.open(str(own_demo)) as opened, pytest.raises(UsageError, match="No space left"):
        package(opened, str(tmp_path / "out"))
    assert [path.name for path in tmp_path.iterdir() if "demo.db" not in path.name] == []


def test_of_a_time_or_story_the_journal_is_whole_and_the_records_are_theirs(
    own_demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ledger.open(str(own_demo)) as opened:
        early = {report.id for report in opened.reports(as_of="2025-10-15")}
        story = next(iter(opened.stories()))
        package(opened, str(tmp_path / "early"), as_of="2025-10-15")
        package(opened, str(tmp_path / "story"), story=story.id)
        rows = opened.stats().journal_rows
    for name, expected in (("early", early), ("story", set(story.reports))):
        records = (tmp_path / name / "data/records/reports.jsonl").read_text("utf-8").splitlines()
        assert {json.loads(line)["id"] for line in records} == expected
        assert len(journal(tmp_path / name)) == rows
        assert said(tmp_path / name, capsys)[0] == 0
        assert bagit.Bag(str(tmp_path / name)).validate()


def test_the_command_says_what_it_wrote(own_demo: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["package", str(own_demo), str(tmp_path / "out"), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["folder"] == str(tmp_path / "out")
    assert told["withheld"] == 0
    again = CliRunner().invoke(cli, ["package", str(own_demo), str(tmp_path / "out")])
    assert again.exit_code == 2
    assert "never written over anything" in again.stderr
