"""What two short texts are to each other: how often `sayso compare` says what people say, beside plain baselines in the same run.

    python benchmarks/compare.py --data DIR [--cache DIR]

DIR holds ``emergent``, ``sts_msrp``, ``ecbplus`` and ``claimdiff`` of the evaluation data. ``--cache`` keeps what was read between runs
(reading and embedding 25,000 texts takes some ten minutes; the rest one). Printed:

- Emergent: claims and headlines, in five folds by claim, for three shuffles of the claims, as other folds give other figures. The
  weights are fitted anew for each fold on the other claims (and the other sets), by the function that makes the shipped ones,
  `training.compare.train.train`. For is same, supports or refines; against is denies or contradicts; observing the rest (revises needs
  times of publication, which Emergent lacks). Beside it the most frequent class, and cosine with a negation word.
- ClaimDiff train: whether the second claim weakens the first. Nothing was trained on it.
- SICK test: contradictions; MSRP test: paraphrases ("same", and "same or more"), beside TF-IDF. The shipped weights, which were made on the
  train parts.
- ECB+: sentences of two look-alike events of one topic, in two halves by topic, each measured with weights fitted without it: how often they
  are called contradicting. Beside it all pairs that are near in meaning, the hardest.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from sayso.link.answers import CANDIDATE_COSINE
from sayso.link.compare import Pair, decide
from sayso.link.compare.weighing import Weights, read_weights
from sayso.model import PairKind

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from training.compare.data import claimdiff, msrp, sick
from training.compare.reading import read_pairs
from training.compare.train import Example, Sets, load, train

STANCES = ("for", "observing", "against")
FOR = (PairKind.SAME, PairKind.SUPPORTS, PairKind.REFINES)
AGAINST = (PairKind.DENIES, PairKind.CONTRADICTS)
FOLDS = 5
SHUFFLES = 3


def stance(pair: Pair, weights: Weights) -> str:
    kind = decide(pair, weights=weights).kind
    return "for" if kind in FOR else "against" if kind in AGAINST else "observing"


def in_conflict(pair: Pair, weights: Weights | None = None) -> bool:
    return decide(pair, weights=weights).kind in AGAINST


def f1(said: Sequence[bool], gold: Sequence[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    hit = sum(a and b for a, b in zip(said, gold, strict=True))
    precision, recall = hit / max(1, sum(said)), hit / max(1, sum(gold))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def spoken(name: str, gold: Sequence[str], said: Sequence[str]) -> str:
    accuracy = sum(a == b for a, b in zip(gold, said, strict=True)) / len(gold)
    each = [f1([s == c for s in said], [g == c for g in gold])[2] for c in STANCES]
    by_class = "  ".join(f"F1({c}) {v:.3f}" for c, v in zip(STANCES, each, strict=True))
    return f"  {name:26} accuracy {accuracy:.3f}  macro F1 {sum(each) / 3:.3f}  {by_class}"


def row(name: str, said: Sequence[bool], gold: Sequence[bool]) -> str:
    precision, recall, score = f1(said, gold)
    return f"  {name:26} P {precision:.3f}  R {recall:.3f}  F1 {score:.3f}  said {sum(said)} of {len(said)}"


def cosine_and_negation(pair: Pair, least: float) -> str:
    """The baseline: against if one is negated, for if near enough, else observing."""
    if pair.a.words.negated != pair.b.words.negated:
        return "against"
    return "for" if pair.cosine >= least else "observing"


def macro_f1(gold: Sequence[str], said: Sequence[str]) -> float:
    return sum(f1([s == c for s in said], [g == c for g in gold])[2] for c in STANCES) / len(STANCES)


def print_emergent(sets: Sets) -> None:
    claims = {e[0].group for e in sets["emergent"]}
    print(
        f"Emergent, {len(sets['emergent'])} headlines of {len(claims)} claims, {FOLDS} folds by claim, weights fitted anew for each fold"
    )
    accuracies: list[float] = []
    scores: list[float] = []
    for shuffle in range(SHUFFLES):
        gold, said, plain = in_folds(sets, shuffle)
        if not shuffle:
            most = Counter(gold).most_common(1)[0][0]
            print(spoken(f"majority ({most})", gold, [most] * len(gold)))
            print(spoken("cosine and negation word", gold, plain))
        print(spoken(f"sayso compare, shuffle {shuffle}", gold, said))
        accuracies.append(sum(g == s for g, s in zip(gold, said, strict=True)) / len(gold))
        scores.append(macro_f1(gold, said))
    print(
        f"  mean of {SHUFFLES} shuffles: accuracy {sum(accuracies) / SHUFFLES:.3f} ({min(accuracies):.3f} to {max(accuracies):.3f}),"
        f" macro F1 {sum(scores) / SHUFFLES:.3f} ({min(scores):.3f} to {max(scores):.3f})"
    )


def in_folds(sets: Sets, shuffle: int) -> tuple[list[str], list[str], list[str]]:
    """What people say, sayso and the baseline, of each headline in the fold that its weights have not seen."""
    claims = sorted({e[0].group for e in sets["emergent"]})
    random.Random(shuffle).shuffle(claims)
    fold = {claim: n % FOLDS for n, claim in enumerate(claims)}
    gold: list[str] = []
    said: list[str] = []
    plain: list[str] = []
    for k in range(FOLDS):
        known = [e for e in sets["emergent"] if fold[e[0].group] != k]
        weights = read_weights(train({**sets, "emergent": known}))
        grid = [n / 20 for n in range(8, 18)]
        least = max(grid, key=lambda g: sum(cosine_and_negation(p, g) == r.stance for r, p in known))
        for labelled, pair in sets["emergent"]:
            if fold[labelled.group] == k:
                gold.append(labelled.stance or "")
                said.append(stance(pair, weights))
                plain.append(cosine_and_negation(pair, least))
    return gold, said, plain


def print_other_events(sets: Sets) -> None:
    """False conflicts, with weights that have not seen the topic."""
    half = [zlib.crc32(e[0].group.encode()) % 2 for e in sets["ecb"]]
    wrong: list[bool] = []
    agreed: list[bool] = []
    near: list[bool] = []
    plain: list[bool] = []
    for k in (0, 1):
        weights = read_weights(train({**sets, "ecb": _of(sets["ecb"], half, 1 - k)}))
        for _, pair in _of(sets["ecb"], half, k):
            wrong.append(in_conflict(pair, weights))
            agreed.append(decide(pair, weights=weights).kind in FOR)
            near.append(pair.cosine >= CANDIDATE_COSINE)
            plain.append(cosine_and_negation(pair, 0.6) == "against")
    hardest = [w for w, n in zip(wrong, near, strict=True) if n]
    print(f"ECB+, {len(wrong)} pairs of sentences of two look-alike events, weights fitted without their topics")
    print(
        f"  called contradicting or denying: sayso {sum(wrong) / len(wrong):.2%}, a negation word in one {sum(plain) / len(plain):.2%}"
    )
    print(
        f"  of the {len(hardest)} with a cosine from {CANDIDATE_COSINE:.2f}: {sum(hardest) / max(1, len(hardest)):.2%}"
    )
    print(f"  called same, supporting or refining: {sum(agreed) / len(agreed):.2%}")


def _of(examples: Sequence[Example], half: Sequence[int], k: int) -> list[Example]:
    return [e for e, h in zip(examples, half, strict=True) if h == k]


def tf_idf(texts: Sequence[str]) -> Callable[[Pair], float]:
    """The cosine of weighted words, weights from ``texts``."""
    counts = Counter(w for t in texts for w in set(t.casefold().split()))

    def vector(text: str) -> dict[str, float]:
        words = Counter(text.casefold().split())
        found = {w: n * math.log(len(texts) / (1 + counts[w])) for w, n in words.items()}
        norm = math.sqrt(sum(v * v for v in found.values())) or 1.0
        return {w: v / norm for w, v in found.items()}

    def alike(pair: Pair) -> float:
        first, second = vector(pair.a.text), vector(pair.b.text)
        return sum(v * second.get(w, 0.0) for w, v in first.items())

    return alike


def print_msrp(sets: Sets, data: Path, cache: Path | None) -> None:
    rows = list(msrp(data, "test"))
    pairs = read_pairs([(r.a, r.b) for r in rows], cache)
    gold = [bool(r.same) for r in rows]
    known = [(bool(r.same), p) for r, p in sets["msrp"]]
    alike = tf_idf([t for _, p in known for t in (p.a.text, p.b.text)])
    scores = [(alike(p), g) for g, p in known]
    least = max((n / 40 for n in range(40)), key=lambda x: f1([s >= x for s, _ in scores], [g for _, g in scores])[2])
    kinds = [decide(p).kind for p in pairs]
    print(f"MSRP test, {len(pairs)} pairs, paraphrase or not")
    print(row("all paraphrases", [True] * len(gold), gold))
    print(row(f"TF-IDF from {least:.2f}", [alike(p) >= least for p in pairs], gold))
    print(row("sayso: same", [k is PairKind.SAME for k in kinds], gold))
    print(row("sayso: same or more", [k in FOR for k in kinds], gold))
    print(f"  called contradicting or denying: {sum(k in AGAINST for k in kinds) / len(kinds):.2%}")


def print_sick(data: Path, cache: Path | None) -> None:
    rows = list(sick(data, "test_annotated"))
    pairs = read_pairs([(r.a, r.b) for r in rows], cache)
    gold = [bool(r.against) for r in rows]
    print(f"SICK test, {len(pairs)} pairs, contradictions")
    print(
        row(
            "cosine and negation word",
            [cosine_and_negation(p, 0.6) == "against" and p.cosine >= 0.6 for p in pairs],
            gold,
        )
    )
    print(row("sayso: contradicts, denies", [in_conflict(p) for p in pairs], gold))


def print_claimdiff(data: Path, cache: Path | None) -> None:
    rows = list(claimdiff(data))
    pairs = read_pairs([(a, b) for a, b, *_ in rows], cache)
    kinds = [decide(p).kind for p in pairs]
    print(f"ClaimDiff train, {len(pairs)} pairs of claims of two outlets; nothing was trained on it")
    strong, weak = [s for _, _, s, _, _ in rows], [w for _, _, _, w, _ in rows]
    print(row("strengthens: all", [True] * len(strong), strong))
    print(row("strengthens: same or more", [k in FOR for k in kinds], strong))
    print(row("weakens: all", [True] * len(weak), weak))
    print(row("weakens: contradicts …", [k in AGAINST for k in kinds], weak))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="a folder in which readings are kept between runs")
    args = parser.parse_args()
    sets = load(args.data, args.cache)
    print_emergent(sets)
    print_other_events(sets)
    print_sick(args.data, args.cache)
    print_msrp(sets, args.data, args.cache)
    print_claimdiff(args.data, args.cache)


if __name__ == "__main__":
    main()
