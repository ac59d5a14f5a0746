"""What it takes to link a whole ledger, by this process alone and by two workers, story by story.

    python benchmarks/linking_shared.py [--stories 40] [--reports 50] [--repeats 3] [--workers 2]

Made reports (`worlds.py`), so many stories of so many each, are read as `linking_cost.py` reads them (by a pattern, vectors of hashed
words), stored, and put into stories and linked by a process just started, whose workers start while it files. Printed: seconds of the
clock for linking, and for all of it; seconds of all processors, the workers' start included; medians of so many runs in turn; and whether what
was linked is the same, byte for byte. One process has one thread, as workers have. What else the machine does makes the clock worse.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from linking_cost import STEPS, reports_of
from sayso import ledger as ledgers
from sayso.ledger.filing import file_pending
from sayso.ledger.working import open_work


def build(path: Path, stories: int, reports: int) -> None:
    """A ledger that holds so many stories, none of them linked."""
    with ledgers.open(str(path), create=True, steps=STEPS) as ledger:
        for number in range(stories):
            ledger.add_captured(reports_of(number, 48.0, reports), link=False)


def link(path: Path, workers: int) -> None:
    """Files and links all of a ledger, and prints the seconds of filing and of linking, and what that gave: reports, stories, a hash."""
    with ledgers.open(str(path), steps=STEPS) as ledger, open_work(STEPS, workers=workers) as work:
        ledger._store.derived.forget(STEPS.linker)
        begun = time.perf_counter()
        while file_pending(ledger._store, STEPS.filing):
            pass
        filed = time.perf_counter()
        assert not ledger._linking.refresh(work.linkers)
        linked = time.perf_counter()
        state = ledger.state()
        gave = hashlib.sha256(repr(state.parts).encode()).hexdigest()
        print(filed - begun, linked - filed, len(state.reports), len(state.parts), gave)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=40)
    parser.add_argument("--reports", type=int, default=50, help="of each story")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--in", dest="inside", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        link(Path(args.inside[0]), int(args.inside[1]))
        return
    from scale import (
        Spent,
        middle,
        spending,
    )  # they load spaCy, which workers would load too, as they import this module
    from speed import machine

    os.environ["OMP_NUM_THREADS"] = "1"
    taken: dict[str, list[Spent]] = defaultdict(list)
    linking: dict[str, list[float]] = defaultdict(list)
    gave: set[tuple[str, ...]] = set()
    with tempfile.TemporaryDirectory() as folder:
        unlinked = Path(folder) / "unlinked.db"
        build(unlinked, args.stories, args.reports)
        for _ in range(args.repeats):
            for name in ("1", str(args.workers)):
                path = Path(shutil.copy(unlinked, Path(folder) / "linked.db"))
                command = [sys.executable, __file__, "--in", str(path), name]
                with spending(taken[name]):
                    done = subprocess.run(command, check=True, capture_output=True, text=True)
                _, seconds, *rest = done.stdout.split()
                linking[name].append(float(seconds))
                gave.add(tuple(rest))
    reports, stories, _ = next(iter(gave))
    print(machine())
    print(f"\n{reports} made reports in {stories} stories, filed and linked; medians of {args.repeats} runs in turn")
    print(f"{'workers':>8}{'linking, clock, s':>19}{'the whole, clock, s':>21}{'processors, s':>15}")
    for name, spent in taken.items():
        whole = middle(spent)
        print(f"{name:>8}{statistics.median(linking[name]):>19.2f}{whole.clock:>21.2f}{whole.processors:>15.2f}")
    ratio = statistics.median(linking["1"]) / statistics.median(linking[str(args.workers)])
    print(f"{args.workers} link {ratio:.2f} times as fast as one")
    print("the same was linked each time" if len(gave) == 1 else "OTHER THINGS WERE LINKED")
    print(f"load of the machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
