"""What a reader is told about the bytes it gets, and the one shape that all readers have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sayso.ingest.metadata import NOTHING, Metadata
from sayso.ingest.options import IngestOptions
from sayso.model import Captured, Problem

Found = Iterator[Captured | Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where the bytes come from and what is already known about them.

    ``given`` outranks what a reader finds in the bytes (options, then sidecar); ``fallback`` is outranked by it
    (what a feed says of a page that it links to).
    """

    place: str
    name: str  # the file name or URL path, for its extension
    method: str  # as in `Capture.method`
    captured_at: str
    options: IngestOptions
    given: Metadata = NOTHING
    fallback: Metadata = NOTHING
    problems: tuple[Problem, ...] = ()  # noted on every report that is read here
    media_type: str | None = None  # as declared by a server or an archive; None if nobody did
    charset: str | None = None
    url: str | None = None  # where the bytes were served, after redirects
    container_sha256: str | None = None
    locator: str | None = None
    depth: int = 0
    followed: bool = False  # reached by a link: its own links are not followed
    # Reads bytes found inside other bytes, by whichever reader fits; errors become problems.
    read: Callable[[bytes, Context], Found] = field(repr=False)
    # Fetches a page and reads it, with a fallback context for what the link itself told.
    follow: Callable[[str, Context], Found] = field(repr=False)

    @property
    def where(self) -> str:
        """How messages name this input."""
        return f"{self.place} ({self.locator})" if self.locator else self.place

    def but(self, **changes: Any) -> Context:
        return replace(self, **changes)

    def inside(self, *, locator: str, container_sha256: str, **changes: Any) -> Context:
        """The context of one record in this container. A URL or title given for the whole names no single record."""
        given = replace(self.given, url=None, title=None)
        changes = {"url": None, "media_type": None, "charset": None, "given": given} | changes
        return replace(self, locator=locator, container_sha256=container_sha256, depth=self.depth + 1, **changes)
