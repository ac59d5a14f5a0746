"""Which reports tell of the same events: reports of one story are compared with each other, those of others are not.

A report's opening says what it is about. Reports whose openings share their telling words, within the days that a story
runs, are one story; so are those that statements in near identical words tie together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from sayso.link.grouping import group
from sayso.link.told import day_of
from sayso.link.words import Words, weights
from sayso.model import BlockKind, Report

OPENING = 1200  # characters of headline and first paragraphs that tell what a report is about
ALIKE = 0.20  # benchmarks/link_pairs.py --data DIR --stories, on fa_kes (date-place groups): B3 P .80 R .63; at 0.16 .65 .71
DAYS = 10.0  # a report joins a story only through another of these days
_COMMON = 200  # a word in more reports than this meets nobody; the story's own names are caught by rarer ones


def find_stories(reports: Sequence[Report], ties: Iterable[tuple[str, str]] = ()) -> dict[str, int]:
    """The number of the story of every report. ``ties`` are pairs of reports that are known to belong together."""
    ordered = sorted(reports, key=lambda r: r.id)
    openings = {r.id: Words(_opening(r)) for r in ordered}
    days = {r.id: day_of(r.published.value if r.published else None) for r in ordered}
    idf = weights(openings[r.id].stems for r in ordered)
    vectors = {i: _vector(words.stems, words.names, idf) for i, words in openings.items()}
    links = [(a, b, 1.0) for a, b in ties]
    for (a, b), score in sorted(_products(vectors).items()):
        near = days[a] is None or days[b] is None or abs((days[a] or 0) - (days[b] or 0)) <= DAYS
        if near and score >= ALIKE:
            links.append((a, b, score))
    groups = group([r.id for r in ordered], links)
    return {identifier: n for n, members in enumerate(groups) for identifier in members}


def _opening(report: Report) -> str:
    kept = (BlockKind.HEADLINE, BlockKind.DATELINE, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST)
    parts = [b.span.of(report.text) for b in report.blocks if b.kind in kept]
    return " ".join([report.title or "", *(parts or [report.text])])[:OPENING]


def _vector(stems: frozenset[str], names: frozenset[str], idf: Mapping[str, float]) -> dict[str, float]:
    # The 1.0 keeps words alive that every report of a small ledger has: there they are what joins it.
    raw = {s: (idf.get(s, 0.0) + 1.0) * (2.0 if s in names else 1.0) for s in sorted(stems)}
    length = sqrt(sum(v * v for v in raw.values()))
    return {s: v / length for s, v in raw.items()} if length else {}


def _products(vectors: Mapping[str, Mapping[str, float]]) -> dict[tuple[str, str], float]:
    index: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(vectors):
        for stem in vectors[identifier]:
            index[stem].append(identifier)
    products: dict[tuple[str, str], float] = defaultdict(float)
    for stem in sorted(index):
        holders = index[stem]
        if len(holders) > _COMMON:
            continue
        for n, a in enumerate(holders):
            for b in holders[n + 1 :]:
                products[a, b] += vectors[a][stem] * vectors[b][stem]
    return products
