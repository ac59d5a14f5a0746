"""Watching until told to stop, or once: rounds, then what they changed, then the alerts of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sayso.errors import LedgerLocked, RecordNotFound
from sayso.ledger import Ledger
from sayso.watch.clock import Clock
from sayso.watch.metrics import Metrics
from sayso.watch.noticing import notice
from sayso.watch.outbox import Outbox
from sayso.watch.round import Done, Watcher
from sayso.watch.settings import FLOOR_S, Rule

NOTICE_S = 60.0
"""While pages still wait, what changed is looked for no more often: it means linking and comparing whole stories."""

_LONGEST_WAIT_S = 3600.0
_BRIEF_S = 0.05
_IDLE_S = 1.0


@dataclass
class Totals:
    """What was done since it was started."""

    polled: int = 0
    asked: int = 0
    added: int = 0
    alerts: int = 0


@dataclass
class Service:
    """A watcher with its alerts. `run` and `once` come back when it was told to stop, or is done."""

    ledger: Ledger
    watcher: Watcher
    outbox: Outbox
    rules: tuple[Rule, ...]
    clock: Clock
    tell: Callable[[str], None]
    metrics: Metrics
    totals: Totals = field(default_factory=Totals)
    _noticed_at: float = float("-inf")

    def begin(self) -> None:
        """Notes up to where the ledger is known, where that was never noted: people are told of what comes from now on."""
        now = self.clock.now()
        self.metrics.started_at = self.metrics.round_at = now
        if self.outbox.told_row() is None:
            self.outbox.put((), row=self.ledger.head(), now=now)

    def run(self) -> None:
        """Watches until the clock is stopping; what was begun then is finished."""
        self.begin()
        while not self.clock.stopping:
            done = self.watcher.round()
            self._count(done)
            worked = bool(
                done.polled or done.asked
            )  # what is due and may not be asked for just now is no reason to spin
            busy = worked and self.watcher.next_at() <= self.clock.now()
            if not busy or self.clock.now() - self._noticed_at >= NOTICE_S:
                self._tell_people()
            self.metrics.round_at = self.clock.now()
            if not busy:
                self._wait(least=_BRIEF_S if worked else _IDLE_S)

    def once(self) -> None:
        """Polls every place once, fetches all that waits, and sends what is due."""
        self.begin()
        places = list(self.watcher.polling.allowed(self.watcher.places, self.clock.now()))
        self._count(self.watcher.round(places))
        if (soon := self.watcher.polling.settling(self.clock.now())) and not self.clock.wait(soon[0]):
            self._count(self.watcher.round(soon[1]))
        while not self.clock.stopping:
            done = self.watcher.round([])
            self._count(done)
            if not done.asked:
                break
        self._tell_people()

    def _wait(self, *, least: float) -> None:
        """Waits for what comes next, in pieces short enough that `/healthz` sees us live, and judgements made meanwhile are seen."""
        now = self.clock.now()
        times = [self.watcher.next_at(), self.outbox.next_at(now) or now + _LONGEST_WAIT_S, now + FLOOR_S]
        self.clock.wait(max(least, min(times) - now))

    def _tell_people(self) -> None:
        """Looks for what changed since people were told, by whatever came in and whoever judged, and tells them."""
        now = self._noticed_at = self.clock.now()
        row = self.outbox.told_row() or self.ledger.head()
        try:
            head, noticed = notice(self.ledger, self.rules, row)
        except RecordNotFound:
            self.tell(
                "problem: the ledger is another than the one that was watched. Alerts begin anew from what it holds now."
            )
            head, noticed = self.ledger.head(), ()
        except LedgerLocked as error:
            self.tell(f"problem: {error.problem.where}: {error.problem.what}. It is tried again.")
            return
        if head != row:
            self.outbox.put(noticed, row=head, now=now)
            self.totals.alerts += len(noticed)
        self.outbox.work(now)

    def _count(self, done: Done) -> None:
        self.totals.polled += done.polled
        self.totals.asked += done.asked
        self.totals.added += len(done.added)
