"""Reworded copies: two reports that tell the same facts in the same order, in other words.

A machine paraphrase shares hardly a run of words with its original, but it keeps the order: sentence by sentence the
meaning is the same. Independent reports of one event share facts too, though fewer, and in an order of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sayso.link.embed import Vector, cosines
from sayso.link.told import Told

NEAR = 0.60  # cosine of two statements that may be one sentence in other words
# … and of two that stand between the same neighbours of a report and its rewording. Of 55 pairs so found and read in the
# demonstration one was wrong, and its two speakers had nothing in common (see twins).
BETWEEN = 0.40
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
    ordered = len(in_order(told, rows, mine, theirs))
    share = ordered / min(len(mine), len(theirs))
    if ordered < LEAST or share < SHARE:
        return None
    return Aligned(
        min(0.95, 0.5 + share / 2), f"{ordered} statements in the same order ({share:.0%} of the shorter report's)"
    )


def in_order(
    told: Sequence[Told], rows: Vector, mine: Sequence[int], theirs: Sequence[int]
) -> list[tuple[int, int, float]]:
    """(position, position, cosine) of the statements of two reports that are each other's nearest and keep their order."""
    if not mine or not theirs:
        return []
    mine = sorted(mine, key=lambda n: (told[n].start, told[n].id))
    theirs = sorted(theirs, key=lambda n: (told[n].start, told[n].id))
    products = cosines(rows[mine], rows[theirs])
    best_b, best_a = products.argmax(axis=1), products.argmax(axis=0)
    chain = [
        (i, int(best_b[i]))
        for i in range(len(mine))
        if best_a[best_b[i]] == i and products[i, best_b[i]] >= np.float32(NEAR)
    ]
    kept = _longest_rising([j for _, j in chain])
    return [(mine[i], theirs[j], float(products[i, j])) for i, j in (chain[n] for n in kept)]


def filled(
    told: Sequence[Told], rows: Vector, mine: Sequence[int], theirs: Sequence[int]
) -> list[tuple[int, int, float]]:
    """`in_order`, and between two such pairs the statements that are nearest there, asked for less likeness.

    Only for reports that are known to derive from one another: what stands in one place of both is one sentence.
    """
    found = in_order(told, rows, mine, theirs)
    mine = sorted(mine, key=lambda n: (told[n].start, told[n].id))
    theirs = sorted(theirs, key=lambda n: (told[n].start, told[n].id))
    at, there = {n: i for i, n in enumerate(mine)}, {n: i for i, n in enumerate(theirs)}
    fixed = [(-1, -1), *((at[a], there[b]) for a, b, _ in found), (len(mine), len(theirs))]
    for (i, j), (k, m) in pairwise(fixed):
        left, right = mine[i + 1 : k], theirs[j + 1 : m]
        if left and right:
            products = cosines(rows[left], rows[right])
            best_b, best_a = products.argmax(axis=1), products.argmax(axis=0)
            for x in range(len(left)):
                y = int(best_b[x])
                if best_a[y] == x and products[x, y] >= np.float32(BETWEEN):
                    found.append((left[x], right[y], float(products[x, y])))
    return sorted(found)


def _longest_rising(values: Sequence[int]) -> list[int]:
    """The places of a longest rising run of ``values``; of several the one whose values end lowest."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for n, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [n]
    found: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]


def _far(told: Sequence[Told], places: Mapping[str, Sequence[int]], pair: tuple[str, str]) -> bool:
    a, b = (told[places[report][0]].day for report in pair)
    return a is not None and b is not None and abs(a - b) > DAYS
