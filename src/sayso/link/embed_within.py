"""The vector of a word in its sentence: what the sentence model has made of the word when it has read all of it.

`embed.embed_texts` gives one vector for a whole text, in which "the quake killed ten" and "ten were killed, then it rained" are near.
Here the same model is asked for the words of a span alone, so that two tellings of one event are near and two events of one
sentence are not. On ECB+ train, pairs of gold mentions within a sub-topic: average precision .67 by these vectors, .60 by
vectors of the bare word, .10 by vectors of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.link.embed import DIMENSIONS, Vector, _model
from sayso.model import Span

_BATCH = 32

Spans = tuple[Span, ...]


def embed_within(texts: Sequence[tuple[str, Spans]]) -> list[Vector]:
    """For each text a row of unit length for each span of it (zeros for a span beyond the words that the model reads)."""
    tokenizer, session = _model()
    encoded = [tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8")) for text, _ in texts]
    rows = [np.zeros((len(spans), DIMENSIONS), dtype=np.float32) for _, spans in texts]
    order = sorted(range(len(texts)), key=lambda i: (len(encoded[i].ids), texts[i]))
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        width = max(len(encoded[i].ids) for i in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, i in enumerate(batch):
            ids[row, : len(encoded[i].ids)] = encoded[i].ids
            mask[row, : len(encoded[i].ids)] = 1
        hidden = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
        for row, i in enumerate(batch):
            places = encoded[i].offsets
            for n, span in enumerate(texts[i][1]):
                inside = [k for k, (a, b) in enumerate(places) if a < span.end and span.start < b and a < b]
                if inside:
                    mean = hidden[row, inside].astype(np.float64).mean(axis=0)
                    norm = float(np.sqrt(np.sum(mean * mean)))
                    rows[i][n] = mean / norm if norm > 0 else 0.0
    return rows
