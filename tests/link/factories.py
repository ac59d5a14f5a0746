"""Reports and statements made by hand, so that linking is tested apart from reading."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sayso.model import (
    Act,
    Actor,
    ActorType,
    Block,
    BlockKind,
    Capture,
    Extraction,
    Hop,
    HopKind,
    Instant,
    Kind,
    Measure,
    Precision,
    Quantity,
    Report,
    Span,
    Statement,
)


def report(
    *paragraphs: str,
    outlet: str | None = "The Varn Post",
    published: str | None = "2031-04-02",
    url: str | None = None,
    byline: str | None = None,
    forwarded_from: str | None = None,
) -> Report:
    """A report of paragraphs, each a block."""
    text = "\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, Span(start, start + len(paragraph))))
        start += len(paragraph) + 1
    when = Instant(published, Precision.DAY) if published else None
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Report(
        id=Report.make_id(sha256=sha256, url=url, outlet=outlet, published=when),
        sha256=sha256,
        text=text,
        blocks=tuple(blocks),
        media_type="text/plain",
        capture=Capture("2031-05-01T00:00:00Z", "file", "made by hand"),
        url=url,
        outlet=outlet,
        byline=byline,
        published=when,
        forwarded_from=forwarded_from,
    )


def actor(name: str, type: ActorType = ActorType.PERSON, role: str | None = None) -> Actor:
    return Actor(Actor.make_id(name_key=name.casefold()), name, type, role)


def says(
    where: Report,
    words: str,
    who: Actor | None = None,
    *,
    act: Act = Act.ASSERT,
    count: tuple[str, float, Measure, str] | None = None,
    low: float | None = None,
    high: float | None = None,
    vague: bool = False,
    relay: str | None = None,
    negated: bool = False,
) -> Statement:
    """The statement whose content is ``words`` in ``where``; ``count`` is (its words, number, measure, who is counted)."""
    start = where.text.index(words)
    content = (Span(start, start + len(words)),)
    quantities: tuple[Quantity, ...] = ()
    if count is not None:
        at = start + words.index(count[0])
        best = count[1]
        quantities = (
            Quantity(
                Span(at, at + len(count[0])), best if low is None else low, best, best if high is None else high, None,
                count[3], vague, count[2],
            ),
        )  # fmt: skip
    source: tuple[Span, ...] = ()
    if who is not None and who.name in where.text:
        named = where.text.index(who.name)
        source = (Span(named, named + len(who.name)),)
    return Statement(
        id=Statement.make_id(report=where.id, source=source, cue=(), content=content),
        report=where.id,
        source=source,
        cue=(),
        content=content,
        kind=Kind.INDIRECT if who else Kind.VOICE,
        act=act,
        negated=negated,
        actor=who,
        relay=(Hop(relay, HopKind.AGENCY, Span(0, 1)),) if relay else (),
        quantities=quantities,
    )


def extraction(where: Report, *statements: Statement) -> Extraction:
    return Extraction(where.id, tuple(statements))


def read(*pairs: tuple[Report, Sequence[Statement]]) -> tuple[list[Report], list[Extraction]]:
    """Reports and extractions as `link` takes them."""
    return [r for r, _ in pairs], [extraction(r, *s) for r, s in pairs]
