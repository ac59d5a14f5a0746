"""Prints how well the tagger alone finds what was annotated, for the shipped weights or any others. Needs no torch.

    python -m training.attribution.evaluate --data ../shared/data [--weights DIR] [--corpus DIR] [--sets polnear,no_marks,own]

Sets: PolNeAR's development part; the same with all double quotation marks taken out; our own corpus's development part.
For each: P, R and F of every measure at the threshold that the weights ship with, and full@.8 by confidence. The whole
reader, tagger and rules together, is measured by `benchmarks/attribution.py`.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from sayso.evaluate.table import lines
from sayso.extract.tagger.network import SHIPPED, load_network
from training.attribution.comparing import Found, find_in, score, without_marks
from training.attribution.data import Document, read_corpus, read_polnear

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
            found = find_in(every, documents, threads=args.threads)
            seconds = time.perf_counter() - started
            print(
                f"\n{name}: {seconds:.1f} s on {args.threads} threads, findings from confidence {shipped.settings.keep} on"
            )
            print("\n".join(lines(score(found, keep=shipped.settings.keep))))
            print_confidences(found)


def read_set(name: str, data: Path, corpus: Path | None) -> list[Document]:
    if name == "own":
        return list(read_corpus(corpus, data, "dev")) if corpus else []
    documents = list(read_polnear(data, "dev"))
    return [without_marks(d) for d in documents] if name == "no_marks" else documents


def print_confidences(found: Sequence[Found]) -> None:
    print("full@.8 by confidence")
    for keep in _CONFIDENCES:
        p, r, f = score(found, keep=keep).f1("full", "gold", "found")
        print(f"  from {keep:4.2f}: P {p:5.1f}  R {r:5.1f}  F {f:5.1f}")
    bounds = (*(i / _BANDS for i in range(_BANDS)), math.inf)  # the last tenth takes in 1 itself
    shares = []
    for low, high in pairwise(bounds):
        these, above = score(found, keep=low).counts, score(found, keep=high).counts
        n = these["found"] - above["found"]
        shares.append(
            f"{low:.1f}: {100 * (these['full'] - above['full']) / n:.0f}% of {n}" if n else f"{low:.1f}: none"
        )
    print("  hits in each tenth of confidence: " + ", ".join(shares))


if __name__ == "__main__":
    main()
