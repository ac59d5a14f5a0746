"""At which cosine and word overlap do two news sentences say the same? The evidence for the thresholds of `sayso.link`.

    python benchmarks/link_pairs.py --data DIR [--grid]

DIR holds the folders ``sts_msrp`` and ``ecbplus`` of the evaluation data. Printed: for each set, precision and
recall of "same" at the rule that linking uses and on a grid around it.

- MSRP: pairs of news sentences, gold says paraphrase or not (the negatives were chosen to look alike: a hard set).
- STS headlines and MSRpar: similarity 0-5; 4 and more counts as the same.
- ECB+: pairs of sentences of different reports of one topic (which holds two look-alike events). Gold "same": they share
  two event chains of the gold annotation, or the only one they have. Most pairs are different: what a ledger is like.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import numpy as np

from sayso.link.answers import CANDIDATE_COSINE, same_content
from sayso.link.embed import cosines, embed_texts, lattice
from sayso.link.words import Words

Pair = tuple[str, str, bool]


def msrp(data: Path) -> Iterator[Pair]:
    for name in ("train", "val", "test"):
        lines = (data / f"sts_msrp/data/para/msr/msr-para-{name}.tsv").read_text(encoding="utf-8-sig").splitlines()
        for line in lines[1:]:
            label, _, _, first, second = line.split("\t")
            yield first, second, label == "1"


def sts(data: Path) -> Iterator[Pair]:
    folder = data / "sts_msrp/data/sts/semeval-sts"
    for path in sorted([*folder.glob("*/headlines*.tsv"), *folder.glob("*/MSRpar*.tsv")]):
        for line in path.read_text(encoding="utf-8").splitlines():
            score, first, second, *_ = line.split("\t")
            if score:
                yield first, second, float(score) >= 4.0


def ecb(data: Path) -> Iterator[Pair]:
    for part in ("Dev", "Train"):
        folder = data / "ecbplus"
        sentences: dict[tuple[str, int], list[str]] = defaultdict(list)
        for line in (folder / f"ECB_{part}_corpus.txt").read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) >= 4:
                sentences[fields[0], int(fields[1])].append(fields[3])
        chains: dict[tuple[str, int], set[str]] = defaultdict(set)
        for mention in json.loads((folder / f"ECB_{part}_Event_gold_mentions.json").read_text(encoding="utf-8")):
            chains[mention["doc_id"], mention["sent_id"]].add(mention["coref_chain"])
        topics: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for key in sorted(chains):
            topics[key[0].split("_")[0]].append(key)
        for _, keys in sorted(topics.items()):
            for a, b in combinations(keys, 2):
                if a[0] != b[0]:
                    need = min(2, len(chains[a]), len(chains[b]))
                    yield " ".join(sentences[a]), " ".join(sentences[b]), len(chains[a] & chains[b]) >= need


def b_cubed(found: Mapping[str, object], gold: Mapping[str, object]) -> tuple[float, float]:
    """Mean precision and recall of the group of each item."""
    precision = recall = 0.0
    for item in gold:
        mine = {other for other in gold if found[other] == found[item]}
        theirs = {other for other in gold if gold[other] == gold[item]}
        precision += len(mine & theirs) / len(mine)
        recall += len(mine & theirs) / len(theirs)
    return precision / len(gold), recall / len(gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--grid", action="store_true", help="also print precision by cosine and overlap alone")
    args = parser.parse_args()
    for name, load in (("MSRP", msrp), ("STS news", sts), ("ECB+", ecb)):
        pairs = list(load(args.data))
        texts = sorted({text for first, second, _ in pairs for text in (first, second)})
        rows = lattice(embed_texts(texts))
        place = {text: i for i, text in enumerate(texts)}
        words = {text: Words(text) for text in texts}
        close = np.array([cosines(rows[[place[a]]], rows[[place[b]]])[0, 0] for a, b, _ in pairs])
        gold = np.array([same for _, _, same in pairs])
        said = np.array(
            [
                c >= CANDIDATE_COSINE and same_content(words[a], words[b], float(c)).holds
                for (a, b, _), c in zip(pairs, close, strict=True)
            ]
        )
        hit = int((said & gold).sum())
        print(
            f"{name:9} pairs {len(pairs):7} same {int(gold.sum()):5} | rule: said {int(said.sum()):5} "
            f"P {hit / max(said.sum(), 1):.3f} R {hit / gold.sum():.3f}"
        )
        if args.grid:
            share = np.array([_overlap(words[a], words[b]) for a, b, _ in pairs])
            for least in (0.0, 0.2, 0.3, 0.4, 0.5):
                cells = []
                for cosine in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
                    chosen = (close >= cosine) & (share >= least)
                    hit = int((chosen & gold).sum())
                    cells.append(f"{cosine}: P {hit / max(chosen.sum(), 1):.2f} R {hit / gold.sum():.2f}")
                print(f"   overlap >= {least}:  " + "  ".join(cells))


def _overlap(a: Words, b: Words) -> float:
    union = a.stems | b.stems
    return len(a.stems & b.stems) / len(union) if union else 0.0


if __name__ == "__main__":
    main()
