"""The sentence that a statement stands in, with its words marked, for a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import click

from sayso.model import Report, Span, Statement
from sayso.serve.terminal import plain

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n\s*\n")
_REACH = 600  # characters on each side in which a sentence's ends are looked for; few sentences have more


def sentence(report: Report, statement: Statement) -> str:
    """The sentence or sentences of ``statement``, on one line, its content in bold."""
    return marked(report.text, around(report, statement), statement.content)


def around(report: Report, statement: Statement) -> Span:
    """From the start of the sentence in which the statement begins to the end of that in which it ends."""
    spans = (*statement.source, *statement.cue, *statement.content)
    if not spans:
        return Span(0, 0)
    text = report.text
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    block = next((block.span for block in report.blocks if block.span.contains(Span(first, last))), Span(0, len(text)))
    low, high = max(block.start, first - _REACH), min(block.end, last + _REACH)
    starts = [match.end() for match in _SENTENCE_END.finditer(text, low, first)]
    # The statement's own last character may be the full stop that ends the sentence.
    after = _SENTENCE_END.search(text, max(first, last - 1), high)
    return Span(starts[-1] if starts else _whole(text, low, first), after.end() if after else high)


def _whole(text: str, low: int, first: int) -> int:
    """Where the first whole word begins from ``low`` on, for a sentence that begins further back than it is looked for."""
    if low == 0 or text[low - 1].isspace():
        return low
    blank = re.compile(r"\s").search(text, low, first)
    return blank.end() if blank else low


def marked(text: str, shown: Span, marks: Sequence[Span]) -> str:
    """The words of ``shown`` on one line, those of ``marks`` in bold; nothing in them acts on the terminal."""
    edges = {shown.start, shown.end}
    for mark in marks:
        edges |= {min(max(mark.start, shown.start), shown.end), min(max(mark.end, shown.start), shown.end)}
    pieces = []
    for start, end in pairwise(sorted(edges)):
        words = re.sub(r"\s+", " ", plain(text[start:end]))
        inside = any(mark.start <= start and end <= mark.end for mark in marks)
        pieces.append(click.style(words, bold=True) if inside else words)
    return "".join(pieces).strip()
