"""Made stories with relations: the truth stands where it is said to, and how two sayings stand to each other."""

from __future__ import annotations

from itertools import islice

import pytest

from sayso.link.words import NUMBER_WORDS
from worlds_matters import Answer, Saying, Speaker, number, relation_of
from worlds_told import many, tell

SPEAKERS = (
    Speaker("a", "a", "a", "governor", "us"),
    Speaker("b", "b", "b", "police", "us"),
    Speaker("c", "c", "c", "their army", "them"),
)


def count(speaker: int, day: int, answer: Answer, matter: str = "killed main") -> Saying:
    return Saying(f"{speaker}{day}{answer.key}", speaker, day, "count", "killed", matter, answer, "main")


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (count(0, 0, number(9)), count(1, 0, number(9, "at_least")), {("same", "")}),
        (count(0, 1, number(12)), count(0, 0, number(9)), {("revises", "a")}),
        (count(0, 0, number(9)), count(1, 0, number(12)), {("contradicts", "")}),
        (count(0, 0, number(9)), count(1, 2, number(12)), {("contradicts", ""), ("none", "")}),
        (count(0, 0, number(9)), count(1, 4, number(12)), {("none", "")}),  # news
        (count(0, 0, number(9, "at_least")), count(1, 0, number(12)), {("none", "")}),  # a later count, no finer one
        (count(0, 0, number(9)), count(1, 0, number(12), "killed village"), {("none", "")}),
        (count(0, 0, number(9)), count(1, 0, Answer("feared 40", 0, 40, 40, "feared")), {("none", "")}),
    ],
)
def test_relation_of_two_counts(a: Saying, b: Saying, relation: set[tuple[str, str]]) -> None:
    assert relation_of(a, b, SPEAKERS) == relation


def test_a_denial_denies_what_it_names_and_nothing_else() -> None:
    charge = Saying("1", 0, 0, "accuse", "who", "who main", Answer("them"), "main")
    denial = Saying("2", 2, 0, "deny", "who", "who main", Answer("not them"), "main", denies="them")
    other = Saying("3", 0, 0, "accuse", "who", "who old", Answer("them"), "old")
    assert ("denies", "a") in relation_of(denial, charge, SPEAKERS)
    assert relation_of(denial, other, SPEAKERS) == {("none", "")}


def test_the_same_seed_gives_the_same_reports_and_another_seed_others() -> None:
    assert tell(5) == tell(5)
    assert tell(5)[1] != tell(6)[1]


def test_a_number_stands_where_the_truth_says() -> None:
    checked = 0
    for report in islice(many(1, 60), 60):
        for item in report.items:
            words = report.text[item.start : item.end]
            assert words == words.strip()
            assert words
            answer = item.saying.answer
            if item.saying.kind in ("count", "revised") and answer.bound != "vague":
                last = words.split()[-1].casefold()
                assert float(NUMBER_WORDS.get(last, 0) or last.replace(",", "")) == answer.best
                checked += 1
    assert checked > 100


def test_no_mark_is_left_in_a_text() -> None:
    for report in islice(many(1, 60), 60):
        assert not set(report.text) & set("\ue000\ue001\ue002\ue003<>{}|")
