"""Which numbers answer one question, and how they stand to each other."""

from __future__ import annotations

import pytest

from sayso.link.drafts import Draft
from sayso.link.figures import figure_questions
from sayso.link.scope import read_figures
from sayso.link.told import read_statements
from sayso.model import Act, Measure, RelationKind, Report, Statement
from tests.link.factories import actor, extraction, report, says

QUILL, MARSK = actor("Ada Quill"), actor("Olen Marsk")


def questions(*told: tuple[Report, Statement]) -> list[Draft]:
    reports = {where.id: where for where, _ in told}
    read = [extraction(where, *(s for w, s in told if w.id == where.id)) for where in reports.values()]
    figures = read_figures(read_statements(reports, read))
    return figure_questions(figures, dict.fromkeys(reports, 0), frozenset())


def killed(
    sentence: str,
    number: str,
    best: float,
    who: object,
    *,
    day: str = "2031-04-02",
    counted: str = "people",
    outlet: str = "A",
    measure: Measure = Measure.KILLED,
    low: float | None = None,
    high: float | None = None,
    vague: bool = False,
    act: Act = Act.ASSERT,
) -> tuple[Report, Statement]:
    where = report(f"{sentence}.", outlet=outlet, published=day)
    count = (number, best, measure, counted)
    return where, says(where, sentence, who, count=count, low=low, high=high, vague=vague, act=act)  # type: ignore[arg-type]


def relations(drafts: list[Draft]) -> list[tuple[str, RelationKind, str]]:
    return [(d.answers[t.first].text, t.kind, d.answers[t.second].text) for d in drafts for t in d.ties]


NINE = killed("nine people died in Varn", "nine", 9, QUILL)


def test_one_actors_later_number_is_a_revision() -> None:
    drafts = questions(NINE, killed("twelve people died in Varn", "twelve", 12, QUILL, day="2031-04-03"))
    assert relations(drafts) == [("twelve", RelationKind.REVISES, "nine")]


def test_a_report_may_tell_the_older_number_later() -> None:
    where = report("Ada Quill said one person died in Varn. She had first said that no one died in Varn.")
    one = says(where, "one person died in Varn", QUILL, count=("one", 1, Measure.KILLED, "people"))
    none = says(where, "no one died in Varn", QUILL, count=("no one", 0, Measure.KILLED, "people"))
    drafts = questions((where, one), (where, none))
    assert relations(drafts) == [("one", RelationKind.REVISES, "no one")]


def test_two_actors_on_one_day_contradict_each_other() -> None:
    drafts = questions(NINE, killed("thirty people died in Varn", "thirty", 30, MARSK, outlet="B"))
    assert relations(drafts) == [("thirty", RelationKind.CONTRADICTS, "nine")] or relations(drafts) == [
        ("nine", RelationKind.CONTRADICTS, "thirty")
    ]


@pytest.mark.parametrize(
    "other",
    [
        killed("thirty people died in Dorn", "thirty", 30, MARSK, outlet="B"),  # another place
        killed("thirty soldiers died in Varn", "thirty", 30, MARSK, outlet="B", counted="soldiers"),
        killed("thirty people were hurt in Varn", "thirty", 30, MARSK, outlet="B", measure=Measure.INJURED),
        killed("thirty people died in Varn in the past week", "thirty", 30, MARSK, outlet="B"),  # another period
        killed("thirty people died in Varn in 1987", "thirty", 30, MARSK, outlet="B"),
        killed("up to thirty people may have died in Varn", "thirty", 30, MARSK, outlet="B"),  # a fear, not a count
        killed("dozens of people died in Varn", "dozens", 24, MARSK, outlet="B", low=24, high=99, vague=True),
        killed("another thirty people died in Varn", "thirty", 30, MARSK, outlet="B"),  # an addition
        killed("thirty people died in Varn", "thirty", 30, MARSK, outlet="B", day="2031-04-09"),  # news, not a dispute
        killed("thirty people died in Varn", "thirty", 30, None, outlet="B"),  # nobody is named for it
        killed("thirty of its people died in Varn", "thirty", 30, MARSK, outlet="B"),  # the speaker's own
        killed(
            "bodies of thirty people were recovered in Varn", "thirty", 30, MARSK, outlet="B"
        ),  # found, not all dead
    ],
)
def test_no_conflict_across_scopes(other: tuple[Report, Statement]) -> None:
    assert not [r for r in relations(questions(NINE, other)) if r[1] is RelationKind.CONTRADICTS]


def test_a_bound_and_a_number_are_no_conflict() -> None:
    least = killed("at least 12 people died in Varn", "at least 12", 12, QUILL, low=12, high=float("inf"))
    drafts = questions(least, killed("14 people died in Varn", "14", 14, MARSK, outlet="B"))
    assert relations(drafts) == [("14", RelationKind.REFINES, "at least 12")]


def test_one_number_said_twice_is_one_answer() -> None:
    [draft] = questions(NINE, killed("nine people died in Varn", "nine", 9, MARSK, outlet="B"))
    assert [len(c) for c in draft.claims] == [2]
    assert draft.text == "How many people were killed?"


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("how many people died in Varn", "many"),
        ("three people a day die in Varn", "three"),
        ("many people died", "many"),
    ],
)
def test_what_is_no_count(sentence: str, number: str) -> None:
    assert questions(killed(sentence, number, 3, QUILL)) == []


def test_a_denied_number_is_no_answer() -> None:
    assert questions(killed("nine people died in Varn", "nine", 9, QUILL, act=Act.DENY)) == []
