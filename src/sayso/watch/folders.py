"""Folders: which files in them are new or changed, by size and time; of a Telegram export the messages are told apart by the ledger."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sayso.errors import InputError
from sayso.ingest.metadata import SIDECAR_SUFFIX
from sayso.watch.found import Found, Polled
from sayso.watch.settings import Place, PlaceKind

_EXPORT = "result.json"  # the name that Telegram Desktop gives


def look_into(place: Place, *, now: float, beside: str = "") -> Polled:
    """The files below a folder, in sorted order; those that changed within ``settle_s`` are left for another look. The ledger at
    ``beside``, and what lies beside it under its name, are none of them. Raises InputError for what is no folder."""
    if not os.path.isdir(place.at):
        raise InputError("there is no such folder", where=place.at, remedy="Check the path, or make the folder.")
    found: list[Found] = []
    again: float | None = None
    own = os.path.abspath(beside) if beside else None
    for path in _files(Path(place.at), place.kind):
        if own is not None and str(path.absolute()).startswith(own):
            continue
        try:
            changed = max(_stamps(path))
            mark = _mark(path)
        except OSError:
            continue  # gone meanwhile
        age = (now * 1e9 - changed) / 1e9
        if 0 <= age < place.settle_s:
            again = max(again or 0.0, place.settle_s - age)
            continue
        found.append(Found(key=str(path.absolute()), mark=mark, fetch=False))
    return Polled(found=tuple(found), again_s=again)


def _files(folder: Path, kind: PlaceKind) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            wanted = name == _EXPORT if kind is PlaceKind.TELEGRAM else not name.endswith(SIDECAR_SUFFIX)
            if wanted and not name.startswith(".") and _is_file(path):
                yield path


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _stamps(path: Path) -> list[int]:
    """When a file and the sidecars that may go with it changed, in nanoseconds since 1970."""
    every = [path, path.with_name(path.name + SIDECAR_SUFFIX), path.with_name(path.stem + SIDECAR_SUFFIX)]
    stamps = [path.stat().st_mtime_ns]
    stamps += [each.stat().st_mtime_ns for each in every[1:] if each.is_file()]
    return stamps


def _mark(path: Path) -> str:
    return " ".join([str(path.stat().st_size), *map(str, _stamps(path))])
