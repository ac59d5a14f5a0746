"""Quiet hours: whether a moment falls into them where the people are, and when they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sayso.watch.settings import Quiet


def is_quiet(quiet: Quiet | None, now: float) -> bool:
    """Whether ``now`` (seconds since 1970) falls into the hours. They may run over midnight; they count to the day on which they
    begin, by the clock on the wall there, summer time and all."""
    if quiet is None:
        return False
    local = datetime.fromtimestamp(now, UTC).astimezone(quiet.zone)
    clock, day = local.time(), local.weekday()
    if quiet.begins < quiet.ends:
        return quiet.begins <= clock < quiet.ends and day in quiet.days
    if clock >= quiet.begins:
        return day in quiet.days
    return clock < quiet.ends and (local - timedelta(days=1)).weekday() in quiet.days
