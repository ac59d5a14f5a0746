"""One round of watching: poll what is due, fetch what waits, keep it in the ledger, and only then take it off the queue."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sayso.ledger import Ledger
from sayso.watch.clock import Clock
from sayso.watch.fetching import Fetching
from sayso.watch.file import WatchFile
from sayso.watch.means import Means, Tell
from sayso.watch.metrics import Metrics
from sayso.watch.polling import Polling
from sayso.watch.settings import FLOOR_S, Place, Settings


@dataclass(frozen=True, slots=True)
class Done:
    """What a round did: how many places were polled and pages asked for, and the reports that came in."""

    polled: int = 0
    asked: int = 0
    added: tuple[str, ...] = ()


class Watcher:
    """Polls the places of ``settings`` into ``ledger``. ``tell`` gets a line for a person, ``chance`` numbers from 0 to 1."""

    def __init__(
        self,
        ledger: Ledger,
        file: WatchFile,
        settings: Settings,
        *,
        clock: Clock,
        tell: Tell,
        metrics: Metrics,
        path: str = "",
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._means = Means(ledger, file, settings, clock, tell, chance, metrics, path)
        self.polling = Polling(self._means)
        self.fetching = Fetching(self._means)
        self.queue = self._means.queue
        self.fetcher = self._means.fetcher

    @property
    def places(self) -> tuple[Place, ...]:
        return self._means.settings.places

    def round(self, places: Sequence[Place] | None = None) -> Done:
        """Polls what is due (or all of ``places``, apart from those whose servers want rest), and fetches and keeps one batch."""
        now = self._means.clock.now()
        if ahead := self.queue.mend_times(now):
            self._means.tell(
                f"the clock was set back by {ahead / 60:.0f} min: what was planned by it is brought forward."
            )
        due = self.polling.due(now) if places is None else self.polling.allowed(places, now)
        added = self.polling.poll(due)
        asked, more = self.fetching.fetch()
        self._means.metrics.queue_length = self.queue.length()
        return Done(len(due), asked, (*added, *more))

    def next_at(self) -> float:
        """When there is something to do again."""
        now = self._means.clock.now()
        times = [self.queue.state(place).next_at for place in self._means.settings.places]
        if (item := self.queue.next_due()) is not None:
            times.append(item)
        rests = self.queue.resting(now)
        at = min(times, default=now + FLOOR_S)
        return at if at > now or not rests else min(rests.values())
