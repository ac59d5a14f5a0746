"""Rows as Parquet, read back by pyarrow."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from typing import Any

import pyarrow.parquet
import pytest

from sayso.errors import UsageError
from sayso.model import Question, Slot
from sayso.serve.commands.export import ROWS
from sayso.serve.exports import parquet as module
from sayso.serve.exports.parquet import arrow_schema, parquet
from sayso.shapes import question_row, schema
from tests.serve.exports.making import HOSTILE, world
from tests.serve.exports.rows import rows_of


def plain(value: Any) -> Any:
    """Spans as the JSON has them."""
    if isinstance(value, Mapping):
        if value.keys() == {"start", "end"}:
            return [value["start"], value["end"]]
        return {name: plain(inner) for name, inner in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("what", list(ROWS))
@pytest.mark.parametrize("evil", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
def test_every_row_comes_back(what: str, evil: str) -> None:
    rows = rows_of(world(evil), what)
    data = b"".join(parquet(rows, what=what))
    table = pyarrow.parquet.read_table(io.BytesIO(data))
    assert plain(table.to_pylist()) == rows
    assert table.schema.metadata[b"sayso"] == what.encode()
    assert b"".join(parquet(rows, what=what)) == data


@pytest.mark.parametrize("what", list(ROWS))
def test_the_columns_are_those_of_the_shape_and_none_is_json(what: str) -> None:
    made = arrow_schema(schema(what))
    assert made.names == list(schema(what)["properties"])
    assert b"".join(parquet([], what=what))[:4] == b"PAR1"  # an empty file has the same columns
    assert pyarrow.parquet.read_schema(io.BytesIO(b"".join(parquet([], what=what)))).equals(made)


def test_the_types_are_nested() -> None:
    claims = arrow_schema(schema("claims"))
    assert claims.field("statements").type.value_type == pyarrow.string()
    assert claims.field("answer").type.field("low").type == pyarrow.float64()
    assert claims.field("answer").type.field("holds").type == pyarrow.bool_()
    assert claims.field("origins").type == pyarrow.int64()
    assert not claims.field("id").nullable
    statements = arrow_schema(schema("statements"))
    assert statements.field("content").type.value_type.field("start").type == pyarrow.int64()
    assert statements.field("actor").nullable


def test_many_rows_go_out_a_group_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROWS", 10)
    rows = [question_row(Question(f"q-{n}", "Who?", Slot.WHO, (), True)) for n in range(95)]
    pieces = list(parquet(rows, what="questions"))
    assert len(pieces) == 11
    file = pyarrow.parquet.ParquetFile(io.BytesIO(b"".join(pieces)))
    assert file.num_row_groups == 10
    assert [row["id"] for row in file.read().to_pylist()] == [row["id"] for row in rows]


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'sayso\[exports\]'"):
        list(parquet([], what="claims"))
