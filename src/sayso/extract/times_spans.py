"""Durations, times that recur, and words that only point ("now", "recently")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sayso.extract.times_calendar import LEXICON, CalendarTime, interval_of, shift
from sayso.extract.times_context import Reading, TimeContext, open_ended, written
from sayso.extract.times_counted import at_grain
from sayso.extract.times_dates import year_for
from sayso.extract.times_find import Expression
from sayso.extract.times_words import PARTS, UNITS, duration_value, grain, halved, month_number, number
from sayso.model import Precision


def read_duration(e: Expression, context: TimeContext) -> Reading:
    g = e.groups
    unit = UNITS[g["unit"]]
    count = 1 if "full" in g else number(g.get("count", ""))
    if "half" in g:
        unit, count = halved(unit, 0)
    elif ("and_half" in g or "half_mid" in g) and count is not None:
        unit, count = halved(unit, count)
    return Reading("DURATION", duration_value(unit, count), precision=grain(unit))


def read_span(e: Expression, context: TimeContext) -> Reading | CalendarTime:
    g = e.groups
    unit, turn = UNITS[g["unit"]], g["turn"]
    count = number(g.get("count", ""))
    if count is None and "count" not in g:
        if g["unit"].endswith("s"):
            return Reading("DURATION", duration_value(unit, None), precision=grain(unit))
        count = 1
        if unit == "Q" and turn in ("last", "past", "previous") and context.today is not None:
            return at_grain(shift(context.today, unit, -1), unit)  # companies report on it: never three months
        if turn in ("first", "final", "opening", "closing") and not g.keys() & {
            "of_year",
            "of_month",
        }:  # a day within something, and nobody says when that was
            return Reading(
                "DATE", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit, "XXXX-XX-XX")
            )
    reading = Reading("DURATION", duration_value(unit, count), precision=grain(unit))
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
        month = month_number(g["of_month"])
        year = int(g["of_month_year"]) if "of_month_year" in g else year_for(month, None, e, context)
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


def read_recent(e: Expression, context: TimeContext) -> Reading:
    back = e.groups["recent"] == "recent"
    return open_ended(None if context.history else context.today, back)


def read_bare_units(e: Expression, context: TimeContext) -> Reading:
    unit = UNITS[e.groups["unit"]]
    return Reading("DURATION", duration_value(unit, None), precision=grain(unit))


def read_long(e: Expression, context: TimeContext) -> Reading:
    unit = UNITS[e.groups["unit"]]
    return Reading(
        "DURATION", duration_value(unit, None if e.groups["unit"].endswith("s") else 1), precision=grain(unit)
    )


def read_every(e: Expression, context: TimeContext) -> Reading:
    g = e.groups
    if g["unit"] in LEXICON["seasons"]:
        return Reading("SET", f"XXXX-{LEXICON['seasons'][g['unit']]}", precision=Precision.SEASON)
    if g["unit"] in ("morning", "evening", "afternoon"):
        return Reading("SET", f"XXXX-XX-XXT{PARTS[g['unit']]}", precision=Precision.PART_OF_DAY)
    unit = UNITS[g["unit"]]
    count = 2 if "other" in g else number(g.get("count", "")) if "count" in g else None if "few" in g else 1
    return Reading("SET", duration_value(unit, count), precision=grain(unit))


def read_per(e: Expression, context: TimeContext) -> Reading:
    unit = UNITS[e.groups["unit"]]
    return Reading("SET", duration_value(unit, 1), precision=grain(unit))


def read_set_word(e: Expression, context: TimeContext) -> Reading:
    value = LEXICON["sets"][e.groups["word"]]
    return Reading("SET", value, precision=grain(value[-1] if value[0] == "P" else "NI"))


def read_weekday_set(e: Expression, context: TimeContext) -> Reading:
    name = e.groups.get("weekday") or e.groups["weekdays"].removesuffix("s")
    part = f"T{PARTS[e.groups['part']]}" if "part" in e.groups else ""
    return Reading("SET", f"XXXX-WXX-{LEXICON['weekdays'][name]}{part}", precision=Precision.DAY)


def read_reference(e: Expression, context: TimeContext) -> Reading:
    value = LEXICON["references"][e.groups["word"]]
    if value == "CONTEXT":
        return read_same_time(e, context)
    today = context.today
    if today is None or context.history:
        return Reading("DATE", value)
    day = today.isoformat()
    if value == "PRESENT_REF":
        return Reading("DATE", value, day, day, Precision.DAY)
    return Reading("DATE", value, None if value == "PAST_REF" else day, day if value == "PAST_REF" else None)


def read_same_time(e: Expression, context: TimeContext) -> Reading:
    return written(context.point) if context.point is not None else Reading("DATE", "PRESENT_REF")
