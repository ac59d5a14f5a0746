"""What is asked and not answered: each question by itself, in the words that raise it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.link.asks import asked_in, is_question, open_questions
from sayso.link.told import Told, read_statements
from sayso.model import Act, Actor, ActorType, Slot, Span
from tests.link.factories import actor, extraction, report, says

ANALYSTS = actor("analysts", ActorType.GROUP)


def one(words: str, who: Actor | None = None, *, act: Act = Act.ASK, day: str = "2031-04-02") -> Told:
    where = report(f"{who.name} noted {words}." if who else f"{words}.", published=day)
    (told,) = read_statements({where.id: where}, [extraction(where, says(where, words, who, act=act))])
    return told


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        ("It remains unclear who was responsible", [("Who was responsible?", Slot.WHO)]),
        (
            "But questions remain about the group behind the raid, how it crossed and what it means for the talks",
            [
                ("The group behind the raid?", Slot.WHO),
                ("How it crossed?", Slot.WHAT),
                ("What it means for the talks?", Slot.WHAT),
            ],
        ),
        ("It is unclear who ordered the strike and when", [("Who ordered the strike and when?", Slot.WHO)]),
        ("How and why the dam burst is not known", [("How and why the dam burst?", Slot.WHAT)]),
        ("It was not clear how many were hurt or where they were taken", [
            ("How many were hurt?", Slot.HOW_MANY),
            ("Where they were taken?", Slot.WHERE),
        ]),
    ],
)  # fmt: skip
def test_each_question_is_one(words: str, questions: list[tuple[str, Slot]]) -> None:
    assert [(asked.text, asked.slot) for asked in asked_in(one(words))] == questions


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("widespread confusion in the capital about how the raid was authorized", True),
        ("uncertainty over who commands the brigade", True),
        ("widespread confusion in the capital about the raid", False),
        ("that the raid was authorized", False),
    ],
)
def test_what_people_wonder_at_is_asked(words: str, expected: bool) -> None:
    assert is_question(one(words, ANALYSTS, act=Act.ASSERT)) is expected


def test_one_question_of_two_reports_is_one() -> None:
    first = one("Questions remain about who blew up the weir and how they reached it")
    second = one("It is still unclear who blew up the weir at dawn", day="2031-04-03")
    found = open_questions([first, second])
    assert sorted((draft.slot, len(draft.asked_by)) for draft in found) == [(Slot.WHAT, 1), (Slot.WHO, 2)]
    assert len({draft.matter for draft in found}) == 2


def test_an_interviewers_question_is_none_of_the_matter() -> None:
    assert not is_question(one("what should the army do?", actor("Ada Quill")))


@pytest.mark.parametrize(("cue", "expected"), [("questioned", False), ("asked", True)])
def test_why_somebody_questions_is_a_reproach(cue: str, *, expected: bool) -> None:
    where = report(f"Orm Vell {cue} why the mayor would not attend.")
    at = where.text.index(cue)
    said = replace(
        says(where, "why the mayor would not attend", actor("Orm Vell"), act=Act.ASK), cue=(Span(at, at + len(cue)),)
    )
    (told,) = read_statements({where.id: where}, [extraction(where, said)])
    assert is_question(told) is expected


@pytest.mark.parametrize(("act", "expected"), [(Act.DENY, False), (Act.ASSESS, True)])
def test_what_nobody_denies_is_agreed(act: Act, *, expected: bool) -> None:
    assert is_question(one("who fired first at the gate", actor("Nobody"), act=act)) is expected
