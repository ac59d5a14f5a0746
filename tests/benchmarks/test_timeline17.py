"""The conversion that the benchmarks rest on: tokens joined to readable text, sidecars beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from timeline17 import Article, join_tokens, read_event, write_article


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("The bridge , he said , is shut .", "The bridge, he said, is shut."),
        ("` We are safe , ' said Ane Holt .", "“We are safe,” said Ane Holt."),
        ("`` Leave now , '' the mayor 's office wrote .", "“Leave now,” the mayor's office wrote."),
        ("the workers ' camp did n't flood", "the workers' camp didn't flood"),
        ("Orvel -LRB- north -RRB- : $ 3m and 40 %", "Orvel (north): $3m and 40%"),
        ("12,000-15 ,000 people and\\/or more", "12,000-15,000 people and/or more"),
        ("", ""),
    ],
)
def test_tokens_are_joined(tokens: str, text: str) -> None:
    assert join_tokens(tokens) == text


def test_an_event_becomes_texts_with_sidecars(tmp_path: Path) -> None:
    event = tmp_path / "timeline17" / "flood_guardian"
    event.mkdir(parents=True)
    rows = [{"uid": 7, "dct": "2031-04-08", "text": "It rained ."}, {"uid": 8, "dct": "2031-04-09", "text": ""}]
    (event / "articles.json").write_text(json.dumps(rows), "utf-8")
    first, second = read_event(tmp_path, "flood_guardian")
    assert first == Article("7", "The Guardian", "2031-04-08", "It rained.")
    assert second is None
    path = write_article(first, tmp_path)
    assert path.read_text("utf-8") == "It rained."
    sidecar = json.loads((tmp_path / f"{path.stem}.meta.json").read_text("utf-8"))
    assert sidecar == {"outlet": "The Guardian", "published": "2031-04-08", "language": "en"}


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"articles\.json"):
        list(read_event(tmp_path, "nowhere_bbc"))
