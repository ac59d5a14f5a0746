"""The ``console`` blocks of a document: commands and what they print. The tests run them, and the site shows what they printed.

A line ``...`` in a block stands for any number of lines, ``...`` within a line for any words. A block without output shows the
command only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]

FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.M | re.S)


class Block(NamedTuple):
    language: str
    body: str
    line: int


def blocks_of(text: str) -> list[Block]:
    """The fenced blocks of a document, each with the line on which it begins."""
    return [Block(m[1], m[2], text.count("\n", 0, m.start()) + 1) for m in FENCE.finditer(text)]


def commands_of(body: str) -> Iterator[tuple[str, str]]:
    """(command, expected output) pairs of a console block. ``> `` continues a command."""
    command, expected = "", ""
    for line in body.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, expected
            command, expected = line[2:], ""
        elif (line.startswith("> ") or line == ">") and not expected:
            command += "\n" + line[2:]
        else:
            expected += line + "\n"
    if command:
        yield command, expected


def matches(printed: str, expected: str) -> bool:
    """Whether the output is as expected, where "..." stands for anything."""
    if not expected.strip():
        return True  # the document shows the command only
    pattern = ""
    for line in expected.rstrip("\n").split("\n"):
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(re.escape(piece) for piece in line.rstrip().split("...")) + r"[ \t]*\n"
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None


def furnish(folder: Path) -> None:
    """Puts what the blocks of a document work on into their folder: a copy of ``examples/``."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command in a folder, with this environment's own `sayso` and `python` first on the path."""
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def run_line(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs one command of a console block as a shell would, and stops at the first part that fails."""
    return run(["bash", "-euo", "pipefail", "-c", command], folder)
