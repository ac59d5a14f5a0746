"""Headings and captions that were run into the sentence behind them, and sentences that only look so."""

from __future__ import annotations

import pytest

from sayso.ingest.blocks import find_blocks
from sayso.ingest.paragraphs import find_units
from sayso.ingest.run_in import split_run_in
from sayso.model import BlockKind


def parts(text: str) -> list[str]:
    return [unit.span.of(text) for unit in split_run_in(text, find_units(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rescuers search the rubble The quake struck Arlen at noon on Monday.",
            ["Rescuers search the rubble", "The quake struck Arlen at noon on Monday."],
        ),
        (
            "Nobody was hurt. Boats wait in the harbour She said the storm would be over by noon. Then it rained.",
            ["Nobody was hurt.", "Boats wait in the harbour", "She said the storm would be over by noon. Then it rained."],
        ),
        (
            "Bridge falls in Kesta More than forty people were on it at the time.",
            ["Bridge falls in Kesta", "More than forty people were on it at the time."],
        ),
        (
            "Floods left thousands homeless A Kesta-based charity is sending help to the valley.",
            ["Floods left thousands homeless", "A Kesta-based charity is sending help to the valley."],
        ),
        (
            "Foreign ministry says NEW: Ferry found Arlen, Kesta (CNN) -- A crew was met with stones at the harbour.",
            ["Foreign ministry says NEW: Ferry found", "Arlen, Kesta (CNN) -- A crew was met with stones at the harbour."],
        ),
        (
            "PORT ARLEN | Thu May 6, 2031 8:50 am EDT PORT ARLEN (Reuters) - The ferry is to be raised.",
            ["PORT ARLEN | Thu May 6, 2031 8:50 am EDT", "PORT ARLEN (Reuters) - The ferry is to be raised."],
        ),
    ],
)  # fmt: skip
def test_a_heading_stands_apart(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Doctors in Arlen warned that hepatitis A cases had risen since the flood in May.",
        "Mara Orm writes for The harbour newspaper, which comes out twice a week in Kesta.",
        "Kell said The river will not rise any further before the end of the week.",
        "Kell told them: “Boats wait in the harbour The storm is not over for us by any means.”",
        "The old ferry boarded Marine One at noon and went down the river to Kesta.",
        "Rescue dogs The end.",
        "The agency Reuters (AP) - a rival - wrote nothing of the ferry in those days, she said.",
        "Kell told reporters that he had read The Guardian that morning in the train to Kesta.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert parts(text) == [text]


def test_nothing_is_lost_between_the_parts() -> None:
    text = "Nobody was hurt. Boats wait in the harbour She said the storm would be over by noon. Fires burn He saw two of them from the bridge."
    assert " ".join(parts(text)) == text


def test_a_first_heading_is_the_headline() -> None:
    text = "Rescuers search the rubble The quake struck Arlen at noon on Monday, and forty houses fell."
    assert [b.kind for b in find_blocks(text)] == [BlockKind.HEADLINE, BlockKind.PARAGRAPH]
