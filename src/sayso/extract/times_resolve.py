"""What a time expression means: anchored to the report's published time and to the times told before it.

News counts from the day of publication: "Tuesday" in a Tuesday report is that very day, with a verb in the past the most recent
Tuesday otherwise. A text that mostly tells of years long gone (a backgrounder, a history) counts from its own last date
instead; `TimeContext` notices which of the two it is reading. Where nothing anchors an expression its value stays open
("XXXX-WXX-2") and its precision is RELATIVE: a guess would be read as knowledge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from statistics import median
from typing import Final

from sayso.extract.times_calendar import (
    LEXICON,
    CalendarTime,
    holiday,
    interval_of,
    of_date,
    of_week,
    precision_of,
    shift,
    value_of,
)
from sayso.extract.times_find import Expression, Tense
from sayso.model import Precision

_PARTS: Final[dict[str, str]] = LEXICON["parts"]
_UNITS: Final[dict[str, str]] = LEXICON["units"]
_EDGES: Final[dict[str, str]] = LEXICON["edges"]
_NUMBERS: Final[dict[str, int]] = LEXICON["numbers"]
_BACK: Final = frozenset({"ago", "earlier", "before", "previously", "prior", "beforehand"})
_PAST_TURNS: Final = frozenset(
    {"last", "past", "this past", "previous", "the previous", "preceding", "the preceding", "the past"}
)
_NEXT_TURNS: Final = frozenset(
    {"next", "coming", "this coming", "following", "the following", "the next", "the coming", "the very next"}
)
# A text is read as history when its explicit years lie on the median this far from the year of publication:
# background in a news report rarely fills half of its dates.
_SCHEDULED_MONTHS: Final = 4  # "the November election" told in September lies ahead, told in January behind
_SCHEDULED_DAYS: Final = 3  # "Monday's debate" told on a Friday lies ahead, told on a Thursday behind
_HISTORY_YEARS: Final = 2
_HISTORY_MENTIONS: Final = 3
# A news report that cites old studies and elections still says "Monday"; the histories of WikiWars do not.
_FRESH_WEIGHT: Final = 5
FRESH_FORMS: Final = frozenset({"weekday", "day_turn", "night"})


@dataclass
class TimeContext:
    """What has been told so far: carried from passage to passage of one report."""

    published: CalendarTime | None
    years: list[int] = field(default_factory=list)
    fresh: int = 0  # expressions so far that only news uses of its own days: "Tuesday", "yesterday", "overnight"
    point: CalendarTime | None = None
    day: date | None = None
    sentence: int = -1

    @property
    def today(self) -> date | None:
        return self.published.as_date if self.published else None

    @property
    def history(self) -> bool:
        if self.published is None or self.published.year is None or len(self.years) < _HISTORY_MENTIONS:
            return False
        if self.fresh * _FRESH_WEIGHT > len(self.years):
            return False
        year = self.published.year
        return median(abs(year - y) for y in self.years) >= _HISTORY_YEARS

    def anchor(self) -> date | None:
        """The day that "two days later" counts from: the last one told, else that of publication."""
        return self.day or (None if self.history else self.today)

    def remember(self, time: CalendarTime, sentence: int) -> None:
        if time.year is None:
            return
        self.point = time
        self.sentence = sentence
        day = time.as_date
        if (
            day is not None
            or self.day is None
            or (self.day.year, self.day.month) != (time.year, time.month or self.day.month)
        ):
            self.day = day


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of one expression, ready to be written as a TimeMention."""

    type: str
    value: str
    earliest: str | None = None
    latest: str | None = None
    precision: Precision = Precision.RELATIVE
    time: CalendarTime | None = None


def resolve(expression: Expression, context: TimeContext) -> Reading:
    """Reads one expression, and remembers its time in ``context`` for those that follow."""
    reader = _READERS.get(expression.form, _unread)
    try:
        read = reader(expression, context)
    except (OverflowError, ValueError):  # a date outside our era, or 31 June
        read = Reading("DATE", "XXXX-XX-XX")
    reading = _written(read) if isinstance(read, CalendarTime) else read
    if reading.time is not None and reading.precision is not Precision.RELATIVE:
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


def _written(time: CalendarTime) -> Reading:
    kind = "TIME" if time.clock or time.part else "DATE"
    if time.year is None:
        return Reading(kind, value_of(time), time=time)
    earliest, latest = interval_of(time)
    return Reading(kind, value_of(time), earliest, latest, precision_of(time), time)


# ---------------------------------------------------------------------------------------------------
# Dates by the calendar


def _iso(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    day = date(int(g["year"]), int(g["month"]), int(g["day"]))
    made = of_date(day)
    if "hour24" not in g:
        return made
    offset = g.get("offset", "").upper()
    zone = offset if not offset or offset == "Z" or ":" in offset else f"{offset[:3]}:{offset[3:]}"
    return replace(made, clock=_clock(g), zone=zone or None)


def _numeric(e: Expression, context: TimeContext) -> CalendarTime:
    first, second, year = int(e.groups["first"]), int(e.groups["second"]), int(e.groups["year"])
    # 23.05 is day first; 5/23 is month first in American English, unless the number can be no month.
    day_first = e.groups["mark"] == "." or first > 12
    day, month = (first, second) if day_first else (second, first)
    if month > 12:
        day, month = month, day
    return of_date(date(year, month, day))


def _date(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    month, day = _month_number(g["month"]), int(g["day"].rstrip("stndrh"))
    year = _named_year(g, context) or _year_for(month, day, e, context)
    if year is not None and year > 0:
        date(year, month, day)  # raises on 31 June
    made = CalendarTime("D", year=year, month=month, day=day)
    return _within_day(made, g)


def _month(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    month = _month_number(g["month"])
    year = _named_year(g, context) or _year_for(month, None, e, context)
    return CalendarTime("M", year=year, month=month, edge=_edge(g))


def _month_turn(e: Expression, context: TimeContext) -> CalendarTime:
    month, turn = _month_number(e.groups["month"]), e.groups["turn"]
    made = CalendarTime("M", month=month, edge=_edge(e.groups))
    told = turn.startswith("the ") or turn in ("following", "previous") or context.history
    base = _year_month(context, told)
    if base is None:
        return made
    year, now = base
    if turn in _PAST_TURNS:
        return replace(made, year=year if month < now else year - 1)
    if turn in _NEXT_TURNS:
        return replace(made, year=year if month > now else year + 1)
    return replace(made, year=year)


def _month_of(e: Expression, context: TimeContext) -> CalendarTime:
    year = _turned_year(e.groups["turn"], context)
    return CalendarTime("M", year=year, month=_month_number(e.groups["month"]), edge=_edge(e.groups))


def _year(e: Expression, context: TimeContext) -> CalendarTime:
    year = int(e.groups["year"])
    if e.groups.get("era", "").replace(".", "").startswith("b"):
        year = -year
    return CalendarTime("Y", year=year, edge=_edge(e.groups))


def _short_year(e: Expression, context: TimeContext) -> CalendarTime:
    near = (
        context.point.year
        if context.history and context.point
        else context.published.year
        if context.published
        else 2000
    )
    century, two = (near or 2000) // 100 * 100, int(e.groups["year"])
    year = century + two
    return CalendarTime("Y", year=year - 100 if near and year > near + 5 else year)


def _decade(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    if "decade" in g:
        year = int(g["decade"])
    else:
        tens = int(g["short"][0]) if "short" in g else LEXICON["decades"][g["word"]]
        near = (
            context.point.year
            if context.point and context.point.year
            else context.published.year
            if context.published
            else 1999
        )
        year = (near or 1999) // 100 * 100 + tens * 10
        year = year - 100 if near and year > near else year
    return CalendarTime("DE", year=-year if "era" in g else year, edge=_edge(g))


def _century(e: Expression, context: TimeContext) -> CalendarTime:
    number = _ordinal(e.groups["ordinal"])
    year = (number - 1) * 100
    return CalendarTime("CE", year=-number * 100 if "era" in e.groups else year or 1, edge=_edge(e.groups))


def _fiscal(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    year = int(g["year"]) if "year" in g else _turned_year(g["turn"], context)
    half = g["piece"] == "half"
    rank = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(g["rank"], 2 if half else 4)
    return CalendarTime("HALF" if half else "Q", year=year, fraction=rank)


def _season(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    season = LEXICON["seasons"][g["season"]]
    made = CalendarTime("SEASON", season=season, edge=_edge(g))
    if "year" in g or "bc" in g:
        return replace(made, year=_named_year(g, context))
    if "turn" in g:
        return replace(made, year=_turned_year(g["turn"], context))
    return replace(made, year=_year_for(LEXICON["season_months"][season][0], None, e, context))


def _holiday(e: Expression, context: TimeContext) -> CalendarTime:
    name = e.groups["holiday"].replace("’", "'")
    rule = LEXICON["holidays"][name]
    near = holiday(rule, 2001)
    turn = e.groups.get("turn")
    if "year" in e.groups:
        year: int | None = int(e.groups["year"])
    elif turn and (base := _year_month(context, told=False)):
        ahead = near.month > base[1]
        year = base[0] + ({"last": -1, "next": 0}.get(turn, 0) if ahead else {"last": 0, "next": 1}.get(turn, 0))
    else:
        year = _year_for(near.month, near.day, e, context)
    made = (
        CalendarTime("D", year=year, month=near.month, day=near.day) if year is None else of_date(holiday(rule, year))
    )
    if name.endswith("night"):
        made = replace(made, part="NI")
    return _within_day(made, e.groups)


def _named_year(g: dict[str, str], context: TimeContext) -> int | None:
    if "bc" in g:
        return -int(g["bc"])
    if "year_of" in g:  # "between November and April 1918"
        return int(g["year_of"]) - (1 if _month_number(g["month"]) > _month_number(g["month_of"]) else 0)
    if "year_turn" in g:
        return _turned_year(g["year_turn"], context)
    return int(g["year"]) if "year" in g else None


def _year_for(month: int, day: int | None, e: Expression, context: TimeContext) -> int | None:
    """The year of a date that names none."""
    point, published = context.point, context.published
    near = point is not None and point.year is not None and abs(e.sentence - context.sentence) < 400
    if published is None or published.year is None or (context.history and point is not None):
        return point.year if point is not None else None
    told_in_full = near and point is not None and point.unit in ("M", "D", "SEASON")
    if told_in_full and point is not None and point.year != published.year and point.year in context.years:
        return point.year  # background told a sentence ago: "In March 2014 ... In May ..."
    if published.month is None:
        return published.year
    later = (month, day or 0) > (published.month, (published.day or 31) if day else 0)
    if not later:
        return published.year + (
            1 if e.tense is Tense.FUTURE and (month, day or 31) < (published.month, published.day or 1) else 0
        )
    ahead = e.tense is Tense.FUTURE or (e.tense is Tense.UNKNOWN and e.previous in ("until", "till", "by", "through"))
    if e.tense is Tense.SCHEDULED or (e.tense is Tense.UNKNOWN and day is not None):
        # Agencies leave out the year of a day of the current year: "the second debate, Oct. 9" told in September.
        ahead = month - published.month <= _SCHEDULED_MONTHS
    # A few days ahead is this year whatever the verb: time zones, and plans told without "will".
    soon = day is not None and month == published.month and e.tense is not Tense.PAST
    return published.year if ahead or soon else published.year - 1


# ---------------------------------------------------------------------------------------------------
# Days of the week, parts of the day, clock times


def _weekday(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    weekday = LEXICON["weekdays"][g["weekday"]]
    turn = g.get("turn", "")
    told = turn in ("the following", "the next", "the previous", "that", "the same") or context.history
    anchor = context.anchor() if told else context.today
    if anchor is None:
        return _within_day(CalendarTime("D", weekday=weekday), g)
    back = (anchor.isoweekday() - weekday) % 7
    ahead = (weekday - anchor.isoweekday()) % 7
    if "week_turn" in g:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=1 if g["week_turn"] == "next" else -1)
        day = monday + timedelta(days=weekday - 1)
    elif turn in _PAST_TURNS:
        day = anchor - timedelta(days=back or 7)
    elif turn in _NEXT_TURNS:
        day = anchor + timedelta(days=ahead or 7)
    elif told and not turn:  # the nearest one to the last day told
        day = anchor + timedelta(days=ahead if ahead <= 3 else -back)
    else:
        coming = e.tense is Tense.FUTURE or (e.tense is Tense.SCHEDULED and ahead <= _SCHEDULED_DAYS)
        day = anchor + timedelta(days=ahead if coming else -back)
    return _within_day(of_date(day), g)


def _day_turn(e: Expression, context: TimeContext) -> CalendarTime:
    turn = e.groups["turn"]
    days = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(turn, 0)
    base = context.today
    made = CalendarTime("D") if base is None else of_date(base + timedelta(days=days))
    return _within_day(made, e.groups)


def _night(e: Expression, context: TimeContext) -> CalendarTime:
    turn = e.groups["turn"]
    part = "EV" if turn == "last evening" else "NI"
    base = context.anchor() if context.history else context.today
    if base is None:
        return CalendarTime("D", part=part)
    return of_date(base if turn == "tonight" else base - timedelta(days=1), part=part, edge=_edge(e.groups))


def _night_between(e: Expression, context: TimeContext) -> CalendarTime:
    return replace(_weekday(replace(e, groups={"weekday": e.groups["weekday"]}), context), part="NI")


def _part(e: Expression, context: TimeContext) -> CalendarTime | Reading:
    g = e.groups
    turn = g.get("that_day") or g.get("turn", "")
    if turn in ("each", "every"):
        return Reading("SET", f"XXXX-XX-XXT{_part_code(g)}")
    if turn in ("this", "yesterday", "tomorrow") and not context.history:
        base = context.today
    elif abs(e.sentence - context.sentence) > 600 and "next" not in turn and "following" not in turn:
        base = None if context.history else context.today  # nothing told nearby
    else:
        base = context.anchor()
    if base is None or (g.get("part", "").endswith("s") and not turn):
        return _within_day(CalendarTime("D"), g)
    days = (
        1
        if "next" in turn or "following" in turn or turn == "tomorrow"
        else -1
        if turn in ("the previous", "yesterday")
        else 0
    )
    return _within_day(of_date(base + timedelta(days=days)), g)


def _clock_time(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    nearby = abs(e.sentence - context.sentence) < 400
    base = context.anchor() if nearby or context.history else context.today
    return _within_day(CalendarTime("D") if base is None else of_date(base), g)


def _within_day(made: CalendarTime, g: dict[str, str]) -> CalendarTime:
    """``made`` narrowed to the part of the day, or the clock time, that the words give."""
    if {"hour", "hour24", "hour4", "oclock", "noon"} & g.keys():
        zone = LEXICON["zones"].get(g["zone"].strip("()")) if "zone" in g else None
        moved = made.as_date
        clock = _clock(g)
        if clock.startswith("24") and moved is not None:
            made, clock = of_date(moved + timedelta(days=1)), f"00{clock[2:]}"
        if _part_code(g) in ("AF", "EV") and "half" not in g and int(clock[:2]) < 12:  # "6 o'clock this afternoon"
            clock = f"{int(clock[:2]) + 12}{clock[2:]}"
        return replace(made, clock=clock, zone=zone, part=None)
    edge = _edge(g)
    part = _part_code(g)
    if part == "MO" and "small_hours" in g or g.get("part_of") in ("early hours", "small hours"):
        edge = "START"
    if "dawn" in g or (g.get("part", "").startswith("early")):
        edge = "START"
    return replace(made, part=part, edge=edge)


def _part_code(g: dict[str, str]) -> str | None:
    if "small_hours" in g or "dawn" in g or g.get("part_of") in ("early hours", "small hours"):
        return "MO"
    for name in ("part", "part_of", "weekday_part", "after_part", "oclock_part"):
        if name in g:
            return _PARTS[g[name].removeprefix("early ")]
    return None


def _clock(g: dict[str, str]) -> str:
    if "noon" in g:
        return "00:00" if g["noon"] == "midnight" else "12:00"
    if "oclock" in g:
        hour = int(_number(g["oclock"]) or 0)
        return f"{hour % 24:02d}:00"
    if "hour4" in g:
        return f"{g['hour4']}:{g['minute4']}"
    if "hour24" in g:
        return f"{int(g['hour24']):02d}:{g['minute24']}" + (f":{g['second24']}" if "second24" in g else "")
    hour, half = int(g["hour"]), g["half"][0]
    hour = hour % 12 + 12 if half == "p" and hour <= 12 else 0 if half == "a" and hour == 12 else hour
    return f"{hour:02d}:{g.get('minute', '00')}" + (f":{g['second']}" if "second" in g else "")


# ---------------------------------------------------------------------------------------------------
# Counted from another time


def _shift(e: Expression, context: TimeContext) -> CalendarTime | Reading:
    g = e.groups
    unit = _UNITS[g["unit"]]
    back = g["side"] in _BACK
    ago = g["side"] in ("ago", "from now", "hence")
    base = context.today if ago and not context.history else context.anchor()
    count = _number(g.get("count", ""))
    if "count" not in g and g["unit"].rstrip("s") == g["unit"]:
        count = 1
    if count is None:
        return _open_ended(base, back)
    if "and_half" in g:
        unit, count = _halved(unit, count)
    return _moved(base, unit, round(-count if back else count), context)


def _moved(base: date | None, unit: str, count: int, context: TimeContext) -> CalendarTime | Reading:
    point = context.point
    if unit in ("S", "MIN", "H"):
        return Reading("TIME", "XXXX-XX-XXTXX") if base is None else _hours_away(base)
    if base is None:
        if point is not None and point.year is not None:
            return _moved_roughly(point, unit, count)
        return {"D": CalendarTime("D"), "NI": CalendarTime("D", part="NI"), "M": CalendarTime("M")}.get(
            unit, Reading("DATE", {"W": "XXXX-WXX", "FN": "XXXX-WXX", "DE": "XXX", "CE": "XX"}.get(unit, "XXXX"))
        )
    moved = shift(base, unit, count)
    return _at_grain(moved, unit)


def _at_grain(day: date, unit: str) -> CalendarTime:
    match unit:
        case "W" | "FN":
            return of_week(day)
        case "WE":
            return of_week(day, "WE")
        case "M":
            return CalendarTime("M", year=day.year, month=day.month)
        case "Q":
            return CalendarTime("Q", year=day.year, fraction=(day.month - 1) // 3 + 1)
        case "Y" | "DE" | "CE":
            return CalendarTime(unit, year=day.year)
        case "NI":
            return of_date(day, part="NI")
    return of_date(day)


def _moved_roughly(point: CalendarTime, unit: str, count: int) -> CalendarTime:
    """Counted from a time that is no day: two months after May 1994 is July, two days after it is not known."""
    year = point.year or 0
    if unit in ("Y", "DE", "CE"):
        moved = year + count * {"Y": 1, "DE": 10, "CE": 100}[unit]
        return CalendarTime(unit, year=moved if moved * year > 0 else moved + (1 if moved >= 0 > year else 0))
    if unit == "M" and point.month and year > 0:
        moved_day = shift(date(year, point.month, 1), "M", count)
        return CalendarTime("M", year=moved_day.year, month=moved_day.month)
    if point.month:
        return CalendarTime("D", year=year, month=point.month)
    return CalendarTime("M", year=year)


def _hours_away(base: date) -> Reading:
    return Reading("TIME", f"{base.isoformat()}TXX", base.isoformat(), base.isoformat(), Precision.DAY)


def _open_ended(base: date | None, back: bool) -> Reading:
    """ "Days earlier": before its anchor, and nobody said how long."""
    anchor = base.isoformat() if base else None
    return Reading("DATE", "PAST_REF" if back else "FUTURE_REF", None if back else anchor, anchor if back else None)


def _turn(e: Expression, context: TimeContext) -> CalendarTime | Reading:
    g = e.groups
    turn = g["turn"].replace(" very", "").replace("this same", "this")
    season = LEXICON["seasons"].get(g["unit"])
    unit = "SEASON" if season else _UNITS[g["unit"]]
    if "year" in g:
        return CalendarTime(unit, year=int(g["year"]), season=season, edge=_edge(g))
    told = turn.startswith(("the ", "that", "later", "earlier")) or turn in ("following", "previous") or context.history
    base = (context.day or (None if context.history else context.today)) if told else context.today
    count = 1 if turn in _NEXT_TURNS else -1 if turn in _PAST_TURNS else 0
    if unit == "D" and turn in ("this", "that", "that same", "the same", "the", "the current", "the present"):
        count = 0
    point = context.point if told else context.published
    made: CalendarTime | Reading
    if unit in ("Y", "M", "DE", "CE", "SEASON", "Q") and point is not None and point.year is not None:
        made = _turned_period(point, unit, season, count, e)
    elif base is None:
        made = CalendarTime("SEASON", season=season) if season else _moved(None, unit, count, context)
    else:
        made = _at_grain(shift(base, unit, count), unit)
    if isinstance(made, Reading):
        return made
    return _narrowed(_within_day(made, g), turn, g, context)


def _turned_period(point: CalendarTime, unit: str, season: str | None, count: int, e: Expression) -> CalendarTime:
    year = point.year or 0
    if unit == "SEASON" and season:
        first = LEXICON["season_months"][season][0]
        now = point.month or (LEXICON["season_months"][point.season][0] if point.season else 0)
        if count < 0:
            year -= 0 if now >= first + 3 or (count and now > first + 2) else 1
        elif count > 0:
            year += 0 if now < first else 1
        elif now < first and e.tense is Tense.PAST and now:
            year -= 1 if now + 2 < first and season != "SP" else 0
        return CalendarTime("SEASON", year=year, season=season)
    if unit == "M" and not point.month:
        return CalendarTime("M", year=year)
    return (
        _moved_roughly(point, unit, count) if count or unit != "M" else CalendarTime("M", year=year, month=point.month)
    )


def _narrowed(made: CalendarTime, turn: str, g: dict[str, str], context: TimeContext) -> CalendarTime:
    """ "Earlier this month" ends on the day of publication; "later this week" begins there."""
    side = g.get("edge", "") if g.get("edge") in ("earlier", "later") else turn.split()[0]
    today = context.today
    if made.unit == "D" or today is None or side not in ("earlier", "later"):
        return made
    return replace(
        made, edge=None, before=today if side == "earlier" else None, after=today if side == "later" else None
    )


def _day_side(e: Expression, context: TimeContext) -> CalendarTime | Reading:
    unit = _UNITS.get(e.groups["unit"], "D")
    made = _moved(context.anchor(), unit, -1 if e.groups["side"] in ("before", "earlier") else 1, context)
    if isinstance(made, CalendarTime) and e.groups["unit"] == "evening":
        return replace(made, part="EV")
    return made


def _event_day(e: Expression, context: TimeContext) -> CalendarTime:
    return CalendarTime("D")


# ---------------------------------------------------------------------------------------------------
# Durations, sets, and words that only point


def _duration(e: Expression, context: TimeContext) -> Reading:
    g = e.groups
    unit = _UNITS[g["unit"]]
    count = 1 if "full" in g else _number(g.get("count", ""))
    if "half" in g:
        unit, count = _halved(unit, 0)
    elif ("and_half" in g or "half_mid" in g) and count is not None:
        unit, count = _halved(unit, count)
    return Reading("DURATION", _duration_value(unit, count), precision=_grain(unit))


def _span(e: Expression, context: TimeContext) -> Reading | CalendarTime:
    g = e.groups
    unit, turn = _UNITS[g["unit"]], g["turn"]
    count = _number(g.get("count", ""))
    if count is None and "count" not in g:
        if g["unit"].endswith("s"):
            return Reading("DURATION", _duration_value(unit, None), precision=_grain(unit))
        count = 1
        if turn in ("first", "final", "opening", "closing") and not g.keys() & {"of_year", "of_month"}:  # a day within something, and nobody says when that was
            return Reading("DATE", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit, "XXXX-XX-XX"))
    reading = Reading("DURATION", _duration_value(unit, count), precision=_grain(unit))
    if count is not None and (within := _span_within(g, turn, unit, round(count), e, context)) is not None:
        return replace(reading, earliest=within[0].isoformat(), latest=within[1].isoformat())
    base = context.today
    if context.history or base is None or count is None or unit in ("S", "MIN", "H"):
        return reading
    if turn in ("last", "past"):
        return replace(reading, earliest=shift(base, unit, -round(count)).isoformat(), latest=base.isoformat())
    if turn in ("next", "coming"):
        return replace(reading, earliest=base.isoformat(), latest=shift(base, unit, round(count)).isoformat())
    return reading


def _span_within(
    g: dict[str, str], turn: str, unit: str, count: int, e: Expression, context: TimeContext
) -> tuple[date, date] | None:
    """ "The first ten months of 1915", "the last week of October": days counted from one end of the whole."""
    if "of_year" in g:
        whole = CalendarTime("Y", year=int(g["of_year"]))
    elif "of_month" in g:
        month = _month_number(g["of_month"])
        year = int(g["of_month_year"]) if "of_month_year" in g else _year_for(month, None, e, context)
        whole = CalendarTime("M", year=year, month=month)
    else:
        return None
    context.remember(whole, e.sentence)
    first, last = interval_of(whole)
    if first is None or last is None or unit not in ("D", "W", "FN", "M", "Q", "Y"):
        return None
    one_day = timedelta(days=1)
    if turn in ("first", "opening"):
        return date.fromisoformat(first), shift(date.fromisoformat(first), unit, count) - one_day
    if turn in ("last", "final", "closing"):
        return shift(date.fromisoformat(last) + one_day, unit, -count), date.fromisoformat(last)
    return None


def _recent(e: Expression, context: TimeContext) -> Reading:
    back = e.groups["recent"] == "recent"
    return _open_ended(None if context.history else context.today, back)


def _bare_units(e: Expression, context: TimeContext) -> Reading:
    unit = _UNITS[e.groups["unit"]]
    return Reading("DURATION", _duration_value(unit, None), precision=_grain(unit))


def _long(e: Expression, context: TimeContext) -> Reading:
    unit = _UNITS[e.groups["unit"]]
    return Reading(
        "DURATION", _duration_value(unit, None if e.groups["unit"].endswith("s") else 1), precision=_grain(unit)
    )


def _every(e: Expression, context: TimeContext) -> Reading:
    g = e.groups
    if g["unit"] in LEXICON["seasons"]:
        return Reading("SET", f"XXXX-{LEXICON['seasons'][g['unit']]}", precision=Precision.SEASON)
    if g["unit"] in ("morning", "evening", "afternoon"):
        return Reading("SET", f"XXXX-XX-XXT{_PARTS[g['unit']]}", precision=Precision.PART_OF_DAY)
    unit = _UNITS[g["unit"]]
    count = 2 if "other" in g else _number(g.get("count", "")) if "count" in g else None if "few" in g else 1
    return Reading("SET", _duration_value(unit, count), precision=_grain(unit))


def _per(e: Expression, context: TimeContext) -> Reading:
    unit = _UNITS[e.groups["unit"]]
    return Reading("SET", _duration_value(unit, 1), precision=_grain(unit))


def _set_word(e: Expression, context: TimeContext) -> Reading:
    value = LEXICON["sets"][e.groups["word"]]
    return Reading("SET", value, precision=_grain(value[-1] if value[0] == "P" else "NI"))


def _weekday_set(e: Expression, context: TimeContext) -> Reading:
    name = e.groups.get("weekday") or e.groups["weekdays"].removesuffix("s")
    part = f"T{_PARTS[e.groups['part']]}" if "part" in e.groups else ""
    return Reading("SET", f"XXXX-WXX-{LEXICON['weekdays'][name]}{part}", precision=Precision.DAY)


def _reference(e: Expression, context: TimeContext) -> Reading:
    value = LEXICON["references"][e.groups["word"]]
    if value == "CONTEXT":
        return _same_time(e, context)
    today = context.today
    if today is None or context.history:
        return Reading("DATE", value)
    day = today.isoformat()
    if value == "PRESENT_REF":
        return Reading("DATE", value, day, day, Precision.DAY)
    return Reading("DATE", value, None if value == "PAST_REF" else day, day if value == "PAST_REF" else None)


def _same_time(e: Expression, context: TimeContext) -> Reading:
    return _written(context.point) if context.point is not None else Reading("DATE", "PRESENT_REF")


def _unread(e: Expression, context: TimeContext) -> Reading:
    return Reading("DATE", "XXXX-XX-XX")


_READERS: Final[dict[str, Callable[[Expression, TimeContext], CalendarTime | Reading]]] = {
    "iso": _iso, "numeric": _numeric, "date": _date, "month": _month, "month_turn": _month_turn, "month_of": _month_of,
    "year": _year, "short_year": _short_year, "decade": _decade, "century": _century, "fiscal": _fiscal, "season": _season,
    "holiday": _holiday, "shift_holiday": _holiday, "weekday": _weekday, "weekday_set": _weekday_set, "day_turn": _day_turn,
    "night": _night, "night_between": _night_between, "part": _part, "clock": _clock_time, "shift": _shift, "turn": _turn,
    "day_side": _day_side, "event_day": _event_day, "span": _span, "duration": _duration, "recent": _recent, "long": _long,
    "bare_units": _bare_units, "every": _every, "per": _per, "set_word": _set_word, "reference": _reference,
    "same_time": _same_time,
}  # fmt: skip


# ---------------------------------------------------------------------------------------------------
# Small readings


def _duration_value(unit: str, count: float | None) -> str:
    if unit == "FN":
        unit, count = "W", None if count is None else 2 * count
    number = "X" if count is None else f"{count:g}" if count < 1e6 else f"{count:.0f}"
    if unit in ("S", "MIN", "H"):
        return f"PT{number}{unit[0]}"
    return f"P{number}{unit}"


def _halved(unit: str, count: float) -> tuple[str, float]:
    """``count`` and a half of ``unit``, in a unit in which that is a whole number."""
    smaller = {"Y": ("M", 12), "H": ("MIN", 60), "MIN": ("S", 60), "D": ("H", 24), "DE": ("Y", 10), "CE": ("Y", 100)}
    if unit not in smaller:
        return unit, count + 0.5
    small, size = smaller[unit]
    return small, count * size + size // 2


def _grain(unit: str) -> Precision:
    return {
        "S": Precision.SECOND, "MIN": Precision.MINUTE, "H": Precision.HOUR, "D": Precision.DAY, "NI": Precision.PART_OF_DAY,
        "W": Precision.WEEK, "WE": Precision.WEEK, "FN": Precision.WEEK, "M": Precision.MONTH, "Q": Precision.SEASON,
        "Y": Precision.YEAR,
    }.get(unit, Precision.DECADE)  # fmt: skip


def _number(words: str) -> float | None:
    """The number that the words spell; None for "several" and the like."""
    if not words:
        return None
    digits = words.replace(",", "")
    if digits.replace(".", "", 1).isdigit():
        return float(digits)
    if words in LEXICON["vague"]["words"] or "couple" in words:
        return None
    total = 0
    for word in words.replace("-", " ").split():
        if word not in _NUMBERS:
            return None
        total += _NUMBERS[word]
    return total


def _ordinal(words: str) -> int:
    return LEXICON["ordinals"].get(words) or int("".join(c for c in words if c.isdigit()))


def _month_number(name: str) -> int:
    number: int = LEXICON["months"][name.rstrip(".")]
    return number


def _edge(g: dict[str, str]) -> str | None:
    word = g.get("edge") or g.get("edge_noun") or g.get("edge2") or g.get("part_edge")
    return _EDGES.get(word) if word else None


def _year_month(context: TimeContext, told: bool) -> tuple[int, int] | None:
    point = context.point if told and context.point is not None else context.published
    if point is None or point.year is None or point.month is None:
        return None
    return point.year, point.month


def _turned_year(turn: str, context: TimeContext) -> int | None:
    told = turn in ("that", "the same", "the following", "the previous", "the year") or context.history
    point = context.point if told and context.point is not None else context.published
    if point is None or point.year is None:
        return None
    return point.year + (
        1 if "next" in turn or "following" in turn else -1 if "last" in turn or "previous" in turn else 0
    )
