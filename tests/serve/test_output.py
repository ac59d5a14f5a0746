"""Results as files and rows: whole or not at all, the same bytes for the same rows, no formula in a CSV."""

from __future__ import annotations

import csv
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.serve.output import csv_cell, rows_as, write, write_all


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "＠x", "=cmd|' /C calc'!A0"]
)
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert csv_cell(text) == "'" + text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("a = b", "a = b"),
        ("", ""),
        (None, ""),
        (-3, "-3"),
        (2.5, "2.5"),
        (True, "true"),
        ([], "[]"),
        (["=1"], '["=1"]'),
        ({"text": "Козинка"}, '{"text": "Козинка"}'),
        ("nul\0", "nul\ufffd"),
    ],
)
def test_other_cells_are_as_they_are(value: object, cell: str) -> None:
    assert csv_cell(value) == cell


@example([{"a": "\r", "b": None}])  # Python before 3.13 writes it bare where lines end with \\n
@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.none() | st.integers() | st.text()}), max_size=4))
def test_any_rows_read_back_from_csv(rows: list[dict[str, object]]) -> None:
    text = "".join(rows_as("csv", rows, columns=["a", "b"]))
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["a", "b"], *([csv_cell(row["a"]), csv_cell(row["b"])] for row in rows)]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")

    def failing() -> Iterator[str]:
        yield "new"
        raise RuntimeError("the ledger went away")

    with pytest.raises(RuntimeError):
        write_all(failing(), str(target))
    assert target.read_text() == "old"
    write("Козинка\ud800\n", str(target))
    assert target.read_bytes() == "Козинка?\n".encode()
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_file_keeps_its_mode_and_a_new_one_gets_the_usual(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        old, new = tmp_path / "old", tmp_path / "new"
        old.touch()
        old.chmod(0o604)
        for file in (old, new):
            write("x", str(file))
        assert [stat.S_IMODE(file.stat().st_mode) for file in (old, new)] == [0o604, 0o640]
    finally:
        os.umask(mask)


def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path) -> None:
    real, link, pipe = tmp_path / "real", tmp_path / "link", tmp_path / "pipe"
    real.touch()
    link.symlink_to(real)
    write("x", str(link))
    assert link.is_symlink()
    assert real.read_text() == "x"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write("y", str(pipe))
    assert os.read(reader, 9) == b"y"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("path", ["absent/out.md", "."])
def test_a_place_that_cannot_be_written_is_named(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="Choose another --output") as failed:
        write("x", path)
    assert failed.value.problem.where == path
