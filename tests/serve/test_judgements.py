"""Judgements go from one ledger to another, and mean there what they meant here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso import ledger as api
from sayso.errors import UsageError
from sayso.model import Verdict
from tests.serve.conftest import Run
from tests.store.making import STEPS, captured

TEXTS = ("Ada said 3 fell. Then Bo said it rains.", "Cy said 4 fell.")


def made(path: Path) -> str:
    with api.open(str(path), create=True, steps=STEPS) as opened:
        opened.add_captured([captured(text, published="2031-04-08") for text in TEXTS])
    return str(path)


def test_what_was_decided_here_holds_there(tmp_path: Path, run: Run) -> None:
    here, there = made(tmp_path / "here.db"), made(tmp_path / "there.db")
    with api.open(here, steps=STEPS) as opened:
        first = next(opened.statements())
        opened.judge(Verdict.REJECT, first.id, author="Mo")
        opened.judge(Verdict.NOTE, first.id, author="Bo", value="=cmd() <b>")
        wanted = opened.linked()
    file = tmp_path / "judged.jsonl"
    run("export", here, "--what", "judgements", "--output", str(file))
    run("judgements", there, "--import", str(file))
    run("judgements", there, "--import", str(file))
    with api.open(there, steps=STEPS) as opened:
        assert {(j.author, j.verdict.value) for j in opened.judgements()} == {("Bo", "note"), ("Mo", "reject")}
        assert len(opened.judgements()) == 2
        assert opened.linked() == wanted
        opened.rebuild()
        assert opened.linked() == wanted
        assert opened.verify() == ()
    listed = run("judgements", there, "--json").stdout.splitlines()
    assert {json.loads(line)["author"] for line in listed} == {"Mo", "Bo"}


def test_a_row_that_was_changed_on_the_way_is_refused_and_nothing_is_taken_in(tmp_path: Path) -> None:
    path = made(tmp_path / "here.db")
    with api.open(path, steps=STEPS) as opened:
        first = next(opened.statements())
        row = opened.judge(Verdict.NOTE, first.id, author="Mo", value="a")
        changed = type(row)(row.id, row.verdict, row.subject, row.other, "b", row.author, row.at)
        other = made(tmp_path / "other.db")
        with api.open(other, steps=STEPS) as target:
            with pytest.raises(UsageError, match="changed on the way"):
                target.take_judgements([row, changed])
            assert target.judgements() == ()


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "j-a"}', '{"id": 1, "verdict": "note"}'])
def test_a_line_that_is_none_is_named(tmp_path: Path, run: Run, line: str) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(line, encoding="utf-8")
    result = run("judgements", made(tmp_path / "here.db"), "--import", str(file))
    assert result.exit_code == 2
    assert "bad.jsonl:1" in result.stderr
