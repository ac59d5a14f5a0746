"""The finding of attributions over a hand-made network: it knows three words and reads the rest off their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from sayso.errors import UsageError
from sayso.extract.tagger.decoding import CONTENT, CUE, NONE, SOURCE, Anchor, Chain, Floats
from sayso.extract.tagger.finding import Attribution, find, find_many
from sayso.extract.tagger.network import Settings, buckets_of, load_network
from sayso.extract.tagger.pieces import CLS, SEP, Ints
from sayso.model import Span

WORDS = {"[UNK]": 0, "said": 1, ".": 2, "[CLS]": CLS, "[SEP]": SEP}
SAID, STOP = 1, 2


@dataclass(frozen=True)
class ToyNetwork:
    """ "X said Y." anywhere: what stands before the cue up to a full stop or the window's end is its source, what
    stands behind it its content."""

    tokenizer: Tokenizer
    settings: Settings

    def read(self, ids: Ints, case: Ints, breaks: Ints) -> tuple[Any, Floats]:
        tags = np.zeros((len(ids), 3, 3))
        tags[:, 1, 0] = 4.0
        tags[ids == SAID, 1] = [0.0, 6.0, 0.0]
        return ids, tags

    def relate(self, hidden: Ints, anchors: Sequence[Anchor]) -> Floats:
        scores = np.zeros((len(anchors), len(hidden), 4))
        edge = np.isin(hidden, (STOP, CLS, SEP))
        for row, anchor in enumerate(anchors):
            states = np.full(len(hidden), NONE)
            before = np.flatnonzero(edge[: anchor.first])[-1] + 1
            after = anchor.last + 1 + np.flatnonzero(edge[anchor.last + 1 :])[0]
            states[before : anchor.first] = SOURCE
            states[anchor.first : anchor.last + 1] = CUE
            states[anchor.last + 1 : after] = CONTENT
            scores[row, np.arange(len(hidden)), states] = 8.0
        return scores


@pytest.fixture
def network() -> ToyNetwork:
    tokenizer = Tokenizer(WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    free = Chain(np.zeros((4, 4)), np.zeros(4), np.zeros(4))
    return ToyNetwork(tokenizer, Settings(free, cue_threshold=0.5))


def words(text: str, attribution: Attribution) -> tuple[str, str, str]:
    source, cue, content = (
        " | ".join(span.of(text) for span in role)
        for role in (attribution.source, attribution.cue, attribution.content)
    )
    return source, cue, content


def test_source_cue_and_content_are_spans_of_the_text(network: ToyNetwork) -> None:
    text = "It rained.\n\nThe mayor of Dorn said the bridge is gone. People left."
    (found,) = find(text, network=network)
    assert words(text, found) == ("The mayor of Dorn", "said", "the bridge is gone")
    assert 0 < found.confidence <= 1


def test_only_the_given_paragraphs_are_read(network: ToyNetwork) -> None:
    text = "The mayor said it is gone. Click here said nobody. The clerk said yes."
    parts = [Span(0, 26), Span(51, 70)]
    assert [words(text, a)[0] for a in find(text, parts, network=network)] == ["The mayor", "The clerk"]


def test_a_cue_near_a_seam_is_found_once(network: ToyNetwork) -> None:
    """A paragraph of several windows: what two windows see, the one whose core holds the cue answers for."""
    text = " ".join(f"Clerk number{n} said word{n} fell." for n in range(120))
    found = find(text, network=network)
    assert [words(text, a) for a in found] == [(f"Clerk number{n}", "said", f"word{n} fell") for n in range(120)]


def test_a_text_reads_alike_in_any_company(network: ToyNetwork) -> None:
    texts = [(f"Clerk{n} said {'so ' * n}it fell. Nobody came.", None) for n in range(40)]
    together = list(find_many(texts, network=network, threads=3))
    assert together == [find(text, network=network) for text, _ in texts]
    assert together[::-1] == list(find_many(texts[::-1], network=network))


def test_findings_below_the_threshold_are_left_out(network: ToyNetwork) -> None:
    strict = ToyNetwork(network.tokenizer, Settings(network.settings.chain, cue_threshold=0.5, keep=0.9995))
    assert find("The mayor said it is gone.", network=strict) == ()


@pytest.mark.parametrize("text", ["", " \n\n ", "…", "said", "said.", "\u200b", "Plain words."])
def test_text_without_attributions(text: str, network: ToyNetwork) -> None:
    assert find(text, network=network) == ()


def test_distances_fall_into_ever_wider_buckets() -> None:
    near = buckets_of(np.array([-8, -1, 0, 1, 8]))
    assert near.tolist() == [24, 31, 32, 33, 40]
    far = buckets_of(np.arange(0, 2000))
    assert (np.diff(far) >= 0).all()
    assert far.max() == 64
    assert buckets_of(np.array([-5000])).tolist() == [0]


def test_missing_weights_are_named(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(UsageError, match=r"model\.onnx, relate\.onnx, settings\.json missing"):
        load_network(tmp_path)
