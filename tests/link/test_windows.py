"""In which time a number holds."""

from __future__ import annotations

import pytest

from sayso.link.windows import (
    ago_before,
    goes_on_from,
    is_of_a_past_event,
    label_bounds,
    own_years,
    window_of,
    years_before,
)
from sayso.model import Span


@pytest.mark.parametrize(
    ("text", "beside", "window"),
    [
        ("20 died in the past week", "20 died in the past week", "in the past week"),
        ("20 died since the flood", "20 died since the flood", None),
        ("thousands die in an average year", "thousands die in an average year", "usually"),
        ("seasonal flu kills thousands", "kills thousands", "usually"),
        ("it kills thousands year after year", "kills thousands", "usually"),
        ("20 died", "20 died", None),
        ("20 people die each day", "20 people die each day", "each day"),
        ("the war kills 20 people a day", "kills 20 people a day", "a day"),
        # a rate of another number, and no rate
        ("Oil leaked at 5,000 barrels a day, killing 20 fish", "killing 20 fish", None),
        ("20 died in a town that mourns, nearly a month on", "20 died in a town that mourns nearly a month", None),
        # when the event was
        ("A dam burst two weeks ago, killing 20", "killing 20", None),
        ("The blast last month killed 20 workers", "The blast last month killed 20 workers", None),
        ("A month ago a mill exploded at Varn, killing 20 workers", "killing 20 workers", None),
        ("A month since the old mill exploded and sank, killing 20", "killing 20", None),
        ("Last week, the explosion killed 20", "the explosion killed 20", None),
        ("20 were killed in attacks last week", "20 were killed in attacks last week", "last week"),
        ("20 have died in the war this month", "20 have died in the war this month", "this month"),
        ("A dam burst six years ago, killing 20", "killing 20", "six years ago"),
    ],
)
def test_window(text: str, beside: str, window: str | None) -> None:
    assert window_of(text, beside) == window


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("The blast last month killed 20", True),
        ("A month ago a mill exploded, killing 20", True),
        ("20 were killed in the attack on Varn a month ago", True),
        ("The blast killed 20", False),
        ("20 were killed in attacks last month", False),
    ],
)
def test_an_event_of_some_time_ago(text: str, past: bool) -> None:
    assert is_of_a_past_event(text) is past


@pytest.mark.parametrize(
    ("clause", "segment", "years"),
    [
        ("In 1968 a million died, and a 1957 fever killed #", "and a 1957 fever killed #", ("1957",)),
        ("in 1692 a quake killed #", "in 1692 a quake killed #", ("1692",)),
        ("the fever of 1918/1919 killed #", "the fever of 1918/1919 killed #", ("1918", "1919")),
        ("in 2031 a quake killed #", "in 2031 a quake killed #", ()),  # the year of publication
        ("2050 The minister said # died", "2050 The minister said # died", ()),  # the clock of a live page
    ],
)
def test_years(clause: str, segment: str, years: tuple[str, ...]) -> None:
    assert own_years(clause, segment, "2031-04-02") == years


def test_entries_of_a_list_of_years_are_apart() -> None:
    text = "History: 1918: a fever killed 50 people 1957: another killed 20 people"
    at = text.index("20 people")
    begin, end = label_bounds(text, Span(at, at + 2))
    assert text[begin:end].strip() == "1957: another killed 20 people"


@pytest.mark.parametrize(
    ("text", "year", "ago"),
    [
        ("A fever struck in 1968. Many fell ill. It killed 20", ("1968",), None),
        ("Six years ago came the fever. That too caused 20 deaths", (), "six years ago"),
        ("A fever struck in 1968. It has killed 20", (), None),
        ("A fever struck in 1968. In Dorn 20 died", (), None),
        ("A fever struck in 1968.\nIt killed 20", (), None),  # another paragraph
    ],
)
def test_what_a_sentence_goes_on_from(text: str, year: tuple[str, ...], ago: str | None) -> None:
    told = goes_on_from(text, Span(text.index("20"), text.index("20") + 2))
    assert (years_before(told, "2031-04-02"), ago_before(told)) == (year, ago)
