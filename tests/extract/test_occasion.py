"""To whom and where something was said."""

from __future__ import annotations

import pytest

from sayso.extract import extract
from tests.extract.making import report

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("Governor Ilse Kell told reporters that the bridge was closed.", "reporters"),
        ("Governor Ilse Kell told the regional parliament that the bridge was closed.", "the regional parliament"),
        ("“The bridge is closed,” Governor Ilse Kell said to her officers.", "her officers"),
        ("Governor Ilse Kell warned residents that the bridge was closed.", "residents"),
        ("Governor Ilse Kell said that the bridge to the old town was closed.", None),
        ("Governor Ilse Kell blamed the army for the closure of the bridge.", None),
    ],
)
def test_audience(text: str, audience: str | None) -> None:
    given = report(text)
    (statement,) = (s for s in extract(given).statements if s.cue)
    assert (statement.audience.of(text) if statement.audience else None) == audience


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Governor Ilse Kell said in Geneva on Monday that the bridge was closed.", "Geneva"),
        ("Speaking in Geneva, Governor Ilse Kell said that the bridge was closed.", "Geneva"),
        ("Governor Ilse Kell said that the bridge in Geneva was closed.", None),
        ("Governor Ilse Kell said that the bridge was closed.", None),
    ],
)
def test_place_of_saying(text: str, place: str | None) -> None:
    (statement,) = (s for s in extract(report(text)).statements if s.cue)
    assert (statement.said_in.name if statement.said_in else None) == place
