"""The names that `import sayso` promises: all are there, all are lazy, and folders keep their names."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import sayso
from sayso import errors, ledger, model, pipeline


@pytest.mark.parametrize("name", sayso.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert name in dir(sayso)
    assert getattr(sayso, name) is not None


def test_names_lead_to_what_they_say() -> None:
    assert sayso.open is ledger.open
    assert sayso.Ledger is ledger.Ledger
    assert sayso.read is pipeline.read
    assert sayso.Report is model.Report
    assert sayso.SaysoError is errors.SaysoError
    assert sayso.__version__ == version("sayso")


def test_every_core_type_and_error_is_public() -> None:
    for module in (model, errors):
        tree = ast.parse(Path(module.__file__ or "").read_text("utf-8"))
        defined = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        assert defined <= set(sayso.__all__)


def test_type_checkers_see_the_same_names() -> None:
    """The imports under TYPE_CHECKING are what mypy believes; __all__ is what runs."""
    tree = ast.parse(Path(sayso.__file__ or "").read_text("utf-8"))
    imported = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sayso.")
        for alias in node.names
    }
    assert {*imported, "__version__"} == set(sayso.__all__)
    for name, home in imported.items():
        assert getattr(sayso, name) is getattr(sys.modules[home or ""], name), name


def test_there_is_no_other_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'claims'"):
        _ = sayso.claims
    with pytest.raises(ImportError):
        exec("from sayso import nothing_of_the_kind")


def test_a_bare_import_loads_nothing_and_folders_stay_folders() -> None:
    script = (
        "import sys, sayso\n"
        "print(sorted(name for name in sys.modules if name.startswith('sayso.')))\n"
        "print(sayso.ledger.open is sayso.open, sayso.account.__name__)\n"
        "import sayso.account\n"
        "print(sayso.account.__name__)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:3] == ["[]", "True sayso.account", "sayso.account"]
