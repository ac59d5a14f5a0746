"""Writing results: JSON lines, JSON, CSV, other text and bytes, to stdout or to a file that lands whole.

The same rows give the same bytes, on every machine and in every locale: UTF-8, ``\\n`` at line ends.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from sayso.errors import UsageError
from sayso.shapes import Json, dumps, schema

FORMATS = ("jsonl", "json", "csv")

# A spreadsheet reads a cell that begins like this as a formula, which can run a program or send data away
# (OWASP, "CSV Injection"); the full-width forms are read alike by East Asian versions.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_json(value: object, *, indent: int | None = None) -> None:
    """One JSON value on stdout, on a line of its own."""
    write(dumps(value, indent=indent) + "\n")


def write(text: str, path: str | None = None) -> None:
    """``text`` as UTF-8 on stdout, or as the whole new content of the file at ``path`` ("-" is stdout).

    Raises UsageError when the file cannot be written; what stood there before is then still there.
    """
    write_all([text], path)


def write_all(pieces: Iterable[str] | Iterable[bytes], path: str | None = None) -> None:
    """The same for a text, or bytes, in pieces, each written as it comes."""
    if path is None or path == "-":
        for piece in pieces:
            click.echo(_encode(piece), nl=False)
        return
    target = Path(path).resolve()  # a link stays a link: what it points to is written
    try:
        if target.exists() and not target.is_file():  # a device or a pipe is written to, never replaced
            with target.open("wb") as file:
                file.writelines(map(_encode, pieces))
        else:
            _replace(target, pieces)
    except OSError as error:
        raise UsageError(
            f"the file cannot be written ({error.strerror or error})", where=path, remedy="Choose another --output."
        ) from error


def _replace(target: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    handle, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(map(_encode, pieces))
        Path(draft).chmod(_mode_for(target))
        Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)


def rows_as(format_name: str, rows: Iterable[Json], *, columns: Sequence[str]) -> Iterator[str]:
    """``rows`` in one of FORMATS, a piece at a time. ``columns`` are the keys of a row, in the order of a CSV."""
    if format_name == "csv":
        return _csv(rows, columns)
    if format_name == "json":
        return _json_array(rows)
    return (dumps(row) + "\n" for row in rows)


def columns_of(schema_name: str) -> list[str]:
    """The keys of a row, in the order in which its schema names them."""
    return list(schema(schema_name)["properties"])


def _json_array(rows: Iterable[Json]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield before + dumps(row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _csv(rows: Iterable[Json], columns: Sequence[str]) -> Iterator[str]:
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([csv_cell(row[column]) for column in columns])


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)  # with its own line end: it puts a lone \r in quotation marks only because of that
    return line.getvalue().removesuffix("\r\n") + "\n"


def csv_cell(value: object) -> str:
    """A cell of a CSV file. Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.replace("\0", "\ufffd")  # many readers of CSV stop at a NUL
        return "'" + text if text.lstrip(" ").startswith(_BEGINS_A_FORMULA) else text
    return dumps(value)


def _encode(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "replace")  # only a lone surrogate has no UTF-8


def _mode_for(target: Path) -> int:
    """The permissions that the file has, or that a new file gets: mkstemp's own are for one's eyes only."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
