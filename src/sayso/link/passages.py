"""What two reports have in common word for word: runs of words, quotations, whole paragraphs; and what is furniture.

Candidates come from an index of runs, never from comparing all pairs. Furniture (a paragraph that an outlet prints in many of
its reports) is left out first: in the hand-labelled pairs of local news it made most of the look-alikes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from sayso.link.words import tokens
from sayso.model import BlockKind, Report

RUN = 5  # words in a run; true copies of news share about 30 % of their 3-grams, and few of their 8-grams
# A run that this many reports share is a phrase of the language or of the event ("said in a statement on Tuesday").
COMMON_RUN = 12
LEAST_SHARED_RUNS = 8  # below this two reports are not compared by their runs
FURNITURE_REPORTS = 3  # a paragraph in this many reports of one outlet is furniture …
FURNITURE_SHARE = 0.05  # … if they are also this share of the outlet's reports
QUOTED_WORDS = 8  # a shared quotation of this many words is no coincidence
# The kinds of block that carry the outlet's news; headlines, captions and credits are judged apart.
_PROSE = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST)
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{20,600})[”\"“»]")


@dataclass(frozen=True, slots=True)
class Passages:
    """The prose of one report as runs of words (hashed), those outside quotation marks, and its long quotations."""

    words: int
    runs: frozenset[int]
    own_runs: frozenset[int]
    quotations: frozenset[tuple[str, ...]]


def read_passages(reports: Sequence[Report]) -> dict[str, Passages]:
    """The passages of every report, without furniture."""
    prose = {report.id: _paragraphs(report) for report in reports}
    furniture = _furniture(reports, prose)
    found = {}
    for report in reports:
        kept = [p for p in prose[report.id] if (report.outlet, _essence(p)) not in furniture]
        own = [_QUOTED.sub(" … ", p) for p in kept]
        quotations = [_folded(q) for p in kept for q in _QUOTED.findall(p)]
        found[report.id] = Passages(
            words=sum(len(tokens(p)) for p in kept),
            runs=frozenset(run for p in kept for run in _runs(_folded(p))),
            own_runs=frozenset(run for p in own for piece in p.split("…") for run in _runs(_folded(piece))),
            quotations=frozenset(q for q in quotations if len(q) >= QUOTED_WORDS),
        )
    return found


def candidate_pairs(passages: Mapping[str, Passages]) -> list[tuple[str, str]]:
    """Pairs of reports that share enough rare runs, from an index; sorted."""
    index: dict[int, list[str]] = defaultdict(list)
    for identifier in sorted(passages):
        for run in passages[identifier].runs:
            index[run].append(identifier)
    counts: Counter[tuple[str, str]] = Counter()
    for holders in index.values():
        if 2 <= len(holders) <= COMMON_RUN:
            for n, first in enumerate(holders):
                counts.update((first, second) for second in holders[n + 1 :])
    # Many copies of one text share every run with more reports than COMMON_RUN: those with equal sets meet here.
    alike: dict[frozenset[int], list[str]] = defaultdict(list)
    for identifier in sorted(passages):
        if passages[identifier].runs:
            alike[passages[identifier].runs].append(identifier)
    same = {(ids[0], other) for ids in alike.values() for other in ids[1:]}
    crowd = {
        (holders[0], other)
        for run, holders in index.items()
        if len(holders) > COMMON_RUN and run % 16 == 0  # a sample is enough to meet every large family of copies
        for other in holders[1:]
    }
    return sorted({pair for pair, count in counts.items() if count >= LEAST_SHARED_RUNS} | same | crowd)


def shared_share(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the shorter text's runs that stand in the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def shared_quotations(a: Passages, b: Passages) -> list[str]:
    """Quotations of at least `QUOTED_WORDS` words that stand word for word in both, one inside the other at least."""
    found = set()
    for mine in a.quotations:
        for theirs in b.quotations:
            short, long = sorted((mine, theirs), key=lambda q: (len(q), q))
            if f" {' '.join(short)} " in f" {' '.join(long)} ":
                found.add(" ".join(short))
    return sorted(found)


def _paragraphs(report: Report) -> list[str]:
    blocks = [block.span.of(report.text) for block in report.blocks if block.kind in _PROSE]
    return blocks if report.blocks else [p for p in report.text.split("\n") if p.strip()]


def _furniture(
    reports: Iterable[Report], prose: Mapping[str, Sequence[str]]
) -> frozenset[tuple[str | None, tuple[str, ...]]]:
    """Paragraphs that one outlet prints again and again. The same page at two times counts once."""
    holders: dict[tuple[str | None, tuple[str, ...]], set[str]] = defaultdict(set)
    sizes: dict[str | None, set[str]] = defaultdict(set)
    for report in reports:
        page = report.url or report.id
        sizes[report.outlet].add(page)
        for paragraph in prose[report.id]:
            holders[report.outlet, _essence(paragraph)].add(page)
    return frozenset(
        key
        for key, pages in holders.items()
        if key[0] is not None and len(pages) >= max(FURNITURE_REPORTS, FURNITURE_SHARE * len(sizes[key[0]]))
    )


def _essence(paragraph: str) -> tuple[str, ...]:
    return _folded(paragraph)


def _folded(text: str) -> tuple[str, ...]:
    return tuple(word.casefold().replace("’", "'") for word in tokens(text))


def _runs(words: tuple[str, ...]) -> Iterable[int]:
    for n in range(len(words) - RUN + 1):
        yield crc32(" ".join(words[n : n + RUN]).encode("utf-8", "surrogatepass"))
