"""The story of ingest: a place -> the bytes as captured -> the reader that fits -> reports and problems.

1. Take each place in turn: a file, a folder (walked in sorted order), a URL, or "-" for standard input.
2. Get its bytes, within the limits, and note when and how.
3. Undo gzip: the bytes of the report are those inside, so that packing a file does not make it another report.
4. Choose the reader (`readers.READERS`) and let it yield reports; what goes wrong becomes a problem that names
   the input, and the rest goes on.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sayso.errors import InputError
from sayso.ingest.context import Context, Found
from sayso.ingest.dates import utc_stamp
from sayso.ingest.fetch import Fetched, Fetcher
from sayso.ingest.guard import guarded
from sayso.ingest.metadata import NOTHING, SIDECAR_SUFFIX, Metadata, from_options, read_sidecar
from sayso.ingest.options import IngestOptions
from sayso.ingest.readers import choose_reader
from sayso.ingest.reports import sha256_of
from sayso.ingest.unpack import GZIP_MAGIC, gunzip, too_large
from sayso.model import Captured, Problem

_URL = re.compile(r"https?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_DEFAULTS = IngestOptions()


def read_sources(places: Iterable[str], *, options: IngestOptions = _DEFAULTS) -> Iterator[Captured | Problem]:
    """The reports at ``places``, in their order, and a problem for each input that could not be read.

    Raises `InputError` only when the options themselves cannot be read.
    """
    fetcher = Fetcher(options)
    for place in places:
        yield from _read_place(place, _context(place, "file", options, fetcher), fetcher)


def read_upload(raw: bytes, *, name: str, options: IngestOptions = _DEFAULTS) -> Iterator[Captured | Problem]:
    """The reports in bytes that somebody handed in, under the name of the file that they come from ("" for none).

    The name only helps to tell the format and stands in messages: nothing is opened by it. Raises `InputError` only when the
    options themselves cannot be read.
    """
    context = _context(name or "what was handed in", "upload", options, Fetcher(options))
    yield from guarded(_read_bytes, raw, context.but(name=_printable(Path(name).name)))


def read_fetched(
    page: Fetched,
    *,
    place: str,
    options: IngestOptions = _DEFAULTS,
    fallback: Metadata = NOTHING,
    follow: Callable[[str, Context], Found] | None = None,
) -> Iterator[Captured | Problem]:
    """The reports in a page that was fetched already, from the address ``place``; ``fallback`` is what the link to it told.

    ``follow`` is asked for what stands behind each link of a feed or list; without it none is followed. Raises `InputError` only
    when the options themselves cannot be read.
    """
    context = _context(place, "http", options, Fetcher(options)).but(
        name=page.url,
        url=page.url,
        media_type=page.media_type,
        charset=page.charset,
        fallback=fallback,
        followed=follow is None,
    )
    yield from guarded(_read_bytes, page.raw, context.but(follow=follow) if follow is not None else context)


def _context(place: str, method: str, options: IngestOptions, fetcher: Fetcher) -> Context:
    return Context(
        place=_printable(place),
        name=_printable(place),
        method=method,
        captured_at=utc_stamp(options.now()),
        options=options,
        given=from_options(options),
        read=_read_bytes,
        follow=lambda url, context: _follow(url, context, fetcher),
    )


def _read_place(place: str, context: Context, fetcher: Fetcher) -> Found:
    if place == "-":
        yield from guarded(lambda _, c: _read_stdin(c), b"", context)
    elif _URL.match(place):
        yield from guarded(lambda _, c: _read_url(place, c, fetcher), b"", context)
    elif _OTHER_SCHEME.match(place) and not os.path.lexists(place):
        yield Problem("not an address that sayso fetches", context.place, "Give an http(s) address or a path.")
    elif os.path.isdir(place):
        for path in _walk(Path(place)):
            if path.is_fifo():  # opening one waits for a writer; named by itself it is wanted, as in <(zcat ...)
                yield Problem("a pipe, not a file", _printable(str(path)), "Name it by itself if it is to be read.")
                continue
            yield from _guarded_file(path, context.but(place=_printable(str(path)), name=_printable(path.name)))
    else:
        path = Path(place)
        inner = context.but(name=_printable(path.name))
        if _companion(path) is None:
            yield from _guarded_file(path, inner)


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder, in sorted order on every machine; hidden ones and sidecars are left out."""
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and _companion(path) is None:
                yield path


def _guarded_file(path: Path, context: Context) -> Found:
    yield from guarded(lambda _, c: _read_file(path, c), b"", context)


def _read_file(path: Path, context: Context) -> Found:
    limit = context.options.max_file_bytes
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise InputError("not a file", where=context.place, remedy="Give a file, a folder, a URL or -.")
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path cannot be used"
        raise InputError(
            f"cannot read the file ({reason})", where=context.place, remedy="Check the path and its permissions."
        ) from error
    if len(raw) > limit:
        raise too_large(context.place, limit)
    sidecar, problems = _sidecar_of(path)
    yield from _read_bytes(raw, context.but(given=context.given.over(sidecar), problems=problems))


def _read_stdin(context: Context) -> Found:
    raw = sys.stdin.buffer.read(context.options.max_file_bytes + 1)
    if len(raw) > context.options.max_file_bytes:
        raise too_large("standard input", context.options.max_file_bytes)
    yield from _read_bytes(raw, context.but(method="stdin", place="-", name=""))


def _read_url(url: str, context: Context, fetcher: Fetcher) -> Found:
    page = fetcher.fetch(url)
    yield from _read_bytes(
        page.raw,
        context.but(
            method="http",
            place=url,
            name=page.url,
            url=page.url,
            media_type=page.media_type,
            charset=page.charset,
            captured_at=utc_stamp(context.options.now()),
        ),
    )


def _follow(url: str, context: Context, fetcher: Fetcher) -> Found:
    """Reads the page behind a link found in another input. It was captured by itself, so it names no container."""
    alone = context.but(followed=True, container_sha256=None, locator=None, place=url)
    yield from guarded(lambda _, c: _read_url(url, c, fetcher), b"", alone)


def _read_bytes(raw: bytes, context: Context) -> Found:
    """The reports in ``raw``, whatever it is."""
    yield from guarded(_dispatch, raw, context)


def _dispatch(raw: bytes, context: Context) -> Found:
    if not raw:
        raise InputError("empty", where=context.where, remedy="Leave it out, or capture it again.")
    if context.depth > context.options.max_nesting:
        raise InputError(
            f"packed more than {context.options.max_nesting} times", where=context.where, remedy="Unpack it first."
        )
    if raw.startswith(GZIP_MAGIC) and not _is_packed_warc(raw, context):
        limit = min(context.options.max_file_bytes, max(context.options.max_bytes, 20 * len(raw)))
        inside = gunzip(raw, where=context.where, max_bytes=limit)
        yield from _dispatch(
            inside,
            replace(context, depth=context.depth + 1, container_sha256=context.container_sha256 or sha256_of(raw)),
        )
        return
    # warcio unpacks an archive record by record: never all of it in memory.
    reader = choose_reader(gunzip(raw, where="", max_bytes=64, head=64) if raw.startswith(GZIP_MAGIC) else raw, context)
    if reader is None:
        raise InputError(
            "the bytes are no text and no format that sayso reads",
            where=context.where,
            remedy="Give text, Markdown, HTML, a feed, JSON, CSV, PDF, WARC, WACZ or a Telegram export.",
        )
    yield from reader.read(raw, context)


def _is_packed_warc(raw: bytes, context: Context) -> bool:
    return gunzip(raw, where=context.where, max_bytes=64, head=64).startswith(b"WARC/")


def _sidecar_of(path: Path) -> tuple[Metadata, tuple[Problem, ...]]:
    """What NAME.meta.json says: NAME with its extension, or without."""
    for beside in (path.with_name(path.name + SIDECAR_SUFFIX), path.with_name(path.stem + SIDECAR_SUFFIX)):
        try:
            if beside.is_file():
                with beside.open("rb") as stream:
                    return read_sidecar(stream.read((1 << 20) + 1), where=_printable(str(beside)))
        except OSError as error:
            problem = Problem(
                f"cannot read the sidecar ({error.strerror})", _printable(str(beside)), "Check its permissions."
            )
            return Metadata(), (problem,)
    return Metadata(), ()


def _companion(path: Path) -> Path | None:
    """The file that a sidecar belongs to; None when ``path`` is no sidecar, or one without its file."""
    if not path.name.endswith(SIDECAR_SUFFIX):
        return None
    name = path.name.removesuffix(SIDECAR_SUFFIX)
    whole = path.with_name(name) if name else None
    if whole is not None and whole.is_file():
        return whole
    try:
        beside = (p for p in sorted(path.parent.iterdir()) if p.stem == name and p.name != path.name)
        return next((p for p in beside if p.is_file()), None)
    except OSError:
        return None


def _printable(path: str) -> str:
    """A path as text that every store can keep; bytes of a name that are no UTF-8 are spelled out."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
