"""Land as it is drawn: cut at the edge of the picture, no finer than it shows, over the date line too."""

from __future__ import annotations

import re

import numpy as np
import pytest

from sayso.serve.maps.outline import Window, outlines, step_size
from sayso.serve.maps.shapes import Country

Point = tuple[float, float]


def land(*rings: list[Point]) -> Country:
    arrays = tuple(np.asarray([*ring, ring[0]], dtype=np.float32) for ring in rings)
    boxes = np.asarray([[*a.min(axis=0), *a.max(axis=0)] for a in arrays], dtype=np.float32).reshape(-1, 4)
    return Country(arrays, boxes)


def box(west: float, south: float, east: float, north: float) -> list[Point]:
    return [(west, south), (west, north), (east, north), (east, south)]


def window(lon: float = 0.0, lat: float = 0.0, *, scale: float = 10.0) -> Window:
    """A picture of 200 by 100 pixels, ``scale`` pixels to the degree: 20 degrees wide and 10 tall."""
    return Window(lon, lat, scale, scale, 200, 100)


def corners(path: str) -> list[Point]:
    """The points of a path in pixels."""
    found: list[Point] = []
    for part in path.split("z"):
        numbers = [int(n) for n in re.findall(r"-?\d+", part)]
        x = y = 0
        for at, (a, b) in enumerate(zip(numbers[::2], numbers[1::2], strict=True)):
            x, y = (a, b) if at == 0 else (x + a, y + b)
            found.append((x * step_size(), y * step_size()))
    return found


def test_a_point_stands_where_the_window_says() -> None:
    assert window(30, 50).place(30, 50) == (100, 50)
    assert window(30, 50).place(31, 51) == (110, 40)
    assert window(179, 0).place(-179, 0) == (120, 50), "over the date line"


def test_land_within_the_picture_keeps_its_corners() -> None:
    (path,) = outlines([land(box(-5, -2, 5, 2))], window())
    assert set(corners(path)) == {(50, 30), (150, 30), (150, 70), (50, 70)}


@pytest.mark.parametrize(
    "ring",
    [box(-5, -2, 500, 2), box(-500, -2, 5, 2), box(-5, -200, 5, 2), box(-500, -200, 500, 200)],
    ids=["right", "left", "below", "all around"],
)
def test_what_reaches_beyond_is_cut_at_the_edge(ring: list[Point]) -> None:
    (path,) = outlines([land(ring)], window())
    for x, y in corners(path):
        assert -8 <= x <= 208
        assert -8 <= y <= 108


def test_a_coast_that_winds_beyond_the_corner_draws_no_line_across() -> None:
    """Points beyond the left edge, then beyond left and top, then beyond the top: none may be joined with the first straight."""
    ring = [(-5, -2), (-15, -2), (-15, 4), (-15, 8), (-14, 9), (-13, 9), (-5, 9), (-5, 3), (5, 3), (5, -2)]
    (path,) = outlines([land([(float(a), float(b)) for a, b in ring])], window())
    assert (-8.0, -8.0) in corners(path), "the corner of the picture is land"


@pytest.mark.parametrize(
    ("ring", "why"),
    [
        (box(40, -2, 50, 2), "elsewhere"),
        (box(-5, 20, 5, 30), "further north"),
        (box(0, 0, 0.1, 0.1), "smaller than anybody sees"),
    ],
)
def test_what_cannot_be_seen_is_not_drawn(ring: list[Point], why: str) -> None:
    assert list(outlines([land(ring)], window())) == [], why


def test_land_on_both_sides_of_the_date_line_is_drawn_on_both() -> None:
    paths = list(outlines([land(box(175, -2, 180, 2), box(-180, -2, -175, 2))], window(180)))
    assert {x for path in paths for x, _ in corners(path)} == {50, 100, 150}


def test_a_line_is_no_finer_than_the_picture() -> None:
    jagged = [(n / 10_000, 1 + (n % 2) / 10_000) for n in range(10_000)] + [(1.0, -1.0), (0.0, -1.0)]
    (path,) = outlines([land(jagged)], window())
    assert len(corners(path)) < 20
