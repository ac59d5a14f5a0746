"""Which pages of the site are made, and from what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from making import commands, endpoints, json_shapes, python_pages, tables
from making.console import ROOT
from making.links import CARRIED
from making.rules import PIECES

PAGES: Mapping[str, Callable[[], str]] = {
    "reference/commands.md": commands.page,
    "reference/python.md": python_pages.api_page,
    "reference/types.md": python_pages.types_page,
    "reference/http.md": endpoints.page,
    "reference/openapi.json": endpoints.document,
    "reference/json.md": json_shapes.page,
    "reference/tables.md": tables.page,
}
"""What is made from the code, by its place on the site."""

MADE = (*PAGES, *CARRIED.values())
"""The pages that lie nowhere before the site is built."""

_PIECE = re.compile(r"^\{\{ (\w+) \}\}$", re.M)


def made() -> dict[str, str]:
    """Every made page and file with its text."""
    texts = {place: make() for place, make in PAGES.items()}
    texts |= {f"reference/schemas/{name}": text for name, text in json_shapes.schemas().items()}
    return texts | {page: (ROOT / place).read_text("utf-8") for place, page in CARRIED.items()}


def filled(text: str) -> str:
    """``text`` with its lines ``{{ name }}`` replaced by the piece of that name. Raises KeyError for a name that there is not."""
    return _PIECE.sub(lambda found: PIECES[found[1]](), text)
