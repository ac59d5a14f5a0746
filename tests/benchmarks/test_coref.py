"""The metrics of who is who, against examples worked out by hand, and the laying out of tokens."""

from __future__ import annotations

from itertools import permutations

import pytest

from coref import Chain, Mention, b_cubed, best_pairs, ceaf_e, chains_by, counterparts, lay_out, muc, on_our_mentions
from sayso.model import Span


def chains(*groups: str) -> list[Chain]:
    """ "ab c": a chain of two mentions and one of one."""
    return [frozenset(map(ord, group)) for group in groups]


# The example of Pradhan et al. 2014 (both sides have mentions that the other lacks), three gold chains of which two are merged,
# and the plain cases.
MISSED = (chains("abc", "defg"), chains("ab", "cd", "fghi"))
MERGED = (chains("abcde", "fg", "hijkl"), chains("abcde", "fghijkl"))
SAME = (chains("abc", "de"), chains("de", "abc"))
NOTHING = (chains("abc", "de"), chains())


@pytest.mark.parametrize(
    ("metric", "sides", "precision", "recall"),
    [
        (muc, MISSED, 2 / 5, 2 / 5),
        (b_cubed, MISSED, (4 / 2 + 1 / 2 + 1 / 2 + 4 / 4) / 8, (4 / 3 + 1 / 3 + 1 / 4 + 4 / 4) / 7),
        (ceaf_e, MISSED, (4 / 5 + 4 / 8) / 3, (4 / 5 + 4 / 8) / 2),
        (muc, MERGED, 9 / 10, 1.0),
        (b_cubed, MERGED, (5 + 4 / 7 + 25 / 7) / 12, 1.0),
        (ceaf_e, MERGED, (1 + 10 / 12) / 2, (1 + 10 / 12) / 3),
        (muc, SAME, 1.0, 1.0),
        (b_cubed, SAME, 1.0, 1.0),
        (ceaf_e, SAME, 1.0, 1.0),
        (muc, NOTHING, 0.0, 0.0),
        (b_cubed, NOTHING, 0.0, 0.0),
        (ceaf_e, NOTHING, 0.0, 0.0),
    ],
)
def test_a_metric_by_hand(
    metric: object, sides: tuple[list[Chain], list[Chain]], precision: float, recall: float
) -> None:
    assert callable(metric)
    assert metric(*sides).scores()[:2] == pytest.approx((precision, recall))


def test_counts_add_up_over_reports() -> None:
    both = muc(*MISSED).plus(muc(*MERGED))
    assert both.scores()[:2] == pytest.approx((11 / 15, 11 / 14))


@pytest.mark.parametrize(
    ("worth", "pairs"),
    [
        ([[1.0, 0.9], [0.9, 0.0]], [(0, 1), (1, 0)]),  # what is best for the first row alone is not best
        ([[0.2], [0.7], [0.1]], [(1, 0)]),
        ([[0.2, 0.7, 0.1]], [(0, 1)]),
        ([], []),
    ],
)
def test_the_best_pairs(worth: list[list[float]], pairs: list[tuple[int, int]]) -> None:
    assert best_pairs(worth) == pairs


def test_no_other_pairing_is_worth_more() -> None:
    worth = [[((7 * r + 5 * c * c + 3 * r * c) % 11) / 11 for c in range(6)] for r in range(5)]
    best = max(sum(worth[r][c] for r, c in enumerate(order)) for order in permutations(range(6), 5))
    assert sum(worth[r][c] for r, c in best_pairs(worth)) == pytest.approx(best)


def test_mentions_that_share_a_key_are_a_chain() -> None:
    assert chains_by({1: "a", 2: "b", 3: "a"}) == [{1, 3}, {2}]
    assert chains_by({1: "a", 2: "b", 3: "a"}, alone=False) == [{1, 3}]


def mention(start: int, end: int, head: int, chain: str) -> Mention:
    return Mention(Span(start, end), head, "x", chain, "PER")


def test_a_mention_is_met_by_its_span_else_by_its_head() -> None:
    gold = [mention(0, 20, 15, "g"), mention(15, 20, 15, "g"), mention(30, 32, 30, "h")]
    ours = [mention(15, 20, 15, "k"), mention(8, 20, 15, "k")]
    assert counterparts(gold, ours, once=True) == {0: 1, 1: 0}
    assert counterparts(gold, ours[:1], once=False) == {0: 0, 1: 0}
    assert counterparts(gold, ours[:1], once=True) == {1: 0}


def test_what_nobody_marked_still_counts_against_us() -> None:
    gold = [mention(0, 5, 0, "g"), mention(9, 12, 9, "g")]
    ours = [mention(0, 5, 0, "k"), mention(9, 12, 9, "k"), mention(20, 22, 20, "k")]
    sides = on_our_mentions(gold, ours)
    assert muc(sides.gold, sides.ours).scores()[:2] == pytest.approx((1 / 2, 1.0))


def test_tokens_become_text_again() -> None:
    text, starts = lay_out([["Dam", "breaks"], ["``", "Leave", ",", "''", "Tolvik", "'s", "office", "wrote", "."]])
    assert text == "Dam breaks\n“Leave,” Tolvik's office wrote."
    assert [text[s] for s in starts[1]] == list("“L,”T'ow.")
