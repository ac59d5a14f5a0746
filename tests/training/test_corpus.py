"""The corpus is built from sheets without any text getting into it, and every line is held against its text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.training.making import KELL, OFFICIALS, TEXT, data_of, statement, write_corpus
from training.attribution.corpus import build
from training.attribution.corpus.texts import digest, read_text
from training.attribution.data import Document, read_corpus

SHEET = """@ 2
S: Officials
C: said
X: the bridge was open
A: assert

# a remark
@ 1
S: The mayor … Kell,
C: denied
X: that … died
A: deny
"""


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """A folder with data, parts and one sheet for each of two documents."""
    data_of(tmp_path / "data", {"1": TEXT, "2": TEXT})
    (tmp_path / "parts.json").write_text('{"train": [["fa_kes", "2"]], "dev": [["fa_kes", "1"], ["fa_kes", "3"]]}')
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "fa_kes.1.sheet").write_text(SHEET, "utf-8")
    (tmp_path / "sheets" / "fa_kes.2.sheet").write_text("", "utf-8")  # read, and nothing found in it
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, verb: str, *arguments: str) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["build", verb, "--data", "data", *arguments])
    build.main()


def test_sheets_become_lines_that_the_training_reads(
    sheets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, sheets, "compile", "--parts", "parts.json", "--out", "corpus", "sheets")
    assert "2 documents, 2 statements\nno sheet yet: fa_kes.3\n" in capsys.readouterr().out
    assert [p.name for p in sorted((sheets / "corpus").iterdir())] == ["fa_kes.dev.jsonl", "fa_kes.train.jsonl"]
    (row,) = map(json.loads, (sheets / "corpus" / "fa_kes.dev.jsonl").read_text("utf-8").splitlines())
    assert row == {
        "corpus": "fa_kes",
        "document": "1",
        "part": "dev",
        "sha256": digest(TEXT),
        "statements": [statement(KELL, act="deny"), statement(OFFICIALS)],  # in the order of the text
    }
    assert list(read_corpus(sheets / "corpus", sheets / "data", "dev")) == [
        Document("fa_kes/1", TEXT, (KELL, OFFICIALS))
    ]
    run(monkeypatch, sheets, "check", "corpus")
    printed = capsys.readouterr().out
    assert re.search(r"^all +2 documents, 2 statements, \d+ words$", printed, re.MULTILINE)
    assert "mayor" not in (sheets / "corpus" / "fa_kes.dev.jsonl").read_text("utf-8")


def test_sentences_are_shown_as_sheets_number_them(
    sheets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, sheets, "show", "fa_kes", "1")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["[1]", "[2]", "[3]", "[4]"]
    assert lines[1] == "[2] Officials said the bridge was open."


@pytest.mark.parametrize(
    ("name", "sheet", "error"),
    [
        ("sheets/fa_kes.1.sheet", SHEET.replace("C: said", "C: shouted"), "line 1: not found here: 'shouted'"),
        ("sheets/fa_kes.1.sheet", SHEET.replace("that … died", "that … di"), "is not made of whole words"),
        ("sheets/fa_kes.1.sheet", SHEET + SHEET, "statement 3: stands here twice"),
        ("sheets/fa_kes.9.sheet", SHEET, "in no part"),
        ("sheets/fa_kes.3.sheet", SHEET, "no fa_kes/3 under data"),
        ("second/fa_kes.1.sheet", SHEET, "a second sheet of this document"),
    ],
)
def test_a_wrong_sheet_is_named_and_nothing_is_written(
    sheets: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    sheet: str,
    error: str,
) -> None:
    (sheets / "second").mkdir()
    (sheets / name).write_text(sheet, "utf-8")
    with pytest.raises(SystemExit, match="errors: "):
        run(monkeypatch, sheets, "compile", "--parts", "parts.json", "--out", "corpus", "sheets", "second")
    printed = capsys.readouterr().out
    assert name.rpartition("/")[2] in printed
    assert error in printed
    assert not (sheets / "corpus").exists()


def test_a_document_belongs_to_one_part(sheets: Path) -> None:
    (sheets / "parts.json").write_text('{"train": [["fa_kes", "1"]], "dev": [["fa_kes", "1"]]}')
    with pytest.raises(ValueError, match="fa_kes/1 twice"):
        build.read_parts(sheets / "parts.json")


def _set(**values: object) -> Callable[[dict[str, Any]], None]:
    return lambda row: row["statements"][0].update(values)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda row: row.update(sha256="0" * 64), "not the one that was annotated"),
        (lambda row: row.update(part="train"), "belongs into fa_kes.train.jsonl"),
        (lambda row: row.update(document="0"), "no fa_kes/0 under"),
        (lambda row: row["statements"].append(row["statements"][0]), "stands here twice"),
        (lambda row: row["statements"][0].pop("who"), "fields are source, cue"),
        (_set(content=[[0, len(TEXT) + 1]]), "lies outside the text"),
        (_set(content=[[60, 60]]), "lies outside the text"),
        (_set(cue=[[KELL.cue[0].start, KELL.cue[0].end - 1]]), "is not made of whole words"),
        (_set(who=[0, 4]), "is not made of whole words"),
        (_set(cue=[list(KELL.content[0])]), "overlap"),
        (_set(cue=[]), "no cue or no content"),
        (_set(act="mumble"), "no such act"),
        (_set(relay=[{"span": [0, 3], "kind": "pigeon"}]), "kind of relay"),
    ],
)
def test_every_line_is_held_against_its_text(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None], error: str
) -> None:
    data = data_of(tmp_path / "data", {"1": TEXT})

    def read(corpus: str, document: str) -> str:
        return read_text(corpus, document, data)

    row = {"corpus": "fa_kes", "document": "1", "part": "dev", "sha256": digest(TEXT), "statements": [statement(KELL)]}
    assert build.check_folder(write_corpus(tmp_path / "corpus", row), read)[1] == []
    spoil(row)
    errors = build.check_folder(write_corpus(tmp_path / "corpus", row), read)[1]
    assert errors
    assert all(e.startswith("fa_kes.dev.jsonl: fa_kes/") for e in errors)
    assert error in " ".join(errors)


def test_documents_are_sorted_and_stand_in_the_corpus_once(tmp_path: Path) -> None:
    def read(corpus: str, document: str) -> str:
        return TEXT

    one, two = (
        {"corpus": "fa_kes", "document": d, "part": "dev", "sha256": digest(TEXT), "statements": []} for d in "12"
    )
    for rows, error in (((two, one), "not sorted"), ((one, one), "fa_kes/1: stands in the corpus twice")):
        errors = build.check_folder(write_corpus(tmp_path, *rows), read)[1]
        assert len(errors) == 1
        assert error in errors[0]
    (tmp_path / "fa_kes.dev.jsonl").write_text("{\n")
    assert "fa_kes.dev.jsonl: line 1 is no document" in build.check_folder(tmp_path, read)[1][0]
