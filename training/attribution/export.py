"""Writes a checkpoint as the files that sayso ships: int8 ONNX graphs, tokenizer, settings; and checks them.

    python -m training.attribution.export --data ../shared/data --checkpoint RUN/final.pt [--corpus DIR] \\
        [--out src/sayso/extract/tagger/data]

Settings (which confidence a finding must have, and the weights of the confidence) are fitted on the development parts,
on the quantised network itself. Parity is printed: tag probabilities and scores of int8 against the checkpoint.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from sayso.extract.tagger.finding import find_many
from sayso.extract.tagger.network import load_network
from training.attribution.calibrate import fit_calibration
from training.attribution.comparing import best_keep, f_of, find_in, score, without_marks
from training.attribution.data import Document, read_corpus, read_polnear
from training.attribution.model import WIDTH, Tagger
from training.attribution.scoring import torch_network
from training.attribution.smoothing import smooth
from training.attribution.train import installed_pretrained, load_tokenizer

# From this confidence on a finding counts where the rules have it too. Of .1 and .3, .3 read better (PolNeAR dev 71.0 and 70.8; without
# it 70.4. Own development part 76.2, 76.2 and 75.8).
SECONDED = 0.3


class Reader(nn.Module):
    """Encoder and tags for one window. The word embeddings, two thirds of the file, are whole numbers with a scale for
    each word: one scale for all of them, as ONNX's own quantisation has it, would be set by the few largest."""

    scale: Tensor
    words: Tensor

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model
        words = model.encoder.words.weight.detach()
        scale = words.abs().amax(dim=1, keepdim=True) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("words", torch.round(words / scale.clamp(min=1e-9)).to(torch.int8))

    def forward(self, ids: Tensor, case: Tensor, breaks: Tensor) -> tuple[Tensor, Tensor]:
        words = self.words[ids].float() * self.scale[ids]
        hidden = self.model.encoder.encode(words, case, breaks)
        return hidden, self.model.tags(hidden)


class Relater(nn.Module):
    """The anchor's head for one window: pieces are projected once, whatever the number of anchors."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.relate = model.relate

    def forward(self, hidden: Tensor, first: Tensor, last: Tensor, buckets: Tensor) -> Tensor:
        anchor = self.relate.anchor(torch.cat([hidden[0][first], hidden[0][last]], dim=-1))
        return self.relate.meet(anchor, self.relate.piece(hidden), buckets)


def export(model: Tagger, pretrained: Path, out: Path, made_from: str) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    length, anchors = torch.export.Dim("length", min=3, max=512), torch.export.Dim("anchors", min=1, max=256)
    pieces = torch.arange(12)[None]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Reader(model).eval(),
            (pieces + 1000, pieces % 6, pieces % 3),  # no tensor twice: the exporter would take two inputs for one
            str(whole),
            input_names=["ids", "case", "breaks"],
            output_names=["hidden", "tags"],
            dynamic_shapes=({1: length}, {1: length}, {1: length}),
            dynamo=True,
            external_data=False,
        )
        quantize_dynamic(
            str(whole),
            str(out / "model.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            # Seven bits: processors without VNNI add two products in 16 bits, which eight-bit weights overflow. On such a one eight
            # bits read no better (own development part 75.4 beside 75.3, half of PolNeAR's 69.3 beside 69.7, 2026-11).
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm"],
            nodes_to_exclude=_tag_head(whole),
        )
    torch.onnx.export(
        Relater(model).eval(),
        (torch.randn(1, 12, WIDTH), torch.tensor([1, 3]), torch.tensor([2, 3]), pieces + torch.tensor([[3], [5]])),
        str(out / "relate.onnx"),
        input_names=["hidden", "first", "last", "buckets"],
        output_names=["scores"],
        dynamic_shapes=({1: length}, {0: anchors}, {0: anchors}, {0: anchors, 1: length}),
        dynamo=True,
        external_data=False,
    )
    for name in ("model.onnx", "relate.onnx"):
        _strip(out / name)
    shutil.copyfile(pretrained / "tokenizer.json", out / "tokenizer.json")
    chain = {name: getattr(model.chain, name).detach().tolist() for name in ("follow", "begin", "end")}
    write_settings(out, {"chain": chain, "made_from": made_from, "seconded": SECONDED})


def _strip(path: Path) -> None:
    """Takes out what the exporter notes beside the graph: stack traces with the paths of the machine it ran on."""
    import onnx

    def clean(message: Any) -> None:
        for field, value in message.ListFields():
            if field.name in ("metadata_props", "doc_string"):
                message.ClearField(field.name)
            elif field.message_type is not None:
                for inner in value if field.is_repeated else [value]:
                    clean(inner)

    model = onnx.load(path)
    clean(model)
    onnx.save(model, path)


def _tag_head(path: Path) -> list[str]:
    """The nodes of the tag head: 9 rows, too few for their quantisation to save anything."""
    import onnx

    graph = onnx.load(path).graph
    narrow = {i.name for i in graph.initializer if list(i.dims) in ([WIDTH, 9], [9, WIDTH])}
    return [node.name for node in graph.node if narrow & set(node.input)]


def write_settings(out: Path, row: dict[str, Any]) -> None:
    (out / "settings.json").write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
    load_network.cache_clear()


def fit(out: Path, polnear: Sequence[Document], own: Sequence[Document]) -> None:
    """Calibration and threshold from the development parts, into settings.json. Where our own corpus has a development
    part it decides the threshold together with PolNeAR, since it is what sayso is for."""
    row = json.loads((out / "settings.json").read_text("utf-8"))
    network = load_network(out)
    bare = replace(network, settings=replace(network.settings, keep=0.0, seconded=1.0, calibration=()))
    row["calibration"] = [round(w, 4) for w in fit_calibration(find_in(bare, [*polnear, *own], threads=2))]
    fitted = replace(bare, settings=replace(bare.settings, calibration=tuple(row["calibration"])))
    row["keep"], best = best_keep(find_in(fitted, [*polnear, *own], threads=2))
    print(f"kept from confidence {row['keep']}: full@.8 {best:.1f} on all development documents")
    write_settings(out, row)


def parity(model: Tagger, out: Path, documents: Sequence[Document]) -> None:
    """How the shipped network differs from the checkpoint it was made from."""
    shipped = load_network(out)
    given = replace(torch_network(model, shipped.tokenizer), settings=shipped.settings)
    rng = np.random.default_rng(1)
    worst, differing, total = 0.0, 0, 0
    for _ in range(20):
        ids = rng.integers(1000, 30000, size=int(rng.integers(30, 240)))
        case, breaks = rng.integers(0, 6, size=len(ids)), rng.integers(0, 3, size=len(ids))
        (_, a), (_, b) = given.read(ids, case, breaks), shipped.read(ids, case, breaks)
        worst = max(worst, float(np.abs(a - b).max()))
        differing += int((a.argmax(-1) != b.argmax(-1)).sum())
        total += a.size // 3
    print(f"random pieces: tags differ in {differing} of {total}; largest difference of a score {worst:.2f}")
    texts = [(d.text, None) for d in documents]
    found = [tuple(find_many(texts, network=n, threads=2)) for n in (given, shipped)]
    spans = [{(i, a.source, a.content) for i, of_text in enumerate(f) for a in of_text} for f in found]
    print(f"attributions alike in fp32 and int8: {len(spans[0] & spans[1])} of {len(spans[0])} and {len(spans[1])}")
    for name, network in (("fp32", given), ("int8", shipped)):
        print(f"  {name}: full@.8 {f_of(score(find_in(network, documents, threads=2))):.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--pretrained", type=Path, default=None)
    parser.add_argument("--out", type=Path, default=Path("src/sayso/extract/tagger/data"))
    parser.add_argument("--no-fit", action="store_true", help="leave threshold and confidence unfitted")
    parser.add_argument("--parity", type=int, default=20, help="compare with the checkpoint on this many documents")
    args = parser.parse_args()
    kept = torch.load(args.checkpoint, weights_only=True)
    model = Tagger()
    model.load_state_dict(kept["model"])
    model.eval()
    pretrained = args.pretrained or installed_pretrained()
    few = list(read_polnear(args.data, "train"))[::60]
    smoothed = smooth(model, load_tokenizer(pretrained), few)
    export(smoothed, pretrained, args.out, f"epoch {kept['epoch']}, step {kept['step']}")
    polnear = list(read_polnear(args.data, "dev"))
    own = list(read_corpus(args.corpus, args.data, "dev")) if args.corpus else []
    if not args.no_fit:
        # Text without its marks is part of what confidence must hold on.
        fit(args.out, [*polnear, *(without_marks(d) for d in polnear[::4])], own)
    if args.parity:
        parity(model, args.out, polnear[: args.parity])
    size = sum(f.stat().st_size for f in args.out.iterdir() if f.suffix in (".onnx", ".json"))
    print(f"{args.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
