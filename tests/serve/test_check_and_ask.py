"""`sayso check`, `sayso ask` and `sayso mcp`: what each prints, and its exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sayso import ledger as api
from sayso import shapes
from tests.serve.conftest import Run


def checked(schema: str, printed: str) -> Any:
    value = json.loads(printed)
    Draft202012Validator(shapes.schema(schema)).validate(value)
    return value


@pytest.fixture
def draft(tmp_path: Path) -> str:
    path = tmp_path / "draft.txt"
    path.write_text("Ada said it rains. Mo said 9 floated.", "utf-8")
    return str(path)


def test_check_for_people(run: Run, filled: str, draft: str) -> None:
    result = run("check", filled, draft, "--outlet", "Quay Echo", "--published", "2031-04-09")
    assert result.exit_code == 0, result.stderr
    assert "Quay Echo, 9 April 2031" in result.stdout
    assert "would join the story y-" in result.stdout
    known, new = result.stdout.split("Ada: ")[1].split("Mo: ")
    assert "known: c-" in known
    assert "new: it would be reported, 1 origin" in new


def test_check_for_machines(run: Run, filled: str, draft: str) -> None:
    row = checked("check", run("check", filled, draft, "--json").stdout)
    assert [[claim["new"] for claim in each["claims"]] for each in row["statements"]] == [[False], [True]]
    assert row["report"]["place"]
    assert row["held"] is False


def test_check_writes_nothing(run: Run, filled: str, draft: str) -> None:
    with api.open(filled) as opened:
        before = opened.stats()
    assert run("check", filled, draft).exit_code == 0
    with api.open(filled) as opened:
        assert opened.stats() == before


def test_check_names_an_input_that_is_refused(run: Run, filled: str, tmp_path: Path) -> None:
    result = run("check", filled, str(tmp_path / "nowhere.txt"))
    assert result.exit_code == 1
    assert "nowhere.txt" in result.stderr
    assert result.stdout == ""


def test_check_needs_a_ledger(run: Run, draft: str, tmp_path: Path) -> None:
    assert run("check", str(tmp_path / "none.db"), draft).exit_code == 3
    assert run("check").exit_code == 2


@pytest.mark.model
def test_ask_says_what_is_not_known(run: Run, filled: str) -> None:
    result = run("ask", filled, "How many people died in Hallorn?")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Not known from these reports.\n")
    row = checked("asked", run("ask", filled, "how", "many", "died", "in", "Hallorn", "--json").stdout)
    assert (row["outcome"], row["known"], row["answers"]) == ("unknown", False, [])


@pytest.mark.model
def test_ask_refuses_what_is_no_question(run: Run, filled: str) -> None:
    result = run("ask", filled, "??")
    assert result.exit_code == 2
    assert "no word" in result.stderr


def test_mcp_says_what_to_install(run: Run, filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sayso.serve.mcp.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp", None)
    result = run("mcp", filled)
    assert result.exit_code == 2
    assert "pip install 'sayso[mcp]'" in result.stderr


def test_mcp_needs_a_ledger(run: Run, tmp_path: Path) -> None:
    assert run("mcp", str(tmp_path / "none.db")).exit_code == 3
