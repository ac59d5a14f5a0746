"""When two names are spellings of one name, and when they are two. All names are invented or of no one person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.actors_alike import (
    bodies_alike,
    body_key,
    is_bare_institution,
    may_be_one_person,
    people_alike,
    shorter_form,
    sound,
)
from sayso.link.actors_names import fold


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Vyacheslav Tolvik", "Viacheslav Tolvik", None),  # folded alike: no comparison is needed
        ("Orhan Qaddarin", "Orhan Gaddarin", "spelled otherwise: Qaddarin / Gaddarin"),
        ("Orhan Qaddarin", "Orhan Kadharin", "spelled otherwise: Qaddarin / Kadharin"),
        ("Yevhen Tarsky", "Evhen Tarskyy", "spelled otherwise"),
        ("Selim al-Varid", "Selim Varid", "article"),
        ("Abdul Rahim Vask", "Abdulrahim Vask", "spelled otherwise"),
        ("Volodymyr Tarsk", "Vladimir Tarsk", "forms of one first name"),
        ("Mohammed Varn", "Muhammad Varn", "forms of one first name"),
        ("Bill Ferrowby", "William Ferrowby", "forms of one first name"),
        ("Anna Brandreth", "Anna Brandrith", "a letter apart"),
        ("Petr Schulka", "Petr Shulka", "spelled otherwise"),
    ],
)
def test_one_person_spelled_in_two_ways(first: str, second: str, reason: str | None) -> None:
    a, b = fold(first), fold(second)
    if reason is None:
        assert a == b
        return
    found = people_alike(a, b)
    assert found is not None
    assert reason in found[1]
    assert may_be_one_person(a, b)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada Quill", "Bram Quill"),
        ("Hassan Varid", "Hussein Varid"),
        ("Ivan Tarskov", "Ivana Tarskov"),
        ("Olga Tarskov", "Olga Tarskova"),  # a letter at the end is another name
        ("Anna Pellmersen", "Anna Pellmerson"),
        ("Alan Johnson", "Alan Johnston"),
        ("Peter Marsh", "Peter March"),
        ("Robert Lee", "Robert Li"),
        ("Anna Moller", "Anna Muller"),
        ("Christian Tal", "Christine Tal"),
        ("Ada B Quill", "Ada C Quill"),
        ("Kim Jong-il", "Kim Jong-un"),
        ("James Walker", "James Walter"),
        ("Quill Ada", "Ada Quill"),  # which is the surname, nobody told
    ],
)
def test_two_people(first: str, second: str) -> None:
    assert people_alike(fold(first), fold(second)) is None
    assert not may_be_one_person(fold(first), fold(second))


@pytest.mark.parametrize(
    ("short", "full", "reason"),
    [
        ("Quill", "Ada Quill", "surname of the only person so called"),
        ("B Quill", "Bram Quill", "initials"),
        ("Bram Quill", "Bram Odo Quill", "without the middle name"),
        ("Bram O Quill", "Bram Odo Quill", "initials"),
        ("al-Varid", "Selim Varid", None),
        ("C Quill", "Bram Quill", None),
        ("Ada", "Ada Quill", None),  # a first name leads to nobody
        ("Ada Odo Quill", "Ada Quill", None),
    ],
)
def test_shorter_forms_of_a_full_name(short: str, full: str, reason: str | None) -> None:
    found = shorter_form(fold(short), fold(full))
    assert (found and found[1].partition(":")[0]) == reason


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Freedom Legion for Norlandia", "Freedom of Norlandia Legion", "the same words in another order"),
        ("Liberty of Norlandia Legion", "Freedom of Norlandia Legion", "translated: Liberti / Freedom"),
        ("Ministry of Defence of Poland", "Polish Defense Ministry", "translated"),
        ("Varn Council", "Council of Varn", "the same words in another order"),
        ("Marl Motor Company", "Marl Motor Corp.", "translated"),
        ("Varn Ministry of Foreign Affairs", "Varn Foreign Ministry", "with or without: Affairs"),
    ],
)
def test_one_body_in_other_words(first: str, second: str, reason: str) -> None:
    a, b = fold(first), fold(second)
    found = bodies_alike(a, b, body_key(a), body_key(b))
    assert found is not None
    assert reason in found[1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("West Varnia", "Varnia West"),
        ("Freedom Legion", "Freedom Front"),
        ("Polish Defence Ministry", "Czech Defence Ministry"),
        ("Varn Liberation Front", "Varn Freedom Front"),
        ("Varn Election Committee", "Varn Election Commission"),
        ("Free River Brigade", "Free Rivers Union"),
        ("Quill", "Quill"),
    ],
)
def test_two_bodies(first: str, second: str) -> None:
    a, b = fold(first), fold(second)
    assert bodies_alike(a, b, body_key(a), body_key(b)) is None


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Defence Ministry", True),
        ("Border Guard", True),
        ("Interior Ministry", True),
        ("Varn Defence Ministry", False),
        ("Polish Army", False),
        ("Free River Brigade", False),
    ],
)
def test_a_bare_institution_names_no_body(name: str, bare: bool) -> None:
    assert is_bare_institution(body_key(fold(name))) is bare


_letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9)


@given(_letters)
def test_the_sound_of_a_sound_is_itself_or_shorter(word: str) -> None:
    assert len(sound(sound(word))) <= len(sound(word)) <= len(word) + word.count("x")


@given(st.lists(_letters, min_size=2, max_size=3), st.lists(_letters, min_size=2, max_size=3))
def test_likeness_is_the_same_both_ways(first: list[str], second: list[str]) -> None:
    a, b = tuple(first), tuple(second)
    assert (people_alike(a, b) is None) == (people_alike(b, a) is None)
    assert may_be_one_person(a, b) == may_be_one_person(b, a)
