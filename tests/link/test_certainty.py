"""How surely a number is told."""

from __future__ import annotations

import pytest

from sayso.link.certainty import is_confirmed, is_foreseen, is_suspected


@pytest.mark.parametrize(
    ("words", "foreseen"),
    [
        ("the fever could kill thousands", True),
        ("thousands could die", True),
        ("the toll could rise to 90", True),
        ("thousands may have died", False),
        ("thousands are feared dead", False),
        ("a one in four chance of killing thousands", True),
    ],
)
def test_what_may_yet_be(words: str, foreseen: bool) -> None:
    assert is_foreseen(words) is foreseen


@pytest.mark.parametrize(
    ("segment", "clause", "confirmed", "suspected"),
    [
        ("20 deaths are confirmed", "", True, False),
        ("20 laboratory-confirmed deaths", "", True, False),
        ("the fever is suspected of killing 20", "", False, True),
        ("20 possible deaths", "", False, True),
        ("20 people died", "", False, False),
        (" bringing the toll to 20", "three more deaths were confirmed, bringing the toll to 20", True, False),
    ],
)
def test_standing(segment: str, clause: str, confirmed: bool, suspected: bool) -> None:
    assert is_confirmed(segment, clause, "") is confirmed
    assert is_suspected(segment, clause, "") is suspected
