"""Speakers that the layout tells: transcripts and signatures."""

from __future__ import annotations

import pytest

from tests.extract.making import read

pytestmark = pytest.mark.model


def told(text: str) -> list[tuple[str | None, str]]:
    return [(f.who, f.what) for f in read(text)]


def test_a_transcript() -> None:
    text = "KELL: The alarm was off that night and nobody came.\nTOLVIK: Who had the key?\nKELL: I do not know."
    found = told(text)
    assert ("KELL", "The alarm was off that night and nobody came.") in found
    assert ("TOLVIK", "Who had the key?") in found


def test_one_label_alone_is_no_transcript() -> None:
    assert not [who for who, _ in told("WARNING: Rain is on its way to the coast tonight.") if who == "WARNING"]


def test_a_signature_behind_a_dash() -> None:
    text = "“The river took my boat and my neighbour's boat.” ― Ilse Kell\n“I have slept on the roof since Monday.” ― Arn Tolvik"
    assert told(text) == [
        ("Ilse Kell", "“The river took my boat and my neighbour's boat.”"),
        ("Arn Tolvik", "“I have slept on the roof since Monday.”"),
    ]
