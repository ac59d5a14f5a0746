"""Pronouns, descriptions, roles and relays: who is behind the words."""

from __future__ import annotations

import pytest

from sayso.extract.names import name_key
from tests.extract.making import one, read

pytestmark = pytest.mark.model


def speakers(text: str) -> list[str | None]:
    return [f.who for f in read(text)]


def test_a_pronoun_goes_to_the_last_speaker() -> None:
    assert speakers("Governor Arn Tolvik said the dam held. Later he said two houses were lost.") == ["Arn Tolvik"] * 2


def test_a_surname_goes_to_the_full_name_of_the_report() -> None:
    assert speakers("Governor Arn Tolvik said the dam held.\nTolvik said two houses were lost.") == ["Arn Tolvik"] * 2


def test_the_office_stands_for_the_person_who_holds_it() -> None:
    assert speakers("Regional governor Arn Tolvik said the dam held.\nThe governor said two houses were lost.") == [
        "Arn Tolvik",
        "Arn Tolvik",
    ]


def test_the_group_never_goes_to_a_ministry() -> None:
    text = (
        "The Defence Ministry said it held the town.\nThe River Front said it was advancing.\n"
        "The group said it would stay."
    )
    assert speakers(text) == ["Defence Ministry", "River Front", "River Front"]


def test_a_pronoun_without_anyone_before_it_stays_unknown() -> None:
    found = one("He said the dam held.")
    assert found.statement.actor is not None
    assert found.statement.actor.type.value == "unknown"


def test_the_role_is_kept_apart_from_the_name() -> None:
    actor = one("Kelm spokesman Arn Tolvik said the dam held.").statement.actor
    assert actor is not None
    assert (actor.name, actor.role, actor.type.value) == ("Arn Tolvik", "Kelm spokesman", "person")
    actor = one("Arn Tolvik, a spokesman for the council, said the dam held.").statement.actor
    assert actor is not None
    assert (actor.name, actor.role) == ("Arn Tolvik", "spokesman for the council")


def test_two_speakers_together_are_named_together() -> None:
    assert one("Norland and the Isle States have denied involvement.").who == "Norland and the Isle States"


def test_an_agency_around_a_speaker_is_a_relay_and_no_second_speaker() -> None:
    found = one("Tolvik said the town was quiet, according to state news agency Norwire.")
    assert [(h.name, h.kind.value) for h in found.statement.relay] == [("Norwire", "agency")]
    assert found.what == "the town was quiet"


def test_told_an_outlet_is_a_relay() -> None:
    found = one("Arn Tolvik told the Dorn Courier that the town was quiet.")
    assert [h.kind.value for h in found.statement.relay] == ["outlet"]


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Arn Tolvik said on Telegram that the dam held.", "telegram"),
        ("Arn Tolvik said in a daily briefing that the dam held.", "briefing"),
        ("Arn Tolvik said the dam held.", None),
    ],
)
def test_medium(text: str, medium: str | None) -> None:
    assert one(text).statement.medium == medium


def test_initially_said_is_said_before() -> None:
    found = one("Arn Tolvik initially said no one died.")
    assert found.statement.said is not None
    assert found.statement.said.value == "PAST_REF"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("The Belmark Defence Ministry", "Belmark’s defence ministry", True),
        ("Dr. José Perán", "Jose Peran", True),
        ("Arn Tolvik", "Ilse Tolvik", False),
    ],
)
def test_name_keys(a: str, b: str, same: bool) -> None:
    assert (name_key(a) == name_key(b)) is same
