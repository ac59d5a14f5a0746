"""A watcher beside the desk: a process of its own, so that reading holds no page up, which ends when this one does, however it ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_END_S = 60.0  # for the batch in hand; a watcher that takes longer is ended, and goes on from its queue the next time


@contextmanager
def watching(ledger: str, config: str | None, *, quiet: bool) -> Iterator[None]:
    """Runs `sayso watch` while inside; nothing without a ``config``. It stops when the pipe to it closes, as it does when we die."""
    if config is None:
        yield
        return
    watcher = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "sayso",
            "watch",
            ledger,
            "--config",
            config,
            "--until-closed",
            *(["--quiet"] if quiet else []),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert watcher.stdin is not None
    try:
        yield
    finally:
        watcher.stdin.close()
        try:
            watcher.wait(_END_S)
        except subprocess.TimeoutExpired:
            watcher.kill()
            watcher.wait()
