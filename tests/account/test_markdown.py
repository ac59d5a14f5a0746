"""The Markdown of an account: what stands in it, and that report text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.account.labels import STATUS_WORDS
from sayso.account.markdown import escape, to_markdown

if TYPE_CHECKING:
    from tests.account.bridge_incident import Incident


def test_the_account_reads_from_top_to_bottom(bridge: Incident) -> None:
    text = to_markdown(bridge.account)
    assert text.startswith("# The blast at the Brackwater bridge\n\n*As of 13 March 2031, 21:00 UTC. 9 reports from 7 ")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == [section.heading for section in bridge.account.sections] + ["What the status words mean"]


def test_every_line_has_its_status_in_words_and_its_notes(bridge: Incident) -> None:
    text = to_markdown(bridge.account)
    rows = [row for row in text.splitlines() if re.search(r"\[\^\d+\]$", row)]
    assert len(rows) == len(bridge.lines)
    for row, line in zip(rows, bridge.lines, strict=True):
        assert f"*({STATUS_WORDS[line.status].name}: " in row
        assert row.count("[^") == len(line.citations)
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert sorted(set(re.findall(r"\[\^(\d+)\](?!:)", text)), key=int) == defined


def test_a_note_gives_outlet_date_words_and_link(bridge: Incident) -> None:
    text = to_markdown(bridge.account)
    assert (
        "]: The Corran Herald, 12 March 2031: “The bridge, opened in 1988, was closed for repairs for five months in "
        "2027.” <https://herald.example/news/brackwater-bridge?ref=front>"
    ) in text
    assert re.search(r"\]: Daybreak Online, 13 March 2031: “An earlier .+” report `r-\w+`", text)


def test_the_same_words_cited_twice_are_one_note(bridge: Incident) -> None:
    notes = re.findall(r"^\[\^\d+\]: (.+)$", to_markdown(bridge.account), re.MULTILINE)
    assert len(notes) == len(set(notes))


def test_an_account_without_lines_says_so(bridge: Incident) -> None:
    text = to_markdown(replace(bridge.account, sections=()))
    assert "There is nothing to say yet" in text
    assert "##" not in text.removeprefix("# ")


def test_a_section_without_lines_is_left_out(bridge: Incident) -> None:
    first, *rest = bridge.account.sections
    text = to_markdown(replace(bridge.account, sections=(replace(first, lines=()), *rest)))
    assert first.heading not in text


def test_hostile_text_makes_no_markup(hostile: Incident) -> None:
    text = to_markdown(hostile.account)
    assert not re.search(r"<(?!https?://)", text), "an HTML tag"
    assert not re.search(r"(?<!\\)\]\(", text), "a link"
    assert not re.search(r"<https?://(?!herald)", text), "an address that is no outlet's"
    assert "```" not in text.replace("\\`", "")
    assert "\u202e" not in text
    assert "\x00" not in text
    text.encode("utf-8")  # no half of a surrogate pair


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain words, 14:05 (UTC).", "plain words, 14:05 (UTC)."),
        ("*a* _b_ `c` [d](e)", r"\*a\* \_b\_ \`c\` \[d\](e)"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("see http://x.example", r"see http\://x.example"),
        ("see www.x.example", r"see www\.x.example"),
        ("# one", r"\# one"),
        ("1. one", r"1\. one"),
        ("- one", r"\- one"),
        ("two\n\n# lines", "two # lines"),
        ("a@b.example", "a&#64;b.example"),
        ("\u202eabc", r"\[U+202E\]abc"),
    ],
)
def test_escape(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(st.text(max_size=300))
def test_escaped_text_has_no_bare_markup(text: str) -> None:
    escaped = escape(text)
    assert not set("<>\n") & set(escaped)
    assert not re.search(r"(?<!\\)(?:\\\\)*[`\[\]*_]", escaped)


def test_the_same_account_gives_the_same_bytes(bridge: Incident, made: ModuleType) -> None:
    assert to_markdown(bridge.account) == to_markdown(made.bridge().account)
