"""Quotations over several paragraphs: who spoke last goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sayso.extract.choosing import Read
from sayso.extract.found import Found, Told
from sayso.extract.parse import Passage
from sayso.extract.quoted import pair
from sayso.extract.quotes import Quotation


def carry_on(passages: Sequence[Passage], reads: dict[int, list[Read]]) -> None:
    """Gives each attribution the paragraphs its quotation goes on over: such a one is all quotation, and nobody is named for it.

    ``reads`` by the number of the passage; changed in place.
    """
    telling: dict[int, list[tuple[int, int]]] = {}  # by where a passage starts: the readings whose content stands in it
    for home, here in reads.items():
        for at, read in enumerate(here):
            for told in read.told:
                telling.setdefault(told.passage.start, []).append((home, at))
    for before, passage in pairwise(passages):
        if not passage.quotations or not before.quotations:
            continue
        first, last = passage.quotations[0], before.quotations[-1]
        if first.outer.start > 1 or first.outer.end < 0.9 * len(passage.text.rstrip()):
            continue
        if any(not _is_within(first, reads[home][at], passage) for home, at in telling.get(passage.start, ())):
            continue
        for home, at in telling.get(before.start, ()):
            read = reads[home][at]
            pieces = [piece for told in read.told if told.passage is before for piece in told.content]
            touches = any(_touches(last, piece) for piece in pieces) and not _is_within(last, read, before)
            if touches and _runs_on(last, before, read):
                reads[home][at] = replace(read, tail=(*read.tail, Told(passage, (pair(first.outer),))))
                telling[passage.start] = [(home, at)]
                break


def _runs_on(quotation: Quotation, passage: Passage, read: Read) -> bool:
    """Whether nothing follows the last quotation of a passage, or at most who says it."""
    ends = len(passage.text.rstrip()) - 1
    return (
        not quotation.closed
        or quotation.outer.end >= ends
        or (read.passage is passage and _only_said(read.found, quotation.outer.end, passage))
    )


def _is_within(quotation: Quotation, read: Read, passage: Passage) -> bool:
    """Whether an attribution is part of a quotation: "“They say that nobody was there.”"""
    return read.passage is passage and quotation.inner.start <= passage.doc[read.found.verb].idx < quotation.inner.end


def _only_said(found: Found, end: int, passage: Passage) -> bool:
    """Whether a passage ends with who says it: "“…,” Kell said." """
    own = {*found.source, *found.cue}
    return all(t.i in own or t.is_punct for t in passage.doc if t.idx >= end)


def _touches(quotation: Quotation, piece: tuple[int, int]) -> bool:
    return quotation.outer.start < piece[1] and piece[0] < quotation.outer.end
