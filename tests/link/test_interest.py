"""Admissions: who says something that costs their own side."""

from __future__ import annotations

import dataclasses

import pytest

from sayso.link.interest import against_interest
from sayso.link.told import Told, read_statements
from sayso.model import Act, Span
from tests.link.factories import actor, extraction, report, says

MARSK = actor("Olen Marsk", role="general of the Norlandic Guard")


def told(cue: str, words: str, *, act: Act = Act.ASSERT) -> Told:
    where = report(f"Olen Marsk {cue} {words}.")
    start = where.text.index(cue)
    statement = dataclasses.replace(says(where, words, MARSK, act=act), cue=(Span(start, start + len(cue)),))
    (one,) = read_statements({where.id: where}, [extraction(where, statement)])
    return one


@pytest.mark.parametrize(
    ("cue", "words", "side", "expected"),
    [
        ("acknowledged", "that the men had come from Norlandic soil", "Norland", True),
        ("conceded", "losses of his own", "Norland", True),
        ("admitted", "that its patrols had failed to stop them", "Norland", True),
        ("said", "that the men had come from Norlandic soil", "Norland", False),  # no admission
        ("acknowledged", "that the bridge was down", "Norland", False),  # it costs nobody anything
        ("acknowledged", "that the men had come from Norlandic soil", None, False),  # nobody's side
    ],
)
def test_an_admission_touches_the_speakers_own_side(cue: str, words: str, side: str | None, expected: bool) -> None:
    assert against_interest(told(cue, words), side) is expected


def test_a_denial_admits_nothing() -> None:
    assert not against_interest(told("did not admit", "that its patrols had failed", act=Act.DENY), "Norland")
