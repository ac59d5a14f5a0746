"""Bringing linked pairs together into groups, the same groups for every order of the pairs.

Chains are the danger: A is like B, B like C, and soon a group holds two things that nobody would call the same. So a merge
needs most of the pairs across it, and none that a veto keeps apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

FORCED = 2.0
"""The score of a link that a person made: above every score of a machine, which end at 1.6."""


def group(
    items: Sequence[str],
    links: Iterable[tuple[str, str, float]],
    *,
    apart: Callable[[str, str], bool] | None = None,
    share: float = 0.0,
) -> list[tuple[str, ...]]:
    """Groups of ``items`` joined by ``links`` (first, second, score), strongest first.

    Two groups join only if ``share`` of the pairs across them are linked and ``apart`` keeps no pair of them apart; a link
    of score `FORCED` joins them whatever else (a person said so).
    Every item is in exactly one group; groups and members keep the order of ``items``.
    """
    position = {item: n for n, item in enumerate(items)}
    ordered = sorted(
        ((min(a, b), max(a, b), score) for a, b, score in links if a != b),
        key=lambda link: (-link[2], link[0], link[1]),
    )
    linked = {(a, b) for a, b, _ in ordered}
    home = {item: item for item in items}
    members = {item: [item] for item in items}
    for first, second, score in ordered:
        a, b = home[first], home[second]
        if a == b:
            continue
        across = [(min(x, y), max(x, y)) for x in members[a] for y in members[b]]
        if score >= FORCED:
            pass
        elif (share and sum(pair in linked for pair in across) < share * len(across)) or (
            apart is not None and any(apart(x, y) for x, y in across)
        ):
            continue
        for item in members[b]:
            home[item] = a
        members[a] += members.pop(b)
    groups = [tuple(sorted(group, key=position.__getitem__)) for group in members.values()]
    return sorted(groups, key=lambda g: position[g[0]])
