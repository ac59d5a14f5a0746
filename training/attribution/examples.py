"""From chunks to arrays: pieces, tags, and for each anchor the states of all pieces; batches of about equal size."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from sayso.extract.tagger.pieces import CLS, SEP, SPACED, Ints, Pieces, cut_pieces, lines_of
from sayso.model import Span
from training.attribution.chunks import Chunk

LONGEST = 400  # pieces; a chunk full of figures or foreign names may be long
NONE, SOURCE, CUE, CONTENT = range(4)
OUTSIDE, BEGIN, INSIDE = range(3)
IGNORED = -100


@dataclass(frozen=True)
class Example:
    """One window of T pieces, its ends included."""

    ids: Ints
    case: Ints
    breaks: Ints
    tags: Ints  # (T, 3): BIO of source, cue, content
    anchors: Ints  # (A, 2): first and last piece of each cue
    states: Ints  # (A, T)


@dataclass(frozen=True)
class Batch:
    ids: Tensor  # (B, T)
    case: Tensor
    breaks: Tensor
    mask: Tensor  # (B, T), True where there is a piece
    tags: Tensor  # (B, T, 3)
    rows: Tensor  # (A,): the window of each anchor
    first: Tensor  # (A,)
    last: Tensor
    states: Tensor  # (A, T)


def make_example(tokenizer: Tokenizer, chunk: Chunk, rng: random.Random, *, jitter: float = 0.1) -> Example | None:
    """The arrays of a chunk; nothing where it holds no words. Anchors are now and then a piece too long or too short,
    as the tags will be."""
    pieces = cut_pieces(tokenizer, chunk.text, lines_of(chunk.text))
    length = min(len(pieces), LONGEST)
    if not length:
        return None
    if not chunk.starts_line:
        pieces.breaks[0] = SPACED
    tags = np.zeros((length + 2, 3), dtype=np.int64)
    tags[[0, -1]] = IGNORED
    anchors, states = [], []
    for marked in chunk.marked:
        roles = [_covered(pieces, spans, length) + 1 for spans in (marked.source, marked.cue, marked.content)]
        source, cue, content = roles
        if not len(cue) or not len(content):
            continue
        for role, covered in enumerate(roles):
            tags[covered, role] = np.where(tags[covered, role] == BEGIN, BEGIN, INSIDE)
            starts = covered[np.concatenate([[True], np.diff(covered) > 1])] if len(covered) else covered
            tags[starts[:1] if role == 1 else starts, role] = BEGIN
        if chunk.core.start <= marked.cue[0].start < chunk.core.end:
            row = np.zeros(length + 2, dtype=np.int64)
            row[content], row[source], row[cue] = CONTENT, SOURCE, CUE
            first, last = int(cue[0]), int(cue[-1])
            if rng.random() < jitter:
                first, last = rng.choice(((first, first), (last, last), (first, last + 1), (max(first - 1, 1), last)))
            anchors.append((first, min(last, length)))
            states.append(row)
    return Example(
        np.concatenate([[CLS], pieces.ids[:length], [SEP]]),
        np.concatenate([[0], pieces.case[:length], [0]]),
        np.concatenate([[0], pieces.breaks[:length], [0]]),
        tags,
        np.array(anchors, dtype=np.int64).reshape(-1, 2),
        np.array(states, dtype=np.int64).reshape(-1, length + 2),
    )


def _covered(pieces: Pieces, spans: tuple[Span, ...], length: int) -> Ints:
    inside = np.zeros(length, dtype=bool)
    for start, end in spans:
        inside |= (pieces.starts[:length] < end) & (start < pieces.ends[:length])
    return np.flatnonzero(inside)


def batches(examples: Iterable[Example], rng: random.Random, *, pieces: int, pool: int = 96) -> Iterator[Batch]:
    """Batches of at most ``pieces`` pieces, padding counted. Within a pool, windows of like length stand together."""
    held: list[Example] = []

    def flush() -> Iterator[Batch]:
        held.sort(key=lambda e: len(e.ids))
        groups: list[list[Example]] = [[]]
        for example in held:
            if groups[-1] and (len(groups[-1]) + 1) * len(example.ids) > pieces:
                groups.append([])
            groups[-1].append(example)
        held.clear()
        rng.shuffle(groups)
        yield from (collate(group) for group in groups if group)

    for example in examples:
        held.append(example)
        if len(held) == pool:
            yield from flush()
    yield from flush()


def collate(examples: Sequence[Example]) -> Batch:
    width = max(len(e.ids) for e in examples)

    def padded(name: str, fill: int) -> Tensor:
        rows = [getattr(e, name) for e in examples]
        shape = (len(rows), width, *rows[0].shape[1:])
        out = np.full(shape, fill, dtype=np.int64)
        for i, row in enumerate(rows):
            out[i, : len(row)] = row
        return torch.from_numpy(out)

    mask = torch.from_numpy(np.array([[t < len(e.ids) for t in range(width)] for e in examples]))
    rows = np.repeat(np.arange(len(examples)), [len(e.anchors) for e in examples])
    anchors = np.concatenate([e.anchors for e in examples])
    states = np.zeros((len(rows), width), dtype=np.int64)
    at = 0
    for e in examples:
        states[at : at + len(e.anchors), : len(e.ids)] = e.states
        at += len(e.anchors)
    return Batch(
        padded("ids", 0),
        padded("case", 0),
        padded("breaks", 0),
        mask,
        padded("tags", IGNORED),
        torch.from_numpy(rows),
        torch.from_numpy(anchors[:, 0].copy()),
        torch.from_numpy(anchors[:, 1].copy()),
        torch.from_numpy(states),
    )
