"""The moments of a story that a reader can go back to, and whether a page shows one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.account.labels import date_words
from sayso.model import Report

#: Above so many reports, moments are whole days: a slider with more steps than pixels cannot be used.
MOST = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which a report came out: ``value`` as ISO 8601 for ``as_of``, in ``words``, with how many were out by then."""

    value: str
    words: str
    reports: int


def moments(reports: Iterable[Report]) -> tuple[Moment, ...]:
    """When the reports of a story came out, each time once, earliest first; by day where there are many."""
    stamps = sorted(report.published.value for report in reports if report.published)
    if len(set(stamps)) > MOST:
        stamps = [stamp[:10] for stamp in stamps]
    out = {stamp: at + 1 for at, stamp in enumerate(stamps)}
    return tuple(Moment(stamp, date_words(stamp, clock=True), count) for stamp, count in out.items())


def utc_of(stamp: str) -> str | None:
    """The first moment of an ISO 8601 time of any precision, to the second in UTC; None for what is no time."""
    parts = stamp.split("-")
    whole = "-".join([*parts, "01", "01"][:3]) if len(parts) < 3 and stamp.replace("-", "").isdecimal() else stamp
    try:
        moment = datetime.fromisoformat(whole)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
