"""The account on paper: read back by pypdf, fetching nothing, whatever the reports hold."""

from __future__ import annotations

import io
import sys
from typing import Any

import pypdf
import pytest

from sayso.errors import UsageError
from sayso.serve.exports.pages import html
from sayso.serve.exports.pdf import pdf
from tests.serve.exports.making import HOSTILE, world
from tests.serve.exports.pango import MISSING

needs_pango = pytest.mark.skipif(bool(MISSING), reason=MISSING)


def printed(evil: str = "") -> bytes:
    made = world(evil)
    return pdf(html(made.account, [told.report for told in made.told], made.linked))


def text_of(reader: pypdf.PdfReader) -> str:
    """The words without the spaces between them, which a PDF does not hold."""
    return without_spaces("".join(page.extract_text() for page in reader.pages))


def without_spaces(text: str) -> str:
    return "".join(text.replace("\0", "").split())  # pypdf sees two letters in each of a font that lacks some


@needs_pango
def test_it_holds_the_lines_their_statuses_and_the_passages() -> None:
    data = printed()
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = text_of(reader)
    assert reader.metadata is not None
    assert reader.metadata.title == "The weir"
    for words in (
        "3 reports · 2 independent origins",
        "Ada Quill said the weir broke on Tuesday.",
        "Reported",
        "going back to 1 origin",
        "Tarn Post, 8 April 2031 (p. 2)",
        "What the status words mean",
        "Actors contradict each other",
        "Norland denied it was to blame.",
        "https://tarn.example/weir",
        "1 / 2",
    ):
        assert without_spaces(words) in text, words
    assert [str(entry["/Title"]) for entry in reader.outline if isinstance(entry, dict)] == ["The weir"]


@needs_pango
def test_the_same_account_gives_the_same_bytes() -> None:
    first = printed()
    assert printed() == first
    reader = pypdf.PdfReader(io.BytesIO(first))
    assert reader.metadata is not None
    assert reader.metadata.creation_date is None


@needs_pango
@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE)
def test_no_words_act(evil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import urls

    def fetch(*given: Any, **more: Any) -> None:
        raise AssertionError(f"something was fetched: {given}")

    monkeypatch.setattr(urls.URLFetcher, "fetch", fetch)
    reader = pypdf.PdfReader(io.BytesIO(printed(evil[:600])))  # a word of thousands of letters takes it half a minute
    assert without_spaces("Norland denied it was to blame.") in text_of(reader)
    assert "/JavaScript" not in str(reader.root_object)
    assert "/OpenAction" not in reader.root_object
    links = [
        str(annotation.get_object()["/A"].get_object()["/URI"])
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object() and "/URI" in annotation.get_object()["/A"].get_object()
    ]
    assert links
    assert all(link.startswith(("https://tarn.example/", "https://hill.example/")) for link in links)


@needs_pango
def test_letters_that_no_font_has_are_told_once(caplog: pytest.LogCaptureFixture) -> None:
    pdf("<html><head></head><body><p>\ue123\ue123</p><p>\ue123</p></body></html>")  # for private use
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert told[0].endswith("\ue123")


@needs_pango
def test_a_page_that_asks_for_something_is_refused() -> None:
    from weasyprint.urls import FatalURLFetchingError

    for asks in (
        "<img src='https://evil.example/x.png'>",
        "<img src='file:///etc/passwd'>",
        "<style>@import 'http://a.example'</style>",
    ):
        with pytest.raises(FatalURLFetchingError, match="self-contained"):
            pdf(f"<html><head></head><body>{asks}</body></html>")


def test_without_weasyprint_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(UsageError, match=r"pip install 'sayso\[exports\]'"):
        pdf("<html></html>")
