"""Who says what, read by the trained network: texts in, attributions as spans of them out.

1. Cut the text into word pieces (`pieces`) and these into windows (`windows`).
2. Read each window once; its tags give the cues (`decoding.find_anchors`). A cue counts in the window whose core holds it.
3. For each cue, what every piece of the window is to it: nothing, source, cue or content (`decoding.decode`).
4. Turn pieces into spans of whole words (`snapping`), with a confidence (`confidence`); one attribution found
   through two cues stays one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from sayso.extract.tagger.confidence import confidence, measures
from sayso.extract.tagger.decoding import (
    CONTENT,
    CUE,
    SOURCE,
    Anchor,
    Floats,
    Reading,
    decode,
    find_anchors,
)
from sayso.extract.tagger.network import Network, load_network
from sayso.extract.tagger.pieces import CLS, SEP, Pieces, cut_pieces, lines_of
from sayso.extract.tagger.snapping import snap_content, snap_phrase
from sayso.extract.tagger.windows import Window, cut_windows
from sayso.model import Span

_TEXTS_AT_ONCE = 16  # about 100 windows: enough to keep several threads busy, a few megabytes of states
_QUOTE_MARKS = '"“„«'


@dataclass(frozen=True)
class Attribution:
    """Who (source, may be empty) says (cue) what (content): spans of the text. ``confidence`` is the share of such findings
    that matched a person's on held-out text; one that is not ``sure`` counts only where another reading has it too."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    measures: tuple[float, ...] = ()
    sure: bool = True


@dataclass(frozen=True)
class _Read:
    """One window read: for each of its cues the scores of the states; pieces are counted in the window, ends included."""

    window: Window
    anchors: tuple[Anchor, ...]
    scores: Floats


def find(
    text: str, spans: Sequence[Span] | None = None, *, network: Network | None = None, threads: int = 1
) -> tuple[Attribution, ...]:
    """The attributions of one text, in the order of their cues. ``spans`` are its paragraphs; by default its lines."""
    return next(find_many([(text, spans)], network=network, threads=threads))


def find_many(
    texts: Iterable[tuple[str, Sequence[Span] | None]], *, network: Network | None = None, threads: int = 1
) -> Iterator[tuple[Attribution, ...]]:
    """The same for many texts, in their order; the result for a text does not depend on the others or on ``threads``."""
    network = network or load_network()
    waiting = iter(texts)
    with ThreadPoolExecutor(max_workers=max(1, threads)) as pool:
        while group := list(islice(waiting, _TEXTS_AT_ONCE)):
            yield from _find_group(group, network, pool)


def _find_group(
    group: Sequence[tuple[str, Sequence[Span] | None]], network: Network, pool: ThreadPoolExecutor
) -> Iterator[tuple[Attribution, ...]]:
    cut = [cut_pieces(network.tokenizer, text, lines_of(text) if spans is None else spans) for text, spans in group]
    jobs = [(number, pieces, window) for number, pieces in enumerate(cut) for window in cut_windows(pieces)]
    reads = list(pool.map(lambda job: _read(network, job[1], job[2]), jobs))
    found = _attributions(group, cut, jobs, reads, network)
    for attributions in found:
        keep, least = network.settings.keep, min(network.settings.keep, network.settings.seconded)
        kept = [replace(a, sure=a.confidence >= keep) for a in attributions if a.confidence >= least]
        yield tuple(sorted(kept, key=lambda a: (a.cue, a.content)))


def _read(network: Network, pieces: Pieces, window: Window) -> _Read:
    inside = slice(window.start, window.end)
    hidden, tags = network.read(
        np.concatenate([[CLS], pieces.ids[inside], [SEP]]),
        np.concatenate([[0], pieces.case[inside], [0]]),
        np.concatenate([[0], pieces.breaks[inside], [0]]),
    )
    of_cue = tags[1:-1, 1]
    core = range(window.core_start - window.start + 1, window.core_end - window.start + 1)
    anchors = tuple(
        replace(a, first=a.first + 1, last=a.last + 1)
        for a in find_anchors(of_cue, network.settings.cue_threshold)
        if a.first + 1 in core
    )
    scores = network.relate(hidden, anchors) if anchors else np.zeros((0, len(of_cue) + 2, 4))
    return _Read(window, anchors, scores)


def _attributions(
    group: Sequence[tuple[str, Sequence[Span] | None]],
    cut: Sequence[Pieces],
    jobs: Sequence[tuple[int, Pieces, Window]],
    reads: Sequence[_Read],
    network: Network,
) -> list[list[Attribution]]:
    """For each text of the group the attributions of its windows."""
    found: list[list[Attribution]] = [[] for _ in group]
    readings = iter(decode([scores for read in reads for scores in read.scores], network.settings.chain))
    for (number, pieces, window), read in zip(jobs, reads, strict=True):
        for anchor in read.anchors:
            reading = next(readings)
            whole = Reading(reading.states[1:-1], reading.certain[1:-1])
            moved = replace(anchor, first=anchor.first - 1, last=anchor.last - 1)
            attribution = _attribution(group[number][0], pieces, window, moved, whole, network)
            if attribution is not None:
                found[number].append(attribution)
    return [_merged(attributions) for attributions in found]


def _attribution(
    text: str, pieces: Pieces, window: Window, anchor: Anchor, reading: Reading, network: Network
) -> Attribution | None:
    content = tuple(
        s
        for s in (snap_content(text, r) for r in _runs(text, pieces, window, reading.states == CONTENT))
        if s is not None
    )
    if not content:
        return None
    cue_states = _run_around(reading.states == CUE, anchor)
    cue = snap_phrase(
        text, Span(int(pieces.starts[window.start + cue_states[0]]), int(pieces.ends[window.start + cue_states[1]]))
    )
    source = _best_source(text, pieces, window, reading)
    values = measures(anchor, reading, quoted=any(text[s.start] in _QUOTE_MARKS for s in content))
    return Attribution(
        source=source,
        cue=(cue,) if cue else (),
        content=_disjoint(content),
        confidence=confidence(values, network.settings.calibration),
        measures=values,
    )


def _runs(text: str, pieces: Pieces, window: Window, chosen: np.ndarray) -> list[Span]:
    """Stretches of chosen pieces as spans; stretches with nothing but marks and blanks between them are one."""
    spans: list[Span] = []
    for first, last in _stretches(chosen):
        span = Span(int(pieces.starts[window.start + first]), int(pieces.ends[window.start + last]))
        between = text[spans[-1].end : span.start] if spans else ""
        if spans and not any(c.isalnum() for c in between) and "\n" not in between:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _stretches(chosen: np.ndarray) -> list[tuple[int, int]]:
    """First and last piece, both inclusive, of each run."""
    padded = np.concatenate([[False], chosen, [False]]).astype(np.int8)
    turns = np.flatnonzero(np.diff(padded))
    return [(int(a), int(b) - 1) for a, b in zip(turns[::2], turns[1::2], strict=True)]


def _run_around(cues: np.ndarray, anchor: Anchor) -> tuple[int, int]:
    for first, last in _stretches(cues):
        if first <= anchor.last and anchor.first <= last:
            return first, last
    return anchor.first, anchor.last


def _best_source(text: str, pieces: Pieces, window: Window, reading: Reading) -> tuple[Span, ...]:
    """The surest of the stretches read as source: people marked a second one in 9 of 18,000 attributions."""
    best: tuple[float, Span] | None = None
    for first, last in _stretches(reading.states == SOURCE):
        sure = float(reading.certain[first : last + 1].mean())
        span = snap_phrase(text, Span(int(pieces.starts[window.start + first]), int(pieces.ends[window.start + last])))
        if span is not None and any(c.isalnum() for c in span.of(text)) and (best is None or sure > best[0]):
            best = sure, span
    return (best[1],) if best else ()


def _disjoint(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)


def _merged(attributions: list[Attribution]) -> list[Attribution]:
    """An attribution found through two parts of its cue is one: the surer stays."""
    kept: list[Attribution] = []
    for attribution in sorted(attributions, key=lambda a: (-a.confidence, a.cue, a.content)):
        if _is_new(attribution, kept):
            kept.append(attribution)
    return kept


def _is_new(attribution: Attribution, known: Sequence[Attribution]) -> bool:
    """Whether no known one has the same cue, or nearly the same content from the same source."""
    for other in known:
        if any(a.overlaps(b) for a in attribution.cue for b in other.cue):
            return False
        if attribution.source == other.source and _overlap(attribution.content, other.content) > 0.9:
            return False
    return True


def _overlap(left: tuple[Span, ...], right: tuple[Span, ...]) -> float:
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)
    return shared / (sum(b - a for a, b in left) + sum(b - a for a, b in right) - shared)
