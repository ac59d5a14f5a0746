"""Adding up what the comparisons found: yes-or-no decisions, each a logistic regression with the weights of ``data/weights.json``.

- ``against``: does one speak against the other? Of two texts that name nobody ``against_unnamed`` answers: how captions contradict each
  other ("A man sleeps", "No man sleeps") tells little of how news is denied.
- ``bears_out``: if not, does one bear the other out (and not merely speak of the same, or hold back)?
- ``same``: if so, do they say the same, or does one tell more?

A weight says how strongly a comparison speaks for a yes. ``training/compare`` made them; nothing is learnt at run time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.link.compare.features import COMPARISONS, Finding, findings
from sayso.link.compare.texts import Pair

DECISIONS = ("against", "against_unnamed", "bears_out", "same")
TONES = {
    "reserved": "one is worded with more reserve, by its sentence vector",
    "opposed": "one is worded more like a denial, by its sentence vector",
}
FEATURES = (*COMPARISONS, *TONES)
TONE_SCALE = 4.0  # brings the tones, seldom above .3, into the range of the other comparisons
LEAST_SHARE = 0.08  # of what spoke for a decision: what counted less is no reason worth reading
MOST_REASONS = 5

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """``tones`` are directions in the space of sentence vectors; ``means`` what the comparisons find on average."""

    tones: Mapping[str, Array]
    means: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]  # by decision, then by comparison
    intercepts: Mapping[str, float]


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that come with sayso."""
    return read_weights(json.loads((files("sayso.link.compare") / "data" / "weights.json").read_text("utf-8")))


def read_weights(data: Mapping[str, Any]) -> Weights:
    """Weights from the form in which they are stored. The tones are stored as whole thousandths."""
    return Weights(
        {name: np.array(row, dtype=np.float64) / 1000 for name, row in data["tones"].items()},
        data["means"],
        {name: data["decisions"][name]["weights"] for name in DECISIONS},
        {name: float(data["decisions"][name]["intercept"]) for name in DECISIONS},
    )


def tone(pair: Pair, directions: Mapping[str, Array]) -> tuple[Finding, ...]:
    """How far one is worded as texts are that hold back, or that set a claim right, less half of what the other is.

    A direction in the space of sentence vectors, found on headlines that people marked as observing or refuting a claim. It sees
    what no list of words has ("Sorry, the crab is no bigger than your hand"), and gives no better reason than that; so it never
    decides alone that two texts are in conflict.
    """
    if pair.vectors is None:
        return ()
    found = []
    for name, reason in TONES.items():
        if name in directions:
            less, more = sorted(float(vector.astype(np.float64) @ directions[name]) for vector in pair.vectors)
            found.append(Finding(name, TONE_SCALE * (more - less / 2), reason))
    return tuple(found)


def everything_found(pair: Pair, weights: Weights) -> tuple[Finding, ...]:
    """What all comparisons find, the tone of the wording among them."""
    return (*findings(pair), *tone(pair, weights.tones))


def against_by(pair: Pair) -> str:
    """The decision that tells whether the two of this pair speak against each other."""
    return "against_unnamed" if pair.a.unnamed and pair.b.unnamed else "against"


def probability(decision: str, found: Sequence[Finding], weights: Weights) -> float:
    """How likely the answer to a decision is yes."""
    row = weights.weights[decision]
    total = weights.intercepts[decision] + sum(row.get(f.name, 0.0) * f.value for f in found)
    return float(1.0 / (1.0 + np.exp(-total)))


def counted(decision: str, yes: bool, found: Sequence[Finding], weights: Weights) -> tuple[str, ...]:
    """The reasons that spoke for this answer, the weightiest first: those that did so more than they do on average."""
    row, sign = weights.weights[decision], 1.0 if yes else -1.0
    spoke = [(sign * row.get(f.name, 0.0) * (f.value - weights.means.get(f.name, 0.0)), f) for f in found]
    spoke = sorted(((by, f) for by, f in spoke if by > 0), key=lambda each: (-each[0], each[1].name))
    total = sum(by for by, _ in spoke)
    return tuple(f.reason for by, f in spoke[:MOST_REASONS] if by >= LEAST_SHARE * total)
