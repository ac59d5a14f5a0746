"""What the commands of a page really print, put where the page has only what must not change of it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from functools import cache
from pathlib import Path

from making.console import FENCE, ROOT, commands_of, furnish, matches, run_line

KEPT = ROOT / "build" / "printed"
"""Outputs that were made before, by what they depend on: the commands of the page, and everything that is installed or read."""


class Unexpected(Exception):
    """A command of a page failed, or printed something else than the page says."""


def with_output(text: str, name: str) -> str:
    """``text`` with every console block that expects output showing what was really printed.

    Raises Unexpected where a command fails or its output is not as the page says.
    """
    bodies = [m[2] for m in FENCE.finditer(text) if m[1] == "console"]
    made = iter(_printed(bodies, name))
    return FENCE.sub(lambda m: f"```console\n{next(made)}```" if m[1] == "console" else m[0], text)


def _printed(bodies: list[str], name: str) -> list[str]:
    kept = KEPT / f"{hashlib.sha256((_state() + json.dumps(bodies)).encode()).hexdigest()}.json"
    if kept.is_file():
        return [str(block) for block in json.loads(kept.read_text("utf-8"))]
    made = []
    with tempfile.TemporaryDirectory() as folder:
        furnish(Path(folder))
        for body in bodies:
            made.append("".join(_ran(command, expected, Path(folder), name) for command, expected in commands_of(body)))
    KEPT.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(made), "utf-8")
    return made


def _ran(command: str, expected: str, folder: Path, name: str) -> str:
    done = run_line(command, folder)
    if done.returncode != 0:
        raise Unexpected(f"{name}: {command}\nended with {done.returncode}\n{done.stderr}")
    if not matches(done.stdout, expected):
        raise Unexpected(f"{name}: {command}\nprinted\n{done.stdout}\nnot\n{expected}")
    shown = command.replace("\n", "\n> ")
    output = done.stdout.replace(str(folder), "…").rstrip() + "\n" if expected.strip() else ""
    return f"$ {shown}\n{output}"


@cache
def _state() -> str:
    """A hash of the package and of the examples: with the same, the commands print the same."""
    state = hashlib.sha256()
    for folder in (ROOT / "src", ROOT / "examples"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                state.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return state.hexdigest()
