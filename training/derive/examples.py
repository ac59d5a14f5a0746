"""Pairs of made reports with their measures: what the weights of `sayso.link.derivation` are fitted on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sayso.ingest.blocks import find_blocks
from sayso.link.credits import credited_by_form, credited_in_words, key
from sayso.link.derivation import laid, read_prose
from sayso.link.embed import DIMENSIONS, Vector, embed_texts, lattice
from sayso.link.likeness import MEASURES, measure
from sayso.model import Capture, Instant, Precision, Report

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from worlds import Pair, Written, make_world, pairs_of

NAMES = tuple(each.__name__ for each in MEASURES)


@dataclass(frozen=True)
class Example:
    world: int
    pair: Pair
    values: tuple[float, ...]  # in the order of NAMES


class Vectors:
    """Sentence vectors, kept in a file between runs: most of the time goes into them."""

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._rows: dict[str, Vector] = {}
        if cache is not None and cache.is_file():
            kept = np.load(cache)
            self._rows = dict(zip(kept["texts"].tolist(), kept["rows"], strict=True))

    def of(self, texts: Sequence[str]) -> Vector:
        missing = sorted({t for t in texts if t not in self._rows})
        self._rows.update(zip(missing, embed_texts(missing), strict=True))
        rows = [self._rows[t] for t in texts]
        return lattice(np.stack(rows) if rows else np.zeros((0, DIMENSIONS), dtype=np.float32))

    def keep(self) -> None:
        if self._cache is not None and self._rows:
            np.savez(self._cache, texts=np.array(list(self._rows)), rows=np.stack(list(self._rows.values())))


def as_report(one: Written, n: int) -> Report:
    return Report(
        f"r-{n}", "", one.text, find_blocks(one.text), "text/plain", Capture("2031-01-01T00:00:00Z", "file", "made"),
        outlet=one.outlet, published=Instant(one.published, Precision.SECOND),
    )  # fmt: skip


def examples(seeds: Sequence[int], vectors: Vectors) -> Iterator[Example]:
    """Every pair of these worlds whose truth is plain, with its measures."""
    for seed in seeds:
        world = make_world(seed)
        reports = [as_report(one, n) for n, one in enumerate(world)]
        prose = [read_prose(r, embed=vectors.of) for r in reports]
        credits = [credited_by_form(r) for r in reports]
        place = {id(one): n for n, one in enumerate(world)}
        for pair in pairs_of(world):
            i, j = place[id(pair.a)], place[id(pair.b)]
            named = any(
                key(world[x].outlet) in credits[y] or credited_in_words(reports[y], world[x].outlet)
                for x, y in ((i, j), (j, i))
            )
            values = measure(laid(prose[i], prose[j], credit=named and world[i].outlet != world[j].outlet))
            yield Example(seed, pair, tuple(values[name] for name in NAMES))
