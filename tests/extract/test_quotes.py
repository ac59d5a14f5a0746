from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.quotes import find_quotations


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He said: “It is over.” Then he left.", ["It is over."]),
        ('"We go," she said. "We do not stay."', ["We go,", "We do not stay."]),
        # the closing mark was lost: the quotation runs to the end of the paragraph
        ("She said: “We have losses. A man died.", ["We have losses. A man died."]),
        # a closing mark where an opening one should stand
        ("He said the march was ” in progress” on Monday.", [" in progress"]),
        # never closed before the next one opens
        ("“We hold it, he said. “They lost,” she said.", ["We hold it,", "They lost,"]),
        # a quotation in a quotation, in marks of another shape
        ('He said: "They called it “a lie” and left." So it is.', ["They called it “a lie” and left."]),
        ('"One." And “two” and "three."', ["One.", "two", "three."]),
        ('"Is it a case of “bad luck”? Nobody knows.', ["Is it a case of “bad luck”? Nobody knows."]),
        ("The so-called 'quiet zone' was hit.", ["quiet zone"]),
        ("The mayor's office and the soldiers' camp.", []),
        ("It was 5'10\" tall, a clerk said.", []),
        ("No marks at all.", []),
    ],
)
def test_quotations_as_they_come(text: str, inner: list[str]) -> None:
    assert [q.inner.of(text) for q in find_quotations(text)] == inner


@given(st.text(alphabet="ab .,\"“”‘’'«»`\n!", max_size=80))
def test_any_text_gives_quotations_in_order_inside_it(text: str) -> None:
    last = 0
    for quotation in find_quotations(text):
        assert last <= quotation.outer.start <= quotation.inner.start < quotation.inner.end <= quotation.outer.end
        assert quotation.outer.end <= len(text)
        last = quotation.outer.end
