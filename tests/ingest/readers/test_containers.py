"""Archives, feeds, PDF and Markdown."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from sayso.model import Problem
from tests.ingest.making import (
    ARTICLE,
    blocks_of,
    make_pdf,
    make_wacz,
    make_warc,
    only_problem,
    only_report,
    read,
    reports,
    write,
)

PAGES = [
    ("https://courier.example/ostrel-dam", "text/html; charset=utf-8", ARTICLE.encode()),
    ("https://courier.example/style.css", "text/css", b"p {}"),
    ("https://courier.example/robots.txt", "text/plain", b"User-agent: *"),
    (
        "https://gazette.example/2",
        "text/html",
        ARTICLE.replace("Courier", "Gazette").replace("courier", "gazette").encode(),
    ),
]


@pytest.mark.parametrize("packed", [False, True])
def test_warc_pages_are_reports_as_of_their_capture(tmp_path: Path, packed: bool) -> None:
    name = "a.warc.gz" if packed else "a.warc"
    one, two = reports(read(write(tmp_path, name, make_warc(PAGES, gzip=packed))))
    assert (one.url, one.outlet, two.outlet) == (
        "https://courier.example/ostrel-dam",
        "Velmark Courier",
        "Velmark Gazette",
    )
    assert (one.capture.method, one.capture.locator, one.capture.captured_at) == (
        "warc",
        "record 1",
        "2031-04-02T10:00:00Z",
    )
    assert one.sha256 == only_report(write(tmp_path, "a.html", ARTICLE)).sha256


def test_a_warc_that_was_cut_gives_what_came_before(tmp_path: Path) -> None:
    whole = make_warc(PAGES, gzip=True)
    one, two = reports(read(write(tmp_path, "a.warc.gz", whole[:-200])))
    assert one.problems == ()
    assert "cut off" in two.problems[0].what
    damaged = read(write(tmp_path, "b.warc.gz", whole[:900] + bytes(60) + whole[960:]))
    assert isinstance(damaged[-1], Problem)


def test_wacz_reads_the_pages_that_it_lists(tmp_path: Path) -> None:
    listed = only_report(write(tmp_path, "a.wacz", make_wacz(make_warc(PAGES), pages=["https://gazette.example/2"])))
    assert listed.outlet == "Velmark Gazette"
    assert (listed.capture.method, listed.capture.locator) == ("wacz", "archive/data.warc, record 4")
    assert len(reports(read(write(tmp_path, "b.wacz", make_wacz(make_warc(PAGES)))))) == 2


def test_a_zip_bomb_is_refused_before_it_opens(tmp_path: Path) -> None:
    bomb = make_wacz(b"WARC/1.0\r\n" + b"\0" * (150 << 20), method=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 1 << 20
    assert "ZIP bomb" in only_problem(write(tmp_path, "a.wacz", bomb)).what


def test_a_zip_without_archives_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("story.txt", "text")
    assert "no WACZ" in only_problem(path).what


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    assert "limit of" in only_problem(write(tmp_path, "a.gz", gzip.compress(b"\0" * (8 << 20))), max_bytes=1 << 20).what


ENTRY = (
    "<item><title>Dam &amp;amp; school</title><link>https://c.example/{n}</link><guid>{n}</guid>"
    "<pubDate>Wed, 02 Apr 2031 07:00:00 GMT</pubDate><dc:creator>Iva Marek</dc:creator>"
    "<description><![CDATA[<p>The dam held, report {n} said.</p><blockquote>It held.</blockquote>"
    "<script>x()</script>]]></description></item>"
)


def rss(*numbers: int) -> str:
    entries = "\n".join(ENTRY.format(n=n) for n in numbers)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Courier</title><language>en-gb</language>{entries}</channel></rss>"
    )


def test_feed_entries_are_reports(tmp_path: Path) -> None:
    first, _ = reports(read(write(tmp_path, "a.rss", rss(1, 2))))
    assert first.published is not None
    assert (first.title, first.outlet, first.byline, first.language) == ("Dam & school", "Courier", "Iva Marek", "en")
    assert (first.url, first.published.value) == ("https://c.example/1", "2031-04-02T07:00:00Z")
    assert blocks_of(first) == [
        ("headline", "Dam & school"),
        ("paragraph", "The dam held, report 1 said."),
        ("quote", "It held."),
    ]
    assert first.capture.locator == "entry 1"


def test_an_entry_is_the_same_report_in_a_later_feed(tmp_path: Path) -> None:
    (before,) = reports(read(write(tmp_path, "a.rss", rss(1))))
    _, after = reports(read(write(tmp_path, "b.rss", rss(2, 1))))
    assert before.id == after.id


def test_atom(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><entry><title>T</title><id>x</id>'
        '<link href="https://c.example/1"/><updated>2031-04-02T07:00:00Z</updated>'
        '<content type="html">&lt;p&gt;Held.&lt;/p&gt;</content></entry></feed>'
    )
    report = only_report(write(tmp_path, "a.xml", atom))
    assert report.published is not None
    assert (report.text, report.published.value) == ("T\n\nHeld.", "2031-04-02T07:00:00Z")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_with_entities_of_its_own_is_refused(tmp_path: Path, encoding: str) -> None:
    lol = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + rss(1).split("?>", 1)[1]
    assert "entities" in only_problem(write(tmp_path, "a.rss", lol.encode(encoding))).what


def test_a_feed_is_never_taken_for_a_file_name(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.txt", rss(1))
    assert "no entries" in only_problem(write(tmp_path, "a.rss", str(secret))).what


def test_pdf_text_with_running_heads(tmp_path: Path) -> None:
    pages = [
        [f"Velmark River Authority report {n}", "", f"The dam at Ostrel was inspected in part {n}.", f"Page {n} of 4"]
        for n in range(1, 5)
    ]
    report = only_report(write(tmp_path, "a.pdf", make_pdf(pages)))
    assert report.media_type == "application/pdf"
    assert "The dam at Ostrel was inspected in part 3." in report.text
    furniture = {words for kind, words in blocks_of(report) if kind == "boilerplate"}
    assert "Page 2 of 4" in furniture


@pytest.mark.parametrize("raw", [make_pdf([[]]), b"%PDF-1.4", b"%PDF-1.7\n" + b"x" * 500, make_pdf([["text"]])[:200]])
def test_a_pdf_without_text_is_named(tmp_path: Path, raw: bytes) -> None:
    assert only_problem(write(tmp_path, "a.pdf", raw)).where.endswith("a.pdf")


MARKDOWN = """---
outlet: Courier
---
# Dam holds

The dam **held**, the [authority](https://a.example) said.
It rained on.

![Water at the gate](gate.jpg)

> It held,
> said Dorn.

- one gate
- two *gates*

<p onclick="x()">Raw <script>bad()</script>words.</p>
"""


def test_markdown_is_read_as_its_readers_see_it(tmp_path: Path) -> None:
    report = only_report(write(tmp_path, "a.md", MARKDOWN))
    assert report.outlet == "Courier"
    assert blocks_of(report) == [
        ("headline", "Dam holds"),
        ("paragraph", "The dam held, the authority said. It rained on."),
        ("caption", "Water at the gate"),
        ("quote", "It held, said Dorn."),
        ("list", "one gate"),
        ("list", "two gates"),
        ("paragraph", "Raw words."),
    ]
