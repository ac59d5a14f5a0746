"""Reworded copies: two reports that tell the same facts in the same order, in other words.

A machine paraphrase shares hardly a run of words with its original, but it keeps the order: sentence by sentence the
meaning is the same. Independent reports of one event share facts too, though fewer, and in an order of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from sayso.link.embed import Vector, cosines
from sayso.link.told import Told

NEAR = 0.60  # cosine of two statements that may be one sentence in other words
# … and of two that stand between the same neighbours of a report and its rewording. Of 55 pairs so found and read in the
# demonstration one was wrong, and its two speakers had nothing in common (see twins).
BETWEEN = 0.40
LEAST = 4  # statements in the same order; fewer may be chance
DAYS = 4.0  # a rewording appears within days


def told_alike(told: Sequence[Told], rows: Vector, near: Sequence[tuple[int, int]]) -> set[tuple[str, str]]:
    """Pairs of reports of two outlets, within some days, that tell several near statements in the same order.

    They are worth comparing; whether one derives from the other is not said here. ``near`` lists the pairs of statements
    (positions) that are near.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(told):
        places[one.report.id].append(n)
    counts: dict[tuple[str, str], set[int]] = defaultdict(set)
    for x, y in near:
        first, second = sorted((told[x].report.id, told[y].report.id))
        if first != second:
            counts[first, second].add(x)
    found = set()
    for a, b in sorted(counts):
        if len(counts[a, b]) < LEAST or _far(told, places, (a, b)):
            continue
        if told[places[a][0]].report.outlet == told[places[b][0]].report.outlet:
            continue
        if len(in_order(told, rows, places[a], places[b])) >= LEAST:
            found.add((a, b))
    return found


def in_order(
    told: Sequence[Told], rows: Vector, mine: Sequence[int], theirs: Sequence[int]
) -> list[tuple[int, int, float]]:
    """(position, position, cosine) of the statements of two reports that are each other's nearest and keep their order."""
    if not mine or not theirs:
        return []
    mine = sorted(mine, key=lambda n: (told[n].start, told[n].id))
    theirs = sorted(theirs, key=lambda n: (told[n].start, told[n].id))
    products = cosines(rows[mine], rows[theirs])
    return [(mine[i], theirs[j], float(products[i, j])) for i, j in ordered_pairs(products, least=NEAR)]


def ordered_pairs(products: Vector, *, least: float, rising: bool = True) -> list[tuple[int, int]]:
    """The (row, column) pairs that are each other's nearest, of this cosine at least, and keep their order if asked to."""
    if not products.size:
        return []
    best_b, best_a = products.argmax(axis=1), products.argmax(axis=0)
    chain = [
        (i, int(best_b[i]))
        for i in range(len(products))
        if best_a[best_b[i]] == i and products[i, best_b[i]] >= np.float32(least)
    ]
    return [chain[n] for n in _longest_rising([j for _, j in chain])] if rising else chain


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
