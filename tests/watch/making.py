"""Small factories: places, a clock that moves only when told, and a watcher over a ledger whose steps a reader can hold in mind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso import ledger as ledgers
from sayso.ledger import Ledger
from sayso.pipeline import Steps
from sayso.watch.clock import Clock
from sayso.watch.file import WatchFile, open_file
from sayso.watch.metrics import Metrics
from sayso.watch.round import Done, Watcher
from sayso.watch.settings import Place, PlaceKind, Settings
from tests.store.making import STEPS

NOON = datetime(2031, 4, 8, 12, tzinfo=UTC).timestamp()


@dataclass
class FakeClock:
    """Waiting moves it on at once. ``stop_at`` is when somebody presses Ctrl-C."""

    at: float = NOON
    waits: list[float] = field(default_factory=list)
    stop_at: float = float("inf")

    def now(self) -> float:
        return self.at

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.at += seconds
        return self.stopping

    @property
    def stopping(self) -> bool:
        return self.at >= self.stop_at


def place(kind: str = "feed", at: str = "", **changes: Any) -> Place:
    chosen: dict[str, Any] = {"name": "post", "kind": PlaceKind(kind), "at": at, "every_s": 900.0}
    return Place(**(chosen | changes))


def settings(*places: Place, **changes: Any) -> Settings:
    """Settings that allow this machine, and let nobody wait."""
    chosen: dict[str, Any] = {"places": places, "allow_private": True, "host_interval_s": 0.0, "timeout_s": 3.0}
    return Settings(**(chosen | changes))


@dataclass
class Desk:
    """A watcher, with what it told and counted."""

    watcher: Watcher
    ledger: Ledger
    file: WatchFile
    clock: FakeClock
    metrics: Metrics
    told: list[str]

    def round(self, *, after: float = 0.0) -> Done:
        self.clock.at += after
        return self.watcher.round()

    def drain(self, *, after: float = 0.0) -> Done:
        """Rounds until nothing is left to ask for."""
        self.clock.at += after
        every = Done()
        while True:
            done = self.watcher.round()
            every = Done(every.polled + done.polled, every.asked + done.asked, (*every.added, *done.added))
            if not done.polled and not done.asked:
                return every

    def texts(self) -> list[str]:
        return sorted(report.text for report in self.ledger.reports())

    def problems(self) -> list[str]:
        return [line for line in self.told if line.startswith("problem: ")]


@contextmanager
def desk(
    folder: Path, chosen: Settings, *, clock: FakeClock | None = None, steps: Steps = STEPS, chance: float = 0.5
) -> Iterator[Desk]:
    """A watcher over ``folder``/flood.db, which is made where there is none."""
    told: list[str] = []
    with (
        ledgers.open(str(folder / "flood.db"), create=True, steps=steps) as opened,
        open_file(str(folder / "flood.db.watch")) as file,
    ):
        ticking = clock or FakeClock()
        metrics = Metrics()
        watcher = Watcher(
            opened,
            file,
            chosen,
            clock=_as_clock(ticking),
            tell=told.append,
            metrics=metrics,
            chance=lambda: chance,
            path=str(folder / "flood.db"),
        )
        yield Desk(watcher, opened, file, ticking, metrics, told)


def _as_clock(clock: Clock) -> Clock:
    return clock
