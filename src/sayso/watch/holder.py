"""One watcher to a ledger: whoever watches holds a row with its process and a heartbeat, and a row without one is taken over."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from sayso.errors import LedgerError, LedgerLocked
from sayso.watch.file import WatchFile, open_file

BEAT_S = 15.0
STALE_S = 90.0
"""A watcher that was silent so long is gone: six beats, more than any pause of a busy machine."""


class Held(LedgerLocked):
    """Another process watches this ledger."""


class LostHold(LedgerError):
    """Another process took the watch over while this one was silent."""


def take_hold(file: WatchFile, *, now: float, token: str, alive: Callable[[int], bool] | None = None) -> str | None:
    """Takes the watch for this process, under ``token``; says whom it was taken over from, None where nobody held it.

    Raises Held where another process holds it: its heart beat within `STALE_S`, and, on this machine, it still runs.
    """
    runs = alive or _runs
    machine = socket.gethostname()
    with file.writing():
        row = file.row("SELECT * FROM holder")
        if row is not None and row["token"] != token:
            gone = row["machine"] == machine and not runs(row["pid"])
            who = f"process {row['pid']} on {row['machine']}"
            if now - row["beat"] < STALE_S and not gone:
                raise Held(
                    f"{who} watches this ledger, since {_when(row['since'])}",
                    where=file.path,
                    remedy="Stop that one first; one that died is replaced within a minute and a half.",
                )
        file.write("INSERT OR REPLACE INTO holder VALUES (1, ?, ?, ?, ?, ?)", token, os.getpid(), machine, now, now)
    return (
        f"{who} ({'is gone' if gone else 'silent'} since {_when(row['beat'])})"
        if row is not None and row["token"] != token
        else None
    )


def beat(file: WatchFile, *, now: float, token: str) -> None:
    """Says that this process lives. Raises LostHold where the watch is another's now."""
    if not file.write("UPDATE holder SET beat = ? WHERE token = ?", now, token):
        raise LostHold(
            "another process watches this ledger now", where=file.path, remedy="This one was silent too long and ends."
        )


def let_go(file: WatchFile, *, token: str) -> None:
    file.write("DELETE FROM holder WHERE token = ?", token)


class Hold:
    """Holds the watch of a file while it is open: a thread beats, so that long work is no silence. A context manager.

    ``lost`` is called, from that thread, when another process took it.
    """

    def __init__(self, path: str, *, lost: Callable[[], None]) -> None:
        self._path = path
        self._lost = lost
        self._token = secrets.token_hex(8)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="sayso-heartbeat", daemon=True)
        self.taken_from: str | None = None

    def __enter__(self) -> Hold:
        with open_file(self._path) as file:
            self.taken_from = take_hold(file, now=time.time(), token=self._token)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(BEAT_S)
        with open_file(self._path) as file:
            let_go(file, token=self._token)

    def _beat(self) -> None:
        with open_file(self._path) as file:
            while not self._ended.wait(BEAT_S):
                try:
                    beat(file, now=time.time(), token=self._token)
                except LostHold:
                    self._lost()
                    return
                except LedgerError:
                    continue  # busy; the next beat tries again


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _when(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
