"""Paragraphs of the three ways of writing: blank lines, one to a line, hard-wrapped."""

from __future__ import annotations

import textwrap

import pytest

from sayso.ingest.paragraphs import find_units
from sayso.model import BlockKind

ONE = (
    "The dam above Ostrel held through a night of heavy rain, the river authority said on Wednesday morning, and the "
    "order to leave the lower town was lifted. Engineers had opened two gates before midnight."
)
TWO = (
    "Pavel Dorn, who heads the authority, told reporters that the reservoir would be lowered by two metres over the "
    "coming week. Residents spent the night in the school at Karsk, where the Red Cross had put up beds."
)
THREE = "The mayor of Karsk, Lena Host, thanked the volunteers. She said that the town would pay for every night."


def pieces(text: str) -> list[str]:
    return [" ".join(unit.span.of(text).split()) for unit in find_units(text)]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("joint", ["\n\n", "\n", "\n\n\n"])
def test_paragraphs_on_one_line_each(newline: str, joint: str) -> None:
    assert pieces(joint.join((ONE, TWO, THREE)).replace("\n", newline)) == [ONE, TWO, THREE]


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_a_hard_wrapped_paragraph_stays_one(width: int) -> None:
    text = "\n\n".join(textwrap.fill(p, width) for p in (ONE, TWO, THREE))
    assert pieces(text) == [ONE, TWO, THREE]


def test_hard_wrapped_paragraphs_told_apart_by_indent_alone() -> None:
    text = "\n".join(textwrap.fill(p, 72, initial_indent="   ") for p in (ONE, TWO, THREE))
    assert pieces(text) == [ONE, TWO, THREE]


def test_short_lines_are_not_taken_for_wrapping() -> None:
    text = "Dead: 3\nInjured: 14\nMissing: 2\nHouses lost: 40\n"
    assert pieces(text) == text.splitlines()


def test_lists_and_quotations_are_told_by_their_marks() -> None:
    text = "Before.\n\n- first\n- second\n\n> They were lucky,\n> he wrote.\n\n1. third\n"
    found = [(unit.kind, unit.span.of(text)) for unit in find_units(text)]
    assert found == [
        (None, "Before."),
        (BlockKind.LIST, "first"),
        (BlockKind.LIST, "second"),
        (BlockKind.QUOTE, "They were lucky,\n> he wrote."),
        (BlockKind.LIST, "third"),
    ]


def test_a_year_and_a_dash_at_a_line_start_make_no_list() -> None:
    assert [u.kind for u in find_units("2031. It was a wet year.\n\n-5 degrees were measured.")] == [None, None]
