"""What two reports have in common word for word: runs of words, quotations, whole paragraphs; and what is furniture.

Candidates come from an index of runs, never from comparing all pairs. Furniture (a paragraph that an outlet prints in many of
its reports) is left out first: in the hand-labelled pairs of local news it made most of the look-alikes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from sayso.link.words import tokens
from sayso.model import BlockKind, Report, Span

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
    sequence: tuple[str, ...] = ()  # the words outside quotation marks in order, folded
    run_order: tuple[int, ...] = ()  # own_runs in order
    own_triples: frozenset[int] = frozenset()  # runs of three, as rewordings still have some


Furniture = frozenset[str]
"""Paragraphs that an outlet prints again and again, by their `paragraph_key`."""


def read_passages(reports: Sequence[Report], furniture: Furniture | None = None) -> dict[str, Passages]:
    """The passages of every report, without furniture."""
    furniture = find_furniture(reports) if furniture is None else furniture
    return {
        report.id: passages_of([span.of(report.text) for span in prose_spans(report, furniture)]) for report in reports
    }


def passages_of(paragraphs: Sequence[str]) -> Passages:
    """The passages of these paragraphs."""
    pieces = [_folded(piece) for p in paragraphs for piece in _QUOTED.sub(" … ", p).split("…")]
    quotations = [_folded(q) for p in paragraphs for q in _QUOTED.findall(p)]
    in_order = tuple(run for piece in pieces for run in _runs(piece))
    return Passages(
        words=sum(len(tokens(p)) for p in paragraphs),
        runs=frozenset(run for p in paragraphs for run in _runs(_folded(p))),
        own_runs=frozenset(in_order),
        quotations=frozenset(q for q in quotations if len(q) >= QUOTED_WORDS),
        sequence=tuple(word for piece in pieces for word in piece),
        run_order=in_order,
        own_triples=frozenset(run for piece in pieces for run in _runs(piece, 3)),
    )


def prose_spans(report: Report, furniture: Furniture = frozenset()) -> list[Span]:
    """The paragraphs of the report's news, without furniture."""
    spans = _paragraphs(report)
    return [s for s in spans if paragraph_key(report, s) not in furniture] if furniture else spans


def paragraph_key(report: Report, span: Span) -> str:
    """A hash by which a paragraph of an outlet is known again: of its words, folded, and the outlet."""
    words = "\n".join([report.outlet or "", *_folded(span.of(report.text))])
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def paragraph_keys(report: Report) -> frozenset[str]:
    """The keys of the paragraphs of a report's news; none where nobody knows whose paragraphs they are."""
    return frozenset(paragraph_key(report, span) for span in _paragraphs(report)) if report.outlet else frozenset()


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


def _paragraphs(report: Report) -> list[Span]:
    if report.blocks:
        return [block.span for block in report.blocks if block.kind in _PROSE]
    return [Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*", report.text)]


def find_furniture(reports: Iterable[Report]) -> Furniture:
    """Paragraphs that one outlet prints again and again in these reports. The same page at two times counts once."""
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    sizes: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if report.outlet:
            page = report.url or report.id
            sizes[report.outlet].add(page)
            for key in paragraph_keys(report):
                holders[report.outlet, key].add(page)
    return frozenset(
        key
        for (outlet, key), pages in holders.items()
        if len(pages) >= max(FURNITURE_REPORTS, FURNITURE_SHARE * len(sizes[outlet]))
    )


def _folded(text: str) -> tuple[str, ...]:
    return tuple(word.casefold().replace("’", "'") for word in tokens(text))


def _runs(words: tuple[str, ...], size: int = RUN) -> Iterable[int]:
    for n in range(len(words) - size + 1):
        yield crc32(" ".join(words[n : n + size]).encode("utf-8", "surrogatepass"))
