"""Windows: every piece belongs to one core, cores end with paragraphs, contexts reach further inside a paragraph."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.tagger.pieces import LINE_START, SPACED, Pieces
from sayso.extract.tagger.windows import CONTEXT_AT_BREAK, CONTEXT_INSIDE, CORE, Window, cut_windows


def pieces_of(*lines: int) -> Pieces:
    """Paragraphs of so many pieces each."""
    total = sum(lines)
    breaks = np.full(total, SPACED, dtype=np.int64)
    breaks[np.cumsum([0, *lines[:-1]])] = LINE_START
    starts = np.arange(total, dtype=np.int64) * 2
    zeros = np.zeros(total, dtype=np.int64)
    return Pieces(zeros, starts, starts + 1, zeros, breaks)


def test_a_short_text_is_one_window() -> None:
    assert cut_windows(pieces_of(20, 30)) == (Window(0, 0, 50, 50),)


def test_cores_end_with_a_paragraph() -> None:
    first, second = cut_windows(pieces_of(150, 60, 100), core=224)
    assert (first.core_end, second.core_start, second.core_end) == (210, 210, 310)
    assert first.end == 210 + CONTEXT_AT_BREAK
    assert second.start == 210 - CONTEXT_AT_BREAK


def test_a_long_paragraph_is_cut_inside_and_read_further() -> None:
    first, second = cut_windows(pieces_of(300), core=224)
    assert first.core_end == second.core_start == 150  # halves, not a long piece and a sliver
    assert first.end == 150 + CONTEXT_INSIDE
    assert second.start == 150 - CONTEXT_INSIDE


@given(st.lists(st.integers(1, 700), min_size=1, max_size=12))
def test_cores_cover_every_piece_once(lines: list[int]) -> None:
    windows = cut_windows(pieces_of(*lines))
    assert windows[0].core_start == 0
    assert windows[-1].core_end == sum(lines)
    for before, after in pairwise(windows):
        assert before.core_end == after.core_start
    for w in windows:
        assert 0 <= w.start <= w.core_start < w.core_end <= w.end <= sum(lines)
        assert w.core_end - w.core_start <= CORE


def test_no_pieces_no_windows() -> None:
    empty = np.zeros(0, dtype=np.int64)
    assert cut_windows(Pieces(empty, empty, empty, empty, empty)) == ()
