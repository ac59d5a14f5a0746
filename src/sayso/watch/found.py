"""What polling a place gives: things that stand in it, each with a mark that differs when it changed."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.ingest.metadata import NOTHING, Metadata
from sayso.model import Captured, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that stands in a place. ``key`` is its address, its path, or its place in a feed.

    ``mark`` differs when it changed; None where nobody can tell, and then it is asked for at every poll. ``fetch`` is True for a page or
    sitemap to be asked for (``deeper``: a sitemap); ``own`` is what the place itself held of it, and ``locator`` where. ``fallback``
    is what the place tells of a page, ``told`` when that was published or last changed, in ISO 8601.
    """

    key: str
    mark: str | None
    fetch: bool = True
    deeper: bool = False
    own: tuple[Captured, ...] = ()
    locator: str | None = None
    fallback: Metadata = NOTHING
    told: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """``body`` is kept as long as anything found in it may still be needed; ``again_s`` asks for another look soon."""

    found: tuple[Found, ...]
    problems: tuple[Problem, ...] = ()
    body: bytes | None = None
    again_s: float | None = None
