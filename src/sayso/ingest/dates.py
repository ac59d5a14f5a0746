"""Published times as the field writes them, read into an `Instant` that keeps their precision.

A time with an offset is given in UTC ("...Z"); a time without one stays as it is, because nobody told us
its zone. Nothing is guessed: what cannot be read gives None, and the caller says so.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from sayso.model import Instant, Precision

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d{2})(?:-?(?P<day>\d{2}))?)?"
    r"(?:[T ]\s*(?P<hour>\d{2})(?::?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_WORDED = (
    ("%d %B %Y", Precision.DAY),
    ("%d %b %Y", Precision.DAY),
    ("%B %d %Y", Precision.DAY),
    ("%b %d %Y", Precision.DAY),
    ("%Y/%m/%d", Precision.DAY),
    ("%B %Y", Precision.MONTH),
    ("%b %Y", Precision.MONTH),
)
# The first years of printed news and a bound far ahead: outside them it is a misread number.
_YEARS = range(1600, 2200)


def read_instant(words: str, *, midnight_is_day: bool = False) -> Instant | None:
    """The time that ``words`` give, or None if they give none.

    With ``midnight_is_day`` a time of exactly 00:00:00 counts as a date without a time of day: publishing
    systems fill a missing time so.
    """
    words = words.strip()
    if not words or len(words) > 80:
        return None
    if iso := _ISO.fullmatch(words):
        return _from_iso(iso, midnight_is_day=midnight_is_day)
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return _from_words(words)
    return from_datetime(moment, midnight_is_day=midnight_is_day) if moment.year in _YEARS else None


def from_datetime(moment: datetime, *, midnight_is_day: bool = False) -> Instant:
    """A datetime to the second; in UTC if it knows its zone."""
    if midnight_is_day and (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return Instant(moment.date().isoformat(), Precision.DAY)
    return Instant(_spell(moment, "seconds"), Precision.SECOND)


def from_unix(seconds: float) -> Instant | None:
    """Seconds (or, from about the year 5000 on, milliseconds) since 1970 in UTC."""
    try:
        if abs(seconds) > 1e11:
            seconds /= 1000
        moment = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return from_datetime(moment)


def utc_stamp(moment: datetime) -> str:
    """A capture time: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _from_iso(found: re.Match[str], *, midnight_is_day: bool) -> Instant | None:
    part = {name: int(value) for name, value in found.groupdict().items() if value and name != "zone"}
    if part["year"] not in _YEARS:
        return None
    try:
        day = date(part["year"], part.get("month", 1), part.get("day", 1))
        if "hour" not in part:
            known = "day" if "day" in part else "month" if "month" in part else "year"
            size = {"day": 10, "month": 7, "year": 4}[known]
            return Instant(day.isoformat()[:size], Precision(known))
        if "day" not in part:
            return None
        text = f"{day.isoformat()}T{part['hour']:02}:{part.get('minute', 0):02}:{part.get('second', 0):02}"
        zone = (found["zone"] or "").upper()
        offset = {"": "", "Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00"}.get(zone, zone)
        moment = datetime.fromisoformat(text + offset)
    except ValueError:
        return None
    if midnight_is_day and text.endswith("T00:00:00"):
        return Instant(day.isoformat(), Precision.DAY)
    if "second" in part:
        return Instant(_spell(moment, "seconds"), Precision.SECOND)
    if "minute" in part:
        return Instant(_spell(moment, "minutes"), Precision.MINUTE)
    return Instant(_spell(moment, "hours"), Precision.HOUR)


def _from_words(words: str) -> Instant | None:
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b|[,.]|\bSept(?=\b)", lambda m: "Sep" if m[0] == "Sept" else "", words)
    plain = " ".join(plain.split())
    for pattern, precision in _WORDED:
        try:
            moment = datetime.strptime(plain, pattern)
        except ValueError:
            continue
        if moment.year not in _YEARS:
            return None
        size = 10 if precision is Precision.DAY else 7
        return Instant(moment.date().isoformat()[:size], precision)
    return None


def _spell(moment: datetime, timespec: str) -> str:
    if moment.tzinfo is None:
        return moment.isoformat(timespec=timespec)
    with suppress(OverflowError):  # the first or last day of the calendar
        moment = moment.astimezone(UTC)
    return moment.replace(tzinfo=None).isoformat(timespec=timespec) + "Z"
