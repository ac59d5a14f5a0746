"""Time as the watcher sees it: now, and waiting that a stop cuts short. Tests bring a clock of their own."""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Stopped(Exception):
    """Whoever waited was told to stop."""


class Clock(Protocol):
    """``now`` is seconds since 1970. ``wait`` gives True when a stop ended it, or came before."""

    def now(self) -> float: ...

    def wait(self, seconds: float) -> bool: ...

    @property
    def stopping(self) -> bool: ...


class WallClock:
    """The real one. `stop` may be called from any thread, or from a signal handler."""

    def __init__(self) -> None:
        self._told = threading.Event()

    def now(self) -> float:
        return time.time()

    def wait(self, seconds: float) -> bool:
        return self._told.wait(max(0.0, seconds))

    def stop(self) -> None:
        self._told.set()

    @property
    def stopping(self) -> bool:
        return self._told.is_set()


def pause(clock: Clock, seconds: float) -> None:
    """Waits, or raises Stopped."""
    if clock.wait(seconds):
        raise Stopped
