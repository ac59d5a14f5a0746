"""kill -9 at any moment of an `add`: the ledger passes verify, and every report is whole or absent."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso import ledger as api
from sayso.model import Captured
from sayso.store.codec import to_json, to_plain
from tests.store.making import STEPS, captured, reading

REPOSITORY = Path(__file__).resolve().parents[2]
REPORTS = 240  # eight batches

# Makes the ledger and adds to it: so that a kill also falls into the making, between two batches, and into linking.
CHILD = """
import sys
from sayso import ledger as api
from tests.store.test_kill import given
from tests.store.making import STEPS
print("go", flush=True)
with api.open(sys.argv[1], create=True, steps=STEPS) as ledger:
    ledger.add_captured(given())
print("done", flush=True)
"""


def given() -> list[Captured]:
    texts = [f"Ada said {n % 50} fell near {n}. Bo said it rains on {n // 3}." for n in range(REPORTS)]
    return [captured(text + " And so on." * (n % 90), outlet=f"Outlet {n}") for n, text in enumerate(texts)]


def run(path: Path | str, *, kill_after: float | None = None) -> float:
    """Adds in a process of its own, killed so many seconds after it began; how long it ran."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", CHILD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "go\n"
        began = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        took = time.monotonic() - began
    assert kill_after is not None or rest == "done\n"
    return took


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX")
def test_every_report_is_whole_or_absent(tmp_path: Path) -> None:
    clean = tmp_path / "clean.db"
    took = run(clean)
    with api.open(str(clean), steps=STEPS) as ledger:
        expected = to_json(to_plain(ledger.linked()))
    everything = {each.report.id: each for each in given()}
    moments = random.Random(7)
    kept: set[int] = set()
    for trial in range(24):
        path = tmp_path / f"{trial}.db"
        run(path, kill_after=moments.uniform(0, took))
        with api.open(str(path), create=True, steps=STEPS) as ledger:
            assert ledger.verify() == ()
            stored = list(ledger.reports())
            kept.add(len(stored))
            for report in stored:
                assert report == everything[report.id].report
                assert ledger.raw(report.id) == everything[report.id].raw
                assert ledger.extraction(report.id) == reading(report)
            if trial % 4 == 0:
                ledger.add_captured(given())
                assert to_json(to_plain(ledger.linked())) == expected
                assert ledger.verify() == ()
    assert len(kept) > 2, f"the kills fell into too few moments to show anything: {sorted(kept)}"
