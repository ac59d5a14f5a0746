"""When to ask again: intervals with jitter, longer and longer after failures, and never before the server wants it. Pure functions."""

from __future__ import annotations

LONGEST_S = 24 * 3600.0
"""However often a place failed, it is asked once a day."""

MOST_TRIES = 6
"""A page that could not be had so often is given up: with `FIRST_RETRY_S` doubled each time that is about an hour."""

FIRST_RETRY_S = 60.0
_JITTER = 0.1  # of the interval, to either side, so that many watchers never ask one server at the same moment


def next_poll(every_s: float, *, failures: int, chance: float, floor_s: float, wait_s: float | None = None) -> float:
    """Seconds until a place is asked again after ``failures`` in a row; ``chance`` is a random number from 0 to 1, ``wait_s`` what
    the server asked for."""
    grown = min(every_s * 2.0 ** min(failures, 20), max(LONGEST_S, every_s))
    jittered = max(floor_s, grown * (1 + _JITTER * (2 * chance - 1)))
    return max(jittered, min(wait_s or 0.0, LONGEST_S))


def next_try(tries: int, *, chance: float, wait_s: float | None = None) -> float:
    """Seconds until something that failed ``tries`` times (1 or more) is tried again."""
    grown = min(FIRST_RETRY_S * 2.0 ** min(tries - 1, 20), LONGEST_S)
    return max(grown * (1 + _JITTER * (2 * chance - 1)), min(wait_s or 0.0, LONGEST_S))
