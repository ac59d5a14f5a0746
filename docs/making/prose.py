"""Docstrings and comments of the code as Markdown, and what is read of the code without running it."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Sequence
from types import ModuleType
from typing import NamedTuple

_CODE = re.compile(r"(``?)(?=\S)(.+?)(?<=\S)\1")
_ACTING = re.compile(r"([\\*_\[\]<>{}#])")


def markdown(text: str | None) -> str:
    """A docstring as Markdown: its code stays code, and nothing else in it acts. Indented parts become code blocks."""
    lines = inspect.cleandoc(text or "").split("\n")
    parts, code = [], False
    for line in lines:
        indented = line.startswith("    ") and line.strip() != ""
        if indented != code and line.strip():
            parts.append("```" if code else "\n```text")
            code = indented
        parts.append(line[4:] if code and indented else line if code else _escaped(line))
    if code:
        parts.append("```")
    return "\n".join(parts)


def cell(text: str | None) -> str:
    """The same in one line, for a cell of a table."""
    return _escaped(" ".join(inspect.cleandoc(text or "").split())).replace("|", "\\|")


def code(text: str) -> str:
    """Text as code, in a cell too."""
    return f"<code>{_entities(text)}</code>" if text else ""


def _entities(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("|", "&#124;").replace("*", "&#42;").replace("_", "&#95;").replace("`", "&#96;")


def _escaped(line: str) -> str:
    pieces, at = [], 0
    for found in _CODE.finditer(line):
        pieces += [_ACTING.sub(r"\\\1", line[at : found.start()]), f"`{found[2]}`"]
        at = found.end()
    return "".join([*pieces, _ACTING.sub(r"\\\1", line[at:])])


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table of cells that are Markdown already; "" without rows."""
    if not rows:
        return ""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


# ---------------------------------------------------------------------------------------------------
# Reading code


class Field(NamedTuple):
    """A field of a class or member of an enumeration, with the comment or string behind it."""

    name: str
    type: str
    default: str
    words: str


def class_node(module: ModuleType, name: str) -> ast.ClassDef:
    """The class as it stands in the source of its module. Raises KeyError where it stands in another."""
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            return node
    raise KeyError(name)


def fields_of(module: ModuleType, name: str) -> list[Field]:
    """The fields of a dataclass or members of an enumeration, in their order."""
    source = inspect.getsource(module).splitlines()
    found: list[Field] = []
    for node in class_node(module, name).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            default = ast.unparse(node.value) if node.value else ""
            found.append(Field(node.target.id, ast.unparse(node.annotation), default, _comment(source, node)))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.append(Field(node.targets[0].id, "", ast.literal_eval(node.value), _comment(source, node)))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and found:
            found[-1] = found[-1]._replace(words=str(node.value.value))
    return found


def signature(node: ast.FunctionDef, *, method: bool = False, width: int = 100) -> str:
    """The signature of a function as it is called: without ``self``, and over several lines where it is long."""
    arguments = ast.unparse(node.args)
    if method:
        arguments = arguments.removeprefix("self").removeprefix(", ")
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"{node.name}({arguments}){returns}"
    if len(line) <= width:
        return line
    parts = textwrap.indent(",\n".join(_parts(node, method)), "    ")
    return f"{node.name}(\n{parts},\n){returns}"


def _parts(node: ast.FunctionDef, method: bool) -> list[str]:
    """The arguments one by one, each as it is written."""
    marked = node.args
    positional = marked.args[1:] if method else marked.args
    defaults = [None] * (len(marked.args) - len(marked.defaults)) + [*marked.defaults]
    parts = [
        _part(each, default)
        for each, default in zip(positional, defaults[len(defaults) - len(positional) :], strict=True)
    ]
    if marked.kwonlyargs:
        parts.append("*")
        parts += [_part(each, default) for each, default in zip(marked.kwonlyargs, marked.kw_defaults, strict=True)]
    return parts


def _part(argument: ast.arg, default: ast.expr | None) -> str:
    return ast.unparse(argument) + (f" = {ast.unparse(default)}" if default is not None else "")


def _comment(source: list[str], node: ast.stmt) -> str:
    rest = source[(node.end_lineno or 1) - 1].encode()[node.end_col_offset or 0 :].decode()
    return rest.partition("#")[2].strip()
