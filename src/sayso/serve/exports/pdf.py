"""The account on paper: its HTML page as PDF, made by WeasyPrint, which may fetch nothing at all."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from sayso.errors import UsageError

_REMEDY = "Install it: pip install 'sayso[exports]'."
_LACKING = re.compile(r"\.notdef glyph rendered.*\(U\+([0-9A-F]+)\)", re.DOTALL)
_LETTERS_TOLD = 12  # enough to see which script it is

log = logging.getLogger(__name__)


def pdf(page: str) -> bytes:
    """``page``, the HTML of an account, as PDF: pages numbered, every citation with the page that its passage stands on.

    The same page gives the same bytes on one machine; the fonts are those of the machine, and letters that they lack are told
    in the log. Raises UsageError where WeasyPrint, or a library of the system that it needs, is missing.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError
    except ImportError as error:
        raise UsageError(
            "this format needs weasyprint, which is not installed", where="--format pdf", remedy=_REMEDY
        ) from error
    except OSError as error:  # it looks for Pango as it is imported
        raise UsageError(
            f"this format needs Pango, a library of the system, which cannot be loaded ({error})",
            where="--format pdf",
            remedy="Install it; on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0.",
        ) from error

    def refuse(url: str, *_: Any, **__: Any) -> Any:
        raise FatalURLFetchingError(f"a page is self-contained, and this one asks for {url!r}")

    paper = files("sayso.serve.exports").joinpath("paper.css").read_text("utf-8")
    # After the page's own styles, of which it takes the place. No text of a report holds "</head>": all of it is escaped.
    head, end, rest = page.partition("</head>")
    document = HTML(string=f"{head}<style>{paper}</style>{end}{rest}", url_fetcher=refuse, media_type="print")
    with _heard() as letters:
        made = document.write_pdf(pdf_tags=True)
    if letters:
        some = " ".join(sorted(letters)[:_LETTERS_TOLD]) + (" …" if len(letters) > _LETTERS_TOLD else "")
        log.warning("The fonts of this machine lack letters, which stand as boxes in the PDF: %s", some)
        log.warning("Install fonts that have them; on Debian: apt-get install fonts-noto.")
    assert isinstance(made, bytes)
    return made


@contextmanager
def _heard() -> Iterator[set[str]]:
    """The letters that WeasyPrint finds in no font. It tells of each one anew, and of CSS that is for browsers alone."""
    letters: set[str] = set()

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if found := _LACKING.search(record.getMessage()):
                letters.add(chr(int(found[1], 16)))

    theirs = logging.getLogger("weasyprint")
    listening, passed_on = Listening(), theirs.propagate
    theirs.addHandler(listening)
    theirs.propagate = False
    try:
        yield letters
    finally:
        theirs.removeHandler(listening)
        theirs.propagate = passed_on
