"""A text as the tagger sees it: word pieces with their offsets, and what an uncased vocabulary loses.

The vocabulary is that of all-MiniLM-L6-v2, which knows no case and no line breaks; both say much about who speaks, so
each piece carries a case class and how it is set off from the piece before. Training and inference call `cut_pieces`
alike: what one sees, the other sees.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.model import Span

CLS, SEP = 101, 102  # the vocabulary's marks for the ends of a window
OTHER, LOWER, CAPITALISED, UPPER, MIXED, DIGITS = range(6)
CASES = 6
GLUED, SPACED, LINE_START = range(3)
BREAKS = 3

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Pieces:
    """The word pieces of one text, in order. All arrays have one entry a piece; offsets are of the whole text."""

    ids: Ints
    starts: Ints
    ends: Ints
    case: Ints
    breaks: Ints

    def __len__(self) -> int:
        return len(self.ids)


def lines_of(text: str) -> tuple[Span, ...]:
    """The lines of a text that hold more than blanks: what is read where no blocks are known."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return tuple(spans)


def cut_pieces(tokenizer: Tokenizer, text: str, spans: Iterable[Span]) -> Pieces:
    """The pieces of the given stretches (paragraphs) of ``text``. A line break inside a stretch is a blank: old newswire
    is wrapped at 70 characters."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    case: list[int] = []
    breaks: list[int] = []
    for span in spans:
        passage = span.of(text)
        encoding = tokenizer.encode(passage, add_special_tokens=False)
        classes: dict[int | None, int] = {}
        last = 0
        for number, (piece, (start, end), word) in enumerate(
            zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True)
        ):
            if word not in classes:
                chars = None if word is None else encoding.word_to_chars(word)
                classes[word] = OTHER if chars is None else case_of(passage[slice(*chars)])
            gap = passage[last:start]
            ids.append(piece)
            starts.append(span.start + start)
            ends.append(span.start + end)
            case.append(classes[word])
            breaks.append(LINE_START if number == 0 else SPACED if gap else GLUED)
            last = end
    return Pieces(*(np.array(column, dtype=np.int64) for column in (ids, starts, ends, case, breaks)))


def case_of(word: str) -> int:
    """
    >>> [case_of(word) for word in ("town", "Town", "UN", "A", "iPhone", "1986", "“")]
    [1, 2, 3, 2, 4, 5, 0]
    """
    if not any(c.isalnum() for c in word):
        return OTHER
    if word.islower():
        return LOWER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return CAPITALISED
    if word.isupper():
        return UPPER
    return MIXED if any(c.isalpha() for c in word) else DIGITS
