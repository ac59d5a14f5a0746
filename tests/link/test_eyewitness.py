"""Two outlets that saw one thing for themselves; and the many that only look so."""

from __future__ import annotations

import pytest

from sayso.link.eyewitness import seen_alike
from sayso.link.told import read_statements
from tests.link.factories import actor, extraction, report, says

FIRST = "A reporter who reached the Varn weir saw that the middle span had fallen into the water."
WHERE = "The weir of Varn lies near Dorn."


@pytest.mark.parametrize(
    ("second", "alike"),
    [
        ("From the bank at noon we could see the middle span lying in the river, a van on top of it.", True),
        ("From the bank at noon we could see the middle span standing in the river.", False),
        ("From the bank at noon we could see the mill lying in the river.", False),
        ("From the bank at noon we could see that the middle span had not fallen.", False),
        ("The middle span was lying in the river, it is said.", False),  # nobody saw it
    ],
)
def test_the_same_thing_in_the_same_state(second: str, alike: bool) -> None:
    a = report(FIRST, f"He had come from Dorn to Varn. {WHERE}", outlet="Varn Post")
    b = report(second, f"It was seen from Dorn and Varn. {WHERE}", outlet="Dorn Courier", published="2031-04-03")
    told = read_statements({r.id: r for r in (a, b)}, [extraction(a, says(a, FIRST)), extraction(b, says(b, second))])
    assert bool(seen_alike(told)) is alike


def test_one_outlet_corroborates_nothing_and_a_speaker_is_no_outlet() -> None:
    a = report(FIRST, WHERE, outlet="Varn Post")
    again = report(FIRST, WHERE, outlet="Varn Post", published="2031-04-03")
    quoted = report(f"Ada Quill said: {FIRST}", WHERE, outlet="Dorn Courier")
    read = [
        extraction(a, says(a, FIRST)),
        extraction(again, says(again, FIRST)),
        extraction(quoted, says(quoted, FIRST, actor("Ada Quill"))),
    ]
    assert seen_alike(read_statements({r.id: r for r in (a, again, quoted)}, read)) == []
