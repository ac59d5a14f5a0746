"""Small values that all core types are made of: spans, instants, problems."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open pair of offsets [start, end) into a report's canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of ``text`` that stand in this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Precision(StrEnum):
    """How finely a time is known."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    RELATIVE = "relative"  # an expression that could not be anchored ("Tuesday", with no published time)


@dataclass(frozen=True, slots=True)
class Instant:
    """An ISO 8601 time with the precision to which it is known ("2023-05-23", day)."""

    value: str
    precision: Precision


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong: what, in which input or place, and what the user can do."""

    what: str
    where: str
    remedy: str
