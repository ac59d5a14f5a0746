"""The account as HTML and Markdown, and rows as CSV and JSON lines, whatever stands in the reports."""

from __future__ import annotations

import csv
import io
import json

import pytest
from lxml import html as parser
from markdown_it import MarkdownIt

from sayso.serve.commands.export import ROWS
from sayso.serve.exports.pages import html, markdown
from sayso.serve.output import columns_of, rows_as
from tests.serve.exports.making import HOSTILE, world
from tests.serve.exports.rows import rows_of

EVIL = pytest.mark.parametrize("evil", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
OURS = ("https://tarn.example/", "https://hill.example/")


@EVIL
def test_html_holds_no_element_that_acts_but_ours(evil: str) -> None:
    made = world(evil)
    page = parser.document_fromstring(html(made.account, [told.report for told in made.told], made.linked))
    assert len(page.findall(".//script")) == len(page.findall(".//style")) == 1
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert not tags & {"img", "iframe", "object", "embed", "link", "base", "form", "input", "b", "i"}
    for element in page.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in ("src", "style")]
        href = element.get("href")
        assert href is None or href.startswith(("#", *OURS)), href


@EVIL
def test_markdown_makes_no_element_that_acts(evil: str) -> None:
    page = parser.fragment_fromstring(
        MarkdownIt("commonmark").render(markdown(world(evil).account)), create_parent="div"
    )
    tags = {element.tag for element in page.iterdescendants()}
    assert tags <= {"h1", "h2", "p", "em", "strong", "ul", "li", "a", "code"}, tags
    assert all((link.get("href") or "").startswith(OURS) for link in page.iter("a"))


@EVIL
@pytest.mark.parametrize("what", list(ROWS))
def test_rows_come_back_and_no_cell_is_a_formula(what: str, evil: str) -> None:
    rows = rows_of(world(evil), what)
    lines = "".join(rows_as("jsonl", rows, columns=columns_of(what)))
    assert [json.loads(line) for line in lines.splitlines()] == rows  # splitlines: no letter ends a line within it
    sheet = "".join(rows_as("csv", rows, columns=columns_of(what)))
    read = list(csv.reader(io.StringIO(sheet, newline="")))
    assert len(read) == len(rows) + 1
    assert not [cell for row in read[1:] for cell in row if cell.lstrip().startswith(("=", "+", "@"))]
