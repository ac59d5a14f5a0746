"""What a denial denies: the accusation that names who denies, never the next best sentence."""

from __future__ import annotations

import pytest

from sayso.link.denials import tie_denials
from sayso.link.told import Told, read_statements
from sayso.link.words import weights
from sayso.model import Act, Actor, ActorType, Measure, Report, Statement
from tests.link.factories import actor, extraction, report, says

QUILL, MARSK = actor("Ada Quill"), actor("Olen Marsk")
NORLAND, KELM = actor("Norland", ActorType.PLACE), actor("Kelm", ActorType.PLACE)
GENERAL = actor("Bram Orrel", role="head of Norland's coast guard")


def denied(*told: tuple[Report, Statement], near: bool = False) -> list[str]:
    """The words that the last statement denies; ``near`` says that all pairs are near in meaning."""
    reports = {where.id: where for where, _ in told}
    read = [extraction(where, *(s for w, s in told if w.id == where.id)) for where in reports.values()]
    every: list[Told] = read_statements(reports, read)
    cosines = {(a.id, b.id): 0.9 for a in every for b in every if a.id < b.id} if near else {}
    bonds = tie_denials(every, weights(t.words.stems for t in every), cosines)
    by_id = {t.id: t for t in every}
    return [by_id[b.second].text for b in bonds if b.first == told[-1][1].id]


def story(*parts: tuple[str, Actor, Act]) -> list[tuple[Report, Statement]]:
    where = report(". ".join(f"{who.name} {words}" for words, who, _ in parts))
    return [(where, says(where, words, who, act=act)) for words, who, act in parts]


def test_a_denial_without_content_goes_to_the_nearest_accusation_that_names_the_denier() -> None:
    parts = (
        ("Norland of sinking a ferry in March", KELM, Act.ACCUSE),
        ("the harbour was quiet in the morning", QUILL, Act.ASSERT),
        ("Norland for the fire on the weir", KELM, Act.ACCUSE),
        ("involvement", NORLAND, Act.DENY),
    )
    assert denied(*story(*parts)) == ["Norland for the fire on the weir"]


@pytest.mark.parametrize("words", ["it", "the accusation", "any role for its army", "that its troops were involved"])
def test_what_has_no_content_of_its_own(words: str) -> None:
    parts = (("Norland of shelling the mill", KELM, Act.ACCUSE), (words, NORLAND, Act.DENY))
    assert denied(*story(*parts)) == ["Norland of shelling the mill"]


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (("that the raiders set out from Norlandic soil", GENERAL, Act.CONFIRM), "who concedes does not accuse"),
        (("that Norlandic boats were near", GENERAL, Act.ASSERT), "his own side's officer"),
        (("the town of Dorn of neglect", KELM, Act.ACCUSE), "it names another"),
        (("that Norland denies all", QUILL, Act.ASSERT), "it tells of the denial"),
    ],
)  # fmt: skip
def test_no_accusation_no_dispute(before: tuple[str, Actor, Act], why: str) -> None:
    assert denied(*story(before, ("any role for its army", NORLAND, Act.DENY))) == [], why


@pytest.mark.parametrize(
    ("said", "denial"),
    [
        (
            "those in the relief work race against the clock",
            "that the relief work is too slow",
        ),  # another thing of one topic
        ("we never took money from the fund", "taking money from the fund"),  # the same thing in other words
        ("three million people may need food", "that the estimates of the council need food"),
    ],
)
def test_a_denial_with_content_needs_just_that_content(said: str, denial: str) -> None:
    assert denied(*story((said, QUILL, Act.ASSERT), (denial, MARSK, Act.DENY)), near=True) == []


def test_a_denial_with_content_finds_who_said_it() -> None:
    parts = (
        ("the company ignored an alarm at the weir", QUILL, Act.ASSERT),
        ("that an alarm at the weir was ignored by the company", MARSK, Act.DENY),
    )
    assert denied(*story(*parts), near=True) == ["the company ignored an alarm at the weir"]
    assert denied(*story(*parts)) == []  # the same words in another sense


def test_a_denial_of_a_figure_goes_to_who_gave_it() -> None:
    parts = (
        ("that 14 soldiers had been killed", QUILL, Act.ASSERT),
        ("that the road to Dorn was open", QUILL, Act.ASSERT),
        ("the figure of 14 dead soldiers as a fairy tale", MARSK, Act.DENY),
    )
    assert denied(*story(*parts)) == ["that 14 soldiers had been killed"]


def test_we_did_not_answers_a_charge_of_that_place_only() -> None:
    charge = ("Norland for the raid on the village of Dorn", KELM, Act.ACCUSE)
    assert denied(*story(charge, ("we did not attack Dorn", NORLAND, Act.ASSERT))) == [charge[0]]
    assert denied(*story(charge, ("we did not attack Tarn", NORLAND, Act.ASSERT))) == []


def test_a_denied_deed_is_no_denied_count() -> None:
    where = report(
        "Ada Quill 53 people were hurt by the bombardment of Dorn. Norland having launched the bombardment of Dorn"
    )
    count = says(
        where, "53 people were hurt by the bombardment of Dorn", QUILL, count=("53", 53, Measure.INJURED, "people")
    )
    denial = says(where, "having launched the bombardment of Dorn", NORLAND, act=Act.DENY)
    assert denied((where, count), (where, denial), near=True) == []


def test_a_sentence_that_denies_is_no_charge() -> None:
    parts = (
        ("Not one soldier of Norland crossed the river", KELM, Act.ASSERT),
        ("any role for its army", NORLAND, Act.DENY),
    )
    assert denied(*story(*parts)) == []
