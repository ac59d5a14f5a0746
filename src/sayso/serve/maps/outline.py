"""Land as it is drawn: projected onto a picture, no finer than the picture shows, and cut off at its edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.serve.maps.shapes import Country, Ring

Points = NDArray[np.float64]

#: Steps of the drawn line per pixel: finer than this nobody sees.
_STEPS = 2
#: Pixels that an island must be wide or tall to be drawn.
_LEAST = 3.0
#: Pixels within which the first point of a line stands for those that follow.
_GRAIN = 1.3
#: Pixels beyond the edge of the picture at which lines are cut, so that no cut can be seen.
_MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the earth that a picture of ``width`` by ``height`` pixels shows: equirectangular around a point (degrees), with
    ``across`` and ``down`` pixels for a degree of longitude and of latitude."""

    lon: float
    lat: float
    across: float
    down: float
    width: float
    height: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point stands on the picture, in pixels from the upper left."""
        turned = (lon - self.lon + 180) % 360 - 180
        return self.width / 2 + turned * self.across, self.height / 2 - (lat - self.lat) * self.down


def outlines(countries: Iterable[Country], window: Window) -> Iterator[str]:
    """For each country in the window the data of an SVG path, in whole numbers of `_STEPS` to the pixel."""
    for country in countries:
        parts = [part for ring, shift in _in_window(country, window) if (part := _drawn(ring, shift, window))]
        if parts:
            yield "".join(parts)


def step_size() -> float:
    """What the numbers of `outlines` are multiplied with to give pixels."""
    return 1 / _STEPS


def _in_window(country: Country, window: Window) -> Iterator[tuple[Ring, float]]:
    """The rings that can be seen, each with the degrees of longitude to add: the earth is round, a picture is not."""
    half_width, half_height = window.width / 2 / window.across, window.height / 2 / window.down
    west, south, east, north = country.boxes.T
    seen = (north > window.lat - half_height) & (south < window.lat + half_height)
    seen &= ((east - west) * window.across > _LEAST) | ((north - south) * window.down > _LEAST)
    for shift in (-360.0, 0.0, 360.0):
        here = seen & (east + shift > window.lon - half_width) & (west + shift < window.lon + half_width)
        for at in np.flatnonzero(here):
            yield country.rings[at], shift


def _drawn(ring: Ring, shift: float, window: Window) -> str:
    """One ring as the moves of a path; "" where nothing of it is in the picture."""
    x = window.width / 2 + (ring[:, 0].astype(np.float64) + shift - window.lon) * window.across
    y = window.height / 2 - (ring[:, 1].astype(np.float64) - window.lat) * window.down
    points = _near(np.column_stack((x, y)), window)
    pixels = np.rint(points / _GRAIN)
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (np.diff(pixels, axis=0) != 0).any(axis=1)
    cut = _cut([(float(a), float(b)) for a, b in points[moved] * _STEPS], window)
    if len(cut) < 3:
        return ""
    whole = [(round(a), round(b)) for a, b in cut]
    first, *others = whole
    moves = [f"M{first[0]} {first[1]}l"]
    (a, b) = first
    for c, d in others:
        moves.append(f"{c - a} {d - b} ")
        a, b = c, d
    return "".join(moves).rstrip() + "z"


def _near(points: Points, window: Window) -> Points:
    """Without the points that lie beyond one and the same edge as both their neighbours: they draw nothing that is seen."""
    x, y = points.T
    beyond = np.select(
        (x < -_MARGIN, x > window.width + _MARGIN, y < -_MARGIN, y > window.height + _MARGIN), (1, 2, 3, 4), 0
    )
    between = (beyond != 0) & (beyond == np.roll(beyond, 1)) & (beyond == np.roll(beyond, -1))
    kept: Points = points[~between]
    return kept


Point = tuple[float, float]


def _cut(points: list[Point], window: Window) -> list[Point]:
    """A polygon cut off at the four edges, one after the other (Sutherland and Hodgman, 1974)."""
    low, right, bottom = -_MARGIN * _STEPS, (window.width + _MARGIN) * _STEPS, (window.height + _MARGIN) * _STEPS
    for axis, edge, inside in (
        (0, low, _least(low)),
        (0, right, _most(right)),
        (1, low, _least(low)),
        (1, bottom, _most(bottom)),
    ):
        points = list(_cut_at(points, axis, edge, inside))
    return points


def _cut_at(points: list[Point], axis: int, edge: float, inside: Callable[[float], bool]) -> Iterator[Point]:
    before = points[-1] if points else (0.0, 0.0)
    for point in points:
        if inside(point[axis]) != inside(before[axis]):
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (edge, other) if axis == 0 else (other, edge)
        if inside(point[axis]):
            yield point
        before = point


def _least(edge: float) -> Callable[[float], bool]:
    return lambda value: value >= edge


def _most(edge: float) -> Callable[[float], bool]:
    return lambda value: value <= edge
