"""Polling places: when each is due, what stands in it, and what of that is new. What the place itself holds goes into the ledger
here; what must be fetched goes onto the queue; and then the poll is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.errors import LedgerLocked
from sayso.ingest import read_sources
from sayso.model import Captured, Problem
from sayso.watch.asking import Answered, Job, Refused, ask_all, host_of
from sayso.watch.feeds import read_entries
from sayso.watch.folders import look_into
from sayso.watch.found import Found, Polled
from sayso.watch.lists import listed_pages
from sayso.watch.means import LOCKED_S, Means, explained
from sayso.watch.pace import next_poll, next_try
from sayso.watch.queue import PlaceState
from sayso.watch.settings import FLOOR_HERE_S, FLOOR_S, Place, PlaceKind
from sayso.watch.sitemaps import read_sitemap

_ASKED = frozenset({PlaceKind.FEED, PlaceKind.SITEMAP})
_LOCAL = frozenset({PlaceKind.FOLDER, PlaceKind.TELEGRAM})


class Polling:
    """The polling of all places."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._means.queue.drop_others(means.settings.places)
        for place in means.settings.places:
            means.metrics.succeeded_at[place.name] = means.queue.state(place).succeeded_at

    def settling(self, now: float) -> tuple[float, list[Place]] | None:
        """The folders in which something is still being written, and the seconds until it should be done; None where nothing is."""
        soon = {
            place.name: self._means.queue.state(place).next_at - now
            for place in self._means.settings.places
            if place.kind in _LOCAL
        }
        settle = [
            place for place in self._means.settings.places if place.name in soon and soon[place.name] <= place.settle_s
        ]
        return (max(0.0, *(soon[place.name] for place in settle)), settle) if settle else None

    def due(self, now: float) -> list[Place]:
        """The places whose time has come."""
        return self.allowed([p for p in self._means.settings.places if self._means.queue.state(p).next_at <= now], now)

    def allowed(self, places: Sequence[Place], now: float) -> list[Place]:
        """Those that may be asked: not places that are backing off, whose host rests, or that were asked within the floor. The one
        that was not asked for longest comes first, or one that has its host rest again and again would keep out the others."""
        resting = self._means.queue.resting(now)
        states = {place.name: self._means.queue.state(place) for place in places}
        found = []
        for place in sorted(places, key=lambda place: states[place.name].asked_at or 0.0):
            state = states[place.name]
            backing_off = state.failures > 0 and state.next_at > now
            recent = self.floor_of(place) == FLOOR_S and state.asked_at is not None and now - state.asked_at < FLOOR_S
            if not backing_off and not recent and host_of(place.at) not in resting:
                found.append(place)
        return found

    def floor_of(self, place: Place) -> float:
        return FLOOR_HERE_S if place.every_s < FLOOR_S or place.kind in _LOCAL else FLOOR_S

    def poll(self, places: Sequence[Place]) -> tuple[str, ...]:
        added: list[str] = []
        at = {place.name: place for place in places}
        jobs = [Job(p.name, p.at, self._means.queue.state(p).validators) for p in places if p.kind in _ASKED]
        for place in places:
            if place.kind not in _ASKED and not self._means.clock.stopping:
                added += self._polled(place, None)
        for job, answer in ask_all(
            self._means.fetcher, jobs, at_once=self._means.settings.hosts_at_once, clock=self._means.clock
        ):
            added += self._polled(at[job.key], answer)
        return tuple(added)

    def _polled(self, place: Place, answer: Answered | Refused | None) -> tuple[str, ...]:
        """What comes of polling one place: everything that stands in it is queued or kept, and then the poll is written down."""
        now = self._means.clock.now()
        state = replace(self._means.queue.state(place), asked_at=now)
        if isinstance(answer, Refused):
            self._not_polled(place, state, answer.problem, wait_s=answer.wait_s)
            if answer.rests:
                self._means.queue.rest(
                    host_of(place.at), now + next_try(state.failures + 1, chance=1.0, wait_s=answer.wait_s)
                )
            return ()
        if answer is not None and answer.page is None:
            self._well(place, state, answer, again_s=None)
            self._means.metrics.count("polls", place=place.name, outcome="unchanged")
            return ()
        try:
            polled = self._read(place, answer)
        except Exception as error:  # parsers of broken input raise anything at all
            self._not_polled(place, state, explained(error, place.at), wait_s=None)
            return ()
        for problem in polled.problems:
            self._means.problem(place, problem)
        try:
            added = self._take(place, polled, state, answer)
        except LedgerLocked as error:
            self._means.queue.put_state(place, replace(state, next_at=now + LOCKED_S))
            self._means.problem(place, error.problem)
            return ()
        self._means.metrics.count("polls", place=place.name, outcome="changed")
        return added

    def _read(self, place: Place, answer: Answered | None) -> Polled:
        if answer is None:
            if place.kind is PlaceKind.PAGES:
                return listed_pages(place)
            return look_into(place, now=self._means.clock.now(), beside=self._means.path)
        assert answer.page is not None
        if place.kind is PlaceKind.FEED:
            return read_entries(answer.page, place, self._means.options(place))
        return read_sitemap(answer.page, place, at=place.at, max_bytes=self._means.settings.max_bytes)

    def _take(self, place: Place, polled: Polled, state: PlaceState, answer: Answered | None) -> tuple[str, ...]:
        now = self._means.clock.now()
        news = self._means.queue.news(polled.found)
        due, here = self._means.sift(place, news, now)
        added = self._add(place, here) if here else ()
        keys = {each.key for each in due}
        with self._means.file.writing():
            self._means.queue.put(place, due, body=polled.body, now=now, due=keys)
            self._means.queue.put(place, [each for each in news if each.key not in keys], body=None, now=now, due=())
            self._well(place, state, answer, again_s=polled.again_s)
        return added

    def _add(self, place: Place, here: Sequence[Found]) -> tuple[str, ...]:
        """Takes into the ledger what the place itself held: a feed's own words, the files of a folder."""
        found = [own for each in here for own in each.own]
        if place.kind in _LOCAL:
            options = replace(self._means.options(place), follow_links=False)
            for each in read_sources([each.key for each in here], options=options):
                if isinstance(each, Captured):
                    found.append(each)
                else:
                    self._means.problem(place, each)
        return self._means.into_ledger(place.name, found).added

    def _well(self, place: Place, state: PlaceState, answer: Answered | None, *, again_s: float | None) -> None:
        now = self._means.clock.now()
        pause_s = next_poll(place.every_s, failures=0, chance=self._means.chance(), floor_s=self.floor_of(place))
        if state.failures:
            self._means.tell(f"{place.name}: answers again.")
        if place.kind is PlaceKind.SITEMAP:
            self._means.queue.look_deeper(place, now)
        self._means.queue.put_state(
            place,
            PlaceState(
                place.name,
                answer.validators if answer else state.validators,
                asked_at=now,
                succeeded_at=now,
                next_at=now + (pause_s if again_s is None else min(again_s, pause_s)),
            ),
        )
        self._means.metrics.succeeded_at[place.name] = now

    def _not_polled(self, place: Place, state: PlaceState, problem: Problem, *, wait_s: float | None) -> None:
        failures = state.failures + 1
        pause_s = next_poll(
            place.every_s, failures=failures, chance=self._means.chance(), floor_s=self.floor_of(place), wait_s=wait_s
        )
        at = self._means.clock.now() + pause_s
        if state.error != problem.what:
            self._means.problem(place, problem)
        self._means.metrics.count("polls", place=place.name, outcome="failed")
        self._means.metrics.count("failures", place=place.name)
        self._means.queue.put_state(place, replace(state, failures=failures, next_at=at, error=problem.what))
