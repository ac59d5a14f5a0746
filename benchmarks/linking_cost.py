"""What it costs to bring one more report into a ledger, by how many it holds already.

    python benchmarks/linking_cost.py [--sizes 10000 100000] [--added 24] [--a-day 48] [--story 5]
    python benchmarks/linking_cost.py --one-story 250 1000 4000

Made reports (`worlds.py`; a world is a story of a few reports, cut short) are put into one ledger in a file: so many reports a
day, each world with names of its own, or all the world would be one town. Then single reports come in, every one of a story that the
ledger holds a part of. Printed for each size: seconds to store and link one (median, and nine of ten), the stories it
re-linked, the size of the file, and the memory of the process; and how many times as long as at the first size.

``--one-story`` asks the same of one big story instead: a world of so many reports. Printed for each size: seconds to link all of it,
and by which power of its size that grew since the size before; seconds for one more report where this process linked the story
before, and where nothing is remembered of it, as in a process just started; and the memory of the process, of which each size has
one of its own. Seconds are those of the processor: on a machine that others use, the clock tells little.

Reading is left out on purpose, as its cost is the same at every size: statements are found by one pattern ("… NAME said"), and
vectors are hashed words. All else is what `sayso add` does. Takes one or two minutes for each 10,000 reports.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sayso import ledger as ledgers
from sayso.ids import make_id
from sayso.link.embed import DIMENSIONS, statement_text
from sayso.link.remembered import forget
from sayso.link.sentences import sentences
from sayso.model import Act, Actor, ActorType, Captured, Extraction, Kind, Report, Span, Statement
from sayso.pipeline import Steps, text_report
from worlds import Written, make_world

START = datetime(2001, 1, 1)
PARAGRAPHS = 6  # of each report: the cost that grows with the ledger does not depend on how long its reports are
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_SAID = re.compile(
    r"\b([A-Z][a-z]+ [A-Z][a-z]+)\b[^.“”]{0,40}?\b(said|told|confirmed|stressed|announced)\b"
    r"|\b(said|stressed) ([A-Z][a-z]+ [A-Z][a-z]+)"
)
_SYLLABLES = "ba be bo da dor fal gan hul kel kor lan mir nal or pel quin ras sel tam ul var wen yor zan".split()


def reports_of(number: int, a_day: float, size: int) -> list[Captured]:
    """The reports of one world, with names and days of its own."""
    world = make_world(500_000 + number, size=size)[:size]
    rng = random.Random(f"names {number}")
    names: dict[str, str] = {}
    for found in sorted({name for one in world for name in _NAME.findall(one.text)}):
        names[found] = "".join(rng.choice(_SYLLABLES) for _ in range(3)).title()
    first = min(datetime.fromisoformat(one.published) for one in world).replace(tzinfo=None)
    begins = START + timedelta(days=number * len(world) / a_day)
    return [_captured(one, names, begins - first) for one in world]


def _captured(one: Written, names: Mapping[str, str], shift: timedelta) -> Captured:
    text = re.sub(r"[A-Z][a-z]{3,}", lambda m: names.get(m.group(), m.group()), one.text)
    text = "\n\n".join(text.split("\n\n")[:PARAGRAPHS])
    published = (datetime.fromisoformat(one.published).replace(tzinfo=None) + shift).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Captured(text_report(text, place="world", outlet=one.outlet, published=published), text.encode())


def extract(reports: Iterable[Report]) -> Iterator[Extraction]:
    for report in reports:
        yield Extraction(report.id, tuple(_statements(report)))


def _statements(report: Report) -> Iterator[Statement]:
    for paragraph in (block.span for block in report.blocks):
        for span in sentences(report.text, paragraph):
            match = _SAID.search(report.text, span.start, span.end)
            if match is None:
                continue
            name, cue = (1, 2) if match.group(1) else (4, 3)
            source, spoken = (Span(*match.span(name)),), (Span(*match.span(cue)),)
            before, after = Span(span.start, match.start()), Span(match.end(), span.end)
            content = (max(before, after, key=lambda s: s.end - s.start),)
            yield Statement(
                id=Statement.make_id(report=report.id, source=source, cue=spoken, content=content),
                report=report.id,
                source=source,
                cue=spoken,
                content=content,
                kind=Kind.INDIRECT,
                act=Act.ASSERT,
                actor=Actor(make_id("a", match.group(name)), match.group(name), ActorType.PERSON),
            )


def embed(
    reports: Sequence[Report], statements: Sequence[Statement], *, known: Mapping[str, NDArray[np.float32]]
) -> dict[str, NDArray[np.float32]]:
    texts = {report.id: report for report in reports}
    return {s.id: known[s.id] if s.id in known else _hashed(statement_text(texts[s.report], s)) for s in statements}


def _hashed(text: str) -> NDArray[np.float32]:
    row = np.zeros(DIMENSIONS, dtype=np.float32)
    for word in text.casefold().split():
        row[crc32(word.encode()) % DIMENSIONS] += 1
    return row / max(1.0, float(np.linalg.norm(row)))


def build(path: Path, size: int, a_day: float, of_one_story: int) -> list[Captured]:
    """A ledger of so many reports; given back are the last reports of some of its stories, kept out of it."""
    kept: list[Captured] = []
    begun = time.monotonic()
    with ledgers.open(str(path), create=True, steps=STEPS) as ledger:
        number = stored = 0
        while stored < size:
            batch: list[Captured] = []
            while len(batch) < min(5000, size - stored):
                world = reports_of(number, a_day, of_one_story)
                if number % max(1, size // (100 * of_one_story)) == 0:
                    kept.append(world.pop())
                batch += world
                number += 1
            ledger.add_captured(batch)
            stored += len(batch)
            print(f"  {stored} reports, {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return kept


def in_one_story(size: int, more: int = 3) -> None:
    """Links one story of so many reports whole, then with single reports more, and prints what it took."""
    world = make_world(77, size=size + 4 * more)
    reports = {c.report.id: c for c in (_captured(one, {}, timedelta()) for one in world)}
    every = list(reports.values())
    held, later = every[:size], every[size : size + 2 * more]
    with tempfile.TemporaryDirectory() as folder, ledgers.open(f"{folder}/one.db", create=True, steps=STEPS) as ledger:
        ledger.add_captured(held)
        taken: list[float] = []
        for n, captured in enumerate([None, *later]):
            if n > more:
                forget()
            begun = time.process_time()
            if captured is None:
                ledger.rebuild()
            else:
                ledger.add_captured([captured])
            taken.append(time.process_time() - begun)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(taken[0], statistics.median(taken[1 : more + 1]), statistics.median(taken[more + 1 :]), memory)


def one_story(sizes: Sequence[int]) -> None:
    """The figures of one story of each size, each measured in a process of its own."""
    print(
        f"{'reports':>8} {'whole, s':>9} {'power':>6} {'one more, s':>12} {'nothing known, s':>17} {'ratio':>6} {'memory, MB':>11}"
    )
    before: tuple[int, float] | None = None
    for size in sizes:
        command = [sys.executable, __file__, "--in-one-story", str(size)]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        whole, known, unknown, memory = map(float, run.stdout.split()[-4:])
        power = f"{math.log(whole / before[1]) / math.log(size / before[0]):.2f}" if before else ""
        print(
            f"{size:>8} {whole:>9.2f} {power:>6} {known:>12.2f} {unknown:>17.2f} {known / whole:>6.2f} {memory:>11.0f}",
            flush=True,
        )
        before = size, whole


STEPS = Steps(extract=extract, embed=embed, reader="pattern", embedder="hashed words")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--added", type=int, default=24, help="reports that come in one by one")
    parser.add_argument("--a-day", type=float, default=48.0, help="reports published on one day")
    parser.add_argument("--story", type=int, default=5, help="reports of one story")
    parser.add_argument("--one-story", type=int, nargs="+", metavar="SIZE", help="one story of so many reports instead")
    parser.add_argument("--in-one-story", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.in_one_story:
        in_one_story(args.in_one_story)
    elif args.one_story:
        one_story(args.one_story)
    else:
        many_stories(args)


def many_stories(args: argparse.Namespace) -> None:
    """What one more report costs in ledgers of several sizes, whose stories are small."""
    first: float | None = None
    print(
        f"{'reports':>8} {'stories':>8} {'one more, s':>12} {'9 of 10, s':>11} {'ratio':>6} {'file, MB':>9} {'memory, MB':>11}"
    )
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger.db"
            kept = build(path, size, args.a_day, args.story)
            order = sorted(kept, key=lambda c: hashlib.sha256(c.report.id.encode()).hexdigest())[: args.added]
            taken = []
            with ledgers.open(str(path), steps=STEPS) as ledger:
                for captured in order:
                    begun = time.monotonic()
                    ledger.add_captured([captured])
                    taken.append(time.monotonic() - begun)
                stories = len(ledger._store.derived.stories())
            middle = statistics.median(taken)
            first = first or middle
            most = sorted(taken)[int(0.9 * (len(taken) - 1))]
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{size:>8} {stories:>8} {middle:>12.3f} {most:>11.3f} {middle / first:>6.2f}"
                f" {path.stat().st_size / 1e6:>9.0f} {memory:>11.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
