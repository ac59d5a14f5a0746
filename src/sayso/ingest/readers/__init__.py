"""The readers, one format each. To add a format, add a module and one line to `READERS`.

A reader is a function of bytes and context that yields reports and problems. Which one reads an input is decided
in four rounds: by unmistakable first bytes, by the declared media type, by the file name, and by how the text
looks. What is text and fits nothing is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from sayso.ingest.context import Context, Found
from sayso.ingest.decode import decode, is_binary
from sayso.ingest.readers.csv import looks_like_csv, read_csv
from sayso.ingest.readers.feed import looks_like_feed, read_feed
from sayso.ingest.readers.html import read_html
from sayso.ingest.readers.json import looks_like_lines, read_json, read_lines
from sayso.ingest.readers.markdown import read_markdown
from sayso.ingest.readers.pdf import read_pdf
from sayso.ingest.readers.text import read_text
from sayso.ingest.readers.urls import looks_like_urls, read_urls
from sayso.ingest.readers.wacz import read_wacz
from sayso.ingest.readers.warc import read_warc

_HEAD = 64 * 1024
_HTML = re.compile(
    r"\s*(<!--.*?-->\s*)*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
# Declared by servers that do not know better: the name and the bytes decide.
_VAGUE = frozenset({"text/plain", "application/octet-stream", "binary/octet-stream", "application/force-download"})


def _never(_: str) -> bool:
    return False


class Reader(NamedTuple):
    """A format: how it is read, and how it is known. ``magic`` are first bytes, ``looks`` judges decoded text."""

    name: str
    read: Callable[[bytes, Context], Found]
    magic: tuple[bytes, ...] = ()
    media_types: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    looks: Callable[[str], bool] = _never


READERS: tuple[Reader, ...] = (
    Reader("pdf", read_pdf, magic=(b"%PDF-",), media_types=("application/pdf",), extensions=(".pdf",)),
    Reader("warc", read_warc, magic=(b"WARC/",), media_types=("application/warc",), extensions=(".warc",)),
    Reader("wacz", read_wacz, magic=(b"PK\x03\x04", b"PK\x05\x06"), extensions=(".wacz",)),
    Reader("urls", read_urls, extensions=(".urls",), looks=looks_like_urls),
    Reader(
        "feed",
        read_feed,
        media_types=("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        extensions=(".rss", ".atom", ".rdf"),
        looks=looks_like_feed,
    ),
    Reader(
        "html",
        read_html,
        media_types=("text/html", "application/xhtml+xml"),
        extensions=(".html", ".htm", ".xhtml"),
        looks=lambda head: bool(_HTML.match(head)),
    ),
    Reader(
        "jsonl",
        read_lines,
        media_types=("application/jsonl", "application/x-ndjson", "application/x-jsonlines"),
        extensions=(".jsonl", ".ndjson", ".jl"),
        looks=looks_like_lines,
    ),
    Reader(
        "json",
        read_json,
        media_types=("application/json", "application/ld+json"),
        extensions=(".json",),
        looks=lambda head: head.lstrip("\ufeff \t\r\n")[:1] in {"{", "["} and len(head) > 1,
    ),
    Reader(
        "csv",
        read_csv,
        media_types=("text/csv", "text/tab-separated-values"),
        extensions=(".csv", ".tsv"),
        looks=looks_like_csv,
    ),
    Reader("markdown", read_markdown, media_types=("text/markdown",), extensions=(".md", ".markdown", ".mkd")),
    Reader("text", read_text, media_types=("text/plain",), extensions=(".txt", ".text")),
)
_BY_NAME = {reader.name: reader for reader in READERS}


def choose_reader(raw: bytes, context: Context) -> Reader | None:
    """The reader for these bytes; None when they are binary and of no known format."""
    head = raw[:_HEAD]
    magic = next((r for r in READERS if any(head.lstrip(b"\r\n\t ").startswith(m) for m in r.magic)), None)
    if magic is not None:
        return magic
    if is_binary(raw):
        return None
    extension = extension_of(context.name)
    look = _text_of(head)
    # Feeds are served as text/html, and lists of URLs are kept in .txt: these two are known by their looks.
    if looks_like_urls(look) and extension in {"", ".txt", ".text", ".urls"} and context.media_type in {None, *_VAGUE}:
        return _BY_NAME["urls"]
    if looks_like_feed(look) and extension not in {".txt", ".text"}:
        return _BY_NAME["feed"]
    declared = context.media_type
    if declared and declared not in _VAGUE and (by_type := _first(lambda r: declared in r.media_types)):
        return by_type
    if by_name := _first(lambda r: extension in r.extensions):
        return by_name
    return _first(lambda r: r.name != "urls" and r.looks(look)) or _BY_NAME["text"]


def extension_of(name: str) -> str:
    """The extension in lower case, of a file name or of a URL's path; that before ".gz" where it is packed."""
    path = urlsplit(name).path if "://" in name else name
    return PurePosixPath(path.lower().removesuffix(".gz").replace("\\", "/")).suffix


def _first(fits: Callable[[Reader], bool]) -> Reader | None:
    return next((reader for reader in READERS if fits(reader)), None)


def _text_of(head: bytes) -> str:
    """The first characters, for looking at only; cut at the last whole line so that a torn one misleads nobody."""
    if len(head) == _HEAD and b"\n" in head:
        head = head[: head.rindex(b"\n")]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
        try:
            return decode(head, where="").text
        except Exception:  # only a look: the reader that is chosen says what is wrong
            return ""
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
