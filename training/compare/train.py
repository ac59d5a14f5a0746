"""Makes the weights of `sayso compare` (``src/sayso/link/compare/data/weights.json``) from the development data.

    python -m training.compare.train --data DIR [--cache DIR] [--out FILE]

Needs nothing but sayso itself. There is no chance in it: the same data gives the same weights. `train` is what
``benchmarks/compare.py`` calls for each of its folds.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.link.compare.features import Finding, findings
from sayso.link.compare.texts import Pair
from sayso.link.compare.weighing import DECISIONS, FEATURES, read_weights, tone
from training.compare.data import Labelled, ecb_other_events, emergent, headlines, msrp, sick
from training.compare.fit import fit
from training.compare.reading import read_pairs

Array = NDArray[np.float64]
# How much a set counts in each decision, as a number of pairs. Emergent is the only one of news with all three stances. How captions
# contradict each other (SICK) tells little of how news is denied, so that it counts only for texts that name nobody.
COUNTS = {
    "emergent": {"against": 2000.0, "against_unnamed": 2000.0, "bears_out": 2000.0, "same": 150.0},
    "sick": {"against_unnamed": 1500.0, "bears_out": 50.0, "same": 300.0},
    "msrp": {"against": 400.0, "against_unnamed": 400.0, "bears_out": 300.0, "same": 2000.0},
    "headlines": {"against": 100.0, "against_unnamed": 100.0, "bears_out": 300.0, "same": 300.0},
    "ecb": {"against": 400.0, "against_unnamed": 400.0, "bears_out": 190.0},
}
ANSWERS = {"against_unnamed": "against"}  # whose answers a decision learns from, where they are not its own
HAS_ITS_OWN = {"bears_out": ("sick", "msrp", "headlines"), "same": ("sick", "headlines")}
OWN_OF_A_SET = ("near", "very_near", "held_in_the_other", "shared_words", "shared_runs", "one_tells_more")
PENALTY = {"against": 2.0, "against_unnamed": 0.7, "bears_out": 0.7, "same": 0.7}
TONE_PENALTY = 10.0
FOLDS = 5  # the tone of a headline is told by directions found on the other folds, as it will be of texts never seen
STANCES = {"reserved": "observing", "opposed": "against"}  # what each tone is the tone of

Example = tuple[Labelled, Pair]
Sets = dict[str, list[Example]]


def load(data: Path, cache: Path | None) -> Sets:
    """The sets to train on, read and embedded."""
    rows = {
        "emergent": list(emergent(data)),
        "sick": [*sick(data, "train"), *sick(data, "trial")],
        "msrp": list(msrp(data, "train")),
        "headlines": list(headlines(data)),
        "ecb": list(ecb_other_events(data)),
    }
    return {
        name: list(zip(each, read_pairs([(r.a, r.b) for r in each], cache), strict=True)) for name, each in rows.items()
    }


def train(sets: Sets) -> dict[str, Any]:
    """The weights in the form in which they are stored."""
    headline_sets = sets["emergent"]
    parts = np.array([zlib.crc32(row.group.encode()) % FOLDS for row, _ in headline_sets])
    inner = [_tones([e for e, part in zip(headline_sets, parts, strict=True) if part != k]) for k in range(FOLDS)]
    tones = _tones(headline_sets)
    rows: list[tuple[str, Labelled, Array]] = []
    for name, examples in sets.items():
        for n, (row, pair) in enumerate(examples):
            directions = inner[parts[n]] if name == "emergent" else tones
            rows.append((name, row, as_row((*_findings(pair), *tone(pair, directions)))))
    matrix = np.array([r for _, _, r in rows])
    decisions = {}
    for decision in DECISIONS:
        answer = ANSWERS.get(decision, decision)
        chosen = [
            n
            for n, (name, row, _) in enumerate(rows)
            if getattr(row, answer) is not None and COUNTS[name].get(decision)
        ]
        sizes = {name: sum(rows[n][0] == name for n in chosen) for name in sets}
        counts = np.array([COUNTS[rows[n][0]][decision] / sizes[rows[n][0]] for n in chosen])
        labels = np.array([int(bool(getattr(rows[n][1], answer))) for n in chosen])
        own = _own(decision, [rows[n][0] for n in chosen], matrix[chosen])
        theta = fit(np.hstack([matrix[chosen], own]), labels, counts, classes=2, penalty=PENALTY[decision])
        weights = theta[:, 1] - theta[:, 0]
        decisions[decision] = {
            "intercept": round(float(weights[-1]), 3),
            "weights": {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=False)},
        }
    means = {name: round(float(m), 3) for name, m in zip(FEATURES, matrix.mean(axis=0), strict=True)}
    stored = {name: [round(1000 * float(x)) for x in row] for name, row in tones.items()}
    return {"decisions": decisions, "means": means, "tones": stored}


def _own(decision: str, names: Sequence[str], matrix: Array) -> Array:
    """What each set but the leading one has for itself, and leaves behind: how often the answer is yes in it, and how alike its
    texts are. A caption is nearer to any other caption than one headline to another."""
    columns = [matrix[:, FEATURES.index(name)] for name in OWN_OF_A_SET]
    own = []
    for each in HAS_ITS_OWN.get(decision, ()):
        here = np.array([float(name == each) for name in names])
        own += [here, *(here * column for column in columns)]
    return np.array(own).T if own else np.zeros((len(names), 0))


def as_row(found: Sequence[Finding]) -> Array:
    """What was found, as a row of numbers in the order of the features."""
    row = np.zeros(len(FEATURES))
    for each in found:
        row[FEATURES.index(each.name)] = each.value
    return row


_known: dict[int, tuple[Pair, tuple[Finding, ...]]] = {}


def _findings(pair: Pair) -> tuple[Finding, ...]:
    """The findings of a pair, made once for all folds."""
    if id(pair) not in _known:
        _known[id(pair)] = pair, findings(pair)
    return _known[id(pair)][1]


def _tones(examples: Sequence[Example]) -> dict[str, Array]:
    """For each tone the direction of sentence vectors that tells headlines of its stance from the others, by ridge regression."""
    pairs = [(row, pair.vectors) for row, pair in examples if pair.vectors is not None]
    rows = np.array([v[1] for _, v in pairs], dtype=np.float64)
    found = {}
    for name, stance in STANCES.items():
        gold = np.array([float(row.stance == stance) for row, _ in pairs])
        gold -= gold.mean()
        found[name] = np.linalg.solve(rows.T @ rows + TONE_PENALTY * np.eye(rows.shape[1]), rows.T @ gold)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="a folder in which readings are kept between runs")
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parents[2] / "src/sayso/link/compare/data/weights.json"
    )
    args = parser.parse_args()
    sets = load(args.data, args.cache)
    stored = train(sets)
    read_weights(stored)
    args.out.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    for decision, row in stored["decisions"].items():
        print(f"{decision}  intercept {row['intercept']:.2f}")
        for name, weight in sorted(row["weights"].items(), key=lambda each: -abs(each[1])):
            print(f"   {weight:7.2f}  {name}")


if __name__ == "__main__":
    main()
