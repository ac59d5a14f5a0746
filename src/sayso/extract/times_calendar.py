"""Calendar arithmetic on times that are only partly known.

`CalendarTime` is a time as far as the words tell it (a year, a month of an unknown year, a Tuesday morning). It is
written as a TIMEX3 value, and as the interval that it covers. Years before our era are negative here (264 BC is
-264) and have a value ("BC0264") but no interval: ISO dates start at year 1.
"""

from __future__ import annotations

import calendar
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, Final

from sayso.model import Instant, Precision

LEXICON: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    files("sayso.extract").joinpath("data/times_lexicon.toml").read_text("utf-8")
)
_PART_HOURS: Final[dict[str, list[int]]] = LEXICON["part_hours"]
_SEASON_MONTHS: Final[dict[str, list[int]]] = LEXICON["season_months"]


@dataclass(frozen=True, slots=True)
class CalendarTime:
    """A time as far as it is known; every field that is None is open.

    ``unit`` is the unit it is told in: D, W, M, Y, DE, CE, SEASON, HALF, Q or WE (a weekend). ``part`` is a TIMEX3
    part of the day, ``clock`` "HH:MM[:SS]" and ``zone`` "Z" or "+HH:MM". ``edge`` narrows it to its START, MID or
    END; ``before`` and ``after`` narrow it to what lies on that side of the day the report was published.
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    season: str | None = None
    fraction: int | None = None
    part: str | None = None
    clock: str | None = None
    zone: str | None = None
    edge: str | None = None
    before: date | None = None
    after: date | None = None

    @property
    def as_date(self) -> date | None:
        """The day it is, if it is one."""
        if self.year is None or self.month is None or self.day is None or self.year < 1:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def of_date(day: date, **changes: Any) -> CalendarTime:
    return replace(CalendarTime("D", year=day.year, month=day.month, day=day.day), **changes)


def of_week(day: date, unit: str = "W") -> CalendarTime:
    """The ISO week (or its weekend, with unit WE) that ``day`` lies in."""
    year, week, _ = day.isocalendar()
    return CalendarTime(unit, year=year, week=week)


def of_instant(instant: Instant | None) -> CalendarTime | None:
    """The calendar time of a report's published time, or None if it is missing or cannot be read."""
    if instant is None:
        return None
    head, _, clock = instant.value.partition("T")
    try:
        numbers = [int(n) for n in head.split("-")]
    except ValueError:
        return None
    if not 1 <= len(numbers) <= 3:
        return None
    year, month, day = (*numbers, None, None)[:3]
    made = CalendarTime("YMD"[len(numbers) - 1], year=year, month=month, day=day)
    if made.unit == "D" and made.as_date is None:
        return None
    return replace(made, clock=clock[:5]) if clock and made.unit == "D" else made


def shift(day: date, unit: str, count: int) -> date:
    """``day`` moved by ``count`` units (negative: back); the 31st becomes the last day of a shorter month.

    Raises OverflowError when the result is no date of our era.
    """
    if unit in ("D", "NI"):
        return day + timedelta(days=count)
    if unit in ("W", "WE"):
        return day + timedelta(weeks=count)
    if unit == "FN":
        return day + timedelta(weeks=2 * count)
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit] * count
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year}")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date:
    """The day of a holiday rule of the lexicon ("12-25", "easter-2", "thanksgiving") in ``year``."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[len("easter") :] or 0))
    if rule == "thanksgiving":  # the fourth Thursday of November (United States)
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    month, day = rule.split("-")
    return date(year, int(month), int(day))


# ---------------------------------------------------------------------------------------------------
# Writing


def value_of(time: CalendarTime) -> str:
    """The TIMEX3 value: 2023-05-23TMO, 1939-09, 2003-SU, 196 (a decade), XXXX-WXX-2, BC0264."""
    head = _date_value(time)
    if time.clock:
        return f"{head}T{time.clock}{time.zone or ''}"
    return f"{head}T{time.part}" if time.part else head


def _date_value(time: CalendarTime) -> str:
    year = "XXXX" if time.year is None else f"{time.year:04d}" if time.year > 0 else f"BC{-time.year:04d}"
    match time.unit:
        case "CE":
            return year[:-2]
        case "DE":
            return year[:-1]
        case "SEASON":
            return f"{year}-{time.season}"
        case "HALF":
            return f"{year}-H{time.fraction}"
        case "Q":
            return f"{year}-Q{time.fraction or 'X'}"
        case "W" | "WE":
            week = f"{time.week:02d}" if time.week else "XX"
            return f"{year}-W{week}" + ("-WE" if time.unit == "WE" else "")
        case "Y":
            return year
        case "M":
            return f"{year}-{time.month:02d}" if time.month else f"{year}-XX"
    if time.weekday and not time.day:
        return f"{year}-WXX-{time.weekday}"
    month = f"{time.month:02d}" if time.month else "XX"
    return f"{year}-{month}-{time.day:02d}" if time.day else f"{year}-{month}-XX"


def precision_of(time: CalendarTime) -> Precision:
    if time.clock:
        return Precision.SECOND if time.clock.count(":") == 2 else Precision.MINUTE
    if time.part:
        return Precision.PART_OF_DAY
    return {
        "D": Precision.PART_OF_DAY if time.edge else Precision.DAY,
        "W": Precision.WEEK,
        "WE": Precision.WEEK,
        "M": Precision.MONTH,
        "SEASON": Precision.SEASON,
        "Q": Precision.SEASON,
        "HALF": Precision.YEAR,
        "Y": Precision.YEAR,
        "DE": Precision.DECADE,
        "CE": Precision.DECADE,
    }[time.unit]


def interval_of(time: CalendarTime) -> tuple[str | None, str | None]:
    """The first and the last day (or minute, for times of day) that it may mean, both included."""
    if time.unit == "D":
        return _moments(time)
    days = _days(time)
    if days is None:
        return None, None
    first, last = _edge(days, time.edge)
    if time.before:
        last = max(first, min(last, time.before))
    if time.after:
        first = min(last, max(first, time.after))
    return first.isoformat(), last.isoformat()


def _moments(time: CalendarTime) -> tuple[str | None, str | None]:
    day = time.as_date
    if day is None:
        return None, None
    if time.clock:
        moment = f"{day.isoformat()}T{time.clock}{time.zone or ''}"
        return moment, moment
    if time.part in _PART_HOURS:
        first, last = _PART_HOURS[time.part]
    elif time.edge:
        first, last = 0, 24
    else:
        return day.isoformat(), day.isoformat()
    third = (last - first) / 3
    if time.edge == "START":
        last = first + round(third) if time.part else 12
    elif time.edge == "END":
        first = last - round(third) if time.part else 18
    midnight = datetime(day.year, day.month, day.day)
    try:
        return tuple((midnight + timedelta(hours=h)).isoformat(timespec="minutes") for h in (first, last))  # type: ignore[return-value]
    except OverflowError:
        return day.isoformat(), day.isoformat()


def _days(time: CalendarTime) -> tuple[date, date] | None:
    year = time.year
    if year is None or not 1 <= year <= 9998:
        return None
    try:
        match time.unit:
            case "CE":
                return date(max(year // 100 * 100, 1), 1, 1), date(year // 100 * 100 + 99, 12, 31)
            case "DE":
                return date(max(year // 10 * 10, 1), 1, 1), date(year // 10 * 10 + 9, 12, 31)
            case "Y":
                return date(year, 1, 1), date(year, 12, 31)
            case "HALF" | "Q" if time.fraction:
                months = 6 if time.unit == "HALF" else 3
                return _months(year, (time.fraction - 1) * months + 1, months)
            case "SEASON" if time.season:
                return _months(year, *_SEASON_MONTHS[time.season])
            case "M" if time.month:
                return _months(year, time.month, 1)
            case "W" | "WE" if time.week:
                monday = date.fromisocalendar(year, time.week, 1)
                return (monday + timedelta(days=5 if time.unit == "WE" else 0)), monday + timedelta(days=6)
    except ValueError:
        return None
    return None


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    start = date(year, first, 1)
    return start, shift(start, "M", count) - timedelta(days=1)


def _edge(days: tuple[date, date], edge: str | None) -> tuple[date, date]:
    """The first, middle or last third of an interval."""
    first, last = days
    third = ((last - first).days + 1) // 3
    if edge == "START":
        return first, first + timedelta(days=third)
    if edge == "MID":
        return first + timedelta(days=third), last - timedelta(days=third)
    if edge == "END":
        return last - timedelta(days=third), last
    return days
