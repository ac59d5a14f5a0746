"""RSS and Atom: each entry is a report, or the page that it links to."""

from __future__ import annotations

import io
import re
from typing import Any

import feedparser
from lxml import etree

from sayso.errors import InputError
from sayso.ingest.addresses import web_host
from sayso.ingest.blocks import mark_units
from sayso.ingest.context import Context, Found
from sayso.ingest.dates import read_instant
from sayso.ingest.decode import decode
from sayso.ingest.guard import guarded
from sayso.ingest.markup import Piece, assemble, parse_fragment, pieces_of
from sayso.ingest.metadata import Metadata, language_code, tidy, web_address
from sayso.ingest.reports import make_captured, sha256_of
from sayso.model import BlockKind, Captured, Problem

_ROOT = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


def looks_like_feed(head: str) -> bool:
    """Whether the outermost element is that of a feed."""
    return bool(_ROOT.match(head.lstrip("\ufeff")))


def read_feed(raw: bytes, context: Context) -> Found:
    """The entries in the feed's order. With ``follow_links`` the linked page is read, else the entry's own text."""
    text, _, _ = decode(raw, where=context.where, declared=context.charset)
    if _ENTITY.search(text):
        raise InputError(
            "the feed defines entities of its own, which is how XML bombs are made",
            where=context.where,
            remedy="Give the feed without its <!ENTITY> definitions.",
        )
    # As a stream: a string feedparser would take for an address or a file name. In UTF-8: decided once, above.
    content = re.sub(r"^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(\"[^\"]*\"|'[^']*')", r"\1", text)
    try:
        parsed: Any = feedparser.parse(
            io.BytesIO(content.lstrip().encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except (ValueError, OverflowError, LookupError, AssertionError) as error:  # as of a reference to no character
        raise InputError(
            "the feed is not well-formed", where=context.where, remedy="Check the feed in a browser."
        ) from error
    entries: list[Any] = list(parsed.get("entries", ()))
    if not entries:
        broken = " and it is not well-formed" if parsed.get("bozo") else ""
        raise InputError(f"no entries in the feed{broken}", where=context.where, remedy="Check the feed in a browser.")
    own = _own_bytes(content, len(entries))
    about = parsed.get("feed", {})
    digest = sha256_of(raw)
    follow = context.options.follow_links
    follow = context.method == "http" if follow is None else follow
    for number, entry in enumerate(entries, start=1):
        inner = context.inside(locator=f"entry {number}", container_sha256=digest, method="feed")
        found = _metadata(entry, about, context)
        entry_raw = own[number - 1] if own else _canonical(entry)
        read = _followed if follow and not context.followed and found.url else _own_text
        yield from guarded(
            lambda r, c, read=read, e=entry, f=found: read(r, c, e, f),  # type: ignore[misc]
            entry_raw,
            inner,
        )


def _followed(raw: bytes, context: Context, entry: Any, found: Metadata) -> Found:
    """The page behind an entry; the entry's own text with a note where the page cannot be had."""
    failed: list[Problem] = []
    got = False
    for item in context.follow(found.url or "", context.but(fallback=found)):
        if isinstance(item, Captured):
            got = True
            yield item
        else:
            failed.append(item)
    if got:
        yield from failed
        return
    yield from _own_text(raw, context.but(problems=(*context.problems, *failed)), entry, found)


def _own_text(raw: bytes, context: Context, entry: Any, found: Metadata) -> Found:
    pieces = _entry_pieces(entry)
    if found.title:
        pieces = [Piece(found.title, BlockKind.HEADLINE), *pieces]
    text, units = assemble(pieces)
    yield make_captured(
        raw,
        text,
        mark_units(text, units, title=found.title),
        context=context,
        media_type="application/xml",
        found=found,
    )


def _entry_pieces(entry: Any) -> list[Piece]:
    """The pieces of an entry's longest text: its content, else its summary."""
    texts = [part.get("value") for part in entry.get("content", ()) if isinstance(part.get("value"), str)]
    texts.append(entry.get("summary") or "")
    markup = max(texts, key=len)
    tree = parse_fragment(markup)
    return pieces_of(tree) if tree is not None else []


def _metadata(entry: Any, about: Any, context: Context) -> Metadata:
    url = web_address(entry.get("link"))
    if url is None and entry.get("guidislink", False):
        url = web_address(entry.get("id"))
    names = [tidy(person.get("name")) for person in entry.get("authors", ())] or [tidy(entry.get("author"))]
    home = web_address(about.get("link")) or url or context.url
    # Past feedparser's own get(), which gives one for the other and warns that it will not for ever.
    published, updated = (read_instant(dict.get(entry, name) or "") for name in ("published", "updated"))
    title = entry.get("title")
    tree = parse_fragment(title) if isinstance(title, str) and ("<" in title or "&" in title) else None
    return Metadata(
        outlet=tidy(entry.get("source", {}).get("title"))
        or tidy(about.get("title"))
        or (web_host(home) if home else None),
        published=published or updated,
        edited=updated if published else None,
        url=url,
        title=tidy(tree.text_content() if tree is not None else title),
        byline=tidy(", ".join(name for name in names if name)),
        language=language_code(entry.get("language")) or language_code(about.get("language")),
    )


def _own_bytes(content: str, count: int) -> list[bytes] | None:
    """Each entry's own XML in canonical form; None where the XML cannot be matched to the entries."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_pis=True)
    try:
        root: etree._Element | None = etree.fromstring(content.lstrip().encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    if root is None:
        return None
    found = [e for e in root.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] in {"item", "entry"}]
    if len(found) != count:
        return None
    own: list[bytes] = []
    for element in found:
        element.tail = None
        try:
            own.append(etree.tostring(element, method="c14n", exclusive=True))
        except (etree.LxmlError, ValueError):
            return None
    return own


def _canonical(entry: Any) -> bytes:
    from sayso.ingest.readers.json import canonical_json

    plain: dict[str, Any] = {k: v for k, v in entry.items() if isinstance(v, str | int | float | bool | type(None))}
    plain["content"] = [part.get("value") for part in entry.get("content", ())]
    return canonical_json(plain)
