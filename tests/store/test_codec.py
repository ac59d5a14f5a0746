from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Answer, Claim, Extraction, Kind, Linked, Problem, Quantity, Report, Span, Statement, Status
from sayso.store.codec import digest, from_plain, to_json, to_plain

TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=8)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
SPAN = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
# hypothesis takes Span for any pair of integers, and NaN for a number that we would ever store
st.register_type_strategy(Span, SPAN)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(float, NUMBER)


@pytest.mark.parametrize("kind", [Report, Extraction, Linked])
def test_every_value_comes_back_as_it_was(kind: type) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.from_type(kind))
    def check(value: object) -> None:
        text = to_json(to_plain(value))
        text.encode("utf-8")
        assert from_plain(json.loads(text), kind) == value

    check()


@pytest.mark.parametrize(
    ("given", "kept"), [("\udcff.txt", "\ufffd.txt"), ("\ud83d\ude00", "\ufffd\ufffd"), ("😀", "😀"), ("a\0b", "a\0b")]
)
def test_half_a_character_is_replaced_once_and_for_all(given: str, kept: str) -> None:
    problem = Problem(given, "here", "none")
    text = to_json(to_plain(problem))
    text.encode("utf-8")
    back = from_plain(json.loads(text), Problem)
    assert back.what == kept
    assert digest(back) == digest(problem)


def test_a_default_is_left_out_so_that_a_later_field_changes_no_hash() -> None:
    statement = Statement("s-1", "r-1", (), (), (Span(0, 3),), Kind.VOICE)
    assert to_plain(statement) == {
        "id": "s-1",
        "report": "r-1",
        "source": [],
        "cue": [],
        "content": [[0, 3]],
        "kind": "voice",
    }


def test_a_whole_number_and_the_float_that_comes_back_are_one() -> None:
    whole, floating = (Quantity(Span(0, 1), n, n, n, None, None) for n in (12, 12.0))
    assert digest(whole) == digest(floating)


def test_the_hash_covers_every_field() -> None:
    claim = Claim("c-1", "q-1", "w", ("s-1",), Answer("w"), Status.OPEN, "rule", 1)
    others = [
        Claim("c-2", "q-1", "w", ("s-1",), Answer("w"), Status.OPEN, "rule", 1),
        Claim("c-1", "q-1", "w", ("s-1", "s-2"), Answer("w"), Status.OPEN, "rule", 1),
        Claim("c-1", "q-1", "w", ("s-1",), Answer("w", holds=True), Status.OPEN, "rule", 1),
        Claim("c-1", "q-1", "w", ("s-1",), Answer("w", holds=False), Status.OPEN, "rule", 1),
        Claim("c-1", "q-1", "w", ("s-1",), Answer("w"), Status.AGREED, "rule", 1),
    ]
    assert len({digest(each) for each in (claim, *others)}) == 6


@pytest.mark.parametrize("plain", [{"start": 1}, [1], [1, 2, 3], ["1", 2], [1.0, 2], [True, 2], None])
def test_what_is_no_span_is_refused(plain: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        from_plain(plain, Span)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(Exception, match="more"):
        from_plain({"text": "a", "more": 1}, Answer)
