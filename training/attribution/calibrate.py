"""The weights that turn the network's probabilities into a confidence: a logistic regression on development findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sayso.evaluate.attribution import match
from sayso.extract.tagger.decoding import Floats
from training.attribution.comparing import Found

_RIDGE = 1.0  # keeps the weights of measures that go together small; the fit is insensitive to it from 0.3 to 10
_STEPS = 50


def outcomes(found: Iterable[Found]) -> tuple[Floats, Floats]:
    """For each of N findings its M measures (N, M), and whether it matches an annotation at full@.8 (N,)."""
    rows: list[tuple[float, ...]] = []
    hits: list[bool] = []
    for one in found:
        matched = {j for _, j in match(one.compared.gold, one.compared.found, content=0.8, source=0.5)}
        rows += one.measures
        hits += [j in matched for j in range(len(one.measures))]
    return np.array(rows, dtype=np.float64), np.array(hits, dtype=np.float64)


def fit_calibration(found: Iterable[Found]) -> Sequence[float]:
    """Newton's method on the ridge-penalised likelihood; the constant is not penalised."""
    rows, hits = outcomes(found)
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], _RIDGE)
    penalty[0] = 1e-6
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (hits - likely) - penalty * weights
        curvature = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(penalty)
        weights = weights + np.linalg.solve(curvature, slope)
    return [float(w) for w in weights]
