"""Entries of a live page: each begins with the clock time at which it was posted.

The time is furniture, no word of the entry: left in place, "1721 The Courier's reporter says" has a speaker of that name. Where a
scraper has run the entries together, the times are also the only sign of where one ends and the next begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sayso.ingest.paragraphs import Unit
from sayso.model import BlockKind, Span

_STAMP = re.compile(
    r"(?:\A|(?<=\s))(?P<hour>[01]?\d|2[0-3])[:.]?(?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?(?:GMT|UTC|BST|CES?T|EES?T|MSK|E[SD]?T|C[SD]T|M[SD]T|P[SD]T|local time))?(?:\s?:|\s[–—-])?\s+(?=[“\"‘']?[A-Z])"
)
_BEFORE = re.compile(r"[.!?…][\"'”’»)\]]*\s+\Z")  # an entry begins where a sentence ended
_FEWEST = 4  # entries; below, a number before a capital is a year, a road or a flight
_ONE_WAY = 0.8  # of the steps from one time to the next: a page runs from the newest to the oldest, or the other way
_HALF_DAY = 12 * 60  # minutes: a longer step back is midnight


def split_entries(text: str, units: Sequence[Unit]) -> list[Unit]:
    """The units with each entry of a live page apart from its time, which becomes boilerplate; other pages as they are."""
    stamps = {at: _stamps(text, unit) for at, unit in enumerate(units) if unit.kind in (None, BlockKind.PARAGRAPH)}
    if not _is_live([m for at in sorted(stamps) for m in stamps[at]]):
        return list(units)
    out: list[Unit] = []
    for at, unit in enumerate(units):
        out += _parts(text, unit, stamps.get(at, []))
    return out


def _stamps(text: str, unit: Unit) -> list[re.Match[str]]:
    start, end = unit.span.start, unit.span.end
    found = _STAMP.finditer(text, start, end)
    return [m for m in found if m.start() == start or _BEFORE.search(text, max(start, m.start() - 8), m.start())]


def _is_live(stamps: Sequence[re.Match[str]]) -> bool:
    if len(stamps) < _FEWEST:
        return False
    steps = [b - a for a, b in pairwise(_minutes(m) for m in stamps)]
    on = sum(step >= 0 or step < -_HALF_DAY for step in steps)
    back = sum(step <= 0 or step > _HALF_DAY for step in steps)
    return max(on, back) >= _ONE_WAY * len(steps)


def _minutes(stamp: re.Match[str]) -> int:
    hour = int(stamp["hour"])
    if stamp["half"]:
        hour = hour % 12 + (12 if stamp["half"] == "p" else 0)
    return hour * 60 + int(stamp["minute"])


def _parts(text: str, unit: Unit, stamps: Sequence[re.Match[str]]) -> list[Unit]:
    if not stamps:
        return [unit]
    parts: list[Unit] = []
    at, gap = unit.span.start, unit.gap
    for stamp in stamps:
        parts += _trimmed(text, at, stamp.start(), unit.kind, gap)
        parts.append(Unit(_span(text, stamp.start(), stamp.end()), BlockKind.BOILERPLATE))
        at, gap = stamp.end(), 0
    return parts + _trimmed(text, at, unit.span.end, unit.kind, gap)


def _trimmed(text: str, start: int, end: int, kind: BlockKind | None, gap: int) -> list[Unit]:
    span = _span(text, start, end)
    return [Unit(span, kind, gap)] if span.start < span.end else []


def _span(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()) if words.strip() else start)
