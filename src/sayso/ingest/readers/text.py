"""Plain text: the canonical text is the decoded file, character for character."""

from __future__ import annotations

from sayso.ingest.blocks import find_blocks
from sayso.ingest.context import Context, Found
from sayso.ingest.decode import decode
from sayso.ingest.metadata import read_front_matter
from sayso.ingest.reports import check_text, make_captured


def read_text(raw: bytes, context: Context) -> Found:
    """One report. Front matter gives its fields, stays in the text and is marked as boilerplate."""
    text, _, note = decode(raw, where=context.where, declared=context.charset)
    check_text(text, context)
    front = read_front_matter(text, where=context.where)
    known = context.given.over(front.metadata)
    yield make_captured(
        raw,
        text,
        find_blocks(text, title=known.title, start=front.end),
        context=context,
        media_type="text/plain",
        found=front.metadata,
        problems=(*((note,) if note else ()), *front.problems),
    )
