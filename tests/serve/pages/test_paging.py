"""Long lists in parts."""

from __future__ import annotations

import pytest

from sayso.errors import UsageError
from sayso.serve.pages.paging import part_of, place_asked


@pytest.mark.parametrize(
    ("total", "start", "shown", "told"),
    [
        (0, 0, "", (0, 0, 0, None, None)),
        (3, 0, "012", (1, 3, 3, None, None)),
        (4, 0, "0123", (1, 4, 4, None, None)),
        (5, 0, "0123", (1, 4, 5, None, 4)),
        (5, 4, "4", (5, 5, 5, 0, None)),
        (9, 4, "4567", (5, 8, 9, 0, 8)),
        (9, 2, "2345", (3, 6, 9, 0, 6)),
        (5, 50, "", (0, 0, 5, 1, None)),
        (0, 50, "", (0, 0, 0, None, None)),
    ],
)
def test_a_part_says_where_it_stands(total: int, start: int, shown: str, told: tuple[object, ...]) -> None:
    part, paging = part_of([str(n) for n in range(total)], start, size=4)
    assert "".join(part) == shown
    assert (paging.first, paging.last, paging.total, paging.previous, paging.next) == told


@pytest.mark.parametrize(("words", "place"), [("", 0), ("0", 0), ("100", 100)])
def test_an_address_asks_for_a_place(words: str, place: int) -> None:
    assert place_asked(words) == place


@pytest.mark.parametrize("words", ["-1", "1.5", "ten", "²", "1e3", " 1", "9" * 10])
def test_what_is_no_place_is_said(words: str) -> None:
    with pytest.raises(UsageError, match="no place in a list"):
        place_asked(words)
