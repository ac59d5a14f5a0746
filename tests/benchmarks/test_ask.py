"""What an answer is worth: the judge of `benchmarks/ask.py`, on answers made by hand."""

from __future__ import annotations

import pytest

from ask import Case, judge
from sayso.model import Answer, Asked, Claim, Given, Outcome, Question, Slot, Status

O = Outcome  # noqa: E741
QUESTION = Question("q-1", "How many?", Slot.HOW_MANY, ("c-1",), False)


def given(answer: str, best: float | None = None, *, before: bool = False) -> Given:
    claim = Claim("c-1", "q-1", "w", ("s-1",), Answer(answer, best=best), Status.REPORTED, "one", 1)
    return Given(answer, "w", claim, QUESTION, ("Ada",), before, ())


def asked(outcome: Outcome, *answers: Given) -> Asked:
    return Asked("how many?", Slot.HOW_MANY, outcome, "", answers)


NUMBER = Case("how many (main)", "how many?", numbers=frozenset({7.0}))
SIDES = Case("whether", "is it?", told=frozenset({"yes", "no"}))
NAME = Case("who", "who?", told=frozenset({"Norland"}))
OPEN = Case("open", "why?", open=True)
NOTHING = Case("unknowable", "why?")


@pytest.mark.parametrize(
    ("case", "answer", "verdict"),
    [
        (NUMBER, asked(O.ANSWERED, given("seven", 7)), "right"),
        (NUMBER, asked(O.ANSWERED, given("six", 6)), "wrong"),
        (NUMBER, asked(O.ANSWERED, given("seven", 7, before=True)), "wrong"),
        (NUMBER, asked(O.ANSWERED, given("seven", 7), given("six", 6, before=True)), "right"),
        (NUMBER, asked(O.SEVERAL, given("seven", 7), given("six", 6)), "several"),
        (NUMBER, asked(O.UNKNOWN), "abstained"),
        (SIDES, asked(O.DISPUTED, given("yes"), given("no")), "right"),
        (SIDES, asked(O.ANSWERED, given("yes")), "half"),
        (Case("whether", "is it?", told=frozenset({"no"})), asked(O.ANSWERED, given("yes")), "wrong"),
        (NAME, asked(O.ANSWERED, given("the army of Norland")), "right"),
        (NAME, asked(O.ANSWERED, given("Kelmar")), "wrong"),
        (OPEN, asked(O.OPEN), "right"),
        (OPEN, asked(O.UNKNOWN), "abstained"),
        (OPEN, asked(O.ANSWERED, given("since it broke")), "wrong"),
        (NOTHING, asked(O.UNKNOWN), "right"),
        (NOTHING, asked(O.OPEN), "right"),
        (NOTHING, asked(O.ANSWERED, given("seven", 7)), "wrong"),
    ],
)
def test_what_an_answer_is_worth(case: Case, answer: Asked, verdict: str) -> None:
    assert judge(case, answer) == verdict
