"""Golden cases: short reports and single sentences of our own with what a careful person reads in them (docs/annotation.md).

They were written before the code they test. The floors are what was reached when they were last raised; a change that reads
worse fails. `sayso eval attribution tests/extract/golden/reports` prints the whole table.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.evaluate import GoldDocument, Score, read_corpus, score_documents
from sayso.evaluate.gold import attribution_of
from sayso.model import Captured
from sayso.shapes import extract_line

pytestmark = pytest.mark.model

GOLDEN = Path(__file__).parent / "golden"


@cache
def documents(part: str) -> tuple[GoldDocument, ...]:
    return tuple(read_corpus(GOLDEN / part))


@cache
def score(part: str) -> Score:
    gold = {d.name: d for d in documents(part)}
    pairs = []
    for read in pipeline.read([str(d.path) for d in gold.values()]):
        assert isinstance(read, tuple), read
        captured, extraction = read
        assert isinstance(captured, Captured)
        rows = extract_line(captured.report, extraction)["statements"]
        attributed = [attribution_of(row) for row in rows if row["kind"] != "voice" and row["cue"]]
        pairs.append((gold[Path(captured.report.capture.place).stem], attributed))
    return score_documents(pairs)


@pytest.mark.parametrize(("part", "texts", "attributions"), [("reports", 34, 381), ("sentences", 11, 688)])
def test_the_cases_are_all_there(part: str, texts: int, attributions: int) -> None:
    assert len(documents(part)) == texts
    assert sum(len(d.statements) for d in documents(part)) == attributions


@pytest.mark.parametrize(
    ("part", "figure", "floor"),
    [
        ("reports", "full", 82),
        ("sentences", "full", 72),
        ("reports", "relay", 90),
        ("sentences", "relay", 89),
        ("reports", "hedge", 85),
        ("sentences", "hedge", 80),
    ],
)
def test_floors(part: str, figure: str, floor: float) -> None:
    names = ("full", "gold", "found") if figure == "full" else (f"{figure} both", f"{figure} gold", f"{figure} found")
    assert score(part).f1(*names)[2] >= floor


@pytest.mark.parametrize(
    ("part", "label", "floor"),
    [
        ("reports", "act", 94),
        ("sentences", "act", 90),
        ("reports", "negated", 97),
        ("sentences", "negated", 96),
        ("reports", "who", 65),
    ],
)
def test_labels_of_what_is_found(part: str, label: str, floor: float) -> None:
    assert score(part).rate(f"{label} hit", f"{label} of") >= floor
