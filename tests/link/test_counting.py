"""How a number counts: what is a part, an addition, or another manner of counting."""

from __future__ import annotations

import pytest

from sayso.link.counting import MORE, OF_THEM, manner_of, part_of
from sayso.model import Measure

KILLED = Measure.KILLED


@pytest.mark.parametrize(
    ("clause", "manner"),
    [
        ("nine people were killed, including the gunman", "with attackers"),
        ("nine people, the attacker included, were killed", "with attackers"),
        ("nine people were killed, not counting the gunman", ""),
        ("nine people were killed by the gunman", ""),
        ("nine bodies were pulled from the river", "found"),
        ("nine lay in the morgue", "stored"),
    ],
)
def test_manner(clause: str, manner: str) -> None:
    assert manner_of(KILLED, clause, clause, bodies=False) == manner


@pytest.mark.parametrize(
    ("clause", "manner"), [("nine families fled to a camp", "moved"), ("nine families fled their homes", "")]
)
def test_who_fled_their_homes_lost_them(clause: str, manner: str) -> None:
    assert manner_of(Measure.DISPLACED, clause, clause, bodies=False) == manner


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        ("", " people died", ""),
        ("another ", " people died", MORE),
        ("", " more died", MORE),
        ("", " of the dead were children", OF_THEM),
        ("among the dead in Varn were ", " children", OF_THEM),
        ("the dead included ", " children", OF_THEM),
        ("the dead were buried, and then ", " people fell ill", ""),
    ],
)
def test_part(before: str, after: str, part: str) -> None:
    assert part_of(KILLED, before, "nine", after) == part
