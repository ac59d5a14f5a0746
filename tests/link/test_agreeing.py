"""Statements of strangers that are near in meaning are one claim where they surely tell of one event."""

from __future__ import annotations

import dataclasses

import pytest

from sayso.extract.events import find_events
from sayso.extract.parse import load_parser
from sayso.extract.times import find_times
from sayso.link.agreeing import agreeing, is_said_of_itself, may_tell_the_same, tells_most
from sayso.link.told import Told, read_statements
from sayso.link.words import Words
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
    (agreement,) = agreeing([(told(one, "A"), told(other, "B"))])
    assert agreement.one_event is expected


def test_nothing_to_compare() -> None:
    assert agreeing([]) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "Two miners were admitted to the clinic in Dorn after they returned from the Ilv pit",
            "The two miners, who had returned from the Ilv pit, were admitted to a clinic, the mine said",
            True,
        ),
        ("Two miners were admitted to the clinic in Dorn", "Two miners were admitted to the clinic in Dorn", False),
        (
            "The council will close the bridge and reroute the trams of Dorn",
            "The council closed the bridge and rerouted the trams of Dorn",
            False,
        ),
        (
            "They checked the valves and closed the sluice of the Ilv dam",
            "We checked the valves and closed the sluice of the Ilv dam",
            False,
        ),
    ],
    ids=["two events", "only one event", "what lies ahead is not what happened", "another's we is another"],
)
def test_what_is_two_events(one: str, other: str, expected: bool) -> None:
    (agreement,) = agreeing([(told(one, "A"), told(other, "B"))])
    assert agreement.two_events is expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"admit", "return"}, {"return", "admit", "say"}, True),
        ({"admit"}, {"admit"}, False),
        ({"be", "have"}, {"be", "have"}, False),
        ({"be", "close"}, {"close", "be"}, True),
    ],
    ids=["two", "one", "two that tell little", "one of them tells something"],
)
def test_what_may_tell_the_same(mine: set[str], theirs: set[str], expected: bool) -> None:
    assert may_tell_the_same(frozenset(mine), frozenset(theirs)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("the council closed the old bridge", "the council closed the old bridge over the Ilv at dawn", True),
        ("the council closed the old bridge", "the council opened three shelters", False),
        ("the council closes the bridge if the Ilv rises", "the council closes the bridge", False),
        ("the council closed the bridge of Dorn", "the council closed the bridge of Kest", False),
        ("the council closed 4 bridges", "the council closed 5 bridges", False),
        ("closed", "the council closed the old bridge", False),
    ],
    ids=["all of it", "little of it", "on a condition", "elsewhere", "another number", "too short to tell"],
)
def test_what_tells_most_of_the_other(one: str, other: str, expected: bool) -> None:
    assert tells_most(Words(one), Words(other), {}) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("its first case of the fever", "three cases of the fever", True),
        ("cases of the fever", "cases of the fever", True),
        ("they were closely watching the dam", "it was closely watching the dam", True),
        ("the fever was found in Dorn", "the fever was found in Dorn", False),
        ("its first case of the fever", "the fever was found in Dorn for the first time", True),
        ("they were closely watching the dam", "the council was closely watching the dam", False),
        ("the heaviest loss of life in a mine of the north", "the heaviest loss of life in a mine of the north", False),
    ],
    ids=["each its own", "in the same few words", "they and it", "told", "named and told", "one is named", "at length"],
)
def test_what_each_says_of_itself(one: str, other: str, expected: bool) -> None:
    assert is_said_of_itself(told(one, "A"), told(other, "B")) is expected
