"""The annotations of times are whole, and another system's TimeML finds its places in the text."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from sayso.model import Span
from times_news import HERE, PARTS, SEVERAL, Annotated, score, times_of

VALUE = re.compile(
    r"P(?:T?[\dX]+|[\dX]+)(?:Y|M|W|D|DE|H|S)|PT(?:\d+|X)[HM]|P\d*DE|\d{2,4}(?:-(?:\d\d(?:-\d\d)?|W\d\d(?:-WE)?|Q\d|SP|SU|FA|WI))?"
    r"(?:T(?:MO|AF|EV|NI|\d\d:\d\d(?:Z|-\d\d(?::\d\d)?)?))?|XXXX-XX-XXT\d\d:\d\d|(?:PRESENT|PAST|FUTURE)_REF"
)


@pytest.mark.parametrize("part", PARTS)
def test_every_annotated_line_is_whole(part: str) -> None:
    rows = [json.loads(line) for line in (HERE / f"{part}.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == PARTS[part]
    for row in rows:
        spans = [Span(start, end) for start, end, _, _ in row["times"]]
        assert spans == sorted(spans), row["document"]
        assert all(0 <= a.start < a.end <= row["end"] for a in spans)
        assert not any(a.overlaps(b) for a, b in pairwise(spans))
        assert not any(a.overlaps(Span(*open_)) for a in spans for open_ in row["skip"])
        values = [value for *_, several in row["times"] for value in several.split(SEVERAL)]
        assert all(VALUE.fullmatch(value) for value in values), row["times"]
        kinds = {kind for _, _, several, _ in row["times"] for kind in several.split(SEVERAL)}
        assert kinds <= {"DATE", "TIME", "DURATION", "SET"}


def test_no_report_is_annotated_twice() -> None:
    names = [
        json.loads(line)["document"]
        for part in PARTS
        for line in (HERE / f"{part}.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(names) == len(set(names)) == sum(PARTS.values())


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


@pytest.mark.parametrize(
    ("kind", "said", "right"),
    [
        ("TIME", "2031-04-04T12:00", (1, 1)),
        ("TIME", "2031-04-04T12:00Z", (1, 1)),
        ("DATE", "2031-04-04", (0, 0)),
        ("DURATION", "P1D", (0, 1)),
    ],
)
def test_one_of_several_right_values_is_right(kind: str, said: str, right: tuple[int, int]) -> None:
    gold = [(Span(0, 4), "TIME|DURATION", "2031-04-04T12:00Z|2031-04-04T12:00")]
    report = Annotated("r", "1200", "2031-04-04", gold, [])
    _, relaxed, value, type_ = score([report], lambda report: [(Span(0, 4), kind, said)])
    assert relaxed.matched == 1
    assert (value.matched, type_.matched) == right


def test_what_is_left_open_counts_for_nothing() -> None:
    text = "Friday, Monday, Tuesday"
    gold = [(Span(0, 6), "DATE", "2031-04-04"), (Span(8, 14), "DATE", "2031-04-07")]
    report = Annotated("r", text, "2031-04-08", gold, [Span(16, 23)])
    found = [(Span(0, 6), "DATE", "2031-04-04"), (Span(16, 23), "DATE", "2031-04-08")]
    strict, relaxed, value, kind = score([report], lambda report: found)
    assert strict == relaxed == value == kind == (1, 1, 2)
