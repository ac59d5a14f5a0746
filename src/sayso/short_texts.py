"""Two short texts (sentences, headlines) against each other, without a ledger: read as reports are, then compared.

The one thing besides the story of `pipeline` that needs two stages: what stands in a text is for `extract`, what two of
them are to each other for `link`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from sayso.config import PAIRS_AT_ONCE
from sayso.model import Block, BlockKind, Capture, Comparison, Event, Instant, Quantity, Report, Span
from sayso.run.local import read_each

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sayso.link.compare import Text
    from sayso.link.compare.parsed import Token

ShortText = tuple[str, Instant | None]
"""A sentence or headline, with the time of its publication where that is known."""


def short_text(text: str, published: str | None = None) -> ShortText:
    """A sentence or headline as `compare` takes it. Raises ValueError for a text without a word and for a time that is none."""
    from sayso.ingest.dates import read_instant

    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # half a character has no UTF-8
    if not any(c.isalnum() for c in whole):
        raise ValueError("there is no word in the text")
    moment = read_instant(published) if published else None
    if published and moment is None:
        raise ValueError(f"{published!r} is no time")
    return whole, moment


def compare(pairs: Iterable[tuple[ShortText, ShortText]], *, at_once: int = PAIRS_AT_ONCE) -> Iterator[Comparison]:
    """What the two short texts of each pair are to each other, in order; ``at_once`` pairs are read and embedded together."""
    from sayso.link.compare import compare, pair_up

    source = iter(pairs)
    while batch := list(islice(source, at_once)):
        known = dict.fromkeys(text for pair in batch for text in pair)
        read = dict(zip(known, read_texts(list(known)), strict=True))
        yield from compare(pair_up([(read[a], read[b]) for a, b in batch]))


def read_texts(texts: Sequence[ShortText]) -> list[Text]:
    """Sentences or headlines as they are compared: with their statements, and the events and numbers in all of their words."""
    from sayso.extract.events import find_events
    from sayso.extract.parse import parse_reports
    from sayso.extract.quantities import find_quantities
    from sayso.extract.reading import read_report
    from sayso.link.compare import Text
    from sayso.link.compare.parsed import Parse

    reports = [_as_report(n, *text) for n, text in enumerate(texts)]
    passages = dict(zip((r.id for r in reports), parse_reports(reports), strict=True))
    found = read_each(lambda several: (read_report(r, passages[r.id]) for r in several), reports)
    read = []
    for report, extraction in zip(reports, found, strict=True):
        quantities: tuple[Quantity, ...] = ()
        events: tuple[Event, ...] = ()
        tokens: list[Token] = []
        for passage in passages[report.id]:
            with suppress(Exception):  # what one finder cannot read, the other comparisons do without
                events += find_events(passage.doc, offset=passage.start)
                quantities += find_quantities(passage.doc, offset=passage.start)
            tokens += _tokens(passage.doc, len(tokens))
        published = report.published.value if report.published else None
        read.append(Text(report.text, published, extraction, events, quantities, Parse(tuple(tokens))))
    return read


def _tokens(doc: Doc, before: int) -> list[Token]:
    """The words of a parsed passage as comparing takes them; ``before`` words of the text stand before them."""
    from sayso.link.compare.parsed import Token

    return [Token(t.text, t.lemma_, t.pos_, t.tag_, t.dep_, before + t.head.i) for t in doc]


def _as_report(number: int, text: str, published: Instant | None) -> Report:
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))
    return Report(f"text {number}", "", text, (block,), "text/plain", Capture("", "pair", "pair"), published=published)
