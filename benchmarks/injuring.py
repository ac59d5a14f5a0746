"""Work done in a process of its own, to which something happens: it is killed before its n-th question to the database, or the disk
takes no more than so many bytes. What it said before is what it acknowledged.

The process is forked, so that a hundred injuries cost a hundred times the work and not a hundred times the start of Python. Whoever calls
this has no ledger open.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sayso.errors import SaysoError

Say = Callable[[str], None]
Work = Callable[[Say], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a process said before it ended: ``acknowledged`` in its order, and the error that it ended with, in the words of a
    user. ``done`` is False for one that was killed or failed; ``crashed`` holds the traceback of what no message explained."""

    acknowledged: tuple[str, ...]
    done: bool
    what: str = ""
    remedy: str = ""
    exit_code: int = 0
    crashed: str = ""
    questions: int = 0


def in_child(
    work: Work,
    *,
    injure: Callable[[], Callable[[], int]] | None = None,
    kill_after_s: float = 0,
    meanwhile: Callable[[], None] = lambda: None,
) -> Outcome:
    """Does ``work`` in a child; ``injure`` runs there first, and gives what counts the questions that were asked. With
    ``kill_after_s`` it is killed so many seconds after it began; ``meanwhile`` is called here once it has."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _work(work, write, injure)
        os._exit(0)
    os.close(write)
    meanwhile()
    ended = threading.Event()
    if kill_after_s:
        threading.Thread(target=_kill, args=(child, kill_after_s, ended), daemon=True).start()
    with os.fdopen(read) as told:
        lines = [json.loads(line) for line in told if line.endswith("\n")]
    ended.set()
    os.waitpid(child, 0)
    said = tuple(line["said"] for line in lines if "said" in line)
    last = lines[-1] if lines else {}
    return Outcome(
        said,
        done="done" in last,
        what=last.get("what", ""),
        remedy=last.get("remedy", ""),
        exit_code=last.get("exit", 0),
        crashed=last.get("crashed", ""),
        questions=last.get("done", 0),
    )


def _kill(child: int, after_s: float, ended: threading.Event) -> None:
    if not ended.wait(after_s):
        os.kill(child, signal.SIGKILL)


def _work(work: Work, write: int, injure: Callable[[], Callable[[], int]] | None) -> None:
    def tell(value: dict[str, Any]) -> None:
        os.write(write, (json.dumps(value) + "\n").encode())

    try:
        asked = injure() if injure is not None else (lambda: 0)
        work(lambda word: tell({"said": word}))
        tell({"done": asked()})
    except SaysoError as error:
        tell({"what": error.problem.what, "remedy": error.problem.remedy, "exit": error.exit_code})
    except BaseException:
        tell({"crashed": traceback.format_exc()})


def killed_before(number: int) -> Callable[[], Callable[[], int]]:
    """An injury: SIGKILL before the ``number``-th statement that SQLite or a PostgreSQL session is given; 0 for none, to count them."""

    def injure() -> Callable[[], int]:
        asked = 0

        def note(_: object = None) -> None:
            nonlocal asked
            asked += 1
            if asked == number:
                os.kill(os.getpid(), signal.SIGKILL)

        connect = sqlite3.connect

        def watched(*given: Any, **named: Any) -> sqlite3.Connection:
            opened: sqlite3.Connection = connect(*given, **named)
            opened.set_trace_callback(note)
            return opened

        sqlite3.connect = watched  # type: ignore[assignment]
        _watch_sessions(note)
        return lambda: asked

    return injure


def _watch_sessions(note: Callable[[], None]) -> None:
    try:
        import psycopg
    except ImportError:
        return
    execute = psycopg.Connection.execute

    def watched(self: Any, *given: Any, **named: Any) -> Any:
        note()
        return execute(self, *given, **named)

    psycopg.Connection.execute = watched  # type: ignore[method-assign]


def no_file_beyond(size: int) -> Callable[[], Callable[[], int]]:
    """An injury: no file may grow beyond ``size`` bytes, as where a quota or the disk ends."""

    def injure() -> Callable[[], int]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        return lambda: 0

    return injure


def clock_at(*, ahead_s: Callable[[int], float]) -> Callable[[], Callable[[], int]]:
    """An injury: the wall clock is ahead by ``ahead_s(n)`` seconds the n-th time it is read; timers that only run on are as they are."""

    def injure() -> Callable[[], int]:
        from datetime import datetime, tzinfo

        import sayso.ledger.judging
        import sayso.store.records

        read = 0

        def now() -> float:
            nonlocal read
            read += 1
            return real() + ahead_s(read)

        real = time.time
        time.time = now

        class Jumping(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Jumping:
                return cls.fromtimestamp(now(), tz)

        sayso.ledger.judging.datetime = Jumping  # type: ignore[attr-defined]
        sayso.store.records.datetime = Jumping  # type: ignore[attr-defined]
        return lambda: read

    return injure
