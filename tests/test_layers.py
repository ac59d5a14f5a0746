"""Imports run one way. The rule is written once, here, and docs/architecture.md explains it.

    ids <- errors, model <- ingest, extract, link, account, store <- pipeline, short_texts, run <- ledger <- watch <- serve

Every import counts, those inside functions and under ``TYPE_CHECKING`` too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "sayso"

CORE = {"ids", "model", "errors", "config"}

# What each part of the package may import from the others, besides itself.
MAY_IMPORT: dict[str, set[str]] = {
    "ids": set(),
    "model": {"ids"},
    "errors": {"model"},
    "config": set(),
    "shapes": CORE,
    "ingest": CORE,
    "extract": CORE,
    "link": CORE,
    "account": CORE | {"shapes"},
    "store": CORE,
    "evaluate": CORE,
    "run": CORE | {"extract"},
    "pipeline": CORE | {"ingest", "extract", "link", "account", "run"},
    "short_texts": CORE | {"ingest", "extract", "link", "run"},
    "ledger": CORE | {"ingest", "account", "store", "pipeline", "run", "shapes", "short_texts"},
    "places": {"extract"},
    "watch": CORE | {"ingest", "account", "ledger", "shapes"},
    "serve": CORE | {"ingest", "account", "evaluate", "ledger", "pipeline", "places", "shapes", "short_texts", "watch"},
    "demo": CORE,  # data, and at most what reads it
    "__init__": CORE | {"ledger", "pipeline"},
    "__main__": {"serve"},
}

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    """The folder or top module that a file belongs to: ``link/numbers.py`` -> ``link``."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_parts(tree: ast.AST, path: Path) -> Iterator[tuple[str, int]]:
    """The parts of sayso that a module imports, with the line: absolute and relative, at any depth."""
    package = ["sayso", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            # "from sayso import model" names its part only in the alias
            names = [f"{stem}.{alias.name}" for alias in node.names] if stem == "sayso" else [stem]
        else:
            continue
        for name in names:
            pieces = name.split(".")
            if pieces[0] == "sayso":
                yield (pieces[1] if len(pieces) > 1 else "__init__"), node.lineno


def is_part(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    part = part_of(path)
    assert part in MAY_IMPORT, f"{part} is a new part of sayso: say in MAY_IMPORT what it may import"
    allowed = MAY_IMPORT[part] | {part}
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} imports sayso.{name}"
        for name, line in imported_parts(ast.parse(path.read_text("utf-8")), path)
        # "from sayso import __version__" takes a name of the package, not a part
        if is_part(name) and name not in allowed
    ]
    assert not wrong, "\n".join([*wrong, f"{part} may import only: {', '.join(sorted(allowed))}"])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("import sayso.store.sqlite", ["store"]),
        ("from sayso.link import link", ["link"]),
        ("from sayso import ledger, model", ["ledger", "model"]),
        ("from ..store import open_store", ["store"]),
        ("from .cues import load", ["extract"]),
        ("def f():\n    from sayso.account import compose", ["account"]),
        ("import os.path, spacy", []),
    ],
)
def test_every_form_of_import_is_seen(line: str, expected: list[str]) -> None:
    seen = [name for name, _ in imported_parts(ast.parse(line), PACKAGE / "extract" / "somewhere.py")]
    assert seen == expected


def test_the_rule_itself_has_no_cycle() -> None:
    """A rule that allowed a cycle would keep nothing."""
    done: set[str] = set()
    while pending := MAY_IMPORT.keys() - done:
        ready = {part for part in pending if MAY_IMPORT[part] <= done}
        assert ready, f"these may import each other in a circle: {sorted(pending)}"
        done |= ready


def test_no_stage_imports_another_stage_or_the_store() -> None:
    stages = {"ingest", "extract", "link", "account"}
    for stage in stages:
        assert not MAY_IMPORT[stage] & (
            (stages | {"store", "ledger", "serve", "pipeline", "run", "short_texts"}) - {stage}
        )


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc"])
def test_no_module_for_homeless_code(name: str) -> None:
    assert not [path for path in MODULES if path.stem == name]
