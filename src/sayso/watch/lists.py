"""Lists of pages: the addresses in the configuration, or in a file with one to a line."""

from __future__ import annotations

import re
from pathlib import Path

from sayso.errors import InputError
from sayso.ingest.decode import decode
from sayso.ingest.metadata import web_address
from sayso.model import Problem
from sayso.watch.found import Found, Polled
from sayso.watch.settings import Place

_MOST_BYTES = 8 * 2**20
_LINE = re.compile(r"\s*(?:#.*)?")


def listed_pages(place: Place) -> Polled:
    """Every page of the list, to be asked for again. Raises InputError for a file that cannot be read."""
    if place.urls:
        return Polled(found=tuple(_page(url) for url in dict.fromkeys(place.urls)))
    try:
        with Path(place.at).open("rb") as stream:
            raw = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path cannot be used"
        raise InputError(f"cannot read the list ({reason})", where=place.at, remedy="Check the path.") from error
    if len(raw) > _MOST_BYTES:
        raise InputError(f"larger than {_MOST_BYTES:,} bytes", where=place.at, remedy="Split the list.")
    text, _, _ = decode(raw, where=place.at)
    found: dict[str, Found] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if _LINE.fullmatch(line):
            continue
        url = web_address(line)
        if url is None:
            where = f"{place.at} (line {number})"
            problems.append(
                Problem("not an http(s) address", where, "Write one address to a line, or # before a note.")
            )
        elif place.wants(url):
            page = _page(url)
            found.setdefault(page.key, page)
    return Polled(found=tuple(found.values()), problems=tuple(problems))


def _page(url: str) -> Found:
    return Found(key=url.partition("#")[0], mark=None)
