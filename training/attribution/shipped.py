"""The weights that sayso ships, as a checkpoint again: where a run goes on from them, no older checkpoint is needed.

`export` wrote int8 graphs. Each matrix comes back as whole numbers times their scale, with the factor of `smoothing` taken
out; so it differs from the checkpoint by what quantising cost and by no more. All else comes back as it was.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.attribution.model import LAYERS

_LINEAR = ("qkv", "out", "up", "down")  # the quantised products of a layer, in the order in which the graph makes them


def shipped_weights(folder: Path) -> dict[str, Tensor]:
    """The state of a `Tagger` from ``model.onnx``, ``relate.onnx`` and ``settings.json`` in ``folder``.

    Raises ValueError where the graph is not one that `export` wrote."""
    import onnx
    from onnx.numpy_helper import to_array

    reader = onnx.load(folder / "model.onnx").graph
    arrays = {given.name: to_array(given) for given in reader.initializer}
    products = [node for node in reader.node if node.op_type == "MatMulInteger"]
    if len(products) != LAYERS * len(_LINEAR):
        raise ValueError(f"{folder}/model.onnx: {len(products)} quantised products, {LAYERS * len(_LINEAR)} expected")
    state: dict[str, Any] = {}
    for number, node in enumerate(products):
        layer, kind = divmod(number, len(_LINEAR))
        at = f"encoder.layers.{layer}.{_LINEAR[kind]}"
        name = node.input[1].removesuffix("_quantized")
        matrix = arrays[f"{name}_quantized"].astype(np.float32) * arrays[f"{name}_scale"]
        state[f"{at}.weight"] = (matrix * arrays[f"model.{at}.divide"][:, None]).T
        state[f"{at}.bias"] = arrays[f"model.{at}.linear.bias"]
    words = next(array for array in arrays.values() if array.dtype == np.int8 and len(array) > 30_000)
    scale = next(array for array in arrays.values() if array.shape == (len(words), 1))
    state["encoder.words.weight"] = words.astype(np.float32) * scale
    state["tags.weight"] = next(array for array in arrays.values() if array.ndim == 2 and array.shape[1] == 9).T
    related = {given.name: to_array(given) for given in onnx.load(folder / "relate.onnx").graph.initializer}
    state["relate.piece.weight"] = next(
        a for n, a in related.items() if n.startswith("val") and a.shape == (384, 256)
    ).T
    state["relate.states.weight"] = next(a for n, a in related.items() if n.startswith("val") and a.shape == (128, 4)).T
    state |= {n.removeprefix("model."): a for n, a in arrays.items() if n.startswith("model.") and "layers" not in n}
    state |= {n.removeprefix("model."): a for n, a in arrays.items() if "layers" in n and "norm" in n}
    state |= {n: a for n, a in related.items() if n.startswith("relate.")}
    chain = json.loads((folder / "settings.json").read_text("utf-8"))["chain"]
    state |= {f"chain.{n}": np.array(values, dtype=np.float32) for n, values in chain.items()}
    return {name: torch.tensor(np.array(array)) for name, array in state.items()}
