"""Bytes to characters, and what is said about guesses."""

from __future__ import annotations

import pytest

from sayso.errors import InputError
from sayso.ingest.decode import decode, is_binary

RUSSIAN = "Губернатор сообщил, что в городе погиб один человек и двое ранены. " * 4
TEXT = "Karsk – “one dead”, said the mayor\r\nof Ostrel.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_utf8_text_comes_back_character_for_character(encoding: str) -> None:
    found = decode(TEXT.encode(encoding), where="a.txt")
    assert found.text == TEXT
    assert found.problem is None


def test_a_declared_encoding_is_believed_when_it_fits() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), where="a", declared="koi8-r").text == RUSSIAN


@pytest.mark.parametrize("declared", ["no-such-charset", "ascii", "utf-8"])
def test_a_declared_encoding_that_does_not_fit_is_set_aside(declared: str) -> None:
    found = decode(RUSSIAN.encode("cp1251"), where="a", declared=declared)
    assert found.text == RUSSIAN
    assert found.problem is not None
    assert "guess" in found.problem.what


def test_utf16_without_a_mark_is_seen() -> None:
    found = decode("The mayor of Ostrel spoke.".encode("utf-16-le"), where="a")
    assert found.text == "The mayor of Ostrel spoke."
    assert found.problem is not None


def test_utf8_that_was_cut_in_a_letter_stays_utf8() -> None:
    found = decode(RUSSIAN.encode()[:-3], where="a")
    assert found.text.startswith(RUSSIAN[:-3])
    assert found.text.endswith("\ufffd")
    assert found.problem is not None


@pytest.mark.parametrize("raw", [b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_binary_is_refused_by_name(raw: bytes) -> None:
    with pytest.raises(InputError, match=r"x\.bin: the bytes are no text"):
        decode(raw, where="x.bin")
    assert is_binary(raw)
