"""Reading and embedding many pairs, kept in a folder between runs so that weights can be made again in a minute."""

from __future__ import annotations

import gc
import pickle
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sayso import short_texts
from sayso.link.compare.texts import Pair, Text, pair_up
from sayso.link.embed import Vector, embed_texts

_BATCH = 1000


def read_pairs(pairs: Sequence[tuple[str, str]], cache: Path | None = None) -> list[Pair]:
    """Pairs as `sayso compare` sees them. ``cache`` keeps what was read of each text; delete it when the reader changes."""
    texts = sorted({text for pair in pairs for text in pair})
    readings, vectors = _kept(cache)
    missing = [t for t in texts if t not in readings or t not in vectors]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        new_readings = dict(zip(batch, short_texts.read_texts([(t, None) for t in batch]), strict=True))
        new_vectors = dict(zip(batch, embed_texts(batch), strict=True))
        readings.update(new_readings)
        vectors.update(new_vectors)
        print(f"read {start + len(batch)} of {len(missing)} texts", file=sys.stderr)
        if cache is not None:
            cache.mkdir(parents=True, exist_ok=True)
            part = cache / f"readings-{len(list(cache.glob('readings-*.pickle'))):04}.pickle"
            rows = {
                t: ((r.extraction, r.events, r.quantities, r.parse), new_vectors[t]) for t, r in new_readings.items()
            }
            part.write_bytes(pickle.dumps(rows))
    return pair_up([(readings[a], readings[b]) for a, b in pairs], vectors)


_memory: dict[Path, tuple[dict[str, Text], dict[str, Vector]]] = {}


def _kept(cache: Path | None) -> tuple[dict[str, Text], dict[str, Vector]]:
    if cache is None:
        return {}, {}
    if cache not in _memory:
        rows: dict[str, Any] = {}
        gc.disable()  # nothing of millions of new objects is garbage, and looking for it takes minutes
        for part in sorted(cache.glob("readings-*.pickle")):
            rows.update(pickle.loads(part.read_bytes()))
        _memory[cache] = (
            {t: Text(t, None, *reading) for t, (reading, _) in rows.items()},
            {t: vector for t, (_, vector) in rows.items()},
        )
        gc.freeze()
        gc.enable()
    return _memory[cache]
