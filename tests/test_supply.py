"""What is installed is pinned with hashes, what it consists of is listed, and the wheel is the same whoever builds it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = [ROOT / "requirements" / name for name in ("plain.txt", "dev.txt")]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s\\]+)", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_pin_has_hashes_and_none_says_where_from(lock: Path) -> None:
    text = lock.read_text("utf-8")
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text):
        if PIN.match(entry):
            assert "--hash=sha256:" in entry, entry[:80]
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_what_is_declared_is_pinned_within_its_range(lock: Path) -> None:
    pinned = {normal(name): version for name, version in PIN.findall(lock.read_text("utf-8"))}
    for line in PROJECT["dependencies"]:
        wanted = Requirement(line)
        assert normal(wanted.name) in pinned, f"{wanted.name} is not in {lock.name}: run `make lock`"
        assert wanted.specifier.contains(pinned[normal(wanted.name)], prereleases=True), line


def test_the_bill_of_materials_lists_what_is_pinned() -> None:
    script = str(ROOT / "requirements" / "sbom.py")
    made = [subprocess.run([sys.executable, script], capture_output=True, check=True).stdout for _ in range(2)]
    assert made[0] == made[1]
    bill = json.loads(made[0])
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    listed = {(each["name"], each["version"]) for each in bill["components"]}
    assert listed == {(name.lower(), version) for name, version in PIN.findall(LOCKS[0].read_text("utf-8"))}
    assert all(each["hashes"] and each["purl"].startswith("pkg:pypi/") for each in bill["components"])


@pytest.mark.slow
def test_the_wheel_is_the_same_whoever_builds_it(tmp_path: Path) -> None:
    """Built twice, in folders of other names, at other times, with another mask: the same bytes."""
    hashes = []
    for number, mask in enumerate((0o022, 0o077)):
        folder = tmp_path / f"checkout{number}"
        folder.mkdir()
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, folder)
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        for file in folder.rglob("*"):
            os.utime(file, (1_700_000_000 + number * 86400,) * 2)
        command = [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(folder / "dist"),
            str(folder),
        ]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, umask=mask)
        assert done.returncode == 0, done.stdout + done.stderr
        (wheel,) = (folder / "dist").glob("*.whl")
        hashes.append(hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert hashes[0] == hashes[1]
