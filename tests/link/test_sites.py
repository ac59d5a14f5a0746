"""Where a number holds."""

from __future__ import annotations

import pytest

from sayso.link.scope import read_figures
from sayso.link.told import read_statements
from sayso.model import Measure
from tests.link.factories import extraction, report, says


@pytest.mark.parametrize(
    ("words", "places", "local"),
    [
        ("nine people died in Varn", {"varn"}, {"varn"}),
        ("nine people have died and 75 were injured in Varn", {"varn"}, {"varn"}),  # both in Varn
        ("nine people died outside France", {"outside france"}, {"outside france"}),
        ("nine people died outside Varn", {"varn"}, {"varn"}),  # beside a town
        ("nine people died elsewhere", {"elsewhere"}, {"elsewhere"}),
        ("nine people died, the ministry in Varn announced", {"varn"}, set()),
    ],
)
def test_places_of_a_number(words: str, places: set[str], local: set[str]) -> None:
    where = report(f"{words}.", outlet="B")
    told = says(where, words, None, count=("nine", 9, Measure.KILLED, "people"))
    (figure,) = read_figures(read_statements({where.id: where}, [extraction(where, told)]))
    assert (set(figure.places), set(figure.local)) == (places, local)
