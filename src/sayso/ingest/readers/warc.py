"""WARC, plain or gzip: each page in it is a report, dated by the archive as captured."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from sayso.ingest.context import Context, Found
from sayso.ingest.dates import read_instant
from sayso.ingest.fetch import read_content_type
from sayso.ingest.metadata import web_address
from sayso.ingest.reports import sha256_of
from sayso.model import Captured, Precision, Problem

# What a page of an archive may be; its pictures, scripts, styles and data are passed over.
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf", "text/markdown"})
_CHUNK = 1 << 20


def read_warc(raw: bytes, context: Context) -> Found:
    """The reports of an archive, in its order."""
    yield from read_records(raw, context, digest=sha256_of(raw))


def read_records(
    raw: bytes, context: Context, *, digest: str, wanted: Callable[[str], bool] = lambda url: True, prefix: str = ""
) -> Found:
    """The reports of those records whose address is ``wanted``.

    The bytes of a report are the page's own, without HTTP headers and codings, so that the same page is the same
    report whether it was archived or fetched.
    """
    number = found = pages = 0
    records = ArchiveIterator(io.BytesIO(raw))
    try:
        for record in records:
            number += 1
            url = web_address(record.rec_headers.get_header("WARC-Target-URI"))
            media_type, charset = _page_type(record)
            if media_type not in _PAGES or (url and (not wanted(url) or re.search(r"/robots\.txt($|\?)", url))):
                continue
            pages += 1
            inner = context.inside(
                locator=f"{prefix}record {number}",
                container_sha256=digest,
                method=context.method if prefix else "warc",
                url=url,
                name=url or context.name,
                media_type=media_type,
                charset=charset,
                captured_at=_captured_at(record) or context.captured_at,
            )
            body = _body(record, context.options.max_bytes)
            if body is None:
                yield Problem(
                    f"the record is larger than the limit of {context.options.max_bytes:,} bytes",
                    inner.where,
                    "Raise the limit if you trust it.",
                )
                continue
            if _was_cut(record):
                note = Problem("the archive was cut off within this record", inner.where, "Get the file again.")
                inner = inner.but(problems=(*inner.problems, note))
            for item in context.read(body, inner):
                found += isinstance(item, Captured)
                yield item
    # warcio lets errors of zlib, of the headers and of the chunks through as they come.
    except (ArchiveLoadFailed, OSError, ValueError, EOFError, AttributeError, KeyError, TypeError) as error:
        yield Problem(
            f"the archive is damaged after record {number} ({type(error).__name__})",
            context.where,
            "Get the file again; the records before it were read.",
        )
        return
    except Exception as error:  # zlib.error has no public base class of its own
        yield Problem(
            f"the archive cannot be read beyond record {number} ({type(error).__name__})",
            context.where,
            "Get the file again; the records before it were read.",
        )
        return
    if not pages and not prefix:
        yield Problem("no page in the archive", context.where, "Give an archive with HTML, text or PDF responses.")


def _page_type(record: ArcWarcRecord) -> tuple[str | None, str | None]:
    """Media type and charset of a record that may hold a page; None for every other record."""
    if record.rec_type == "response":
        if record.http_headers is None or record.http_headers.get_statuscode() != "200":
            return None, None
        return read_content_type(record.http_headers.get_header("Content-Type"))
    if record.rec_type in {"resource", "conversion"}:
        return read_content_type(record.rec_headers.get_header("Content-Type"))
    return None, None


def _body(record: ArcWarcRecord, limit: int) -> bytes | None:
    """The page's bytes, its transfer and content codings undone; None beyond the limit."""
    stream = record.content_stream()
    body = bytearray()
    while chunk := stream.read(_CHUNK):
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def _was_cut(record: ArcWarcRecord) -> bool:
    """Whether the record, read to its end, is shorter than its own header says."""
    left = getattr(record.raw_stream, "limit", 0)
    return bool(left > 0 and not record.raw_stream.read(1))


def _captured_at(record: ArcWarcRecord) -> str | None:
    written = record.rec_headers.get_header("WARC-Date")
    instant = read_instant(written) if written else None
    return instant.value if instant and instant.precision is Precision.SECOND else None
