"""The sentences of a text, by its own marks: what two reports are compared in where nobody has read their statements.

No parse is needed for it. A sentence cut in two, or two in one, costs a comparison little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.model import Span

# A sentence ends at its mark, with the quotation marks and brackets behind it, before something that can begin one.
_END = re.compile(r"(?:[.!?…]+[\"”’»)\]]*|[\"”])(?=\s+[\"“„«‘'(\[]?[A-Z0-9])|\n\s*")
_MARKED = re.compile(r"[.!?…][\"”’»)\]]*$")
# What stands before a full stop that ends nothing: titles, ranks, months, initials.
_SHORTENED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|gen|col|lt|sgt|capt|maj|gov|sen|rep|rev|no|vs|jr|sr|inc|ltd|co|corp|dept|approx|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|a\.m|p\.m|e\.g|i\.e)|\b[A-Z](?:\.[A-Z])*)\.$",
    re.IGNORECASE,
)
_LEAST = 3  # words; anything shorter is a label


def sentences(text: str, within: Span) -> Iterator[Span]:
    """The spans of the sentences of ``text`` that lie in ``within``, trimmed, in order."""
    start = within.start
    for match in _END.finditer(text, within.start, within.end):
        words = text[start : match.end()]
        broken = match.group().startswith("\n")
        if not broken and (_SHORTENED.search(words) or not _MARKED.search(words)):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, within.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    body = words.strip()
    if len(body.split()) >= _LEAST:
        start += len(words) - len(words.lstrip())
        yield Span(start, start + len(body))
