"""`sayso derive` from the command line: two files, many pairs, and lines that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from sayso import shapes
from sayso.serve.cli import cli

pytestmark = pytest.mark.model

TEXT = (
    "The weir at Ullock burst at dawn and the water stood a metre high in Mill Street, where a baker and his son climbed on the "
    "roof of their van. Mayor Ede Tarn said that forty houses were wet and that the school would be shut until Thursday."
)
OTHER = (
    "A circus came to Dorn and sold all its seats within the hour, though the elephant had stayed at home with a cold."
)


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["derive", *words], input=given)


def lines(result: Result) -> list[Any]:
    found = [json.loads(line) for line in result.stdout.splitlines()]
    for each in found:
        Draft202012Validator(shapes.schema("derivation")).validate(each)
    return found


def test_two_files(tmp_path: Path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    a.write_text(TEXT, "utf-8")
    b.write_text(f"🜂 Ullock\n\n{TEXT}\n", "utf-8")
    result = run(str(a), str(b))
    assert result.exit_code == 0, result.output
    [found] = lines(result)
    assert found["kind"] == "copy"
    [passage] = found["passages"][:1]
    assert TEXT[passage[0] : passage[1]] == b.read_text("utf-8")[passage[2] : passage[3]]


def test_many_pairs_and_a_bad_line_is_named(tmp_path: Path) -> None:
    rows = [
        json.dumps({"a": TEXT, "b": TEXT, "a_published": "2031-04-02", "b_published": "2031-04-03", "label": 7}),
        "not json",
        json.dumps([TEXT, TEXT]),
        json.dumps({"a": TEXT}),
        json.dumps({"a": TEXT, "b": "  "}),
        json.dumps({"a": TEXT, "b": TEXT, "a_published": "soon"}),
        json.dumps({"a": TEXT, "b": TEXT, "b_outlet": 3}),
        "",
        json.dumps({"a": TEXT, "b": OTHER, "a_outlet": None}),
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(rows), "utf-8")
    result = run("--pairs", str(path))
    assert result.exit_code == 1
    copied, apart = lines(result)
    assert (copied["kind"], copied["direction"]) == ("copy", "b_of_a")
    assert (apart["kind"], apart["direction"]) == ("independent", "none")
    named = [f"line {n}:" in result.stderr for n in range(1, 10)]
    assert named == [False, True, True, True, True, True, True, False, False]
    again = run("--pairs", "-", given="\n".join(rows))
    assert again.stdout == result.stdout
    assert "stdin, line 2:" in again.stderr


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    there = tmp_path / "a.txt"
    there.write_text(TEXT, "utf-8")
    missing = run(str(there), str(tmp_path / "none.txt"))
    assert missing.exit_code == 1
    assert "none.txt" in missing.stderr
    assert not missing.stdout
    assert run("--pairs", str(tmp_path / "none.jsonl")).exit_code == 2


@pytest.mark.parametrize("words", [(), ("a.txt",), ("a.txt", "b.txt", "c.txt"), ("a.txt", "b.txt", "--pairs", "-")])
def test_another_number_of_files_is_refused(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2
