"""Amounts with a unit: which are one answer, which answer one question, and which have nothing to do with each other."""

from __future__ import annotations

import dataclasses

import pytest

from sayso.extract.parse import load_parser
from sayso.extract.quantities import find_quantities
from sayso.link.amounts import amount_questions, read_amounts
from sayso.link.told import read_statements
from sayso.link.words import weights
from sayso.model import Act, Actor, RelationKind
from tests.link.factories import actor, extraction, report, says

pytestmark = pytest.mark.model

WARDEN, MAYOR = actor("Ada Quill"), actor("Olen Marsk")


def asked(*statements: tuple[str, str, str, Actor | None], act: Act = Act.ASSERT) -> list[dict[str, list[str]]]:
    """For each question its answers, each with the outlets that give it; statements are (words, outlet, day, speaker)."""
    reports, extractions = [], []
    for words, outlet, day, who in statements:
        where = report(f"{words}.", outlet=outlet, published=day)
        quantities = tuple(find_quantities(load_parser()(where.text)))
        statement = dataclasses.replace(says(where, words, who, act=act), quantities=quantities)
        reports.append(where)
        extractions.append(extraction(where, statement))
    told = read_statements({r.id: r for r in reports}, extractions)
    drafts = amount_questions(read_amounts(told), weights(t.words.stems for t in told))
    return [
        {a.text: sorted(t.report.outlet or "" for t in claim) for a, claim in zip(d.answers, d.claims, strict=True)}
        for d in drafts
    ]


DAY, LATER = "2031-04-02", "2031-04-04"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "12,000 to 19,000 barrels of oil a day are leaking from the well",
            "the well spills between 12,000 and 19,000 barrels daily",
        ),
        ("the repairs have cost the port $990 million", "the port has paid about $990m for repairs"),
        ("more than 100 miles of coast are fouled by the tar", "tar was found along at least 100 miles of coast"),
        ("a 6.4-magnitude earthquake shook Dorn", "the earthquake in Dorn had a magnitude of 6.4"),
    ],
)
def test_one_amount_told_by_two_outlets_is_one_answer(one: str, other: str) -> None:
    (question,) = asked((one, "A", DAY, None), (other, "B", DAY, None))
    (outlets,) = question.values()
    assert outlets == ["A", "B"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the slick covers 40 square miles of the bay", "the bomb threw glass over 40 square miles of the suburbs"),
        ("the fund lent the port 20 percent more", "shares of the bakery fell by 20 percent"),
        ("5,000 barrels a day leak from the well", "the cap collects 300 barrels a week at the pump"),
        ("the river rose for 12 hours", "the river rose for 12 hours"),
        ("millions of gallons leaked from the well", "millions of gallons leaked from the well"),
        ("the road is 30 km (19 miles) long", "a parade of 19 miles went round the road"),
    ],
    ids=[
        "other things",
        "a share of another thing",
        "another rate",
        "a duration",
        "a word for many",
        "the same in another unit",
    ],
)
def test_what_may_be_two_things_is_no_question(one: str, other: str) -> None:
    assert asked((one, "A", DAY, None), (other, "B", DAY, None)) == []


def test_one_report_asks_nothing_of_itself() -> None:
    assert asked(("12,000 to 19,000 barrels a day leak from the well", "A", DAY, None)) == []


def test_what_is_denied_or_foreseen_is_no_answer() -> None:
    told = [("the leak reached 12,500 barrels a day", outlet, DAY, WARDEN) for outlet in "AB"]
    assert asked(*told)
    assert asked(*told, act=Act.PREDICT) == asked(*told, act=Act.DENY) == []


def ties(*statements: tuple[str, str, str, Actor | None]) -> list[tuple[RelationKind, tuple[str, ...]]]:
    reports = [
        (report(f"{words}.", outlet=outlet, published=day), words, who) for words, outlet, day, who in statements
    ]
    extractions = [
        extraction(
            r, dataclasses.replace(says(r, words, who), quantities=tuple(find_quantities(load_parser()(r.text))))
        )
        for r, words, who in reports
    ]
    told = read_statements({r.id: r for r, _, _ in reports}, extractions)
    drafts = amount_questions(read_amounts(told), weights(t.words.stems for t in told))
    return [(tie.kind, tie.reasons) for draft in drafts for tie in draft.ties]


def test_a_later_number_of_one_speaker_revises() -> None:
    first = ("the well leaks 5,000 barrels of oil a day", "A", DAY, WARDEN)
    later = ("the well leaks 12,000 barrels of oil a day", "B", LATER, WARDEN)
    assert [kind for kind, _ in ties(first, later)] == [RelationKind.REVISES]
    assert ties(first, (*later[:3], MAYOR)) == []  # two speakers may have measured two things


def test_a_narrower_span_refines() -> None:
    wide = ("the well leaks 5,000 to 20,000 barrels of oil a day", "A", DAY, WARDEN)
    narrow = ("the well leaks 12,000 to 19,000 barrels of oil a day", "B", DAY, MAYOR)
    ((kind, reasons),) = ties(wide, narrow)
    assert kind is RelationKind.REFINES
    assert "lies within" in reasons[0]
