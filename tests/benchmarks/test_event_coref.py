"""Chains of events: the metric in parts beside the one in whole, and mentions of ours beside gold ones."""

from __future__ import annotations

import random

import pytest

import coref
from coref import Chain
from event_coref import ceaf_e, conll, without_single


def cut(numbers: list[int], chance: random.Random) -> list[Chain]:
    chains: dict[int, set[int]] = {}
    for number in numbers:
        chains.setdefault(chance.randrange(5), set()).add(number)
    return [frozenset(chain) for chain in chains.values()]


@pytest.mark.parametrize("seed", range(12))
def test_ceaf_in_parts_is_ceaf_in_whole(seed: int) -> None:
    chance = random.Random(seed)
    gold, found = cut(list(range(14)), chance), cut(list(range(3, 17)), chance)
    assert ceaf_e(gold, found) == pytest.approx(coref.ceaf_e(gold, found))


def test_scores_add_up_over_subtopics_and_are_averaged_beside() -> None:
    right: list[Chain] = [frozenset({1, 2}), frozenset({3})]
    wrong: list[Chain] = [frozenset({1}), frozenset({2, 3})]
    assert conll([(right, right)]).conll == pytest.approx(1.0)
    half = conll([(right, right), (right, wrong)])
    assert half.by_subtopic == pytest.approx((1.0 + conll([(right, wrong)]).conll) / 2)
    assert conll([(right, wrong)]).parts["MUC"] == (0.0, 0.0, 0.0)
    assert without_single([(right, wrong)]) == [([frozenset({1, 2})], [frozenset({2, 3})])]
