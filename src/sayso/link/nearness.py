"""Which statements are near in meaning: pairs of rows whose cosine passes a bound, found block by block and kept as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.link.embed import EXACT, Vector, products

_ROWS = 1024  # rows of a block: 1024 x 10,000 products are 40 MB

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Near:
    """Pairs of rows by their places, first < second, in order, each with the cosine of its two rows."""

    first: Places
    second: Places
    cosine: Vector

    def __len__(self) -> int:
        return len(self.first)

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.first.tolist(), self.second.tolist(), self.cosine.tolist(), strict=True)

    def where(self, mask: Mask) -> Near:
        """The pairs for which the mask holds."""
        return Near(self.first[mask], self.second[mask], self.cosine[mask])

    def among(self, kept: Sequence[int], rows: int) -> Near:
        """The pairs of which both rows are among the ``kept`` (places, rising, of so many ``rows``), by their places there."""
        place = np.full(rows, -1, dtype=np.int64)
        place[list(kept)] = np.arange(len(kept))
        first, second = place[self.first], place[self.second]
        mask = (first >= 0) & (second >= 0)
        return Near(first[mask], second[mask], self.cosine[mask])

    def by_id(self, ids: Sequence[str]) -> Cosines:
        """The cosines by pairs of ids, given the id of every row."""
        return Cosines(self, ids)


def near_of(pairs: Iterable[tuple[int, int, float]]) -> Near:
    """These pairs of places, in order."""
    found = sorted(pairs)
    return Near(
        np.array([i for i, _, _ in found], dtype=np.int64),
        np.array([j for _, j, _ in found], dtype=np.int64),
        np.array([cosine for _, _, cosine in found], dtype=np.float32),
    )


def near_pairs(rows: Vector, least: float) -> Near:
    """The pairs of rows whose cosine is at least ``least``. ``rows`` come from `embed.lattice`, so cosines are exact."""
    found: list[tuple[Places, Places, Vector]] = []
    for start in range(0, len(rows), _ROWS):
        block = products(rows[start : start + _ROWS], rows[start:])
        i, j = np.nonzero(block >= np.float32(least * EXACT - 1))
        i, j = i[i < j], j[i < j]
        cosine = (block[i, j].astype(np.float64) / EXACT).astype(np.float32)
        enough = cosine >= np.float32(least)
        found.append((i[enough] + start, j[enough] + start, cosine[enough]))
    if not found:
        return near_of(())
    first, second, cosines = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Near(first, second, cosines)


class Cosines(Mapping[tuple[str, str], float]):
    """The cosines of near rows by pairs of their ids, in whichever order; a pair that is not near is not in it."""

    def __init__(self, near: Near, ids: Sequence[str]) -> None:
        self._near = near
        self._ids = ids
        self._place = {identifier: n for n, identifier in enumerate(ids)}
        self._codes = near.first * len(ids) + near.second  # rising, as the pairs are in order

    def __getitem__(self, pair: tuple[str, str]) -> float:
        first, second = sorted(self._place[identifier] for identifier in pair)
        code = first * len(self._ids) + second
        n = int(np.searchsorted(self._codes, code))
        if n == len(self._codes) or self._codes[n] != code:
            raise KeyError(pair)
        return float(self._near.cosine[n])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((self._ids[i], self._ids[j]) for i, j, _ in self._near)

    def __len__(self) -> int:
        return len(self._near)
