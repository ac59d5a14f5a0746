"""What a network finds beside what was annotated, with the metrics of `sayso.evaluate`. Needs no torch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.evaluate import Attribution, GoldDocument, Score
from sayso.evaluate.attribution import Compared, compare, tally
from sayso.extract.tagger.finding import find_many
from sayso.extract.tagger.network import Network
from sayso.model import Span
from training.attribution.chunks import Chunk, Edit, edited
from training.attribution.data import Document

_MARKS = re.compile("[\"“”„«»]|``|''")


@dataclass(frozen=True)
class Found:
    """One document: annotations and findings side by side, and the network's own measures of each finding."""

    compared: Compared
    measures: tuple[tuple[float, ...], ...]  # one row for each of ``compared.found``


def find_in(network: Network, documents: Iterable[Document], *, threads: int = 1) -> list[Found]:
    documents = list(documents)
    found = find_many(((d.text, None) for d in documents), network=network, threads=threads)
    results = []
    # No two findings of a text are alike (`finding._is_new`), so each is its own key.
    for document, of_text in zip(documents, found, strict=True):
        measures = {Attribution(a.source, a.cue, a.content, confidence=a.confidence): a.measures for a in of_text}
        compared = compare(as_gold(document), measures)
        results.append(Found(compared, tuple(measures[one.of] for one in compared.found)))
    return results


def as_gold(document: Document) -> GoldDocument:
    marked = tuple(Attribution(m.source, m.cue, m.content) for m in document.marked)
    return GoldDocument(document.name, Path(document.name), document.text, marked)


def score(found: Iterable[Found], *, keep: float = 0.0) -> Score:
    """Counts of all measures, findings below ``keep`` left out."""
    return tally((one.compared for one in found), least=keep)


def best_keep(found: Sequence[Found]) -> tuple[float, float]:
    """The confidence from which findings are kept that gives the best full@.8, and that F."""
    scores = [(f_of(score(found, keep=k / 100)), k / 100) for k in range(0, 80, 2)]
    best, keep = max(scores, key=lambda s: (s[0], -s[1]))
    return keep, best


def f_of(scored: Score, measure: str = "full") -> float:
    return scored.f1(measure, "gold", "found")[2]


def without_marks(document: Document) -> Document:
    """The document with every double quotation mark taken out."""
    chunk = Chunk(document.text, document.marked, Span(0, len(document.text)), True)
    bare = edited(chunk, [Edit(*m.span(), "") for m in _MARKS.finditer(document.text)])
    return replace(document, text=bare.text, marked=bare.marked)
