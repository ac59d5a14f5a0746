"""ISO 8601 times of any precision ("2023-05", "2023-05-23T14:05:00+03:00") as moments that can be compared."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta

from sayso.model import Report

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_REDUCED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TIMED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}(?P<minute>:\d{2}(?P<second>:\d{2}(?P<fraction>[.,]\d+)?)?)?.*")


def first_moment(value: str) -> datetime | None:
    """The first moment of the time that ``value`` names, in UTC (which is assumed where no zone is named).

    None for what is not ISO 8601.
    """
    try:
        if reduced := _REDUCED.fullmatch(value):
            year, month, day = (int(part) if part else 1 for part in reduced.groups())
            return datetime(year, month, day, tzinfo=UTC)
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def last_moment(value: str) -> datetime | None:
    """The last moment of it: of "2023-05" the end of May. None for what is not ISO 8601."""
    first = first_moment(value)
    if first is None:
        return None
    if reduced := _REDUCED.fullmatch(value):
        if not reduced[2]:
            length = timedelta(days=366 if calendar.isleap(first.year) else 365)
        elif not reduced[3]:
            length = timedelta(days=calendar.monthrange(first.year, first.month)[1])
        else:
            length = timedelta(days=1)
    elif not (timed := _TIMED.fullmatch(value)) or timed["fraction"]:
        length = timedelta(microseconds=1)
    elif timed["second"]:
        length = timedelta(seconds=1)
    else:
        length = timedelta(minutes=1) if timed["minute"] else timedelta(hours=1)
    try:
        return first + length - timedelta(microseconds=1)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def was_out(report: Report, moment: datetime) -> bool:
    """Whether the report was out by then, as far as its published time tells.

    A report without one was out when it was captured; that it was out any earlier nobody knows.
    """
    return was_out_by(report.published.value if report.published else None, report.capture.captured_at, moment)


def was_out_by(published: str | None, captured_at: str, moment: datetime) -> bool:
    """The same of the times of a report."""
    first = first_moment(published or captured_at) or first_moment(captured_at)
    return first is not None and first <= moment


def by_age(report: Report) -> tuple[datetime, datetime, str]:
    """A sort key that puts versions of one page in order: published, edited, id. Without a time comes first."""
    published = first_moment(report.published.value) if report.published else None
    edited = first_moment(report.edited.value) if report.edited else None
    return (published or _EARLIEST, edited or _EARLIEST, report.id)
