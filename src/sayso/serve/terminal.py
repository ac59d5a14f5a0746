"""What a person sees on a terminal: safe text, tables, messages and progress.

Text of reports is data. Before it reaches a terminal it loses every character with which it could do
something there: move the cursor, change colours, retitle the window, reverse the reading order.
"""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

import click

if TYPE_CHECKING:
    from sayso.model import Problem

# C0 and C1 controls (ESC is among them; tab and newline are handled apart), the bidi embeddings, overrides and
# isolates, and lone surrogates, which have no encoding. The marks that Arabic and Hebrew need (LRM, RLM, ZWNJ) stay.
_ACTS_ON_A_TERMINAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")

_ID_CELLS = 18  # an id is never cut: people copy it
_LAST_CELLS = 20  # the words of a row are worth a line that runs on
_BAR_WIDTH = 24  # cells
_REDRAW_S = 0.1  # a bar that moves ten times a second looks smooth
_LINE_EVERY_S = 10.0  # without a terminal a line goes to a log: enough to see that it lives, not enough to drown it


def plain(text: str) -> str:
    """``text`` without the characters that act on a terminal; lines stay lines."""
    return _ACTS_ON_A_TERMINAL.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """``text``, safe for a terminal and on one line."""
    return " ".join(plain(text).split())


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None = None) -> Iterator[str]:
    """``rows`` as lines with aligned columns under ``headings``.

    ``width`` is that of the terminal, in cells: what is long is cut to fit in it, with an ellipsis. With None
    nothing is cut.
    """
    most = None if width is None else max(_ID_CELLS, width // 5)
    cells = [[cut(one_line(cell), most) for cell in row[:-1]] + [one_line(row[-1])] for row in (headings, *rows)]
    widths = [max(_cells(row[column]) for row in cells) for column in range(len(headings))]
    room = None if width is None else max(_LAST_CELLS, width - sum(widths[:-1]) - 2 * (len(widths) - 1))
    ruler = ["-" * wide for wide in widths[:-1]] + ["-" * min(widths[-1], room or widths[-1])]
    for row in (cells[0], ruler, *cells[1:]):
        padded = [cell + " " * (wide - _cells(cell)) for cell, wide in zip(row[:-1], widths, strict=False)]
        yield "  ".join((*padded, cut(row[-1], room))).rstrip()


def cut(text: str, room: int | None) -> str:
    """``text`` in at most ``room`` cells, with an ellipsis where something was cut; None cuts nothing."""
    if room is None or _cells(text) <= room:
        return text
    used = 0
    for at, character in enumerate(text):
        used += _cells(character)
        if used > room - 1:
            return text[:at].rstrip() + "…"
    return text


def stdout_width() -> int | None:
    """The width of the terminal that reads stdout, or None when no terminal does."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _cells(text: str) -> int:
    """How many cells of a terminal ``text`` takes: two for wide East Asian characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


# ---------------------------------------------------------------------------------------------------
# Messages: everything that is not the result goes to stderr


@dataclass(frozen=True, slots=True)
class Messages:
    """What a command says beside its result. ``quiet`` drops notes and progress, never a problem."""

    quiet: bool = False

    def note(self, text: str) -> None:
        if not self.quiet:
            _to_stderr(plain(text) + "\n")

    def problem(self, problem: Problem) -> None:
        """Names an input that was refused, or could not be read, and what to do about it, on one line."""
        _to_stderr(f"problem: {problem_line(problem)}\n")

    @contextmanager
    def progress(self, label: str) -> Iterator[Progress]:
        """Progress of a long job: a bar where stderr is a terminal, a line now and then where it is not."""
        meter = Progress(label, terminal=sys.stderr.isatty(), silent=self.quiet)
        try:
            yield meter
        finally:
            meter.close()


class Progress:
    """Shows how far a job is. Called with (done, total): total is None while nobody knows it."""

    def __init__(self, label: str, *, terminal: bool, silent: bool = False) -> None:
        self._label = label
        self._terminal = terminal
        self._silent = silent
        self._shown_at = time.monotonic()  # so that a short job draws nothing
        self._drawn = 0

    def __call__(self, done: int, total: int | None = None) -> None:
        now = time.monotonic()
        if self._silent or now - self._shown_at < (_REDRAW_S if self._terminal else _LINE_EVERY_S):
            return
        self._shown_at = now
        text = self._text(done, total)
        if self._terminal:
            _to_stderr("\r" + text.ljust(self._drawn))
            self._drawn = len(text)
        else:
            _to_stderr(text + "\n")

    def close(self) -> None:
        """Takes the bar away, so that what comes next has the line to itself."""
        if self._drawn:
            _to_stderr("\r" + " " * self._drawn + "\r")
            self._drawn = 0

    def _text(self, done: int, total: int | None) -> str:
        if not total:
            return f"{self._label}: {done}"
        count = f"{self._label}: {done} of {total}"
        if not self._terminal:
            return count
        filled = min(_BAR_WIDTH, _BAR_WIDTH * done // total)
        return f"[{'#' * filled}{'.' * (_BAR_WIDTH - filled)}] {count}"


def problem_line(problem: Problem) -> str:
    return one_line(f"{problem.where}: {problem.what.rstrip('.')}. {problem.remedy}")


def _to_stderr(text: str) -> None:
    # Whoever read the messages may have gone (`2>&1 | head`): that is no reason to stop the work.
    try:
        click.echo(text, err=True, nl=False)
    except (BrokenPipeError, ValueError):
        return
