"""Times as numbers, no finer than they are known."""

from __future__ import annotations

import pytest

from sayso.model import Precision
from sayso.serve.exports.times import as_fine_as, iso, numbers


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("2031", (2031,)),
        ("2031-04", (2031, 4)),
        ("2031-04-08", (2031, 4, 8)),
        ("2031-04-08T05", (2031, 4, 8, 5)),
        ("2031-04-08T05:30", (2031, 4, 8, 5, 30)),
        ("2031-04-08T05:30:07.25Z", (2031, 4, 8, 5, 30, 7)),
        ("2031-04-08T01:30+03:00", (2031, 4, 7, 22, 30)),
        ("2031-12-31T23:30-0100", (2032, 1, 1, 0, 30)),
        ("2031-02-30", ()),
        ("2031-13", ()),
        ("2031-04-08TMO", ()),
        ("0001-01-01T00:00+05:00", ()),
        ("PAST_REF", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_numbers_of_a_time(value: str | None, parts: tuple[int, ...]) -> None:
    assert numbers(value) == parts
    assert numbers(iso(parts)) == parts


@pytest.mark.parametrize(
    ("precision", "parts"),
    [
        (Precision.SECOND, (2031, 4, 8, 5, 30, 7)),
        (Precision.PART_OF_DAY, (2031, 4, 8, 5)),
        (Precision.WEEK, (2031, 4, 8)),
        (Precision.SEASON, (2031, 4)),
        (Precision.DECADE, (2031,)),
        (Precision.RELATIVE, ()),
    ],
)
def test_a_time_is_no_finer_than_it_is_known(precision: Precision, parts: tuple[int, ...]) -> None:
    assert as_fine_as((2031, 4, 8, 5, 30, 7), precision) == parts
