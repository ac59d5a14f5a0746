"""Faults, each injected many times: what was acknowledged before it is looked up afterwards, and the work is finished.

    python benchmarks/faults.py [--times 40] [--only killed full …] [--url postgresql://user@host/database] [--program]

A life of a ledger (made, reports added in sittings, judged, withdrawn, rebuilt, copied) runs in a process of its own, and something happens
to it. After each: every record whose storing had been acknowledged must be there, `verify` must pass or name the damage, the message
must say what to do, and the same work done again must come to what an undisturbed life comes to. Printed is a table: the fault, how often
it was injected and took effect, how many records had been acknowledged and how many of those were found, what `verify` said, how
often the work came to the same, and the message.

Reports are made, and read by one pattern (see `linking_cost.py`); with --program the whole `sayso add` of the demonstration is killed too.
With --url the same is done on a PostgreSQL server, where sessions are ended as well. A full and a read-only disk are real ones
(tmpfs) where this runs as root; else they are limits of the process.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from faults_files import DAMAGES, damaged, full_disk, may_mount, program_killed, read_only_disk, real_full_disk
from faults_life import Life, Places, Row, files_in, finish, look, spread
from faults_server import schemas_at, sessions_ended
from injuring import Say, clock_at, in_child, killed_before
from linking_cost import STEPS, reports_of
from sayso.model import Captured
from sayso.pipeline import Steps


def killed(name: str, places: Places, given: Sequence[Captured], *, times: int, steps: Steps = STEPS) -> Row:
    """kill -9 before a statement of SQL, over the whole life: its first, its last, and those between them at equal distances."""
    row = Row(name)
    whole = Life(*places(), given, steps)
    counted = in_child(whole, injure=killed_before(0))
    assert counted.done, counted
    expected = whole.states()
    for at in spread(counted.questions, times):
        life = Life(*places(), given, steps)
        outcome = in_child(life, injure=killed_before(at))
        assert not outcome.done, at
        look(row, life, outcome)
        finish(row, life, expected)
    return row


def killed_at_random(name: str, places: Places, given: Sequence[Captured], *, times: int, steps: Steps = STEPS) -> Row:
    """kill -9 after a random time, which also falls into the middle of a statement, and into reading and linking."""
    row = Row(name)
    whole = Life(*places(), given, steps)
    begun = time.monotonic()
    assert in_child(whole).done
    took = time.monotonic() - begun
    expected = whole.states()
    moments = random.Random(7)
    for _ in range(times):
        life = Life(*places(), given, steps)
        outcome = in_child(life, kill_after_s=moments.uniform(0.01, took))
        if not outcome.done:
            look(row, life, outcome)
            finish(row, life, expected)
    return row


def clock_jumps(name: str, places: Places, given: Sequence[Captured], *, times: int, steps: Steps = STEPS) -> Row:
    """The clock jumps forwards and backwards, by seconds, days and years, each time it is read."""
    row = Row(name)
    whole = Life(*places(), given, steps)
    assert in_child(whole).done
    expected = whole.states()
    for seed in range(times):
        jumps = random.Random(seed)
        life = Life(*places(), given, steps)
        outcome = in_child(
            life,
            injure=clock_at(ahead_s=lambda _, j=jumps: j.choice([-1, 1]) * 10 ** j.uniform(0, 8.5)),  # type: ignore[misc]
        )
        look(row, life, outcome)
        finish(row, life, expected)
        if not outcome.done:
            row.wrong.append(outcome.what or outcome.crashed)
    return row


def two_at_once(name: str, places: Places, given: Sequence[Captured], *, times: int, steps: Steps = STEPS) -> Row:
    """Two lives over one ledger at the same time, of which one is killed."""
    row = Row(name)
    whole = Life(*places(), given, steps)
    begun = time.monotonic()
    assert in_child(whole).done
    took = time.monotonic() - begun
    expected = whole.states()
    for number in range(times):
        url, copy = places()
        _, other_copy = places()
        ours = Life(url, copy, given, steps)
        theirs = Life(url, other_copy, tuple(reversed(given)), steps)
        moment = random.Random(number).uniform(0.1, took)

        def both(say: Say, ours: Life = ours, theirs: Life = theirs, moment: float = moment) -> None:
            other = os.fork()
            if other == 0:
                in_child(theirs, kill_after_s=moment)
                os._exit(0)
            ours(say)
            os.waitpid(other, 0)

        outcome = in_child(both)
        look(row, ours, outcome)
        if not outcome.done:
            row.wrong.append(f"beside another, it failed: {outcome.what or outcome.crashed}")
        # Both withdrew a report, the first and the last: what is the same for one life is what holds for both.
        held, *_ = ours.state(ours.url)
        row.finished += held == expected[0]
    return row


HEADING = f"{'':3} {'fault':44} {'times':>5} {'ackn.':>6} {'found':>6} {'same':>6}  verify"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=40, help="injections of each fault")
    parser.add_argument("--reports", type=int, default=15, help="reports of the life")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--url", help="a database on a PostgreSQL server where schemas may be made")
    parser.add_argument("--program", action="store_true", help="kill the whole `sayso add` too")
    args = parser.parse_args()
    given = [each for number in range(1, 2 + args.reports // 5) for each in reports_of(number, 48, 5)][: args.reports]
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}; {args.reports} reports"
    )
    print(HEADING)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder), given, args):
            for line in row.lines():
                print(line, flush=True)
            bad += not row.ok
    sys.exit(1 if bad else 0)


def rows(folder: Path, given: Sequence[Captured], args: argparse.Namespace) -> Iterator[Row]:
    places, times = files_in(folder), args.times
    faults: dict[str, Callable[[], Row]] = {
        "killed": lambda: killed("kill -9 before a statement of SQL", places, given, times=times),
        "random": lambda: killed_at_random("kill -9 at a random time", places, given, times=times),
        "quota": lambda: full_disk("no room for more in a file", places, given, times=times),
        "clock": lambda: clock_jumps("the clock jumps at every look", places, given, times=times),
        "two": lambda: two_at_once("two at once, one of them killed", places, given, times=times),
    }
    if may_mount():
        faults["full"] = lambda: real_full_disk("the disk is full", places, given, times=times)
        faults["readonly"] = lambda: read_only_disk("the disk may only be read", places, given, times=times)
    for harm in DAMAGES:
        title = f"damaged: {harm.__name__.replace('_', ' ')}"
        faults[harm.__name__] = lambda harm=harm, title=title: damaged(title, places, given, harm, times=times)  # type: ignore[misc]
    if args.program:
        faults["program"] = lambda: program_killed("sayso add, killed at a random time", places, times=times)
    if args.url:
        faults["server"] = lambda: killed(
            "server: kill -9 before a statement", schemas_at(args.url), given, times=times
        )
        faults["sessions"] = lambda: sessions_ended("server: sessions ended", args.url, given, times=times)
    for name, fault in faults.items():
        if not args.only or name in args.only:
            yield fault()


if __name__ == "__main__":
    main()
