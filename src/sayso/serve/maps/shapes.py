"""Land as rings of longitudes and latitudes, read once out of the package that brings them."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float32]
"""Points of a closed line, one row each: longitude and latitude in degrees."""

_PACKAGE = "geo_intel_offline"


@dataclass(frozen=True, slots=True)
class Country:
    """The land of one country: rings, each with the box it lies in as west, south, east and north."""

    rings: tuple[Ring, ...]
    boxes: NDArray[np.float32]


@cache
def countries() -> tuple[Country, ...]:
    """Every country; none where the extra is not installed, or where its data is not what we know how to read.

    Reading takes a second or two the first time, and holds 3 MB afterwards.
    """
    try:
        packed = files(_PACKAGE).joinpath("data", "polygons.json.gz").read_bytes()
        shapes = json.loads(gzip.decompress(packed))
        return tuple(_country(shape) for shape in shapes.values())
    except (ImportError, OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError):
        return ()  # a map without coastlines is better than none; it says what to install


def _country(shape: dict[str, Any]) -> Country:
    rings = tuple(ring for ring in _rings(shape) if len(ring) > 3)
    boxes = [[*ring.min(axis=0), *ring.max(axis=0)] for ring in rings]
    return Country(rings, np.asarray(boxes, dtype=np.float32).reshape(-1, 4))


def _rings(shape: dict[str, Any]) -> Iterator[Ring]:
    """The rings of a country, holes among them. The package writes latitude first."""
    for ring in (*(shape.get("exteriors") or [shape["exterior"]]), *shape["holes"]):
        yield np.asarray(ring, dtype=np.float32).reshape(-1, 2)[:, ::-1]
