"""Published times: every customary spelling, and the precision it carries."""

from __future__ import annotations

import pytest

from sayso.ingest.dates import from_unix, read_instant


@pytest.mark.parametrize(
    ("words", "value", "precision"),
    [
        ("2031", "2031", "year"),
        ("2031-04", "2031-04", "month"),
        ("2031-04-02", "2031-04-02", "day"),
        ("20310402", "2031-04-02", "day"),
        ("2031-04-02T14", "2031-04-02T14", "hour"),
        ("2031-04-02T14:05", "2031-04-02T14:05", "minute"),
        ("2031-04-02 14:05:09", "2031-04-02T14:05:09", "second"),
        ("2031-04-02T14:05:09.123Z", "2031-04-02T14:05:09Z", "second"),
        ("2031-04-02T23:30:00-04:00", "2031-04-03T03:30:00Z", "second"),
        ("2031-04-02T14:05+0200", "2031-04-02T12:05Z", "minute"),
        ("Wed, 02 Apr 2031 14:05:09 +0000", "2031-04-02T14:05:09Z", "second"),
        ("2 April 2031", "2031-04-02", "day"),
        ("April 2nd, 2031", "2031-04-02", "day"),
        ("Sept. 3, 2031", "2031-09-03", "day"),
        ("April 2031", "2031-04", "month"),
    ],
)
def test_a_time_keeps_its_precision(words: str, value: str, precision: str) -> None:
    instant = read_instant(words)
    assert instant is not None
    assert (instant.value, instant.precision.value) == (value, precision)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "yesterday",
        "2031-13-01",
        "2031-02-30",
        "0001-01-01",
        "99999",
        "Tue",
        "T14:05",
        "2031-04-02T25:00",
        "x" * 500,
    ],
)
def test_what_is_no_time_gives_none(words: str) -> None:
    assert read_instant(words) is None


def test_midnight_is_a_date_only_where_the_caller_says_so() -> None:
    stamp = "2031-04-02T00:00:00Z"
    kept, day = read_instant(stamp), read_instant(stamp, midnight_is_day=True)
    assert kept is not None
    assert day is not None
    assert (kept.value, day.value) == (stamp, "2031-04-02")


@pytest.mark.parametrize("seconds", [1932898509, 1932898509000])
def test_unix_times_in_seconds_and_in_milliseconds(seconds: float) -> None:
    instant = from_unix(seconds)
    assert instant is not None
    assert instant.value == "2031-04-02T12:15:09Z"


@pytest.mark.parametrize("seconds", [float("inf"), float("nan"), 1e300, -1e300])
def test_a_number_that_is_no_time_gives_none(seconds: float) -> None:
    assert from_unix(seconds) is None
