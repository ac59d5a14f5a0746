"""Which statements tell of earlier happenings than their report is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.account.background import is_background
from sayso.model import Precision, Said
from tests.account.making import report, span, statement


def tells(text: str, *times: tuple[str, str], content: str = "", published: str = "2024-03-05") -> bool:
    """Whether ``text`` is background; ``times`` are words of it with the value that they were read as."""
    made = report(text, published=published)
    said = statement(made, content=content or text)
    happened = tuple(Said(value, Precision.DAY, span(text, words)) for words, value in times)
    return is_background(replace(said, happened=happened), made)


@pytest.mark.parametrize(
    ("text", "times", "old"),
    [
        ("A raid on Tuesday left two dead.", [("Tuesday", "2024-02-27")], False),
        ("A raid on 24 February left two dead.", [("24 February", "2024-02-24")], True),
        ("A raid in 2011 left two dead.", [("2011", "2011")], True),
        ("A raid in November 2023 left two dead.", [("November 2023", "2023-11")], True),
        ("Raids left two dead this week.", [("this week", "2024-W10")], False),
        # The report itself says that it is another.
        ("In a separate incident on Monday, a flag flew over the mill.", [("Monday", "2024-03-04")], True),
        ("Police said the shop was hit in a separate incident.", [], False),
        # One recent day makes it news, whatever it recalls.
        ("Fears rose on Monday as in 1918.", [("Monday", "2024-03-04"), ("1918", "1918")], False),
        ("They now hold the town they lost in 2019.", [("now", "PRESENT_REF"), ("2019", "2019")], False),
        # A bound is no day of its own.
        ("Schools are closed until 6 May.", [("6 May", "2023-05-06")], False),
        ("It has ruled the valley since 2004.", [("2004", "2004")], False),
        # What is to come is no history.
        ("The vote is due in 2026.", [("2026", "2026")], False),
        ("The vote is due in 2026.", [], False),
        ("The vote in March was close.", [], False),
        ("The vote in November was close.", [], True),
        ("They will vote in November.", [], False),
        ("Two soldiers fell there last year.", [], True),
        ("The century has seen worse.", [("century", "20")], False),
        ("Nobody knows the day.", [("day", "XXXX-13-45")], False),
    ],
)
def test_days_decide_and_else_words(text: str, times: list[tuple[str, str]], old: bool) -> None:
    assert tells(text, *times) is old


def test_words_before_the_content_date_it() -> None:
    assert tells("In 2019, the bridge fell.", content="the bridge fell")
    assert not tells("It was so in 2019. The bridge fell.", content="The bridge fell.")


@pytest.mark.parametrize("published", ["2024", "2024-03"])
def test_a_report_without_a_day_is_read_by_its_words(published: str) -> None:
    assert tells("A raid on 3 May left two dead last year.", ("3 May", "2023-05-03"), published=published)
    assert not tells("A raid on 3 May left two dead.", ("3 May", "2023-05-03"), published=published)
