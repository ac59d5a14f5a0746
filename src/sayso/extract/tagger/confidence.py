"""How sure the tagger is of an attribution, as the share of such findings that a person's annotation matches.

The measures are the network's own probabilities; a logistic regression on the PolNeAR development part turns them into
one number (`training/attribution/calibrate.py`): of a hundred findings at .8, about eighty match at full@.8.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sayso.extract.tagger.decoding import CONTENT, SOURCE, Anchor, Reading

_FLOOR = 1e-4


def measures(anchor: Anchor, reading: Reading, *, quoted: bool) -> tuple[float, ...]:
    """The constant, how surely the cue is one, and how surely content and source are what they are."""
    content, source = reading.states == CONTENT, reading.states == SOURCE
    edges = _edges(content)
    of_content, of_edges = reading.certain[content], reading.certain[edges]
    of_source = reading.certain[source] if source.any() else reading.certain[~content]
    return (
        1.0,
        _log(anchor.probability),
        _log(float(of_content.mean())) if len(of_content) else math.log(_FLOOR),
        _log(float(np.sort(of_edges)[:2].mean())) if len(of_edges) else math.log(_FLOOR),
        _log(float(of_source.min())),
        1.0 if source.any() else 0.0,
        1.0 if quoted else 0.0,
        min(int(content.sum()), 60) / 60,
    )


def confidence(values: Sequence[float], weights: Sequence[float]) -> float:
    """Rounded to three digits, so that no last bit of a sum is ever seen."""
    if not weights:
        return round(math.exp(max(-9.0, values[1] + values[2] + 0.5 * values[3])), 3)
    total = math.fsum(v * w for v, w in zip(values, weights, strict=True))
    return round(1 / (1 + math.exp(-total)), 3)


def _edges(content: np.ndarray) -> np.ndarray:
    """The pieces on both sides of every boundary of the content."""
    turns = np.flatnonzero(content[1:] != content[:-1])
    return np.unique(np.concatenate([turns, turns + 1])) if len(turns) else turns


def _log(probability: float) -> float:
    return math.log(max(probability, _FLOOR))
