"""Rounds, what they changed, and the alerts of it, one after the other, with a clock that moves when told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sayso.ledger import Ledger
from sayso.watch.metrics import SILENT_S
from sayso.watch.outbox import Outbox
from sayso.watch.service import Service
from sayso.watch.settings import Channel, Command, Rule, Settings
from tests.store.making import captured
from tests.watch.making import NOON, Desk, FakeClock, desk, place, settings
from tests.watch.site import Site

DESK = Channel(name="desk", by=Command(argv=("true",)))
DISPUTED = Rule(name="disputed", to=("desk",), becomes=("disputed",))


@contextmanager
def service(
    folder: Path, chosen: Settings, *, stop_at: float = float("inf")
) -> Iterator[tuple[Service, Desk, list[Any]]]:
    sent: list[Any] = []
    with desk(folder, chosen, clock=FakeClock(stop_at=stop_at)) as at:
        outbox = Outbox(
            at.file,
            [DESK],
            {"desk": lambda message, now: sent.append((now, [alert["headline"] for alert in message["alerts"]]))},
            ledger="flood",
            tell=at.told.append,
            metrics=at.metrics,
            chance=lambda: 0.5,
        )
        yield Service(at.ledger, at.watcher, outbox, (DISPUTED,), at.clock, at.told.append, at.metrics), at, sent


def test_it_runs_until_it_is_stopped_and_tells_once_what_becomes_disputed(site: Site, tmp_path: Path) -> None:
    site.article("/a", "Ada said 3 fell.")
    url = site.feed("/feed", site.entry("/a"))
    with service(tmp_path, settings(place(at=url)), stop_at=NOON + 3600) as (it, at, sent):
        turns = iter([None, None])

        def grow() -> Any:
            if next(turns, "more") == "more":  # robots.txt is asked for once, the feed at every poll
                site.article("/b", "Cy said 4 fell.")
                site.feed("/grown", site.entry("/a"), site.entry("/b"))
                return site.pages["/grown"]
            return first

        first = site.pages["/feed"]
        site.pages["/feed"] = grow
        it.run()
        assert len(at.texts()) == 2
        ((at_when, headlines),) = sent
        assert sorted(headlines) == ["New, disputed: 4 fell", "Reported, now disputed: 3 fell"]
        assert NOON + 1800 <= at_when < NOON + 1800 + 120
        assert site.counts()["/feed"] == 4  # every 15 minutes of an hour
        assert at.metrics.healthy(at.clock.at)
        assert max(at.clock.waits) <= 60 < SILENT_S
        assert it.totals.alerts == 2
    with service(tmp_path, settings(place(at=url)), stop_at=NOON + 600) as (it, _, sent):
        it.run()
        assert sent == []


def test_what_was_in_the_ledger_before_is_no_news(tmp_path: Path) -> None:
    def fill(ledger: Ledger) -> None:
        ledger.add_captured([captured("Ada said 3 fell."), captured("Cy said 4 fell.", outlet="Hill Mail")])

    nothing = settings(place("folder", str(tmp_path), only=("none",)))
    with service(tmp_path, nothing) as (it, at, sent):
        fill(at.ledger)
        it.once()
        assert sent == []
        at.ledger.add_captured([captured("Dee said 5 fell.", outlet="Mill Weekly")])
        at.clock.at += 60
        it.once()
        assert [headlines for _, headlines in sent] == [["New, disputed: 5 fell"]]


def test_once_waits_for_a_file_that_is_being_written(tmp_path: Path) -> None:
    import os

    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("Ada said 3 fell.")
    os.utime(tmp_path / "inbox" / "a.txt", (NOON - 0.5, NOON - 0.5))
    with service(tmp_path, settings(place("folder", str(tmp_path / "inbox")))) as (it, at, _):
        it.once()
        assert len(at.texts()) == 1
        assert at.clock.waits == [1.5]


def test_once_fetches_all_that_waits(site: Site, tmp_path: Path) -> None:
    for n in range(40):
        site.article(f"/{n}", f"Ada said {n} fell.")
    url = site.feed("/feed", *(site.entry(f"/{n}") for n in range(40)))
    with service(tmp_path, settings(place(at=url))) as (it, at, _):
        it.once()
        assert len(at.texts()) == 40
        assert (it.totals.polled, it.totals.asked, it.totals.added) == (1, 40, 40)


def test_another_ledger_under_the_same_name_is_told_and_floods_nobody(tmp_path: Path) -> None:
    nothing = settings(place("folder", str(tmp_path), only=("none",)))
    with service(tmp_path, nothing) as (it, at, sent):
        it.once()
        it.outbox.put((), row="f" * 64, now=NOON)
        at.ledger.add_captured([captured("Ada said 3 fell."), captured("Cy said 4 fell.", outlet="Hill Mail")])
        at.clock.at += 60
        it.once()
        assert sent == []
        assert any("another than the one" in line for line in at.told)
        assert it.outbox.told_row() == at.ledger.head()
