"""Attributions and the quotations beside them: which one a cue introduces, and how far it goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.found import Found, Told
from sayso.extract.offsets import merge
from sayso.extract.parse import Passage
from sayso.extract.quotes import Quotation
from sayso.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


def quoted_tokens(passage: Passage) -> frozenset[int]:
    """Tokens inside quotations of more than two words: their reporting words speak within the quotation."""
    long = [q.inner for q in passage.quotations if passage.text.count(" ", *q.inner) > 1]
    return frozenset(t.i for t in passage.tokens_within(long))


def neighbour_quotation(
    verb: Token, source: tuple[int, ...], passage: Passage, *, close: bool = False
) -> Quotation | None:
    """The quotation that a cue without clausal content introduces or closes; ``close``: only one right beside it."""
    doc = passage.doc
    words = (*source, verb.i)
    first, last = doc[min(words)], doc[max(words)]
    start, end = first.idx, last.idx + len(last)
    best: Quotation | None = None
    for quotation in passage.quotations:
        gap_before = start - quotation.outer.end  # “…,” said X
        gap_after = quotation.outer.start - end  # X said: “…”
        if gap_before in range(5) and not passage.text[quotation.outer.end : start].strip(" ,.–—-"):
            return quotation
        if gap_after >= 0 and best is None:
            between = passage.text[end : quotation.outer.start]
            if len(between) <= (3 if close else 120) and not any(c in between for c in ".!?;"):
                best = quotation
    return best


def snap_to_quotations(found: Found, passage: Passage) -> Found:
    """Content that takes in most of a quotation, or starts inside one, takes in all of it and its marks."""
    doc = passage.doc
    cue_at = doc[found.verb].idx
    around = [q for q in passage.quotations if not q.outer.start <= cue_at < q.outer.end]
    spans = _with_whole(found.content, around)
    blocked = [(doc[i].idx, doc[i].idx + len(doc[i])) for i in (*found.source, *found.cue)]
    merged = merge(spans, blocked, passage.text)
    return replace(found, content=tuple(_without_coda(piece, passage) for piece in merged))


def snap_elsewhere(told: Told) -> Told:
    """The same for what stands in another passage than the cue."""
    passage = told.passage
    return replace(told, content=tuple(merge(_with_whole(told.content, passage.quotations), [], passage.text)))


def _with_whole(content: tuple[tuple[int, int], ...], quotations: Iterable[Quotation]) -> list[tuple[int, int]]:
    """Content, and the quotations that it takes in for the most part, or lies in for the most part."""
    spans = list(content)
    length = sum(b - a for a, b in content)
    for quotation in quotations:
        size = quotation.inner.end - quotation.inner.start
        # Of the content alone: quotations lie apart, so what one of them adds is shared with no other.
        shared = sum(max(0, min(b, quotation.inner.end) - max(a, quotation.inner.start)) for a, b in content)
        if shared and (shared >= 0.3 * size or size < 40 or shared >= 0.6 * length):
            spans.append(pair(quotation.outer))
    return spans


def _without_coda(piece: tuple[int, int], passage: Passage) -> tuple[int, int]:
    """ "“Stay down,” until the shots were heard": a comma before the closing mark ends what is said."""
    start, end = piece
    for quotation in passage.quotations:
        outer, inner = quotation.outer, quotation.inner
        if (
            outer.start == start
            and outer.end < end
            and quotation.closed
            and passage.text[inner.start : inner.end].rstrip().endswith(",")
        ):
            later = any(outer.end <= q.outer.start < end for q in passage.quotations)
            return piece if later else (start, outer.end)
    return piece


def continue_quotations(found: list[Found], passage: Passage) -> list[Found]:
    """A quotation nobody claimed goes on with the speaker before it, or belongs to the cue around it."""
    result = list(found)
    for quotation in passage.quotations:
        words = quotation.inner.of(passage.text).split()
        if len(words) < 4 or any(_covers(f, quotation) for f in result):
            continue
        previous = [f for f in result if f.content and max(b for _, b in f.content) <= quotation.outer.start]
        if not previous:
            continue
        last = max(previous, key=lambda f: max(b for _, b in f.content))
        if not _is_quoted(last, passage) or not _whole_sentence(quotation, passage):
            continue
        widened = replace(last, content=(*last.content, pair(quotation.outer)))
        result[result.index(last)] = widened
    return result


def pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _covers(found: Found, quotation: Quotation) -> bool:
    return any(a < quotation.inner.end and quotation.inner.start < b for a, b in found.content)


def _is_quoted(found: Found, passage: Passage) -> bool:
    return any(_covers(found, q) for q in passage.quotations)


def _whole_sentence(quotation: Quotation, passage: Passage) -> bool:
    """Whether the quotation begins a sentence: nothing but a mark stands between the last full stop and it."""
    before = passage.text[: quotation.outer.start].rstrip()
    return not before or before[-1] in ".!?…”\"'’"
