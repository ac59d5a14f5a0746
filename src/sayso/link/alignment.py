"""Reworded copies: two reports that tell the same facts in the same order, in other words.

A machine paraphrase shares hardly a run of words with its original, but it keeps the order: sentence by sentence the
meaning is the same. Independent reports of one event share facts too, though fewer, and in an order of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from sayso.link.embed import Vector, cosines
from sayso.link.fingerprints import Laid
from sayso.link.nearness import Near
from sayso.link.remembered import Remembered
from sayso.link.told import Told

NEAR = 0.60  # cosine of two statements that may be one sentence in other words
# … and of two that stand between the same neighbours of a report and its rewording. Of 55 pairs so found and read in the
# demonstration one was wrong, and its two speakers had nothing in common (see twins).
BETWEEN = 0.40
LEAST = 4  # statements in the same order; fewer may be chance
DAYS = 4.0  # a rewording appears within days


_IN_ORDER: Remembered[tuple[bytes, bytes], int] = Remembered(100_000)  # some 20 MB


def told_alike(told: Sequence[Told], rows: Vector, near: Near, laid: Mapping[str, Laid]) -> set[tuple[str, str]]:
    """Pairs of reports of two outlets, within some days, that tell several near statements in the same order.

    They are worth comparing; whether one derives from the other is not said here. ``near`` has the pairs of statements that are
    near, ``laid`` the statements of every report.
    """
    pairs = {
        (laid[a].digest, laid[b].digest): (a, b)
        for a, b in _with_several(told, sorted(laid), near)
        if not _far(told, laid, (a, b))
        and told[laid[a].places[0]].report.outlet != told[laid[b].places[0]].report.outlet
    }

    def work_out(missing: Sequence[tuple[bytes, bytes]]) -> Iterator[int]:
        for a, b in map(pairs.__getitem__, missing):
            yield len(in_order(rows, laid[a].places, laid[b].places))

    return {pairs[key] for key, length in _IN_ORDER.of(pairs, work_out).items() if length >= LEAST}


def _with_several(told: Sequence[Told], reports: Sequence[str], near: Near) -> list[tuple[str, str]]:
    """The pairs of reports, of these in order, that have near statements at several places."""
    near = near.where(near.cosine >= np.float32(NEAR))
    if not len(near):
        return []
    number = {report: n for n, report in enumerate(reports)}
    of = np.array([number[one.report.id] for one in told], dtype=np.int64)
    one, other = of[near.first], of[near.second]
    pair = np.minimum(one, other) * len(reports) + np.maximum(one, other)
    across = one != other
    # A place counts once for a pair of reports, however many statements of the other are near it.
    counted = np.unique(pair[across] * len(told) + near.first[across]) // len(told)
    pairs, places = np.unique(counted, return_counts=True)
    return [(reports[code // len(reports)], reports[code % len(reports)]) for code in pairs[places >= LEAST].tolist()]


def in_order(rows: Vector, mine: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int, float]]:
    """(position, position, cosine) of the statements of two reports that are each other's nearest and keep their order."""
    if not mine or not theirs:
        return []
    products = cosines(rows[list(mine)], rows[list(theirs)])
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


def filled(rows: Vector, mine: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int, float]]:
    """`in_order`, and between two such pairs the statements that are nearest there, asked for less likeness.

    Only for reports that are known to derive from one another: what stands in one place of both is one sentence.
    """
    found = in_order(rows, mine, theirs)
    at, there = {n: i for i, n in enumerate(mine)}, {n: i for i, n in enumerate(theirs)}
    fixed = [(-1, -1), *((at[a], there[b]) for a, b, _ in found), (len(mine), len(theirs))]
    for (i, j), (k, m) in pairwise(fixed):
        left, right = mine[i + 1 : k], theirs[j + 1 : m]
        if left and right:
            products = cosines(rows[list(left)], rows[list(right)])
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


def _far(told: Sequence[Told], laid: Mapping[str, Laid], pair: tuple[str, str]) -> bool:
    a, b = (told[laid[report].places[0]].day for report in pair)
    return a is not None and b is not None and abs(a - b) > DAYS
