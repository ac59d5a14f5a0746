"""WACZ: a ZIP with WARC files in it and a list of the pages that were meant."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib

from sayso.errors import InputError
from sayso.ingest.context import Context, Found
from sayso.ingest.readers.warc import read_records
from sayso.ingest.reports import sha256_of
from sayso.ingest.unpack import too_large
from sayso.model import Captured, Problem

_ARCHIVE = re.compile(r"(.*/)?archive/[^/]+\.warc(\.gz)?", re.IGNORECASE)
_PAGES = re.compile(r"(.*/)?pages/(pages|extraPages)\.jsonl", re.IGNORECASE)


def read_wacz(raw: bytes, context: Context) -> Found:
    """The reports of a WACZ: those of its listed pages, or all pages where it lists none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise InputError("the ZIP is damaged", where=context.where, remedy="Get the file again.") from error
    _check_members(members, context)
    warcs = sorted((m for m in members if _ARCHIVE.fullmatch(m.filename)), key=lambda m: m.filename)
    if not warcs:
        raise InputError(
            "a ZIP that is no WACZ (no archive/*.warc in it)",
            where=context.where,
            remedy="Unpack it and give the folder.",
        )
    digest = sha256_of(raw)
    listed = _listed_pages(archive, members, context)
    found = 0
    for wanted in (listed, None) if listed else (None,):
        for member in warcs:
            try:
                packed = _member(archive, member, context, limit=context.options.max_file_bytes)
            except InputError as error:
                yield error.problem
                continue
            for item in read_records(
                io.BytesIO(packed),
                context.but(method="wacz"),
                digest=digest,
                wanted=lambda url, listed=wanted: listed is None or url in listed,  # type: ignore[misc]
                prefix=f"{member.filename}, ",
            ):
                found += isinstance(item, Captured)
                yield item
        if found:
            return
    if not found:
        yield Problem("no page in the archive", context.where, "Give an archive with HTML, text or PDF responses.")


def _check_members(members: list[zipfile.ZipInfo], context: Context) -> None:
    """Refuses a bomb by what its own directory admits; `_member` catches one that lies."""
    options = context.options
    if len(members) > options.max_members:
        raise InputError(
            f"{len(members):,} files in the ZIP, more than the limit of {options.max_members:,}",
            where=context.where,
            remedy="Unpack it and give the files.",
        )
    unpacked = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members)
    bomb = any(
        m.file_size > (1 << 20) and m.file_size > options.max_ratio * max(1, m.compress_size) * 0.9 for m in members
    )
    if (
        unpacked > options.max_file_bytes
        or bomb
        or (unpacked > 100 << 20 and unpacked > packed * options.max_ratio * 0.9)
    ):
        raise InputError(
            f"the ZIP would unpack to {unpacked:,} bytes from {packed:,}; this looks like a ZIP bomb",
            where=context.where,
            remedy="Unpack it elsewhere and give the WARC files, if you trust it.",
        )


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, context: Context, *, limit: int) -> bytes:
    where = f"{context.where} ({member.filename})"
    try:
        with archive.open(member) as stream:
            content = stream.read(min(limit, member.file_size) + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise InputError(
            f"a file in the ZIP is damaged or protected ({type(error).__name__})", where=where, remedy="Get it again."
        ) from error
    if len(content) > min(limit, member.file_size):
        raise too_large(where, limit)
    return content


def _listed_pages(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], context: Context) -> frozenset[str]:
    """The addresses of the pages that whoever made the archive wanted, without frames and scripts."""
    urls: set[str] = set()
    for member in members:
        if not _PAGES.fullmatch(member.filename):
            continue
        try:
            content = _member(archive, member, context, limit=context.options.max_bytes)
        except InputError:
            continue  # without the list all pages are read
        for line in content.splitlines():
            try:
                entry = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(entry, dict) and isinstance(entry.get("url"), str):
                urls.add(entry["url"])
    return frozenset(urls)
