"""Fetching what waits on the queue, batch by batch: into the ledger first, and only then off the queue."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.errors import LedgerLocked
from sayso.ingest import read_fetched
from sayso.model import Captured, Problem, Report
from sayso.watch.asking import Answered, Job, Refused, ask_all, host_of
from sayso.watch.feeds import own_words
from sayso.watch.means import LOCKED_S, Means, explained, told
from sayso.watch.pace import MOST_TRIES, next_poll, next_try
from sayso.watch.queue import Item
from sayso.watch.settings import FLOOR_S
from sayso.watch.sitemaps import read_sitemap

BATCH = 32  # pages that are fetched, read and kept together; a crash costs the fetching of no more
OF_A_HOST = 8  # of them, so that one host's interval holds nobody up for long


class Fetching:
    """The fetching of pages, and of the sitemaps that an index lists."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def fetch(self) -> tuple[int, tuple[str, ...]]:
        """Fetches one batch of what is due and keeps it; how many were asked for, and the reports that came in."""
        now = self._means.clock.now()
        items = self._means.queue.due(now, most=BATCH, of_a_host=OF_A_HOST, resting=self._means.queue.resting(now))
        by_key = {item.key: item for item in items}
        jobs = [Job(item.key, item.key, item.validators) for item in items]
        answers = list(
            ask_all(self._means.fetcher, jobs, at_once=self._means.settings.hosts_at_once, clock=self._means.clock)
        )
        pages: list[tuple[Item, Answered]] = []
        for job, answer in answers:
            item = by_key[job.key]
            if isinstance(answer, Refused):
                self._not_had(item, answer)
            elif answer.page is None:
                self._off(item, answer, None)
            elif item.deeper:
                self._deeper(item, answer)
            else:
                pages.append((item, answer))
        return len(answers), self.keep(pages)

    def keep(self, pages: Sequence[tuple[Item, Answered]]) -> tuple[str, ...]:
        """Takes the reports of fetched pages into the ledger, and then the pages off the queue."""
        read: list[tuple[Item, Answered, list[Captured]]] = []
        for item, answer in pages:
            assert answer.page is not None
            place = self._means.place(item.place)
            found = list(
                read_fetched(answer.page, place=item.key, options=self._means.options(place), fallback=item.fallback)
            )
            captured = [each for each in found if isinstance(each, Captured)]
            if captured:
                read.append((item, answer, [each for each in captured if not self._is_only_redrawn(item, each.report)]))
            else:
                problem = next(each for each in found if isinstance(each, Problem))
                self._not_had(item, Refused(problem, lasting=True))
        added: list[str] = []
        try:
            for name in dict.fromkeys(item.place for item, _, _ in read):
                mine = [each for item, _, captured in read if item.place == name for each in captured]
                added += self._means.into_ledger(name, mine).added
        except LedgerLocked as error:  # they stay on the queue
            self._means.tell(f"problem: {error.problem.where}: {error.problem.what}. It is tried again.")
            for item, _, _ in read:
                self._means.queue.failed(item, error=error.problem.what, due_at=self._means.clock.now() + LOCKED_S)
            return tuple(added)
        with self._means.file.writing():
            for item, answer, captured in read:
                self._off(item, answer, captured[-1].report.id if captured else None)
        return tuple(added)

    def _is_only_redrawn(self, item: Item, report: Report) -> bool:
        """Whether a page says what its last version said, where only its words count (``versions = "text"``)."""
        if self._means.settings.versions != "text" or item.report is None:
            return False
        last = self._means.ledger.report(item.report)
        return (last.url, last.text, last.title) == (report.url, report.text, report.title)

    def _off(self, item: Item, answer: Answered, report: str | None) -> None:
        now, place = self._means.clock.now(), self._means.place(item.place)
        again = None
        if place is not None and place.revisit_s is not None and now - item.first_at < place.revisit_for_s:
            again = now + next_poll(
                place.revisit_s, failures=0, chance=self._means.chance(), floor_s=min(FLOOR_S, place.revisit_s)
            )
        self._means.queue.kept(item, report=report, validators=answer.validators, now=now, again_at=again)

    def _deeper(self, item: Item, answer: Answered) -> None:
        """What a sitemap that an index lists holds is queued, and then it is off the queue itself."""
        place, now = self._means.place(item.place), self._means.clock.now()
        assert answer.page is not None
        if place is None:
            return
        try:
            polled = read_sitemap(
                answer.page, place, at=item.key, max_bytes=self._means.settings.max_bytes, deeper=True
            )
        except Exception as error:
            self._not_had(item, Refused(explained(error, item.key), lasting=True))
            return
        news = self._means.queue.news(polled.found)
        due, _ = self._means.sift(place, news, now)
        keys = {each.key for each in due}
        with self._means.file.writing():
            self._means.queue.put(place, news, body=None, now=now, due=keys)
            self._means.queue.kept(item, report=None, validators=answer.validators, now=now, again_at=None)

    def _not_had(self, item: Item, refused: Refused) -> None:
        """A page that could not be had is tried later; given up, what its feed said of it is kept in its place."""
        now, problem = self._means.clock.now(), refused.problem
        self._means.metrics.count("failures", place=item.place)
        if refused.rests:
            self._means.queue.rest(host_of(item.key), now + next_try(item.tries + 1, chance=1.0, wait_s=refused.wait_s))
        if not refused.lasting and item.tries + 1 < MOST_TRIES:
            again = now + next_try(item.tries + 1, chance=self._means.chance(), wait_s=refused.wait_s)
            self._means.queue.failed(item, error=problem.what, due_at=again)
            return
        if item.error != problem.what or item.tries + 1 == MOST_TRIES:  # those before it were not told of
            self._means.tell(f"problem: {item.place}: {told(problem)}")
        place = self._means.place(item.place)
        raw = self._means.queue.body(item.body) if item.body and place else None
        own = None
        if raw is not None and place is not None and item.locator:
            own = own_words(raw, item.locator, place, self._means.options(place), missing=problem)
        try:
            if own is not None:
                self._means.into_ledger(item.place, [own])
        except LedgerLocked:
            self._means.queue.failed(item, error=problem.what, due_at=now + LOCKED_S)
            return
        self._means.queue.failed(item, error=problem.what, due_at=None)
