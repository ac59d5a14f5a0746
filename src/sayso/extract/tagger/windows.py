"""Windows over a text too long for one reading: each piece belongs to the core of exactly one window.

Statements hardly ever cross a paragraph (fewer than 1 % in PolNeAR), so cores end with a paragraph where they can.
Where a core must end inside one, the window reaches further beyond it. A cue is taken from the window whose core holds
it: that is the window where it stands most centrally.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sayso.extract.tagger.pieces import LINE_START, Pieces

CORE = 224  # pieces; with context a window stays below 320, of the 512 that the encoder has positions for
CONTEXT_AT_BREAK = 16
CONTEXT_INSIDE = 48


@dataclass(frozen=True)
class Window:
    """Piece numbers: read from ``start`` to ``end``, answer for ``core_start`` to ``core_end``; half open."""

    start: int
    core_start: int
    core_end: int
    end: int


def cut_windows(pieces: Pieces, *, core: int = CORE) -> tuple[Window, ...]:
    """Windows whose cores cover all pieces in order, each at most ``core`` long."""
    total = len(pieces)
    line_starts = np.flatnonzero(pieces.breaks == LINE_START)
    windows = []
    start = 0
    while start < total:
        stop = _core_end(start, total, core, line_starts)
        windows.append(
            Window(
                max(0, start - _reach(start, total, pieces)),
                start,
                stop,
                min(total, stop + _reach(stop, total, pieces)),
            )
        )
        start = stop
    return tuple(windows)


def _core_end(start: int, total: int, core: int, line_starts: np.ndarray) -> int:
    """The end of the last whole line that fits; if that leaves the window half empty, a hard cut."""
    if start + core >= total:
        return total
    fitting = line_starts[(line_starts > start) & (line_starts <= start + core)]
    if len(fitting) and fitting[-1] - start >= core // 3:
        return int(fitting[-1])
    # Halve what is left where that fits, so that no sliver of a paragraph is read by itself.
    following = line_starts[line_starts > start + core]
    line_end = int(following[0]) if len(following) else total
    return start + (line_end - start + 1) // 2 if line_end - start < 2 * core else start + core


def _reach(edge: int, total: int, pieces: Pieces) -> int:
    at_break = edge in (0, total) or pieces.breaks[edge] == LINE_START
    return CONTEXT_AT_BREAK if at_break else CONTEXT_INSIDE
