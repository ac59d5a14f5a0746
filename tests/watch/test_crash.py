"""`kill -9` in mid-batch: what was fetched and not kept is fetched again, what was kept is not doubled, alerts go out once."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sayso import ledger as ledgers
from tests.store.making import STEPS
from tests.watch.making import desk, place, settings
from tests.watch.site import Site

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent.parent

# Watches one feed in a process of its own, and says "now" at the moment named by argv[3], where it waits to be killed.
SCRIPT = """
import sys, time
from pathlib import Path
from tests.watch.making import desk, place, settings
from tests.store.making import STEPS
import dataclasses
folder, url, moment = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

def wait(*_, **__):
    print("now", flush=True)
    time.sleep(60)

def extract(reports):
    if moment == "reading":
        wait()
    return STEPS.extract(reports)

with desk(folder, settings(place(at=url)), steps=dataclasses.replace(STEPS, extract=extract)) as at:
    if moment == "kept":  # the reports are in the ledger, and the queue does not know it yet
        at.watcher.queue.kept = wait
    if moment == "polled":  # the feed was read, and nothing written down yet
        at.watcher.queue.put = wait
    if moment == "queued":
        at.watcher.fetching.keep = wait
    at.round()
print("done", flush=True)
"""


@pytest.mark.parametrize("moment", ["polled", "queued", "reading", "kept"])
def test_nothing_is_lost_and_nothing_doubled(site: Site, tmp_path: Path, moment: str) -> None:
    for n in range(5):
        site.article(f"/{n}", f"Ada said {n} fell.")
    own = site.entry("/own", "Bo said it rains.", link="mailto:x@tarn.example")
    url = site.feed("/feed", *(site.entry(f"/{n}") for n in range(5)), own)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(tmp_path), url, moment], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    process.send_signal(signal.SIGKILL)
    assert process.wait(10) == -signal.SIGKILL
    process.stdout.close()
    before = site.counts()
    with desk(tmp_path, settings(place(at=url))) as at:
        at.drain(after=1000)
        at.drain(after=1000)
        assert len(at.texts()) == 6
        assert at.watcher.queue.length() == 0
        assert at.ledger.verify() == ()
    again = site.counts()
    pages = {"polled": 1, "queued": 2, "reading": 1 if before["/0"] == 0 else 2, "kept": 2}[moment]
    assert [again[f"/{n}"] for n in range(5)] == [pages] * 5


def test_killed_over_and_over_it_comes_to_the_same(site: Site, tmp_path: Path) -> None:
    """Whatever it was doing: killed a little later each time, until it is through."""
    for n in range(12):
        site.article(f"/{n}", f"Ada said {n} fell.")
    url = site.feed("/feed", *(site.entry(f"/{n}") for n in range(12)))
    for attempt in range(40):
        process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path), url, ""], cwd=ROOT)
        try:
            process.wait(0.4 + 0.1 * attempt)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        with ledgers.open(str(tmp_path / "flood.db"), create=True, steps=STEPS) as ledger:
            texts = [report.text for report in ledger.reports()]
        assert len(texts) == len(set(texts))
        if len(texts) == 12:
            break
    else:
        pytest.fail("it never got through")
