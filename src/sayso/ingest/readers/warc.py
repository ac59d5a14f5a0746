"""WARC, plain or gzip: each page in it is a report, dated by the archive as captured.

An archive on disk is read record by record, whatever its size, and can be cut: `cut` says where, and a part is read as if the whole
were, with the same numbers of its records.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from sayso.ingest.context import Context, Found
from sayso.ingest.dates import read_instant
from sayso.ingest.fetch import read_content_type
from sayso.ingest.metadata import web_address
from sayso.ingest.reports import sha256_of
from sayso.ingest.shards import Records
from sayso.ingest.unpack import too_large
from sayso.model import Captured, Precision, Problem

# What a page of an archive may be; its pictures, scripts, styles and data are passed over.
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf", "text/markdown"})
_CHUNK = 1 << 20


def read_warc(raw: bytes, context: Context) -> Found:
    """The reports of an archive in memory, in its order."""
    yield from read_records(io.BytesIO(raw), context, digest=sha256_of(raw))


def read_archive(stream: BinaryIO, context: Context, records: Records | None) -> Found:
    """The same of an archive that is open, or of these records of it. Raises InputError for one beyond the limit."""
    if records is not None:
        stream.seek(records.offset)
        yield from read_records(stream, context, digest=records.sha256, only=records)
        return
    stream.seek(0)
    hashing = _Hashing(stream)
    while hashing.read(_CHUNK):
        if hashing.size > context.options.max_file_bytes:
            raise too_large(context.place, context.options.max_file_bytes)
    stream.seek(0)
    yield from read_records(stream, context, digest=hashing.digest)


def cut(stream: BinaryIO, *, pages: int) -> tuple[Records, ...]:
    """An archive's records in parts of about so many pages; none where it has no page, or is too damaged to tell.

    The parts together are the whole: where it is damaged, the last leads up to there.
    """
    hashing = _Hashing(stream)
    starts: list[tuple[int, int]] = []  # of each part: number of its first record, and where that begins
    number = here = 0
    records = _Records(hashing)
    try:
        for record in records:
            number += 1
            page = _page_type(record)[0] in _PAGES
            if not starts or (page and here >= pages):
                starts.append((number, records.get_record_offset()))
                here = 0
            here += page
    except Exception:  # as in `read_records`, which will say what is wrong when it comes there
        pass
    while hashing.read(_CHUNK):
        pass
    ends = [first for first, _ in starts[1:]]
    parts = [
        Records(hashing.digest, offset, first, first, end)
        for (first, offset), end in zip(starts, [*ends, number + 1], strict=True)
    ]
    if parts:
        parts[-1] = parts[-1].to_the_end()
    return tuple(parts) if len(parts) > 1 else ()


class _Records(ArchiveIterator):  # type: ignore[misc]
    """Prints nothing where a record is longer than it says: what stands there is data of whoever made the archive."""

    INC_RECORD = ""


class _Hashing:
    """A stream that knows the SHA-256 of what was read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._sha256 = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._sha256.update(data)
        self.size += len(data)
        return data

    def tell(self) -> int:
        return self._stream.tell()

    @property
    def digest(self) -> str:
        return self._sha256.hexdigest()


def read_records(
    stream: BinaryIO,
    context: Context,
    *,
    digest: str,
    wanted: Callable[[str], bool] = lambda url: True,
    prefix: str = "",
    only: Records | None = None,
) -> Found:
    """The reports of those records whose address is ``wanted``; of a part of them alone, where the stream begins with it.

    The bytes of a report are the page's own, without HTTP headers and codings, so that the same page is the same
    report whether it was archived or fetched.
    """
    found = pages = 0
    number = only.begins - 1 if only else 0
    records = _Records(stream)
    try:
        for record in records:
            number += 1
            if only and not only.holds(number):
                if number < only.first:
                    continue
                return
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
            if coding := _unknown_coding(record):
                yield Problem(
                    f"the page is packed in a way that sayso does not undo ({coding})",
                    inner.where,
                    "Capture it again with gzip, or save the page in a browser and give the file.",
                )
                continue
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
    if not pages and not prefix and only is None:
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


def _unknown_coding(record: ArcWarcRecord) -> str | None:
    """How the page is packed, where nobody here can unpack it within limits: brotli may grow a millionfold, and warcio sets it none."""
    coding = record.http_headers.get_header("Content-Encoding") if record.http_headers else None
    known = {"", "identity", "gzip", "x-gzip", "deflate"}
    return str(coding)[:40] if coding and coding.strip().lower() not in known else None


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
