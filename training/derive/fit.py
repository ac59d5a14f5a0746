"""Fits the weights of `sayso.link.derivation` on made worlds, and says how far its scores can be trusted.

    python -m training.derive.fit [--worlds 36] [--seed 2000] [--cache FILE] [--write]

Two logistic regressions over the measures of `sayso.link.likeness`: that one report derives from the other, and that both are
of one origin (derived, or written from one release). No measure of likeness may speak against kinship, so those weights are
kept from falling below zero: a made world has quirks, and real news does not share them. The last quarter of the worlds
is kept out of the fit and gives the figures printed. The same command gives the same weights.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.derive.examples import NAMES, Example, Vectors, examples

Array = NDArray[np.float64]

DATA = Path(__file__).resolve().parents[2] / "src/sayso/link/data/derivation.toml"
# What may speak either way: a release speaks for kinship and against derivation.
FREE = ("released",)
RIDGE = 0.0002  # draws every weight a little towards nothing
STEPS = 6000
RATE = 0.5


def fit(rows: Array, truth: Array) -> Array:
    """The weights, the bias last: gradient descent on the log loss, with floors at zero."""
    design = np.hstack([rows, np.ones((len(rows), 1))])
    beta = np.zeros(design.shape[1])
    floor = np.array([*(-np.inf if n in FREE else 0.0 for n in NAMES), -np.inf])
    ridge = np.array([*([RIDGE] * len(NAMES)), 0.0])
    speed = np.zeros_like(beta)
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-design @ beta)) - truth
        speed = 0.9 * speed - RATE * (design.T @ error / len(rows) + ridge * beta)
        beta = np.maximum(beta + speed, floor)
    return beta


def table(found: Sequence[Example]) -> tuple[Array, Array, Array]:
    """Measures, derived or not, one origin or not."""
    rows = np.array([e.values for e in found])
    derived = np.array([e.pair.label in ("derived", "family") for e in found], dtype=float)
    kin = np.array([e.pair.label != "independent" for e in found], dtype=float)
    return rows, derived, kin


def chances(rows: Array, beta: Array) -> Array:
    return 1 / (1 + np.exp(-(rows @ beta[:-1] + beta[-1])))  # type: ignore[no-any-return]


def show(name: str, found: Sequence[Example], chance: Array, truth: Array) -> None:
    said = chance >= 0.5
    hit = float((said & (truth > 0)).sum())
    precision, recall = hit / max(1, said.sum()), hit / max(1.0, truth.sum())
    print(f"{name}: pairs {len(truth)}, true {int(truth.sum())}, P {precision:.3f} R {recall:.3f} at .5")
    for low in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9):
        high = {0.0: 0.1, 0.9: 1.01}.get(low, low + 0.2)
        inside = (chance >= low) & (chance < high)
        if inside.any():
            print(
                f"   score {low:.1f}-{min(high, 1):.1f}: {int(inside.sum()):5} pairs, {truth[inside].mean():.2f} true"
            )
    for how in sorted({e.pair.how for e in found}):
        mask = np.array([e.pair.how == how for e in found])
        print(f"   {how:12} {int(mask.sum()):5} pairs, said of {said[mask].mean():.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=36)
    parser.add_argument("--seed", type=int, default=2000)
    parser.add_argument("--cache", type=Path, help="keep sentence vectors in this file (.npz) between runs")
    parser.add_argument("--write", action="store_true", help=f"write the weights to {DATA.name}")
    args = parser.parse_args()
    vectors = Vectors(args.cache)
    found = list(examples(range(args.seed, args.seed + args.worlds), vectors))
    vectors.keep()
    run(found, args.seed + round(args.worlds * 0.75), write=args.write)


def run(found: Sequence[Example], first_held: int, *, write: bool) -> None:
    learned = [e for e in found if e.world < first_held]
    held = [e for e in found if e.world >= first_held]
    rows, derived, kin = table(learned)
    seen, seen_derived, seen_kin = table(held)
    text = "# Written by training/derive/fit.py. What each measure means: sayso.link.likeness.\n"
    for name, truth, test in (("derived", derived, seen_derived), ("kin", kin, seen_kin)):
        beta = fit(rows, truth)
        show(name, held, chances(seen, beta), test)
        text += f"\n[{name}]\nbias = {beta[-1]:.3f}\n"
        text += "".join(f"{n} = {b:.3f}\n" for n, b in zip(NAMES, beta, strict=False) if abs(b) >= 0.0005)
    print(text)
    if write:
        DATA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
