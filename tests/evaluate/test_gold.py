"""Annotated corpora in their three forms give the same attributions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.evaluate import read_corpus

TEXT = "Ivo Kell said the bridge was open.\n"
BRAT = "T1\tSource 0 8\tIvo Kell\nT2\tCue 9 13\tsaid\nT3\tContent 14 33\tthe bridge was open\nE1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
STANDOFF = {"statements": [{"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 33]], "act": "assert"}]}
SHEET = "@ 1\nS: Ivo Kell\nC: said\nX: the bridge was open\nA: assert\n"


@pytest.mark.parametrize("suffix", ["ann", "json", "sheet"])
def test_each_form(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "kell.txt").write_text(TEXT, "utf-8")
    written = {"ann": BRAT, "json": json.dumps(STANDOFF), "sheet": SHEET}[suffix]
    (tmp_path / f"kell.{suffix}").write_text(written, "utf-8")
    (document,) = read_corpus(tmp_path)
    (found,) = document.statements
    assert [s.of(document.text) for s in (*found.source, *found.cue, *found.content)] == [
        "Ivo Kell",
        "said",
        "the bridge was open",
    ]


def test_annotators_in_a_folder_beside_the_texts(tmp_path: Path) -> None:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "kell.txt").write_text(TEXT, "utf-8")
    (tmp_path / "attributions" / "kell_b.ann").write_text("", "utf-8")
    (tmp_path / "attributions" / "kell_a.ann").write_text(BRAT, "utf-8")
    (document,) = read_corpus(tmp_path)
    assert len(document.statements) == 1


def test_a_text_without_annotations_is_left_out_and_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text(TEXT, "utf-8")
    assert not list(read_corpus(tmp_path))
    (tmp_path / "plain.json").write_text("{", "utf-8")
    with pytest.raises(ValueError, match=r"plain\.json"):
        list(read_corpus(tmp_path))
