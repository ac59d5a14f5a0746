"""The weights that turn the network's probabilities into a confidence: a logistic regression on development findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from benchmarks.attribution import match
from training.attribution.scoring import Compared

_RIDGE = 1.0  # keeps the weights of measures that go together small; the fit is insensitive to it from 0.3 to 10
_STEPS = 50


def outcomes(compared: Iterable[Compared]) -> tuple[np.ndarray, np.ndarray]:
    """For each finding its measures, and whether it matches a person's annotation at full@.8."""
    rows, hits = [], []
    for c in compared:
        matched = {j for _, j in match(list(c.gold), [s for s, _ in c.found], content=0.8, source=0.5)}
        for j, (_, attribution) in enumerate(c.found):
            rows.append(attribution.measures)
            hits.append(j in matched)
    return np.array(rows), np.array(hits, dtype=float)


def fit_calibration(compared: Iterable[Compared]) -> Sequence[float]:
    """Newton's method on the ridge-penalised likelihood; the constant is not penalised."""
    rows, hits = outcomes(compared)
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], _RIDGE)
    penalty[0] = 1e-6
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (hits - likely) - penalty * weights
        curvature = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(penalty)
        weights = weights + np.linalg.solve(curvature, slope)
    return [float(w) for w in weights]
