"""`sayso export` in every format: what it takes, what it refuses, where it writes, and that nothing else changes it."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet
import pytest
from click.testing import Result

from sayso.serve.commands.export import ROW_FORMATS, ROWS
from sayso.serve.exports import DOCUMENTS
from tests.serve.exports.pango import MISSING

Run = Callable[..., Result]

TEXTS = [name for name in DOCUMENTS if name != "pdf"]
FORMATS = [
    *TEXTS,
    pytest.param("pdf", marks=pytest.mark.skipif(bool(MISSING), reason=MISSING)),
]


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_holds_the_ledger_and_lands_whole(run: Run, filled: str, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    done = run("export", filled, "--format", name, "--output", str(target))
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"The {name} is in {target}." in done.stderr
    assert target.stat().st_size > 1 or name == "bibtex"  # the made account cites no report
    printed = run("export", filled, "--format", name)
    assert printed.stdout_bytes == target.read_bytes()  # the same twice, and on stdout as in a file
    if DOCUMENTS[name].media_type.endswith("json") and name != "ftm":
        json.loads(printed.stdout)


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in ("bibtex", "csl-json", "html")])
def test_the_order_and_the_folder_change_no_byte(run: Run, reports: Path, tmp_path: Path, name: str) -> None:
    one, two = str(tmp_path / "one.db"), str(tmp_path / "two.db")
    files = sorted(map(str, reports.iterdir()))
    run("add", one, *files)
    for file in reversed(files):
        moved = tmp_path / Path(file).name
        moved.write_bytes(Path(file).read_bytes())
        run("add", two, str(moved))
    assert run("export", one, "--format", name).stdout_bytes == run("export", two, "--format", name).stdout_bytes


@pytest.mark.parametrize("name", FORMATS)
def test_of_an_empty_ledger(run: Run, tmp_path: Path, name: str) -> None:
    path = str(tmp_path / "empty.db")
    run("init", path)
    assert run("export", path, "--format", name).exit_code == 0


@pytest.mark.parametrize("what", list(ROWS))
def test_parquet_holds_the_rows(run: Run, filled: str, what: str) -> None:
    run("judge", filled, "note", "outlet:Harbour", "--value", "ask again", "--author", "Mo")
    rows = [json.loads(line) for line in run("export", filled, "--what", what).stdout.splitlines()]
    done = run("export", filled, "--what", what, "--format", "parquet")
    table = pyarrow.parquet.read_table(io.BytesIO(done.stdout_bytes))
    assert table.num_rows == len(rows) > 0
    assert table.column_names == list(rows[0])
    assert table.column(table.column_names[0]).to_pylist() == [row[table.column_names[0]] for row in rows]


@pytest.mark.parametrize("name", TEXTS)
def test_as_of_a_moment_before_every_report(run: Run, filled: str, name: str) -> None:
    before = run("export", filled, "--format", name, "--as-of", "2030")
    assert before.exit_code == 0
    assert "rains" not in before.stdout
    assert run("export", filled, "--format", name, "--as-of", "soon").exit_code == 2


@pytest.mark.parametrize("name", ["webannotation", "prov", "schemaorg", "ftm", "html", "md"])
def test_one_story_is_all_there_is(run: Run, filled: str, name: str) -> None:
    (story,) = (json.loads(line)["id"] for line in run("export", filled, "--what", "stories").stdout.splitlines())
    assert (
        run("export", filled, "--format", name, "--story", story).stdout
        == run("export", filled, "--format", name).stdout
    )
    assert run("export", filled, "--format", name, "--story", "y-zzzz").exit_code == 2


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_a_document_takes_no_what(run: Run, filled: str, name: str) -> None:
    refused = run("export", filled, "--format", name, "--what", "claims")
    assert refused.exit_code == 2
    assert f"{name} holds the whole ledger, not rows of one kind" in refused.stderr


@pytest.mark.parametrize("name", list(ROW_FORMATS))
def test_rows_need_what(run: Run, filled: str, name: str) -> None:
    refused = run("export", filled, "--format", name)
    assert refused.exit_code == 2
    assert "Say with --what which records, one of: origins, questions" in refused.stderr


@pytest.mark.parametrize(
    ("name", "code"), [("prov", 0), ("csl-json", 0), ("bibtex", 2), ("pdf", 2), ("html", 2), ("md", 2)]
)
def test_json_is_for_formats_that_are_json(run: Run, filled: str, name: str, code: int) -> None:
    assert run("export", filled, "--format", name, "--json").exit_code == code
    assert run("export", filled, "--what", "claims", "--format", "parquet", "--json").exit_code == 2


@pytest.mark.parametrize("words", [("--format", "pdf"), ("--format", "parquet", "--what", "claims")])
@pytest.mark.parametrize("output", [(), ("--output", "-")])
def test_a_terminal_gets_no_bytes(filled: str, words: tuple[str, ...], output: tuple[str, ...]) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "export", filled, *words, *output],
        stdout=theirs,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert b"bytes, which a terminal cannot show" in done.stderr
    assert b"--output ledger." in done.stderr


@pytest.mark.parametrize("name", ["geojson", "md", "ftm"])
def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(
    run: Run, filled: str, tmp_path: Path, name: str
) -> None:
    target = tmp_path / "absent" / "out"
    refused = run("export", filled, "--format", name, "--output", str(target))
    assert refused.exit_code == 2
    assert "the file cannot be written" in refused.stderr
    refused = run("export", filled, "--format", name, "--output", filled)
    assert "this is the ledger itself" in refused.stderr


def test_a_failed_export_leaves_the_old_file(
    run: Run, filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sayso.serve.exports import geojson

    target = tmp_path / "out.geojson"
    target.write_text("old")

    def failing(*_: object) -> object:
        yield "{"
        raise RuntimeError("the ledger went away")

    monkeypatch.setattr(geojson, "geojson", failing)
    assert run("export", filled, "--format", "geojson", "-o", str(target)).exit_code != 0
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".out")] == []


def test_help_tells_of_every_format(run: Run) -> None:
    told = run("export", "--help").stdout
    for name, purpose in [*ROW_FORMATS.items(), *((n, d.purpose) for n, d in DOCUMENTS.items())]:
        assert f"  {name:<14} {purpose}" in told
    assert all(len(line) <= 100 for line in told.splitlines())


def test_help_needs_no_library_of_a_format() -> None:
    script = (
        "import sys\nfrom sayso.serve.commands.export import export\n"
        "print(sorted({'pyarrow', 'weasyprint', 'jinja2'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
