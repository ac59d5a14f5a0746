"""JSON and JSON lines: one object, a list of objects, or an object to a line; each object is a record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sayso.errors import InputError
from sayso.ingest.context import Context, Found
from sayso.ingest.decode import decode
from sayso.ingest.guard import guarded
from sayso.ingest.readers.records import read_record
from sayso.ingest.readers.telegram import is_telegram, read_export
from sayso.ingest.reports import sha256_of

MEDIA_TYPE = "application/json"
# Keys under which an object holds a list of records instead of being one.
_LISTS = ("articles", "items", "results", "data", "records", "documents", "stories")


def read_json(raw: bytes, context: Context) -> Found:
    """Reports of a JSON document, or of JSON lines that go by its name."""
    try:
        content = load_json(decode(raw, where=context.where, declared=context.charset).text, where=context.where)
    except InputError:
        if looks_like_lines(raw[:65536].decode("utf-8", errors="replace")):
            yield from read_lines(raw, context)
            return
        raise
    if is_telegram(content):
        yield from read_export(content, sha256_of(raw), context)
        return
    records = _records_of(content)
    if records is None:
        if not isinstance(content, dict):
            raise InputError(
                "the JSON holds no records",
                where=context.where,
                remedy='Give objects such as {"text": "...", "url": "..."}.',
            )
        yield from read_record(raw, content, context, media_type=MEDIA_TYPE)
        return
    if not records:
        raise InputError("an empty list", where=context.where, remedy="Leave it out, or export it again.")
    digest = sha256_of(raw)
    for number, record in enumerate(records, start=1):
        inner = context.inside(locator=f"record {number}", container_sha256=digest, method="jsonl")
        yield from guarded(_read_one, canonical_json(record), inner)


def read_lines(raw: bytes, context: Context) -> Found:
    """A report for each line; a bad line is named, and the rest goes on."""
    if not raw.strip():
        raise InputError("empty", where=context.where, remedy="Leave it out, or export it again.")
    digest = sha256_of(raw)
    for number, line in enumerate(_lines(raw), start=1):
        if line.strip():
            inner = context.inside(locator=f"line {number}", container_sha256=digest, method="jsonl")
            yield from guarded(_read_one, line, inner)


def load_json(text: str, *, where: str) -> Any:
    """The value of a JSON text. Raises `InputError` for one that is broken, or nested beyond all sense."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InputError(
            "the JSON is nested too deeply", where=where, remedy="Give records whose fields are plain values."
        ) from error
    except ValueError as error:
        place = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "a number"
        raise InputError(f"not valid JSON (at {place})", where=where, remedy="Check the file at that place.") from error


def canonical_json(value: Any) -> bytes:
    """The one spelling of a value: keys sorted, no spaces. Lone surrogates stay escaped, as they came."""
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def looks_like_lines(head: str) -> bool:
    """Whether the first line is an object by itself, and another follows."""
    first, _, rest = head.lstrip().partition("\n")
    return first.strip().startswith("{") and first.strip().endswith("}") and rest.lstrip().startswith("{")


def _read_one(raw: bytes, context: Context) -> Found:
    record = load_json(decode(raw, where=context.where).text, where=context.where)
    if not isinstance(record, dict):
        raise InputError("not a JSON object", where=context.where, remedy='Write {"text": "...", "url": "..."}.')
    yield from read_record(raw, record, context, media_type=MEDIA_TYPE)


def _records_of(content: Any) -> list[Any] | None:
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        for name in _LISTS:
            inner = content.get(name)
            if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
                return inner
    return None


def _lines(raw: bytes) -> Iterator[bytes]:
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while start < len(raw):
        end = raw.find(b"\n", start)
        end = len(raw) if end < 0 else end
        yield raw[start:end].removesuffix(b"\r")
        start = end + 1
