"""At which cosine and word overlap do two news sentences say the same? The evidence for the thresholds of `sayso.link`.

    python benchmarks/link_pairs.py --data DIR [--grid] [--stories]

DIR holds the folders ``sts_msrp``, ``ecbplus`` and ``fa_kes`` of the evaluation data. Printed: for each set, precision and
recall of "same" at the rule that linking uses and on a grid around it.

- MSRP: pairs of news sentences, gold says paraphrase or not (the negatives were chosen to look alike: a hard set).
- STS headlines and MSRpar: similarity 0-5; 4 and more counts as the same.
- ECB+: pairs of sentences of different reports of one topic (which holds two look-alike events). Gold "same": they share
  two event chains of the gold annotation, or the only one they have. Most pairs are different: what a ledger is like.
- ``--stories``: reports of the Syrian war grouped into stories, B3 against their groups of one date and place.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import combinations
from pathlib import Path

import numpy as np

from sayso.link import stories
from sayso.link.answers import CANDIDATE_COSINE, same_content
from sayso.link.embed import cosines, embed_texts, lattice
from sayso.link.words import Words
from sayso.model import Block, BlockKind, Capture, Instant, Precision, Report, Span

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


def incidents(data: Path) -> tuple[list[Report], dict[str, tuple[str, str]]]:
    """The reports of fa_kes that share date and place with another, and those groups."""
    reports, groups = [], {}
    with (data / "fa_kes/fa_kes.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            try:
                day = datetime.strptime((row["date"] or "").strip(), "%m/%d/%Y").strftime("%Y-%m-%d")
            except ValueError:
                continue
            text = f"{row['article_title']}\n{row['article_content']}"
            block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))
            capture = Capture("2026-01-01T00:00:00Z", "file", "fa_kes")
            published = Instant(day, Precision.DAY)
            reports.append(Report(row["unit_id"], "", text, (block,), "text/plain", capture, published=published))
            groups[row["unit_id"]] = day, (row["location"] or "").strip().casefold()
    sizes = Counter(groups.values())
    kept = {report for report, group in groups.items() if sizes[group] > 1}
    return [r for r in reports if r.id in kept], {r: groups[r] for r in kept}


def b_cubed(found: Mapping[str, object], gold: Mapping[str, object]) -> tuple[float, float]:
    """Mean precision and recall of the group of each item."""
    precision = recall = 0.0
    for item in gold:
        mine = {other for other in gold if found[other] == found[item]}
        theirs = {other for other in gold if gold[other] == gold[item]}
        precision += len(mine & theirs) / len(mine)
        recall += len(mine & theirs) / len(theirs)
    return precision / len(gold), recall / len(gold)


def print_stories(data: Path) -> None:
    reports, gold = incidents(data)
    kept = stories.ALIKE
    for alike in (0.10, 0.16, 0.20, 0.25, 0.30):
        stories.ALIKE = alike
        precision, recall = b_cubed(stories.find_stories(reports), gold)
        mark = " <- in use" if alike == kept else ""
        print(f"stories   ALIKE {alike:.2f}: B3 P {precision:.3f} R {recall:.3f}{mark}")
    stories.ALIKE = kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--grid", action="store_true", help="also print precision by cosine and overlap alone")
    parser.add_argument("--stories", action="store_true", help="print B3 of stories on fa_kes instead")
    args = parser.parse_args()
    if args.stories:
        print_stories(args.data)
        return
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
