"""Fetching from a server on this machine: limits, redirects, robots, patience. Nothing leaves the machine."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.ingest import addresses
from sayso.ingest.fetch import Fetcher, read_content_type
from sayso.model import Captured, Problem
from tests.ingest.making import ARTICLE, only_problem, only_report, options, read, reports

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """What the server answers by path, and what it was asked."""

    address: str = ""
    answers: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)

    def page(self, path: str, body: str | bytes = ARTICLE, status: int = 200, **headers: str) -> str:
        raw = body.encode() if isinstance(body, str) else body
        named = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
        self.answers[path] = (status, named, raw)
        return self.address + path


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.hosts.append(self.headers["Host"])
            answer = site.answers.get(self.path, (404, {}, b"none"))
            status, headers, body = answer() if callable(answer) else answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # the client may have read enough
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield site
    server.shutdown()
    server.server_close()


def fetcher(**changes: Any) -> Fetcher:
    return Fetcher(options(**({"allow_private": True} | changes)), sleep=lambda _: None)


def test_a_page_becomes_a_report(site: Site) -> None:
    url = site.page("/dam")
    report = only_report(url, allow_private=True)
    assert report.outlet == "Velmark Courier"
    assert (report.capture.method, report.capture.place) == ("http", url)
    assert report.url == url  # the page names another host as its home, which it cannot prove


def test_without_the_flag_this_machine_is_not_reached(site: Site) -> None:
    url = site.page("/dam")
    for place in (url, url.replace("127.0.0.1", "localhost"), url.replace("127.0.0.1", "[::ffff:127.0.0.1]")):
        assert "not a public address" in only_problem(place).what
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop's name is taken for public; the second hop is checked again, by its own name."""
    real = addresses.checked_addresses

    def pretend(host: str, port: int, *, where: str, allow_private: bool) -> list[str]:
        return ["127.0.0.1"] if host == "public.example" else real(host, port, where=where, allow_private=allow_private)

    monkeypatch.setattr("sayso.ingest.fetch.checked_addresses", pretend)
    port = site.address.rsplit(":", 1)[1]
    site.page("/robots.txt", "", status=404)
    site.page("/go", status=302, Location=f"{site.address}/secret")
    site.page("/secret")
    problem = only_problem(f"http://public.example:{port}/go")
    assert "not a public address" in problem.what
    assert "/go" in site.asked
    assert "/secret" not in site.asked


def test_the_connection_goes_to_the_address_that_was_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that would answer differently a second time (DNS rebinding) is never asked a second time."""
    asked: list[str] = []

    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "", (host if host == "127.0.0.1" else "127.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    port = site.address.rsplit(":", 1)[1]
    site.page("/dam")
    fetcher(respect_robots=False).fetch(f"http://rebound.example:{port}/dam")
    assert asked.count("rebound.example") == 1
    assert site.hosts == [f"rebound.example:{port}"]


@pytest.mark.parametrize(
    "url",
    [
        "http://user:secret@news.example/",
        "http://",
        "http:///path",
        "http://[::1",
        "http://x.example:99999/",
        "http://" + "a" * 300 + ".example/",
    ],
)
def test_addresses_that_are_refused_before_anything_is_asked(url: str) -> None:
    assert only_problem(url, allow_private=True).remedy


def test_a_redirect_to_a_file_is_refused(site: Site) -> None:
    problem = only_problem(site.page("/go", status=301, Location="file:///etc/passwd"), allow_private=True)
    assert "cannot fetch a file address" in problem.what


@pytest.mark.parametrize(
    "target",
    [
        "ftp://127.0.0.1/x",
        "gopher://127.0.0.1:70/_x",
        "data:text/html,owned",
        "javascript:alert(1)",
        "http://news.example@127.0.0.1/secret",
        "//user:pass@127.0.0.1/secret",
        "http://[::1",
    ],
)
def test_a_redirect_is_held_to_what_an_address_is(site: Site, target: str) -> None:
    problem = only_problem(site.page("/go", status=302, Location=target), allow_private=True, respect_robots=False)
    assert problem.remedy
    assert site.asked == ["/go"]


@pytest.mark.parametrize("host", ["news.example\\@127.0.0.1", "127.0.0.1#@news.example", "127.0.0.1?@news.example"])
def test_the_host_that_is_checked_is_the_one_that_is_asked(host: str) -> None:
    """Parsers disagree about such addresses: whatever is taken for the host must be what was looked up and checked."""
    problem = only_problem(f"http://{host}/", respect_robots=False, retries=0)
    assert re.search(r"not a public address|cannot be found|not a valid URL|carries a user name", problem.what), problem


def test_a_robots_file_that_leads_to_a_private_address_is_not_followed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = addresses.checked_addresses

    def pretend(host: str, port: int, *, where: str, allow_private: bool) -> list[str]:
        return ["127.0.0.1"] if host == "public.example" else real(host, port, where=where, allow_private=allow_private)

    monkeypatch.setattr("sayso.ingest.fetch.checked_addresses", pretend)
    port = site.address.rsplit(":", 1)[1]
    site.page("/robots.txt", status=302, Location=f"{site.address}/secret")
    site.page("/secret")
    assert "not a public address" in only_problem(f"http://public.example:{port}/story").what
    assert "/secret" not in site.asked


def test_redirects_are_followed_and_counted(site: Site) -> None:
    site.page("/a", status=301, Location="/b")
    site.page("/b", status=302, Location="/c")
    site.page("/c")
    assert fetcher().fetch(f"{site.address}/a").url.endswith("/c")
    site.page("/loop", status=302, Location="/loop")
    with pytest.raises(InputError, match="redirects"):
        fetcher().fetch(f"{site.address}/loop")


def test_robots_are_respected(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n")
    site.page("/private/1")
    site.page("/open")
    polite = fetcher()
    with pytest.raises(InputError, match=r"robots\.txt"):
        polite.fetch(f"{site.address}/private/1")
    polite.fetch(f"{site.address}/open")
    assert site.asked == ["/robots.txt", "/open"]  # read once for the site


def test_robots_that_cannot_be_read_keep_us_out(site: Site) -> None:
    site.page("/robots.txt", "busy", status=503)
    with pytest.raises(InputError, match=r"robots\.txt"):
        fetcher(retries=0).fetch(site.page("/open"))


def test_a_busy_server_is_asked_again_after_a_pause(site: Site) -> None:
    turns: list[Answer] = [
        (429, {"Retry-After": "7"}, b""),
        (503, {}, b""),
        (200, {"Content-Type": "text/plain"}, b"ok"),
    ]
    site.answers["/busy"] = lambda: turns.pop(0)
    pauses: list[float] = []
    patient = Fetcher(options(allow_private=True, backoff_s=1.0), sleep=pauses.append)
    assert patient.fetch(f"{site.address}/busy").raw == b"ok"
    assert pauses == [7.0, 2.0]


def test_patience_ends(site: Site) -> None:
    site.page("/busy", "no", status=503)
    with pytest.raises(InputError, match="503"):
        fetcher().fetch(f"{site.address}/busy")
    assert site.asked.count("/busy") == 3
    site.page("/later", "no", status=429, Retry_After="86400")
    with pytest.raises(InputError, match="429"):
        fetcher().fetch(f"{site.address}/later")
    assert site.asked.count("/later") == 1


def test_a_missing_page_is_not_asked_for_again(site: Site) -> None:
    assert "404" in only_problem(f"{site.address}/none", allow_private=True).what
    assert site.asked.count("/none") == 1


def test_requests_to_one_host_keep_their_distance(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 4\n")
    site.page("/a")
    now, pauses = [0.0], list[float]()

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        now[0] += seconds

    slow = Fetcher(options(allow_private=True, host_interval_s=1.0), sleep=sleep, clock=lambda: now[0])
    slow.fetch(f"{site.address}/a")
    slow.fetch(f"{site.address}/a")
    assert pauses == [4.0, 4.0]


def test_size_is_limited_as_sent_and_as_unpacked(site: Site) -> None:
    big = b"a" * 300_000
    plain = site.page("/big", big)
    packed = site.page("/packed", gzip.compress(big), Content_Encoding="gzip")
    for url in (plain, packed):
        with pytest.raises(InputError, match="limit of 100,000 bytes"):
            fetcher(max_bytes=100_000).fetch(url)
    assert fetcher().fetch(packed).raw == big


def test_a_silent_server_times_out(site: Site) -> None:
    def silent() -> Answer:
        time.sleep(0.6)
        return (200, {}, b"late")

    site.answers["/slow"] = silent
    with pytest.raises(InputError, match="could not be fetched"):
        fetcher(timeout_s=0.1, retries=0, respect_robots=False).fetch(f"{site.address}/slow")


def test_a_trickle_of_bytes_meets_the_deadline(site: Site) -> None:
    ticks = iter(range(0, 100_000, 50))
    slow = Fetcher(options(allow_private=True, respect_robots=False, deadline_s=60.0), clock=lambda: float(next(ticks)))
    with pytest.raises(InputError, match="longer than 60 s"):
        slow.fetch(site.page("/big", b"a" * 1_000_000))


FEED = """<rss version="2.0"><channel><title>Courier feed</title><link>{site}/</link>
<item><title>Dam holds</title><link>{site}/dam</link><pubDate>Wed, 02 Apr 2031 07:00:00 GMT</pubDate>
<description>The dam held, the authority said.</description></item>
<item><title>Gone page</title><link>{site}/gone</link>
<description>The school at Karsk was full, the Red Cross said.</description></item>
</channel></rss>"""


def test_a_feed_by_url_brings_its_pages_and_falls_back_on_its_entries(site: Site) -> None:
    site.page("/dam")
    url = site.page("/feed", FEED.format(site=site.address), Content_Type="application/rss+xml")
    page, entry = reports(read(url, allow_private=True))
    assert (page.media_type, page.url, page.outlet) == ("text/html", f"{site.address}/dam", "Velmark Courier")
    assert page.capture.container_sha256 is None
    assert (entry.media_type, entry.title, entry.outlet) == ("application/xml", "Gone page", "Courier feed")
    assert "404" in entry.problems[0].what


def test_links_of_a_feed_are_left_alone_when_told_so(site: Site) -> None:
    url = site.page("/feed", FEED.format(site=site.address), Content_Type="text/html")  # as many servers say
    assert [r.media_type for r in reports(read(url, allow_private=True, follow_links=False))] == ["application/xml"] * 2
    assert "/dam" not in site.asked


def test_a_list_of_addresses(site: Site, tmp_path: Any) -> None:
    site.page("/dam")
    (tmp_path / "pages.txt").write_text(f"# pages\n{site.address}/dam\n{site.address}/gone\n{site.address}/dam\n")
    found = read(tmp_path / "pages.txt", allow_private=True)
    assert [type(f) for f in found] == [Captured, Problem]
    assert site.asked.count("/dam") == 1


def test_a_list_reached_by_a_link_is_not_followed(site: Site, tmp_path: Any) -> None:
    site.page("/list", f"{site.address}/list\n", Content_Type="text/plain")
    (tmp_path / "pages.urls").write_text(f"{site.address}/list\n")
    assert "not followed further" in only_problem(tmp_path / "pages.urls", allow_private=True).what


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("text/html; charset=UTF-8", ("text/html", "utf-8")),
        ("TEXT/HTML", ("text/html", None)),
        ("nonsense", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
        ("text/html; charset=\r\nX: y", ("text/html", "x:")),
    ],
)
def test_content_types(header: str | None, expected: tuple[str | None, str | None]) -> None:
    found = read_content_type(header)
    assert found[0] == expected[0]
    if header and "\r" not in header:
        assert found == expected
