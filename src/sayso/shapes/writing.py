"""JSON as text that is safe to print, and the JSON Schemas that the package ships."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

from sayso.errors import UsageError

Json = dict[str, Any]

SCHEMAS = (
    "extract",
    "account",
    "origins",
    "questions",
    "claims",
    "relations",
    "actors",
    "stories",
    "incidents",
    "reports",
    "statements",
    "judgements",
    "report-listing",
    "story-listing",
    "comparison",
    "derivation",
    "changes",
    "withdrawal",
    "check",
    "asked",
    "problem",
)
"""The names that `schema` knows: what `sayso extract` and `sayso account` print, the rows of `sayso export`
by the name that ``--what`` takes, a line of `sayso reports --json` and of `sayso stories --json`, and a problem."""

# Legal inside a JSON string, yet not safe in a line of a stream: C1 controls can start a terminal escape, bidi
# controls reorder what a reader sees, U+0085, U+2028 and U+2029 end a line for many readers, and a lone surrogate
# has no UTF-8.
_UNSAFE_IN_A_LINE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def dumps(value: object, *, indent: int | None = None) -> str:
    """``value`` as JSON that is safe as a line of a stream and on a terminal.

    Text stays readable (Cyrillic is written as Cyrillic); only characters that could break the line, or act
    on a terminal, are written as ``\\uXXXX``, so nothing is lost.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE_IN_A_LINE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)


def schema(name: str) -> Json:
    """The JSON Schema (draft 2020-12) of a shape, complete in itself; the names are `SCHEMAS`.

    The files that the package ships refer to ``common.schema.json`` beside them; here what it defines is
    brought in, so that any validator can use the result as it is. Raises UsageError for another name.
    """
    if name not in SCHEMAS:
        raise UsageError("there is no such schema", where=name, remedy=f"Choose one of: {', '.join(SCHEMAS)}.")
    shared: Json = _read_schema("common")["$defs"]
    own = _read_schema(name)
    bundled: Json = json.loads(json.dumps(own).replace('"common.schema.json#/$defs/', '"#/$defs/'))
    definitions: Json = json.loads(json.dumps(shared).replace('"common.schema.json#/$defs/', '"#/$defs/'))
    bundled["$defs"] = {**definitions, **bundled.get("$defs", {})}
    return bundled


def _read_schema(name: str) -> Json:
    read: Json = json.loads(files("sayso").joinpath("schemas", f"{name}.schema.json").read_text("utf-8"))
    return read
