"""The numbers, units and turns that the words of a time expression spell."""

from __future__ import annotations

from typing import Final

from sayso.extract.times_calendar import LEXICON
from sayso.extract.times_context import TimeContext
from sayso.model import Precision

PARTS: Final[dict[str, str]] = LEXICON["parts"]
UNITS: Final[dict[str, str]] = LEXICON["units"]
PAST_TURNS: Final = frozenset(
    {"last", "past", "this past", "previous", "the previous", "preceding", "the preceding", "the past"}
)
NEXT_TURNS: Final = frozenset(
    {"next", "coming", "this coming", "following", "the following", "the next", "the coming", "the very next"}
)
_EDGES: Final[dict[str, str]] = LEXICON["edges"]
_NUMBERS: Final[dict[str, int]] = LEXICON["numbers"]


_GRAINS: Final = {
    "S": Precision.SECOND,
    "MIN": Precision.MINUTE,
    "H": Precision.HOUR,
    "D": Precision.DAY,
    "NI": Precision.PART_OF_DAY,
    "W": Precision.WEEK,
    "WE": Precision.WEEK,
    "FN": Precision.WEEK,
    "M": Precision.MONTH,
    "Q": Precision.SEASON,
    "Y": Precision.YEAR,
}


def duration_value(unit: str, count: float | None) -> str:
    if unit == "FN":
        unit, count = "W", None if count is None else 2 * count
    number = "X" if count is None else f"{count:g}" if count < 1e6 else f"{count:.0f}"
    if unit in ("S", "MIN", "H"):
        return f"PT{number}{unit[0]}"
    return f"P{number}{unit}"


def halved(unit: str, count: float) -> tuple[str, float]:
    """``count`` and a half of ``unit``, in a unit in which that is a whole number."""
    smaller = {"Y": ("M", 12), "H": ("MIN", 60), "MIN": ("S", 60), "D": ("H", 24), "DE": ("Y", 10), "CE": ("Y", 100)}
    if unit not in smaller:
        return unit, count + 0.5
    small, size = smaller[unit]
    return small, count * size + size // 2


def grain(unit: str) -> Precision:
    """How finely a duration in ``unit`` is told."""
    return _GRAINS.get(unit, Precision.DECADE)


def number(words: str) -> float | None:
    """The number that the words spell; None for "several" and the like."""
    if not words:
        return None
    words = "one" if words in ("single", "a single") else words
    digits = words.replace(",", "")
    if digits.replace(".", "", 1).isdigit():
        return float(digits)
    if words in LEXICON["vague"]["words"] or "couple" in words:
        return None
    total = 0
    for word in words.replace("-", " ").split():
        if word not in _NUMBERS:
            return None
        total += _NUMBERS[word]
    return total


def ordinal(words: str) -> int:
    return LEXICON["ordinals"].get(words) or int("".join(c for c in words if c.isdigit()))


def month_number(name: str) -> int:
    number: int = LEXICON["months"][name.rstrip(".")]
    return number


def edge_of(g: dict[str, str]) -> str | None:
    word = g.get("edge") or g.get("edge_noun") or g.get("edge2") or g.get("part_edge")
    return _EDGES.get(word) if word else None


def year_month(context: TimeContext, told: bool) -> tuple[int, int] | None:
    point = context.point if told and context.point is not None else context.published
    if point is None or point.year is None or point.month is None:
        return None
    return point.year, point.month


def turned_year(turn: str, context: TimeContext) -> int | None:
    told = turn in ("that", "the same", "the following", "the previous", "the year") or context.history
    point = context.point if told and context.point is not None else context.published
    if point is None or point.year is None:
        return None
    return point.year + (
        1 if "next" in turn or "following" in turn else -1 if "last" in turn or "previous" in turn else 0
    )
