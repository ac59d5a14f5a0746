"""Entries of a chronicle: a day and a place that stand before a sentence as its label.

"4 Aug 1946: Samana, Dominican Republic. The quake and its wave killed 1,600." tells of 1946, though the sentence names no day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model import Span, TimeMention

_LONGEST = 120  # characters of a label: a day, and where
_LABEL = re.compile(r":\s*[^:.!?\n]{0,70}[.:]?\s+")  # what stands between the day and the sentence


def entry_label(text: str, start: int, times: Sequence[TimeMention]) -> Span | None:
    """The label of the entry that begins at ``start``; None where the words before it are none."""
    before = [t for t in times if t.type == "DATE" and start - _LONGEST <= t.span.start and t.span.end <= start]
    if not before:
        return None
    day = max(before, key=lambda t: t.span.end)
    return Span(day.span.start, start) if _LABEL.fullmatch(text[day.span.end : start]) else None
