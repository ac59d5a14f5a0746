"""Where the paragraphs of a plain text begin and end.

Three ways of writing must all come out right: paragraphs set apart by blank lines, one paragraph to a line, and
lines hard-wrapped at some width, as mail, wire copy and PDF text have them. The test for the last is the one
that a wrapping program itself applies: a line ends where the next word would no longer have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.model import BlockKind, Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]*(?:\r\n|[\n\r\u2028\u2029]|\Z)")
_LIST_MARK = re.compile(r"[ \t]*(?:[-*+•‣▪◦·●]|\d{1,2}[.)])[ \t]+(?=\S)")
_QUOTE_MARK = re.compile(r"[>\s]+")
_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")

_WIDEST_WRAP = 120  # characters; hand-set columns are 60-80, PDF lines up to about 110
_NARROWEST_WRAP = 35  # below, line breaks are verse, addresses or tables
_FEWEST_BREAKS = 3  # line breaks inside paragraphs that must agree before a text counts as wrapped
_SLACK = 0.85  # proportional fonts end lines within about 15 % of their width in characters


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph-like piece: its trimmed span, its kind where the layout shows it, and blank lines before it."""

    span: Span
    kind: BlockKind | None = None
    gap: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span  # trimmed; empty for a blank line
    text: str
    indent: int


def find_units(text: str, *, start: int = 0) -> list[Unit]:
    """The paragraph-like pieces of ``text`` from offset ``start`` on, in order and without overlap."""
    chunks = list(_chunks(_lines(text, start)))
    width = _wrap_width([lines for _, lines in chunks])
    units: list[Unit] = []
    for gap, lines in chunks:
        units += _split(text, lines, gap, width)
    return units


def ends_sentence(words: str) -> bool:
    """Whether ``words`` close as a sentence does."""
    return bool(_SENTENCE_END.search(words))


def _lines(text: str, start: int) -> Iterator[_Line]:
    at = start
    while at < len(text):
        found = _LINE.match(text, at)
        if found is None:  # the pattern matches anywhere
            return
        line = found.group().rstrip()
        body = line.lstrip()
        begin = at + len(line) - len(body)
        yield _Line(Span(begin, begin + len(body)), body, begin - at)
        at = found.end()


def _chunks(lines: Iterator[_Line]) -> Iterator[tuple[int, list[_Line]]]:
    """Runs of lines that are not blank, each with the number of blank lines before it."""
    gap, run = 0, list[_Line]()
    for line in lines:
        if line.text:
            run.append(line)
            continue
        if run:
            yield gap, run
            gap, run = 0, []
        gap += 1
    if run:
        yield gap, run


def _wrap_width(chunks: Sequence[Sequence[_Line]]) -> int | None:
    """The width at which the text is hard-wrapped; None if it is not."""
    breaks = [(a, b) for lines in chunks for a, b in pairwise(lines) if not _is_marked(b) and len(a.text) > 1]
    if len(breaks) < _FEWEST_BREAKS:
        return None
    lengths = sorted(len(line.text) for lines in chunks if len(lines) > 1 for line in lines)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP or lengths[-1] > _WIDEST_WRAP + 20:
        return None
    full = sum(1 for a, b in breaks if _is_full(a, b, width))
    within = sum(1 for a, _ in breaks if not ends_sentence(a.text))
    return width if full >= 0.7 * len(breaks) and within >= 0.35 * len(breaks) else None


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    return len(line.text) + 1 + len(following.text.split(None, 1)[0]) > width * _SLACK


def _is_marked(line: _Line) -> bool:
    return bool(_LIST_MARK.match(line.text) or line.text.startswith(">"))


def _split(text: str, lines: Sequence[_Line], gap: int, width: int | None) -> Iterator[Unit]:
    """The units of one run of lines."""
    group = [lines[0]]
    for line, following in pairwise(lines):
        if _goes_on(line, following, width, first=group[0]):
            group.append(following)
            continue
        yield _unit(text, group, gap)
        group, gap = [following], 0
    yield _unit(text, group, gap)


def _goes_on(line: _Line, following: _Line, width: int | None, *, first: _Line) -> bool:
    """Whether ``following`` continues the paragraph of ``line``."""
    if line.text.startswith(">") or following.text.startswith(">"):
        return line.text.startswith(">") and following.text.startswith(">")
    if _LIST_MARK.match(following.text):
        return False
    if _LIST_MARK.match(first.text) and following.indent > first.indent:
        return True
    lower = following.text[0].islower()
    if width is None:
        # A line that stops in mid-sentence and is taken up in lower case is broken, not finished.
        torn = lower and not ends_sentence(line.text) and (len(line.text) > 30 or line is not first)
        full = 55 <= len(line.text) <= 100 and len(following.text) <= 100 and line.text[-1] in ",;–—-"
        return torn or full
    if following.indent >= line.indent + 2 and ends_sentence(line.text):
        return False
    return lower or _is_full(line, following, width) or (not ends_sentence(line.text) and len(line.text) > 0.6 * width)


def _unit(text: str, group: Sequence[_Line], gap: int) -> Unit:
    span = Span(group[0].span.start, group[-1].span.end)
    words = span.of(text)
    if words.startswith(">"):
        mark = _QUOTE_MARK.match(words)
        start = span.start + (mark.end() if mark else 0)
        if start < span.end:  # else marks without words
            return Unit(Span(start, span.end), BlockKind.QUOTE, gap)
    if mark := _LIST_MARK.match(words):
        return Unit(Span(span.start + mark.end(), span.end), BlockKind.LIST, gap)
    return Unit(span, None, gap)
