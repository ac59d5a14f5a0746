"""Tiny factories for the tests of reading: a report from a few sentences, and what was read in it as plain words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from sayso.extract import extract
from sayso.model import Block, BlockKind, Capture, Instant, Precision, Report, Span, Statement


def report(text: str, *, published: str | None = None, outlet: str | None = None, headline: bool = False) -> Report:
    """A report whose paragraphs are the lines of ``text``; the first is the headline if that is said."""
    blocks = [Block(BlockKind.PARAGRAPH, Span(*m.span())) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    if headline:
        blocks[0] = Block(BlockKind.HEADLINE, blocks[0].span)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    when = Instant(published, Precision.DAY) if published else None
    return Report(
        id=Report.make_id(sha256=sha256, url=None, outlet=outlet, published=when),
        sha256=sha256,
        text=text,
        blocks=tuple(blocks),
        media_type="text/plain",
        capture=Capture("2024-01-01T00:00:00Z", "file", "test.txt"),
        outlet=outlet,
        published=when,
    )


@dataclass(frozen=True)
class Read:
    """A statement as words."""

    who: str | None
    cue: str
    what: str
    statement: Statement

    @property
    def act(self) -> str:
        return self.statement.act.value

    @property
    def kind(self) -> str:
        return self.statement.kind.value


def read(text: str, *, voice: bool = False, published: str | None = None, outlet: str | None = None) -> list[Read]:
    """The statements of a report made of these lines; the outlet's own voice only if asked for."""
    made = report(text, published=published, outlet=outlet)
    return [
        Read(
            s.actor.name if s.actor else None,
            " ".join(span.of(text) for span in s.cue),
            " … ".join(span.of(text) for span in s.content),
            s,
        )
        for s in extract(made).statements
        if voice or s.kind.value != "voice"
    ]


def one(text: str) -> Read:
    """The only statement of this text that is attributed to somebody."""
    found = read(text)
    assert len(found) == 1, [(f.who, f.cue, f.what) for f in found]
    return found[0]
