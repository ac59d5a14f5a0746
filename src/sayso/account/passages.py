"""The cited reports as the page shows them: blocks of text in which the cited words are marked.

Small accounts carry each cited report whole. Above `WHOLE_CHARACTERS` in all, or for one enormous report,
only the cited blocks and their neighbours are shown, with a note of how much was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from sayso.model import BlockKind, Report, Span

#: Characters of report text, over all cited reports, that a page carries whole: about 80 reports of 700 words, a
#: page of well under a megabyte.
WHOLE_CHARACTERS = 350_000
#: One report above this is never carried whole (a feature of 8,000 words is about 50,000 characters).
WHOLE_REPORT_CHARACTERS = 60_000
#: A block above this is cut around its cited words: a paragraph is seldom above 2,000 characters.
WHOLE_BLOCK_CHARACTERS = 6_000
#: Characters kept on each side of cited words in a block that is cut.
BLOCK_MARGIN = 500
#: Blocks kept on each side of a cited one.
NEIGHBOURS = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A cited span of a report; ``key`` names its citation on the page."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks. ``lands`` are the citations whose words begin here, ``ends`` end here.

    Every citation lands in one piece of its report and ends in one, even if its words run over several blocks.
    """

    text: str
    keys: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


class Shown(StrEnum):
    BLOCK = "block"
    FOLDED = "folded"  # boilerplate that nobody cites
    GAP = "gap"  # blocks that were left out


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as shown, or a note of how many were left out."""

    shown: Shown
    kind: BlockKind
    pieces: tuple[Piece, ...] = ()
    left_out: int = 0

    @property
    def cited(self) -> bool:
        return any(piece.keys for piece in self.pieces)


def shows_whole(reports: Sequence[Report]) -> bool:
    """Whether a page with these cited reports carries them whole."""
    return sum(len(report.text) for report in reports) <= WHOLE_CHARACTERS


def passages(report: Report, marks: Sequence[Mark], *, whole: bool) -> list[Passage]:
    """The report from top to bottom, with ``marks`` in it; cut to the cited passages unless ``whole``."""
    blocks = list(_blocks(report))
    whole = whole and len(report.text) <= WHOLE_REPORT_CHARACTERS
    inside = [[mark for mark in marks if mark.span.overlaps(span)] for _, span in blocks]
    kept = [
        whole or any(inside[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]) or (kind is BlockKind.HEADLINE and at == 0)
        for at, (kind, _) in enumerate(blocks)
    ]
    found: list[Passage] = []
    left_out = 0
    for (kind, span), own, keep in zip(blocks, inside, kept, strict=True):
        if not keep:
            left_out += 1
            continue
        if left_out:
            found.append(Passage(Shown.GAP, BlockKind.PARAGRAPH, left_out=left_out))
            left_out = 0
        shown = Shown.FOLDED if kind is BlockKind.BOILERPLATE and not own else Shown.BLOCK
        found.append(Passage(shown, kind, tuple(_pieces(report.text, span, own, cut=not whole))))
    if left_out:
        found.append(Passage(Shown.GAP, BlockKind.PARAGRAPH, left_out=left_out))
    return _with_ends(found)


def _with_ends(found: Sequence[Passage]) -> list[Passage]:
    """The passages, with each citation's first piece marked as where it lands and its last as where it ends."""
    pieces = [piece for passage in found for piece in passage.pieces]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        for key in piece.keys:
            first.setdefault(key, at)
            last[key] = at
    ended = iter(
        replace(
            piece,
            lands=tuple(key for key in piece.keys if first[key] == at),
            ends=tuple(key for key in piece.keys if last[key] == at),
        )
        for at, piece in enumerate(pieces)
    )
    return [replace(passage, pieces=tuple(next(ended) for _ in passage.pieces)) for passage in found]


def _blocks(report: Report) -> Iterator[tuple[BlockKind, Span]]:
    """The report's blocks in order, and as paragraphs what no block covers, so that no word is lost."""
    text, at = report.text, 0
    for block in sorted(report.blocks, key=lambda block: block.span):
        start, end = max(block.span.start, at), min(block.span.end, len(text))
        if start >= end:
            continue
        yield from _paragraphs(text, Span(at, start))
        yield block.kind, Span(start, end)
        at = end
    yield from _paragraphs(text, Span(at, len(text)))


def _paragraphs(text: str, span: Span) -> Iterator[tuple[BlockKind, Span]]:
    at = span.start
    for part in span.of(text).split("\n\n"):
        if part.strip():
            yield BlockKind.PARAGRAPH, Span(at, at + len(part))
        at += len(part) + 2


def _pieces(text: str, block: Span, marks: Sequence[Mark], *, cut: bool) -> Iterator[Piece]:
    """A block parted wherever a mark begins or ends: marks may overlap and nest."""
    edges = {block.start, block.end}
    for mark in marks:
        edges |= {max(mark.span.start, block.start), min(mark.span.end, block.end)}
    bounds = sorted(edges)
    for start, end in pairwise(bounds):
        keys = tuple(dict.fromkeys(mark.key for mark in marks if mark.span.start <= start and end <= mark.span.end))
        words = text[start:end]
        if cut and not keys and block.end - block.start > WHOLE_BLOCK_CHARACTERS:
            words = _shorten(words, keep_start=start > block.start, keep_end=end < block.end)
        yield Piece(words, keys)


def _shorten(words: str, *, keep_start: bool, keep_end: bool) -> str:
    """The ends of a long run that touch cited words, or its beginning if none does."""
    if len(words) <= 2 * BLOCK_MARGIN:
        return words
    head = words[:BLOCK_MARGIN] if keep_start or not keep_end else ""
    tail = words[-BLOCK_MARGIN:] if keep_end else ""
    hidden = len(words) - len(head) - len(tail)
    return f"{head} … {hidden:,} characters not shown … {tail}"


def marks_of(spans: Mapping[str, Sequence[Span]], length: int) -> list[Mark]:
    """The marks of a report of ``length`` characters from the spans of each citation; spans outside are dropped."""
    return [Mark(span, key) for key, own in spans.items() for span in own if 0 <= span.start < span.end <= length]
