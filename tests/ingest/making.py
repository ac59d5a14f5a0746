"""Small factories for ingest tests: write a file, read it back, look at its blocks."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.ingest import IngestOptions, read_sources
from sayso.ingest.blocks import find_blocks
from sayso.model import Captured, Problem, Report

NOON = datetime(2031, 4, 2, 12, 0, tzinfo=UTC)
# The demonstration country of these tests: Velmark, with the towns Karsk and Ostrel.
ARTICLE = """<html lang="en-GB"><head>
<title>Dam at Ostrel holds after night of rain - Velmark Courier</title>
<meta property="og:site_name" content="Velmark Courier">
<meta property="og:title" content="Dam at Ostrel holds after night of rain">
<meta property="article:published_time" content="2031-04-02T09:30:00+02:00">
<meta name="author" content="Iva Marek">
<link rel="canonical" href="https://courier.example/ostrel-dam">
<script>document.write("never run")</script></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Dam at Ostrel holds after night of rain</h1>
<p>The dam above Ostrel held through a night of heavy rain, the river authority said on Wednesday morning, and
the order to leave the lower town was lifted.</p>
<p>Engineers had opened two of the four gates shortly before midnight, when the water stood forty centimetres
below the crest.</p>
<blockquote><p>We never had to open the third gate, and that was the plan all along.</p></blockquote>
<p>The head of the authority, Pavel Dorn, told reporters that the reservoir would be lowered by two metres over the
coming week so that the wall could be inspected.</p>
<p>Leave a Comment</p>
<p>Residents of the lower town spent the night in the school at Karsk, where the Red Cross had put up beds for about
three hundred people.</p></article>
<footer>All rights reserved</footer></body></html>"""


def options(**changes: Any) -> IngestOptions:
    """Options with a clock that stands still and no pauses."""
    settled: dict[str, Any] = {"now": lambda: NOON, "host_interval_s": 0.0, "backoff_s": 0.0, "timeout_s": 3.0}
    return IngestOptions(**(settled | changes))


def read(place: Path | str, **changes: Any) -> list[Captured | Problem]:
    return list(read_sources([str(place)], options=options(**changes)))


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def reports(found: list[Captured | Problem]) -> list[Report]:
    """The reports; fails the test when there is a problem among them."""
    problems = [f for f in found if isinstance(f, Problem)]
    assert not problems
    return [f.report for f in found if isinstance(f, Captured)]


def only_report(place: Path | str, **changes: Any) -> Report:
    (report,) = reports(read(place, **changes))
    return report


def only_problem(place: Path | str, **changes: Any) -> Problem:
    (problem,) = read(place, **changes)
    assert isinstance(problem, Problem)
    return problem


def kinds(text: str, **known: Any) -> list[tuple[str, str]]:
    """The blocks of a plain text as (kind, words)."""
    return [(block.kind.value, block.span.of(text)) for block in find_blocks(text, **known)]


def blocks_of(report: Report) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(report.text)) for block in report.blocks]


def make_warc(pages: list[tuple[str, str, bytes]], *, gzip: bool = False) -> bytes:
    """An archive of responses: (address, content type, body)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for url, media_type, body in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", media_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2031-04-02T10:00:00Z"},
        )
        writer.write_record(record)
    return out.getvalue()


def make_wacz(warc: bytes, *, pages: list[str] | None = None, method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("archive/data.warc", warc)
        if pages is not None:
            lines = [json.dumps({"format": "json-pages-1.0"}), *(json.dumps({"url": url}) for url in pages)]
            archive.writestr("pages/pages.jsonl", "\n".join(lines))
    return out.getvalue()


def make_pdf(pages: list[list[str]]) -> bytes:
    """A PDF of plain lines, written out by hand: enough of the format for any reader."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, lines in enumerate(pages):
        shown = " T* ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
