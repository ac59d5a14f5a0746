"""Who said what: scores the reading on a corpus of Source / Cue / Content annotations in brat's standoff form.

    python benchmarks/attribution.py --data DIR [--part dev] [--worst 5]

DIR holds ``polnear/PART/text/**.txt`` and ``polnear/PART/attributions/**.ann``; where a text has several
annotators, the first by name is taken. Word tokens are ``\\w+(['’]\\w+)*``, punctuation never counts.
**full@.8**: predicted and gold attributions match one to one when the Jaccard of their content tokens is at
least .8 and of their source tokens at least .5 (empty matches empty); **cont@.8**: content alone.
Kind by the share of content inside double quotation marks, the state reset at each paragraph.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.extract import extract_many
from sayso.ingest import IngestOptions, read_sources
from sayso.model import Captured, Kind, Statement

WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True)
class Attribution:
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def tokens_of(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in WORD.finditer(text)]


def covered(tokens: Sequence[tuple[int, int]], spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(i for start, end in spans for i, (a, b) in enumerate(tokens) if a < end and start < b)


def read_gold(ann: Path, tokens: Sequence[tuple[int, int]]) -> list[Attribution]:
    spans: dict[str, list[tuple[int, int]]] = {}
    gold = []
    lines = ann.read_bytes().decode("utf-8").split("\n")
    for line in lines:
        parts = line.rstrip("\r").split("\t")
        if line.startswith("T"):
            _, _, offsets = parts[1].partition(" ")
            spans[parts[0]] = [tuple(map(int, pair.split())) for pair in offsets.split(";")]  # type: ignore[misc]
    for line in lines:
        if line.startswith("E"):
            roles: dict[str, list[tuple[int, int]]] = defaultdict(list)
            for role in line.rstrip("\r").split("\t")[1].split():
                name, _, target = role.partition(":")
                roles[name.rstrip("0123456789")] += spans[target]
            gold.append(Attribution(*(covered(tokens, roles[name]) for name in ("Source", "Cue", "Content"))))
    return [g for g in gold if g.content]


def quoted_tokens(text: str, tokens: Sequence[tuple[int, int]]) -> frozenset[int]:
    inside, marks = False, []
    for char in text:
        if char == "\n":
            inside = False
        elif char in '"“”':
            inside = (char == "“") if char != '"' else not inside
        marks.append(inside)
    return frozenset(i for i, (a, _) in enumerate(tokens) if marks[a])


def kind_of(content: frozenset[int], quoted: frozenset[int]) -> str:
    share = len(content & quoted) / len(content)
    return "direct" if share >= 0.95 else "indirect" if share == 0 else "mixed"


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return 1.0 if not a and not b else len(a & b) / len(a | b)


def match(
    gold: list[Attribution], found: list[Attribution], *, content: float, source: float | None
) -> list[tuple[int, int]]:
    """One-to-one pairs, the best content overlap first."""
    pairs = sorted(
        (
            (jaccard(g.content, f.content), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g.content & f.content
        ),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    used_g: set[int] = set()
    used_f: set[int] = set()
    matched = []
    for score, i, j in pairs:
        if score < content or i in used_g or j in used_f:
            continue
        if source is not None and jaccard(gold[i].source, found[j].source) < source:
            continue
        used_g.add(i)
        used_f.add(j)
        matched.append((i, j))
    return matched


def f1(hit: float, n_gold: float, n_found: float) -> tuple[float, float, float]:
    p = hit / n_found if n_found else 0.0
    r = hit / n_gold if n_gold else 0.0
    return (100 * p, 100 * r, 200 * p * r / (p + r) if p + r else 0.0)


def as_attribution(s: Statement, tokens: Sequence[tuple[int, int]]) -> Attribution:
    return Attribution(covered(tokens, s.source), covered(tokens, s.cue), covered(tokens, s.content))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", default="dev")
    parser.add_argument("--worst", type=int, default=0, help="list this many of the worst documents")
    parser.add_argument("--limit", type=int, default=None)
    args = parser.parse_args()
    root = args.data / "polnear" / args.part
    texts = sorted((root / "text").rglob("*.txt"))[: args.limit]
    reports = [
        c.report for c in read_sources([str(p) for p in texts], options=IngestOptions()) if isinstance(c, Captured)
    ]
    started = time.perf_counter()
    readings = {r.id: x for r, x in zip(reports, extract_many(reports), strict=True)}
    seconds = time.perf_counter() - started
    counts: Counter[str] = Counter()
    by_doc = []
    words = 0
    for report in reports:
        stem = Path(report.capture.place).stem
        anns = sorted((root / "attributions").rglob(f"{stem}*.ann"))
        if not anns:
            continue
        tokens = tokens_of(report.text)
        words += len(tokens)
        gold = read_gold(anns[0], tokens)
        found = [
            as_attribution(s, tokens) for s in readings[report.id].statements if s.kind is not Kind.VOICE and s.cue
        ]
        found = [f for f in found if f.content]
        quoted = quoted_tokens(report.text, tokens)
        full = match(gold, found, content=0.8, source=0.5)
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["full"] += len(full)
        counts["cont"] += len(match(gold, found, content=0.8, source=None))
        counts["loose"] += len(match(gold, found, content=0.3, source=0.5))
        for i, _ in full:
            counts["full " + kind_of(gold[i].content, quoted)] += 1
        for g in gold:
            counts["gold " + kind_of(g.content, quoted)] += 1
        for f in found:
            counts["found " + kind_of(f.content, quoted)] += 1
        for role in ("source", "cue", "content"):
            gold_sets = Counter(getattr(g, role) for g in gold if getattr(g, role))
            found_sets = Counter(getattr(f, role) for f in found if getattr(f, role))
            counts[f"{role} exact"] += sum((gold_sets & found_sets).values())
            counts[f"{role} gold"] += sum(gold_sets.values())
            counts[f"{role} found"] += sum(found_sets.values())
        by_doc.append((f1(len(full), len(gold), len(found))[2], stem, len(gold)))
    print(f"{len(by_doc)} texts, {words} words, {counts['gold']} gold, {counts['found']} found, {seconds:.1f} s")
    for name, hit, of_gold, of_found in (
        ("full@.8", "full", "gold", "found"),
        ("cont@.8", "cont", "gold", "found"),
        ("full@.3", "loose", "gold", "found"),
        *((f"{r} exact", f"{r} exact", f"{r} gold", f"{r} found") for r in ("source", "cue", "content")),
        *((f"full@.8 {k}", f"full {k}", f"gold {k}", f"found {k}") for k in ("direct", "mixed", "indirect")),
    ):
        p, r, f_score = f1(counts[hit], counts[of_gold], counts[of_found])
        sizes = f"({counts[of_gold]} gold, {counts[of_found]} found)"
        print(f"{name:18s} P {p:5.1f}  R {r:5.1f}  F {f_score:5.1f}   {sizes}")
    for score, stem, n in sorted(by_doc)[: args.worst]:
        print(f"  {score:5.1f}  {stem}  ({n} gold)")


if __name__ == "__main__":
    main()
