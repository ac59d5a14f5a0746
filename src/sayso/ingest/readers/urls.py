"""A list of URLs, one to a line: each page is fetched and read."""

from __future__ import annotations

import re

from sayso.errors import InputError
from sayso.ingest.context import Context, Found
from sayso.ingest.decode import decode
from sayso.ingest.reports import sha256_of
from sayso.model import Problem

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def looks_like_urls(head: str) -> bool:
    """Whether every line is an address, a comment (#) or blank, and one at least is an address."""
    lines = [line.strip() for line in head.splitlines()]
    if not any(_ADDRESS.fullmatch(line) for line in lines):
        return False
    return all(not line or line.startswith("#") or _ADDRESS.fullmatch(line) for line in lines)


def read_urls(raw: bytes, context: Context) -> Found:
    """The report of each page, in the list's order; an address named twice is fetched once."""
    if context.followed:
        raise InputError(
            "a list of addresses was reached by a link; it is not followed further",
            where=context.where,
            remedy="Give the list itself, if you want its pages.",
        )
    text, _, _ = decode(raw, where=context.where)
    digest, seen = sha256_of(raw), set[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        url = line.strip()
        if not url or url.startswith("#") or url in seen:
            continue
        seen.add(url)
        inner = context.inside(locator=f"line {number}", container_sha256=digest)
        if _ADDRESS.fullmatch(url):
            yield from context.follow(url, inner)
        else:
            yield Problem("not an http(s) address", inner.where, "Write one address to a line, or # before a note.")
    if not seen:
        raise InputError("no address in the list", where=context.where, remedy="Write one address to a line.")
