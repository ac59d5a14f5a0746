"""Many at one desk: 50 read and 5 write for ten minutes. Does anything fail, is any write lost, does memory grow?

    python benchmarks/load.py [--minutes 10] [--readers 50] [--writers 5] [--reports 150] [--pause 1.0]

`sayso serve` is started on a free port of this machine over a ledger of made reports (`worlds.py`), the whole program with its
language model. Readers go through its pages and its API; writers hand in reports and judge, over the API. Everybody waits a moment between
two requests, as people do (--pause 0: as fast as they can). An answer of 503 with Retry-After is no error: it says that the desk is behind,
and the writer asks again after as long. Printed are errors (there should be none), how long answers took, the memory of the serving process
over time, and, from the ledger afterwards, whether every write that was acknowledged is there, and what `sayso verify` says.
The exit code is 1 when anything failed or was lost.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sayso import ledger as ledgers
from worlds import make_world

SEED = 78
PARAGRAPHS = 5
_OK = range(200, 304)


@dataclass
class Client:
    """One who reads or writes: what took how long, what failed, what was acknowledged."""

    port: int
    pause_s: float
    rng: random.Random
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    behind: int = 0
    acknowledged: list[str] = field(default_factory=list)
    _connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, name: str, body: dict[str, Any] | None = None) -> tuple[int, bytes]:
        """The status and body of an answer; asked again as long as the desk says that it is behind. 0 where there was none."""
        for _ in range(60):
            begun = time.monotonic()
            try:
                status, wait_s, raw = self._once(method, path, body)
            except (OSError, http.client.HTTPException) as error:
                self._connection = None
                self.errors[f"{method} {_shape(path)}: {type(error).__name__}"] += 1
                return 0, b""
            self.took[name].append(time.monotonic() - begun)
            if status != 503 or wait_s is None:
                break
            self.behind += 1
            time.sleep(wait_s)
        if status not in _OK:
            self.errors[f"{method} {_shape(path)}: {status} {raw[:120].decode('utf-8', 'replace')}"] += 1
        return status, raw

    def _once(self, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, float | None, bytes]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"content-type": "application/json"} if body is not None else {}
        self._connection.request(method, path, json.dumps(body).encode() if body is not None else None, headers)
        answer = self._connection.getresponse()
        wait = answer.getheader("retry-after")
        return answer.status, float(wait) if wait else None, answer.read()

    def rest(self) -> None:
        time.sleep(self.rng.uniform(0.5, 1.5) * self.pause_s)


def _shape(path: str) -> str:
    return re.sub(r"[a-z]-[a-z0-9]{8,}", "ID", path)


def texts(count: int) -> list[dict[str, str]]:
    """Reports of made stories, cut short."""
    written = [one for seed in range(1 + count // 20) for one in make_world(SEED + seed, size=20)[:20]][:count]
    return [
        {
            "text": "\n\n".join(one.text.split("\n\n")[:PARAGRAPHS]),
            "outlet": one.outlet,
            "published": one.published,
        }
        for one in written
    ]


def addresses(port: int) -> list[tuple[str, str]]:
    """Pages and API of the desk, each with the name of its kind."""
    client = Client(port, 0, random.Random(SEED))

    def got(path: str) -> Any:
        status, raw = client.ask("GET", path, "-")
        assert status == 200, (path, status, raw[:200])
        return json.loads(raw)

    found = [("/", "stories"), ("/api/v1/stories", "api"), ("/api/v1/judgements", "api")]
    for story in got("/api/v1/stories")["stories"][:6]:
        at = story["id"]
        found += [(f"/stories/{at}", "account"), (f"/stories/{at}/review", "review")]
        found += [(f"/api/v1/stories/{at}/questions", "api"), (f"/stories/{at}/timeline", "timeline")]
        for question in got(f"/api/v1/stories/{at}/questions")["questions"][:4]:
            found += [(f"/questions/{question['id']}", "question")]
        for report in got(f"/api/v1/stories/{at}/reports")["reports"][:6]:
            found += [(f"/reports/{report['report']['id']}", "report")]
            found += [(f"/api/v1/reports/{report['report']['id']}", "api")]
    return found


def read_on(client: Client, paths: list[tuple[str, str]], until: float) -> None:
    """Questions change their ids as they grow, and then their old address leads nowhere: that is no error of a reader's."""
    while time.monotonic() < until:
        path, name = client.rng.choice(paths)
        before = client.errors.copy()
        status, _ = client.ask("GET", path, name)
        if status == 404 and name in ("question", "account", "review", "timeline", "api"):
            client.errors = before
        client.rest()


def write_on(client: Client, more: list[dict[str, str]], until: float) -> None:
    """Hands in reports, and judges those that came in."""
    for number, new in enumerate(more):
        if time.monotonic() >= until:
            return
        status, raw = client.ask("POST", "/api/v1/reports", "hand in", {**new})
        if status in _OK:
            answer = json.loads(raw)
            reports = [*answer["added"], *answer["known"]]
            client.acknowledged += reports
            note = {"verdict": "note", "subject": reports[0], "value": f"seen by {id(client)} as {number}"}
            status, raw = client.ask("POST", "/api/v1/judgements", "judge", note)
            if status in _OK:
                client.acknowledged.append(json.loads(raw)["judgement"]["id"])
        client.rest()


def memory_mb(process: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def serving(ledger: Path) -> tuple[subprocess.Popen[str], int]:
    """`sayso serve`, started; its port."""
    command = [
        sys.executable,
        "-m",
        "sayso",
        "serve",
        str(ledger),
        "--port",
        "0",
        "--json",
        "--quiet",
        "--author",
        "Load",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    port = urlsplit(json.loads(process.stdout.readline())["url"]).port
    assert port is not None
    return process, port


def together(threads: list[threading.Thread], watch: Callable[[], None], every_s: float) -> None:
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        watch()
        deadline = time.monotonic() + every_s
        while time.monotonic() < deadline and any(thread.is_alive() for thread in threads):
            time.sleep(0.2)


def table(clients: list[Client]) -> Iterator[str]:
    took: dict[str, list[float]] = defaultdict(list)
    for client in clients:
        for name, each in client.took.items():
            took[name] += each
    yield f"{'':10} {'answers':>8} {'median':>9} {'19 of 20':>9} {'slowest':>9}"
    for name, each in sorted(took.items()):
        each.sort()
        late = each[min(len(each) - 1, int(0.95 * len(each)))]
        yield f"{name:10} {len(each):8} {statistics.median(each):7.2f} s {late:7.2f} s {each[-1]:7.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--writers", type=int, default=5)
    parser.add_argument("--reports", type=int, default=150, help="in the ledger at the start")
    parser.add_argument(
        "--pause", type=float, default=1.0, help="seconds between two requests of one client, on average"
    )
    args = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if run(Path(folder, "load.db"), args) else 1)


def run(path: Path, args: argparse.Namespace) -> bool:
    """Whether all went well."""
    given = texts(args.reports + 4000)
    begun = time.monotonic()
    from sayso.model import Captured
    from sayso.pipeline import text_report

    with ledgers.open(str(path), create=True) as ledger:
        ledger.add_captured(
            Captured(
                text_report(one["text"], place="made", outlet=one["outlet"], published=one["published"]),
                one["text"].encode(),
            )
            for one in given[: args.reports]
        )
    print(f"{args.reports} reports added in {time.monotonic() - begun:.0f} s")
    process, port = serving(path)
    try:
        paths = addresses(port)
        until = time.monotonic() + args.minutes * 60
        clients = [Client(port, args.pause, random.Random(n)) for n in range(args.readers + args.writers)]
        readers, writers = clients[: args.readers], clients[args.readers :]
        threads = [threading.Thread(target=read_on, args=(client, paths, until)) for client in readers]
        share = [given[args.reports + n :: args.writers] for n in range(args.writers)]
        threads += [threading.Thread(target=write_on, args=(c, s, until)) for c, s in zip(writers, share, strict=True)]
        memory: list[float] = []
        together(threads, lambda: memory.append(memory_mb(process.pid)), args.minutes * 60 / 20)
        memory.append(memory_mb(process.pid))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
    for line in table(clients):
        print(line)
    errors = sum((client.errors for client in clients), Counter())
    print(f"errors: {sum(errors.values())}; told that it is behind: {sum(client.behind for client in clients)}")
    for what, times in errors.most_common(8):
        print(f"  {times} times {what}")
    print("memory of the desk, MB: " + " ".join(f"{each:.0f}" for each in memory))
    there = _all_there(path, {i for client in writers for i in client.acknowledged})
    return there and not errors


def _all_there(path: Path, acknowledged: set[str]) -> bool:
    with ledgers.open(str(path), read_only=True) as ledger:
        held = {report.id for report in ledger.reports()} | {judgement.id for judgement in ledger.judgements()}
        lost = acknowledged - held
        findings = ledger.verify()
    print(
        f"writes acknowledged: {len(acknowledged)}; lost: {len(lost)}; verify: {findings[0].what if findings else 'passes'}"
    )
    return not lost and not findings


if __name__ == "__main__":
    main()
