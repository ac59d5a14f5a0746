"""Prints what shared/ATTRIBUTION.md measures, for the shipped weights or any others.

    python -m training.attribution.evaluate --data ../shared/data [--weights DIR] [--corpus DIR] [--sets polnear,no_marks,own]

Sets: PolNeAR's development part; the same with all double quotation marks taken out; our own corpus's development part.
For each: P, R and F of every measure at the threshold that the weights ship with, and full@.8 by confidence.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from benchmarks.attribution import f1
from sayso.extract.tagger.network import SHIPPED, load_network
from training.attribution.data import Document, read_corpus, read_polnear
from training.attribution.scoring import Compared, compare, tally, without_marks

_CONFIDENCES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_BANDS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--corpus", type=Path, help="folder of our own annotated documents")
    parser.add_argument("--sets", default="polnear,no_marks,own")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    shipped = load_network(args.weights)
    every = replace(shipped, settings=replace(shipped.settings, keep=0.0))
    for name in args.sets.split(","):
        documents = read_set(name, args.data, args.corpus)
        if documents:
            started = time.perf_counter()
            compared = compare(every, documents, threads=args.threads)
            seconds = time.perf_counter() - started
            words = sum(len(d.text.split()) for d in documents)
            print(f"\n{name}: {len(documents)} texts, {words} words, {seconds:.1f} s on {args.threads} threads")
            print_measures(compared, shipped.settings.keep)
            print_confidences(compared)


def read_set(name: str, data: Path, corpus: Path | None) -> list[Document]:
    if name == "own":
        return list(read_corpus(corpus, data, "dev")) if corpus else []
    documents = list(read_polnear(data, "dev"))
    return [without_marks(d) for d in documents] if name == "no_marks" else documents


def print_measures(compared: Sequence[Compared], keep: float) -> None:
    counts = tally(compared, keep=keep)
    print(f"findings from confidence {keep} on")
    for name, hit, of_gold, of_found in (
        ("full@.8", "full", "gold", "found"),
        ("cont@.8", "cont", "gold", "found"),
        ("full@.3", "loose", "gold", "found"),
        *((f"{r} exact", f"{r} exact", f"{r} gold", f"{r} found") for r in ("source", "cue", "content")),
        *((f"full@.8 {k}", f"full {k}", f"gold {k}", f"found {k}") for k in ("direct", "mixed", "indirect")),
    ):
        p, r, f = f1(counts[hit], counts[of_gold], counts[of_found])
        print(f"  {name:18s} P {p:5.1f}  R {r:5.1f}  F {f:5.1f}   ({counts[of_gold]} gold, {counts[of_found]} found)")
    share = 100 * counts["core full"] / counts["core gold"] if counts["core gold"] else 0.0
    print(f"  core speech cues   R {share:5.1f}   ({counts['core gold']} gold)")


def print_confidences(compared: Sequence[Compared]) -> None:
    print("  full@.8 by confidence")
    for keep in _CONFIDENCES:
        counts = tally(compared, keep=keep)
        p, r, f = f1(counts["full"], counts["gold"], counts["found"])
        print(f"    from {keep:4.2f}: P {p:5.1f}  R {r:5.1f}  F {f:5.1f}")
    bands = [(i / _BANDS, tally(compared, keep=i / _BANDS)) for i in range(_BANDS + 1)]
    shares = []
    for (low, these), (_, above) in pairwise(bands):
        n = these["found"] - above["found"]
        shares.append(
            f"{low:.1f}: {100 * (these['full'] - above['full']) / n:.0f}% of {n}" if n else f"{low:.1f}: none"
        )
    print("    hits in each tenth of confidence: " + ", ".join(shares))


if __name__ == "__main__":
    main()
