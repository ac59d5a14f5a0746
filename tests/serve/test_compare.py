"""`sayso compare`: two texts or a file of pairs in, one line of JSON for each pair out; a bad line is named and the rest goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sayso import shapes
from tests.serve.conftest import Run

pytestmark = pytest.mark.model


def test_two_texts_give_one_line_of_the_documented_shape(run: Run) -> None:
    result = run(
        "compare", "The toll bridge at Varn was opened on Monday.", "The toll bridge at Varn was not opened on Monday."
    )
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    row = json.loads(line)
    Draft202012Validator(shapes.schema("comparison")).validate(row)
    assert row["kind"] == "contradicts"
    assert any("negated" in reason for reason in row["reasons"])


def test_a_file_of_pairs_gives_a_line_for_each_and_names_the_bad_ones(run: Run, tmp_path: Path) -> None:
    good = {"a": "The ferry sank off Dorn.", "b": "The ferry sank off Dorn.", "id": 7, "a_published": "2031-04-08"}
    lines = [
        json.dumps(good),
        "{",
        "",
        json.dumps({"a": "only one"}),
        json.dumps({"a": "…", "b": "The ferry sank."}),
        json.dumps(good | {"b_published": "soon"}),
        json.dumps(good | {"b_published": 3}),
        "[" * 5000,
        json.dumps({"a": "The ferry sank off Dorn \ud800.", "b": "Rain fell on the hills of Ullock."}),
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    result = run("compare", "--pairs", str(file))
    assert result.exit_code == 1
    assert [json.loads(line)["kind"] for line in result.stdout.splitlines()] == ["same", "unrelated"]
    named = [line for line in result.stderr.splitlines() if line.startswith("problem:")]
    assert [int(line.split("line ")[1].split(":")[0]) for line in named] == [2, 4, 5, 6, 7, 8]
    assert "soon" in named[3]


def test_pairs_come_from_stdin_too(run: Run) -> None:
    pair = json.dumps({"a": "Two boats sank in the harbour of Dorn.", "b": "Two boats sank in the harbour of Dorn."})
    result = run("compare", "--pairs", "-", input=pair + "\n" + pair + "\n")
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize("words", [(), ("one text",), ("one", "two", "three"), ("one", "two", "--pairs", "-")])
def test_anything_else_is_a_wrong_command(run: Run, words: tuple[str, ...]) -> None:
    assert run("compare", *words).exit_code == 2
