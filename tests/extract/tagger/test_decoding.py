"""Cues out of tags, and the likeliest chain of states, on numbers small enough to check by hand."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from sayso.extract.tagger.decoding import CONTENT, CUE, NONE, SOURCE, Chain, decode, find_anchors

FREE = Chain(np.zeros((4, 4)), np.zeros(4), np.zeros(4))


def tags(*letters: str) -> np.ndarray:
    """Scores that make each piece outside, begin or inside with a probability of about .98."""
    scores = np.zeros((len(letters), 3))
    for row, letter in enumerate(letters):
        scores[row, "OBI".index(letter)] = 5.0
    return scores


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("OOO", []),
        ("OBO", [(1, 1)]),
        ("BII", [(0, 2)]),
        ("BBO", [(0, 0), (1, 1)]),  # two cues side by side
        ("OIO", [(1, 1)]),  # inside without a beginning is a cue all the same
        ("BIOBI", [(0, 1), (3, 4)]),
    ],
)
def test_cues_are_runs_of_begin_and_inside(letters: str, expected: list[tuple[int, int]]) -> None:
    assert [(a.first, a.last) for a in find_anchors(tags(*letters), 0.5)] == expected


def test_a_cue_is_found_by_begin_and_inside_together() -> None:
    torn = np.log(np.array([[0.45, 0.3, 0.25]]))  # outside is the likeliest, yet any cue at all is likelier
    (anchor,) = find_anchors(torn, 0.5)
    assert (anchor.first, anchor.last) == (0, 0)
    assert anchor.probability == pytest.approx(0.55)
    assert find_anchors(torn, 0.6) == ()


def test_the_best_chain_is_that_of_a_full_search() -> None:
    rng = np.random.default_rng(3)
    chain = Chain(rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=4))
    scores = rng.normal(size=(5, 4))

    def weight(states: tuple[int, ...]) -> float:
        moves = sum(chain.follow[a, b] for a, b in pairwise(states))
        return float(
            chain.begin[states[0]] + chain.end[states[-1]] + moves + sum(scores[t, s] for t, s in enumerate(states))
        )

    every = list(product(range(4), repeat=5))
    best = max(every, key=weight)
    total = sum(np.exp(weight(states)) for states in every)
    (reading,) = decode([scores], chain)
    assert tuple(reading.states) == best
    for t in range(5):
        share = sum(np.exp(weight(states)) for states in every if states[t] == best[t]) / total
        assert reading.certain[t] == pytest.approx(share)


def test_a_reading_does_not_depend_on_its_neighbours() -> None:
    rng = np.random.default_rng(4)
    chain = Chain(rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=4))
    scores = [rng.normal(size=(n, 4)) * 3 for n in (7, 30, 2, 19)]
    together = decode(scores, chain)
    for one, reading in zip(scores, together, strict=True):
        (alone,) = decode([one], chain)
        assert alone.states.tolist() == reading.states.tolist()
        assert alone.certain.tolist() == reading.certain.tolist()


def test_transitions_overrule_a_doubtful_piece() -> None:
    """One piece that looks like nothing inside a long content stays content when changing costs more."""
    dear = Chain(np.where(np.eye(4, dtype=bool), 0.0, -2.0), np.zeros(4), np.zeros(4))
    scores = np.zeros((5, 4))
    scores[:, CONTENT] = 1.0
    scores[2] = [0.5, 0.0, 0.0, 0.0]
    assert decode([scores], dear)[0].states.tolist() == [CONTENT] * 5
    assert decode([scores], FREE)[0].states.tolist() == [CONTENT, CONTENT, NONE, CONTENT, CONTENT]


def test_nothing_to_decode() -> None:
    assert decode([], FREE) == []
    assert {NONE, SOURCE, CUE, CONTENT} == {0, 1, 2, 3}
