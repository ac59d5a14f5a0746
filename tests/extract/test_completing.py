"""Contents whose end was set too early."""

from __future__ import annotations

import pytest

from sayso.extract.completing import complete
from sayso.extract.cues import Cue
from sayso.extract.found import Found
from sayso.extract.parse import parse_report
from sayso.model import Act
from tests.extract.making import report


def completed(text: str, content: str, source: str, cue: str) -> list[str]:
    passage = parse_report(report(text))[0]

    def tokens(words: str) -> tuple[int, ...]:
        at = text.index(words)
        span = passage.doc.char_span(at, at + len(words), alignment_mode="expand")
        return tuple(t.i for t in span or ())

    at = text.index(content)
    found = Found(
        Cue("say", Act.ASSERT), tokens(cue)[-1], tokens(source), tokens(cue), ((at, at + len(content)),), True
    )
    return [text[a:b] for a, b in complete(found, passage).content]


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        (
            "Two areas were hit by drones, Kell said, causing two houses to burn.",
            "Two areas were hit by drones",
            ["Two areas were hit by drones", "causing two houses to burn"],
        ),
        (
            "A bomb hit the market, Kell said, killing four people.",
            "A bomb hit the market",
            ["A bomb hit the market", "killing four people"],
        ),
        # the speaker does these
        ("Two areas were hit, Kell said, adding that nobody was hurt.", "Two areas were hit", ["Two areas were hit"]),
        ("The road is open, Kell said, waving at the crowd.", "The road is open", ["The road is open"]),
        # a word short of its end
        (
            "The raids destroyed schools and hospitals Kell said.",
            "The raids destroyed schools and",
            ["The raids destroyed schools and hospitals"],
        ),
        # whole as it is
        ("The raids destroyed schools, Kell said.", "The raids destroyed schools", ["The raids destroyed schools"]),
    ],
)
def test_a_content_goes_to_its_end(text: str, content: str, whole: list[str]) -> None:
    assert completed(text, content, "Kell", "said") == whole
