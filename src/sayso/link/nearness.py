"""Which statements are near in meaning: pairs of rows whose cosine passes a bound, found block by block."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sayso.link.embed import Vector, cosines

_ROWS = 1024  # rows of a block: 1024 x 10,000 cosines are 40 MB


def near_pairs(rows: Vector, least: float) -> Iterator[tuple[int, int, float]]:
    """(first, second, cosine) for first < second, in order. ``rows`` come from `embed.lattice`, so cosines are exact."""
    for start in range(0, len(rows), _ROWS):
        block = cosines(rows[start : start + _ROWS], rows[start:])
        for i, j in np.argwhere(block >= np.float32(least)):
            if i < j:
                yield start + int(i), start + int(j), float(block[i, j])
