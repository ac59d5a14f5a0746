"""No text makes reading fail: the golden texts cut, spliced, shuffled and damaged. `benchmarks/any_text.py` does it at length."""

from __future__ import annotations

import random
import time
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


@pytest.mark.model
def test_marks_in_a_row_cost_no_more_than_in_proportion() -> None:
    """spaCy's own tokenizer takes more than a minute for the longer one."""
    from sayso.extract.parse import load_parser

    tokenizer = load_parser().tokenizer
    took = []
    for length in (1000, 8000):
        begun = time.process_time()
        tokenizer(",’" * (length // 2) + "x")
        took.append(time.process_time() - begun)
    assert took[1] < 24 * max(took[0], 0.05), took
