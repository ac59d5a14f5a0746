"""What we declare is what we import, and what we ship is all that runs need."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "sayso"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# Declared, though no module of ours imports it, each with the reason.
NOT_IMPORTED = {
    "lxml-html-clean": "lxml.html.clean went into it; trafilatura and we reach it through lxml",
    "python-multipart": "starlette and fastapi read forms with it, and cannot without it",
}


# The folder, or module, that alone may import what an extra brings, so that all the rest works without it.
USED_BY = {
    "exports": "src/sayso/serve/exports/",
    "maps": "src/sayso/serve/maps/",
    "mcp": "src/sayso/serve/mcp/",
    "proofs": "src/sayso/ledger/proofs/",
    "postgres": "src/sayso/store/postgres/",
    "ray": "src/sayso/run/cluster.py",
    "remote": "src/sayso/ingest/remote.py",
}


def normal(name: str) -> str:
    """The canonical spelling of a distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(lines: list[str]) -> set[str]:
    """The distributions that these requirements name."""
    return {normal(re.split(r"[\s<>=!~;\[]", line, maxsplit=1)[0]) for line in lines}


EXTRAS = {
    extra: names(lines) for extra, lines in PROJECT["optional-dependencies"].items() if extra not in ("dev", "docs")
}
BASE = names(PROJECT["dependencies"])
DECLARED = BASE.union(*EXTRAS.values())


@cache
def imports() -> dict[str, set[str]]:
    """Top-level module -> the files of src/ that import it, inside functions too."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            for name in names:
                found.setdefault(name.split(".")[0], set()).add(path.relative_to(ROOT).as_posix())
    return found


@cache
def named_in_strings() -> set[str]:
    """Every string of src/ that could name a module: models are loaded by name."""
    return {
        node.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
    }


def third_party() -> set[str]:
    return {name for name in imports() if name not in sys.stdlib_module_names and name != "sayso"}


@pytest.mark.parametrize("module", sorted(third_party()))
def test_every_import_is_a_declared_dependency(module: str) -> None:
    distributions = {normal(name) for name in importlib.metadata.packages_distributions().get(module, [])}
    files = ", ".join(sorted(imports()[module]))
    assert distributions, f"{module} ({files}) is not installed here, so nobody can tell which distribution has it"
    assert distributions & DECLARED, f"{files} uses {module}: declare {' or '.join(distributions)} in pyproject.toml"


@pytest.mark.parametrize("extra", sorted(EXTRAS))
def test_what_an_extra_brings_is_imported_in_one_folder(extra: str) -> None:
    owners = importlib.metadata.packages_distributions()
    for module in third_party():
        distributions = {normal(name) for name in owners.get(module, [])}
        if distributions & EXTRAS[extra] and not distributions & BASE:
            assert [file for file in imports()[module] if not file.startswith(USED_BY[extra])] == []


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_every_declared_dependency_is_imported(name: str) -> None:
    if name in NOT_IMPORTED:
        return
    owned = {
        module
        for module, owners in importlib.metadata.packages_distributions().items()
        if name in {normal(owner) for owner in owners}
    }
    assert owned & (imports().keys() | named_in_strings()), (
        f"nothing in src/ imports {name}: take it out, or say why in NOT_IMPORTED"
    )


def test_every_dependency_has_a_lower_bound() -> None:
    extras = [line for extra in EXTRAS for line in PROJECT["optional-dependencies"][extra]]
    assert [line for line in PROJECT["dependencies"] + extras if ">=" not in line] == []


@pytest.mark.slow
def test_the_wheel_carries_everything(tmp_path: Path) -> None:
    build = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "No module named hatchling" in build.stderr:
        pytest.skip("hatchling is not in this environment; .ci/run builds the wheel in isolation")
    assert build.returncode == 0, build.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        metadata = archive.read(next(name for name in inside if name.endswith(".dist-info/METADATA"))).decode()
    ours = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours - inside == set(), "files of src/sayso that the wheel lacks"
    assert "sayso/py.typed" in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert {name.split("/")[0] for name in inside} == {"sayso", f"sayso-{PROJECT['version']}.dist-info"}
    assert "License-Expression: Apache-2.0" in metadata
