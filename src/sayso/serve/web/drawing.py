"""Drawings made on the server, as SVG that needs neither script nor style of its own: figures over time, ties between answers.

Colours and strokes are classes of ``static/desk.css``; every word in them is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import floor, log10

from markupsafe import Markup, escape

from sayso.account.labels import date_words, visible
from sayso.serve.pages.charts import Chart, Point
from sayso.serve.pages.question import Tie

_WIDTH, _HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 12, 30
_TIES_ROW = 34


def chart_svg(chart: Chart, link: Callable[[str], str]) -> Markup:
    """The figures of a question over time: a mark for the best value, a bar from low to high, an arrow where a bound is open.

    ``link`` makes the address of a path of ours.
    """
    placed = _Scale.over(chart.points)
    drawn = [Markup(_OPEN).format(width=_WIDTH, height=_HEIGHT, label=_words(f"{chart.text} Figures over time"))]
    for value in placed.ticks:
        y = placed.y(value)
        drawn.append(
            Markup('<line class="grid" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>').format(_LEFT, y, _WIDTH - _RIGHT, y)
        )
        drawn.append(
            Markup('<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
                _LEFT - 8, y + 4, f"{value:,g}"
            )
        )
    first, last = chart.points[0], chart.points[-1]
    for point, anchor, x in ((first, "start", _LEFT), (last, "end", _WIDTH - _RIGHT)):
        words = _words(date_words(point.at, year=anchor == "start"))
        drawn.append(
            Markup('<text class="tick" x="{}" y="{}" text-anchor="{}">{}</text>').format(x, _HEIGHT - 8, anchor, words)
        )
    for point in chart.points:
        drawn.append(_mark(point, placed, link(f"/claims/{point.claim}")))
    drawn.append(Markup("</svg>"))
    return Markup("").join(drawn)


def ties_svg(ties: Sequence[Tie], answers: int) -> Markup:
    """Arcs between the answers of a question, which stand below each other in one row each; the kinds are told in words beside."""
    height = max(answers, 1) * _TIES_ROW
    drawn = [Markup(_OPEN).format(width=90, height=height, label=_words("How the answers stand to each other"))]
    for place in range(answers):
        y = place * _TIES_ROW + _TIES_ROW / 2
        drawn.append(Markup('<circle class="node" cx="80" cy="{:.1f}" r="4"/>').format(y))
    for tie in ties:
        start, end = (each * _TIES_ROW + _TIES_ROW / 2 for each in (tie.start, tie.end))
        reach = 80 - min(18 + 12 * abs(tie.start - tie.end), 76)
        path = f"M 76 {start:.1f} C {reach} {start:.1f}, {reach} {end:.1f}, 74 {end:.1f}"
        title = _words(f"{tie.start + 1} {tie.relation.words} {tie.end + 1}")
        drawn.append(
            Markup('<path class="tie {}" d="{}"><title>{}</title></path>').format(tie.relation.kind.value, path, title)
        )
        drawn.append(
            Markup('<path class="tip {}" d="M 70 {:.1f} l 6 4 l -6 4 z"/>').format(tie.relation.kind.value, end - 4)
        )
    drawn.append(Markup("</svg>"))
    return Markup("").join(drawn)


_OPEN = '<svg class="drawing" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-label="{label}">'


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a time and a value stand on the drawing."""

    start: float
    end: float
    top: float
    ticks: tuple[float, ...]

    @staticmethod
    def over(points: Sequence[Point]) -> _Scale:
        moments = [_seconds(point.at) for point in points]
        highest = max(each for point in points for each in (point.low, point.best, point.high) if each is not None)
        step = _step(highest)
        top = step * (floor(highest / step) + 1)
        ticks = tuple(step * n for n in range(floor(top / step) + 1))
        return _Scale(min(moments), max(moments), top, ticks)

    def x(self, at: str) -> float:
        share = (_seconds(at) - self.start) / ((self.end - self.start) or 1)
        return _LEFT + 8 + share * (_WIDTH - _LEFT - _RIGHT - 16)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - value / (self.top or 1) * (_HEIGHT - _TOP - _BOTTOM)


def _step(highest: float) -> float:
    """A round step that gives three to six lines: 1, 2 or 5 times a power of ten."""
    if highest <= 0:
        return 1
    power = 10.0 ** floor(log10(highest))
    return next(power * n for n in (0.2, 0.5, 1, 2) if highest / (power * n) <= 5 or n == 2)


def _mark(point: Point, placed: _Scale, address: str) -> Markup:
    x = placed.x(point.at)
    low, high = point.low, point.high
    best = next(each for each in (point.best, high if low is None else low, high) if each is not None)
    y = placed.y(best)
    lines = []
    if low is not None and high is not None and low != high:
        lines.append(
            Markup('<line class="range" x1="{0:.1f}" y1="{1:.1f}" x2="{0:.1f}" y2="{2:.1f}"/>').format(
                x, placed.y(low), placed.y(high)
            )
        )
    elif high is None:
        lines.append(Markup('<path class="openend" d="M {0:.1f} {1:.1f} v -14 m -4 5 l 4 -5 l 4 5"/>').format(x, y))
    elif point.best is None and not low:
        lines.append(Markup('<path class="openend" d="M {0:.1f} {1:.1f} v 14 m -4 -5 l 4 5 l 4 -5"/>').format(x, y))
    told = _words(f"{_figure(point)} · {point.said_by} · {point.when}")
    dot = Markup('<a href="{}"><circle class="dot {}" cx="{:.1f}" cy="{:.1f}" r="5"><title>{}</title></circle></a>')
    return Markup("").join([*lines, dot.format(address, point.status.value, x, y, told)])


def _figure(point: Point) -> str:
    if point.high is None:
        return f"at least {point.low if point.low is not None else point.best:,g}"
    if point.low is not None and point.low != point.high:
        return f"{point.low:,g} to {point.high:,g}" if point.low else f"at most {point.high:,g}"
    return f"{point.best if point.best is not None else point.high:,g}"


def _seconds(at: str) -> float:
    """A time of any precision as seconds since 1970; a day stands for its noon."""
    parts = at.split("-")
    if len(parts) < 3:
        at = "-".join([*parts, "07", "01"][:3]) if len(parts) == 1 else f"{at}-15"
    moment = datetime.fromisoformat(at if "T" in at or " " in at else f"{at}T12:00:00")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _words(text: str) -> Markup:
    return escape(visible(text))
