"""Two texts parted at what they share: nothing is lost, nothing stands twice, and each number is on both sides."""

from __future__ import annotations

import pytest

from sayso.model import Span
from sayso.serve.pages.beside import SharedPiece, _pieces

TEXT = "one two three four"


@pytest.mark.parametrize(
    ("passages", "parts"),
    [
        ([], [("one two three four", None)]),
        ([(1, Span(0, 3))], [("one", 1), (" two three four", None)]),
        ([(1, Span(8, 18)), (2, Span(0, 3))], [("one", 2), (" two ", None), ("three four", 1)]),
        ([(1, Span(0, 7)), (2, Span(4, 13))], [("one two", 1), (" three", 2), (" four", None)]),
        ([(1, Span(0, 18)), (2, Span(4, 7))], [("one two three four", 1)]),
    ],
)
def test_a_text_is_parted_at_its_passages(
    passages: list[tuple[int, Span]], parts: list[tuple[str, int | None]]
) -> None:
    made = _pieces(TEXT, passages)
    assert made == tuple(SharedPiece(*part) for part in parts)
    assert "".join(piece.text for piece in made) == TEXT
