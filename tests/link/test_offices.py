"""Which office a role or a name tells of, and of which place."""

from __future__ import annotations

import pytest

from sayso.link.offices import Office, read_office


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Varn governor", Office("governor", frozenset({"varn"}))),
        ("governor of the Varn region", Office("governor", frozenset({"varn"}))),
        ("Polish foreign minister", Office("foreign minister", frozenset({"poland"}))),
        ("U.S. vice president", Office("vice president", frozenset({"united states"}))),
        ("the new Polish president", Office("president", frozenset({"poland"}))),
        ("New Zealand prime minister", Office("prime minister", frozenset({"new zealand"}))),
        ("governor of New Mexico", Office("governor", frozenset({"new mexico"}))),  # not of Mexico
        ("New Mexico governor", Office("governor", frozenset({"new mexico"}))),
        ("president", Office("president", frozenset())),
        ("former Varn governor", None),
        ("spokesman for the Varn governor", None),
        ("the hospital governor", None),
        ("major", None),
        ("officials", None),
        ("", None),
    ],
)
def test_the_office_of_a_role(text: str, office: Office | None) -> None:
    assert read_office(text) == office


def test_a_people_s_word_of_the_ledger_tells_its_place() -> None:
    assert read_office("Kelmoran president", frozenset({("kelmoran", "kelmora")})) == Office(
        "president", frozenset({"kelmora"})
    )
