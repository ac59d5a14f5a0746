"""Documentation that drifts fails the build.

In README.md and docs/: a ``console`` block is run, and what it prints must be what stands there (`making.console` says how it is
written); a ``python`` block is run as a program; ``json`` and ``toml`` blocks must parse. Blocks of a document share one working
folder, which holds a copy of examples/. ``sh`` and ``text`` blocks are for reading. Every path, make target and command that the
text names must exist, or be made with the site.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from pathlib import Path

import pytest

from making.console import blocks_of, commands_of, furnish, matches, run, run_line
from making.site import MADE

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
NAMED_PATH = re.compile(r"`((?:src|tests|docs|benchmarks|examples|\.ci)/[^`\s]*|[A-Z]+\.md|Makefile|pyproject\.toml)`")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)\b")
SAYSO = re.compile(r"(?:^\s*\$ |`)sayso ([a-z]+)", re.M)


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    furnish(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_snippets_run(document: Path, workplace: Path) -> None:
    for block in blocks_of(document.read_text("utf-8")):
        where = f"{document.name}:{block.line}"
        if block.language == "json":
            json.loads(block.body)
        elif block.language == "toml":
            tomllib.loads(block.body)
        elif block.language == "python":
            done = run([sys.executable, "-c", block.body], workplace)
            assert done.returncode == 0, f"{where}\n{done.stderr}"
        elif block.language == "console":
            for command, expected in commands_of(block.body):
                done = run_line(command, workplace)
                assert done.returncode == 0, f"{where}: {command}\n{done.stdout}\n{done.stderr}"
                assert matches(done.stdout, expected), f"{where}: {command}\nprinted\n{done.stdout}\nnot\n{expected}"


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_examples_run(example: Path, workplace: Path) -> None:
    done = run([sys.executable, f"examples/{example.name}"], workplace)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip(), "an example shows something"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_named_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    linked = [document.parent / target for target in LINK.findall(text)]
    named = [ROOT / target for target in NAMED_PATH.findall(text)]
    made = {ROOT / "docs" / place for place in MADE}
    missing = [
        path.relative_to(ROOT).as_posix()
        for path in linked + named
        if not (list(path.parent.glob(path.name)) if "*" in path.name else path.exists())
        and Path(os.path.normpath(path)) not in made
    ]
    assert missing == []


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    # prose may say "make sure": only code counts
    code = "\n".join(
        piece
        for document in DOCUMENTS
        for piece in re.findall(r"```.*?```|`[^`\n]+`", document.read_text("utf-8"), re.S)
    )
    named = set(MAKE.findall(code))
    assert named - targets == set()
    assert {"demo", "test"} <= named


def test_every_command_is_documented_and_exists() -> None:
    from sayso.serve.cli import COMMANDS

    named = {name for document in DOCUMENTS for name in SAYSO.findall(document.read_text("utf-8"))}
    assert set(COMMANDS) == named


def test_every_example_is_listed() -> None:
    listing = (ROOT / "examples" / "README.md").read_text("utf-8")
    assert [path.name for path in EXAMPLES if f"examples/{path.name}" not in listing] == []
    assert all((ROOT / name).exists() for name in re.findall(r"`(examples/[^`]+)`", listing))


@pytest.mark.parametrize(
    ("printed", "expected", "same"),
    [
        ("one\ntwo\n", "one\ntwo\n", True),
        ("one\ntwo\n", "one\n", False),
        ("one\ntwo\nthree\n", "one\n...\n", True),
        ("one\ntwo\nthree\n", "...\nthree\n", True),
        ("made in 12 s\n", "made in ... s\n", True),
        ("made in 12 m\n", "made in ... s\n", False),
        ("anything\n", "", True),
        ("a.c\n", "abc\n", False),
    ],
)
def test_output_is_matched(printed: str, expected: str, same: bool) -> None:
    assert matches(printed, expected) is same


def test_commands_are_read_from_a_console_block() -> None:
    body = "$ cat > a <<EOF\n> words\n> EOF\n$ cat a\nwords\n"
    assert list(commands_of(body)) == [("cat > a <<EOF\nwords\nEOF", ""), ("cat a", "words\n")]


def test_statuses_are_documented_in_the_words_of_their_rules() -> None:
    from sayso.link.status import RULES

    table = "".join(
        f"| `{status.value}` | `{rule.__name__}` | {' '.join((rule.__doc__ or '').split())} |\n"
        for rule, status in RULES
    )
    assert table in (ROOT / "docs" / "evidence.md").read_text("utf-8"), f"docs/evidence.md should have\n{table}"
