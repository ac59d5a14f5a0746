"""Fits the weights of `sayso.link.same_event` on ECB+ train, and says what they reach on topics kept out.

    python -m training.same_event.fit --data DIR [--write]

A logistic regression over the measures of a pair of gold mentions, with weights of its own for pairs of one stem. The pairs are
those of one topic, which holds two look-alike incidents: within an incident, and across the two, which count for less
(``--across``). Figures come from five folds of topics: what a topic is scored with was fitted on other topics. There is no chance in it.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.link.same_event import MEASURES, MOST_LINKED, measure
from sayso.link.tellings import Telling
from training.compare.fit import fit

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from event_coref import Mention, Set, conll, linked, on_gold_mentions, read_part

Array = NDArray[np.float64]
NAMES = tuple(each.__name__ for each in MEASURES)
DATA = Path(__file__).resolve().parents[2] / "src/sayso/link/data/same_event.toml"
PENALTY = 10.0
FOLDS = 5
STEPS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)


def rows(pairs: Sequence[tuple[Telling, Telling]]) -> Array:
    """The measures of each pair, and once more for the pairs of one stem."""
    values = np.array([list(measure(a, b).values()) for a, b in pairs])  # in the order of MEASURES
    return np.hstack([values, values[:, 1:] * values[:, :1]])


def weigh(table: Array, same: NDArray[np.bool_], counts: Array) -> dict[str, float]:
    """Weights by name, as the toml has them."""
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    theta = fit((table - middle) / spread, same.astype(np.int64), counts, classes=2, penalty=PENALTY)
    weights = (theta[:-1, 1] - theta[:-1, 0]) / spread
    bias = theta[-1, 1] - theta[-1, 0] - float(weights @ middle)
    keys = [*NAMES, *(f"{name}_of_one_stem" for name in NAMES[1:])]
    return {"bias": float(bias), **{key: float(w) for key, w in zip(keys, weights, strict=True)}}


def chances(table: Array, weights: Mapping[str, float]) -> Array:
    keys = [*NAMES, *(f"{name}_of_one_stem" for name in NAMES[1:])]
    result: Array = 1 / (1 + np.exp(-(table @ np.array([weights[k] for k in keys]) + weights["bias"])))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--across", type=float, default=0.25, help="how much a pair across two incidents counts")
    parser.add_argument("--write", action="store_true", help=f"write the weights to {DATA.name}")
    args = parser.parse_args()
    gold = on_gold_mentions(read_part(args.data, "Train"))
    chain = {one.number: one.chain for one in gold.gold}
    topics: dict[str, list[Mention]] = defaultdict(list)
    for mention in gold.mentions:
        topics[mention.topic].append(mention)
    pairs = [pair for _, found in sorted(topics.items()) for pair in combinations(found, 2)]
    table = rows([(a.telling, b.telling) for a, b in pairs])
    same = np.array([chain[a.number] == chain[b.number] for a, b in pairs])
    counts = np.where([a.subtopic == b.subtopic for a, b in pairs], 1.0, args.across)
    print(f"{len(gold.mentions)} mentions, {len(pairs)} pairs, {int(same.sum())} of one event")
    order = {topic: n % FOLDS for n, topic in enumerate(sorted(topics))}
    folds = np.array([order[a.topic] for a, _ in pairs])
    chance = np.zeros(len(pairs))
    for fold in range(FOLDS):
        out = folds == fold
        chance[out] = chances(table[out], weigh(table[~out], same[~out], counts[~out]))
    show(gold, pairs, chance, same)
    weights = weigh(table, same, counts)
    text = "# Written by training/same_event/fit.py. What each measure means: sayso.link.same_event.\n\n[weights]\n"
    text += "".join(f"{key} = {value:.3f}\n" for key, value in weights.items() if abs(value) >= 0.0005)
    print(text)
    if args.write:
        DATA.write_text(text, encoding="utf-8")


def show(gold: Set, pairs: Sequence[tuple[Mention, Mention]], chance: Array, same: NDArray[np.bool_]) -> None:
    """CoNLL F1 at each threshold, within incidents and across look-alike ones; and how far a chance can be trusted."""
    for level in ("subtopic", "topic"):
        for least in STEPS:
            links = [
                (a.telling.id, b.telling.id, float(c))
                for (a, b), c in zip(pairs, chance, strict=True)
                if c >= least and getattr(a, level) == getattr(b, level)
            ]
            found = linked(gold, level, links, MOST_LINKED)
            print(f"  kept out, within {level:8} linked from {least:.2f}: {conll(found).line()}")
    for low in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9):
        high = {0.0: 0.1, 0.9: 1.01}.get(low, low + 0.2)
        inside = (chance >= low) & (chance < high)
        print(
            f"  chance {low:.1f}-{min(high, 1):.1f}: {int(inside.sum()):6} pairs, {same[inside].mean():.2f} of one event"
        )


if __name__ == "__main__":
    main()
