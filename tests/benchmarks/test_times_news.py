"""The annotations of times are whole, and another system's TimeML finds its places in the text."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from sayso.model import Span
from times_news import HALVES, HERE, Annotated, score, times_of

VALUE = re.compile(
    r"P(?:T?[\dX]+|[\dX]+)(?:Y|M|W|D|DE|H|S)|PT(?:\d+|X)[HM]|P\d*DE|\d{3,4}(?:-(?:\d\d(?:-\d\d)?|W\d\d(?:-WE)?|Q\d|SP|SU|FA|WI))?"
    r"(?:T(?:MO|AF|EV|NI|\d\d:\d\dZ?))?|(?:PRESENT|PAST|FUTURE)_REF"
)


@pytest.mark.parametrize("half", HALVES)
def test_every_annotated_line_is_whole(half: str) -> None:
    rows = [json.loads(line) for line in (HERE / f"{half}.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 32
    for row in rows:
        spans = [Span(start, end) for start, end, _, _ in row["times"]]
        assert spans == sorted(spans), row["document"]
        assert all(0 <= a.start < a.end <= row["end"] for a in spans)
        assert not any(a.overlaps(b) for a, b in pairwise(spans))
        assert not any(a.overlaps(Span(*open_)) for a in spans for open_ in row["skip"])
        assert all(VALUE.fullmatch(value) for *_, value in row["times"]), row["times"]
        assert {kind for _, _, kind, _ in row["times"]} <= {"DATE", "TIME", "DURATION", "SET"}


def test_the_halves_share_no_report() -> None:
    names = [
        {json.loads(line)["document"] for line in (HERE / f"{h}.jsonl").read_text("utf-8").splitlines()} for h in HALVES
    ]
    assert names[0].isdisjoint(names[1])


def test_times_of_another_system_are_found_in_the_text() -> None:
    text = "On  Friday the dam held.\nOn Friday evening it broke."
    timeml = (
        '<?xml version="1.0"?>\n<!DOCTYPE TimeML SYSTEM "TimeML.dtd">\n<TimeML>\nOn <TIMEX3 tid="t1" type="DATE" value="2031-04-04">Friday</TIMEX3> '
        'the dam held. On <TIMEX3 tid="t2" type="TIME" value="2031-04-04TEV">Friday evening</TIMEX3> it broke.\n</TimeML>'
    )
    found = times_of(timeml, text)
    assert [(span.of(text), kind, value) for span, kind, value in found] == [
        ("Friday", "DATE", "2031-04-04"),
        ("Friday evening", "TIME", "2031-04-04TEV"),
    ]


def test_what_is_left_open_counts_for_nothing() -> None:
    text = "Friday, Monday, Tuesday"
    gold = [(Span(0, 6), "DATE", "2031-04-04"), (Span(8, 14), "DATE", "2031-04-07")]
    report = Annotated("r", text, "2031-04-08", gold, [Span(16, 23)])
    found = [(Span(0, 6), "DATE", "2031-04-04"), (Span(16, 23), "DATE", "2031-04-08")]
    strict, relaxed, value, kind = score([report], lambda report: found)
    assert strict == relaxed == value == kind == (1, 1, 2)
