"""CSV and TSV with a text or a url column: each row is a record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sayso.errors import InputError
from sayso.ingest.context import Context, Found
from sayso.ingest.decode import decode
from sayso.ingest.guard import guarded
from sayso.ingest.readers.records import has_known_fields, read_record
from sayso.ingest.reports import sha256_of

_DELIMITERS = ",;\t|"


def looks_like_csv(head: str) -> bool:
    """Whether the first line is a header that names a text or url column."""
    first = head.lstrip("\ufeff").split("\n", 1)[0]
    if len(first) > 10_000 or "\n" not in head:
        return False
    return any(d in first and has_known_fields([c.strip().strip('"') for c in first.split(d)]) for d in _DELIMITERS)


def read_csv(raw: bytes, context: Context) -> Found:
    """A report for each row, in order. The bytes of a report are those of its row's lines."""
    text, _, _ = decode(raw, where=context.where, declared=context.charset)
    lines = text.splitlines(keepends=True) if "\n" in text else text.replace("\r", "\n").splitlines(keepends=True)
    header_line = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=header_line.count)
    csv.field_size_limit(context.options.max_text_chars * 4)
    rows = _rows(text, delimiter, context)
    header = next(rows, (0, "", []))[2]
    if not has_known_fields(header):
        raise InputError(
            f"no text or url column (columns: {', '.join(name.strip()[:30] for name in header[:8]) or 'none'})",
            where=context.where,
            remedy='Name a column "text" or "url" in the first line.',
        )
    digest, count = sha256_of(raw), 0
    for number, source, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        count += 1
        record = dict(zip(header, row, strict=False))
        inner = context.inside(locator=f"line {number}", container_sha256=digest, method="csv")
        yield from guarded(
            lambda r, c, rec=record: read_record(r, rec, c, media_type="text/csv"),  # type: ignore[misc]
            source.encode("utf-8", "surrogatepass"),
            inner,
        )
    if not count:
        raise InputError("no rows below the header", where=context.where, remedy="Leave it out, or export it again.")


def _rows(text: str, delimiter: str, context: Context) -> Iterator[tuple[int, str, list[str]]]:
    """Each row with the number of its first line and its own lines, without their last newline."""
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for line in io.StringIO(text, newline=None):
            taken.append(line)
            yield line

    reader = csv.reader(feed(), delimiter=delimiter, strict=False)
    first = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"the row that begins in line {first} is damaged ({error})",
                where=context.where,
                remedy="Check the quotation marks of that row.",
            ) from error
        yield first, "".join(taken).rstrip("\n"), row
        first += len(taken)
        taken.clear()
