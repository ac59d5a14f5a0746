"""A report as captured: its bytes' hash, canonical text, blocks, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.ids import make_id
from sayso.model.values import Instant, Problem, Span


class BlockKind(StrEnum):
    HEADLINE = "headline"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CREDIT = "credit"
    QUOTE = "quote"
    LIST = "list"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """A span of the canonical text with the part it plays on the page. Blocks never overlap."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Capture:
    """How the bytes of a report came to us. No part of the report's identity."""

    captured_at: str  # ISO 8601 in UTC, to the second
    method: str  # file, stdin, upload, http, feed, warc, wacz, telegram, jsonl, csv
    place: str  # the path or URL that was given
    container_sha256: str | None = None  # of the archive or feed that held the bytes
    locator: str | None = None  # where in the container: line 12, record 7, message 1042


@dataclass(frozen=True, slots=True)
class Report:
    """One report as captured; never changed afterwards.

    ``sha256`` is that of the bytes as captured (kept beside it, see `Captured`), ``text`` the canonical
    text that every span counts in. For ``text/plain`` it is the decoded file, character for character.
    """

    id: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    media_type: str
    capture: Capture
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    title: str | None = None
    published: Instant | None = None
    edited: Instant | None = None
    language: str | None = None
    forwarded_from: str | None = None  # the channel or person a message was forwarded from: provenance
    reply_to: str | None = None  # the id of the message, in its channel, that this one answers
    problems: tuple[Problem, ...] = ()

    @staticmethod
    def make_id(
        *, sha256: str, url: str | None, outlet: str | None, published: Instant | None, locator: str | None = None
    ) -> str:
        """The id of a report: its bytes, and what sets one copy of the same bytes apart from another.

        ``locator`` counts only where one captured record holds several reports (a key inside it that does
        not depend on the machine or the order); else None.
        """
        return make_id("r", sha256, url, outlet, published.value if published else None, locator)


@dataclass(frozen=True, slots=True)
class Captured:
    """A report together with the very bytes it was read from."""

    report: Report
    raw: bytes
