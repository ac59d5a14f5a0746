"""Which of two readings counts where."""

from __future__ import annotations

import pytest

from sayso.extract.choosing import closes
from sayso.extract.parse import parse_reports
from sayso.extract.reading import read_report
from sayso.extract.tagger import Attribution
from sayso.model import Span
from tests.extract.making import report

pytestmark = pytest.mark.model


def test_what_the_tagger_is_unsure_of_counts_where_the_rules_have_it_too() -> None:
    text = "Governor Ilse Kell said that the bridge was gone.\nThe weather remained dry in the hills."
    given = report(text)
    (passages,) = parse_reports([given])

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    unsure = [
        Attribution(
            (span("Governor Ilse Kell"),), (span("said"),), (span("that the bridge was gone"),), 0.4, sure=False
        ),
        Attribution((span("The weather"),), (span("remained"),), (span("dry in the hills"),), 0.4, sure=False),
    ]
    statements = [s for s in read_report(given, passages, unsure).statements if s.cue]
    assert [(s.cue[0].of(text), s.confidence) for s in statements] == [("said", 0.4)]


@pytest.mark.parametrize(
    ("text", "cue", "closing"),
    [
        (
            "Armed men crossed the river, the head of the guard, Arn Tolvik, acknowledged on Wednesday.",
            "acknowledged",
            True,
        ),
        ("“Armed men crossed the river,” Arn Tolvik acknowledged.", "acknowledged", True),
        ("Armed men crossed the river, Arn Tolvik slept.", "slept", False),
        ("Armed men crossed the river, Arn Tolvik acknowledged the guard.", "acknowledged", False),
    ],
)
def test_speaker_and_cue_that_close_a_sentence(text: str, cue: str, closing: bool) -> None:
    at = text.index(cue)
    source = "the head of the guard, Arn Tolvik" if "head" in text else "Arn Tolvik"
    start = text.index(source)
    content = Span(text.index("Armed"), text.index("river") + 5)
    found = Attribution((Span(start, start + len(source)),), (Span(at, at + len(cue)),), (content,), 0.4, sure=False)
    assert closes(found, text) is closing


def test_who_adds_to_something_says_nothing() -> None:
    text = "“The coast will take years,” Ada Quill said. Images of birds in the tar have added to the outcry in Dorn."
    given = report(text)
    (passages,) = parse_reports([given])

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    sure = [
        Attribution((span("Images of birds"),), (span("have added"),), (span("“The coast will take years,”"),), 0.9),
        Attribution((span("Ada Quill"),), (span("said"),), (span("“The coast will take years,”"),), 0.9),
    ]
    cues = [s.cue[0].of(text) for s in read_report(given, passages, sure).statements if s.cue]
    assert cues == ["said"]
