"""The story of ingest: a place -> the bytes as captured -> the reader that fits -> reports and problems.

1. Take each place in turn: a file, a folder (walked in sorted order), a URL, or "-" for standard input; or a `Shard` of one.
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
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest import remote
from sayso.ingest.context import Context, Found
from sayso.ingest.dates import utc_stamp
from sayso.ingest.fetch import Fetched, Fetcher
from sayso.ingest.guard import guarded
from sayso.ingest.metadata import NOTHING, SIDECAR_SUFFIX, Metadata, from_options, read_sidecar
from sayso.ingest.options import IngestOptions
from sayso.ingest.readers import choose_reader
from sayso.ingest.readers.warc import read_archive
from sayso.ingest.reports import sha256_of
from sayso.ingest.shards import Records, Shard
from sayso.ingest.unpack import GZIP_MAGIC, gunzip, too_large
from sayso.model import Captured, Problem

_URL = re.compile(r"https?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_DEFAULTS = IngestOptions()
_HEAD = 64 * 1024  # bytes looked at to tell an archive from all else


def read_sources(places: Iterable[str | Shard], *, options: IngestOptions = _DEFAULTS) -> Iterator[Captured | Problem]:
    """The reports at ``places``, or in these shards of places, in their order, and a problem for each input that could not be read.

    Raises `InputError` only when the options themselves cannot be read.
    """
    fetcher = Fetcher(options)
    for each in places:
        shard = each if isinstance(each, Shard) else Shard(each)
        yield from _read_place(shard, _context(shard.place, "file", options, fetcher), fetcher)


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


def _read_place(shard: Shard, context: Context, fetcher: Fetcher) -> Found:
    place = shard.place
    if place == "-":
        yield from guarded(lambda _, c: _read_stdin(c), b"", context)
    elif _URL.match(place):
        yield from guarded(lambda _, c: _read_url(place, c, fetcher), b"", context)
    elif remote.is_elsewhere(place) and not os.path.lexists(place):
        yield from guarded(lambda _, c: _read_elsewhere(place, c, shard.records), b"", context)
    elif _OTHER_SCHEME.match(place) and not os.path.lexists(place):
        yield Problem(
            "not an address that sayso fetches",
            context.place,
            f"Give a path, an http(s) address, or one of {', '.join(f'{scheme}://' for scheme in remote.SCHEMES)}.",
        )
    elif os.path.isdir(place):
        for path in walk(Path(place)):
            yield from _read_in_folder(path, context.but(place=_printable(str(path))))
    elif shard.in_folder:
        yield from _read_in_folder(Path(place), context, shard.records)
    else:
        path = Path(place)
        if companion(path) is None:
            yield from _guarded_file(path, context.but(name=_printable(path.name)), shard.records)


def _read_in_folder(path: Path, context: Context, records: Records | None = None) -> Found:
    if path.is_fifo():  # opening one waits for a writer; named by itself it is wanted, as in <(zcat ...)
        yield Problem("a pipe, not a file", context.place, "Name it by itself if it is to be read.")
    else:
        yield from _guarded_file(path, context.but(name=_printable(path.name)), records)


def walk(folder: Path) -> Iterator[Path]:
    """The files below a folder, in sorted order on every machine; hidden ones and sidecars are left out."""
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and companion(path) is None:
                yield path


def _guarded_file(path: Path, context: Context, records: Records | None = None) -> Found:
    yield from guarded(lambda _, c: _read_file(path, c, records), b"", context)


def _read_file(path: Path, context: Context, records: Records | None) -> Found:
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise InputError("not a file", where=context.place, remedy="Give a file, a folder, a URL or -.")
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(error, context) from error
    with stream:
        sidecar, problems = _sidecar_of(path)
        yield from _read_stream(stream, context.but(given=context.given.over(sidecar), problems=problems), records)


def _read_stream(stream: BinaryIO, context: Context, records: Records | None) -> Found:
    """What stands in an open file: an archive of pages is read as it comes, all else at once."""
    limit = context.options.max_file_bytes
    try:
        head = stream.read(_HEAD)
        archive = _is_archive(head, context) and stream.seekable()
        raw = b"" if archive else head + stream.read(max(0, limit + 1 - len(head)))
    except (OSError, ValueError) as error:
        raise _unreadable(error, context) from error
    if archive:
        yield from guarded(lambda _, c: read_archive(stream, c, records), b"", context)
        return
    if len(raw) > limit:
        raise too_large(context.place, limit)
    yield from _read_bytes(raw, context)


def _unreadable(error: Exception, context: Context) -> InputError:
    reason = getattr(error, "strerror", None) or "the path cannot be used"
    return InputError(
        f"cannot read the file ({reason})", where=context.place, remedy="Check the path and its permissions."
    )


def _is_archive(head: bytes, context: Context) -> bool:
    return head.startswith(b"WARC/") or (head.startswith(GZIP_MAGIC) and _is_packed_warc(head, context))


def _read_elsewhere(place: str, context: Context, records: Records | None) -> Found:
    """What stands at an address of a store that fsspec reads."""
    there = remote.look(place)
    if not remote.is_folder(there):
        yield from _guarded_elsewhere(there, context, records)
        return
    for file in remote.walk(there):
        if not file.name.endswith(SIDECAR_SUFFIX):
            yield from _guarded_elsewhere(file, context)


def _guarded_elsewhere(there: remote.Elsewhere, context: Context, records: Records | None = None) -> Found:
    named = context.but(place=_printable(there.address), name=_printable(there.name))
    yield from guarded(lambda _, c: _read_remote_file(there, c, records), b"", named)


def _read_remote_file(there: remote.Elsewhere, context: Context, records: Records | None) -> Found:
    sidecar: Metadata = NOTHING
    problems: tuple[Problem, ...] = ()
    stem = there.path.removesuffix(Path(there.name).suffix)
    for beside in (there.path + SIDECAR_SUFFIX, stem + SIDECAR_SUFFIX):
        if (raw := remote.read_beside(there, beside, (1 << 20) + 1)) is not None:
            sidecar, problems = read_sidecar(raw, where=_printable(f"{there.scheme}://{beside}"))
            break
    with remote.open_file(there) as stream:
        yield from _read_stream(stream, context.but(given=context.given.over(sidecar), problems=problems), records)


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


def companion(path: Path) -> Path | None:
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
