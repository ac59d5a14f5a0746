"""From scores to readings: cues out of tags, and for each cue the likeliest chain of states over its window.

All arithmetic is in float64 and row by row, so that a reading never depends on what stands beside it in a batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.extract.tagger.pieces import Ints

NONE, SOURCE, CUE, CONTENT = range(4)
OUTSIDE, BEGIN, INSIDE = range(3)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Anchor:
    """A cue of a window: its first and last piece, both inclusive, and how likely it is one."""

    first: int
    last: int
    probability: float


@dataclass(frozen=True)
class Chain:
    """How states follow each other: (4, 4) from state to state, (4,) at the beginning and (4,) at the end."""

    follow: Floats
    begin: Floats
    end: Floats


@dataclass(frozen=True)
class Reading:
    """The states of one window for one anchor, (T,), and the probability of each piece's state, (T,)."""

    states: Ints
    certain: Floats


def softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return total


def find_anchors(tags: Floats, threshold: float) -> tuple[Anchor, ...]:
    """The cues of one window from the (T, 3) scores of outside, begin, inside.

    A piece belongs to a cue where begin and inside together reach the ``threshold``; a cue begins where begin is
    the likelier of the two, or where the one before was outside.
    """
    likely = softmax(np.asarray(tags, dtype=np.float64))
    inside = 1.0 - likely[:, OUTSIDE]
    anchors = []
    at, total = 0, len(likely)
    while at < total:
        if inside[at] < threshold:
            at += 1
            continue
        stop = at + 1
        while stop < total and inside[stop] >= threshold and likely[stop, INSIDE] >= likely[stop, BEGIN]:
            stop += 1
        anchors.append(Anchor(at, stop - 1, float(inside[at:stop].max())))
        at = stop
    return tuple(anchors)


def decode(scores: Sequence[Floats], chain: Chain) -> list[Reading]:
    """The best chain for each (T, 4) array of scores, and the marginal probability of each state in it."""
    if not scores:
        return []
    lengths = np.array([len(s) for s in scores])
    padded = np.zeros((len(scores), int(lengths.max()), 4))
    for row, s in enumerate(scores):
        padded[row, : len(s)] = s
    states = _viterbi(padded, lengths, chain)
    certain = np.take_along_axis(_marginals(padded, lengths, chain), states[:, :, None], axis=2)[:, :, 0]
    return [Reading(states[row, :n], certain[row, :n]) for row, n in enumerate(lengths)]


def _viterbi(scores: Floats, lengths: Ints, chain: Chain) -> Ints:
    rows, width, _ = scores.shape
    best = chain.begin + scores[:, 0]
    back = np.zeros((rows, width, 4), dtype=np.int8)
    back[:, 0] = np.arange(4)
    for t in range(1, width):
        options = best[:, :, None] + chain.follow
        running = (t < lengths)[:, None]
        back[:, t] = np.where(running, options.argmax(axis=1), np.arange(4))
        best = np.where(running, options.max(axis=1) + scores[:, t], best)
    state = (best + chain.end).argmax(axis=1)
    states = np.zeros((rows, width), dtype=np.int64)
    numbers = np.arange(rows)
    for t in range(width - 1, -1, -1):
        states[:, t] = state
        state = back[numbers, t, state].astype(np.int64)
    return states


def _marginals(scores: Floats, lengths: Ints, chain: Chain) -> Floats:
    """Forward and backward sums, in probabilities scaled to one at each piece."""
    rows, width, _ = scores.shape
    emitted = np.exp(scores - scores.max(axis=2, keepdims=True))
    follow = np.exp(chain.follow - chain.follow.max())
    begin, end = np.exp(chain.begin - chain.begin.max()), np.exp(chain.end - chain.end.max())
    forward = np.zeros_like(emitted)
    forward[:, 0] = begin * emitted[:, 0]
    forward[:, 0] /= forward[:, 0].sum(axis=1, keepdims=True)
    for t in range(1, width):
        step = _times(forward[:, t - 1], follow) * emitted[:, t]
        forward[:, t] = step / step.sum(axis=1, keepdims=True)
    backward = np.zeros_like(emitted)
    onward = np.broadcast_to(end, (rows, 4)).copy()
    for t in range(width - 1, -1, -1):
        backward[:, t] = onward
        step = _times(onward * emitted[:, t], follow.T)
        step /= step.sum(axis=1, keepdims=True)
        onward = np.where((t < lengths)[:, None], step, onward)
    both = forward * backward
    total: Floats = both / both.sum(axis=2, keepdims=True)
    return total


def _times(rows: Floats, matrix: Floats) -> Floats:
    """rows @ matrix, added up in one order whatever the number of rows (a matrix library would choose)."""
    product: Floats = (
        rows[:, 0:1] * matrix[0] + rows[:, 1:2] * matrix[1] + rows[:, 2:3] * matrix[2] + rows[:, 3:4] * matrix[3]
    )
    return product
