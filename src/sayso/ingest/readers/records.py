"""A record with named fields (a JSON object, a CSV row) -> a report.

Which names mean what stands in ``data/fields.toml``: those of trafilatura, news-please and Fundus, and the
customary ones besides.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from sayso.errors import InputError
from sayso.ingest.addresses import web_host
from sayso.ingest.blocks import find_blocks, mark_units
from sayso.ingest.context import Context, Found
from sayso.ingest.dates import from_unix, read_instant
from sayso.ingest.markup import Piece, assemble, tidy_piece
from sayso.ingest.metadata import Metadata, clean, language_code, tidy, web_address
from sayso.ingest.reports import make_captured
from sayso.model import BlockKind, Instant, Problem

Record = Mapping[str, Any]


def read_record(raw: bytes, record: Record, context: Context, *, media_type: str) -> Found:
    """The report of one record; of the page behind its address where it holds no text of its own."""
    found, problems = _metadata(record, context)
    if pieces := _body_pieces(record.get("body")):
        if found.title:
            pieces = [Piece(found.title, BlockKind.HEADLINE), *pieces]
        text, units = assemble(pieces)
        blocks = mark_units(text, units, title=found.title)
    elif words := _text(record):
        text = clean(words)
        blocks = find_blocks(text, title=found.title)
    elif found.url and not context.followed:
        yield from context.follow(found.url, context.but(fallback=found.over(context.fallback)))
        return
    else:
        raise InputError(
            f"no text in the record (its fields: {_listed(record)})",
            where=context.where,
            remedy='Name the field that holds the text "text", or give a "url" to fetch.',
        )
    yield make_captured(
        raw, text, blocks, context=context, media_type=media_type, found=found, problems=tuple(problems)
    )


def has_known_fields(names: Sequence[str]) -> bool:
    """Whether any of ``names`` is one under which a text or an address is written."""
    known = _fields()
    return bool({name.strip().lower() for name in names} & {*known["text"], *known["url"], "body"})


def _metadata(record: Record, context: Context) -> tuple[Metadata, list[Problem]]:
    problems: list[Problem] = []
    html = record.get("html")
    page: Record = html if isinstance(html, dict) else {}
    published, edited = _instant(record, "published"), _instant(record, "edited")
    if published is None and (written := _first(record, "published")) is not None:
        problems.append(
            Problem(f"cannot read the published time {tidy(str(written))!r}", context.where, "Write it in ISO 8601.")
        )
    url = next((a for a in map(web_address, _all(record, "url")) if a), None)
    url = url or web_address(page.get("responded_url")) or web_address(page.get("requested_url"))
    outlet = next((o for o in map(_name, _all(record, "outlet")) if o), None)
    return Metadata(
        outlet=outlet or _publisher_of(page) or (web_host(url) if url else None),
        published=published,
        edited=edited,
        url=url,
        title=next((t for t in map(tidy, _all(record, "title")) if t), None),
        byline=next((b for b in map(_people, _all(record, "byline")) if b), None),
        language=next((code for code in map(language_code, _all(record, "language")) if code), None),
    ), problems


def _body_pieces(body: Any) -> list[Piece]:
    """Fundus: {"summary": [...], "sections": [{"headline": [...], "paragraphs": [...]}]}."""
    if not isinstance(body, dict):
        return []
    pieces = [Piece(t, None) for t in _strings(body.get("summary"))]
    sections = body.get("sections")
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, dict):
            pieces += [Piece(t, BlockKind.HEADLINE) for t in _strings(section.get("headline"))]
            pieces += [Piece(t, None) for t in _strings(section.get("paragraphs"))]
    return pieces


def _text(record: Record) -> str | None:
    for value in _all(record, "text"):
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, list) and (parts := _strings(value)):
            return "\n\n".join(parts)
    return None


def _instant(record: Record, field: str) -> Instant | None:
    for value in _all(record, field):
        found = None
        if isinstance(value, str):
            found = read_instant(value, midnight_is_day=True)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = from_unix(value)
        if found is not None:
            return found
    return None


def _people(value: Any) -> str | None:
    """One name or several, as a string, a list, or objects with a name."""
    if isinstance(value, list):
        return tidy(", ".join(name for name in map(_name, value) if name))
    name = _name(value)
    return name.replace("; ", ", ") if name else None


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    return tidy(value)


def _publisher_of(page: Record) -> str | None:
    info = page.get("source_info")
    return _name(info.get("publisher")) if isinstance(info, dict) else None


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for v in values if isinstance(v, str) and (text := tidy_piece(v))]


def _first(record: Record, field: str) -> Any:
    return next(iter(_all(record, field)), None)


def _all(record: Record, field: str) -> list[Any]:
    """The values under each name of ``field``, in the order of the list, none of them empty."""
    folded = {str(name).strip().lower(): value for name, value in record.items()}
    return [folded[name] for name in _fields()[field] if folded.get(name) not in (None, "", [], {}, "None", "null")]


def _listed(record: Record) -> str:
    names = [tidy(str(name)) or "" for name in record]
    return ", ".join(name[:30] for name in names[:8]) + (", ..." if len(names) > 8 else "") or "none"


@lru_cache(maxsize=1)
def _fields() -> dict[str, list[str]]:
    fields: dict[str, list[str]] = tomllib.loads(files("sayso.ingest").joinpath("data/fields.toml").read_text("utf-8"))
    return fields
