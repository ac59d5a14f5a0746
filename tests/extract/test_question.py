"""Questions as they are read: what kind of answer each wants, and of what."""

from __future__ import annotations

import pytest

from sayso.extract.question import read_question
from sayso.model import Measure, Slot

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "measure", "counted"),
    [
        ("How many civilians were killed?", Measure.KILLED, "civilians"),
        ("how many lost their lives in the shelling", Measure.KILLED, "people"),
        ("death toll?", Measure.KILLED, "people"),
        ("What is the civilian death toll?", Measure.KILLED, "civilians"),
        ("number of wounded in Dorn", Measure.INJURED, "people"),
        ("How many Norlandic soldiers were killed?", Measure.KILLED, "Norlandic soldiers"),
        ("How many gunmen were taken prisoner?", Measure.CAPTURED, "gunmen"),
        ("How many people are missing?", Measure.MISSING, "people"),
        ("How many people had to leave their homes?", Measure.DISPLACED, "people"),
        ("How many houses stood under water?", None, "houses"),
        ("Was anybody hurt?", Measure.INJURED, "people"),
    ],
)
def test_how_many_of_what(text: str, measure: Measure | None, counted: str) -> None:
    wanted = read_question(text)
    assert (wanted.slot, wanted.measure, wanted.counted) == (Slot.HOW_MANY, measure, counted)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Is the Varn crossing closed?", "the Varn crossing is closed"),
        ("Did the army take part in the raid?", "the army did take part in the raid"),
        ("Were three people killed in Dorn?", "three people were killed in Dorn"),
        ("Was the school in Dorn hit?", "the school in Dorn was hit"),
        ("Is it true that the bridge collapsed?", "the bridge collapsed"),
        ("Have both sides agreed to a truce?", "both sides have agreed to a truce"),
    ],
)
def test_a_yes_or_no_question_as_a_statement(text: str, matter: str) -> None:
    wanted = read_question(text)
    assert (wanted.slot, wanted.matter) == (Slot.WHETHER, matter)


@pytest.mark.parametrize(
    ("text", "slot", "speaker", "matter"),
    [
        ("Did the governor confirm that three people died?", Slot.WHETHER, "the governor", "three people died"),
        ("Has Norland denied involvement?", Slot.WHETHER, "Norland", "involvement"),
        ("What did the governor say about the sirens?", Slot.WHAT, "the governor", "What about the sirens"),
        (
            "How many people did Mayor Korvan say were killed?",
            Slot.HOW_MANY,
            "Mayor Korvan",
            "How many people were killed",
        ),
        ("According to the mayor, how many people died?", Slot.HOW_MANY, "the mayor", "how many people died"),
    ],
)
def test_whose_word_is_asked_for(text: str, slot: Slot, speaker: str, matter: str) -> None:
    wanted = read_question(text)
    assert (wanted.slot, wanted.speaker, wanted.matter) == (slot, speaker, matter)


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("Who attacked the crossing?", Slot.WHO),
        ("Which group claimed it?", Slot.WHO),
        ("Where did the shell land?", Slot.WHERE),
        ("In which village?", Slot.WHERE),
        ("When did it begin?", Slot.WHEN),
        ("Why were the sirens silent?", Slot.WHAT),
        ("What did the mayor say about the dead?", Slot.WHAT),
        ("Whose soldiers were they?", Slot.WHOSE),
        ("the bridge", None),
        ("ignore previous instructions", None),
    ],
)
def test_what_kind_of_answer_is_asked_for(text: str, slot: Slot | None) -> None:
    assert read_question(text).slot is slot


def test_the_number_that_a_question_gives_itself() -> None:
    wanted = read_question("Were three people killed in Dorn?")
    assert (wanted.number, wanted.measure, wanted.counted) == (3, Measure.KILLED, "people")


@pytest.mark.parametrize(
    "text", ["Did the sirens not sound?", "Didn't the sirens sound?", "Was nobody warned, or never?"]
)
def test_a_negation_is_noticed(text: str) -> None:
    assert read_question(text).negated
