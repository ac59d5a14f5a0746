"""Quotations as they come: paired, unbalanced, mixed, straight and curly.

A mark is read by its shape first (“ opens, ” closes) and, where that cannot be, by its neighbours and by what is
open. A quotation that never closes runs to the end of its passage; one that is opened again inside itself ends
with the sentence before. Nothing here raises on any text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.model import Span

# Double marks only: a single mark is far more often an apostrophe than a quotation in English news text.
_MARK = re.compile(r"[\"“”„«»‟]|``|''|(?<![\w'])'(?=\w)|‘(?=\S)|(?<=\S)[’'](?!\w)")
_OPENS = {"“", "„", "«", "‟", "``"}
_CLOSES = {"”", "»", "''"}
_SINGLE = {"'", "‘", "’"}
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)|,(?=\s)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch of quoted words. ``outer`` takes in the marks, ``inner`` does not. Offsets into the text given."""

    outer: Span
    inner: Span
    closed: bool = True


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of one passage, in order, never overlapping.

    >>> text = 'He said: “It is over.” Then he left.'
    >>> [quotation.inner.of(text) for quotation in find_quotations(text)]
    ['It is over.']
    """
    marks = [m for m in _MARK.finditer(text) if m.group() not in _SINGLE]
    if not marks:
        return _single_quotations(text)
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    within = _nested(marks, text)
    for number, mark in enumerate(marks):
        if mark in within:
            continue
        if opened is None:
            if _may_open(mark, text, is_last=number == len(marks) - 1):
                opened = mark
        elif _surely_opens(mark, text):
            found.append(_cut_short(text, opened, mark.start()))
            opened = mark
        else:
            found.append(Quotation(Span(opened.start(), mark.end()), Span(opened.end(), mark.start())))
            opened = None
    if opened is not None:
        end = len(text.rstrip())
        if end > opened.end():
            found.append(Quotation(Span(opened.start(), end), Span(opened.end(), end), closed=False))
    return tuple(q for q in found if q.inner.end > q.inner.start)


def _nested(marks: list[re.Match[str]], text: str) -> set[re.Match[str]]:
    """Curly pairs inside straight ones, as in "He called it “a lie” and left": the marks of another shape are a quotation in a quotation
    where the straight one closes only after them, or runs on from the start of the passage."""
    within: set[re.Match[str]] = set()
    opened: int | None = None
    for number, mark in enumerate(marks):
        if mark.group() != '"':
            continue
        opens = _surely_opens(mark, text)
        if opened is not None and not opens and _in_pairs(between := marks[opened + 1 : number]):
            within.update(between)
        opened = number if opens else None
    if opened == 0 and not text[: marks[0].start()].strip() and _in_pairs(marks[1:]):
        within.update(marks[1:])  # a paragraph of a quotation that goes on in the next one
    return within


def _in_pairs(marks: list[re.Match[str]]) -> bool:
    signs = [mark.group() for mark in marks]
    return signs == ["“", "”"] * (len(signs) // 2)


def _may_open(mark: re.Match[str], text: str, *, is_last: bool) -> bool:
    sign = mark.group()
    before, after = _neighbours(mark, text)
    if sign in _OPENS:
        return bool(after.strip())
    leans_back = bool(before.strip()) and not after.strip()
    if sign in _CLOSES:
        # A closing mark that opens is damage; take it as opening only if another mark can close it.
        return not is_last and not leans_back
    return not leans_back or (not is_last and not before.strip())


def _surely_opens(mark: re.Match[str], text: str) -> bool:
    before, after = _neighbours(mark, text)
    if mark.group() in _OPENS:
        return True
    return mark.group() == '"' and not before.strip() and bool(after.strip()) and (after.isalnum() or after in "‘'[…(")


def _neighbours(mark: re.Match[str], text: str) -> tuple[str, str]:
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    return (" " if before in "([—–-" else before), (" " if after in ")]—–-.,;:!?" else after)


def _cut_short(text: str, opened: re.Match[str], limit: int) -> Quotation:
    """A quotation that was never closed before the next one opens: it ends with its first sentence or clause."""
    end = _SENTENCE_END.search(text, opened.end(), limit)
    stop = end.end() if end else len(text[:limit].rstrip())
    stop = max(stop, opened.end())
    return Quotation(Span(opened.start(), stop), Span(opened.end(), stop), closed=False)


_SINGLE_QUOTED = re.compile(r"(?<![\w’'])[‘'](?=\S)(.{2,600}?)(?<=[\w.,!?…])[’'](?![\w’'])", re.DOTALL)


def _single_quotations(text: str) -> tuple[Quotation, ...]:
    """Single marks count only in a passage without double ones, and only when they stand in pairs around words."""
    return tuple(
        Quotation(Span(*m.span()), Span(*m.span(1)))
        for m in _SINGLE_QUOTED.finditer(text)
        if " " in m.group(1) or m.group(1).isalpha()
    )
