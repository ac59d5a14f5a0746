"""From pieces to spans that a reader would mark: whole words, no stray punctuation, a quotation with its marks."""

from __future__ import annotations

from sayso.model import Span

_DOUBLE_OPENING = '"“„«‟'
_DOUBLE_CLOSING = '"”»'
_ABBREVIATIONS = frozenset("Jr. Sr. Inc. Corp. Co. Ltd. Gov. Sen. Rep. Gen. Col.".split())
# Left of a span nothing but an opening mark belongs to it; right of it, what ends a sentence inside a quotation.
_LOOSE = " \t\n\r\f\v\u00a0\u200b,;:–—-…"


def snap_words(text: str, span: Span) -> Span:
    """The span widened to whole words: no word is cut in two."""
    start, end = span
    while start > 0 and end > start and _in_word(text, start):
        start -= 1
    while end < len(text) and end > start and _in_word(text, end):
        end += 1
    return Span(start, end)


def snap_phrase(text: str, span: Span) -> Span | None:
    """A source or cue: whole words, freed of punctuation at both ends. A cue may be a mark alone (a colon, a dash)."""
    start, end = snap_words(text, span)
    words = text[start:end]
    if not any(c.isalnum() for c in words):
        bare = words.strip()
        at = start + words.find(bare)
        return Span(at, at + len(bare)) if bare else None
    while start < end and not (text[start].isalnum() or text[start] in "$£€#@"):
        start += 1
    while end > start and not _ends_phrase(text, start, end):
        end -= 1
    return Span(start, end) if end > start else None


def _ends_phrase(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    closes = last == ")" and "(" in text[start:end]
    return last.isalnum() or last == "%" or closes or _ends_abbreviation(text, start, end)


def snap_content(text: str, span: Span) -> Span | None:
    """What was said: whole words; loose punctuation cut off; the marks of a quotation taken in when they stand just
    outside, and left out when their partner is not inside.

    >>> text = 'He said: “It is over.” Then he left.'
    >>> snap_content(text, Span(10, 20)).of(text)
    '“It is over.”'
    """
    start, end = snap_words(text, span)
    while start < end and (text[start] in _LOOSE or (text[start] in ".!?)]}" and start + 1 < end)):
        start += 1
    while end > start and text[end - 1] in _LOOSE and not text[start:end].endswith("…"):
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return None
    return Span(*_with_marks(text, start, end))


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    opens, closes = text[start] in _DOUBLE_OPENING, text[end - 1] in _DOUBLE_CLOSING
    if opens and not closes:
        # “It is over| .” or “It is over|”: up to the closing mark, if only punctuation stands between.
        at = end
        while at < len(text) and at - end < 3 and text[at] in ".,!?… ":
            at += 1
        if at < len(text) and text[at] in _DOUBLE_CLOSING and not _quoted_inside(text, start + 1, end):
            return start, at + 1
    if (
        closes
        and not opens
        and start > 0
        and text[start - 1] in _DOUBLE_OPENING
        and not _quoted_inside(text, start, end - 1)
    ):
        return start - 1, end
    if not opens and not closes and start > 0 and text[start - 1] in _DOUBLE_OPENING:
        at = end
        while at < len(text) and at - end < 3 and text[at] in ".,!?…":
            at += 1
        if at < len(text) and text[at] in _DOUBLE_CLOSING:
            return start - 1, at + 1
    if end > start and text[end - 1] in ".,;" and not closes and not opens:
        return start, _without_full_stop(text, start, end)
    return start, end


def _quoted_inside(text: str, start: int, end: int) -> bool:
    return any(c in _DOUBLE_OPENING or c in _DOUBLE_CLOSING for c in text[start:end])


def _without_full_stop(text: str, start: int, end: int) -> int:
    """A single sentence loses its full stop, as in indirect speech; several sentences keep it."""
    inside = text[start : end - 1]
    if any(mark + " " in inside for mark in ".!?") or _ends_abbreviation(text, start, end):
        return end
    return start + len(inside.rstrip(_LOOSE))


def _ends_abbreviation(text: str, start: int, end: int) -> bool:
    """ "the U.S.", "Trump Jr.": the full stop is part of the word."""
    if end <= start or text[end - 1] != ".":
        return False
    bare = text[start:end].rsplit(maxsplit=1)[-1].lstrip("\"“‘'([")
    return ("." in bare[:-1] and bare[0].isalpha()) or bare in _ABBREVIATIONS


def _in_word(text: str, place: int) -> bool:
    """Whether the place between two characters lies inside a word ("Trump’s", "war-torn" count as one up to the hyphen)."""
    before, after = text[place - 1], text[place]
    if before.isalnum() and after.isalnum():
        return True
    if before.isalnum() and after in "'’" and place + 1 < len(text) and text[place + 1].isalpha():
        return True
    return before in "'’" and after.isalpha() and place > 1 and text[place - 2].isalnum()
