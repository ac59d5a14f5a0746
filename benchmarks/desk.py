"""How soon the desk answers: pages of a large story, while reports are being added to it, and many readers at once.

    python benchmarks/desk.py [--reports 1000] [--seconds 30] [--readers 8]

A story of made reports (`worlds.py`) is put into a ledger; a desk is opened over it as `sayso serve` does. Then readers go through its
pages one after another, first with nobody writing, then while another process adds reports to the same story. Printed for each
page: the median and the slowest of ten, in milliseconds, as seen by a reader over HTTP on loopback; how old the pages were that
readers got meanwhile; errors (there should be none); and the memory of the serving process before and after.

Reading is by one pattern and vectors are hashed words, as in `linking_cost.py`: what is measured is the desk.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

import uvicorn

from linking_cost import PARAGRAPHS, STEPS
from sayso import ledger as ledgers
from sayso.model import Captured
from sayso.pipeline import text_report
from sayso.serve.desk import Desk
from sayso.serve.web.app import make_app
from worlds import make_world

SEED = 77
TOGETHER = 20  # reports that the writer adds at once, as a feed would bring them


def reports_of(size: int, *, after: int = 0) -> list[Captured]:
    """So many reports of one made story, after the first ``after``."""
    found = []
    for one in make_world(SEED, size=after + size)[after : after + size]:
        text = "\n\n".join(one.text.split("\n\n")[:PARAGRAPHS])
        report = text_report(text, place="world", outlet=one.outlet, published=one.published)
        found.append(Captured(report, text.encode()))
    return found


def add_on(path: Path, size: int, seconds: float) -> None:
    """The writer: adds further reports of the story until the time is over."""
    more, until, added = reports_of(2000, after=size), time.monotonic() + seconds, 0
    with ledgers.open(str(path), steps=STEPS) as ledger:
        while time.monotonic() < until and added < len(more):
            ledger.add_captured(more[added : added + TOGETHER])
            added += TOGETHER
    print(added)


class Reader:
    """Goes through pages over one connection and notes how long each took."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.stale = 0

    def get(self, path: str, name: str) -> bytes:
        begun = time.monotonic()
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        body = answer.read()
        self.took[name].append((time.monotonic() - begun) * 1000)
        if answer.status != 200:
            self.errors.append(f"{answer.status} {path}")
        self.stale += b"is being brought together" in body
        return body


def paths_of(port: int) -> list[tuple[str, str]]:
    """Pages of the largest story, each with the name of its kind."""
    reader = Reader(port)
    stories = json.loads(reader.get("/api/v1/stories", "-"))["stories"]
    story = max(stories, key=lambda s: s["reports"])["id"]
    questions = json.loads(reader.get(f"/api/v1/stories/{story}/questions", "-"))["questions"]
    reports = json.loads(reader.get(f"/api/v1/stories/{story}/reports", "-"))["reports"]
    rng = random.Random(SEED)
    found = [
        (f"/stories/{story}", "account"),
        (f"/stories/{story}/review", "review"),
        (f"/stories/{story}/actors", "actors"),
    ]
    found += [(f"/questions/{q['id']}", "question") for q in rng.sample(questions, min(10, len(questions)))]
    found += [
        (f"/claims/{a['id']}", "claim")
        for q in rng.sample(questions, min(10, len(questions)))
        for a in q["answers"][:1]
    ]
    found += [(f"/reports/{r['report']['id']}", "report") for r in rng.sample(reports, 10)]
    return found


def read_on(port: int, paths: list[tuple[str, str]], readers: int, seconds: float) -> list[Reader]:
    """So many readers at once, each through all pages again and again."""
    until = time.monotonic() + seconds
    made = [Reader(port) for _ in range(readers)]

    def go(reader: Reader, number: int) -> None:
        mine = random.Random(number).sample(paths, len(paths))
        while time.monotonic() < until:
            for path, name in mine:
                if time.monotonic() >= until:
                    return
                reader.get(path, name)

    threads = [threading.Thread(target=go, args=(reader, n)) for n, reader in enumerate(made)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made


def table(title: str, readers: list[Reader]) -> None:
    took: dict[str, list[float]] = defaultdict(list)
    for reader in readers:
        for name, each in reader.took.items():
            took[name] += each
    every = [t for each in took.values() for t in each]
    errors = [error for reader in readers for error in reader.errors]
    stale = sum(reader.stale for reader in readers)
    print(f"== {title}: {len(every)} pages, {len(errors)} errors, {stale} of them said that something newer was coming")
    for name, each in sorted(took.items()):
        tenth = statistics.quantiles(each, n=10)[-1] if len(each) > 1 else each[0]
        print(
            f"{name:10} median {statistics.median(each):7.1f} ms   nine of ten within {tenth:7.1f} ms   ({len(each)})"
        )
    if every:
        print(f"{'all':10} median {statistics.median(every):7.1f} ms")
    for error in errors[:5]:
        print("error:", error)


def memory() -> str:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return f"{pages * os.sysconf('SC_PAGE_SIZE') / 2**20:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000, help="reports of the story")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each part")
    parser.add_argument("--readers", type=int, default=8, help="at once")
    parser.add_argument("--ledger", type=Path, help="a ledger made before, with --reports reports; else one is made")
    parser.add_argument("--data", type=Path, help="taken and not used: this benchmark makes its own reports")
    parser.add_argument("--writer", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.writer:
        add_on(args.writer, args.reports, args.seconds)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = args.ledger or Path(folder, "story.db")
        if args.ledger is None:
            begun = time.monotonic()
            with ledgers.open(str(path), create=True, steps=STEPS) as ledger:
                ledger.add_captured(reports_of(args.reports))
            print(f"{args.reports} reports added and linked in {time.monotonic() - begun:.0f} s")
        run(path, args.reports, args.readers, args.seconds)


def run(path: Path, size: int, readers: int, seconds: float) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    desk = Desk(str(path), steps=STEPS)
    server = uvicorn.Server(
        uvicorn.Config(make_app(desk, name="story", user="bench"), log_level="error", access_log=False)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    begun = time.monotonic()
    paths = paths_of(port)
    print(f"the first look at the story took {time.monotonic() - begun:.1f} s; memory {memory()}")
    table("one reader, nobody writes", read_on(port, paths, 1, seconds / 3))
    table(f"{readers} readers, nobody writes", read_on(port, paths, readers, seconds))
    command = [sys.executable, __file__, "--writer", str(path), "--reports", str(size), "--seconds", str(seconds)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    table(f"{readers} readers, another process adds", read_on(port, paths, readers, seconds))
    print(f"added meanwhile: {writer.communicate()[0].strip()}; memory {memory()}")
    desk.hang_up()
    server.should_exit = True
    thread.join(timeout=20)


if __name__ == "__main__":
    main()
