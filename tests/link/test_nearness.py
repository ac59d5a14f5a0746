"""Near pairs: the same as comparing every row with every other, in order, and found again by id."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.link.embed import Vector, cosines, lattice
from sayso.link.nearness import near_of, near_pairs


def rows(number: int) -> Vector:
    made = np.random.default_rng(7).normal(size=(number, 12)).astype(np.float32)
    return lattice(made / np.linalg.norm(made, axis=1, keepdims=True))


@pytest.mark.parametrize("number", [0, 1, 2, 40, 1100])
def test_every_pair_that_is_near_enough_is_found_once_and_in_order(number: int) -> None:
    made = rows(number)
    every = cosines(made, made) if number else np.zeros((0, 0), dtype=np.float32)
    expected = [(int(i), int(j), float(every[i, j])) for i, j in np.argwhere(every >= np.float32(0.6)) if i < j]
    assert list(near_pairs(made, 0.6)) == expected


def test_the_bound_itself_is_near_enough() -> None:
    made = lattice(np.array([[1, 0], [0.6, 0.8]], dtype=np.float32))
    [(first, second, cosine)] = near_pairs(made, 0.6)
    assert (first, second) == (0, 1)
    assert cosine == pytest.approx(0.6)
    assert list(near_pairs(made, 0.6001)) == []


def test_pairs_among_some_rows_are_told_by_their_places_there() -> None:
    near = near_of([(1, 3, 0.7), (0, 1, 0.9), (3, 4, 0.8)])
    assert [(i, j) for i, j, _ in near.among([1, 3, 4], 5)] == [(0, 1), (1, 2)]


def test_cosines_are_found_by_either_order_of_the_ids() -> None:
    found = near_of([(0, 2, 0.75), (1, 2, 0.5)]).by_id(["s-c", "s-a", "s-b"])
    assert (found["s-b", "s-c"], found["s-c", "s-b"], found.get(("s-a", "s-c"), 0.0)) == (0.75, 0.75, 0.0)
    assert (len(found), list(found)) == (2, [("s-c", "s-b"), ("s-a", "s-b")])
