"""What a time expression means: anchored to the report's published time and to the times told before it.

News counts from the day of publication: "Tuesday" in a Tuesday report is that very day, with a verb in the past the
most recent Tuesday otherwise. A text that mostly tells of years long gone (a backgrounder, a history) counts from
its own last date instead; `TimeContext` notices which of the two it is reading. Where nothing anchors an expression
its value stays open ("XXXX-WXX-2") and its precision is RELATIVE: a guess would be read as knowledge.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sayso.extract import times_counted, times_dates, times_days, times_spans
from sayso.extract.times_calendar import CalendarTime
from sayso.extract.times_context import Reading, TimeContext, written
from sayso.extract.times_find import Expression
from sayso.extract.times_words import month_number
from sayso.model import Precision


def resolve(expression: Expression, context: TimeContext) -> Reading:
    """Reads one expression, and remembers its time in ``context`` for those that follow."""
    reader = _READERS.get(expression.form, _unread)
    try:
        read = reader(expression, context)
    except (OverflowError, ValueError):  # a date outside our era, or 31 June
        read = Reading("DATE", "XXXX-XX-XX")
    reading = written(read) if isinstance(read, CalendarTime) else read
    twin = expression.form == "clock" and expression.previous in ("(", "[")  # "at 1145 (1745 GMT)": told already
    if reading.time is not None and reading.precision is not Precision.RELATIVE and not twin:
        context.remember(reading.time, expression.sentence)
    return reading


def explicit_year(expression: Expression) -> int | None:
    """The year that the expression itself names, if it does."""
    groups = expression.groups
    year = groups.get("year") or groups.get("bc")
    if not year:
        return None
    if "bc" in groups or groups.get("era", "").startswith("b"):
        return -int(year)
    return int(year) if len(year) == 4 else None


def is_own_date(expression: Expression, context: TimeContext) -> bool:
    """Whether it names the day of publication in full."""
    groups, today = expression.groups, context.today
    if today is None or expression.form != "date" or "year" not in groups:
        return False
    day, month = int(groups["day"].rstrip("stndrh")), month_number(groups["month"])
    return (int(groups["year"]), month, day) == (today.year, today.month, today.day)


def _unread(e: Expression, context: TimeContext) -> Reading:
    return Reading("DATE", "XXXX-XX-XX")


_READERS: Final[dict[str, Callable[[Expression, TimeContext], CalendarTime | Reading]]] = {
    "iso": times_dates.read_iso,
    "named_day": times_dates.read_named_day,
    "numeric": times_dates.read_numeric,
    "date": times_dates.read_date,
    "month": times_dates.read_month,
    "month_turn": times_dates.read_month_turn,
    "month_of": times_dates.read_month_of,
    "year": times_dates.read_year,
    "short_year": times_dates.read_short_year,
    "decade": times_dates.read_decade,
    "century": times_dates.read_century,
    "fiscal": times_dates.read_fiscal,
    "season": times_dates.read_season,
    "holiday": times_dates.read_holiday,
    "shift_holiday": times_dates.read_holiday,
    "weekday": times_days.read_weekday,
    "weekday_set": times_spans.read_weekday_set,
    "day_turn": times_days.read_day_turn,
    "night": times_days.read_night,
    "night_between": times_days.read_night_between,
    "part": times_days.read_part,
    "clock": times_days.read_clock,
    "shift": times_counted.read_shift,
    "turn": times_counted.read_turn,
    "day_side": times_counted.read_day_side,
    "event_day": times_counted.read_event_day,
    "span": times_spans.read_span,
    "duration": times_spans.read_duration,
    "recent": times_spans.read_recent,
    "long": times_spans.read_long,
    "bare_units": times_spans.read_bare_units,
    "every": times_spans.read_every,
    "per": times_spans.read_per,
    "set_word": times_spans.read_set_word,
    "reference": times_spans.read_reference,
    "same_time": times_spans.read_same_time,
}
