from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from sayso.model import Instant, Precision, Report
from sayso.store.moments import by_age, first_moment, last_moment, was_out
from tests.store.making import captured

SECOND = "%Y-%m-%d %H:%M:%S"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2031", "2031-01-01 00:00:00", "2031-12-31 23:59:59"),
        ("2032", "2032-01-01 00:00:00", "2032-12-31 23:59:59"),
        ("2032-02", "2032-02-01 00:00:00", "2032-02-29 23:59:59"),
        ("2031-12", "2031-12-01 00:00:00", "2031-12-31 23:59:59"),
        ("2031-05-23", "2031-05-23 00:00:00", "2031-05-23 23:59:59"),
        ("2031-05-23T14", "2031-05-23 14:00:00", "2031-05-23 14:59:59"),
        ("2031-05-23T14:05", "2031-05-23 14:05:00", "2031-05-23 14:05:59"),
        ("2031-05-23T14:05Z", "2031-05-23 14:05:00", "2031-05-23 14:05:59"),
        ("2031-05-23T14:05:07Z", "2031-05-23 14:05:07", "2031-05-23 14:05:07"),
        ("2031-05-23T01:05:07+03:00", "2031-05-22 22:05:07", "2031-05-22 22:05:07"),
        ("2031-05-23 14:05:07.25", "2031-05-23 14:05:07", "2031-05-23 14:05:07"),
        ("9999", "9999-01-01 00:00:00", "9999-12-31 23:59:59"),
    ],
)
def test_a_time_of_any_precision_has_a_first_and_a_last_moment(value: str, first: str, last: str) -> None:
    begins, ends = first_moment(value), last_moment(value)
    assert begins is not None
    assert ends is not None
    assert (begins.strftime(SECOND), ends.strftime(SECOND)) == (first, last)
    assert begins <= ends


@pytest.mark.parametrize("value", ["", "Tuesday", "2031-13", "2031-02-30", "31", "0000", "2031-05-23T99"])
def test_what_is_no_time_has_none(value: str) -> None:
    assert first_moment(value) is None
    assert last_moment(value) is None


@pytest.mark.parametrize(
    ("published", "captured_at", "out"),
    [
        ("2031-05-23", "2031-06-01T00:00:00Z", True),
        ("2031-05-24", "2031-06-01T00:00:00Z", False),
        ("2031-05", "2031-06-01T00:00:00Z", True),  # not after it, as far as is told
        (None, "2031-05-23T11:00:00Z", True),
        (None, "2031-06-01T00:00:00Z", False),
        ("Tuesday", "2031-06-01T00:00:00Z", False),
    ],
)
def test_a_report_was_out_when_it_was_published_or_at_least_captured(
    published: str | None, captured_at: str, out: bool
) -> None:
    report = captured("Ada said it rains.", published=published, captured_at=captured_at).report
    assert was_out(report, datetime(2031, 5, 23, 12, tzinfo=UTC)) is out


def test_versions_stand_by_their_published_and_edited_time() -> None:
    def version(published: str | None, edited: str | None, report_id: str) -> str:
        report = captured("x", published=published, edited=edited).report
        if published and "T" in published:
            report = dataclasses.replace(report, published=Instant(published, Precision.SECOND))
        reports.append(dataclasses.replace(report, id=report_id))
        return report_id

    reports: list[Report] = []
    expected = [
        version(None, None, "r-9"),
        version("2031-05-22", None, "r-5"),
        version("2031-05-23T01:00:00+03:00", None, "r-4"),  # still the 22nd in UTC
        version("2031-05-23", None, "r-1"),
        version("2031-05-23", None, "r-3"),
        version("2031-05-23", "2031-05-24", "r-2"),
    ]
    reports.reverse()
    assert [report.id for report in sorted(reports, key=by_age)] == expected
