"""ISO 8601 times of any precision as numbers: what calendars, bibliographies and timelines are made of."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sayso.model import Precision

_TOLD = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?"
)

_COUNT = {
    Precision.SECOND: 6,
    Precision.MINUTE: 5,
    Precision.HOUR: 4,
    Precision.PART_OF_DAY: 4,
    Precision.DAY: 3,
    Precision.WEEK: 3,
    Precision.MONTH: 2,
    Precision.SEASON: 2,
    Precision.YEAR: 1,
    Precision.DECADE: 1,
}


def numbers(value: str | None) -> tuple[int, ...]:
    """Year, month, day, hour, minute, second of a time, as far as it tells them; in UTC where it names a zone.

    Empty for what is no time of the calendar.
    """
    read = _TOLD.fullmatch(value or "")
    if read is None:
        return ()
    parts = [int(part) for part in read.groups()[:6] if part is not None]
    try:
        moment = datetime(*(parts + [1, 1, 1][len(parts) :] if len(parts) < 3 else parts))  # type: ignore[arg-type]
        if read[7] and len(parts) > 3:
            zone = read[7].replace("Z", "+00:00")
            moment = datetime.fromisoformat(f"{moment.isoformat()}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return ()
    return (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)[: len(parts)]


def as_fine_as(parts: tuple[int, ...], precision: Precision) -> tuple[int, ...]:
    """The numbers of a time no finer than it is known; none at all of a time that could not be anchored."""
    return parts[: _COUNT.get(precision, 0)]


def iso(parts: tuple[int, ...]) -> str:
    """Numbers as ISO 8601 without a zone: "2023-05", "2023-05-23T14:05"."""
    day = "-".join(f"{part:0{4 if at == 0 else 2}d}" for at, part in enumerate(parts[:3]))
    clock = ":".join(f"{part:02d}" for part in parts[3:])
    return f"{day}T{clock}" if clock else day
