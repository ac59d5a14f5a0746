"""The state that a role tells of. Persons are invented; the states are those of our table, for it is what is read here."""

from __future__ import annotations

import pytest

from sayso.link.actors_nodes import Gathered
from sayso.link.affiliation import StateReader
from sayso.link.judged import NOBODY

KELMORA = Gathered(
    {},
    peoples=frozenset({("kelmoran", "kelmora")}),
    places={"kelmora": "Kelmora"},
    governed=frozenset({"kelmora"}),
)


@pytest.mark.parametrize(
    ("role", "state"),
    [
        ("Polish Defence Ministry spokesman", "Poland"),
        ("spokesman for the Polish army", "Poland"),
        ("head of the Polish border service", "Poland"),
        ("Kelmoran army spokeswoman", "Kelmora"),
        ("governor of Moscow", "Russia"),  # a seat of government lies in its state
        ("New Zealand police minister", "New Zealand"),
        ("Polish singer", None),
        ("Polish opposition senator", None),
        ("former Polish general", None),
        ("ambassador to Poland", None),
        ("the leading general in Poland", None),
        ("Polish and Czech ministers", None),  # two offices of two states
        ("contractor for the Polish army", None),
        ("New Mexico police commander", None),  # not of Mexico
        ("governor of Georgia", None),  # a state has no governor: it is another Georgia
        ("Georgian president", "Georgia"),
        ("president of Georgia State University", None),
    ],
)
def test_the_state_of_a_role(role: str, state: str | None) -> None:
    assert StateReader(KELMORA, NOBODY).told_in(role, person=True) == state
