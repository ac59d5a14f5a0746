"""Dates by the calendar: days, months, years, decades, seasons and holidays, with the year that they leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from sayso.extract.times_calendar import LEXICON, CalendarTime, holiday, of_date
from sayso.extract.times_context import TimeContext
from sayso.extract.times_days import clock_of, within_day
from sayso.extract.times_find import Expression
from sayso.extract.times_tense import Tense
from sayso.extract.times_words import NEXT_TURNS, PAST_TURNS, edge_of, month_number, ordinal, turned_year, year_month

_SCHEDULED_MONTHS: Final = 4  # "the November election" told in September lies ahead, told in January behind

_JUST_PASSED: Final = 2  # months: nobody says "in March" in April for that of next year


def read_iso(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    day = date(int(g["year"]), int(g["month"]), int(g["day"]))
    made = of_date(day)
    if "hour24" not in g:
        return made
    offset = g.get("offset", "").upper()
    zone = offset if not offset or offset == "Z" or ":" in offset else f"{offset[:3]}:{offset[3:]}"
    return replace(made, clock=clock_of(g), zone=zone or None)


def read_numeric(e: Expression, context: TimeContext) -> CalendarTime:
    first, second, year = int(e.groups["first"]), int(e.groups["second"]), int(e.groups["year"])
    # 23.05 is day first; 5/23 is month first in American English, unless the number can be no month.
    day_first = e.groups["mark"] == "." or first > 12
    day, month = (first, second) if day_first else (second, first)
    if month > 12:
        day, month = month, day
    return of_date(date(year, month, day))


def read_named_day(e: Expression, context: TimeContext) -> CalendarTime:
    return of_date(date.fromisoformat(LEXICON["named_days"][e.groups["named"]]))


def read_date(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    month, day = month_number(g["month"]), int(g["day"].rstrip("stndrh"))
    year = named_year(g, context) or year_for(month, day, e, context)
    if year is not None and year > 0:
        date(year, month, day)  # raises on 31 June
    made = CalendarTime("D", year=year, month=month, day=day)
    return within_day(made, g)


def read_month(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    month = month_number(g["month"])
    year = named_year(g, context) or year_for(month, None, e, context)
    return CalendarTime("M", year=year, month=month, edge=edge_of(g))


def read_month_turn(e: Expression, context: TimeContext) -> CalendarTime:
    month, turn = month_number(e.groups["month"]), e.groups["turn"]
    made = CalendarTime("M", month=month, edge=edge_of(e.groups))
    told = turn.startswith("the ") or turn in ("following", "previous") or context.history
    base = year_month(context, told)
    if base is None:
        return made
    year, now = base
    if turn in PAST_TURNS:
        return replace(made, year=year if month < now else year - 1)
    if turn in NEXT_TURNS:
        return replace(made, year=year if month > now else year + 1)
    return replace(made, year=year)


def read_month_of(e: Expression, context: TimeContext) -> CalendarTime:
    year = turned_year(e.groups["turn"], context)
    return CalendarTime("M", year=year, month=month_number(e.groups["month"]), edge=edge_of(e.groups))


def read_year(e: Expression, context: TimeContext) -> CalendarTime:
    year = int(e.groups["year"])
    if e.groups.get("era", "").replace(".", "").startswith("b"):
        year = -year
    return CalendarTime("Y", year=year, edge=edge_of(e.groups))


def read_short_year(e: Expression, context: TimeContext) -> CalendarTime:
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


def read_decade(e: Expression, context: TimeContext) -> CalendarTime:
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
    return CalendarTime("DE", year=-year if "era" in g else year, edge=edge_of(g))


def read_century(e: Expression, context: TimeContext) -> CalendarTime:
    number = ordinal(e.groups["ordinal"])
    year = (number - 1) * 100
    return CalendarTime("CE", year=-number * 100 if "era" in e.groups else year or 1, edge=edge_of(e.groups))


def read_fiscal(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    year = int(g["year"]) if "year" in g else turned_year(g["turn"], context)
    half = g["piece"] == "half"
    rank = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(g["rank"], 2 if half else 4)
    return CalendarTime("HALF" if half else "Q", year=year, fraction=rank)


def read_season(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    season = LEXICON["seasons"][g["season"]]
    made = CalendarTime("SEASON", season=season, edge=edge_of(g))
    if "year" in g or "bc" in g:
        return replace(made, year=named_year(g, context))
    if "turn" in g:
        return replace(made, year=turned_year(g["turn"], context))
    return replace(made, year=year_for(LEXICON["season_months"][season][0], None, e, context))


def read_holiday(e: Expression, context: TimeContext) -> CalendarTime:
    name = e.groups["holiday"].replace("’", "'")
    rule = LEXICON["holidays"][name]
    near = holiday(rule, 2001)
    turn = e.groups.get("turn")
    if "year" in e.groups:
        year: int | None = int(e.groups["year"])
    elif turn and (base := year_month(context, told=False)):
        ahead = near.month > base[1]
        year = base[0] + ({"last": -1, "next": 0}.get(turn, 0) if ahead else {"last": 0, "next": 1}.get(turn, 0))
    else:
        year = year_for(near.month, near.day, e, context)
    made = (
        CalendarTime("D", year=year, month=near.month, day=near.day) if year is None else of_date(holiday(rule, year))
    )
    if name.endswith("night"):
        made = replace(made, part="NI")
    return within_day(made, e.groups)


def named_year(g: dict[str, str], context: TimeContext) -> int | None:
    if "bc" in g:
        return -int(g["bc"])
    if "year_of" in g:  # "between November and April 1918"
        return int(g["year_of"]) - (1 if month_number(g["month"]) > month_number(g["month_of"]) else 0)
    if "year_turn" in g:
        return turned_year(g["year_turn"], context)
    return int(g["year"]) if "year" in g else None


def year_for(month: int, day: int | None, e: Expression, context: TimeContext) -> int | None:
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
        # "It is to open in March" told in December; told in April it means the month that has just passed.
        coming = e.tense is Tense.FUTURE and published.month - month >= _JUST_PASSED
        return published.year + (1 if coming else 0)
    ahead = e.tense is Tense.FUTURE or (e.tense is Tense.UNKNOWN and e.previous in ("until", "till", "by", "through"))
    if e.tense is Tense.SCHEDULED or (e.tense is Tense.UNKNOWN and day is not None):
        # Agencies leave out the year of a day of the current year: "the second debate, Oct. 9" told in September.
        ahead = month - published.month <= _SCHEDULED_MONTHS
    # A few days ahead is this year whatever the verb: time zones, and plans told without "will".
    soon = day is not None and month == published.month and e.tense is not Tense.PAST
    return published.year if ahead or soon else published.year - 1
