"""From rough stretches to what a reader would mark. The stretch given stands between ⟦ and ⟧."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.tagger.snapping import snap_content, snap_phrase
from sayso.model import Span


def rough(marked: str) -> tuple[str, Span]:
    start = marked.index("⟦")
    end = marked.index("⟧") - 1
    return marked.replace("⟦", "").replace("⟧", ""), Span(start, end)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("the ⟦may⟧or said", "mayor"),
        ("⟦the mayor,⟧ who", "the mayor"),
        ("“It burned,” ⟦” the mayor⟧ said", "the mayor"),
        ("the may⟦or⟧’s office", "mayor’s"),
        ("⟦the U.N.⟧ said", "the U.N."),
        ("Dorn⟦:⟧ the bridge is gone", ":"),
        ("It is gone ⟦— ⟧Dorn", "—"),
        ("⟦one (of them)⟧ said", "one (of them)"),
        ("(so ⟦the mayor)⟧ it was", "the mayor"),
    ],
)
def test_phrases(marked: str, expected: str) -> None:
    text, span = rough(marked)
    snapped = snap_phrase(text, span)
    assert snapped is not None
    assert snapped.of(text) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("said ⟦that the bridge is gone.⟧ Then", "that the bridge is gone"),
        ("⟦The bridge is gone,⟧ he said", "The bridge is gone"),
        ("said: “⟦It is gone.⟧”", "“It is gone.”"),
        ("said: ⟦“It is gone⟧.” Then", "“It is gone.”"),
        ("said: “⟦It is gone.”⟧ Then", "“It is gone.”"),
        ("⟦“It is gone,”⟧ he said", "“It is gone,”"),
        ("it was ⟦“gone”, he⟧ said", "“gone”, he"),
        ("said: “⟦It is⟧ gone.”", "It is"),  # part of a quotation: its marks are not taken in
        ("said ⟦it left the U.S.⟧", "it left the U.S."),
        ("said ⟦the brid⟧ge is gone", "the bridge"),
        ("said ⟦, that it⟧ is", "that it"),
    ],
)
def test_contents(marked: str, expected: str) -> None:
    text, span = rough(marked)
    snapped = snap_content(text, span)
    assert snapped is not None
    assert snapped.of(text) == expected


@pytest.mark.parametrize("marks", ["”", " ,. ", "…", "“”"])
def test_marks_alone_are_no_content(marks: str) -> None:
    assert snap_content(marks, Span(0, len(marks))) is None


@given(st.text(alphabet="ab ’'\"“”.,:;—()\n…", max_size=24), st.data())
def test_any_stretch_of_any_text_stays_inside_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for snap in (snap_content, snap_phrase):
        if start < end and (snapped := snap(text, Span(start, end))) is not None:
            assert 0 <= snapped.start < snapped.end <= len(text)
            assert snapped.of(text) == snapped.of(text).strip()
