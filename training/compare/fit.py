"""Multinomial logistic regression in numpy: Newton's method with an L2 penalty. No chance in it, so that the same data gives the same
weights; small enough to be refitted for every fold of a benchmark."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_STEPS = 60
_SMALL = 1e-8


def fit(features: Array, labels: NDArray[np.int64], weights: Array, *, classes: int, penalty: float) -> Array:
    """Weights of shape (features + 1, classes), the last row the intercepts, which are not penalised.

    ``weights`` tells how much each row counts. The penalty makes the solution unique up to the intercepts' mean, which is 0.
    """
    rows = np.hstack([features, np.ones((len(features), 1))])
    width = rows.shape[1]
    gold = np.eye(classes)[labels]
    lam = np.full((width, classes), penalty)
    lam[-1] = _SMALL
    theta = np.zeros((width, classes))
    value = _loss(theta, rows, gold, weights, lam)
    for _ in range(_STEPS):
        p = _softmax(rows @ theta)
        gradient = rows.T @ (weights[:, None] * (p - gold)) + lam * theta
        hessian = np.zeros((width * classes, width * classes))
        for i in range(classes):
            for j in range(classes):
                w = weights * (p[:, i] * ((i == j) - p[:, j]))
                hessian[i * width : (i + 1) * width, j * width : (j + 1) * width] = rows.T @ (w[:, None] * rows)
        hessian += np.diag(lam.T.ravel())
        step = np.linalg.lstsq(hessian, gradient.T.ravel(), rcond=None)[0].reshape(classes, width).T
        scale = 1.0
        while scale > 1e-6:
            tried = theta - scale * step
            new = _loss(tried, rows, gold, weights, lam)
            if new <= value:
                break
            scale /= 2
        else:
            break
        done = value - new < 1e-9 * max(1.0, abs(value))
        theta, value = tried, new
        if done:
            break
    theta[-1] -= theta[-1].mean()
    return theta


def probabilities(features: Array, theta: Array) -> Array:
    """For each row the probability of each class."""
    return _softmax(features @ theta[:-1] + theta[-1])


def _softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = raised / raised.sum(axis=1, keepdims=True)
    return result


def _loss(theta: Array, rows: Array, gold: Array, weights: Array, lam: Array) -> float:
    p = _softmax(rows @ theta)
    return float(-(weights * np.log((p * gold).sum(axis=1) + 1e-300)).sum() + 0.5 * (lam * theta * theta).sum())
