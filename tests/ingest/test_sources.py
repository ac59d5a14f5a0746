"""From places to reports: folders, sidecars, gzip, standard input, identity, and what is refused."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path
from typing import Any

import pytest

from sayso.ingest import read_sources
from sayso.ingest.readers import READERS, choose_reader, extension_of
from sayso.model import Captured, Problem
from tests.ingest.making import ARTICLE, only_problem, only_report, options, read, reports, write

STORY = (
    "Siren in Karsk\r\n\r\nThe siren in Karsk was tested on Wednesday, the fire brigade said.\r\n\r\n"
    "Nobody was hurt. \r\n"
)


def test_plain_text_is_kept_character_for_character(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", STORY)
    (found,) = read(path)
    assert isinstance(found, Captured)
    assert found.report.text == STORY
    assert found.raw == STORY.encode()
    assert found.report.title == "Siren in Karsk"
    assert found.report.language == "en"
    assert (found.report.media_type, found.report.capture.captured_at) == ("text/plain", "2031-04-02T12:00:00Z")
    assert (found.report.capture.method, found.report.capture.place) == ("file", str(path))


def test_the_same_bytes_are_the_same_report_packed_or_not(tmp_path: Path) -> None:
    plain = only_report(write(tmp_path, "a.txt", STORY))
    packed = only_report(write(tmp_path, "b.txt.gz", gzip.compress(gzip.compress(STORY.encode()))))
    assert (packed.id, packed.sha256, packed.text) == (plain.id, plain.sha256, plain.text)
    assert packed.capture.container_sha256 is not None


def test_a_folder_is_walked_in_order_without_hidden_files_and_sidecars(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/c.txt", "B.txt"):
        write(tmp_path, name, STORY)
    write(tmp_path, "b.txt.meta.json", '{"outlet": "Courier"}')
    found = reports(read(tmp_path))
    assert [Path(r.capture.place).relative_to(tmp_path).as_posix() for r in found] == ["B.txt", "b.txt", "a/z.txt"]
    assert [r.outlet for r in found] == [None, "Courier", None]


@pytest.mark.parametrize("sidecar", ["a.txt.meta.json", "a.meta.json"])
def test_a_sidecar_fills_in_and_options_overrule_it(tmp_path: Path, sidecar: str) -> None:
    path = write(tmp_path, "a.txt", "outlet: From the text\n\n" + STORY)
    write(
        tmp_path,
        sidecar,
        '{"outlet": "Courier", "published": "2031-04-02", "url": "https://c.example/1", "title": "Siren in Karsk"}',
    )
    told = only_report(path)
    assert told.published is not None
    assert (told.outlet, told.published.value, told.url) == ("Courier", "2031-04-02", "https://c.example/1")
    overruled = only_report(path, outlet="Option", published="2031-04-03")
    assert overruled.published is not None
    assert (overruled.outlet, overruled.published.value, overruled.url) == (
        "Option",
        "2031-04-03",
        "https://c.example/1",
    )
    assert overruled.id != told.id
    assert read(tmp_path / sidecar) == []  # named by a shell pattern, it is still no report


def test_a_bad_sidecar_is_noted_on_the_report(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", STORY)
    write(tmp_path, "a.txt.meta.json", "{oops")
    assert [p.where for p in only_report(path).problems] == [f"{path}.meta.json"]


def test_a_sidecar_outranks_a_page_but_a_page_fills_its_gaps(tmp_path: Path) -> None:
    path = write(tmp_path, "a.html", ARTICLE)
    write(tmp_path, "a.html.meta.json", '{"outlet": "The Evening Courier"}')
    report = only_report(path)
    assert (report.outlet, report.byline) == ("The Evening Courier", "Iva Marek")


def test_front_matter_stays_in_the_text_and_is_marked(tmp_path: Path) -> None:
    text = "outlet: Courier\npublished: 2031-04-02T10:00Z\n\n" + STORY
    report = only_report(write(tmp_path, "a.txt", text))
    assert report.text == text
    assert report.outlet == "Courier"
    assert report.blocks[0].kind.value == "boilerplate"
    assert report.blocks[0].span.of(text).startswith("outlet: Courier\npublished")
    assert report.title == "Siren in Karsk"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(ARTICLE.encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    report = only_report("-")
    assert (report.media_type, report.capture.method, report.capture.place) == ("text/html", "stdin", "-")


def test_one_bad_input_does_not_end_the_run(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "")
    write(tmp_path, "b.txt", STORY)
    write(tmp_path, "c.pdf", b"%PDF-1.4 broken")
    found = list(read_sources([str(tmp_path / "none.txt"), str(tmp_path)], options=options()))
    assert [type(f) for f in found] == [Problem, Problem, Captured, Problem]


@pytest.mark.parametrize("place", ["/no/such/file", "ftp://news.example/1", "a\0b", "x" * 5000])
def test_places_that_cannot_be_read_are_named(place: str) -> None:
    problem = only_problem(place)
    assert problem.remedy
    assert problem.where


def test_a_device_is_not_read() -> None:
    if not os.path.exists("/dev/zero"):
        pytest.skip("no /dev/zero here")
    assert "not a file" in only_problem("/dev/zero").what


def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "a pipe, not a file" in only_problem(tmp_path).what


def test_limits_are_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "a " * 1000)
    assert "limit of 100 " in only_problem(path, max_file_bytes=100).what
    assert "limit of 500" in only_problem(path, max_text_chars=500).what
    nested = STORY.encode()
    for _ in range(9):
        nested = gzip.compress(nested)
    assert "packed more than" in only_problem(write(tmp_path, "b.gz", nested)).what


def test_a_file_name_that_is_no_utf8_still_gives_a_report(tmp_path: Path) -> None:
    name = os.fsencode(str(tmp_path)) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_text(STORY)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    report = only_report(tmp_path)
    report.capture.place.encode("utf-8")


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STORY)
    write(tmp_path, "b.html", ARTICLE)
    assert read(tmp_path) == read(tmp_path)


@pytest.mark.parametrize(
    ("name", "raw", "media_type", "reader"),
    [
        ("a.txt", b"<html><p>x</p>", None, "text"),
        ("a", b"  <!DOCTYPE html><html>", None, "html"),
        ("a", b"<?xml version='1.0'?>\n<rss version='2.0'>", None, "feed"),
        ("a", b"<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>", "text/html", "feed"),
        ("a", b'{"text": "x"}\n{"text": "y"}\n', None, "jsonl"),
        ("a", b'[{"text": "x"}]', None, "json"),
        ("a", b"title,url\nx,https://a.example/\n", None, "csv"),
        ("a", b"https://a.example/1\n\nhttps://a.example/2\n", None, "urls"),
        ("a", b"Title, and text\nSome words", None, "text"),
        ("a.html", b"%PDF-1.7", "text/html", "pdf"),
        ("a.md", b"# x", "text/plain", "markdown"),
        ("https://n.example/a.pdf?x=1", b"<html>", "text/html", "html"),
        ("a.bin", b"\x00\x01\x02\x03", None, None),
        ("a.warc", b"WARC/1.0\r\n", None, "warc"),
    ],
)
def test_which_reader_reads_what(name: str, raw: bytes, media_type: str | None, reader: str | None) -> None:
    context: Any = type("Told", (), {"name": name, "media_type": media_type})
    chosen = choose_reader(raw, context)
    assert (chosen.name if chosen else None) == reader


def test_reader_names_are_unique_and_extensions_have_one_owner() -> None:
    assert len({r.name for r in READERS}) == len(READERS)
    owned = [e for r in READERS for e in r.extensions]
    assert len(owned) == len(set(owned))


@pytest.mark.parametrize(
    ("name", "extension"),
    [("A.TXT.gz", ".txt"), ("https://n.example/x.html?y=.pdf", ".html"), ("https://n.example", ""), ("a", "")],
)
def test_extensions(name: str, extension: str) -> None:
    assert extension_of(name) == extension
