"""Files that stand elsewhere, by fsspec: s3://bucket/folder, memory://…, file:///… and others of a visible list.

Only a place that was named by whoever runs sayso leads here, never an address that stands in a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from sayso.errors import InputError

# Schemes that name files on some other store, each with the package that fsspec needs for it ("" where it needs none). Those
# of web pages are ours to fetch, politely and within limits; those that wrap others could lead anywhere.
SCHEMES = {"file": "", "memory": "", "s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A file or folder on another store: the file system that fsspec has for it, and its path there."""

    system: Any
    scheme: str
    path: str

    @property
    def name(self) -> str:
        return self.path.rstrip("/").rsplit("/", 1)[-1]

    @property
    def address(self) -> str:
        """The whole address, which leads here again."""
        return f"{self.scheme}://{self.path}"


def is_elsewhere(place: str) -> bool:
    """Whether a place is an address of one of SCHEMES."""
    scheme = _SCHEME.match(place)
    return scheme is not None and scheme.group(1).lower() in SCHEMES


def look(place: str) -> Elsewhere:
    """The file or folder at an address of SCHEMES. Raises InputError that names the package, where one is missing."""
    found = _SCHEME.match(place)
    assert found is not None, place
    scheme = found.group(1).lower()
    rest = place[found.end() :]
    if "::" in place:
        raise InputError(
            "an address within an address", where=place, remedy="Give the address of the files themselves."
        )
    if "@" in rest.partition("/")[0]:  # it would be written into the ledger with every report
        raise InputError(
            "an address with a user or a secret in it",
            where=f"{scheme}://…",
            remedy="Give the bucket alone, and who you are as the package that reads it wants it: in its own settings.",
        )
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise InputError(
            "fsspec, which reads such addresses, is not installed",
            where=place,
            remedy="Install it with: pip install 'sayso[remote]'",
        ) from error
    try:
        system, path = url_to_fs(place)
    except ImportError as error:
        raise InputError(
            f"the package that reads {scheme}:// is not installed",
            where=place,
            remedy=f"Install it with: pip install {SCHEMES[scheme] or 'fsspec'}",
        ) from error
    except Exception as error:  # of each file system its own: no credentials, no such host
        raise _unreadable(place, error) from error
    return Elsewhere(system, scheme, path)


def is_folder(there: Elsewhere) -> bool:
    """Whether it holds other files. Raises InputError where there is nothing, or it may not be seen."""
    try:
        return bool(there.system.info(there.path)["type"] == "directory")
    except Exception as error:
        raise _unreadable(there.address, error) from error


def walk(there: Elsewhere) -> Iterator[Elsewhere]:
    """The files below a folder, in the order of a folder here: those of each, then its folders; hidden ones are left out. Raises
    InputError where it cannot be listed."""
    try:
        paths = there.system.find(there.path)
    except Exception as error:
        raise _unreadable(there.address, error) from error
    base = there.path.rstrip("/") + "/"
    for path in sorted(paths, key=lambda path: _place_in(path.removeprefix(base))):
        if not any(part.startswith(".") for part in path.removeprefix(base).split("/")):
            yield Elsewhere(there.system, there.scheme, path)


def _place_in(path: str) -> list[tuple[bool, str]]:
    """Where a file stands in the order of a folder: at each step files come before folders."""
    *folders, name = path.split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def size_of(there: Elsewhere) -> int:
    """Bytes, or 0 where the store does not say."""
    try:
        return int(there.system.info(there.path).get("size") or 0)
    except Exception:  # reading it will say what is wrong
        return 0


def open_file(there: Elsewhere) -> BinaryIO:
    """The bytes, as a stream that can be sought in. Raises InputError."""
    try:
        return cast(BinaryIO, there.system.open(there.path, "rb"))
    except Exception as error:
        raise _unreadable(there.address, error) from error


def read_beside(there: Elsewhere, path: str, limit: int) -> bytes | None:
    """The first bytes of the file at another path of the same store; None where there is no such file."""
    try:
        if not there.system.isfile(path):
            return None
        with there.system.open(path, "rb") as stream:
            return bytes(stream.read(limit))
    except FileNotFoundError:
        return None
    except Exception as error:
        raise _unreadable(f"{there.scheme}://{path}", error) from error


def _unreadable(place: str, error: Exception) -> InputError:
    if isinstance(error, FileNotFoundError):
        what = "there is no such file or folder"
    else:
        what = f"it cannot be read there ({type(error).__name__}: {' '.join(str(error).split())[:120]})"
    return InputError(what, where=place, remedy="Check the address, and that you may read it.")
