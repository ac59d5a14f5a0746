"""What the table of states tells: which words are a state's, by its name, its people or its seat of government."""

from __future__ import annotations

import pytest

from sayso.link.actors_names import fold
from sayso.link.seats import government_of, state_at, state_named, states


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("France", "France"),
        ("French", "France"),  # not lost to a territory that has the same word for its people
        ("American", "United States"),
        ("Chinese", "China"),
        ("Norwegian", "Norway"),
        ("the Kremlin", "Russia"),
        ("Congolese", None),  # of two states
        ("Dominican", None),
        ("Varn", None),
    ],
)
def test_the_state_of_a_word(words: str, state: str | None) -> None:
    assert state_named(fold(words)) == state


@pytest.mark.parametrize("name", ["French government", "the Chinese authorities", "Norwegian administration"])
def test_a_people_s_government_is_its_state_s(name: str) -> None:
    found = government_of(fold(name))
    assert found is not None
    assert found[0] in ("France", "China", "Norway")


def test_only_peoples_of_two_states_are_left_out() -> None:
    """A word that is given to two rows by mistake silently tells nothing."""
    assert not {("french",), ("american",), ("chinese",), ("british",), ("danish",)} - set(states().people)


def test_the_longest_name_is_the_state() -> None:
    assert state_at(("papua", "new", "guinea", "army"), 0) == ("Papua New Guinea", 3)
    assert state_at(("army", "poland"), 1) == ("Poland", 1)
    assert state_at(("army", "poland"), 0) is None
