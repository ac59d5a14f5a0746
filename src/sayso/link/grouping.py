"""Bringing linked pairs together into groups, the same groups for every order of the pairs.

Chains are the danger: A is like B, B like C, and soon a group holds two things that nobody would call the same. So a merge
needs most of the pairs across it, and none that a veto keeps apart. How many pairs across two groups are linked, and which
groups are kept apart, is counted along as groups merge: looking at every pair again would cost the square of their sizes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

FORCED = 2.0
"""The score of a link that a person made: above every score of a machine, which end at 1.6."""


def group(
    items: Sequence[str],
    links: Iterable[tuple[str, str, float]],
    *,
    vetoes: Collection[tuple[str, str]] = (),
    apart: Callable[[str, str], bool] | None = None,
    share: float = 0.0,
) -> list[tuple[str, ...]]:
    """Groups of ``items`` joined by ``links`` (first, second, score), strongest first.

    Two groups join only if ``share`` of the pairs across them are linked, and none of them is one of the ``vetoes`` or kept
    ``apart``; a link of score `FORCED` joins them whatever else (a person said so). Where all vetoes are known beforehand,
    ``vetoes`` cost less than ``apart``, which is asked of every pair across two groups before they join.
    Every item is in exactly one group; groups and members keep the order of ``items``.
    """
    position = {item: n for n, item in enumerate(items)}
    ordered = sorted(
        ((min(a, b), max(a, b), score) for a, b, score in links if a != b),
        key=lambda link: (-link[2], link[0], link[1]),
    )
    home = {item: item for item in items}
    members = {item: [item] for item in items}
    linked = _Between((a, b) for a, b in {(a, b) for a, b, _ in ordered} if share and a in home and b in home)
    barred = _Between((a, b) for a, b in vetoes if a != b and a in home and b in home)
    for first, second, score in ordered:
        a, b = home[first], home[second]
        if a == b:
            continue
        if score < FORCED:
            if barred.count(a, b):
                continue
            if share and linked.count(a, b) < share * (len(members[a]) * len(members[b])):
                continue
            if apart is not None and any(apart(min(x, y), max(x, y)) for x in members[a] for y in members[b]):
                barred.add(a, b)  # whatever joins them, the pair that is apart is still across them
                continue
        if len(members[a]) < len(members[b]):
            a, b = b, a
        for item in members[b]:
            home[item] = a
        members[a] += members.pop(b)
        linked.merge(a, b)
        barred.merge(a, b)
    groups = [tuple(sorted(group, key=position.__getitem__)) for group in members.values()]
    return sorted(groups, key=lambda g: position[g[0]])


class _Between:
    """How many pairs there are across each two groups, kept as groups merge."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._counts: dict[str, dict[str, int]] = defaultdict(dict)
        for a, b in pairs:
            self.add(a, b)

    def count(self, a: str, b: str) -> int:
        known = self._counts.get(a)
        return known.get(b, 0) if known else 0

    def add(self, a: str, b: str, more: int = 1) -> None:
        for one, other in ((a, b), (b, a)):
            known = self._counts[one]
            known[other] = known.get(other, 0) + more

    def merge(self, kept: str, other: str) -> None:
        """The group ``other`` becomes a part of ``kept``."""
        for third, pairs in self._counts.pop(other, {}).items():
            del self._counts[third][other]
            if third != kept:
                self.add(kept, third, pairs)
