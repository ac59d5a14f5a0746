"""What a PostgreSQL server costs beside a file: the same reports stored, linked, searched and verified in both, in one run.

    python benchmarks/stores.py --url postgresql://user@host/database [--reports 200] [--rounds 3]

The reports are made (`worlds.py`, as `linking_cost.py` makes them), and reading is left out: statements are found by one pattern, vectors
are hashed words. Each round makes a schema of its own at the URL, which is dropped at the end, and a file; they take turns. Printed are the
best seconds of the rounds, as what else the machine does only ever adds, and how many times as long the server took.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linking_cost import STEPS, extract, reports_of
from sayso import ledger as ledgers
from sayso.model import Captured
from sayso.store import Entry, open_store

QUERIES = ("bridge", "hospital fire", '"said that"', "governor", '"of the" police', "missing")
BATCH = 32  # as `sayso add` has it


def measured(url: str, given: list[Captured]) -> dict[str, float]:
    """Seconds for each thing that a ledger at ``url``, where there is none yet, is asked to do."""
    taken: dict[str, float] = {}

    @contextmanager
    def timed(what: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        taken[what] = time.monotonic() - begun

    store = open_store(url, create=True)
    entries = [Entry(each, next(extract([each.report])), STEPS.reader) for each in given]
    with timed("store"):
        for start in range(0, len(entries), BATCH):
            store.add(entries[start : start + BATCH])
    with timed("search"):
        for query in QUERIES:
            store.search(query, limit=20)
    store.close()
    with ledgers.open(url, steps=STEPS) as ledger:
        with timed("link"):
            ledger.linked()
        with timed("read what was linked"):
            ledger.state()
        with timed("verify"):
            assert ledger.verify() == ()
    taken = {"store and link": taken["store"] + taken["link"], **taken}
    return taken


@contextmanager
def schema(url: str, name: str) -> Iterator[str]:
    """The URL of a new schema, dropped at the end."""
    import psycopg

    def run(statement: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement.encode())

    run(f"CREATE SCHEMA {name}")
    try:
        yield f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"
    finally:
        run(f"DROP SCHEMA {name} CASCADE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="a database on a PostgreSQL server where a schema may be made")
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    given = [each for number in range(-(-args.reports // 5)) for each in reports_of(number, 48.0, 5)][: args.reports]
    best: dict[str, dict[str, float]] = {"file": {}, "server": {}}
    for number in range(args.rounds):
        with tempfile.TemporaryDirectory() as folder, schema(args.url, f"sayso_bench_{os.getpid()}_{number}") as there:
            for name, url in (("file", str(Path(folder) / "ledger.db")), ("server", there)):
                for what, seconds in measured(url, given).items():
                    best[name][what] = min(seconds, best[name].get(what, seconds))
    print(f"{len(given)} reports, best of {args.rounds} rounds")
    print(f"{'':22} {'file, s':>8} {'server, s':>10} {'ratio':>6}")
    for what, seconds in best["file"].items():
        print(f"{what:22} {seconds:>8.3f} {best['server'][what]:>10.3f} {best['server'][what] / seconds:>6.2f}")


if __name__ == "__main__":
    main()
