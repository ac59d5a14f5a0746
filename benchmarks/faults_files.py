"""Faults of disks and files: no room, no right to write, damaged pages; and the whole program killed (see `faults.py`)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from faults_life import SITTING, Life, Places, Row, finish, look, spread
from injuring import Say, in_child, no_file_beyond
from linking_cost import STEPS
from sayso import ledger as ledgers
from sayso.errors import LedgerError, SaysoError
from sayso.ledger.salvaging import salvage
from sayso.model import Captured
from sayso.pipeline import Steps

Damage = Callable[[Path, random.Random], None]


def full_disk(name: str, places: Places, given: Sequence[Captured], *, times: int, steps: Steps = STEPS) -> Row:
    """No file may grow beyond a size, as under a quota: from next to nothing up to what a whole life needs."""
    row = Row(name)
    whole = Life(*places(), given, steps)
    assert in_child(whole).done
    expected = whole.states()
    size = max(file.stat().st_size for file in Path(whole.url).parent.iterdir())
    enough = size  # the file of changes grows beyond that of the ledger
    while not in_child(Life(*places(), given, steps), injure=no_file_beyond(enough)).done:
        enough *= 2
    for limit in spread(enough, times):
        life = Life(*places(), given, steps)
        outcome = in_child(life, injure=no_file_beyond(limit - limit % 512))
        if not outcome.done:
            look(row, life, outcome)
            finish(row, life, expected)
    return row


@contextmanager
def small_disk(at: Path, kilobytes: int) -> Iterator[Callable[..., None]]:
    """A disk of that size at ``at``; what is yielded mounts it again with other options. Only for root."""

    def mount(**options: str) -> None:
        told = ",".join([f"{name}={value}" if value else name for name, value in options.items()])
        subprocess.run(["mount", "-t", "tmpfs", "-o", told, "tmpfs", str(at)], check=True, capture_output=True)

    mount(size=f"{kilobytes}k")
    try:
        yield lambda **options: mount(remount="", **options)
    finally:
        subprocess.run(["umount", str(at)], check=True)


def may_mount() -> bool:
    """Whether this process may make disks."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mount"):
        return False
    tried = Path("/tmp") / f"sayso-mount-{os.getpid()}"
    tried.mkdir()
    try:
        with small_disk(tried, 64):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False
    finally:
        tried.rmdir()


def real_full_disk(name: str, places: Places, given: Sequence[Captured], *, times: int, steps: Steps = STEPS) -> Row:
    """The disk is full, of sizes from next to nothing up to what a whole life needs: it is read on, and made larger the work is done."""
    row = Row(name)
    whole = Life(*places(), given, steps)
    assert in_child(whole).done
    expected = whole.states()
    for kilobytes in spread(3_000, times + 1)[1:]:
        url, _ = places()
        folder = Path(url).parent
        with small_disk(folder, kilobytes) as mount_again:
            life = Life(url, str(folder / "copy.db"), given, steps)
            outcome = in_child(life)
            if outcome.done:
                continue
            _fill(folder / "fill")
            read = in_child(lambda say, life=life: _read_all(life, say))  # type: ignore[misc]
            if not read.done and outcome.acknowledged:
                row.wrong.append(f"what is there cannot be read: {read.what or read.crashed}")
            look(row, life, outcome)
            mount_again(size="20m")
            finish(row, life, expected)
    return row


def _fill(file: Path) -> None:
    """Leaves no room on the disk of ``file``."""
    with suppress(OSError), file.open("wb", buffering=0) as filled:
        while filled.write(b"x" * 512):
            pass


def _read_all(life: Life, say: Say) -> None:
    with ledgers.open(life.url, steps=life.steps) as ledger:
        say(str(len(ledger.account().sections)))
        say(str(len(list(ledger.statements()))))
        assert ledger.verify() == ()


def read_only_disk(name: str, places: Places, given: Sequence[Captured], *, times: int, steps: Steps = STEPS) -> Row:
    """The disk may only be read, from some moment of a life on: all is read, writing is refused, and the work is done once it may be."""
    row = Row(name)
    whole = Life(*places(), given, steps)
    assert in_child(whole).done
    expected = whole.states()
    for number in range(times):
        url, _ = places()
        folder = Path(url).parent
        with small_disk(folder, 20_000) as mount_again:
            life = Life(url, str(folder / "copy.db"), given, steps)
            acknowledged = in_child(lambda say, life=life, n=number: _begin(life, 1 + n % 3, say))  # type: ignore[misc]
            mount_again(ro="")
            if acknowledged.acknowledged:
                read = in_child(lambda say, life=life: _read_all(life, say))  # type: ignore[misc]
                if not read.done:
                    row.wrong.append(f"what is there cannot be read: {read.what or read.crashed}")
            refused = in_child(life)
            if refused.done or refused.acknowledged:
                row.wrong.append("it was written to")
            look(row, life, acknowledged)
            row.messages[f"{refused.what}. {refused.remedy} (exit {refused.exit_code})"] += 1
            mount_again(rw="")
            finish(row, life, expected)
    return row


def _begin(life: Life, sittings: int, say: Say) -> None:
    """Adds so many sittings, and is gone with changes beside the file that are not in it yet."""
    with ledgers.open(life.url, create=True, steps=life.steps) as ledger:
        for each in life.given[: SITTING * sittings]:
            ledger.add_captured([each])
            say(each.report.id)
        os.kill(os.getpid(), signal.SIGKILL)


# ---------------------------------------------------------------------------------------------------
# Damage


def a_bit(file: Path, chance: random.Random) -> None:
    """One bit is another, anywhere."""
    raw = bytearray(file.read_bytes())
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    file.write_bytes(raw)


def a_page(file: Path, chance: random.Random) -> None:
    """A page holds something else."""
    raw = bytearray(file.read_bytes())
    at = 4096 * chance.randrange(len(raw) // 4096)
    raw[at : at + 4096] = chance.randbytes(4096)
    file.write_bytes(raw)


def a_page_of_zeros(file: Path, chance: random.Random) -> None:
    """A page was never written: what a broken disk or copy often leaves."""
    raw = bytearray(file.read_bytes())
    at = 4096 * chance.randrange(1, len(raw) // 4096)
    raw[at : at + 4096] = bytes(4096)
    file.write_bytes(raw)


def the_header(file: Path, chance: random.Random) -> None:
    """A byte of the first hundred, which say how all others are read."""
    raw = bytearray(file.read_bytes())
    raw[chance.randrange(100)] = chance.randrange(256)
    file.write_bytes(raw)


def cut_short(file: Path, chance: random.Random) -> None:
    """The end is missing."""
    os.truncate(file, chance.randrange(1, file.stat().st_size))


DAMAGES: tuple[Damage, ...] = (a_bit, a_page, a_page_of_zeros, the_header, cut_short)


def damaged(
    name: str, places: Places, given: Sequence[Captured], harm: Damage, *, times: int, steps: Steps = STEPS
) -> Row:
    """The file of a whole ledger is damaged: `verify` names it, or opening refuses it, or nothing that counts is another; and what is
    whole can be saved. ``found`` is what could be saved of all."""
    row = Row(name)
    whole = Life(*places(), given, steps)
    assert in_child(whole).done
    expected = whole.state(whole.url)
    records = len(given) + 2
    for number in range(times):
        url, saved = places()
        shutil.copy(whole.url, url)
        harm(Path(url), random.Random(number))
        outcome = in_child(lambda say, url=url, saved=saved: _look_at_damage(url, saved, expected, steps, say))  # type: ignore[misc]
        row.injected += 1
        row.acknowledged += records
        if not outcome.done:
            row.wrong.append(f"{number}: {outcome.what or outcome.crashed}")
            continue
        verdict, rescued, remedy = outcome.acknowledged
        row.verify[verdict] += 1
        row.found += int(rescued)
        row.finished += 1
        if remedy:
            row.messages[remedy] += 1
    row.all_found = False
    return row


def _look_at_damage(url: str, saved: str, expected: tuple[object, ...], steps: Steps, say: Say) -> None:
    remedy = ""
    try:
        with ledgers.open(url, steps=steps) as ledger:
            findings = ledger.verify()
            if findings:
                say("named by verify")
                remedy = findings[0].remedy
                assert remedy, findings
                _read_or_refuse(ledger)
    except LedgerError as error:
        say("refused at opening")
        remedy = error.problem.remedy or "no remedy was named"
    else:
        if not findings:
            held = Life(url, "", (), steps).state(url)
            assert held == expected, "it is another ledger, and nothing was found"
            say("as it was")
    try:
        result = salvage(url, saved, steps=steps)
        with ledgers.open(saved, steps=steps) as ledger:
            assert ledger.verify() == ()
            for report in ledger.reports():
                assert ledger.raw(report.id) == expected[0][report.id], report.id  # type: ignore[index]
        say(str(result.reports + result.judgements))
    except LedgerError:
        say("0")  # it cannot even be opened
    say(remedy)


def _read_or_refuse(ledger: ledgers.Ledger) -> None:
    """Whoever reads on gets an answer, or an error that is explained."""
    for read in (
        ledger.account,
        ledger.linked,
        ledger.stats,
        lambda: list(ledger.reports()),
        lambda: ledger.search("the"),
    ):
        try:
            read()
        except SaysoError:
            continue


# ---------------------------------------------------------------------------------------------------
# The program


def program_killed(name: str, places: Places, *, times: int, command: Sequence[str] = ("add",)) -> Row:
    """`sayso add` of the demonstration, with its language model, killed at random moments, and run again."""
    from sayso.demo import copy_reports

    row = Row(name)
    url, _ = places()
    folder = Path(url).parent / "reports"
    copy_reports(folder)

    def sayso(*words: str, after_s: float | None = None) -> subprocess.CompletedProcess[str] | None:
        try:
            return subprocess.run(
                [sys.executable, "-m", "sayso", *words], capture_output=True, text=True, timeout=after_s, check=False
            )
        except subprocess.TimeoutExpired:
            return None

    begun = time.monotonic()
    done = sayso(*command, url, str(folder))
    assert done is not None
    took = time.monotonic() - begun
    expected = sayso("export", url, "--what", "claims")
    assert expected is not None
    for number in range(times):
        url, _ = places()
        if sayso(*command, url, str(folder), after_s=random.Random(number).uniform(0.2, took)) is not None:
            continue
        row.injected += 1
        if Path(url).exists() and Path(url).stat().st_size:
            checked = sayso("verify", url)
            assert checked is not None
            row.verify["passes" if checked.returncode == 0 else checked.stdout[:80]] += 1
            if checked.returncode:
                row.wrong.append(checked.stdout + checked.stderr)
        else:
            row.verify["no ledger yet"] += 1
        again = sayso(*command, url, str(folder))
        exported = sayso("export", url, "--what", "claims")
        assert again is not None
        assert exported is not None
        row.finished += exported.stdout == expected.stdout and again.returncode == done.returncode
    return row
