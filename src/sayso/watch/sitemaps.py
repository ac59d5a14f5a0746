"""Sitemaps (sitemaps.org), news sitemaps and indexes of sitemaps: which pages they list, and when each changed."""

from __future__ import annotations

import re

from lxml import etree

from sayso.errors import InputError
from sayso.ingest.dates import read_instant
from sayso.ingest.fetch import Fetched
from sayso.ingest.metadata import Metadata, language_code, tidy, web_address
from sayso.ingest.unpack import GZIP_MAGIC, gunzip
from sayso.model import Problem
from sayso.watch.found import Found, Polled
from sayso.watch.settings import Place

_MOST = 50_000  # entries; the protocol allows no more in one file
_REMEDY = "Give the address of a sitemap; for a feed, the kind is feed."
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_sitemap(page: Fetched, place: Place, *, at: str, max_bytes: int, deeper: bool = False) -> Polled:
    """The pages that a sitemap at the address ``at`` lists, or the sitemaps that an index does; with ``deeper`` an index is refused,
    as it was reached from one. Raises InputError for what is no sitemap."""
    raw = gunzip(page.raw, where=at, max_bytes=max_bytes) if page.raw.startswith(GZIP_MAGIC) else page.raw
    root = _parsed(raw, at)
    kind = etree.QName(root).localname
    if kind == "sitemapindex" and not deeper:
        entries = [_listed(each, deeper=True) for each in _children(root, "sitemap")]
    elif kind == "urlset":
        entries = [_listed(each, deeper=False) for each in _children(root, "url")]
    else:
        raise InputError("this is no sitemap", where=at, remedy=_REMEDY)
    found = [each for each in entries if each is not None and (each.deeper or place.wants(each.key))]
    problems = []
    if len(entries) > _MOST:
        found = found[:_MOST]
        problems.append(
            Problem(f"more than {_MOST:,} entries; the first are taken", at, "Nothing can be done about it here.")
        )
    return Polled(found=tuple(found), problems=tuple(problems))


def _parsed(raw: bytes, at: str) -> etree._Element:
    if _ENTITY.search(raw):
        raise InputError(
            "the sitemap defines entities of its own, which is how XML bombs are made", where=at, remedy=_REMEDY
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_pis=True)
    try:
        root: etree._Element | None = etree.fromstring(raw.strip(), parser=parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or not isinstance(root.tag, str):
        raise InputError("this is no sitemap", where=at, remedy=_REMEDY)
    return root


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in root if isinstance(each.tag, str) and etree.QName(each).localname == name]


def _listed(entry: etree._Element, *, deeper: bool) -> Found | None:
    """An entry as something to fetch; None where its address is none."""
    told = {etree.QName(each).localname: each.text for each in entry.iter() if isinstance(each.tag, str) and each.text}
    url = web_address(told.get("loc"))
    if url is None:
        return None
    changed = read_instant(tidy(told.get("lastmod")) or "")
    published = read_instant(tidy(told.get("publication_date")) or "")
    when = changed or published
    return Found(
        key=url.partition("#")[0],
        mark=" ".join(i.value for i in (changed, published) if i) or ("" if not deeper else None),
        deeper=deeper,
        fallback=Metadata()
        if deeper
        else Metadata(
            url=url,
            published=published,
            title=tidy(told.get("title")),
            outlet=tidy(told.get("name")),
            language=language_code(told.get("language")),
        ),
        told=when.value if when else None,
    )
