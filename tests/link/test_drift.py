"""One quotation in other words, as a line to read."""

from __future__ import annotations

import pytest

from sayso.link.drift import word_diff


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("the depot came under fire", "the depot was subjected to fire", "the depot [came under → was subjected to] fire"),
        ("we shall not go", "we shall not go", "we shall not go"),
        ("we shall go", "we shall not go", "we shall [– → not] go"),
        ("all of it is lost", "it is lost", "[all of → –] it is lost"),
        (
            "in the name of all who fell at the weir we ask for calm in every house of this town tonight",
            "in the name of all who died at the weir we ask for calm in every home of this town tonight",
            "… name of all who [fell → died] at the weir we … for calm in every [house → home] of this town tonight",
        ),
    ],
)  # fmt: skip
def test_a_difference_stands_in_its_words(before: str, after: str, expected: str) -> None:
    assert word_diff(before.split(), after.split()) == expected
