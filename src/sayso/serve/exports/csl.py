"""The cited reports as CSL-JSON, which Zotero, Pandoc and citation processors read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sayso.account.labels import web_link
from sayso.serve.exports.bibtex import without_by
from sayso.serve.exports.gathered import Told
from sayso.serve.exports.pieces import listed
from sayso.serve.exports.times import numbers
from sayso.serve.terminal import one_line
from sayso.shapes import Json

# Citation processors take these few tags for markup, wherever they stand in a title.
_MARKUP = re.compile(r"<(?=/?(?:i|b|sc|sub|sup|span)\b)", re.IGNORECASE)


def csl(told: Iterable[Told], cited: frozenset[str]) -> Iterator[str]:
    """An item for each report of ``cited``, by its id."""
    return listed((_item(each) for each in told if each.report.id in cited), indent=2)


def _item(told: Told) -> Json:
    report = told.report
    message = report.capture.method == "telegram" or report.forwarded_from is not None
    note = f"sayso {report.id}; SHA-256 {report.sha256}"
    item: Json = {"id": report.id, "type": "post" if message else "article-newspaper"}
    for key, text in (
        ("title", report.title),
        ("container-title", report.outlet),
        ("language", report.language),
    ):
        if line := _line(text):
            item[key] = line
    if byline := _line(report.byline and without_by(report.byline)):
        item["author"] = [{"literal": byline}]
    if link := web_link(report.url):
        item["URL"] = link
    for key, value in (
        ("issued", report.published.value if report.published else None),
        ("accessed", report.capture.captured_at),
    ):
        if parts := numbers(value)[:3]:
            item[key] = {"date-parts": [list(parts)]}
    item["note"] = f"Withdrawn. {note}" if told.withdrawn else note
    return item


def _line(text: str | None) -> str:
    return _MARKUP.sub("\u2039", one_line(text or ""))
