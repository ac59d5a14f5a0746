"""What a batch costs: wrong tags, and for every true cue a wrong reading of its window."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from sayso.extract.tagger.network import buckets_of
from training.attribution.examples import IGNORED, Batch
from training.attribution.model import Tagger

# Cues weigh most: a cue that is not found loses its attribution, while source and content tags only help the encoder.
_OF_TAGS = (0.4, 2.0, 0.4)
_OF_READING = 4.0


@dataclass(frozen=True)
class Loss:
    total: Tensor
    tags: float
    reading: float


def loss_of(model: Tagger, batch: Batch) -> Loss:
    hidden = model.encoder(batch.ids, batch.case, batch.breaks, batch.mask)
    scores = model.tags(hidden).float().unflatten(-1, (3, 3))
    of_tags = torch.stack(
        [
            weight
            * F.cross_entropy(scores[:, :, role].flatten(0, 1), batch.tags[:, :, role].flatten(), ignore_index=IGNORED)
            for role, weight in enumerate(_OF_TAGS)
        ]
    ).sum()
    if not len(batch.rows):
        return Loss(of_tags, of_tags.item(), 0.0)
    mask = batch.mask[batch.rows]
    distance = torch.arange(batch.ids.shape[1])[None] - batch.first[:, None]
    buckets = torch.from_numpy(buckets_of(distance.numpy()))
    related = model.relate(hidden[batch.rows], batch.first, batch.last, buckets, mask).float()
    with torch.autocast("cpu", enabled=False):
        costs = model.chain.loss(related, batch.states, mask.float())
    reading = (costs / mask.sum(1)).mean()
    return Loss(of_tags + _OF_READING * reading, of_tags.item(), reading.item())
