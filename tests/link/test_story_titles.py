"""What a story is called: the headline that says most of what its reports are about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.link.story_titles import story_title
from sayso.model import Block, BlockKind, Report, Span

from .factories import report

BODY = "The dam above Ostrel burst and the flood carried off eleven houses. The flood reached the Ostrel market."


def titled(title: str | None, day: int = 2) -> Report:
    return replace(report(BODY, published=f"2031-04-{day:02d}"), title=title)


@pytest.mark.parametrize(
    ("titles", "chosen"),
    [
        (["Mayor thanks helpers", "Ostrel dam bursts, flood takes houses"], "Ostrel dam bursts, flood takes houses"),
        (["Ostrel dam bursts, flood takes houses", "Mayor thanks helpers"], "Ostrel dam bursts, flood takes houses"),
        # A title of a few words alone tells less than one that says what happened.
        (["Ostrel", "Dam at Ostrel bursts and flood hits market"], "Dam at Ostrel bursts and flood hits market"),
        ([None, "Mayor of Ostrel speaks of flood"], "Mayor of Ostrel speaks of flood"),
        (["  Flood   in\nOstrel "], "Flood in Ostrel"),
    ],
)
def test_the_headline_that_says_most_of_the_story_is_its_title(titles: list[str | None], chosen: str) -> None:
    assert story_title([titled(title, n + 1) for n, title in enumerate(titles)]) == chosen


def test_of_equal_headlines_the_later_stands() -> None:
    first, second = titled("Flood in Ostrel kills nine", 1), titled("Flood in Ostrel kills zwölf", 2)
    assert story_title([first, second]) == second.title


def test_a_headline_block_stands_for_a_title_and_else_the_opening() -> None:
    made = report("Ostrel flooded", BODY)
    headed = replace(made, blocks=(Block(BlockKind.HEADLINE, Span(0, 14)), *made.blocks[1:]))
    assert story_title([headed]) == "Ostrel flooded"
    assert (
        story_title([report(BODY)]) == "The dam above Ostrel burst and the flood carried off eleven houses. The flood …"
    )
    assert story_title([report("")]) == ""
