"""The command as a whole: its help, its speed, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from sayso.errors import InputError, LedgerLocked, UsageError
from sayso.serve.cli import COMMANDS, EXIT_INTERNAL, EXIT_INTERRUPTED, cli
from tests.serve.conftest import Run

HEAVY = {"spacy", "trafilatura", "onnxruntime", "numpy", "lxml", "jinja2", "sqlite3", "cattrs", "sayso.model"}


def sayso(*words: str, **extra: Any) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "sayso", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **extra)


def command_named(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def all_commands() -> list[str]:
    """Every command as it is typed; those of a group one by one."""
    named = {name: command_named(name) for name in COMMANDS}
    inner = [f"{name} {sub}" for name, c in named.items() if isinstance(c, click.Group) for sub in c.commands]
    return [*(name for name, c in named.items() if not isinstance(c, click.Group)), *inner]


@pytest.mark.parametrize("name", all_commands())
def test_every_command_has_help_with_examples_and_json(name: str) -> None:
    first, *rest = name.split()
    asked = [
        first,
        *(["flood.db"] if first == "people" else []),
        *rest,
    ]  # whose people comes before what to do with them
    told = CliRunner().invoke(cli, [*asked, "--help"])
    assert told.exit_code == 0
    assert "Examples:\n" in told.stdout
    assert f"  sayso {' '.join(asked)}" in told.stdout
    assert "--json" in told.stdout or name == "mcp"  # its stdout is the protocol's
    assert max(map(len, told.stdout.splitlines())) <= 100


@pytest.mark.parametrize("name", all_commands())
def test_every_option_is_explained(name: str) -> None:
    command = command_named(name.split(maxsplit=1)[0])
    if isinstance(command, click.Group):
        command = command.commands[name.split()[1]]
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_help_lists_every_command_with_what_it_does() -> None:
    told = CliRunner().invoke(cli, ["--help"]).stdout
    for name, (_, short_help) in COMMANDS.items():
        assert f"\n  {name.ljust(10)}  {short_help}\n" in told
    assert "Exit codes: 0 done;" in told


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["frobnicate"], ["completion", "bash"]])
def test_what_needs_nothing_imports_nothing_heavy(words: list[str]) -> None:
    script = (
        "import sys; from sayso.serve.cli import cli\n"
        "try: cli.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    seen = set(ran.stderr.split())
    assert "sayso.serve.cli" in seen
    assert not seen & (HEAVY - ({"sayso.model"} if words[0] == "completion" else set()))


def test_help_of_each_command_imports_no_library_for_reading() -> None:
    script = (
        "import sys; from sayso.serve.cli import cli, COMMANDS\n"
        "for name in COMMANDS:\n"
        "    try: cli.main([name, '--help'])\n"
        "    except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(ran.stderr.split()) & (HEAVY - {"sayso.model"})


# ---------------------------------------------------------------------------------------------------
# How it ends


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (InputError("it is empty", where="x.txt", remedy="Give another."), 1, "Error: it is empty\n  where:  x.txt"),
        (UsageError("no such time", where="'noon'", remedy="Write ISO 8601."), 2, "  remedy: Write ISO 8601.\n"),
        (LedgerLocked("it is locked", where="\x1b[31mx.db", remedy="Wait."), 3, "  where:  [31mx.db\n"),
        (KeyboardInterrupt(), EXIT_INTERRUPTED, "Stopped."),
        (ZeroDivisionError("\x1b[31mby zero"), EXIT_INTERNAL, "ZeroDivisionError: [31mby zero\n  This should not"),
        (OSError(28, "No space left on device"), 2, "could not be written (No space left on device)"),
        (RecursionError(), EXIT_INTERNAL, "RecursionError: no message"),
    ],
)
def test_each_way_of_ending_has_its_code_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, told: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("sayso.ledger.open", fail)
    result = CliRunner().invoke(cli, ["reports", "x.db"])
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_traceback_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("sayso.ledger.open", fail)
    monkeypatch.setenv("SAYSO_TRACEBACK", "1")
    result = CliRunner().invoke(cli, ["reports", "x.db"])
    assert result.exit_code == EXIT_INTERNAL
    assert "Traceback" in result.stderr


def test_without_a_command_it_shows_its_help() -> None:
    result = CliRunner().invoke(cli, [])
    assert result.exit_code == 2
    assert "sayso demo" in result.output


def test_python_m_sayso_is_sayso(tmp_path: Path) -> None:
    assert sayso("--help").stdout.startswith("Usage: sayso [OPTIONS]")
    assert sayso("--version").stdout.startswith("sayso ")
    assert sayso("reports", "absent.db", cwd=tmp_path).returncode == 3


def test_a_closed_pipe_is_no_error(filled: str) -> None:
    # The output must be longer than what a pipe holds (64 KiB), or nobody would notice that it is closed.
    script = (
        "from sayso.serve.cli import cli\n"
        "import sayso.serve.commands.export as e\n"
        "e.ROWS['claims'] = lambda *_: ({'id': 'c-' + 'x' * 1000} for _ in range(1000))\n"
        "cli.main()"
    )
    words = ["export", filled, "--what", "claims"]
    with subprocess.Popen(
        [sys.executable, "-c", script, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


def test_output_is_utf8_whatever_the_locale(run: Run, tmp_path: Path) -> None:
    (tmp_path / "k.txt").write_text("Ada said Козинка fell.", "utf-8")
    path = str(tmp_path / "k.db")
    run("add", path, str(tmp_path / "k.txt"))
    ascii_only = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    for words, told in (
        (["statements", path, "--json"], '"content_words": "Козинка fell"'),
        (["search", path, "fell"], "fell"),
    ):
        command = [sys.executable, "-m", "sayso", *words]
        ran = subprocess.run(command, capture_output=True, env=ascii_only, check=True)
        assert told in ran.stdout.decode("utf-8")


@pytest.mark.parametrize(("shell", "word"), [("bash", "plain,export"), ("zsh", "export"), ("fish", "plain,export")])
def test_a_shell_completes_commands(shell: str, word: str) -> None:
    given = {
        "_SAYSO_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "sayso exp",
        "COMP_CWORD": "exp" if shell == "fish" else "1",
    }
    result = CliRunner().invoke(cli, [], prog_name="sayso", env=given)
    assert word in result.stdout
