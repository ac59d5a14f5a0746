"""The published folder in a real Chromium: from disk, with no network, from a line to the words it rests on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso import ledger as ledgers
from sayso.model import Account
from sayso.serve.publishing import publish
from tests.store.making import STEPS, account, captured

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ATTACK = "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a ledger of two reports, one of them an attack."""

    def cited(reports: Any, extractions: Any, linked: Any, **how: Any) -> Account:
        """The made account, with citations of the report that each claim's first statement stands in."""
        made = account(reports, extractions, linked, **how)
        home = {s.id: s for each in extractions for s in each.statements}
        lines = []
        for line in made.sections[0].lines:
            statement = home[line.citations[0].statement]
            cite = dataclasses.replace(line.citations[0], report=statement.report, spans=statement.content)
            lines.append(dataclasses.replace(line, citations=(cite,)))
        return dataclasses.replace(made, sections=(dataclasses.replace(made.sections[0], lines=tuple(lines)),))

    place = tmp_path_factory.mktemp("published")
    steps = dataclasses.replace(STEPS, account=cited)
    with ledgers.open(str(place / "flood.db"), create=True, steps=steps) as ledger:
        ledger.add_captured(
            [
                captured("Ada said 3 fell. Then Bo said it rains.", published="2031-04-08"),
                captured(f"Dee said {ATTACK}.", outlet=ATTACK, title=ATTACK, published="2031-04-09"),
            ]
        )
        publish(ledger, str(place / "pages"), name="flood")
    return place / "pages"


class Opened:
    """A page, and what it asked for and complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.goto(address)


@pytest.fixture(params=[390, 1280])
def opened(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, offline=True)
    yield Opened(context.new_page(), (folder / "index.html").as_uri())
    context.close()


def test_a_line_leads_to_its_marked_words(opened: Opened, folder: Path) -> None:
    page = opened.page
    assert page.locator(".bar").evaluate("element => getComputedStyle(element).display") == "flex", "styles work"
    line = page.locator(".line", has_text="it rains")
    line.locator("a.cite").first.click()
    assert page.url.startswith((folder / "reports").as_uri())
    lit = page.locator("mark:target")
    assert lit.inner_text() == "it rains"
    assert lit.evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(255, 213, 74)"
    assert lit.evaluate("element => element.getBoundingClientRect().top < innerHeight")
    page.go_back()
    page.locator(".line", has_text="it rains").get_by_text("Claim").click()
    page.locator(".crumb a").click()
    page.locator(".bar").get_by_text("Reports", exact=True).click()
    page.locator(".bar .home").click()
    assert page.url == (folder / "index.html").as_uri()


def test_nothing_is_asked_of_anybody_else_and_nothing_complains(opened: Opened, folder: Path) -> None:
    for path in sorted(folder.rglob("*.html")):
        opened.page.goto(path.as_uri())
    assert opened.complaints == []
    assert len(opened.requests) > 20
    assert [url for url in opened.requests if not url.startswith(folder.as_uri())] == []


def test_no_page_is_wider_than_a_phone(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900}, offline=True)
    page = context.new_page()
    claim = next((folder / "claims").glob("*.html"))
    for path in (folder / "index.html", folder / "questions.html", folder / "reports.html", claim):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    context.close()
