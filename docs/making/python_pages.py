"""The pages of the Python API: signatures, fields and docstrings, as they stand in the code."""

from __future__ import annotations

import ast
import inspect
from enum import Enum
from importlib import import_module
from types import ModuleType

import sayso
import sayso.model
from making.prose import cell, class_node, code, fields_of, markdown, signature, table

_MODULES = (
    "reports",
    "statements",
    "events",
    "claims",
    "actors",
    "account",
    "changes",
    "asking",
    "checking",
    "comparing",
)
_LAST = "values"


def api_page() -> str:
    """What is called: `open`, `read`, the ledger, and the errors."""
    parts = ["# Python", "", markdown(sayso.__doc__)]
    for name in ("open", "read"):
        parts += [f"## `sayso.{name}`", "", _function(getattr(sayso, name), name)]
    parts += [_class(sayso.Ledger, "##")]
    for name in ("AddResult", "RebuildResult", "Steps"):
        parts += [_class(getattr(sayso, name), "##")]
    parts += ["## Errors", "", f"```text\n{inspect.cleandoc(_second_paragraph(sayso.SaysoError))}\n```", ""]
    errors = [name for name in sayso.__all__ if _is_error(getattr(sayso, name))]
    rows = [(code(name), cell(_own_doc(getattr(sayso, name)))) for name in errors]
    parts += [table(("Error", "When"), rows)]
    parts += ["", "The values that these give and take: [types](types.md)."]
    return "\n".join(parts) + "\n"


def types_page() -> str:
    """The core types, by module."""
    parts = ["# Types", "", markdown(sayso.model.__doc__), ""]
    for name in (*_MODULES, _LAST):
        module = import_module(f"sayso.model.{name}")
        parts += [f"## {name.capitalize()}", "", markdown(module.__doc__), ""]
        for each in _classes(module):
            parts.append(_class(each, "###"))
    return "\n".join(parts) + "\n"


def _classes(module: ModuleType) -> list[type]:
    return [
        value
        for name, value in vars(module).items()
        if inspect.isclass(value) and value.__module__ == module.__name__ and name in sayso.model.__all__
    ]


def _class(each: type, hashes: str) -> str:
    module = inspect.getmodule(each)
    assert module is not None, each
    parts = [f"{hashes} `{each.__name__}`", "", markdown(_own_doc(each)), ""]
    if issubclass(each, Enum):
        rows = [(f"`{f.default}`", cell(f.words)) for f in fields_of(module, each.__name__)]
        if any(words for _, words in rows):
            parts.append(table(("Value", "Meaning"), rows))
        else:
            parts += [", ".join(value for value, _ in rows), ""]
        return "\n".join(parts)
    fields = [f for f in fields_of(module, each.__name__) if not f.name.startswith("_")]
    rows3 = [(code(f.name), code(f.type + (f" = {f.default}" if f.default else "")), cell(f.words)) for f in fields]
    if any(words for _, _, words in rows3):
        parts.append(table(("Field", "Type", ""), rows3))
    else:
        parts.append(table(("Field", "Type"), [row[:2] for row in rows3]))
    bases = [base for base in each.__mro__ if base.__module__.startswith("sayso.")]
    for node in (node for base in bases for node in class_node(inspect.getmodule(base) or module, base.__name__).body):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and ast.get_docstring(node):
            parts += [f"{hashes}# `{each.__name__}.{node.name}`", "", _called(node, method=True)]
    return "\n".join(parts)


def _function(function: object, name: str) -> str:
    module = inspect.getmodule(function)
    assert module is not None, function
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return _called(node, method=False)
    raise KeyError(name)


def _called(node: ast.FunctionDef, *, method: bool) -> str:
    decorators = {ast.unparse(each) for each in node.decorator_list}
    if "property" in decorators:
        shown = f"{node.name}: {ast.unparse(node.returns) if node.returns else ''}"
    else:
        shown = signature(node, method=method and "staticmethod" not in decorators)
    return f"```python\n{shown}\n```\n\n{markdown(ast.get_docstring(node))}\n"


def _is_error(value: object) -> bool:
    return inspect.isclass(value) and issubclass(value, Exception)


def _own_doc(each: type) -> str:
    """The docstring of the class itself: none of a parent's, and not the one that a dataclass makes up."""
    words = each.__dict__.get("__doc__") or ""
    return "" if words.startswith(f"{each.__name__}(") else words


def _second_paragraph(each: type) -> str:
    module = inspect.getmodule(each)
    return ((module.__doc__ if module else "") or "").partition("\n\n")[2]
