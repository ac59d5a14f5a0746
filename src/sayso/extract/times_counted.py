"""Times counted from another: "two days later", "the following week", "last year"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from sayso.extract.times_calendar import LEXICON, CalendarTime, of_date, of_week, shift
from sayso.extract.times_context import Reading, TimeContext, open_ended
from sayso.extract.times_days import within_day
from sayso.extract.times_find import Expression
from sayso.extract.times_tense import Tense
from sayso.extract.times_words import NEXT_TURNS, PAST_TURNS, UNITS, edge_of, halved, number
from sayso.model import Precision

_BACK: Final = frozenset({"ago", "earlier", "before", "previously", "prior", "beforehand"})


def read_shift(e: Expression, context: TimeContext) -> CalendarTime | Reading:
    g = e.groups
    unit = UNITS[g["unit"]]
    back = g["side"] in _BACK
    ago = g["side"] in ("ago", "from now", "hence")
    base = context.today if ago and not context.history else context.anchor()
    count = number(g.get("count", ""))
    if "count" not in g and g["unit"].rstrip("s") == g["unit"]:
        count = 1
    if count is None:
        return open_ended(base, back)
    if "and_half" in g:
        unit, count = halved(unit, count)
    return moved(base, unit, round(-count if back else count), context)


def moved(base: date | None, unit: str, count: int, context: TimeContext) -> CalendarTime | Reading:
    point = context.point
    if unit in ("S", "MIN", "H"):
        if point is not None and point.clock and point.as_date == base and base is not None:
            return _clock_away(point, base, unit, count)
        return Reading("TIME", "XXXX-XX-XXTXX") if base is None else _hours_away(base)
    if base is None:
        if point is not None and point.year is not None:
            return moved_roughly(point, unit, count)
        return {"D": CalendarTime("D"), "NI": CalendarTime("D", part="NI"), "M": CalendarTime("M")}.get(
            unit, Reading("DATE", {"W": "XXXX-WXX", "FN": "XXXX-WXX", "DE": "XXX", "CE": "XX"}.get(unit, "XXXX"))
        )
    moved = shift(base, unit, count)
    return at_grain(moved, unit)


def at_grain(day: date, unit: str) -> CalendarTime:
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


def moved_roughly(point: CalendarTime, unit: str, count: int) -> CalendarTime:
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


def _clock_away(point: CalendarTime, base: date, unit: str, count: int) -> CalendarTime:
    """ "Ten minutes later", after a clock time."""
    moment = datetime.fromisoformat(f"{base.isoformat()}T{point.clock}")
    moment += timedelta(seconds=count * {"S": 1, "MIN": 60, "H": 3600}[unit])
    clock = moment.strftime("%H:%M:%S" if unit == "S" or len(point.clock or "") > len("00:00") else "%H:%M")
    return replace(of_date(moment.date()), clock=clock, zone=point.zone)


def _hours_away(base: date) -> Reading:
    return Reading("TIME", f"{base.isoformat()}TXX", base.isoformat(), base.isoformat(), Precision.DAY)


def read_turn(e: Expression, context: TimeContext) -> CalendarTime | Reading:
    g = e.groups
    turn = g["turn"].replace(" very", "").replace("this same", "this")
    season = LEXICON["seasons"].get(g["unit"])
    unit = "SEASON" if season else UNITS[g["unit"]]
    if "year" in g:
        return CalendarTime(unit, year=int(g["year"]), season=season, edge=edge_of(g))
    told = turn.startswith(("the ", "that", "later", "earlier")) or turn in ("following", "previous") or context.history
    base = (context.day or (None if context.history else context.today)) if told else context.today
    count = 1 if turn in NEXT_TURNS else -1 if turn in PAST_TURNS else 0
    if unit == "D" and turn in ("this", "that", "that same", "the same", "the", "the current", "the present"):
        count = 0
    point = context.point if told else context.published
    made: CalendarTime | Reading
    if unit in ("Y", "M", "DE", "CE", "SEASON", "Q") and point is not None and point.year is not None:
        made = _turned_period(point, unit, season, count, e)
    elif base is None:
        made = CalendarTime("SEASON", season=season) if season else moved(None, unit, count, context)
    else:
        made = at_grain(shift(base, unit, count), unit)
    if isinstance(made, Reading):
        return made
    return _narrowed(within_day(made, g), turn, g, context)


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
        moved_roughly(point, unit, count) if count or unit != "M" else CalendarTime("M", year=year, month=point.month)
    )


def _narrowed(made: CalendarTime, turn: str, g: dict[str, str], context: TimeContext) -> CalendarTime:
    """ "Earlier this month" ends on the day of publication; "later this week" begins there."""
    side = g.get("edge", "") if g.get("edge") in ("earlier", "later") else turn.split(maxsplit=1)[0]
    today = context.today
    if made.unit == "D" or today is None or side not in ("earlier", "later"):
        return made
    return replace(
        made, edge=None, before=today if side == "earlier" else None, after=today if side == "later" else None
    )


def read_day_side(e: Expression, context: TimeContext) -> CalendarTime | Reading:
    unit = UNITS.get(e.groups["unit"], "D")
    made = moved(context.anchor(), unit, -1 if e.groups["side"] in ("before", "earlier") else 1, context)
    if isinstance(made, CalendarTime) and e.groups["unit"] == "evening":
        return replace(made, part="EV")
    return made


def read_event_day(e: Expression, context: TimeContext) -> CalendarTime:
    return CalendarTime("D")
