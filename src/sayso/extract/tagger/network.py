"""The trained network: two ONNX graphs, run window by window on the CPU.

`model.onnx` reads a window once; `relate.onnx` then tells, for each cue of the window, what every piece is to it. Both
are read one window at a time: int8 activations are scaled by the largest number of all that is read together, so a window
would come out a little differently in other company. Side by side run several windows, each on one thread.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from tokenizers import Tokenizer

from sayso.errors import UsageError
from sayso.extract.tagger.decoding import Anchor, Chain, Floats
from sayso.extract.tagger.pieces import Ints

SHIPPED = Path(__file__).parent / "data"
FILES = ("model.onnx", "relate.onnx", "tokenizer.json", "settings.json")
BUCKETS = 32  # of the distance between a piece and the anchor
# Joins a sum and the norm behind it in a kernel that takes six times as long as the two (onnxruntime 1.32: a quarter of
# a window's time).
SLOW_OPTIMIZERS = ("SkipLayerNormFusion",)
_FARTHEST = 300  # pieces; from there on all distances are one


class Network(Protocol):
    """What the finding of attributions needs of a network, wherever its weights live."""

    @property
    def tokenizer(self) -> Tokenizer: ...

    @property
    def settings(self) -> Settings: ...

    def read(self, ids: Ints, case: Ints, breaks: Ints) -> tuple[Any, Floats]:
        """One window of T pieces -> its hidden states, for `relate`, and its tag scores (T, 3 roles, 3 tags)."""
        ...

    def relate(self, hidden: Any, anchors: Sequence[Anchor]) -> Floats:
        """The scores of each anchor's states: (A, T, 4)."""
        ...


@dataclass(frozen=True)
class Settings:
    """What was fitted on the development part beside the weights (`training/attribution/export.py`)."""

    chain: Chain
    cue_threshold: float = 0.3
    keep: float = 0.0  # attributions below this confidence are left out
    seconded: float = (
        1.0  # but from this on they count where another reading has them too; none do unless it is below `keep`
    )
    calibration: tuple[float, ...] = ()  # weights of `confidence.measures`, the constant first; empty: uncalibrated
    made_from: str = ""

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Settings:
        chain = Chain(*(np.array(row["chain"][name], dtype=np.float64) for name in ("follow", "begin", "end")))
        fitted = {k: row[k] for k in ("cue_threshold", "keep", "seconded", "made_from") if k in row}
        return cls(chain=chain, calibration=tuple(row.get("calibration", ())), **fitted)


@dataclass(frozen=True)
class OnnxNetwork:
    tokenizer: Tokenizer
    settings: Settings
    reader: Any
    relater: Any

    def read(self, ids: Ints, case: Ints, breaks: Ints) -> tuple[Any, Floats]:
        hidden, tags = self.reader.run(None, {"ids": ids[None], "case": case[None], "breaks": breaks[None]})
        return hidden, tags[0].reshape(-1, 3, 3).astype(np.float64)

    def relate(self, hidden: Any, anchors: Sequence[Anchor]) -> Floats:
        first = np.array([a.first for a in anchors], dtype=np.int64)
        last = np.array([a.last for a in anchors], dtype=np.int64)
        buckets = buckets_of(np.arange(hidden.shape[1])[None] - first[:, None])
        scores = self.relater.run(None, {"hidden": hidden, "first": first, "last": last, "buckets": buckets})[0]
        result: Floats = scores.astype(np.float64)
        return result


@lru_cache(maxsize=2)
def load_network(folder: Path = SHIPPED) -> OnnxNetwork:
    """The weights in ``folder``, by default those that come with sayso."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise UsageError(
            f"the attribution model is not complete ({', '.join(missing)} missing)",
            where=str(folder),
            remedy="Reinstall sayso, make the weights with training/attribution (see its README), or read by rules.",
        )
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # windows differ in length: patterns would be kept for each
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    reader, relater = (
        onnxruntime.InferenceSession(
            str(folder / name), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_OPTIMIZERS
        )
        for name in FILES[:2]
    )
    settings = Settings.from_json(json.loads((folder / "settings.json").read_text("utf-8")))
    return OnnxNetwork(tokenizer, settings, reader, relater)


def buckets_of(distance: Ints) -> Ints:
    """Signed distances in pieces -> 0 to 2 * BUCKETS: exact up to 8, then ever wider."""
    size = _BUCKET[np.minimum(np.abs(distance), _FARTHEST)]
    signed: Ints = np.where(distance < 0, -size, size) + BUCKETS
    return signed


def _bucket(size: int) -> int:
    if size <= 8:
        return size
    return min(BUCKETS, 8 + int(math.log(size / 8) / math.log(_FARTHEST / 8) * (BUCKETS - 8) + 1e-6))


_BUCKET = np.array([_bucket(size) for size in range(_FARTHEST + 1)], dtype=np.int64)
