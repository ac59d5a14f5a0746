"""The vector of a word in its sentence: what the sentence model has made of the word when it has read all of it.

`embed.embed_texts` gives one vector for a whole text, in which "the quake killed ten" and "ten were killed, then it rained" are near.
Here the same model is asked for the words of a span alone, so that two tellings of one event are near and two events of one
sentence are not. On ECB+ train, pairs of gold mentions within a sub-topic: average precision .67 by these vectors, .60 by
vectors of the bare word, .10 by vectors of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.link.embed import DIMENSIONS, Vector, word_states
from sayso.model import Span

Spans = tuple[Span, ...]


def embed_within(texts: Sequence[tuple[str, Spans]]) -> list[Vector]:
    """For each text a row of unit length for each span of it (zeros for a span beyond the words that the model reads)."""
    rows = [np.zeros((len(spans), DIMENSIONS), dtype=np.float32) for _, spans in texts]
    for i, encoding, hidden in word_states([text for text, _ in texts]):
        for n, span in enumerate(texts[i][1]):
            inside = [k for k, (a, b) in enumerate(encoding.offsets) if a < span.end and span.start < b and a < b]
            if inside:
                mean = hidden[inside].astype(np.float64).mean(axis=0)
                norm = float(np.sqrt(np.sum(mean * mean)))
                rows[i][n] = mean / norm if norm > 0 else 0.0
    return rows
