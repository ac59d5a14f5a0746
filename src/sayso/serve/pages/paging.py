"""Long lists in parts: which part is shown, how many there are in all, and where the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sayso.errors import UsageError

Item = TypeVar("Item")

#: Entries on one page: more than one screen of any size holds, and few enough to be made and drawn at once.
SIZE = 100


@dataclass(frozen=True, slots=True)
class Paging:
    """The part of a list that is shown, counted from 1 (0 and 0 where there is nothing), of ``total``.

    ``previous`` and ``next`` are the ``start`` of the parts before and after, None where there is none.
    """

    first: int
    last: int
    total: int
    previous: int | None
    next: int | None


def part_of(items: Sequence[Item], start: int, *, size: int = SIZE) -> tuple[Sequence[Item], Paging]:
    """Up to ``size`` of ``items`` from place ``start`` on (0 is the first), and where that part stands in the whole.

    A ``start`` beyond the end gives an empty part, from which the previous one can still be reached.
    """
    total = len(items)
    shown = items[start : start + size]
    paging = Paging(
        first=start + 1 if shown else 0,
        last=start + len(shown),
        total=total,
        previous=max(0, min(start, total) - size) if start > 0 and total else None,
        next=start + size if start + size < total else None,
    )
    return shown, paging if shown else Paging(0, 0, total, paging.previous, None)


def place_asked(words: str, name: str = "start") -> int:
    """The place in a list that an address asks for. Raises UsageError for what is no whole number from 0 on."""
    if not words:
        return 0
    if not (words.isascii() and words.isdecimal() and len(words) < 10):
        raise UsageError(
            "this is no place in a list", where=f"{name}={words!r}", remedy="Leave it out to begin at the first entry."
        )
    return int(words)
