"""Made reports as a folder of WARC files, in folders by month as CC-NEWS has them.

    python benchmarks/archives.py FOLDER [--reports 2000] [--in-each 700] [--paragraphs 3]

Each report of `worlds.py` is a page with its outlet and time, behind a request record as crawlers write them. The same numbers give the
same bytes in the pages, and so the same reports.
"""

from __future__ import annotations

import argparse
import html
import io
from collections.abc import Iterator
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from worlds import Written, make_world

_OF_ONE_STORY = 8  # reports of each world


def made(reports: int, *, seed: int = 900) -> Iterator[tuple[str, Written]]:
    """So many reports, each with its address."""
    number = 0
    while number < reports:
        for one in make_world(seed, size=_OF_ONE_STORY)[: reports - number]:
            yield f"https://{one.outlet.lower().replace(' ', '-')}.example/{seed}/{number}", one
            number += 1
        seed += 1


def page(one: Written, paragraphs: int) -> bytes:
    body = "".join(f"<p>{html.escape(text)}</p>\n" for text in one.text.split("\n\n")[:paragraphs])
    title = html.escape(one.text.partition(". ")[0][:90])
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>'
        f'<meta property="og:site_name" content="{html.escape(one.outlet)}">'
        f'<meta property="article:published_time" content="{one.published}"></head>'
        f"<body><article><h1>{title}</h1>\n{body}</article></body></html>"
    ).encode()


def write_archives(folder: Path, reports: int, *, in_each: int = 700, paragraphs: int = 3) -> None:
    """Writes so many reports below ``folder``, ``in_each`` of them in each file, and so many paragraphs of each."""
    writer = file = None
    for number, (url, one) in enumerate(made(reports)):
        if number % in_each == 0:
            if file is not None:
                file.close()
            which = number // in_each
            path = folder / f"2031/{which % 12 + 1:02}/MADE-NEWS-{which:05}.warc.gz"
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("wb")
            writer = WARCWriter(file, gzip=True)
            writer.write_record(writer.create_warcinfo_record(path.name, {"software": "made"}))
        _write(writer, url, "request", "GET / HTTP/1.1", b"", number)
        _write(writer, url, "response", "200 OK", page(one, paragraphs), number)
    if file is not None:
        file.close()


def _write(writer: WARCWriter, url: str, kind: str, status: str, body: bytes, number: int) -> None:
    headers = StatusAndHeaders(
        status,
        [("Content-Type", "text/html; charset=utf-8")],
        protocol="HTTP/1.1",
        is_http_request=kind == "request",
    )
    named = {
        "WARC-Date": "2031-05-01T00:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-{kind == 'request':04}-{number:012}>",
    }
    record = writer.create_warc_record(
        url, kind, payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=named
    )
    writer.write_record(record)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--in-each", type=int, default=700)
    parser.add_argument("--paragraphs", type=int, default=3)
    args = parser.parse_args()
    write_archives(args.folder, args.reports, in_each=args.in_each, paragraphs=args.paragraphs)


if __name__ == "__main__":
    main()
