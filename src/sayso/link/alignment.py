"""Reworded copies: two reports that tell the same facts in the same order, in other words.

A machine paraphrase shares hardly a run of words with its original, but it keeps the order: sentence by sentence the
meaning is the same. Independent reports of one event share facts too, though fewer, and in an order of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.link.embed import Vector, cosines
from sayso.link.told import Told

NEAR = 0.60  # cosine of two statements that may be one sentence in other words
LEAST = 6  # aligned statements; fewer may be chance
SHARE = 0.50  # of the shorter report's statements, aligned in order
DAYS = 4.0  # a rewording appears within days


@dataclass(frozen=True, slots=True)
class Aligned:
    score: float
    reason: str


def align(told: Sequence[Told], rows: Vector, near: Sequence[tuple[int, int]]) -> dict[tuple[str, str], Aligned]:
    """Pairs of reports whose statements align. ``near`` lists the pairs of statements (positions) that are near."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(told):
        places[one.report.id].append(n)
    counts: dict[tuple[str, str], set[int]] = defaultdict(set)
    for x, y in near:
        first, second = sorted((told[x].report.id, told[y].report.id))
        if first != second:
            counts[first, second].add(x)
    found = {}
    for pair in sorted(counts):
        a, b = pair
        if len(counts[pair]) < LEAST - 1 or min(len(places[a]), len(places[b])) < LEAST or _far(told, places, pair):
            continue
        if told[places[a][0]].report.outlet == told[places[b][0]].report.outlet:
            continue
        result = _aligned(told, rows, places[a], places[b])
        if result is not None:
            found[pair] = result
    return found


def _aligned(told: Sequence[Told], rows: Vector, mine: Sequence[int], theirs: Sequence[int]) -> Aligned | None:
    mine = sorted(mine, key=lambda n: told[n].start)
    theirs = sorted(theirs, key=lambda n: told[n].start)
    products = cosines(rows[mine], rows[theirs])
    best_b, best_a = products.argmax(axis=1), products.argmax(axis=0)
    chain = [
        int(best_b[i])
        for i in range(len(mine))
        if best_a[best_b[i]] == i and products[i, best_b[i]] >= np.float32(NEAR)
    ]
    ordered = _longest_rising(chain)
    share = ordered / min(len(mine), len(theirs))
    if ordered < LEAST or share < SHARE:
        return None
    return Aligned(
        min(0.95, 0.5 + share / 2), f"{ordered} statements in the same order ({share:.0%} of the shorter report's)"
    )


def _longest_rising(values: Sequence[int]) -> int:
    tails: list[int] = []
    for value in values:
        place = bisect_left(tails, value)
        tails[place : place + 1] = [value]
    return len(tails)


def _far(told: Sequence[Told], places: Mapping[str, Sequence[int]], pair: tuple[str, str]) -> bool:
    a, b = (told[places[report][0]].day for report in pair)
    return a is not None and b is not None and abs(a - b) > DAYS
