"""One watcher to a ledger: held, refused, taken over, lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.watch.file import open_file
from sayso.watch.holder import STALE_S, Held, Hold, LostHold, beat, let_go, take_hold
from tests.watch.making import NOON


def test_a_second_watcher_is_refused_with_who_holds_it(tmp_path: Path) -> None:
    with open_file(str(tmp_path / "w")) as file:
        assert take_hold(file, now=NOON, token="one") is None
        with pytest.raises(Held, match=f"process {os.getpid()} on .* since 2031-04-08 12:00:00 UTC"):
            take_hold(file, now=NOON + 10, token="two")
        beat(file, now=NOON + STALE_S, token="one")
        with pytest.raises(Held):
            take_hold(file, now=NOON + STALE_S + 1, token="two")
        let_go(file, token="one")
        assert take_hold(file, now=NOON + STALE_S + 2, token="two") is None


def test_one_that_is_silent_or_dead_is_taken_over_and_notices(tmp_path: Path) -> None:
    with open_file(str(tmp_path / "w")) as file:
        take_hold(file, now=NOON, token="one")
        assert "silent" in str(take_hold(file, now=NOON + STALE_S, token="two"))
        with pytest.raises(LostHold):
            beat(file, now=NOON + STALE_S + 1, token="one")
        assert "gone" in str(take_hold(file, now=NOON + STALE_S + 2, token="three", alive=lambda pid: False))


def test_a_process_that_was_killed_is_replaced_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "w")
    script = f"from sayso.watch.holder import Hold; import os; Hold({path!r}, lost=print).__enter__(); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", script], check=False)
    with Hold(path, lost=lambda: None) as hold:
        assert "is gone" in str(hold.taken_from)
    with Hold(path, lost=lambda: None) as hold:
        assert hold.taken_from is None
