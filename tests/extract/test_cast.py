"""Who is named in a report: each name in one chain, and nothing in a chain that names nobody."""

from __future__ import annotations

import pytest

from sayso.extract import extract
from tests.extract.making import report

pytestmark = pytest.mark.model


def chains(text: str) -> dict[str, tuple[str, list[str]]]:
    """The actors of a report by name, each with its kind and its mentions."""
    return {
        c.actor.name: (c.actor.type.value, [text[m.start : m.end] for m in c.mentions])
        for c in extract(report(text)).actors
    }


def test_a_surname_in_the_headline_is_the_person_named_in_full_further_down() -> None:
    found = chains("Tolvik: dam will hold\n\nTolvik spoke at noon. President Arn Tolvik said the dam would hold.")
    assert "Tolvik" not in found
    assert found["Arn Tolvik"][1].count("Tolvik") >= 1


def test_a_short_name_is_the_body_named_in_full_further_down() -> None:
    found = chains(
        "Members of the Freedom Legion crossed the river.\nThe Freedom Legion for Varnia said it held the bridge."
    )
    assert [name for name in found if "Legion" in name] == ["Freedom Legion"]


def test_two_bodies_said_together_are_no_fuller_name_of_either() -> None:
    found = chains(
        "The two groups, which fight there, the Freedom Legion for Varnia and the River Volunteer Corps, claimed the raid.\n"
        "The Freedom Legion for Varnia said it held the bridge."
    )
    (legion,) = (name for name in found if name.startswith("Freedom Legion") and " and " not in name)
    assert "The Freedom Legion for Varnia" in found[legion][1]


@pytest.mark.parametrize("word", ["UAVs", "Ukrainian"])
def test_things_and_adjectives_name_nobody(word: str) -> None:
    assert word not in chains("Several Ukrainian UAVs were shot down over the port, the Defence Ministry said.")


def test_a_town_is_a_town_whatever_the_recogniser_takes_it_for() -> None:
    found = chains("Fighting went on in southwestern Russian Belgorod, which borders Ukraine, the governor said.")
    assert found["Belgorod"][0] == "place"
    assert "Russian Belgorod" not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Red Cross (ICRC) asked for calm. The ICRC added that no one was missing.", "Red Cross"),
        ("The Belmark River Authority (BRA) asked for calm. The BRA said no more.", "Belmark River Authority"),
    ],
)
def test_an_acronym_in_brackets_is_the_body_before_it(text: str, name: str) -> None:
    found = chains(text)
    assert [n for n in found if n.isupper()] == []
    assert len(found[name][1]) >= 2


def test_the_time_of_day_before_an_entry_is_no_part_of_a_name() -> None:
    text = "1126 Ambassador Leo Marsk told reporters that the dam held.\n1334 Leo Marsk said the bridge was open."
    assert [name for name in chains(text) if "Marsk" in name] == ["Leo Marsk"]
