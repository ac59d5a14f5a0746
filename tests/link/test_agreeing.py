"""Statements of strangers that are near in meaning are one claim where they surely tell of one event."""

from __future__ import annotations

import dataclasses

import pytest

from sayso.extract.events import find_events
from sayso.extract.parse import load_parser
from sayso.extract.times import find_times
from sayso.link.agreeing import agreeing
from sayso.link.told import Told, read_statements
from tests.link.factories import actor, extraction, report, says

pytestmark = pytest.mark.model

QUILL, MARSK = actor("Ada Quill"), actor("Olen Marsk")


def told(words: str, outlet: str, day: str = "2031-04-02") -> Told:
    """A statement in an outlet's own voice, with its events as they are read."""
    where = report(f"{words}.", outlet=outlet, published=day)
    doc = load_parser()(where.text)
    events = find_events(doc, times=find_times(doc, published=where.published))
    statement = dataclasses.replace(says(where, words), events=tuple(events))
    (one,) = read_statements({where.id: where}, [extraction(where, statement)])
    return one


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "The palace of Dorn was among the buildings destroyed by the Ilv flood",
            "Many buildings, the palace of Dorn among them, were destroyed when the Ilv rose",
            True,
        ),
        (
            "The archbishop of Dorn, Ivo Kell, was among those killed in the flood",
            "Ivo Kell, the archbishop, is also among those who were killed",
            True,
        ),
        (
            "Soldiers of Norland shelled the port of Dorn on Tuesday",
            "Soldiers of Norland shelled the port of Dorn on Friday",
            False,
        ),
        ("The mayor opened the new bridge at Dorn", "The bridge at Dorn was closed by police", False),
    ],
)
def test_what_is_surely_one_event(one: str, other: str, expected: bool) -> None:
    assert agreeing([(told(one, "A"), told(other, "B"))]) == [expected]


def test_nothing_to_compare() -> None:
    assert agreeing([]) == []
