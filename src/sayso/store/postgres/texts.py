"""Text as PostgreSQL can hold it. It holds every character but NUL, which reports may have.

NUL stands as U+FDD0 U+FDD1, and U+FDD0 itself, which Unicode sets aside for uses like this and no text should have, twice. Equal texts stay
equal, so that columns are compared as they stand.
"""

from __future__ import annotations

from typing import Any

from psycopg.adapt import Buffer, Dumper, Loader

_MARK, _NUL = "\ufdd0", "\ufdd1"
_RAW_MARK = _MARK.encode("utf-8")


def kept(text: str) -> str:
    """``text`` as a column holds it."""
    if _MARK in text:
        text = text.replace(_MARK, _MARK * 2)
    return text.replace("\0", _MARK + _NUL)


def restored(column: str) -> str:
    """The text that `kept` made ``column`` from."""
    if _MARK not in column:
        return column
    pieces = column.split(
        _MARK * 2
    )  # from the left, and a mark that stands for itself is never alone: no other reading
    return _MARK.join(piece.replace(_MARK + _NUL, "\0") for piece in pieces)


class TextDumper(Dumper):
    """How psycopg sends a str: of no type of its own, as a literal is."""

    def dump(self, obj: Any) -> Buffer:
        return kept(obj).encode("utf-8")


class TextLoader(Loader):
    """How psycopg reads a column of text."""

    def load(self, data: Buffer) -> str:
        return restored(bytes(data).decode("utf-8"))
