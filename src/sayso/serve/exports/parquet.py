"""The rows of `sayso export --what …` as Parquet, with nested types.

The types are read off the JSON Schema that the package ships for those rows, so the two cannot part: an object is a struct,
an array a list, a span a struct of ``start`` and ``end`` (half-open, in code points). Times stay ISO 8601 text, as finely as
they are known.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from sayso.errors import UsageError
from sayso.shapes import Json, schema

if TYPE_CHECKING:
    import pyarrow

_ROWS = 2_000  # of a row group: a report's text is some kilobytes, so a group stays far below a gigabyte
_SCALARS = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool_"}


def parquet(rows: Iterable[Json], *, what: str) -> Iterator[bytes]:
    """``rows`` as a Parquet file, a row group at a time. ``what`` names the shape of a row (see `sayso.shapes.schema`).

    Raises UsageError where pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(
            "this format needs pyarrow, which is not installed",
            where="--format parquet",
            remedy="Install it: pip install 'sayso[exports]'.",
        ) from error
    described = schema(what)
    types = arrow_schema(described).with_metadata({"sayso": what})
    sink = _Sink()
    with pyarrow.parquet.ParquetWriter(pyarrow.PythonFile(sink, mode="w"), types, compression="zstd") as writer:
        remaining = iter(rows)
        while some := list(islice(remaining, _ROWS)):
            plain = [_value(described, row, described["$defs"]) for row in some]
            writer.write_table(pyarrow.Table.from_pylist(plain, schema=types))
            yield sink.taken()
    yield sink.taken()


def arrow_schema(described: Json) -> pyarrow.Schema:
    """The Arrow schema of the rows that a JSON Schema of ours describes."""
    import pyarrow

    definitions = described["$defs"]
    return pyarrow.schema(
        [
            pyarrow.field(name, _arrow_type(part, definitions), nullable=_may_be_null(part, definitions))
            for name, part in described["properties"].items()
        ]
    )


def _arrow_type(part: Json, definitions: Mapping[str, Json]) -> Any:
    import pyarrow

    part = _resolved(part, definitions)
    if "prefixItems" in part:
        return pyarrow.struct([pyarrow.field(end, pyarrow.int64(), nullable=False) for end in ("start", "end")])
    kind = _kind(part)
    if kind == "array":
        return pyarrow.list_(_arrow_type(part["items"], definitions))
    if kind == "object":
        return pyarrow.struct(
            [
                pyarrow.field(name, _arrow_type(inner, definitions), nullable=_may_be_null(inner, definitions))
                for name, inner in part["properties"].items()
            ]
        )
    return getattr(pyarrow, _SCALARS[kind])()


def _value(part: Json, value: Any, definitions: Mapping[str, Json]) -> Any:
    """A value of a row as pyarrow takes it: spans as structs, every number of a column of one type."""
    if value is None:
        return None
    part = _resolved(part, definitions)
    if "prefixItems" in part:
        return {"start": value[0], "end": value[1]}
    kind = _kind(part)
    if kind == "array":
        return [_value(part["items"], each, definitions) for each in value]
    if kind == "object":
        return {name: _value(inner, value[name], definitions) for name, inner in part["properties"].items()}
    return float(value) if kind == "number" else value


def _resolved(part: Json, definitions: Mapping[str, Json]) -> Json:
    """What a reference, or "this or null", comes to."""
    while True:
        if "$ref" in part:
            part = definitions[part["$ref"].removeprefix("#/$defs/")]
        elif "oneOf" in part:
            (part,) = (each for each in part["oneOf"] if each.get("type") != "null")
        else:
            return part


def _kind(part: Json) -> str:
    """The one type that values have, apart from null; words of a list ("enum") are strings."""
    given = part.get("type", "string")
    kinds = [given] if isinstance(given, str) else [kind for kind in given if kind != "null"]
    (kind,) = kinds
    return str(kind)


def _may_be_null(part: Json, definitions: Mapping[str, Json]) -> bool:
    while "$ref" in part:
        part = definitions[part["$ref"].removeprefix("#/$defs/")]
    given = part.get("type", ())
    inner = any(_may_be_null(each, definitions) for each in part.get("oneOf", ()))
    return inner or given == "null" or "null" in given or None in part.get("enum", ())


class _Sink(io.RawIOBase):
    """A file that hands on what was written to it: pyarrow writes to files, and a pipe cannot be asked where it is."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def write(self, data: Any, /) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._at += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data
