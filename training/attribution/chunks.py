"""Stretches of annotated text, cut anew for every epoch, and edits that carry the annotation along."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sayso.extract.tagger.pieces import lines_of
from sayso.model import Span
from training.attribution.data import Document, Marked

# Characters, at 4.6 a piece on PolNeAR: cores of about 100 to 230 pieces, contexts as in sayso.extract.tagger.windows.
_CORE = (450, 1050)
_CONTEXT_AT_BREAK = 75
_CONTEXT_INSIDE = 220


@dataclass(frozen=True)
class Chunk:
    """``core`` is the stretch whose cues are trained on; around it stands context. Spans are of ``text``."""

    text: str
    marked: tuple[Marked, ...]
    core: Span
    starts_line: bool


@dataclass(frozen=True)
class Edit:
    start: int
    end: int
    words: str


def cut_chunks(document: Document, rng: random.Random) -> Iterator[Chunk]:
    """Chunks whose cores cover the document once, ending with a line where one fits, else at a blank."""
    text = document.text
    lines = lines_of(text)
    breaks = {0, len(text), *(line.start for line in lines)}
    start = lines[0].start if lines else len(text)
    while start < len(text):
        limit = start + rng.randint(*_CORE)
        fitting = [line.start for line in lines if start < line.start <= limit]
        if limit >= len(text):
            stop = len(text)
        elif fitting and fitting[-1] - start >= (limit - start) // 3:
            stop = fitting[-1]
        else:
            stop = max(text.rfind(" ", start + 1, limit) + 1, start + 1)
        left = _blank_before(text, start - (_CONTEXT_AT_BREAK if start in breaks else _CONTEXT_INSIDE))
        right = _blank_after(text, stop + (_CONTEXT_AT_BREAK if stop in breaks else _CONTEXT_INSIDE))
        marked = tuple(m for m in (_within(m, left, right) for m in document.marked) if m is not None)
        yield Chunk(text[left:right], marked, Span(start - left, stop - left), left in breaks)
        start = stop


def edited(chunk: Chunk, edits: Iterable[Edit]) -> Chunk:
    """The chunk with some stretches put in other words (or none); spans that lose all their text fall away, and so does
    what was only a part of words that were replaced: nothing of it is left to point at."""
    ordered = sorted(edits, key=lambda e: (e.start, e.end))
    parts, at = [], 0
    kept: list[Edit] = []
    for edit in ordered:
        if edit.start < at:
            continue  # two edits of one place: the first counts
        parts += [chunk.text[at : edit.start], edit.words]
        at = edit.end
        kept.append(edit)
    text = "".join([*parts, chunk.text[at:]])

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        pairs = (
            Span(_moved(a, kept, is_end=False), _moved(b, kept, is_end=True))
            for a, b in spans
            if not any(e.start <= a and b <= e.end and b - a < e.end - e.start for e in kept)
        )
        return tuple(pair for pair in pairs if pair.start < pair.end and text[pair.start : pair.end].strip())

    marked = (Marked(moved(m.source), moved(m.cue), moved(m.content)) for m in chunk.marked)
    core = Span(_moved(chunk.core.start, kept, is_end=False), _moved(chunk.core.end, kept, is_end=True))
    return replace(chunk, text=text, marked=tuple(m for m in marked if m.cue and m.content), core=core)


def _moved(place: int, edits: list[Edit], *, is_end: bool) -> int:
    """Where an offset comes to lie. Words put in at the edge of a span stay outside it; a span that begins or ends
    inside replaced words takes in all of what replaced them."""
    shift = 0
    for edit in edits:
        if edit.end < place or (edit.end == place and (edit.start < edit.end or not is_end)):
            shift += len(edit.words) - (edit.end - edit.start)
        elif edit.start < place < edit.end:
            return edit.start + shift + (len(edit.words) if is_end else 0)
        else:
            break
    return place + shift


def _within(marked: Marked, left: int, right: int) -> Marked | None:
    def clipped(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        pairs = (Span(max(a, left) - left, min(b, right) - left) for a, b in spans)
        return tuple(pair for pair in pairs if pair.start < pair.end)

    cue, content = clipped(marked.cue), clipped(marked.content)
    return Marked(clipped(marked.source), cue, content) if cue and content else None


def _blank_before(text: str, place: int) -> int:
    if place <= 0:
        return 0
    while place > 0 and not text[place - 1].isspace():
        place -= 1
    return place


def _blank_after(text: str, place: int) -> int:
    while place < len(text) and not text[place].isspace():
        place += 1
    return min(place, len(text))
