"""A day and a place that stand before a sentence as its label."""

from __future__ import annotations

import pytest

from sayso.extract.chronicle import entry_label
from sayso.model import Precision, Span, TimeMention

DAY = "4 Aug 1946"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("4 Aug 1946: Ostrel, Upper Varn. | The quake killed 1,600.", "4 Aug 1946: Ostrel, Upper Varn. "),
        ("4 Aug 1946: | The quake killed 1,600.", "4 Aug 1946: "),
        ("On 4 Aug 1946 the mill burned. | The quake killed 1,600.", None),
        ("It was so on 4 Aug 1946: Ostrel burned. Nobody came. | The quake killed 1,600.", None),
        ("| The quake killed 1,600.", None),
    ],
)
def test_the_label_of_an_entry(text: str, label: str | None) -> None:
    start, text = text.index("|"), text.replace("| ", "")
    at = text.find(DAY)
    times = [TimeMention(Span(at, at + len(DAY)), "DATE", "1946-08-04", None, None, Precision.DAY)] if at >= 0 else []
    found = entry_label(text, start, times)
    assert (found.of(text) if found else None) == label
