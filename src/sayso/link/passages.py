"""What two reports have in common word for word: runs of words, quotations, whole paragraphs; and what is furniture.

Candidates come from an index of runs, never from comparing all pairs. Furniture (a paragraph that an outlet prints in many of
its reports) is left out first: in the hand-labelled pairs of local news it made most of the look-alikes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import accumulate
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sayso.link.remembered import Remembered
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


@dataclass(frozen=True, eq=False)
class Passages:
    """The prose of one report as runs of words (hashed), those outside quotation marks, and its long quotations; each made when it
    is asked for, as most reports of a large story are compared with few others."""

    paragraphs: tuple[str, ...]

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(words) for words in self._whole)

    @cached_property
    def runs(self) -> frozenset[int]:
        return frozenset(runs_of(self.paragraphs).tolist())

    @cached_property
    def own_runs(self) -> frozenset[int]:
        """Those outside quotation marks."""
        return frozenset(self.run_order)

    @cached_property
    def quotations(self) -> frozenset[tuple[str, ...]]:
        """Its quotations of `QUOTED_WORDS` words and more."""
        quoted = (_folded(words) for paragraph in self.paragraphs for words in _QUOTED.findall(paragraph))
        return frozenset(words for words in quoted if len(words) >= QUOTED_WORDS)

    @cached_property
    def sequence(self) -> tuple[str, ...]:
        """The words outside quotation marks in order, folded."""
        return tuple(word for piece in self._pieces for word in piece)

    @cached_property
    def run_order(self) -> tuple[int, ...]:
        """`own_runs` in order."""
        return tuple(run for piece in self._pieces for run in _runs(piece))

    @cached_property
    def own_triples(self) -> frozenset[int]:
        """Runs of three words outside quotation marks, as rewordings still have some."""
        return frozenset(run for piece in self._pieces for run in _runs(piece, 3))

    @cached_property
    def _whole(self) -> list[tuple[str, ...]]:
        return [_folded(paragraph) for paragraph in self.paragraphs]

    @cached_property
    def _pieces(self) -> list[tuple[str, ...]]:
        """What stands between quotations."""
        found = []
        for paragraph, words in zip(self.paragraphs, self._whole, strict=True):
            parts = _QUOTED.sub(" … ", paragraph).split("…")
            found += [_folded(part) for part in parts] if len(parts) > 1 else [words]
        return found


_RUNS: Remembered[tuple[str, ...], NDArray[np.uint32]] = Remembered(10_000)  # with their texts some 40 MB


def runs_of(paragraphs: tuple[str, ...]) -> NDArray[np.uint32]:
    """The runs of these paragraphs, each once, rising."""

    def work_out(missing: Iterable[tuple[str, ...]]) -> list[NDArray[np.uint32]]:
        runs = ([run for paragraph in each for run in _runs(_folded(paragraph))] for each in missing)
        return [np.unique(np.array(found, dtype=np.uint32)) for found in runs]

    return _RUNS.of([paragraphs], work_out)[paragraphs]


Furniture = frozenset[str]
"""Paragraphs that an outlet prints again and again, by their `paragraph_key`."""


def read_passages(reports: Sequence[Report], furniture: Furniture | None = None) -> dict[str, Passages]:
    """The passages of every report, without furniture."""
    furniture = find_furniture(reports) if furniture is None else furniture
    return {
        report.id: passages_of([span.of(report.text) for span in prose_spans(report, furniture)]) for report in reports
    }


def passages_of(paragraphs: Iterable[str]) -> Passages:
    """The passages of these paragraphs."""
    return Passages(tuple(paragraphs))


def prose_spans(report: Report, furniture: Furniture = frozenset()) -> list[Span]:
    """The paragraphs of the report's news, without furniture."""
    spans = _paragraphs(report)
    return [s for s in spans if paragraph_key(report, s) not in furniture] if furniture else spans


def paragraph_key(report: Report, span: Span) -> str:
    """A hash by which a paragraph of an outlet is known again: of its words, folded, and the outlet."""
    return _paragraph_key(report.outlet or "", span.of(report.text))


@lru_cache(maxsize=40_000)  # with the paragraphs some 40 MB
def _paragraph_key(outlet: str, paragraph: str) -> str:
    words = "\n".join([outlet, *_folded(paragraph)])
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def paragraph_keys(report: Report) -> frozenset[str]:
    """The keys of the paragraphs of a report's news; none where nobody knows whose paragraphs they are."""
    return frozenset(paragraph_key(report, span) for span in _paragraphs(report)) if report.outlet else frozenset()


def candidate_pairs(passages: Mapping[str, Passages]) -> list[tuple[str, str]]:
    """Pairs of reports that share enough rare runs, from an index; sorted."""
    ids = sorted(passages)
    own = [runs_of(passages[identifier].paragraphs) for identifier in ids]
    if not ids:
        return []
    # The index: every run with its holders beside each other, in order.
    runs = np.concatenate(own)
    holders = np.repeat(np.arange(len(ids)), [len(each) for each in own])
    order = np.argsort(runs, kind="stable")
    runs, holders = runs[order], holders[order]
    starts = (
        np.flatnonzero(np.concatenate(([True], runs[1:] != runs[:-1]))) if len(runs) else np.zeros(0, dtype=np.int64)
    )
    sizes = np.diff(np.concatenate((starts, [len(runs)])))
    shared = [np.zeros(0, dtype=np.int64)]
    for size in range(2, COMMON_RUN + 1):
        alike = holders[starts[sizes == size][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        shared.append((alike[:, first] * len(ids) + alike[:, second]).ravel())
    codes, counts = np.unique(np.concatenate(shared), return_counts=True)
    found = set(codes[counts >= LEAST_SHARED_RUNS].tolist())
    # Many copies of one text share every run with more reports than COMMON_RUN: those with equal sets meet here.
    alike_in_all: dict[bytes, int] = {}
    for n, each in enumerate(own):
        if len(each) and (head := alike_in_all.setdefault(each.tobytes(), n)) != n:
            found.add(head * len(ids) + n)
    # A sample is enough to meet every large family of copies.
    for start, size in zip(starts[sizes > COMMON_RUN].tolist(), sizes[sizes > COMMON_RUN].tolist(), strict=True):
        if runs[start] % _SAMPLED == 0:
            found.update((holders[start] * len(ids) + holders[start + 1 : start + size]).tolist())
    return sorted((ids[code // len(ids)], ids[code % len(ids)]) for code in found)


_SAMPLED = 16  # of so many runs that a crowd of reports shares one is looked at


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
    # All words at once: folding works letter by letter, and no word holds a line break.
    words = tokens(text)
    return tuple("\n".join(words).casefold().replace("’", "'").split("\n")) if words else ()


def _runs(words: tuple[str, ...], size: int = RUN) -> list[int]:
    """The runs of these words in order, each as the checksum of its words with a blank between them."""
    text = " ".join(words).encode("utf-8", "surrogatepass")
    starts = [0, *accumulate(len(word.encode("utf-8", "surrogatepass")) + 1 for word in words)]
    return [crc32(text[start : after - 1]) for start, after in zip(starts, starts[size:], strict=False)]
