"""Days told by their place in the week or from today, parts of the day, and clock times."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sayso.extract.times_calendar import LEXICON, CalendarTime, of_date
from sayso.extract.times_context import Reading, TimeContext
from sayso.extract.times_find import Expression
from sayso.extract.times_tense import Tense
from sayso.extract.times_words import NEXT_TURNS, PARTS, PAST_TURNS, edge_of, number

# The groups of the grammar that hold the hour of a clock time.
_CLOCKS: Final = frozenset({"hour", "hour24", "hour4", "hour0", "hour1", "hour2", "oclock", "noon"})
_SCHEDULED_DAYS: Final = 3  # "Monday's debate" told on a Friday lies ahead, told on a Thursday behind


def read_weekday(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    weekday = LEXICON["weekdays"][g["weekday"]]
    turn = g.get("turn", "")
    told = turn in ("the following", "the next", "the previous", "that", "the same") or context.history
    anchor = context.anchor() if told else context.today
    if anchor is None:
        return within_day(CalendarTime("D", weekday=weekday), g)
    back = (anchor.isoweekday() - weekday) % 7
    ahead = (weekday - anchor.isoweekday()) % 7
    if "week_turn" in g:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=1 if g["week_turn"] == "next" else -1)
        day = monday + timedelta(days=weekday - 1)
    elif turn in PAST_TURNS:
        day = anchor - timedelta(days=back or 7)
    elif turn in NEXT_TURNS:
        day = anchor + timedelta(days=ahead or 7)
    elif told and not turn:  # the nearest one to the last day told
        day = anchor + timedelta(days=ahead if ahead <= 3 else -back)
    else:
        coming = e.tense is Tense.FUTURE or (e.tense is Tense.SCHEDULED and ahead <= _SCHEDULED_DAYS)
        day = anchor + timedelta(days=ahead if coming else -back)
    return within_day(of_date(day), g)


def read_day_turn(e: Expression, context: TimeContext) -> CalendarTime:
    turn = e.groups["turn"]
    days = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(turn, 0)
    base = context.today
    made = CalendarTime("D") if base is None else of_date(base + timedelta(days=days))
    return within_day(made, e.groups)


def read_night(e: Expression, context: TimeContext) -> CalendarTime:
    turn = e.groups["turn"]
    part = "EV" if turn == "last evening" else "NI"
    base = context.anchor() if context.history else context.today
    if base is None:
        return CalendarTime("D", part=part)
    return of_date(base if turn == "tonight" else base - timedelta(days=1), part=part, edge=edge_of(e.groups))


def read_night_between(e: Expression, context: TimeContext) -> CalendarTime:
    return replace(read_weekday(replace(e, groups={"weekday": e.groups["weekday"]}), context), part="NI")


def read_part(e: Expression, context: TimeContext) -> CalendarTime | Reading:
    g = e.groups
    turn = g.get("that_day") or g.get("turn", "")
    if turn in ("each", "every"):
        return Reading("SET", f"XXXX-XX-XXT{part_code(g)}")
    if turn in ("this", "yesterday", "tomorrow") and not context.history:
        base = context.today
    elif abs(e.sentence - context.sentence) > 600 and "next" not in turn and "following" not in turn:
        base = None if context.history else context.today  # nothing told nearby
    else:
        base = context.anchor()
    if base is None or (g.get("part", "").endswith("s") and not turn):
        return within_day(CalendarTime("D"), g)
    days = (
        1
        if "next" in turn or "following" in turn or turn == "tomorrow"
        else -1
        if turn in ("the previous", "yesterday")
        else 0
    )
    return within_day(of_date(base + timedelta(days=days)), g)


def read_clock(e: Expression, context: TimeContext) -> CalendarTime:
    g = e.groups
    nearby = abs(e.sentence - context.sentence) < 400
    base = context.anchor() if nearby or context.history else context.today
    return within_day(CalendarTime("D") if base is None else of_date(base), g)


def within_day(made: CalendarTime, g: dict[str, str]) -> CalendarTime:
    """``made`` narrowed to the part of the day, or the clock time, that the words give."""
    if _CLOCKS & g.keys():
        zone = LEXICON["zones"].get(g["zone"].strip("()")) if "zone" in g else None
        moved = made.as_date
        clock = clock_of(g)
        if clock.startswith("24") and moved is not None:
            made, clock = of_date(moved + timedelta(days=1)), f"00{clock[2:]}"
        if part_code(g) in ("AF", "EV") and "half" not in g and int(clock[:2]) < 12:  # "6 o'clock this afternoon"
            clock = f"{int(clock[:2]) + 12}{clock[2:]}"
        return replace(made, clock=clock, zone=zone, part=None)
    edge = edge_of(g)
    part = part_code(g)
    if (part == "MO" and "small_hours" in g) or g.get("part_of") in ("early hours", "small hours"):
        edge = "START"
    if "dawn" in g or (g.get("part", "").startswith("early")):
        edge = "START"
    return replace(made, part=part, edge=edge)


def part_code(g: dict[str, str]) -> str | None:
    if "small_hours" in g or "dawn" in g or g.get("part_of") in ("early hours", "small hours"):
        return "MO"
    for name in ("part", "part_of", "weekday_part", "after_part", "oclock_part"):
        if name in g:
            return PARTS[g[name].removeprefix("early ")]
    return None


def clock_of(g: dict[str, str]) -> str:
    if "noon" in g:
        return "00:00" if g["noon"] == "midnight" else "12:00"
    if "oclock" in g:
        hour = int(number(g["oclock"]) or 0)
        return f"{hour % 24:02d}:00"
    for n in ("4", "0", "1", "2"):
        if f"hour{n}" in g:
            return f"{g[f'hour{n}']}:{g[f'minute{n}']}"
    if "hour24" in g:
        return f"{int(g['hour24']):02d}:{g['minute24']}" + (f":{g['second24']}" if "second24" in g else "")
    hour, half = int(g["hour"]), g["half"][0]
    hour = hour % 12 + 12 if half == "p" and hour <= 12 else 0 if half == "a" and hour == 12 else hour
    return f"{hour:02d}:{g.get('minute', '00')}" + (f":{g['second']}" if "second" in g else "")
