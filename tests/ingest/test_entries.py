"""Live pages: entries apart, their clock times no word of them, and other pages left as they are."""

from __future__ import annotations

import pytest

from sayso.ingest.blocks import find_blocks
from sayso.model import BlockKind

LIVE = (
    "The flood in Arlen, hour by hour. 1727 The bridge at Kesta has fallen, says the mayor. "
    "1721 The Courier's Nadia Pell says: “There are twelve boats.” 1710 Joel Fenn in Kesta tweets: “I am home.” "
    "1655 A first boat arrives."
)


def readable(text: str) -> list[str]:
    return [b.span.of(text) for b in find_blocks(text, has_headline=False) if b.kind is BlockKind.PARAGRAPH]


def test_run_in_entries_come_apart() -> None:
    assert readable(LIVE) == [
        "The flood in Arlen, hour by hour.",
        "The bridge at Kesta has fallen, says the mayor.",
        "The Courier's Nadia Pell says: “There are twelve boats.”",
        "Joel Fenn in Kesta tweets: “I am home.”",
        "A first boat arrives.",
    ]


def test_times_stay_in_the_text_as_furniture() -> None:
    marked = [b.span.of(LIVE) for b in find_blocks(LIVE, has_headline=False) if b.kind is BlockKind.BOILERPLATE]
    assert marked == ["1727", "1721", "1710", "1655"]


@pytest.mark.parametrize(
    "stamps",
    [
        ("17:27", "17:21", "17:10", "16:55"),
        ("11.05am", "11.40am", "12.40pm", "1.15pm"),
        ("12.40 pm CDT:", "12.55 pm CDT:", "1.15 pm CDT:", "1.30 pm CDT:"),
        ("23:40 GMT", "23:55 GMT", "00:10 GMT", "00:25 GMT"),
    ],
)
def test_ways_of_writing_a_time(stamps: tuple[str, ...]) -> None:
    text = "\n\n".join(f"{stamp} The mayor says boat number {n} has come." for n, stamp in enumerate(stamps, start=1))
    assert readable(text) == [f"The mayor says boat number {n} has come." for n in range(1, 5)]


@pytest.mark.parametrize(
    "text",
    [
        # years and numbers before a capital run in no order
        "He was born in Kesta. 1945 The war ended. 1812 Overture was played. 2010 Census figures rose. 1914 Reforms failed.",
        # too few to be a live page
        "The council met. 1730 Doors open. 1800 The mayor speaks.",
        # in mid-sentence
        "Flight 1721 Arlen, flight 1722 Kesta, flight 1723 Dorn and flight 1724 Holm were late.",
    ],
)
def test_other_pages_stay_whole(text: str) -> None:
    assert readable(text) == [text]
