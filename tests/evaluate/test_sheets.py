"""Annotators' sheets: the words of the text found again, or a named error."""

from __future__ import annotations

import pytest

from sayso.evaluate.sheets import compile_sheet, number_sentences

TEXT = "Ivo Kell said the bridge was open. He said, “No one died.” Nobody else spoke, Radio Nord said."


def words(spans: list[tuple[int, int]]) -> list[str]:
    return [TEXT[a:b] for a, b in spans]


def test_sentences_are_numbered_from_one() -> None:
    assert [TEXT[a:b][:9] for a, b in number_sentences(TEXT)] == ["Ivo Kell ", "He said, ", "Nobody el"]


def test_words_are_found_in_the_sentence_that_is_named() -> None:
    sheet = "@ 2\nS: He\nC: said\nX: “No … died.”\nA: assert\nN: yes\nW: Ivo Kell\n"
    (found,), errors = compile_sheet(sheet, TEXT)
    assert not errors
    assert words(found["source"]) == ["He"]  # type: ignore[arg-type]
    assert words(found["content"]) == ["“No one died.”"]  # type: ignore[arg-type]
    assert found["cue"] == [(TEXT.index("said,"), TEXT.index("said,") + 4)]
    assert found["who"] == (0, 8)
    assert found["negated"] is True


def test_relays_keep_their_order_and_kind() -> None:
    sheet = "@ 1\nS: -\nC: said\nX: the bridge was open\nA: assert\nR: Radio Nord = outlet || Ivo Kell = actor\n"
    (found,), errors = compile_sheet(sheet, TEXT)
    assert not errors
    assert [hop["kind"] for hop in found["relay"]] == ["outlet", "actor"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sheet", "error"),
    [
        ("@ 1\nS: Ivo Kell\nC: denied\nX: the bridge was open\nA: assert", "not found here: 'denied'"),
        ("@ 9\nS: -\nC: said\nX: the bridge\nA: assert", "no sentence '9'"),
        ("@ 1\nS: Ivo Kell\nC: said\nX: Kell said the bridge\nA: assert", "overlap"),
        ("@ 1\nS: Ivo Kell\nC: said\nX: the bridge was open\nA: mumble", "no such act: mumble"),
        ("@ 1\nS: Ivo Kell\nC: said\nA: assert", "X is missing"),
        ("@ 1\nS: Ivo Kell\nC: said\nX: the bridge\nA: assert\nR: Radio Nord = pigeon", "no such kind of relay"),
        ("Ivo Kell said", "not a field"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(sheet: str, error: str) -> None:
    found, errors = compile_sheet(sheet, TEXT)
    assert not found
    assert len(errors) == 1
    assert errors[0].startswith("line 1")
    assert error in errors[0]


def test_one_wrong_block_does_not_lose_the_others() -> None:
    sheet = (
        "@ 1\nS: Ivo Kell\nC: denied\nX: it\nA: deny\n\n@ 1\nS: Ivo Kell\nC: said\nX: the bridge was open\nA: assert\n"
    )
    found, errors = compile_sheet(sheet, TEXT)
    assert len(found) == len(errors) == 1
