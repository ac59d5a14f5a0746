"""Scores of a network on annotated documents, with the very functions of `benchmarks/attribution.py`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from benchmarks.attribution import Attribution as Scored
from benchmarks.attribution import covered, f1, kind_of, match, quoted_tokens, tokens_of
from sayso.extract.tagger.decoding import Anchor, Chain, Floats
from sayso.extract.tagger.finding import Attribution, find_many
from sayso.extract.tagger.network import Network, Settings, buckets_of
from sayso.extract.tagger.pieces import Ints
from sayso.model import Span
from training.attribution.chunks import Chunk, Edit, edited
from training.attribution.data import Document, read_corpus, read_polnear
from training.attribution.model import Tagger

_MARKS = re.compile("[\"“”„«»]|``|''")
# The verbs of plain speech, as the prototype's figures count them: cues whose head is one of these.
_CORE = re.compile(r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|add(?:s|ed|ing)?|according to)\b", re.IGNORECASE)


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


@dataclass(frozen=True)
class Compared:
    """One document: what people marked, what was found (with its confidence), both as sets of word tokens."""

    gold: tuple[Scored, ...]
    found: tuple[tuple[Scored, Attribution], ...]
    core: frozenset[int]  # the numbers of the gold attributions whose cue is plain speech
    quoted: frozenset[int]


def compare(network: Network, documents: Iterable[Document], *, threads: int = 1) -> list[Compared]:
    documents = list(documents)
    found = find_many(((d.text, None) for d in documents), network=network, threads=threads)
    return [_compared(d, f) for d, f in zip(documents, found, strict=True)]


def _compared(document: Document, found: Sequence[Attribution]) -> Compared:
    tokens = tokens_of(document.text)

    def scored(source: Iterable[Span], cue: Iterable[Span], content: Iterable[Span]) -> Scored:
        return Scored(*(covered(tokens, spans) for spans in (source, cue, content)))

    marked = [(scored(m.source, m.cue, m.content), m) for m in document.marked]
    marked = [(s, m) for s, m in marked if s.content]
    core = frozenset(i for i, (_, m) in enumerate(marked) if any(_CORE.search(c.of(document.text)) for c in m.cue))
    pairs = [(scored(a.source, a.cue, a.content), a) for a in found]
    return Compared(
        tuple(s for s, _ in marked),
        tuple((s, a) for s, a in pairs if s.content),
        core,
        quoted_tokens(document.text, tokens),
    )


def tally(compared: Iterable[Compared], *, keep: float = 0.0) -> Counter[str]:
    """Counts for P, R and F of all measures, findings below ``keep`` left out."""
    counts: Counter[str] = Counter()
    for c in compared:
        gold = list(c.gold)
        found = [s for s, a in c.found if a.confidence >= keep]
        full = match(gold, found, content=0.8, source=0.5)
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["full"] += len(full)
        counts["cont"] += len(match(gold, found, content=0.8, source=None))
        counts["loose"] += len(match(gold, found, content=0.3, source=0.5))
        counts["core gold"] += len(c.core)
        counts["core full"] += sum(i in c.core for i, _ in full)
        for i, _ in full:
            counts["full " + kind_of(gold[i].content, c.quoted)] += 1
        for name, attributions in (("gold", gold), ("found", found)):
            for attribution in attributions:
                counts[f"{name} " + kind_of(attribution.content, c.quoted)] += 1
        for role in ("source", "cue", "content"):
            of_gold = Counter(getattr(g, role) for g in gold if getattr(g, role))
            of_found = Counter(getattr(f, role) for f in found if getattr(f, role))
            counts[f"{role} exact"] += sum((of_gold & of_found).values())
            counts[f"{role} gold"] += sum(of_gold.values())
            counts[f"{role} found"] += sum(of_found.values())
    return counts


def best_keep(compared: Sequence[Compared]) -> tuple[float, float]:
    """The confidence from which findings are kept that gives the best full@.8, and that F."""
    candidates = [k / 100 for k in range(0, 80, 2)]
    scores = [(f_of(tally(compared, keep=k)), k) for k in candidates]
    best, keep = max(scores, key=lambda s: (s[0], -s[1]))
    return keep, best


def f_of(counts: Counter[str], measure: str = "full") -> float:
    return f1(counts[measure], counts["gold"], counts["found"])[2]


def without_marks(document: Document) -> Document:
    """The document with every double quotation mark taken out."""
    chunk = Chunk(document.text, document.marked, Span(0, len(document.text)), True)
    bare = edited(chunk, [Edit(*m.span(), "") for m in _MARKS.finditer(document.text)])
    return replace(document, text=bare.text, marked=bare.marked)


def score_model(model: Tagger, tokenizer: Tokenizer, data: Path, corpus: Path | None) -> dict[str, Any]:
    """What the learning curve keeps after each epoch: full@.8 at the best threshold, by set."""
    network = torch_network(model, tokenizer)
    documents = list(read_polnear(data, "dev"))
    sets = {"polnear": documents, "no_marks": [without_marks(d) for d in documents[::4]]}
    if corpus:
        sets["own"] = list(read_corpus(corpus, data, "dev"))
    scores: dict[str, Any] = {}
    for name, of_set in sets.items():
        compared = compare(network, of_set)
        keep, best = best_keep(compared)
        counts = tally(compared, keep=keep)
        scores[name] = {"full": round(best, 1), "keep": keep, "cont": round(f_of(counts, "cont"), 1)}
        scores[name] |= {"loose": round(f_of(counts, "loose"), 1), "found": counts["found"], "gold": counts["gold"]}
    return scores
