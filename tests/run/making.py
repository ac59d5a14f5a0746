"""Steps that workers can import, some of which end the process that does them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sayso.run.crew import Task


def doubled(items: Sequence[str]) -> list[str]:
    return [item * 2 for item in items]


def dying(folder: str, items: Sequence[str]) -> list[str]:
    """Kills its process for "poison" always, and for "unlucky" the first time; "crate" holds poison between two that are sound."""
    done = []
    for item in items:
        mark = Path(folder) / f"{item.replace(' ', '-')}-{os.getpid()}-{time.monotonic_ns()}"
        mark.touch()
        if "poison" in item or "crate" in item or ("unlucky" in item and len(list(mark.parent.glob("*unlucky*"))) == 1):
            os.kill(os.getpid(), signal.SIGKILL)
        done.append(f"{item} done")
    return done


def failing(items: Sequence[str]) -> list[str]:
    raise ValueError("no step should fail, and this one does")


def slow(items: Sequence[str]) -> list[str]:
    time.sleep(1.0 if "whale" in items else 0.05)
    return [f"{item} by {os.getpid()}" for item in items]


def lost(item: str, how: str) -> str:
    return f"{item} lost"


def parts(item: str) -> Sequence[str]:
    return ("first", "poison", "third") if "crate" in item else ()


def dying_task(folder: Path) -> Task[str, str]:
    return Task("dying", partial(dying, str(folder)), lost, parts)


DOUBLED = Task("doubled", doubled, lost)
FAILING = Task("failing", failing, lost)
SLOW = Task("slow", slow, lost)
