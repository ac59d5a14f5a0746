"""Where the injured ledgers lie: in memory, where there is such a folder. A process that is killed leaves what it wrote to the system, and
hundreds of lives wait long for a disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="sayso-faults-") as folder:
        yield Path(folder)
