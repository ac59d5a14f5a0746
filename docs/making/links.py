"""Links of a page: what lies in the repository and not on the site becomes a path to read, or the page that holds its text."""

from __future__ import annotations

import posixpath
import re

_LINK = re.compile(r"\[([^\]\[]*)\]\(((?!https?:|#|mailto:)[^)#\s]+)(#[^)\s]*)?\)")

CARRIED = {
    "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changelog.md",
    "benchmarks/README.md": "project/benchmarks.md",
    "examples/README.md": "project/examples.md",
    "src/sayso/extract/tagger/data/MODEL_CARD.md": "reference/model-card.md",
}
"""Documents that lie elsewhere in the repository, each with its page on the site."""


def place_of(page: str) -> str:
    """Where the text of a page lies in the repository."""
    return next((place for place, carried in CARRIED.items() if carried == page), f"docs/{page}")


def relinked(text: str, page: str) -> str:
    """``text``, which is that of ``page``, with links that work on the site."""

    def link(found: re.Match[str]) -> str:
        words, target, anchor = found[1], found[2], found[3] or ""
        place = posixpath.normpath(posixpath.join(posixpath.dirname(place_of(page)), target))
        there = CARRIED.get(place) or (place.removeprefix("docs/") if place.startswith("docs/") else None)
        if there is None:
            return f"{words} (`{place}`)" if place.strip("/") not in words else words
        return f"[{words}]({posixpath.relpath(there, posixpath.dirname(page) or '.')}{anchor})"

    return _LINK.sub(link, text)
