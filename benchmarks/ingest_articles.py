"""How well sayso reads the article out of a page, against gold text and against trafilatura alone.

    python benchmarks/ingest_articles.py --data ../shared/data

Reads ``article_extraction`` below the data folder: pages as ``html/ID.html.gz`` and ``ground-truth.json``. The score
is that of the Scrapinghub article benchmark: F1 over the multiset of 4-word shingles, averaged over the pages' counts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura

from sayso.ingest import IngestOptions, read_sources
from sayso.model import BlockKind, Captured

_TOKEN = re.compile(r"\w+", re.UNICODE)
_SHINGLE = 4  # words, as in the benchmark's own evaluate.py
# What an article's body consists of in the gold text: the headline is kept apart, furniture is not in it.
_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST, BlockKind.DATELINE, BlockKind.HEADLINE})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the shared data folder")
    folder = parser.parse_args().data / "article_extraction"
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    pages = {key: folder / "html" / f"{key}.html.gz" for key in sorted(truth)}
    print(f"{'system':<34}{'precision':>10}{'recall':>8}{'F1':>8}{'pages/s':>9}")
    systems: list[tuple[str, Callable[[Path], str]]] = [
        ("trafilatura, default", lambda p: _bare_trafilatura(p, recall=False)),
        ("trafilatura, favour recall", lambda p: _bare_trafilatura(p, recall=True)),
        ("sayso, body blocks", lambda p: _sayso(p, body_only=True)),
        ("sayso, whole canonical text", lambda p: _sayso(p, body_only=False)),
    ]
    for name, read in systems:
        started = time.perf_counter()
        texts = {key: read(path) for key, path in pages.items()}
        took = time.perf_counter() - started
        scores = [_compare(texts[key], truth[key]["articleBody"]) for key in pages]
        precision, recall = (sum(s[i] for s in scores) / len(scores) for i in (0, 1))
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name:<34}{precision:>10.3f}{recall:>8.3f}{f1:>8.3f}{len(pages) / took:>9.1f}")


def _sayso(path: Path, *, body_only: bool) -> str:
    for found in read_sources([str(path)], options=IngestOptions()):
        if isinstance(found, Captured):
            report = found.report
            if not body_only:
                return report.text
            blocks = [b for b in report.blocks if b.kind in _BODY]
            if blocks and blocks[0].kind is BlockKind.HEADLINE:
                blocks = blocks[1:]
            return "\n".join(b.span.of(report.text) for b in blocks)
    return ""


def _bare_trafilatura(path: Path, *, recall: bool) -> str:
    page = gzip.decompress(path.read_bytes()).decode("utf-8", errors="replace")
    return trafilatura.extract(page, favor_recall=recall, include_comments=False) or ""


def _compare(found: str, gold: str) -> tuple[float, float]:
    """Precision and recall of one page; those of an empty side count as the benchmark counts them."""
    a, b = _shingles(found), _shingles(gold)
    common = sum((a & b).values())
    precision = common / sum(a.values()) if a else float(not b)
    recall = common / sum(b.values()) if b else float(not a)
    return precision, recall


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    count = max(1, len(tokens) - _SHINGLE + 1) if tokens else 0
    return Counter(tuple(tokens[i : i + _SHINGLE]) for i in range(count))


if __name__ == "__main__":
    main()
