"""Names and sizes within archives: a name opens and writes nothing, and what is packed small is not unpacked large."""

from __future__ import annotations

import io
import resource
import zipfile
import zlib
from pathlib import Path

import pytest

from sayso.ingest import read_upload
from sayso.model import Captured, Problem
from tests.ingest.hostile.generate import PDF, WARC
from tests.ingest.hostile.test_hostile import within
from tests.ingest.making import ARTICLE, options

NAMES = [
    "../../archive/data.warc",
    "/etc/archive/data.warc",
    "archive/../../../etc/passwd/archive/data.warc",
    "archive/CON.warc",
    "archive/NUL.warc.gz",
    "C:\\archive/data.warc",
    "archive/" + "x" * 5000 + ".warc",
    "archive/\u202ecraw.warc",
    "archive/a\x1b[2J.warc",
    "archive/$(touch owned).warc",
]


def found_in(raw: bytes, name: str) -> list[Captured | Problem]:
    with within(20):
        return list(read_upload(raw, name=name, options=options()))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_within_an_archive_is_only_a_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, WARC)
    for each in found_in(packed.getvalue(), "pages.wacz"):
        assert isinstance(each, Captured) or each.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/dev/stdin", "CON", "a\0b.html", "x" * 5000, "..", "", "~/.ssh/id_rsa.html"]
)
def test_a_name_of_what_is_handed_in_opens_nothing(name: str) -> None:
    (found,) = found_in(ARTICLE.encode(), name)
    assert isinstance(found, Captured)
    assert "dam above Ostrel" in found.report.text


def response(body: bytes, coding: bytes) -> bytes:
    """An archive of one page, packed in this way."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: " + coding + b"\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2031-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("coding", [b"br", b"zstd", b"compress", b"gzip, gzip"])
def test_a_page_packed_in_a_way_that_nobody_limits_is_named_and_the_next_is_read(coding: bytes) -> None:
    """Brotli grows a millionfold: 1,600 bytes of it can be a gigabyte."""
    problem, page = found_in(response(b"\x8b\x00\x80x\x03", coding) + WARC, "pages.warc")
    assert isinstance(problem, Problem)
    assert coding.decode() in problem.what
    assert isinstance(page, Captured)


def bomb_of(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(megabytes)), packer.flush()])


def test_a_page_that_is_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (problem,) = found_in(response(bomb_of(300), b"deflate"), "pages.warc")
    assert isinstance(problem, Problem)
    assert "larger than the limit" in problem.what
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250_000, "kilobytes"


def test_a_pdf_whose_page_is_a_bomb_is_refused() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stream = bomb_of(400)
    for times in (1, 2):
        start = PDF.index(b"<< /Length")
        end = PDF.index(b"endstream")
        filters = b" ".join([b"/FlateDecode"] * times)
        packed = stream if times == 1 else zlib.compress(stream)
        made = b"<< /Length %d /Filter [%s] >>\nstream\n" % (len(packed), filters) + packed + b"\n"
        (problem, *_) = found_in(PDF[:start] + made + PDF[end:], "paper.pdf")
        assert isinstance(problem, Problem)
        assert problem.remedy
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000, "kilobytes"
