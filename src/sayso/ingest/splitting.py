"""Places cut into shards, lazily and in their order: what `read_sources` gives of all shards is what it gives of the places."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest import remote
from sayso.ingest.metadata import SIDECAR_SUFFIX
from sayso.ingest.readers.warc import cut
from sayso.ingest.shards import Shard
from sayso.ingest.sources import companion, walk

SHARD_PAGES = 64  # pages of an archive: a quarter of a minute to read, so that a worker that dies loses little
_OURS_ALONE = {"memory"}  # file systems that no other process sees
_SMALL = 256 << 10  # bytes; a smaller archive is not worth a look at where it can be cut


def split(places: Iterable[str], *, pages: int = SHARD_PAGES) -> Iterator[Shard]:
    """The shards of ``places``. Nothing is read but archives, and of those only how many pages they have where; what cannot be read
    is a shard too, so that whoever reads it says what is wrong."""
    for place in places:
        if remote.is_elsewhere(place) and not os.path.lexists(place):
            yield from _of_elsewhere(place, pages)
        elif os.path.isdir(place):
            for path in walk(Path(place)):
                yield from _of_file(path, str(path), pages, in_folder=True)
        elif os.path.lexists(place):
            if companion(Path(place)) is None:
                yield from _of_file(Path(place), place, pages)
        else:
            yield Shard(place, here=True)


def _of_file(path: Path, place: str, pages: int, *, in_folder: bool = False) -> Iterator[Shard]:
    if not path.is_file():  # a pipe, which only this process can read, or nothing that can be read
        yield Shard(place, here=True, in_folder=in_folder)
        return
    try:
        size = path.stat().st_size
        if size < _SMALL or not _may_be_archive(path.name):
            yield Shard(place, size)
            return
        with path.open("rb") as stream:
            yield from _cut(stream, place, size, pages)
    except (OSError, ValueError):
        yield Shard(place)


def _of_elsewhere(place: str, pages: int) -> Iterator[Shard]:
    try:
        there = remote.look(place)
        files = remote.walk(there) if remote.is_folder(there) else iter([there])
        for file in files:
            if file.name.endswith(SIDECAR_SUFFIX):
                continue
            size = remote.size_of(file)
            if size < _SMALL or not _may_be_archive(file.name) or file.scheme in _OURS_ALONE:
                yield Shard(file.address, size, here=file.scheme in _OURS_ALONE)
                continue
            try:
                with remote.open_file(file) as stream:
                    yield from _cut(stream, file.address, size, pages)
            except (InputError, OSError, ValueError):
                yield Shard(file.address, size)
    except InputError:
        yield Shard(place, here=True)


def _cut(stream: BinaryIO, place: str, size: int, pages: int) -> Iterator[Shard]:
    parts = cut(stream, pages=pages)
    if not parts:
        yield Shard(place, size)
    for part in parts:
        yield Shard(place, size // len(parts), part)


def _may_be_archive(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(".warc")
