"""Capitals read as if they were not, letter for letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.casing import is_shouting, lowered
from tests.extract.making import read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "shouting"),
    [
        ("GOVERNOR TOLVIK SAID THE WATER WAS RISING IN THE VALLEY.", True),
        ("The FMLN, the UN and the EU met in a hall that holds a hundred.", False),
        ("BREAKING: UN", False),
    ],
)
def test_shouting(text: str, shouting: bool) -> None:
    assert is_shouting(text) is shouting


def test_common_words_fall_and_names_keep_a_capital() -> None:
    text = "THE DORNVALE [DVF] GUERRILLAS KILLED TWO POLICEMEN NEAR SAN SALVADOR, COLONEL TOLVIK REPORTED."
    assert (
        lowered(text)
        == "The Dornvale [DVF] guerrillas killed two policemen near San Salvador, colonel Tolvik reported."
    )


def test_text_in_capitals_still_gives_statements() -> None:
    (found,) = read("GOVERNOR ARN TOLVIK SAID THE WATER WAS RISING IN THE VALLEY OF THE WEIR.")
    assert (found.who or "").endswith("Tolvik")
    assert found.what == "THE WATER WAS RISING IN THE VALLEY OF THE WEIR"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_the_length_never_changes(text: str) -> None:
    assert len(lowered(text.upper())) == len(text.upper())
