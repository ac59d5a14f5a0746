"""Groups of linked pairs: what is counted along as groups merge gives what looking at every pair would give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.link.grouping import FORCED, group

ITEMS = "abcdefgh"
PAIRS = st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS))
LINKS = st.lists(st.builds(lambda pair, score: (*pair, score), PAIRS, st.sampled_from((0.5, 0.7, 0.9, 1.5, FORCED))))


def looked_at(
    items: str, links: list[tuple[str, str, float]], vetoes: set[tuple[str, str]], share: float
) -> list[tuple[str, ...]]:
    """The same by its definition: every pair across two groups is looked at before they join."""
    groups = [{item} for item in items]
    ordered = sorted({(-score, min(a, b), max(a, b)) for a, b, score in links if a != b})
    linked = {frozenset((a, b)) for _, a, b in ordered}
    barred = {frozenset(pair) for pair in vetoes}
    for score, a, b in ordered:
        mine, theirs = (next(g for g in groups if item in g) for item in (a, b))
        across = [frozenset((x, y)) for x in mine for y in theirs]
        if mine is theirs:
            continue
        enough = sum(pair in linked for pair in across) >= share * len(across)
        if -score >= FORCED or (enough and not any(pair in barred for pair in across)):
            mine |= theirs
            groups.remove(theirs)
    return sorted(tuple(sorted(g)) for g in groups)


@given(LINKS, st.sets(PAIRS), st.sampled_from((0.0, 0.3, 0.5)))
def test_counting_along_gives_what_looking_at_every_pair_gives(
    links: list[tuple[str, str, float]], vetoes: set[tuple[str, str]], share: float
) -> None:
    expected = looked_at(ITEMS, links, vetoes, share)
    assert sorted(group(ITEMS, links, vetoes=vetoes, share=share)) == expected
    either = vetoes | {(b, a) for a, b in vetoes}
    assert sorted(group(ITEMS, links, apart=lambda a, b: (a, b) in either, share=share)) == expected


def test_groups_and_members_keep_the_order_of_the_items() -> None:
    assert group("dcba", [("a", "c", 1.0)]) == [("d",), ("c", "a"), ("b",)]


def test_a_chain_does_not_join_what_is_mostly_apart() -> None:
    chain = [("a", "b", 0.9), ("b", "c", 0.8), ("c", "d", 0.7)]
    assert group("abcd", chain, share=0.5) == [("a", "b", "c"), ("d",)]
    assert group("abcd", chain) == [("a", "b", "c", "d")]


def test_of_a_large_group_only_what_is_linked_is_looked_at() -> None:
    """Twenty thousand items in one group: all pairs across would be two hundred million."""
    items = [f"{n:05}" for n in range(20_000)]
    assert len(group(items, [(items[0], item, 1.0) for item in items[1:]], vetoes=[("x", "y")])) == 1
