"""What a report has told so far, and how a reading of one expression is written.

`TimeContext` goes from expression to expression and from passage to passage; the readers (`times_dates`,
`times_days`, `times_counted`, `times_spans`) take an expression and a context, and give a `CalendarTime` or a
`Reading`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Final

from sayso.extract.times_calendar import CalendarTime, interval_of, precision_of, value_of
from sayso.model import Precision

# A text is read as history when its explicit years lie on the median this far from the year of publication:
# background in a news report rarely fills half of its dates.
_HISTORY_YEARS: Final = 2
_HISTORY_MENTIONS: Final = 3
# A news report that cites old studies and elections still says "Monday"; the histories of WikiWars do not.
_FRESH_WEIGHT: Final = 2
FRESH_FORMS: Final = frozenset({"weekday", "day_turn", "night"})


@dataclass
class TimeContext:
    """What has been told so far: carried from passage to passage of one report."""

    published: CalendarTime | None
    years: list[int] = field(default_factory=list)
    fresh: int = 0  # expressions so far that only news uses of its own days: "Tuesday", "yesterday", "overnight"
    dated: bool = False  # it carries the date of its own publication, as the head of a news report does and no history
    point: CalendarTime | None = None
    day: date | None = None
    sentence: int = -1

    @property
    def today(self) -> date | None:
        return self.published.as_date if self.published else None

    @property
    def history(self) -> bool:
        if self.dated or self.published is None or self.published.year is None or len(self.years) < _HISTORY_MENTIONS:
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


def written(time: CalendarTime) -> Reading:
    kind = "TIME" if time.clock or time.part else "DATE"
    if time.year is None:
        return Reading(kind, value_of(time), time=time)
    earliest, latest = interval_of(time)
    return Reading(kind, value_of(time), earliest, latest, precision_of(time), time)


def open_ended(base: date | None, back: bool) -> Reading:
    """ "Days earlier": before its anchor, and nobody said how long."""
    anchor = base.isoformat() if base else None
    return Reading("DATE", "PAST_REF" if back else "FUTURE_REF", None if back else anchor, anchor if back else None)
