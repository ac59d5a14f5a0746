"""How sayso scales: what a report costs and where, with more workers, in a larger ledger, on a cluster; and what millions would cost.

    python benchmarks/scale.py [PART]... [--articles 48] [--repeats 3] [--reports 100000] [--story 5000] [--pages 2000]

PARTS, all but the last two by default:

    cost      all of `sayso add` beside bare spaCy's whole nlp.pipe over the same texts, in one process; each step's share; then the
              arithmetic to a million reports a day and a thousand million reports
    workers   `sayso add` with two processes, and with one
    start     `sayso --help`
    growth    one more report in a ledger of 10,000 short ones, and in one of --reports, and what it changed, as a watcher asks after each
              round, in processor time; memory; takes about a minute for every 10,000
    story     the account of a story of --story reports
    cluster   a folder of WARC files with --pages reports, read by one process, by a Ray cluster of two workers, and by one where a
              worker is killed in the middle: whether what goes out is the same, byte for byte

Texts are made (`worlds.py`). Seconds are of the clock, and of the processors: the latter are what a cluster costs, and hardly depend on
what else the machine does. What is under way at the same time makes the former worse.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from archives import made, write_archives
from linking_cost import STEPS, build, reports_of
from sayso import ledger as ledgers
from sayso.model import Gist, Report
from sayso.pipeline import Filing
from speed import Stages, machine, spacy_model
from worlds import Written

PARTS = ("cost", "workers", "start", "growth", "story", "cluster")
DEFAULT = ("cost", "workers", "start", "growth")
EXPORTS = ("reports", "statements", "questions", "claims", "origins", "relations", "actors", "stories", "incidents")


@dataclass(frozen=True)
class Spent:
    """Seconds of the clock and of processors, our own and of the processes that ended meanwhile."""

    clock: float
    processors: float


@contextmanager
def spending(into: list[Spent]) -> Iterator[None]:
    def processors() -> float:
        return sum(
            used.ru_utime + used.ru_stime
            for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
        )

    begun, used = time.perf_counter(), processors()
    yield
    into.append(Spent(time.perf_counter() - begun, processors() - used))


def middle(spent: list[Spent]) -> Spent:
    return Spent(statistics.median(s.clock for s in spent), statistics.median(s.processors for s in spent))


class Processors(Stages):
    """Each step's seconds of processors, in this process."""

    def _calling(self, name: str, step: Any) -> Any:
        def run(*given: Any, **options: Any) -> Any:
            begun = time.process_time()
            try:
                return step(*given, **options)
            finally:
                self.spent[name] += time.process_time() - begun

        return run

    def _iterating(self, name: str, step: Any) -> Any:
        def run(*given: Any, **options: Any) -> Iterator[Any]:
            results = iter(step(*given, **options))
            while True:
                begun = time.process_time()
                result = next(results, None)
                self.spent[name] += time.process_time() - begun
                if result is None:
                    return
                yield result

        return run


def written(folder: Path, reports: int) -> list[Written]:
    """So many made reports as text files with their sidecars."""
    folder.mkdir()
    texts = [one for _, one in made(reports)]
    for number, one in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(one.text, encoding="utf-8")
        beside = f'{{"outlet": "{one.outlet}", "published": "{one.published}"}}'
        (folder / f"{number:05}.meta.json").write_text(beside, encoding="utf-8")
    return texts


# ---------------------------------------------------------------------------------------------------


def cost(folder: Path, articles: int, repeats: int) -> None:
    texts = written(folder / "reports", articles)
    words = sum(len(one.text.split()) for one in texts)
    model, nlp = spacy_model()
    bare: list[Spent] = []
    whole: list[Spent] = []
    steps: dict[str, list[float]] = defaultdict(list)
    size = 0
    for repeat in range(repeats + 1):  # the first loads the models, and is not counted
        with spending(bare):
            for doc in nlp.pipe(one.text for one in texts):
                doc.to_array("DEP")
        watch = Processors()
        path = folder / f"{repeat}.db"
        with spending(whole), ledgers.open(str(path), create=True, steps=watch.steps()) as ledger:
            ledger.add([str(folder / "reports")])
        for name in ("ingest", "extract", "embed", "link"):
            steps[name].append(watch.spent[name])
        size = path.stat().st_size
    spacy, add = middle(bare[1:]), middle(whole[1:])
    used = {name: statistics.median(seconds[1:]) for name, seconds in steps.items()}
    used["rest"] = add.processors - sum(used.values())
    print(f"{len(texts)} made reports, {words:,} words; {model}; medians of {repeats} runs in turn")
    print(f"{'':24}{'clock, s':>10}{'processors, s':>15}{'ms a report':>13}{'of spaCy':>10}")
    rows = [
        ("bare spaCy, nlp.pipe", f"{spacy.clock:.2f}", spacy.processors),
        ("sayso add, whole", f"{add.clock:.2f}", add.processors),
        ("  ingest", "", used["ingest"]),
        ("  extract", "", used["extract"]),
        ("  vectors", "", used["embed"]),
        ("  link", "", used["link"]),
        ("  file, store", "", used["rest"]),
    ]
    for label, clock, seconds in rows:
        each, share = 1000 * seconds / len(texts), seconds / spacy.processors
        print(f"{label:24}{clock:>10}{seconds:>15.2f}{each:>13.0f}{share:>10.2f}")
    print(
        f"\nsayso add takes {add.clock / spacy.clock:.2f} times as long as bare spaCy by the clock,"
        f" {add.processors / spacy.processors:.2f} by processors (aim: 1)"
    )
    print(f"the ledger takes {size / len(texts) / 1000:.1f} kB a report")
    at_workers = used["ingest"] + used["extract"] + used["embed"]
    at_driver = used["link"] + used["rest"]
    arithmetic(at_workers / len(texts), at_driver / len(texts), size / len(texts), words / len(texts))


def arithmetic(at_workers: float, at_driver: float, size: float, words: float) -> None:
    """From seconds a report, and bytes, to a million a day and a thousand million."""
    a_day = 1_000_000
    print(
        f"\nworkers use {1000 * at_workers:.0f} ms a report of {words:.0f} words, the one process that writes and links {1000 * at_driver:.0f} ms"
    )
    print(
        f"it keeps up with {at_workers / at_driver:.0f} workers, or {86_400 / at_driver / 1e6:.1f} million reports a day"
    )
    for label, number in (("a million reports", a_day), ("a thousand million", 1000 * a_day)):
        hours = number * at_workers / 3600
        days = number * at_driver / 86_400
        print(
            f"{label:20}{hours:>12,.0f} processor hours to read {days:>10,.1f} days for one writer {number * size / 1e9:>10,.0f} GB"
        )
    print(
        f"{'a million each day':20}{a_day * at_workers / 86_400:>12,.0f} processors that read, {a_day * at_driver / 86_400:.1f} that write"
    )


def workers(folder: Path, articles: int, repeats: int) -> None:
    texts = written(folder / "reports", articles)
    (folder / "one").mkdir()
    shutil.copy(folder / "reports" / "00000.txt", folder / "one")
    ways: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("1 worker", "1", {}),
        ("1 worker, one thread", "1", {"OMP_NUM_THREADS": "1"}),
        ("2 workers", "2", {}),
    )
    taken: dict[tuple[str, str], list[Spent]] = defaultdict(list)
    for repeat in range(repeats):
        for name, count, around in ways:
            for what in ("one", "reports"):
                ledger = folder / f"{what}-{name}-{repeat}.db"
                with spending(taken[name, what]):
                    _sayso("add", str(ledger), str(folder / what), "--workers", count, "--quiet", **around)
    print(f"\n{len(texts)} made reports, `sayso add` as a command; medians of {repeats} runs in turn")
    print(f"{'':22}{'clock, s':>10}{'processors, s':>15}{'without what one report takes':>32}")
    net, gross = {}, {}
    for name, _, _ in ways:
        whole, start = middle(taken[name, "reports"]), middle(taken[name, "one"])
        net[name], gross[name] = whole.clock - start.clock, whole.clock
        print(f"{name:22}{whole.clock:>10.2f}{whole.processors:>15.2f}{net[name]:>32.2f}")
    two = "2 workers"
    for name, _, _ in ways[:2]:
        print(
            f"two are {gross[name] / gross[two]:.2f} times as fast as {name}, {net[name] / net[two]:.2f} once they are there (aim: 1.8)"
        )
    print(
        f"two processes that only parse, with nothing between them, are {_of_the_machine(texts):.2f} times as fast as one"
    )
    print(f"load of the machine {os.getloadavg()[0]:.1f}")


def _of_the_machine(texts: list[Written]) -> float:
    """How much faster bare spaCy is over the same texts in two processes than in one: more than that no machine gives."""
    took = {}
    for count in (1, 2):
        with get_context("spawn").Pool(count) as pool:
            pool.map(_parse, [[one.text] for one in texts[: 2 * count]], chunksize=1)  # loads the model
            begun = time.perf_counter()
            pool.map(_parse, [[one.text for one in texts[n::count]] * 3 for n in range(count)], chunksize=1)
            took[count] = time.perf_counter() - begun
    return took[1] / took[2]


@cache
def _parser() -> Any:
    return spacy_model()[1]


def _parse(texts: list[str]) -> int:
    return sum(len(doc) for doc in _parser().pipe(texts))


def start(repeats: int) -> None:
    taken: list[Spent] = []
    for _ in range(4 * repeats):
        with spending(taken):
            _sayso("--help")
    clock = statistics.median(s.clock for s in taken)
    best, used = min(s.clock for s in taken), middle(taken).processors
    print(
        f"\nsayso --help: {1000 * clock:.0f} ms by the clock, {1000 * best:.0f} at best, {1000 * used:.0f} of a processor (aim: 150)"
    )


def growth(folder: Path, sizes: list[int]) -> None:
    print(
        f"\n{'short reports':>14}{'one more, ms':>14}{'processors, ms':>16}{'ratio':>7}{'what it changed, ms':>21}{'ratio':>7}"
        f"{'file, MB':>10}{'memory, MB':>12}"
    )
    first: float | None = None
    first_told: float | None = None
    for size in sizes:
        path = folder / f"{size}.db"
        kept = build(path, size, 48.0, 5)
        order = sorted(kept, key=lambda c: hashlib.sha256(c.report.id.encode()).hexdigest())[:24]
        taken: list[Spent] = []
        told: list[Spent] = []
        with ledgers.open(str(path), steps=STEPS) as ledger:
            for captured in order:
                row = ledger.head()
                with spending(taken):
                    ledger.add_captured([captured])
                with spending(told):
                    ledger.changes_after(row)
        used, changed = middle(taken), middle(told).processors
        first, first_told = first or used.processors, first_told or changed
        print(
            f"{size:>14,}{1000 * used.clock:>14.0f}{1000 * used.processors:>16.0f}{used.processors / first:>7.2f}"
            f"{1000 * changed:>21.0f}{changed / first_told:>7.2f}"
            f"{path.stat().st_size / 1e6:>10.0f}{_memory():>12.0f}",
            flush=True,
        )


def story(folder: Path, size: int) -> None:
    """One story of so many short reports, each of events and names of its own, as a long affair has them."""
    path = folder / "story.db"
    given = [each for number in range(-(-size // 5)) for each in reports_of(number, 48.0, 5)][:size]
    together = replace(STEPS, filing=Filing(gist=_of_one_story, tie=lambda a, b: 1.0))
    taken: list[Spent] = []
    told: list[Spent] = []
    with ledgers.open(str(path), create=True, steps=together) as ledger:
        with spending(taken):
            ledger.add_captured(given)
        (largest,) = ledger.story_listings()
        with spending(told):
            account = ledger.account(story=largest.story.id)
    lines = sum(len(section.lines) for section in account.sections)
    print(
        f"\na story of {len(largest.story.reports):,} short reports: linked in {taken[0].clock:.1f} s ({taken[0].processors:.1f} of"
        f" processors), its account of {lines:,} lines in {told[0].clock:.2f} s ({told[0].processors:.2f}; aim: 2); memory {_memory():.0f} MB"
    )


def _of_one_story(report: Report) -> Gist:
    return Gist(report.id, None, (("all", 1.0),), ("all",))


def cluster(folder: Path, pages: int) -> None:
    write_archives(folder / "warc", pages)
    expected = ""
    print(f"\n{pages:,} pages in WARC files")
    for label, options, kill in (
        ("one process", [], False),
        ("Ray, 2 workers", ["--run", "ray", "--workers", "2"], False),
        ("Ray, one of 2 killed", ["--run", "ray", "--workers", "2"], True),
    ):
        ledger = folder / f"{label.replace(' ', '-')}.db"
        begun = time.perf_counter()
        command = [sys.executable, "-m", "sayso", "add", str(ledger), str(folder / "warc"), *options]
        done = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert done.stderr is not None
        killed = ""
        for line in done.stderr:
            read = re.search(r"reports read: (\d+)", line)
            if kill and not killed and read and int(read.group(1)) >= pages // 3:
                killed = _kill_one(done.pid)
        assert done.wait() == 0, label
        taken = time.perf_counter() - begun
        out = _exports(ledger)
        expected = expected or out
        same = "the same exports" if out == expected else "OTHER EXPORTS"
        print(f"{label:22}{taken:>8.0f} s   {same}, verify: {_verified(ledger)}{killed}", flush=True)


def _kill_one(driver: int) -> str:
    """Kills one of the actors below a process, and says which."""
    for entry in sorted(Path("/proc").glob("[0-9]*")):
        try:
            title = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if title.startswith(b"ray::Hand") and driver in _ancestors(int(entry.name)):
            os.kill(int(entry.name), 9)
            return "; kill -9 of a worker"
    return "; NO WORKER FOUND TO KILL"


def _ancestors(pid: int) -> Iterator[int]:
    while pid > 1:
        pid = int((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
        yield pid


def _exports(ledger: Path) -> str:
    hashes = hashlib.sha256()
    for what in EXPORTS:
        hashes.update(_sayso("export", str(ledger), "--what", what))
    hashes.update(_sayso("account", str(ledger), "--json"))
    return hashes.hexdigest()


def _verified(ledger: Path) -> str:
    done = subprocess.run([sys.executable, "-m", "sayso", "verify", str(ledger)], capture_output=True, check=False)
    return "all well" if done.returncode == 0 else "DAMAGED"


def _sayso(*arguments: str, **around: str) -> bytes:
    """Runs a command, with these variables of the environment beside those there are."""
    command = [sys.executable, "-m", "sayso", *arguments]
    return subprocess.run(command, check=True, capture_output=True, env={**os.environ, **around}).stdout


def _memory() -> float:
    """The most memory that this process held so far, in MB (Linux)."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found.group(1)) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--articles", type=int, default=48, help="reports that are read for `cost` and `workers`")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--reports", type=int, default=100_000, help="reports of the large ledger")
    parser.add_argument("--story", type=int, default=5000, help="reports of the large story")
    parser.add_argument("--pages", type=int, default=2000, help="reports in the WARC files")
    args = parser.parse_args()
    if wrong := set(args.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(wrong))}")
    runs: dict[str, Callable[[Path], None]] = {
        "cost": lambda folder: cost(folder, args.articles, args.repeats),
        "workers": lambda folder: workers(folder, args.articles, args.repeats),
        "start": lambda folder: start(args.repeats),
        "growth": lambda folder: growth(folder, sorted({10_000, args.reports})),
        "story": lambda folder: story(folder, args.story),
        "cluster": lambda folder: cluster(folder, args.pages),
    }
    print(machine())
    for part in PARTS:
        if part in (args.parts or DEFAULT):
            with tempfile.TemporaryDirectory(prefix="sayso-scale-") as made_here:
                runs[part](Path(made_here))


if __name__ == "__main__":
    main()
