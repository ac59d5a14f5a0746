"""No text makes reading fail: the golden texts cut, spliced, shuffled and damaged. `benchmarks/any_text.py` does it at length."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from any_text import damaged, faults

pytestmark = pytest.mark.model

TEXTS = [p.read_text("utf-8") for p in sorted((Path(__file__).parent / "golden").rglob("*.txt"))]


def test_damaged_texts() -> None:
    rng = random.Random(7)
    assert list(faults(damaged(TEXTS, rng) for _ in range(60))) == []


def test_an_attribution_without_a_word_said_is_none() -> None:
    text = "HE'S BEEN CALLED OUT BY FELLOW SAILORS — He’s been dragged before a panel to defend his views."
    assert list(faults([text, text.replace("SAILORS", "DOCTORS")])) == []
