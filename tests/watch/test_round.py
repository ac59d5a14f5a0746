"""Polling, fetching and keeping: against a site on this machine, with a clock that moves when told."""

from __future__ import annotations

import dataclasses
import gzip
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import LedgerLocked
from sayso.watch.settings import FLOOR_S
from tests.watch.making import NOON, FakeClock, desk, place, settings
from tests.watch.site import Site, sitemap

DAY = 86400.0


def test_a_feed_brings_its_pages_once_and_then_only_what_is_new(site: Site, tmp_path: Path) -> None:
    site.article("/a", "Ada said 3 fell.")
    site.article("/b", "Bo said it rains.")
    url = site.feed("/feed", site.entry("/a"), site.entry("/b"))
    with desk(tmp_path, settings(place(at=url))) as at:
        assert len(at.drain().added) == 2
        assert [report.capture.method for report in at.ledger.reports()] == ["http", "http"]
        assert at.drain(after=1000) == dataclasses.replace(at.drain(), polled=1)  # asked again: unchanged
        assert site.statuses[-1] == 304
        site.article("/c", "Cy said it stopped.")
        site.feed("/feed", site.entry("/c"), site.entry("/a"), site.entry("/b"))
        assert len(at.drain(after=1000).added) == 1
        assert site.counts() == {"/feed": 3, "/a": 1, "/b": 1, "/c": 1}
        assert at.metrics.total("reports", kind="new") == 3
        assert at.problems() == []


def test_an_entry_that_changed_has_its_page_looked_at_and_kept_as_a_new_version(site: Site, tmp_path: Path) -> None:
    url = site.article("/a", "Ada said 3 fell.")
    feed = site.feed("/feed", site.entry("/a", "Three."))
    with desk(tmp_path, settings(place(at=feed))) as at:
        at.drain()
        site.article("/a", "Ada said 4 fell.")
        site.feed("/feed", site.entry("/a", "Four."))
        (newer,) = at.drain(after=1000).added
        versions = at.ledger.versions(newer)
        assert {v.url for v in versions} == {url}
        assert ["3 fell" in v.text or "4 fell" in v.text for v in versions] == [True, True]
        assert at.metrics.total("reports", kind="version") == 1
        site.feed("/feed", site.entry("/a", "Four, still."))  # the page itself is as it was
        assert at.drain(after=1000).added == ()
        assert site.statuses[-1] == 304


def test_pages_are_asked_for_again_at_every_poll_with_their_validators(site: Site, tmp_path: Path) -> None:
    page = site.put("/weir", article_with("Ada said 3 fell."), Last_Modified="Tue, 08 Apr 2031 10:00:00 GMT")
    with desk(tmp_path, settings(place("pages", urls=(page,)))) as at:
        at.drain()
        at.drain(after=1000)
        assert site.headers[-1]["If-Modified-Since"] == "Tue, 08 Apr 2031 10:00:00 GMT"
        assert site.headers[-1]["If-None-Match"].startswith('"')
        site.put("/weir", article_with("Ada said 4 fell."))
        assert len(at.drain(after=1000).added) == 1
        assert len(list(at.ledger.reports())) == 2


@pytest.mark.parametrize(("versions", "expected"), [("bytes", 2), ("text", 1)])
def test_a_page_whose_frame_alone_changed(site: Site, tmp_path: Path, versions: str, expected: int) -> None:
    page = site.put("/weir", article_with("Ada said 3 fell."))
    with desk(tmp_path, settings(place("pages", urls=(page,)), versions=versions)) as at:
        at.drain()
        site.put("/weir", article_with("Ada said 3 fell.") + "<!-- served at noon -->")
        at.drain(after=1000)
        assert len(list(at.ledger.reports())) == expected


def article_with(words: str) -> str:
    from tests.watch.site import article

    return article(words, title="The weir")


def test_pages_of_a_feed_are_revisited_for_as_long_as_was_asked(site: Site, tmp_path: Path) -> None:
    site.article("/a", "Ada said 3 fell.")
    feed = site.feed("/feed", site.entry("/a"))
    with desk(tmp_path, settings(place(at=feed, revisit_s=3600.0, revisit_for_s=2 * 3600.0))) as at:
        at.drain()
        for _ in range(6):
            at.drain(after=3700)
        assert site.counts()["/a"] == 1 + 2


def test_an_entry_without_a_link_and_a_hostile_one_keep_their_own_words(site: Site, tmp_path: Path) -> None:
    entries = [
        site.entry("/x", "Ada said 3 fell.", link="javascript:alert(1)"),
        site.entry("/y", "Bo said it rains.", link="file:///etc/passwd"),
        site.entry("/z", "Cy said it froze.", link="http://user:secret@127.0.0.1/z"),
    ]
    with desk(tmp_path, settings(place(at=site.feed("/feed", *entries)))) as at:
        at.drain()
        assert len(at.texts()) == 3
        assert {report.capture.method for report in at.ledger.reports()} == {"feed"}
        assert set(site.counts()) == {"/feed"}


def test_private_addresses_are_refused_unless_allowed(site: Site, tmp_path: Path) -> None:
    with desk(tmp_path, settings(place(at=site.feed("/feed")), allow_private=False)) as at:
        at.drain()
        assert "not a public address" in at.problems()[0]
        assert site.asked == []


def test_a_link_of_a_feed_to_a_private_address_is_not_followed(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed's own name is taken for public; its entry leads to this machine."""
    from sayso.ingest import addresses

    real = addresses.checked_addresses

    def pretend(host: str, port: int, *, where: str, allow_private: bool) -> list[str]:
        return ["127.0.0.1"] if host == "public.example" else real(host, port, where=where, allow_private=allow_private)

    monkeypatch.setattr("sayso.ingest.fetch.checked_addresses", pretend)
    site.article("/secret", "Ada said 3 fell.")
    site.feed("/feed", site.entry("/secret", "Nothing to see."))
    feed = site.url("/feed").replace("127.0.0.1", "public.example")
    with desk(tmp_path, settings(place(at=feed), allow_private=False)) as at:
        at.drain()
        (report,) = at.ledger.reports()
        assert "Nothing to see" in report.text
        assert "not a public address" in report.problems[0].what
        assert "/secret" not in site.asked


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>',
            "entities of its own",
        ),
        ("<rss version='2.0'><channel><item>", "no text in it"),
        ("<html><body><p>Ada said it is a page.</p></body></html>", "no feed"),
        ("<rss version='2.0'><channel></channel></rss>", "no entries"),
        (b"\x00\x01\x02" * 50, "no text and no format"),
        ("x" * 400_000, "larger than the limit"),
    ],
)
def test_what_is_no_feed_is_told_and_asked_for_less_often(
    site: Site, tmp_path: Path, body: str | bytes, told: str
) -> None:
    page = isinstance(body, str) and body.startswith("<html>")
    url = site.put("/feed", body, kind="text/html" if page else "application/rss+xml")
    with desk(tmp_path, settings(place(at=url), max_bytes=300_000)) as at:
        at.drain()
        assert told in at.problems()[0]
        assert at.texts() == []
        state = at.watcher.queue.state(place(at=url))
        assert (state.failures, state.next_at) == (1, at.clock.at + 2 * 900.0)


def test_a_broken_server_is_asked_less_and_less_often_and_told_of_once(site: Site, tmp_path: Path) -> None:
    url = site.put("/feed", "no", status=500)
    here = place(at=url)
    with desk(tmp_path, settings(here)) as at:
        pauses = []
        for _ in range(9):
            at.drain()
            pauses.append(at.watcher.queue.state(here).next_at - at.clock.at)
            at.clock.at += pauses[-1]
        assert pauses[:3] == [1800.0, 3600.0, 7200.0]
        assert pauses[-1] == 86400.0
        assert len(at.problems()) == 1
        site.feed("/feed", site.entry("/x", link="mailto:x@tarn.example"))
        at.drain()
        assert at.watcher.queue.state(here).failures == 0
        assert "post: answers again." in at.told
        assert at.metrics.total("failures", place="post") == 9


def test_retry_after_is_honoured_for_the_whole_host(site: Site, tmp_path: Path) -> None:
    one = place(at=site.put("/one", "busy", status=503, Retry_After="7200"))
    two = place(at=site.feed("/two", site.entry("/x", link="mailto:x@tarn.example")), name="two")
    with desk(tmp_path, settings(one, two)) as at:
        assert at.drain().polled == 2
        assert "/two" not in site.asked  # its turn came after the refusal
        at.drain(after=3600)
        assert "/two" not in site.asked
        at.drain(after=3700)
        assert "/two" in site.asked


def test_an_absurd_retry_after_is_cut_to_a_day(site: Site, tmp_path: Path) -> None:
    here = place(at=site.put("/feed", "busy", status=429, Retry_After="999999999"))
    with desk(tmp_path, settings(here)) as at:
        at.drain()
        assert at.watcher.queue.state(here).next_at == at.clock.at + 86400.0


def test_robots_are_respected_and_kept_for_a_day(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n", kind="text/plain")
    site.article("/private/1", "Ada said 3 fell.")
    feed = site.feed("/feed", site.entry("/private/1", "Its own words."))
    with desk(tmp_path, settings(place(at=feed))) as at:
        at.drain()
        (report,) = at.ledger.reports()
        assert "Its own words" in report.text
        assert "robots.txt" in report.problems[0].what
        assert "/private/1" not in site.asked
        at.drain(after=3600)
        assert site.asked.count("/robots.txt") == 1
        at.drain(after=DAY)
        assert site.asked.count("/robots.txt") == 2


def test_a_page_that_cannot_be_had_is_tried_again_and_then_given_up_for_the_feeds_own_words(
    site: Site, tmp_path: Path
) -> None:
    site.put("/a", "no", status=502)
    feed = site.feed("/feed", site.entry("/a", "Ada said 3 fell."))
    with desk(tmp_path, settings(place(at=feed))) as at:
        at.drain()
        assert at.texts() == []
        for _ in range(20):
            at.drain(after=600)
        assert site.counts()["/a"] == 6
        (report,) = at.ledger.reports()
        assert "502" in report.problems[0].what
        assert [line for line in at.problems() if "/a" in line and "502" in line]


def test_a_page_that_comes_back_is_kept(site: Site, tmp_path: Path) -> None:
    site.put("/a", "no", status=503)
    feed = site.feed("/feed", site.entry("/a"))
    with desk(tmp_path, settings(place(at=feed))) as at:
        at.drain()
        site.article("/a", "Ada said 3 fell.")
        assert len(at.drain(after=200).added) == 1


def test_a_host_is_asked_by_one_at_a_time_and_hosts_side_by_side(site: Site, tmp_path: Path) -> None:
    """Two names of this machine are two hosts: each waits for the other to be asked before it answers."""
    meet = threading.Barrier(2, timeout=5)

    def answer() -> Any:
        meet.wait()
        return site.pages["/plain"]

    site.feed("/plain", site.entry("/x", link="mailto:x@tarn.example"))
    for path in ("/one", "/two"):
        site.pages[path] = answer
    one = place(at=site.url("/one"), name="one")
    two = place(at=site.url("/two").replace("127.0.0.1", "localhost"), name="two")
    same = [place(at=site.url(f"/plain?{n}"), name=f"same{n}") for n in range(4)]
    for n in range(4):
        site.pages[f"/plain?{n}"] = site.pages["/plain"]
    with desk(tmp_path, settings(one, two, respect_robots=False)) as at:
        at.drain()
        assert at.problems() == []
        assert site.most == 2
    site.most = 0
    (tmp_path / "b").mkdir()
    with desk(tmp_path / "b", settings(*same)) as at:
        at.drain()
        assert site.most == 1


def test_requests_to_a_host_keep_their_distance(site: Site, tmp_path: Path) -> None:
    for n in range(3):
        site.article(f"/{n}", f"Ada said {n} fell.")
    feed = site.feed("/feed", *(site.entry(f"/{n}") for n in range(3)))
    with desk(tmp_path, settings(place(at=feed), host_interval_s=5.0)) as at:
        at.drain()
        assert at.clock.at - NOON == pytest.approx(4 * 5.0)  # robots, feed, three pages


def test_redirects_are_followed(site: Site, tmp_path: Path) -> None:
    site.article("/new", "Ada said 3 fell.")
    site.put("/old", "", status=301, Location="/new")
    feed = site.feed("/real", site.entry("/old"))
    assert feed
    site.put("/feed", "", status=302, Location="/real")
    with desk(tmp_path, settings(place(at=site.url("/feed")))) as at:
        assert len(at.drain().added) == 1


def test_a_sitemap_brings_what_changed_lately(site: Site, tmp_path: Path) -> None:
    for name in ("new", "old", "sport/x"):
        site.article(f"/{name}", f"Ada said {name} fell.")
    site.put(
        "/map.xml",
        sitemap(
            (site.url("/new"), "2031-04-08T09:00:00Z"),
            (site.url("/old"), "2031-02-01"),
            (site.url("/sport/x"), "2031-04-08"),
            ("javascript:alert(1)", "2031-04-08"),
        ),
        kind="application/xml",
    )
    with desk(tmp_path, settings(place("sitemap", site.url("/map.xml"), never=("/sport/",)))) as at:
        at.drain()
        assert site.counts() == {"/map.xml": 1, "/new": 1}
        site.put("/map.xml", sitemap((site.url("/new"), "2031-04-08T12:05:00Z")), kind="application/xml")
        at.drain(after=1000)
        assert site.counts()["/new"] == 2


def test_an_index_of_sitemaps_is_read_one_level_deep(site: Site, tmp_path: Path) -> None:
    site.article("/a", "Ada said 3 fell.")
    site.put("/a.xml", sitemap((site.url("/a"), "2031-04-08")), kind="application/xml")
    site.put("/loop.xml", sitemap((site.url("/index.xml"), ""), index=True), kind="application/xml")
    site.put("/index.xml", sitemap((site.url("/a.xml"), ""), (site.url("/loop.xml"), ""), index=True), kind="text/xml")
    with desk(tmp_path, settings(place("sitemap", site.url("/index.xml")))) as at:
        at.drain()
        assert len(at.texts()) == 1
        assert any("no sitemap" in line for line in at.problems())
        site.article("/b", "Bo said it rains.")
        site.put("/a.xml", sitemap((site.url("/a"), "2031-04-08"), (site.url("/b"), "2031-04-08")), kind="text/xml")
        at.drain(after=1000)  # the index itself is unchanged
        assert len(at.texts()) == 2


def test_a_folder_brings_files_that_are_new_or_changed_and_no_half_written_one(tmp_path: Path) -> None:
    import os

    inbox = tmp_path / "inbox"
    inbox.mkdir()
    file = inbox / "harbour.txt"
    file.write_text("Ada said 3 fell.")
    os.utime(file, (NOON - 1, NOON - 1))
    with desk(tmp_path, settings(place("folder", str(inbox), every_s=30.0))) as at:
        assert at.round().added == ()
        assert at.watcher.next_at() == NOON + 1
        assert len(at.round(after=1).added) == 1
        assert at.round(after=60).added == ()
        file.write_text("Ada said 4 fell.")
        os.utime(file, (NOON + 10, NOON + 10))
        assert len(at.round(after=60).added) == 1
        (inbox / "note.txt").write_text("Bo said it rains.")
        (inbox / "note.txt.meta.json").write_text('{"outlet": "Mill Weekly"}')
        for each in inbox.glob("note*"):
            os.utime(each, (NOON, NOON))
        (report,) = at.round(after=60).added
        assert at.ledger.report(report).outlet == "Mill Weekly"


def test_the_ledger_itself_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text("Ada said 3 fell.")
    with desk(tmp_path, settings(place("folder", str(tmp_path), settle_s=0.0))) as at:
        at.drain()
        assert len(at.texts()) == 1
        assert at.problems() == []


def test_a_telegram_export_that_grows(tmp_path: Path) -> None:
    import json

    export = tmp_path / "ChatExport" / "result.json"
    export.parent.mkdir()
    (export.parent / "photo.txt").write_text("not a report")
    messages = [
        {"id": n, "type": "message", "date_unixtime": "1933408800", "from": "Tarn", "text": f"Ada said {n} fell."}
        for n in (1, 2)
    ]
    chat: dict[str, Any] = {"name": "Tarn", "type": "public_channel", "id": 7, "messages": messages}
    export.write_text(json.dumps(chat))
    with desk(tmp_path, settings(place("telegram", str(tmp_path), settle_s=0.0))) as at:
        assert len(at.drain().added) == 2
        messages.append({**messages[0], "id": 3, "text": "Bo said it rains."})
        export.write_text(json.dumps(chat))
        assert len(at.drain(after=1000).added) == 1
        assert at.metrics.total("reports", kind="known") == 2


def test_a_list_in_a_file(site: Site, tmp_path: Path) -> None:
    site.article("/a", "Ada said 3 fell.")
    (tmp_path / "pages.txt").write_text(f"# pages\n{site.url('/a')}\n\nnonsense\n{site.url('/a')}#top\n")
    with desk(tmp_path, settings(place("pages", str(tmp_path / "pages.txt")))) as at:
        at.drain()
        assert len(at.texts()) == 1
        assert site.counts() == {"/a": 1}
        assert "(line 4)" in at.problems()[0]


def test_one_page_of_two_feeds_is_one_report(site: Site, tmp_path: Path) -> None:
    site.article("/a", "Ada said 3 fell.")
    feeds = [place(at=site.feed(f"/{n}", site.entry("/a", f"Words {n}.")), name=n) for n in ("one", "two")]
    with desk(tmp_path, settings(*feeds)) as at:
        at.drain()
        at.drain(after=1000)
        assert len(at.texts()) == 1
        assert site.counts()["/a"] == 1


def test_what_an_old_feed_tells_is_passed_over(site: Site, tmp_path: Path) -> None:
    site.article("/a", "Ada said 3 fell.")
    feed = site.feed("/feed", site.entry("/a", published="Mon, 03 Mar 2031 10:00:00 GMT"))
    with desk(tmp_path, settings(place(at=feed))) as at:
        at.drain()
        assert site.counts() == {"/feed": 1}


def test_more_than_at_most_is_told(site: Site, tmp_path: Path) -> None:
    feed = site.feed("/feed", *(site.entry(f"/{n}") for n in range(5)))
    with desk(tmp_path, settings(place(at=feed, at_most=2))) as at:
        at.drain()
        assert "5 are new at once" in at.problems()[0]
        assert len(site.counts()) == 1 + 2


def test_a_ledger_that_another_process_writes_to_loses_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("/a", "Ada said 3 fell.")
    feed = site.feed("/feed", site.entry("/a"), site.entry("/x", "Bo said it rains.", link="mailto:x@tarn.example"))
    with desk(tmp_path, settings(place(at=feed))) as at:
        real = at.ledger.add_captured

        def locked(*_: Any, **__: Any) -> Any:
            raise LedgerLocked("busy", where="flood.db", remedy="Wait.")

        monkeypatch.setattr(at.ledger, "add_captured", locked)
        at.drain()
        assert at.texts() == []
        monkeypatch.setattr(at.ledger, "add_captured", real)
        at.drain(after=60)
        at.drain(after=60)
        assert len(at.texts()) == 2


def test_once_asks_a_place_of_another_machine_no_more_than_every_minute(site: Site, tmp_path: Path) -> None:
    here = place(at=site.feed("/feed", site.entry("/x", link="mailto:x@tarn.example")))
    with desk(tmp_path, settings(here)) as at:
        at.watcher.round([here])
        assert at.watcher.polling.allowed([here], at.clock.at + 1) == []
        assert at.watcher.polling.allowed([here], at.clock.at + FLOOR_S) == [here]


def test_a_stop_in_mid_batch_keeps_what_was_fetched_and_leaves_the_rest(site: Site, tmp_path: Path) -> None:
    clock = FakeClock()
    for n in range(4):
        site.article(f"/{n}", f"Ada said {n} fell.")
    last = site.pages["/1"]

    def stop() -> Any:
        clock.stop_at = clock.at
        return last

    site.pages["/1"] = stop
    feed = site.feed("/feed", *(site.entry(f"/{n}") for n in range(4)))
    with desk(tmp_path, settings(place(at=feed)), clock=clock) as at:
        at.round()
        assert len(at.texts()) == 2
        assert at.watcher.queue.length() == 2
    with desk(tmp_path, settings(place(at=feed))) as at:
        at.drain()
        assert len(at.texts()) == 4
        assert site.counts()["/0"] == 1


def test_a_place_that_is_watched_no_more_is_left_alone(site: Site, tmp_path: Path) -> None:
    site.put("/a", "busy", status=503)
    feed = site.feed("/feed", site.entry("/a"))
    with desk(tmp_path, settings(place(at=feed))) as at:
        at.drain()
        assert at.watcher.queue.length() == 1
    with desk(tmp_path, settings(place("folder", str(tmp_path / "none"), name="other"))) as at:
        assert at.watcher.queue.length() == 0


def test_a_report_that_breaks_the_reader_holds_up_no_other(site: Site, tmp_path: Path) -> None:
    from sayso.model import Extraction, Report
    from tests.store.making import STEPS

    def extract(reports: Iterable[Report]) -> Iterator[Extraction]:
        every = list(reports)
        if any("poison" in report.text for report in every):
            raise ZeroDivisionError
        return iter(list(STEPS.extract(every)))

    for n, words in enumerate(("Ada said 3 fell.", "Bo said poison.", "Cy said it rains.")):
        site.article(f"/{n}", words)
    url = site.feed("/feed", *(site.entry(f"/{n}") for n in range(3)))
    with desk(tmp_path, settings(place(at=url)), steps=dataclasses.replace(STEPS, extract=extract)) as at:
        at.drain()
        assert len(at.texts()) == 3
        assert sum("ZeroDivisionError" in line for line in at.problems()) == 1
        assert at.watcher.queue.length() == 0


def test_a_server_that_breaks_the_library_ends_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.feed("/feed", site.entry("/x", link="mailto:x@tarn.example"))
    with desk(tmp_path, settings(place(at=url))) as at:
        monkeypatch.setattr(at.watcher.fetcher, "ask", lambda *_, **__: 1 / 0)
        at.drain()
        assert "ZeroDivisionError" in at.problems()[0]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "b">]><urlset/>', "entities of its own"),
        (gzip.compress(b"<urlset>" + b" " * 2_000_000 + b"</urlset>", mtime=0), "larger than the limit"),
        (b"<html><body>no map</body></html>", "no sitemap"),
        (b"", "no sitemap"),
        (b"<a>" * 5_000, "no sitemap"),
        (gzip.compress(b"<urlset/>", mtime=0)[:-9], "cut off"),
    ],
)
def test_what_is_no_sitemap_is_told(site: Site, tmp_path: Path, body: bytes, told: str) -> None:
    url = site.put("/map.xml", body, kind="application/xml")
    with desk(tmp_path, settings(place("sitemap", url), max_bytes=1_000_000)) as at:
        at.drain()
        assert told in at.problems()[0]
        assert at.watcher.queue.state(place("sitemap", url)).failures == 1


def test_a_gzipped_news_sitemap_tells_what_its_pages_do_not(site: Site, tmp_path: Path) -> None:
    site.put("/a", "<html><body><p>Ada said 3 fell.</p></body></html>")
    entry = (
        f"<url><loc>{site.url('/a')}</loc><n:news><n:publication><n:name>Tarn Post</n:name><n:language>en</n:language>"
        "</n:publication><n:publication_date>2031-04-08T09:00:00Z</n:publication_date><n:title>Three fell</n:title></n:news></url>"
    )
    raw = f'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{entry}</urlset>'
    url = site.put("/news.xml.gz", gzip.compress(raw.encode()), kind="application/gzip")
    with desk(tmp_path, settings(place("sitemap", url))) as at:
        at.drain()
        (report,) = at.ledger.reports()
        assert report.title == "Three fell"
        assert report.published is not None
        assert report.published.value.startswith("2031-04-08")


@pytest.mark.parametrize("etag", ["x" * 5000, "na\u00efve"])
def test_a_validator_that_is_none_is_not_sent_back(site: Site, tmp_path: Path, etag: str) -> None:
    page = site.put("/weir", article_with("Ada said 3 fell."), ETag=etag)
    with desk(tmp_path, settings(place("pages", urls=(page,)))) as at:
        at.drain()
        at.drain(after=1000)
        assert site.counts()["/weir"] == 2
        assert "If-None-Match" not in site.headers[-1]


def test_an_atom_feed_and_its_outlet_as_the_desk_calls_it(site: Site, tmp_path: Path) -> None:
    site.article("/a", "Ada said 3 fell.")
    entry = f'<entry><title>A</title><link href="{site.url("/a")}"/><updated>2031-04-08T09:00:00Z</updated></entry>'
    url = site.put(
        "/atom", f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>{entry}</feed>', kind="text/xml"
    )
    with desk(tmp_path, settings(place(at=url, outlet="The Tarn Post"))) as at:
        at.drain()
        (report,) = at.ledger.reports()
        assert (report.outlet, report.media_type) == ("The Tarn Post", "text/html")


def test_a_page_waits_while_its_site_cannot_say_what_it_allows(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", "busy", status=503)
    site.article("/a", "Ada said 3 fell.")
    with desk(tmp_path, settings(place("pages", urls=(site.url("/a"),)))) as at:
        at.drain()
        assert "/a" not in site.asked
        assert at.watcher.queue.length() == 1
        site.put("/robots.txt", "", status=404)
        for _ in range(4):
            at.drain(after=300)
        assert len(at.texts()) == 1
