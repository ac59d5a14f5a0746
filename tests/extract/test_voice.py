"""What an outlet tells in its own voice, beside what it has others say."""

from __future__ import annotations

import pytest

from sayso.model import Act
from tests.extract.making import read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "open_clauses"),
    [
        (
            "It remains unclear who was responsible – Belmark blamed Norland for what it called an attack on the dam; "
            "Norland has denied involvement – but the video could be held up by critics.",
            ["It remains unclear who was responsible"],
        ),
        (
            "It is not clear how long the dam will last, but Governor Arn Tolvik said engineers were at work.",
            ["It is not clear how long the dam will last"],
        ),
        (
            "The cause of the crack is unknown to this day; Governor Arn Tolvik blamed the builders.",
            ["The cause of the crack is unknown to this day"],
        ),
        ("Governor Arn Tolvik said it was not clear how long the dam would last.", []),
    ],
)  # fmt: skip
def test_a_clause_that_tells_what_nobody_knows_stands_beside_what_somebody_says(
    text: str, open_clauses: list[str]
) -> None:
    found = read(text, voice=True)
    assert [f.what for f in found if f.statement.act is Act.ASK and f.who is None] == open_clauses
