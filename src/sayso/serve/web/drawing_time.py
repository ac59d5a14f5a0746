"""What happened when, as SVG: a bar from the earliest to the latest moment of each time, over the days in which the reports came out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from markupsafe import Markup, escape

from sayso.account.labels import counted, date_words, visible
from sayso.model import Precision
from sayso.serve.pages.timeline import DayView, IntervalView

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 800, 14, 18, 46, 20
_LETTER = 6.4  # pixels of a letter, on average: enough to know on which side of a bar its words have room
_DAY, _YEAR = 86_400.0, 365.25
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 253_402_214_400.0  # the last day of the year 9999: beyond, no calendar of ours goes
_LEAST_DASHED = 12.0  # pixels: of a shorter bar no dash can be told from a gap
#: Times of these precisions do not stretch the picture: what is told of a year reaches over its edges.
_WIDE = {Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.DECADE, Precision.RELATIVE}
_POINTS = {Precision.SECOND, Precision.MINUTE}
#: Days between the lines of the picture: the first that gives no more than `_MOST_LINES`.
_STEPS = (0.25, 1, 2, 7, 14, 30.4375, 91.3125, 365.25, 1826.25, 3652.5, 9131.25, 18262.5, 36525)
_MOST_LINES = 7


def timeline_svg(days: Sequence[DayView], published: Sequence[str], *, whole: bool = False) -> Markup:
    """One row for each interval, in the order of the list below, to which it leads; above them when the reports came out.

    The picture is as long as what is told of days; ``whole`` makes it as long as all of it, months and years too.
    """
    rows = [interval for day in days for interval in day.intervals if moment(interval.earliest) is not None]
    if not rows:
        return Markup("")
    scale = _Scale.over(rows if whole else [row for row in rows if row.precision not in _WIDE] or rows)
    height = _TOP + _ROW * len(rows) + 10
    drawn = [
        Markup(
            '<svg class="wide-drawing" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="group" aria-label="{2}">'
        ).format(
            _WIDTH,
            height,
            _words(
                f"{counted(len(rows), 'time')} from the earliest to the latest moment of each; the list below holds them all"
            ),
        ),
        *_lines(scale, height),
        *_published(scale, published),
        *(_bar(interval, scale, _TOP + _ROW * at) for at, interval in enumerate(rows)),
        Markup("</svg>"),
    ]
    return Markup("").join(drawn)


def moment(at: str | None, *, end: bool = False) -> float | None:
    """A time of any precision as seconds since 1970, its beginning or its ``end``; None for what is no time of the calendar.

    Times without a zone are taken as they are: what reports tell is in the time of the place.
    """
    if not at:
        return None
    try:
        if len(at) == 4:
            made = datetime(int(at), 12, 31) if end else datetime(int(at), 1, 1)
        elif len(at) == 7:
            month = datetime.fromisoformat(f"{at}-01")
            made = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1) if end else month
        else:
            made = datetime.fromisoformat(at)
        if end and len(at) <= 10:
            made += timedelta(days=1)
        return (made if made.tzinfo else made.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a moment stands between the left and the right edge."""

    start: float
    end: float

    @staticmethod
    def over(rows: Sequence[IntervalView]) -> _Scale:
        starts = [at for row in rows if (at := moment(row.earliest)) is not None]
        ends = [at for row in rows if (at := moment(row.latest, end=True)) is not None]
        start = min(starts) // _DAY * _DAY
        latest = max([start + _DAY, *(-(-end // _DAY) * _DAY for end in ends)])
        return _Scale(start, min(latest, _LAST))

    def x(self, at: float) -> float:
        return _LEFT + (at - self.start) / (self.end - self.start) * (_WIDTH - _LEFT - _RIGHT)


def _lines(scale: _Scale, height: int) -> Iterator[Markup]:
    """Lines at round days, or at round years, with their dates."""
    for at, words in _round_times(scale):
        x = scale.x(at)
        yield Markup('<line class="grid" x1="{0:.1f}" y1="20" x2="{0:.1f}" y2="{1}"/>').format(x, height - 6)
        if x < _WIDTH - _RIGHT - 64:
            yield Markup('<text class="tick" x="{:.1f}" y="14">{}</text>').format(x, _words(words))


def _round_times(scale: _Scale) -> Iterator[tuple[float, str]]:
    days = (scale.end - scale.start) / _DAY
    step = next((s for s in _STEPS if days / s <= _MOST_LINES), _STEPS[-1])
    if step >= _YEAR:
        every = round(step / _YEAR)
        first, last = (_EPOCH + timedelta(seconds=at) for at in (scale.start, scale.end))
        for year in range(-(-first.year // every) * every, last.year + 1, every):
            at = moment(f"{year:04d}-01-01") if year else None
            if at is not None and at >= scale.start:
                yield at, str(year)
        return
    for n in range(int(days / step) + 1):
        at = scale.start + n * step * _DAY
        when = _EPOCH + timedelta(seconds=at)
        clock = f"{when:%H:%M}" if step < 1 and when.hour else ""
        yield at, clock or date_words(when.date().isoformat(), year=days > 300)


def _published(scale: _Scale, published: Sequence[str]) -> Iterator[Markup]:
    """A stroke for each time at which reports came out, in a row of its own: told apart from when things happened."""
    stamps = [at for stamp in published if (at := moment(stamp)) is not None and scale.start <= at <= scale.end]
    places = sorted({round(scale.x(at), 1) for at in stamps})
    if places:
        strokes = "".join(f"M{x} 26v10" for x in places)
        yield Markup('<path class="came-out" d="{}"><title>When reports came out</title></path>').format(strokes)
        yield _beside("reports came out", places[0], places[-1], 35)


def _beside(words: str, left: float, right: float, y: float) -> Markup:
    """Words after what they name, before it where there is no room, else within it."""
    long = _LETTER * len(words)
    if right + 10 + long < _WIDTH:
        x, anchor = right + 10, "start"
    elif left - 10 - long > 0:
        x, anchor = left - 10, "end"
    else:
        x, anchor = max(left, _LEFT) + 8, "start"
    return Markup('<text class="tick beside" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        x, y, anchor, _words(words)
    )


def _bar(interval: IntervalView, scale: _Scale, y: int) -> Markup:
    """One row: a mark from the earliest to the latest moment, and its words; all of it leads to the list below."""
    start, end = moment(interval.earliest), moment(interval.latest, end=True)
    assert start is not None, interval.id
    x1, x2 = scale.x(start), scale.x(start if end is None else end)
    low, high = float(_LEFT - 4), float(_WIDTH - _RIGHT + 4)
    left, right = min(max(x1, low), high), max(min(x2, high), low)
    middle = y + _ROW / 2
    if interval.precision in _POINTS and x2 - x1 < 8:
        mark = Markup('<circle class="moment" cx="{:.1f}" cy="{:.1f}" r="4.5"/>').format(x1, middle)
    elif left < right:
        coarse = interval.precision in _WIDE or interval.precision is Precision.WEEK
        kind = "coarse" if coarse and right - left > _LEAST_DASHED else "bar"
        mark = Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="9" rx="2"/>').format(
            kind, left, middle - 4.5, max(right - left, 3)
        )
    else:
        mark = Markup("")  # wholly beyond the edge: an arrow says where
    if x1 < low:
        mark += _open_end(low, middle, -1)
    if x2 > high:
        mark += _open_end(high, middle, 1)
    number = len(interval.entries)
    title = _words(f"{interval.words}: {f'{number} entries' if number != 1 else '1 entry'}")
    label = _beside(interval.words, left, right, middle + 4)
    return Markup(
        '<a href="#{}"><title>{}</title><rect class="hit" x="0" y="{}" width="{}" height="{}"/>{}{}</a>'
    ).format(interval.id, title, y, _WIDTH, _ROW, mark, label)


def _open_end(x: float, y: float, way: int) -> Markup:
    """An arrow: it goes on beyond the edge."""
    return Markup('<path class="openend" d="M{:.1f} {:.1f} l{} 5 l{} 5"/>').format(x, y - 5, 5 * way, -5 * way)


def _words(text: str) -> Markup:
    return escape(visible(text))
