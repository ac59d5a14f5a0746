"""What a web page says of itself: outlet, byline, title, address, language, and when it was published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura.settings import Document

from sayso.ingest.addresses import web_host
from sayso.ingest.dates import read_instant
from sayso.ingest.metadata import Metadata, language_code, tidy, web_address
from sayso.model import Instant, Precision

# htmldate's own bound is today, which would make the same page read differently on another day. Its extensive
# search takes any date that the text mentions, and in a report most of those are not its own.
DATE_PARAMETERS: dict[str, Any] = {"original_date": True, "max_date": "2199-12-31", "extensive_search": False}

_PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "date.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "pubdate",
    "publish-date",
    "publication_date",
    "article.published",
)
_EDITED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_MAX_JSON_LD = 2 << 20  # characters; the largest seen on news pages have 200,000


def page_metadata(tree: HtmlElement, document: Document | None, *, address: str | None) -> Metadata:
    """The metadata of a page. ``document`` is what trafilatura read from it, ``address`` where it was served."""
    named = _named_values(tree)
    facts = list(_json_ld(tree))
    url = _own_address(document.url if document else None, address)
    outlet = named.get("og:site_name") or (document.sitename if document else None)
    byline = document.author if document else None
    return Metadata(
        outlet=tidy(outlet) or (web_host(url) if url else None),
        published=_published(tree, named, facts),
        edited=_first_instant([named.get(name) for name in _EDITED] + [f.get("dateModified") for f in facts]),
        url=url,
        title=tidy(document.title if document else None) or _title(tree),
        byline=tidy(byline.replace("; ", ", ")) if byline else None,
        language=language_code(tree.get("lang")) or language_code(named.get("og:locale")),
    )


def _own_address(claimed: str | None, served: str | None) -> str | None:
    """The page's canonical address. A fetched page may name another address of its own host, not of another's."""
    claimed = web_address(claimed)
    if served is None or claimed is None:
        return served or claimed
    try:
        same = urlsplit(claimed).hostname == urlsplit(served).hostname
    except ValueError:
        same = False
    return claimed if same else served


def _published(tree: HtmlElement, named: dict[str, str], facts: list[dict[str, Any]]) -> Instant | None:
    times = [named.get(name) for name in _PUBLISHED]
    times += [fact.get("datePublished") for fact in facts]
    for element in tree.iter("time", "meta", "span"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            times.append(element.get("datetime") or element.get("content"))
    if stated := _first_instant(times):
        return stated
    try:
        found = find_date(tree, outputformat="%Y-%m-%d", **DATE_PARAMETERS)
    except Exception:  # htmldate raises whatever its parsers raise; a page without a date is still a report
        return None
    return read_instant(found) if found else None


def _first_instant(candidates: list[Any]) -> Instant | None:
    """The first candidate that can be read, or the first that also gives a time on that same day."""
    read = [read_instant(c, midnight_is_day=True) for c in candidates if isinstance(c, str)]
    known = [instant for instant in read if instant is not None]
    if not known:
        return None
    first = known[0]
    if first.precision is Precision.DAY:
        return next((k for k in known if k.precision is not Precision.DAY and k.value.startswith(first.value)), first)
    return first


def _named_values(tree: HtmlElement) -> dict[str, str]:
    """The first content of each <meta>, by its name in lower case."""
    values: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content and content.strip():
            values.setdefault(name.strip().lower(), content)
    return values


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects in the page's JSON-LD that carry a date, outermost first."""
    for script in tree.iter("script"):
        content = script.text
        if (script.get("type") or "").lower() != "application/ld+json" or not content or len(content) > _MAX_JSON_LD:
            continue
        try:
            queue: list[Any] = [json.loads(content, strict=False)]
        except (ValueError, RecursionError):
            continue
        while queue:
            item = queue.pop(0)
            if isinstance(item, list):
                queue += item
            elif isinstance(item, dict):
                if "datePublished" in item or "dateModified" in item:
                    yield item
                queue += [value for key, value in item.items() if key in {"@graph", "mainEntity", "mainEntityOfPage"}]


def _title(tree: HtmlElement) -> str | None:
    title = tree.find(".//title")
    return tidy(title.text_content()) if title is not None else None
