"""Scores of a network in training, for the learning curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from sayso.extract.tagger.decoding import Anchor, Chain, Floats
from sayso.extract.tagger.network import Settings, buckets_of
from sayso.extract.tagger.pieces import Ints
from training.attribution.comparing import best_keep, f_of, find_in, score, without_marks
from training.attribution.data import read_corpus, read_polnear
from training.attribution.model import Tagger


@dataclass(frozen=True)
class TorchNetwork:
    """The network in training, behind the same interface as the shipped one."""

    tokenizer: Tokenizer
    settings: Settings
    model: Tagger

    @torch.inference_mode()
    def read(self, ids: Ints, case: Ints, breaks: Ints) -> tuple[Tensor, Floats]:
        hidden = self.model.encoder(*(torch.from_numpy(a)[None] for a in (ids, case, breaks)))
        return hidden, self.model.tags(hidden)[0].reshape(-1, 3, 3).double().numpy()

    @torch.inference_mode()
    def relate(self, hidden: Tensor, anchors: Sequence[Anchor]) -> Floats:
        first = torch.tensor([a.first for a in anchors])
        last = torch.tensor([a.last for a in anchors])
        buckets = buckets_of(np.arange(hidden.shape[1])[None] - first.numpy()[:, None])
        wide = hidden.expand(len(anchors), -1, -1)
        mask = torch.ones(wide.shape[:2])
        scores: Floats = self.model.relate(wide, first, last, torch.from_numpy(buckets), mask).double().numpy()
        return scores


def torch_network(model: Tagger, tokenizer: Tokenizer) -> TorchNetwork:
    chain = Chain(*(p.detach().double().numpy() for p in (model.chain.follow, model.chain.begin, model.chain.end)))
    return TorchNetwork(tokenizer, Settings(chain), model.eval())


def score_model(model: Tagger, tokenizer: Tokenizer, data: Path, corpus: Path | None) -> dict[str, Any]:
    """What the learning curve keeps after each epoch: full@.8 at the best threshold, by set."""
    network = torch_network(model, tokenizer)
    documents = list(read_polnear(data, "dev"))
    sets = {"polnear": documents, "no_marks": [without_marks(d) for d in documents[::4]]}
    if corpus:
        sets["own"] = list(read_corpus(corpus, data, "dev"))
    scores: dict[str, Any] = {}
    for name, of_set in sets.items():
        found = find_in(network, of_set)
        keep, best = best_keep(found)
        scored = score(found, keep=keep)
        scores[name] = {"full": round(best, 1), "keep": keep, "cont": round(f_of(scored, "cont"), 1)}
        scores[name] |= {"loose": round(f_of(scored, "loose"), 1)}
        scores[name] |= {count: scored.counts[count] for count in ("found", "gold")}
    return scores
