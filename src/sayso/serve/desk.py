"""The desk: one ledger behind many readers. It keeps views ready, makes new ones when something came in, and writes in turn.

A `Ledger` is for one thread, so five threads own one each: one makes views, one answers what no view does, one goes back in time (views
of the past, and what changed since), one writes, one watches the journal. Views never change and are shared by every request. A reader is
not kept waiting for a large story to be brought together: after `PATIENCE_S` they get the last view there is, which says that it is not
the newest, and the new one is ready the next time.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import TypeVar

import anyio

from sayso import ledger as ledgers
from sayso.errors import LedgerLocked, RecordNotFound, SaysoError, UsageError
from sayso.ledger import Ledger
from sayso.pipeline import Steps
from sayso.serve.pages.stories import StoriesPage, stories_page
from sayso.serve.pages.view import View

#: How long a reader waits for the newest view where there is an older one: longer than that feels like a page that hangs.
PATIENCE_S = 0.15
#: How long one waits for a view of the past before being told that it is coming: to link what was out by then can take a while.
PAST_PATIENCE_S = 4.0
#: Writes that may wait for their turn. A server has some forty threads, and each that waits keeps one from a reader.
WAITING = 16
#: Views in memory. One of a story of 40 reports takes about 2 MB; of 5,000 about 200 MB.
KEPT = 12
#: Between two looks at the journal, for what other processes put in.
WATCH_S = 0.5

Made = TypeVar("Made")
Page = View | StoriesPage
Key = tuple[str | None, str | None]
"""A story and a time; of the list of stories no story."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A view as a request gets it; ``newest`` is False where something came in since that is still being brought together."""

    view: View
    newest: bool


class Coming(Exception):
    """What was asked for is being worked out, and will be there when it is asked for again."""


class Behind(LedgerLocked):
    """More wants to be written than can be just now."""


class Desk:
    """A ledger, open for many readers and writers of one process. A context manager."""

    def __init__(self, url: str, *, steps: Steps | None = None) -> None:
        self.url = url
        self._steps = steps
        self._local = threading.local()
        self._lock = threading.Lock()
        self._views: OrderedDict[Key, Page] = OrderedDict()
        self._heads: dict[Key, str] = {}
        self._making: dict[tuple[Key, str], Future[Page]] = {}
        self._makers = ThreadPoolExecutor(1, thread_name_prefix="sayso-views")
        self._askers = ThreadPoolExecutor(1, thread_name_prefix="sayso-asks")
        self._comparers = ThreadPoolExecutor(1, thread_name_prefix="sayso-compares")
        self._writers = ThreadPoolExecutor(1, thread_name_prefix="sayso-writes")
        self._watchers = ThreadPoolExecutor(1, thread_name_prefix="sayso-watch")
        self._waiting = 0  # writes that were asked for and are not done
        self._stopped = threading.Event()
        self._hung_up = threading.Event()
        self.head = self._on(self._watchers, lambda ledger: ledger.head())
        self.writable = self._on(self._watchers, lambda ledger: ledger.writable)
        self._watching = self._watchers.submit(self._watch)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hang_up(self) -> None:
        """Ends the streams of news, so that a server can stop; everything else is answered until `close`."""
        self._hung_up.set()

    def close(self) -> None:
        """Ends the threads; what is being written is written first."""
        if self.closed:
            return
        self._stopped.set()
        for pool in (self._writers, self._makers, self._askers, self._comparers, self._watchers):
            pool.submit(self._close_mine)
            pool.shutdown(wait=True)

    # -----------------------------------------------------------------------------------------------
    # Reading

    def stories(self, *, as_of: str | None = None) -> StoriesPage:
        """The list of stories, as fresh as `view` is."""
        page, _ = self._get((None, as_of))
        assert isinstance(page, StoriesPage)
        return page

    def view(
        self, story: str, *, as_of: str | None = None, fresh: bool = False, patience_s: float | None = None
    ) -> Seen:
        """The view of a story, by its whole id. With ``fresh`` the newest, however long it takes.

        Raises RecordNotFound for a story that there is not, whatever the ledger raises, and Coming for a view of the past that is not
        there within ``patience_s``, if that is given.
        """
        view, newest = self._get((story, as_of), fresh=fresh, patience_s=patience_s)
        assert isinstance(view, View)
        return Seen(view, newest)

    def view_with(self, record_id: str, *, as_of: str | None = None, patience_s: float | None = None) -> Seen:
        """The view of the story that a report, statement, question or claim stands in: one that holds it, so that whoever just put
        it in finds it. Raises RecordNotFound for an id that there is not."""
        story = self.home(record_id, as_of=as_of)
        seen = self.view(story, as_of=as_of, patience_s=patience_s)
        if not seen.newest and not _holds(seen.view, record_id):
            return self.view(story, as_of=as_of, fresh=True)
        return seen

    def home(self, record_id: str, *, as_of: str | None = None) -> str:
        """The story of a record, now or as of a time: claims and questions of then have ids of then. Raises RecordNotFound for
        an id that there is not."""
        with self._lock:
            views = [each for (_, then), each in self._views.items() if isinstance(each, View) and then == as_of]
        for view in views:
            if _holds(view, record_id):
                return view.story.id
        home = self._on(self._askers, lambda ledger: ledger.home(record_id))
        if home is None:
            raise RecordNotFound(
                "there is no record with this id",
                where=record_id,
                remedy="Its statements may stand in another record by now: search for its words.",
            )
        return home

    def read(self, ask: Callable[[Ledger], Made]) -> Made:
        """What ``ask`` gives of a ledger; for questions that no view answers."""
        return self._on(self._askers, ask)

    def compare(self, ask: Callable[[Ledger], Made]) -> Future[Made]:
        """What ``ask`` will give of a ledger, for what takes long: nothing else waits for it, and it begins when the one before is done."""
        return self._comparers.submit(lambda: ask(self._ledger()))

    async def changed(self, head: str, *, timeout_s: float) -> str:
        """The end of the journal, as soon as it is another than ``head``, or after ``timeout_s``."""
        deadline = time.monotonic() + timeout_s
        while self.head == head and not self.silent and time.monotonic() < deadline:
            await anyio.sleep(WATCH_S)  # no thread waits for a reader who only listens
        return self.head

    @property
    def silent(self) -> bool:
        """Whether no news come any more."""
        return self._hung_up.is_set() or self.closed

    @property
    def closed(self) -> bool:
        return self._stopped.is_set()

    # -----------------------------------------------------------------------------------------------
    # Writing

    def write(self, act: Callable[[Ledger], Made]) -> Made:
        """Does ``act`` to the ledger after all that came before it, and has the next view hold it.

        Raises Behind, before anything is done, where too many wait already.
        """
        with self._lock:
            if self._waiting >= WAITING:
                raise Behind(
                    f"the desk is behind: {WAITING} others wait for what they put in to be brought together",
                    where=self.url,
                    remedy="Send it again in a few seconds. Nothing of it was kept.",
                )
            self._waiting += 1
        try:
            made = self._on(self._writers, act)
            self._note_head(self._on(self._writers, lambda ledger: ledger.head()))
        finally:
            with self._lock:
                self._waiting -= 1
        with self._lock:  # who wrote will look at the present next
            for key in [key for key in self._views if key[1] is None]:
                self._made(key, self.head)
        return made

    # -----------------------------------------------------------------------------------------------

    def _get(self, key: Key, *, fresh: bool = False, patience_s: float | None = None) -> tuple[Page, bool]:
        head = self.head
        with self._lock:
            held = self._views.get(key)
            if held is not None and self._heads[key] == head:
                self._views.move_to_end(key)
                return held, True
            future = self._made(key, head)
        try:
            waits = PATIENCE_S if held is not None else patience_s if key[1] is not None else None
            return future.result(None if fresh else waits), True
        except Late:
            if held is None:
                raise Coming from None
            return held, False
        except SaysoError:
            with self._lock:
                self._views.pop(key, None)
            raise

    def _made(self, key: Key, head: str) -> Future[Page]:
        """The making of a view of that state of the ledger, begun once. The lock is held."""
        if (key, head) not in self._making:
            makers = self._makers if key[1] is None else self._comparers  # nobody who reads of now waits for the past
            self._making[key, head] = makers.submit(self._make, key, head)
        return self._making[key, head]

    def _make(self, key: Key, head: str) -> Page:
        story, as_of = key
        try:
            if self.closed:
                raise UsageError("the desk is closing", where=self.url, remedy="Open it again.")
            ledger = self._ledger()
            now = ledger.head()  # what is read now is at least as new as this
            made = self._remarked(ledger, key, now)
            if made is None:
                made = View.of(ledger, story, as_of=as_of) if story else stories_page(ledger, as_of=as_of)
            self._note_head(now)
            with self._lock:
                self._views[key] = made
                self._heads[key] = now
                self._views.move_to_end(key)
                while len(self._views) > KEPT:
                    oldest, _ = self._views.popitem(last=False)
                    del self._heads[oldest]
            return made
        finally:
            with self._lock:
                self._making.pop((key, head), None)

    def _remarked(self, ledger: Ledger, key: Key, now: str) -> Page | None:
        """The page that is held, where nothing came in since that changes more of it than what people remarked."""
        with self._lock:
            held, head = self._views.get(key), self._heads.get(key)
        if held is None or head is None or not ledger.same_since(head, as_of=key[1]):
            return None
        return held.remarked(now, ledger.judgements()) if isinstance(held, View) else held

    def _on(self, pool: ThreadPoolExecutor, act: Callable[[Ledger], Made]) -> Made:
        return pool.submit(lambda: act(self._ledger())).result()

    def _ledger(self) -> Ledger:
        """The ledger of this thread."""
        if not hasattr(self._local, "ledger"):
            self._local.ledger = ledgers.open(self.url, steps=self._steps)
        found: Ledger = self._local.ledger
        return found

    def _close_mine(self) -> None:
        if hasattr(self._local, "ledger"):
            self._local.ledger.close()

    def _watch(self) -> None:
        """Notices what other processes put in."""
        ledger = self._ledger()
        while not self._stopped.wait(WATCH_S):
            try:
                self._note_head(ledger.head())
            except SaysoError:  # a ledger that is being written or moved: the next look will tell
                continue

    def _note_head(self, head: str) -> None:
        self.head = head


def _holds(view: View, record_id: str) -> bool:
    return any(record_id in held for held in (view.claims, view.questions, view.reports, view.statements))
