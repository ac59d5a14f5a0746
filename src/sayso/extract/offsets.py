"""Token sets to character offsets: runs, trimmed of the punctuation at their ends, overlapping ones joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_TRIM = set(",.;:–—-!? ") | {"--", "..."}


def runs(tokens: Iterable[int], anchor: Token) -> tuple[tuple[int, int], ...]:
    """Contiguous runs of tokens as character offsets, trimmed of the punctuation at their ends."""
    doc = anchor.doc
    wanted = set(tokens)
    spans = []
    for run in _contiguous(sorted(wanted)):
        while run and doc[run[0]].text in _TRIM:
            run.pop(0)
        while run and doc[run[-1]].text in _TRIM:
            run.pop()
        if run and any(doc[i].is_alpha or doc[i].like_num for i in run):
            spans.append((doc[run[0]].idx, doc[run[-1]].idx + len(doc[run[-1]])))
    return tuple(spans)


def _contiguous(indices: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for i in indices:
        if run and i != run[-1] + 1:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def merge(spans: list[tuple[int, int]], blocked: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Overlapping spans joined, those that only punctuation parts too; the source and cue cut out again."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip(" ,")):
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    pieces = [(a, b) for a, b in joined]
    for cut_start, cut_end in blocked:
        pieces = (
            [
                piece
                for a, b in pieces
                for piece in ((a, min(b, cut_start)), (max(a, cut_end), b))
                if piece[1] > piece[0]
            ]
            if any(a < cut_end and cut_start < b for a, b in pieces)
            else pieces
        )
    pieces = [(a, b) for a, b in (trimmed(text, a, b) for a, b in pieces) if b > a]
    return tuple(sorted(set(pieces)))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",.;:–—!?"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return start, start
    return start, end
